"""The signs that all figures are drawn with: markers, arrows, hatches, and links to the sentence behind a value."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from weijian.amounts import Row
from weijian.figures import style
from weijian.figures.key import ARROW, BOX, JOINED, TICK, Entry
from weijian.figures.marking import MISSING
from weijian.figures.sheet import Sheet
from weijian.links import address
from weijian.words import OURS, OWN

RADIUS = 4.0
CLEAR = "white"
"""Keeps grid and target lines out of the letters."""
ARROW_LOOK: dict[str, Any] = {"arrowstyle": "->", "linewidth": 1.3, "shrinkA": 0.0, "shrinkB": 0.0, "mutation_scale": 9}
JOIN_LOOK: dict[str, Any] = {"arrowstyle": "-|>", "linewidth": 0.8, "mutation_scale": 7, "color": style.PALE_INK}
"""From an earlier value to a later one: thin and with a solid head, so that it is not taken for a bound."""


def marker(x: float, y: float, shape: str, colour: str, size: float, *, hollow: bool) -> Line2D:
    """Return a marker, hollow for what is no outcome."""
    fill = "white" if hollow else colour
    return Line2D([x], [y], marker=shape, markersize=size, color=colour, markerfacecolor=fill, markeredgewidth=1.4, zorder=4)


def hatched(x: float, y: float, width: float, height: float) -> Rectangle:
    """Return the hatched stripe that stands where there is no value."""
    return Rectangle((x, y), width, height, facecolor="none", edgecolor=style.HATCH, hatch="/////", linewidth=0)


def box(entry: Entry, x: float, y: float, width: float, height: float) -> Rectangle:
    """Return the box of an entry, shaded and hatched as its cells are."""
    return Rectangle((x, y), width, height, facecolor=entry.colour, edgecolor=style.HATCH, hatch=entry.hatch, linewidth=0)


def write_sign(sheet: Sheet, entry: Entry, x: float, y: float, size: float = style.NOTE, **look: Any) -> Any:
    """Write the letter of an entry centred on a point, or draw its tick; return the artist."""
    if entry.letter == TICK:
        xs, ys = (x - 3.2, x - 0.9, x + 3.4), (y + 0.2, y + 2.9, y - 3.1)
        return sheet.add(Line2D(xs, ys, color=entry.ink, linewidth=1.2, solid_capstyle="round", solid_joinstyle="round"))
    return sheet.write(x, y, entry.letter, size, ha="center", color=entry.ink, **look)


def linked(artist: Any, row: Row) -> Any:
    """Let an artist lead to the sentence behind its row, where that sentence was read here; return the artist."""
    if row.get("panel", OWN) in OURS and row["observation"]:
        artist.set_url(address(row["observation"]))
    return artist


def draw_sample(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    """Draw the sign of an entry of the key, 16 points wide."""
    if entry.sign == MISSING:
        sheet.add(hatched(x, y - 4, 15, 8))
    elif entry.sign in (ARROW, JOINED):
        look = {**ARROW_LOOK, "color": entry.colour} if entry.sign == ARROW else {**JOIN_LOOK, "shrinkA": 0.0, "shrinkB": 0.0}
        sheet.arrow((x, y), (x + 16, y), **look)
    elif entry.sign == BOX:
        sheet.add(box(entry, x + 2, y - 5.5, 11, 11))
        write_sign(sheet, entry, x + 7.5, y)
    else:
        sheet.add(marker(x + 7.5, y, entry.sign, entry.colour, entry.size, hollow=entry.hollow))
