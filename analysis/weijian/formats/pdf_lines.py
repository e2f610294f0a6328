"""The glyphs of a page become its lines, in reading order with one column or several.

In: glyphs with their places. Out: a Line each, with its edges, from which paragraphs are made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from weijian.formats.pdf_characters import Glyph

_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_WORD = re.compile("[!-~]+")
_OPENING = "“‘（(《〈【〔[「『"
_NOT_FIRST = "。，、；：！？”’）)》〉】〕]」』%％‰℃…—·,.;:!?"
_LEAST_COLUMN, _LEAST_LINES = 8, 3
_STRIPES = 1_000
_WIDE_GAP = 2.0


class Line(NamedTuple):
    """A printed line: words, edges, base line and size in points, and the width of the first word, that cannot be parted.

    ``column`` is the number of its column and how many there are side by side; ``parted`` says that a wide gap parts its
    words; ``box`` is a table in the place of words.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float
    column: tuple[int, int]
    box: Any = None
    low: float = 0.0
    parted: bool = False


def page_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order.

    >>> [line.text for line in page_lines([Glyph("签", 0, 10, 0, 10), Glyph("约", 10, 20, 0, 10), Glyph("率", 0, 10, -15, 10)])]
    ['签约', '率']
    """
    return [_line(row, column) for block, column in _blocks(list(glyphs)) for row in rows_of(block)]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return glyphs by their base lines, from the top, each row from left to right; raised marks join their row."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        row = rows[-1] if rows else None
        if row and not (glyph.box or row[0].box) and row[0].base - glyph.base <= 0.3 * min(glyph.size, row[0].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    rows = _with_raised(rows)
    return [
        sorted(row, key=lambda glyph: (glyph.left, glyph.right)) for row in rows if row[0].box or any(not g.text.isspace() for g in row)
    ]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join a row of small raised or lowered characters to the row that it belongs to."""
    index = 0
    while index < len(rows):
        for other in (index + 1, index - 1):
            if 0 <= other < len(rows) and _belongs(rows[index], rows[other]):
                raised = rows[index][0].base > rows[other][0].base
                marks = [_raise(glyph) for glyph in rows[index]] if raised else rows[index]
                rows[other] = rows[other] + marks
                del rows[index]
                index -= 1
                break
        index += 1
    return rows


def _belongs(marks: list[Glyph], row: list[Glyph]) -> bool:
    size, body = max(glyph.size for glyph in marks), _size(row)
    if marks[0].box or row[0].box or size > 0.8 * body or abs(marks[0].base - row[0].base) > 0.7 * body:
        return False
    # Each mark follows a character of the row at once.
    return all(any(abs(mark.left - glyph.right) < 0.5 * body for glyph in (*row, *marks)) for mark in marks)


def _raise(glyph: Glyph) -> Glyph:
    """A raised digit is written as one, lest it be read as the last digit of the number before it."""
    return glyph._replace(text=glyph.text.translate(_SUPERSCRIPTS))


def _size(row: Sequence[Glyph]) -> float:
    return Counter(round(glyph.size, 1) for glyph in row).most_common(1)[0][0]


def _line(row: Sequence[Glyph], column: tuple[int, int]) -> Line:
    if row[0].box:
        return Line("", row[0].left, row[0].right, row[0].base, row[0].size, 0.0, column, row[0].box, row[0].low)
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    base = median(glyph.base for glyph in inked)
    left, right = inked[0].left, max(glyph.right for glyph in inked)
    size, gaps = _size(inked), sorted(after.left - before.right for before, after in pairwise(inked))
    parted = bool(gaps) and gaps[-1] > _WIDE_GAP * size + max(0.0, gaps[len(gaps) // 2])
    return Line(row_text(row), left, right, base, size, _first_word(inked), column, low=base, parted=parted)


def row_text(row: Sequence[Glyph]) -> str:
    """Return the words of a row; a blank stands where one is printed, and at a gap wider than the row's others."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    usual = max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
    pieces = [row[0].text]
    for (before, after), gap in zip(pairwise(row), gaps, strict=True):
        size = max(before.size, after.size)
        words = _WORD.fullmatch(before.text[-1]) and _WORD.fullmatch(after.text[0])
        if gap > usual + (0.14 if words else 0.6) * size and not (before.text.isspace() or after.text.isspace()):
            pieces.append(" ")
        pieces.append(after.text)
    return "".join(pieces).strip()


def _first_word(row: Sequence[Glyph]) -> float:
    """The width of what would have had to fit into the line above."""
    end, last = 1, row[0]
    while end < len(row):
        glyph = row[end]
        together = _WORD.fullmatch(last.text) and _WORD.fullmatch(glyph.text) and glyph.left - last.right < 0.14 * glyph.size
        if not (together or last.text in _OPENING or glyph.text in _NOT_FIRST):
            break
        last, end = glyph, end + 1
    return last.right - row[0].left


def _blocks(glyphs: list[Glyph]) -> list[tuple[list[Glyph], tuple[int, int]]]:
    """Return the stretches of a page in reading order, with the number of each column and of the columns beside it."""
    gutter = _gutter(glyphs)
    if gutter is None:
        return [(glyphs, (0, 1))]
    blocks: list[tuple[list[Glyph], tuple[int, int]]] = []
    whole: list[Glyph] = []
    for zone, crosses in _zones(glyphs, *gutter):
        left = [glyph for glyph in zone if glyph.right <= gutter[1]]
        right = [glyph for glyph in zone if glyph.right > gutter[1]]
        if crosses or not _are_columns(left, right, gutter):
            whole += zone
            continue
        blocks += [(whole, (0, 1))] if whole else []
        whole = []
        for side, part in enumerate((left, right)):
            inner = _blocks(part)
            blocks += [(block, (side + 2 * index, 1 + count)) for block, (index, count) in inner]
    if not blocks:
        return [(glyphs, (0, 1))]
    return blocks + ([(whole, (0, 1))] if whole else [])


def _gutter(glyphs: Sequence[Glyph]) -> tuple[float, float] | None:
    """Return the upright stripe in the middle of the page that the fewest characters cross, if it can part columns."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(printed) < 20:
        return None
    size = median(glyph.size for glyph in printed)
    left, right = min(glyph.left for glyph in printed), max(glyph.right for glyph in printed)
    if right - left < 2 * _LEAST_COLUMN * size:
        return None
    step = max(size / 12, (right - left) / _STRIPES)
    crossed = Counter(x for glyph in printed for x in range(int((glyph.left - left) / step), int((glyph.right - left) / step - 0.04) + 1))
    width, whole = max(1, round(0.9 * size / step)), int((right - left) / step)
    stripes = range(whole // 5, whole - whole // 5 - width)
    sums = [sum(crossed[x + more] for more in range(width)) for x in stripes]
    if not sums or min(sums) >= 0.5 * width * len({round(glyph.base / size) for glyph in printed}):
        return None
    best = min((x for x, count in zip(stripes, sums, strict=True) if count == min(sums)), key=lambda x: abs(x + (width - whole) / 2))
    return left + best * step, left + (best + width) * step


def _zones(glyphs: Sequence[Glyph], low: float, high: float) -> list[tuple[list[Glyph], bool]]:
    """Part the page into zones: runs of rows that cross the gutter, and of rows that do not."""
    zones: list[tuple[list[Glyph], bool]] = []
    for row in rows_of(glyphs):
        crosses = any(glyph.left < high and glyph.right > low + 0.5 and (glyph.box or not glyph.text.isspace()) for glyph in row)
        if not zones or crosses != zones[-1][1]:
            zones.append(([], crosses))
        zones[-1][0].extend(row)
    return zones


def _are_columns(left: list[Glyph], right: list[Glyph], gutter: tuple[float, float]) -> bool:
    """Whether what stands left and right of the gutter is prose in lines, and not the cells of a row."""
    if not left or not right:
        return False
    widths = [[row[-1].right - row[0].left for row in rows_of(side)] for side in (left, right)]
    edges = gutter[0] - min(glyph.left for glyph in left), max(glyph.right for glyph in right) - gutter[1]
    size = median(glyph.size for glyph in left)
    if len(widths[0]) < _LEAST_LINES or len(widths[1]) < 2 or min(edges) < _LEAST_COLUMN * size:
        return False
    return median(widths[0]) >= 0.6 * edges[0] and max(widths[1]) >= 0.6 * edges[1]
