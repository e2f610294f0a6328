"""The page of a figure: title and subtitle, the key, room for what is drawn, the note. Filled from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure as Canvas

from weijian.figures import pens, style
from weijian.figures.captions import sentences
from weijian.figures.key import Entry, key_lines
from weijian.figures.layout import LEADING, MARGIN, ROOM
from weijian.figures.save import Figure
from weijian.figures.sheet import Sheet
from weijian.words import heading

if TYPE_CHECKING:
    import pandas as pd

_KEY_STEP = 11.5 * 1.35


class Page:
    """What is filled from top to bottom; ``y`` is how far it is filled, in points.

    ``head``, ``key``, ``reserve`` and ``foot`` in this order; then ``spread`` gives the sheet, for what is drawn on it.
    """

    def __init__(self) -> None:
        self.canvas = Canvas(figsize=(style.WIDTH / 72, 10))
        self.texts: list[tuple[float, float, str, dict[str, Any]]] = []
        self.keys: list[tuple[float, list[list[tuple[float, Entry]]]]] = []
        self.y = MARGIN

    def head(self, title: str, subtitle: str) -> None:
        """Write title and subtitle."""
        for line in style.wrap(title, ROOM, style.TITLE, "bold"):
            self._write(MARGIN, line, style.TITLE, weight="bold")
        self.y += 3
        for line in style.wrap(subtitle, ROOM, style.SUBTITLE):
            self._write(MARGIN, line, style.SUBTITLE, color=style.PALE_INK)
        self.y += 8

    def key(self, entries: list[Entry]) -> None:
        """Set the key, in as many lines as it needs."""
        lines = key_lines(entries, ROOM)
        self.keys.append((self.y, lines))
        self.y += len(lines) * _KEY_STEP + 4

    def reserve(self, height: float, below: float = 0.0) -> float:
        """Keep room for a drawing, and for the labels of its axis below it; return where it begins."""
        top = self.y
        self.y += height + below
        return top

    def foot(self, note: str) -> None:
        """Write the note."""
        self.y += 6
        for line in style.wrap(note, ROOM, style.NOTE):
            self._write(MARGIN, line, style.NOTE, color=style.PALE_INK)

    def spread(self) -> Sheet:
        """Set the height of the sheet, put texts and key on it, and return it."""
        height = self.y + MARGIN - 4
        self.canvas.set_size_inches(style.WIDTH / 72, height / 72)
        sheet = Sheet(self.canvas, height)
        for x, y, text, look in self.texts:
            sheet.write(x, y, text, va="top", **look)
        for top, lines in self.keys:
            self._draw_key(sheet, top + 6, lines)
        return sheet

    def finish(self, table: pd.DataFrame, *, title: str, alternative: str, language: str) -> Figure:
        """Return the figure."""
        return Figure(self.canvas, table, title=title, alternative=alternative, language=language)

    def _write(self, x: float, text: str, size: float, **look: Any) -> None:
        self.texts.append((x, self.y, text, {"size": size, **look}))
        self.y += size * LEADING

    @staticmethod
    def _draw_key(sheet: Sheet, y: float, lines: list[list[tuple[float, Entry]]]) -> None:
        for row in lines:
            for x, entry in row:
                pens.draw_sample(sheet, entry, MARGIN + x, y)
                sheet.write(MARGIN + x + 20, y, entry.text, style.SMALL, color=style.PALE_INK)
            y += _KEY_STEP


def nothing(table: pd.DataFrame, title: str, subtitle: str, language: str) -> Figure:
    """Return the figure of a table without rows: its title, and a sentence that says so."""
    said = heading("nothing_drawn", language)
    with style.house_style():
        page = Page()
        page.head(title, subtitle)
        page.foot(said)
        page.spread()
        return page.finish(table, title=title, alternative=sentences(filter(None, [title, subtitle, said]), language), language=language)
