"""Do a report's own numbers agree with one another?

In: a Reading. Out: a ``Check`` for each relation between numbers that the text claims: whether it holds, fails or cannot be decided, with
the numbers that take part, what is expected of the one that is tested, and the arithmetic in one line. What each verdict says to a reader
stands in codebook/check_sentences.csv, the words by which relations are found in codebook/check_cues.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from weijian.checks.bases import base_checks
from weijian.checks.density import density_checks
from weijian.checks.exceptions import exception_checks
from weijian.checks.groups import groups
from weijian.checks.growth import growth_checks
from weijian.checks.limits import range_checks, reference_checks
from weijian.checks.lists import list_checks
from weijian.checks.numbers import Sentence, sentences
from weijian.checks.paragraphs import paragraph_checks
from weijian.checks.rates import Pair, denominator_checks, pairs, rate_checks
from weijian.checks.repeats import repeat_checks
from weijian.checks.shares import share_checks, whole_number_checks
from weijian.checks.sums import sum_checks
from weijian.checks.tabled import table_checks
from weijian.checks.together import together_checks
from weijian.checks.verdicts import Check
from weijian.records import Reading

__all__ = ["Check", "check_rows"]


def check_rows(reading: Reading) -> Iterator[Check]:
    """Yield every check of a document, each relation between the same numbers once, in the order of the text within each kind.

    >>> from weijian.reading import read
    >>> for row in check_rows(read("全市现有床位700张,其中公办300张、民办450张。")):
    ...     print(row.relation, row.verdict, row.members, row.arithmetic)
    sum fails [[6, 10], [15, 19], [22, 26]] 300 + 450 = 750, printed 700
    """
    seen: set[tuple[str, str, str]] = set()
    sentences_at = {each.start: (each.sentence_start, each.sentence_end) for each in reading.observations}
    for row in _all(reading):
        key = (row.report, row.relation, row.members)
        if key not in seen:
            seen.add(key)
            yield replace(row, quote=_quote(reading.document.text, row, sentences_at))


def _quote(text: str, row: Check, known: Mapping[int, tuple[int, int]]) -> str:
    """Return the sentences that hold the numbers of a check; a number that is no observation is quoted with its line."""
    spans = [known.get(start) or _line(text, start, end) for start, end in row.spans]
    quotes: list[str] = []
    last = -1
    for start, end in sorted(set(spans)):
        if end > last:
            quotes += ["…"] * bool(quotes and text[last:start].strip()) + [text[max(start, last) : end]]
            last = end
    return "".join(quotes)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, last if last >= 0 else len(text)


def _all(reading: Reading) -> Iterator[Check]:
    found = list(sentences(reading))
    rated: list[Pair] = []
    for sentence in found:
        yield from _of_sentence(sentence)
        mine = list(pairs(sentence))
        yield from rate_checks(mine)
        rated += mine
    yield from denominator_checks(rated)
    yield from base_checks(found)
    yield from repeat_checks(found)
    yield from paragraph_checks(found)
    yield from table_checks(reading)


def _of_sentence(sentence: Sentence) -> Iterator[Check]:
    grouped = groups(sentence)
    yield from sum_checks(grouped)
    yield from list_checks(sentence)
    yield from share_checks(sentence, grouped)
    yield from whole_number_checks(sentence)
    yield from exception_checks(sentence)
    yield from density_checks(sentence)
    yield from growth_checks(sentence)
    yield from together_checks(sentence, grouped)
    yield from reference_checks(sentence)
    yield from range_checks(sentence)
