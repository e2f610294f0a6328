"""Where the sentence behind an observation stands among the pages: figures/texts/ holds a page for every document.

Links are written as seen from ``figures/``; pages that lie deeper, and notebooks, put the way to it in front.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container

TEXTS = "texts"
_DOCUMENT = re.compile(r'texts/([^"#]+)\.html#')
_TO_TEXT = re.compile(r'\s(?:xlink:)?href="(?:\.\./)*texts/([^"#]+)\.html#[^"]*"')


def address(observation: str) -> str:
    """Return the link from a page in ``figures/`` to the number of an observation in the text of its document.

    >>> address("310112-2024-summary#1@2862")
    'texts/310112-2024-summary.html#n2862'
    """
    report, _, start = observation.rpartition("@")
    return f"{TEXTS}/{report.rpartition('#')[0]}.html#{anchor(start)}"


def clause(report: str, start: int | str) -> str:
    """Return the key of a promise or an outcome in the words of a report: a clause, with a figure or without.

    >>> address(clause("310000-2023-plan#1", 1143))
    'texts/310000-2023-plan.html#c1143'
    """
    return f"{report}@c{start}"


def anchor(start: int | str) -> str:
    """Return the name, on the page of its document, of the number that begins at an offset; c before the offset means a clause."""
    return str(start) if str(start).startswith("c") else f"n{start}"


def first_seen(report: str, members: str, observations: Container[str]) -> str:
    """Return the first observation among the numbers of a check, which its row lists as JSON; empty when none of them is one.

    >>> first_seen("a#1", "[[3, 5], [9, 12]]", {"a#1@9"})
    'a#1@9'
    """
    return next((key for start, _ in json.loads(members) if (key := f"{report}@{start}") in observations), "")


def without_dead(markup: str, documents: Collection[str]) -> str:
    """Return markup without the links to texts of documents that the corpus does not hold, as a notebook's practice corpus does.

    >>> without_dead('<a href="texts/a.html#n1">1</a><a href="texts/b.html#n2">2</a>', {"a"})
    '<a href="texts/a.html#n1">1</a><a>2</a>'
    """
    if all(document in documents for document in set(_DOCUMENT.findall(markup))):
        return markup
    return _TO_TEXT.sub(lambda link: link.group() if link[1] in documents else "", markup)
