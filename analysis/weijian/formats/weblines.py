"""The boxes of a web page as lines: a block a line, list items with their numbers, tables with bars.

In: a box. Out: its lines, in which an inline element that began or ended left a ``SEAM``. A table that only places paragraphs gives
paragraphs, a table of keys and values of the page gives rows without a bar before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import codebook
from weijian.formats.extracted import Spread, grid, table_lines
from weijian.formats.webtree import BREAK, SEAM, Box

_EDGES = " \t\r\n\f\v\x85\xa0\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
_GAP = re.compile("[ \t\r\n\f]+")
_OWN_LABEL = re.compile(r"[(（〔]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、)）〕]|[①-⑳]|第[一二三四五六七八九十]")
_NUMERALS = "零一二三四五六七八九"
_CHINESE_LIST = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:cjk|chinese)", re.IGNORECASE)
_NO_LIST = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_ROWS, _CELLS = ("tr",), ("td", "th")
_LONG_CELL, _LONG_MEAN, _MOST_CELLS, _WIDEST = 60, 80, 500_000, 1_000


class _State:
    """What is being written: the words of the line, the label that waits for words, and the kinds and counts of open lists."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.label = ""
        self.lists: list[_List] = []
        self.pre = 0


class _List:
    def __init__(self, box: Box) -> None:
        style = box.attributes.get("style") or ""
        self.numbered = box.tag == "ol" and not _NO_LIST.search(style)
        self.kind = "一" if _CHINESE_LIST.search(style) else box.attributes.get("type") or "1"
        self.next = _whole(box.attributes.get("start"), 1)

    def label(self, item: Box) -> str:
        number = _whole(item.attributes.get("value"), self.next)
        self.next = number + 1
        return _numbered(number, self.kind) if self.numbered else ""


class Table(NamedTuple):
    """The lines of a table's caption, its rows, and whether they are keys and values of the page's metadata."""

    caption: list[str]
    rows: list[list[Spread]]
    is_metadata: bool


def raw_lines(box: Box, until: Box | None = None) -> Iterator[str]:
    """Yield the lines of a box with their seams, up to a box within it; boxes that were left out give none."""
    state = _State()
    _begin(state, box)
    open_boxes: list[tuple[Box, Iterator[str | Box]]] = [(box, iter(box.parts))]
    while open_boxes:
        current, parts = open_boxes[-1]
        part = next(parts, None)
        if part is None:
            open_boxes.pop()
            yield from _flush(state)
            _close(state, current)
        elif isinstance(part, str):
            if part == BREAK:
                yield from _flush(state)
            elif state.pre:
                yield from _keep_lines(state, part)
            else:
                state.words.append(part)
        elif part is until:
            yield from _flush(state)
            return
        elif not part.left_out:
            yield from _flush(state)
            table = data_table(part) if part.tag == "table" else None
            if table is None:
                _begin(state, part)
                open_boxes.append((part, iter(part.parts)))
            else:
                yield from table.caption
                yield from _rows(table)


def plain(line: str) -> str:
    """Return a line without seams; a line break of the source is a blank between Latin words or digits only.

    >>> plain("全市签约率\\n  为46.35%。WHO\\nreport")
    '全市签约率为46.35%。WHO report'
    """
    return _GAP.sub(_gap, line.replace(SEAM, "").strip(_EDGES))


def _gap(found: re.Match[str]) -> str:
    gap = found.group()
    if "\n" not in gap and "\r" not in gap:
        return " "
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return " " if before.isascii() and after.isascii() else ""


def _flush(state: _State) -> Iterator[str]:
    if not state.words:
        return
    line = "".join(state.words)
    state.words.clear()
    words = plain(line)
    if words:
        label, state.label = state.label, ""
        if label and not _OWN_LABEL.match(words):
            line = (f"({label[:-1]})" if words[0].isdigit() and label[-1] == "." else label) + words
        yield line


def _keep_lines(state: _State, words: str) -> Iterator[str]:
    first, *others = words.splitlines() or [""]
    state.words.append(first)
    for other in others:
        yield from _flush(state)
        state.words.append(other)
    if words.endswith("\n"):
        yield from _flush(state)


def _begin(state: _State, box: Box) -> None:
    if box.tag in ("ol", "ul"):
        state.lists.append(_List(box))
    elif box.tag == "li" and state.lists:
        state.label = state.lists[-1].label(box)
    state.pre += _keeps_lines(box)


def _close(state: _State, box: Box) -> None:
    if box.tag in ("ol", "ul") and state.lists:
        state.lists.pop()
    elif box.tag == "li":
        state.label = ""
    state.pre = max(0, state.pre - _keeps_lines(box))


def _keeps_lines(box: Box) -> bool:
    return box.tag in ("pre", "listing", "xmp") or "pre" in box.attributes


def _whole(number: str | None, otherwise: int) -> int:
    return int(number) if number and number.isascii() and number.isdecimal() and len(number) < 6 else otherwise


def _numbered(number: int, kind: str) -> str:
    """Return the label of a list item.

    >>> [_numbered(12, kind) for kind in "1aI一"]
    ['12.', 'l.', 'XII.', '十二、']
    """
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1) + "."
    if kind in ("i", "I") and 1 <= number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return (roman.lower() if kind == "i" else roman) + "."
    if kind == "一" and 1 <= number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else _NUMERALS[tens]) + "十" * (tens > 0) + (_NUMERALS[ones] if ones else "") + "、"
    return f"{number}."


def data_table(box: Box) -> Table | None:
    """Return the rows of a table of data; None for a table that only places paragraphs."""
    if box.tables > 1 or (box.attributes.get("role") or "") in ("presentation", "none"):
        return None
    caption: list[str] = []
    rows: list[list[Spread]] = []
    paragraphs = 0
    for row in _below(box, _ROWS, caption):
        cells = []
        for cell in _below(row, _CELLS, caption):
            lines = [plain(line) for line in raw_lines(cell)]
            paragraphs += sum(len(line) > _LONG_CELL for line in lines) > 1
            cells.append(Spread(_joined(lines), _span(cell, "rowspan"), _span(cell, "colspan")))
        rows.append(cells)
    filled = [[cell.text for cell in row if cell.text] for row in rows]
    cells_of_all = [cell for row in filled for cell in row]
    if any(len(row) > 1 for row in filled) and _is_metadata(filled):
        return Table(caption, rows, True)
    tabular = sum(len(row) > 1 for row in filled) > 1 and not paragraphs
    if not tabular or sum(map(len, cells_of_all)) > _LONG_MEAN * len(cells_of_all):
        return None
    return Table(caption, _bounded(rows), False)


def _is_metadata(rows: list[list[str]]) -> bool:
    firsts = [row[0] for row in rows if row]
    return 2 * sum(map(is_key, firsts)) > len(firsts)


def _below(box: Box, tags: tuple[str, ...], caption: list[str]) -> Iterator[Box]:
    """Yield the rows of a table or the cells of a row, in order; what its caption says goes into ``caption``."""
    for part in box.boxes():
        if part.tag in tags:
            yield part
        elif part.tag == "caption":
            caption += [plain(line) for line in raw_lines(part)]
        else:
            yield from (inner for inner in part.boxes() if inner.tag in tags)


def _span(cell: Box, name: str) -> int:
    return min(max(1, _whole(cell.attributes.get(name), 1)), _WIDEST)


def _joined(lines: list[str]) -> str:
    """Return the lines of a cell as one; a blank stands only where Latin words or digits would touch."""
    text = ""
    for line in lines:
        text += " " + line if text[-1:].isascii() and line[:1].isascii() and text else line
    return text


def _bounded(rows: list[list[Spread]]) -> list[list[Spread]]:
    """Return a table whose spans give no more cells than a page can hold; otherwise each cell covers its own place."""
    width = max(sum(cell.columns for cell in row) for row in rows)
    if width * len(rows) <= _MOST_CELLS and sum(cell.columns * min(cell.rows, len(rows)) for row in rows for cell in row) <= _MOST_CELLS:
        return rows
    return [[Spread(cell.text) for cell in row] for row in rows]


@lru_cache(maxsize=1)
def metadata_keys() -> dict[str, str]:
    """Return the keys that pages print before what they say of their document, with the field each stands for."""
    return {row["key"]: row["field"] for row in codebook().rows("metadata_keys")}


def is_key(words: str) -> bool:
    """Whether a cell is a key of the page's metadata.

    >>> is_key("索 引 号:"), is_key("签约率")
    (True, False)
    """
    return "".join(words.split()).rstrip(":：") in metadata_keys()


def _rows(table: Table) -> Iterator[str]:
    """The rows of a table; those of keys and values have no bar before them, by which they are told from data."""
    if table.is_metadata:
        for row in table.rows:
            if any(cell.text for cell in row):
                yield " | ".join(cell.text for cell in row) + " |"
    else:
        yield from table_lines(grid(table.rows))
