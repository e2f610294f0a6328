"""The numbers of a report as the checks see them: each in its sentence, with the words around it and what it can stand for.

In: a Reading. Out: its sentences of prose, each with its numbers in order. Positions are those of the folded text; the observation
of a number keeps those of the document. A number that is only a bound has an interval that is open on one side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from weijian.clauses import sentence_bounds
from weijian.codebook import codebook
from weijian.folding import Folded, fold
from weijian.intervals import Interval, interval
from weijian.records import Observation, Reading
from weijian.units import quantity_of

_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile("[,;:(—]")
_STOP = re.compile("[,;:。()!?\n—]")
_JOINT = re.compile("^(?:以及|[、和及与并])+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?\.?(?:余|多)?[十百千万亿]*(?:%|‰)?")
_ENDLESS = Decimal("Infinity")
_EARLIER = re.compile(
    r"(?:(?:较|比|与|同比)(?:于|着)?|\()(?:上年|去年|上一年|前一年|年初|期初|\d{4}年|“?十[一二三四五六]五”?(?:时?期)?)[末底初]?(?:同期)?的?\(?(?:为|是)?$|同比$"
)
_APPROXIMATE = Decimal("0.2")
_ALIKE = {"institution": "place", "person": "person"}


@cache
def said(use: str) -> str:
    """Return the alternation of the cue words of one use in codebook/check_cues.csv, in a group.

    >>> import re
    >>> bool(re.search(said("part"), "其中城镇3万人"))
    True
    """
    return "(?:" + "|".join(cue_rows(use)) + ")"


@cache
def cue_rows(use: str) -> tuple[str, ...]:
    """Return the cue words of one use."""
    return tuple(row["cue"] for row in codebook().rows("check_cues") if row["use"] == use)


@dataclass(slots=True, eq=False)
class Number:
    """A number with the words before it (``gap`` from the number before, ``left`` from the last mark) and behind it (``right``)."""

    seen: Observation
    start: int
    end: int
    printed: str
    gap: str = ""
    left: str = ""
    right: str = ""
    after: str = ""
    depth: int = 0
    value: Decimal = Decimal(0)
    range: Interval = field(default_factory=lambda: Interval(Decimal(0), Decimal(0)))

    @property
    def exact(self) -> bool:
        """Whether it is no mere bound or approximation."""
        return self.seen.bound == "="

    @property
    def level(self) -> bool:
        """Whether it says how much there is or was done, and not how much it moved or which rank it has."""
        return self.seen.kind == "level"

    @property
    def share(self) -> bool:
        """Whether it is a percentage."""
        return self.seen.unit == "%"

    @property
    def earlier(self) -> bool:
        """Whether it is the value of an earlier time that another is held against: 较上年的4.2万."""
        return bool(_EARLIER.search(self.gap))

    @property
    def words(self) -> str:
        """The words of its own clause."""
        return f"{self.left}|{self.right}"

    @property
    def counts(self) -> str:
        """What its unit counts: 人 and 名 are alike, 家 and 个 are alike, 人 and 人次 are not."""
        return counted_by(self.seen.unit)

    @property
    def figure(self) -> str:
        """The number as it is printed, without its unit."""
        found = _FIGURE.search(self.printed)
        return found.group() if found else self.printed

    @property
    def scale(self) -> Decimal:
        """What one of the printed number is worth: 10000 for 1.2万."""
        found = _FIGURE.search(self.printed)
        number = Decimal(re.match(r"[\d.]+", found.group().replace(",", "")).group().rstrip(".")) if found else Decimal(0)  # type: ignore[union-attr]
        return abs(self.value / number) if number and self.value else Decimal(1)

    @property
    def step(self) -> Decimal:
        """The worth of its last printed digit."""
        found = _FIGURE.search(self.printed)
        return self.scale * Decimal(10) ** -len(found[1] or "") if found else Decimal(1)

    @property
    def year(self) -> str:
        """The year it is of, or the word for its period."""
        return self.seen.period[-4:] if self.seen.period[-4:].isdigit() else self.seen.period


@dataclass(slots=True)
class Sentence:
    """A sentence with its numbers, its line, and the sentence before it on that line."""

    text: str
    start: int
    report: str
    line: int
    numbers: list[Number] = field(default_factory=list)
    before: Sentence | None = None
    whole: str = field(default="", repr=False)


def counted_by(unit: str) -> str:
    """Return what a unit counts.

    >>> counted_by("名") == counted_by("人"), counted_by("人") == counted_by("人次")
    (True, False)
    """
    return "place" if unit == "个" else _ALIKE.get(quantity_of(unit), unit)


def alike(one: Number, other: Number) -> bool:
    """Say whether two numbers count the same kind of thing, of no known different time."""
    if one.counts != other.counts:
        return False
    inferred = "period_inferred" in one.seen.flags or "period_inferred" in other.seen.flags
    return inferred or one.year == other.year or "cumulative" in (one.year, other.year)


def make_a_whole(parts: Sequence[Number]) -> bool:
    """Say whether parts are worded as opposites that leave nothing out: 男 and 女, 门诊 and 急诊."""
    for row in cue_rows("opposites"):
        named = [[word for word in row.split("/") if word in part.left] for part in parts]
        if all(len(words) == 1 for words in named) and sorted(words[0] for words in named) == sorted(row.split("/")):
            return True
    return False


def plain(words: str) -> str:
    """Return words without what stands in brackets."""
    return _BRACKETS.sub("", words)


def between(sentence: Sentence, one: Number, other: Number) -> str:
    """Return the text between two numbers of a sentence, without brackets."""
    return plain(sentence.text[one.end - sentence.start : other.start - sentence.start])


def sentences(reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences of prose that hold numbers; what stands in tables is left out."""
    view = fold(reading.document.text)
    ends = sentence_bounds(view.text)
    last: Sentence | None = None
    line, line_end, tabled = 0, -1, False
    for which, found in _grouped(reading, view, ends):
        start = ends[which - 1] if which else 0
        if start >= line_end:  # the first sentence of its line
            line = view.text.rfind("\n", 0, start) + 1
            line_end = view.text.find("\n", start)
            line_end = line_end if line_end >= 0 else len(view.text)
            tabled = "|" in view.text[line:line_end]
        if tabled:
            continue
        sentence = Sentence(view.text[start : ends[which]], start, found[0].report, line, whole=view.text)
        sentence.numbers = list(_numbers(view, sentence, found))
        if not sentence.numbers:
            continue
        adjoins = last is not None and last.line == line and last.report == sentence.report and last.start + len(last.text) == start
        sentence.before = last if adjoins else None
        yield sentence
        last = sentence


def _grouped(reading: Reading, view: Folded, ends: list[int]) -> Iterator[tuple[int, list[Observation]]]:
    group: list[Observation] = []
    current = -1
    for seen in sorted(reading.observations, key=lambda each: each.start):
        which = bisect_right(ends, position(view, seen.start))
        if which != current and group:
            yield current, group
            group = []
        current = which
        group.append(seen)
    if group:
        yield current, group


def position(view: Folded, offset: int) -> int:
    """Return the position of the folded text that holds an offset of the document."""
    return bisect_left(range(len(view.text)), offset, key=view.source)


def _numbers(view: Folded, sentence: Sentence, found: list[Observation]) -> Iterator[Number]:
    spans = [(position(view, seen.start), position(view, seen.end - 1) + 1) for seen in found]
    last, depth = sentence.start, 0
    for index, (seen, (start, end)) in enumerate(zip(found, spans, strict=True)):
        following = spans[index + 1][0] if index + 1 < len(spans) else sentence.start + len(sentence.text)
        if seen.value is None or seen.kind == "rank":
            continue
        number = Number(seen, start, end, view.text[start:end], view.text[last:start], after=view.text[end:following])
        bare = plain(number.gap)
        marks = list(_MARKS.finditer(bare))
        number.left = _JOINT.sub("", bare[marks[-1].end() :] if marks else bare)
        stop = _STOP.search(number.after)
        number.right = number.after[: stop.start()] if stop else number.after
        depth = max(0, depth + number.gap.count("(") - number.gap.count(")"))
        number.depth = depth
        number.value, number.range = seen.value, _range(seen, number.printed)
        yield number
        last = end


def tabled_number(view: Folded, seen: Observation) -> Number | None:
    """Return the number of a table's cell, which has no words of its own; None where it is a range."""
    if seen.value is None or seen.kind == "rank":
        return None
    start, end = position(view, seen.start), position(view, seen.end - 1) + 1
    printed = view.text[start:end]
    return Number(seen, start, end, printed, value=seen.value, range=_range(seen, printed))


def _range(seen: Observation, printed: str) -> Interval:
    assert seen.value is not None
    value = seen.value
    if seen.bound in (">", ">="):
        return Interval(value, _ENDLESS)
    if seen.bound in ("<", "<="):
        return Interval(min(value, Decimal(0)), value)
    if seen.bound == "~":
        wide = abs(value) * _APPROXIMATE
        return Interval(value - wide, value + wide)
    shape = interval(abs(value), printed, seen.unit)
    return shape if value >= 0 else Interval(-shape.high, -shape.low)
