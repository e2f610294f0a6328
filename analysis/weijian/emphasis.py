"""What reports attend to, for readers: the tables attention, keyness and phrases with place, year and genre beside each row.

In: the tables of ``data/processed``. Out: DataFrames that figures and tables of a notebook show as they are: names in both languages,
rows in the order in which they are read. Nothing is counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian.amounts import LANGUAGES, number
from weijian.asking import asked_for, codes_within, place_key
from weijian.attention import NONE
from weijian.codebook import codebook
from weijian.comparability import OWN_TIERS
from weijian.corpus import load
from weijian.frames import as_rows
from weijian.words import heading, level_rank, place_name, signs, theme_name, word

if TYPE_CHECKING:
    import pandas as pd

_OF_REPORT = ["report", "document", "place_key", "place_code", "place", "place_level", "year", "genre", "tier", "issuer", "issued_in"]


def reports(places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the reports of the places and years, nothing given meaning all: by level, place, year and genre.

    ``name_zh`` and ``name_en`` call a report by place, year and genre; a report that names no place is called masked.
    """
    within = codes_within(places, root)
    documents = load("documents", root, places=within, columns=["document", "tier", "issuer", "title"])
    held = load("reports", root, places=within).drop(columns=["start", "end"])
    held = held.merge(documents.rename(columns={"title": "issued_in"}), on="document")
    held = asked_for(held.assign(place_key=place_key(held)), places, years, root)
    ordered = held.assign(rank=held["place_level"].map(level_rank)).sort_values(["rank", "place_key", "year", "genre", "report"])
    held = ordered[_OF_REPORT].reset_index(drop=True)
    return held.assign(**{f"name_{language}": [_name(row, language) for row in as_rows(held)] for language in LANGUAGES})


def attention(places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None) -> pd.DataFrame:
    """Return the rows of the table attention by theme and report; ``theme_zh`` and ``theme_en`` name the theme, ``plain_word`` is the
    word of its plain search, and ``value`` and ``further`` are what a figure draws: the shares of the body and of the sections on
    health, with one decimal.
    """
    table = load("attention", root, places=codes_within(places, root)).rename(columns={"theme": "theme_code"})
    words = {row["theme"]: row["word"] for row in codebook().rows("theme_words")}
    order = [*words, NONE]
    joined = reports(places, years, root=root).merge(table, on="report")
    joined = joined.assign(order=[order.index(code) for code in joined["theme_code"]]).sort_values("order", kind="stable")
    joined["plain_word"] = [words.get(code, "") for code in joined["theme_code"]]
    for language in LANGUAGES:
        joined[f"theme_{language}"] = [_theme(code, language) for code in joined["theme_code"]]
        joined[f"panel_{language}"] = joined[f"theme_{language}"]
    joined["value"], joined["further"] = joined["share"].round(1), joined["share_of_health"].round(1)
    return joined.drop(columns="order").reset_index(drop=True)


def ranges(rows: pd.DataFrame, language: str) -> str:
    """Return the lowest and the highest share of each theme among rows of ``attention``, for titles and sentences.

    Masked and republished copies are left out: what they say is shown and not ranked.
    """
    said = signs(language)
    told = []
    for name, group in rows[rows["tier"].isin(OWN_TIERS)].groupby(f"theme_{language}", sort=False):
        ends = dict.fromkeys(f"{number(share)}%" for share in (group["value"].min(), group["value"].max()))
        told.append(f"{name}{'' if language == 'zh' else ' '}{'-'.join(ends)}")
    return said.list_comma.join(told) or heading("none", language)


def keywords(
    places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, most: int = 10, *, root: Path | None = None
) -> pd.DataFrame:
    """Return the ``most`` words that set each report apart from all others of the corpus, the highest score first."""
    table = load("keyness", root).drop(columns="genre").rename(columns={"others": "elsewhere"})
    held = reports(places, years, root=root)
    joined = held.merge(table, on="report").assign(
        order=lambda rows: rows["report"].map(dict(zip(held["report"], held.index, strict=True)))
    )
    joined = joined.sort_values(["order", "score", "word"], ascending=[True, False, True])
    return joined.drop(columns="order").groupby("report", sort=False).head(most).reset_index(drop=True)


def genre_keywords(most: int = 15, *, root: Path | None = None) -> pd.DataFrame:
    """Return the ``most`` words that set each genre apart from the others of the whole corpus, the highest score first, for a figure."""
    table = load("keyness", root).rename(columns={"others": "elsewhere"})
    table = table[table["genre"] != ""].sort_values(["genre", "score", "word"], ascending=[True, False, True])
    table = table.groupby("genre", sort=False).head(most).drop(columns="report").reset_index(drop=True)
    for language in LANGUAGES:
        table[f"panel_{language}"] = [word("genre", genre, language) for genre in table["genre"]]
        table[f"name_{language}"] = table["word"]
    return table.assign(value=table["score"].round(1))


def common_phrases(
    places: Iterable[str] | None = None, years: Iterable[int | str] | None = None, *, root: Path | None = None
) -> pd.DataFrame:
    """Return what every two of the reports share word for word, the longest stretches first; blanks and line ends are left out of
    ``common_text``."""
    table = load("phrases", root)
    held = reports(places, years, root=root).set_index("report")
    table = table[table["left_report"].isin(held.index) & table["right_report"].isin(held.index)]
    for side in ("left", "right"):
        for column, name in (("place_key", "place"), ("year", "year"), ("genre", "genre")):
            table[f"{side}_{name}"] = list(held.loc[table[f"{side}_report"], column])
    table["common_text"] = ["".join(text.split()) for text in table["text"]]
    order = ["characters", "left_report", "right_report", "left_start"]
    return table.sort_values(order, ascending=[False, True, True, True]).reset_index(drop=True)


def shared_by_pair(phrases: pd.DataFrame) -> pd.DataFrame:
    """Return for every two reports among the phrases how many stretches they share that are common to no third document, and how long
    the longest is."""
    own = phrases[phrases["spread"] != "common"]
    sides = [f"{side}_{name}" for side in ("left", "right") for name in ("report", "place", "year", "genre")]
    grouped = own.groupby(sides, sort=False)["characters"].agg(["size", "sum", "max"]).reset_index()
    grouped = grouped.rename(columns={"size": "stretches", "sum": "characters", "max": "longest"})
    return grouped.sort_values(["characters", "left_report", "right_report"], ascending=[False, True, True]).reset_index(drop=True)


def _name(row: Mapping[str, Any], language: str) -> str:
    year = "" if row["year"] != row["year"] or str(row["year"]) == "<NA>" else str(row["year"])
    return " ".join(filter(None, (place_name(row, language), year, word("genre", row["genre"], language))))


def _theme(code: str, language: str) -> str:
    return heading("other_theme", language) if code == NONE else theme_name(code, language)
