"""Word files (.docx, .docm, .dotx, .dotm, strict or not) become text; what else comes in a zip is named.

In: the bytes of a file. Out: its ``Extracted``: the body, then the footnotes and endnotes that it calls. Of the zip only
the parts with text, styles, numbering and notes are read, each up to a limit, whatever its directory says.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from weijian.errors import DocumentError
from weijian.formats.extracted import Extracted
from weijian.formats.numbering import Numbering
from weijian.formats.wordtext import Stories
from weijian.formats.wordxml import Element, Styles, child, children, name_of, value_of

_MB = 2**20
_LARGEST_PART, _LARGEST_FILE, _LARGEST_RATIO, _MOST_ENTRIES = 20 * _MB, 200 * _MB, 20, 10_000
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the other ways unpack more than one asks for
_AS_WORD = "open it in Word or WPS, and save it as a Word document (.docx)"
_AS_TEXT = "open it, and save the report in it as a Word document (.docx) or as UTF-8 text"
_AGAIN = "get it again"
_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What reading a damaged zip raises; ValueError for offsets before its beginning and for names that are no UTF-8."""
_REFUSED = {
    "": ("the zip file is damaged or cut off", _AGAIN),
    "xlsx": ("this is a spreadsheet (.xlsx) and no report", _AS_TEXT),
    "pptx": ("this is a presentation (.pptx) and no report", _AS_TEXT),
    "ofd": ("this is an OFD file, which is not read", "open it in an OFD reader, and save it as PDF"),
    "epub": ("this is a book (.epub), which is not read", _AS_TEXT),
    "odf": ("this is an OpenDocument file (.odt, .ods or .odp), which is not read", _AS_WORD),
    "zip": ("this is a zip file with other files in it", "unpack it, and give the files"),
}
_FOLDERS = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_NOTES = (  # what is said of each, for one and for several
    ("comment", "1 comment left out.", "{} comments left out."),
    ("hidden piece of text", "1 hidden piece of text left out.", "{} hidden pieces of text left out."),
    ("table of contents", "1 table of contents left out.", "{} tables of contents left out."),
    ("line of contents", "1 line of a table of contents left out.", "{} lines of a table of contents left out."),
    ("empty form field", "1 form field left out that nobody filled in.", "{} form fields left out that nobody filled in."),
    ("page head or foot", "1 running head or foot left out.", "{} running heads and feet left out."),
    ("picture", "1 picture left out.", "{} pictures left out."),
    ("chart", "1 chart left out; its numbers are not read.", "{} charts left out; their numbers are not read."),
    ("diagram", "1 diagram left out; its words are not read.", "{} diagrams left out; their words are not read."),
    ("formula", "1 formula left out.", "{} formulas left out."),
    ("symbol of a picture font", "1 symbol of a picture font left out.", "{} symbols of picture fonts left out."),
    ("embedded object", "1 embedded object left out.", "{} embedded objects left out."),
    ("embedded file", "1 embedded file left out; its text is not read.", "{} embedded files left out; their text is not read."),
    ("label", "1 label of automatic numbering written out.", "{} labels of automatic numbering written out."),
    ("note", "1 footnote or endnote put after the body.", "{} footnotes and endnotes put after the body."),
)


def kind_of_zip(content: bytes) -> str:
    """Return what a zip file is: docx, xlsx, pptx, ofd, epub, odf, zip (any other), or "" when it cannot be opened.

    >>> kind_of_zip(b"PK cut off")
    ''
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {_plain(name) for name in archive.namelist()}
            marked = _beginning(archive, "mimetype") if "mimetype" in archive.namelist() else b""
    except _TROUBLE:
        return ""
    if "ofd.xml" in names:
        return "ofd"
    if marked.startswith(b"application/epub"):
        return "epub"
    if marked.startswith(b"application/vnd.oasis.opendocument"):
        return "odf"
    folders = {name.partition("/")[0] for name in names if "/" in name} if "[content_types].xml" in names else set()
    return next((kind for folder, kind in _FOLDERS.items() if folder in folders), "zip")


def extract(content: bytes, where: str) -> Extracted:
    """Return the text of a Word file: a paragraph a line, a row of a table a line with bars, tracked changes accepted.

    Raises DocumentError for what is no Word file, is damaged, has a password, is far larger than any report, or holds no text.
    """
    if not content.startswith(b"PK"):
        raise DocumentError("this is no Word file (.docx), which begins with PK", where=where, remedy=_AS_WORD)
    if content.count(b"PK\x01\x02") > _MOST_ENTRIES:  # the mark of an entry in the directory, which is read as a whole
        raise DocumentError(f"the zip file has more than {_MOST_ENTRIES:,} entries", where=where, remedy=_AS_TEXT)
    kind = kind_of_zip(content)
    if kind != "docx":
        problem, remedy = _REFUSED[kind]
        raise DocumentError(problem, where=where, remedy=remedy)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return _extracted(_Package(archive, where))


class _Package:
    """The parts of a Word file by name; a name counts in any case and with either slash, as Word has it."""

    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self._archive, self.where = archive, where
        self._entries = {_plain(entry.filename): entry for entry in archive.infolist()}
        declared = sum(entry.file_size for entry in self._entries.values())
        packed = sum(entry.compress_size for entry in self._entries.values())
        if declared > _LARGEST_FILE and declared > _LARGEST_RATIO * packed:  # many photographs are large, but do not shrink
            problem = f"unpacked the file would have {declared // _MB:,} MB, {declared // max(packed, 1):,} times its size"
            raise DocumentError(problem, where=where, remedy="do not open it; ask its sender for another copy")

    def part(self, name: str) -> Element | None:
        """Return the root of a part, or None when it is not there."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            return None
        content = self._read(entry)
        from docx.oxml import parse_xml

        try:
            root: Element = parse_xml(content)
        except SyntaxError as trouble:  # lxml's XMLSyntaxError is one
            problem = f"{entry.filename} is not XML ({trouble.msg})"
            raise DocumentError(problem, where=self.where, remedy=_AGAIN) from None
        if root.getroottree().docinfo.doctype:
            problem = f"{entry.filename} declares a document type, which no Word file does"
            raise DocumentError(problem, where=self.where, remedy=_AS_WORD)
        return root

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that one refers to, by the last word of their type: {"styles": "word/styles.xml"}."""
        folder, file = posixpath.split(name)
        found: dict[str, str] = {}
        for relation in children(self.part(f"{folder}/_rels/{file}.rels".lstrip("/")), "Relationship"):
            if value_of(relation, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, value_of(relation, "Target")))
                found.setdefault(value_of(relation, "Type").rpartition("/")[2], target.lstrip("/"))
        return found

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry, no more than the limit whatever size it declares."""
        if entry.flag_bits & 1:
            raise DocumentError(f"{entry.filename} is locked by a password", where=self.where, remedy="save the file without its password")
        if entry.compress_type not in _PACKED:
            raise DocumentError(f"{entry.filename} is packed in a way that Word does not use", where=self.where, remedy=_AS_WORD)
        try:
            with self._archive.open(entry) as file:
                content = file.read(_LARGEST_PART + 1)
        except _TROUBLE as trouble:
            raise DocumentError(f"{entry.filename} is damaged ({trouble})", where=self.where, remedy=_AGAIN) from None
        if len(content) > _LARGEST_PART:
            problem = f"{entry.filename} has more than {_LARGEST_PART // _MB} MB, far more than a report"
            raise DocumentError(problem, where=self.where, remedy="take out what is not the report, and save it again")
        return content


def _extracted(package: _Package) -> Extracted:
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.part(main)
    if root is None:
        raise DocumentError(f"the Word file has no {main}, where its text should be", where=package.where, remedy=_AGAIN)
    body = child(root, "body")
    if body is None:
        raise DocumentError(f"{main} is no Word text: it has no body", where=package.where, remedy=_AS_WORD)
    parts = {name: package.part(target) for name, target in package.related(main).items() if name in _PARTS}
    lines, stories, labels = _lines(body, parts, package.where, True)
    if stories.fields:  # one that never ends would swallow the rest
        lines, stories, labels = _lines(body, parts, package.where, False)
    counted = stories.counted
    if not lines:
        raise _without_text(counted["picture"], counted["embedded file"], package.where)
    heads = {value_of(each, "id") for each in root.iter() if name_of(each) in ("headerReference", "footerReference")}
    counted.update({"page head or foot": len(heads), "label": labels, "note": len(set(stories.called))})
    return Extracted("\n".join(lines), "docx", notes=tuple(_said(counted["insertion"], counted["deletion"], counted)))


def _lines(body: Element, parts: dict[str, Element | None], where: str, follow_fields: bool) -> tuple[list[str], Stories, int]:
    """The lines of the body and of the notes it calls, with what was met, and how many labels were counted."""
    styles = Styles(parts.get("styles"))
    numbering = Numbering(parts.get("numbering"), styles)
    stories = Stories(styles, numbering, where, follow_fields)
    lines = stories.lines(body)
    notes = {(name, value_of(each, "id")): each for name in ("footnote", "endnote") for each in children(parts.get(f"{name}s"), name)}
    for called in dict.fromkeys(stories.called):
        lines += stories.lines(notes[called]) if called in notes else []
    return lines, stories, numbering.written


def _without_text(pictures: int, files: int, where: str) -> DocumentError:
    if pictures:
        return DocumentError("it holds pictures and no text: it is a scan", where=where, remedy="recognise the text first")
    if files:
        return DocumentError("all its text is in an embedded file", where=where, remedy=_AS_WORD)
    return DocumentError("the file holds no text", where=where, remedy="save the report's text in it")


def _said(insertions: int, deletions: int, counted: dict[str, int]) -> Iterator[str]:
    if insertions or deletions:
        yield f"Tracked changes are read as accepted: insertions kept: {insertions}, deletions left out: {deletions}."
    for what, one, several in _NOTES:
        if counted[what]:
            yield one if counted[what] == 1 else several.format(counted[what])


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    if entry.flag_bits & 1 or entry.compress_type not in _PACKED:
        return b""
    with archive.open(entry) as file:
        return file.read(100)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
