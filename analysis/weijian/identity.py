"""Identity: whose report it is, of which year, of which genre, and where the text says so.

In: the lines of a document with their kinds, its metadata, and the stretch of one report. Out: the fields of the
report, each with its evidence. The order of evidence for the place: the issuer's field, the title, the other
lines of the head, the document's number, the source, offices and regulations in the body, the opening sentence; a masked
report keeps an empty place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from weijian.documents import Line
from weijian.finding import finder, late
from weijian.places import Named, Place, choose, find_names, is_part_of, name_at, unknown_at
from weijian.titles import YEAR, announcements, is_title, year_of

_OFFICE = re.compile(
    "卫生健康委员会|卫生健康委|卫生健康局|卫生和计划生育委员会|卫生和计划生育局|卫生计生委|卫生计生局|卫健委|卫健局|卫生局|"
    "老龄工作委员会|老龄委|疾病预防控制局|疾控局|人民政府|政府(?<=[省市区县州盟旗]政府)(?![员会托])|委(?<=[省市区县州盟旗]委)(?![员会托])"
)
_OWN_OFFICE = re.compile(
    "卫生健康委员会|卫生健康委|卫生健康局|卫生和计划生育委员会|卫生和计划生育局|卫生计生委|卫生计生局|卫健委|卫健局|卫生局|老龄工作委员会|老龄委"
)
_INSTITUTION = re.compile(
    "([\u4e00-\u9fff()（）]{0,24}(?:医院|卫生院|卫生服务中心|卫生服务站|保健院|保健中心|门诊部|护理院|敬老院|养老院|福利院|养护中心|医院集团))"
    "(?=\\s*(?:[一二]?[\\d〇○零一二三]{4}年?|工作|年度|上半年|关于|$))"
)
_NUMBER_PREFIX = late("([\u4e00-\u9fff]{1,3}?)(?:卫|政|府|健|老龄|疾控)")
_NAME_START = late("(?:^|[年度于《“：:\\s])(?=[\u4e00-\u9fff])")
_MASK = finder(
    "(?<![A-Za-z*])(?:\\*{1,8}|[xXＸ×]{1,4}|某{1,2}|[○〇Oo]{2,3})(?=(?:省|市|区|县|州|镇|乡|街道|卫健|卫生))|(?<=[\u4e00-\u9fff“])\\*(?=[\u4e00-\u9fff”])"
)
_REGULATION = late("《(?=[\u4e00-\u9fff]{2,})")
_AIMED = late("(?:比|较|到|至|从|由|自|超过|高于|低于|不低于|达到|力争|实现)$")
_YEAR_AFTER = late("年(?!来|代|以上|以下)")
_OCCASION = late("年.{2,8}日.{0,2}在.{2,40}(?:会议|大会|会)上?")
_SUBJECT = late("年度?[,，、]?$|^[,，、]$")
_OPENING = 200
_HEAD_LINES = 8


class Evidence(NamedTuple):
    """Where the text says something of itself, and by which rule it was read; no span when it was concluded."""

    start: int
    end: int
    rule: str


class Located(NamedTuple):
    """A place with the evidence for it."""

    place: Place
    evidence: Evidence


class Stretch(NamedTuple):
    """A report's part of the document: its body lines, its title line if any, and the text."""

    text: str
    lines: Sequence[Line]
    title: tuple[int, int] | None

    @property
    def printed_title(self) -> str:
        """The title as printed."""
        return self.text[slice(*self.title)] if self.title else ""


Fields = Mapping[str, tuple[str, Evidence]]
"""The metadata of a document: field → value and evidence."""


def is_masked(stretch: Stretch) -> bool:
    """Say whether the names of places are masked in a report's body: *市, ××区, 某县."""
    return any(_MASK.search(line.text) for line in stretch.lines)


def locate(stretch: Stretch, head: Sequence[Line], fields: Fields) -> Located | None:
    """Return the place of a report with its evidence; None when the text does not show it, or masks it."""
    named = _in_title(stretch.text, stretch.title)
    issued = _in_issuer(fields, "issuer", stretch.text)
    if named and issued and (named.place.code == issued.place.code or is_part_of(named.place, issued.place)):
        return named  # the city's page carries the district's report
    for found in (issued, named, _in_head(stretch, head), _in_number(stretch, fields)):
        if found:
            return found
    sourced = _in_issuer(fields, "source", stretch.text)
    if sourced or is_masked(stretch):
        return sourced
    return _in_body(stretch) or _in_opening(stretch)


def _in_issuer(fields: Fields, field: str, text: str) -> Located | None:
    value, evidence = fields.get(field, ("", Evidence(0, 0, "")))
    if field == "source" and not _OFFICE.search(value):
        return None
    found = find_names(value) or list(filter(None, [unknown_at(value, 0)]))
    return _located(found[0], text, evidence.start, f"metadata_{field}") if found else None


def _in_title(text: str, title: tuple[int, int] | None) -> Located | None:
    if not title:
        return None
    line = text[slice(*title)]
    for start in _NAME_START.finditer(line):
        named = name_at(line, start.end())
        if named:
            return _located(named, text, title[0], "title")
    found = find_names(line)
    return _located(found[0], text, title[0], "title") if found else None


def _in_head(stretch: Stretch, head: Sequence[Line]) -> Located | None:
    for line in head[:_HEAD_LINES]:
        span = (line.start, line.end)
        found = find_names(line.text)
        if found and span != stretch.title:
            return _located(found[0], stretch.text, line.start, "head_of_page")
        if is_title(line.text) and span != stretch.title:
            located = _in_title(stretch.text, span)
            if located:
                return located._replace(evidence=located.evidence._replace(rule="title_of_document"))
    return None


def _in_number(stretch: Stretch, fields: Fields) -> Located | None:
    """The one place named in the body whose name begins as the document's number does: 闵 in 闵卫发〔2025〕37号."""
    number, evidence = fields.get("number", ("", Evidence(0, 0, "")))
    begun = _NUMBER_PREFIX.match(number)
    if not begun:
        return None
    found = {name.name: name for line in stretch.lines for name in find_names(line.text) if name.name.startswith(begun[1])}
    if len(found) != 1:
        return None
    located = _located(next(iter(found.values())), stretch.text, 0, "document_number")
    return located._replace(evidence=evidence._replace(rule=located.evidence.rule))


def _located(named: Named, text: str, offset: int, rule: str) -> Located:
    chosen = choose(named, text) if len(named.candidates) > 1 else named
    evidence = Evidence(offset + named.start, offset + named.end, rule + ("" if chosen is named else "+province_in_text"))
    return Located(chosen.place, evidence)


def _in_body(stretch: Stretch) -> Located | None:
    """The place whose offices and regulations the body names most, when it is most of all that are named."""
    text, counts = stretch.text, Counter[str]()
    first: dict[str, tuple[Named, int]] = {}
    for line in stretch.lines:
        marks = {match.start() for match in _OFFICE.finditer(line.text)}
        starts = {match.end() for match in _REGULATION.finditer(line.text)}
        if not marks and not starts:
            continue
        for named in find_names(line.text):
            if named.end in marks or named.start in starts or text.startswith("委", line.start + named.end):
                counts[named.name] += 1
                first.setdefault(named.name, (named, line.start))
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    if count < 2 or 2 * count <= counts.total():
        return None
    named, offset = first[name]
    return _located(named, text, offset, "offices_in_body")


def _in_opening(stretch: Stretch) -> Located | None:
    """The place that the first sentences are about: 2024年,青江区卫生健康系统…."""
    for line in stretch.lines[:3]:
        for named in find_names(line.text, 0, _OPENING):
            if _SUBJECT.search(line.text, 0, named.start) or not named.start:
                return _located(named, stretch.text, line.start, "opening")
    return None


def issuer_of(stretch: Stretch, place: Place | None, fields: Fields) -> tuple[str, Evidence] | None:
    """Return who issued a report: the metadata's issuer, the source if it is an office, or the title's office.

    An office named without its place (市卫生健康委) is given in full when the body does so.
    """
    if fields.get("issuer", ("",))[0]:
        return fields["issuer"]
    source, evidence = fields.get("source", ("", Evidence(0, 0, "")))
    if _OFFICE.search(source):
        full = None if find_names(source) else _full_name(stretch, place)
        return full or (source, evidence)
    if stretch.title and place:
        return _office_in_title(stretch, stretch.title)
    return None


def institution_of(stretch: Stretch, fields: Fields) -> str:
    """Return the institution whose own report it is, by its title or issuer; empty for the report of a place.

    >>> institution_of(Stretch("临江市第一人民医院2023年工作总结", [], (0, 18)), {})
    '临江市第一人民医院'
    """
    title = stretch.printed_title
    found = _INSTITUTION.match(title[title.startswith("关于") and 2 :].strip())
    if found and not _OFFICE.search(found[1]):
        return found[1]
    issuer = fields.get("issuer", ("",))[0]
    own = _INSTITUTION.fullmatch(issuer)
    return own[1] if own and not _OFFICE.search(title) else ""


def _office_in_title(stretch: Stretch, title: tuple[int, int]) -> tuple[str, Evidence] | None:
    line = stretch.printed_title
    office = _OFFICE.search(line)
    begin = max((m.end() for m in _NAME_START.finditer(line) if office and m.end() < office.start()), default=0)
    if office is None or name_at(line, begin) is None:
        return None
    start, end = title[0] + begin, title[0] + office.end()
    return stretch.text[start:end], Evidence(start, end, "office_in_title")


def _full_name(stretch: Stretch, place: Place | None) -> tuple[str, Evidence] | None:
    """The office that the body names most with the report's own place before it."""
    if place is None:
        return None
    counts = Counter[str]()
    spans: dict[str, tuple[int, int]] = {}
    for line in stretch.lines:
        for office in _OWN_OFFICE.finditer(line.text):
            if line.text.endswith(place.name, 0, office.start()):
                name = place.name + office.group()
                counts[name] += 1
                spans.setdefault(name, (line.start + office.start() - len(place.name), line.start + office.end()))
    if not counts:
        return None
    name = counts.most_common(1)[0][0]
    return name, Evidence(*spans[name], "full_name_in_body")


def year_in_title(title: str) -> tuple[int, int, int] | None:
    """Return the year of a title's first genre with its place in the title.

    >>> year_in_title("丰州市2022年工作总结和2023年工作要点")
    (2022, 3, 7)
    """
    said = [announced for announced in announcements(title) if announced.year is not None]
    for found in YEAR.finditer(title):
        if not said or year_of(found) == said[0].year:
            return year_of(found), *found.span()
    return None


def year_of_occasion(head: Sequence[Line]) -> tuple[int, Evidence] | None:
    """Return the year of the meeting that the head of the page says the report was given to."""
    for line in head:
        found = YEAR.search(line.text) if _OCCASION.search(line.text) else None
        if found:
            return year_of(found), Evidence(line.start + found.start(), line.start + found.end(), "head_of_page")
    return None


def year_in_body(stretch: Stretch) -> tuple[int, Evidence] | None:
    """Return the year that the opening names, or the body most often, years of comparison and aim left out."""
    body = [line for line in stretch.lines if (line.start, line.end) != stretch.title]
    for line in body[:2]:
        found = YEAR.match(line.text)
        if found and _YEAR_AFTER.match(line.text, found.end()):
            return year_of(found), Evidence(line.start, line.start + found.end(), "opening")
    counts = Counter[int]()
    first: dict[int, Evidence] = {}
    for line in body:
        for found in YEAR.finditer(line.text):
            if not _YEAR_AFTER.match(line.text, found.end()) or _AIMED.search(line.text, max(0, found.start() - 4), found.start()):
                continue
            counts[year_of(found)] += 1
            first.setdefault(year_of(found), Evidence(line.start + found.start(), line.start + found.end(), "body"))
    if not counts:
        return None
    year = max(counts, key=lambda year: (counts[year], year))
    return year, first[year]
