"""What a printed number can stand for: an interval from its decimals, and the quotient of two of them.

In: a value with its printed form. Out: exact lowest and highest values. 128.47万 is anything from 1284650 to 1284750; 14家 is
14 and nothing else, a whole number printed in full being a count.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from weijian.comparability import SHARES
from weijian.units import quantity_of

_PRINTED = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_DIGITS = Decimal("0.0001")


class Interval(NamedTuple):
    """The lowest and the highest value that a printed number leaves open, both exact."""

    low: Decimal
    high: Decimal


def interval(value: Decimal, printed: str, unit: str) -> Interval:
    """Return what a value can be, given the form in which it is printed.

    >>> interval(Decimal(1284700), "128.47万人", "人")
    Interval(low=Decimal('1284650'), high=Decimal('1284750'))
    >>> interval(Decimal(14), "14家", "家")
    Interval(low=Decimal('14'), high=Decimal('14'))
    """
    found = _PRINTED.search(printed)
    number = Decimal(found.group().replace(",", "")) if found else Decimal(0)
    decimals = len(found[1] or "") if found else 0
    if not number or (decimals == 0 and number == value and quantity_of(unit) not in SHARES):
        return Interval(value, value)
    half = value / number * Decimal(10) ** -decimals / 2
    return Interval(value - half, value + half)


def quotient(above: Interval, below: Interval, scale: int = 1) -> Interval:
    """Return what ``scale`` times one number over another can be, rounded outwards to four decimals; below is positive.

    >>> quotient(Interval(Decimal(1), Decimal(1)), Interval(Decimal(2), Decimal(4)), 100)
    Interval(low=Decimal('25.0000'), high=Decimal('50.0000'))
    """
    low, high = above.low / below.high * scale, above.high / below.low * scale
    return Interval(low.quantize(_DIGITS, ROUND_FLOOR), high.quantize(_DIGITS, ROUND_CEILING))
