"""What may be inferred about a report that masks its place: never used by the other tables, and off by default.

In: a document and its outline (or its reading). Out: candidates with their evidence. The rule is general: names of
townships that occur once in the whole country, standing where a township stands (曲塘中心卫生院, 大公、白甸发热诊室), point
to the county they lie in. The names are rows of ``codebook/townships.csv``, read for masked reports only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from weijian.codebook import codebook
from weijian.documents import Line, lines
from weijian.identity import Stretch, is_masked
from weijian.places import place_of
from weijian.records import Document, Report, Span

_TOWN = re.compile(
    "(?:中心)?卫生院|(?:社区|街道)?卫生服务(?:中心|站)|发热(?:诊室|门诊|哨点)|(?:中心)?敬老院|分院|镇(?![静痛定江海])|乡(?![村镇])|街道"
)
_ENUMERATION = re.compile("[\u4e00-\u9fff、]{2,60}$")
_LONGEST = 6
_HIGH, _MEDIUM = 3, 2


@dataclass(frozen=True, slots=True)
class MaskedInference:
    """A county that a masked report may be about: the township names that say so, where they stand, how sure that is.

    ``confidence`` is high for three names or more with less than a third as many pointing elsewhere, medium for two,
    otherwise low.
    """

    document: str
    report: str
    candidate: str
    place: str
    names: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: str

    @property
    def evidence(self) -> str:
        """The names with their places in the text, joined by semicolons."""
        return ";".join(f"{name}@{span.start}" for name, span in zip(self.names, self.spans, strict=True))


class Found(Protocol):
    """What an outline and a reading share."""

    @property
    def furniture(self) -> Sequence[Span]: ...

    @property
    def reports(self) -> Sequence[Report]: ...


@lru_cache(maxsize=1)
def _townships() -> dict[str, str]:
    return {name: row["county"] for row in codebook().rows("townships") for name in row["names"].split(";")}


def infer_masked(document: Document, found: Found) -> list[MaskedInference]:
    """Return the counties that the masked reports of a document may be about, the likeliest first; none for others.

    >>> from weijian.documents import from_text
    >>> from weijian.outline import outline
    >>> text = from_text("按照省委、*市委部署。\\n推动乍浦中心卫生院新建体检中心,广陈、新埭发热诊室开工。")
    >>> [(i.candidate, i.place, i.names, i.confidence) for i in infer_masked(text, outline(text))]
    [('330482', '平湖市', ('乍浦', '广陈', '新埭'), 'high')]
    """
    furniture = {span.start for span in found.furniture}
    inferences: list[MaskedInference] = []
    for report in found.reports:
        if report.place:
            continue
        own = [line for line in lines(document.text, report.start, report.end) if line.start not in furniture]
        if is_masked(Stretch(document.text, own, None)):
            inferences += _ranked(document, report, _towns(own))
    return inferences


def _towns(body: Sequence[Line]) -> dict[str, dict[str, Span]]:
    """The township names of a report's lines, under the county that each points to, with their first place."""
    towns: dict[str, dict[str, Span]] = {}
    for line in body:
        for name, span in _town_names(line.text, line.start):
            towns.setdefault(_townships()[name], {}).setdefault(name, span)
    return towns


def _town_names(text: str, offset: int) -> Iterator[tuple[str, Span]]:
    """The township names of a line: before 卫生院, 镇 and the like, alone or in an enumeration."""
    names = _townships()
    for town in _TOWN.finditer(text):
        before = _ENUMERATION.search(text, max(0, town.start() - 60), town.start())
        end = town.start()
        for item in reversed(before.group().split("、")) if before else ():
            name = next((item[-length:] for length in range(_LONGEST, 1, -1) if item[-length:] in names), "")
            if name:
                yield name, Span(offset + end - len(name), offset + end, "township")
            end -= len(item) + 1


def _ranked(document: Document, report: Report, towns: dict[str, dict[str, Span]]) -> Iterator[MaskedInference]:
    total = sum(map(len, towns.values()))
    for code, names in sorted(towns.items(), key=lambda item: (-len(item[1]), item[0])):
        place = place_of(code)
        in_order = sorted(names, key=lambda name: names[name].start)
        spans = tuple(names[name] for name in in_order)
        confidence = _confidence(len(names), total - len(names))
        yield MaskedInference(document.name, report.key, code, place.name if place else "", tuple(in_order), spans, confidence)


def _confidence(here: int, elsewhere: int) -> str:
    if here >= _HIGH and 3 * elsewhere < here:
        return "high"
    return "medium" if here >= _MEDIUM and here > elsewhere else "low"
