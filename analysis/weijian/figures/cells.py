"""Where everything on a map of what was told stands: rows by theme, columns by place and year, in points."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from weijian.amounts import Row
from weijian.codebook import codebook
from weijian.figures import style
from weijian.figures.layout import LEADING, MARGIN
from weijian.frames import as_rows
from weijian.words import indicator_name, place_name, theme_name, word

if TYPE_CHECKING:
    import pandas as pd

ROW, THEME = 11.4, 17.0
"""Heights of a row and of the heading of a theme."""
NO_DOCUMENT, SILENT = "no_document", ("not_mentioned", "no_document")
_WIDEST, _NARROW, _CROWDED, _APART, _NAMES, _PAD = 40.0, 0.5, 24.0, 7.0, 230.0, 8.0
"""A column at its widest, a year without a document as a part of that, the width below which all are alike, and for the rest:
the gap between places, the room for names at most, and what lies between names and columns.
"""


class Column(NamedTuple):
    """A place in a year; ``held`` says whether there is any document of it."""

    place: str
    year: str
    held: bool
    x: float
    width: float


class Place(NamedTuple):
    """The name above the columns of a place, in lines, from where to where it reaches."""

    name: list[str]
    x: float
    width: float


class Grid(NamedTuple):
    """The rows with their distance from the top, the headings of themes with theirs, columns, places, and the rows left out."""

    rows: list[tuple[str, list[str], float]]
    themes: list[tuple[str, float]]
    columns: list[Column]
    places: list[Place]
    upright: bool
    upright_years: bool
    height: float
    left_out: int

    @property
    def blocks(self) -> list[tuple[float, float]]:
        """Return where the first and the last row of each theme stand."""
        starts = [y for _, y in self.themes] + [self.height]
        inside = [[y for _, _, y in self.rows if start < y < end] for start, end in pairwise(starts)]
        return [(rows[0], rows[-1]) for rows in inside]

    @property
    def years_room(self) -> float:
        """Return the height of the years."""
        return 24.0 if self.upright_years else 13.0

    @property
    def head(self) -> float:
        """Return the height of the names of places and years above the rows; both stand upright where columns are narrow."""
        lines = max(len(place.name) for place in self.places) * style.SMALL * LEADING
        longest = max(style.text_width(" ".join(place.name), style.SMALL, "bold") for place in self.places)
        return 6 + self.years_room + (longest if self.upright else lines)


def lay_out_cells(cells: pd.DataFrame, language: str) -> Grid:
    """Return the grid of a table of cells: indicators in the order of the codebook, places and years in that of the table."""
    records = as_rows(cells)
    told = {row["indicator"] for row in records if row["reason"] not in SILENT}
    shown = [code for code in codebook().by_key("indicators") if code in told]
    rows, themes, height = _rows(shown, {row["indicator"]: row["theme"] for row in records}, language)
    names = max((style.text_width(text, style.NOTE) for _, lines, _ in rows for text in lines), default=0.0)
    columns, places = _columns(records, MARGIN + names + _PAD, language)
    upright = any(style.text_width(line, style.SMALL, "bold") > place.width + _APART - 2 for place in places for line in place.name)
    years = any(style.text_width(column.year, style.NOTE) > column.width - 1 for column in columns)
    left_out = len({row["indicator"] for row in records}) - len(shown)
    return Grid(rows, themes, columns, places, upright, years, height, left_out)


def _rows(
    shown: list[str], theme_of: dict[str, str], language: str
) -> tuple[list[tuple[str, list[str], float]], list[tuple[str, float]], float]:
    rows: list[tuple[str, list[str], float]] = []
    themes: list[tuple[str, float]] = []
    y = 0.0
    for theme in dict.fromkeys(theme_of[code] for code in shown):
        themes.append((theme_name(theme, language), y + THEME / 2 + 1))
        y += THEME
        for code in (code for code in shown if theme_of[code] == theme):
            lines = style.wrap(indicator_name(code, language), _NAMES, style.NOTE)
            height = ROW + (len(lines) - 1) * style.NOTE * 1.15
            rows.append((code, lines, y + height / 2))
            y += height
    return rows, themes, y


def _columns(records: list[Row], left: float, language: str) -> tuple[list[Column], list[Place]]:
    """Return the columns right of the names: equally wide, narrower for a year without any document."""
    held: dict[tuple[str, str], bool] = {}
    names: dict[str, str] = {}
    for row in records:
        at = (row["place_key"], year_of(row, language))
        held[at] = held.get(at, False) or row["reason"] != NO_DOCUMENT
        names.setdefault(row["place_key"], place_name(row, language))
    room = style.WIDTH - MARGIN - left - _APART * (len(names) - 1)
    unit = min(_WIDEST, room / sum(1.0 if document else _NARROW for document in held.values()))
    narrow = _NARROW
    if unit * _NARROW < _CROWDED / 2:
        unit, narrow = min(_CROWDED, room / len(held)), 1.0
    columns: list[Column] = []
    places: list[Place] = []
    x = left
    for key, name in names.items():
        start = x
        for (place, year), document in held.items():
            if place == key:
                width = unit * (1.0 if document else narrow)
                columns.append(Column(place, year, document, x, width))
                x += width
        places.append(Place(style.wrap(name, x - start + _APART - 2, style.SMALL, "bold"), start, x - start))
        x += _APART
    return columns, places


def year_of(row: Row, language: str) -> str:
    """Return the year of a cell, or that it is not stated."""
    year: Any = row["year"]
    return word("base", "unknown", language) if year != year or str(year) in ("", "<NA>") else str(int(year))
