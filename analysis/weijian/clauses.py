"""Sentences and the words around a measure: what stands to its left, to its right, and before.

In: the folded text and its tokens. Out: for each measure a ``Place`` in its sentence, with the phrase that
leads to the number and the phrase that follows it, cut at the marks that end a clause but never inside
brackets, quotes or titles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from weijian.shapes import DATE, MEASURE, Token

_ANNOUNCES = re.compile(r"[^。;:\n]{0,50}?(?:计划|目标|实事|任务|安排|要点|打算|主要指标|清单)(?:\([^()\n]{0,20}\))?(?:第\d+[项条])?:")
# What lies further back in an endless sentence does not govern a number.
_LEAD_KEPT, _DATES_KEPT = 240, 8
_PLACED = (MEASURE, DATE)
_SENTENCE = re.compile(r"[。！!？?\n][。！!？?\n]*")  # found twice as fast as with a plus
_CLOSED = r"\([^()\n]{0,60}\)|《[^》\n]{0,60}》|“[^”\n]{0,40}”|\[[^\]\n]{0,40}\]"
_MARK = r"[,;:(|]|(?<!\d)—(?!\d)"
_MARKS = re.compile(rf"{_CLOSED}|{_MARK}")
_OPENS, _LAST_MARK = re.compile(r"[(《“\[]"), re.compile(rf"(?s:.*)(?:{_MARK})")  # without brackets the last mark is found at once
_CLOSED_GROUP = re.compile(r"\([^()]*\)|《[^》]*》")
_RIGHT = re.compile(r"[,;:。!?\n)|(]")
_ASIDE = re.compile(r"\([^()\d]{1,12}\)(?=[\u4e00-\u9fff])")
_JOINT = re.compile(r"^(?:以及|其中|还有|并且|[、和及与并])+")
_ENDING_JOINT = re.compile(r"(?:以及|其中|[、和及与并])+$")
_LAST_JOINT = re.compile(r".*(?:、|和|及|以及|与)(?=[^、和及与]{0,12}$)")


@dataclass(slots=True)
class Place:
    """A measure in its sentence; ``left`` and ``right`` are the phrases next to it, ``lead`` all before."""

    token: Token
    start: int
    end: int
    lead: str
    left: str
    right: str
    after: str
    mark: str
    bracketed: bool
    adjoins: bool
    gap: str = ""
    previous: Place | None = None
    dates: Sequence[Token] = ()
    announced: bool = False
    clause: str = ""


@dataclass(slots=True)
class Setting:
    """What the outline says of a position: the genre and year of its section, and its headings, deepest first."""

    genre: str
    year: int | None
    headings: tuple[str, ...]
    place: str = ""


def sentence_bounds(text: str) -> list[int]:
    """Return the positions where sentences end, the last one being the length of the text."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def places(text: str, tokens: Sequence[Token]) -> Iterator[Place]:
    """Yield the place of every measure, in order; ``previous`` is the measure before it in its sentence."""
    ends = sentence_bounds(text)
    previous: Place | None = None
    dates: list[Token] = []
    measures = [token for token in tokens if token.role == MEASURE]
    after = iter([*measures[1:], None])
    for token in tokens:
        if token.role not in _PLACED:
            continue
        start, end = _bounds(ends, token)
        if previous is not None and previous.start != start:
            previous = None
        if dates and dates[-1].start < start:
            dates = []
        if token.role == DATE:
            dates = [*dates[-_DATES_KEPT:], token]
            continue
        place = _place(text, token, start, end, previous, next(after))
        place.dates = dates
        place.announced = previous.announced if previous else _announced(text, start)
        yield place
        previous = place


def _bounds(ends: Sequence[int], token: Token) -> tuple[int, int]:
    """Return where the sentence of a token begins and ends; the cell of a table is a sentence of its own."""
    if token.cell:
        return token.cell.start, token.cell.end
    which = bisect_right(ends, token.start)
    return (ends[which - 1] if which else 0), ends[which]


@lru_cache(maxsize=256)
def _announces(line: str) -> bool:
    return bool(_ANNOUNCES.match(line))


def _announced(text: str, start: int) -> bool:
    """Say whether a line opens as a list of what is to be done: “2025年计划:”, “民生实事(2025年)第5项:”."""
    line = text.rfind("\n", max(0, start - 400), start + 1) + 1
    return _announces(text[line : line + 80])


def _place(text: str, token: Token, start: int, end: int, previous: Place | None, following: Token | None) -> Place:
    from_ = previous.token.end if previous else start
    gap = text[from_ : token.start]
    cut, mark = _last_mark(gap)
    left = gap[cut:]
    adjoins = previous is not None and not mark
    if adjoins:
        left = _JOINT.sub("", left)
    right = _right_of(text, token, end, following)
    lead = text[max(start, from_ + cut - _LEAD_KEPT) : from_ + cut]
    place = Place(
        token, start, end, lead, left, right,
        text[token.end : min(end, token.end + 24)], mark, mark == "(", adjoins, gap, previous,
    )  # fmt: skip
    chain = lead[lead.rfind(";") + 1 :]
    place.clause = (_CLOSED_GROUP.sub("", chain) if ")" in chain or "》" in chain else chain)[-80:] + left
    return place


def _last_mark(gap: str) -> tuple[int, str]:
    """Return where the clause of the number begins in the gap before it, and the mark that opens it."""
    cut, mark = 0, ""
    if not _OPENS.search(gap):
        last = _LAST_MARK.match(gap)
        return (last.end(), gap[last.end() - 1]) if last else (cut, mark)
    for match in _MARKS.finditer(gap):
        if match.end() - match.start() == 1:
            cut, mark = match.end(), match.group()
    return cut, mark


def _right_of(text: str, token: Token, end: int, following: Token | None) -> str:
    stop = min(end, token.end + 60)
    mark = _RIGHT.search(text, token.end, stop)
    limit = mark.start() if mark else stop
    if following and following.start < limit:
        right = text[token.end : following.start]
        joint = _LAST_JOINT.match(right)
        if joint and (joint.end() > 1 or right[:1] in "、和及与"):
            right = joint.group()
        return _ENDING_JOINT.sub("", right) if right[:1] not in "、" else ""
    right = text[token.end : limit]
    aside = _ASIDE.match(text, limit, stop) if text[limit : limit + 1] == "(" else None
    if aside and right and (not following or aside.end() <= following.start):
        more = _RIGHT.search(text, aside.end(), stop)
        right = text[token.end : more.start() if more else stop]
        if following and following.start < token.end + len(right):
            right = text[token.end : following.start]
    return "" if right[:1] in "、" else right


def cut_heading(place: Place, heading: str) -> None:
    """Cut a heading that runs into its sentence off the words before the first number."""
    if heading and place.left.startswith(heading) and len(place.left) > len(heading):
        place.left = place.left[len(heading) :]
