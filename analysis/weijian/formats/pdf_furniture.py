"""Running heads, feet and page numbers: what stands at the same place of the pages in the same words.

In: the lines of each page. Out: the lines without them, and how many there were.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from weijian.formats.pdf_lines import Line

_DASH = "[-—–―─~·•・|]"
_NUMBER = re.compile("\\d{1,4}(?![\\d年])")
_PAGE_NUMBER = re.compile(
    f"{_DASH}*(\\d{{1,4}}){_DASH}*|第(\\d{{1,4}})页(?:[,，/]?[共总]\\d+页)?|[Pp]age(\\d{{1,4}})(?:of\\d+)?|(\\d{{1,4}})/\\d{{1,4}}"
)
_SURE_FOOT = re.compile(  # the number of a page in a form that nothing else has, and what a browser prints below a page
    f"{_DASH}+\\d{{1,4}}{_DASH}+|第\\d{{1,4}}页(?:[,，/]?[共总]\\d+页)?|[Pp]age\\d{{1,4}}(?:of\\d+)?|(?:https?://|file:/|about:).*\\d+/\\d+"
)
_PRINTED_FOOT = re.compile("(?:^|https?://.*|file:/.*|about:.*)\\d+/\\d+$")
_PRINTED_ON = re.compile("\\d{1,4}[/.-]\\d{1,2}[/.-]\\d{1,4}[,，]?\\s*(?:[上下]午)?\\d{1,2}:\\d\\d")
_ROWS, _LONGEST, _NEAR = 4, 120, 6.0
_ALWAYS_TWICE = 5


class _Row(NamedTuple):
    lines: tuple[Line, ...]
    text: str
    base: float


def without_furniture(pages: Sequence[list[Line]], size: float) -> tuple[list[list[Line]], int]:
    """Return the pages without running heads and page numbers, and how many lines those were.

    A line goes when lines at its place say the same, but for page numbers, on two pages (on three, in a document
    of more than five), or when it is a page number in a form that nothing else has.
    """
    kept = [list(page) for page in pages]
    left_out = 0
    printed = any(row and _PRINTED_FOOT.search(row.text) for row in (_outermost(page, top=False) for page in pages))
    for top in (True, False):
        for _ in range(_ROWS):
            rows = [_outermost(page, top) for page in kept]
            sure = (_PRINTED_ON.match if top else _SURE_FOOT.fullmatch) if printed or not top else None
            repeated = _repeated(rows, size) | _numbers(rows) | {page for page, row in enumerate(rows) if row and sure and sure(row.text)}
            if not repeated:
                break
            for page in repeated:
                row = rows[page]
                assert row is not None
                gone = set(map(id, row.lines))
                kept[page] = [line for line in kept[page] if id(line) not in gone]
                left_out += 1
    return kept, left_out


def _outermost(page: Sequence[Line], top: bool) -> _Row | None:
    """The first or the last row of a page, over all of its columns; None where a table stands."""
    if not page:
        return None
    edge = max(page, key=lambda line: line.base) if top else min(page, key=lambda line: line.low)
    if edge.box:
        return None
    row = sorted((line for line in page if not line.box and abs(line.base - edge.base) < 0.5 * edge.size), key=lambda line: line.left)
    return _Row(tuple(row), "".join("".join(line.text.split()) for line in row), edge.base)


def _repeated(rows: Sequence[_Row | None], size: float) -> set[int]:
    """The pages whose outermost row says what others say in that place, but for numbers that rise with the page."""
    places: dict[str, list[tuple[int, _Row]]] = defaultdict(list)
    for page, row in enumerate(rows):
        if row and len(row.text) <= _LONGEST and max(line.size for line in row.lines) <= 1.15 * size:
            places[_NUMBER.sub("#", row.text)].append((page, row))
    least = 2 if len(rows) <= _ALWAYS_TWICE else 3
    return {
        page
        for same in places.values()
        for page, row in same
        if sum(abs(row.base - other.base) <= _NEAR and _counts_pages(row, other, page - index) for index, other in same) >= least
    }


def _counts_pages(row: _Row, other: _Row, pages: int) -> bool:
    pairs = zip(_NUMBER.findall(row.text), _NUMBER.findall(other.text), strict=True)
    return all(int(a) - int(b) in (0, pages) for a, b in pairs)


def _numbers(rows: Sequence[_Row | None]) -> set[int]:
    """The pages whose outermost row is a number that rises with the page."""
    steps: dict[int, int] = {}
    for page, row in enumerate(rows):
        match = _PAGE_NUMBER.fullmatch(row.text) if row else None
        if match:
            steps[page] = int(next(group for group in match.groups() if group)) - page
    counts = Counter(steps.values())
    return {page for page, step in steps.items() if counts[step] >= 2}
