"""Tables drawn with bars: |签约率(%)|41.7|44.2|, one row a line, and the headers of each of their cells.

In: the folded text. Out: ``Tables``, which gives the ``Cell`` at a position, with the headers of its row and
column. All tables are found once for a text, in time that grows with its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from weijian.blocks import Block, Row, blocks_of, kind_of_cell, numbers_columns
from weijian.codebook import codebook
from weijian.headers import Unit, bare, change_in, is_part, level_of, units_above

_LINES = re.compile(r"(?:[^\n|]*\|[^\n]*(?:\n|$))+")
_RULE = re.compile(r"[|:\-—+=]*")
_ABOVE, _LONGEST_CAPTION = 200, 60
_NO_CAPTION = re.compile("[。;|]")
_UNIT_LINE = re.compile(r"\(?(?:计量)?单位:")
_KEYS = frozenset(("index_number", "number", "issuer", "written_date", "published_date"))


class Cell(NamedTuple):
    """A cell with the headers of its row and column, from the general to the special one.

    ``role`` is number, label, unit or date for a cell that is nothing else, header, or words. ``stubs`` head the columns of
    the row's headers, ``above`` is the header of the row that a part or a change belongs to, ``level`` that of the
    column, ``unit`` what a column of
    units says, ``units`` what the caption says, ``group`` the row over the whole width above it. ``loose`` is a cell
    of a table that need not hold figures, ``aim`` what its year is in a table of aims: base, aim or earlier.
    """

    start: int
    end: int
    role: str
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    above: str = ""
    level: tuple[str, ...] = ()
    unit: str = ""
    units: tuple[Unit, ...] = ()
    caption: str = ""
    group: str = ""
    loose: bool = False
    aim: str = ""


@dataclass(slots=True)
class _Line:
    """A row with what governs it: its block, the row's headers by panel, the group above."""

    row: Row
    block: Block | None
    headers: list[list[str]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    group: str = ""
    role: str = ""


class _Table(NamedTuple):
    starts: list[int]
    lines: list[_Line]
    caption: str
    units: tuple[Unit, ...]
    loose: bool
    header: list[tuple[str, ...]]


class Tables:
    """The tables of a text."""

    def __init__(self, text: str) -> None:
        self._tables = [table for found in _stretches(text) if (table := _table(text, *found))]
        self._starts = [table.starts[0] for table in self._tables]

    def __bool__(self) -> bool:
        return bool(self._tables)

    def cell_at(self, position: int) -> Cell | None:
        """Return the cell at a position, or None outside the tables.

        >>> text = "|指标|2022年|2023年|\\n|常住人口签约率(%)|41.7|44.2|"
        >>> cell = Tables(text).cell_at(text.index("44.2"))
        >>> cell.role, cell.row, cell.column
        ('number', ('常住人口签约率(%)',), ('2023年',))
        """
        which = bisect_right(self._starts, position) - 1
        if which < 0:
            return None
        table = self._tables[which]
        line = table.lines[bisect_right(table.starts, position) - 1]
        index = bisect_right(line.row.starts, position) - 1
        if position >= line.row.end or index < 0:
            return None
        return _cell(table, line, index)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines with bars of one kind follow each other: with bars at their beginning, of metadata, or others."""
    position = text.find("|")
    while position >= 0:
        found = _LINES.match(text, text.rfind("\n", 0, position) + 1)
        assert found is not None
        start = end = found.start()
        kind: tuple[bool, bool] | None = None
        for line in re.findall(r"[^\n]+\n?|\n", found.group()):
            framed = line[0] == "|", _is_metadata(line)
            if kind not in (None, framed):
                yield start, end
                start = end
            kind, end = framed, end + len(line)
        yield start, end
        position = text.find("|", end)


def _table(text: str, start: int, end: int) -> _Table | None:
    rows = [row for row in _rows(text, start, end) if row.cells]
    if not rows or max(len(row.cells) for row in rows) < 2:
        return None
    blocks = blocks_of(rows)
    figures = any(kind_of_cell(cell) == "number" for row in rows for cell in row.cells)
    if not figures and not any(block.header for block in blocks):
        return None
    loose = len(rows) == 1 or _is_metadata(text[rows[0].start : rows[0].end])
    caption = _caption(text, start) + "".join(block.caption for block in blocks[:1])
    lines = list(_lines(rows, blocks))
    return _Table([line.row.start for line in lines], lines, caption, units_above(caption), loose, blocks[0].header)


def _rows(text: str, start: int, end: int) -> Iterator[Row]:
    """Yield the rows of a stretch of lines; bars at both ends of all rows are its frame and no cells."""
    bounds = [found.span() for found in re.finditer("[^\n]+", text[start:end]) if not _RULE.fullmatch(found.group())]
    lines = [(start + first, text[start + first : start + last]) for first, last in bounds]
    left = all(line[0] == "|" for _, line in lines)
    right = all(line[-1] == "|" for _, line in lines)
    for offset, line in lines:
        inner = line[1:] if left else line
        inner = inner[:-1] if right and inner.endswith("|") else inner
        cells, starts, at = inner.split("|"), [], offset + int(left)
        for cell in cells:
            starts.append(at)
            at += len(cell) + 1
        yield Row(offset, offset + len(line), cells, starts)


@lru_cache(maxsize=1)
def _metadata_keys() -> frozenset[str]:
    return frozenset(row["key"] for row in codebook().rows("metadata_keys") if row["field"] in _KEYS)


def _is_metadata(line: str) -> bool:
    """Say whether a row tells of the page, as 索引号 and 发布机构 do, and not of what was done."""
    return any(cell.rstrip(":") in _metadata_keys() for cell in line.strip("|\n").split("|")[:8:2])


def _caption(text: str, start: int) -> str:
    """Return the name of a table and the line of its units, which stand right above it."""
    kept = ""
    for line in reversed(text[max(0, start - _ABOVE) : start].rstrip("\n").split("\n")[-2:]):
        if not line or len(line) > _LONGEST_CAPTION or _NO_CAPTION.search(line):
            break
        kept = f"{line}|{kept}"
        if not _UNIT_LINE.match(line):
            break
    return kept


def _lines(rows: Sequence[Row], blocks: Sequence[Block]) -> Iterator[_Line]:
    """Yield each row with its headers, those of merged cells carried down."""
    for block in blocks:
        group = ""
        before: list[list[str]] = [[] for _ in block.panels]
        above = ["" for _ in block.panels]
        for number in range(block.first, block.last):
            row = rows[number]
            if number < block.body or number in block.groups:
                group = bare(row.cells[0]) if number >= block.body else group
                role = "label" if numbers_columns(row) else "header"
                yield _Line(row, None if number < block.body else block, [[] for _ in block.panels], above, group, role)
                continue
            line = _Line(row, block, [], list(above), group)
            for panel, columns in enumerate(block.panels):
                filled = _filled(row, columns, before[panel])
                before[panel] = filled
                line.headers.append(filled)
                header = next((words for words in reversed(filled) if words), "")
                if header and not is_part(header) and not (change_in(header) and not level_of(header)):
                    above[panel] = header
            yield line


def _filled(row: Row, columns: Sequence[int], before: Sequence[str]) -> list[str]:
    """Return the row headers of a row; an empty cell takes the words above it, unless what stands left of it is new."""
    filled: list[str] = []
    same = True
    for index, column in enumerate(columns):
        words = row.cells[column] if column < len(row.cells) else ""
        above = before[index] if index < len(before) else ""
        if kind_of_cell(words) == "none":
            words = above if not words and same else ""
        same = same and words == above
        filled.append(words)
    return filled


def _cell(table: _Table, line: _Line, index: int) -> Cell:
    start = line.row.starts[index]
    end = start + len(line.row.cells[index])
    if line.block is None:
        return Cell(start, end, line.role)
    block, panel = line.block, line.block.panel_of(index)
    listed = line.row.cells[block.units] if 0 <= block.units < len(line.row.cells) else ""
    units, caption = (table.units, table.caption) if block.header == table.header else ((), "")
    filled = zip(block.panels[panel], line.headers[panel], strict=False)
    headers = {words: "".join(block.header_of(column)) for column, words in filled if words and column < index}
    return Cell(
        start, end, block.role_of(index, line.row.cells[index]), tuple(headers), block.header_of(index), tuple(headers.values()),
        line.above[panel], block.levels.get(index, ()), listed, units, caption, line.group, table.loose, block.aims.get(index, ""),
    )  # fmt: skip
