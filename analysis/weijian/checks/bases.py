"""Age groups: the number of persons that a rate of an age group implies, against what other rates or words say of the same or a wider one.

In: all sentences of a document. Out: checks of the relation ``denominator``. Groups of one name may be defined differently (registered or
resident, by year's end or at the examination), so that a disagreement is shown as undecidable and never as a failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from weijian.checks.numbers import Number, Sentence, said
from weijian.checks.verdicts import HOLDS, UNDECIDABLE, Check, check
from weijian.intervals import Interval, quotient

_AGE = re.compile(r"(\d{2})(?:周)?岁(?:及|或|含)?(?:其)?以上")
_QUALIFIER, _CONDITIONAL = re.compile(said("qualifier")), re.compile(said("conditional"))
_RATE = re.compile(r"率(?:为|达到?|是|约)*$")
_ITSELF = re.compile(r"(?:老年人|老人|人口|居民|人群)(?:数|总数)?(?:共有|现有|共计|为|有|达到?|约)*$")


@dataclass(frozen=True, slots=True)
class _Base:
    """How many persons an age group has: as printed, or as a rate with its numerator implies."""

    age: int
    qualifiers: frozenset[str]
    size: Interval
    members: tuple[Number, ...]

    @property
    def reckoning(self) -> str:
        middle = f"{(self.size.low + self.size.high) / 2:.0f}"
        figures = " / ".join(number.figure for number in self.members)
        return f"{self.age}+: {figures} = {middle}" if len(self.members) > 1 else f"{self.age}+: {figures}"


def base_checks(found: Iterable[Sentence]) -> Iterator[Check]:
    """Yield a check for each base of an age group against the one before it, and against the nearest of a wider group."""
    known: dict[tuple[str, frozenset[str]], dict[int, _Base]] = {}
    for sentence in found:
        for base in _bases(sentence):
            others = known.setdefault((sentence.report, base.qualifiers), {})
            same = others.get(base.age)
            if same and (len(same.members) > 1 or len(base.members) > 1):
                yield _compared(same, base)
            yield from _nested(base, others.values())
            others[base.age] = base


def _bases(sentence: Sentence) -> Iterator[_Base]:
    for index, number in enumerate(sentence.numbers):
        if not number.exact or not number.level:
            continue
        before = sentence.numbers[index - 1] if index else None
        base = _implied(before, number) if before and number.share else _printed(number)
        if base:
            yield base


def _printed(number: Number) -> _Base | None:
    age = _AGE.search(number.left)
    if not age or number.counts != "person" or not _ITSELF.search(number.left[age.end() :]):
        return None
    return _Base(int(age[1]), _qualifiers(number), number.range, (number,))


def _implied(numerator: Number, rate: Number) -> _Base | None:
    """Return the base of a rate that stands behind its numerator, where both speak of one age group."""
    age, own = _AGE.search(numerator.left), _AGE.search(rate.left)
    fits = numerator.counts == "person" and numerator.level and numerator.exact and _RATE.search(rate.left) and rate.range.low > 0
    if not age or not fits or _CONDITIONAL.search(rate.left) or _ITSELF.search(numerator.left):
        return None
    if own and (own[1] != age[1] or _qualifiers(rate) != _qualifiers(numerator)):
        return None
    return _Base(int(age[1]), _qualifiers(numerator), quotient(numerator.range, rate.range, 100), (numerator, rate))


def _qualifiers(number: Number) -> frozenset[str]:
    return frozenset(_QUALIFIER.findall(number.left))


def _compared(one: _Base, other: _Base) -> Check:
    meets = one.size.low <= other.size.high and other.size.low <= one.size.high
    members = (*one.members, *other.members)
    reckoning = f"{one.reckoning}; {other.reckoning}"
    return check("denominator", HOLDS if meets else UNDECIDABLE, members, other.members[-1], reckoning, reason="definition")


def _nested(base: _Base, others: Iterable[_Base]) -> Iterator[Check]:
    """Yield the check of two groups of which the elder cannot be larger than the wider one."""
    for other in others:
        older, wider = (base, other) if base.age > other.age else (other, base)
        if older.age > wider.age and older.size.low > wider.size.high:
            members = (*other.members, *base.members)
            reckoning = f"{older.reckoning} > {wider.reckoning}"
            yield check("denominator", UNDECIDABLE, members, base.members[-1], reckoning, reason="definition")
