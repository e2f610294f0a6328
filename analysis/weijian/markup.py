"""The text of a document as HTML: its blocks, what of each is shown, and the marks around sentences, clauses, numbers and headings.

In: a Document with its furniture and the rows of the tables that lie in it. Out: ``Block``s whose HTML holds the text letter
for letter, escaped. Nothing of the text becomes markup; marks are put at offsets only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from weijian.documents import lines
from weijian.links import anchor
from weijian.records import Document, Span
from weijian.schema import Row

GAP = '<span class="out">[…]</span>'
_CONTACT = re.compile(
    r"(?<![\d.])(?:(?:\+?86[- ])?0\d{2,3}[- ]\d{7,8}|400-?\d{3}-?\d{4}|(?:\+?86[- ]?)?1[3-9]\d{9})(?![\d.%％])|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
_SHORT = 40


class Mark(NamedTuple):
    """A pair of tags around a stretch of the text."""

    start: int
    end: int
    opening: str
    closing: str


class Block(NamedTuple):
    """A line of the text: its tag and attributes, its HTML, and the numbers that stand in it."""

    start: int
    end: int
    tag: str
    attributes: str
    html: str
    numbers: tuple[int, ...]


class Excerpt(NamedTuple):
    """What of a document is shown: all of it but furniture and contacts, or its headings and quotes alone; ``clauses`` promise or tell."""

    document: Document
    furniture: Sequence[Span]
    sections: Sequence[Row]
    observations: Sequence[Row]
    whole: bool
    clauses: Sequence[tuple[int, int]] = ()


def escaped(text: str) -> str:
    """Return text as HTML shows it, quotation marks escaped too.

    >>> escaped('<b class="x">&amp;')
    '&lt;b class=&quot;x&quot;&gt;&amp;amp;'
    """
    from markupsafe import escape

    return str(escape(text)).replace("&#34;", "&quot;")


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return a stretch of a text as HTML with tags around the marks; marks of which one cuts another are left out, the later given first.

    >>> marked("a<b", 0, 3, [Mark(1, 2, "<i>", "</i>"), Mark(0, 3, "<p>", "</p>"), Mark(0, 2, "<s>", "</s>")])
    '<p><s>a<i>&lt;</i></s>b</p>'
    """
    html: list[str] = []
    at, open_marks = start, list[Mark]()

    def forward(offset: int) -> None:
        nonlocal at
        while open_marks and open_marks[-1].end <= offset:
            html.append(escaped(text[at : open_marks[-1].end]) + open_marks[-1].closing)
            at = open_marks.pop().end
        html.append(escaped(text[at:offset]))
        at = offset

    for mark in sorted(_nested(start, end, marks), key=lambda mark: (mark.start, -mark.end)):
        forward(mark.start)
        html.append(mark.opening)
        open_marks.append(mark)
    forward(end)
    return "".join(html)


def _nested(start: int, end: int, marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks within a stretch without those that cut one before them."""
    kept: list[Mark] = []
    for mark in marks:
        cut = any(mark.start < other.start < mark.end < other.end or other.start < mark.start < other.end < mark.end for other in kept)
        if start <= mark.start < mark.end <= end and not cut:
            kept.append(mark)
    return kept


def blocks(shown: Excerpt, titles: Mapping[int, str], deepest: int = 1) -> Iterator[Block | None]:
    """Yield the blocks of a document in the order of its text, and None for each stretch that is left out.

    ``titles`` says what to show over the numbers that are marked for the eye, by where they begin; ``deepest`` is the level of the
    heading above the sections. Each block's HTML holds ``document.text[start:end]``, with ``[…]`` for what is not republished.
    """
    furniture = {span.start for span in shown.furniture}
    before: Block | None = None
    for number, (start, end) in enumerate(_stretches(shown)):
        block = None if start in furniture else _block(shown, start, end, titles, deepest)
        if block or before or not number:
            yield block
        before = block


def _stretches(shown: Excerpt) -> Iterator[tuple[int, int]]:
    """Yield the lines of a document, two of them as one where a number runs from one into the other."""
    crossing = [(int(row["start"]), int(row["end"])) for row in shown.observations]
    held: tuple[int, int] | None = None
    for line in lines(shown.document.text):
        if held and any(start < held[1] < end for start, end in crossing):
            held = held[0], line.end
            continue
        if held:
            yield held
        held = line.start, line.end
    if held:
        yield held


def _block(shown: Excerpt, start: int, end: int, titles: Mapping[int, str], deepest: int) -> Block | None:
    text = shown.document.text
    within = [row for row in shown.observations if start <= int(row["start"]) < end]
    headings = [row for row in shown.sections if start <= int(row["start"]) < end]
    first = headings[0] if headings and int(headings[0]["start"]) == start else None
    told = [span for span in shown.clauses if start <= span[0] < span[1] <= end]
    kept = _kept(shown, start, end, [*_sentences(within), *told], first)
    if not kept:
        return None
    is_heading = bool(first and start + len(first["heading"]) == end)
    marks = [_number(row, titles) for row in within]
    marks += [Mark(*span, f'<span class="c" id="{anchor(f"c{span[0]}")}">', "</span>") for span in told]
    marks += [_sentence(row, start, end) for row in {row["sentence_start"]: row for row in within}.values()]
    marks += [_heading(row, row is first, deepest) for row in (headings[1:] if is_heading else headings)]
    pieces = [GAP] if kept[0][0] > start else []
    for index, (begin, stop) in enumerate(kept):
        pieces += [GAP] if index else []
        pieces.append(marked(text, begin, stop, marks))
    pieces += [GAP] if kept[-1][1] < end else []
    tag = f"h{_level(first, deepest)}" if is_heading and first else "p"
    attributes = f' id="s{start}"' if is_heading else ""
    return Block(start, end, tag, attributes, "".join(pieces), tuple(int(row["start"]) for row in within))


def _sentences(within: Sequence[Row]) -> list[tuple[int, int]]:
    return [(int(row["sentence_start"]), int(row["sentence_end"])) for row in within]


def _kept(shown: Excerpt, start: int, end: int, quoted: Sequence[tuple[int, int]], first: Row | None) -> list[tuple[int, int]]:
    """Return what of a line is shown: all but contacts, or the short heading at its beginning and what is quoted."""
    if shown.whole:
        contacts = [found.span() for found in _CONTACT.finditer(shown.document.text, start, end)]
        numbers = [(int(row["start"]), int(row["end"])) for row in shown.observations if start <= int(row["start"]) < end]
        left_out = [span for span in contacts if not any(span[0] < last and begin < span[1] for begin, last in numbers)]
        edges = [start, *(offset for span in left_out for offset in span), end]
        return [(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True) if begin < stop]
    wanted = [(max(start, begin), min(end, stop)) for begin, stop in quoted]
    if first:
        printed = first["heading"] if len(first["heading"]) <= _SHORT else first["label"]
        wanted.append((start, start + len(printed)))
    kept: list[tuple[int, int]] = []
    for begin, stop in sorted(wanted):
        if kept and begin <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(stop, kept[-1][1])
        elif begin < stop:
            kept.append((begin, stop))
    return kept


def _number(row: Row, titles: Mapping[int, str]) -> Mark:
    start, name = int(row["start"]), anchor(row["start"])
    if start in titles:
        return Mark(start, int(row["end"]), f'<a class="n" id="{name}" href="#{name}" title="{escaped(titles[start])}">', "</a>")
    return Mark(start, int(row["end"]), f'<span class="q" id="{name}">', "</span>")


def _sentence(row: Row, start: int, end: int) -> Mark:
    return Mark(max(start, int(row["sentence_start"])), min(end, int(row["sentence_end"])), '<span class="s">', "</span>")


def _heading(row: Row, leads: bool, deepest: int) -> Mark:
    """Return the mark of a heading that runs into its text: all of it where it leads the line, else its numbering alone."""
    start = int(row["start"])
    if leads:
        opening = f'<strong id="s{start}" role="heading" aria-level="{_level(row, deepest)}">'
        return Mark(start, start + len(row["heading"]), opening, "</strong>")
    return Mark(start, start + len(row["label"] or row["heading"]), f'<b id="s{start}">', "</b>")


def _level(row: Row | None, deepest: int) -> int:
    return min(6, deepest + int(row["depth"])) if row else 6
