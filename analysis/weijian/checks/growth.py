"""Changes against the two values that they lie between, and multiples against the value that they multiply.

In: a sentence with its numbers. Out: checks. The two values are those of 由…到…, of two years, or a value and the earlier one that is
named behind it or that it is held against; a change in percent between two percentages has to be relative, one in points absolute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from weijian.checks.numbers import Number, Sentence, between, plain, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared, written
from weijian.intervals import Interval, quotient
from weijian.phrases import core

_FROM, _TO = re.compile(r"(?:由|从)[^,;。]{0,16}$"), re.compile(r"^[^,;。]{0,12}(?:到|至|为)")
_EARLIER = re.compile(r"上年|去年|上一年|前一年|同期|\d{4}年|年初|期初")
_MOVES = re.compile(
    r"^(?:[^\u4e00-\u9fff]|同比|共|净|累计|较|比|与|上年|去年|同期|相比|增|减|长|加|少|提|升|高|上|涨|下|降|低|幅|速|率|为|达|了|约|扩大|缩短|年|末|底|两年|一年|期间|到|翻)*$"
)
_BY = re.compile(
    r"(?:(?:较|比|与)?(?:上年|去年|上一年|前一年|\d{4}年)[末底初]?(?:同期)?(?:相比)?)?(?:同比|净|共|累计)*(?:增加?|增长|提高|提升|上升|扩大|延长|上涨|新增加?|多[\u4e00-\u9fff]?|(?P<down>减少?|下降|降低|缩短|压减|压缩|少[\u4e00-\u9fff]?))了?"
)
_HELD, _REAL = re.compile("较|比(?!例)|同期"), re.compile(said("real_terms"))
_TIMES = re.compile(r"(?:是|为|相当于|约为)(?:上年|去年|上一年|前一年|\d{4}年|年初|期初)[末底初]?(?:同期)?的?[\u4e00-\u9fff]{0,6}\(?$")
_WIDEST, _FINE = Decimal("0.05"), Decimal("0.0001")


def growth_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of the changes of a sentence."""
    for index, number in enumerate(sentence.numbers):
        change = _net(number) if number.level else number
        values = _values(sentence, index) if change else None
        made = (
            _checked(values[0], values[1], change, sentence)
            if values and change
            else _multiple(sentence, index) or _by_both(sentence, index)
        )
        if made:
            yield made


def _net(number: Number) -> Number | None:
    """Return a count that is by how much another moved, a fall as a negative number: 净增4家."""
    found = _BY.fullmatch(number.left)
    if not found or number.share:
        return None
    if not found["down"]:
        return number
    return replace(number, value=-number.value, range=Interval(-number.range.high, -number.range.low))


def _multiple(sentence: Sentence, index: int) -> Check | None:
    """Return the check of a value that is so many times an earlier one: 9.6万人次,是上年3.2万人次的3倍."""
    times = sentence.numbers[index]
    if times.seen.unit != "倍" or index < 2 or times.left.strip("()（）") not in ("", "的"):
        return None
    latest, first = sentence.numbers[index - 2 : index]
    if not (_TIMES.search(first.gap) and _comparable(first, latest)):
        return None
    printed = replace(times, range=Interval(times.value - times.step / 2, times.value + times.step / 2))
    expected, members = quotient(latest.range, first.range), (first, latest, times)
    verdict, reason = compared(expected, printed, members, times.step / 2)
    arithmetic = f"{latest.figure} / {first.figure} = {latest.value / first.value:.2f}, printed {times.figure}"
    return check("growth", verdict, members, times, arithmetic, expected, reason)


def _by_both(sentence: Sentence, index: int) -> Check | None:
    """Return the check of a change in percent against the same change as a count: 121.6万,减少3.4万,下降2.7%."""
    relative = sentence.numbers[index]
    if index < 2 or relative.seen.kind != "change_rel" or relative.seen.unit != "%" or not _MOVES.match(relative.left):
        return None
    latest, count = sentence.numbers[index - 2], sentence.numbers[index - 1]
    moved = _net(count) if count.level else count
    if (
        moved is None
        or moved.share
        or _HELD.search(latest.gap)
        or not latest.level
        or latest.seen.unit != moved.seen.unit
        or not (latest.exact and moved.exact)
    ):
        return None
    before = Interval(latest.range.low - moved.range.high, latest.range.high - moved.range.low)
    if before.low <= 0 or moved.range.low * moved.range.high <= 0:
        return None
    ends = sorted(end / base * 100 for end in moved.range for base in before)
    expected, members = Interval(ends[0].quantize(_FINE), ends[-1].quantize(_FINE)), (latest, count, relative)
    verdict, reason = _nominal(*compared(expected, relative, members, relative.step), sentence)
    value = moved.value / (latest.value - moved.value) * 100
    sign = "-" if moved.value > 0 else "+"
    arithmetic = f"{_signed(moved)} / ({latest.figure} {sign} {moved.figure}) = {value:.2f}%, printed {_signed(relative)}"
    return check("growth", verdict, members, relative, arithmetic, expected, reason)


def _values(sentence: Sentence, index: int) -> tuple[Number, Number] | None:
    """Return the values before and after a change, where both are printed."""
    numbers = sentence.numbers
    if not (_MOVES.match(numbers[index].left) or _BY.fullmatch(numbers[index].left)):
        return None
    at = index - 1
    while at >= 0 and _is_change(numbers[at]):
        at -= 1
    if at < 0 or not numbers[at].level:
        return None
    latest = numbers[at]
    if at and latest.earlier and numbers[at - 1].level and numbers[at - 1].seen.unit == latest.seen.unit:
        return None if _of_another_time(numbers[index], latest) else (latest, numbers[at - 1])
    if at and _leads(sentence, numbers[at - 1], latest):
        return None if _of_another_time(numbers[index], numbers[at - 1]) else (numbers[at - 1], latest)
    behind = numbers[index + 1] if index + 1 < len(numbers) else None
    if behind and not numbers[index].level and _comparable(behind, latest) and _names_earlier(behind):
        return behind, latest
    return None


def _of_another_time(change: Number, first: Number) -> bool:
    """Say whether a change is named as one against another time than that of a value: 较2021年的960件…,较2022年减少62件."""
    against, of = _EARLIER.search(change.left), _EARLIER.search(first.gap)
    return bool(against and of) and against.group() != of.group()  # type: ignore[union-attr]


def _is_change(number: Number) -> bool:
    return bool(_BY.fullmatch(number.left)) if number.level else bool(_MOVES.match(number.left))


def _comparable(one: Number, other: Number) -> bool:
    return one.level and other.level and one.counts == other.counts and one.seen.unit == other.seen.unit and one.range.low > 0


def _leads(sentence: Sentence, first: Number, second: Number) -> bool:
    """Say whether one value led to another: 由…到…, or the same thing a year later."""
    if not _comparable(first, second):
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


def _nominal(verdict: str, reason: str, sentence: Sentence) -> tuple[str, str]:
    """Return a verdict that does not hold growth in real terms against values in prices of the year."""
    return (UNDECIDABLE, "definition") if verdict == FAILS and _REAL.search(sentence.text) else (verdict, reason)


def _checked(first: Number, second: Number, change: Number, sentence: Sentence) -> Check | None:
    members = (first, second, change)
    if not (first.exact and second.exact) or first.range.low <= 0:
        return None
    difference = Interval(second.range.low - first.range.high, second.range.high - first.range.low)
    if change.seen.unit in ("%", "倍"):
        return _relative(first, second, change, difference, sentence)
    points = change.seen.unit == "百分点" and first.share
    if not points and change.seen.unit != first.seen.unit and change.counts != first.counts:
        return None
    verdict, reason = compared(difference, change, members, change.step if points else Decimal(0))
    unit = change.seen.unit
    arithmetic = f"{second.figure} - {first.figure} = {written(second.value - first.value, second)}, printed {_signed(change)}{unit}"
    return check("growth", verdict, members, change, arithmetic, difference, reason)


def _signed(change: Number) -> str:
    return f"{'-' if change.value < 0 else ''}{change.figure}"


def _relative(first: Number, second: Number, change: Number, difference: Interval, sentence: Sentence) -> Check | None:
    if change.seen.unit == "倍":
        return None  # 增长2倍 and 增长到2倍 are written for one another
    low = second.range.low / first.range.high * 100 - 100
    high = second.range.high / first.range.low * 100 - 100
    expected = Interval(low.quantize(_FINE), high.quantize(_FINE))
    members = (first, second, change)
    verdict, reason = _nominal(*compared(expected, change, members, change.step), sentence)
    if verdict == HOLDS and (high - low) > max(_WIDEST * 100, change.step * 5):
        verdict, reason = UNDECIDABLE, "rounding"
    plain_change = second.value / first.value * 100 - 100
    arithmetic = f"({second.figure} - {first.figure}) / {first.figure} = {plain_change:.2f}%, printed {_signed(change)}"
    if verdict == FAILS and first.share and difference.low <= change.value <= difference.high:
        arithmetic += f"; the difference is {second.value - first.value:f} percentage points"
    return check("growth", verdict, members, change, arithmetic, expected, reason)
