"""A folder of reports and the tables made of them: data/raw → data/processed in one recoverable step.

Nothing is written before everything has been read and checked, so an error leaves the old tables as they
are; the new ones then take their place in one step that survives being killed. ``load`` gives a table as a
DataFrame and needs neither the reports nor the reading.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian import freshness
from weijian.codebook import Codebook, codebook
from weijian.corrections import CALLED as CORRECTIONS_FILE
from weijian.corrections import CORRECTIONS, apply_corrections, require_documents
from weijian.coverage import coverage_rows
from weijian.datapackage import describe
from weijian.errors import CorpusError, WeijianError
from weijian.records import Reading, Report
from weijian.schema import Fault, Row, Table, inspect_table, read_table, write_table
from weijian.sources import RAW, REFERENCES, document_name, find_root, inspect_manifest, write_hashes
from weijian.swap import Swap
from weijian.tables import TABLES, body_mentions, mention_rows

if TYPE_CHECKING:
    import pandas as pd

PROCESSED = Path("data/processed")


def _on_stderr(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


class Corpus:
    """The reports of one folder, with their tables.

    ``root`` is the folder that holds data/raw; when it is not given it is looked for (``sources.find_root``).
    ``say`` is handed messages of progress and of what was recovered; they go to stderr by default.
    """

    def __init__(self, root: Path | str | None = None, *, say: Callable[[str], None] = _on_stderr) -> None:
        self.root = find_root(root)
        self.processed = self.root / PROCESSED
        self.say = say
        self._swap = Swap(self.processed, say)
        self._record = self.root / ".cache" / "build.json"

    def __repr__(self) -> str:
        return f"Corpus({str(self.root)!r})"

    @cached_property
    def codebook(self) -> Codebook:
        """The tables of facts that this corpus is read with."""
        return codebook()

    def manifest(self) -> tuple[Row, ...]:
        """Return the rows of data/raw/manifest.csv, hashes filled in; raise CorpusError for whatever is wrong."""
        rows, faults = self.inspect()
        _raise(faults)
        return rows

    def inspect(self) -> tuple[tuple[Row, ...], list[Fault]]:
        """Return the rows of the manifest and all that is wrong with codebook, data/raw, reference figures and corrections."""
        faults = self.codebook.faults()
        if faults:
            return (), faults  # the other tables cannot be checked against such a codebook
        rows, faults = inspect_manifest(self.root, self.codebook)
        sheets = {f"{RAW}/{name}.csv": table for name, table in REFERENCES.items()} | {CORRECTIONS_FILE: CORRECTIONS}
        for file, table in sheets.items():
            if (self.root / file).exists():
                faults += inspect_table(self.root / file, table, known=self.codebook.allowed, called=file)[1]
        return rows, faults

    def corrections(self) -> tuple[Row, ...]:
        """Return the rows of data/corrections.csv, none when there is no such file."""
        path = self.root / CORRECTIONS_FILE
        return read_table(path, CORRECTIONS, CorpusError, called=CORRECTIONS_FILE) if path.exists() else ()

    def readings(self, manifest: Sequence[Row]) -> Iterator[Reading]:
        """Read the documents of manifest rows one after the other."""
        from weijian.documents import read_document  # the reading is for builds only, not for those who load a table
        from weijian.reading import read

        for number, row in enumerate(manifest, start=1):
            self.say(f"[{number}/{len(manifest)}] reading {row['file']}")
            document = read_document(self.root / RAW / row["file"], document_name(row))
            if document.sha256 != row["sha256"]:
                raise CorpusError("the file changed while it was being read", where=f"{RAW}/{row['file']}", remedy="build again")
            yield read(document)

    def build(self) -> bool:
        """Make data/processed from data/raw; return False when it was so already.

        Raises WeijianError, and leaves the old tables as they are, when anything is not as it should be.
        """
        with self._swap.locked():
            self._swap.recover()
            manifest = self.manifest()
            inputs = self._inputs(manifest)
            files = self._files(manifest)
            write_hashes(self.root, manifest)
            changed = self._swap.replace(files)
            freshness.write_whole(self._record, json.dumps(self._state(inputs)).encode())
        return changed

    def is_current(self) -> bool:
        """Say whether data/processed is what a build made of what is there now, by content and without reading."""
        if self._swap.interrupted or not self._record.is_file():
            return False
        manifest, faults = inspect_manifest(self.root, self.codebook)
        return not faults and self._record.read_text(encoding="utf-8") == json.dumps(self._state(self._inputs(manifest)))

    def load(self, name: str, *, exact: bool = False) -> pd.DataFrame:
        """Return a table of data/processed, or of data/raw/reference as ``reference/NAME``, as a DataFrame.

        Text columns are strings, empty where nothing is said; whole numbers and years are Int64; other numbers
        are float64 or, with ``exact``, Decimal objects. Raises CorpusError when the table is not there; a corpus without
        data/raw/reference has empty ones.
        """
        if name not in TABLES and name not in REFERENCES:
            known = ", ".join([*TABLES, *REFERENCES])
            raise CorpusError(f"there is no table “{name}”", where="load", remedy=f"use one of {known}")
        if name in TABLES and self._swap.interrupted:
            with self._swap.locked():
                self._swap.recover()
        path = self.processed / f"{name}.csv" if name in TABLES else self.root / RAW / f"{name}.csv"
        if name in REFERENCES and not path.parent.exists():
            return _empty(REFERENCES[name])  # a corpus may have nothing to compare with
        if not path.is_file():
            remedy = "run `weijian build`" if name in TABLES else "put it back from the repository"
            raise CorpusError("the table is not there", where=str(path), remedy=remedy)
        return _frame(path, TABLES.get(name) or REFERENCES[name], exact)

    def check(self) -> list[str]:
        """Return one line for each thing that is wrong; read everything when the files are in order, write nothing."""
        manifest, faults = self.inspect()
        if faults:
            return [str(fault.as_error(CorpusError)) for fault in faults]
        try:
            files = self._files(manifest)
        except WeijianError as error:
            return [str(error)]
        if not self._swap.holds(files):
            self.say(f"{PROCESSED} is not what a build would make now: run `weijian build`.")
        return []

    def _files(self, manifest: tuple[Row, ...]) -> dict[str, bytes]:
        """Return every file of data/processed by its name."""
        from weijian.workbook import CALLED, workbook  # only for builds, like the reading

        rows = self._rows(manifest)
        files = {
            f"{name}.csv": write_table(table, rows[name], CorpusError, known=self.codebook.allowed).encode()
            for name, table in TABLES.items()
        }
        described = describe(files, TABLES.values(), self.codebook, manifest)
        return files | {"datapackage.json": described, CALLED: workbook(files, manifest)}

    def _rows(self, manifest: tuple[Row, ...]) -> dict[str, list[Any]]:
        """Return the rows of every table."""
        from weijian.masked import infer_masked

        corrections = self.corrections()
        require_documents(corrections, [document_name(row) for row in manifest])
        rows: dict[str, list[Any]] = {name: [] for name in TABLES}
        reports: list[Report] = []
        for entry, reading in zip(manifest, self.readings(manifest), strict=True):
            found = apply_corrections(reading.document, reading.observations, corrections, known=self.codebook.allowed)
            rows["documents"].append(_document_row(entry, reading))
            rows["sections"] += [_keyed(section, "section") for section in reading.sections]
            rows["mentions"] += mention_rows(reading)
            rows["observations"] += found
            rows["masked_inference"] += infer_masked(reading.document, reading)
            reports += reading.reports
        rows["reports"] = [_keyed(report, "report") for report in reports]
        rows["coverage"] = list(coverage_rows(reports, rows["observations"], list(self.codebook.by_key("indicators"))))
        for name in ("themes", "indicators", "definitions", "flags"):
            rows[name] = list(self.codebook.rows(name))
        rows["places"] = self._places(report.place_code for report in reports)
        return rows

    def _places(self, codes: Iterable[str]) -> list[dict[str, str]]:
        """Return the rows of the places with these codes and of what they are part of."""
        known = self.codebook.by_key("places")
        wanted: dict[str, Row] = {}
        for code in codes:
            while code in known and code not in wanted:
                wanted[code] = known[code]
                code = known[code]["parent"]
        return [
            {"place_code": code, "place": row["name"], "place_level": row["level"], "parent": row["parent"]} for code, row in wanted.items()
        ]

    def _inputs(self, manifest: tuple[Row, ...]) -> str:
        """Return one hash for all that a build depends on; the manifest's rows hold those of the reports."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        rows = json.dumps([dict(row) for row in manifest])
        trees = [freshness.tree_digest(folder) for folder in (freshness.PACKAGE, self.root / RAW / "reference")]
        return freshness.digest(python, rows, *trees, freshness.file_digest(self.root / CORRECTIONS_FILE))

    def _state(self, inputs: str) -> dict[str, str]:
        return {"inputs": inputs, "tables": freshness.tree_digest(self.processed)}


def load(name: str, root: Path | str | None = None, *, exact: bool = False) -> pd.DataFrame:
    """Return a table of the corpus as a DataFrame; see ``Corpus.load``."""
    return Corpus(root).load(name, exact=exact)


def _raise(faults: list[Fault]) -> None:
    """Raise one error for all faults."""
    errors = [fault.as_error(CorpusError) for fault in faults]
    if len(errors) == 1:
        raise errors[0]
    if errors:
        listed = "\n".join(f"- {error}" for error in errors)
        raise CorpusError(f"{len(errors)} things are not as they should be:\n{listed}")


def _keyed(record: Any, name: str) -> dict[str, Any]:
    """Return a record as a row whose key column has the table's name for it."""
    row = {field: getattr(record, field) for field in type(record).__dataclass_fields__}
    row[name] = row.pop("key")
    return row


def _document_row(entry: Row, reading: Reading) -> dict[str, Any]:
    """Return the row of a document: what the manifest says of it, else what it says itself."""
    said = reading.metadata
    return {
        "document": reading.document.name,
        "file": entry["file"],
        "sha256": entry["sha256"],
        "characters": len(reading.document.text),
        "source_format": reading.document.source_format,
        "title": entry["title"] or said.get("title", ""),
        "issuer": entry["issuer"] or said.get("issuer", ""),
        "number": said.get("number") or said.get("index_number", ""),
        "dates": [f"{name.removesuffix('_date')}:{said[name]}" for name in sorted(said) if name.endswith("_date")],
        "tier": entry["tier"],
        "furniture_mentions": len(reading.mentions) - len(body_mentions(reading)),
    }


def _empty(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: [] for name in table.header})


def _frame(path: Path, table: Table, exact: bool) -> pd.DataFrame:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    missing = [name for name in table.header if name not in frame.columns]
    if missing:
        raise CorpusError(
            f"the columns {', '.join(missing)} are missing", where=str(path), remedy="it is from an earlier version: run `weijian build`"
        )
    for column in table.columns:
        cells = frame[column.name]
        if column.type in ("integer", "year"):
            frame[column.name] = pd.to_numeric(cells.where(cells != "")).astype("Int64")
        elif column.type == "decimal" and exact:
            frame[column.name] = pd.Series([Decimal(cell) if cell else None for cell in cells], dtype=object)
        elif column.type == "decimal":
            frame[column.name] = pd.to_numeric(cells.where(cells != "")).astype("float64")
    return frame
