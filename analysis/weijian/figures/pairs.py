"""Draw pairs of values of one thing: a promise and its outcome, an outcome and the target of the year after, with a verdict on each.

A row is a pair, named by its own words; its verdict stands in words at the right and in the shape of the second mark. What has
no second value is an open mark and its word, and nothing more. Values of unlike size or unit have axes of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from weijian.amounts import Row
from weijian.comparability import OWN_TIERS, SHARES
from weijian.figures import captions, style
from weijian.figures.excerpt import readable
from weijian.figures.field import LEFTWARDS, RIGHTWARDS
from weijian.figures.key import ARROW, JOINED, Entry
from weijian.figures.layout import AXIS_ROOM, BELOW, LEADING, MARGIN, at_value
from weijian.figures.marking import COLUMNS, NUMBERS
from weijian.figures.page import Page, nothing
from weijian.figures.pens import ARROW_LOOK, CLEAR, JOIN_LOOK, RADIUS, linked, marker
from weijian.figures.save import Figure
from weijian.figures.sheet import Axis, Sheet
from weijian.figures.sides import ACTUAL, NAME, Pair, end_of, is_drawn, label_of, pair_of, panels_of, years_of
from weijian.frames import as_rows
from weijian.units import quantity_of
from weijian.words import heading, place_name, signs, word

if TYPE_CHECKING:
    import pandas as pd

_SHAPES = {"exceeded": "^", "short": "v", "raised": "^", "lowered": "v", "possible_redefinition": "s"}
_REDEFINED = "possible_redefinition"
_LABELS = 0.75
"""The largest part of a field that labels may take."""
_PAD, _APART, _LAST_TICK, _PANEL_GAP = 10.0, 9.0, 12.0, 3.0
"""What lies between columns, between a mark and its label, beyond an axis, between axes."""
_ARROW = 16.0
_JOINED = 3.6
"""How many radii of a mark two values are apart, at least, that an arrow joins."""


class _Columns(NamedTuple):
    """Where the field begins and ends, and where the verdicts stand."""

    left: float
    right: float
    verdicts: float


@readable(24)
def pairs(
    rows: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    sides: tuple[str, str] = ("plan", "outcome"),
    language: str = "zh",
    note: str | None = None,
) -> Figure:
    """Return the figure of a table of ``weijian.promised``, a row for each pair, in the order of the table.

    ``sides`` are what the columns of the first and of the second value begin with. Of more than 24 places the first 24 are
    drawn, and the subtitle says so. A table without rows gives a figure that says so; a character of a quote that the type lacks is drawn as 〓.
    """
    if rows.empty:
        return nothing(rows, title, subtitle, language)
    told = "next_verdict" if "next_verdict" in rows else "promise_verdict"
    with style.house_style():
        lines = [pair_of(row, sides, told, language) for row in as_rows(rows)]
        panels = panels_of(lines)
        page = Page()
        page.head(title, subtitle)
        page.key(_entries(lines, sides, told, language))
        tops = []
        for panel in panels:
            tops.append(page.reserve(sum(line.height for line in panel), AXIS_ROOM))
            page.reserve(_PANEL_GAP)
        page.foot(_note(lines, told, language) if note is None else note)
        sheet, columns = page.spread(), _columns(lines)
        for top, panel in zip(tops, panels, strict=True):
            _Field(sheet, panel, top, columns, language).draw()
        alternative = captions.sentences([title, subtitle, *(_in_words(line, language) for line in lines)], language)
        return page.finish(_marks(lines, told), title=title, alternative=alternative, language=language)


def _columns(lines: Sequence[Pair]) -> _Columns:
    names = [style.text_width(text, NAME) for line in lines for text in line.name]
    names += [style.text_width(text, style.NOTE) for line in lines for text in line.below]
    verdicts = style.WIDTH - MARGIN - max(style.text_width(text, style.SMALL) for line in lines for text in line.said)
    return _Columns(MARGIN + max(names) + _PAD, verdicts - _PAD - _LAST_TICK, verdicts)


class _Field:
    """The rows that share an axis, ``top`` points below the upper edge of the page."""

    def __init__(self, sheet: Sheet, panel: list[Pair], top: float, columns: _Columns, language: str) -> None:
        self.sheet, self.panel, self.top, self.columns, self.language = sheet, panel, top, columns, language
        self.unit = next(side["unit"] for line in panel for side in line.sides if is_drawn(side))
        ends = [end_of(side) for line in panel for side in line.sides if is_drawn(side)]
        self.whole = all(end == int(end) for end in ends)
        width, largest = columns.right - columns.left, max(ends) or 1.0
        labels = max(style.text_width(self._label(line), style.SMALL) for line in panel) + 2 * _APART
        labels += _ARROW if any(side["bound"] in RIGHTWARDS for line in panel for side in line.sides) else 0.0
        room = min(labels / width, _LABELS)
        # The axis of shares ends where they do, with the labels beyond it; that of counts goes on below its labels.
        shares = quantity_of(self.unit) in SHARES
        limits = (0.0, max(100.0, largest) if shares else largest / (1 - room))
        self.axis = Axis(columns.left, width * (1 - room) if shares else width, limits)

    def draw(self) -> None:
        """Draw the axis and the rows."""
        bottom = self.top + sum(line.height for line in self.panel)
        self.axis.draw(self.sheet, self.top, bottom, self.unit, self.language, whole=self.whole)
        for line in self.panel:
            self._write(line)
            self._draw(line)

    def _write(self, line: Pair) -> None:
        """Write the name of a row with its place, and its verdict."""
        y = self.top + line.y - (len(line.name) * NAME * LEADING + len(line.below) * BELOW) / 2
        for text in line.name:
            self.sheet.write(MARGIN, y + NAME * LEADING / 2, text, NAME)
            y += NAME * LEADING
        for text in line.below:
            self.sheet.write(MARGIN, y + BELOW / 2, text, style.NOTE, color=style.PALE_INK)
            y += BELOW
        for number, text in enumerate(line.said):
            at = self.top + line.y + (number - (len(line.said) - 1) / 2) * style.SMALL * LEADING
            self.sheet.write(self.columns.verdicts, at, text, style.SMALL)

    def _draw(self, line: Pair) -> None:
        drawn, y = [side for side in line.sides if is_drawn(side)], self.top + line.y
        places = [self.axis.at(at_value(side)) for side in drawn]
        apart = abs(places[0] - places[-1]) / RADIUS
        joined = apart > _JOINED
        if joined:
            look = {**JOIN_LOOK, "shrinkA": RADIUS + 0.5, "shrinkB": RADIUS + 1} | (
                {"linestyle": (0, (3, 2))} if line.verdict == _REDEFINED else {}
            )
            self.sheet.arrow((places[0], y), (places[1], y), **look, zorder=2)
        for side in drawn:
            # Where the two stand in one place, the target is a ring around the outcome.
            ring = len(drawn) > 1 and apart < 1 and side["status"] != ACTUAL
            self._mark(side, line, RADIUS * (3.0 if ring else 2.0), behind=ring)
        reach = max(self.axis.at(end_of(side)) + (_ARROW if side["bound"] in RIGHTWARDS else 0.0) for side in drawn)
        linked(self.sheet.write(reach + _APART, y, self._label(line), style.SMALL, ground=CLEAR), drawn[-1])

    def _mark(self, side: Row, line: Pair, size: float, *, behind: bool) -> None:
        """Draw one value: an outcome filled, an aim hollow, a bound with an arrow, a range with a line."""
        x, y, second = self.axis.at(at_value(side)), self.top + line.y, side is line.sides[1]
        if side["value"] != side["value"]:
            self.sheet.line((self.axis.at(side["low"]), y), (self.axis.at(side["high"]), y), color=style.SERIES[0], linewidth=2)
        direction = (side["bound"] in RIGHTWARDS) - (side["bound"] in LEFTWARDS)
        if direction:
            arrow = {**ARROW_LOOK, "color": style.SERIES[0], "shrinkA": RADIUS}
            self.sheet.arrow((x, y), (x + direction * (_ARROW + RADIUS), y), **arrow)
        shape = _shape(line.verdict) if second else style.SHAPES[0]
        shape = shape if side["tier"] in OWN_TIERS else style.COPY_SHAPE
        mark = marker(x, y, shape, style.SERIES[0], size, hollow=side["status"] != ACTUAL)
        if behind:
            mark.set_zorder(3.5)
        self.sheet.add(linked(mark, side))

    def _label(self, line: Pair) -> str:
        """Return the values of a row; in English without the unit that the axis names."""
        return label_of(line, self.language, self.unit)


def _shape(verdict: str) -> str:
    return _SHAPES.get(verdict, style.SHAPES[0])


def _entries(lines: Sequence[Pair], sides: tuple[str, str], told: str, language: str) -> list[Entry]:
    """Return what the marks are: the first value, the second by its verdict, a copy, a bound, an arrow."""
    drawn = [side for line in lines for side in line.sides if is_drawn(side)]
    paired = list(dict.fromkeys(line.verdict for line in lines if all(map(is_drawn, line.sides))))
    second = heading(f"{sides[1]}_value", language) + signs(language).colon
    found = [Entry(style.SHAPES[0], heading(f"{sides[0]}_value", language), style.SERIES[0], hollow=sides[0] != "outcome")]
    found += [Entry(_shape(code), second + word(told, code, language), style.SERIES[0], hollow=sides[1] != "outcome") for code in paired]
    copies = [side["status"] != ACTUAL for side in drawn if side["tier"] not in OWN_TIERS]
    conditions = (
        (bool(copies), Entry(style.COPY_SHAPE, heading("copy_key", language), style.SERIES[0], hollow=all(copies))),
        (any(side["bound"] in (*RIGHTWARDS, *LEFTWARDS) for side in drawn), Entry(ARROW, heading("bound_key", language))),
        (bool(paired), Entry(JOINED, heading("joined_key", language))),
    )
    return found + [entry for holds, entry in conditions if holds]


def _in_words(line: Pair, language: str) -> str:
    """Return a row in words: place, year, quote, values and verdict."""
    said, later = signs(language), line.sides[1]
    name = next(side["quote"] for side in reversed(line.sides) if side["status"] != ACTUAL)
    told = said.comma.join([label_of(line, language), "".join(line.said) if language == "zh" else " ".join(line.said)])
    return f"{place_name(later, language)} {years_of(line.sides)}{said.comma}{name}{said.colon}{told}"


def _note(lines: Sequence[Pair], told: str, language: str) -> str:
    """Return what the marks are not, that a copy is unverified, and the sources."""
    sides = [side for line in lines for side in line.sides if side["title"]]
    keys = ["redefinition_note"] if any(line.verdict == _REDEFINED for line in lines) else []
    keys += ["not_reported_note"] if told == "promise_verdict" else []
    keys += ["masked_note"] if any(side["tier"] == "masked" for side in sides) else []
    keys += ["lacking_note"] if any(style.LACKING in text for line in lines for text in line.name) else []
    return captions.sentences([heading(key, language) for key in keys] + captions.sources(sides, language), language)


def _marks(lines: Sequence[Pair], told: str) -> pd.DataFrame:
    """Return one row a mark, the two of a pair under one number; a side without a figure says only what was found."""
    import pandas as pd

    columns = ["pair", "side", told, *(name for name in COLUMNS if name in lines[0].sides[0])]
    rows = [{"pair": number, told: line.verdict, **side} for number, line in enumerate(lines, 1) for side in line.sides if side["quote"]]
    table = pd.DataFrame(rows, columns=columns)
    for name in NUMBERS:
        table[name] = pd.to_numeric(table[name])
    return table
