"""Draw a table of marks: one row a place, year and status, labels beside the marks, what is missing in its row.

Outcomes are filled, targets hollow, bounds open arrows, national targets lines, what others published pale, copies diamonds;
each indicator has a colour and a shape. Nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from weijian.comparability import OWN_TIERS
from weijian.errors import FigureError
from weijian.figures import captions, labels, style
from weijian.figures.key import Entry, entries, key_lines
from weijian.figures.layout import LEADING, MARGIN, Layout, Line, gap_label, lay_out
from weijian.figures.marking import CONTEXT, MISSING, OWN
from weijian.figures.save import Figure
from weijian.words import Row, heading, signs, tick_labels, value_label

if TYPE_CHECKING:
    import pandas as pd

_RADIUS, _ARROW, _STEP = 4.0, 20.0, 11.5
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
"""Keeps grid and target lines out of the letters."""
_ARROW_LOOK = {"arrowstyle": "->", "linewidth": 1.3, "shrinkA": 0.0, "shrinkB": 0.0, "mutation_scale": 9}
_RIGHT, _LEFT = (">", ">="), ("<", "<=")


def dot_plot(marks: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None) -> Figure:
    """Return the figure of a table of marks (see ``marks``).

    ``title`` states the finding, ``subtitle`` measure, base and year; ``note`` replaces the note that the marks give.
    Raises FigureError when there is nothing to draw or the type lacks a character.
    """
    if marks.empty:
        raise FigureError("there is nothing to draw", where=title, remedy="Ask for an indicator that the corpus or its coverage holds")
    with style.house_style():
        layout = lay_out(marks, language)
        page = _Page(marks, layout, language)
        page.head(title, subtitle)
        page.field()
        page.foot(captions.note(marks, language) if note is None else note)
        canvas = page.finish()
        style.check_glyphs(style.texts_of(canvas))
    alternative = captions.alternative(title, subtitle, marks, language)
    return Figure(canvas, marks, title=title, alternative=alternative, language=language)


class _Page:
    """The sheet that is filled from top to bottom; ``y`` is how far it is filled, in points."""

    def __init__(self, marks: pd.DataFrame, layout: Layout, language: str) -> None:
        self.layout, self.language = layout, language
        self.indicators = list(dict.fromkeys(marks["indicator"]))
        self.entries = entries(marks, self.indicators, language)
        self.canvas = Canvas(figsize=(style.WIDTH / 72, 10))
        self.texts: list[tuple[float, float, str, dict[str, Any]]] = []
        self.target_lines = [self._points(row["value"]) for row in layout.benchmarks]
        self.raised: dict[float, list[labels.Stretch]] = {}
        self.y = MARGIN
        self.top = 0.0

    def head(self, title: str, subtitle: str) -> None:
        """Write title and subtitle, and leave room for the key and the labels of the benchmarks."""
        room = style.WIDTH - 2 * MARGIN
        for line in style.wrap(title, room, style.TITLE, "bold"):
            self._write(MARGIN, line, style.TITLE, weight="bold")
        self.y += 3
        for line in style.wrap(subtitle, room, style.SUBTITLE):
            self._write(MARGIN, line, style.SUBTITLE, color=style.PALE_INK)
        self.y += 8

    def field(self) -> None:
        """Reserve the field of marks below the key."""
        self.key_at = self.y
        self.key = key_lines(self.entries, style.WIDTH - 2 * MARGIN)
        self.y += len(self.key) * _STEP * 1.35 + 4 + len(self.layout.benchmarks) * _STEP + 4
        self.top = self.y
        self.y += self.layout.height + 24

    def foot(self, note: str) -> None:
        """Write the note."""
        self.y += 6
        for line in style.wrap(note, style.WIDTH - 2 * MARGIN, style.NOTE):
            self._write(MARGIN, line, style.NOTE, color=style.PALE_INK)

    def finish(self) -> Canvas:
        """Set the height of the sheet and draw everything on it."""
        height = self.y + MARGIN - 4
        self.canvas.set_size_inches(style.WIDTH / 72, height / 72)
        for x, y, text, look in self.texts:
            self.canvas.text(x / style.WIDTH, 1 - y / height, text, va="top", ha="left", **look)
        sheet = self.canvas.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[], xlim=(0, style.WIDTH), ylim=(height, 0))
        self._draw_key(sheet)
        box = (
            self.layout.left / style.WIDTH,
            1 - (self.top + self.layout.height) / height,
            self.layout.width / style.WIDTH,
            self.layout.height / height,
        )
        field = self.canvas.add_axes(box, xlim=self.layout.limits, ylim=(self.layout.height, 0))
        self._axis(field)
        for position, text in self.layout.headers:
            field.annotate(text, **self._left(position), fontsize=style.SMALL, weight="bold", color=style.PALE_INK, bbox=_CLEAR)
        for line in self.layout.lines:
            self._draw_line(field, line)
        self._draw_benchmarks(field)
        return self.canvas

    def _write(self, x: float, text: str, size: float, **look: Any) -> None:
        self.texts.append((x, self.y, text, {"fontsize": size, **look}))
        self.y += size * LEADING

    def _draw_key(self, sheet: Any) -> None:
        y = self.key_at + 6
        for row in self.key:
            for x, entry in row:
                _draw_sample(sheet, entry, MARGIN + x, y)
                sheet.text(MARGIN + x + 20, y, entry.text, fontsize=style.SMALL, va="center_baseline", color=style.PALE_INK)
            y += _STEP * 1.35

    def _axis(self, field: Any) -> None:
        for side in ("top", "left", "right"):
            field.spines[side].set_visible(False)
        field.set_yticks([])
        unit = next((row["unit"] for line in self.layout.lines for row in line.marks), "%")
        low, high = self.layout.limits
        ticks = [tick for tick in MaxNLocator(5).tick_values(low, high) if low <= tick <= high]
        words = tick_labels(ticks, unit, self.language)
        style.check_glyphs(words)  # an axis takes its labels only when it is drawn
        field.set_xticks(ticks, words)
        field.tick_params(axis="x", length=0, labelsize=style.SMALL, labelcolor=style.PALE_INK)
        field.grid(axis="x", color=style.GRID, linewidth=0.6)
        field.set_axisbelow(True)

    def _left(self, y: float) -> dict[str, Any]:
        """Return where a text at the left edge of the sheet stands, in the terms of ``annotate``."""
        offset = (MARGIN - self.layout.left, 0)
        return {"xy": (0, y), "xycoords": ("axes fraction", "data"), "xytext": offset, "textcoords": "offset points", "va": "center"}

    def _draw_line(self, field: Any, line: Line) -> None:
        ink = style.INK if line.panel == OWN else style.PALE_INK
        size = style.TEXT if line.panel == OWN else style.SMALL + 0.5
        shift = 5.5 if line.below else 0.0
        field.annotate(line.name, **self._left(line.y - shift), fontsize=size, color=ink)
        if line.below:
            field.annotate(line.below, **self._left(line.y + 7), fontsize=style.NOTE, color=style.PALE_INK)
        for number, text in enumerate(line.beside):
            # One by one: the height of a line would depend on whether it holds Chinese.
            away = (14, (len(line.beside) / 2 - number - 0.5) * style.SMALL * LEADING)
            look = {"va": "center_baseline", "fontsize": style.SMALL, "color": style.PALE_INK}
            field.annotate(text, xy=(1, line.y), xycoords=("axes fraction", "data"), xytext=away, textcoords="offset points", **look)
        if not line.marks:
            self._draw_gap(field, line)
        exact = [row["value"] for row in line.marks if row["bound"] == "="]
        if len(exact) > 1:
            field.plot([min(exact), max(exact)], [line.y, line.y], color=style.GRID, linewidth=2.5, zorder=2, solid_capstyle="round")
        for row in line.marks:
            self._draw_mark(field, row, line)

    def _draw_gap(self, field: Any, line: Line) -> None:
        """Write why there is no mark, and hatch the rest of the row."""
        text, size = gap_label(line, self.language), style.SMALL + 0.5
        low, high = self.layout.limits
        start = low + self._span(style.text_width(text, size) + 12)
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": style.HATCH, "hatch": "/////", "linewidth": 0}
        field.add_patch(Rectangle((start, line.y - 7), max(high - start, 0), 14, **look))
        at: dict[str, Any] = {"xy": (low, line.y), "xytext": (6, 0), "textcoords": "offset points", "va": "center"}
        field.annotate(text, **at, fontsize=size, color=style.PALE_INK, bbox=_CLEAR)

    def _draw_mark(self, field: Any, row: Row, line: Line) -> None:
        colour, x = self._colour(row), row["value"] if row["value"] == row["value"] else row["low"]
        if row["value"] != row["value"]:
            field.plot([row["low"], row["high"]], [line.y, line.y], color=colour, linewidth=2)
        direction = (row["bound"] in _RIGHT) - (row["bound"] in _LEFT)
        if direction:
            low, high = self.layout.limits
            tip = min(max(x + direction * self._span(_ARROW + _RADIUS), low), high + self._span(_RADIUS * 2))
            arrow = {**_ARROW_LOOK, "color": colour, "shrinkA": _RADIUS}
            field.annotate("", xy=(tip, line.y), xytext=(x, line.y), arrowprops=arrow, annotation_clip=False)
        size = _RADIUS * 2 if row["panel"] == OWN else _RADIUS * 1.6
        field.add_artist(_marker(x, line.y, self._shape(row), colour, size, hollow=row["status"] != "actual"))
        self._label(field, row, line, x, direction)

    def _label(self, field: Any, row: Row, line: Line, x: float, direction: int) -> None:
        """Write the value beside its mark, or above it where a target line, another mark or the edge is in the way."""
        text, own = value_label(row, self.language), row["panel"] == OWN
        size = style.TEXT if own else style.SMALL
        at, width = self._points(x), style.text_width(text, size)
        reach = (_RADIUS + 4 + (_ARROW + 2 if direction < 0 else 0), _RADIUS + 4 + (_ARROW + 2 if direction > 0 else 0))
        others = [self._points(other["value"]) for other in line.marks if other is not row]
        edges = (self.layout.left, self.layout.right)
        start, rise = labels.beside(at, width, reach, others, self.target_lines, edges), 0.0
        if start is None:
            start, rise = labels.above(at, width, self.raised.get(line.y, []), self.target_lines, edges), _RADIUS + 2 + size / 2
        if start is None:
            start, rise = at + reach[1], 0.0
        if rise:
            self.raised.setdefault(line.y, []).append((start, start + width))
        ink = style.PALE_INK if row["panel"] == CONTEXT or row["greyed"] else style.INK
        look = {"ha": "left", "va": "center", "fontsize": size, "zorder": 3, "bbox": _CLEAR, "color": ink}
        field.annotate(text, xy=(x, line.y), xytext=(start - at, rise), textcoords="offset points", annotation_clip=False, **look)

    def _draw_benchmarks(self, field: Any) -> None:
        """Label the national targets right of their lines, or all of them left where one would run over the margin.

        The longest line is the one whose label lies beyond the ends of all others.
        """
        rows = self.layout.benchmarks
        widths = [style.text_width(self._benchmark_label(row), style.NOTE) for row in rows]
        places = list(zip(rows, self.target_lines, widths, strict=True))
        leftwards = any(at + 4 + width > style.WIDTH - MARGIN for _, at, width in places)
        for position, (row, at, width) in enumerate(places if leftwards else reversed(places)):
            start = max(at - 4 - width, MARGIN) if leftwards else at + 4
            self._draw_benchmark(field, row, start - at, on_top=start < at < start + width, y=-4 - position * _STEP)

    def _benchmark_label(self, row: Row) -> str:
        source = signs(self.language).brackets.format(row["issued_in"])
        return f"{heading('benchmark_of', self.language).format(row['year'])} {value_label(row, self.language)}{source}"

    def _draw_benchmark(self, field: Any, row: Row, offset: float, *, on_top: bool, y: float) -> None:
        """Draw a national target as a dashed line that rises beside its label, or only up to one that stands on top of it."""
        colour = self._colour(row) if len(self.indicators) > 1 else style.BENCHMARK
        x, top = row["value"], y + 6 if on_top else y - 5
        field.plot([x, x], [self.layout.height, top], color=colour, linewidth=1.1, linestyle=(0, (4, 3)), clip_on=False, zorder=1)
        look = {"ha": "left", "va": "center", "fontsize": style.NOTE, "color": colour, "bbox": _CLEAR, "zorder": 2}
        label = {"xytext": (offset, 0), "textcoords": "offset points", "annotation_clip": False, **look}
        field.annotate(self._benchmark_label(row), xy=(x, y), **label)

    def _colour(self, row: Row) -> str:
        if row["panel"] == CONTEXT or row["greyed"]:
            return style.CONTEXT
        return style.SERIES[self.indicators.index(row["indicator"])]

    def _shape(self, row: Row) -> str:
        if row["panel"] == OWN and row["tier"] not in OWN_TIERS:
            return style.COPY_SHAPE
        return style.SHAPES[self.indicators.index(row["indicator"])]

    def _span(self, points: float) -> float:
        low, high = self.layout.limits
        return points * (high - low) / self.layout.width

    def _points(self, x: float) -> float:
        low, high = self.layout.limits
        return self.layout.left + (x - low) / (high - low) * self.layout.width


def _marker(x: float, y: float, shape: str, colour: str, size: float, *, hollow: bool) -> Line2D:
    fill = "white" if hollow else colour
    return Line2D([x], [y], marker=shape, markersize=size, color=colour, markerfacecolor=fill, markeredgewidth=1.4, zorder=4, clip_on=False)


def _draw_sample(sheet: Any, entry: Entry, x: float, y: float) -> None:
    """Draw the sign of an entry of the key, 16 points wide."""
    if entry.sign == MISSING:
        sheet.add_patch(Rectangle((x, y - 4), 15, 8, facecolor="none", edgecolor=style.HATCH, hatch="/////", linewidth=0))
    elif entry.sign == "arrow":
        sheet.annotate("", xy=(x + 16, y), xytext=(x, y), arrowprops={**_ARROW_LOOK, "color": entry.colour})
    else:
        sheet.add_artist(_marker(x + 7.5, y, entry.sign, entry.colour, entry.size, hollow=entry.hollow))
