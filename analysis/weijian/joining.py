"""What the documents of one place give to the tables together, packed: commitments, shared phrases, and what is missing.

In: the packs of a place's documents, and of those whose wording they are compared with. Out: a pack. In a corpus of up to 24
documents every report is compared with every other; in a larger one, with those of its own place and of the places it is
part of, a year apart at most, so that the work grows with the documents and not with their pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weijian.assembly import LETTERS, SAID, TOLD, Head, chunks
from weijian.codebook import work_with
from weijian.coverage import Unread, coverage_rows
from weijian.freshness import digest
from weijian.packs import Packs
from weijian.records import Report
from weijian.tables import TABLES

ALL_COMPARED = 24
"""How many documents a corpus may have for the wording of all of them to be compared."""
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceTask:
    """The documents of a place to be put together.

    ``own`` and ``near`` are the keys of packs: the place's, and those of others that its wording is compared with; ``years`` are those
    of all reports of the corpus, ``unread`` the years of reports of this place that could not be read.
    """

    root: str
    packs: str
    basis: str
    place: str
    own: Keys
    near: Keys
    years: tuple[int, ...]
    unread: tuple[int, ...]
    everywhere: bool

    @property
    def name(self) -> str:
        """The place, as messages name it."""
        return self.place

    @property
    def where(self) -> str:
        """The place, as errors name it."""
        return f"the reports of {self.place}"

    @property
    def key(self) -> str:
        """The hash of all that the pack depends on."""
        parts = (self.place, self.own, self.near, self.years, self.unread, self.everywhere)
        return digest(self.basis, "place", *map(repr, parts))

    def run(self) -> str:
        """Put the documents together, keep the pack, and return its key."""
        from weijian.commitments import commitment_rows
        from weijian.sharing import shared_phrases

        book, packs = work_with(Path(self.root)), Packs(Path(self.packs))
        heads: list[Head] = [known.head for key in self.own if (known := packs.known(key))]
        kept = [packs.sections(key, SAID, LETTERS, TOLD) for key in self.own]
        reports = [report for head in heads for report in head.reports if place_of(report) == self.place]
        keys = {report.key for report in reports}
        promised = commitment_rows(each for said, _, _ in kept for each in said if each.report.key in keys)
        values = [each for _, _, told in kept for each in told if each.report in keys]
        unread = [Unread(self.place, year) for year in self.unread]
        letters = [each for _, own, _ in kept for each in own]
        letters += [each for key in self.near for each in packs.sections(key, LETTERS)[0]]
        tables: dict[str, Iterable[Any]] = {
            "commitments": promised.commitments,
            "unpromised": promised.unpromised,
            "next_targets": promised.next_targets,
            "coverage": coverage_rows(reports, values, list(book.by_key("indicators")), unread, self.years),
            "phrases": shared_phrases(letters, lambda left, right: self._compares(left, right)),
        }
        involved = [each.report for each in letters]
        packs.write(self.key, self.place, {name: chunks(TABLES[name], rows, involved, book.allowed) for name, rows in tables.items()})
        return self.key

    def _compares(self, left: Report, right: Report) -> bool:
        """Say whether two reports are compared here: each pair is in the task of one place only, the greater of the two."""
        if max(place_of(left), place_of(right)) != self.place:
            return False
        apart = abs(left.year - right.year) if left.year and right.year else None
        return self.everywhere or (apart is not None and apart <= 1)


def place_of(report: Report) -> str:
    """Return the code or name of the place of a report, or its document where it shows none."""
    return report.place_code or report.place or report.document


def place_tasks(
    root: Path, packs: Packs, basis: str, read: Mapping[str, Head], unread: Sequence[Unread], parents: Mapping[str, str]
) -> list[PlaceTask]:
    """Return a task for each place of the reports that were ``read``, by the keys of their packs, or that could not be."""
    by_place: defaultdict[str, list[str]] = defaultdict(list)
    missed: defaultdict[str, set[int]] = defaultdict(set)
    for key, head in read.items():
        for place in dict.fromkeys(place_of(report) for report in head.reports):
            by_place[place].append(key)
    for each in unread:
        missed[each.place_code].add(each.year)
    shown = (report.year for head in read.values() for report in head.reports if report.place_code and report.year)
    years = tuple(sorted({*shown, *(each.year for each in unread)}))
    everywhere = len(read) <= ALL_COMPARED
    tasks = []
    for place in sorted({*by_place, *missed}):
        own = by_place[place]
        near = read if everywhere else [key for above in _above(place, parents) for key in by_place.get(above, ())]
        others = tuple(key for key in dict.fromkeys(near) if key not in own)
        tasks.append(
            PlaceTask(str(root), str(packs.folder), basis, place, tuple(own), others, years, tuple(sorted(missed[place])), everywhere)
        )
    return tasks


def _above(place: str, parents: Mapping[str, str]) -> Iterable[str]:
    """Yield what a place is part of, the nearest first."""
    while place := parents.get(place, ""):
        yield place
