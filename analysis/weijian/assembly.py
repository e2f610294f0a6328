"""What one document gives to the tables, packed: its rows, and what is compared with other documents.

In: a row of the manifest with the corrections of its document. Out: a pack. What one document gives depends on no other, so
documents are read side by side, a document that cannot be read costs its own rows and no more, and one that was read before is
read again only when its file, its row, its corrections, or the code and the tables of facts that the reading rests on have changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from weijian.codebook import work_with
from weijian.corrections import apply_corrections
from weijian.errors import CorpusError
from weijian.freshness import digest
from weijian.originals import completed, document_name, open_document, text_file
from weijian.packs import Chunk, Packs
from weijian.places import province_of
from weijian.records import Reading, Report
from weijian.schema import Row, Table, natural, printed_table, table_lines
from weijian.sources import RAW
from weijian.tables import TABLES, body_mentions, mention_rows

SAID, WORDS, LETTERS, TOLD = "said", "words", "letters", "told"
"""The sections that are compared with those of other documents: statements, words, letters, and values."""
TEXT = "text"
"""The section that holds a text that has to be kept in data/raw/text."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a packed document at once: its row of the manifest completed, its reports, and whether
    it has a text to keep beside its file."""

    row: Row
    reports: tuple[Report, ...]
    keeps_text: bool


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """A document to be read: ``root`` is the folder of its corpus, ``basis`` the hash of what every reading rests on."""

    root: str
    packs: str
    basis: str
    row: Mapping[str, str]
    corrections: tuple[Mapping[str, str], ...]

    @property
    def name(self) -> str:
        """The file, as messages name it."""
        return self.row["file"]

    @property
    def where(self) -> str:
        """The file, as errors name it."""
        return f"{RAW.as_posix()}/{self.name}"

    @property
    def key(self) -> str:
        """The hash of all that the pack depends on; empty where the file was not hashed yet."""
        return _key(self.basis, self.row, self.corrections)

    def run(self) -> str:
        """Read the document, keep the pack, and return its key; raise DocumentError when it cannot be read."""
        book = work_with(Path(self.root))
        head, tables, sections = _read(Path(self.root), self.row, self.corrections, book.allowed)
        key = _key(self.basis, head.row, self.corrections)
        Packs(Path(self.packs)).write(key, head, tables, sections)
        return key


def _key(basis: str, row: Row, corrections: Iterable[Row]) -> str:
    if not row["sha256"]:
        return ""
    cells = [f"{name}={cell}" for name, cell in sorted(row.items())]
    return digest(basis, "document", *cells, *(repr(sorted(correction.items())) for correction in corrections))


def _read(root: Path, row: Row, corrections: Sequence[Row], known: Any) -> tuple[Head, dict[str, list[Chunk]], dict[str, Any]]:
    """Read a document and return its head, the chunks of its tables, and its sections."""
    from weijian.attention import attention_rows
    from weijian.checks import check_rows
    from weijian.commitments import telling
    from weijian.keyness import word_counts
    from weijian.masked import infer_masked  # the reading is for builds only, not for those who load a table
    from weijian.reading import read
    from weijian.sharing import letters

    document = open_document(root, row)
    row, text = completed(row, document)
    reading = read(document)
    reading = replace(reading, observations=apply_corrections(document, reading.observations, corrections, known=known))
    tables: dict[str, Iterable[Any]] = {
        "documents": [_document_row(row, reading)],
        "reports": [_keyed(report, "report") for report in reading.reports],
        "sections": [_keyed(section, "section") for section in reading.sections],
        "mentions": mention_rows(reading),
        "observations": reading.observations,
        "masked_inference": infer_masked(document, reading),
        "checks": check_rows(reading),
        "attention": attention_rows([reading]),
    }
    printed = {name: chunks(TABLES[name], rows, reading.reports, known) for name, rows in tables.items()}
    told = tuple(each for each in reading.observations if each.indicator or each.candidates)
    compared = {SAID: telling(reading), WORDS: word_counts(reading), LETTERS: letters(reading), TOLD: told}
    return Head(row, reading.reports, bool(text)), printed, compared | ({TEXT: text} if text else {})


def chunks(table: Table, rows: Iterable[Any], reports: Sequence[Report], known: Any) -> list[Chunk]:
    """Return the rows of a table as chunks, one for each province and year; those of no report go with the first of ``reports``.

    Raises CorpusError for a cell that the table does not allow.
    """
    lines, header = table_lines(table, rows, CorpusError, known=known), table.header
    parted: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    if table.name == "coverage":
        place, year = header.index("place_code"), header.index("year")
        for cells in lines:
            parted[province_of(cells[place]), cells[year]].append(cells)
    else:
        of = {report.key: _partition(report) for report in reports}
        first = next(iter(of.values()), ("", ""))
        column = next((header.index(name) for name in _REPORT_COLUMNS if name in header), 0)
        for cells in lines:
            parted[of.get(cells[column], first)].append(cells)
    key = header.index(table.key[0])
    return [Chunk(natural(found[0][key]), *parts, printed_table(found)) for parts, found in parted.items()]


_REPORT_COLUMNS = ("report", "plan_report", "outcome_report", "left_report")
"""The columns that say which report a row belongs to, the first that a table has."""


def _partition(report: Report) -> tuple[str, str]:
    """Return the province and year that a report belongs to; empty where it shows none."""
    return province_of(report.place_code), str(report.year or "")


def _keyed(record: Any, name: str) -> dict[str, Any]:
    """Return a record as a row whose key column has the table's name for it."""
    row = {field: getattr(record, field) for field in type(record).__dataclass_fields__}
    row[name] = row.pop("key")
    return row


def _document_row(entry: Row, reading: Reading) -> dict[str, Any]:
    """Return the row of a document: what the manifest says of it, else what it says itself."""
    said = reading.metadata
    return {
        "document": reading.document.name,
        "file": entry["file"],
        "sha256": entry["sha256"],
        "characters": len(reading.document.text),
        "source_format": reading.document.source_format,
        "text": text_file(entry),
        "title": entry["title"] or said.get("title", ""),
        "issuer": entry["issuer"] or said.get("issuer", ""),
        "number": said.get("number") or said.get("index_number", ""),
        "dates": [f"{name.removesuffix('_date')}:{said[name]}" for name in sorted(said) if name.endswith("_date")],
        "tier": entry["tier"],
        "furniture_mentions": len(reading.mentions) - len(body_mentions(reading)),
    }


def document_tasks(root: Path, packs: Packs, basis: str, rows: Iterable[Row], corrections: Iterable[Row]) -> list[DocumentTask]:
    """Return a task for each row of the manifest, with the corrections of its document."""
    own: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for correction in corrections:
        own[correction["document"]].append(dict(correction))
    return [DocumentTask(str(root), str(packs.folder), basis, dict(row), tuple(own[document_name(row)])) for row in rows]
