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

MOST = 24
"""How many places a figure shows at most."""
Drawing = Callable[..., Figure]


def readable(draw: Drawing) -> Drawing:
    """Let a figure draw at most 24 places, those with a value before others, in the order of its table; which of how many is said."""

    @wraps(draw)
    def drawn(rows: pd.DataFrame, *, subtitle: str, language: str = "zh", **options: object) -> Figure:
        rows, told = excerpt(rows, language)
        subtitle = f"{subtitle}{signs(language).semicolon}{told}" if told else subtitle
        return draw(rows, subtitle=subtitle, language=language, **options)

    return drawn


def excerpt(rows: pd.DataFrame, language: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of the places that are drawn, with all that is of others, and a phrase that says how many places are not."""
    if "place_key" not in rows:
        return rows, ""
    own = rows["panel"].isin(OURS) if "panel" in rows else rows["place_key"].notna()
    valued = own & rows["status"].ne(MISSING) if "status" in rows else own
    places = list(dict.fromkeys([*rows["place_key"][valued], *rows["place_key"][own]]))
    if len(places) <= MOST:
        return rows, ""
    return rows[~own | rows["place_key"].isin(places[:MOST])], heading("excerpt", language).format(MOST, len(places))
