"""A file is read as it is, or refused with the place of the fault and what to do."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from weijian.documents import Line, from_text, lines, read_document
from weijian.errors import DocumentError


def test_every_character_of_a_file_is_kept(tmp_path: Path):
    content = "\ufeff一、概况\r\n\u3000签约率４７．８４％ \n".encode()
    path = tmp_path / "310112-2024-summary.txt"
    path.write_bytes(content)
    document = read_document(path)
    assert document.text == "\ufeff一、概况\r\n\u3000签约率４７．８４％ \n"
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.name, document.source_format) == ("310112-2024-summary", "txt")


def test_a_document_can_be_given_a_name_of_its_own(tmp_path: Path):
    path = tmp_path / "text"
    path.write_text("有", encoding="utf-8")
    assert read_document(str(path), name="other").name == "other"
    assert read_document(path).source_format == "txt"


@pytest.mark.parametrize(
    ("content", "place", "remedy"),
    [
        pytest.param("一、概况\n签约".encode()[:-1], "byte 16 (line 2)", "damaged or cut off", id="half a character at the end"),
        pytest.param("签约率".encode("gb18030"), "byte 4 (line 1)", "GB18030", id="a file of an old editor"),
        pytest.param("签约率".encode("utf-16"), "byte 0 (line 1)", "UTF-16", id="a file of a spreadsheet"),
    ],
)
def test_bytes_that_are_not_utf_8_are_an_error_with_their_place_and_a_remedy(tmp_path: Path, content: bytes, place: str, remedy: str):
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"%PDF-1.7 \xe2\xe3\xcf\xd3", "a PDF", id="a PDF"),
        pytest.param(b"%PDF-1.4\n1 0 obj", "a PDF", id="a PDF of ASCII alone"),
        pytest.param("<!DOCTYPE html>\n<p>签约率".encode(), "a web page", id="a web page"),
        pytest.param("\ufeff\r\n<HTML lang=zh>签约率".encode(), "a web page", id="a web page after a mark and a blank line"),
        pytest.param("<?xml version='1.0'?><html>签约率".encode(), "an XML file or web page", id="XML"),
        pytest.param(b"PK\x03\x04\x14\x00", "a Word, spreadsheet or zip file", id="a Word file"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or spreadsheet file", id="an old Word file"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_its_beginning(tmp_path: Path, content: bytes, kind: str):
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=f"this is {kind} and no text") as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize("text", ["<签约率>47.84%", "PDF 签约率47.84%", "一、概况 <html>"])
def test_a_text_that_only_speaks_of_such_files_is_read(tmp_path: Path, text: str):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    assert read_document(path).text == text


@pytest.mark.parametrize("content", [b"", b"\n \n", "\ufeff\u3000\n".encode()], ids=["nothing", "blanks", "a mark and a blank"])
def test_a_file_without_text_is_an_error(tmp_path: Path, content: bytes):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match="holds no text"):
        read_document(path)


def test_a_missing_file_and_a_folder_are_errors_that_name_them(tmp_path: Path):
    with pytest.raises(DocumentError, match="there is no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path)


def test_the_error_survives_the_trip_between_processes(tmp_path: Path):
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / "none.txt")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_text_in_hand_is_a_document():
    document = from_text("签约率47.84%", name="cutting")
    assert (document.name, document.text) == ("cutting", "签约率47.84%")
    assert document.sha256 == hashlib.sha256("签约率47.84%".encode()).hexdigest()


def test_lines_are_spans_without_the_blanks_around_them():
    text = "\ufeff一、概况\r\n\r\n\u3000 (一)医改\u00a0\n \u2028末"
    assert [text[line.start : line.end] for line in lines(text)] == ["一、概况", "(一)医改", "末"]
    assert list(lines(text, 5, 16)) == [Line(11, 16, "(一)医改")]
