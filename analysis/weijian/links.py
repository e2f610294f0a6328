"""Where the sentence behind an observation stands among the pages: figures/texts/ holds a page for every document.

Links are written as seen from ``figures/``; pages that lie deeper, and notebooks, put the way to it in front.
"""

from __future__ import annotations

TEXTS = "texts"


def address(observation: str) -> str:
    """Return the link from a page in ``figures/`` to the number of an observation in the text of its document.

    >>> address("310112-2024-summary#1@2862")
    'texts/310112-2024-summary.html#n2862'
    """
    report, _, start = observation.rpartition("@")
    return f"{TEXTS}/{report.rpartition('#')[0]}.html#{anchor(start)}"


def anchor(start: int | str) -> str:
    """Return the name, on the page of its document, of the number that begins at an offset."""
    return f"n{start}"
