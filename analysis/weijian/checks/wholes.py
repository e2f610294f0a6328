"""A total with its parts, and whether they add up.

In: numbers. Out: ``Group``s, which ``groups`` finds in the text and the other modules check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from weijian.checks.numbers import Number
from weijian.checks.verdicts import HOLDS, compared
from weijian.intervals import Interval


@dataclass(frozen=True, slots=True)
class Group:
    """A total with its parts, in the order of the text; ``complete`` when the text says that these are all.

    ``claimed`` is false where nothing but the agreement of the numbers shows that they belong together, ``sure`` where
    it is certain that the total is this one.
    """

    total: Number
    parts: tuple[Number, ...]
    complete: bool = False
    claimed: bool = True
    sure: bool = True


def added(parts: Sequence[Number]) -> Interval:
    """Return what parts add up to."""
    low, high = (sum((getattr(part.range, end) for part in parts), Decimal(0)) for end in ("low", "high"))
    return Interval(low, high)


def agrees(group: Group) -> bool:
    """Say whether the parts of a group add up to its total."""
    return len(group.parts) > 1 and compared(added(group.parts), group.total, (group.total, *group.parts))[0] == HOLDS


def first_agreeing(group: Group) -> Group | None:
    """Return the group with as many of its first parts as add up to the total."""
    for count in range(2, len(group.parts) + 1):
        fewer = replace(group, parts=group.parts[:count])
        if agrees(fewer):
            return fewer
    return None
