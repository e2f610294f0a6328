"""Numbers that stand alone in the cell of a table drawn with bars: | 签约率(%) | 41.7 | 44.2 |.

In: the folded text and the position of a number. Out: the ``Cell`` it stands in, with the headers of its row
and column, from which unit, owner and year are read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from weijian.numerals import MAGNITUDES
from weijian.units import unit_of, unit_pattern

_ALONE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%‰]?(?=\||\n|$)")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度|底|末)?")
_RULE = re.compile(r"[|:\-—\s]+")
_ROWS_ABOVE, _LONGEST_ROW = 60, 2000


class Cell(NamedTuple):
    """The headers of a number's row and column, with unit, magnitude and year when they state them."""

    row: str
    column: str
    unit: str
    scale: Decimal
    year: str


@lru_cache(maxsize=1)
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\((?:单位:?)?(万|亿|千|百)?({unit_pattern()})\)")


def cell_at(text: str, start: int) -> Cell | None:
    """Return the cell of a number that stands alone in it, or None.

    >>> text = "|指标|2022年|2023年|\\n|常住人口签约率(%)|41.7|44.2|"
    >>> cell_at(text, text.index("44.2"))
    Cell(row='常住人口签约率', column='', unit='%', scale=Decimal('1'), year='2023')
    """
    number = start - 1 if text[start - 1 : start] in "-+" else start
    if text[number - 1 : number] != "|" or not _ALONE.match(text, number):
        return None
    line_start = text.rfind("\n", max(0, number - _LONGEST_ROW), number) + 1
    if line_start == 0 and number > _LONGEST_ROW:
        return None
    line_end = text.find("\n", number, number + _LONGEST_ROW)
    line = text[line_start : line_end if line_end >= 0 else number + _LONGEST_ROW]
    index = text.count("|", line_start, number)
    row = next((cell for cell in line.split("|") if cell and not cell.isdigit()), "")
    header = _header(text, line_start, line.count("|"))
    column = header[index] if index < len(header) else ""
    unit, scale = _unit(row) or _unit(column) or ("", MAGNITUDES[""])
    year = _YEAR.search(column)
    return Cell(_bare(row), "" if year else _bare(column), unit, scale, year[1] if year else "")


def _header(text: str, line_start: int, bars: int) -> list[str]:
    """Return the cells of the first line of the table above a line."""
    header: list[str] = []
    end = line_start - 1
    for _ in range(_ROWS_ABOVE):
        start = text.rfind("\n", 0, max(end, 0)) + 1
        line = text[start:end]
        if end <= 0 or line.count("|") != bars:
            break
        if not _RULE.fullmatch(line):
            header = line.split("|")
        end = start - 1
    return header


def _unit(header: str) -> tuple[str, Decimal] | None:
    match = _in_brackets().search(header)
    return (unit_of(match[2]).base, MAGNITUDES[match[1] or ""]) if match else None


def _bare(header: str) -> str:
    return re.sub(r"\([^()]*\)", "", header).strip()
