"""Why a number was given its themes, its indicator and its base: the cue words that spoke, and the rules that did not.

In: a ``Passage``. Out: reasons as in ``reasons``. An indicator is told with the row of rules.csv that gave it and
with the rows that came near it: what each of them still asks for, or forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from weijian.codebook import Codebook
from weijian.passages import Passage
from weijian.patterns import phrases
from weijian.reasons import Reason, clause_of, recorded
from weijian.schema import SEPARATOR, Row
from weijian.units import quantity_of

_FORBIDDEN_SHOWN, _RIVALS_SHOWN = 6, 3
_OF_PEOPLE = ("person", "household")


class Words(NamedTuple):
    """The words around a number, from the nearest to the farthest: its own, those of its clause, its sentence and headings."""

    own: str
    clause: str
    context: str


def words_of(passage: Passage) -> Words:
    """Return the words that the rules of the codebook are held against."""
    place, rule = passage.place, recorded(passage.read.rule).get("subject", "")
    own = f"{place.left[-30:]}|{passage.read.subject}|{place.right[:24]}"
    if rule in ("right", "acts"):
        own = f"{place.left[-8:]}|{passage.read.subject}"
    elif rule == "respective":
        own = f"{passage.read.subject}|"
    clause = f"{own}|{clause_of(passage)}"
    return Words(own, clause, f"{clause}|{place.lead[-80:]}|{'|'.join(reversed(passage.headings))}")


def theme_reasons(passage: Passage, book: Codebook) -> list[Reason]:
    """Tell which cue word spoke for each theme, and where it stands."""
    if not passage.read.themes:
        return [("none", {})]
    words = words_of(passage)
    return [_theme_reason(passage, book, theme, words) for theme in passage.read.themes]


def _theme_reason(passage: Passage, book: Codebook, theme: str, words: Words) -> Reason:
    named = {"theme": theme}
    for rule, spoken in (("own", words.own), ("clause", words.clause)):
        cue = _cue(book, theme, spoken)
        if cue:
            return rule, named | {"words": cue}
    for heading in reversed(passage.headings):
        cue = _cue(book, theme, heading)
        if cue:
            return "heading", named | {"words": cue, "heading": heading}
    return "carried", named


def _cue(book: Codebook, theme: str, spoken: str) -> str:
    """Return the longest cue of a theme that stands in the words, those that never speak for it left out."""
    rows = [row for row in book.rows("theme_cues") if row["theme"] == theme]
    for row in rows:
        if row["use"] == "never":
            spoken = re.sub(row["cue"], "", spoken)
    found = [match.group() for row in rows if row["use"] == "speaks" and (match := re.search(row["cue"], spoken))]
    return max(found, key=len, default="")


def indicator_reasons(passage: Passage, book: Codebook) -> list[Reason]:
    """Tell which row of rules.csv gave the indicator, or why none did, and which other rows came near."""
    read, words = passage.read, words_of(passage)
    if read.status == "reference":
        return [("reference", {})]
    rivals = list(_rivals(passage, book, words))[:_RIVALS_SHOWN]
    if read.indicator:
        return [*_chosen(passage, book, words), *rivals]
    if len(read.candidates) > 1:
        return [("several", {"indicators": SEPARATOR.join(read.candidates)})]
    if read.candidates:
        return [("part_only" if read.scope else "not_given", {"indicator": read.candidates[0]})]
    return [("change" if read.kind.startswith("change") else "none", {}), *rivals]


def _chosen(passage: Passage, book: Codebook, words: Words) -> Iterator[Reason]:
    code, number = passage.read.indicator, recorded(passage.read.rule).get("indicator", "")
    yield "chosen", {"indicator": code, "row": number}
    row = book.rows("rules")[int(number) - 2] if number else {}
    for column in ("focus", "also", "context"):
        if row.get(column):
            yield column, {"words": _spoken(row[column], words)}
    yield "unit", {"unit": passage.read.unit}
    forbidden = phrases(row.get("never", ""))
    if forbidden:
        shown = "、".join(forbidden[:_FORBIDDEN_SHOWN])
        yield ("never" if len(forbidden) <= _FORBIDDEN_SHOWN else "never_many"), {"words": shown, "count": str(len(forbidden))}


def _spoken(pattern: str, words: Words) -> str:
    """Return what a pattern found in the nearest words that it is in, or what it looks for."""
    for spoken in words:
        match = re.search(pattern, spoken)
        if match and match.group().strip("|"):
            return match.group().strip("|").replace("|", "…")
    return "/".join(phrases(pattern)[:_RIVALS_SHOWN])


def _rivals(passage: Passage, book: Codebook, words: Words) -> Iterator[Reason]:
    """Yield the rows of the number's themes, unit and kind that its own words are about, and what kept them away."""
    told = set(passage.read.candidates)
    told |= {code for code, row in book.by_key("indicators").items() if row["theme"] not in passage.read.themes}
    for number, row in enumerate(book.rows("rules"), start=2):
        fits = passage.read.unit in row["units"].split(";") and row["kind"] == passage.read.kind
        if not fits or row["indicator"] in told or not re.search(row["focus"], words.own):
            continue
        found = _obstacle(row, words)
        if found:
            told.add(row["indicator"])
            yield found[0], {"indicator": row["indicator"], "row": str(number), "words": found[1]}


def _obstacle(row: Row, words: Words) -> tuple[str, str] | None:
    """Return what a row misses or forbids: the rule of the sentence that says so, and the words."""
    for column, spoken in (("also", words.clause), ("context", words.context)):
        if row[column] and not re.search(row[column], spoken):
            return f"misses_{column}", "、".join(phrases(row[column])[:_RIVALS_SHOWN])
    forbidden = re.search(row["never"], words.own) if row["never"] else None
    return ("forbids", forbidden.group().strip("|")) if forbidden else None


def base_reasons(passage: Passage, book: Codebook) -> list[Reason]:
    """Tell what is stated of population and definition, and what is not."""
    read, reasons = passage.read, []
    if read.base in ("registered", "resident"):
        reasons.append(("stated", {"words": "户籍" if read.base == "registered" else "常住"}))
    elif read.base != "unknown":
        reasons.append(("nature", {}))
    elif read.indicator or (read.themes and quantity_of(read.unit) in _OF_PEOPLE):
        reasons.append(("unknown", {}))
    if read.stock_or_flow not in ("unknown", "change"):
        reasons.append(("flow", {}))
    return [*reasons, *_definition(read.indicator, read.definition, book)]


def _definition(indicator: str, definition: str, book: Codebook) -> Iterator[Reason]:
    if not indicator:
        return
    known = {code: row for code, row in book.by_key("definitions").items() if row["indicator"] == indicator}
    if definition in known:
        yield "definition", {"definition": definition}
    elif known:
        yield "definition_unknown", {"definitions": SEPARATOR.join(known)}
    else:
        yield "definition_unlisted", {}
