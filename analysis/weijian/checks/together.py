"""The growth of a total against the growth of its parts.

In: a sentence with its numbers and groups. Out: checks. Where parts and total are printed with their growth, the total can have grown by
one amount only; where only the growth is printed, it lies between the least and the greatest of all parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from weijian.checks.numbers import Number, Sentence, make_a_whole, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared, written
from weijian.checks.wholes import Group, agrees
from weijian.intervals import Interval

_CHANGE = re.compile(
    r"(?:[^\u4e00-\u9fff]|同比|较|比|与|上年|去年|同期|相比|年|末|底|增|减|长|加|少|提|升|高|上|涨|下|降|低|幅|速|为|达|了)*$"
)
_PART, _SUM = re.compile(said("part")), re.compile(said("sum"))
_NAME = re.compile(r"(?:同比|较|比|与|增|减|上升|下降|提高|降低)")
_FALLEN = Decimal("-99")


def together_checks(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Check]:
    """Yield the checks of totals that grew with their parts."""
    for group in groups:
        made = _of_group(sentence, group)
        if made:
            yield made
    for index, number in enumerate(sentence.numbers):
        made = _of_changes(sentence.numbers, index) if _is_growth(number) else None
        if made and (made.verdict != UNDECIDABLE or _SUM.search(number.left)):
            yield made


def _of_group(sentence: Sentence, group: Group) -> Check | None:
    """Return the check of a total with its growth whose parts make it up and have theirs."""
    homes = [sentence, sentence.before] if sentence.before else [sentence]
    total = _own_change(homes, group.total)
    parts = [change for part in group.parts if (change := _own_change(homes, part))]
    if total is None or len(parts) < len(group.parts) or not agrees(group) or not all(_usable(each) for each in (total, *parts)):
        return None
    before = [_before(part, change) for part, change in zip(group.parts, parts, strict=True)]
    low, high = (sum((getattr(each, end) for each in before), Decimal(0)) for end in ("low", "high"))
    expected = Interval(_percent(group.total.range.low / high), _percent(group.total.range.high / low))
    members = (group.total, total, *group.parts, *parts)
    verdict, reason = compared(expected, total, members, total.step)
    values = [part.value / (1 + change.value / 100) for part, change in zip(group.parts, parts, strict=True)]
    earlier = written(sum(values, Decimal(0)), group.total)
    sides = " + ".join(f"{part.figure} / {1 + change.value / 100:f}" for part, change in zip(group.parts, parts, strict=True))
    grown = _percent(group.total.value / sum(values, Decimal(0)))
    arithmetic = f"{sides} = {earlier}; {group.total.figure} / {earlier}: {grown:.2f}%, printed {total.value:f}%"
    return check("growth", verdict, members, total, arithmetic, expected, reason)


def _before(part: Number, change: Number) -> Interval:
    """Return what a part was before it changed."""
    return Interval(part.range.low / (1 + change.range.high / 100), part.range.high / (1 + change.range.low / 100))


def _percent(ratio: Decimal) -> Decimal:
    return (ratio * 100 - 100).quantize(Decimal("0.0001"))


def _usable(change: Number) -> bool:
    return change.exact and change.range.low > _FALLEN


def _own_change(homes: Sequence[Sentence], number: Number) -> Number | None:
    """Return the relative change that stands right behind a number."""
    for home in homes:
        if number in home.numbers:
            at = home.numbers.index(number) + 1
            change = home.numbers[at] if at < len(home.numbers) else None
            if change and _is_growth(change) and _CHANGE.match(change.left):
                return change
    return None


def _is_growth(number: Number) -> bool:
    return number.seen.kind == "change_rel" and number.seen.unit == "%"


def _of_changes(numbers: Sequence[Number], index: int) -> Check | None:
    """Return the check of the growth of a total against that of parts behind 其中, no values being printed."""
    total = numbers[index]
    parts: list[Number] = []
    for number in numbers[index + 1 :]:
        if not _is_growth(number) or (not parts and not _PART.search(number.gap)) or ";" in number.gap:
            break
        parts.append(number)
    if len(parts) < 2 or not all(_NAME.split(part.left)[0] for part in parts):
        return None
    expected = Interval(min(part.range.low for part in parts), max(part.range.high for part in parts))
    members = (total, *parts)
    verdict, reason = compared(expected, total, members, total.step)
    if verdict == FAILS and not make_a_whole(parts):
        verdict, reason = UNDECIDABLE, "partial_parts"
    between = "between" if verdict == HOLDS else "not between"
    arithmetic = f"{', '.join(f'{part.value:f}%' for part in parts)}: printed {total.value:f}%, {between} them"
    return check("growth", verdict, members, total, arithmetic, expected, reason)
