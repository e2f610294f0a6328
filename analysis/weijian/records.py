"""The records that a reading is made of: plain, frozen, without pandas.

Every ``start`` and ``end`` is a half-open character offset into ``Document.text``, the text as decoded,
so that ``text[start:end]`` is what a row says it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, with the hash of the bytes it came from."""

    name: str
    text: str = field(repr=False)
    sha256: str = ""
    source_format: str = "txt"


class Span(NamedTuple):
    """A stretch of furniture: navigation, metadata, share, contact, footer, advertising or image."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report inside a document: whose, of which year, and of which genre (summary, plan, other)."""

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
    correction: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one document."""

    document: Document
    furniture: tuple[Span, ...]
    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    observations: tuple[Observation, ...]
    metadata: Mapping[str, str]
