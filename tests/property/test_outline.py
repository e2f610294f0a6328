"""What holds for the outline of any text: spans of the text that lie, nest and cover as they should."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from weijian.documents import BLANKS, from_text, lines
from weijian.masked import infer_masked
from weijian.outline import Outline, outline

RAW = Path(__file__).parents[2] / "data" / "raw"
TEXTS = {path.stem: path.read_bytes().decode() for path in sorted(RAW.glob("*.txt"))}
KINDS = {"navigation", "metadata", "share", "contact", "footer", "advertising", "image"}
CONTEXTS = {"summary", "plan", ""}
PIECES = [
    *("2022年杭州市卫生健康工作总结", "2023年杭州市卫生健康工作要点", "某市2024年工作安排", "市卫生健康委", "杭州市卫生健康委员会"),
    *(
        "一、",
        "二、",
        "十一、",
        "(一)",
        "（二）",
        "1.",
        "12、",
        "(3)",
        "①",
        "一是",
        "二是",
        "三要",
        "一、二年级",
        "3.7",
        "《",
        "》",
        "“",
        "”",
    ),
    *(
        "签约率47.84%",
        "新建3家",
        "老龄健康服务不断强化",
        "推进签约工作",
        "下一步工作打算",
        "2025年安排",
        "存在的问题",
        "*市",
        "曲塘中心卫生院",
        "朝阳区",
    ),
    *(
        "来源:",
        "发布时间:2023-12-01",
        "索引号 | 12/3 |",
        "当前位置:首页 > 文件",
        "1.jpg",
        "上一条:流感",
        "联系我们",
        "版权所有",
        "扫一扫",
        "小编为大家整理的工作总结,",
    ),
    *("。", "。", ",", "、", ":", "；", " ", "\u3000", "\n", "\n", "\n", "\r\n", "\ufeff", "|", "\t"),
]
TEXT = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
every_text = given(text=TEXT)


def of(text: str) -> Outline:
    return outline(from_text(text, "d"))


def assert_sound(text: str, found: Outline) -> None:
    """Every property of an outline that does not depend on the text."""
    for before, after in pairwise(found.furniture):
        assert before.end <= after.start
    for span in found.furniture:
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind in KINDS
        assert text[span.start : span.end] == text[span.start : span.end].strip(BLANKS)
    for before, after in pairwise(found.reports):
        assert before.end <= after.start
    for ordinal, report in enumerate(found.reports, start=1):
        assert 0 <= report.start < report.end <= len(text)
        assert report.key == f"d#{ordinal}"
        assert not report.title or report.title in text
    for where in found.evidence.values():
        assert 0 <= where.start < where.end <= len(text)
    assert_sections(text, found)


def assert_sections(text: str, found: Outline) -> None:
    reports = {report.key: report for report in found.reports}
    by_key = {section.key: section for section in found.sections}
    assert len(by_key) == len(found.sections)
    assert [section.start for section in found.sections] == sorted({section.start for section in found.sections})
    for section in found.sections:
        report = reports[section.report]
        assert report.start <= section.start < section.end <= report.end
        assert text.startswith(section.heading, section.start)
        assert section.heading.startswith(section.label)
        assert section.start + len(section.heading) <= section.end
        assert not found.is_furniture(section.start)
        above = by_key.get(section.parent)
        assert section.depth == (above.depth + 1 if above else 1)
        if above:
            assert above.start < section.start and section.end <= above.end
    for before, after in pairwise(found.sections):
        assert after.start >= before.end or after.parent == before.key or after.start < before.end
        assert before.end <= after.start or after.end <= before.end  # they nest, or one follows the other


@every_text
@example(text="")
@example(text="\n\ufeff\u3000")
@example(text="一、")
@example(text="一是")
@example(text="①\n①\n(一)")
@example(text="1.jpg\n1.")
@example(text="来源:")
@example(text="《工作总结》的通知")
@settings(max_examples=300, deadline=None, derandomize=True)
def test_spans_lie_in_the_text_nest_and_say_what_they_hold(text: str):
    assert_sound(text, of(text))


@every_text
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_line_is_furniture_or_belongs_to_exactly_one_report(text: str):
    found = of(text)
    for line in lines(text):
        holders = [report for report in found.reports if report.start <= line.start and line.end <= report.end]
        assert found.is_furniture(line.start) or holders == [found.report_at(line.start)]


@every_text
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_section_of_a_position_is_the_innermost_around_it(text: str):
    found = of(text)
    for offset in range(0, len(text), 3):
        around = [section for section in found.sections if section.start <= offset < section.end]
        innermost = max(around, key=lambda section: section.depth, default=None)
        assert found.section_at(offset) == innermost
        setting = found.setting_at(offset)
        assert setting.context in CONTEXTS
        assert setting.report == found.report_at(offset)


@every_text
@settings(max_examples=100, deadline=None, derandomize=True)
def test_what_is_inferred_of_a_masked_report_stands_in_the_text(text: str):
    document = from_text(text, "d")
    for inferred in infer_masked(document, outline(document)):
        assert [text[span.start : span.end] for span in inferred.spans] == list(inferred.names)
        assert inferred.confidence in {"high", "medium", "low"}


@pytest.mark.parametrize("name", TEXTS)
def test_the_outline_of_a_report_is_sound(name: str):
    assert_sound(TEXTS[name], of(TEXTS[name]))


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_indents_and_full_width_marks_do_not_change_what_is_read(name: str):
    text = TEXTS[name]
    plain = of(text)
    wide = text.translate(str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）"}))
    for other in (text.replace("\n", "\r\n"), "\ufeff" + text, text.replace("\n", "\n\u3000\u3000"), wide):
        found = of(other)
        assert [span.kind for span in found.furniture] == [span.kind for span in plain.furniture]
        assert [(r.place_code, r.year, r.genre) for r in found.reports] == [(r.place_code, r.year, r.genre) for r in plain.reports]
        assert [section.depth for section in found.sections] == [section.depth for section in plain.sections]


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_around_a_report_changes_nothing_in_it(name: str):
    text = TEXTS[name]
    head = "首页\n当前位置:首页 > 文件\n"
    plain, found = of(text), of(f"{head}{text}\n\n版权所有 某某 ICP备12345号\n返回顶部\n")
    shift = len(head)
    assert [(s.start - shift, s.end - shift, s.heading) for s in found.sections] == [(s.start, s.end, s.heading) for s in plain.sections]
    starts = [span.start for span in found.furniture]
    assert all(found.furniture[bisect_right(starts, span.start + shift) - 1].kind == span.kind for span in plain.furniture)


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [
        "一、",
        "《",
        "/",
        "> ",
        "来源:",
        "2023年2024年",
        "*市曲塘、",
        "一是好。二是",
        "。能力持续提升",
        "|",
        "联系我们\n",
        "工作总结和要点\n",
        " \n",
    ],
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(pattern: str):
    of("热身")
    times = []
    for size in (20_000, 160_000):
        text = pattern * (size // len(pattern))
        start = process_time()
        of(text)
        times.append(process_time() - start)
    assert times[1] < 40 * max(times[0], 0.005)
