"""The words around a figure: its note with sources, and the text for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from weijian.comparability import OWN_TIERS
from weijian.compare import TITLES
from weijian.figures.marking import BENCHMARK, CONTEXT, MISSING, OWN
from weijian.words import Row, heading, indicator_name, place_name, signs, value_label, word

if TYPE_CHECKING:
    import pandas as pd


def note(marks: pd.DataFrame, language: str) -> str:
    """Return the note below a figure: how it is ordered, what its marks are not, and the sources of what was read."""
    rows = marks.to_dict("records")
    own = [row for row in rows if row["panel"] == OWN]
    published = [row for row in rows if row["panel"] != OWN]
    keys = ["order_note"] if len({row["place_key"] for row in own}) > 1 else []
    keys += ["masked_note"] if any(row["tier"] and row["tier"] not in OWN_TIERS for row in own) else []
    keys += ["context_note"] if any(row["panel"] == CONTEXT for row in rows) else []
    keys += ["second_hand_note"] if any(row["verification"].startswith("second-hand") for row in published) else []
    sentences = [heading(key, language) for key in keys]
    sources = signs(language).semicolon.join(dict.fromkeys(source for row in own for source in _sources(row, language)))
    if sources:
        sentences.append(f"{heading('sources', language)}{signs(language).colon}{sources}")
    return _sentences(sentences, language)


def alternative(title: str, subtitle: str, marks: pd.DataFrame, language: str) -> str:
    """Return the text that stands for the figure: its finding, its measure, and every mark in words."""
    rows = marks.to_dict("records")
    several = len({row["indicator"] for row in rows}) > 1
    return _sentences([title, subtitle, *(in_words(row, language, several=several) for row in rows)], language)


def in_words(row: Row, language: str, *, several: bool) -> str:
    """Return one mark in words: place, indicator where there are several, year, status and value."""
    said = signs(language)
    name = place_name(row, language) + (f"{said.comma}{indicator_name(row['indicator'], language)}" if several else "")
    years = str(row["year"]).replace(";", said.list_comma)
    if row["status"] == MISSING:
        return f"{name}{said.colon}{word('reason', row['reason'], language)}{said.brackets.format(years)}"
    kind = heading("benchmark", language) if row["panel"] == BENCHMARK else word("status", row["status"], language)
    return f"{name}{said.colon}{value_label(row, language)}{said.brackets.format(f'{years}{said.comma}{kind}')}"


def _sources(row: Row, language: str) -> list[str]:
    """Return the documents behind a mark, each with its issuer."""
    titles = row["issued_in"].split(TITLES) if row["issued_in"] else []
    if language == "zh":
        return [f"{row['issuer'] or place_name(row, language)}《{title}》" for title in titles]
    return [", ".join(filter(None, (f'{place_name(row, language)}: "{title}"', row["issuer"]))) for title in titles]


def _sentences(parts: Iterable[str], language: str) -> str:
    """Join parts as sentences, each with one full stop."""
    stop = signs(language).stop
    return stop.join(part.rstrip(".\u3002") for part in parts) + stop.rstrip()
