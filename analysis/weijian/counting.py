"""The words of many documents counted together, and what sets each report apart from all others, packed: work for the same workers.

In: the packs of documents. Out: packs: the counts of some documents together, those of all, and the rows of ``KEYNESS`` for some.
A process that compares reports holds one number for each word of the corpus, and reads these once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from weijian.assembly import WORDS, chunks
from weijian.codebook import work_with
from weijian.freshness import digest
from weijian.joining import Keys
from weijian.keyness import Counts, Whole, by_genre
from weijian.packs import Packs
from weijian.tables import TABLES

TOGETHER = 50
"""How many documents a task goes through."""
GENRES = "genres"
"""The section that holds the words of each genre; ``WORDS`` holds those of all."""


@dataclass(frozen=True, slots=True)
class CountTask:
    """Documents whose words are to be counted together: ``own`` are the keys of their packs, ``first`` is the number of the first."""

    packs: str
    basis: str
    own: Keys
    first: int

    @property
    def name(self) -> str:
        """The documents, as messages name them."""
        return f"words of {_numbers(self)}"

    @property
    def where(self) -> str:
        """The documents, as errors name them."""
        return f"the {self.name}"

    @property
    def key(self) -> str:
        """The hash of all that the pack depends on."""
        return digest(self.basis, "words", *self.own)

    def run(self) -> str:
        """Add up the counts, keep the pack, and return its key."""
        packs = Packs(Path(self.packs))
        counted = by_genre((genre, counts) for _, genre, counts in _texts(packs, self.own))
        packs.write(self.key, "", {}, {GENRES: counted})
        return self.key


@dataclass(frozen=True, slots=True)
class KeynessTask:
    """Documents whose reports are to be compared with all others, or, where there are none, the genres with each other.

    ``own`` are the keys of their packs, ``first`` is the number of the first, ``whole`` the key of the counts of all documents.
    """

    root: str
    packs: str
    basis: str
    own: Keys
    first: int
    whole: str

    @property
    def name(self) -> str:
        """What is compared, as messages name it."""
        return f"keyness of {_numbers(self) if self.own else 'genres'}"

    @property
    def where(self) -> str:
        """What is compared, as errors name it."""
        return f"the {self.name}"

    @property
    def key(self) -> str:
        """The hash of all that the pack depends on."""
        return digest(self.basis, "keyness", self.whole, *self.own)

    def run(self) -> str:
        """Compare the reports, keep the pack, and return its key."""
        book, packs = work_with(Path(self.root)), Packs(Path(self.packs))
        whole = _whole(packs.folder, self.whole)
        rows: list[dict[str, Any]] = [] if self.own else list(whole.genre_rows(packs.sections(self.whole, GENRES)[0]))
        rows += [row for key, _, counts in _texts(packs, self.own) for row in whole.report_rows(key, counts)]
        table = TABLES["keyness"]
        by_report = [list(each) for _, each in groupby(rows, key=lambda row: row["report"])]
        found = [chunk for each in by_report for chunk in chunks(table, each, (), book.allowed)]
        packs.write(self.key, "", {table.name: found})
        return self.key


def count_tasks(packs: Packs, basis: str, documents: Sequence[str]) -> list[CountTask]:
    """Return the tasks that count the words of documents, given by the keys of their packs."""
    return [CountTask(str(packs.folder), basis, own, at * TOGETHER + 1) for at, own in enumerate(_parted(documents))]


def keyness_tasks(root: Path, packs: Packs, basis: str, documents: Sequence[str], whole: str) -> list[KeynessTask]:
    """Return the tasks that compare the reports of documents with all others, which ``counted_whole`` has added up."""
    parted = [KeynessTask(str(root), str(packs.folder), basis, own, at * TOGETHER + 1, whole) for at, own in enumerate(_parted(documents))]
    return [KeynessTask(str(root), str(packs.folder), basis, (), 0, whole), *parted]


def counted_whole(packs: Packs, basis: str, counted: Iterable[str]) -> str:
    """Add up what was counted of all documents, keep it as a pack, and return its key; ``counted`` are the keys of ``count_tasks``."""
    keys = tuple(counted)
    whole = digest(basis, "all words", *keys)
    if not packs.known(whole):
        genres = by_genre(part for key in keys for part in packs.sections(key, GENRES)[0].items())
        packs.write(whole, "", {}, {GENRES: genres, WORDS: sum(genres.values(), Counter())})
    return whole


def _numbers(task: CountTask | KeynessTask) -> str:
    return f"documents {task.first} to {task.first + len(task.own) - 1}"


def _parted(documents: Sequence[str]) -> Iterator[Keys]:
    for first in range(0, len(documents), TOGETHER):
        yield tuple(documents[first : first + TOGETHER])


def _texts(packs: Packs, documents: Iterable[str]) -> Iterator[tuple[str, str, Counts]]:
    """Yield what ``word_counts`` gave for documents."""
    for key in documents:
        yield from packs.sections(key, WORDS)[0]


@lru_cache(maxsize=1)
def _whole(folder: Path, key: str) -> Whole:
    """Return the counts of all documents; a process that compares many reports reads them once."""
    return Whole(Packs(folder).sections(key, WORDS)[0])
