"""What is said of a number beside another, and what no number can be.

In: a sentence with its numbers. Out: checks: 高于 and 低于 against the reference behind them, 超额完成 against target and outcome, shares above
100 %, more hours than a day has, ranges whose low end is above the high one, counts below nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from weijian.checks.numbers import Number, Sentence, counted_by, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check
from weijian.codebook import codebook
from weijian.intervals import Interval

_REFERS = re.compile(
    r"^(?:均|都|也|明显|大幅|远|继续|已)*(?P<way>高于|多于|超过|超出|大于|低于|少于|小于)(?=[^,;。]{0,14}(?:平均|均值|市均|省均|标准|目标|水平))[^,;。]{0,16}$"
)
_REFERS_TO = re.compile(
    r"^(?:均|都|也|明显|大幅|远|继续|已)*(?P<way>高于|多于|超过|超出|大于|低于|少于|小于)(?:全?[国省市州区县]家?|同期|上级|部颁|规定)[^,;。]{0,6}$"
)
_BENCHMARK = re.compile("的?(?:平均|均值|目标|标准|要求|水平)")
_UP = ("高于", "多于", "超过", "超出", "大于")
_SURPASSED, _AIM, _DEED = re.compile("超额(?:完成|实现)"), re.compile(said("aim")), re.compile(said("deed"))
_RATE = re.compile(r"(?:率|占比|比例|比重|覆盖面|知晓度|满意度)(?:为|达到?|高达|是|均|已)*$|占[^,;。]{0,12}的?$")
_EXCEEDING, _WORSE = re.compile(said("exceeding")), re.compile(said("worse"))
_MANY = re.compile("累计|合计|共|人均|每人|次均")
_MOVES = re.compile("由|从|降|减|缩|压|调|变|比|差")
_LOW = re.compile(r"(?<=[\u4e00-\u9fff])(?<![第件表栏页条版批号])(\d{1,3})[-—~]$")
_AMOUNT = re.compile("(?:人数|数量|总数|总量|例数|件数|户数)$")


def reference_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of references and of targets that are said to be surpassed."""
    for index, number in enumerate(sentence.numbers):
        found = _REFERS.match(number.left) or (_REFERS_TO.match(number.left) if _BENCHMARK.match(number.right) else None)
        own = _own(sentence, index) if found and number.level else None
        if found and own:
            made = _compared(own, number, found["way"])
            if made:
                yield made
    surpassed = _SURPASSED.search(sentence.text)
    if surpassed:
        yield from _aims(sentence)


def _own(sentence: Sentence, index: int) -> Number | None:
    """Return the own value before a reference, past its changes."""
    reference = sentence.numbers[index]
    for number in reversed(sentence.numbers[:index]):
        if number.level:
            return number if number.seen.unit == reference.seen.unit else None
    return None


def _compared(own: Number, reference: Number, way: str) -> Check | None:
    up = way in _UP
    exact = Interval(*(own.value, own.value)) if own.exact else own.range
    theirs = Interval(reference.value, reference.value)
    if reference.seen.unit == "%" and reference.value * 2 < own.value:
        return None  # 高于平均2.3% may be by how much
    if not up and reference.value * 2 < own.value:
        return None
    low, high = (theirs, exact) if up else (exact, theirs)
    if low.high < high.low:
        verdict = HOLDS
    elif high.high < low.low:
        verdict = FAILS
    else:
        verdict = UNDECIDABLE
    sign = "<" if verdict == FAILS and up else ">" if verdict == FAILS else ">" if up else "<"
    arithmetic = f"{own.figure} {sign} {reference.figure}, said {way}"
    return check("reference", verdict, (own, reference), own, arithmetic, theirs, "bound" if not own.exact else "rounding")


def _aims(sentence: Sentence) -> Iterator[Check]:
    """Yield the check of a target and an outcome in a sentence that says that the one was surpassed."""
    levels = [number for number in sentence.numbers if number.level and not number.share]
    aims = [number for number in levels if _AIM.search(number.left) and not re.search("实际|已", number.left)]
    deeds = [number for number in levels if number not in aims and (_DEED.search(number.left) or number.seen.status == "actual")]
    if len(aims) != 1 or len(deeds) != 1 or aims[0].counts != deeds[0].counts:
        return
    aim, deed = aims[0], deeds[0]  # a target is no rounded number: 6万 is 60000
    verdict = FAILS if deed.range.high < aim.value else HOLDS if deed.exact and aim.value <= deed.range.low else UNDECIDABLE
    sign = "<" if deed.value < aim.value else "≥"
    arithmetic = f"{deed.figure} {sign} {aim.figure}, said to surpass it"
    yield check("reference", verdict, (aim, deed), deed, arithmetic, Interval(aim.value, aim.value), "bound")


@cache
def _spans() -> list[tuple[re.Pattern[str], str, int]]:
    return [(re.compile(row["span"]), row["unit"], int(row["most"])) for row in codebook().rows("check_spans")]


def range_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield a check for each number that cannot be."""
    for index, number in enumerate(sentence.numbers):
        if not number.level or number.seen.status == "reference":
            continue
        made = _too_large(number) or _too_long(number) or _negative(sentence, number)
        if made:
            yield made
        else:
            first = _low_end(number) or (sentence.numbers[index - 1] if index else None)
            if first:
                yield from _reversed(first, number)


def _too_large(number: Number) -> Check | None:
    """Return the check of a share above 100 %."""
    if not number.share or number.range.low <= 100 or number.seen.bound in ("<", "<=") or not _RATE.search(number.left):
        return None
    if _EXCEEDING.search(number.left) or _EXCEEDING.search(number.seen.subject) or _AIM.search(number.left):
        return None
    return check("range", FAILS, [number], number, f"printed {number.figure}, at most 100%", Interval(*_ends(0, 100)))


def _too_long(number: Number) -> Check | None:
    """Return the check of more hours than a day has, and the like."""
    for span, unit, most in _spans():
        words = number.left
        if number.seen.unit == unit and span.search(words) and not _MANY.search(words) and number.range.low > most:
            return check("range", FAILS, [number], number, f"printed {number.printed}, at most {most}{unit}", Interval(*_ends(0, most)))
    return None


def _negative(sentence: Sentence, number: Number) -> Check | None:
    """Return the check of a count below nothing: 人数-5人."""
    if number.share or sentence.text.count("-") != 1 or not number.gap.endswith("-"):
        return None
    if not _AMOUNT.search(number.gap[:-1]) or _MOVES.search(number.left) or "增" in number.left:
        return None
    return check("range", FAILS, [number], number, f"printed -{number.printed}, at least 0")


def _low_end(number: Number) -> Number | None:
    """Return the low end of a range that is no number by itself, as the 8 of 8-5个."""
    found = _LOW.search(number.gap)
    if not found or not number.exact:
        return None
    length = len(found.group())
    at = number.start - length
    seen = replace(number.seen, start=number.seen.start - length, end=number.seen.start - 1, value=Decimal(found[1]))
    return Number(seen, at, at + length - 1, found[1], value=Decimal(found[1]), left=number.gap[: found.start()])


def _reversed(first: Number, second: Number) -> Iterator[Check]:
    """Yield the check of a range whose low end is above its high end."""
    if (
        not second.gap.endswith(("-", "—", "~", "至"))
        or (len(second.gap) > 1 and first.end != second.start - 1)
        or not first.level
        or counted_by(first.seen.unit) != counted_by(second.seen.unit)
    ):
        return
    if first.value <= second.value or _MOVES.search(first.left) or not first.printed[-1].isdigit():
        return
    yield check(
        "range", FAILS, (first, second), second, f"printed {first.printed}{second.gap}{second.printed}: {first.figure} > {second.figure}"
    )


def _ends(low: int, high: int) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(high)
