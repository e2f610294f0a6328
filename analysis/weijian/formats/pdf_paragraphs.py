"""Lines become paragraphs, over columns and pages.

In: the lines of a document's pages, without running heads. Out: paragraphs of pieces, a piece for each page.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from weijian.formats.pdf_lines import Line

_WORD_END, _WORD_START = re.compile("[A-Za-z0-9.,;:)%]$"), re.compile("[A-Za-z0-9(]")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LABEL = re.compile(
    f"{_NUMERAL}\\s*[、．.]|第{_NUMERAL}(?:部分|章|篇)|[(（〔]\\s*(?:{_NUMERAL}|\\d{{1,2}})\\s*[)）〕]|\\d{{1,2}}\\s*[.．、)）](?!\\d)|[①-⑳]"
)
_LETTER, _LONE_LETTER = re.compile("[A-Za-z]"), re.compile("[A-Z](?![A-Za-z])")
_SENTENCE_END = re.compile("[。；;：:！!？?][”’》）)]*$")
_BULLET = re.compile("[•●■◆▪▶➢✓◇□○]\\s*\\S")
_FIGURE_LAST = re.compile("\\s[-+\\d.,]+[%‰]?$")
_GOES_ON = re.compile("[，,、（(《“‘〈【〔]$|\\d[.,]$")
_NOTE_MARK = re.compile("[¹²³⁴-⁹①-⑳*†‡※]|[\\[〔(（]?\\d{1,2}[\\]〕)）.．、\\s]|注[:：\\d]|\\d{1,2}(?=[\u4e00-\u9fff《“])")


class Piece(NamedTuple):
    """A part of a paragraph, on one page."""

    page: int
    text: str


class Edges(NamedTuple):
    """Between which edges the lines of a column run, and how far its lines are apart."""

    left: float
    right: float
    pitch: float


_NO_EDGES = Edges(0.0, 0.0, 0.0)


def join(before: str, after: str) -> str:
    """Return two lines of a paragraph as one text.

    >>> join("签约27.", "35万人"), join("family", "doctor"), join("COVID-", "19"), join("vacci-", "nation"), join("5", "G网")
    ('签约27.35万人', 'family doctor', 'COVID-19', 'vaccination', '5G网')
    """
    if before.endswith("-") and _LETTER.match(before[-2:-1]):
        return before[:-1] + after if after[:1].islower() else before + after
    latin = (_LETTER.match(before[-1:]) or _LETTER.match(after[:1])) and not (before[-1:].isdigit() and _LONE_LETTER.match(after))
    blank = latin and _WORD_END.search(before) and _WORD_START.match(after)
    return f"{before} {after}" if blank else before + after


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size that most of the words are printed in."""
    words: dict[float, int] = defaultdict(int)
    for line in (line for page in pages for line in page):
        words[line.size] += len(line.text)
    return max(words, key=lambda size: words[size], default=0.0)


def part_notes(lines: list[Line], size: float) -> tuple[list[Line], list[Line]]:
    """Return the body of a page and the notes at its foot: small lines from a mark on to the end.

    >>> body, note = (Line("签约率47.8%", 0, 99, 90, 12, 9, (0, 1)), Line("①按常住人口计。", 0, 99, 9, 9, 9, (0, 1)))
    >>> part_notes([body, note], 12) == ([body], [note])
    True
    """
    start = len(lines)
    while start > 1 and not lines[start - 1].box and lines[start - 1].size <= 0.9 * size:
        start -= 1
    while start < len(lines) and not _NOTE_MARK.match(lines[start].text):
        start += 1
    return lines[:start], lines[start:]


class Paragraphs:
    """Joins the lines of a document, page by page, and keeps notes at the foot back until the paragraph ends."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._size = body_size(pages)
        self._edges = [_edges(page, _usual(pages)) for page in pages]
        self._indents = _indents(pages, self._edges)
        self._done: list[list[Piece]] = []
        self._open: list[Piece] = []
        self._lines: list[Line] = []
        self._notes: list[list[Piece]] = []
        self._last: tuple[int, Line] | None = None

    def add(self, page: int, line: Line) -> None:
        """Add the next line of the body."""
        if not self._open or self._last is None or self._ends(page, line):
            self.close()
            self._open = [Piece(page, line.text)]
            self._lines = [line]
        else:
            before = self._open[-1]
            joined = join(before.text, line.text)
            kept = before.text if joined.startswith(before.text) else before.text[:-1]
            if before.page == page:
                self._open[-1] = Piece(page, joined)
            else:
                self._open[-1] = before._replace(text=kept)
                self._open.append(Piece(page, joined[len(kept) :]))
            self._lines.append(line)
        self._last = page, line

    def add_whole(self, page: int, text: str) -> None:
        """Add a line of text that nothing joins, such as the row of a table."""
        self.close()
        self._done.append([Piece(page, text)])

    def add_notes(self, page: int, lines: Sequence[Line]) -> None:
        """Add the notes at a page's foot; they follow the paragraph that the page ends in."""
        text = ""
        for line in lines:
            if text and not _NOTE_MARK.match(line.text):
                text = join(text, line.text)
            else:
                self._notes += [[Piece(page, text)]] if text else []
                text = line.text
        self._notes += [[Piece(page, text)]] if text else []

    def close(self) -> None:
        """End the paragraph."""
        if self._open:
            self._done.append(self._open)
        self._done += self._notes
        self._open, self._lines, self._notes, self._last = [], [], [], None

    def finish(self) -> list[list[Piece]]:
        """Return the paragraphs."""
        self.close()
        return self._done

    def _ends(self, page: int, line: Line) -> bool:
        """Whether a line begins a new paragraph."""
        assert self._last is not None
        last_page, last = self._last
        size = max(line.size, last.size)
        if abs(line.size - last.size) > 0.08 * size or _BULLET.match(line.text):
            return True
        if last.parted and (line.parted or _FIGURE_LAST.search(last.text)):  # rows of figures without lines around them
            return True
        edges, above = self._edges[page][line.column], self._edges[last_page][last.column]
        same_column = page == last_page and line.column == last.column and line.base < last.base
        if same_column and last.base - line.base > 1.35 * max(edges.pitch, 1.05 * size):
            return True
        indent, before = line.left - edges.left, last.left - above.left
        if line.size > 1.1 * self._size or (_centred(last, above, size) and _centred(line, edges, size)):
            # A title goes on when its next word did not fit into the width of the column.
            return above.right - above.left - (last.right - last.left) > line.first + 0.3 * size
        if _cut(last, line) and indent < max(before, 0.0) + 0.8 * size and last.right - last.left > 0.5 * (above.right - above.left):
            return False
        if max(0.0, above.right - last.right) > line.first + 0.3 * size:
            return True
        return self._begins(line, indent, last, before, size)

    def _begins(self, line: Line, indent: float, last: Line, before: float, size: float) -> bool:
        """Whether the indent or the label of a line after a full one says that a paragraph begins."""
        labelled = bool(_LABEL.match(line.text))
        only = len(self._lines) == 1
        if indent > before + 0.8 * size:  # but the lines of an item may hang behind its label
            return labelled or not (only and _labelled(last.text) and indent - before < 4 * size)
        if only and indent > 0.8 * size and abs(indent - before) < 0.5 * size:
            return self._indents or labelled
        if not only and indent < before - 0.8 * size:
            return True
        ended = bool(_SENTENCE_END.search(last.text)) or (only and _LABEL.match(last.text) is not None and "。" not in last.text)
        return labelled and ended and not (self._indents and indent < 0.8 * size)


def _cut(last: Line, line: Line) -> bool:
    """Whether the end of a line cannot be the end of a paragraph, wherever the line ends."""
    return bool(_GOES_ON.search(last.text)) and not _LABEL.match(line.text)


def _centred(line: Line, edges: Edges, size: float) -> bool:
    left, right = line.left - edges.left, edges.right - line.right
    return left > 0.8 * size and right > 0.8 * size and abs(left - right) < 1.2 * size


def _labelled(text: str) -> bool:
    return bool(_LABEL.match(text) or _BULLET.match(text))


def _usual(pages: Sequence[Sequence[Line]]) -> dict[tuple[int, int], Edges]:
    """The edges that the columns of the document usually have."""
    found: dict[tuple[int, int], list[Edges]] = defaultdict(list)
    for page in pages:
        for column, edges in _own_edges(page).items():
            if sum(line.column == column for line in page) >= 5:
                found[column].append(edges)
    return {
        column: Edges(median(e.left for e in all_), median(e.right for e in all_), median(e.pitch for e in all_))
        for column, all_ in found.items()
    }


def _own_edges(page: Sequence[Line]) -> dict[tuple[int, int], Edges]:
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in page:
        if not line.box:
            columns[line.column].append(line)
    return {column: _edges_of(lines) for column, lines in columns.items()}


def _edges_of(lines: Sequence[Line]) -> Edges:
    lefts, rights = sorted(line.left for line in lines), sorted((line.right for line in lines), reverse=True)
    if len(lines) == 1:  # nothing says that it is full
        return Edges(lefts[0], rights[0] + 3 * lines[0].size, 2 * lines[0].size)
    odd = 1 + len(lines) // 30 if len(lines) >= 8 else 0  # a line or two may stick out of a column
    return Edges(lefts[odd], rights[odd], _pitch(lines))


def _pitch(lines: Sequence[Line]) -> float:
    """How far the lines of a column are apart: the median of the smaller half, for the others part paragraphs."""
    steps = sorted(before.base - after.base for before, after in itertools.pairwise(lines) if before.base > after.base)
    if len(steps) < 3:  # too few to tell a paragraph's lines from two paragraphs
        return min([*steps, 2 * lines[0].size])
    return median(steps[: (len(steps) + 1) // 2])


def _edges(page: Sequence[Line], usual: dict[tuple[int, int], Edges]) -> dict[tuple[int, int], Edges]:
    """The edges of a page's columns; a page of few lines has those that its column has elsewhere."""
    edges = _own_edges(page)
    for column, own in edges.items():
        known = usual.get(column)
        count = sum(line.column == column for line in page)
        if known and own.left >= known.left - 6 and own.right <= known.right + 6:
            edges[column] = Edges(known.left, max(own.right, known.right), own.pitch if count > 3 and own.pitch else known.pitch)
    return edges


def _indents(pages: Sequence[Sequence[Line]], edges: Sequence[dict[tuple[int, int], Edges]]) -> bool:
    """Whether the paragraphs of the document begin with an indent: whether most lines after a short one do."""
    votes = [0, 0]
    for page, own in zip(pages, edges, strict=True):
        for before, line in itertools.pairwise(page):
            limits = own.get(line.column, _NO_EDGES)
            if not (before.box or line.box) and before.column == line.column and limits.right - before.right > 3 * line.size:
                votes[line.left - limits.left > 0.8 * line.size] += 1
    return votes[1] > votes[0]
