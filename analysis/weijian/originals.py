"""The reports of data/raw: their files, the rows of manifest.csv about them, and the text that was taken from each.

Every file of data/raw has a row in the manifest with its SHA-256. Of a file that is not plain UTF-8 text, the text is
kept in data/raw/text and hashed too: every offset counts in it, so no later version moves one. What is not as it was
entered is named, and the other reports are read. The cells that a row lacks are filled in by the build.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from weijian.codebook import Codebook
from weijian.documents import read_bytes, read_document
from weijian.errors import CorpusError
from weijian.freshness import write_whole
from weijian.records import Document
from weijian.schema import SEPARATOR, Column, Fault, Known, Row, Table, anything, inspect_table, printed_table, read_table
from weijian.sources import MANIFEST_FILE, RAW

TEXTS = RAW / "text"
_MARKS = "#@/;"
"""What a document's name cannot hold, because keys and lists are made of it."""
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
"""Control characters, the separator of Windows, and bytes that are no UTF-8, which no cell can hold."""
STATED = ("place_code", "year", "genre")
"""What a person may state of a report that its text does not show."""

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
        Column("year", "the year, where the document does not show it or shows another", type="year", optional=True),
        Column("genre", "the genre, where the document does not show it or shows another", words="genre", optional=True),
        Column("tier", "how near the copy is to the issuer", required=True, words="tier"),
        Column("note", "what one should know about the copy"),
        Column("rights_note", "why it may be kept here"),
        Column("text_sha256", "hash of the text kept in data/raw/text; empty for plain UTF-8 text", type="sha256", optional=True),
        Column("pages", "where each page begins in that text; the build fills it in", type="integer", many=True, optional=True),
    ),
    ("file",),
)


class Manifest(NamedTuple):
    """The rows of the manifest in its order; the names of the files to leave aside; and what is wrong."""

    rows: tuple[Row, ...]
    aside: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()

    @property
    def good(self) -> tuple[Row, ...]:
        """The rows whose files are as they were entered."""
        return tuple(row for row in self.rows if row["file"] not in self.aside)


def inspect_manifest(root: Path, book: Codebook) -> Manifest:
    """Return the manifest of a corpus with everything that is wrong with its rows and files.

    Raises CorpusError, with the first fault, when manifest.csv itself cannot be read as its table.
    """
    rows = entered_rows(root, book.allowed)
    aside, faults = set[str](), list[Fault]()
    names: dict[str, str] = {}
    for row in rows:
        found = list(_name_faults(row, names)) or _file_faults(root, row, where(row))
        faults += found
        if found:
            aside.add(row["file"])
    return Manifest(rows, frozenset(aside), (*faults, *_rowless(root, rows)))


def entered_rows(root: Path, known: Known = anything) -> tuple[Row, ...]:
    """Return the rows of the manifest as they stand in it, without a look at the files; raise CorpusError for a bad one."""
    path = root / MANIFEST_FILE
    return read_table(path, MANIFEST, CorpusError, known=known, called=str(MANIFEST_FILE)) if path.exists() else ()


def manifest_faults(root: Path, book: Codebook) -> list[Fault]:
    """Return what keeps manifest.csv itself from being read."""
    path = root / MANIFEST_FILE
    return inspect_table(path, MANIFEST, known=book.allowed, called=str(MANIFEST_FILE))[1] if path.exists() else []


def where(row: Row) -> str:
    """Return how messages name a row of the manifest."""
    return f"{MANIFEST_FILE}, file {row['file']}"


def _file_faults(root: Path, row: Row, called: str) -> list[Fault]:
    """Return what is wrong with a row's file or with its kept text."""
    path = root / RAW / row["file"]
    if os.path.islink(path) or (os.path.exists(path) and not os.path.isfile(path)):
        return [Fault(called, "this is not a file but a link or a folder", "put the file itself into data/raw")]
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return [Fault(called, "the file is missing", "put it back into data/raw, or remove the row")]
    except OSError as trouble:
        return [Fault(called, f"the file cannot be read ({trouble.strerror})", "allow reading it")]
    if row["sha256"] and digest != row["sha256"]:
        problem = f"the file is not the one that was entered: its SHA-256 is {digest[:12]}…, the manifest says {row['sha256'][:12]}…"
        remedy = "restore the file; if the change is meant, empty the cells sha256, text_sha256 and pages, and build again"
        return [Fault(called, problem, remedy)]
    return list(_text_faults(root, row, called))


def _text_faults(root: Path, row: Row, called: str) -> Iterator[Fault]:
    if not row["text_sha256"]:
        return
    path = kept_text(root, row)
    remedy = "restore it; or empty the cells text_sha256 and pages and build again, which takes the text anew and may move offsets"
    if not path.is_file() or path.is_symlink():
        yield Fault(called, f"its text {path.relative_to(root).as_posix()} is missing", remedy)
    elif hashlib.sha256(path.read_bytes()).hexdigest() != row["text_sha256"]:
        yield Fault(called, f"its text {path.relative_to(root).as_posix()} is not the one that was taken from it", remedy)


def may_be_entered(name: str) -> bool:
    """Say whether a file of data/raw can have a row of the manifest under its own name.

    >>> may_be_entered("320600 总结.txt"), may_be_entered("a#1.txt"), may_be_entered(" a.txt"), may_be_entered("a\\n.txt")
    (True, False, False, False)
    """
    return _name_problem(name) is None


def _name_problem(name: str) -> tuple[str, str] | None:
    """Return what keeps a name from being that of a file with a row, and what to do."""
    if Path(name).name != name or name != name.strip() or name.startswith(".") or name == MANIFEST_FILE.name or _NO_NAME.search(name):
        return "this is not the name of a file in data/raw", "put the file into data/raw and give its name only"
    if any(mark in Path(name).stem for mark in _MARKS):
        return "a document's name cannot hold #, @, / or ;", "rename the file"
    return None


def _name_faults(row: Row, names: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the name of a row's file; ``names`` are the documents of the rows before it."""
    problem = _name_problem(row["file"])
    if problem:
        yield Fault(where(row), *problem)
    name = document_name(row)
    if name in names:
        yield Fault(where(row), f"the document {name} is {names[name]} already", "rename one of the two files")
    names.setdefault(name, row["file"])


def _rowless(root: Path, rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Yield a fault for each file of data/raw that the manifest does not name."""
    known = {row["file"] for row in rows} | {MANIFEST_FILE.name}
    folder = root / RAW
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and path.is_file() and not path.name.startswith((".", "README")):
            remedy = "run `weijian add` with it, add a row with its name and tier, or move the file away"
            yield Fault(f"{RAW}/{path.name}", "the file has no row in manifest.csv", remedy)


def document_name(row: Row) -> str:
    """Return the name of a manifest row's document: its file's without the ending."""
    return Path(row["file"]).stem


def kept_text(root: Path, row: Row) -> Path:
    """Return where the text of a row's file is kept when it is not the file itself."""
    return root / TEXTS / f"{document_name(row)}.txt"


def text_file(row: Row) -> str:
    """Return the file that holds the text of a row, as seen from data/raw."""
    return f"{TEXTS.name}/{document_name(row)}.txt" if row["text_sha256"] else row["file"]


def open_document(root: Path, row: Row) -> Document:
    """Return the document of a manifest row: its kept text, or the text of the file, with what a person states of it.

    Raises DocumentError when the file cannot be read, CorpusError when its bytes are not those of the row.
    """
    path = root / RAW / row["file"]
    document = _kept(root, row) if row["text_sha256"] else read_document(path, document_name(row))
    if row["sha256"] and document.sha256 != row["sha256"]:
        problem = "the file is not the one that was entered"
        raise CorpusError(problem, where=f"{RAW}/{row['file']}", remedy="run `weijian validate`, which says what to do")
    return replace(document, stated={name: row[name] for name in STATED if row[name]})


def _kept(root: Path, row: Row) -> Document:
    from weijian.formats import format_of

    content = read_bytes(root / RAW / row["file"])
    text = read_bytes(kept_text(root, row))
    if hashlib.sha256(text).hexdigest() != row["text_sha256"]:
        raise CorpusError("its kept text is not the one that was taken from it", where=where(row), remedy="run `weijian validate`")
    pages = tuple(int(page) for page in row["pages"].split(SEPARATOR) if page)
    return Document(document_name(row), text.decode("utf-8"), hashlib.sha256(content).hexdigest(), format_of(content), pages)


def row_of(root: Path, name: str) -> Row:
    """Return the manifest's row of a document; raise CorpusError when it has none."""
    for row in entered_rows(root):
        if document_name(row) == name:
            return row
    raise CorpusError(f"it names no document “{name}”", where=str(MANIFEST_FILE), remedy="run `weijian build`")


def completed(row: Row, document: Document) -> tuple[Row, bytes]:
    """Return a row with the hash of its file, and with hash and pages of a text that has to be kept beside it; and that text."""
    text = document.text.encode("utf-8")
    digest = hashlib.sha256(text).hexdigest()
    row = {**row, "sha256": document.sha256}
    if digest == document.sha256:
        return row, b""
    return {**row, "text_sha256": digest, "pages": SEPARATOR.join(map(str, document.pages))}, text


def write_manifest(root: Path, rows: Iterable[Row]) -> None:
    """Make the manifest hold these rows, and leave a file that says so already alone.

    The user's own columns stay, optional ones that hold nothing do not.
    """
    rows = list(rows)
    if rows == list(entered_rows(root)):
        return
    unused = {column.name for column in MANIFEST.columns if column.optional and not any(row[column.name] for row in rows)}
    header = [name for name in dict.fromkeys([*MANIFEST.header, *(name for row in rows for name in row)]) if name not in unused]
    lines = [tuple(row.get(name, "") for name in header) for row in rows]
    write_whole(root / MANIFEST_FILE, printed_table([header, *lines]).encode())
