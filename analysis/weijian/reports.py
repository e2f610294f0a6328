"""The reports that a document holds: where each begins, its title, and what it says of itself.

In: the lines of a document and what its page says. Out: a Report for each, with its body lines, the metadata of
the document, and the evidence. A second title that announces something else and begins the numbering anew begins
a second report; a title below the page's title or a covering letter is the title proper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from weijian.documents import Line
from weijian.furniture import Page
from weijian.headings import label_rank
from weijian.identity import Evidence, Fields, Stretch, institution_of, issuer_of, locate, year_in_body, year_in_title, year_of_occasion
from weijian.metadata import find_date, find_number, iso_date
from weijian.places import find_names, place_of
from weijian.records import Document, Report
from weijian.titles import NO_GENRE, Announcement, Genre, announcements, is_title, part_of_year, quoted_title, years_of

_HEALTH = re.compile("卫生|卫健|健康|医疗|老龄|疾控|计生|人口|医院")
_ADVERTISED = re.compile("(?:整理|收集|带来|分享|推荐)[了的]{0,2}(.{4,60}?)[,，。!！]")
_FIRST_NUMERAL = re.compile("[(（]?\\s*(?:[一1１①]|第一)(?![一二三四五六七八九十\\d])")
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_COVERING_LETTER = 300
_SIGNED_LINES = 30


@dataclass(slots=True)
class Description:
    """What a document says of itself: its reports with their stretches, its metadata, and the evidence for both."""

    reports: list[tuple[Report, Stretch]] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)


class _Title(NamedTuple):
    """A title, where it stands, and what it announces."""

    start: int
    end: int
    said: tuple[Announcement, ...]

    @property
    def head(self) -> tuple[Genre, int | None]:
        return (self.said[0].genre, self.said[0].year) if self.said else (NO_GENRE, None)


def describe(document: Document, every_line: Sequence[Line], page: Page) -> Description:
    """Return the reports of a document and what it says of itself."""
    described = Description()
    body = [line for line, kind in zip(every_line, page.kinds, strict=False) if not kind]
    fields = _fields(page, every_line, body)
    described.metadata = {name: value for name, (value, _) in fields.items() if value}
    described.evidence = {name: evidence for name, (value, evidence) in fields.items() if value}
    if not body:
        return described
    head = every_line[: page.head_end]
    first = _advertised(head, page.kinds) or _title_of(body[0])
    parts = _cut(document.text, body)
    for ordinal, stretch in enumerate(parts, start=1):
        if stretch.title is None and ordinal == 1:
            stretch = stretch._replace(title=_title_elsewhere(stretch, head, page))
        _add(described, document, stretch, head, fields)
    _name_document(described, document.text, body, first)
    return described


def _fields(page: Page, every_line: Sequence[Line], body: Sequence[Line]) -> Fields:
    """The first value of each field of the metadata; number and date also as they stand in a notice."""
    fields: dict[str, tuple[str, Evidence]] = {}
    for line, pair in page.pairs:
        if pair.value and pair.field not in fields:
            fields[pair.field] = (pair.value, Evidence(line.start + pair.start, line.start + pair.end, "metadata"))
    for line in [*body[:_SIGNED_LINES], *body[-3:]]:
        if len(line.text) > 30:
            continue
        date, number = find_date(line.text), find_number(line.text)
        if date and date.span() == (0, len(line.text)):
            fields.setdefault("written_date", (iso_date(date), Evidence(line.start, line.end, "signature")))
        if number and number.span() == (0, len(line.text)):
            fields.setdefault("number", (line.text, Evidence(line.start, line.end, "own_line")))
    return fields


def _title_of(line: Line) -> _Title | None:
    """The title that a line is; of a notice the title that it quotes."""
    if not is_title(line.text):
        return None
    start, end = quoted_title(line.text)
    return _Title(line.start + start, line.start + end, tuple(announcements(line.text[start:end])))


def _cut(text: str, body: Sequence[Line]) -> list[Stretch]:
    """Cut the body into the stretches of its reports."""
    next_labels = _next_labels(body)
    parts: list[Stretch] = []
    title: _Title | None = None
    joint: tuple[Announcement, ...] = ()
    start, length, labelled = 0, 0, False
    for index, line in enumerate(body):
        mine = _title_of(line)
        content = labelled or length > _COVERING_LETTER
        if mine and not content and (title is None or _is_proper(line, mine, joint)):
            joint, title = joint or mine.said, mine
        elif mine and content and _begins_report(line, mine, title, joint, next_labels[index]):
            parts.append(_stretch(text, body[start:index], title))
            start, title, length, labelled = index, mine, 0, False
        labelled = labelled or bool(label_rank(line.text))
        length += len(line.text) if "。" in line.text else 0
    return [*parts, _stretch(text, body[start:], title)]


def _stretch(text: str, body: Sequence[Line], title: _Title | None) -> Stretch:
    return Stretch(text, body, (title.start, title.end) if title else None)


def _next_labels(body: Sequence[Line]) -> list[str]:
    """For each line the first numbered line behind it."""
    following, found = "", []
    for line in reversed(body):
        found.append(following)
        following = line.text if label_rank(line.text) else following
    return found[::-1]


def _is_proper(line: Line, mine: _Title, joint: Sequence[Announcement]) -> bool:
    """Whether a title below a first one is a report's own, and not the heading of a part of it."""
    if any((said.genre, said.year) == mine.head for said in joint):
        return True
    return bool(_HEALTH.search(line.text) or find_names(line.text)) and mine.head[1] is not None


def _begins_report(line: Line, mine: _Title, title: _Title | None, joint: Sequence[Announcement], following: str) -> bool:
    if title is not None and mine.head == title.head:
        return False
    restarts = not following or bool(_FIRST_NUMERAL.match(following))
    return restarts and mine.head[1] is not None and _is_proper(line, mine, joint)


def _title_elsewhere(stretch: Stretch, head: Sequence[Line], page: Page) -> tuple[int, int] | None:
    """A title that no line is: quoted by a republisher, the heading of the report's part, or the first line."""
    advertised = _advertised(head, page.kinds)
    if advertised:
        return advertised.start, advertised.end
    for line in stretch.lines:
        label = _LABEL.match(line.text)
        if label and len(line.text) <= 40 and is_title(line.text[label.end() :].strip()):
            said = announcements(line.text)
            if said and said[0].year is not None:
                return line.start + label.end(), line.end
    first = stretch.lines[0]
    in_head = len(head) > 0 and first.start <= head[-1].start
    return (first.start, first.end) if in_head and len(stretch.lines) > 1 else None


def _advertised(head: Sequence[Line], kinds: Sequence[str]) -> _Title | None:
    for line, kind in zip(head, kinds, strict=False):
        found = _ADVERTISED.search(line.text) if kind == "advertising" else None
        if found and is_title(found[1]):
            return _Title(line.start + found.start(1), line.start + found.end(1), tuple(announcements(found[1])))
    return None


def _add(described: Description, document: Document, stretch: Stretch, head: Sequence[Line], fields: Fields) -> None:
    ordinal = len(described.reports) + 1
    key = f"{document.name}#{ordinal}"
    evidence = {}
    report = Report(key, document.name, ordinal, stretch.lines[0].start, stretch.lines[-1].end)
    if stretch.title:
        said = announcements(stretch.printed_title)
        genre, name, part = _genre_in(stretch.printed_title, said)
        report = replace(report, title=stretch.printed_title, genre=genre, genre_name=name, part_of_year=part)
        evidence["title"] = Evidence(*stretch.title, "title")
        if said:
            spot = stretch.title[0] + said[0].start
            evidence["genre"] = Evidence(spot, spot + said[0].end - said[0].start, "title")
    year = _year(stretch, head)
    if year:
        report, evidence["year"] = replace(report, year=year[0]), year[1]
    located = locate(stretch, head, fields)
    if located:
        place = located.place
        report = replace(report, place=place.name, place_code=place.code, place_level=place.level)
        evidence["place"] = located.evidence
    report = replace(report, institution=institution_of(stretch, fields))
    issued = issuer_of(stretch, located.place if located else None, fields)
    if issued:
        report, evidence["issuer"] = replace(report, issuer=issued[0]), issued[1]
    report = _as_stated(report, document.stated, evidence)
    described.reports.append((report, stretch))
    described.evidence.update({f"{key}.{name}": where for name, where in evidence.items()})


def _genre_in(title: str, said: Sequence[Announcement]) -> tuple[str, str, str]:
    """Return genre, its name and the part of the year; a summary of half a year or a plan for five is of another genre."""
    genre, part = said[0].genre if said else NO_GENRE, part_of_year(title)
    longer = genre.genre == "plan" and "-" in years_of(title)
    yearly = genre.genre if not (part or longer) else "other"
    named = genre.name if "半年" in genre.name or "季度" in genre.name else part + genre.name
    return yearly, named, part


def _as_stated(report: Report, stated: Mapping[str, str], evidence: dict[str, Evidence]) -> Report:
    """Return a report with what a person states of it; of a second report in a document only what its text does not show."""
    said: dict[str, Any] = {}
    place = place_of(stated.get("place_code", ""))
    if place and (report.ordinal == 1 or not report.place_code) and place.code != report.place_code:
        said |= {"place": place.name, "place_code": place.code, "place_level": place.level}
    year = int(stated.get("year") or 0)
    if year and (report.ordinal == 1 or report.year is None) and year != report.year:
        said["year"] = year
    genre = stated.get("genre", report.genre)
    if genre != report.genre and (report.ordinal == 1 or not report.genre_name):
        said["genre"] = genre
    evidence.update({name: Evidence(0, 0, "stated") for name in ("place", "year", "genre") if name in said})
    return replace(report, **said)


def _year(stretch: Stretch, head: Sequence[Line]) -> tuple[int, Evidence] | None:
    candidates = [(stretch.title, "title")] if stretch.title else []
    candidates += [((line.start, line.end), "title_of_document") for line in head if is_title(line.text)]
    for (start, end), rule in candidates:
        found = year_in_title(stretch.text[start:end])
        if found:
            return found[0], Evidence(start + found[1], start + found[2], rule)
    return year_of_occasion(head) or year_in_body(stretch)


def _name_document(described: Description, text: str, body: Sequence[Line], first: _Title | None) -> None:
    """Add the document's title, the period it names and its issuer to the metadata, where the page does not give them."""
    if not described.reports:
        return
    report = described.reports[0][0]
    opening = first or next((title for title in map(_title_of, body[:3]) if title), None)
    span = (opening.start, opening.end) if opening else None
    own = described.evidence.get(f"{report.key}.title")
    span = span or ((own.start, own.end) if own else None)
    if span and "title" not in described.metadata:
        described.metadata["title"] = text[slice(*span)]
        described.evidence["title"] = Evidence(*span, "title")
    period = years_of(described.metadata.get("title", ""))
    if period:
        described.metadata["period"] = period
    if report.issuer and "issuer" not in described.metadata:
        described.metadata["issuer"] = report.issuer
        described.evidence["issuer"] = described.evidence[f"{report.key}.issuer"]
