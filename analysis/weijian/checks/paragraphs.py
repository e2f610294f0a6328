"""Relations across the sentences of a report: a total whose parts follow later in its paragraph, facts that are told twice in other words,
one service that is counted in several scopes.

In: all sentences of a document. Out: checks. Words alone lead to none of them: the numbers have to agree, to more digits than chance allows,
or nothing more is said than that the scopes may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from weijian.checks.numbers import Number, Sentence, alike
from weijian.checks.sums import sum_checks
from weijian.checks.verdicts import HOLDS, UNDECIDABLE, Check, check
from weijian.checks.wholes import Group, agrees
from weijian.phrases import core

_NAMED = re.compile("“([^”]{3,10})”")
_FEWEST, _DIGITS, _TOLD = 3, 4, 3
_HAN = re.compile("[\u4e00-\u9fff]{2}")


def paragraph_checks(found: Sequence[Sentence]) -> Iterator[Check]:
    """Yield the checks across the sentences of a document."""
    for earlier, sentence in _later_in_line(found):
        yield from sum_checks(list(_spread(earlier, sentence)))
    yield from _told_twice(found)
    yield from _in_scopes(found)


def _later_in_line(found: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], Sentence]]:
    """Yield each sentence with those before it in its paragraph."""
    line: list[Sentence] = []
    for sentence in found:
        line = line if line and line[0].line == sentence.line and line[0].report == sentence.report else []
        yield line, sentence
        line = [*line, sentence][-6:]


def _digits(number: Number) -> int:
    return len(re.sub("[^0-9]", "", number.figure).strip("0"))


def _spread(earlier: Sequence[Sentence], sentence: Sentence) -> Iterator[Group]:
    """Yield the total of an earlier sentence with three or more parts listed here that add up to it."""
    numbers = sentence.numbers
    if not earlier or len(numbers) < _FEWEST:
        return
    deed = core(numbers[0].left)[-2:]
    run = [
        number for number in numbers if number.level and not number.share and alike(number, numbers[0]) and core(number.left).endswith(deed)
    ]
    if len(deed) < 2 or run != numbers[: len(run)]:
        return
    for home in reversed(earlier):
        for total in home.numbers:
            fits = total.level and alike(total, numbers[0]) and core(total.left).endswith(deed) and _digits(total) >= _DIGITS
            for count in range(_FEWEST, len(run) + 1) if fits else ():
                group = Group(total, tuple(run[:count]), claimed=False)
                if agrees(group):
                    yield group
                    return


def _told_twice(found: Sequence[Sentence]) -> Iterator[Check]:
    """Yield the checks of two numbers side by side that stand side by side again in words that are partly the same."""
    seen: dict[tuple[str, ...], tuple[Number, Number]] = {}
    for sentence in found:
        levels = [number for number in sentence.numbers if number.level and not number.share]
        for pair in pairwise(
            number for before, number in zip([None, *levels], levels, strict=False) if not before or before.value != number.value
        ):
            if min(map(_digits, pair)) < _TOLD:
                continue
            key = (sentence.report, *(f"{number.figure} {number.seen.unit}" for number in pair))
            first = seen.setdefault(key, pair)
            if first is not pair and all(_share_words(*two) for two in zip(first, pair, strict=True)):
                for one, other in zip(first, pair, strict=True):
                    yield check("repeat", HOLDS, (one, other), other, f"{one.printed} = {other.printed}", one.range)


def _share_words(one: Number, other: Number) -> bool:
    """Say whether the words before two numbers share a pair of characters."""
    return any(one.left[at : at + 2] in other.left for at in range(len(one.left) - 1) if _HAN.match(one.left, at))


def _in_scopes(found: Sequence[Sentence]) -> Iterator[Check]:
    """Yield a check for a service with a name of its own that is counted twice, with other numbers: the scopes may differ."""
    first: dict[tuple[str, str, str], Number] = {}
    bare: dict[tuple[str, str, str], Number] = {}
    for sentence in found:
        for number in sentence.numbers:
            quoted = _NAMED.match(number.left)
            if number.level and not number.share:
                kept, name = (first, quoted[1]) if quoted else (bare, number.left)
                kept.setdefault((sentence.report, name, number.counts), number)
    for key, one in first.items():
        other = bare.get(key)
        if other and other.value != one.value:
            earlier, later = sorted((one, other), key=lambda number: number.start)
            yield check("repeat", UNDECIDABLE, (one, other), later, f"{earlier.printed} ≠ {later.printed}", earlier.range, "context")
