"""weijian.xlsx: the tables for those who work in a spreadsheet, in Chinese, with what may be compared and what may not.

In: the CSV files of data/processed as a build is about to write them, and the rows of the manifest. Out: the bytes of the
workbook. Codes become words; a code that is a key keeps a column of its own. ``codebook/workbook.csv`` says what each
sheet and column means and how wide it is, ``codebook/headings.csv`` how it is called. Nothing is reckoned here.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from weijian.codebook import codebook
from weijian.comparability import REFUSED, around, judged
from weijian.links import address, clause, first_seen
from weijian.periods import last_year
from weijian.schema import SEPARATOR, Row
from weijian.spreadsheet import Cell, Sheet, pack
from weijian.words import WORD_LISTS, arithmetic_in, check_said, definition_name, heading, indicator_name, word

CALLED = "weijian.xlsx"
_ZH = "zh"
_SHARED = ("base", "definition", "stock_or_flow")
_VALUES = (
    "place", "year", "indicator", "value", "unit", "printed", "bound", "low", "high", "status", *_SHARED, "kind", "stage", "period",
    "subject", "scope", "quote", "flags", "theme", "section", "genre", "tier", "title", "file", "correction", "checked_by",
    "place_code", "indicator_code", "definition_code", "observation",
)  # fmt: skip
_ALL = (*_VALUES[: _VALUES.index("quote")], "candidates", *_VALUES[_VALUES.index("quote") :])
_SIDE = ("place", "year", "value", "unit", "status", "printed")
_PRINTED = ("quote", "value", "unit")
_SHEETS: Mapping[str, Sequence[str]] = {
    "sheet_values": _VALUES,
    "sheet_all": _ALL,
    "sheet_coverage": (
        "place", "year", "theme", "indicator", "found", "value", "unit", "bound", "low", "high", "period", "observations", "quote",
        "title", "place_code", "indicator_code", "observation", "evidence",
    ),
    "sheet_excluded": (
        "indicator", *(f"left_{name}" for name in _SIDE), *(f"right_{name}" for name in _SIDE), "reason", "valid_if", "refuses",
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


_MOST_PAIRED = 60


def workbook(files: Mapping[str, bytes], manifest: Iterable[Row] = ()) -> bytes:
    """Return the workbook of the tables in ``files``, which maps file names to bytes; equal tables give equal bytes."""
    told = _Tables(files)
    rows: dict[str, Iterable[_Cells]] = {
        "sheet_values": (told.described(row) for row in told.values),
        "sheet_all": map(told.described, told.observations.values()),
        "sheet_coverage": map(told.covered, told.rows("coverage")),
        "sheet_excluded": told.refusals(),
        "sheet_checks": map(told.audited, told.rows("checks")),
        "sheet_commitments": map(told.committed, told.rows("commitments")),
        "sheet_indicators": map(_catalogued, told.rows("indicators")),
        "sheet_definitions": map(_catalogued, told.rows("definitions")),
        "sheet_about": _about(manifest, _version(files)),
    }
    return pack([_sheet(name, rows[name]) for name in _SHEETS], "卫生健康委员会工作总结与工作要点数据")


def _sheet(name: str, rows: Iterable[_Cells]) -> Sheet:
    columns = _SHEETS[name]
    known = {row["name"]: row for row in codebook().rows("workbook") if row["part"] == "column"}
    headings = [heading(column, _ZH) for column in columns]
    widths = [float(known[column]["width"]) for column in columns]
    return Sheet(heading(name, _ZH), headings, widths, [[row.get(column) for column in columns] for row in rows])


class _Tables:
    """The tables as read back from the CSV files, with what joins them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._reports = {row["report"]: row for row in self.rows("reports")}
        self._documents = {row["document"]: row for row in self.rows("documents")}
        self._places = {row["place_code"]: row for row in self.rows("places")}
        self._sections = {row["section"]: row["heading"] for row in self.rows("sections")}
        self._flags = {row["flag"]: row["sentence_zh"] for row in self.rows("flags")}
        self._themes = {row["theme"]: row["name_zh"] for row in self.rows("themes")}
        self._themes_of = {row["indicator"]: row["theme"] for row in self.rows("indicators")}

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table as they stand in its file."""
        return list(csv.DictReader(io.StringIO(self._files[f"{name}.csv"].decode(), newline="")))

    @cached_property
    def observations(self) -> dict[str, dict[str, Any]]:
        """The observations by key, each with its report, its document and the year that it refers to."""
        joined = {}
        for row in self.rows("observations"):
            report = self._reports[row["report"]]
            document = self._documents[report["document"]]
            year = last_year(row["period"]) or int(report["year"] or 0)
            joined[row["observation"]] = {**document, **report, **row, "year": year, "place_key": row["place_code"] or report["document"]}
        return joined

    @property
    def values(self) -> list[dict[str, Any]]:
        """The observations that carry an indicator, by indicator, place, year and place in the text, as ``compare`` orders them."""
        order = {code: number for number, code in enumerate(self._themes_of)}
        found = [row for row in self.observations.values() if row["indicator"]]
        return sorted(found, key=lambda row: (order[row["indicator"]], row["place_key"], row["year"], int(row["start"])))

    def described(self, row: Mapping[str, Any]) -> dict[str, Cell]:
        """Return an observation in words."""
        return {
            **row,
            **{name: word(name, row[name], _ZH) for name in WORD_LISTS if name in row},
            **{name: _number(row[name]) for name in ("value", "low", "high")},
            "place": self._place(row["place_code"]),
            "year": row["year"] or None,
            "period": _period(row["period"]),
            "printed": _printed(row),
            "indicator": indicator_name(row["indicator"], _ZH) if row["indicator"] else "",
            "definition": definition_name(row["definition"], _ZH) if row["definition"] else "",
            "candidates": _listed(indicator_name(code, _ZH) for code in _split(row["candidates"]) if code != row["indicator"]),
            "flags": "".join(self._flags[flag] for flag in _split(row["flags"])),
            "theme": _listed(self._themes[theme] for theme in _split(row["themes"])),
            "section": self._sections.get(row["section"], ""),
            "indicator_code": row["indicator"],
            "definition_code": row["definition"],
        }

    def covered(self, row: Mapping[str, str]) -> dict[str, Cell]:
        """Return a row of coverage in words: the value, or the sentence that the reason for its absence rests on."""
        behind = self.observations.get(row["observation"] or row["evidence"])
        told = self.described(behind) if behind else {}
        shown = ("value", "low", "high", "unit", "bound") if row["observation"] else ()
        document = told.get("title") or self._documents.get(row["document"], {}).get("title", "")
        return {
            **{name: told[name] for name in shown},
            "place": self._place(row["place_code"]),
            "year": _number(row["year"]),
            "theme": self._themes[self._themes_of[row["indicator"]]],
            "indicator": indicator_name(row["indicator"], _ZH),
            "found": word("reason", row["reason"], _ZH) if row["reason"] else heading("has_value", _ZH),
            "period": _period(row["period"]),
            "observations": _number(row["observations"]),
            "quote": told.get("quote"),
            "title": document,
            "place_code": row["place_code"],
            "indicator_code": row["indicator"],
            "observation": row["observation"],
            "evidence": row["evidence"],
        }

    def refusals(self) -> Iterator[dict[str, Cell]]:
        """Yield the pairs of values that ``compare`` refuses to reckon with, both in words, with reason and remedy.

        Pairs grow with the square of the values, so of each indicator only the first ``_MOST_PAIRED`` values are paired; the sheet
        about the workbook says so.
        """
        parents = {code: row["parent"] for code, row in self._places.items()}
        by_indicator: dict[str, list[dict[str, Any]]] = {}
        for row in self.values:
            value = float(row["value"] or "nan")  # as compare has it: a range has ends and no value
            judgeable = row | {"value": value, "within": around(row["place_key"], parents)}
            by_indicator.setdefault(row["indicator"], []).append(judgeable)
        for values in by_indicator.values():
            for pair in judged(values[:_MOST_PAIRED]):
                if pair["verdict"] == REFUSED:
                    yield self._refusal(pair)

    def audited(self, row: Mapping[str, str]) -> dict[str, Cell]:
        """Return a check in words: the arithmetic, what the verdict says and what it does not, and why there is none."""
        report = self._reports[row["report"]]
        document = self._documents[report["document"]]
        reason = codebook().words("check_reason").get(row["reason"])
        return {
            **{name: word(name, {**document, **report, **row}[name], _ZH) for name in ("genre", "relation", "verdict", "tier")},
            **{part: check_said(row["relation"], row["verdict"], _ZH, part) for part in ("sentence", "limit")},
            "place": self._place(report["place_code"]),
            "year": _number(report["year"]),
            "reckoned": arithmetic_in(row["arithmetic"], _ZH),
            "undecided": reason["name_zh"] if reason else "",
            "quote": row["quote"],
            "title": document["title"],
            "file": document["file"],
            "place_code": report["place_code"],
            "observation": first_seen(row["report"], row["members"], self.observations),
        }

    def _refusal(self, pair: Mapping[str, Any]) -> dict[str, Cell]:
        sides: dict[str, Cell] = {}
        for side in ("left", "right"):
            told = self.described(self.observations[pair[side]])
            sides |= {f"{side}_{name}": told[name] for name in _SIDE} | {side: pair[side]}
        return {
            **sides,
            "indicator": indicator_name(pair["indicator"], _ZH),
            "reason": pair["reason_zh"],
            "valid_if": pair["valid_if_zh"],
            "refuses": _listed(word("refuses", code, _ZH) for code in _split(pair["refuses"])),
            "indicator_code": pair["indicator"],
        }

    def committed(self, row: Mapping[str, str]) -> dict[str, Cell]:
        """Return a promise with its outcome in words."""
        plan = self._reports[row["plan_report"]]
        cells: dict[str, Cell] = {
            **row,
            "place": self._place(plan["place_code"]),
            "year": _number(plan["year"]),
            "promise_verdict": word("promise_verdict", row["verdict"], _ZH),
            "similarity": _number(row["similarity"]),
            "matched_by": _listed(word("matched_by", way, _ZH) for way in _split(row["matched_by"])),
            "flags": "".join(self._flags[flag] for flag in _split(row["flags"])),
            "place_code": plan["place_code"],
        }
        for side in ("plan", "outcome"):
            document = self._documents.get(self._reports.get(row[f"{side}_report"], {}).get("document", ""), {})
            cells |= {f"{side}_value": _number(row[f"{side}_value"]), f"{side}_title": document.get("title", "")}
            cells[f"{side}_clause"] = address(clause(row[f"{side}_report"], row[f"{side}_start"])) if document else ""
            cells[f"{side}_tier"] = word("tier", document["tier"], _ZH) if document else ""
        return cells

    def _place(self, code: str) -> str:
        return self._places[code]["place"] if code else heading("masked_place", _ZH)


def _catalogued(row: Mapping[str, str]) -> dict[str, Cell]:
    """Return a row of the indicators or the definitions in words."""
    words: dict[str, Cell] = {name: word(name, row[name], _ZH) for name in WORD_LISTS if name in row}
    if "theme" in row:
        words |= {"theme": codebook().by_key("themes")[row["theme"]]["name_zh"]}
    if "definition" in row:
        words |= {"definition": row["name_zh"], "definition_code": row["definition"]}
    return {**row, **words, "indicator": indicator_name(row["indicator"], _ZH), "indicator_code": row["indicator"]}


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


def _printed(row: Mapping[str, Any]) -> str:
    """Return the characters of the sentence that are the number."""
    first = int(row["sentence_start"])
    quote: str = row["quote"]
    return quote[int(row["start"]) - first : int(row["end"]) - first]


def _period(cell: str) -> str:
    """Return a period in words where it is more than years.

    >>> _period("end-2023"), _period("cumulative"), _period("2021-2023")
    ('2023年末', '累计数', '2021-2023')
    """
    ends = cell.startswith("end-")
    return heading("end_of_year", _ZH).format(cell.removeprefix("end-")) if ends else word("stock_or_flow", cell, _ZH)


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(SEPARATOR) if part]


def _listed(parts: Iterable[str]) -> str:
    return "\u3001".join(parts)
