"""The ways in which a comparison of places goes wrong, each tried on a small table of its own: refused, flagged, or kept apart.

Places and figures are invented; what is tried is the rule, whatever the place.
"""

from __future__ import annotations

import pytest

import small_corpus
from at_hand import loading
from plain_value import PLAIN
from weijian import asking
from weijian import compare as comparing
from weijian.comparability import FLAGGED, REFUSED, judge
from weijian.compare import compare, missing
from weijian.corpus import Corpus, load
from weijian.figures import marks
from weijian.perhead import implied, per_head, shares
from weijian.reading import read

OTHER = PLAIN | {"place_key": "110102", "report": "b#1", "value": 50.0}
SAME_PLACE = OTHER | {"place_key": "110101"}


def verdicts(first: dict, second: dict, **asked: object) -> dict[str, str]:
    return {row["rule"]: row["verdict"] for row in judge(PLAIN | first, second, **asked)}


def built(root, text: str):
    """A built corpus of one report in our own words."""
    raw = small_corpus.make(root, rows="city-2023-summary.txt,,,,,,official,,\n") / "data" / "raw"
    (raw / "city-2024-plan.txt").unlink()
    (raw / "city-2023-summary.txt").write_text(f"深圳市卫生健康委员会2023年工作总结\n{text}\n", encoding="utf-8")
    Corpus(root).build()
    return root


def measures(text: str):
    return read(f"深圳市卫生健康委员会2023年工作总结\n{text}").observations


def test_levels_of_administration_are_flagged_and_a_part_is_never_set_against_its_whole():
    assert verdicts({}, OTHER | {"place_level": "city"}) == {"level": FLAGGED}
    city = OTHER | {"place_key": "110000", "place_level": "municipality", "within": ""}
    assert verdicts({}, city)["part_of"] == REFUSED


def test_years_apart_are_flagged_or_refused():
    assert verdicts({"year": 2022}, OTHER) == {"year_apart": FLAGGED}
    assert verdicts({"year": 2020}, OTHER) == {"years_apart": REFUSED}


def test_a_plan_is_not_an_outcome():
    assert verdicts({}, OTHER | {"status": "target"}) == {"status": REFUSED}
    (planned,) = measures("力争家庭医生签约率达到45%。")
    assert (planned.status, planned.value) == ("target", 45)


def test_one_name_for_another_concept_stands_in_a_panel_of_its_own(monkeypatch):
    assert verdicts({}, OTHER | {"definition": "fd_sign_rate.first_contact"}) == {"differing": REFUSED}
    rows = [
        {"observation": "a#1@1", "report": "a#1", "place_code": "110101", "indicator": "fd_sign_rate", "period": "", "start": 1} | row
        for row in (
            {"definition": "fd_sign_rate.residents", "base": "resident"},
            {"definition": "fd_sign_rate.first_contact", "base": "unknown"},
        )
    ]
    more = {"kind": "level", "status": "actual", "stage": "none", "bound": "=", "value": 40.0, "low": None, "high": None, "unit": "%"}
    more |= {"stock_or_flow": "stock", "quote": "", "flags": ""}
    tables = {
        "observations": [row | more for row in rows], "indicators": [{"indicator": "fd_sign_rate", "name_zh": "签约率", "name_en": "coverage"}],
        "reports": [{"report": "a#1", "document": "a", "place": "东城区", "place_code": "110101", "place_level": "district", "genre": "summary", "year": 2023}],
        "documents": [{"document": "a", "tier": "official", "title": "甲", "issuer": "甲委"}],
        "places": [{"place_code": "110101", "parent": ""}],
    }  # fmt: skip
    for module in (asking, comparing):
        monkeypatch.setattr(module, "load", loading(tables))
    assert list(marks(compare("fd_sign_rate"))["panel"]) == ["own", "apart"]


def test_a_series_whose_rules_changed_is_not_drawn_over_the_years():
    assert verdicts({"year": 2015, "bound": ">"}, SAME_PLACE | {"bound": ">"}) == {"years_apart": REFUSED, "bound": REFUSED}


def test_a_target_below_the_outcome_is_a_possible_redefinition_and_no_retreat():
    outcome = {"value": 90.0, "definition": "ec_geriatrics_rate.public_general"}
    target = SAME_PLACE | {"value": 60.0, "year": 2024, "status": "target", "definition": "ec_geriatrics_rate.public_general_tcm"}
    assert verdicts(outcome, target) == {"differing": REFUSED, "year_apart": FLAGGED, "status": REFUSED, "redefinition": REFUSED}


def test_two_bases_inside_one_report_are_two_intervals(tmp_path):
    text = "65岁以上老年人体检20.00万人,65岁以上老年人健康管理率80%。65岁以上老年人医养结合服务18.00万人,医养结合服务率90.0%。"
    served, managed = implied(root=built(tmp_path, text)).sort_values("low").to_dict("records")
    assert served["high"] < managed["low"]


def test_a_stock_is_no_flow_and_a_stage_is_no_other():
    assert verdicts({}, OTHER | {"stock_or_flow": "flow"}) == {"other_quantity": REFUSED}
    assert verdicts({"stage": "named"}, OTHER | {"stage": "built"}) == {"other_quantity": REFUSED}


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [("推选3个社区申报", "nominated"), ("5家机构通过复核", "reviewed"), ("3家机构正在公示", "publicised"), ("新增命名4家机构", "named")],
)
def test_the_steps_of_a_nomination_are_told_apart(sentence, stage):
    assert measures(f"{sentence}。")[0].stage == stage


def test_visits_at_a_place_are_no_visits_of_its_residents(tmp_path):
    text = "全市常住人口签约320.5万人,签约率38.5%。社区卫生服务中心门诊2080.5万人次。"
    (row,) = per_head("ch_visits", root=built(tmp_path, text)).values.to_dict("records")
    assert "not only for residents" in row["note_en"]
    assert row["base"] == "service_event"


def test_registered_persons_are_no_residents():
    assert verdicts({"base": "registered"}, OTHER) == {"differing": REFUSED}
    registered, resident = measures("户籍老年人体检1.5万人,常住老年人体检2.5万人。")
    assert (registered.base, resident.base) == ("registered", "resident")


def test_a_figure_of_the_year_before_is_not_divided_by_one_of_this_year(tmp_path):
    text = "2022年度签约服务经费拨付8000万元。全市家庭医生签约居民320万人。"
    values = compare(["fd_funding", "fd_signed_residents"], root=built(tmp_path, text)).values
    assert list(values["year"]) == [2022, 2023]
    assert shares(values, "fd_signed_residents").empty


def test_a_value_from_before_is_not_the_reports_year(tmp_path):
    root = built(tmp_path, "重点人群签约率从65.1%上升至66.8%。")
    values = compare("fd_key_sign_rate", root=root).values
    assert list(values["value"]) == [66.8]
    cells = load("coverage", root).query("indicator == 'fd_key_sign_rate'")
    assert list(cells["observations"]) == [1]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("全年目标任务1200人,上半年完成640人。", [False, True]),
        ("确保全年签约率达到45%以上,重点人群签约率达到80%以上。", [False, False]),
        ("全年计划新建社区医院4家,已建成1家。", [False, True]),
        ("完成全年目标任务的62%。", [True]),
        ("下半年新建站点6个。", [True]),
        ("2022年签约率42.1%,2023年上半年41.8%。", [False, True]),
    ],
)
def test_an_aim_for_the_whole_year_is_no_part_of_it(text: str, part: list[bool]):
    found = read(f"深圳市卫生健康委员会2023年上半年工作总结\n{text}\n").observations
    assert ["part_of_year" in row.flags for row in found] == part


def test_what_was_added_is_a_flow_and_what_there_is_a_stock():
    for text in ("新增社区医院2家,累计6家。", "新建社区医院2家,总数达到6家。", "新增社区医院2家、现有6家。"):
        assert [row.stock_or_flow for row in measures(text)] == ["flow", "stock"]


def test_a_district_that_took_in_its_neighbour_begins_anew():
    grown = {"place_key": "330105", "within": "330100;330000"}
    assert verdicts(grown | {"year": 2020}, SAME_PLACE | grown | {"year": 2021}) == {"year_apart": FLAGGED, "boundary": REFUSED}
    assert verdicts(grown | {"year": 2022}, SAME_PLACE | grown) == {"year_apart": FLAGGED}


def test_percentage_points_printed_as_percent_are_a_change_and_say_so():
    _, change = measures("居民健康素养水平42.13%,较去年提升1.88%。")
    assert (change.kind, change.unit) == ("change_abs", "%")
    assert "points_as_percent" in change.flags


def test_silence_is_a_gap_with_a_reason_and_never_zero(tmp_path):
    root = built(tmp_path, "组建家庭医生团队1200个。")
    assert compare("ec_65_mgmt_rate", root=root).values.empty
    assert list(missing("ec_65_mgmt_rate", root=root)["reason"]) == ["not_mentioned"]


def test_copies_that_are_not_the_issuers_stay_out_of_reckoning():
    assert verdicts({"tier": "masked"}, OTHER) == {"tier": REFUSED}
    assert verdicts({"tier": "republisher"}, OTHER) == {"tier": REFUSED}


def test_one_value_printed_twice_is_one_fact_and_two_unequal_ones_a_conflict():
    assert verdicts({}, PLAIN) == {"repeat": FLAGGED}
    assert verdicts({}, PLAIN | {"value": 41.0}) == {"conflict": REFUSED}
