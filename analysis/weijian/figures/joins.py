"""Which values of a panel are joined: a target and the outcome nearest to it in time, of one place, definition and stage.

A join says what was said first and what later, and nothing of whether the one was reached. Where several outcomes would do,
none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable

from weijian.amounts import Row
from weijian.comparability import is_stated
from weijian.figures.layout import Joint, Line
from weijian.words import OURS

_MUST_AGREE = ("base", "definition", "stock_or_flow")


def joins(lines: Iterable[Line]) -> list[tuple[Joint, Joint]]:
    """Return the pairs of values to join, the earlier first; a target stands before the outcome of its own year."""
    own = [Joint(row, line.y) for line in lines if line.panel in OURS for row in line.marks if row["value"] == row["value"]]
    targets, outcomes = (_once(joint for joint in own if joint.row["status"] == status) for status in ("target", "actual"))
    found = []
    for target in targets:
        outcome = _nearest(target, outcomes)
        if outcome:
            found.append((outcome, target) if outcome.row["year"] < target.row["year"] else (target, outcome))
    return found


def _nearest(target: Joint, outcomes: list[Joint]) -> Joint | None:
    """Return the only outcome of the year nearest to a target, None when there are several."""
    year = int(target.row["year"])
    close = [each for each in outcomes if each.row["place_key"] == target.row["place_key"] and not _differ(each.row, target.row)]
    nearest = min(((abs(int(each.row["year"]) - year), int(each.row["year"])) for each in close), default=None)
    close = [each for each in close if nearest and int(each.row["year"]) == nearest[1]]
    return close[0] if len(close) == 1 else None


def _differ(a: Row, b: Row) -> bool:
    """Say whether two values are known to be of another base, definition, stock or flow, or stage."""
    stages = {row["stage"] for row in (a, b)} - {"none", ""}
    return len(stages) > 1 or any(is_stated(a[name]) and is_stated(b[name]) and a[name] != b[name] for name in _MUST_AGREE)


def _once(joints: Iterable[Joint]) -> list[Joint]:
    """Return the first of values that say the same: told twice, a value is joined once."""
    told: dict[tuple[object, ...], Joint] = {}
    for joint in joints:
        told.setdefault(tuple(joint.row[name] for name in ("place_key", "year", "stage", "bound", "value", "unit")), joint)
    return list(told.values())
