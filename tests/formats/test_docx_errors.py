"""What is no Word file, is damaged or far too large is refused: what is wrong, where, and what to do."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from formats.docx_files import PICTURE, SPACES, TYPES, docx, item, lvl, num, p, packed, parts_of, r, tbl, tc
from formats.docx_files import definition as counted
from weijian.errors import DocumentError
from weijian.formats.word import extract, kind_of_zip


def refusal(content: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        extract(content, "report.docx")
    assert caught.value.where == "report.docx"
    assert caught.value.remedy
    return caught.value


OTHERS = {
    "xlsx": ({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>", "xl/embeddings/word.docx": "PK"}, "spreadsheet", "UTF-8"),
    "pptx": ({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<p/>"}, "presentation", "UTF-8"),
    "ofd": ({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"}, "OFD", "PDF"),
    "epub": ({"mimetype": "application/epub+zip", "OEBPS/a.xhtml": "<html/>"}, "epub", "UTF-8"),
    "odf": ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}, "OpenDocument", "docx"),
    "zip": ({"2023.docx": "PK", "word/list.txt": "a"}, "other files in it", "unpack it"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_zip_that_is_no_word_file_is_named(kind: str):
    parts, words, remedy = OTHERS[kind]
    content = packed(dict(parts))
    assert kind_of_zip(content) == kind
    caught = refusal(content)
    assert words in caught.problem
    assert remedy in caught.remedy


def test_a_word_file_and_an_empty_zip_are_told_apart():
    assert kind_of_zip(docx(p("甲"))) == "docx"
    assert kind_of_zip(packed({})) == "zip"


def test_bytes_that_are_no_zip_are_refused():
    assert "no Word file" in refusal("临江市".encode()).problem
    assert "no Word file" in refusal(b"").problem


@pytest.mark.parametrize("kept", [4, 30, 200, -1])
def test_a_zip_that_is_cut_off_is_refused(kept: int):
    assert "damaged or cut off" in refusal(docx(p("甲"))[:kept]).problem


def test_a_zip_with_spoiled_bytes_is_read_or_refused_and_never_crashes():
    whole = docx(p("签约率47.84%。") * 40, numbering=counted(0, lvl(0, "%1.")) + num(1, 0))
    chance = random.Random(7)
    refused = 0
    for _ in range(600):
        spoiled = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(4, len(spoiled))] = chance.randrange(256)
        try:
            assert extract(bytes(spoiled), "report.docx").text
        except DocumentError as caught:
            refused += bool(caught.remedy)
    assert refused > 100


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        pytest.param("word/document.xml", "签约率", "word/document.xml is not XML", id="text instead of XML"),
        pytest.param("word/document.xml", b"", "word/document.xml is not XML", id="an empty part"),
        pytest.param("word/document.xml", "<w:document", "word/document.xml is not XML", id="XML cut off"),
        pytest.param("word/document.xml", f"<w:document {SPACES}/>", "no body", id="no body"),
        pytest.param("word/document.xml", None, "no word/document.xml", id="no document"),
        pytest.param("word/styles.xml", "<w:styles", "word/styles.xml is not XML", id="styles cut off"),
        pytest.param("_rels/.rels", "<", "_rels/.rels is not XML", id="relationships cut off"),
        pytest.param("word/document.xml", "<w>" * 300 + "</w>" * 300, "is not XML (Excessive depth", id="elements in elements in elements"),
    ],
)
def test_a_part_that_is_missing_or_is_no_xml_is_named(name: str, content: str | bytes | None, problem: str):
    parts = parts_of(p("甲"), styles="")
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    assert problem in refusal(packed(parts)).problem


def test_frames_as_deep_as_xml_goes_are_read():
    deep = p("内")
    for _ in range(80):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert extract(docx(deep), "deep.docx").text == "内"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY a "秘密">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://localhost:9/none.dtd">',
        '<!DOCTYPE w [<!ENTITY b "' + "x" * 100 + '"><!ENTITY a "' + "&b;" * 100 + '">]>',
    ],
    ids=["a word", "a file", "another machine", "many times over"],
)
def test_entities_are_not_resolved(declared: str):
    parts = parts_of(p("甲"))
    parts["word/document.xml"] = (
        f"{declared}<w:document {SPACES}><w:body>{p(r('&a;' if 'ENTITY a' in declared else '乙'))}</w:body></w:document>"
    )
    assert "declares a document type" in refusal(packed(parts)).problem


def test_a_document_of_pictures_alone_is_a_scan():
    caught = refusal(docx(PICTURE + p(" ")))
    assert caught.problem == "it holds pictures and no text: it is a scan"
    assert "recognise the text" in caught.remedy


@pytest.mark.parametrize(
    ("body", "problem"),
    [("", "holds no text"), (p("<w:del>" + r("旧") + "</w:del>"), "holds no text"), ("<w:altChunk/>", "in an embedded file")],
    ids=["nothing", "deleted text", "an embedded file"],
)
def test_a_document_without_text_is_refused(body: str, problem: str):
    assert problem in refusal(docx(body)).problem


def with_entry(content: bytes, name: str, at: int, value: bytes, at_local: int) -> bytes:
    """Change bytes of an entry's record in the directory and in its own head."""
    spoiled = bytearray(content)
    local = spoiled.find(b"PK\x03\x04")
    while not spoiled.startswith(name.encode(), local + 30):
        local = spoiled.find(b"PK\x03\x04", local + 4)
    central = spoiled.find(b"PK\x01\x02")
    while not spoiled.startswith(name.encode(), central + 46):
        central = spoiled.find(b"PK\x01\x02", central + 4)
    spoiled[central + at : central + at + len(value)] = value
    spoiled[local + at_local : local + at_local + len(value)] = value
    return bytes(spoiled)


def test_a_part_with_a_password_is_refused():
    content = with_entry(docx(p("甲")), "word/document.xml", 8, struct.pack("<H", 1), 6)
    assert "locked by a password" in refusal(content).problem
    book = packed({"mimetype": "application/epub+zip"})
    assert kind_of_zip(with_entry(book, "mimetype", 8, struct.pack("<H", 1), 6)) == "zip"


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_a_part_packed_in_another_way_is_refused(how: int):
    assert "packed in a way" in refusal(packed(parts_of(p("甲")), how)).problem
    assert kind_of_zip(packed({"mimetype": "application/epub+zip"}, how)) == "zip"


def peak(content: bytes) -> tuple[DocumentError, int]:
    tracemalloc.start()
    try:
        return refusal(content), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_refused_before_it_goes_off():
    parts = parts_of(p("甲")) | {"word/media/image1.bmp": bytes(9 << 20)}
    declared = with_entry(packed(parts), "word/media/image1.bmp", 24, struct.pack("<I", 240 << 20), 22)
    caught, used = peak(declared)
    assert "unpacked the file would have 240 MB" in caught.problem
    assert used < 1 << 20


def test_a_report_with_many_photographs_is_no_bomb():
    content = packed(parts_of(p("甲")) | {"word/media/image1.jpeg": random.Random(1).randbytes(11 << 20)})
    declared = with_entry(content, "word/media/image1.jpeg", 24, struct.pack("<I", 210 << 20), 22)
    assert extract(declared, "report.docx").text == "甲"


def test_a_part_is_read_up_to_a_limit_whatever_its_directory_says():
    parts = parts_of(p("甲"))
    parts["word/document.xml"] = b" " * (60 << 20)
    content = packed(parts)
    caught, used = peak(content)
    assert "word/document.xml has more than 20 MB" in caught.problem
    assert used < 90 << 20
    lying = with_entry(content, "word/document.xml", 24, struct.pack("<I", 5000), 22)
    assert peak(lying)[1] < 90 << 20


def test_a_directory_without_end_is_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}", "")
    assert "more than 10,000 entries" in refusal(file.getvalue()).problem


def test_a_table_that_would_fill_the_memory_is_refused():
    wide = tc("签约" * 500, '<w:gridSpan w:val="63"/>')
    assert "more than 20,000,000 characters" in refusal(docx(tbl(*[(wide, wide)] * 200))).problem
    endless = tc("甲", '<w:gridSpan w:val="999999999"/>')
    assert extract(docx(tbl((endless, "乙"))), "wide.docx").text == "|" + "甲|" * 63 + "乙|"


def test_a_label_without_end_is_cut():
    text = extract(docx(item("文"), numbering=counted(0, lvl(0, "一" * 10_000)) + num(1, 0)), "label.docx").text
    assert text == "一" * 60 + " 文"


def test_fields_in_fields_without_end_are_read_in_time_and_lose_nothing():
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert extract(docx(p(opened * 3_000, "甲")), "fields.docx").text == "甲"
