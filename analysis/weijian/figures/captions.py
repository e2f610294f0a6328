"""The words around a figure: its note with sources, and the text for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from weijian.amounts import Row, value_label
from weijian.comparability import OWN_TIERS
from weijian.compare import TITLES
from weijian.figures.marking import BENCHMARK, CONTEXT, MISSING
from weijian.frames import as_rows
from weijian.words import OURS, details, heading, indicator_name, place_name, signs, word

if TYPE_CHECKING:
    import pandas as pd


def note(marks: pd.DataFrame, language: str, *, benchmarks: bool = False) -> str:
    """Return the note below a figure: how it is ordered, what its marks are not, and the sources of what was read.

    With ``benchmarks`` the documents of the national targets are named too, where the figure has no room for them.
    """
    rows = as_rows(marks)
    own = [row for row in rows if row["panel"] in OURS]
    published = [row for row in rows if row["panel"] not in OURS]
    keys = ["order_note"] if len({row["place_key"] for row in own}) > 1 else []
    keys += ["masked_note"] if any(row["tier"] and row["tier"] not in OWN_TIERS for row in own) else []
    keys += ["context_note"] if any(row["panel"] == CONTEXT for row in rows) else []
    keys += ["second_hand_note"] if any(row["verification"].startswith("second-hand") for row in published) else []
    told = [heading(key, language) for key in keys]
    documents = dict.fromkeys(row["issued_in"] for row in rows if row["panel"] == BENCHMARK and benchmarks)
    if documents:
        told.append(f"{heading('benchmarks', language)}{signs(language).colon}{signs(language).semicolon.join(documents)}")
    told += sources(own, language)
    return sentences(told, language)


def sources(rows: Iterable[Row], language: str) -> list[str]:
    """Return a sentence with the documents of rows, or none where there are no documents."""
    named = signs(language).semicolon.join(dict.fromkeys(source for row in rows for source in _documents(row, language)))
    return [f"{heading('sources', language)}{signs(language).colon}{named}"] if named else []


def alternative(title: str, subtitle: str, marks: pd.DataFrame, language: str, *, detailed: bool = False) -> str:
    """Return the text that stands for the figure: its finding, its measure, and every mark in words.

    ``detailed`` tells of each mark what a small panel prints below its name.
    """
    rows = as_rows(marks)
    several = len({row["indicator"] for row in rows}) > 1
    told = (in_words(row, language, several=several, detailed=detailed) for row in rows)
    return sentences([title, subtitle, *told], language)


def in_words(row: Row, language: str, *, several: bool, detailed: bool = False) -> str:
    """Return one mark in words: place, indicator where there are several, year, status and value."""
    said = signs(language)
    name = place_name(row, language) + (f"{said.comma}{indicator_name(row['indicator'], language)}" if several else "")
    years = str(row["year"]).replace(";", said.list_comma)
    if row["status"] == MISSING:
        return f"{name}{said.colon}{word('reason', row['reason'], language)}{said.brackets.format(years)}"
    kinds = [heading("benchmark", language)] if row["panel"] == BENCHMARK else [word("status", row["status"], language)]
    if detailed and row["panel"] != BENCHMARK:
        kinds = details(row, language, definition=row["panel"] in OURS)
    return f"{name}{said.colon}{value_label(row, language)}{said.brackets.format(said.comma.join([years, *kinds]))}"


def _documents(row: Row, language: str) -> list[str]:
    """Return the documents behind a mark, each with its issuer."""
    titles = row["issued_in"].split(TITLES) if row["issued_in"] else []
    if language == "zh":
        return [f"{row['issuer'] or place_name(row, language)}《{title}》" for title in titles]
    return [", ".join(filter(None, (f'{place_name(row, language)}: "{title}"', row["issuer"]))) for title in titles]


def sentences(parts: Iterable[str], language: str) -> str:
    """Join parts as sentences, each with one full stop."""
    stop = signs(language).stop
    return stop.join(part.rstrip(".\u3002") for part in parts) + stop.rstrip()
