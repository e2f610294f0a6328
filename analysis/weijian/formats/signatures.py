"""What a file is by its first bytes, and what to do with one that cannot be read as it is.

In: the bytes of a file. Out: its format, or a DocumentError that says what the file is and how to make a report of it.
"""

from __future__ import annotations

from weijian.errors import DocumentError

LARGEST = 200 * 2**20
"""The largest file that is read, in bytes: room for a PDF full of pictures."""
_PDF_HEAD, _MHTML_HEAD = 1024, 4096
_CONVERT = "open it in Word, WPS or LibreOffice, save it as .docx or PDF, and give that file"
_UNPACK = "unpack it, and give the files in it"
_RECOGNISE = "recognise its text first (OCR), then give the PDF or the text that comes of it"
_OTHERS = (
    (b"{\\rtf", "an RTF file", _CONVERT),
    (b"\x89PNG", "a picture (PNG)", _RECOGNISE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _RECOGNISE),
    (b"GIF8", "a picture (GIF)", _RECOGNISE),
    (b"II*\x00", "a picture (TIFF)", _RECOGNISE),
    (b"MM\x00*", "a picture (TIFF)", _RECOGNISE),
    (b"BM", "a picture (BMP)", _RECOGNISE),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"CAJ", "a CAJ file", "open it in CAJViewer, print it as PDF, and give that file"),
    (b"%!PS", "a PostScript file", "convert it to PDF, and give that file"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE = (
    ("EncryptedPackage", "a file that a password protects", "open it with the password, save it without one, and give that file"),
    ("WordDocument", "an old Word or WPS file (.doc, .wps)", _CONVERT),
    ("WpsContent", "an old WPS file (.wps)", _CONVERT),
    ("Workbook", "an old spreadsheet (.xls, .et)", "save it as PDF, and give that file"),
    ("PowerPoint Document", "an old presentation (.ppt, .dps)", "save it as PDF, and give that file"),
)


def signature(content: bytes, where: str) -> str:
    """Return pdf, docx (any zip), mhtml or an empty string (a text, by what can be told from bytes).

    Raises DocumentError for an empty or too large file, and for one of a kind that is not read, with what to do.

    >>> signature(b"%PDF-1.7 ...", "a.txt"), signature("签约率46.35%".encode(), "a.pdf")
    ('pdf', '')
    """
    require_size(len(content), where)
    if not content:
        raise DocumentError("the file holds no text: it is empty", where=where, remedy="get it again")
    if b"%PDF-" in content[:_PDF_HEAD] and b"<" not in content[: content.index(b"%PDF-")]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if is_mhtml(content):
        return "mhtml"
    if content.startswith(_OLE[:4]):
        _refuse_ole(content, where)
    for mark, kind, remedy in _OTHERS:
        if content.startswith(mark) and not _is_text(content, mark):
            raise DocumentError(f"this is {kind}", where=where, remedy=remedy)
    return ""


def is_mhtml(content: bytes) -> bool:
    """Say whether a file is a web page saved in one file, as browsers do (.mht, .mhtml)."""
    head = content[:_MHTML_HEAD].lower()
    return b"mime-version:" in head and b"multipart/related" in head and head.lstrip()[:1].isalpha()


def require_size(size: int, where: str) -> None:
    """Raise DocumentError for a file of more bytes than are read."""
    if size > LARGEST:
        problem = f"the file is too large to be a report ({size / 2**20:.0f} MB)"
        raise DocumentError(problem, where=where, remedy="give the report alone, without pictures")


def _is_text(content: bytes, mark: bytes) -> bool:
    """Whether a file that begins with letters such as BM or CAJ goes on as a text does: without a zero byte."""
    return mark.isalpha() and b"\x00" not in content[:_PDF_HEAD]


def _refuse_ole(content: bytes, where: str) -> None:
    for stream, kind, remedy in _IN_OLE:
        if stream.encode("utf-16-le") in content:
            raise DocumentError(f"this is {kind}", where=where, remedy=remedy)
    raise DocumentError("this is an old Office file, or a damaged one", where=where, remedy=_CONVERT)
