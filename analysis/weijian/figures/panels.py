"""Draw several indicators as small panels, each with an axis of its own: their units differ, their rows look alike.

Whatever a row is told apart by stands in words below its name: status, stage, stock or flow, a copy, a definition of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weijian.amounts import Row, short_label, unit_name
from weijian.codebook import codebook
from weijian.comparability import SHARES
from weijian.figures import captions, style
from weijian.figures.excerpt import readable
from weijian.figures.field import Field
from weijian.figures.joins import joins
from weijian.figures.key import JOINED, Entry, entries
from weijian.figures.layout import AXIS_ROOM, LEADING, MARGIN, ROOM, Layout, Line, benchmarks_of, limits_of, stack
from weijian.figures.marking import BENCHMARK, MISSING
from weijian.figures.page import Page, nothing
from weijian.figures.save import Figure
from weijian.figures.sheet import Sheet
from weijian.frames import as_rows
from weijian.units import quantity_of
from weijian.words import APART, OURS, OWN, basis, definitions_differ, details, heading, indicator_name, place_name, signs

if TYPE_CHECKING:
    import pandas as pd

_GUTTER, _ROW_GAP, _NAMES = 26.0, 14.0, 0.47
"""Between panels, between rows of panels, and the largest part of a panel that names may take."""
_LABEL_REACH, _LAST_TICK = 12.0, 10.0
"""Between a mark and the end of its label, beyond the letters; and what the last label of an axis takes beyond its end."""


class Panel(NamedTuple):
    """One indicator: the lines of its heading, the layout of its field."""

    title: list[str]
    subtitle: list[str]
    layout: Layout

    @property
    def heading_room(self) -> float:
        """Return the height of the heading."""
        return (len(self.title) * style.TEXT + len(self.subtitle) * style.NOTE) * LEADING + 5 + self.layout.benchmark_room


@readable(24)
def panels(marks: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None, columns: int = 2) -> Figure:
    """Return the figure of a table of marks (see ``marks``) with a panel for each indicator, in the order of the table.

    ``columns`` is how many panels stand side by side. An actual value and a target of one place are joined by a thin arrow
    from the earlier to the later. Of more than 24 places the first 24 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type lacks a character.
    """
    if marks.empty:
        return nothing(marks, title, subtitle, language)
    marks = marks.assign(panel=marks["panel"].replace(APART, OWN))  # where definitions differ, each row names its own
    with style.house_style():
        page = Page()
        page.head(title, subtitle)
        grid = _grid(marks, language, columns)
        found = entries(marks, [], language)
        if any(panel.layout.joins for row in grid for panel in row):
            found.append(Entry(JOINED, heading("joined_key", language)))
        page.key(found)
        tops = [_reserve(page, row) for row in grid]
        page.foot(captions.note(marks, language, benchmarks=True) if note is None else note)
        sheet = page.spread()
        for row, (top, room) in zip(grid, tops, strict=True):
            for panel in row:
                _write_heading(sheet, panel, top)
                Field(sheet, panel.layout, top + room, language).draw()
        alternative = captions.alternative(title, subtitle, marks, language, detailed=True)
        return page.finish(marks, title=title, alternative=alternative, language=language)


def _grid(marks: pd.DataFrame, language: str, columns: int) -> list[list[Panel]]:
    """Return the panels row by row, their fields beginning at the same distance from the left of each."""
    by_indicator: dict[str, list[Row]] = {}
    for row in as_rows(marks):
        by_indicator.setdefault(row["indicator"], []).append(row)
    columns = min(columns, len(by_indicator))
    width = (ROOM - _GUTTER * (columns - 1)) / columns
    lines = {code: _lines(rows, width * _NAMES, language) for code, rows in by_indicator.items()}
    names = max((_name_width(line) for rows in lines.values() for line in rows), default=0.0) + 8
    found = []
    for number, (code, rows) in enumerate(by_indicator.items()):
        left = MARGIN + number % columns * (width + _GUTTER)
        found.append(_panel(code, rows, lines[code], (left, left + names, left + width), language))
    return [found[start : start + columns] for start in range(0, len(found), columns)]


def _reserve(page: Page, row: list[Panel]) -> tuple[float, float]:
    """Keep room for a row of panels; return where it begins, and how far below their fields do."""
    room = max(panel.heading_room for panel in row)
    page.reserve(_ROW_GAP)
    return page.reserve(room + max(panel.layout.height for panel in row), AXIS_ROOM), room


def _write_heading(sheet: Sheet, panel: Panel, y: float) -> None:
    x = panel.layout.edges[0]
    for text in panel.title:
        sheet.write(x, y, text, style.TEXT, va="top", weight="bold")
        y += style.TEXT * LEADING
    for text in panel.subtitle:
        sheet.write(x, y, text, style.NOTE, va="top", color=style.PALE_INK)
        y += style.NOTE * LEADING


def _panel(code: str, rows: list[Row], lines: list[Line], xs: tuple[float, float, float], language: str) -> Panel:
    """Lay out one panel between its left edge, the left edge of its field and its right edge."""
    edge, left, right = xs
    printed = {row["unit"] for row in rows if row["unit"]}
    unit = printed.pop() if len(printed) == 1 else codebook().by_key("indicators")[code]["unit"]
    headers, height = stack(lines, language, own=20.0, context=20.0)
    end = right - _LAST_TICK
    layout = Layout(
        lines, headers, benchmarks_of(rows), left, end, height, _limits(rows, unit, end - left, language), [code],
        unit if quantity_of(unit) in SHARES else "", language, unit=unit, edges=(edge, right), joins=joins(lines),
    )  # fmt: skip
    name = signs(language).comma.join(filter(None, (indicator_name(code, language), unit_name(unit, language))))
    below = style.wrap(_on_what(rows, language), right - edge, style.NOTE)
    return Panel(style.wrap(name, right - edge, style.TEXT, "bold"), below, layout)


def _lines(rows: list[Row], room: float, language: str) -> list[Line]:
    """Group marks into rows: those of one place, year, status, stage, and stock or flow; what is missing has a row of its own."""
    lines: dict[tuple[str, ...], Line] = {}
    apart = definitions_differ(rows)
    for row in rows:
        if row["panel"] == BENCHMARK:
            continue
        missing = row["status"] == MISSING
        told = [] if missing else details(row, language, definition=apart)
        name, *rest = _wrapped_name(row, room, language)
        below = [*rest, *style.wrap(signs(language).comma.join(told), room, style.NOTE)]
        key = (row["panel"], row["place_key"], "" if missing else str(row["year"]), *told)
        line = lines.setdefault(key, Line(row["panel"], name, below))
        (line.gaps if missing else line.marks).append(row)
    return list(lines.values())


def _wrapped_name(row: Row, room: float, language: str) -> list[str]:
    name = place_name(row, language)
    return style.wrap(name if row["status"] == MISSING else f"{name} {row['year']}", room, style.TEXT)


def _name_width(line: Line) -> float:
    return max(style.text_width(line.name, style.TEXT), *(style.text_width(text, style.NOTE) for text in (*line.below, "")))


def _on_what(rows: list[Row], language: str) -> str:
    """Return what the values of a panel rest on, and that it differs where it is known to."""
    own = [row for row in rows if row["panel"] in OURS and row["status"] != MISSING]
    if definitions_differ(own):
        return heading("definitions_differ", language)
    return signs(language).semicolon.join(dict.fromkeys(basis(row, language) for row in own))


def _limits(rows: list[Row], unit: str, width: float, language: str) -> tuple[float, float]:
    """Return the ends of an axis: for counts so far beyond the largest value that the label beside it has room."""
    low, high = limits_of(rows)
    if high == 100.0 and unit == "%":
        return low, high
    drawn = [row for row in rows if row["status"] != MISSING]
    if not drawn:
        return low, 1.0
    need = max(style.text_width(short_label(row, unit, language), style.TEXT) for row in drawn) + _LABEL_REACH
    return low, high / 1.45 * max(1.1, 1 / (1 - min(need / width, 0.6)))
