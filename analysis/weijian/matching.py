"""Do two clauses speak of one thing? Names drift between a plan and its summary, and other things have names much like theirs.

In: the statements of both. Out: for a statement the likeliest answers with their similarity. Words are compared as pairs of
characters, each weighing the more the rarer it is in the two documents, and found through an index, so that the work grows
with the text and not with the pairs of clauses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from weijian.codebook import codebook
from weijian.promises import alternation, deeds, listed
from weijian.statements import Statement
from weijian.units import quantity_of

_TRIED = 8
_COMMON = 100  # what so many clauses share leads to none of them
_FEWEST, _HEADED = 2, 3
_CROSSED, _LOWEST, _NAMED_FULLY, _TURNED = 0.5, 0.3, 0.7, 0.8
_INDICATOR, _TOPIC = 0.25, 0.04
_ORDINAL = re.compile(r"第([一二三四五六七八九十\d]+)(轮|届|批|期|次|版|周期)|(首)(轮|届|批|次)")
_ANEW = re.compile(r"新一[轮届批期]")
_ASIDE = re.compile(r"\([^()]*\)")
_NOISE = re.compile(
    r"[^\w%]+|_|[于在]?\d{1,2}月(?:\d{1,2}日|[份底初]|[上中下]旬)?(?:之?前|正式)?|(?:19|20)\d\d(?:[-—](?:19|20)\d\d)?年?(?:度|底|末)?"
)
_NO_PART = "国|省|市|级|卫生|示范|各|全|每|社区|辖|我|本|城[乡区]|山区|地区|园区|小区|病区|院区|牧区|先行|试验|偏远|对|在|多个|两|三"
_PART = re.compile(rf"(?!.*(?:{_NO_PART}))(?:[\u4e00-\u9fff]{{1,3}}(?:区|县|镇|乡|街道|旗)|[\u4e00-\u9fff]{{2,4}}(?:新区|自治县))")
_OPENS_WITH_PART = re.compile(r"(?:其中)?([\u4e00-\u9fff]{2,4}?(?:区|县|镇|乡|街道|旗))(?![级域内属])")
_STARTS_WITH_DEED = re.compile(f"(?:{deeds()})")
_EACH = re.compile("人均|户均|每[人户年月]")
_GROWTH = re.compile("增幅|增速|增长率|降幅")
_ENDS_AS_PLACE = re.compile("(?:区|县|市|镇|乡|街道|旗|国)$")


_APART = ("nominated", "applied", "reviewed")  # what is only nominated, or was there before, is none of those promised


class Match(NamedTuple):
    """The place of an answer in the list that was searched, its similarity from 0 to 1, and what the two share."""

    answer: int
    similarity: float
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a statement names: its pairs of characters, those in brackets only, the words that exclude others, its ordinals."""

    grams: frozenset[str]
    aside: frozenset[str]
    groups: dict[str, frozenset[str]]
    ordinals: dict[str, str]


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, list[str]], re.Pattern[str]]:
    same = {row["words"]: row["same_as"] for row in codebook().rows("synonyms")}
    groups = defaultdict(list)
    for row in codebook().rows("contrasts"):
        groups[row["word"]].append(row["group"])
    dropped = re.compile(f"(?:{deeds()}|{listed('stop')})(?!率)")
    return re.compile(alternation(same)), same, re.compile(alternation(groups)), dict(groups), dropped


@lru_cache(maxsize=16384)
def named(words: str, figure: str = "") -> _Named:
    """Return what a clause names, without deeds, figures and words that every clause holds."""
    synonyms, same, contrasts, groups, dropped = _tables()
    words = synonyms.sub(lambda found: same[found.group()], words.replace(figure, "|") if figure else words)
    ordinals = {found[2] or found[4]: found[1] or "一" for found in _ORDINAL.finditer(words)}
    words = _ANEW.sub("|", _ORDINAL.sub("|", words))
    exclusive: dict[str, set[str]] = defaultdict(set)
    for found in contrasts.finditer(words):
        for group in groups[found.group()]:
            exclusive[group].add(found.group())
    grams = _grams(dropped.sub("|", _ASIDE.sub("|", words)))
    aside = _grams("|".join(dropped.sub("|", found) for found in _ASIDE.findall(words))) - grams
    return _Named(grams | aside, aside, {group: frozenset(found) for group, found in exclusive.items()}, ordinals)


def _grams(words: str) -> frozenset[str]:
    """Return the pairs of characters that stand side by side in some words, and the characters that stand alone."""
    pieces = _NOISE.sub("|", words).split("|")
    return frozenset(piece[at : at + 2] for piece in pieces for at in range(max(1, len(piece) - 1)) if piece)


def name_of(said: Statement) -> _Named:
    """Return what a statement names; one that says too little borrows from the clause before it, or the subject of its figure."""
    if said.figure is None:
        own = named(said.words)
        return own if len(own.grams) >= _FEWEST else named(f"{said.lead}|{said.words}")
    surface = said.figure.quote[said.figure.start - said.figure.sentence_start : said.figure.end - said.figure.sentence_start]
    if "subject=respective" in said.figure.rule:  # A、B分别达到x、y
        return named(said.figure.subject)
    own = named(_own_words(said.words, surface), surface)
    if len(own.grams) >= 3:
        return own
    borrowed = said.lead if _EACH.search(said.words) else said.figure.subject
    return named(f"{borrowed}|{said.words}", surface)


def _own_words(words: str, surface: str) -> str:
    """Return what a clause says of its figure: where it lists deeds (下乡义诊、开展巡诊8次), the last one."""
    before, _, after = words.partition(surface)
    last = before.rpartition("、")[2]
    return f"{last}{surface}{after}" if last != before and _STARTS_WITH_DEED.match(last) and len(last) >= _HEADED * 2 else words


class Index:
    """The answers that may be searched; ``weights`` come from these and the questions together."""

    def __init__(self, answers: Sequence[Statement], questions: Sequence[Statement]) -> None:
        self.answers = answers
        self._names = [name_of(answer) for answer in answers]
        counts = Counter(gram for name in [*self._names, *map(name_of, questions)] for gram in name.grams)
        total = len(answers) + len(questions)
        self._weights = {gram: log(1 + total / count) for gram, count in counts.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for gram in name.grams:
                self._holders[gram].append(number)

    def best(self, asked: Statement) -> list[Match]:
        """Return the likeliest answers to a statement, the best first; those that cannot answer it are left out."""
        name = name_of(asked)
        rare = [gram for gram in sorted(name.grams) if len(self._holders.get(gram, ())) <= _COMMON]
        shared: dict[int, float] = defaultdict(float)
        for gram in rare:
            for number in self._holders.get(gram, ()):
                shared[number] += self._weights[gram]
        total = self._weigh(name.grams)
        likely = sorted(shared, key=lambda number: (-shared[number] / (total + self._weigh(self._names[number].grams)), number))[:_TRIED]
        found = [self._judged(asked, name, number) for number in likely]
        return sorted((match for match in found if match), key=lambda match: (-match.similarity, match.answer))

    def _weigh(self, grams: frozenset[str]) -> float:
        return sum(self._weights[gram] for gram in sorted(grams))

    def _covered(self, name: _Named, both: frozenset[str]) -> float:
        """Return what share of a name is in what two names have in common; what stands in brackets may be missing."""
        return self._weigh(both) / self._weigh(name.grams - (name.aside - both))

    def _judged(self, asked: Statement, name: _Named, number: int) -> Match | None:
        answer, other = self.answers[number], self._names[number]
        if not _comparable(asked, answer) or excludes(name, other):
            return None
        both, by = name.grams & other.grams, _shared(asked, answer)
        alike = "indicator" in by
        same_name = bool(both) and name.grams - name.aside == other.grams - other.aside
        if len(both) < _FEWEST and not alike and not (same_name and asked.figure and answer.figure):
            return None
        ours, theirs = (self._covered(one, both) for one in (name, other))
        if set("".join(name.grams - name.aside)) <= set("".join(other.grams)):
            ours = max(ours, _TURNED)  # the same words in another order
        if (min(ours, theirs) < _LOWEST and not alike) or (asked.figure and not answer.figure and ours < _NAMED_FULLY):
            return None
        similarity = max(ours, theirs) * 0.7 + min(ours, theirs) * 0.3 - _CROSSED * min(1 - ours, 1 - theirs)
        similarity += _INDICATOR * alike + _TOPIC * ("topic" in by)
        return Match(number, max(0.0, min(1.0, similarity)), (*by, "wording"))


def excludes(one: _Named, other: _Named) -> bool:
    """Say whether two names are of different things: words of one group without one in common, or other ordinals."""
    apart = any(not words & other.groups[group] for group, words in one.groups.items() if group in other.groups)
    return apart or any(other.ordinals.get(kind, number) != number for kind, number in one.ordinals.items())


def _comparable(asked: Statement, answer: Statement) -> bool:
    """Say whether an answer can be one: of the whole place, of the same kind of quantity and kind of statement."""
    theirs, ours = answer.figure, asked.figure
    if part_of(answer) not in asked.words:
        return False
    if ours is None or theirs is None:
        return True
    known = ours.indicator and theirs.indicator and ours.indicator != theirs.indicator
    staged = ours.stage != theirs.stage and (theirs.stage in _APART or ours.stage in _APART)
    one_kind = ours.kind == theirs.kind or (theirs.kind == "change_rel" and _GROWTH.search(asked.words) is not None)
    alike = one_kind and kind_of_unit(ours.unit) == kind_of_unit(theirs.unit)
    return alike and not known and not staged and not (_adds(asked) and _sums_up(answer)) and not (_sums_up(asked) and _adds(answer))


def _adds(said: Statement) -> bool:
    """Say whether a figure is of what is new in the year."""
    return bool(re.search(listed("anew"), said.words))


def _sums_up(said: Statement) -> bool:
    """Say whether a figure is of all that there is."""
    figure = said.figure
    stock = figure is not None and figure.stock_or_flow == "stock" and not _adds(said)
    return stock or bool(re.search(listed("in_all"), said.words))


def part_of(said: Statement) -> str:
    """Return the part of the place, or the institution, that a statement is about; empty when it is about the whole place.

    An institution that only stood earlier in the sentence is not meant; a district is.
    """
    scope = said.figure.scope.removeprefix("其中") if said.figure else ""
    opening = _OPENS_WITH_PART.match(said.words)
    opens = opening[1] if opening and not _STARTS_WITH_DEED.match(opening[1]) else ""
    for name in (scope, opens):
        if _PART.fullmatch(name) and name not in said.report.place and name not in said.report.title:
            return name
    return scope if scope and not _ENDS_AS_PLACE.search(scope) and said.words.startswith(scope) else ""


def kind_of_unit(unit: str) -> str:
    """Return the kind of quantity of a unit; 个 counts whatever 家, 所 and 张 count."""
    quantity = quantity_of(unit)
    return "thing" if quantity in ("institution", "bed") else quantity


def _shared(asked: Statement, answer: Statement) -> tuple[str, ...]:
    ours, theirs = asked.figure, answer.figure
    headed = len(named(asked.headings).grams & named(answer.headings).grams) >= _HEADED
    by = ["topic"] if headed or set(asked.themes) & set(answer.themes) else []
    if ours and theirs:
        by += ["figure"] + (["unit"] if ours.unit == theirs.unit else [])
        by += ["indicator"] if ours.indicator and ours.indicator == theirs.indicator else []
    return tuple(by)
