"""weijian.xlsx: the tables for those who work in a spreadsheet, in Chinese, with what may be compared and what may not.

In: the CSV files of data/processed as a build is about to write them, and the rows of the manifest. Out: the bytes of the
workbook. Codes become words; a code that is a key keeps a column of its own. ``codebook/workbook.csv`` says what each
sheet and column means and how wide it is, ``codebook/headings.csv`` how it is called. Nothing is reckoned here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from weijian.codebook import codebook
from weijian.schema import Row
from weijian.spreadsheet import Cell, Sheet, pack
from weijian.words import heading, word
from weijian.worksheets import SIDE, Worksheets, catalogued

CALLED = "weijian.xlsx"
_ZH = "zh"
_SHARED = ("base", "definition", "stock_or_flow")
_VALUES = (
    "place", "year", "indicator", "value", "unit", "printed", "bound", "low", "high", "status", *_SHARED, "kind", "stage", "period",
    "subject", "scope", "quote", "flags", "theme", "section", "genre", "tier", "title", "file", "correction", "checked_by",
    "place_code", "indicator_code", "definition_code", "observation",
)  # fmt: skip
_ALL = (*_VALUES[: _VALUES.index("quote")], "candidates", *_VALUES[_VALUES.index("quote") :])
_PRINTED = ("quote", "value", "unit")
_SHEETS: Mapping[str, Sequence[str]] = {
    "sheet_values": _VALUES,
    "sheet_all": _ALL,
    "sheet_coverage": (
        "place", "year", "theme", "indicator", "found", "value", "unit", "bound", "low", "high", "period", "observations", "quote",
        "title", "place_code", "indicator_code", "observation", "evidence",
    ),
    "sheet_excluded": (
        "indicator", *(f"left_{name}" for name in SIDE), *(f"right_{name}" for name in SIDE), "reason", "valid_if", "refuses",
        "indicator_code", "left", "right",
    ),
    "sheet_checks": (
        "place", "year", "genre", "relation", "verdict", "reckoned", "sentence", "limit", "undecided", "quote", "tier", "title", "file",
        "place_code", "observation",
    ),
    "sheet_commitments": (
        "place", "year", "promise_verdict", *(f"{side}_{name}" for side in ("plan", "outcome") for name in _PRINTED), "similarity",
        "matched_by", "flags", "plan_title", "plan_tier", "outcome_title", "outcome_tier", "place_code", "plan_clause", "outcome_clause",
    ),
    "sheet_indicators": (
        "theme", "indicator", "name_en", "unit", "base", "stock_or_flow", "numerator", "denominator", "defined_in", "note", "indicator_code",
    ),
    "sheet_definitions": (
        "indicator", "definition", "name_en", "base", "numerator", "denominator", "defined_in", "verification", "note", "definition_code",
        "indicator_code",
    ),
    "sheet_about": ("part", "item", "meaning_zh", "meaning_en"),
}  # fmt: skip
"""The columns of each sheet; both are rows of codebook/workbook.csv."""

_Cells = Mapping[str, Cell]


def workbook(files: Mapping[str, bytes], manifest: Iterable[Row] = ()) -> bytes:
    """Return the workbook of the tables in ``files``, which maps file names to bytes; equal tables give equal bytes."""
    told = Worksheets(files)
    rows: dict[str, Iterable[_Cells]] = {
        "sheet_values": (told.described(row) for row in told.values),
        "sheet_all": map(told.described, told.observations.values()),
        "sheet_coverage": map(told.covered, told.rows("coverage")),
        "sheet_excluded": told.refusals(),
        "sheet_checks": map(told.audited, told.rows("checks")),
        "sheet_commitments": map(told.committed, told.rows("commitments")),
        "sheet_indicators": map(catalogued, told.rows("indicators")),
        "sheet_definitions": map(catalogued, told.rows("definitions")),
        "sheet_about": _about(manifest, _version(files)),
    }
    return pack([_sheet(name, rows[name]) for name in _SHEETS], "卫生健康委员会工作总结与工作要点数据")


def _sheet(name: str, rows: Iterable[_Cells]) -> Sheet:
    columns = _SHEETS[name]
    known = {row["name"]: row for row in codebook().rows("workbook") if row["part"] == "column"}
    headings = [heading(column, _ZH) for column in columns]
    widths = [float(known[column]["width"]) for column in columns]
    return Sheet(heading(name, _ZH), headings, widths, [[row.get(column) for column in columns] for row in rows])


def _about(manifest: Iterable[Row], version: str) -> Iterator[dict[str, Cell]]:
    """Yield what a reader should know: notes, version, sources, then what each sheet and each column means."""
    parts: dict[str, list[dict[str, Cell]]] = {"note": [], "source": [_source(row) for row in manifest], "sheet": [], "column": []}
    for row in codebook().rows("workbook"):
        parts[row["part"]].append(_meaning(row["part"], row["name"], row["meaning_zh"], row["meaning_en"]))
    parts["note"].append(_meaning("note", "note_version", version, version))
    for rows in parts.values():
        yield from rows


def _meaning(part: str, name: str, chinese: str, english: str) -> dict[str, Cell]:
    item = f"{heading(name, _ZH)} ({heading(name, 'en')})"
    return {"part": heading(f"part_{part}", _ZH), "item": item, "meaning_zh": chinese, "meaning_en": english}


def _source(row: Row) -> dict[str, Cell]:
    said = [row["issuer"], word("tier", row["tier"], _ZH), row["file"], f"SHA-256 {row['sha256']}"]
    return {
        "part": heading("part_source", _ZH),
        "item": row["title"] or row["file"],
        "meaning_zh": "\uff1b".join(filter(None, said)),
        "meaning_en": "; ".join(filter(None, [row["note"], row["rights_note"]])),
    }


def _version(files: Mapping[str, bytes]) -> str:
    """Return the version of the library and the beginning of the hash that datapackage.json gives for the observations."""
    import weijian

    return f"weijian {weijian.__version__}, observations.csv {hashlib.sha256(files['observations.csv']).hexdigest()[:12]}"
