"""The contents of every table, gathered from the documents of a corpus and from what they give together.

In: the manifest of a corpus and the corrections. Out: a ``Gathered``, which gives the chunks of a table from the packs when they
are asked for: nothing is held that grows with what the documents say but the number of each word, and only what has changed is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from weijian.assembly import TEXT, DocumentTask, Head, chunks, document_tasks
from weijian.codebook import Codebook
from weijian.counting import CountTask, KeynessTask, count_tasks, counted_whole, keyness_tasks
from weijian.coverage import Unread
from weijian.engine import Workers, run
from weijian.errors import DocumentError, WeijianError
from weijian.freshness import reading_digest
from weijian.joining import PlaceTask, place_of, place_tasks
from weijian.originals import Manifest, where
from weijian.packs import Chunk, Known, Packs
from weijian.schema import Fault, Row, natural
from weijian.sources import RAW
from weijian.tables import CODED, TABLES
from weijian.writing import Chunks

READING, JOINING = "reading", "putting together"
_BASIS = ("assembly", "joining", "counting")
_Task = DocumentTask | PlaceTask | CountTask | KeynessTask
_Entry = tuple[str, str, str, str, int]


@dataclass(frozen=True)
class Gathered:
    """What a build writes: the manifest completed, the rows that were read, what went wrong, and the chunks of the tables.

    ``made_of`` gives for each place the hash of all that its rows depend on.
    """

    manifest: tuple[Row, ...]
    read: tuple[Row, ...]
    faults: tuple[Fault, ...]
    chunks: Mapping[str, Chunks]
    texts: Callable[[], Iterable[tuple[Row, bytes]]]
    keys: frozenset[str]
    made_of: Mapping[str, str]


class _Read(NamedTuple):
    """The documents that were read, by the keys of their packs and in their order, and the faults of the others by file."""

    known: dict[str, Known]
    faults: dict[str, Fault]

    @property
    def heads(self) -> dict[str, Head]:
        """The heads of the packs."""
        return {key: known.head for key, known in self.known.items()}


@dataclass(frozen=True)
class Gatherer:
    """Gathers the tables of the corpus in ``root``; ``say`` is handed messages of progress."""

    root: Path
    packs: Packs
    book: Codebook
    workers: Workers
    say: Callable[[str], None]

    def gather(self, manifest: Manifest, corrections: Sequence[Row]) -> Gathered:
        """Read what has changed and return the contents of all tables.

        Raises CorpusError for a correction that does not fit; a document that cannot be read becomes a fault.
        """
        basis = reading_digest(_BASIS, self.book.additions)
        read = self._documents(document_tasks(self.root, self.packs, basis, manifest.good, corrections))
        heads = read.heads
        rows = {head.row["file"]: head.row for head in heads.values()}
        whole = tuple(rows.get(row["file"], row) for row in manifest.rows)  # what could not be read gets no hash: a better copy may follow
        unread = [row for row in whole if row["file"] not in rows]
        missing = [Unread(row["place_code"], int(row["year"])) for row in unread if row["place_code"] and row["year"]]
        places = place_tasks(self.root, self.packs, basis, heads, missing, self._parents())
        counts = count_tasks(self.packs, basis, list(read.known))
        joined = self._joined([*places, *counts])
        words = counted_whole(self.packs, basis, (task.key for task in counts))
        joined |= self._joined(keyness_tasks(self.root, self.packs, basis, list(read.known), words))
        contents = self._contents(read.known, joined, {*(each.place_code for each in missing)})
        texts = partial(self._texts, heads)
        keys, made_of = frozenset({*read.known, *joined, words}), {task.place: task.key for task in places}
        return Gathered(whole, tuple(rows.values()), tuple(read.faults.values()), contents, texts, keys, made_of)

    def _documents(self, tasks: Sequence[DocumentTask]) -> _Read:
        """Read the documents whose packs are not there, and return what is known of all of them in the order of their names."""
        faults: dict[str, Fault] = {}
        found = {name: (key, self._known(key)) for name, key in self._run(tasks, READING, faults)}  # while the others are being read
        known = dict(found[task.name] for task in tasks if task.name in found)
        order = sorted(known, key=lambda key: natural(known[key].head.row["file"].rpartition(".")[0]))
        return _Read({key: known[key] for key in order}, {task.name: faults[task.name] for task in tasks if task.name in faults})

    def _joined(self, tasks: Sequence[_Task]) -> dict[str, Known]:
        """Make of the packs of documents what is made of several of them together, and return what is known of it."""
        faults: dict[str, Fault] = {}
        known = {key: self._known(key) for _, key in self._run(tasks, JOINING, faults)}
        for fault in faults.values():
            raise fault.as_error(DocumentError)
        return known

    def _known(self, key: str) -> Known:
        known = self.packs.known(key)
        assert known is not None, "a pack that was written or found a moment ago"
        return known

    def _run(self, tasks: Sequence[_Task], doing: str, faults: dict[str, Fault]) -> Iterator[tuple[str, str]]:
        """Yield the names of tasks with the keys of their packs: those that are there, and those that are made now."""
        stale = []
        for task in tasks:
            if task.key and self.packs.known(task.key):
                yield task.name, task.key
            else:
                stale.append(task)
        step = max(1, len(stale) // 100)
        for number, (task, result) in enumerate(run(stale, self.workers), start=1):
            if (number % step == 0 or number == len(stale)) and (doing == READING or step > 1):
                self.say(f"[{number}/{len(stale)}] {doing} {task.name}")
            if isinstance(result, DocumentError):
                faults[task.name] = _as_in_corpus(result, self.root, task)
            elif isinstance(result, WeijianError):
                raise result
            else:
                yield task.name, result

    def _parents(self) -> dict[str, str]:
        return {code: row["parent"] for code, row in self.book.by_key("places").items()}

    def _texts(self, heads: Mapping[str, Head]) -> Iterator[tuple[Row, bytes]]:
        """Yield the texts that have to be kept in data/raw/text, with the rows of their documents."""
        for key, head in heads.items():
            if head.keeps_text:
                yield head.row, self.packs.sections(key, TEXT)[0]

    def _contents(self, documents: Mapping[str, Known], joined: Mapping[str, Known], missed: set[str]) -> dict[str, Chunks]:
        """Return for every table what gives its chunks."""
        index: dict[str, list[_Entry]] = {name: [] for name in TABLES}
        for key, known in (*documents.items(), *joined.items()):
            for name, number, order, province, year in known.listed:
                index[name].append((order, intern(province), intern(year), key, number))
        reports = (report for known in documents.values() for report in known.head.reports)
        contents: dict[str, Chunks] = {name: partial(self._packed, name, entries) for name, entries in index.items()}
        for name in CODED:
            contents[name] = partial(self._rows, name, list(self.book.rows(name)))
        codes = sorted({place_of(report) for report in reports if report.place_code} | missed)
        contents["places"] = partial(self._rows, "places", _place_rows(codes, self.book))
        return contents

    def _packed(self, name: str, entries: list[_Entry], by_part: bool) -> Iterator[Chunk]:
        """Yield the chunks of a table from the packs."""
        for order, province, year, key, number in sorted(entries, key=(lambda entry: (*entry[1:3], entry[0])) if by_part else None):
            yield Chunk(order, province, year, self.packs.lines(key, name, number))

    def _rows(self, name: str, rows: Iterable[Any], by_part: bool = False) -> list[Chunk]:
        """Return the chunks of rows that are at hand."""
        return chunks(TABLES[name], rows, (), self.book.allowed)


def _as_in_corpus(error: DocumentError, root: Path, task: _Task) -> Fault:
    """Return what is wrong with a file, named as in data/raw and with the place in it."""
    named = error.where.replace(str(root / RAW), RAW.as_posix())
    return Fault(named or (where(task.row) if isinstance(task, DocumentTask) else task.name), error.problem, error.remedy)


def _place_rows(codes: Iterable[str], book: Codebook) -> list[dict[str, str]]:
    """Return the rows of the places with these codes and of what they are part of."""
    known = book.by_key("places")
    wanted: dict[str, Row] = {}
    for code in codes:
        while code in known and code not in wanted:
            wanted[code] = known[code]
            code = known[code]["parent"]
    return [
        {"place_code": code, "place": row["name"], "place_level": row["level"], "parent": row["parent"]} for code, row in wanted.items()
    ]
