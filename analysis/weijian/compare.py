"""Put what the reports say side by side, and say which values may be reckoned with one another.

In: the tables of ``data/processed`` and what others published, in ``data/raw/reference``. Out: every value that a report
gives, with its year, status, bound, base, definition and tier; the pairs that may not be ranked, subtracted or averaged, each
with the reason and with what would make it valid; notes on the pairs that may. No value is left out for want of comparability.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian.asking import asked_for, codes_within, known_indicators, known_places, place_key, place_names
from weijian.codebook import codebook
from weijian.comparability import REFUSED, around, is_stated, judged
from weijian.corpus import load
from weijian.displays import comparison as comparison_in_words
from weijian.errors import ComparisonError
from weijian.frames import as_rows, frame
from weijian.lookup import listed
from weijian.periods import last_year, year_of
from weijian.words import heading

if TYPE_CHECKING:
    import pandas as pd

NATION = "000000"
MOST = 60
"""How many values of an indicator are judged in pairs where nothing else is asked for."""
TITLES = " / "
"""Stands between the titles of several documents in one cell."""
_NAMED = ["place_code", "place", "place_level"]
_PAIR = ["indicator", "left", "right", "left_place", "right_place", "left_year", "right_year", "rule"]
_EXCLUDED = [*_PAIR, "refuses", "reason_zh", "reason_en", "valid_if_zh", "valid_if_en"]
_NOTES = [*_PAIR, "verdict", "reason_zh", "reason_en"]
_MISSING = ["place_key", "place_code", "place", "place_level", "year", "indicator", "reason", "evidence", "title", "issuer"]


class Comparison:
    """Three tables: the values, the pairs that may not be reckoned with and why, and notes on those that may.

    The pairs are judged when they are first asked for; ``unjudged`` counts the values that are in none of them.
    """

    def __init__(self, values: pd.DataFrame, pairs: Callable[[], list[dict[str, Any]]] = list, unjudged: int = 0) -> None:
        self.values, self.unjudged = values, unjudged
        self._judge = pairs

    @cached_property
    def _pairs(self) -> list[dict[str, Any]]:
        return self._judge()

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Return the pairs that may not be reckoned with, a row for each reason."""
        return frame([pair for pair in self._pairs if pair["verdict"] == REFUSED], _EXCLUDED)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """Return the pairs that may, a row for each thing to be said with them."""
        return frame([pair for pair in self._pairs if pair["verdict"] != REFUSED], _NOTES)

    def __repr__(self) -> str:
        return f"Comparison({len(self.values)} values, {len(self.excluded)} refusals, {len(self.notes)} notes)"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the three tables in words."""
        return comparison_in_words(self.values, self.excluded, self.notes)

    def remainder(self, language: str) -> str:
        """Return a line that says how many values are in none of the pairs, empty where all are in some.

        >>> import pandas as pd
        >>> Comparison(pd.DataFrame(), unjudged=7).remainder("en")
        '\\n7 more values are in no pair: there are too many.'
        """
        return f"\n{heading('unjudged', language).format(self.unjudged)}" if self.unjudged else ""

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the three tables as lists of plain rows, an empty number as None."""
        tables = {"values": self.values, "excluded": self.excluded, "notes": self.notes}
        return {name: json.loads(table.to_json(orient="records", double_precision=15)) for name, table in tables.items()}

    def to_json(self) -> str:
        """Return ``to_dict`` as JSON, Chinese as it is."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1)


def compare(
    indicators: str | Iterable[str],
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    status: Iterable[str] | None = None,
    *,
    assume_same_definition: bool = False,
    max_gap: int = 1,
    most: int = MOST,
    root: Path | None = None,
) -> Comparison:
    """Return every value of the indicators, and what may be reckoned with them.

    ``indicators`` are codes, or names in Chinese or English; ``places`` codes or names of places, or the document's name for a
    report that names no place (a part of a name will do where it is part of no other); ``years`` the years that the values refer
    to; ``status`` any of actual, target, reference; nothing given means all. Values whose base or definition is not stated are
    reckoned with only under ``assume_same_definition``, and values at most ``max_gap`` years apart; both are flagged. The pairs grow
    with the square of the values: of an indicator with more than ``most`` only those among the first ``most`` are judged. Raises
    ComparisonError, with the nearest names, for what the tables do not hold.
    """
    codes = known_indicators(indicators, root)
    values = asked_for(_values(codes, places, root), places, years, root)
    if status:
        values = values[values["status"].isin(_checked("status", status, codebook().words("status")))]

    def pairs() -> list[dict[str, Any]]:
        some = as_rows(values.groupby("indicator", sort=False).head(most))
        by_code = (list(rows) for _, rows in groupby(some, itemgetter("indicator")))  # they stand in the order of the indicators
        return [pair for rows in by_code for pair in judged(rows, assume_same_definition=assume_same_definition, max_gap=max_gap)]

    return Comparison(_tagged(values), pairs, int((values.groupby("indicator").size() - most).clip(lower=0).sum()))


def missing(
    indicators: str | Iterable[str],
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    *,
    root: Path | None = None,
) -> pd.DataFrame:
    """Return place, year and indicator wherever no value was read, each with its reason from the coverage table."""
    codes, within = known_indicators(indicators, root), codes_within(places, root)
    gaps = load("coverage", root, places=within, where={"indicator": codes})
    gaps = gaps[gaps["reason"] != ""]
    gaps = gaps.merge(load("places", root, places=within, columns=_NAMED), on="place_code", how="left")
    gaps = asked_for(gaps.assign(place_key=place_key(gaps)), places, years, root)
    gaps = gaps.merge(_read_for(within, root), on=["place_key", "year"], how="left")
    return _without_gaps(_in_order(gaps, codes)[_MISSING])


def peers(indicators: str | Iterable[str], *, root: Path | None = None) -> pd.DataFrame:
    """Return what places published elsewhere: context with a standing of its own, never mixed with what was read here."""
    return _reference(indicators, root, ["benchmarks", "peers"], national=False)


def benchmarks(indicators: str | Iterable[str], *, root: Path | None = None) -> pd.DataFrame:
    """Return the national targets, each with the document that sets it and its standing."""
    return _reference(indicators, root, ["benchmarks"], national=True, status="target")


def nothing_found(
    indicators: str | Iterable[str],
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    status: Iterable[str] | None = None,
    *,
    root: Path | None = None,
) -> str:
    """Say in one line that there is no such value, which years and places have one, and why others have none."""
    codes = known_indicators(indicators, root)
    names = place_names(root)
    asked = [f"places {listed(known_places(places, root), names)}"] if places else []
    asked += [f"{what} {', '.join(map(str, given))}" for what, given in (("years", years), ("status", status)) if given]
    values = _values(codes, None, root)
    shown = f"the years {_enumerated(values['year'])} and the places {listed(sorted(set(values['place_key'])), names)}"
    reasons = [
        f"{codebook().words('reason')[reason]['name_en']}: {', '.join(f'{key} {year}' for key, year in where)}"
        for reason, where in _places_by_reason(missing(codes, places, years, root=root)).items()
    ]
    sentences = [
        f"No report gives a value of {', '.join(codes)} for {'; '.join(asked) or 'any place or year'}",
        *([f"There are values for {shown}"] if len(values) and asked else []),
        f"Why there is none: {'; '.join(reasons)}" if reasons else f"The reports read are of {_enumerated(load('reports', root)['year'])}",
    ]
    return ". ".join(sentences) + "."


def _enumerated(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(set(years))))


def _places_by_reason(gaps: pd.DataFrame) -> dict[str, dict[tuple[str, int], None]]:
    """Return places and years under the reason for which they have no value, each once."""
    found: dict[str, dict[tuple[str, int], None]] = {}
    for row in as_rows(gaps):
        found.setdefault(row["reason"], {})[row["place_key"], row["year"]] = None
    return found


def _values(codes: list[str], places: Iterable[str] | None, root: Path | None) -> pd.DataFrame:
    """Return the observations of the indicators with place, level, tier and year: the year of the report when the text gives none."""
    within = codes_within(places, root)
    observations = load("observations", root, places=within, where={"indicator": codes})
    reports = load("reports", root, places=within, columns=["report", "document", "place", "place_level", "genre", "year"])
    documents = load("documents", root, places=within, columns=["document", "tier", "title", "issuer"])
    table = observations.merge(reports, on="report").merge(documents, on="document")
    reported = table["year"].fillna(0).astype(int)
    years = [year_of(period, year) for period, year in zip(table["period"], reported, strict=True)]
    table = table.assign(place_key=place_key(table), year=years).dropna(subset=["year"]).astype({"year": int})
    parents = {code: row["parent"] for code, row in codebook().by_key("places").items()}
    return _in_order(table.assign(within=[around(key, parents) for key in table["place_key"]]), codes)


def _read_for(within: list[str] | None, root: Path | None) -> pd.DataFrame:
    """Return titles and issuer of what was read for each place and year."""
    reports = (
        load("reports", root, places=within).drop(columns=["start", "end"]).merge(load("documents", root, places=within), on="document")
    )
    reports = reports.assign(place_key=place_key(reports))
    grouped = reports.groupby(["place_key", "year"], sort=False)
    return grouped.agg(title=("title", lambda titles: TITLES.join(dict.fromkeys(titles))), issuer=("issuer", "first")).reset_index()


def _tagged(values: pd.DataFrame) -> pd.DataFrame:
    """Put in place of ``within`` the places that are shown too, and add the panel of each value."""
    shown = set(values["place_key"])
    part_of = [";".join(code for code in within.split(";") if code in shown) for within in values["within"]]
    return values.assign(part_of=part_of, panel=_panels(values)).drop(columns="within")


def _panels(values: pd.DataFrame) -> list[str]:
    """Return no panel for the values that may stand on one axis, and one each for the bases and definitions known to differ.

    On the axis stands what is stated first in the order of the codebook, with all that is not stated.
    """
    order = [*codebook().words("base"), *codebook().by_key("definitions")]
    rows = as_rows(values[["indicator", "base", "definition"]])
    main: dict[tuple[str, str], str] = {}
    for row, name in ((row, name) for row in rows for name in ("base", "definition")):
        if is_stated(row[name]):
            key = (row["indicator"], name)
            main[key] = min(main.get(key, row[name]), row[name], key=lambda word: order.index(word) if word in order else len(order))
    other = [
        [row[name] for name in ("base", "definition") if is_stated(row[name]) and row[name] != main[row["indicator"], name]] for row in rows
    ]
    return [" ".join(words) for words in other]


def _reference(indicators: str | Iterable[str], root: Path | None, names: list[str], *, national: bool, status: str = "") -> pd.DataFrame:
    import pandas as pd

    codes = known_indicators(indicators, root)
    table = pd.concat([load(f"reference/{name}", root) for name in names])
    table = table[table["indicator"].isin(codes) & ((table["place_code"] == NATION) == national)]
    table = table[table["status"] == status] if status else table
    # Some targets stand in both files.
    table = table.drop_duplicates(["place_code", "indicator", "period", "status", "value"])
    table = table.assign(year=[last_year(period) for period in table["period"]], place_key=table["place_code"])
    return _in_order(table, codes)


def _in_order(table: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Return the rows by indicator (as asked for), place and year."""
    position = table["indicator"].map({code: number for number, code in enumerate(codes)})
    by = [name for name in ("_position", "place_key", "year", "start") if name in (*table.columns, "_position")]
    return table.assign(_position=position).sort_values(by, kind="stable").drop(columns="_position").reset_index(drop=True)


def _without_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose text columns are empty where nothing is said."""
    texts = [name for name in table.columns if name != "year"]
    return table.assign(**{name: table[name].fillna("") for name in texts})


def _checked(what: str, asked: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return what was asked for; an unknown word is an error and not an empty table."""
    words = [asked] if isinstance(asked, str) else list(asked)
    strange = [word for word in words if word not in set(known)]
    if strange:
        remedy = f"Known are: {', '.join(sorted(known))}"
        raise ComparisonError(f"no {what} is called {', '.join(strange)}", where="compare", remedy=remedy)
    return words
