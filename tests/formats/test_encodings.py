"""The encoding of a text is what its characters say; damaged and foreign bytes are refused with their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.errors import DocumentError
from weijian.formats.encodings import decode

SENTENCE = "2023年,全市家庭医生签约率达到４７．８４％，\r\n重点人群签约率较上年提高1.2个百分点。\n"
TITLE, TRADITIONAL = "临江市年度工作总结", "臨江市衛生局工作總結"
COMMON = "全市卫生健康工作会议总结家庭医生签约服务率达到人民群众医院门诊住院管理社区中心机构建设提高发展基层能力"
COMMON_TRADITIONAL = "全市衛生健康工作會議總結家庭醫生簽約服務率達到人民群眾醫院門診住院管理社區中心機構建設提高發展基層能力"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_character_and_line_end_of_a_text_is_kept(encoding: str):
    content = SENTENCE.encode(encoding)
    assert decode(content, "a.txt") == (SENTENCE, encoding)


def test_the_text_is_what_the_named_encoding_gives():
    marked = b"\xef\xbb\xbf" + SENTENCE.encode()
    assert decode(marked, "a.txt") == ("\ufeff" + SENTENCE, "utf-8")
    assert decode(b"", "a.txt") == ("", "utf-8")
    assert decode(b"GDP 2023\r\n", "a.txt") == ("GDP 2023\r\n", "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TITLE, "gb18030"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
        ("工作總結", "big5"),
        ("签约", "gb18030"),
        ("云澜区𠮷镇工作总结", "gb18030"),
    ],
)
def test_a_short_title_is_enough(text: str, encoding: str):
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@pytest.mark.parametrize("declared", ["", "big5", "utf-8", "iso-8859-1", "nonsense", "utf-16"])
def test_a_wrong_declaration_loses_to_the_evidence(declared: str):
    assert decode(SENTENCE.encode("gbk"), "a.html", declared) == (SENTENCE, "gb18030")
    assert decode(TRADITIONAL.encode("big5"), "a.html", "gb2312" if declared == "big5" else declared) == (TRADITIONAL, "big5")


def test_a_declaration_decides_where_the_evidence_does_not():
    content = "一。".encode("gbk")
    assert content.decode("big5") != "一。"
    assert {decode(content, "a.html", name)[1] for name in ("gb2312", "GBK", "x-gbk", "cp936")} == {"gb18030"}
    other = b"\xa4@\xa4@"  # 一一 in Big5, no common characters in GBK
    assert decode(other, "a.html") == ("一一", "big5")


@pytest.mark.parametrize(
    ("content", "problem", "place"),
    [
        pytest.param("一、概况\n签约".encode()[:-1], "the byte 0xe7 is not UTF-8", "byte 16 (line 2)", id="half a character at the end"),
        pytest.param(
            "全市签约率".encode() + b"\xd0" + "达到四成".encode(), "the byte 0xd0 is not UTF-8", "byte 15 (line 1)", id="a bad byte"
        ),
        pytest.param(
            ("全市签约率\n" * 400).encode() + b"\xff\xfe\n", "the byte 0xff is not UTF-8", "byte 6400 (line 401)", id="two bad bytes"
        ),
        pytest.param((TITLE + "\n").encode("gbk") * 200 + b"\xff\n", "the byte 0xff is not GB18030", "byte 3800 (line 201)", id="GBK"),
        pytest.param((TRADITIONAL + "\n").encode("big5") * 200 + b"\xff\n", "the byte 0xff is not BIG5", "byte 4200 (line 201)", id="Big5"),
        pytest.param(SENTENCE.encode("utf-16")[:-1], "is not UTF-16", "(line ", id="half a character of UTF-16"),
    ],
)
def test_damaged_text_is_refused_with_byte_and_line(content: bytes, problem: str, place: str):
    with pytest.raises(DocumentError) as caught:
        decode(content, "a.txt")
    assert problem in caught.value.problem
    assert caught.value.where.startswith("a.txt, ")
    assert place in caught.value.where
    assert "damaged or cut off" in caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, b"\0" * 300, bytes(range(32)) * 20, b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0"],
    ids=["a picture", "zero bytes", "control characters", "a small picture"],
)
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(DocumentError, match="no text: it holds zero bytes or control characters"):
        decode(content, "a.bin")


@given(st.lists(st.sampled_from(COMMON), min_size=12, max_size=60, unique=True))
def test_any_text_of_common_characters_survives(characters: list[str]):
    text = "".join(characters)
    for encoding in ("utf-8", "gb18030", "utf-16-be"):
        assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@given(st.lists(st.sampled_from(COMMON_TRADITIONAL), min_size=12, max_size=60, unique=True))
def test_any_traditional_text_of_common_characters_survives(characters: list[str]):
    text = "".join(characters)
    for encoding in ("big5", "gb18030"):
        assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    try:
        text, encoding = decode(content, "a")
    except DocumentError as refused:
        assert refused.where.startswith("a") and refused.remedy
    else:
        assert content.decode(encoding) == text
