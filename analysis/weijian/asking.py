"""What a comparison is asked for: places, years and indicators by code or name, and the rows of tables that are of them.

In: what a person names. Out: codes, and tables without the rows that nobody asked for. A word that the tables do not hold is an error
and not an empty table.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from weijian.codebook import codebook
from weijian.corpus import load
from weijian.frames import as_rows
from weijian.lookup import Names, codes_of, names_of

if TYPE_CHECKING:
    import pandas as pd


def place_key(table: pd.DataFrame) -> pd.Series:
    """Return the place code of each row, or the document's name where the document names no place."""
    return table["place_code"].where(table["place_code"] != "", table["document"])


def place_names(root: Path | None = None) -> Names:
    """Return the names of the places that have a report, by code, or by the document's name where it names no place."""
    english = codebook().by_key("place_names")
    masked = codebook().by_key("headings")["masked_place"]
    names: dict[str, tuple[str, ...]] = {}
    for row in as_rows(load("reports", root)):
        if row["place_code"]:
            known = english.get(row["place_code"])
            names[row["place_code"]] = (row["place"], known["name_en"]) if known else (row["place"],)
        else:
            names[row["document"]] = (masked["name_zh"], masked["name_en"])
    return dict(sorted(names.items()))


def known_places(places: str | Iterable[str], root: Path | None) -> list[str]:
    """Return the keys of places asked for by code or name; raise ComparisonError for a place without a report."""
    words = [places] if isinstance(places, str) else list(places)
    if set(words) <= set(codebook().by_key("places")):  # a large corpus is not gone through for what is a code already
        known = set(load("reports", root, places=words, columns=["place_code"])["place_code"])
        if known.issuperset(words):
            return list(dict.fromkeys(words))
    return codes_of("place with a report", words, place_names(root))


def codes_within(places: str | Iterable[str] | None, root: Path | None) -> list[str] | None:
    """Return the codes of the places asked for, to load no others; None where all are, or where a report among them names no place."""
    keys = known_places(places, root) if places else []
    return keys if keys and set(keys) <= set(codebook().by_key("places")) else None


def asked_for(
    table: pd.DataFrame, places: str | Iterable[str] | None, years: Iterable[int | str] | None, root: Path | None
) -> pd.DataFrame:
    """Return the rows of the places and years asked for, nothing given meaning all; raise ComparisonError for an unknown place."""
    if places:
        table = table[table["place_key"].isin(known_places(places, root))]
    return table[table["year"].isin([int(year) for year in years])] if years else table


def known_indicators(indicators: str | Iterable[str], root: Path | None) -> list[str]:
    """Return the codes of indicators asked for by code or name; raise ComparisonError for what is none."""
    catalogue = {row["indicator"]: row for row in as_rows(load("indicators", root))}
    return codes_of("indicator", indicators, names_of(catalogue))
