"""Draw of what a total is made up: one stacked bar a group, and below it, apart, the groups of people that overlap the others.

The bars lie on one axis. Nothing is added or divided here: a share is drawn where the table brings one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matplotlib.patches import Rectangle

from weijian.amounts import Row, share_label, value_label
from weijian.figures import captions, style
from weijian.figures.callouts import Callout, set_below
from weijian.figures.excerpt import readable
from weijian.figures.layout import AXIS_ROOM, LEADING, MARGIN, ROOM
from weijian.figures.marking import MISSING
from weijian.figures.page import Page, nothing
from weijian.figures.pens import CLEAR, linked
from weijian.figures.save import Figure
from weijian.figures.sheet import Axis, Sheet
from weijian.frames import as_rows
from weijian.words import heading, indicator_name, place_years, signs, word

if TYPE_CHECKING:
    import pandas as pd

_BAR, _THIN, _LINE, _GAP, _PAD, _HEAD = 38.0, 9.0, style.SMALL * LEADING, 14.0, 4.0, 18.0
"""Heights of a bar, a thin bar, a line of labels, the gap below a group and its heading; and the margin around a label in a bar."""
_WIDTH = ROOM - 40
"""Leaves room for the label at the end of the axis."""


class Segment(NamedTuple):
    """A row as a piece of a bar, from where to where it reaches in points, its label, and how it is filled."""

    row: Row
    start: float
    end: float
    label: list[str]
    fill: style.Fill


class Group(NamedTuple):
    """A bar: its segments, the labels that do not fit into them, the overlapping bars, and what has no length."""

    name: str
    segments: list[Segment]
    outside: list[Callout]
    overlapping: list[Segment]
    told: list[str]

    @property
    def below(self) -> float:
        """Return how much room the labels below the bar take, in points."""
        return max((label.y + len(label.lines) * _LINE for label in self.outside), default=0.0) + (
            len(self.told) * _LINE + 4 if self.told else 0.0
        )

    @property
    def height(self) -> float:
        """Return how much room the group takes, in points."""
        thin = _HEAD + 4 + len(self.overlapping) * (_LINE + _THIN + 6) if self.overlapping else 0.0
        return _HEAD + _BAR + self.below + thin + _GAP


@readable(24)
def parts(rows: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None) -> Figure:
    """Return the figure of the parts of totals.

    ``rows`` are rows of ``marks`` with two columns more: ``overlapping``, ``yes`` for people who are counted in other parts
    too; ``share``, a number from 0 to 1, or none. The other rows of a place and year form one stacked bar in the order of the
    table. A row without a value is told in words.
    Of more than 24 places the first 24 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type lacks a character.
    """
    if rows.empty:
        return nothing(rows, title, subtitle, language)
    with style.house_style():
        page, records = Page(), as_rows(rows)
        longest, fills = _longest(records), _fills(records)
        groups = [_group(name, found, fills, longest, language) for name, found in _by_group(records, language).items()]
        height = sum(group.height for group in groups)
        page.head(title, subtitle)
        top = page.reserve(height, AXIS_ROOM)
        page.foot(_note(records, language) if note is None else note)
        sheet = page.spread()
        Axis(MARGIN, _WIDTH, (0.0, longest)).draw(sheet, top, top + height, records[0]["unit"], language)
        for group in groups:
            _draw(sheet, group, top, language)
            top += group.height
        alternative = captions.sentences([title, subtitle, *(_in_words(row, language) for row in records)], language)
        return page.finish(rows, title=title, alternative=alternative, language=language)


def _by_group(records: list[Row], language: str) -> dict[str, list[Row]]:
    """Return the rows of each place and year under the name of their bar."""
    groups: dict[str, list[Row]] = {}
    for row, name in zip(records, place_years(records, language), strict=True):
        groups.setdefault(name, []).append(row)
    return groups


def _has_length(row: Row) -> bool:
    return row["value"] == row["value"] and row["value"] is not None


def _longest(records: list[Row]) -> float:
    """Return where the axis ends: at the end of the longest bar, stacked or not."""
    ends = [row["value"] for row in records if _has_length(row)]
    for found in _by_group(records, "zh").values():
        ends.append(sum(row["value"] for row in found if _has_length(row) and row["overlapping"] != "yes"))
    return float(max(ends)) or 1.0


def _fills(records: list[Row]) -> dict[str, style.Fill]:
    """Return how the parts are filled: a part looks the same in every bar."""
    codes = dict.fromkeys(row["indicator"] for row in records if row["overlapping"] != "yes")
    return {code: style.FILLS[number % len(style.FILLS)] for number, code in enumerate(codes)}


def _group(name: str, rows: list[Row], fills: dict[str, style.Fill], longest: float, language: str) -> Group:
    """Lay out a group: segments end to end, overlapping bars each from 0."""
    segments: list[Segment] = []
    overlapping: list[Segment] = []
    reached = MARGIN
    for row in filter(_has_length, rows):
        length = row["value"] / longest * _WIDTH
        label = [indicator_name(row["indicator"], language), _amount(row, language)]
        if row["overlapping"] == "yes":
            overlapping.append(Segment(row, MARGIN, MARGIN + length, label, style.OVERLAP))
        else:
            segments.append(Segment(row, reached, reached + length, label, fills[row["indicator"]]))
            reached += length
    tight = [segment for segment in segments if _lines_inside(segment) is None]
    wanted = [((segment.start + segment.end) / 2, signs(language).colon.join(segment.label)) for segment in tight]
    told = [_without_bar(row, language) for row in rows if not _has_length(row)]
    return Group(name, segments, set_below(wanted, (MARGIN, style.WIDTH - MARGIN)), overlapping, told)


def _amount(row: Row, language: str) -> str:
    """Return a value with its bound and unit, and its share in brackets where the table brings one."""
    share = share_label(row["share"])
    return value_label(row, language) + (signs(language).brackets.format(share) if share else "")


def _lines_inside(segment: Segment) -> list[str] | None:
    """Return the lines of a label that fits into its segment, or None."""
    room = segment.end - segment.start - 2 * _PAD
    lines = [line for text in segment.label for line in style.wrap(text, room, style.SMALL)]
    fits = len(lines) <= 3 and all(style.text_width(line, style.SMALL) <= room for line in lines)
    return lines if fits else None


def _draw(sheet: Sheet, group: Group, y: float, language: str) -> None:
    """Draw a group from ``y`` downwards."""
    sheet.write(MARGIN, y + _HEAD / 2, group.name, style.TEXT, weight="bold", ground=CLEAR)
    bar = y + _HEAD
    for segment in group.segments:
        _draw_piece(sheet, segment, bar, _BAR)
        _write_inside(sheet, segment, bar)
    rows = [segment.row for segment in group.segments if _lines_inside(segment) is None]
    for label, row in zip(group.outside, rows, strict=True):
        _write_below(sheet, label, row, bar + _BAR)
    for number, text in enumerate(group.told):
        at = bar + _BAR + group.below - (len(group.told) - number - 0.5) * _LINE
        sheet.write(MARGIN, at, text, style.SMALL, color=style.PALE_INK, ground=CLEAR)
    if group.overlapping:
        _draw_overlapping(sheet, group.overlapping, bar + _BAR + group.below, language)


def _draw_piece(sheet: Sheet, segment: Segment, y: float, height: float) -> None:
    fill = segment.fill
    box = Rectangle(
        (segment.start, y), segment.end - segment.start, height, facecolor=fill.face, edgecolor=fill.lines, hatch=fill.hatch, linewidth=0
    )
    sheet.add(linked(box, segment.row))
    sheet.line((segment.end, y), (segment.end, y + height), color="white", linewidth=1.6, solid_capstyle="butt")


def _write_inside(sheet: Sheet, segment: Segment, y: float) -> None:
    lines = _lines_inside(segment) or []
    fill = segment.fill
    for number, text in enumerate(lines):
        at = y + _BAR / 2 + (number - (len(lines) - 1) / 2) * _LINE
        linked(sheet.write(segment.start + _PAD, at, text, style.SMALL, color=fill.ink, ground=fill.face), segment.row)


def _write_below(sheet: Sheet, label: Callout, row: Row, y: float) -> None:
    """Write a label below the bar with a thin line that leads to its segment."""
    end = y + label.y + len(label.lines) * _LINE - 2
    sheet.line((label.mark, y - 5), (label.mark, end), color=style.PALE_INK, linewidth=0.7)
    for number, text in enumerate(label.lines):
        linked(sheet.write(label.x, y + label.y + (number + 0.5) * _LINE, text, style.SMALL, ha=label.side, ground=CLEAR), row)


def _draw_overlapping(sheet: Sheet, found: list[Segment], y: float, language: str) -> None:
    """Draw the bars of people who are counted above too: thin, each from 0, below the words that say so."""
    y += 4
    look = {"weight": "bold", "color": style.PALE_INK, "ground": CLEAR}
    sheet.write(MARGIN, y + _HEAD / 2, heading("overlapping_key", language), style.SMALL, **look)
    y += _HEAD
    for segment in found:
        text = signs(language).colon.join(segment.label)
        linked(sheet.write(MARGIN, y + _LINE / 2, text, style.SMALL, ground=CLEAR), segment.row)
        _draw_piece(sheet, segment, y + _LINE + 1, _THIN)
        y += _LINE + _THIN + 6


def _in_words(row: Row, language: str) -> str:
    """Return a row in words: its bar, what it counts, the value with its share, and that it overlaps others."""
    said, (bar,) = signs(language), place_years([row], language)
    if not _has_length(row):
        return f"{bar}{said.comma}{_without_bar(row, language)}"
    name = f"{bar}{said.comma}{indicator_name(row['indicator'], language)}"
    apart = said.brackets.format(heading("overlapping", language)) if row["overlapping"] == "yes" else ""
    return f"{name}{said.colon}{_amount(row, language)}{apart}"


def _without_bar(row: Row, language: str) -> str:
    """Return what is told of a row that has no length: why there is no value, or a range."""
    told = word("reason", row["reason"], language) if row["status"] == MISSING else _amount(row, language)
    return indicator_name(row["indicator"], language) + signs(language).colon + told


def _note(records: list[Row], language: str) -> str:
    told = [heading("share_note", language)] if any(row["share"] == row["share"] for row in records) else []
    return captions.sentences([*told, *captions.sources(records, language)], language)
