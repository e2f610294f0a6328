"""Labels below a bar, each with a line up to its piece: so set that no line runs through a label and no label into another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from weijian.figures import style
from weijian.figures.layout import LEADING

_FIRST, _GAP, _AWAY = 5.0, 8.0, 4.0


class Callout(NamedTuple):
    """A label: where its piece is marked, where the text stands, on which side it is flush, how far down, and its lines."""

    mark: float
    x: float
    side: str
    y: float
    lines: list[str]


def set_below(wanted: Sequence[tuple[float, str]], edges: tuple[float, float]) -> list[Callout]:
    """Return labels for marks from left to right, all on that side of their lines which has more room.

    Labels on the right of their lines go the deeper the farther left they are, so that each line passes only free paper.
    """
    if not wanted:
        return []
    rightwards = edges[1] - wanted[-1][0] >= wanted[0][0] - edges[0]
    order = list(reversed(wanted)) if rightwards else list(wanted)
    found: list[Callout] = []
    for mark, text in order:
        x = mark + _AWAY if rightwards else mark - _AWAY
        lines = style.wrap(text, edges[1] - x if rightwards else x - edges[0], style.SMALL)
        width = max(style.text_width(line, style.SMALL) for line in lines)
        found.append(Callout(mark, x, "left" if rightwards else "right", _depth(found, mark, width), lines))
    return list(reversed(found)) if rightwards else found


def _depth(found: Sequence[Callout], mark: float, width: float) -> float:
    """Return how far down a label stands: beside the last one where it ends before that one's line, or else below all."""
    if not found:
        return _FIRST
    if abs(found[-1].mark - mark) >= width + _GAP + _AWAY:
        return found[-1].y
    return max(other.y + len(other.lines) * style.SMALL * LEADING for other in found) + 2
