"""The tables of facts that the reading rests on: CSV files beside this module, for a researcher to edit.

Comes in: ``codebook/*.csv``. Goes out: rows, each a read-only mapping from column to cell, checked cell by
cell the first time they are asked for and kept. A cell that means nothing raises CodebookError, which names
file, row (as a spreadsheet counts) and column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from weijian.codebook.declared import TABLES
from weijian.errors import CodebookError
from weijian.schema import Column, Fault, Row, Table, file_of, inspect_table

__all__ = ["FOLDER", "TABLES", "Codebook", "codebook"]
FOLDER = Path(__file__).parent


class Codebook:
    """The tables of one folder, each read and checked when it is first asked for.

    >>> Codebook().by_key("indicators")["fd_teams"]["unit"]
    '个'
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
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
        return self._inspected[name]

    def faults(self) -> list[Fault]:
        """Return everything that is wrong with any table of the folder."""
        names = {path.stem for path in self.folder.glob("*.csv")} | set(TABLES)
        return [fault for name in sorted(names) for fault in self._faults(name)]

    def _faults(self, name: str) -> list[Fault]:
        try:
            return self.inspect(name)[1]
        except CodebookError:
            return []  # a fault of the table it refers to, which is reported there


@lru_cache(maxsize=8)
def codebook(folder: Path = FOLDER) -> Codebook:
    """Return the codebook of a folder, read once in a process."""
    return Codebook(folder)
