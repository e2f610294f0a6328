"""Rates of what is left when exceptions are taken off: 计划1240户,剔除关停62户,完成1178户,完成率100%.

In: a sentence with its numbers. Out: checks. A miss fails only where plan, exceptions and deed stand in this order and count the same;
in any other order only what agrees is sure to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from weijian.checks.numbers import Number, Sentence, said
from weijian.checks.verdicts import FAILS, HOLDS, Check, check, compared
from weijian.intervals import Interval, quotient

_EXCEPT, _DEED = re.compile(said("except")), re.compile(said("deed"))
_RATE = re.compile(r"率(?:为|达到?|是|约)?$")
_NEAR = 6
_FINEST = Decimal("0.01")


def is_exception(number: Number) -> bool:
    """Say whether a number is taken off another: 剔除关停的62户."""
    return number.level and not number.share and bool(_EXCEPT.search(number.gap))


def exception_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of the rates of a sentence whose base is a number without its exceptions."""
    numbers = sentence.numbers
    for at, taken in enumerate(numbers):
        if not is_exception(taken):
            continue
        wholes = [number for number in numbers[max(0, at - _NEAR) : at] if _is_count(number) and number.value > taken.value]
        if not wholes:
            continue
        for index in range(max(0, at - _NEAR), min(len(numbers), at + _NEAR)):
            rate = numbers[index]
            made = _checked(wholes[-1], taken, rate, numbers[index - 1] if index else None) if _is_rate(rate) else None
            if made:
                yield made


def _is_count(number: Number) -> bool:
    return number.level and not number.share and number.exact and number.value > 0 and not is_exception(number)


def _is_rate(number: Number) -> bool:
    return number.share and number.level and bool(_RATE.search(number.left))


def _checked(whole: Number, taken: Number, rate: Number, before: Number | None) -> Check | None:
    """Return the check of a rate: of what is left over the whole, or of the count before it over what is left."""
    left = Interval(whole.range.low - taken.range.high, whole.range.high - taken.range.low)
    if left.low <= 0:
        return None
    rest = f"({whole.figure} - {taken.figure})"
    counted = before if before and before is not whole and _is_count(before) else None
    above, below, members = (counted.range, left, (whole, taken, counted, rate)) if counted else (left, whole.range, (whole, taken, rate))
    expected = quotient(above, below, 100)
    verdict, _ = compared(expected, rate, members, rate.step)
    sure = counted is not None and taken.start < counted.start < rate.start and {whole.counts, taken.counts} == {counted.counts}
    if verdict == HOLDS and not sure and rate.step > _FINEST:
        return None
    if verdict != HOLDS and not (sure and counted and verdict == FAILS and _DEED.search(counted.left)):
        return None
    line = f"{counted.figure} / {rest}" if counted else f"{rest} / {whole.figure}"
    value = (counted.value / (whole.value - taken.value) if counted else (whole.value - taken.value) / whole.value) * 100
    return check("rate", verdict, members, rate, f"{line} = {value:.2f}%, printed {rate.figure}", expected)
