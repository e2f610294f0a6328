"""The text of a file in whatever format, as the reading takes it: a paragraph a line, a row of a table a line with bars.

Every format gives an ``Extracted``. Its text is what offsets count in from then on, so it is kept beside the file and
never made again by a later version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BLANKS = re.compile(r"\s+")
_BARS = {ord("|"): "¦", ord("｜"): "¦"}  # a bar in a cell must not part it
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%‰％]?")


class Extracted(NamedTuple):
    """The text of a file, the format and encoding it was read in, where its pages begin, and what one should know.

    ``pages`` holds for each page the offset of its first character; it is empty where the format has no pages.
    ``notes`` are sentences about what was left out or looks odd.
    """

    text: str
    source_format: str
    encoding: str = ""
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


class Spread(NamedTuple):
    """A cell of a table that may cover several rows and columns."""

    text: str
    rows: int = 1
    columns: int = 1


def grid(table: Sequence[Sequence[Spread]]) -> list[list[str]]:
    """Return a table as rows of equal length, the words of a wide or tall cell in each place that it covers.

    A number stands once, in the first place, so that no table counts it twice.

    >>> grid([[Spread("指标", rows=2), Spread("签约", columns=2)], [Spread("人"), Spread("率")]])
    [['指标', '签约', '签约'], ['指标', '人', '率']]
    """
    cells: dict[tuple[int, int], str] = {}
    for row, spreads in enumerate(table):
        column = 0
        for spread in spreads:
            while (row, column) in cells:
                column += 1
            text = _BLANKS.sub(" ", spread.text.translate(_BARS)).strip()
            repeated = "" if _NUMBER.fullmatch(text) else text
            for down in range(min(spread.rows, len(table) - row)):
                for right in range(spread.columns):
                    cells[row + down, column + right] = repeated if down or right else text
            column += spread.columns
    width = max((column + 1 for _, column in cells), default=0)
    return [[cells.get((row, column), "") for column in range(width)] for row in range(len(table))]


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows of a table as lines with bars, the form in which numbers find their headers.

    >>> list(table_lines([["指标", "2023年"], ["签约率(%)", "41.7"]]))
    ['|指标|2023年|', '|签约率(%)|41.7|']
    """
    for row in rows:
        if any(row):
            yield f"|{'|'.join(row)}|"
