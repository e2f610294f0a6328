"""What stands in data/raw: the reports with their manifest, and the reference figures of others.

Every file of data/raw has a row in manifest.csv with its SHA-256; a file without a row, a row without its file
and a file whose bytes have changed are errors. A row that has no hash yet is given one by the build.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from weijian.codebook import Codebook
from weijian.errors import CorpusError
from weijian.freshness import write_whole
from weijian.schema import Column, Fault, Row, Table, inspect_table, printed_table, read_table

RAW = Path("data/raw")
MANIFEST_FILE = RAW / "manifest.csv"
VARIABLE = "WEIJIAN_CORPUS"

MANIFEST = Table(
    "manifest",
    "The reports of data/raw",
    (
        Column("file", "the file's name in data/raw", required=True),
        Column("sha256", "hash of the file; the build fills it in", type="sha256"),
        Column("title", "the document's title"),
        Column("issuer", "who issued it"),
        Column("place_code", "the code of the place it reports on; empty when the document does not show it", refers="places"),
        Column("place", "that place's name"),
        Column("tier", "how near the copy is to the issuer", required=True, words="tier"),
        Column("note", "what one should know about the copy"),
        Column("rights_note", "why it may be kept here"),
    ),
    ("file",),
)
_PLACE = (Column("place_code", "the place's code", required=True), Column("place", "its name", required=True))
_VALUE = (
    Column("value", "the value", type="decimal", required=True, unit="see the column unit"),
    Column("unit", "the unit", required=True),
)
_VERIFICATION = Column("verification", "how well the figure is confirmed", required=True)
POPULATIONS = Table(
    "reference/populations",
    "Populations",
    (
        *_PLACE,
        Column("year", "the year", type="year", required=True),
        Column("base", "residents or registered population", required=True, words="base"),
        Column("group", "all or an age group", required=True),
        *_VALUE,
        Column("issued_in", "the document that gives it"),
        _VERIFICATION,
    ),
    ("place_code", "year", "base", "group"),
)
_FIGURES = (
    *_PLACE,
    Column("indicator", "the indicator", required=True, refers="indicators"),
    Column("definition", "the definition in words"),
    Column("period", "the year or years it refers to", required=True),
    Column("status", "outcome or target", required=True, words="status"),
    Column("bound", "how the value bounds the quantity", required=True, words="bound"),
    *_VALUE,
    Column("base", "the population it refers to", words="base"),
    Column("printed_in", "the document that prints it", required=True),
    _VERIFICATION,
)
_FIGURE_KEY = ("place_code", "indicator", "definition", "period", "status")
BENCHMARKS = Table("reference/benchmarks", "Targets and national figures", _FIGURES, _FIGURE_KEY)
PEERS = Table("reference/peers", "Figures that other places published, for context", _FIGURES, _FIGURE_KEY)
REFERENCES = {table.name: table for table in (POPULATIONS, BENCHMARKS, PEERS)}


def find_root(root: Path | str | None = None) -> Path:
    """Return the folder of the corpus.

    The one asked for; else the one that WEIJIAN_CORPUS names; else the nearest folder upwards from here that holds
    data/raw/manifest.csv; else the folder of the source checkout. Raises CorpusError when there is none.
    """
    asked = root if root is not None else os.environ.get(VARIABLE) or None
    if asked is not None:
        folder = Path(asked).expanduser().resolve()
        if folder.is_dir():
            return folder
        named = "--corpus" if root is not None else VARIABLE
        raise CorpusError("there is no such folder", where=f"{named} {asked}", remedy="make it, or name another")
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / MANIFEST_FILE).is_file():
            return folder
    raise CorpusError(f"no folder from here upwards holds {MANIFEST_FILE}", where=str(here), remedy=f"give --corpus DIR, or set {VARIABLE}")


def inspect_manifest(root: Path, book: Codebook) -> tuple[tuple[Row, ...], list[Fault]]:
    """Return the rows of the manifest, hashes filled in, and everything that is wrong with it or with the files."""
    path = root / MANIFEST_FILE
    rows: tuple[Row, ...] = ()
    faults: list[Fault] = []
    if path.exists():
        rows, faults = inspect_table(path, MANIFEST, known=book.allowed, called=str(MANIFEST_FILE))
    if faults:
        return rows, faults
    hashed = []
    for row in rows:
        digest, found = _inspect_file(root, row, f"{MANIFEST_FILE}, file {row['file']}")
        hashed.append({**row, "sha256": digest})
        faults.extend(found)
    faults.extend(_name_faults(rows))
    faults.extend(_rowless(root, rows))
    return tuple(hashed), faults


def _inspect_file(root: Path, row: Row, where: str) -> tuple[str, list[Fault]]:
    """Return the hash of a row's file and what is wrong with the file."""
    name, path = row["file"], root / RAW / row["file"]
    if Path(name).name != name or name.startswith(".") or "\\" in name:
        return "", [Fault(where, "this is not the name of a file in data/raw", "put the file into data/raw and give its name only")]
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "", [Fault(where, "this is not a file but a link or a folder", "put the file itself into data/raw")]
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return "", [Fault(where, "the file is missing", "put it back into data/raw, or remove the row")]
    except OSError as trouble:
        return "", [Fault(where, f"the file cannot be read ({trouble.strerror})", "allow reading it")]
    if row["sha256"] and digest != row["sha256"]:
        problem = f"the file is not the one that was entered: its SHA-256 is {digest[:12]}…, the manifest says {row['sha256'][:12]}…"
        return digest, [Fault(where, problem, "restore the file; if the change is meant, empty the cell sha256 and build again")]
    return digest, []


def _name_faults(rows: tuple[Row, ...]) -> Iterator[Fault]:
    files: dict[str, str] = {}
    for row in rows:
        name, where = document_name(row), f"{MANIFEST_FILE}, file {row['file']}"
        if any(mark in name for mark in "#@/;"):
            yield Fault(where, "a document's name cannot hold #, @, / or ;", "rename the file")
        if name in files:
            yield Fault(where, f"the document {name} is {files[name]} already", "rename one of the two files")
        files[name] = row["file"]


def _rowless(root: Path, rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Yield a fault for each file of data/raw that the manifest does not name."""
    known = {row["file"] for row in rows} | {MANIFEST_FILE.name}
    folder = root / RAW
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and path.is_file() and not path.name.startswith((".", "README")):
            remedy = "add a row with its name and tier (the build fills in the hash), or move the file away"
            yield Fault(f"{RAW}/{path.name}", "the file has no row in manifest.csv", remedy)


def document_name(row: Row) -> str:
    """Return the name of a manifest row's document: its file's without the ending."""
    return Path(row["file"]).stem


def write_hashes(root: Path, rows: tuple[Row, ...]) -> None:
    """Write the hashes of these rows into the manifest where it has none yet."""
    path = root / MANIFEST_FILE
    if any(not row["sha256"] for row in (read_table(path, MANIFEST, CorpusError) if rows else ())):
        write_whole(path, printed_table(tuple(rows[0]), [tuple(row.values()) for row in rows]).encode())
