"""What holds for any text: nothing is lost, nothing moves, and neither layout nor length changes what is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labelled.accuracy import SETS, texts_of
from weijian import extract, read
from weijian.numerals import parse_numeral, to_chinese

thorough = settings(deadline=None, derandomize=True, max_examples=80)

DIGITS = re.compile("[0-9０-９]+")
ROLES = {"measure", "date", "label", "name", "attribute", "unread"}
TO_WIDE = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
CJK = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
REPORTS = [text.text for source in SETS for text in texts_of(source)]
WORDS = (
    "临江市", "全市", "2023年", "卫生健康工作总结", "家庭医生", "签约率", "社区卫生服务中心", "65岁以上老年人", "医养结合机构", "床位", "门急诊", "其中", "分别为", "由", "提高到", "同比增长",
    "较上年", "下降", "超过", "约", "近", "力争", "计划", "年度计划", "高于全市平均", "截至", "累计", "居全省第", "新建", "万", "亿", "余", "多", "以上", "左右", "人次",
    "万人次", "家", "个", "%", "‰", "/10万", "百分点", "元", "万元", "张", "1", "2.5", "43", "1,286", "３６", "2022", "三分之一", "九成", "翻番", "两",
    "三千二百", "第二", "“1+1+1”", "〔2024〕", "号", "-", "—", "~", "至", "和", "、", ",", "，", "。", "；", "：", "(", ")", "（", "）", "《", "》",
    "“", "”", "|", "\n", "\t", "\r\n", " ", "\u3000",
)  # fmt: skip
vocabulary = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
reports = st.sampled_from(REPORTS)
spoiled = st.builds(
    lambda text, words, where: text[: where % len(text)] + words + text[where % len(text) :], reports, vocabulary, st.integers(0, 300)
)
anything = st.text(max_size=300) | vocabulary | reports | spoiled
# What ends and leaves nothing open: nothing before or after it changes its numbers.
LINES = sorted({line.strip() for text in REPORTS for line in text.splitlines() if line.strip().endswith("。")})
paragraphs = st.sampled_from(LINES) | vocabulary.map(lambda text: re.sub("[\\s《》〔〕“”()（）]+|^-+", "", text) + "。")


def values(text: str) -> list[tuple[Any, ...]]:
    """Return what the measures of a text say, without their offsets."""
    return [
        (row["value"], row["low"], row["high"], row["unit"], row["bound"], row["kind"]) for row in extract(text) if row["role"] == "measure"
    ]


@thorough
@given(anything)
def test_every_mention_is_where_it_says(text: str):
    rows = extract(text)
    assert all(text[row["start"] : row["end"]] == row["surface"] != "" for row in rows)
    assert all(row["role"] in ROLES for row in rows)
    assert all(one["end"] <= other["start"] for one, other in pairwise(rows))


@thorough
@given(anything)
def test_every_run_of_digits_lies_in_one_mention(text: str):
    rows = extract(text)
    lost = [
        run.group() for run in DIGITS.finditer(text) if not any(row["start"] <= run.start() and run.end() <= row["end"] for row in rows)
    ]
    assert lost == []


@thorough
@given(anything)
def test_a_measure_is_a_value_or_a_range(text: str):
    for row in extract(text):
        if row["role"] == "measure":
            assert (row["value"] is None) == (row["low"] is not None) == (row["high"] is not None)
            assert row["low"] is None or row["low"] <= row["high"]
            assert row["bound"] in ("=", ">", ">=", "<", "<=", "~")


@thorough
@given(anything)
def test_every_observation_quotes_its_sentence(text: str):
    reading = read(text)
    assert reading.document.text == text
    for row in reading.observations:
        assert text[row.sentence_start : row.sentence_end] == row.quote
        assert row.sentence_start <= row.start < row.end <= row.sentence_end


def blanks(text: str) -> str:
    return CJK.sub(" ", text)


def wide_blanks(text: str) -> str:
    return CJK.sub("\u3000\u00a0", text)


def windows_lines(text: str) -> str:
    return re.sub("\r?\n", "\r\n", text)


def full_width(text: str) -> str:
    return text.translate(TO_WIDE)


def marked(text: str) -> str:
    return "\ufeff" + text


@pytest.mark.parametrize("change", [blanks, wide_blanks, windows_lines, full_width, marked], ids=lambda change: change.__name__)
@thorough
@given(text=vocabulary | reports | spoiled)
def test_layout_changes_no_value(change: Callable[[str], str], text: str):
    assert values(change(text)) == values(text)


@pytest.mark.parametrize("change", [windows_lines, full_width, marked], ids=lambda change: change.__name__)
@thorough
@given(text=reports | spoiled)
def test_line_ends_and_forms_of_signs_change_nothing_that_is_said(change: Callable[[str], str], text: str):
    def said(text: str) -> list[dict[str, Any]]:
        return [{name: row[name] for name in row if name not in ("start", "end", "surface")} for row in extract(text)]

    assert said(change(text)) == said(text)


@thorough
@given(st.integers(0, 10**8 - 1))
def test_a_whole_number_survives_being_written_in_characters(number: int):
    assert parse_numeral(to_chinese(number)) == number


@thorough
@given(st.integers(0, 10**11).map(lambda number: Decimal(number).scaleb(-4)))
def test_a_decimal_survives_being_written(number: Decimal):
    assert parse_numeral(f"{number}") == parse_numeral(f"{number:,}") == number


@thorough
@given(st.integers(1, 10**9))
def test_a_count_is_read_however_it_is_written(number: int):
    plain, commas, in_ten_thousands = f"体检{number}人。", f"体检{number:,}人。", f"体检{Decimal(number).scaleb(-4)}万人。"
    assert [values(text) for text in (plain, commas, in_ten_thousands)] == [[(number, None, None, "人", "=", "level")]] * 3


@thorough
@given(st.integers(3, 9999))
def test_a_count_in_characters_is_read(number: int):
    assert values(f"体检{to_chinese(number)}人。") == [(number, None, None, "人", "=", "level")]


@thorough
@given(paragraphs, paragraphs)
@example("新建6家。", "(二)签约率43%。")
def test_paragraphs_are_read_one_by_one(one: str, other: str):
    def numbers(text: str, shift: int = 0) -> list[tuple[Any, ...]]:
        names = ("surface", "role", "value", "low", "high", "unit", "bound", "kind")
        return [(row["start"] + shift, row["end"] + shift, *(row.get(name) for name in names)) for row in extract(text)]

    assert numbers(f"{one}\n{other}") == numbers(one) + numbers(other, len(one) + 1)


def calls_for(text: str) -> int:
    """Return how many functions are called while a text is read: the work done, whatever the machine."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        extract(text)
    finally:
        sys.setprofile(before)
    return count


def test_eight_times_the_text_is_eight_times_the_work():
    text = "\n".join(REPORTS[:40])
    extract(text)  # tables and patterns are loaded once
    assert calls_for(text * 8) < 1.2 * 8 * calls_for(text)
