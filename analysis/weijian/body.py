"""The body of a report as sentences: what a person reads, without the page around it.

In: a Reading. Out: for each report its ``Sentence``s, in order, each with the sections around it. Page furniture is left out even
where it stands inside a sentence, and a line that breaks off in a sentence goes on in the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from weijian.documents import BLANKS, Line, lines
from weijian.folding import narrowed
from weijian.records import Reading, Report, Section
from weijian.traditional import simplified

_SENTENCE = re.compile("[^。！？!?]*[。！？!?]+[”’」』）)》]*|[^。！？!?]+")
_CLOSED = re.compile("[。！？!?；;：:][”’」』）)》]*$")
_NO_BLANKS = dict.fromkeys(map(ord, BLANKS))
_ROW = "|"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters without blanks, in the forms that the cues are written in, and the sections around it, innermost first."""

    words: str
    start: int
    sections: tuple[Section, ...]

    @property
    def characters(self) -> int:
        """How many characters are printed, blanks left out."""
        return len(self.words)


class _Piece(NamedTuple):
    """A line of the body; ``opens`` when it begins something new, whatever the line before it ends with."""

    line: Line
    opens: bool


def bodies(reading: Reading) -> Iterator[tuple[Report, list[Sentence]]]:
    """Yield the reports of a reading, each with the sentences of its body; linear in the text.

    A sentence ends with 。 ! or ?, with its paragraph, with the cell of a table and with a heading that has a line of its own.
    Characters are those that are printed, marks and digits too, blanks left out.

    >>> from weijian.reading import read
    >>> reading = read("临江市2023年卫生健康工作总结\\n一、基层\\n新建村卫生室\\n12家。开展义诊。")
    >>> [(sentence.words, sentence.characters) for _, found in bodies(reading) for sentence in found]
    [('临江市2023年卫生健康工作总结', 16), ('一、基层', 4), ('新建村卫生室12家。', 10), ('开展义诊。', 5)]
    """
    text = narrowed(simplified(reading.document.text))
    for report in reading.reports:
        sections = [section for section in reading.sections if section.report == report.key]
        yield report, list(_sentences(_paragraphs(_pieces(text, reading, report, sections)), sections))


def body_lines(text: str, reading: Reading, report: Report) -> Iterator[tuple[Line, bool]]:
    """Yield the lines of a report that belong to it, each with whether page furniture stands between it and the one before it."""
    furniture = {span.start for span in reading.furniture}
    cut = False
    for line in lines(text, report.start, report.end):
        if line.start in furniture:
            cut = True
        else:
            yield line, cut
            cut = False


def _pieces(text: str, reading: Reading, report: Report, sections: Sequence[Section]) -> Iterator[_Piece]:
    """Yield the lines of a report's body and say which of them begin something new."""
    opening = {section.start for section in sections if section.label}
    whole = {section.start + len(section.heading) for section in sections}
    title = narrowed(simplified(report.title)).translate(_NO_BLANKS)
    before: Line | None = None
    for line, cut in body_lines(text, reading, report):
        opens = before is None or line.start in opening or before.end in whole or _ROW in line.text or _ROW in before.text
        if before is not None and not opens:
            apart = not cut and text.count("\n", before.end, line.start) > 1
            opens = apart or bool(_CLOSED.search(before.text)) or before.text.translate(_NO_BLANKS) in title
        yield _Piece(line, opens)
        before = line


def _paragraphs(pieces: Iterator[_Piece]) -> Iterator[list[Line]]:
    """Yield the lines that go on in one another; lines that never come to a close are each by themselves."""
    held: list[Line] = []
    for piece in pieces:
        if piece.opens:
            yield from _settled(held)
            held = []
        held.append(piece.line)
    yield from _settled(held)


def _settled(held: list[Line]) -> list[list[Line]]:
    closes = bool(held) and _CLOSED.search(held[-1].text)
    return [held] if closes else [[line] for line in held]


def _sentences(paragraphs: Iterator[list[Line]], sections: Sequence[Section]) -> Iterator[Sentence]:
    around = _Around(sections)
    for paragraph in paragraphs:
        text = "".join(line.text for line in paragraph)
        for part in _cells(text):
            words = text[part[0] : part[1]].translate(_NO_BLANKS)
            if words:
                start = _offset(paragraph, part[0])
                yield Sentence(words, start, around.at(start))


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a paragraph, or of each cell of a table's row, begin and end."""
    at = 0
    for cell in text.split(_ROW):
        for found in _SENTENCE.finditer(cell):
            yield at + found.start(), at + found.end()
        at += len(cell) + 1


def _offset(paragraph: Sequence[Line], position: int) -> int:
    """Return where a position of joined lines stands in the document's text."""
    for line in paragraph:
        if position < len(line.text):
            return line.start + position
        position -= len(line.text)
    raise ValueError("the position lies beyond the lines")


class _Around:
    """The sections around offsets that are asked for in order."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._coming = sorted(sections, key=lambda section: (section.start, -section.end), reverse=True)
        self._open: list[Section] = []

    def at(self, offset: int) -> tuple[Section, ...]:
        """Return the sections around an offset, innermost first."""
        while self._coming and self._coming[-1].start <= offset:
            self._open.append(self._coming.pop())
        self._open = [section for section in self._open if section.end > offset]
        return tuple(reversed(self._open))
