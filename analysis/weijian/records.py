"""The records that a reading is made of: plain, frozen, without pandas.

Every ``start`` and ``end`` is a half-open character offset into ``Document.text``, the text as decoded,
so that ``text[start:end]`` is what a row says it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, with the hash of the bytes it came from.

    ``pages`` holds the offset of each page's first character, where the format has pages; ``stated`` what a person says
    of the report where the text does not show it: place_code, year, genre.
    """

    name: str
    text: str = field(repr=False)
    sha256: str = ""
    source_format: str = "txt"
    pages: tuple[int, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page, from 1, that holds an offset; None where the format has no pages.

        >>> Document("a", "一页二页", pages=(0, 2)).page_at(3)
        2
        """
        return bisect_right(self.pages, offset) if self.pages else None


class Span(NamedTuple):
    """A stretch of furniture: navigation, metadata, share, contact, footer, advertising or image."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report inside a document: whose, of which year, and of which genre (summary, plan, other).

    ``institution`` is the hospital or the like that reports on itself; ``part_of_year`` is what of the year is reported on
    when it is not the whole, such as 上半年.
    """

    key: str
    document: str
    ordinal: int
    start: int
    end: int
    place: str = ""
    place_code: str = ""
    place_level: str = ""
    genre: str = "other"
    genre_name: str = ""
    year: int | None = None
    issuer: str = ""
    title: str = ""
    institution: str = ""
    part_of_year: str = ""

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the title with place, year and genre."""
        from weijian import displays  # only for those who look
        from weijian.words import word

        facts = [self.place, str(self.year or ""), word("genre", self.genre, "zh"), self.issuer]
        return displays.line(self.title or self.key, facts)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the stretch of text it governs."""

    key: str
    report: str
    parent: str
    depth: int
    label: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of the text and its role: measure, date, label, name, attribute or unread."""

    start: int
    end: int
    surface: str
    role: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A measure with what it says: of what, of whom, when, and whether it happened."""

    observation: str
    report: str
    section: str
    place_code: str
    indicator: str
    definition: str
    candidates: tuple[str, ...]
    themes: tuple[str, ...]
    subject: str
    scope: str
    base: str
    kind: str
    status: str
    stage: str
    bound: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    period: str
    stock_or_flow: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    quote: str
    rule: str
    flags: tuple[str, ...]
    page: int | None = None
    correction: str = ""
    checked_by: str = ""

    def __repr__(self) -> str:
        number = f"{self.low}-{self.high}" if self.value is None else f"{self.value:f}"
        said = f"{self.indicator or self.subject} {self.bound} {number}{self.unit}"
        return f"Observation({self.observation!r}: {said}, {self.status}, period={self.period!r}, quote={self.quote!r})"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: what is measured, the value, of what and when, and the sentence with its number marked."""
        from weijian import displays
        from weijian.amounts import value_label
        from weijian.words import name_of_place, word

        value = value_label({name: getattr(self, name) for name in ("value", "low", "high", "bound", "unit")}, "zh")
        place = name_of_place(self.place_code, "zh") if self.place_code else ""
        facts = [place, self.scope, self.period, word("status", self.status, "zh"), self.observation]
        title = f"{displays.what_is_measured(self.indicator, self.subject)} {value}"
        quote = displays.marked(self.quote, self.start - self.sentence_start, self.end - self.sentence_start)
        return f"{displays.line(title, facts)}\n{quote}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one document.

    ``repr`` counts what there is; a notebook shows each report with its numbers by theme and status.
    """

    document: Document
    furniture: tuple[Span, ...]
    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    observations: tuple[Observation, ...]
    metadata: Mapping[str, str]

    def __repr__(self) -> str:
        parts = ("reports", "sections", "mentions", "observations")
        return f"Reading({self.document.name!r}: {', '.join(f'{part}={len(getattr(self, part))}' for part in parts)})"

    def _repr_html_(self) -> str:
        return "\n".join(self._shown(report) for report in self.reports)

    def _shown(self, report: Report) -> str:
        """Return a report with the number of its sections, and its numbers by theme and status."""
        from weijian import displays
        from weijian.words import heading

        told = [displays.Told(each.themes, each.status) for each in self.observations if each.report == report.key]
        sections = sum(section.report == report.key for section in self.sections)
        counted = [heading("counted_sections", "zh").format(sections), heading("counted_numbers", "zh").format(len(told))]
        return f"{report._repr_html_()}\n<p>{' · '.join(counted)}</p>\n{displays.counts(told)._repr_html_()}"
