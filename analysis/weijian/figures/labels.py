"""Where a label stands along its row, in points: clear of lines, of other labels and of the edges of the field."""

from __future__ import annotations

from collections.abc import Sequence

CLEARANCE = 2.0
"""How far a label keeps away from a line, in points."""
Stretch = tuple[float, float]


def beside(mark: float, width: float, reach: Stretch, others: Sequence[float], lines: Sequence[float], edges: Stretch) -> float | None:
    """Return where a label begins that stands right of its mark or else left of it; None when neither side is clear.

    ``reach`` is how far the mark itself takes up room to its left and right; a side with another mark of the row is not clear.

    >>> beside(50, 20, (8, 8), [], [], (0, 100)), beside(50, 20, (8, 8), [90], [], (0, 100)), beside(50, 20, (8, 8), [10], [70], (0, 100))
    (58, 22, None)
    """
    right, left = mark + reach[1], mark - reach[0] - width
    sides = ((right, any(other > mark for other in others)), (left, any(other < mark for other in others)))
    return next((start for start, taken in sides if not taken and _is_clear(start, start + width, lines, edges)), None)


def above(mark: float, width: float, taken: Sequence[Stretch], lines: Sequence[float], edges: Stretch) -> float | None:
    """Return where a label begins that stands above its mark, as near to it as lines and labels there allow.

    >>> above(50, 20, [], [], (0, 100)), above(50, 20, [], [55], (0, 100)), above(50, 20, [], [35, 55], (0, 100))
    (40.0, 33.0, 57.0)
    """
    ends = sorted([*((line - CLEARANCE, line + CLEARANCE) for line in lines), *taken, (edges[1], edges[1])])
    starts: list[float] = []
    free_from = edges[0]
    for begin, end in ends:
        if begin - free_from >= width:
            starts.append(min(max(mark - width / 2, free_from), begin - width))
        free_from = max(free_from, end)
    return min(starts, key=lambda start: abs(start + width / 2 - mark), default=None)


def _is_clear(start: float, end: float, lines: Sequence[float], edges: Stretch) -> bool:
    crossed = any(start - CLEARANCE < line < end + CLEARANCE for line in lines)
    return edges[0] <= start and end <= edges[1] and not crossed
