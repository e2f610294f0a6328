"""The outline of a document: page furniture and body, the reports it holds, their identity and their sections.

In: a Document. Out: an Outline. The text stays as it is: furniture, titles, headings and evidence are spans of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from weijian.documents import lines
from weijian.furniture import read_page
from weijian.headings import find_headings, tree
from weijian.identity import Evidence
from weijian.records import Document, Report, Section, Span
from weijian.reports import describe
from weijian.titles import genre_named, leaves_open, looks_back, section_genre, section_year
from weijian.traditional import simplified

__all__ = ["Outline", "Setting", "outline", "report_context", "section_genre", "section_year"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What governs a position: its report, its innermost section, and whether and of which year it reports or promises."""

    report: Report | None
    section: Section | None
    context: str
    year: int | None


@dataclass(frozen=True)
class Outline:
    """Furniture, metadata, reports and sections of a document, with the evidence for what was read of its identity.

    ``evidence`` is keyed by the field of the metadata, or by the report's key, a point and the field; ``looking_back`` are the keys of
    sections whose heading names the work alone and whose words tell of what was done.
    """

    furniture: tuple[Span, ...]
    metadata: Mapping[str, str]
    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    evidence: Mapping[str, Evidence] = field(default_factory=dict, repr=False)
    looking_back: frozenset[str] = frozenset()
    read_as: Outline | None = field(default=None, repr=False)
    """The outline in the characters that the text is read in, where these are not those it prints."""

    @cached_property
    def _furniture_starts(self) -> list[int]:
        return [span.start for span in self.furniture]

    @cached_property
    def _report_starts(self) -> list[int]:
        return [report.start for report in self.reports]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def _by_key(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def _bounds(self) -> list[int]:
        spans: list[Report | Section] = [*self.reports, *self.sections]
        return sorted({bound for span in spans for bound in (span.start, span.end)})

    @cached_property
    def _settings(self) -> dict[str, Setting]:
        return {}

    @cached_property
    def _settings_between(self) -> dict[int, Setting]:
        return {}

    def is_furniture(self, offset: int) -> bool:
        """Say whether a position belongs to the page and not to the report."""
        index = bisect_right(self._furniture_starts, offset) - 1
        return index >= 0 and offset < self.furniture[index].end

    def report_at(self, offset: int) -> Report | None:
        """Return the report that a position belongs to."""
        index = bisect_right(self._report_starts, offset) - 1
        return self.reports[index] if index >= 0 and offset < self.reports[index].end else None

    def section_at(self, offset: int) -> Section | None:
        """Return the innermost section around a position."""
        index = bisect_right(self._section_starts, offset) - 1
        section = self.sections[index] if index >= 0 else None
        while section and section.end <= offset:
            section = self.parent_of(section)
        return section

    def parent_of(self, section: Section) -> Section | None:
        """Return the section around a section."""
        return self._by_key.get(section.parent)

    def setting_at(self, offset: int) -> Setting:
        """Return what governs a position; headings such as 下一步打算 change genre and year of what stands under them."""
        if self.read_as:
            return self.read_as.setting_at(offset)
        stretch = bisect_right(self._bounds, offset)
        if stretch not in self._settings_between:
            self._settings_between[stretch] = self._setting(self.report_at(offset), self.section_at(offset))
        return self._settings_between[stretch]

    def _setting(self, report: Report | None, section: Section | None) -> Setting:
        key = section.key if section else report.key if report else ""
        if key not in self._settings:
            self._settings[key] = self._made(report, section)
        return self._settings[key]

    def _made(self, report: Report | None, section: Section | None) -> Setting:
        """Return what a section's heading makes of the setting around it."""
        if section is None:
            return Setting(report, None, report_context(report), report.year if report else None)
        around = self._setting(report, self.parent_of(section))
        context = section_genre(section.heading, around.context, around.year)
        if around.context == "summary" and section.key in self.looking_back:
            context = around.context
        return Setting(report, section, context, section_year(section.heading, around.year))


def report_context(report: Report | None) -> str:
    """Return "summary" when a report's sentences report, "plan" when they promise, "" when the genre does not tell."""
    if report is None:
        return ""
    return report.genre if report.genre in ("summary", "plan") else genre_named(report.genre_name).context


def outline(document: Document) -> Outline:
    """Return the outline of a document.

    >>> from weijian.documents import from_text
    >>> found = outline(from_text("番禺区卫生健康局2022年工作总结\\n一、概况。很好。\\n二、2023年安排\\n要更好。"))
    >>> [(r.place, r.place_code, r.genre, r.year) for r in found.reports], [s.heading for s in found.sections]
    ([('番禺区', '440113', 'summary', 2022)], ['一、概况', '二、2023年安排'])
    >>> found.setting_at(30).context, found.setting_at(30).year
    ('plan', 2023)
    """
    text = simplified(document.text)
    if text != document.text:
        return _as_printed(outline(replace(document, text=text)), document.text)
    every_line = list(lines(document.text))
    page = read_page(every_line)
    described = describe(document, every_line, page)
    furniture = tuple(Span(line.start, line.end, kind) for line, kind in zip(every_line, page.kinds, strict=False) if kind)
    sections: list[Section] = []
    for report, stretch in described.reports:
        under_title = [line for line in stretch.lines if (line.start, line.end) != stretch.title]
        sections += tree(report, document.text, find_headings(under_title))
    reports = tuple(report for report, _ in described.reports)
    back = (section.key for section in sections if leaves_open(section.heading) and looks_back(text[section.start : section.end]))
    return Outline(furniture, described.metadata, reports, tuple(sections), described.evidence, frozenset(back))


def _as_printed(found: Outline, text: str) -> Outline:
    """Return an outline that was made of another form of a text, with headings and titles as the text prints them."""
    sections = tuple(
        replace(section, label=text[section.start :][: len(section.label)], heading=text[section.start :][: len(section.heading)])
        for section in found.sections
    )
    titles = {key.removesuffix(".title"): text[spot.start : spot.end] for key, spot in found.evidence.items() if key.endswith(".title")}
    reports = tuple(replace(report, title=titles.get(report.key, report.title)) for report in found.reports)
    metadata = dict(found.metadata)
    if "title" in metadata:
        metadata["title"] = text[slice(*found.evidence["title"][:2])]
    return Outline(found.furniture, metadata, reports, sections, found.evidence, found.looking_back, found)
