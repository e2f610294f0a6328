"""PDF files with a text layer: lines from the places of the characters, paragraphs and tables from the lines.

In: the bytes of a file. Out: its text with the offset of each page. A scan without text, a file that needs a password,
a damaged one and one whose characters have no Unicode are refused with what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from weijian.errors import DocumentError
from weijian.formats.extracted import Extracted
from weijian.formats.pdf_characters import UNREADABLE, read_letters
from weijian.formats.pdf_furniture import without_furniture
from weijian.formats.pdf_lines import Line, page_lines
from weijian.formats.pdf_paragraphs import body_size
from weijian.formats.pdf_tables import with_tables
from weijian.formats.pdf_text import assemble

_MOST_PAGES = 2_000
_MOST_CHARACTERS = 5_000_000
_MOST_UNREADABLE = 0.03
_SCAN = "it is a scan without text", "recognise the text first (OCR), then add the result"
_ANEW = "get the file again, or open it and print it to PDF anew"
_PAGES_NAMED = 10


class _Page(NamedTuple):
    lines: list[Line]
    counts: Counter[str]
    pictures: bool


def extract(content: bytes, where: str) -> Extracted:
    """Return the text of a PDF, a paragraph or a row of a table a line, and where its pages begin.

    Raises DocumentError for a file that is damaged, needs a password, has no pages or too many, holds no text, or
    text in fonts that do not say which characters they draw.
    """
    pages = _read(content, where)
    counts = sum((page.counts for page in pages), Counter[str]())
    _refuse_unreadable(pages, counts, where)
    lines = [page.lines for page in pages]
    body, furniture = without_furniture(lines, body_size(lines))
    text, starts, heads = assemble(body)
    if not text.strip():
        raise DocumentError("nothing but page numbers and running heads is on its pages", where=where, remedy=_SCAN[1])
    return Extracted(text, "pdf", pages=starts, notes=tuple(_notes(pages, counts, furniture, heads)))


def _read(content: bytes, where: str) -> list[_Page]:
    """Read the pages one after the other; each is closed before the next is opened."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            return _pages(document, where)
    except pypdfium2.PdfiumError as trouble:
        raise _refused(trouble, where) from None


def _pages(document: Any, where: str) -> list[_Page]:
    count = len(document)
    if count > _MOST_PAGES:
        remedy = "take out the report's pages, and add them as a file"
        raise DocumentError(f"it has {count:,} pages, more than {_MOST_PAGES:,}", where=where, remedy=remedy)
    pages: list[_Page] = []
    characters = 0
    for number in range(count):
        pages.append(_page(document, number, where))
        characters += pages[-1].counts["read"]
        if characters > _MOST_CHARACTERS:
            remedy = "take out the report's pages, and add them as a file"
            raise DocumentError(f"it has more than {_MOST_CHARACTERS:,} characters", where=f"{where}, page {number + 1}", remedy=remedy)
    return pages


def _page(document: Any, number: int, where: str) -> _Page:
    import pypdfium2

    try:
        with closing(document[number]) as page:
            letters = read_letters(page)
            glyphs = with_tables(page, letters.glyphs, letters.turns) if letters.glyphs else []
            return _Page(page_lines(glyphs), letters.counts, not letters.glyphs and _has_pictures(page))
    except pypdfium2.PdfiumError as trouble:
        raise DocumentError(f"the page cannot be read ({trouble})", where=f"{where}, page {number + 1}", remedy=_ANEW) from None


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _refused(trouble: Any, where: str) -> DocumentError:
    import pypdfium2.raw as pdfium

    if trouble.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return DocumentError("it opens only with a password", where=where, remedy="open it, and print it to PDF without one")
    return DocumentError("the PDF is damaged, cut off or without pages", where=where, remedy=_ANEW)


def _refuse_unreadable(pages: Sequence[_Page], counts: Counter[str], where: str) -> None:
    if not counts["read"]:
        if any(page.pictures for page in pages):
            raise DocumentError(_SCAN[0], where=where, remedy=_SCAN[1])
        raise DocumentError("its pages hold no text", where=where, remedy=_SCAN[1])
    if counts["unreadable"] > _MOST_UNREADABLE * counts["read"]:
        remedy = "recognise the text anew or get another copy"
        raise DocumentError("its text layer cannot be read (fonts without Unicode)", where=where, remedy=remedy)


def _notes(pages: Sequence[_Page], counts: Counter[str], furniture: int, heads: int) -> Iterator[str]:
    if furniture:
        yield f"{_many(furniture, 'line')} of running heads, feet and page numbers left out."
    if heads:
        yield f"{_many(heads, 'table head')} printed again on the next page left out."
    if counts["slanted"]:
        yield f"{_many(counts['slanted'], 'character')} left out that run in another direction than the page, such as a watermark."
    if counts["hidden"]:
        yield f"{_many(counts['hidden'], 'character')} left out that the page does not show."
    if counts["doubled"]:
        yield f"{_many(counts['doubled'], 'character')} printed twice, read once."
    if counts["unreadable"]:
        yield f"{_many(counts['unreadable'], 'character')} without Unicode, written as {UNREADABLE}."
    empty = [number for number, page in enumerate(pages, start=1) if not page.counts["read"]]
    if empty:
        named = ", ".join(map(str, empty[:_PAGES_NAMED])) + (" and others" if len(empty) > _PAGES_NAMED else "")
        pictures = "; pictures are not read" if any(page.pictures for page in pages) else ""
        yield f"{_many(len(empty), 'page')} without text: {named}{pictures}."


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
