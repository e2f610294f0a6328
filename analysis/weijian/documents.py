"""A file becomes a Document: its text, and the hash of its bytes.

In: the path of a file of any format, or a text. Out: a Document. Every character of a plain text is kept, a byte-order
mark and all line ends included, so that offsets hold for the file as it is; the text of another format is what its
module of ``weijian.formats`` makes of it. What cannot be read is refused with the place of the fault and what to do.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from weijian.errors import DocumentError
from weijian.formats import extract_text
from weijian.formats.signatures import LARGEST, require_size
from weijian.records import Document

BLANKS = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")


class Line(NamedTuple):
    """A line of the text without the blanks at its ends: ``text[start:end]``."""

    start: int
    end: int
    text: str


def read_document(path: Path | str, name: str = "") -> Document:
    """Read a file of any format as a document; its name is the file's, without the ending.

    Raises DocumentError, with the file, the place in it and the remedy, for a file that is missing, damaged, of another
    kind, or without text.
    """
    path = Path(path)
    return from_bytes(read_bytes(path), path, name)[0]


def from_bytes(content: bytes, path: Path, name: str = "") -> tuple[Document, tuple[str, ...]]:
    """Return the bytes of a file as a Document, with notes on how its text was taken; raise DocumentError as ``read_document`` does."""
    extracted = extract_text(content, str(path))
    digest = hashlib.sha256(content).hexdigest()
    return Document(name or path.stem, extracted.text, digest, extracted.source_format, extracted.pages), extracted.notes


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raise DocumentError for one that is missing, too large, or cannot be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and path.parts[:2] != ("/", "dev"):  # a pipe with a name would be waited for
            problem = "the file cannot be read (it is a folder, a pipe or a device)"
            raise DocumentError(problem, where=str(path), remedy="give the path of a file that you may read")
        require_size(found.st_size, str(path))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        require_size(len(content), str(path))
        return content
    except FileNotFoundError:
        raise DocumentError("there is no such file", where=str(path), remedy="check the name and the folder") from None
    except (OSError, ValueError) as trouble:  # ValueError: a name with a zero byte
        reason = getattr(trouble, "strerror", None) or str(trouble) or "unknown reason"
        remedy = "give the path of a file that you may read"
        raise DocumentError(f"the file cannot be read ({reason})", where=str(path), remedy=remedy) from None


def from_text(text: str, name: str = "text") -> Document:
    """Return a text in hand as a Document.

    >>> from_text("签约率46.35%").name
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
