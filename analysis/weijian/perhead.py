"""Per head: a count over a population of the right base and year, or over the denominator that the report itself implies.

In: values as ``compare`` gives them, the populations of ``data/raw/reference``, the ratios of the codebook. Out: intervals, never
points, each with the population, its standing and what has to be said with it; and the values that were not divided, each with
the reason and with what would make it valid. Counts, groups and remedies stand in codebook/per_head.csv and reckoning.csv.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian.codebook import codebook
from weijian.comparability import SHARES, is_stated
from weijian.compare import compare
from weijian.corpus import load
from weijian.frames import as_rows, frame
from weijian.intervals import Interval, interval, quotient
from weijian.units import quantity_of
from weijian.words import DERIVED

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
_DIVIDED = ["counted", "counted_unit", "per", "group", "population_low", "population_high", "population_year", "population_base", "population_source",
            "verification", "note_zh", "note_en"]  # fmt: skip
_WHY = ["refusal", "reason_zh", "reason_en", "valid_if_zh", "valid_if_en"]
_IMPLIED = [
    "numerator", "group", "denominator_zh", "denominator_en", "note_zh", "note_en", "rate_value", "numerator_value", "numerator_unit",
    "numerator_observation", "verification",
]  # fmt: skip
_MYRIAD = 10_000


@dataclass(frozen=True, repr=False)
class PerHead:
    """Two tables: what was divided, as intervals, and what was not, with the reason."""

    values: pd.DataFrame
    refused: pd.DataFrame

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the tables as lists of plain rows, under per_head and not_divided."""
        tables = {"per_head": self.values, "not_divided": self.refused}
        return {name: json.loads(table.to_json(orient="records", double_precision=10)) for name, table in tables.items()}

    def __repr__(self) -> str:
        return f"PerHead({len(self.values)} values, {len(self.refused)} refusals)"


@dataclass(frozen=True)
class _Population:
    """A number of persons, as an interval, with what it is and who says so."""

    group: str
    base: str
    year: int
    size: Interval
    source: str
    verification: str
    flags: tuple[str, ...] = ()


def per_head(
    indicators: str | Iterable[str],
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    *,
    assume_same_definition: bool = False,
    max_gap: int = 1,
    root: Path | None = None,
) -> PerHead:
    """Return every value of the indicators per head, and the values that may not be divided.

    The keywords are those of ``compare``. A population of the year of the value is taken before one ``max_gap`` years apart,
    which is flagged, and either before the denominator that the report implies. A value whose base the text does not state is
    divided only under ``assume_same_definition``; visits and beds have no base of persons and are divided as they are. ``flags`` are
    those of the division.
    """
    found = compare(indicators, places, years, root=root).values
    divisors = _Divisors(places, max_gap, root)
    divided: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for row in as_rows(found):
        rule = _refusal(row, assume_same_definition)
        population = None if rule else divisors.of(row)
        if population is None:
            why = codebook().by_key("reckoning")[rule or divisors.why_none(row)]
            refused.append({**row, "refusal": why["rule"], **{name: why[name] for name in _WHY[1:]}})
        else:
            divided.append(_divided(row, population))
    return PerHead(frame(divided, [*found.columns, *_DIVIDED]), frame(refused, [*found.columns, *_WHY]))


def implied(places: Iterable[str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the denominators that reports imply where they print a rate and its numerator in one sentence, as intervals.

    One row for each pair, in the order of codebook/ratios.csv; ``low`` and ``high`` are persons.
    """
    ratios = codebook().rows("ratios")
    values = compare(dict.fromkeys(ratio[side] for ratio in ratios for side in ("rate", "numerator")), places, root=root).values
    exact = as_rows(values[(values["status"] == "actual") & (values["bound"] == "=") & (values["kind"] == "level")])
    together: dict[Any, list[Row]] = {}
    for row in exact:
        together.setdefault((row["report"], row["sentence_start"]), []).append(row)
    rows = [
        _implied(ratio, rate, above)
        for ratio in ratios
        for rate in exact
        for above in together[rate["report"], rate["sentence_start"]]
        if _belong(ratio, rate, above)
    ]
    return frame(rows, [*values.columns, *_IMPLIED])


def shares(values: pd.DataFrame, whole: str, scale: int = 1000) -> pd.DataFrame:
    """Return the values of a place and year in thousandths of its value of the indicator ``whole``, as intervals.

    Rows of places and years that have no exact outcome of ``whole``, bounds, values that are shares already, and ``whole`` itself
    are left out. ``scale`` is 1000, or 100 for percentages; ``of`` is the observation below the line, ``denominator`` its name.
    """
    exact = as_rows(values[(values["status"] == "actual") & (values["bound"] == "=")])
    below = {(row["place_key"], row["year"]): row for row in exact if row["indicator"] == whole}
    rows = []
    for row in (row for row in exact if quantity_of(row["unit"]) not in SHARES):
        base = below.get((row["place_key"], row["year"]))
        if base is not None and base is not row:
            low, high = quotient(_interval(row), _interval(base), scale)
            rows.append({**row, **_between(low, high), "unit": {100: "%", 1000: "‰"}[scale], "of": base["observation"], **_named(whole)})
    return frame(rows, [*values.columns, "of", "denominator_zh", "denominator_en", "verification"])


def derived(rate: str, *, root: Path | None = None) -> pd.DataFrame:
    """Return a rate as it follows from published counts and populations of one place and year, as intervals, for context.

    The rate's numerator and group stand in codebook/ratios.csv; columns as those of ``peers``. A derived rate was printed by
    nobody: ``printed_in`` names both documents, ``verification`` says that it is derived.
    """
    import pandas as pd

    ratio = codebook().by_key("ratios")[rate]
    table = pd.concat([load("reference/benchmarks", root), load("reference/peers", root)])
    counts = table[(table["indicator"] == ratio["numerator"]) & (table["status"] == "actual") & (table["bound"] == "=")]
    populations = load("reference/populations", root)
    populations = populations[(populations["group"] == ratio["group"]) & (populations["base"] == "resident")]
    known = {(row["place_code"], str(row["year"])): row for row in as_rows(populations)}
    rows = [
        _derived(rate, row, known[row["place_code"], row["period"]])
        for row in as_rows(counts)
        if (row["place_code"], row["period"]) in known
    ]
    return frame(rows, [*table.columns, "low", "high", "year", "place_key"])


def _derived(rate: str, count: Row, population: Row) -> dict[str, Any]:
    low, high = quotient(_persons(count), _persons(population), 100)
    said = {"printed_in": f"{count['printed_in']} / {population['issued_in']}", "verification": f"{DERIVED}; {count['verification']}"}
    year, key = int(population["year"]), count["place_code"]
    return {**count, **_between(low, high), **said, "indicator": rate, "unit": "%", "base": "resident", "year": year, "place_key": key}


def _refusal(row: Row, assumed: bool) -> str:
    """Return the rule that keeps a value from being divided, nothing when none does."""
    spec = codebook().by_key("per_head").get(row["indicator"])
    if spec is None or row["kind"] != "level":
        return "no_group"
    if row["status"] != "actual":
        return "status"
    if row["bound"] != "=" or row["value"] != row["value"]:
        return "bound"
    if row["base"] in ("resident", "registered") and row["base"] != spec["base"]:
        return "base_differs"
    return "base_unstated" if not is_stated(row["base"]) and not assumed else ""


class _Divisors:
    """The populations at hand and the denominators that reports imply, each looked up for one value."""

    def __init__(self, places: Iterable[str] | None, max_gap: int, root: Path | None) -> None:
        self._max_gap = max_gap
        self._known = as_rows(load("reference/populations", root))
        self._implied: dict[str, list[Row]] = {}
        for row in as_rows(implied(places, root=root)):
            self._implied.setdefault(row["report"], []).append(row)

    def of(self, row: Row) -> _Population | None:
        """Return the population that a value is divided by, None when there is none."""
        spec = codebook().by_key("per_head")[row["indicator"]]
        same = [
            one
            for one in self._known
            if one["place_code"] == row["place_code"] and (one["group"], one["base"]) == (spec["group"], spec["base"])
        ]
        near = sorted((abs(int(one["year"]) - row["year"]), one["year"]) for one in same)
        if near and near[0][0] <= self._max_gap:
            chosen = next(one for one in same if one["year"] == near[0][1])
            flags = ("year_apart",) if near[0][0] else ()
            return _Population(
                spec["group"], spec["base"], int(chosen["year"]), _persons(chosen), chosen["issued_in"], chosen["verification"], flags
            )
        return self._of_report(row, spec)

    def why_none(self, row: Row) -> str:
        """Return the rule that tells why there is no population for a value."""
        own = any(one["numerator"] == row["indicator"] for one in self._implied.get(row["report"], ()))
        return "circular" if own else "no_population"

    def _of_report(self, row: Row, spec: Row) -> _Population | None:
        """Return the denominator that the value's own report implies for the group, when its base is known."""
        for one in self._implied.get(row["report"], ()):
            known = (one["group"], one["base"], one["year"]) == (spec["group"], spec["base"], row["year"])
            if known and one["numerator"] != row["indicator"]:  # its own rate says nothing new
                size = Interval(Decimal(str(one["low"])), Decimal(str(one["high"])))
                return _Population(spec["group"], spec["base"], one["year"], size, one["observation"], "", ("implied",))
        return None


def _divided(row: Row, population: _Population) -> dict[str, Any]:
    spec = codebook().by_key("per_head")[row["indicator"]]
    low, high = quotient(_interval(row), population.size, int(spec["per"]))
    flags = [*population.flags, *([] if is_stated(row["base"]) else ["base_assumed"])]
    return {
        **row, **_between(low, high), "unit": spec["unit"], "counted": row["value"], "counted_unit": row["unit"], "per": int(spec["per"]),
        "group": population.group, "population_low": float(population.size.low), "population_high": float(population.size.high),
        "population_year": population.year, "population_base": population.base, "population_source": population.source,
        "verification": population.verification, "flags": ";".join(flags), "note_zh": spec["note_zh"], "note_en": spec["note_en"],
    }  # fmt: skip


def _between(low: Decimal, high: Decimal) -> dict[str, float]:
    return {"value": float("nan"), "low": float(low), "high": float(high)}


def _named(indicator: str) -> dict[str, str]:
    row = codebook().by_key("indicators")[indicator]
    return {"denominator_zh": row["name_zh"], "denominator_en": row["name_en"], "verification": DERIVED}


def _belong(ratio: Row, rate: Row, above: Row) -> bool:
    """Say whether a rate and a count of its sentence are a ratio's two numbers: the count stands before the rate."""
    pair = (rate["indicator"], above["indicator"]) == (ratio["rate"], ratio["numerator"])
    return bool(pair and above["start"] < rate["start"])


def _implied(ratio: Row, rate: Row, above: Row) -> dict[str, Any]:
    """Return the row of a rate as the row of its denominator, in persons; the base is what the text says of the rate."""
    low, high = quotient(_interval(above), _interval(rate), 100)
    named = {name: ratio[name] for name in ("numerator", "group", "denominator_zh", "denominator_en", "note_zh", "note_en")}
    return {
        **rate, **_between(low, high), **named, "unit": "人", "verification": DERIVED, "rate_value": rate["value"], "numerator_value": above["value"],
        "numerator_unit": above["unit"], "numerator_observation": above["observation"],
    }  # fmt: skip


def _interval(row: Row) -> Interval:
    """Return what the printed number of an observation leaves open."""
    printed = row["quote"][int(row["start"]) - int(row["sentence_start"]) : int(row["end"]) - int(row["sentence_start"])]
    return interval(Decimal(str(row["value"])), printed, row["unit"])


def _persons(row: Row) -> Interval:
    """Return a published number of persons; its last printed decimal tells how exact it is."""
    printed = str(row["value"]).removesuffix(".0")
    return interval(Decimal(printed) * (_MYRIAD if row["unit"] == "万人" else 1), printed, "人")
