"""Bad and odd inputs, a line or a few each, through both doors of a corpus: ``add``, and a row in the manifest with a build.

Whatever comes in, the two good reports of the corpus stay in the tables, a refusal names the file and what to do, nothing of a
refused file is left behind, and what is read is quoted from the text at its offsets.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drawn_pdf import drawn, picture, prose, words
from small_corpus import HEADER, make, tables
from weijian.adding import ADDED, FAILED, KNOWN, add
from weijian.candidates import examine
from weijian.corpus import Corpus
from weijian.errors import CorpusError, PartialBuildError, WeijianError

GOOD = ["city-2023-summary", "city-2024-plan"]
TITLE = "临江县卫生健康局2022年工作总结"
BODY = "全县家庭医生签约率47.84%。组建家庭医生团队12个。"
REPORT = f"{TITLE}\n\n一、基层卫生\n\n{BODY}\n\n二、老年健康\n\n建成老年友善医疗机构3家。\n"
TRADITIONAL = "臨江縣衛生健康局2022年工作總結\n\n一、基層衛生\n\n全縣家庭醫生簽約率47.84%。組建家庭醫生團隊12個。\n"
VALUES = {("47.84", "%"), ("12", "个")}
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>一、基层卫生</p><p>{BODY}</p></body></html>"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SOURCE = str(Path(__file__).parents[2] / "analysis")


def quiet(root: Path) -> Corpus:
    return Corpus(root, say=lambda message: None)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("once"))
    quiet(root).build()
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    """The folder of a corpus of two good reports that has been built."""
    return shutil.copytree(once, tmp_path / "corpus")


def files(root: Path) -> dict[str, bytes]:
    """All that lies in data/raw, hidden files included."""
    raw = root / "data/raw"
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in raw.rglob("*") if path.is_file()}


def entered(root: Path) -> list[dict[str, str]]:
    with (root / "data/raw/manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(root: Path, *rows: str) -> None:
    (root / "data/raw/manifest.csv").write_text("".join(f"{line}\n" for line in (HEADER, *rows)), encoding="utf-8")


ROWS = tuple(f"{name}.txt,,,,,,official,," for name in GOOD)


def row_for(name: str) -> str:
    return f"{name},,,,,,official,,"


def documents(root: Path) -> list[str]:
    return [name.split("/")[0] for name in quiet(root).load("documents")["document"]]


def build_fails(root: Path, *said: str, kind: type[WeijianError] = WeijianError, read: list[str] | None = None) -> str:
    """Check that a build says so; the tables are as before, or hold the reports that are named in ``read`` and no others."""
    before = tables(root)
    with pytest.raises(kind) as caught:
        quiet(root).build()
    for word in said:
        assert word in str(caught.value)
    if read is None:
        assert not isinstance(caught.value, PartialBuildError)
        assert tables(root) == before
    else:
        assert isinstance(caught.value, PartialBuildError)
        assert documents(root) == read
    return str(caught.value)


def packed(**parts: str | bytes) -> bytes:
    """Return a zip of parts whose names are written with __ for / and _x_ for a point."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x_", "."), content)
    return made.getvalue()


def worded(*paragraphs: str, inside: str = "", **parts: str | bytes) -> bytes:
    """Return a Word file of paragraphs; ``inside`` is markup at the end of its body."""
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs) + inside
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed(**{"[Content_Types]_x_xml": "<Types/>", "word__document_x_xml": document} | parts)


def flagged(archive: bytes, mask: int) -> bytes:
    """Return a zip whose entries say that they are packed with other flags, such as a password."""
    content = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), archive):
            content[found.start() + place] |= mask
    return bytes(content)


def lying(archive: bytes, size: int) -> bytes:
    """Return a zip whose directory says that each entry unpacks to so many bytes."""
    content = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(mark), archive):
            content[found.start() + place : found.start() + place + 4] = size.to_bytes(4, "little")
    return bytes(content)


def ole(stream: str) -> bytes:
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def mhtml(depth: int = 1, page: str = PAGE) -> bytes:
    """Return a page saved in one file, within so many parts of parts."""
    heads = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    ends = "".join(f"--b{n}--\n" for n in reversed(range(depth)))
    return f"MIME-Version: 1.0\n{heads}Content-Type: text/html; charset=utf-8\n\n{page}\n{ends}".encode()


PDF = drawn(prose(60, 780, REPORT.replace("\n\n", "\n").splitlines()))
LOCKED = PDF.replace(
    b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>/ID[<00><00>]"
)
BMP_LIKE = "BM签约率47.84%。\n"

REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "an empty file": ("a.txt", b"", "it is empty. get it again"),
    "a file of blanks": ("a.txt", " \t\u3000\u00a0\r\n\v\f\n".encode() * 9, "the file holds no text"),
    "a byte-order mark alone": ("a.txt", b"\xef\xbb\xbf", "the file holds no text"),
    "a UTF-16 mark alone": ("a.txt", b"\xff\xfe", "the file holds no text"),
    "characters without width alone": ("a.txt", "\u200b\u200d\u2060\ufeff".encode(), "the file holds no text"),
    "binary noise": ("a.txt", bytes(range(256)) * 40, "this is no text"),
    "zero bytes alone": ("a.txt", bytes(5000), "this is no text"),
    "UTF-8 cut in the middle of a character": ("a.txt", REPORT.encode()[:100], "damaged or cut off"),
    "UTF-16 cut in the middle of a character": ("a.txt", REPORT.encode("utf-16")[:-1], "damaged or cut off"),
    "UTF-32 cut in the middle of a character": ("a.txt", REPORT.encode("utf-32")[:-2], "damaged or cut off"),
    "UTF-16 with half a pair": ("a.txt", b"\xff\xfe" + REPORT.encode("utf-16-le") + b"\x00\xd8\x00\x00", "damaged or cut off"),
    "GBK with a bad byte in the middle": ("a.txt", REPORT.encode("gbk").replace("签约".encode("gbk"), b"\xff\xff"), "damaged or cut off"),
    "a report with a zero byte": ("a.txt", REPORT.replace("47", "4\x007").encode(), "this is no text: it holds zero bytes"),
    "fifty megabytes of text": ("a.txt", lambda: f"{BODY}\n".encode() * (50_000_000 // 70), "too long to be a report"),
    "a zip bomb by its ratio": ("a.docx", lambda: worded("a" * 210_000_000), "times its size"),
    "a part that unpacks to more than a report": ("a.docx", lambda: worded("a" * 30_000_000), "far more than a report"),
    "a zip bomb within a zip": ("a.docx", lambda: packed(a_x_docx=worded("a" * 30_000_000)), "a zip file with other files in it"),
    "a zip that lies about its sizes": ("a.docx", lambda: lying(worded("a" * 30_000_000), 90), "a.docx"),
    "a zip of very many entries": ("a.docx", lambda: worded(BODY) + b"PK\x01\x02" * 10_001, "more than 10,000 entries"),
    "a zip with a password": ("a.docx", flagged(worded(BODY), 1), "locked by a password"),
    "a Word file cut off": ("a.docx", worded(BODY)[:-40], "damaged or cut off"),
    "a Word file cut off at its beginning": ("a.docx", worded(BODY)[:30], "damaged or cut off"),
    "a Word file with a spoilt part": (
        "a.docx",
        worded(BODY * 40).replace(b"word/document.xml", b"word/document.xml", 1)[:60] + b"\0" * 20 + worded(BODY * 40)[80:],
        "a.docx",
    ),
    "a Word file without its document": (
        "a.docx",
        packed(**{"[Content_Types]_x_xml": "<Types/>", "word__styles_x_xml": "<a/>"}),
        "has no word/document.xml",
    ),
    "a Word file whose document is no XML": (
        "a.docx",
        packed(**{"[Content_Types]_x_xml": "<T/>", "word__document_x_xml": "<a"}),
        "is not XML",
    ),
    "a Word file of pictures only": (
        "a.docx",
        worded("", inside='<w:p><w:r><w:drawing><a:pic xmlns:a="a"/></w:drawing></w:r></w:p>'),
        "a.docx",
    ),
    "a Word file whose XML refers to itself": (
        "a.docx",
        packed(**{"[Content_Types]_x_xml": "<T/>", "word__document_x_xml": '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'}),
        "declares a document type",
    ),
    "a spreadsheet": ("a.xlsx", packed(**{"[Content_Types]_x_xml": "<T/>", "xl__workbook_x_xml": "<a/>"}), "this is a spreadsheet"),
    "a presentation": ("a.pptx", packed(**{"[Content_Types]_x_xml": "<T/>", "ppt__presentation_x_xml": "<a/>"}), "this is a presentation"),
    "an OFD file": ("a.ofd", packed(OFD_x_xml="<a/>"), "this is an OFD file"),
    "a book": ("a.epub", packed(mimetype="application/epub+zip"), "this is a book"),
    "an OpenDocument text": ("a.odt", packed(mimetype="application/vnd.oasis.opendocument.text"), "this is an OpenDocument file"),
    "a zip of reports": ("a.zip", packed(a_x_txt=REPORT, b_x_txt=REPORT), "this is a zip file with other files in it. unpack it"),
    "an empty zip": ("a.zip", packed(), "a.zip"),
    "an old Word file": ("a.doc", ole("WordDocument"), "an old Word or WPS file"),
    "an old WPS file": ("a.wps", ole("WpsContent"), "an old WPS file"),
    "an old spreadsheet": ("a.xls", ole("Workbook"), "an old spreadsheet"),
    "an old presentation": ("a.ppt", ole("PowerPoint Document"), "an old presentation"),
    "a Word file with a password": ("a.docx", ole("EncryptedPackage"), "that a password protects"),
    "an old Office file cut off": ("a.doc", OLE, "an old Office file, or a damaged one"),
    "an RTF file": ("a.rtf", rb"{\rtf1\ansi 47.84%}", "this is an RTF file. open it in Word"),
    "an RTF file that is called .doc": ("a.doc", rb"{\rtf1\ansi 47.84%}", "this is an RTF file"),
    "a PNG": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(90), "a picture (PNG). recognise its text first"),
    "a JPEG": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(90), "a picture (JPEG)"),
    "a GIF": ("a.gif", b"GIF89a" + bytes(90), "a picture (GIF)"),
    "a TIFF": ("a.tif", b"II*\x00" + bytes(90), "a picture (TIFF)"),
    "a TIFF of the other end": ("a.tif", b"MM\x00*" + bytes(90), "a picture (TIFF)"),
    "a BMP": ("a.bmp", b"BM" + bytes(90), "a picture (BMP)"),
    "a RAR archive": ("a.rar", b"Rar!\x1a\x07\x00" + bytes(90), "a RAR archive. unpack it"),
    "a 7z archive": ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(90), "a 7z archive"),
    "a gzip archive": ("a.gz", b"\x1f\x8b\x08" + bytes(90), "a gzip archive"),
    "a CAJ file": ("a.caj", b"CAJ\x00" + bytes(90), "open it in CAJViewer"),
    "a PDF without text": ("a.pdf", drawn(picture()), "it is a scan without text"),
    "a PDF of empty pages": ("a.pdf", drawn(""), "its pages hold no text"),
    "a PDF of no pages": ("a.pdf", drawn(), "without pages"),
    "a PDF with a password": ("a.pdf", LOCKED, "it opens only with a password"),
    "a PDF cut off": ("a.pdf", PDF[:300], "damaged, cut off"),
    "a PDF of its header alone": ("a.pdf", b"%PDF-1.7\n", "damaged, cut off"),
    "a PDF in a font without Unicode": ("a.pdf", drawn(words(60, 700, REPORT, font="F2")), "a.pdf"),
    "a program that is called .txt": ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, "this is no text"),
    "a Windows program that is called .txt": ("a.txt", b"MZ\x90\x00\x03" + bytes(range(256)) * 20, "this is no text"),
    "a page of frames": (
        "a.html",
        b'<html><frameset cols="9,*"><frame src="a.html"><frame src="b.html"></frameset></html>',
        "a frame around other pages",
    ),
    "a page whose body a script makes": (
        "a.html",
        b'<html><body><div id="app"></div><script>go()</script></body></html>',
        "a script brings it",
    ),
    "a page of pictures": ("a.html", b'<html><body><p><img src="1.jpg"><img src="2.jpg"></p></body></html>', "pictures and no text"),
    "a page around a PDF": ("a.html", b'<html><body><iframe src="a.pdf"></iframe></body></html>', "only shows another file"),
    "a page without a body": ("a.html", b"<!DOCTYPE html><html></html>", "holds no text"),
    "a page of far too many elements in one another": (
        "a.html",
        ("<html><body>" + "<div>" * 6000 + BODY).encode(),
        "elements in one another",
    ),
    "a saved page without a page": ("a.mhtml", mhtml(page="").replace(b"text/html", b"image/png"), "holds no web page"),
    "a saved page within thousands of parts": ("a.mhtml", lambda: mhtml(3000), "a.mhtml"),
}


SLOW = (
    "fifty megabytes of text",
    "a zip bomb by its ratio",
    "a part that unpacks to more than a report",
    "a saved page within thousands of parts",
    "a page of 5,000 nested tables",
)


def marks_of(named: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if named in SLOW else []


def content_of(given: bytes | Callable[[], bytes]) -> bytes:
    return given() if callable(given) else given


@pytest.mark.parametrize(
    ("name", "given", "said"), [pytest.param(*case, id=named, marks=marks_of(named)) for named, case in REFUSED.items()]
)
def test_what_is_no_report_is_refused_at_both_doors(root: Path, tmp_path: Path, name: str, given: bytes | Callable[[], bytes], said: str):
    path = tmp_path / name
    path.write_bytes(content_of(given))
    lying_there, built = files(root), tables(root)
    found = add([path], root=root)[0]
    assert (found.verdict, found.document) == (FAILED, "")
    assert found.reason.startswith(str(path))
    assert said in found.reason
    problem, _, remedy = found.reason.removeprefix(str(path)).partition(". ")
    assert problem
    assert len(remedy) > 5
    assert "Traceback" not in found.reason
    assert files(root) == lying_there
    path.rename(root / "data/raw" / name)
    write_rows(root, row_for(name))
    build_fails(root, f"data/raw/{name}", remedy, kind=CorpusError)
    write_rows(root, *ROWS, row_for(name))
    build_fails(root, f"data/raw/{name}", remedy, read=GOOD)
    assert tables(root).keys() == built.keys()


ODD_TEXTS: dict[str, tuple[str, bytes | Callable[[], bytes], str, set[tuple[str, str]]]] = {
    "a plain report": ("a.txt", REPORT.encode(), "txt", VALUES),
    "a report with a mark": ("a.txt", b"\xef\xbb\xbf" + REPORT.encode(), "txt", VALUES),
    "UTF-16": ("a.txt", REPORT.encode("utf-16"), "txt", VALUES),
    "UTF-16 of the other end with a mark": ("a.txt", b"\xfe\xff" + REPORT.encode("utf-16-be"), "txt", VALUES),
    "UTF-16 without a mark": ("a.txt", REPORT.encode("utf-16-le"), "txt", VALUES),
    "UTF-16 of the other end without a mark": ("a.txt", REPORT.encode("utf-16-be"), "txt", VALUES),
    "UTF-32": ("a.txt", REPORT.encode("utf-32"), "txt", VALUES),
    "GBK": ("a.txt", REPORT.encode("gbk"), "txt", VALUES),
    "GB18030 with four bytes": ("a.txt", ("𠮷" + REPORT).encode("gb18030"), "txt", VALUES),
    "Big5": ("a.txt", TRADITIONAL.encode("big5"), "txt", VALUES),
    "traditional characters": ("a.txt", TRADITIONAL.encode(), "txt", VALUES),
    "a page that declares the wrong charset": ("a.html", PAGE.replace("<head>", '<head><meta charset="gb2312">').encode(), "html", VALUES),
    "a GBK page that declares UTF-8": ("a.html", PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("gbk"), "html", VALUES),
    "line ends of old Macs": ("a.txt", REPORT.replace("\n", "\r").encode(), "txt", VALUES),
    "line ends of Windows": ("a.txt", REPORT.replace("\n", "\r\n").encode(), "txt", VALUES),
    "line ends of all kinds": ("a.txt", "\x0b\x0c\x85\u2028\u2029\r".join(REPORT.split("\n\n")).encode(), "txt", VALUES),
    "a text that is called .pdf": ("a.pdf", REPORT.encode(), "txt", VALUES),
    "a PDF that is called .txt": ("a.txt", PDF, "pdf", VALUES),
    "a PDF with other bytes before it": ("a.pdf", b"\r\n\r\n" + PDF, "pdf", VALUES),
    "a page that is called .docx": ("a.docx", PAGE.encode(), "html", VALUES),
    "a Word file that is called .doc": ("a.doc", worded(*REPORT.split("\n\n")), "docx", VALUES),
    "a Word file without an ending": ("report", worded(*REPORT.split("\n\n")), "docx", VALUES),
    "a text that begins like a picture": ("a.txt", (BMP_LIKE + REPORT).encode(), "txt", VALUES),
    "a text about a PDF": ("a.txt", ("<%PDF-1.7>\n" + REPORT).encode(), "txt", VALUES),
    "a text that begins like a zip": ("a.txt", ("PK\n" + REPORT).encode(), "txt", VALUES),
    "a text with some tags": ("a.txt", REPORT.replace("12", "<b>12</b>").encode(), "txt", {("47.84", "%")}),
    "a page with a script in its title": ("a.html", PAGE.replace("<title>", "<title><script>alert('47')</script>").encode(), "html", VALUES),
    "a page whose words are entities": (
        "a.html", PAGE.replace("47.84%", "&#52;&#x37;.84&percnt;").replace("团队12", "团队&nbsp;1&#8203;2").encode(), "html", {("47.84", "%")}),
    "a page of 1,600 nested tables": (
        "a.html", lambda: ("<html><body>" + "<table><tr><td>" * 1600 + REPORT.replace("\n\n", "<br>") + "</td></tr></table>" * 1600).encode(), "html", VALUES),
    "a page of 5,000 nested tables": (
        "a.html", lambda: ("<html><body>" + "<table><tr><td>" * 5000 + REPORT.replace("\n\n", "<br>") + "</td></tr></table>" * 5000).encode(), "html", VALUES),
    "a page saved in one file": ("a.mhtml", mhtml(), "mhtml", VALUES),
    "a page saved in one file of an unknown charset": ("a.mht", mhtml().replace(b"utf-8", b"none-such"), "mhtml", VALUES),
    "a report of five characters": ("a.txt", "签约率5%".encode(), "txt", {("5", "%")}),
    "a report of one character": ("a.txt", b"5", "txt", set()),
    "a report without a number": ("a.txt", f"{TITLE}\n一、工作进展良好。\n".encode(), "txt", set()),
    "only a table": ("a.txt", "|指标|2022年|\n|签约率(%)|47.84|\n|团队(个)|12|\n".encode(), "txt", VALUES),
    "lines of numbers only": ("a.txt", "\n".join(map(str, range(500))).encode(), "txt", set()),
    "5,000 digits in a row": ("a.txt", (REPORT + "9" * 5000 + "家。" + "1" * 4400 + "年").encode(), "txt", VALUES),
    "control characters": ("a.txt", (REPORT.replace("全县", "\x01全县") + BODY * 3).encode(), "txt", VALUES),
    "characters that are none": ("a.txt", REPORT.replace("全县", "全县\ufffe\uffff\U0010ffff").encode(), "txt", VALUES),
    "replacement characters": ("a.txt", REPORT.replace("全县", "\ufffd\ufffd").encode(), "txt", VALUES),
    "marks of right-to-left writing": ("a.txt", REPORT.replace("率", "率\u200f\u202e").replace("%", "\u202c%\u200e").encode(), "txt", set()),
    "characters without width inside numbers": ("a.txt", REPORT.replace("47.84", "4\u200b7\u2060.8\ufeff4").encode(), "txt", {("12", "个")}),
    "emoji before numbers": ("a.txt", REPORT.replace("全县", "👨‍👩‍👧‍👦😀全县").replace("组建", "😀𠮷组建").encode(), "txt", VALUES),
    "emoji before numbers in UTF-16": ("a.txt", REPORT.replace("全县", "👨‍👩‍👧‍👦😀全县").encode("utf-16"), "txt", VALUES),
    "emoji before numbers in a Word file": ("a.docx", worded(*REPORT.replace("全县", "😀𠮷全县").split("\n\n")), "docx", VALUES),
    "emoji before numbers in a page": ("a.html", PAGE.replace("全县", "😀𠮷全县").encode(), "html", VALUES),
    "numbers in wide characters": ("a.txt", REPORT.replace("47.84%", "４７．８４％").encode(), "txt", VALUES),
    "numbers in Arabic-Indic digits": ("a.txt", REPORT.replace("47.84", "٤٧.٨٤").encode(), "txt", {("12", "个")}),
    "numbers in mathematical digits": ("a.txt", REPORT.replace("47.84", "𝟒𝟕.𝟖𝟒").encode(), "txt", {("12", "个")}),
    "signs that are digits to Python": ("a.txt", REPORT.replace("47", "½²①㎡℃Ⅻ㈠签约率47").replace("2022", "20²2").encode(), "txt", {("47.84", "%")}),
    "two reports in one file": ("a.txt", f"{REPORT}\n\n{REPORT.replace('2022', '2021').replace('47.84', '44.1')}".encode(), "txt", VALUES | {("44.1", "%")}),
    "a masked report": ("a.txt", REPORT.replace("临江县", "XX县").encode(), "txt", VALUES),
    "a report without a year": ("a.txt", REPORT.replace("2022年", "").encode(), "txt", VALUES),
    "a report of an ambiguous place": ("a.txt", REPORT.replace("临江县", "鼓楼区").encode(), "txt", VALUES),
    "a report of two places": ("a.txt", REPORT.replace("临江县", "杭州市、宁波市").encode(), "txt", VALUES),
}  # fmt: skip
ODD_NOTES = {
    "a report of five characters": {"no_place", "no_year", "no_title", "no_sections"},
    "a report of one character": {"no_numbers"},
    "a report without a number": {"no_numbers"},
    "only a table": {"no_place"},
    "replacement characters": {"damaged_characters"},
    "two reports in one file": {"several"},
    "a masked report": {"masked"},
    "a report without a year": {"no_year"},
    "a report of an ambiguous place": {"place_ambiguous"},
}


def values_of(root: Path, document: str) -> set[tuple[str, str]]:
    """The values of a document in the tables, after checking that each is quoted from its text at its offsets."""
    corpus = quiet(root)
    entry = corpus.load("documents").set_index("document").loc[document]
    text = (root / "data/raw" / entry["text"]).read_bytes().decode("utf-8")
    assert len(text) == entry["characters"]
    observed = corpus.load("observations", exact=True)
    observed = observed[observed["report"].str.startswith(f"{document}#")]
    for row in observed.itertuples():
        assert row.quote == text[row.sentence_start : row.sentence_end]
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
    return {(str(row.value), row.unit) for row in observed.itertuples()}


@pytest.mark.parametrize("case", [pytest.param(named, marks=marks_of(named)) for named in ODD_TEXTS])
def test_an_odd_report_is_read_and_the_others_stay(root: Path, tmp_path: Path, case: str):
    name, given, source_format, values = ODD_TEXTS[case]
    path = tmp_path / name
    path.write_bytes(content_of(given))
    odd = {code for code, _ in examine(path, {}).odd}
    assert odd >= ODD_NOTES.get(case, set())
    found = add([path], root=root)[0]
    assert (found.verdict, found.reason) == (ADDED, "")
    assert quiet(root).build() is True
    assert set(documents(root)) == {*GOOD, found.document}
    assert values_of(root, found.document) >= values
    row = quiet(root).load("documents").set_index("document").loc[found.document]
    assert row["source_format"] == source_format
    assert_whole(root)
    assert quiet(root).is_current()
    assert add([path], root=root)[0].verdict == KNOWN


def assert_whole(root: Path) -> None:
    """Check that every sheet of the workbook is XML, and that nothing in it is a formula."""
    from xml.etree import ElementTree

    with zipfile.ZipFile(root / "data/processed/weijian.xlsx") as book:
        for name in book.namelist():
            tree = ElementTree.fromstring(book.read(name))
            assert not name.startswith("xl/worksheets") or not [each for each in tree.iter() if each.tag.endswith("}f")]


def test_a_formula_in_a_page_stays_text(root: Path, tmp_path: Path):
    evil, sum_up = "=cmd|' /C calc'!A0", "=SUM(A1:A9)签约率3%。"
    table = f"<table><tr><td>指标</td><td>数</td></tr><tr><td>{evil}</td><td>1家</td></tr></table>"
    page = PAGE.replace(f"<h1>{TITLE}</h1>", f"<h1>{evil}{TITLE}</h1>").replace("<p>全县", f"{table}<p>{sum_up}</p><p>全县")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    added = add([tmp_path / "a.html"], root=root)[0]
    quiet(root).build()
    values_of(root, added.document)
    assert sum_up in set(quiet(root).load("observations")["quote"])
    assert evil in "".join(quiet(root).load("documents")["title"])
    assert_whole(root)
    with zipfile.ZipFile(root / "data/processed/weijian.xlsx") as book:
        assert f"<t>{sum_up}" in book.read("xl/sharedStrings.xml").decode()


def test_the_same_report_in_five_formats_goes_in_once(root: Path, tmp_path: Path):
    text = REPORT + "".join(f"{n}、全县第{n}批社区卫生服务站已经建成{n}家。\n" for n in range(3, 9))
    lines = [line for line in text.split("\n") if line]
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"
    made = {
        "a.txt": text.encode(),
        "b.txt": text.encode("gbk"),
        "c.html": page.encode(),
        "d.docx": worded(*lines),
        "e.pdf": drawn(prose(60, 780, lines)),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    found = add([tmp_path / name for name in made], root=root)
    assert [each.verdict for each in found] == [ADDED, KNOWN, KNOWN, KNOWN, KNOWN]
    assert quiet(root).build()


# Texts far larger than a report


LARGE: dict[str, Callable[[], str]] = {
    "one line of 2,000,000 characters": lambda: f"{TITLE}\n" + "全县卫生健康工作取得新的进展" * 143_000,
    "100,000 lines": lambda: f"{TITLE}\n" + "全县卫生健康工作取得新的进展。\n" * 100_000,
    "one line of 1,000 numbers": lambda: f"{TITLE}\n" + "".join(f"第{n}站接待{n}人次，" for n in range(1000)),
    "20,000 lines of numbers only": lambda: f"{TITLE}\n" + "\n".join(map(str, range(20_000))),
    "a row of 100,000 digits": lambda: f"{TITLE}\n{'1' * 100_000}家",
    "100,000 open brackets": lambda: f"{TITLE}\n{'（' * 100_000}12家",
    "100,000 Chinese numerals": lambda: f"{TITLE}\n{'一' * 100_000}家",
}


@pytest.mark.slow
@pytest.mark.parametrize("case", LARGE)
def test_a_text_far_larger_than_a_report_is_read_all_the_same(root: Path, tmp_path: Path, case: str):
    path = tmp_path / "a.txt"
    path.write_text(LARGE[case](), encoding="utf-8")
    assert add([path], root=root)[0].verdict == ADDED
    assert quiet(root).build()
    assert len(documents(root)) == 3


def test_the_workbook_grows_as_the_reports_do(tmp_path: Path):
    sizes = []
    for count in (20, 40, 80):
        root = make(tmp_path / str(count))
        path = given(
            tmp_path, f"{TITLE}\n{''.join(f'第{n}批团队家庭医生签约率{n}.5%。' for n in range(10, 10 + count))}".encode(), f"{count}.txt"
        )
        assert add([path], root=root)[0].verdict == ADDED
        quiet(root).build()
        sizes.append((root / "data/processed/weijian.xlsx").stat().st_size)
    assert sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0])


# Where a file lies and what it is called


def link(place: Path, target: Path | str) -> Path:
    place.symlink_to(target)
    return place


def given(folder: Path, content: bytes = REPORT.encode(), name: str = "report.txt") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.txt")
    return folder / "a.txt"


def sparse(folder: Path) -> Path:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(300 * 2**20)
    return folder / "a.txt"


NO_FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a name that is nothing": (lambda folder: folder / "none.txt", "there is no such file. check the name"),
    "a link to nothing": (lambda folder: link(folder / "a.txt", folder / "none.txt"), "there is no such file"),
    "a link to itself": (
        lambda folder: link(folder / "a.txt", folder / "a.txt"),
        "the file cannot be read (Too many levels of symbolic links)",
    ),
    "a pipe that nobody writes into": (pipe, "the file cannot be read (it is a folder, a pipe or a device)"),
    "a name with a zero byte": (lambda folder: folder / "a\0.txt", "the file cannot be read (embedded null byte)"),
    "a name of 5,000 characters": (lambda folder: folder / ("a" * 5000), "the file cannot be read (File name too long)"),
    "a file as a folder": (lambda folder: given(folder) / "a.txt", "the file cannot be read (Not a directory)"),
    "a sparse file of 300 MB": (sparse, "too large to be a report (300 MB)"),
    "a device without an end": (lambda folder: Path("/dev/zero"), "too large to be a report"),
    "a device without a byte": (lambda folder: Path(os.devnull), "it is empty"),
}


@pytest.mark.parametrize(("make_path", "said"), NO_FILES.values(), ids=NO_FILES.keys())
def test_what_is_no_file_is_refused_and_not_waited_for(root: Path, tmp_path: Path, make_path: Callable[[Path], Path], said: str):
    path, before = make_path(tmp_path), files(root)
    found = add([path, given(tmp_path, name="good.txt")], root=root)
    assert [each.verdict for each in found] == [FAILED, ADDED]
    assert found[0].reason.startswith(str(path))
    assert said in found[0].reason
    assert files(root).keys() - before.keys() == {f"{found[1].document}.txt"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(root: Path, tmp_path: Path):
    path = given(tmp_path)
    path.chmod(0)
    assert "Permission denied" in add([path], root=root)[0].reason


def test_links_and_folders_give_the_files_they_lead_to(root: Path, tmp_path: Path):
    folder = tmp_path / "a.txt"
    folder.mkdir()
    given(folder)
    link(folder / "loop", folder)
    link(tmp_path / "linked.txt", folder / "report.txt")
    found = add([tmp_path / "linked.txt", folder], root=root)
    assert [each.verdict for each in found] == [ADDED, KNOWN]
    assert not (root / "data/raw" / f"{found[0].document}.txt").is_symlink()
    assert quiet(root).build()


NAMES = {
    "a line break": "a\nb.txt",
    "points": "..a...txt",
    "marks that keys are made of": "a#b@c;d.txt",
    "quotes and commas": "a\"b',c.txt",
    "a backslash": "a\\..\\b.txt",
    "blanks at its ends": " a .txt",
    "only blanks": "   ",
    "only a point and an ending": ".txt",
    "80 Chinese characters": "总" * 80 + ".txt",
    "60 characters of four bytes": "\U00020bb7" * 60 + ".txt",
    "255 bytes": "a" * 251 + ".txt",
    "bytes that are no UTF-8": os.fsdecode(b"a\xff\xfeb.txt"),
    "a word that Windows keeps": "CON.txt",
    "a word that Windows keeps with two endings": "aux.tar.txt",
    "a formula": "=cmd|'!A0.txt",
    "an option": "--yes.txt",
    "marks of right-to-left writing": "a\u202etxt.exe",
    "control characters": "a\x1b[31m\x07.txt",
    "nothing but a name of the corpus": "manifest.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_file_of_an_odd_name_gets_one_that_can_be_kept(root: Path, tmp_path: Path, name: str):
    text = "全县卫生健康工作总结\n一、基层。组建家庭医生团队12个。\n"  # no place, so that the name is the file's
    path = given(tmp_path, text.encode("gbk"), name)
    found = add([path], root=root)[0]
    assert (found.verdict, found.reason) == (ADDED, "")
    row = entered(root)[-1]
    assert re.fullmatch(r"[^\x00-\x20#@/;\\\"<>|:*?]+\.txt", row["file"])
    assert row["file"].upper() not in ("CON.TXT", "AUX.TAR.TXT", "MANIFEST.CSV")
    assert len(row["file"].encode()) < 230
    assert quiet(root).build()
    assert set(documents(root)) == {*GOOD, found.document}
    assert quiet(root).check() == []


UNFIT = [" a.txt", "a#b.txt", "a;b.txt", ".a.txt", "a\nb.txt", "a\\b.txt", os.fsdecode(b"a\xff.txt")]


@pytest.mark.parametrize("name", UNFIT, ids=ascii)
def test_a_file_that_lies_in_raw_under_an_unfit_name_is_not_entered(root: Path, name: str):
    path = given(root / "data/raw", name=name)
    before = files(root)
    found = add([path], root=root)[0]
    assert found.verdict == FAILED
    assert "a file of this name cannot be entered. rename it" in found.reason
    assert files(root) == before
    path.unlink()
    quiet(root).build()
    assert documents(root) == GOOD


def test_a_file_that_lies_in_raw_is_entered_by_any_path_to_it(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given(root / "data/raw", name="x.txt")
    monkeypatch.chdir(link(tmp_path / "way", root / "data/raw"))
    assert add([Path("../raw/x.txt")], root=root)[0].document == "x"
    assert "x.txt" in files(root)
    assert len(files(root)) == 4


def test_a_note_of_any_bytes_can_be_kept(root: Path, tmp_path: Path):
    note = os.fsdecode('“甲”\n乙,"丙"'.encode() + b"\xff")
    assert add([given(tmp_path)], {"note": note}, root=root)[0].verdict == ADDED
    assert entered(root)[-1]["note"] == '“甲” 乙,"丙"?'
    assert quiet(root).build()


# The manifest

SET_ASIDE = {
    "a way out of the folder": ("../secret.txt", "not the name of a file in data/raw"),
    "a path from the root": ("/etc/passwd", "not the name of a file in data/raw"),
    "a name with a zero byte": ("a\0.txt", "not the name of a file in data/raw"),
    "a kept text": ("text/a.txt", "not the name of a file in data/raw"),
    "the folder of kept texts": ("text", "not a file but a link or a folder"),
    "the manifest itself": ("manifest.csv", "not the name of a file in data/raw"),
    "a path of Windows": ("C:\\reports\\a.txt", "not the name of a file in data/raw"),
    "the folder itself": (".", "not the name of a file in data/raw"),
    "the folder above": ("..", "not the name of a file in data/raw"),
    "a hidden file": (".hidden.txt", "not the name of a file in data/raw"),
    "a name of 5,000 characters": ("a" * 5000, "the file cannot be read (File name too long)"),
    "a line break in a name": ('"a\nb.txt"', "not the name of a file in data/raw"),
    "a file that is missing": ("none.txt", "the file is missing"),
}


@pytest.mark.parametrize(("name", "said"), SET_ASIDE.values(), ids=SET_ASIDE.keys())
def test_a_row_that_names_no_report_is_set_aside(root: Path, name: str, said: str):
    (root / "data/raw/text").mkdir()
    (root / "data/secret.txt").write_text(REPORT, encoding="utf-8")
    write_rows(root, *ROWS, row_for(name))
    build_fails(root, "data/raw/manifest.csv", said, read=GOOD)
    write_rows(root, row_for(name), *ROWS)
    build_fails(root, "data/raw/manifest.csv", said, read=GOOD)
    assert any(said in line for line in quiet(root).check())


PLAIN = f"{HEADER}\n{ROWS[0]}\n{ROWS[1]}\n"
BAD_MANIFESTS = {
    "UTF-16": (PLAIN.encode("utf-16"), "is not UTF-8. save it again as “CSV UTF-8”"),
    "GBK": (PLAIN.replace("official", "甲", 1).encode("gbk"), "is not UTF-8"),
    "a quotation mark left open": (PLAIN.replace(ROWS[1], '"' + ROWS[1]).encode(), "cannot be read as a table: unexpected end of data"),
    "two columns of one name": (
        PLAIN.replace("title,issuer", "title,title,issuer", 1).replace("txt,,", "txt,,,").encode(),
        "two columns are called title",
    ),
    "no column of files": (PLAIN.replace("file,", "name,", 1).encode(), "the column file is missing"),
    "semicolons for commas": (PLAIN.replace(",", ";").encode(), "the column file is missing"),
    "a cell too many": (PLAIN.replace(ROWS[1], ROWS[1] + ",").encode(), "row 3: 10 cells under 9 column names"),
    "a cell too few": (PLAIN.replace(ROWS[1], ROWS[1][:-1]).encode(), "row 3: 8 cells under 9 column names"),
    "no tier": (PLAIN.replace("official", "").encode(), "column tier: the cell is empty"),
    "an unknown tier": (PLAIN.replace("official", "offical").encode(), "“offical” is not known. use one of"),
    "a blank at a name's end": (PLAIN.replace(".txt,", ".txt ,").encode(), "begins or ends with a blank. remove the blank"),
    "a report twice": (f"{PLAIN}{ROWS[0]}\n".encode(), "stands in row 2 already"),
    "nothing at all": (b"", "the column file is missing"),
}


@pytest.mark.parametrize(("content", "said"), BAD_MANIFESTS.values(), ids=BAD_MANIFESTS.keys())
def test_a_manifest_that_is_no_table_stops_everything_and_spoils_nothing(root: Path, tmp_path: Path, content: bytes, said: str):
    (root / "data/raw/manifest.csv").write_bytes(content)
    before = files(root)
    build_fails(root, "data/raw/manifest.csv", said, kind=CorpusError)
    with pytest.raises(CorpusError, match=re.escape(said)):
        add([given(tmp_path)], root=root)
    assert files(root) == before


GOOD_MANIFESTS = {
    "a mark and line ends of Windows": PLAIN.replace("\n", "\r\n").encode("utf-8-sig"),
    "ten empty lines": PLAIN.replace("\n", "\n" * 11).encode(),
    "ten lines of empty cells": (PLAIN + ",,,,,,,,\n" * 10).encode(),
    "no line end at its end": PLAIN[:-1].encode(),
    "a line break in a cell": PLAIN.replace("official,", 'official,"eins\nzwei"').encode(),
    "a quotation mark in a cell": PLAIN.replace("official,", 'official,"say ""a"", b"').encode(),
    "a formula in a cell": PLAIN.replace("official,", "official,=1+1").encode(),
    "columns in another order": b"tier,file,sha256,title,issuer,place_code,place,note,rights_note\nofficial,city-2023-summary.txt,,,,,,,\nmirror,city-2024-plan.txt,,,,,,,\n",
    "a column of one's own": "".join(f"{line},{cell}\n" for line, cell in zip(PLAIN.splitlines(), ("mine", "甲", "乙"), strict=True)).encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", GOOD_MANIFESTS.values(), ids=GOOD_MANIFESTS.keys())
def test_a_manifest_as_spreadsheets_write_it_is_read_and_its_cells_stay(root: Path, tmp_path: Path, content: bytes):
    manifest = root / "data/raw/manifest.csv"
    manifest.write_bytes(content)
    before = entered(root)
    quiet(root).build()
    assert documents(root) == GOOD
    assert add([given(tmp_path)], root=root)[0].verdict == ADDED
    quiet(root).build()
    after = {row["file"]: row for row in entered(root)}
    for row in before:
        if row["file"]:
            assert {name: cell for name, cell in after[row["file"]].items() if name in row and cell != "" and name != "sha256"} == {
                name: cell for name, cell in row.items() if cell
            }


# The texts that are kept


def edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")


def replace_by_link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to(path.with_name("other"))


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "edited": (edit, "is not the one that was taken from it"),
    "emptied": (lambda path: path.write_bytes(b"") and None, "is not the one that was taken from it"),
    "of another encoding": (lambda path: path.write_bytes(REPORT.encode("gbk")) and None, "is not the one that was taken from it"),
    "deleted": (Path.unlink, "is missing"),
    "replaced by a link": (replace_by_link, "is missing"),
    "replaced by a folder": (replace_by_folder, "is missing"),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=SPOILT.keys())
def test_a_kept_text_that_is_spoilt_sets_its_report_aside_until_it_is_back(
    root: Path, tmp_path: Path, spoil: Callable[[Path], Any], said: str
):
    name = add([given(tmp_path, REPORT.encode("gbk"))], root=root)[0].document
    quiet(root).build()
    kept, built = root / f"data/raw/text/{name}.txt", tables(root)
    text = kept.read_bytes()
    spoil(kept)
    build_fails(root, f"file {name}.txt: its text data/raw/text/{name}.txt {said}", "restore it; or empty the cells", read=GOOD)
    write_rows(root, row_for(f"{name}.txt"), *ROWS)  # the cells are empty
    shutil.rmtree(root / "data/raw/text")
    quiet(root).build()
    assert kept.read_bytes() == text
    assert tables(root)["observations.csv"] == built["observations.csv"]


# Corrections

COLUMNS = "document,quote,occurrence,field,old,new,reason,who,date\n"
DAY = "核对,甲,2024-05-01\n"
BAD_CORRECTIONS = {
    "of words that are not there": (f"city-2023-summary,签约率99%,1,value,99,98,{DAY}", "holds it 0 times"),
    "of an occurrence that is not there": (f"city-2023-summary,签约率38.5%,2,value,38.5,38.6,{DAY}", "occurrence 2 is asked for"),
    "of occurrence nought": (f"city-2023-summary,签约率38.5%,0,value,38.5,38.6,{DAY}", "occurrence 0 is asked for"),
    "of a value that is another": (f"city-2023-summary,签约率38.5%,1,value,39.5,38.6,{DAY}", "value is “38.5”, not “39.5”"),
    "of words without a number": (f"city-2023-summary,基层卫生,1,value,38.5,38.6,{DAY}", "no number of the tables lies in it"),
    "of the same twice": (f"city-2023-summary,签约率38.5%,1,value,38.5,38.6,{DAY}" * 2, "stands in row 2 already"),
    "of two that follow one another wrongly": (
        f"city-2023-summary,签约率38.5%,1,value,38.5,38.6,{DAY}city-2023-summary,率38.5%,1,value,38.5,38.7,{DAY}", "value is “38.6”, not “38.5”"),
    "of a document that is not there": (f"town,签约率38.5%,1,value,38.5,38.6,{DAY}", "the corpus holds no document “town”"),
    "of a column that cannot be corrected": (f"city-2023-summary,签约率38.5%,1,quote,a,b,{DAY}", "“quote” cannot be corrected"),
    "to no number": (f"city-2023-summary,签约率38.5%,1,value,38.5,多,{DAY}", "“多” is not a plain number"),
    "to an unknown indicator": (f"city-2023-summary,签约率38.5%,1,indicator,fd_sign_rate,fd_sing_rate,{DAY}", "did you mean fd_sign_rate"),
    "without a reason": ("city-2023-summary,签约率38.5%,1,value,38.5,38.6,,甲,2024-05-01\n", "column reason: the cell is empty"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), BAD_CORRECTIONS.values(), ids=BAD_CORRECTIONS.keys())
def test_a_correction_that_does_not_fit_stops_the_build(root: Path, rows: str, said: str):
    (root / "data/corrections.csv").write_text(COLUMNS + rows, encoding="utf-8")
    build_fails(root, "data/corrections.csv", said, kind=CorpusError)


def test_a_correction_of_a_report_that_is_set_aside_waits_for_it(root: Path):
    (root / "data/corrections.csv").write_text(f"{COLUMNS}city-2023-summary,签约率38.5%,1,value,38.5,38.6,{DAY}", encoding="utf-8")
    path = root / "data/raw/city-2023-summary.txt"
    content = path.read_bytes()
    path.unlink()
    build_fails(root, "the file is missing", read=["city-2024-plan"])
    path.write_bytes(content)
    quiet(root).build()
    assert 38.6 in set(quiet(root).load("observations")["value"])


# What a corpus adds to the codebook; each in a process of its own, which reads with one codebook only


def indicator_row(**changed: str) -> str:
    cells = {
        "indicator": "own_teams",
        "theme": "family_doctor",
        "name_zh": "自有团队",
        "name_en": "Own teams",
        "unit": "个",
        "numerator": "teams",
        "stock_or_flow": "stock",
    } | changed
    header = "indicator,theme,name_zh,name_en,unit,numerator,denominator,base,stock_or_flow,defined_in,note"
    return f"{header}\n{','.join(cells.get(name, '') for name in header.split(','))}\n"


ADDITIONS = {
    "a bad cell": (
        "indicators.csv",
        indicator_row(theme="family_doktor"),
        "column theme: “family_doktor” is not known. use one of",
    ),
    "an unknown table": ("indicator.csv", indicator_row(), "the codebook has no such table. use one of"),
    "a table without a column": ("indicators.csv", "indicator,theme\na,b\n", "the column name_zh is missing"),
    "a table of another encoding": ("indicators.csv", indicator_row().encode("gbk"), "is not UTF-8"),
    "a replaced row": ("indicators.csv", indicator_row(indicator="fd_teams", name_en="Teams of ours"), ""),
    "a new indicator": ("indicators.csv", indicator_row(), ""),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "content", "said"), ADDITIONS.values(), ids=ADDITIONS.keys())
def test_additions_to_the_codebook_are_taken_or_named(root: Path, name: str, content: str | bytes, said: str):
    (root / "codebook").mkdir()
    (root / "codebook" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = tables(root)
    done = weijian("build", "--corpus", str(root))
    assert done.returncode == (1 if said else 0), done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    if said:
        assert str(root / "codebook" / name) in done.stderr
        assert tables(root) == before
    else:
        held = (root / "data/processed/indicators.csv").read_text(encoding="utf-8")
        assert ("Teams of ours" in held) != ("Own teams" in held)
        assert held.count("\nfd_teams,") == 1


def weijian(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from weijian.cli import main; sys.exit(main())"
    env = os.environ | {"PYTHONPATH": SOURCE}
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", timeout=60, env=env, check=False)


# Several at once, and interrupted


def test_what_another_has_added_meanwhile_stays(root: Path, tmp_path: Path):
    from weijian.adding import Intake

    first, second = Intake(quiet(root)), Intake(quiet(root))
    one, two = given(tmp_path, name="one.txt"), given(tmp_path, REPORT.replace("2022", "2021").encode(), "two.txt")
    assert first.take(one, {}, lambda candidate: {}).verdict == ADDED
    assert second.take(two, {}, lambda candidate: {}).verdict == ADDED
    assert second.take(one, {}, lambda candidate: {}).verdict == KNOWN
    assert first.take(two, {}, lambda candidate: {}).verdict == KNOWN
    assert len(entered(root)) == 4
    assert quiet(root).build()


def test_the_same_report_added_meanwhile_is_recognised(root: Path, tmp_path: Path):
    from weijian.adding import Intake

    path = given(tmp_path)
    first, second = Intake(quiet(root)), Intake(quiet(root))
    assert second.take(path, {}, lambda candidate: {} if first.take(path, {}, lambda each: {}) else None).verdict == KNOWN
    assert len(entered(root)) == 3


def test_what_an_interrupted_add_has_left_is_taken_by_the_next(root: Path, tmp_path: Path):
    path = given(tmp_path, REPORT.encode("gbk"))
    manifest = (root / "data/raw/manifest.csv").read_bytes()
    first = add([path], root=root)[0].document
    (root / "data/raw/manifest.csv").write_bytes(manifest)  # killed before the row was written
    assert add([path], root=root)[0].document == first
    assert quiet(root).build()
    assert quiet(root).check() == []


def test_a_disk_that_is_full_leaves_the_tables_as_they_are(root: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    edit(root / "data/raw/city-2024-plan.txt")
    write_rows(root, *ROWS)
    monkeypatch.setattr("weijian.swap._write", full)
    build_fails(root, "No space left on device", "make room", kind=CorpusError)
    monkeypatch.undo()
    assert not (root / "data/.processed.new").exists()
    assert quiet(root).build()
