"""Checks: what a row holds, what is no relation, and that every verdict has its sentence. The texts of spec/checks.py ask for more."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from weijian.checks import check_rows
from weijian.codebook import codebook
from weijian.reading import read
from weijian.tables import CHECKS

TITLE = "临江市2023年卫生健康工作总结\n"
REPORTS = Path(__file__).parents[2] / "data" / "raw"


def rows(text: str, title: str = TITLE):
    return list(check_rows(read(title + text)))


def verdicts(text: str) -> list[tuple[str, str, str]]:
    return [(row.relation, row.verdict, row.reason) for row in rows(text)]


def test_a_row_names_its_members_in_the_document_s_text_and_writes_the_reckoning_out():
    text = "　　门诊 量 １２.５０ 万人次，其中专科４.２０万人次、普通８.３０万人次。"
    (row,) = rows(text)
    printed = [(TITLE + text)[start:end] for start, end in json.loads(row.members)]
    assert printed == ["１２.５０ 万人次", "４.２０万人次", "８.３０万人次"]
    assert row.arithmetic == "4.20万 + 8.30万 = 12.50万, printed 12.50万"
    assert (row.expected_low, row.found, row.expected_high) == (124900, 125000, 125100)


def test_one_part_alone_is_written_as_what_is_listed_and_not_as_a_sum():
    (row,) = rows("新增托位5000个,其中普惠托位3000个。")
    assert (row.verdict, row.arithmetic) == ("undecidable", "listed 3000, printed 5000")


def test_each_row_has_the_columns_of_the_table_and_a_sentence_in_both_languages():
    text = "床位500张,其中甲区320张、乙区260张。签约率39.4%,高于全省平均水平42.8%。9家医院中有63%达标。"
    found = rows(text)
    sentences = {(row["relation"], row["verdict"]) for row in codebook().rows("check_sentences")}
    assert [row.verdict for row in found] == ["fails"] * 3
    for row in found:
        assert set(row.__slots__) == set(CHECKS.header)
        assert (row.relation, row.verdict) in sentences
    undecided = {(relation, "undecidable") for relation in codebook().words("check_relation")} - {("range", "undecidable")}
    assert undecided <= sentences


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("人员2140人,其中医师120人、护士960人。", "partial_parts"),
        ("签约老人24.6万人,其中高血压患者14.2万人、糖尿病患者11.8万人。", "overlapping_parts"),
        ("床位超过500张,其中甲区300张、乙区260张。", "bound"),
        ("推进甲河、乙河等6家卫生院改造。", "open_list"),
        ("检查单位46家次、采样124件,合格率92.4%。", "which_whole"),
    ],
)
def test_what_cannot_be_decided_says_why(text: str, reason: str):
    ((_, verdict, said),) = verdicts(text)
    assert (verdict, said) == ("undecidable", reason)


@pytest.mark.parametrize(
    "text",
    [
        "签约61.3万人,签约率41.20%,重点人群签约22.8万人,签约率78.90%。",
        "全市每千人口床位6.2张,其中医院床位3.1张。",
        "食品抽检量每千人6.6批次,其中快检5万批次。",
        "推动11个县(市、区)通过验收。",
        "落实5个方面18条措施:一是强化组织;二是压实责任。",
        "婴儿死亡率2.1‰,低于全省平均水平0.6个千分点。",
        "新增上市公司29家,占全国增量的1/4。",
        "完成率126.7%,床位使用率101.2%。",
        "全年新建卫生室36家。2022年新建卫生室41家。力争2024年新建卫生室20家。",
        "床位数由3200张增加到3500张,门诊量增长12%。",
        "举办讲座、义诊等活动120余场。第一季度完成25%,第二季度完成50%,第三季度完成80%。",
    ],
)
def test_numbers_that_only_look_related_give_no_row(text: str):
    assert verdicts(text) == []


def test_a_number_cut_off_instead_of_rounded_raises_no_alarm():
    assert verdicts("抽检样品106份,合格98份,合格率92.4%。") == [("rate", "undecidable", "rounding")]
    assert verdicts("抽检样品106份,合格98份,合格率92.5%。") == [("rate", "holds", "")]


def test_the_growth_of_a_total_lies_between_that_of_its_parts():
    text = "出院30.00万人次,同比增长{}%,其中甲院18.00万人次,同比增长2.1%,乙院12.00万人次,同比增长4.6%。"
    assert verdicts(text.format("3.1"))[1] == ("growth", "holds", "")
    assert verdicts(text.format("8.8"))[1] == ("growth", "fails", "")


def test_two_values_of_one_count_conflict_only_where_the_whole_year_or_place_is_meant():
    told = "一、执法。{0}办结处罚案件612件。\n二、监督。{0}办结处罚案件583件。"
    assert verdicts(told.format("全年")) == [("repeat", "fails", "")]
    assert verdicts(told.format("当场")) == [("repeat", "undecidable", "context")]


def calls(work: Callable[[], object]) -> int:
    """Count the calls that a piece of work makes: a measure of its length that no busy machine changes."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_the_work_grows_with_the_length_of_a_text():
    text = "全市床位700张,其中公办300张、民办400张,培训医师60人,合计60人。" * 40
    short, long = (read(TITLE + text * times) for times in (2, 8))
    assert calls(lambda: list(check_rows(long))) < 5 * calls(lambda: list(check_rows(short)))


def test_the_reports_give_each_key_once_with_members_inside_their_report():
    for path in sorted(REPORTS.glob("*.txt")):
        reading = read(path.read_text(encoding="utf-8"), path.stem)
        found = list(check_rows(reading))
        assert len({(row.report, row.relation, row.members) for row in found}) == len(found)
        ends = {report.key: (report.start, report.end) for report in reading.reports}
        for row in found:
            first, last = ends[row.report]
            assert all(first <= start < end <= last for start, end in json.loads(row.members))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("计划抽查1240户,剔除关停62户,实际完成1178户,完成率100%。", [("rate", "holds")]),
        ("计划抽查1240户,剔除关停62户,实际完成1100户,完成率100%。", [("rate", "fails")]),
        ("任务数1616件,完成率97.59%(剔除注销39户)。", [("rate", "holds")]),
        ("常住人口50.0万人,护士1800人,每千人口护士3.6人。", [("rate", "holds")]),
        ("常住人口50.0万人,护士1800人,每千人口护士4.6人。", [("rate", "fails")]),
        ("发放补助120万元,惠及2400人,人均500元。", [("rate", "holds")]),
        ("发放补助120万元,惠及2400人,人均可支配收入3.6万元。", []),
        ("服务量9.6万人次,是上年3.2万人次的3倍。", [("growth", "holds")]),
        ("床位500张,比上年末480张增加30张。", [("growth", "fails")]),
        ("信访812件,较2021年的960件减少148件,较2022年减少62件。", [("growth", "holds")]),
        ("收入31.4亿元,同比增加2.2亿元,增长9.5%。", [("growth", "fails")]),
        ("地区生产总值由9323亿元增加到13697亿元,增长33.6%。", [("growth", "undecidable")]),
        ("学生9.3万人,近视筛查9.1万人,总体近视率51.2%。", []),
    ],
)
def test_rates_and_changes_in_other_shapes(text: str, expected: list[tuple[str, str]]):
    assert [(row.relation, row.verdict) for row in rows(text)] == expected


def test_the_growth_of_a_total_is_reckoned_from_its_parts_where_they_are_printed():
    parts = "其中医院300.0万人次,同比增长10.0%;基层200.0万人次,同比增长5.0%。"
    told = {row.arithmetic[-14:]: row.verdict for row in rows(f"门急诊500.0万人次,同比增长9.5%,{parts}") if row.relation == "growth"}
    assert list(told.values()) == ["fails"]  # it lies between theirs, and is still not what they make
    right = [row.verdict for row in rows(f"门急诊500.0万人次,同比增长7.9%,{parts}") if row.relation == "growth"]
    assert right == ["holds"]


def test_two_bases_of_an_age_group_are_shown_and_nothing_more():
    text = "65岁以上老年人体检31.2万人,65岁以上老年人健康管理率74.0%。\n二、医养\n65岁及以上老年人上门服务34.6万人,服务率93.0%。"
    (row,) = [row for row in rows(text) if row.relation == "denominator"]
    assert (row.verdict, row.reason) == ("undecidable", "definition")
    assert row.arithmetic.startswith("65+: 31.2万 / 74.0% = 4216") and "; 65+: 34.6万 / 93.0% = 3720" in row.arithmetic


def test_an_elder_group_larger_than_a_wider_one_is_shown():
    text = "全市65岁以上老年人20.2万人。全市70岁以上老年人25.5万人。"
    assert [(row.relation, row.verdict) for row in rows(text)] == [("denominator", "undecidable")]
    assert rows("全市65岁以上老年人25.5万人。全市70岁以上老年人20.2万人。") == []


@pytest.mark.parametrize(("campaign", "verdict"), [(84, "undecidable"), (913, "fails")])
def test_what_a_campaign_brought_may_be_less_than_the_year_did_but_not_more(campaign: int, verdict: str):
    text = f"全年办结行政处罚案件620件。\n开展打击非法行医专项行动,全年办结行政处罚案件{campaign}件。"
    assert verdicts(text) == [("repeat", verdict, "context" if verdict == "undecidable" else "")]


def test_facts_told_twice_in_other_words_and_scopes_of_one_service_are_shown():
    twice = "认知障碍筛查3160人,排摸高风险413人。\n二、心理\n老年人心理健康筛查3160人,高风险人群413人。"
    assert verdicts(twice) == [("repeat", "holds", "")] * 2
    scopes = "“护理到家”服务总量已达6.8万人次。\n二、互联网\n线上咨询3.2万人次,护理到家6010人次。"
    assert verdicts(scopes) == [("repeat", "undecidable", "context")]


def test_a_total_may_have_its_parts_later_in_its_paragraph():
    text = "居民签约129.9万人,签约率47.8%。推进全人群签约服务。儿童签约6.4万人,学生签约15.7万人,在职居民签约62.1万人,老人签约45.7万人。"
    assert ("sum", "holds", "") in verdicts(text)
    assert [row for row in rows(text.replace("15.7", "16.9")) if row.relation == "sum"] == []
