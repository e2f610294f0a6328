"""Do a report's own numbers agree with one another? The checks of the built data with their words, and how many there are of each kind.

In: the tables of ``data/processed``. Out: one row a check, one row a relation, one row a cell of the map of reports and relations;
counted, never judged: what a verdict says, and what it does not, stands in codebook/check_sentences.csv.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from weijian.amounts import LANGUAGES
from weijian.asking import codes_within
from weijian.codebook import codebook
from weijian.corpus import load
from weijian.evidence import reports_read
from weijian.frames import as_rows, frame
from weijian.links import first_seen
from weijian.lookup import codes_of, names_of
from weijian.words import arithmetic_in, check_claim, check_said

if TYPE_CHECKING:
    import pandas as pd

_REPORT = ["report", "document", "place_key", "place_code", "place", "place_level", "year", "genre", "tier", "title", "issuer", "file"]
_WORDS = [f"{name}_{language}" for name in ("reckoned", "undecided", "sentence", "limit") for language in LANGUAGES]
_CHECK = [
    *_REPORT, "relation", "verdict", "arithmetic", "reason", "quote", "members", "expected_low", "expected_high", "found", "observation", *_WORDS
]  # fmt: skip
_CELL = [*_REPORT, "relation", "verdict", "checks", "observation", "quote"]


def checked(
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    verdicts: Iterable[str] | None = None,
    relations: Iterable[str] | None = None,
    *,
    root: Path | None = None,
) -> pd.DataFrame:
    """Return the checks of the reports, by place, year, relation and verdict in the order of the codebook, then as in the text.

    ``years`` are those of the reports; verdicts and relations may be given by code or by name; nothing given means all.
    ``observation`` is the first of the numbers that is one, empty where none is. ``reckoned`` is the arithmetic in words,
    ``undecided`` why there is no verdict, ``sentence`` what the verdict says and ``limit`` what it does not, each in both languages.
    Raises ComparisonError, with the nearest names, for a word that means none of them.
    """
    reports = reports_read(places, years, root=root)
    wanted = {name: _codes(name, asked) for name, asked in (("relation", relations), ("verdict", verdicts))}
    within = codes_within(places, root)
    table = load("checks", root, places=within)
    table = table[table["relation"].isin(wanted["relation"]) & table["verdict"].isin(wanted["verdict"])]
    position = {key: number for number, key in enumerate(reports["report"])}
    keys = set(load("observations", root, places=within, columns=["observation"])["observation"])
    of_report = {row["report"]: row for row in as_rows(reports[_REPORT])}
    rows = []
    for row in as_rows(table[table["report"].isin(position)]):
        told = {f"reckoned_{each}": arithmetic_in(row["arithmetic"], each) for each in LANGUAGES}
        told |= {f"undecided_{each}": _reason(row["reason"], each) for each in LANGUAGES}
        for part in ("sentence", "limit"):
            told |= {f"{part}_{each}": check_said(row["relation"], row["verdict"], each, part) for each in LANGUAGES}
        rows.append({**of_report[row["report"]], **row, **told, "observation": first_seen(row["report"], row["members"], keys)})
    rows.sort(key=lambda row: (position[row["report"]], *(wanted[name].index(row[name]) for name in ("relation", "verdict"))))
    return frame(rows, _CHECK)


def counted(checks: pd.DataFrame, relations: Iterable[str] | None = None) -> pd.DataFrame:
    """Return how many checks there are of each relation and verdict, and what the relation claims; a relation without any counts too.

    ``only_failures`` is yes for a relation that is told only where it fails: that it has no check says that nothing failed.
    """
    wanted, verdicts = _codes("relation", relations), list(codebook().words("check_verdict"))
    rows = []
    for relation in wanted:
        own = checks["verdict"][checks["relation"] == relation]
        claims = {f"claim_{each}": check_claim(relation, each) for each in LANGUAGES}
        claims["only_failures"] = "" if check_said(relation, "holds", "en") else "yes"
        rows.append({"relation": relation, **claims, **{name: int((own == name).sum()) for name in verdicts}, "checks": len(own)})
    return frame(rows, ["relation", *(f"claim_{each}" for each in LANGUAGES), "only_failures", *verdicts, "checks"])


def mapped(checks: pd.DataFrame, reports: pd.DataFrame, relations: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the cells of an audit map: for each report and relation the verdicts with their number and first observation.

    ``reports`` are those of ``evidence.reports_read``; a cell without a check is a row with an empty verdict and the number 0.
    """
    verdicts = list(codebook().words("check_verdict"))
    found: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}
    for row in as_rows(checks):
        found.setdefault((row["report"], row["relation"]), {}).setdefault(row["verdict"], []).append(row)
    rows = []
    for report in as_rows(reports[_REPORT]):
        for relation in _codes("relation", relations):
            cell = found.get((report["report"], relation), {})
            for verdict in [name for name in verdicts if name in cell] or [""]:
                first = cell[verdict][0] if verdict else {"observation": "", "quote": ""}
                told = {"observation": first["observation"], "quote": first["quote"], "checks": len(cell.get(verdict, []))}
                rows.append({**report, "relation": relation, "verdict": verdict, **told})
    return frame(rows, _CELL)


def _codes(name: str, asked: Iterable[str] | None) -> list[str]:
    """Return the codes of relations or verdicts asked for by code or name, in the order of the codebook; nothing asked for means all."""
    known = codebook().words(f"check_{name}")
    wanted = codes_of(name, asked, names_of(known)) if asked else known
    return [code for code in known if code in wanted]


def _reason(code: str, language: str) -> str:
    row = codebook().words("check_reason").get(code)
    return row[f"name_{language}"] if row else code
