"""The pages of a PDF become one text: paragraphs and tables over page breaks, notes behind them, where each page begins.

In: the lines of each page, without running heads. Out: the text and the offsets of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from weijian.formats.extracted import table_lines
from weijian.formats.pdf_lines import Line, page_lines
from weijian.formats.pdf_paragraphs import Paragraphs, Piece, body_size, join, part_notes
from weijian.formats.pdf_tables import Layout, Table

_FIGURE = re.compile(r"[-+\d,.%‰％\s]+")


class _Rows:
    """The rows of a table, held until it is known whether it goes on on the next page."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[str]]] = []
        self.open_end = False
        self.heads = 0

    def goes_on(self, page: int, table: Table) -> bool:
        return bool(self.rows) and self.rows[-1][0] == page - 1 and len(self.rows[0][1]) == len(table.rows[0])

    def add(self, page: int, table: Table) -> None:
        """Add the rows of a page; those that go on drop the head printed again and get back the words of merged cells."""
        rows = [list(row) for row in table.rows]
        if self.rows:
            rows = self._without_head(rows)
            if self.open_end and rows:
                number, above = self.rows[-1]
                self.rows[-1] = number, [join(a, b) if a and b else a or b for a, b in zip(above, rows.pop(0), strict=True)]
            self._fill(rows)
        self.rows += [(page, row) for row in rows]
        self.open_end = table.open_end

    def _without_head(self, rows: list[list[str]]) -> list[list[str]]:
        same = 0
        while same < min(len(rows) - 1, len(self.rows)) and rows[same] == self.rows[same][1]:
            same += 1
        self.heads += same
        return rows[same:]

    def _fill(self, rows: list[list[str]]) -> None:
        """The words of a tall cell stand only on the page that it begins on."""
        above = self.rows[-1][1]
        for column in range(len(above)):
            if not rows or rows[0][column] or not above[column] or _FIGURE.fullmatch(above[column]) or not any(rows[0]):
                return
            for row in rows:
                if row[column]:
                    break
                row[column] = above[column]


def assemble(pages: Sequence[list[Line]]) -> tuple[str, tuple[int, ...], int]:
    """Return the text of the pages, the offset of each, and how many heads of tables were printed again."""
    size = body_size(pages)
    parted = [part_notes(page, size) for page in pages]
    paragraphs = Paragraphs([body for body, _ in parted])
    table, heads = _Rows(), 0
    for page, (body, notes) in enumerate(parted):
        for place, line in enumerate(body):
            if table.rows and not (isinstance(line.box, Table) and place == 0 and table.goes_on(page, line.box)):
                heads += _end(table, paragraphs)
                table = _Rows()
            if isinstance(line.box, Table):
                table.add(page, line.box)
            elif isinstance(line.box, Layout):
                _add_cells(paragraphs, page, line.box)
            else:
                paragraphs.add(page, line)
        paragraphs.add_notes(page, notes)
    heads += _end(table, paragraphs)
    return *_with_starts(paragraphs.finish(), len(pages)), heads


def _end(table: _Rows, paragraphs: Paragraphs) -> int:
    for page, row in table.rows:
        for line in table_lines([row]):
            paragraphs.add_whole(page, line)
    return table.heads


def _add_cells(paragraphs: Paragraphs, page: int, layout: Layout) -> None:
    for cell in layout.cells:
        lines = page_lines(cell)
        inside = Paragraphs([lines])
        for line in lines:
            inside.add(0, line)
        for paragraph in inside.finish():
            paragraphs.add_whole(page, "".join(piece.text for piece in paragraph))


def _with_starts(paragraphs: Sequence[Sequence[Piece]], pages: int) -> tuple[str, tuple[int, ...]]:
    """Return the text, a paragraph a line, and the offset of each page's first character in it.

    >>> _with_starts([[Piece(0, "签约"), Piece(2, "率")], [Piece(2, "末")]], 3)
    ('签约率\\n末', (0, 2, 2))
    """
    starts: dict[int, int] = {}
    offset = 0
    for paragraph in paragraphs:
        for piece in paragraph:
            starts.setdefault(piece.page, offset)
            offset += len(piece.text)
        offset += 1
    text = "\n".join("".join(piece.text for piece in paragraph) for paragraph in paragraphs)
    return text, tuple(_filled(starts, pages, len(text)))


def _filled(starts: dict[int, int], pages: int, end: int) -> Iterator[int]:
    """A page without text begins where the next one does."""
    following = [end] * (pages + 1)
    for page in reversed(range(pages)):
        following[page] = min(starts.get(page, following[page + 1]), following[page + 1])
    yield from following[:-1]
