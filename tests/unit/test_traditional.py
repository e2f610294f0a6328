"""A text in traditional characters gives the rows that it gives in simplified ones, with its own characters in quotes and titles."""

from __future__ import annotations

import weijian
from weijian.documents import from_text
from weijian.outline import outline

SIMPLIFIED = """杭州市卫生健康委员会2023年工作总结
一、基层卫生
(一)家庭医生签约服务。全市家庭医生签约率达到43.5%,组建团队1200个。
二、2024年安排
力争签约率达到45%。
"""
TRADITIONAL = """杭州市衛生健康委員會2023年工作總結
一、基層衛生
(一)家庭醫生簽約服務。全市家庭醫生簽約率達到43.5%,組建團隊1200個。
二、2024年安排
力爭簽約率達到45%。
"""
FIELDS = ("indicator", "value", "unit", "kind", "status", "period", "start", "end", "place_code", "themes")


def test_the_rows_are_the_same_and_the_words_are_those_of_the_text():
    plain, read = weijian.read(SIMPLIFIED), weijian.read(TRADITIONAL)
    assert [[getattr(row, name) for name in FIELDS] for row in read.observations] == [
        [getattr(row, name) for name in FIELDS] for row in plain.observations
    ]
    assert [row.indicator for row in read.observations] == ["fd_sign_rate", "fd_teams", "fd_sign_rate"]
    assert all(row.quote in TRADITIONAL for row in read.observations)
    assert read.reports[0].title == "杭州市衛生健康委員會2023年工作總結"
    assert [section.heading for section in read.sections] == ["一、基層衛生", "(一)家庭醫生簽約服務", "二、2024年安排"]


def test_a_heading_in_traditional_characters_tells_what_is_planned():
    text = "臨江市衛生健康局2023年工作總結\n一、總體情況。很好。\n二、下一步工作計劃\n要更好。\n"
    assert (outline(from_text(text)).setting_at(text.index("要更好")).context) == "plan"


def test_single_traditional_characters_in_a_simplified_text_stay():
    text = "著名中醫12名,乾隆年间的药方3张。"
    assert [row["surface"] for row in weijian.extract(text)] == ["12名", "3张"]
