"""The rows of the workbook's sheets: the tables of a build in words, each number still a number.

In: the CSV files of data/processed. Out: mappings from the columns of ``workbook`` to cells, in Chinese; codes stand beside their words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from weijian.codebook import codebook
from weijian.comparability import REFUSED, around, judged
from weijian.links import address, clause, first_seen
from weijian.periods import year_of
from weijian.schema import SEPARATOR
from weijian.spreadsheet import Cell
from weijian.words import WORD_LISTS, arithmetic_in, check_said, definition_name, heading, indicator_name, place_name, word

_ZH = "zh"
SIDE = ("place", "year", "value", "unit", "status", "printed")
"""What is told of each of two values."""
_MOST_PAIRED = 60


class Worksheets:
    """The tables as read back from the CSV files, with what joins them, row by row in words."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._reports = {row["report"]: row for row in self.rows("reports")}
        self._named = {row["document"]: row["place"] for row in self._reports.values() if not row["place_code"]}
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
            year = year_of(row["period"], int(report["year"] or 0)) or 0
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
            "place": self._place(row["place_code"], row["place"]),
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
            "place": self._place(row["place_code"], self._named.get(row["document"], "")),
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
            "place": self._place(report["place_code"], report["place"]),
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
            sides |= {f"{side}_{name}": told[name] for name in SIDE} | {side: pair[side]}
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
            "place": self._place(plan["place_code"], plan["place"]),
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

    def _place(self, code: str, named: str) -> str:
        """Return how a place is called: told apart from others of its name, without a code as the report names it."""
        return place_name(self._places[code] if code else {"place_code": "", "place": named}, _ZH)


def catalogued(row: Mapping[str, str]) -> dict[str, Cell]:
    """Return a row of the indicators or the definitions in words."""
    words: dict[str, Cell] = {name: word(name, row[name], _ZH) for name in WORD_LISTS if name in row}
    if "theme" in row:
        words |= {"theme": codebook().by_key("themes")[row["theme"]]["name_zh"]}
    if "definition" in row:
        words |= {"definition": row["name_zh"], "definition_code": row["definition"]}
    return {**row, **words, "indicator": indicator_name(row["indicator"], _ZH), "indicator_code": row["indicator"]}


def _printed(row: Mapping[str, Any]) -> str:
    """Return the characters of the sentence that are the number."""
    first = int(row["sentence_start"])
    quote: str = row["quote"]
    return quote[int(row["start"]) - first : int(row["end"]) - first]


def _period(cell: str) -> str:
    """Return a period in words where it is more than years.

    >>> _period("end-2023"), _period("cumulative"), _period("2021-2023")
    ('2023年末', '累计', '2021-2023')
    """
    ends = cell.startswith("end-")
    return heading("end_of_year", _ZH).format(cell.removeprefix("end-")) if ends else word("period", cell, _ZH)


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(SEPARATOR) if part]


def _listed(parts: Iterable[str]) -> str:
    return "\u3001".join(parts)
