"""Where everything on a figure stands, in points from its upper left corner, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from weijian.amounts import Row, value_label
from weijian.figures import style
from weijian.figures.marking import BENCHMARK, CONTEXT, MISSING
from weijian.frames import as_rows
from weijian.words import OURS, basis, circumstances, heading, indicator_name, name_of_place, place_name, signs, word

if TYPE_CHECKING:
    import pandas as pd

MARGIN = 16.0
LEADING = 1.38
ROOM = style.WIDTH - 2 * MARGIN
"""How wide the sheet is between its margins."""
AXIS_ROOM, BENCHMARK_STEP, BELOW = 24.0, 11.5, 10.0
"""Heights of the labels of an axis, of the label of a national target, and of a small line below a name."""
_HEADER, _GAP = 20.0, 12.0
_GUTTER = 172.0


@dataclass
class Line:
    """A row of the figure: the marks that one place has for one year and status, and what is missing there."""

    panel: str
    name: str
    below: list[str]
    marks: list[Row] = field(default_factory=list)
    gaps: list[Row] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    y: float = 0.0
    height: float = 0.0


class Joint(NamedTuple):
    """The end of an arrow between two values: a mark and how far down it stands."""

    row: Row
    y: float


@dataclass
class Layout:
    """The rows with their places, the headers above them, and the edges of the field of marks.

    ``edges`` are those of the field with its names and labels; ``unit`` is what the heading above the field says already.
    """

    lines: list[Line]
    headers: list[tuple[float, str]]
    benchmarks: list[Row]
    left: float
    right: float
    height: float
    limits: tuple[float, float]
    indicators: list[str]
    axis_unit: str
    language: str
    unit: str = ""
    edges: tuple[float, float] = (MARGIN, style.WIDTH - MARGIN)
    joins: list[tuple[Joint, Joint]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Return the width of the field of marks in points."""
        return self.right - self.left

    @property
    def benchmark_room(self) -> float:
        """Return the height of the labels of the national targets above the field."""
        return len(self.benchmarks) * BENCHMARK_STEP + 4

    def benchmark_label(self, row: Row) -> str:
        """Return what a national target says; below the heading of a small field the note names its document."""
        label = f"{heading('benchmark_of', self.language).format(row['year'])} {value_label(row, self.language)}"
        return label if self.unit else label + signs(self.language).brackets.format(row["issued_in"])


def at_value(row: Row) -> float:
    """Return where a mark stands: at its value, or at the lower end of a range."""
    return float(row["value"] if row["value"] == row["value"] else row["low"])


def lay_out(marks: pd.DataFrame, language: str) -> Layout:
    """Return the layout of the marks: rows in the order of the table, room for the longest name, labels wrapped."""
    records = as_rows(marks)
    lines = _lines(records, language)
    names = [style.text_width(line.name, style.TEXT) for line in lines] + [
        style.text_width(text, style.NOTE) for line in lines for text in line.below
    ]
    left = MARGIN + max(names, default=0.0) + 10
    right = style.WIDTH - MARGIN - _GUTTER
    headers, height = stack(lines, language)
    indicators = list(dict.fromkeys(marks["indicator"]))
    unit = next((row["unit"] for line in lines for row in line.marks), "%")
    return Layout(lines, headers, benchmarks_of(records), left, right, height, limits_of(records), indicators, unit, language)


def benchmarks_of(records: list[Row]) -> list[Row]:
    """Return the national targets among the marks, the lowest first."""
    return sorted((row for row in records if row["panel"] == BENCHMARK), key=lambda row: row["value"])


def _lines(records: list[Row], language: str) -> list[Line]:
    """Group marks into rows; what a place lacks stands in its first row, or in a row of its own."""
    lines: dict[tuple[str, ...], Line] = {}
    for row in records:
        if row["panel"] == BENCHMARK:
            continue
        key: tuple[str, ...] = (row["panel"], row["place_key"], str(row["year"]), row["status"])
        if row["status"] == MISSING:
            key = next((known for known in lines if known[:2] == key[:2]), key[:2])
        line = lines.setdefault(key, Line(row["panel"], place_name(row, language), _below(row, language)))
        (line.gaps if row["status"] == MISSING else line.marks).append(row)
    several = len({row["indicator"] for row in records}) > 1
    for line in lines.values():
        line.beside = _beside(line, language, several=several)
    return list(lines.values())


def _below(row: Row, language: str) -> list[str]:
    """Return the second line of a name: the level, and of which other place it is part."""
    if row["panel"] == CONTEXT:
        return []
    wholes = [heading("within", language).format(name_of_place(code, language)) for code in row["part_of"].split(";") if code]
    below = signs(language).comma.join([word("place_level", row["place_level"], language), *wholes])
    return [below] if below else []


def _beside(line: Line, language: str, *, several: bool) -> list[str]:
    """Return the lines right of the field: circumstances of the marks, on what they rest, and the reasons of partial gaps."""
    said, colon = signs(language), signs(language).colon
    texts = list(dict.fromkeys(circumstances(row, language) for row in line.marks))
    bases = {row["indicator"]: basis(row, language) for row in line.marks if line.panel in OURS}
    if len(set(bases.values())) == 1:
        texts = [said.comma.join([*texts, *set(bases.values())])]
    else:
        texts += [f"{indicator_name(code, language)}{colon}{text}" for code, text in bases.items()]
    for gap in line.gaps if line.marks else []:
        name = f"{indicator_name(gap['indicator'], language)}{colon}" if several else ""
        texts.append(name + word("reason", gap["reason"], language))
    return [part for text in texts for part in style.wrap(text, _GUTTER - 12, style.SMALL)]


def gap_label(line: Line, language: str, *, several: bool = False) -> str:
    """Return what stands in a row without a mark: each reason with its years, and of which indicator where it is one of several."""
    said = signs(language)
    reasons = {gap["reason"]: str(gap["year"]).replace(";", said.list_comma) for gap in line.gaps}
    lacking = list({gap["indicator"] for gap in line.gaps})
    name = f"{indicator_name(lacking[0], language)}{said.colon}" if several and len(lacking) == 1 else ""
    return name + said.comma.join(word("reason", reason, language) + said.brackets.format(years) for reason, years in reasons.items())


def stack(lines: list[Line], language: str, own: float = 34.0, context: float = 21.0) -> tuple[list[tuple[float, str]], float]:
    """Give each row its place from the top, at least ``own`` or ``context`` points high; return the panels' headers and the height."""
    headers: list[tuple[float, str]] = []
    y, panel = 0.0, ""
    several = len({line.panel for line in lines}) > 1
    for line in lines:
        if line.panel != panel and several:
            y += _GAP if panel else 0.0
            headers.append((y + _HEADER / 2, heading(f"{line.panel}_panel", language)))
            y += _HEADER
        panel = line.panel
        floor = own if line.panel in OURS else context
        line.height = max(floor, len(line.beside) * style.SMALL * LEADING + 6, len(line.below) * BELOW + 18)
        line.y = y + line.height / 2
        y += line.height
    return headers, y


def limits_of(records: list[Row]) -> tuple[float, float]:
    """Return the ends of the axis: 0 to 100 for percentages, from 0 to beyond the largest value for all else."""
    values = [row[name] for row in records for name in ("value", "high") if row[name] == row[name]]
    if not values or {row["unit"] for row in records if row["unit"]} == {"%"}:
        return 0.0, 100.0
    return 0.0, 1.45 * (max(values) or 1.0)
