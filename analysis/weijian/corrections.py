"""What researchers put right: rows of data/corrections.csv, applied to the observations they point at.

A row names a document, a quote from it and which occurrence of that quote is meant, counted from 1; the
observation is the one whose number lies in the quote. ``old`` guards the row: it must be what the reading
says, so that a row which is no longer needed is noticed. A row with ``new`` equal to ``old`` only confirms.
A row that matches nothing, or more than one observation, is an error: none is ever passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from weijian.errors import CorpusError
from weijian.freshness import write_whole
from weijian.records import Document, Observation
from weijian.schema import SEPARATOR, Column, Known, Row, Table, anything, cell_problems
from weijian.tables import OBSERVATIONS

CORRECTIONS = Table(
    "corrections",
    "Corrections and confirmations by researchers",
    (
        Column("document", "the document's name", required=True),
        Column("quote", "the words of the report that hold the number", required=True),
        Column("occurrence", "which of several equal quotes is meant, from 1", type="integer", required=True),
        Column("field", "the column of observations that is corrected or confirmed", required=True),
        Column("old", "what the reading says: the guard"),
        Column("new", "what it should say; the same as old to confirm it"),
        Column("reason", "why", required=True),
        Column("who", "who says so", required=True),
        Column("date", "when", type="date", required=True),
    ),
    ("document", "quote", "occurrence", "field", "old"),
)
CALLED = "data/corrections.csv"
_NUMBERS = ("value", "low", "high")
_LISTS = ("themes",)
FIELDS = (
    "indicator", "definition", "themes", "subject", "scope", "base", "kind", "status", "stage",
    "bound", "value", "low", "high", "unit", "period", "stock_or_flow",
)  # fmt: skip
_COLUMNS = {column.name: column for column in OBSERVATIONS.columns if column.name in FIELDS}


def apply_corrections(
    document: Document, observations: Sequence[Observation], rows: Iterable[Row], *, known: Known = anything
) -> tuple[Observation, ...]:
    """Return the observations of a document as the corrections leave them.

    Rows of other documents are left to them. Raises CorpusError for a row that cannot be applied.
    """
    corrected = {observation.observation: observation for observation in observations}
    for row in rows:
        if row["document"] != document.name:
            continue
        where = f"{CALLED}, document {row['document']}, quote “{row['quote']}”"
        _check_cells(row, where, known)
        found = _pointed_at(document, corrected.values(), row, where)
        corrected[found.observation] = _corrected(found, row)
    return tuple(corrected.values())


def enter(root: Path, line: str) -> None:
    """Add a line of CSV to the corrections of a corpus; a file that is not there yet gets its header first."""
    path = root / CALLED
    text = path.read_text(encoding="utf-8") if path.exists() else ",".join(CORRECTIONS.header) + "\n"
    write_whole(path, f"{text.rstrip()}\n{line.strip()}\n".encode())


def require_documents(rows: Iterable[Row], documents: Collection[str]) -> None:
    """Raise CorpusError when a row names a document that the corpus does not hold."""
    for row in rows:
        if row["document"] not in documents:
            remedy = f"use one of {', '.join(sorted(documents)) or 'none yet'}, or remove the row"
            raise CorpusError(f"the corpus holds no document “{row['document']}”", where=CALLED, remedy=remedy)


def _check_cells(row: Row, where: str, known: Known) -> None:
    if row["field"] not in _COLUMNS:
        remedy = f"field must be one of {', '.join(FIELDS)}"
        raise CorpusError(f"“{row['field']}” cannot be corrected", where=where, remedy=remedy)
    column = _COLUMNS[row["field"]]
    for name in ("old", "new"):
        for problem, remedy in cell_problems(row[name], column, known(column)):
            raise CorpusError(problem, where=f"{where}, column {name}", remedy=remedy)


def _pointed_at(document: Document, observations: Iterable[Observation], row: Row, where: str) -> Observation:
    start, end = _locate(document.text, row, where)
    inside = [each for each in observations if start <= each.start and each.end <= end]
    if not inside:
        raise CorpusError("no number of the tables lies in it", where=where, remedy="quote the number with its unit")
    guarded = [each for each in inside if _says(each, row["field"], row["old"])]
    if not guarded:
        said = ", ".join(f"“{cell(getattr(each, row['field']))}”" for each in inside)
        raise CorpusError(
            f"{row['field']} is {said}, not “{row['old']}”",
            where=where,
            remedy="the reading has changed: correct old and new, or remove the row",
        )
    if len(guarded) > 1:
        problem = f"{len(guarded)} numbers in it have {row['field']} “{row['old']}”"
        raise CorpusError(problem, where=where, remedy="quote less, so that one number is left")
    return guarded[0]


def _locate(text: str, row: Row, where: str) -> tuple[int, int]:
    places = [found.start() for found in re.finditer(f"(?={re.escape(row['quote'])})", text)]
    number = int(row["occurrence"])
    if not 1 <= number <= len(places):
        raise CorpusError(
            f"the document holds it {len(places)} times, and occurrence {number} is asked for",
            where=where,
            remedy="copy the quote from the report, letter for letter, and count its occurrences from 1",
        )
    return places[number - 1], places[number - 1] + len(row["quote"])


def cell(value: Any) -> str:
    """Return a value as it stands in a cell of the tables.

    >>> cell(Decimal("1.2E+4")), cell(("人次", "人")), cell(None)
    ('12000', '人次;人', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _says(observation: Observation, field: str, said: str) -> bool:
    if field in _NUMBERS and said:
        return getattr(observation, field) == Decimal(said)
    return cell(getattr(observation, field)) == said


def _corrected(observation: Observation, row: Row) -> Observation:
    field, new = row["field"], row["new"]
    who = f"{row['who']} {row['date']}"
    if _says(observation, field, new):
        return replace(observation, checked_by=_joined(observation.checked_by, who))
    note = f"{field}: {row['old'] or '(empty)'} → {new or '(empty)'}, {row['reason']} ({who})"
    change: dict[str, Any] = {
        field: _value(field, new),
        "correction": _joined(observation.correction, note),
        "checked_by": _joined(observation.checked_by, who),
    }
    return replace(observation, **change)


def _value(field: str, said: str) -> Any:
    if field in _NUMBERS:
        return Decimal(said) if said else None
    if field in _LISTS:
        return tuple(said.split(SEPARATOR)) if said else ()
    return said


def _joined(before: str, more: str) -> str:
    return f"{before} | {more}" if before and more not in before else more
