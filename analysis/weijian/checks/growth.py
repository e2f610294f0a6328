"""Changes against the two values that they lie between, and the growth of a total against that of its parts.

In: a sentence with its numbers and groups. Out: checks. The two values are those of 由…到…, of two years, or a value and the one before
that is named behind it; a change in percent between two percentages has to be relative, one in points absolute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from weijian.checks.numbers import Number, Sentence, between, plain
from weijian.checks.sums import Group, agrees
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared, written
from weijian.intervals import Interval
from weijian.phrases import core

_FROM, _TO = re.compile(r"(?:由|从)[^,;。]{0,16}$"), re.compile(r"^[^,;。]{0,12}(?:到|至|为)")
_EARLIER = re.compile(r"上年|去年|上一年|前一年|同期|\d{4}年|年初|期初")
_MOVES = re.compile(
    r"^(?:[^\u4e00-\u9fff]|同比|共|净|累计|较|比|与|上年|去年|同期|相比|增|减|长|加|少|提|升|高|上|下|降|低|幅|速|率|为|达|了|约|扩大|缩短|年|末|底|两年|一年|期间|到|翻)*$"
)
_AGAINST = re.compile(r"(?:较|比|与)(?:上年|去年|上一年|\d{4}年)末?(?:同期)?的?")
_NET = re.compile("净?(?:增加?|(?P<down>减少?))了?")
_WIDEST = Decimal("0.05")


def growth_checks(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Check]:
    """Yield the checks of the changes of a sentence."""
    for index, change in enumerate(sentence.numbers):
        moved = _net(sentence, index) if change.level else change
        if moved is None:
            continue
        values = _values(sentence, index)
        made = _checked(values[0], values[1], moved) if values else None
        if made:
            yield made
    for group in groups:
        if agrees(group):
            yield from _between_parts(sentence, group)


def _net(sentence: Sentence, index: int) -> Number | None:
    """Return a count behind 由…到… that is by how much it moved, a fall as a negative number: 净增4家."""
    number = sentence.numbers[index]
    found = _NET.fullmatch(number.left)
    if not found or index < 2 or number.share or not _leads(sentence, *sentence.numbers[index - 2 : index]):
        return None
    if not found["down"]:
        return number
    return replace(number, value=-number.value, range=Interval(-number.range.high, -number.range.low))


def _values(sentence: Sentence, index: int) -> tuple[Number, Number] | None:
    """Return the values before and after a change, where both are printed."""
    numbers = sentence.numbers
    if not _MOVES.match(numbers[index].left):
        return None
    at = index - 1
    while at >= 0 and not numbers[at].level and _MOVES.match(numbers[at].left):
        at -= 1
    if at < 0 or not numbers[at].level:
        return None
    latest = numbers[at]
    if at and _AGAINST.fullmatch(latest.left) and numbers[at - 1].level and numbers[at - 1].seen.unit == latest.seen.unit:
        return latest, numbers[at - 1]
    if at and _leads(sentence, numbers[at - 1], latest):
        return numbers[at - 1], latest
    behind = numbers[index + 1] if index + 1 < len(numbers) else None
    if behind and behind.level and behind.counts == latest.counts and behind.seen.unit == latest.seen.unit and _names_earlier(behind):
        return behind, latest
    return None


def _leads(sentence: Sentence, first: Number, second: Number) -> bool:
    """Say whether one value led to another: 由…到…, or the same thing a year later."""
    if not first.level or first.counts != second.counts or first.seen.unit != second.seen.unit:
        return False
    gap = between(sentence, first, second)
    if _FROM.search(plain(first.gap)) and _TO.match(gap):
        return True
    years = (first.year, second.year)
    follows = all(year.isdigit() for year in years) and int(years[1]) - int(years[0]) == 1
    stated = "period_inferred" not in first.seen.flags and bool(re.search(r"\d{4}年|上年|去年", first.gap))
    return follows and stated and _same_words(first, second)


def _same_words(first: Number, second: Number) -> bool:
    one, other = (re.sub(r"\d{4}年[末底]?|上年|去年|今年|本年", "", core(number.left)) for number in (first, second))
    return not other or one.endswith(other) or other.endswith(one) or one[-4:] == other[-4:]


def _names_earlier(number: Number) -> bool:
    words = re.sub(r"[\d,]", "", _EARLIER.sub("", number.left))
    return bool(_EARLIER.search(number.left) or _EARLIER.search(number.gap[-12:])) and len(core(words).strip("()为是仅")) <= 4


def _checked(first: Number, second: Number, change: Number) -> Check | None:
    members = (first, second, change)
    if not (first.exact and second.exact) or first.range.low <= 0:
        return None
    difference = Interval(second.range.low - first.range.high, second.range.high - first.range.low)
    if change.seen.unit in ("%", "倍"):
        return _relative(first, second, change, difference)
    points = change.seen.unit == "百分点" and first.share
    if not points and change.seen.unit != first.seen.unit and change.counts != first.counts:
        return None
    verdict, reason = compared(difference, change, members, change.step if points else Decimal(0))
    unit = change.seen.unit
    arithmetic = f"{second.figure} - {first.figure} = {written(second.value - first.value, second)}, printed {_signed(change)}{unit}"
    return check("growth", verdict, members, change, arithmetic, difference, reason)


def _signed(change: Number) -> str:
    return f"{'-' if change.value < 0 else ''}{change.figure}"


def _relative(first: Number, second: Number, change: Number, difference: Interval) -> Check | None:
    if change.seen.unit == "倍":
        return None  # 增长2倍 and 增长到2倍 are written for one another
    low = second.range.low / first.range.high * 100 - 100
    high = second.range.high / first.range.low * 100 - 100
    expected = Interval(low.quantize(Decimal("0.0001")), high.quantize(Decimal("0.0001")))
    members = (first, second, change)
    verdict, reason = compared(expected, change, members, change.step)
    if verdict == HOLDS and (high - low) > max(_WIDEST * 100, change.step * 5):
        verdict, reason = UNDECIDABLE, "rounding"
    plain_change = second.value / first.value * 100 - 100
    arithmetic = f"({second.figure} - {first.figure}) / {first.figure} = {plain_change:.2f}%, printed {_signed(change)}"
    if verdict == FAILS and first.share and difference.low <= change.value <= difference.high:
        arithmetic += f"; the difference is {second.value - first.value:f} percentage points"
    return check("growth", verdict, members, change, arithmetic, expected, reason)


def _between_parts(sentence: Sentence, group: Group) -> Iterator[Check]:
    """Yield the check of the growth of a total that its parts make up: it lies between theirs."""
    homes = [sentence, sentence.before] if sentence.before else [sentence]
    total = _own_change(homes, group.total)
    parts = [_own_change(homes, part) for part in group.parts]
    if total is None or any(part is None for part in parts):
        return
    changes = [part for part in parts if part]
    expected = Interval(min(part.range.low for part in changes), max(part.range.high for part in changes))
    members = (total, *changes)
    verdict, reason = compared(expected, total, members, total.step)
    arithmetic = f"{', '.join(f'{part.value:f}%' for part in changes)}: between them, printed {total.value:f}%"
    yield check("growth", verdict, members, total, arithmetic, expected, reason)


def _own_change(homes: Sequence[Sentence], number: Number) -> Number | None:
    """Return the relative change that stands right behind a number."""
    for home in homes:
        if number in home.numbers:
            at = home.numbers.index(number) + 1
            change = home.numbers[at] if at < len(home.numbers) else None
            if change and change.seen.kind == "change_rel" and change.seen.unit == "%" and _MOVES.match(change.left):
                return change
    return None
