"""Parts and totals in prose: do the parts add up?

In: the groups of a sentence. Out: a check for each. A group that does not claim to be complete and leaves a rest is undecidable; parts
that exceed their total fail, unless a person may be in several of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from weijian.checks.numbers import Number, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared, written
from weijian.checks.wholes import Group, added
from weijian.intervals import Interval

_APART, _OVERLAP = re.compile(said("apart")), re.compile(said("overlap"))


def sum_checks(found: Sequence[Group]) -> Iterator[Check]:
    """Yield a check for each group."""
    for group in found:
        made = _checked(group)
        if made:
            yield made


def _checked(group: Group) -> Check | None:
    total, parts = group.total, group.parts
    members = (total, *parts)
    expected = added(parts)
    verdict, reason = compared(expected, total, members)
    if len(parts) == 1 and verdict == HOLDS:
        return None  # a part that is all says nothing
    if verdict != HOLDS and not group.claimed:
        return None
    if verdict == FAILS:
        verdict, reason = _failing(group, expected)
        if not verdict:
            return None
    sums = sum((part.value for part in parts), Decimal(0))
    added_up = f"{' + '.join(part.figure for part in parts)} = {written(sums, total)}" if len(parts) > 1 else f"listed {parts[0].figure}"
    arithmetic = f"{added_up}, printed {total.figure}"
    return check("sum", verdict, members, total, arithmetic, expected, reason)


def _failing(group: Group, expected: Interval) -> tuple[str, str]:
    """Return the verdict on parts that do not add up to their total; an empty one where the total may be another."""
    if expected.high < group.total.range.low:
        return (FAILS, "") if group.complete and len(group.parts) > 1 else (UNDECIDABLE, "partial_parts")
    if not group.sure:
        return "", ""
    return (UNDECIDABLE, "overlapping_parts") if _may_overlap(group.parts) else (FAILS, "")


def _may_overlap(parts: Sequence[Number]) -> bool:
    """Say whether one case may be in several parts: patients by disease, persons by sex and by age."""
    if len(parts) == 1 or all(_APART.search(part.words) for part in parts):
        return False
    return any(_OVERLAP.search(part.words) for part in parts) and parts[0].counts in ("person", "人次", "例", "户")
