"""A file that may become a report of the corpus: what was read of it, what looks odd, and the row it would have.

In: a file, and what the person who adds it states. Out: a ``Candidate``. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from weijian.documents import from_bytes, lines, read_bytes
from weijian.errors import CorpusError
from weijian.identity import Stretch, is_masked
from weijian.originals import MANIFEST, STATED
from weijian.outline import Outline, outline
from weijian.places import Place, ancestors, find_names, place_of, places_named
from weijian.reading import read
from weijian.records import Document, Reading, Report
from weijian.schema import Row
from weijian.tables import body_mentions

_FORBIDDEN = re.compile(r"[#@/\\;:*?\"<>|\s\x00-\x1f]+")
_LONGEST_NAME = 200
"""In bytes: most systems allow 255 for a name with its ending, a number, and what a file has while it is written."""
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""What no file may be called on Windows, whatever its ending."""
_BY_SELF = ("issuer", "number", "index_number")
"""Metadata that a page of the issuer carries."""


@dataclass(frozen=True)
class Candidate:
    """A file with its bytes, its document and reading, the row it would have, and what looks odd: code and facts."""

    path: Path
    content: bytes
    document: Document
    reading: Reading
    found: Outline
    row: Row
    odd: tuple[tuple[str, Mapping[str, str]], ...]
    notes: tuple[str, ...]

    @property
    def is_doubtful(self) -> bool:
        """Whether nothing shows that it is a report: no place, no year, no title."""
        return not any(report.place or report.year or report.title for report in self.reports)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that the file holds."""
        return self.reading.reports


def examine(path: Path, stated: Mapping[str, str]) -> Candidate:
    """Return what a file gives; raise DocumentError when it cannot be read.

    ``stated`` may hold place_code, year, genre, tier and note.
    """
    content = read_bytes(path)
    plain, notes = from_bytes(content, path)
    unstated = outline(plain)
    masked = _is_masked(plain, unstated)
    document = replace(plain, stated={name: stated[name] for name in STATED if stated.get(name)})
    reading = read(document)
    tier = stated.get("tier") or _tier(unstated, masked)
    row = _row(path, document, reading, unstated, {**stated, "tier": tier})
    odd = tuple(_odd(document, reading, unstated, masked))
    return Candidate(path, content, document, reading, unstated, row, odd, notes)


def code_of_place(said: str) -> str:
    """Return the code of a place given by code or name; raise CorpusError, with what it may be, for none or several.

    >>> code_of_place("330100"), code_of_place("闵行区"), code_of_place("福建省鼓楼区")
    ('330100', '310112', '350102')
    """
    places = [place] if (place := place_of(said)) else list(places_named(said))
    if len(places) == 1:
        return places[0].code
    known = "; ".join(described(place) for place in places)
    problem = f"“{said}” may be more than one place" if places else f"no place is called “{said}”"
    raise CorpusError(problem, where="--place", remedy=f"give the code: {known}" if places else "give its full name or its six-digit code")


def described(place: Place) -> str:
    """Return a place's code with its name and those of the places around it.

    >>> described(place_of("350102"))
    '350102 福建省福州市鼓楼区'
    """
    return f"{place.code} {''.join(above.name for above in reversed(list(ancestors(place))))}{place.name}"


def _is_masked(document: Document, found: Outline) -> bool:
    body = [line for line in lines(document.text) if not found.is_furniture(line.start)]
    return is_masked(Stretch(document.text, body, None)) and not any(report.place for report in found.reports)


def _tier(found: Outline, masked: bool) -> str:
    """Return how near the copy seems to the issuer: nothing of a plain text tells that it is the issuer's own."""
    if masked:
        return "masked"
    if any(span.kind == "advertising" for span in found.furniture):
        return "republisher"
    return "official" if any(name in found.metadata and found.evidence[name].rule == "metadata" for name in _BY_SELF) else "mirror"


def _row(path: Path, document: Document, reading: Reading, unstated: Outline, stated: Mapping[str, str]) -> Row:
    first = reading.reports[0] if reading.reports else Report("", "", 1, 0, 0)
    shown = unstated.reports[0] if unstated.reports else first
    name = _name(path, reading.reports, stated["tier"])
    row = dict.fromkeys(MANIFEST.header, "")
    row |= {
        "file": f"{name}.{document.source_format}",
        "title": reading.metadata.get("title", ""),
        "issuer": reading.metadata.get("issuer", "") or first.issuer,
        "place_code": first.place_code,
        "place": first.place if first.place_code else "",
        "year": str(first.year) if first.year != shown.year else "",
        "genre": first.genre if first.genre != shown.genre else "",
        "tier": stated["tier"],
        "note": stated.get("note") or f"added as {_bare(path.name)}",
    }
    return {column: " ".join(_encodable(cell).split()) for column, cell in row.items()}


def _name(path: Path, reports: tuple[Report, ...], tier: str) -> str:
    """Return the name of the document: place, years and genres where they are known, else the file's own name."""
    first = reports[0] if reports else None
    place = first.place_code if first and first.place_code else "masked" if tier == "masked" else ""
    parts = [f"{report.year}-{report.genre}" for report in reports if report.year]
    if place and parts and len(parts) == len(reports):
        return _cut("-".join([place, *dict.fromkeys(parts)]))
    name = _cut(_bare(path.stem))
    return f"report-{name}" if _OF_WINDOWS.fullmatch(name) else name or "report"


def _cut(name: str) -> str:
    return name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")


def _bare(name: str) -> str:
    """Return a file's name without the characters that a document's name cannot hold.

    >>> _bare("2023年 总结#1.txt")
    '2023年-总结-1.txt'
    """
    return _FORBIDDEN.sub("-", _encodable(name)).strip("-.")


def _encodable(text: str) -> str:
    """Return a text with a question mark for each byte of a name or an argument that is no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _odd(document: Document, reading: Reading, unstated: Outline, masked: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a person should look at before the report is added."""
    if len(reading.reports) > 1:
        yield "several", {"count": str(len(reading.reports))}
    if masked:
        yield "masked", {}
    for report, shown in zip(reading.reports, unstated.reports, strict=True):
        if report.ordinal == 1:
            yield from _odd_identity(report, shown, unstated, masked)
            yield from _stated_otherwise(report, shown)
    if not reading.observations:
        yield "no_numbers", {}
    if not reading.sections:
        yield "no_sections", {}
    unread = sum(mention.role == "unread" for mention in body_mentions(reading))
    if unread:
        yield "unread", {"count": str(unread)}
    damaged = document.text.count("\ufffd")
    if damaged:
        yield "damaged_characters", {"count": str(damaged)}


def _odd_identity(report: Report, shown: Report, unstated: Outline, masked: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    if not report.place_code:
        yield from _odd_place(report, masked)
    if report.year is None:
        yield "no_year", {}
    elif report.year == shown.year and unstated.evidence[f"{shown.key}.year"].rule == "body":
        yield "year_from_body", {}
    if not report.title:
        yield "no_title", {}
    if not report.genre_name and report.genre == "other":
        yield "no_genre", {}
    if report.institution:
        yield "institution", {"name": report.institution}
    elif report.part_of_year:
        yield "part_of_year", {"name": report.genre_name}
    elif report.genre == "other" and report.genre_name:
        yield "other_genre", {"name": report.genre_name}


def _odd_place(report: Report, masked: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    several = [place for named in find_names(report.place)[-1:] for place in named.candidates] if report.place else []
    if len(several) > 1:
        yield "place_ambiguous", {"name": report.place, "candidates": "; ".join(map(described, several))}
    elif report.place and report.place != "全国":
        yield "place_without_code", {"name": report.place}
    elif not report.place and not masked:
        yield "no_place", {}


def _stated_otherwise(report: Report, shown: Report) -> Iterator[tuple[str, Mapping[str, str]]]:
    for read_as, taken in ((shown.place, report.place), (str(shown.year or ""), str(report.year or "")), (shown.genre, report.genre)):
        if read_as and read_as != taken and (read_as != "other" or shown.genre_name):
            yield "stated_otherwise", {"read": read_as, "stated": taken}
