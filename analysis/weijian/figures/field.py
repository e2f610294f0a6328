"""Draw the field of a layout: its axis, one row a place, year and status, labels beside the marks, what is missing in its row.

Outcomes are filled, targets hollow, bounds open arrows, national targets lines, what others published pale, copies diamonds;
each indicator has a colour and a shape. Nothing is computed here.
"""

from __future__ import annotations

from typing import Any

from weijian.amounts import Row, short_label
from weijian.comparability import OWN_TIERS
from weijian.figures import labels, style
from weijian.figures.layout import BELOW, BENCHMARK_STEP, LEADING, Joint, Layout, Line, at_value, gap_label
from weijian.figures.lettering import Lettering
from weijian.figures.marking import CONTEXT
from weijian.figures.pens import ARROW_LOOK, CLEAR, JOIN_LOOK, RADIUS, hatched, linked, marker
from weijian.figures.sheet import Axis, Sheet
from weijian.words import APART, OURS

_ARROW = 20.0
RIGHTWARDS, LEFTWARDS = (">", ">="), ("<", "<=")
"""Bounds whose arrow points to larger and to smaller values."""


class Field:
    """A field of marks on a sheet, ``top`` points below its upper edge."""

    def __init__(self, sheet: Sheet, layout: Layout, top: float, language: str) -> None:
        self.sheet, self.layout, self.top, self.language = sheet, layout, top, language
        self.axis = Axis(layout.left, layout.width, layout.limits)
        self.target_lines = [self.axis.at(row["value"]) for row in layout.benchmarks]
        self.raised: dict[float, list[labels.Stretch]] = {}
        self.written: set[tuple[float, float, str]] = set()

    def draw(self) -> None:
        """Draw the field and all that stands in it."""
        layout, bottom = self.layout, self.top + self.layout.height
        if any(line.marks for line in layout.lines):
            self.axis.draw(self.sheet, self.top, bottom, layout.axis_unit, self.language, whole=bool(layout.unit))
        for position, text in layout.headers:
            self._write(layout.edges[0], position, text, style.SMALL, weight="bold", color=style.PALE_INK, ground=CLEAR)
        for line in layout.lines:
            self._draw_line(line)
        for earlier, later in layout.joins:
            self._draw_join(earlier, later)
        self._draw_benchmarks()

    def _write(self, x: float, y: float, text: str, size: float, **look: Any) -> Lettering:
        """Write a line so far below the top of the field."""
        return self.sheet.write(x, self.top + y, text, size, **look)

    def _draw_line(self, line: Line) -> None:
        ink = style.INK if line.panel in OURS else style.PALE_INK
        size = style.TEXT if line.panel in OURS else style.SMALL + 0.5
        first = line.y - (0.5 + 5 * len(line.below) if line.below else 0.0)
        left, right = self.layout.edges[0], self.axis.right + 14
        self._write(left, first, line.name, size, color=ink)
        for number, text in enumerate(line.below):
            self._write(left, first + 12.5 + BELOW * number, text, style.NOTE, color=style.PALE_INK)
        for number, text in enumerate(line.beside):
            away = (number + 0.5 - len(line.beside) / 2) * style.SMALL * LEADING
            self._write(right, line.y + away, text, style.SMALL, color=style.PALE_INK)
        if not line.marks:
            self._draw_gap(line)
        exact = [row["value"] for row in line.marks if row["bound"] == "="]
        if len(exact) == 2:  # a pair; more values have nothing between them that a bar could mean
            self._stretch(min(exact), max(exact), line.y, color=style.GRID, linewidth=2.5, solid_capstyle="round")
        for row in line.marks:
            self._draw_mark(row, line)

    def _stretch(self, low: float, high: float, y: float, **look: Any) -> None:
        """Draw a line from one value to another."""
        self.sheet.line((self.axis.at(low), self.top + y), (self.axis.at(high), self.top + y), **look)

    def _draw_gap(self, line: Line) -> None:
        """Write why there is no mark, and hatch the rest of the row."""
        text, size = gap_label(line, self.language, several=len(self.layout.indicators) > 1), style.SMALL + 0.5
        start = self.axis.left + style.text_width(text, size) + 12
        self.sheet.add(hatched(start, self.top + line.y - 7, max(self.axis.right - start, 0), 14))
        self._write(self.axis.left + 6, line.y, text, size, color=style.PALE_INK, ground=CLEAR)

    def _draw_mark(self, row: Row, line: Line) -> None:
        colour, x, y = self._colour(row), self.axis.at(at_value(row)), self.top + line.y
        if row["value"] != row["value"]:
            self._stretch(row["low"], row["high"], line.y, color=colour, linewidth=2)
        direction = (row["bound"] in RIGHTWARDS) - (row["bound"] in LEFTWARDS)
        if direction:
            tip = min(max(x + direction * (_ARROW + RADIUS), self.axis.left), self.axis.right + RADIUS * 2)
            self.sheet.arrow((x, y), (tip, y), **{**ARROW_LOOK, "color": colour, "shrinkA": RADIUS})
        size = RADIUS * 2 if row["panel"] in OURS else RADIUS * 1.6
        self.sheet.add(linked(marker(x, y, self._shape(row), colour, size, hollow=row["status"] != "actual"), row))
        self._label(row, line, x, direction)

    def _label(self, row: Row, line: Line, at: float, direction: int) -> None:
        """Write the value beside its mark, or above it where a line, another mark or the edge is in the way.

        A value that stands twice in a row is written once.
        """
        text, own = short_label(row, self.layout.unit, self.language), row["panel"] in OURS
        if (line.y, at, text) in self.written:
            return
        self.written.add((line.y, at, text))
        size = style.TEXT if own else style.SMALL
        width = style.text_width(text, size)
        reach = (RADIUS + 4 + (_ARROW + 2 if direction < 0 else 0), RADIUS + 4 + (_ARROW + 2 if direction > 0 else 0))
        others = [self.axis.at(at_value(other)) for other in line.marks if other is not row] + self._joined_from(row)
        edges = (self.layout.left, self.layout.right)
        start, rise = labels.beside(at, width, reach, others, self.target_lines, edges), 0.0
        if start is None:
            start, rise = labels.above(at, width, self.raised.get(line.y, []), self.target_lines, edges), RADIUS + 2 + size / 2
        if start is None or (rise and abs(start + width / 2 - at) > width):
            # In a narrow field the lines leave no room near the mark: the label stands on the line, which its white ground breaks.
            start = min(max(at - width / 2, edges[0]), edges[1] - width)
        if rise:
            self.raised.setdefault(line.y, []).append((start, start + width))
        ink = style.PALE_INK if row["panel"] == CONTEXT or row["greyed"] else style.INK
        linked(self._write(start, line.y - rise, text, size, color=ink, ground=CLEAR), row)

    def _joined_from(self, row: Row) -> list[float]:
        """Return where the arrows between values come from or go to as seen from a mark: a side that its label keeps free."""
        ends = [pair for pair in self.layout.joins if row in (pair[0].row, pair[1].row)]
        return [self.axis.at(at_value(other.row)) for pair in ends for other in pair if other.row is not row]

    def _draw_join(self, earlier: Joint, later: Joint) -> None:
        """Draw the thin arrow from an earlier value to a later one of the same place."""
        look = {**JOIN_LOOK, "shrinkA": RADIUS + 1.5, "shrinkB": RADIUS + 2}
        start, end = ((self.axis.at(at_value(each.row)), self.top + each.y) for each in (earlier, later))
        self.sheet.arrow(start, end, **look, zorder=2)

    def _draw_benchmarks(self) -> None:
        """Label the national targets right of their lines, or all of them left where one would run over the margin.

        The longest line is the one whose label lies beyond the ends of all others.
        """
        rows, (left, right) = self.layout.benchmarks, self.layout.edges
        widths = [style.text_width(self.layout.benchmark_label(row), style.NOTE) for row in rows]
        places = list(zip(rows, self.target_lines, widths, strict=True))
        leftwards = any(at + 4 + width > right for _, at, width in places)
        for position, (row, at, width) in enumerate(places if leftwards else reversed(places)):
            start = max(at - 4 - width, left) if leftwards else at + 4
            self._draw_benchmark(row, at, start, on_top=start < at < start + width, y=-4 - position * BENCHMARK_STEP)

    def _common(self) -> list[tuple[float, float]]:
        """Return the stretches that a national target runs through: not the rows of values of another definition."""
        apart = [(line.y - line.height / 2, line.y + line.height / 2) for line in self.layout.lines if line.panel == APART]
        if not apart:
            return [(0.0, self.layout.height)]
        return [(0.0, min(start for start, _ in apart)), (max(end for _, end in apart), self.layout.height)]

    def _draw_benchmark(self, row: Row, x: float, start: float, *, on_top: bool, y: float) -> None:
        """Draw a national target as a dashed line that rises beside its label, or only up to one that stands on top of it."""
        colour = self._colour(row) if len(self.layout.indicators) > 1 else style.BENCHMARK
        top = y + 6 if on_top else y - 5
        for upper, lower in self._common():
            ends = (x, self.top + lower), (x, self.top + (upper or top))
            self.sheet.line(*ends, color=colour, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1)
        self._write(start, y, self.layout.benchmark_label(row), style.NOTE, color=colour, ground=CLEAR)

    def _colour(self, row: Row) -> str:
        if row["panel"] == CONTEXT or row["greyed"]:
            return style.CONTEXT
        return style.SERIES[self.layout.indicators.index(row["indicator"])]

    def _shape(self, row: Row) -> str:
        if row["panel"] in OURS and row["tier"] not in OWN_TIERS:
            return style.COPY_SHAPE
        return style.SHAPES[self.layout.indicators.index(row["indicator"])]
