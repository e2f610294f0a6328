"""What a check says: its verdict by intervals, the numbers that take part, and the arithmetic in one line.

In: numbers and what they lead to expect. Out: a ``Check``. A number agrees when the interval that it can stand for meets the expected one;
it fails only when it misses by more than one of its last printed digit, so that a number cut off instead of rounded raises no alarm.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from weijian.checks.numbers import Number
from weijian.intervals import Interval

HOLDS, FAILS, UNDECIDABLE = "holds", "fails", "undecidable"


@dataclass(frozen=True, slots=True)
class Check:
    """One relation between numbers of a report; the fields are the columns of the table ``checks``."""

    report: str
    relation: str
    verdict: str
    members: str
    expected_low: Decimal | None
    expected_high: Decimal | None
    found: Decimal
    arithmetic: str
    reason: str = ""
    quote: str = ""

    @property
    def spans(self) -> list[list[int]]:
        """Where the numbers that take part begin and end."""
        return [list(map(int, span)) for span in json.loads(self.members)]


def check(
    relation: str,
    verdict: str,
    members: Sequence[Number],
    found: Number,
    arithmetic: str,
    expected: Interval | None = None,
    reason: str = "",
) -> Check:
    """Return a check; its members go in the order of the text."""
    spans = sorted({(number.seen.start, number.seen.end) for number in members})
    low, high = expected if expected else (None, None)
    return Check(
        found.seen.report, relation, verdict, json.dumps([list(span) for span in spans]),
        _finite(low), _finite(high), found.value, arithmetic, reason if verdict == UNDECIDABLE else "",
    )  # fmt: skip


def _finite(value: Decimal | None) -> Decimal | None:
    return value if value is not None and value.is_finite() else None


def compared(expected: Interval, found: Number, members: Sequence[Number], slack: Decimal = Decimal(0)) -> tuple[str, str]:
    """Return the verdict on a number and, where it is undecidable, the reason.

    ``slack`` is by how much it may miss before it fails, in its base unit.
    """
    meets = expected.low <= found.range.high and found.range.low <= expected.high
    loose = [number for number in members if not number.exact]
    if meets:
        return (UNDECIDABLE, "bound") if loose else (HOLDS, "")
    if any(number.seen.bound == "~" for number in loose):
        return UNDECIDABLE, "bound"
    near = expected.low <= found.range.high + slack and found.range.low - slack <= expected.high
    return (UNDECIDABLE, "rounding") if near else (FAILS, "")


def written(value: Decimal, like: Number) -> str:
    """Return a value in the form in which a number is printed: 13425800 like 1342.58万 is 1342.58万."""
    sign = next((sign for sign in ("%", "‰") if like.figure.endswith(sign)), "")
    body = like.figure.removesuffix(sign)
    magnitude = "".join(character for character in body if character in "十百千万亿")
    number = value / like.scale
    digits = max(2, -int(number.normalize().as_tuple().exponent)) if number != number.to_integral_value() else 0
    rounded = number.quantize(Decimal(10) ** -min(digits, 4))
    return f"{rounded:f}{magnitude}{sign}"
