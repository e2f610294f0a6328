"""The tables of facts that the reading rests on: CSV files beside this module, for a researcher to edit.

Comes in: ``codebook/*.csv``, and the rows that a corpus adds in its own folder ``codebook``. Goes out: rows, each a
read-only mapping from column to cell, checked cell by cell the first time they are asked for and kept. A cell that means
nothing raises CodebookError, which names file, row (as a spreadsheet counts) and column.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from weijian.codebook.declared import TABLES
from weijian.errors import CodebookError
from weijian.schema import Column, Fault, Row, Table, anything, file_of, inspect_table

__all__ = ["CORPUS_VARIABLE", "FOLDER", "TABLES", "Codebook", "codebook", "work_with"]
FOLDER = Path(__file__).parent
CORPUS_VARIABLE = "WEIJIAN_CORPUS"
"""The variable of the environment that names the folder of the corpus."""


class Codebook:
    """The tables of one folder, each read and checked when it is first asked for.

    ``additions`` is the folder of a corpus that may hold tables of the same names and columns: their rows are added, or take
    the place of those with the same key.

    >>> Codebook().by_key("indicators")["fd_teams"]["unit"]
    '个'
    """

    def __init__(self, folder: Path = FOLDER, additions: Path | None = None) -> None:
        self.folder, self.additions = folder, additions
        self._inspected: dict[str, tuple[tuple[Row, ...], list[Fault]]] = {}
        self._keyed: dict[str, Mapping[str, Row]] = {}

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table in the order of its file; raise CodebookError for a bad cell."""
        rows, faults = self.inspect(name)
        for fault in faults:
            raise fault.as_error(CodebookError)
        return rows

    def by_key(self, name: str) -> Mapping[str, Row]:
        """Return the rows of a table by the first column of its key."""
        if name not in self._keyed:
            rows = self.rows(name)
            column = TABLES[name].key[0] if name in TABLES else next(iter(rows[0]), "") if rows else ""
            self._keyed[name] = MappingProxyType({row[column]: row for row in rows})
        return self._keyed[name]

    def words(self, name: str) -> Mapping[str, Row]:
        """Return the words of a list, such as genre or reason, in the order of words.csv."""
        listed = f"words/{name}"
        if listed not in self._keyed:
            self._keyed[listed] = MappingProxyType({row["word"]: row for row in self.rows("words") if row["list"] == name})
        return self._keyed[listed]

    def allowed(self, column: Column) -> Collection[str] | None:
        """Return what the cells of a column may hold; None when the column is free."""
        if column.words:
            return self.words(column.words)
        return self.by_key(column.refers) if column.refers in TABLES else None

    def inspect(self, name: str) -> tuple[tuple[Row, ...], list[Fault]]:
        """Return the rows of a table and everything that is wrong with them."""
        if name not in self._inspected:
            path = self.folder / f"{name}.csv"
            table = TABLES.get(name) or Table(name, name, (), ())
            self._inspected[name] = inspect_table(path, table, known=self.allowed, called=file_of(path))
            added = self.additions / path.name if self.additions else path
            if added != path and added.is_file():
                self._add(name, added, table)
        return self._inspected[name]

    def _add(self, name: str, path: Path, table: Table) -> None:
        """Add the rows of a corpus to those of the library; they may refer to one another, so the cells are checked last."""
        own, faults = self._inspected[name]
        rows, found = inspect_table(path, table, known=anything, called=file_of(path))
        replaced = {_key(row, table) for row in rows}
        self._inspected[name] = (*(row for row in own if _key(row, table) not in replaced), *rows), faults
        self._keyed.pop(name, None)
        found = found or inspect_table(path, table, known=self.allowed, called=file_of(path))[1]
        self._inspected[name] = self._inspected[name][0], faults + found

    def faults(self) -> list[Fault]:
        """Return everything that is wrong with any table of the folder."""
        own = {path.stem for path in self.folder.glob("*.csv")} | set(TABLES)
        added = sorted(self.additions.glob("*.csv")) if self.additions else []
        strange = [
            Fault(str(path), "the codebook has no such table", f"use one of {', '.join(sorted(own))}")
            for path in added
            if path.stem not in own
        ]
        return strange + [fault for name in sorted(own) for fault in self._faults(name)]

    def _faults(self, name: str) -> list[Fault]:
        try:
            return self.inspect(name)[1]
        except CodebookError:
            return []  # a fault of the table it refers to, which is reported there


def _key(row: Row, table: Table) -> tuple[str, ...]:
    return tuple(row[column] for column in table.key or row)


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """Return the codebook of this process, read once: the library's, with what the corpus that it works on adds."""
    corpus = os.environ.get(CORPUS_VARIABLE)
    return Codebook(FOLDER, _additions(Path(corpus).expanduser().resolve()) if corpus else None)


def _additions(root: Path) -> Path | None:
    """Return the folder of a corpus's own rows, where it has one that is not the library's."""
    folder = root / "codebook"
    return folder if folder.is_dir() and any(folder.glob("*.csv")) else None


def work_with(root: Path) -> Codebook:
    """Return the codebook for a corpus; raise CodebookError when this process reads with that of another one already.

    Patterns are made of the codebook once in a process, so one process cannot read with two.
    """
    wanted = _additions(root)
    if not codebook.cache_info().currsize and wanted:
        os.environ[CORPUS_VARIABLE] = str(root)
    if codebook().additions != wanted:
        remedy = f"start Python anew with {CORPUS_VARIABLE}={root}, or give the command --corpus {root}"
        raise CodebookError("this process reads with another codebook already", where=str(wanted or root), remedy=remedy)
    return codebook()
