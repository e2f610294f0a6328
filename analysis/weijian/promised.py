"""What plans promised and what the next summaries report, for readers: the tables of commitments with place and year beside each row.

In: the tables of ``data/processed``. Out: DataFrames that figures and tables of a notebook show as they are; each side of a row has its
quote with the key of its clause, its figure with bound and unit, and the observation that the figure was read as. What is not reported is not therefore unmet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian.amounts import LANGUAGES
from weijian.asking import codes_within
from weijian.codebook import codebook
from weijian.compare import TITLES
from weijian.corpus import load
from weijian.emphasis import reports
from weijian.frames import as_rows, frame
from weijian.links import clause
from weijian.lookup import codes_of, names_of
from weijian.words import WORD_LISTS, heading, signs, theme_name, word

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ["place_key", "place_code", "place", "place_level"]
_OF_SIDE = ["report", "start", "end", "quote", "value", "unit", "low", "high", "bound", "observation", "clause", "tier", "issuer", "title"]
_OF_PAIR = ["indicator", "similarity", "matched_by", "flags"]
UNMATCHED = "not_reported"


def plans(places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the plans of the places and years, each with the summaries of the same place, institution and year.

    ``summary`` and ``summary_title`` are empty where there is none; ``promises`` counts the commitments, ``counted`` those with a
    figure, ``answered`` those of which a summary reports.
    """
    within = codes_within(places, root)
    issuing = load("reports", root, places=within, columns=["report", "institution"])
    told = reports(places, root=root).merge(issuing, on="report")
    told = told.assign(known=told["place_code"].ne(""))
    same = ["place_key", "institution", "year"]
    looking_back = told[told["genre"].eq("summary") & told["known"]]
    ahead = reports(places, years, root=root)
    ahead = ahead[ahead["genre"].eq("plan")].merge(told[["report", "institution"]], on="report").rename(columns={"issued_in": "plan_title"})
    found = looking_back.groupby(same, dropna=False).agg(
        summary=("report", TITLES.join), summary_title=("issued_in", lambda titles: TITLES.join(dict.fromkeys(titles)))
    )
    made = load("commitments", root, places=within, columns=["plan_report", "plan_unit", "verdict"])
    counts = {
        "promises": made, "counted": made[made["plan_unit"].ne("")], "answered": made[made["verdict"].ne(UNMATCHED)],
    }  # fmt: skip
    table = ahead.merge(found.reset_index(), on=same, how="left").fillna({"summary": "", "summary_title": ""})
    return table.assign(
        **{name: table["report"].map(rows.groupby("plan_report").size()).fillna(0).astype(int) for name, rows in counts.items()}
    )


def promised(
    places: Iterable[str] | None = None,
    years: Iterable[int | str] | None = None,
    verdicts: str | Iterable[str] | None = None,
    *,
    root: Path | None = None,
) -> pd.DataFrame:
    """Return the commitments of the plans of the places and years, by place, year and place in the text.

    ``plan_`` and ``outcome_`` begin the columns of the two sides: quote, value, low, high, bound, unit, observation, tier, title.
    ``indicator`` is that of either side. ``promise_verdict`` is one of the verdicts, ``summary`` the summary of the same place and
    year, empty where there is none; ``verdicts`` are codes or their names in either language, nothing given meaning all. Raises
    ComparisonError for an unknown one.
    """
    asked = set(codes_of("verdict", verdicts, names_of(codebook().words("verdict")))) if verdicts else set(codebook().words("verdict"))
    table = load("commitments", root, places=codes_within(places, root))
    held = plans(places, years, root=root)
    table = _with_sides(table[table["verdict"].isin(asked)], ("plan", "outcome"), places, root).rename(
        columns={"verdict": "promise_verdict"}
    )
    joined = held[["report", "year", *_PLACE, "summary"]].merge(table, left_on="report", right_on="plan_report")
    return joined[[*_PLACE, "year", "summary", "promise_verdict", *_OF_PAIR, *_sides("plan", "outcome")]]


def unpromised(places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the outcomes that no plan of the same place and year promises, those of a theme first, then as they stand in the text.

    ``theme_zh`` and ``theme_en`` name the theme, and that it is another than those of the codebook.
    """
    beyond = load("unpromised", root, places=codes_within(places, root)).rename(columns=_AS_SIDE)
    table = _with_sides(beyond, ("outcome",), places, root)
    held = reports(places, years, root=root)[["report", "year", *_PLACE]]
    joined = held.merge(table, left_on="report", right_on="outcome_report", how="inner").rename(columns={"theme": "theme_code"})
    order = [*codebook().by_key("themes"), ""]
    joined = joined.assign(
        place_order=joined["report"].map({report: number for number, report in enumerate(held["report"])}),
        theme_order=[order.index(theme) for theme in joined["theme_code"]],
    ).sort_values(["place_order", "theme_order", "outcome_start"])
    for language in LANGUAGES:
        joined[f"theme_{language}"] = [
            theme_name(theme, language) if theme else heading("other_theme", language) for theme in joined["theme_code"]
        ]
    joined = joined.rename(columns={f"outcome_{name}": name for name in _OF_SIDE if name not in ("report", "start", "end")})
    chosen = ["theme_code", *(f"theme_{language}" for language in LANGUAGES), "indicator", *_OF_SIDE[3:]]
    return joined[["report", *_PLACE, "year", *chosen]].reset_index(drop=True)


def next_targets(
    places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None
) -> pd.DataFrame:
    """Return the outcomes of a year with the targets of the same thing for the year after, by place, year and place in the text.

    ``years`` are those of the targets; ``outcome_`` and ``target_`` begin the columns of the two sides, as in ``promised``;
    ``next_verdict`` says how the target stands to the outcome.
    """
    after = load("next_targets", root, places=codes_within(places, root))
    table = _with_sides(after, ("outcome", "target"), places, root).rename(columns={"verdict": "next_verdict"})
    held = reports(places, years, root=root)
    joined = held[["report", "year", *_PLACE]].merge(table, left_on="report", right_on="target_report")
    return joined[[*_PLACE, "year", "next_verdict", *_OF_PAIR, *_sides("outcome", "target")]]


def tally(rows: pd.DataFrame, language: str) -> str:
    """Return how many rows of ``promised`` or ``next_targets`` have each verdict, in the codebook's order, for titles and sentences."""
    column = "next_verdict" if "next_verdict" in rows else "promise_verdict"
    counts = rows[column].value_counts()
    told = [(word(column, code, language), counts[code]) for code in codebook().words(WORD_LISTS[column]) if code in counts]
    phrases = [f"{name}{count}项" if language == "zh" else f"{count} {name}" for name, count in told]
    return signs(language).list_comma.join(phrases) or heading("none", language)


_AS_SIDE = {name: f"outcome_{name}" for name in ("value", "unit", "quote")}


def _sides(*sides: str) -> list[str]:
    return [f"{side}_{name}" for side in sides for name in _OF_SIDE]


def _with_sides(table: pd.DataFrame, sides: tuple[str, ...], places: Iterable[str] | None, root: Path | None) -> pd.DataFrame:
    """Add to each side the observation that its figure was read as, with bound and ends, and the document that prints it.

    ``indicator`` is that of the first side that has one.
    """
    columns = ["observation", "report", "start", "indicator", "bound", "value", "low", "high", "unit"]
    observations = load("observations", root, places=codes_within(places, root), columns=columns)
    by_report: dict[str, list[Mapping[str, Any]]] = {}
    for row in as_rows(observations[observations["report"].isin(set().union(*(table[f"{side}_report"] for side in sides)))]):
        by_report.setdefault(row["report"], []).append(row)
    documents = {row["report"]: row for row in as_rows(reports(places, root=root))}
    records = as_rows(table)
    for record in records:
        record["indicator"] = ""
        for side in sides:
            found = _observed(record, side, by_report.get(record[f"{side}_report"], ())) or {}
            issued = documents.get(record[f"{side}_report"], {})
            record |= {f"{side}_{name}": found.get(name, float("nan")) for name in ("low", "high")}
            record |= {f"{side}_bound": found.get("bound", "="), f"{side}_observation": found.get("observation", "")}
            clause_key = clause(record[f"{side}_report"], int(record[f"{side}_start"])) if record[f"{side}_report"] else ""
            record |= {f"{side}_clause": clause_key}
            record |= {f"{side}_{name}": issued.get(name, "") for name in ("tier", "issuer")} | {
                f"{side}_title": issued.get("issued_in", "")
            }
            record["indicator"] = record["indicator"] or found.get("indicator", "")
    return frame(records, [*table.columns, "indicator", *(name for name in _sides(*sides) if name not in table.columns)])


def _observed(record: Mapping[str, Any], side: str, candidates: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the observation behind the figure of a side: within its span, of its value and unit; without a figure the first."""
    within = [row for row in candidates if record[f"{side}_start"] <= row["start"] < record[f"{side}_end"]]
    unit, value = record[f"{side}_unit"], record[f"{side}_value"]
    if unit:
        within = [
            row for row in within if row["unit"] == unit and (row["value"] == value or (row["value"] != row["value"] and value != value))
        ]
    return within[0] if within else None
