"""What is drawn of more places than a figure can show: the first of them, and the subtitle says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from weijian.figures.marking import MISSING
from weijian.figures.save import Figure
from weijian.words import OURS, heading, signs

if TYPE_CHECKING:
    import pandas as pd

Drawing = Callable[..., Figure]


def readable(most: int) -> Callable[[Drawing], Drawing]:
    """Let a figure draw so many places at most, those with a value before others, in the order of its table; the subtitle says so."""

    def limited(draw: Drawing) -> Drawing:
        @wraps(draw)
        def drawn(rows: pd.DataFrame, *, subtitle: str, language: str = "zh", **options: object) -> Figure:
            rows, told = excerpt(rows, most, language)
            subtitle = f"{subtitle}{signs(language).semicolon}{told}" if told else subtitle
            return draw(rows, subtitle=subtitle, language=language, **options)

        return drawn

    return limited


def excerpt(rows: pd.DataFrame, most: int, language: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of the first ``most`` places, with all that is context, and a phrase that says of how many they are the first."""
    if "place_key" not in rows:
        return rows, ""
    own = rows["panel"].isin(OURS) if "panel" in rows else rows["place_key"].notna()
    valued = own & rows["status"].ne(MISSING) if "status" in rows else own
    places = list(dict.fromkeys([*rows["place_key"][valued], *rows["place_key"][own]]))
    if len(places) <= most:
        return rows, ""
    return rows[~own | rows["place_key"].isin(places[:most])], heading("excerpt", language).format(most, len(places))
