"""Draw the field of a layout: its axis, one row a place, year and status, labels beside the marks, what is missing in its row.

Outcomes are filled, targets hollow, bounds open arrows, national targets lines, what others published pale, copies diamonds;
each indicator has a colour and a shape. Nothing is computed here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from matplotlib.ticker import MaxNLocator

from weijian.amounts import Row, short_label, tick_labels
from weijian.comparability import OWN_TIERS
from weijian.figures import labels, style
from weijian.figures.layout import BELOW, BENCHMARK_STEP, LEADING, Joint, Layout, Line, at_value, gap_label
from weijian.figures.marking import CONTEXT
from weijian.figures.page import Page
from weijian.figures.pens import ARROW_LOOK, CLEAR, JOIN_LOOK, RADIUS, hatched, linked, marker
from weijian.words import APART, OURS

_ARROW = 20.0
RIGHTWARDS, LEFTWARDS = (">", ">="), ("<", "<=")
"""Bounds whose arrow points to larger and to smaller values."""


class Field:
    """A field of marks on a page, ``top`` points below its upper edge."""

    def __init__(self, page: Page, layout: Layout, top: float, language: str) -> None:
        self.layout, self.language = layout, language
        self.target_lines = [self._points(row["value"]) for row in layout.benchmarks]
        self.raised: dict[float, list[labels.Stretch]] = {}
        self.written: set[tuple[float, float, str]] = set()
        self.axes = page.axes(layout.left, top, layout.width, layout.height, layout.limits)

    def draw(self) -> None:
        """Draw the field and all that stands in it."""
        nothing = not any(line.marks for line in self.layout.lines)
        draw_axis(self.axes, self.layout.width, self.layout.axis_unit, self.language, bare=nothing, whole=bool(self.layout.unit))
        for position, text in self.layout.headers:
            self.axes.annotate(text, **self._left(position), fontsize=style.SMALL, weight="bold", color=style.PALE_INK, bbox=CLEAR)
        for line in self.layout.lines:
            self._draw_line(self.axes, line)
        for earlier, later in self.layout.joins:
            self._draw_join(self.axes, earlier, later)
        self._draw_benchmarks(self.axes)

    def _left(self, y: float) -> dict[str, Any]:
        """Return where a text at the left edge of the field's share of the sheet stands, in the terms of ``annotate``."""
        offset = (self.layout.edges[0] - self.layout.left, 0)
        return {"xy": (0, y), "xycoords": ("axes fraction", "data"), "xytext": offset, "textcoords": "offset points", "va": "center"}

    def _draw_line(self, field: Any, line: Line) -> None:
        ink = style.INK if line.panel in OURS else style.PALE_INK
        size = style.TEXT if line.panel in OURS else style.SMALL + 0.5
        first = line.y - (0.5 + 5 * len(line.below) if line.below else 0.0)
        field.annotate(line.name, **self._left(first), fontsize=size, color=ink)
        for number, text in enumerate(line.below):
            field.annotate(text, **self._left(first + 12.5 + BELOW * number), fontsize=style.NOTE, color=style.PALE_INK)
        for number, text in enumerate(line.beside):
            # One by one: the height of a line would depend on whether it holds Chinese.
            away = (14, (len(line.beside) / 2 - number - 0.5) * style.SMALL * LEADING)
            look = {"va": "center_baseline", "fontsize": style.SMALL, "color": style.PALE_INK}
            field.annotate(text, xy=(1, line.y), xycoords=("axes fraction", "data"), xytext=away, textcoords="offset points", **look)
        if not line.marks:
            self._draw_gap(field, line)
        exact = [row["value"] for row in line.marks if row["bound"] == "="]
        if len(exact) == 2:  # a pair; more values have nothing between them that a bar could mean
            field.plot([min(exact), max(exact)], [line.y, line.y], color=style.GRID, linewidth=2.5, zorder=2, solid_capstyle="round")
        for row in line.marks:
            self._draw_mark(field, row, line)

    def _draw_gap(self, field: Any, line: Line) -> None:
        """Write why there is no mark, and hatch the rest of the row."""
        text, size = gap_label(line, self.language, several=len(self.layout.indicators) > 1), style.SMALL + 0.5
        low, high = self.layout.limits
        start = low + self._span(style.text_width(text, size) + 12)
        field.add_patch(hatched(start, line.y - 7, max(high - start, 0), 14))
        at: dict[str, Any] = {"xy": (low, line.y), "xytext": (6, 0), "textcoords": "offset points", "va": "center"}
        field.annotate(text, **at, fontsize=size, color=style.PALE_INK, bbox=CLEAR)

    def _draw_mark(self, field: Any, row: Row, line: Line) -> None:
        colour, x = self._colour(row), at_value(row)
        if row["value"] != row["value"]:
            field.plot([row["low"], row["high"]], [line.y, line.y], color=colour, linewidth=2)
        direction = (row["bound"] in RIGHTWARDS) - (row["bound"] in LEFTWARDS)
        if direction:
            low, high = self.layout.limits
            tip = min(max(x + direction * self._span(_ARROW + RADIUS), low), high + self._span(RADIUS * 2))
            arrow = {**ARROW_LOOK, "color": colour, "shrinkA": RADIUS}
            field.annotate("", xy=(tip, line.y), xytext=(x, line.y), arrowprops=arrow, annotation_clip=False)
        size = RADIUS * 2 if row["panel"] in OURS else RADIUS * 1.6
        field.add_artist(linked(marker(x, line.y, self._shape(row), colour, size, hollow=row["status"] != "actual"), row))
        self._label(field, row, line, x, direction)

    def _label(self, field: Any, row: Row, line: Line, x: float, direction: int) -> None:
        """Write the value beside its mark, or above it where a line, another mark or the edge is in the way.

        A value that stands twice in a row is written once.
        """
        text, own = short_label(row, self.layout.unit, self.language), row["panel"] in OURS
        if (line.y, x, text) in self.written:
            return
        self.written.add((line.y, x, text))
        size = style.TEXT if own else style.SMALL
        at, width = self._points(x), style.text_width(text, size)
        reach = (RADIUS + 4 + (_ARROW + 2 if direction < 0 else 0), RADIUS + 4 + (_ARROW + 2 if direction > 0 else 0))
        others = [self._points(at_value(other)) for other in line.marks if other is not row] + self._joined_from(row)
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
        look = {"ha": "left", "va": "center", "fontsize": size, "zorder": 3, "bbox": CLEAR, "color": ink}
        at_mark = {"xy": (x, line.y), "xytext": (start - at, rise), "textcoords": "offset points", "annotation_clip": False}
        linked(field.annotate(text, **at_mark, **look), row)

    def _joined_from(self, row: Row) -> list[float]:
        """Return where the arrows between values come from or go to as seen from a mark: a side that its label keeps free."""
        ends = [pair for pair in self.layout.joins if row in (pair[0].row, pair[1].row)]
        return [self._points(at_value(other.row)) for pair in ends for other in pair if other.row is not row]

    def _draw_join(self, field: Any, earlier: Joint, later: Joint) -> None:
        """Draw the thin arrow from an earlier value to a later one of the same place."""
        look = {**JOIN_LOOK, "shrinkA": RADIUS + 1.5, "shrinkB": RADIUS + 2}
        ends = {"xytext": (at_value(earlier.row), earlier.y), "xy": (at_value(later.row), later.y)}
        field.annotate("", **ends, arrowprops=look, annotation_clip=False, zorder=2)

    def _draw_benchmarks(self, field: Any) -> None:
        """Label the national targets right of their lines, or all of them left where one would run over the margin.

        The longest line is the one whose label lies beyond the ends of all others.
        """
        rows, (left, right) = self.layout.benchmarks, self.layout.edges
        widths = [style.text_width(self.layout.benchmark_label(row), style.NOTE) for row in rows]
        places = list(zip(rows, self.target_lines, widths, strict=True))
        leftwards = any(at + 4 + width > right for _, at, width in places)
        for position, (row, at, width) in enumerate(places if leftwards else reversed(places)):
            start = max(at - 4 - width, left) if leftwards else at + 4
            self._draw_benchmark(field, row, start - at, on_top=start < at < start + width, y=-4 - position * BENCHMARK_STEP)

    def _common(self) -> list[tuple[float, float]]:
        """Return the stretches that a national target runs through: not the rows of values of another definition."""
        apart = [(line.y - line.height / 2, line.y + line.height / 2) for line in self.layout.lines if line.panel == APART]
        if not apart:
            return [(0.0, self.layout.height)]
        return [(0.0, min(start for start, _ in apart)), (max(end for _, end in apart), self.layout.height)]

    def _draw_benchmark(self, field: Any, row: Row, offset: float, *, on_top: bool, y: float) -> None:
        """Draw a national target as a dashed line that rises beside its label, or only up to one that stands on top of it."""
        colour = self._colour(row) if len(self.layout.indicators) > 1 else style.BENCHMARK
        x, top = row["value"], y + 6 if on_top else y - 5
        for start, end in self._common():
            dashed = {"linewidth": 1.1, "linestyle": (0, (4, 3)), "clip_on": False, "zorder": 1}
            field.plot([x, x], [end, start or top], color=colour, **dashed)
        look = {"ha": "left", "va": "center", "fontsize": style.NOTE, "color": colour, "bbox": CLEAR, "zorder": 2}
        label = {"xytext": (offset, 0), "textcoords": "offset points", "annotation_clip": False, **look}
        field.annotate(self.layout.benchmark_label(row), xy=(x, y), **label)

    def _colour(self, row: Row) -> str:
        if row["panel"] == CONTEXT or row["greyed"]:
            return style.CONTEXT
        return style.SERIES[self.layout.indicators.index(row["indicator"])]

    def _shape(self, row: Row) -> str:
        if row["panel"] in OURS and row["tier"] not in OWN_TIERS:
            return style.COPY_SHAPE
        return style.SHAPES[self.layout.indicators.index(row["indicator"])]

    def _span(self, points: float) -> float:
        low, high = self.layout.limits
        return points * (high - low) / self.layout.width

    def _points(self, x: float) -> float:
        low, high = self.layout.limits
        return self.layout.left + (x - low) / (high - low) * self.layout.width


def draw_axis(field: Any, width: float, unit: str, language: str, *, bare: bool = False, whole: bool = False) -> None:
    """Draw the axis below a field ``width`` points wide, with its grid and without a frame; nothing of it when it is ``bare``.

    ``whole`` keeps to whole numbers.
    """
    for side in ("top", "left", "right"):
        field.spines[side].set_visible(False)
    field.set_yticks([])
    if bare:
        field.spines["bottom"].set_visible(False)
        field.set_xticks([])
        return
    places, words = _ticks(field.get_xlim(), width, unit, language, whole=whole)
    style.check_glyphs(words)  # an axis takes its labels only when it is drawn
    field.set_xticks(places, words)
    field.tick_params(axis="x", length=0, labelsize=style.SMALL, labelcolor=style.PALE_INK)
    field.grid(axis="x", color=style.GRID, linewidth=0.6)
    field.set_axisbelow(True)


def _ticks(limits: tuple[float, float], width: float, unit: str, language: str, *, whole: bool) -> tuple[list[float], list[str]]:
    """Return places and labels of an axis: up to six, or as many as do not touch."""
    low, high = limits
    for most in range(4 if whole else 5, 0, -1):
        found = MaxNLocator(most, integer=whole, min_n_ticks=2).tick_values(low, high)
        places = [float(tick) for tick in found if low <= tick <= high]
        words = tick_labels(places, unit, language)
        halves = [style.text_width(text, style.SMALL) / 2 + 3 for text in words]
        apart = [(b - a) / (high - low) * width for a, b in pairwise(places)]
        if all(left + right <= gap for gap, left, right in zip(apart, halves, halves[1:], strict=False)):
            break
    return places, words
