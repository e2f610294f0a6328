"""Which words set a report apart: log-odds with an informative Dirichlet prior.

In: readings. Out: rows of ``KEYNESS``: the highest words of each report against all others, and of each genre against the others.
Words are those of ``segments``, of the body alone. The score is that of B. L. Monroe, M. P. Colaresi and K. M. Quinn, “Fightin' Words:
Lexical Feature Selection and Evaluation for Identifying the Content of Political Conflict”, Political Analysis 16(4), 2008, 372-403.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from weijian.body import bodies
from weijian.records import Reading
from weijian.schema import Column, Table
from weijian.segments import counted_words

MOST, LEAST = 40, 3
"""How many words of each report are kept, and how often a word must stand there: one or two may be chance."""
KEYNESS = Table(
    "keyness",
    "Keyness: the words that set a report apart from the others, and a genre from the others",
    (
        Column("report", "the report; empty where a whole genre is compared", refers="reports"),
        Column("genre", "the genre that is compared with the others; empty where a report is", words="genre"),
        Column("word", "the word", required=True),
        Column("count", "how often it stands there", type="integer", required=True, unit="occurrences"),
        Column("others", "how often it stands in all others", type="integer", required=True, unit="occurrences"),
        Column("score", "log-odds with an informative Dirichlet prior, in standard deviations", type="decimal", required=True),
    ),
    ("report", "genre", "word"),
)
Counts = Mapping[str, int]


def keyness_rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """Yield rows of ``KEYNESS``: for each report, then for each genre, the words with the highest scores, ties by word.

    Reports are in the order of their keys, genres likewise; where there is nothing to compare with there is no row. A word must
    stand more often than the others would lead one to expect: scores are above 0.
    """
    counts, genres = _counts(readings)
    whole = _sum(counts.values())
    for key in sorted(counts):
        yield from ({"report": key, "genre": "", **row} for row in _best(counts[key], whole))
    for genre in sorted(set(genres.values())):
        own = _sum(found for key, found in counts.items() if genres[key] == genre)
        yield from ({"report": "", "genre": genre, **row} for row in _best(own, whole))


def contrast(own: Counts, others: Counts) -> list[dict[str, Any]]:
    """Return the words of one text that set it apart from another, the highest score first: word, count, others and score.

    The prior of a word is its count in both texts together. The score is the difference of the two log-odds over its estimated
    standard deviation, with three decimals; of the words that stand there three times or more the 40 highest above 0 are
    returned.

    >>> [(row["word"], str(row["score"])) for row in contrast({"签约": 6, "医院": 2}, {"签约": 1, "医院": 5})]
    [('签约', '1.721')]
    """
    return _best(own, _sum([own, others]))


def _best(own: Counts, whole: Counts) -> list[dict[str, Any]]:
    """Return the words that set a text apart from the rest of a whole that it is part of."""
    size = sum(own.values())
    sizes = size, sum(whole.values()) - size
    if not all(sizes):
        return []
    scores = {word: _score((count, whole[word] - count), sizes) for word, count in own.items() if count >= LEAST}
    best = sorted((word for word, score in scores.items() if score > 0), key=lambda word: (-scores[word], word))[:MOST]
    return [{"word": word, "count": own[word], "others": whole[word] - own[word], "score": scores[word]} for word in best]


def _sum(texts: Iterable[Counts]) -> Counter[str]:
    found: Counter[str] = Counter()
    for counts in texts:
        found.update(counts)
    return found


def _score(counts: tuple[int, int], sizes: tuple[int, int]) -> Decimal:
    """Return the standard score of a word: delta over sigma, with the pooled count as prior."""
    prior, whole = sum(counts), sum(sizes)
    first, second = counts[0] + prior, counts[1] + prior
    remaining = [max(size + whole - with_prior, 1) for size, with_prior in zip(sizes, (first, second), strict=True)]  # all words may be one
    delta = math.log(first / remaining[0]) - math.log(second / remaining[1])
    return Decimal(str(round(delta / math.sqrt(1 / first + 1 / second), 3)))


def _counts(readings: Iterable[Reading]) -> tuple[dict[str, Counter[str]], dict[str, str]]:
    """Return how often each word stands in each report, and the reports' genres; names of the reports' places are not counted."""
    found = [body for reading in readings for body in bodies(reading)]
    places = {report.place_code for report, _ in found if report.place_code}
    counts = {report.key: Counter(counted_words((sentence.words for sentence in sentences), places)) for report, sentences in found}
    return counts, {report.key: report.genre for report, _ in found}
