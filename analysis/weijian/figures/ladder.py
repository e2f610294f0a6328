"""Draw rows of one quantity as dots on a common axis, in panels: shares of a text by theme and report, words by their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from weijian.amounts import Row, number
from weijian.comparability import OWN_TIERS
from weijian.figures import captions, style
from weijian.figures.excerpt import readable
from weijian.figures.key import Entry
from weijian.figures.layout import AXIS_ROOM, LEADING, MARGIN, ROOM
from weijian.figures.page import Page, nothing
from weijian.figures.pens import CLEAR, marker
from weijian.figures.save import Figure
from weijian.figures.sheet import Axis, Sheet
from weijian.frames import as_rows
from weijian.words import heading, signs

if TYPE_CHECKING:
    import pandas as pd

_ROW, _HEAD, _GUTTER, _PAD, _APART = 17.0, 20.0, 26.0, 8.0, 8.0
"""Heights of a row and of a panel's heading; what lies between panels, between names and field, and between a dot and its label."""
_DOT, _FURTHER = 7.0, 6.0
_NAMES, _REACH = 0.47, 1.02
"""The largest part of a panel that names may take, and how far beyond the largest value the axis reaches."""
_LAST_TICK = 12.0
"""What the last label of an axis may take beyond its end."""


class _Line(NamedTuple):
    """A row of a panel: its name in lines, how far down its middle stands, and how high it is."""

    row: Row
    name: list[str]
    y: float
    height: float


class _Panel(NamedTuple):
    """A panel: its name and its rows."""

    name: str
    lines: list[_Line]

    @property
    def height(self) -> float:
        """Return the height of its field in points."""
        return sum(line.height for line in self.lines)


@readable(24)
def ladder(
    rows: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    language: str = "zh",
    unit: str = "",
    legend: Sequence[str] = (),
    note: str | None = None,
    columns: int = 1,
) -> Figure:
    """Return the figure of a table with a dot for each row, panels and rows in its order.

    ``rows`` has ``panel_zh``, ``panel_en``, ``name_zh``, ``name_en``, ``value``, and where there is a second quantity on the same axis
    ``further``, drawn hollow and joined to the dot; with ``tier``, ``issuer`` and ``issued_in`` copies are told by their shape and the
    note names the documents. ``legend`` holds the headings that say what ``value`` and ``further`` are.
    Of more than 24 places the first 24 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type lacks a character.
    """
    if rows.empty:
        return nothing(rows, title, subtitle, language)
    records = as_rows(rows)
    with style.house_style():
        page = Page()
        page.head(title, subtitle)
        entries = _entries(records, legend, language)
        if entries:
            page.key(entries)
        width = (ROOM - _GUTTER * (columns - 1)) / columns
        found = _panels(records, width * _NAMES, language)
        grid = [found[start : start + columns] for start in range(0, len(found), columns)]
        tops = [page.reserve(_HEAD + max(panel.height for panel in line), AXIS_ROOM) + _HEAD for line in grid]
        page.foot(_note(records, language) if note is None else note)
        sheet = page.spread()
        field = _Field(sheet, found, width, unit, language)
        for top, line in zip(tops, grid, strict=True):
            for place, panel in enumerate(line):
                field.draw(panel, top, MARGIN + place * (width + _GUTTER))
        told = [_in_words(row, unit, legend, language) for row in records]
        return page.finish(rows, title=title, alternative=captions.sentences([title, subtitle, *told], language), language=language)


def _panels(records: Sequence[Row], room: float, language: str) -> list[_Panel]:
    """Return the panels in the order of the rows, the names in lines no wider than ``room``."""
    panels: dict[str, _Panel] = {}
    for row in records:
        title = row[f"panel_{language}"]
        panel = panels.setdefault(title, _Panel(title, []))
        name = style.wrap(row[f"name_{language}"], room, style.TEXT)
        height = max(_ROW, len(name) * style.TEXT * LEADING + 4)
        panel.lines.append(_Line(row, name, panel.height + height / 2, height))
    return list(panels.values())


class _Field:
    """Draws panels that share their axis, their width and the room for names."""

    def __init__(self, sheet: Sheet, panels: Sequence[_Panel], width: float, unit: str, language: str) -> None:
        self.sheet, self.width, self.unit, self.language = sheet, width, unit, language
        lines = [line for panel in panels for line in panel.lines]
        self.names = max(style.text_width(text, style.TEXT) for line in lines for text in line.name) + _PAD
        label = max(style.text_width(_label(line.row, unit), style.SMALL) for line in lines) + 2 * _APART
        longest = max(max(_values(line.row)) for line in lines) or 1.0
        room = self.width - self.names
        self.limits = (0.0, longest * _REACH * room / (room - label))

    def draw(self, panel: _Panel, top: float, left: float) -> None:
        """Draw a panel whose field begins at ``top``, from ``left``."""
        self.sheet.write(left, top - _HEAD / 2, panel.name, style.TEXT, weight="bold")
        width = self.width - self.names - _LAST_TICK
        axis = Axis(left + self.names, width, (0.0, self.limits[1] * width / (width + _LAST_TICK)))
        axis.draw(self.sheet, top, top + panel.height, self.unit, self.language)
        for line in panel.lines:
            for place, text in enumerate(line.name):
                at = top + line.y + (place - (len(line.name) - 1) / 2) * style.TEXT * LEADING
                self.sheet.write(left, at, text, style.TEXT)
            self._draw_row(axis, line.row, top + line.y)

    def _draw_row(self, axis: Axis, row: Row, y: float) -> None:
        values = [axis.at(value) for value in _values(row)]
        self.sheet.line((axis.at(0), y), (max(values), y), color=style.GRID, linewidth=1.2)
        shape = style.COPY_SHAPE if _is_copy(row) else style.SHAPES[0]
        if len(values) > 1:
            self.sheet.add(marker(values[1], y, shape, style.SERIES[0], _FURTHER, hollow=True))
        self.sheet.add(marker(values[0], y, shape, style.SERIES[0], _DOT, hollow=False))
        self.sheet.write(max(values) + _APART, y, _label(row, self.unit), style.SMALL, ground=CLEAR)


def _values(row: Row) -> list[float]:
    """Return the one or two values of a row."""
    return [float(value) for value in (row["value"], row.get("further")) if value is not None and value == value]


def _label(row: Row, unit: str) -> str:
    return " / ".join(f"{number(value)}{unit}" for value in _values(row))


def _is_copy(row: Row) -> bool:
    return bool(row.get("tier")) and row["tier"] not in OWN_TIERS


def _entries(records: Sequence[Row], legend: Sequence[str], language: str) -> list[Entry]:
    """Return what the dots are, and that a shape tells of a copy."""
    found = [
        Entry(style.SHAPES[0], heading(name, language), style.SERIES[0], hollow=bool(place), size=_FURTHER if place else _DOT)
        for place, name in enumerate(legend)
    ]
    if any(map(_is_copy, records)):
        found.append(Entry(style.COPY_SHAPE, heading("copy_key", language), style.SERIES[0]))
    return found


def _in_words(row: Row, unit: str, legend: Sequence[str], language: str) -> str:
    said = signs(language)
    named = [heading(name, language) + " " for name in legend] or [""]
    values = [f"{name}{number(value)}{unit}" for name, value in zip(named, _values(row), strict=False)]
    return f"{row[f'panel_{language}']}{said.comma}{row[f'name_{language}']}{said.colon}{said.comma.join(values)}"


def _note(records: Sequence[Row], language: str) -> str:
    told = [heading("masked_note", language)] if any(map(_is_copy, records)) else []
    told += captions.sources([row for row in records if row.get("issued_in")], language)
    return captions.sentences(told, language) if told else ""
