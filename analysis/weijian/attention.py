"""How much of a report each theme takes: its sentences and characters, by its own words and by its headings.

In: readings. Out: rows of ``ATTENTION``, one for each report and theme, and one for ``none``. What counts as the body and as a
sentence is told in ``body``; which words speak of a theme stands in codebook/theme_cues.csv, which headings are not on health
services in codebook/administration.csv, and the word of a plain search in codebook/theme_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from weijian.body import Sentence, bodies
from weijian.codebook import codebook
from weijian.folding import fold
from weijian.indicators import theme_order, themes_in
from weijian.records import Reading, Section
from weijian.schema import Column, Table

NONE = "none"
_CENTS = Decimal("0.01")
_CLAUSE = re.compile(r"[,，;；\s]+")


def _count(name: str, description: str, unit: str) -> Column:
    return Column(name, description, type="integer", required=True, unit=unit)


def _share(name: str, description: str) -> Column:
    return Column(name, f"{description}; empty where there is nothing to divide by", type="decimal", unit="%")


ATTENTION = Table(
    "attention",
    "Attention: how much of a report's body each theme takes",
    (
        Column("report", "the report", required=True, refers="reports"),
        Column("theme", "the theme, or none for sentences of which neither words nor headings speak of one", required=True),
        _count("sentences", "sentences whose own words speak of the theme; one may count for several themes", "sentences"),
        _count("characters", "their characters, blanks left out", "characters"),
        _count("section_sentences", "further sentences, of which only the nearest heading that names a theme speaks of it", "sentences"),
        _count("section_characters", "their characters", "characters"),
        _count("named_sentences", "sentences that a plain search for the theme's word would find", "sentences"),
        _count("named_apart", "those of them whose words speak of something else", "sentences"),
        _count("sentences_all", "all sentences of the body", "sentences"),
        _count("characters_all", "their characters", "characters"),
        _count("characters_health", "characters of the sections that are on health services", "characters"),
        _share("share", "characters of characters_all"),
        _share("share_with_sections", "characters and section_characters of characters_all"),
        _share("share_of_health", "characters within the sections on health services, of characters_health"),
    ),
    ("report", "theme"),
)


class _Heard(NamedTuple):
    """A sentence: its characters, whether its section is on health services, the themes of its words, those of its heading alone, and
    the themes whose plain word it holds."""

    characters: int
    health: bool
    own: tuple[str, ...]
    above: tuple[str, ...]
    named: tuple[str, ...]


def attention_rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """Yield a row of ``ATTENTION`` for each report and theme, themes in the order of the codebook, ``none`` last.

    Only the body counts: page furniture does not, the title and headings do. A sentence is of a theme when a word of the theme stands
    in it (``sentences``), or when the nearest heading above it that names any theme names this one (``section_sentences``, counted
    apart). It may be of several themes, so that shares may add up to more than a hundred. Shares are percentages of characters, with
    two decimals; in ``share_of_health`` sections on the party, discipline and office work count neither above nor below the line.

    >>> from weijian.reading import read
    >>> text = "临江市2023年卫生健康工作总结\\n一、老年健康\\n建成老年医学科十家。开展义诊。"
    >>> [(row["theme"], row["sentences"], row["section_sentences"], str(row["share"])) for row in attention_rows([read(text)])][2:]
    [('elderly_care', 2, 1, '43.24'), ('none', 1, 0, '43.24')]
    """
    for reading in readings:
        for report, sentences in bodies(reading):
            heard = [_heard(sentence) for sentence in sentences]
            totals = _totals(heard)
            for theme in theme_order():
                yield {"report": report.key, **_of_theme(theme, heard), **totals} | _shares(theme, heard, totals)
            silent = [each._replace(own=(NONE,), named=()) for each in heard if not each.own and not each.above]
            yield {"report": report.key, **_of_theme(NONE, silent), **totals} | _shares(NONE, silent, totals)


def on_health(sections: Sequence[Section]) -> bool:
    """Say whether a section, given with those around it, innermost first, is on health services.

    The nearest heading decides that names a theme, which makes it so, or administration, which makes it not so; no heading of
    either kind leaves it among the health services.
    """
    for section in sections:
        if themes_in(_words(section.heading)):
            return True
        if _administers(section.heading):
            return False
    return True


def _heard(sentence: Sentence) -> _Heard:
    own = themes_in(sentence.words)
    above = next((found for section in sentence.sections if (found := themes_in(_words(section.heading)))), ())
    alone = tuple(theme for theme in above if theme not in own)
    named = tuple(theme for theme, word in _plain_words() if word in sentence.words)
    return _Heard(sentence.characters, on_health(sentence.sections), own, alone, named)


def _totals(heard: Sequence[_Heard]) -> dict[str, int]:
    return {
        "sentences_all": len(heard),
        "characters_all": sum(each.characters for each in heard),
        "characters_health": sum(each.characters for each in heard if each.health),
    }


def _of_theme(theme: str, heard: Sequence[_Heard]) -> dict[str, Any]:
    own = [each.characters for each in heard if theme in each.own]
    above = [each.characters for each in heard if theme in each.above]
    named = [theme in each.own for each in heard if theme in each.named]
    return {
        "theme": theme, "sentences": len(own), "characters": sum(own), "section_sentences": len(above), "section_characters": sum(above),
        "named_sentences": len(named), "named_apart": named.count(False),
    }  # fmt: skip


def _shares(theme: str, heard: Sequence[_Heard], totals: dict[str, int]) -> dict[str, Decimal | None]:
    own = sum(each.characters for each in heard if theme in each.own)
    above = sum(each.characters for each in heard if theme in each.above)
    within = sum(each.characters for each in heard if theme in each.own and each.health)
    return {
        "share": percentage(own, totals["characters_all"]),
        "share_with_sections": percentage(own + above, totals["characters_all"]),
        "share_of_health": percentage(within, totals["characters_health"]),
    }


def percentage(part: int, whole: int) -> Decimal | None:
    """Return a part in per cent of the whole with two decimals, None of nothing.

    >>> percentage(1, 3)
    Decimal('33.33')
    """
    return (Decimal(100 * part) / whole).quantize(_CENTS) if whole else None


@lru_cache(maxsize=4096)
def _words(heading: str) -> str:
    return fold(heading).text


@cache
def _plain_words() -> tuple[tuple[str, str], ...]:
    return tuple((row["theme"], row["word"]) for row in codebook().rows("theme_words"))


@cache
def _cues() -> re.Pattern[str]:
    return re.compile("|".join(row["cue"] for row in codebook().rows("administration")))


@lru_cache(maxsize=4096)
def _administers(heading: str) -> bool:
    """Say whether a heading speaks of the party, discipline or office work: its last clause names the work, what comes before opens it.

    >>> _administers("一、强化党建引领,筑牢健康根基"), _administers("(二)压实责任,加强党建")
    (False, True)
    """
    return bool(_cues().search(_CLAUSE.split(heading.strip())[-1]))
