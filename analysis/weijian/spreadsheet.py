"""Sheets of plain cells as an Excel workbook: nothing in it can run, and equal sheets give equal bytes on any day and machine.

Text is written as text whatever it begins with, so that no sentence of a report becomes a formula or a link. The zip archive is
packed anew with fixed dates and without compression: how far a file shrinks depends on the machine's zlib, what it says does not.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from weijian.sheet import columns_of

Cell = str | int | Decimal | None
LONGEST = 32_767
"""The most characters that a cell can hold."""

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_EXACT_DIGITS = 15
_HOSTILE = tuple("=+-@\t\r\n")
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_TEXT = {"text_wrap": True, "valign": "top"}
_HEADER = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "bottom": 1}
_LINE_HEIGHT, _HIGHEST = 16, 409
_SLACK = 1
"""Columns that a line leaves empty because a word does not break."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the headings with their widths in characters, and rows of as many cells."""

    name: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]


def pack(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the sheets as the bytes of an .xlsx file; each has a bold header that stays in sight and a filter on every column.

    >>> sheet = Sheet("数值", ["地方", "数值"], [10, 8], [["重庆市", Decimal("46.35")], ["=1+1", None]])
    >>> pack([sheet], "例") == pack([sheet], "例")
    True
    """
    import xlsxwriter  # only a build needs it

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _PLAIN)
    book.set_properties({"title": title, "author": "weijian", "created": _EPOCH})
    formats = {
        "header": book.add_format(_HEADER),
        "text": book.add_format(_TEXT),
        "hostile": book.add_format(_TEXT | {"quote_prefix": True}),  # stays text when somebody edits the cell
        "number": book.add_format({"valign": "top", "align": "right", "indent": 1}),
    }
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return _repacked(made.getvalue())


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, formats["header"])
    for number, cells in enumerate(sheet.rows, start=1):
        page.set_row(number, _height(cells, sheet.widths))
        for column, cell in enumerate(cells):
            _write(page, number, column, cell, formats)
    page.set_row(0, 2 * _LINE_HEIGHT)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.repeat_rows(0)


def _write(page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    """Write one cell; a number that a spreadsheet would round is written as text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, column, _fitted(cell), formats["hostile" if cell.startswith(_HOSTILE) else "text"])
    elif len(Decimal(cell).normalize().as_tuple().digits) <= _EXACT_DIGITS:
        page.write_number(row, column, cell, formats["number"])
    else:
        page.write_string(row, column, format(cell, "f"), formats["text"])


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return how high a row is, in points, to show its longest cell: not every program finds that out by itself.

    >>> _height(["重庆市", "一" * 30], [10, 20])
    64
    """
    lines = (_lines(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str) and 2 * len(cell) > width)
    return min(max(lines, default=1) * _LINE_HEIGHT, _HIGHEST)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """Return how many lines a text fills; a sentence with several numbers comes in as many rows."""
    return sum(ceil(columns_of(line) / (width - _SLACK)) for line in text.split("\n"))


def _fitted(text: str) -> str:
    """Return a text that fits into a cell: no report has such a sentence, but a page without line ends might.

    >>> len(_fitted("数" * 40_000))
    32767
    """
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _repacked(content: bytes) -> bytes:
    """Return a zip archive with the same members, its dates and settings fixed, nothing compressed."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(packed, "w", ZIP_STORED) as target:
        for name in source.namelist():
            member = ZipInfo(name, date_time=_EPOCH.timetuple()[:6])
            member.create_system, member.external_attr = 3, 0o644 << 16
            target.writestr(member, source.read(name))
    return packed.getvalue()
