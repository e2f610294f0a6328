"""What a table is: its columns, its key and where they lead; and how one is read from CSV and written to it.

One declaration serves every use of a table: the tables of facts in the codebook and the sheets that people
fill in are checked against it cell by cell, the tables of data/processed are written from it, and
datapackage.json describes them with it. A cell that means nothing is an error that names file, row and column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from weijian.errors import WeijianError

Row = Mapping[str, str]
SEPARATOR = ";"
_CODEBOOK = Path(__file__).parent / "codebook"
_NUMBER = re.compile("[0-9]+")

_SHAPES = {
    "integer": (re.compile(r"-?\d+"), "a whole number"),
    "decimal": (re.compile(r"-?\d+(\.\d+)?"), "a plain number such as 43 or 46.35"),
    "year": (re.compile(r"\d{4}"), "a year of four digits"),
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "a date such as 2025-04-02"),
    "sha256": (re.compile(r"[0-9a-f]{64}"), "a SHA-256 of 64 small hexadecimal digits"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and what its cells may be.

    ``type`` is string, integer, decimal, year, date or sha256. ``words`` names the list of the codebook that
    the cells are taken from, ``refers`` the table whose key they repeat; ``many`` cells hold several, joined
    by semicolons. ``unit`` says what the numbers of the column count. ``verbatim`` cells are the report's own
    characters, blanks included. A file may do without an ``optional`` column, whose cells are then empty.
    """

    name: str
    description: str = ""
    type: str = "string"
    required: bool = False
    words: str = ""
    refers: str = ""
    many: bool = False
    unit: str = ""
    verbatim: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, title, columns, and the columns that together are its key."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


Known = Callable[[Column], Collection[str] | None]
"""Says which words a column may hold; None when any will do."""


def anything(column: Column) -> None:
    """Allow every word in every column."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table, where, and what to do."""

    where: str
    problem: str
    remedy: str

    def as_error(self, kind: type[WeijianError]) -> WeijianError:
        """Return the fault as an error that can be raised."""
        return kind(self.problem, where=self.where, remedy=self.remedy)


def read_table(path: Path, table: Table, error: type[WeijianError], *, known: Known = anything, called: str = "") -> tuple[Row, ...]:
    """Read a CSV table and check every cell; raise ``error`` for the first fault.

    ``called`` is how messages name the file. Rows that are empty throughout are skipped.
    """
    rows, faults = inspect_table(path, table, known=known, called=called)
    for fault in faults:
        raise fault.as_error(error)
    return rows


def inspect_table(path: Path, table: Table, *, known: Known = anything, called: str = "") -> tuple[tuple[Row, ...], list[Fault]]:
    """Return the rows of a CSV table and everything that is wrong with it."""
    called = called or path.name
    try:
        lines = _lines(path)
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        return (), [_unreadable(called, trouble)]
    header = lines[0] if lines else []
    faults = list(_header_faults(header, table, called))
    if faults:
        return (), faults
    numbered = [(number, cells) for number, cells in enumerate(lines[1:], start=2) if any(cells)]
    for number, cells in numbered:
        if len(cells) != len(header):
            problem = f"{len(cells)} cells under {len(header)} column names"
            faults.append(Fault(f"{called}, row {number}", problem, "put quotation marks around a cell with a comma"))
    if faults:
        return (), faults
    absent = {column.name: "" for column in table.columns if column.optional and column.name not in header}
    rows = tuple(MappingProxyType(dict(zip(header, cells, strict=True)) | absent) for _, cells in numbered)
    columns = [[row[column.name] for row in rows] for column in table.columns]
    faults.extend(_faults(columns, [number for number, _ in numbered], table, called, known))
    return rows, faults


def _lines(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _unreadable(called: str, trouble: Exception) -> Fault:
    if isinstance(trouble, FileNotFoundError):
        return Fault(called, "the file is missing", "put it back from the repository")
    if isinstance(trouble, UnicodeDecodeError):
        return Fault(called, f"byte {trouble.start} is not UTF-8", "save it again as “CSV UTF-8”")
    return Fault(called, f"cannot be read as a table: {trouble}", "save it again as “CSV UTF-8”")


def file_of(path: Path) -> str:
    """Return how messages name a file: from the root of the repository, or in full when it lies elsewhere.

    >>> file_of(_CODEBOOK / "units.csv")
    'analysis/weijian/codebook/units.csv'
    """
    root = _CODEBOOK.parents[2]
    inside = path.is_relative_to(root) and (root / "pyproject.toml").is_file()
    return path.relative_to(root).as_posix() if inside else str(path)


def _header_faults(header: Sequence[str], table: Table, called: str) -> Iterator[Fault]:
    where = f"{called}, row 1"
    needed = [column.name for column in table.columns if not column.optional]
    for name in needed:
        if name not in header:
            yield Fault(where, f"the column {name} is missing", f"the first row must hold {', '.join(needed)}")
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield Fault(where, f"two columns are called {name or 'nothing'}", "keep one of them")


def _faults(columns: Sequence[Sequence[str]], numbers: Sequence[int], table: Table, called: str, known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the cells of a table, given column by column with the numbers of their rows, and with its keys."""
    for column, cells in zip(table.columns, columns, strict=True):
        allowed = known(column)
        bad = {cell: found for cell in set(cells) if (found := list(cell_problems(cell, column, allowed)))}  # most cells repeat
        for number, cell in zip(numbers, cells, strict=True) if bad else ():
            for problem, remedy in bad.get(cell, ()):
                yield Fault(f"{called}, row {number}, column {column.name}", problem, remedy)
    yield from _key_faults(list(zip(*(columns[table.header.index(name)] for name in table.key), strict=True)), numbers, table, called)


def cell_problems(cell: str, column: Column, allowed: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a cell, each time with what to do."""
    if cell != cell.strip() and not column.verbatim:
        yield f"“{cell}” begins or ends with a blank", "remove the blank"
    if not cell:
        if column.required:
            yield "the cell is empty", f"fill it in: {column.description}" if column.description else "fill it in"
        return
    shape, described = _SHAPES.get(column.type, (None, ""))
    if shape is None and allowed is None:
        return
    for word in cell.split(SEPARATOR) if column.many else [cell]:
        if shape and not shape.fullmatch(word):
            yield f"“{word}” is not {described}", "write it so"
        if allowed is not None and word not in allowed:
            yield f"“{word}” is not known", _suggestion(word, column, allowed)


def _suggestion(word: str, column: Column, allowed: Collection[str]) -> str:
    import difflib  # only when something is wrong

    source = f"the list “{column.words}” of {file_of(_CODEBOOK / 'words.csv')}" if column.words else f"the table {column.refers}"
    if len(allowed) <= 20:
        return f"use one of {', '.join(sorted(allowed))}, or add it to {source}"

    near = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean {near[0]}? If not, add it to {source}" if near else f"add it to {source}"


def _key_faults(keys: Sequence[tuple[str, ...]], numbers: Sequence[int], table: Table, called: str) -> Iterator[Fault]:
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, key in zip(numbers, keys, strict=True):
        if key in seen:
            problem = f"{' + '.join(table.key)} “{', '.join(key)}” stands in row {seen[key]} already"
            yield Fault(f"{called}, row {number}, column {table.key[-1]}", problem, "keep one of the two rows")
        seen.setdefault(key, number)


def write_table(table: Table, rows: Iterable[Any], error: type[WeijianError], *, known: Known = anything) -> str:
    """Return the CSV text of rows (mappings or records), with the header; see ``table_lines``.

    >>> counts = Table("counts", "", (Column("word"), Column("value", type="decimal")), ("word",))
    >>> write_table(counts, [{"word": "户", "value": Decimal("1E+1")}, {"word": "人", "value": None}], WeijianError)
    'word,value\\n人,\\n户,10\\n'
    """
    return printed_table([table.header, *table_lines(table, rows, error, known=known)])


def table_lines(table: Table, rows: Iterable[Any], error: type[WeijianError], *, known: Known = anything) -> list[tuple[str, ...]]:
    """Return the printed cells of rows (mappings or records), sorted by key, numbers within a key by their value.

    Decimals are printed plainly, lists joined by semicolons, and what is missing is left empty. A cell that the declaration does not
    allow, or a key that repeats, raises ``error``.
    """
    lines = [_printed_cells(row, table.header) for row in rows]
    columns = list(zip(*lines, strict=True)) or [()] * len(table.columns)
    for fault in _faults(columns, range(2, len(lines) + 2), table, table.name, known):
        raise fault.as_error(error)
    return in_order(table, lines)


def in_order(table: Table, lines: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return lines of cells sorted by the key of their table."""
    places = [table.header.index(name) for name in table.key]
    return sorted(map(tuple, lines), key=lambda cells: [natural(cells[place]) for place in places])


def printed_table(lines: Iterable[Sequence[str]]) -> str:
    """Return CSV text of lines of cells with ``\\n`` line ends and quotation marks only where they are needed."""
    return "".join([",".join(map(_quoted, cells)) + "\n" for cells in lines])


def _printed_cells(row: Any, header: Sequence[str]) -> tuple[str, ...]:
    values = [row[name] for name in header] if isinstance(row, (dict, MappingProxyType)) else [getattr(row, name) for name in header]
    return tuple([value if type(value) is str else _printed(value) for value in values])


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (tuple, list)):
        return SEPARATOR.join(map(_printed, value))
    return str(value)


def natural(cell: str) -> str:
    """Return a sort key in which @9 comes before @10, and a document with all that is in it before one whose name goes on.

    >>> sorted(["a b#1", "a#1@10", "a#1@9", "a"], key=natural)
    ['a', 'a#1@9', 'a#1@10', 'a b#1']
    """
    return _NUMBER.sub(_weighed, cell.replace("#", "\0"))


def _weighed(found: re.Match[str]) -> str:
    """Return a number as characters: below all letters, first by its length without zeros in front."""
    digits = found.group().lstrip("0")
    return f"\1{chr(33 + len(digits))}{digits}\1{found.group()}"


def _quoted(cell: str) -> str:
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell
