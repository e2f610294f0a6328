"""Per head: intervals from printed decimals, the right population or none, and denominators that a report implies."""

from __future__ import annotations

from decimal import Decimal

import pytest

import small_corpus
from weijian.codebook import codebook
from weijian.corpus import Corpus
from weijian.intervals import Interval, interval, quotient
from weijian.perhead import implied, per_head, shares

REPORT = """深圳市卫生健康委员会2023年工作总结

一、家庭医生签约服务

全市常住人口签约320.5万人,签约率38.5%。组建家庭医生团队1200个。通过平台预约号源2.4万人次。

二、社区卫生

社区卫生服务中心门诊2080.5万人次。60岁以上居民签约41.2万人,2024年力争60岁以上居民签约45万人。

三、老年健康

65岁以上老年人体检20.00万人,65岁以上老年人健康管理率80%。65岁以上老年人医养结合服务18.00万人,医养结合服务率90.0%。
"""
POPULATIONS = """place_code,place,year,base,group,value,unit,issued_in,verification
440300,深圳市,{year},resident,total,1766.18,万人,深圳市统计公报,second-hand
440300,深圳市,{year},registered,total,600,万人,深圳市统计公报,second-hand
440300,深圳市,{year},resident,60plus,120,万人,深圳市统计公报,second-hand
"""


def corpus(root, year=None):
    """A built corpus of one report, with a population of one year or none."""
    raw = small_corpus.make(root, rows="city-2023-summary.txt,,,,,,official,,\n") / "data" / "raw"
    (raw / "city-2024-plan.txt").unlink()
    (raw / "city-2023-summary.txt").write_text(REPORT, encoding="utf-8")
    if year:
        (raw / "reference").mkdir()
        (raw / "reference" / "populations.csv").write_text(POPULATIONS.format(year=year), encoding="utf-8")
    Corpus(root).build()
    return root


@pytest.mark.parametrize(
    ("value", "printed", "unit", "low", "high"),
    [
        ("1299600", "129.96万人", "人", "1299550", "1299650"),
        ("14", "14家", "家", "14", "14"),
        ("1669392", "1,669,392人", "人", "1669392", "1669392"),
        ("30000", "3万人", "人", "25000", "35000"),
        ("43", "43%", "%", "42.5", "43.5"),
        ("100", "100%", "%", "99.5", "100.5"),
    ],
)
def test_a_number_stands_for_what_its_decimals_leave_open(value, printed, unit, low, high):
    assert interval(Decimal(value), printed, unit) == Interval(Decimal(low), Decimal(high))


def test_a_quotient_is_rounded_outwards():
    assert quotient(Interval(Decimal(1), Decimal(1)), Interval(Decimal(3), Decimal(3)), 100) == (Decimal("33.3333"), Decimal("33.3334"))


def test_a_population_of_the_right_base_and_year_is_taken_before_the_implied_one(tmp_path):
    found = per_head("fd_teams", root=corpus(tmp_path, 2023)).values.iloc[0]
    assert (found["population_low"], found["population_high"]) == (17661750, 17661850)
    assert found["low"] <= 1200 / 1766.18 <= found["high"]
    assert (found["population_base"], found["population_year"], found["flags"]) == ("resident", 2023, "")
    assert found["verification"] == "second-hand"


def test_a_population_one_year_apart_is_flagged_and_one_further_apart_not_taken(tmp_path):
    near = per_head("ch_visits", root=corpus(tmp_path / "near", 2022)).values.iloc[0]
    assert (near["flags"], near["population_year"]) == ("year_apart", 2022)
    far = corpus(tmp_path / "far", 2020)
    assert per_head("ch_visits", root=far).values.iloc[0]["flags"] == "implied"
    assert per_head("ch_visits", max_gap=3, root=far).values.iloc[0]["flags"] == "year_apart"


def test_without_a_population_the_rate_of_the_report_implies_one(tmp_path):
    root = corpus(tmp_path)
    found = per_head(["ch_visits", "fd_signed_residents"], root=root)
    assert list(found.values["indicator"]) == ["ch_visits"]
    assert list(found.values["flags"]) == ["implied"]
    # 320.5万 over 38.5 % gives back 38.5 % and no more.
    assert list(found.refused["refusal"]) == ["circular"]


def test_what_is_not_divided_says_why_and_what_would_help(tmp_path):
    root = corpus(tmp_path, 2023)
    refused = per_head(["fd_signed_60plus", "fd_priority_bookings"], root=root).refused
    assert dict(zip(refused["indicator"] + " " + refused["status"], refused["refusal"], strict=True)) == {
        "fd_signed_60plus actual": "base_unstated", "fd_signed_60plus target": "status", "fd_priority_bookings actual": "no_group",
    }  # fmt: skip
    assert refused[["reason_zh", "reason_en", "valid_if_zh", "valid_if_en"]].ne("").all(axis=None)
    assumed = per_head("fd_signed_60plus", assume_same_definition=True, root=root).values
    assert list(assumed["flags"]) == ["base_assumed"]


def test_two_bases_inside_one_report_stand_beside_each_other(tmp_path):
    found = implied(root=corpus(tmp_path)).set_index("indicator")
    managed, served = found.loc["ec_65_mgmt_rate"], found.loc["ec_mc_service_rate"]
    assert (managed["low"], managed["high"]) == pytest.approx((199950 / 0.805, 200050 / 0.795), abs=0.001)
    assert served["high"] < managed["low"]
    assert set(found["base"]) == {"resident", "unknown"}


def test_shares_are_of_one_place_and_year(tmp_path):
    from weijian.compare import compare

    values = compare(["fd_signed_residents", "fd_priority_bookings"], root=corpus(tmp_path)).values
    found = shares(values, "fd_signed_residents").set_index("indicator")
    booked = found.loc["fd_priority_bookings"]
    assert booked["low"] <= 24000 / 3205 <= booked["high"]
    assert booked["of"] == values.set_index("indicator").loc["fd_signed_residents"]["observation"]
    assert booked["unit"] == "‰"


def test_every_rule_of_the_codebook_occurs_in_the_code():
    source = (codebook().folder.parent / "perhead.py").read_text(encoding="utf-8")
    assert all(f'"{rule}"' in source for rule in codebook().by_key("reckoning"))
