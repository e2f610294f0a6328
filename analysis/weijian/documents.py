"""A file becomes a Document: its text exactly as decoded, and the hash of its bytes.

In: the path of a UTF-8 text file, or a text. Out: a Document whose every character is kept, a byte-order mark
and all line ends included, so that offsets hold for the file as it is. What is not UTF-8, or holds no text, is
refused with the place of the fault and what to do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from weijian.errors import DocumentError
from weijian.records import Document

BLANKS = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
_SAVE = "save its text as a UTF-8 file, and give that one"
_WEB_PAGE = "a web page", f"open it in a browser, and {_SAVE}"
_OTHER_FILES = {
    b"%pdf": ("a PDF", f"open it, and {_SAVE}"),
    b"pk\x03\x04": ("a Word, spreadsheet or zip file", f"open it, and {_SAVE}"),
    b"\xd0\xcf\x11\xe0": ("an old Word or spreadsheet file", f"open it, and {_SAVE}"),
    b"<!doctype html": _WEB_PAGE,
    b"<html": _WEB_PAGE,
    b"<?xml": ("an XML file or web page", f"open it, and {_SAVE}"),
}
"""How files that are no text begin, in small letters, with what each is and what to do."""


class Line(NamedTuple):
    """A line of the text without the blanks at its ends: ``text[start:end]``."""

    start: int
    end: int
    text: str


def read_document(path: Path | str, name: str = "") -> Document:
    """Read a UTF-8 text file as it is; its name is the file's, without the ending.

    Raises DocumentError, with the file and the byte, for a file that is missing, is no text, is not UTF-8 or is empty.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("there is no such file", where=str(path), remedy="check the name and the folder") from None
    except OSError as trouble:
        reason = trouble.strerror or "unknown reason"
        remedy = "give the path of a text file that you may read"
        raise DocumentError(f"the file cannot be read ({reason})", where=str(path), remedy=remedy) from None
    _refuse_other_files(content, str(path))
    text = _decode(content, str(path))
    if not text.strip(BLANKS):
        raise DocumentError("the file holds no text", where=str(path), remedy="save the report's text in it")
    return Document(name or path.stem, text, hashlib.sha256(content).hexdigest(), path.suffix.lstrip(".").lower() or "txt")


def from_text(text: str, name: str = "text") -> Document:
    """Return a text in hand as a Document.

    >>> from_text("签约率47.84%").name
    'text'
    """
    return Document(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Yield the lines of a text, or of a stretch of it, that hold anything but blanks.

    >>> list(lines("\\n\\u3000一、概况\\r\\n"))
    [Line(start=2, end=6, text='一、概况')]
    """
    for found in _LINE.finditer(text, start, len(text) if end is None else end):
        whole = found.group()
        kept = whole.strip(BLANKS)
        if kept:
            begin = found.start() + len(whole) - len(whole.lstrip(BLANKS))
            yield Line(begin, begin + len(kept), kept)


def _refuse_other_files(content: bytes, where: str) -> None:
    """Raise DocumentError for a file whose beginning says that it is no text, whatever its name says."""
    beginning = content[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, (kind, remedy) in _OTHER_FILES.items():
        if beginning.startswith(mark):
            raise DocumentError(f"this is {kind} and no text", where=where, remedy=remedy)


def _decode(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        place = f"{where}, byte {trouble.start} (line {line})"
        problem = f"the byte 0x{content[trouble.start]:02x} is not UTF-8"
        raise DocumentError(problem, where=place, remedy=_remedy(content)) from None


def _remedy(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("gb18030",):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f"it reads as {encoding.upper()}: save it again as UTF-8"
    return "the file is damaged or cut off: get it again, and save it as UTF-8"
