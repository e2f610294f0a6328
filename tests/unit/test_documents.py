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


def test_half_a_character_is_an_error_with_its_place_and_a_remedy(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_bytes("一、概况\n签约".encode()[:-1])
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert "byte 16 (line 2)" in str(caught.value)
    assert "damaged or cut off" in str(caught.value)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str):
    path = tmp_path / "report.txt"
    text = "全市家庭医生签约率47.84%。"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text.removeprefix("\ufeff") == text


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
