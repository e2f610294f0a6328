"""The rows of a figure of pairs: the two sides of each as marks, its words in lines, and which rows share an axis.

In: rows of a table of ``weijian.promised``. Out: ``Pair`` records, in panels of like unit and size, each with its place from the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from weijian.amounts import Row, short_label, side_of, word_of_unit
from weijian.comparability import SHARES
from weijian.figures import style
from weijian.figures.layout import BELOW, LEADING, ROOM
from weijian.figures.marking import COLUMNS
from weijian.matching import kind_of_unit
from weijian.units import quantity_of
from weijian.words import OWN, indicator_name, place_name, signs, word

ACTUAL = "actual"
NAME = style.SMALL + 0.5
"""The size of the words that name a row."""
_NAMES = 0.43
"""The largest part of the sheet that names may take."""
_ROW = 24.0
_UNLIKE = 10.0
"""How many times the smallest value of an axis its largest may be."""


class Pair(NamedTuple):
    """A pair: its sides, the lines of its name and of what stands below, its verdict in lines, how far down it stands, how high it is."""

    sides: list[dict[str, Any]]
    verdict: str
    name: list[str]
    below: list[str]
    said: list[str]
    y: float
    height: float


def pair_of(row: Row, sides: tuple[str, str], told: str, language: str) -> Pair:
    """Return a row with what each side prints, in lines; its place in the field is still to be found."""
    both = [_side(row, side, place) for place, side in enumerate(sides)]
    said = style.wrap(word(told, row[told], language), _NAMES * ROOM / 3, style.SMALL)
    name = style.wrap(style.drawable(next(side["quote"] for side in reversed(both) if side["status"] != ACTUAL)), _NAMES * ROOM, NAME)
    known = [indicator_name(row["indicator"], language)] if row["indicator"] and language != "zh" else []
    when = f"{place_name(row, language)} {years_of(both)}"
    below = style.wrap(signs(language).comma.join([when, *known]), _NAMES * ROOM, style.NOTE)
    height = max(_ROW, len(name) * NAME * LEADING + len(below) * BELOW + 6, len(said) * style.SMALL * LEADING + 6)
    return Pair(both, row[told], name, below, said, 0.0, height)


def _side(row: Row, side: str, place: int) -> dict[str, Any]:
    """Return one side as a mark; the outcome of a year before stands in that year."""
    status = ACTUAL if side == "outcome" else "target"
    earlier = int(place == 0 and status == ACTUAL)
    common = {name: row[name] for name in ("place_key", "place_code", "place", "place_level", "indicator")}
    told = {name: cell for name, cell in side_of(row, side).items() if name in COLUMNS or name in ("title", "report")}
    return {**common, "panel": OWN, "side": side, "year": row["year"] - earlier, "status": status, **told, "issued_in": told["title"]}


def years_of(sides: Sequence[Row]) -> str:
    """Return the years of the sides, an equal one once."""
    return " → ".join(dict.fromkeys(str(side["year"]) for side in sides))


def is_drawn(side: Row) -> bool:
    """Say whether a side has a figure."""
    return bool(side["unit"])


def panels_of(lines: list[Pair]) -> list[list[Pair]]:
    """Return the rows that share an axis, each with its place in it: of one kind of unit and like size, kinds as in the table, large values first."""
    kinds: dict[str, list[Pair]] = {}
    for line in lines:
        first = next(side for side in line.sides if is_drawn(side))
        kinds.setdefault(kind_of_unit(first["unit"]), []).append(line)
    panels: list[list[Pair]] = []
    for kind, group in kinds.items():
        found: list[list[Pair]] = []
        for line in sorted(group, key=_largest, reverse=True):
            if found and (kind in SHARES or _largest(found[-1][0]) <= _UNLIKE * _largest(line)):
                found[-1].append(line)
            else:
                found.append([line])
        panels += [_stacked([line for line in group if line in panel]) for panel in found]
    return panels


def _largest(line: Pair) -> float:
    return max(end_of(side) for side in line.sides if is_drawn(side))


def end_of(side: Row) -> float:
    """Return the value of a side, or the upper end of its range."""
    return float(side["high"] if side["high"] == side["high"] else side["value"])


def _stacked(panel: list[Pair]) -> list[Pair]:
    placed, y = [], 0.0
    for line in panel:
        placed.append(line._replace(y=y + line.height / 2))
        y += line.height
    return placed


def label_of(line: Pair, language: str, unit: str = "") -> str:
    """Return both values of a row, their unit once; only one where the other side has none."""
    drawn = [side for side in line.sides if is_drawn(side)]
    labels = [short_label(side, unit, language) for side in drawn]
    if len(drawn) > 1 and drawn[0]["unit"] == drawn[1]["unit"] and quantity_of(drawn[0]["unit"]) not in SHARES:
        ending = drawn[0]["unit"] if language == "zh" else f" {word_of_unit(drawn[0]['unit'], one=drawn[0]['value'] == 1)}"
        labels[0] = labels[0].removesuffix(ending)
    return " → ".join(labels)
