"""Files of any format become text: web pages, PDF with a text layer, Word documents, plain text in any encoding.

What a file is, its content says and not its name. Each format has a module of its own, imported when a file is of it.
"""

from __future__ import annotations

import re
from importlib import import_module

from weijian.errors import DocumentError
from weijian.formats.extracted import Extracted
from weijian.formats.signatures import signature

__all__ = ["Extracted", "extract_text", "format_of"]
LONGEST = 5_000_000
"""The longest text that is read, in characters: fifty times a long report."""
_READERS = {"pdf": ("pdf", "extract"), "docx": ("word", "extract"), "mhtml": ("web", "extract_mhtml")}
_WORDS = re.compile("[^\\s\ufeff\u200b\u200c\u200d\u2060]")


def extract_text(content: bytes, where: str) -> Extracted:
    """Return the text of a file's bytes, with its format, encoding and pages.

    A plain text keeps every character, a byte-order mark and all line ends included. Raises DocumentError, with the
    file, the place in it and the remedy, for what is no text, is damaged, or holds none.

    >>> extract_text("签约率46.35%".encode("gb18030"), "report.txt")[:3]
    ('签约率46.35%', 'txt', 'gb18030')
    """
    extracted = _extract(content, where)
    if not _WORDS.search(extracted.text):
        raise DocumentError("the file holds no text", where=where, remedy="get it again, or save the report's text in it")
    if len(extracted.text) > LONGEST:
        problem = f"the text is too long to be a report ({len(extracted.text):,} characters)"
        raise DocumentError(problem, where=where, remedy="give each report in a file of its own")
    return extracted


def format_of(content: bytes) -> str:
    """Return the format of a file by its content: txt, html, mhtml, pdf or docx."""
    found = signature(content, "")
    if found:
        return found
    from weijian.formats.encodings import decode
    from weijian.formats.web import looks_like_html

    return "html" if looks_like_html(decode(content, "")[0]) else "txt"


def _extract(content: bytes, where: str) -> Extracted:
    found = signature(content, where)
    if found:
        module, function = _READERS[found]
        extracted: Extracted = getattr(import_module(f"weijian.formats.{module}"), function)(content, where)
        return extracted
    from weijian.formats.encodings import decode

    text, encoding = decode(content, where)
    if "<" in text:
        from weijian.formats import web

        if web.looks_like_html(text):
            return web.extract(content, where)
    return Extracted(text, "txt", encoding)
