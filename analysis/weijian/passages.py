"""An observation in the report it was read from: found by its key or its words, with what stands around its number.

In: the tables of data/processed and the report in data/raw. Out: a ``Passage``. The report is read anew, so that
what is told of a number is what the program sees there; ``differs`` names the columns in which the table, made by an
earlier build, says something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from weijian import store
from weijian.clauses import Place, places
from weijian.corpus import PROCESSED, Corpus
from weijian.corrections import apply_corrections, cell
from weijian.errors import CorpusError
from weijian.folding import Folded, fold
from weijian.originals import open_document, row_of
from weijian.outline import outline
from weijian.reading import read
from weijian.records import Document, Observation, Report, Section
from weijian.scan import scan
from weijian.schema import Row
from weijian.tables import TABLES

_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """An observation with its surroundings.

    ``read`` is the observation as the program reads it, ``final`` the same as the corrections leave it, ``place`` its
    number between the words of its sentence, ``headings`` those around it, the outermost first, ``source`` its row of
    the table documents, ``neighbours`` all observations of the document, ``genre`` and ``year`` those of its section.
    """

    document: Document
    source: Row
    report: Report
    headings: tuple[str, ...]
    read: Observation
    final: Observation
    neighbours: tuple[Observation, ...]
    view: Folded
    place: Place
    genre: str
    year: int | None
    differs: tuple[str, ...]

    @property
    def printed(self) -> str:
        """The characters of the report that are the number."""
        return self.document.text[self.final.start : self.final.end]


def find(rows: Sequence[Row], asked: str) -> Row:
    """Return the row of observations that is asked for: by its key, or by words of which each is a part of the key or of the sentence.

    Words that hold the number itself count before words that only share its sentence. Raises CorpusError when no row
    or more than one answers, with the nearest ones.
    """
    for row in rows:
        if row["observation"] == asked:
            return row
    answers = [(min(_answers(row, word) for word in asked.split()), row) for row in rows] if asked.strip() else []
    best = max((answer for answer, _ in answers), default=0)
    found = [row for answer, row in answers if answer == best] if best else []
    if len(found) == 1:
        return found[0]
    if found:
        problem, offered = f"{len(found)} observations answer to it", found[: 2 * _OFFERED]
        remedy = "Give the whole key, or words that hold the number"
    else:
        problem, offered = "no observation answers to it", _nearest(rows, asked)
        remedy = "Take a key from the column observation of data/processed/observations.csv, or words of its sentence"
    near = "; ".join(f"{row['observation']} “{_number(row)}”" for row in offered)
    raise CorpusError(f"{problem}; {'such as' if found else 'the nearest are'} {near or 'none'}", where=f"explain {asked}", remedy=remedy)


def _answers(row: Row, word: str) -> int:
    """Return 2 when a word names a row or holds its number, 1 when it stands in its sentence, 0 otherwise."""
    if word == row["start"] or (not word.isdigit() and word in row["observation"]):
        return 2
    if not word.isascii() or any(character.isdigit() for character in word):
        wanted, quote = fold(word).text, fold(row["quote"])
        start = int(row["start"]) - int(row["sentence_start"])
        at = quote.text.find(wanted)
        while wanted and at >= 0:
            first, last = quote.span(at, at + len(wanted))
            if first <= start < last or (start <= first and last <= start + len(_number(row))):
                return 2
            at = quote.text.find(wanted, at + 1)
        return int(bool(wanted) and wanted in quote.text)
    return 0


def _nearest(rows: Sequence[Row], asked: str) -> list[Row]:
    """Return the rows nearest to what was asked: by their sentence, by offset within a report, else by the spelling of the key."""
    spoken = [row for row in rows if any(not word.isascii() and _answers(row, word) for word in asked.split())]
    if spoken:
        return spoken[:_OFFERED]
    report, _, offset = asked.strip().partition("@")
    own = [row for row in rows if row["report"] == report or row["report"].partition("#")[0] == report]
    if own and offset.isdigit():
        return sorted(own, key=lambda row: abs(int(row["start"]) - int(offset)))[:_OFFERED]
    import difflib  # only when nothing was found

    by_key = {row["observation"]: row for row in own or rows}
    return [by_key[key] for key in difflib.get_close_matches(asked, by_key, _OFFERED, cutoff=0.3)]


def _number(row: Row) -> str:
    start = int(row["start"]) - int(row["sentence_start"])
    return row["quote"][start : start + int(row["end"]) - int(row["start"])]


def open_passage(corpus: Corpus, asked: str) -> Passage:
    """Return the passage of the observation that is asked for; raise CorpusError when it cannot be had."""
    row = find(_table(corpus, "observations"), asked)
    for passage in passages_in(corpus, row["report"].partition("#")[0], {row["observation"]: row}):
        if passage.final.observation == row["observation"]:
            return passage
    remedy = "the report or the program has changed since the tables were made: run `weijian build`"
    raise CorpusError("no quantity is read there now", where=row["observation"], remedy=remedy)


def passages_in(corpus: Corpus, name: str, rows: Mapping[str, Row] = MappingProxyType({})) -> Iterator[Passage]:
    """Yield the passages of a document of the corpus in the order of its text.

    ``rows`` are rows of the table observations by key, to be compared with what is read now.
    """
    sources = {source["document"]: source for source in _table(corpus, "documents")}
    if name not in sources:
        raise CorpusError(f"the table documents does not name “{name}”", where=str(PROCESSED), remedy="run `weijian build`")
    source = sources[name]
    document = open_document(corpus.root, row_of(corpus.root, name))
    reading, found, view = read(document), outline(document), fold(document.text)
    corrected = apply_corrections(document, reading.observations, corpus.corrections(), known=corpus.codebook.allowed)
    reports = {report.key: report for report in reading.reports}
    around = {view.source(place.token.start): place for place in places(view.text, scan(view.text))}
    for first, last in zip(reading.observations, corrected, strict=True):
        setting, row = found.setting_at(first.start), rows.get(first.observation, {})
        yield Passage(
            document, source, reports[first.report], _headings(reading.sections, first.section), first, last, corrected, view,
            around[first.start], setting.context, setting.year, tuple(_differing(row, last)),
        )  # fmt: skip


def checks_of(corpus: Corpus, seen: Observation) -> list[Row]:
    """Return the rows of the table checks in which the number of an observation takes part."""
    own = (row for row in _table(corpus, "checks") if row["report"] == seen.report)
    return [row for row in own if [seen.start, seen.end] in json.loads(row["members"])]


def _table(corpus: Corpus, name: str) -> tuple[Row, ...]:
    if not store.holds(corpus.processed, TABLES[name]):
        raise CorpusError("the table is not there", where=str(corpus.processed / f"{name}.csv"), remedy="run `weijian build`")
    return tuple(store.rows(corpus.processed, TABLES[name]))


def _headings(sections: Iterable[Section], key: str) -> tuple[str, ...]:
    by_key = {section.key: section for section in sections}
    chain: list[str] = []
    while key in by_key:
        chain.append(by_key[key].heading)
        key = by_key[key].parent
    return tuple(reversed(chain))


def _differing(row: Row, observation: Observation) -> Iterable[str]:
    """Yield the columns in which a row of the table is not what is read now."""
    return (each.name for each in fields(Observation) if each.name in row and row[each.name] != cell(getattr(observation, each.name)))
