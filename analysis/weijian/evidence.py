"""What was read and what it tells: the reports with the quality of their evidence, and the coverage of places, years, indicators.

In: the tables of ``data/processed``. Out: one row a report, one row a cell of the coverage, the outcomes that a later target
follows; counted, never judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from weijian.asking import asked_for, codes_within, place_key
from weijian.corpus import load
from weijian.words import level_rank

if TYPE_CHECKING:
    import pandas as pd


def reports_read(
    places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None
) -> pd.DataFrame:
    """Return the reports with their documents, and how much each tells.

    ``characters`` are those of the report, ``measures`` its observations, ``per_thousand`` measures a thousand characters,
    ``coded`` the observations with an indicator, ``base_stated`` those of them that say residents or registered persons,
    ``unread`` the numbers that could not be read.
    """
    within = codes_within(places, root)
    reports = load("reports", root, places=within)
    reports = reports.merge(load("documents", root, places=within).drop(columns="characters"), on="document")
    observations = load("observations", root, places=within, columns=["report", "indicator", "base"])
    unread = load("mentions", root, places=within, where={"role": ["unread"]}, columns=["report"])
    coded = observations[observations["indicator"] != ""]
    counts = {
        "measures": observations.groupby("report").size(), "coded": coded.groupby("report").size(),
        "base_stated": coded[coded["base"].isin(["resident", "registered"])].groupby("report").size(),
        "unread": unread.groupby("report").size(),
    }  # fmt: skip
    table = reports.assign(**{name: reports["report"].map(count).fillna(0).astype(int) for name, count in counts.items()})
    characters = (table["end"] - table["start"]).astype(int)
    table = table.assign(characters=characters, per_thousand=(table["measures"] / characters * 1000).round(1), place_key=place_key(table))
    return asked_for(table, places, years, root).sort_values(["place_key", "year", "genre"]).reset_index(drop=True)


def covered(places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the cells of the coverage table with names of places and themes: a value's observation, or why there is none."""
    within = codes_within(places, root)
    named = load("places", root, places=within, columns=["place_code", "place", "place_level"])
    cells = load("coverage", root, places=within).merge(named, on="place_code", how="left")
    cells = cells.merge(load("indicators", root)[["indicator", "theme"]], on="indicator").fillna({"place": "", "place_level": ""})
    cells = cells.assign(place_key=place_key(cells), _level=cells["place_level"].map(level_rank))
    ordered = cells.sort_values(["_level", "place_key", "year"], kind="stable").drop(columns="_level")
    return asked_for(ordered, places, years, root).reset_index(drop=True)


def before_target(values: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes and targets of places and indicators that have an outcome and the target of a later year."""
    chosen = values[values["status"].isin(["actual", "target"]) & (values["kind"] == "level")]
    of = [chosen["place_key"], chosen["indicator"]]
    first = chosen["year"].where(chosen["status"] == "actual").groupby(of).transform("min")
    last = chosen["year"].where(chosen["status"] == "target").groupby(of).transform("max")
    return chosen[last > first]
