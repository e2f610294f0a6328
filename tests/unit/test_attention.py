"""Attention: shares counted by hand on small texts, whatever the page adds and wherever its lines break."""

from __future__ import annotations

from decimal import Decimal

import pytest

from weijian.attention import NONE, attention_rows, on_health
from weijian.body import bodies
from weijian.codebook import codebook
from weijian.indicators import theme_order
from weijian.reading import read
from weijian.records import Section

TITLE = "临江市2023年卫生健康工作总结"
REPORT = f"""{TITLE}

一、基层卫生

新建村卫生室12家,居民更方便。组织义诊。

二、老年健康服务

家庭医生为老年人体检2次。开展宣传。

三、加强党的建设

2名党员到社区卫生服务中心值班。召开会议。
"""
HEAD = """首页
当前位置:首页 > 政务公开 > 工作总结
字号:大 中 小

"""
TAIL = """
打印本页
上一篇:关于放假的通知
扫一扫在手机打开当前页
主办:临江市卫生健康委员会
"""


def rows(text: str) -> dict[str, dict]:
    return {row["theme"]: row for row in attention_rows([read(text)])}


def test_sentences_and_characters_are_those_counted_by_hand():
    found = rows(REPORT)
    # title 16; 一、基层卫生 6, 16, 5; 二、老年健康服务 8, 13, 5; 三、加强党的建设 8, 16, 5
    assert found["community_health"]["characters_all"] == 16 + 6 + 16 + 5 + 8 + 13 + 5 + 8 + 16 + 5 == 98
    assert found["community_health"]["sentences_all"] == 10
    assert (found["community_health"]["sentences"], found["community_health"]["characters"]) == (3, 6 + 16 + 16)
    assert (found["elderly_care"]["sentences"], found["elderly_care"]["characters"]) == (2, 8 + 13)
    assert (found["family_doctor"]["sentences"], found["family_doctor"]["characters"]) == (1, 13)
    assert (found[NONE]["sentences"], found[NONE]["characters"]) == (3, 16 + 8 + 5)


def test_what_only_the_heading_says_is_counted_apart():
    found = rows(REPORT)
    assert (found["community_health"]["section_sentences"], found["community_health"]["section_characters"]) == (1, 5)
    assert (found["elderly_care"]["section_sentences"], found["elderly_care"]["section_characters"]) == (1, 5)
    assert (found["family_doctor"]["section_sentences"], found["family_doctor"]["section_characters"]) == (0, 0)


def test_shares_are_per_cent_of_characters_and_leave_the_party_out_of_health():
    community = rows(REPORT)["community_health"]
    assert community["share"] == Decimal("38.78")  # 38 of 98
    assert community["share_with_sections"] == Decimal("43.88")  # 43 of 98
    assert community["characters_health"] == 98 - 8 - 16 - 5
    assert community["share_of_health"] == Decimal("31.88")  # 22 of 69


def test_a_plain_search_is_counted_beside_and_its_misses_apart():
    found = rows(f"{TITLE}\n一、工作情况\n发放养老金。建成老年医学科十家。推进养老机构建设。")["elderly_care"]
    assert (found["sentences"], found["named_sentences"], found["named_apart"]) == (2, 2, 1)


def test_every_report_has_a_row_for_each_theme_and_one_for_none():
    found = list(attention_rows([read(REPORT, "a"), read(REPORT.replace("总结", "要点"), "b")]))
    assert [(row["report"], row["theme"]) for row in found] == [
        (report, theme) for report in ("a#1", "b#1") for theme in (*theme_order(), NONE)
    ]


@pytest.mark.parametrize("page", [HEAD + REPORT + TAIL, REPORT + TAIL, REPORT.replace("\n", "\r\n"), REPORT.replace("\n\n", "\n \u3000\n")])
def test_what_the_page_adds_changes_nothing(page: str):
    assert rows(page) == rows(REPORT)


@pytest.mark.parametrize(
    "wide", [str.maketrans(",.", "，．"), str.maketrans({"加": "加 "}), str.maketrans("0123456789", "０１２３４５６７８９")]
)
def test_blanks_and_full_width_forms_change_nothing(wide: dict[int, str]):
    head, body = REPORT.split("\n", 1)
    assert rows(f"{head}\n{body.translate(wide)}") == rows(REPORT)


def test_a_line_that_breaks_off_changes_nothing():
    for at in range(REPORT.index("新建") + 2, REPORT.index("更方便")):
        assert rows(f"{REPORT[:at]}\n{REPORT[at:]}") == rows(REPORT), REPORT[:at][-8:]


def test_page_furniture_inside_a_sentence_is_left_out():
    text = f"{TITLE}\n一、基层卫生\n新建村卫生室十二家,\n打印本页\n居民更方便。组织义诊。"
    (_, found), *_ = bodies(read(text))
    assert [sentence.words for sentence in found][2:] == ["新建村卫生室十二家,居民更方便。", "组织义诊。"]


def test_lines_that_never_close_and_the_cells_of_a_table_are_sentences_by_themselves():
    text = f"{TITLE}\n一、实事项目\n改造村卫生室\n培训村医\n二、指标\n|指标|数值|\n|签约人数|12人|"
    (_, found), *_ = bodies(read(text))
    assert [sentence.words for sentence in found][2:4] == ["改造村卫生室", "培训村医"]
    assert [sentence.words for sentence in found][5:] == ["指标", "数值", "签约人数", "12人"]


def test_each_sentence_leads_back_to_where_it_begins():
    reading = read(HEAD + REPORT)
    for _, found in bodies(reading):
        assert all(reading.document.text[sentence.start] == sentence.words[0] for sentence in found)


def section(heading: str) -> Section:
    return Section("a#1/0", "a#1", "", 1, "", heading, 0, 9)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ([], True),
        (["一、强化党建引领,筑牢健康根基"], True),
        (["(二)压实责任,加强党支部建设"], False),
        (["1.抓好学习", "一、加强党的建设"], False),
        (["1.优化家庭医生服务", "一、加强党的建设"], True),
        (["一是开展义诊", "二、持续深化放管服改革"], False),
        (["五、强化卫生应急"], True),
        (["三、建好居民健康档案"], True),
    ],
)
def test_the_nearest_heading_tells_whether_a_section_is_on_health(headings: list[str], expected: bool):
    assert on_health([section(heading) for heading in headings]) is expected


def test_every_theme_has_a_word_for_the_plain_search():
    assert [row["theme"] for row in codebook().rows("theme_words")] == list(theme_order())
