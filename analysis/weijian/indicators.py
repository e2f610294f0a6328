"""Which indicator and which themes: rules over the words that own a number, kept in codebook tables.

In: the words of a measure (its subject, its clause, its context), its unit and kind. Out: the indicator's code
with every candidate and the row that decided, or nothing: an empty code is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from weijian.codebook import codebook
from weijian.finding import finder
from weijian.schema import Row


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of rules.csv: the words that must stand near, and those that must not."""

    row: int
    indicator: str
    focus: re.Pattern[str]
    also: re.Pattern[str] | None
    context: re.Pattern[str] | None
    never: re.Pattern[str] | None


def _compile(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[tuple[int, Row]]]:
    """Return the rows of rules.csv by unit, each with its place in the file."""
    by_unit: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(codebook().rows("rules"), start=2):
        for unit in row["units"].split(";"):
            by_unit.setdefault(unit, []).append((number, row))
    return by_unit


@lru_cache(maxsize=128)
def _rules(unit: str, kind: str) -> tuple[Rule, ...]:
    """Return the rules for a unit and a kind; their patterns are compiled when these are first met."""
    return tuple(
        Rule(
            row=number,
            indicator=row["indicator"],
            focus=re.compile(row["focus"]),
            also=_compile(row["also"]),
            context=_compile(row["context"]),
            never=_compile(row["never"]),
        )
        for number, row in _rows().get(unit, ())
        if row["kind"] == kind
    )


@lru_cache(maxsize=128)
def _any_focus(unit: str, kind: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds whether any rule of a unit and a kind is to be tried: most measures match none of them."""
    patterns = [rule.focus.pattern for rule in _rules(unit, kind)]
    anchored = [pattern for pattern in patterns if "^" in pattern.replace("[^", "")]  # a finder that can begin anywhere skips nothing
    return tuple(finder("|".join(alike)) for alike in ([each for each in patterns if each not in anchored], anchored) if alike)


def candidates(own: str, wide: str, context: str, unit: str, kind: str) -> list[tuple[str, int]]:
    """Return the indicators that the words allow, each with the row of rules.csv that says so.

    ``own`` is what owns the number, ``wide`` the same with what it inherits, ``context`` also its sentence and
    headings.

    >>> [code for code, row in candidates("重点人群签约率", "重点人群签约率", "家庭医生", "%", "level")]
    ['fd_key_sign_rate']
    """
    found: list[tuple[str, int]] = []
    for focus in _any_focus(unit, kind):
        if focus.search(own):
            break
    else:
        return found
    for rule in _rules(unit, kind):
        if not rule.focus.search(own):
            continue
        if rule.also and not rule.also.search(wide):
            continue
        if rule.never and rule.never.search(own):
            continue
        if rule.context and not rule.context.search(context):
            continue
        found.append((rule.indicator, rule.row))
    return found


@lru_cache(maxsize=1)
def _themes() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    cues: dict[str, dict[str, list[str]]] = {}
    for row in codebook().rows("theme_cues"):
        cues.setdefault(row["theme"], {"speaks": [], "never": []})[row["use"]].append(row["cue"])
    return tuple((theme, finder("|".join(use["speaks"])), _compile("|".join(use["never"]))) for theme, use in cues.items())


@lru_cache(maxsize=1)
def theme_order() -> tuple[str, ...]:
    """Return all themes in the order of the codebook."""
    return tuple(theme for theme, _, _ in _themes())


@lru_cache(maxsize=4096)
def themes_in(words: str) -> tuple[str, ...]:
    """Return the themes that the words speak of, in the order of the codebook.

    >>> themes_in("60岁以上居民签约")
    ('family_doctor', 'elderly_care')
    """
    found = []
    for theme, cue, never in _themes():
        if cue.search(words) and cue.search(never.sub("", words) if never else words):
            found.append(theme)
    return tuple(found)


def of_both(owners: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the themes of a part; patients who are signed with a family doctor are counted there alone."""
    if "family_doctor" in owners:
        own = tuple(theme for theme in own if theme != "community_health")
    return tuple(theme for theme in theme_order() if theme in own or theme in owners)
