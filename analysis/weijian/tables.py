"""The tables of data/processed: what each column means, and how a reading becomes rows.

The declarations here are the only ones: the CSV files are written from them, datapackage.json describes
them with them, and ``load`` in corpus takes its types from them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from weijian.attention import ATTENTION
from weijian.codebook.declared import DEFINITIONS, FLAGS, INDICATORS, THEMES
from weijian.concluded import CHECKS, COMMITMENTS, NEXT_TARGETS, UNPROMISED
from weijian.keyness import KEYNESS
from weijian.records import Mention, Reading, Report, Section
from weijian.schema import Column, Table
from weijian.sharing import PHRASES

_CHARACTERS = "characters from the start of the text"
_START = Column("start", "where it begins in the document's text", type="integer", required=True, unit=_CHARACTERS)
_END = Column("end", "where it ends, not included", type="integer", required=True, unit=_CHARACTERS)
_PLACE_CODE = Column("place_code", "the place's code of GB/T 2260; empty when the document does not show it", refers="places")

DOCUMENTS = Table(
    "documents",
    "Documents: the files of data/raw",
    (
        Column("document", "the document's name", required=True),
        Column("file", "its file in data/raw", required=True),
        Column("sha256", "hash of the file", type="sha256", required=True),
        Column("characters", "length of its text", type="integer", required=True, unit="characters"),
        Column("source_format", "the format of the file", required=True),
        Column(
            "text", "the file of data/raw that holds its text as it was read: the file itself, or the text taken from it", required=True
        ),
        Column("title", "its title", verbatim=True),
        Column("issuer", "who issued it"),
        Column("number", "its document or index number"),
        Column("dates", "the dates it gives of itself", many=True),
        Column("tier", "how near the copy is to the issuer", required=True, words="tier"),
        Column("furniture_mentions", "numbers in page furniture, not published", type="integer", required=True, unit="numbers"),
    ),
    ("document",),
)
REPORTS = Table(
    "reports",
    "Reports: one document may hold several",
    (
        Column("report", "the document's name and the report's ordinal in it", required=True),
        Column("document", "the document that holds it", required=True, refers="documents"),
        Column("place", "the place it reports on"),
        _PLACE_CODE,
        Column("place_level", "the place's administrative level", words="level"),
        Column("genre", "summary of a year, plan for a year, or other", required=True, words="genre"),
        Column("genre_name", "what the report calls itself"),
        Column("institution", "the hospital or the like that reports on itself; empty for the report of a place"),
        Column("year", "the year it reports on or plans for", type="year"),
        _START,
        _END,
    ),
    ("report",),
)
SECTIONS = Table(
    "sections",
    "Sections: the tree of headings",
    (
        Column("section", "the report's key and where the section begins", required=True),
        Column("report", "the report that holds it", required=True, refers="reports"),
        Column("parent", "the section around it", refers="sections"),
        Column("depth", "1 for the outermost", type="integer", required=True, unit="levels"),
        Column("label", "its numbering as printed", verbatim=True),
        Column("heading", "its heading as printed", verbatim=True),
        _START,
        _END,
    ),
    ("section",),
)
MENTIONS = Table(
    "mentions",
    "Mentions: every number of the body and its role",
    (
        Column("document", "the document that holds it", required=True, refers="documents"),
        _START,
        _END,
        Column("surface", "the characters of the text from start to end", required=True, verbatim=True),
        Column("role", "what the number is there for", required=True, words="role"),
        Column("report", "the report that holds it", refers="reports"),
        Column("section", "the innermost section that holds it", refers="sections"),
    ),
    ("document", "start", "end"),
)
OBSERVATIONS = Table(
    "observations",
    "Observations: every reported quantity with what it says",
    (
        Column("observation", "the report's key and where the number begins", required=True),
        Column("report", "the report that holds it", required=True, refers="reports"),
        Column("section", "the innermost section that holds it", refers="sections"),
        _PLACE_CODE,
        Column("indicator", "the indicator, when it is exactly that one for the report's place", refers="indicators"),
        Column(
            "definition", "which numerator over which denominator; empty when there is no indicator, unknown when the text does not say"
        ),
        Column("candidates", "the indicators that came into question", many=True, refers="indicators"),
        Column("themes", "the themes it belongs to", many=True, refers="themes"),
        Column("subject", "what is measured, in the words of the text", verbatim=True),
        Column("scope", "the part, institution or other place it covers; empty when it covers the report's place", verbatim=True),
        Column("base", "the population it refers to", words="base"),
        Column("kind", "level, change or rank", required=True, words="kind"),
        Column("status", "outcome, target or somebody else's figure", required=True, words="status"),
        Column("stage", "how far along it is", words="stage"),
        Column("bound", "how the value bounds the quantity", required=True, words="bound"),
        Column("value", "the value with 万 and 亿 multiplied out; empty for a range", type="decimal", unit="see the column unit"),
        Column("low", "the lower end of a range", type="decimal", unit="see the column unit"),
        Column("high", "the upper end of a range", type="decimal", unit="see the column unit"),
        Column("unit", "the base unit as printed"),
        Column("period", "the year or years it refers to"),
        Column("stock_or_flow", "whether it stands at a date or adds up over a period", words="stock_or_flow"),
        _START,
        _END,
        Column("sentence_start", "where its sentence begins", type="integer", required=True, unit=_CHARACTERS),
        Column("sentence_end", "where its sentence ends", type="integer", required=True, unit=_CHARACTERS),
        Column("quote", "the sentence: the text from sentence_start to sentence_end", required=True, verbatim=True),
        Column("rule", "each decision with the rule behind it; for the indicator the row of rules.csv", many=True),
        Column("flags", "what was inferred and what one should know", many=True, refers="flags"),
        Column("page", "the page that holds it, where the file has pages", type="integer", unit="pages, from 1"),
        Column("correction", "what a researcher put right, and why"),
        Column("checked_by", "who checked it, and when"),
    ),
    ("observation",),
)
COVERAGE = Table(
    "coverage",
    "Coverage: for each place, year and indicator the value's observation or the reason for its absence",
    (
        _PLACE_CODE,
        Column("document", "the document, where it does not show its place", refers="documents"),
        Column("year", "the year", type="year"),
        Column("indicator", "the indicator", required=True, refers="indicators"),
        Column("observation", "the observation that gives the value", refers="observations"),
        Column("reason", "why there is no value", words="reason"),
        Column("evidence", "the observation that the reason rests on", refers="observations"),
        Column("period", "the year or years that the observation refers to"),
        Column("observations", "how many observations give a value", type="integer", required=True, unit="observations"),
    ),
    ("place_code", "document", "year", "indicator"),
)
PLACES = Table(
    "places",
    "Places: those that the tables name, and what they are part of",
    (
        Column("place_code", "the code of GB/T 2260", required=True),
        Column("place", "its name", required=True),
        Column("place_level", "its administrative level", required=True, words="level"),
        Column("parent", "the code of the place it is part of", refers="places"),
    ),
    ("place_code",),
)
MASKED_INFERENCE = Table(
    "masked_inference",
    "What may be inferred about a masked report; never used in the other tables",
    (
        Column("document", "the masked document", required=True, refers="documents"),
        Column("report", "the masked report", required=True, refers="reports"),
        Column("candidate", "the code of the place it may be", required=True),
        Column("place", "that place's name", required=True),
        Column("evidence", "names in the text that point to it, each with where it begins", required=True, many=True),
        Column("confidence", "how sure the inference is", required=True, words="confidence"),
    ),
    ("report", "candidate"),
)
TABLES = {
    table.name: table
    for table in (
        DOCUMENTS, REPORTS, SECTIONS, MENTIONS, OBSERVATIONS, COVERAGE, CHECKS, COMMITMENTS, UNPROMISED, NEXT_TARGETS,
        THEMES, INDICATORS, DEFINITIONS, FLAGS, PLACES, MASKED_INFERENCE,
        ATTENTION, KEYNESS, PHRASES,
    )
}  # fmt: skip
CODED = ("themes", "indicators", "definitions", "flags")
"""The tables of the codebook: what they hold depends on no report."""


def mention_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the rows of mentions: the body's numbers, each with the report and the innermost section around it."""
    reports, sections = _Stretches(reading.reports), _Stretches(reading.sections)
    for mention in body_mentions(reading):
        yield {
            "document": reading.document.name,
            "start": mention.start,
            "end": mention.end,
            "surface": mention.surface,
            "role": mention.role,
            "report": reports.around(mention.start),
            "section": sections.around(mention.start),
        }


def body_mentions(reading: Reading) -> list[Mention]:
    """Return the mentions that stand outside page furniture."""
    furniture = sorted(reading.furniture)
    starts = [span.start for span in furniture]

    def inside(mention: Mention) -> bool:
        before = bisect_right(starts, mention.start) - 1
        return before >= 0 and mention.start < furniture[before].end

    return [mention for mention in reading.mentions if not inside(mention)]


class _Stretches:
    """Finds the innermost of nested stretches of text around an offset."""

    def __init__(self, stretches: Sequence[Report] | Sequence[Section]) -> None:
        self._ordered: list[Report | Section] = sorted(stretches, key=lambda each: (each.start, -each.end))
        self._starts = [each.start for each in self._ordered]

    def around(self, offset: int) -> str:
        """Return the key of the innermost stretch, empty when there is none."""
        position = bisect_right(self._starts, offset) - 1
        while position >= 0 and self._ordered[position].end <= offset:
            position -= 1
        return self._ordered[position].key if position >= 0 else ""
