"""Which words set a report apart: log-odds with an informative Dirichlet prior.

In: how often each word stands in each report. Out: rows of ``KEYNESS``: the highest words of each report against all others, and of
each genre against the others.
Words are those of ``segments``, of the body alone. The score is that of B. L. Monroe, M. P. Colaresi and K. M. Quinn, “Fightin' Words:
Lexical Feature Selection and Evaluation for Identifying the Content of Political Conflict”, Political Analysis 16(4), 2008, 372-403.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
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


def word_counts(reading: Reading) -> list[tuple[str, str, Counts]]:
    """Return key, genre and word counts of each report of a document; names of the report's place are not counted.

    >>> from weijian.reading import read
    >>> [(key, genre, counts["医共体"]) for key, genre, counts in word_counts(read("2023年工作要点\\n新建医共体,支持医共体。", "p"))]
    [('p#1', 'plan', 2)]
    """
    return [
        (report.key, report.genre, Counter(counted_words((sentence.words for sentence in sentences), {report.place_code} - {""})))
        for report, sentences in bodies(reading)
    ]


def by_genre(counts: Iterable[tuple[str, Counts]]) -> dict[str, Counter[str]]:
    """Return counts that each come with a genre added up, one for each genre.

    >>> by_genre([("plan", {"签约": 2}), ("plan", {"签约": 1, "医院": 1})])
    {'plan': Counter({'签约': 3, '医院': 1})}
    """
    added: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for genre, each in counts:
        added[genre].update(each)
    return dict(added)


class Whole:
    """All texts together that a text is compared with, from the counts of all."""

    def __init__(self, words: Counts) -> None:
        self._words, self._total = words, sum(words.values())

    def genre_rows(self, genres: Mapping[str, Counts]) -> Iterator[dict[str, Any]]:
        """Yield rows of ``KEYNESS`` for each genre, as ``report_rows`` does for a report; ``genres`` are as of ``by_genre``."""
        for genre, counts in sorted(genres.items()):
            yield from ({"report": "", "genre": genre, **row} for row in self.best(counts))

    def report_rows(self, report: str, counts: Counts) -> Iterator[dict[str, Any]]:
        """Yield rows of ``KEYNESS`` for one of the texts."""
        yield from ({"report": report, "genre": "", **row} for row in self.best(counts))

    def best(self, own: Counts) -> list[dict[str, Any]]:
        """Return the words that set one of the texts apart from the rest, the highest scores first, ties by word.

        Where there is nothing to compare with there is none. A word must stand more often than the others would lead one to expect:
        scores are above 0.
        """
        size = sum(own.values())
        sizes = size, self._total - size
        if not all(sizes):
            return []
        whole = self._words
        scores = {word: _score((count, whole[word] - count), sizes) for word, count in own.items() if count >= LEAST}
        best = sorted((word for word, score in scores.items() if score > 0), key=lambda word: (-scores[word], word))[:MOST]
        return [{"word": word, "count": own[word], "others": whole[word] - own[word], "score": Decimal(str(scores[word]))} for word in best]


def contrast(own: Counts, others: Counts) -> list[dict[str, Any]]:
    """Return the words of one text that set it apart from another, the highest score first: word, count, others and score.

    The prior of a word is its count in both texts together. The score is the difference of the two log-odds over its estimated
    standard deviation, with three decimals; of the words that stand there three times or more the 40 highest above 0 are
    returned.

    >>> [(row["word"], str(row["score"])) for row in contrast({"签约": 6, "医院": 2}, {"签约": 1, "医院": 5})]
    [('签约', '1.721')]
    """
    return Whole(Counter(own) + Counter(others)).best(own)


def _score(counts: tuple[int, int], sizes: tuple[int, int]) -> float:
    """Return the standard score of a word with three decimals: delta over sigma, with the pooled count as prior."""
    prior, whole = sum(counts), sum(sizes)
    first, second = counts[0] + prior, counts[1] + prior
    delta = math.log(first / max(sizes[0] + whole - first, 1)) - math.log(
        second / max(sizes[1] + whole - second, 1)
    )  # all words may be one
    return round(delta / math.sqrt(1 / first + 1 / second), 3)
