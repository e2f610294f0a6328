"""Sums in tables: the row of totals against the rows above it, column by column.

In: a Reading. Out: checks. Columns of rates are not added; a row that is a part of another is no part of the total; a cell without a
number leaves the column undecided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from weijian.checks.numbers import Number, position, tabled_number
from weijian.checks.verdicts import FAILS, UNDECIDABLE, Check, check, compared, written
from weijian.checks.wholes import added
from weijian.folding import Folded, fold
from weijian.records import Reading

_TABLE = re.compile(r"(?:^[^\n|]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_TOTAL = re.compile(r"(?:全[市区县省]|总)?(?:合计|总计|共计)|全[市区县省]")
_PART = re.compile(r"^(?:[#＃]?其中|#|－|-)")
_SUBTOTAL = re.compile("小计")
_NOT_ADDED = re.compile(r"率|占比|比例|比重|%|‰|/|平均|人均|均次|排名|位次|同比|增长|增幅|年份|序号")
_NUMBERED = re.compile(r"\d[\d,.]*")


def table_checks(reading: Reading) -> Iterator[Check]:
    """Yield a check for each column of each table with a row of totals."""
    if "|" not in reading.document.text and "｜" not in reading.document.text:
        return
    view = fold(reading.document.text)
    starts = [(position(view, seen.start), seen) for seen in reading.observations]
    starts.sort(key=lambda pair: pair[0])
    at = [start for start, _ in starts]
    for table in _TABLE.finditer(view.text):
        lines = _lines(view, table.start(), table.end())
        numbers = [tabled_number(view, seen) for _, seen in starts[bisect_right(at, table.start() - 1) : bisect_right(at, table.end())]]
        yield from _columns(lines, [number for number in numbers if number])


def _lines(view: Folded, start: int, end: int) -> list[list[tuple[int, int, str]]]:
    """Return the rows of a table, each cell with where it begins and ends."""
    rows = []
    at = start
    for line in view.text[start:end].splitlines(keepends=True):
        cells, here = [], at
        for cell in line.rstrip("\n").split("|"):
            cells.append((here, here + len(cell), cell.strip()))
            here += len(cell) + 1
        cells = cells[1:] if cells and not cells[0][2] else cells
        if not all(re.fullmatch("[-:—+= ]*", cell) for _, _, cell in cells):
            rows.append(cells)
        at += len(line)
    return rows


def _columns(rows: Sequence[Sequence[tuple[int, int, str]]], numbers: Sequence[Number]) -> Iterator[Check]:
    """Yield the checks of a table whose rows all have as many cells."""
    totals = [index for index, row in enumerate(rows) if row and _TOTAL.fullmatch(row[0][2])]
    if len(totals) != 1 or len({len(row) for row in rows}) != 1:
        return
    total, header = totals[0], [cell for _, _, cell in rows[0]]
    body = [row for index, row in enumerate(rows) if index not in (0, total) and not _PART.match(row[0][2])]
    if any(_SUBTOTAL.search(row[0][2]) for row in body):
        body = [row for row in body if _SUBTOTAL.search(row[0][2])]
    for column in range(1, len(header)):
        if _NOT_ADDED.search(header[column]) or len(body) < 2:
            continue
        summed = _within(numbers, rows[total][column])
        if summed and summed.level and not summed.share:
            yield from _column([(row[column][2], _within(numbers, row[column])) for row in body], summed)


def _within(numbers: Sequence[Number], cell: tuple[int, int, str]) -> Number | None:
    found = [number for number in numbers if cell[0] <= number.start < cell[1]]
    return found[0] if len(found) == 1 and _NUMBERED.match(cell[2]) else None


def _column(cells: Sequence[tuple[str, Number | None]], total: Number) -> Iterator[Check]:
    parts = [number for _, number in cells if number]
    if len(parts) < 2 or any(part.counts != parts[0].counts for part in parts):
        return
    expected = added(parts)
    verdict, reason = compared(expected, total, (total, *parts))
    if verdict == FAILS and any(number is None and cell not in ("0", "") for cell, number in cells):
        verdict, reason = UNDECIDABLE, "missing_part"
    sums = sum((part.value for part in parts), Decimal(0))
    arithmetic = f"{' + '.join(part.figure for part in parts)} = {written(sums, total)}, printed {total.figure}"
    yield check("sum", verdict, (*parts, total), total, arithmetic, expected, reason)
