"""The same fact printed twice in a report: equal, or not.

In: all sentences of a document. Out: checks, one for each fact that is printed more than once. Two numbers are of one fact when their
clauses read the same but for framing words, and unit, kind, period, scope and status are the same. Unequal ones fail only where the
words of both say that the whole place or year is counted, or where what one campaign brought exceeds what the whole year did; elsewhere
the context may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from weijian.checks.numbers import Number, Sentence, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check
from weijian.intervals import Interval
from weijian.units import quantity_of

_FRAME, _EVERYWHERE, _NARROWS = re.compile(said("frame")), re.compile(said("everywhere")), re.compile(said("narrows"))
_BACK = re.compile("其中|上述|该|此类|分别|其余|另|每")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Fact:
    number: Number
    sentence: Sentence
    index: int


def repeat_checks(found: Iterable[Sentence]) -> Iterator[Check]:
    """Yield a check for each fact that is printed more than once."""
    facts: dict[tuple[str, ...], list[_Fact]] = {}
    for sentence in found:
        for index, number in enumerate(sentence.numbers):
            key = _key(number)
            if key:
                facts.setdefault(key, []).append(_Fact(number, sentence, index))
    for same in facts.values():
        apart = _in_sentences_of_their_own(same)
        if len(apart) > 1:
            made = _checked(apart)
            yield from made
            if made and len(apart) == 2:
                yield from _chained(apart, made[0])


def _key(number: Number) -> tuple[str, ...]:
    """Return what makes a fact: report, words, unit, kind, year, scope and status; empty where the words do not tell."""
    seen = number.seen
    if not number.level or seen.status == "reference" or number.depth or _BACK.search(number.words) or "、" in number.left:
        return ()
    if quantity_of(seen.unit) in ("time", "multiple", "age") or not number.printed[0].isdigit():
        return ()
    words = f"{_FRAME.sub('', number.left)}|{_FRAME.sub('', number.right)}"
    if len(_HAN.findall(words)) < _SHORTEST or "|" not in words:
        return ()
    if not number.left and not seen.indicator:
        return ()  # 14家社区 is mostly somebody who does something
    return seen.report, words, seen.unit, seen.kind, number.year, seen.scope, seen.status, seen.stage


def _in_sentences_of_their_own(same: Sequence[_Fact]) -> list[_Fact]:
    """Return the facts of which no other stands in the same sentence."""
    homes = [id(fact.sentence) for fact in same]
    return [fact for fact in same if homes.count(id(fact.sentence)) == 1]


def _chained(same: Sequence[_Fact], made: Check) -> Iterator[Check]:
    """Yield the checks of what follows two repeated facts in the same short words: 案件30件,罚款8万元."""
    one, other = (fact.sentence.numbers[fact.index + 1 :] for fact in same)
    for first, second in zip(one, other, strict=False):
        if not first.left or first.left != second.left or first.seen.unit != second.seen.unit or not (first.level and second.level):
            return
        meets = first.range.low <= second.range.high and second.range.low <= first.range.high
        if not (first.exact and second.exact) or (not meets and made.verdict != FAILS):
            return
        sign = "=" if meets else "≠"
        arithmetic = f"{first.printed} {sign} {second.printed}"
        yield check("repeat", HOLDS if meets else FAILS, (first, second), second, arithmetic, first.range)


def _checked(same: Sequence[_Fact]) -> list[Check]:
    numbers = [fact.number for fact in same]
    low, high = max(number.range.low for number in numbers), min(number.range.high for number in numbers)
    loose = any(not number.exact for number in numbers)
    verdict, reason = HOLDS, ""
    if low > high:
        verdict, reason = (FAILS, "") if _contradict(same) and not loose else (UNDECIDABLE, "context")
    if loose and len({(number.value, number.seen.bound) for number in numbers}) > 1:
        return []
    if verdict == UNDECIDABLE and not _worth(numbers):
        return []
    sign = " = " if verdict == HOLDS else " ≠ "
    expected = Interval(numbers[0].range.low, numbers[0].range.high)
    return [check("repeat", verdict, numbers, numbers[-1], sign.join(number.printed for number in numbers), expected, reason)]


def _contradict(same: Sequence[_Fact]) -> bool:
    """Say whether unequal facts cannot both be: of the whole place all of them, or more in a part than in the whole."""
    if not all(map(_is_whole, same)):
        return False
    narrow = [fact.number.range.low for fact in same if _is_narrowed(fact)]
    wide = [fact.number for fact in same if not _is_narrowed(fact)]
    return not narrow or (len(wide) == 1 and not wide[0].share and min(narrow) > wide[0].range.high)


def _is_narrowed(fact: _Fact) -> bool:
    """Say whether the clauses before a fact in its sentence may restrict it to a campaign or a field."""
    number, sentence = fact.number, fact.sentence
    lead = sentence.text[: number.start - len(number.left) - sentence.start]
    return bool(_NARROWS.search(lead))


def _is_whole(fact: _Fact) -> bool:
    """Say whether a fact is of the whole place or year by its own words, or an indicator of the place."""
    if _EVERYWHERE.search(fact.number.left):
        return True
    return bool(fact.number.seen.indicator and not fact.number.seen.scope and fact.number.share)


def _worth(numbers: Sequence[Number]) -> bool:
    """Say whether an undecided pair is worth showing: two, in words that are long enough to be the same fact."""
    return len(numbers) == 2 and min(len(_HAN.findall(number.left)) for number in numbers) >= 2 * _SHORTEST
