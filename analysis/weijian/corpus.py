"""A folder of reports and the tables made of them: data/raw → data/processed in one recoverable step.

Nothing is written before everything has been read and checked; the new tables then take the place of the old ones in one
step that survives being killed. A report that cannot be read is set aside and named, and the others are built; when
nothing can be built, the old tables stay as they are. ``load`` gives a table as a DataFrame and needs neither the reports
nor the reading.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from weijian import freshness
from weijian.assembly import Gathered, gather
from weijian.codebook import work_with
from weijian.corrections import CALLED as CORRECTIONS_FILE
from weijian.corrections import CORRECTIONS, require_documents
from weijian.datapackage import describe
from weijian.errors import CorpusError, PartialBuildError
from weijian.originals import (
    Manifest,
    document_name,
    inspect_manifest,
    kept_text,
    manifest_faults,
    write_manifest,
)
from weijian.schema import Fault, Row, Table, inspect_table, read_table, write_table
from weijian.sources import RAW, REFERENCES, find_root
from weijian.swap import Swap
from weijian.tables import TABLES

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
        self.codebook = work_with(self.root)
        self.processed = self.root / PROCESSED
        self.say = say
        self._swap = Swap(self.processed, say)
        self._record = self.root / ".cache" / "build.json"

    def __repr__(self) -> str:
        return f"Corpus({str(self.root)!r})"

    def manifest(self) -> Manifest:
        """Return the manifest with what is wrong with single reports; raise CorpusError for whatever else is wrong."""
        _raise(self._table_faults())
        return inspect_manifest(self.root, self.codebook)

    def _table_faults(self) -> list[Fault]:
        """Return all that is wrong with codebook, manifest, reference figures and corrections as tables."""
        faults = self.codebook.faults()
        if faults:
            return faults  # the other tables cannot be checked against such a codebook
        faults = manifest_faults(self.root, self.codebook)
        sheets = {f"{RAW}/{name}.csv": table for name, table in REFERENCES.items()} | {CORRECTIONS_FILE: CORRECTIONS}
        for file, table in sheets.items():
            if (self.root / file).exists():
                faults += inspect_table(self.root / file, table, known=self.codebook.allowed, called=file)[1]
        return faults

    def corrections(self) -> tuple[Row, ...]:
        """Return the rows of data/corrections.csv, none when there is no such file."""
        path = self.root / CORRECTIONS_FILE
        return read_table(path, CORRECTIONS, CorpusError, called=CORRECTIONS_FILE) if path.exists() else ()

    def build(self) -> bool:
        """Make data/processed from data/raw; return False when it was so already.

        A report that cannot be read is left out; when all others have been built, a CorpusError names each with the remedy.
        Raises WeijianError at once, and leaves the old tables as they are, when a table such as the manifest or the
        corrections is not as it should be, or when no report can be read.
        """
        try:
            with self._swap.locked():
                self._swap.recover()
                made = self._make()
                if not made.read:
                    _raise(made.faults)
                changed = self._keep(made)
        except OSError as trouble:
            problem = f"cannot be read or written ({trouble.strerror or trouble})"
            where = str(trouble.filename or self.processed)
            raise CorpusError(problem, where=where, remedy="make room, or allow reading and writing there, and build again") from None
        if made.faults:
            raise _together(made.faults, PartialBuildError, f"; {PROCESSED} holds the tables of all other reports")
        return changed

    def _keep(self, made: _Made) -> bool:
        """Write texts, manifest and tables; return whether the tables are new."""
        for path, text in made.texts.items():
            freshness.write_whole(path, text)
        write_manifest(self.root, made.manifest)
        changed = self._swap.replace(made.files)
        self._record.unlink(missing_ok=True)
        if not made.faults:
            freshness.write_whole(self._record, json.dumps(self._state(self._inputs(made.manifest))).encode())
        return changed

    def locked(self) -> AbstractContextManager[None]:
        """Keep other writers of this corpus out as long as it lasts."""
        return self._swap.locked()

    def is_current(self) -> bool:
        """Say whether data/processed is what a build made of what is there now, by content and without reading."""
        if self._swap.interrupted or not self._record.is_file() or manifest_faults(self.root, self.codebook):
            return False
        found = inspect_manifest(self.root, self.codebook)
        return not found.faults and self._record.read_text(encoding="utf-8") == json.dumps(self._state(self._inputs(found.rows)))

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
        """Return one line for each thing that is wrong; read everything, write nothing."""
        try:
            made = self._make()
        except CorpusError as error:
            return str(error).splitlines()
        if not made.faults and not self._swap.holds(made.files):
            self.say(f"{PROCESSED} is not what a build would make now: run `weijian build`.")
        return [str(fault.as_error(CorpusError)) for fault in made.faults]

    def _make(self) -> _Made:
        """Read every report and return what a build writes; nothing is written."""
        manifest = self.manifest()
        corrections = self.corrections()
        require_documents(corrections, [document_name(row) for row in manifest.rows])
        gathered = gather(self.root, manifest, corrections, self.codebook, self.say)
        texts = {kept_text(self.root, row): text for row, text in gathered.texts}
        return _Made(gathered.manifest, len(gathered.read), texts, self._files(gathered), (*manifest.faults, *gathered.faults))

    def _files(self, gathered: Gathered) -> dict[str, bytes]:
        """Return every file of data/processed by its name."""
        from weijian.workbook import CALLED, workbook  # only for builds, like the reading

        files = {
            f"{name}.csv": write_table(table, gathered.tables[name], CorpusError, known=self.codebook.allowed).encode()
            for name, table in TABLES.items()
        }
        described = describe(files, TABLES.values(), self.codebook, gathered.read)
        return files | {"datapackage.json": described, CALLED: workbook(files, gathered.read)}

    def _inputs(self, manifest: tuple[Row, ...]) -> str:
        """Return one hash for all that a build depends on; the manifest's rows hold those of the reports."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        rows = json.dumps([dict(row) for row in manifest], sort_keys=True)
        trees = [freshness.tree_digest(folder) for folder in (freshness.PACKAGE, self.root / RAW / "reference", self.root / "codebook")]
        return freshness.digest(python, rows, *trees, freshness.file_digest(self.root / CORRECTIONS_FILE))

    def _state(self, inputs: str) -> dict[str, str]:
        return {"inputs": inputs, "tables": freshness.tree_digest(self.processed)}


def load(name: str, root: Path | str | None = None, *, exact: bool = False) -> pd.DataFrame:
    """Return a table of the corpus as a DataFrame; see ``Corpus.load``."""
    return Corpus(root).load(name, exact=exact)


class _Made(NamedTuple):
    """What a build writes, how many reports were read for it, and what is wrong with the others."""

    manifest: tuple[Row, ...]
    read: int
    texts: Mapping[Path, bytes]
    files: Mapping[str, bytes]
    faults: tuple[Fault, ...]


def _raise(faults: Sequence[Fault]) -> None:
    """Raise one error for all faults, if there are any."""
    if len(faults) == 1:
        raise faults[0].as_error(CorpusError)
    if faults:
        raise _together(faults, CorpusError)


def _together(faults: Sequence[Fault], kind: type[CorpusError], besides: str = "") -> CorpusError:
    listed = "\n".join(f"- {fault.as_error(kind)}" for fault in faults)
    counted = "one thing is not as it should be" if len(faults) == 1 else f"{len(faults)} things are not as they should be"
    return kind(f"{counted}{besides}:\n{listed}")


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
