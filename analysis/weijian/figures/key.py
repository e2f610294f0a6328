"""The key of a figure: one entry for each kind of mark that occurs in it, set in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weijian.codebook import codebook
from weijian.comparability import OWN_TIERS
from weijian.figures import style
from weijian.figures.marking import CONTEXT, MISSING
from weijian.words import OURS, OWN, heading, indicator_name, word

if TYPE_CHECKING:
    import pandas as pd

ARROW, JOINED, BOX = "arrow", "joined", "box"
TICK = "tick"
"""The letter of a box that holds a tick, which the type has not and which is drawn."""
_SIGN, _GAP = 20.0, 16.0


class Entry(NamedTuple):
    """A sign with its meaning: a marker's shape, an arrow, a box with a letter, or ``missing``."""

    sign: str
    text: str
    colour: str = style.PALE_INK
    hollow: bool = False
    size: float = 7.0
    letter: str = ""
    hatch: str = ""
    ink: str = style.INK


def entries(marks: pd.DataFrame, indicators: list[str], language: str) -> list[Entry]:
    """Return the entries that the marks call for, indicators first."""
    own = marks[(marks["panel"].isin(OURS)) & (marks["status"] != MISSING)]
    drawn = marks[marks["panel"].isin([OWN, CONTEXT]) & (marks["status"] != MISSING)]
    found: list[Entry] = []
    if len(indicators) > 1:
        found += [Entry(style.SHAPES[n], indicator_name(code, language), style.SERIES[n]) for n, code in enumerate(indicators)]
    statuses = [status for status in codebook().words("status") if status in set(drawn["status"])]
    if len(statuses) > 1:
        found += [Entry(style.SHAPES[0], word("status", status, language), hollow=status != "actual") for status in statuses]
    conditions = (
        (not own[~own["tier"].isin(OWN_TIERS)].empty, Entry(style.COPY_SHAPE, heading("copy_key", language), hollow=True)),
        (any(drawn["bound"].isin([">", ">=", "<", "<="])), Entry(ARROW, heading("bound_key", language))),
        (any(drawn["panel"] == CONTEXT), Entry(style.SHAPES[0], heading("context_key", language), style.CONTEXT, size=6.0)),
        (any(own["greyed"] != ""), Entry(style.SHAPES[0], heading("greyed_key", language), style.CONTEXT)),
        (any(marks["status"] == MISSING), Entry(MISSING, heading("missing_key", language))),
    )
    return found + [entry for holds, entry in conditions if holds]


def key_lines(found: list[Entry], width: float) -> list[list[tuple[float, Entry]]]:
    """Return the entries in lines no wider than ``width`` points, each with its distance from the left."""
    lines: list[list[tuple[float, Entry]]] = [[]]
    x = 0.0
    for entry in found:
        needed = _SIGN + style.text_width(entry.text, style.SMALL)
        if lines[-1] and x + needed > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, entry))
        x += needed + _GAP
    return lines
