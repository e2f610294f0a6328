"""A folder of reports and the tables made of them: data/raw → data/processed in one recoverable step.

Nothing is written before everything has been read and checked; the new tables then take the place of the old ones in one
step that survives being killed. A report that cannot be read is set aside and named, and the others are built; when
nothing can be built, the old tables stay as they are. ``load`` gives a table as a DataFrame and needs neither the reports
nor the reading.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from weijian import freshness, store
from weijian.codebook import work_with
from weijian.corrections import CALLED as CORRECTIONS_FILE
from weijian.corrections import CORRECTIONS, require_documents
from weijian.datapackage import describe
from weijian.engine import HERE, Workers
from weijian.errors import CorpusError, PartialBuildError, say
from weijian.ledger import note_load
from weijian.originals import (
    Manifest,
    document_name,
    inspect_manifest,
    kept_text,
    manifest_faults,
    write_manifest,
)
from weijian.packs import Packs
from weijian.schema import Fault, Row, Table, inspect_table, read_table
from weijian.sources import RAW, REFERENCES, find_root
from weijian.swap import Swap, hashes
from weijian.tables import CODED, TABLES
from weijian.writing import write_csv, write_parquet

if TYPE_CHECKING:
    import pandas as pd

    from weijian.gathering import Gathered

PROCESSED = Path("data/processed")


class Corpus:
    """The reports of one folder, with their tables.

    ``root`` is the folder that holds data/raw; when it is not given it is looked for (``sources.find_root``).
    ``say`` is handed messages of progress and of what was recovered; they go to stderr by default.
    """

    def __init__(self, root: Path | str | None = None, *, say: Callable[[str], None] = say) -> None:
        self.root = find_root(root)
        self.codebook = work_with(self.root)
        self.processed = self.root / PROCESSED
        self.say = say
        self._swap = Swap(self.processed, say)
        self._record = self.root / ".cache" / "build.json"
        self._seen = self.root / ".cache" / "build.seen"
        self._made_of = self.root / ".cache" / "made-of.json"
        self._packs = Packs(self.root / ".cache" / "packs")

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

    def build(self, workers: Workers = HERE, tables: str = "") -> bool:
        """Make data/processed from data/raw; return False when it was so already.

        ``tables`` is csv or parquet; without it a large corpus, and one that has been one before, has a Parquet dataset. A report that
        cannot be read is left out; when all others have been built, a CorpusError names each with the remedy. Raises WeijianError at
        once, and leaves the old tables as they are, when a table such as the manifest or the corrections is not as it should be, or
        when no report can be read.
        """
        try:
            with self._swap.locked():
                self._swap.recover()
                found = self._gathered(workers)
                if not found.read:
                    _raise(found.faults)
                changed = self._keep(found, tables)
        except OSError as trouble:
            problem = f"cannot be read or written ({trouble.strerror or trouble})"
            where = str(trouble.filename or self.processed)
            raise CorpusError(problem, where=where, remedy="make room, or allow reading and writing there, and build again") from None
        if found.faults:
            raise _together(found.faults, PartialBuildError, f"; {PROCESSED} holds the tables of all other reports")
        return changed

    def _gathered(self, workers: Workers = HERE) -> Gathered:
        """Read what has changed and return what a build writes, with all that is wrong with the reports."""
        from weijian.gathering import Gatherer  # with all of the reading, which whoever finds nothing changed does not need

        manifest, corrections = self.manifest(), self.corrections()
        require_documents(corrections, [document_name(row) for row in manifest.rows])
        gatherer = Gatherer(self.root, self._packs, self.codebook, workers, self.say)
        found = gatherer.gather(manifest, corrections)
        return replace(found, faults=(*manifest.faults, *found.faults))

    def _keep(self, found: Gathered, tables: str) -> bool:
        """Write texts, manifest and tables; return whether the tables are new."""
        for row, text in found.texts():
            freshness.write_whole(kept_text(self.root, row), text)
        write_manifest(self.root, found.manifest)
        with self._swap.filled() as folder:
            self._write(folder, found, tables or self._kind(found))
        changed = self._swap.replace()
        self._record.unlink(missing_ok=True)
        freshness.write_whole(self._made_of, json.dumps(dict(found.made_of)).encode())
        if not found.faults:
            freshness.write_whole(self._record, json.dumps(self._state(self._inputs(found.manifest))).encode())
        self._packs.keep_only(found.keys)
        return changed

    def made_of(self) -> dict[str, str]:
        """Return for each place, by its code, the hash of all that the rows of its reports were made of; those that are known."""
        found: dict[str, str] = json.loads(self._made_of.read_text(encoding="utf-8")) if self._made_of.is_file() else {}
        return found

    def _kind(self, found: Gathered) -> str:
        """Return how the tables are to be kept where nobody asks for one way."""
        return store.PARQUET if len(found.read) > store.LARGE or store.kind_of(self.processed) == store.PARQUET else store.CSV

    def _write(self, folder: Path, found: Gathered, kind: str) -> None:
        """Write every file of data/processed; a large corpus has no workbook, which could not hold it."""
        write = write_parquet if kind == store.PARQUET else write_csv
        write(folder, TABLES, found.chunks)
        (folder / "datapackage.json").write_bytes(describe(folder, TABLES.values(), self.codebook, found.read))
        if kind == store.CSV and len(found.read) <= store.LARGE:
            from weijian.workbook import CALLED, workbook  # only for builds, like the reading

            files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
            (folder / CALLED).write_bytes(workbook(files, found.read))

    def locked(self) -> AbstractContextManager[None]:
        """Keep other writers of this corpus out as long as it lasts."""
        return self._swap.locked()

    def is_current(self, tables: str = "") -> bool:
        """Say whether data/processed is what a build made of what is there now, kept as asked, without reading.

        Files that were hashed once are hashed again only when something was written since.
        """
        if tables and tables != store.kind_of(self.processed):
            return False
        if self._swap.interrupted or not self._record.is_file():
            return False
        inputs = (freshness.PACKAGE, self.root / RAW, self.root / "codebook", self.root / CORRECTIONS_FILE)
        stamp = freshness.stamp([*inputs, self.processed, self._record, Path(sys.executable)])
        if stamp and self._seen.is_file() and self._seen.read_text(encoding="utf-8") == stamp:
            return True  # all was hashed before, and nothing has been written since
        try:
            found = inspect_manifest(self.root, self.codebook)
        except CorpusError:
            return False
        current = not found.faults and self._record.read_text(encoding="utf-8") == json.dumps(self._state(self._inputs(found.rows)))
        if current and stamp:
            with contextlib.suppress(OSError):  # a corpus that may only be read is hashed each time
                freshness.write_whole(self._seen, stamp.encode())
        return current

    def load(
        self,
        name: str,
        *,
        exact: bool = False,
        places: Collection[str] | None = None,
        where: store.Asked = MappingProxyType({}),
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return a table of data/processed, or of data/raw/reference as ``reference/NAME``, as a DataFrame.

        Text columns are strings, empty where nothing is said; whole numbers and years are Int64; other numbers
        are float64 or, with ``exact``, Decimal objects. ``places`` limits the rows to what the reports of these codes say, ``where``
        to those with one of these values in each of these text columns, such as {"indicator": ["fd_teams"]}, and ``columns`` names the
        columns wanted: what is not asked for is not read from a large corpus. Raises CorpusError when the table is not there; a
        corpus without data/raw/reference has empty ones.
        """
        if name not in TABLES and name not in REFERENCES:
            raise _unknown(name, [*TABLES, *REFERENCES])
        if name in TABLES and self._swap.interrupted:
            with self._swap.locked():
                self._swap.recover()
        if name in TABLES and name not in CODED:
            note_load(name, places)
        folder = self.processed if name in TABLES else self.root / RAW / "reference"
        if name in REFERENCES and not folder.exists():
            return _empty(REFERENCES[name])  # a corpus may have nothing to compare with
        table = TABLES.get(name) or REFERENCES[name]
        found = store.frame(folder, table, exact=exact, places=places, where=where, columns=columns)
        if found is None:
            remedy = "run `weijian build`" if name in TABLES else "put it back from the repository"
            raise CorpusError("the table is not there", where=str(folder / f"{name.rpartition('/')[2]}.csv"), remedy=remedy)
        return found

    def check(self) -> list[str]:
        """Return one line for each thing that is wrong; read everything, write nothing but what is kept of the reading."""
        try:
            found = self._gathered()
        except CorpusError as error:
            return str(error).splitlines()
        if not found.faults and self._differs(found):
            self.say(f"{PROCESSED} is not what a build would make now: run `weijian build`.")
        return [str(fault.as_error(CorpusError)) for fault in found.faults]

    def _differs(self, found: Gathered) -> bool:
        """Say whether data/processed is not what was found."""
        with tempfile.TemporaryDirectory(prefix="weijian-") as folder:
            self._write(Path(folder), found, store.kind_of(self.processed) or store.CSV)
            return not self.processed.is_dir() or hashes(Path(folder)) != hashes(self.processed)

    def _inputs(self, manifest: tuple[Row, ...]) -> str:
        """Return one hash for all that a build depends on; the manifest's rows hold those of the reports."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        rows = json.dumps([dict(row) for row in manifest], sort_keys=True)
        trees = [freshness.tree_digest(folder) for folder in (freshness.PACKAGE, self.root / RAW / "reference", self.root / "codebook")]
        return freshness.digest(python, rows, *trees, freshness.file_digest(self.root / CORRECTIONS_FILE))

    def _state(self, inputs: str) -> dict[str, str]:
        return {"inputs": inputs, "tables": freshness.tree_digest(self.processed)}


def load(
    name: str,
    root: Path | str | None = None,
    *,
    exact: bool = False,
    places: Collection[str] | None = None,
    where: store.Asked = MappingProxyType({}),
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return a table of the corpus, or of tables that were published at an address such as s3://bucket/weijian; see ``Corpus.load``."""
    if "://" in str(root):
        if name not in TABLES:
            raise _unknown(name, TABLES)
        found = store.frame(str(root), TABLES[name], exact=exact, places=places, where=where, columns=columns)
        if found is None:
            raise CorpusError(f"there is no table “{name}”", where=str(root), remedy="publish the tables there with `weijian publish`")
        return found
    return Corpus(root).load(name, exact=exact, places=places, where=where, columns=columns)


def _unknown(name: str, known: Iterable[str]) -> CorpusError:
    return CorpusError(f"there is no table “{name}”", where="load", remedy=f"use one of {', '.join(known)}")


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
