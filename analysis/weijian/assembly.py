"""The rows of every table, gathered from the reports one after the other.

In: the manifest of a corpus and the corrections. Out: a ``Gathered``. What one report gives depends on no other, so a
report that cannot be read costs its own rows and no more; only words and phrases are compared between reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from weijian.attention import attention_rows
from weijian.codebook import Codebook
from weijian.corrections import apply_corrections
from weijian.coverage import Unread, coverage_rows
from weijian.errors import DocumentError
from weijian.keyness import keyness_rows
from weijian.originals import Manifest, completed, entered_rows, open_document, text_file, where
from weijian.records import Reading
from weijian.schema import Fault, Row
from weijian.sharing import shared_phrases
from weijian.sources import RAW
from weijian.tables import TABLES, body_mentions, mention_rows

_OF_DOCUMENT = ("documents", "sections", "mentions", "observations", "masked_inference", "checks", "attention")


class Part(NamedTuple):
    """What one document gives: its row of the manifest completed, the text to keep, its reading, and its rows by table."""

    row: Row
    text: bytes
    reading: Reading
    tables: Mapping[str, list[Any]]


class Gathered(NamedTuple):
    """The rows of every table, the manifest completed, the rows that were read, the texts to keep, and what went wrong."""

    tables: Mapping[str, list[Any]]
    manifest: tuple[Row, ...]
    read: tuple[Row, ...]
    texts: tuple[tuple[Row, bytes], ...]
    faults: tuple[Fault, ...]


def gather(root: Path, manifest: Manifest, corrections: Sequence[Row], book: Codebook, say: Callable[[str], None]) -> Gathered:
    """Read the documents of a manifest and return the rows of every table.

    Raises CorpusError for a correction that does not fit; a document that cannot be read becomes a fault.
    """
    parts: list[Part] = []
    faults: list[Fault] = []
    for number, row in enumerate(manifest.good, start=1):
        say(f"[{number}/{len(manifest.good)}] reading {row['file']}")
        try:
            parts.append(read_part(root, row, corrections, book))
        except DocumentError as error:
            faults.append(_as_in_corpus(error, root, row))
    completed_rows = {part.row["file"]: part.row for part in parts}
    as_entered = {row["file"]: row for row in entered_rows(root)}  # what could not be read gets no hash: a better copy may follow
    rows = tuple(completed_rows.get(name, as_entered[name]) for name in as_entered)
    unread = [row for row in rows if row["file"] not in completed_rows]
    texts = tuple((part.row, part.text) for part in parts if part.text)
    return Gathered(_tables(parts, unread, book), rows, tuple(part.row for part in parts), texts, tuple(faults))


def read_part(root: Path, row: Row, corrections: Sequence[Row], book: Codebook) -> Part:
    """Read the document of one row of the manifest."""
    from weijian.checks import check_rows
    from weijian.masked import infer_masked  # the reading is for builds only, not for those who load a table
    from weijian.reading import read

    document = open_document(root, row)
    row, text = completed(row, document)
    reading = read(document)
    observations = apply_corrections(document, reading.observations, corrections, known=book.allowed)
    reading = replace(reading, observations=observations)
    tables: dict[str, list[Any]] = {
        "documents": [document_row(row, reading)],
        "sections": [_keyed(section, "section") for section in reading.sections],
        "mentions": list(mention_rows(reading)),
        "observations": list(observations),
        "masked_inference": infer_masked(document, reading),
        "checks": list(check_rows(reading)),
        "attention": list(attention_rows([reading])),
    }
    return Part(row, text, reading, tables)


def _as_in_corpus(error: DocumentError, root: Path, row: Row) -> Fault:
    """Return what is wrong with a file, named as in data/raw and with the place in it."""
    named = error.where.replace(str(root / RAW), RAW.as_posix())
    return Fault(named or where(row), error.problem, error.remedy)


def _tables(parts: Sequence[Part], unread: Iterable[Row], book: Codebook) -> dict[str, list[Any]]:
    from weijian.commitments import commitment_rows

    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    for name in _OF_DOCUMENT:
        rows[name] = [row for part in parts for row in part.tables[name]]
    readings = [part.reading for part in parts]
    reports = [report for reading in readings for report in reading.reports]
    promised = commitment_rows(readings)
    rows |= {"commitments": promised.commitments, "unpromised": promised.unpromised, "next_targets": promised.next_targets}
    rows["keyness"], rows["phrases"] = list(keyness_rows(readings)), shared_phrases(readings)
    rows["reports"] = [_keyed(report, "report") for report in reports]
    missing = [Unread(row["place_code"], int(row["year"])) for row in unread if row["place_code"] and row["year"]]
    rows["coverage"] = list(coverage_rows(reports, rows["observations"], list(book.by_key("indicators")), missing))
    for name in ("themes", "indicators", "definitions", "flags"):
        rows[name] = list(book.rows(name))
    rows["places"] = _places((row["place_code"] for row in rows["coverage"]), book)
    return rows


def _places(codes: Iterable[str], book: Codebook) -> list[dict[str, str]]:
    """Return the rows of the places with these codes and of what they are part of."""
    known = book.by_key("places")
    wanted: dict[str, Row] = {}
    for code in dict.fromkeys(codes):
        while code in known and code not in wanted:
            wanted[code] = known[code]
            code = known[code]["parent"]
    return [
        {"place_code": code, "place": row["name"], "place_level": row["level"], "parent": row["parent"]} for code, row in wanted.items()
    ]


def _keyed(record: Any, name: str) -> dict[str, Any]:
    """Return a record as a row whose key column has the table's name for it."""
    row = {field: getattr(record, field) for field in type(record).__dataclass_fields__}
    row[name] = row.pop("key")
    return row


def document_row(entry: Row, reading: Reading) -> dict[str, Any]:
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
