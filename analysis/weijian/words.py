"""What stands on figures and tables in Chinese and English: words of the codebook, names of places, values with unit and bound."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from weijian.amounts import Row, checked, value_label
from weijian.codebook import FOLDER, codebook
from weijian.comparability import OWN_TIERS, is_stated
from weijian.errors import FigureError
from weijian.frames import as_rows
from weijian.schema import file_of


class Signs(NamedTuple):
    """The marks of punctuation of a language, with their blanks."""

    comma: str
    list_comma: str
    semicolon: str
    colon: str
    stop: str
    brackets: str


# Full-width marks are written as escapes: a normalising editor would make them ASCII.
_PUNCTUATION = {
    "zh": Signs("\uff0c", "\u3001", "\uff1b", "\uff1a", "\u3002", "\uff08{}\uff09"),
    "en": Signs(", ", ", ", "; ", ": ", ". ", " ({})"),
}
OWN, APART = "own", "apart"
OURS = (OWN, APART)
"""The panels of what we read ourselves: on the common axis, and of another definition or base than what stands there."""
DERIVED = "derived"
"""How the standing of a value begins that nobody printed."""
WORD_LISTS = {
    "place_level": "level", "left_genre": "genre", "right_genre": "genre", "relation": "check_relation", "verdict": "check_verdict",
    "promise_verdict": "verdict", "plan_tier": "tier", "outcome_tier": "tier",
}  # fmt: skip
WORD_LISTS |= {name: name for name in ("status", "tier", "base", "stock_or_flow", "stage", "kind", "bound", "reason", "genre", "refuses")}
WORD_LISTS |= {name: name for name in ("spread", "next_verdict", "matched_by", "period")}


def signs(language: str) -> Signs:
    """Return the punctuation of a language."""
    return _PUNCTUATION[checked(language)]


def own_language() -> str:
    """Return the language of the person at the terminal: Chinese where the environment's LANG is, else English."""
    return "zh" if os.environ.get("LANG", "").startswith("zh") else "en"


def heading(name: str, language: str) -> str:
    """Return a heading or a fixed phrase of ``codebook/headings.csv``.

    >>> heading("quote", "zh")
    '原句'
    """
    row = codebook().by_key("headings").get(name)
    if row is None:
        raise FigureError(f"there is no heading for “{name}”", where=file_of(FOLDER / "headings.csv"), remedy="Add a row for it")
    return row[f"name_{checked(language)}"]


def word(column: str, code: str, language: str) -> str:
    """Return the word for a code of a column, the code itself where the codebook has no word.

    >>> word("reason", "not_mentioned", "zh"), word("place_level", "district", "en")
    ('未写出数字', 'district')
    """
    row = codebook().words(WORD_LISTS[column]).get(code) if column in WORD_LISTS else None
    return row[f"name_{checked(language)}"] if row else code


def level_rank(level: str) -> int:
    """Return where a level of administration stands in the codebook, what is none at the end.

    >>> level_rank("nation"), level_rank("city") < level_rank("district") < level_rank("")
    (0, True)
    """
    levels = list(codebook().words("level"))
    return levels.index(level) if level in levels else len(levels)


def theme_name(code: str, language: str) -> str:
    """Return the name of a theme.

    >>> theme_name("family_doctor", "en")
    'Family doctors'
    """
    return codebook().by_key("themes")[code][f"name_{checked(language)}"]


def indicator_name(code: str, language: str) -> str:
    """Return the name of an indicator.

    >>> indicator_name("fd_key_sign_rate", "zh")
    '重点人群签约率'
    """
    return codebook().by_key("indicators")[code][f"name_{checked(language)}"]


def place_name(row: Row, language: str) -> str:
    """Return how a row's place is called: as the report calls it where it has no code; a report that names none is called masked.

    An English name comes from ``codebook/place_names.csv``; a place without one keeps its Chinese name.

    >>> place_name({"place_code": "500000", "place": "重庆市"}, "en")
    'Chongqing'
    """
    if not row["place_code"]:
        return str(row.get("place") or heading("masked_place", language))
    english = codebook().by_key("place_names").get(row["place_code"])
    if english and checked(language) == "en":
        return str(english["name_en"])
    return _parent_of(row["place_code"]) + str(row["place"]) if row["place"] in _shared_names() else str(row["place"])


@lru_cache(maxsize=1)
def _shared_names() -> frozenset[str]:
    """Return the names that several places of today have, such as 鼓楼区."""
    counts = Counter(row["name"] for row in codebook().rows("places") if not row["valid_to"])
    return frozenset(name for name, count in counts.items() if count > 1)


def _parent_of(code: str) -> str:
    known = codebook().by_key("places")
    place = known.get(code)
    parent = known.get(place["parent"]) if place else None
    return str(parent["name"]) if parent else ""


def place_years(rows: Any, language: str) -> list[str]:
    """Return place and year of each row of a table, as the name of a bar or a group.

    >>> place_years([{"place_code": "440300", "place": "深圳市", "year": 2024}], "en")
    ['Shenzhen 2024']
    """
    records = rows if isinstance(rows, list) else as_rows(rows)
    return [f"{place_name(row, language)} {row['year']}" for row in records]


def name_of_place(key: str, language: str) -> str:
    """Return the name of the place with a code; the name of a document stands for a masked place.

    >>> name_of_place("440300", "zh"), name_of_place("a-document", "en")
    ('深圳市', 'Masked city')
    """
    known = codebook().by_key("places").get(key)
    return place_name({"place_code": key if known else "", "place": known["name"] if known else ""}, language)


def said_of(flag: str, language: str) -> str:
    """Return what a flag of an observation, or of a value per head, says.

    >>> said_of("misprint", "zh"), said_of("year_apart", "en")
    ('原文疑有误，按原样保留。', 'the population is of another year than the value')
    """
    book, ending = codebook(), checked(language)
    row, told = book.by_key("flags").get(flag), book.by_key("reckoning").get(flag)
    return row[f"sentence_{ending}"] if row else told[f"reason_{ending}"] if told else flag


def definition_name(code: str, language: str) -> str:
    """Return what sets a definition apart, and that it is not stated where it is not.

    >>> definition_name("unknown", "en")
    'not stated'
    """
    known = codebook().by_key("definitions").get(code)
    return known[f"name_{checked(language)}"] if known else word("base", "unknown", language)


def standing(text: str, language: str) -> str:
    """Return how far a published figure is confirmed.

    >>> standing("second-hand: read in a copy, not yet confirmed at the issuer", "zh")
    '二手转录'
    """
    return heading("second_hand" if text.startswith("second-hand") else "at_issuer", language)


def check_said(relation: str, verdict: str, language: str, part: str = "sentence") -> str:
    """Return what a verdict on a relation says to a reader, or with ``limit`` as the part what it does not say; empty where nothing is.

    >>> check_said("sum", "holds", "en")
    'The parts add up to the total, within rounding.'
    """
    ending = checked(language)
    rows = (row for row in codebook().rows("check_sentences") if (row["relation"], row["verdict"]) == (relation, verdict))
    return next((row[f"{part}_{ending}"] for row in rows), "")


def check_claim(relation: str, language: str) -> str:
    """Return what a relation claims; of one that is told only where it fails, that it is so.

    >>> check_claim("range", "en")
    'Only failures are told: The number lies outside what is possible.'
    """
    claim = check_said(relation, "holds", language)
    return claim or heading("only_failures", language).format(check_said(relation, "fails", language))


def arithmetic_in(text: str, language: str) -> str:
    """Return the arithmetic of a check with its words in the language; numbers and units stay as they are.

    >>> arithmetic_in("10 + 3 = 13, printed 13人", "zh")
    '10 + 3 = 13，原文写13人'
    """
    if checked(language) == "en":
        return text
    known = codebook().words("arithmetic")
    phrases = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    chinese = re.sub(rf" ?(?<![A-Za-z])({phrases})(?![A-Za-z]) ?", lambda found: known[found[1]]["name_zh"], text)
    said = signs(language)
    for plain, mark in ((",", said.comma), (";", said.semicolon), (":", said.colon)):
        chinese = re.sub(rf"(?<!\d){plain} ?|{plain}(?!\d) ?", mark, chinese)
    return chinese


def basis(row: Row, language: str) -> str:
    """Return what is known of a value's base and definition, and that the rest is not stated."""
    base, definition = (is_stated(row[name]) for name in ("base", "definition"))
    if not base and not definition:
        return heading("not_stated", language)
    parts = [
        word("base", row["base"], language) if base else heading("base_not_stated", language),
        definition_name(row["definition"], language) if definition else heading("definition_not_stated", language),
    ]
    return signs(language).comma.join(parts)


def circumstances(row: Row, language: str) -> str:
    """Return year and status of a value, the tier of a copy, and where others printed it."""
    parts = [str(row["year"]), _status(row, language)]
    if row["panel"] in OURS:
        parts += [word("tier", row["tier"], language)] if row["tier"] not in OWN_TIERS else []
    elif row["issued_in"]:
        parts.append(row["issued_in"])
    return signs(language).comma.join(parts)


def _status(row: Row, language: str) -> str:
    """Return whether a value is an outcome, a target or a reference, or that it is derived and was printed by nobody."""
    derived = str(row.get("verification", "")).startswith(DERIVED)
    return heading("derived", language) if derived else word("status", row["status"], language)


def details(row: Row, language: str, *, definition: bool = False) -> list[str]:
    """Return what a row of a small panel is told apart by: status, stage, stock or flow, copy, and its definition when asked."""
    parts = [_status(row, language)]
    if is_stated(row["stage"]) and row["stage"] != "none":
        parts.append(word("stage", row["stage"], language))
    if row["panel"] in OURS:
        flow = row["stock_or_flow"]
        parts.append(word("stock_or_flow", flow, language) if is_stated(flow) else heading("stock_or_flow_not_stated", language))
        parts += [word("tier", row["tier"], language)] if row["tier"] not in OWN_TIERS else []
        parts += [basis(row, language)] if definition else []
    elif row["issued_in"]:
        parts.append(row["issued_in"])
    return parts


def definitions_differ(rows: Sequence[Row]) -> bool:
    """Say whether values of one indicator are known to differ in base or in definition.

    >>> definitions_differ([{"base": "resident", "definition": ""}, {"base": "unknown", "definition": "a"}])
    False
    """
    return any(len({row[name] for row in rows if is_stated(row[name])}) > 1 for name in ("base", "definition"))


def listing(rows: Any, language: str, most: int = 3, *, named: bool = False) -> str:
    """Return the values of a table in one phrase, for titles and sentences: the first ``most`` places with values and year.

    ``named`` puts the name of its indicator before each value.

    >>> listing([{"place_code": "500000", "place": "重庆市", "value": 43.0, "low": None, "bound": ">", "unit": "%", "year": 2023}], "zh")
    '重庆市>43%（2023）'
    """
    records = rows if isinstance(rows, list) else as_rows(rows)
    said, (blank, joint) = signs(language), ("", "\u3001") if language == "zh" else (", " if named else " ", " and ")
    told: dict[tuple[str, Any], list[str]] = {}
    for row in records:
        name = f"{indicator_name(row['indicator'], language)}{'' if language == 'zh' else ' '}" if named else ""
        aim = f"{word('status', 'target', language)}{'' if language == 'zh' else ' '}" if row.get("status") == "target" else ""
        told.setdefault((place_name(row, language), row["year"]), []).append(name + aim + value_label(row, language))
    phrases = [f"{place}{blank}{joint.join(values)}{said.brackets.format(year)}" for (place, year), values in told.items()]
    more = heading("others", language) if len(phrases) > most else ""
    if more and language == "zh":
        return said.list_comma.join(phrases[:most]) + more
    phrases[most:] = [more] if more else []
    return (said.list_comma if language == "zh" else said.semicolon).join(phrases) or heading("none", language)
