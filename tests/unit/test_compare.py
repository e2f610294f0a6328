"""Comparison: each row of the design's table of reckoning tried on two values, and whole comparisons on a small corpus."""

from __future__ import annotations

import json

import pytest

from at_hand import loading
from plain_value import PLAIN as ALIKE
from weijian import asking
from weijian import compare as comparing
from weijian.codebook import codebook
from weijian.comparability import CLEARED, FLAGGED, HOLDS, REFUSED, judge, totals_apart
from weijian.compare import benchmarks, compare, missing, nothing_found, peers
from weijian.errors import ComparisonError

OTHER = ALIKE | {"place_key": "110102", "report": "b#1", "value": 50.0}


def verdicts(first=None, second=None, **asked):
    return {row["rule"]: row["verdict"] for row in judge(ALIKE | (first or {}), OTHER | (second or {}), **asked)}


def test_two_values_with_everything_stated_and_equal_may_be_reckoned():
    assert verdicts() == {"same_quantity": CLEARED}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param({"definition": "unknown"}, {}, {"unstated": REFUSED}, id="a definition that is not stated"),
        pytest.param({}, {"base": ""}, {"unstated": REFUSED}, id="a base that is not stated"),
        pytest.param({"base": "registered"}, {}, {"differing": REFUSED}, id="registered against resident"),
        pytest.param({"definition": "another"}, {}, {"differing": REFUSED}, id="another definition"),
        pytest.param({"year": 2022}, {}, {"year_apart": FLAGGED}, id="one year apart"),
        pytest.param({"year": 2021}, {}, {"years_apart": REFUSED}, id="two years apart"),
        pytest.param({"bound": ">"}, {}, {"bound": REFUSED}, id="more than 40%"),
        pytest.param({"bound": "~"}, {}, {"bound": REFUSED}, id="about 40%"),
        pytest.param({"status": "target"}, {}, {"status": REFUSED}, id="a target against another place's outcome"),
        pytest.param({"status": "reference"}, {"status": "reference"}, {"status": REFUSED}, id="somebody else's figures"),
        pytest.param({"status": "target"}, {"status": "target"}, {"same_quantity": CLEARED}, id="two targets"),
        pytest.param({"status": "target"}, {"place_key": "110101"}, {"promise": FLAGGED}, id="promise and outcome"),
        pytest.param(
            {"status": "target", "year": 2024}, {"place_key": "110101"}, {"year_apart": FLAGGED, "status": REFUSED, "redefinition": REFUSED},
            id="a target below the last outcome",
        ),
        pytest.param({}, {"place_key": "110000", "place_level": "", "within": ""}, {"part_of": REFUSED}, id="a district and its city"),
        pytest.param({}, {"place_level": "city"}, {"level": FLAGGED}, id="two levels"),
        pytest.param({"unit": "家"}, {"unit": "个"}, {"counts": REFUSED}, id="counts of two places, 个 and 家 being one kind"),
        pytest.param({"tier": "masked"}, {}, {"tier": REFUSED}, id="a masked copy"),
        pytest.param({"tier": "republisher"}, {}, {"tier": REFUSED}, id="a republished copy"),
        pytest.param({}, {"place_key": "110101", "report": "a#1"}, {"conflict": REFUSED}, id="two unequal values in one report"),
        pytest.param({"kind": "change_abs"}, {}, {"other_quantity": REFUSED}, id="a level and a change"),
        pytest.param({"unit": "人"}, {"unit": "人次"}, {"other_quantity": REFUSED, "counts": REFUSED}, id="persons and visits"),
        pytest.param({"stage": "nominated"}, {"stage": "named"}, {"other_quantity": REFUSED}, id="nominated and named"),
        pytest.param({"stock_or_flow": "flow"}, {}, {"other_quantity": REFUSED}, id="a flow and a stock"),
    ],
)  # fmt: skip
def test_a_rule_holds_for_two_values_and_no_other_does(first, second, expected):
    assert verdicts(first, second) == expected


def test_rules_do_not_depend_on_which_value_comes_first():
    target = OTHER | {"status": "target", "year": 2024, "place_key": "110101", "value": 30.0, "bound": ">=", "base": ""}
    assert [row["rule"] for row in judge(ALIKE, target)] == [row["rule"] for row in judge(target, ALIKE)]


def test_what_is_asked_for_is_granted_and_flagged():
    assert verdicts({"base": "unknown"}, assume_same_definition=True) == {"unstated": FLAGGED}
    assert verdicts({"year": 2020}, max_gap=3) == {"years_apart": FLAGGED}
    assert verdicts({"year": 2022}, max_gap=0) == {"year_apart": REFUSED}
    assert verdicts({"bound": ">"}, assume_same_definition=True, max_gap=9) == {"bound": REFUSED}


def test_totals_of_several_places_are_told_without_going_through_their_pairs():
    here, there = ({"observation": name, "place_key": name, "indicator": "i", "unit": "个"} for name in "ab")
    assert totals_apart([here, there]) == {"a", "b"}
    assert totals_apart([here, here]) == totals_apart([here, there | {"indicator": "j"}]) == set()
    assert totals_apart([here | {"unit": "%"}, there | {"unit": "%"}]) == set()


def test_every_rule_of_the_codebook_has_its_condition_in_code_and_says_what_would_help():
    rules = codebook().by_key("comparability")
    assert set(rules) == {*HOLDS, "same_quantity"}
    for name, rule in rules.items():
        assert rule["reason_zh"] and rule["reason_en"], name
        refusable = rule["reckoned"] not in ("yes", "flagged") or rule["asked_with"]
        assert bool(rule["valid_if_zh"]) == bool(rule["valid_if_en"]) == bool(rule["refuses"]) == bool(refusable), name


def observation(report, place_code, value, **columns):
    start = columns.pop("start", 10)
    plain = {
        "observation": f"{report}@{start}", "report": report, "section": "", "place_code": place_code, "indicator": "fd_sign_rate",
        "definition": "unknown", "candidates": "", "themes": "family_doctor", "subject": "签约率", "scope": "", "base": "unknown",
        "kind": "level", "status": "actual", "stage": "none", "bound": "=", "value": value, "low": None, "high": None, "unit": "%",
        "period": "", "stock_or_flow": "stock", "start": start, "end": start + 2, "sentence_start": 0, "sentence_end": 20,
        "quote": f"签约率{value}%。", "rule": "", "flags": "", "correction": "", "checked_by": "",
    }  # fmt: skip
    return plain | columns


def report(name, place_code, place, level, year, genre="summary"):
    document = name.partition("#")[0]
    return {"report": name, "document": document, "place": place, "place_code": place_code, "place_level": level, "genre": genre} | {
        "year": year, "start": 0, "end": 99,
    }  # fmt: skip


def gap(place_code, document, year, reason):
    return {"place_code": place_code, "document": document, "year": year, "indicator": "fd_sign_rate", "observation": ""} | {
        "reason": reason, "evidence": "", "period": "", "observations": 0,
    }  # fmt: skip


def published(place_code, place, period, value, status="actual", bound="="):
    return {"place_code": place_code, "place": place, "indicator": "fd_sign_rate", "definition": "", "period": period} | {
        "status": status, "bound": bound, "value": value, "unit": "%", "base": "", "printed_in": "公报", "verification": "second-hand: a copy",
    }  # fmt: skip


TABLES = {
    "observations": [
        observation("a#1", "110000", 43.0, bound=">", period="2023"),
        observation("b#1", "110101", 47.84, base="resident", period="end-2024"),
        observation("c#1", "", 25.0, status="target", bound=">="),
        observation("b#1", "110101", 2.0, indicator="", start=60),
    ],
    "reports": [
        report("a#1", "110000", "北京市", "municipality", 2023),
        report("b#1", "110101", "东城区", "district", 2024),
        report("c#1", "", "", "", 2023, "plan"),
        report("d#1", "330100", "杭州市", "sub_provincial_city", 2022),
    ],
    "documents": [
        {"document": name, "tier": tier, "title": f"文件{name}", "issuer": issuer}
        for name, tier, issuer in (("a", "official", "甲委"), ("b", "official", "乙委"), ("c", "masked", ""), ("d", "official", "丁委"))
    ],
    "places": [
        {"place_code": "110000", "place": "北京市", "place_level": "municipality", "parent": ""},
        {"place_code": "110101", "place": "东城区", "place_level": "district", "parent": "110000"},
        {"place_code": "330100", "place": "杭州市", "place_level": "sub_provincial_city", "parent": "330000"},
    ],
    "coverage": [gap("330100", "", 2022, "not_mentioned"), gap("", "c", 2023, "target_only"), gap("110000", "", 2022, "no_document")],
    "indicators": [
        {"indicator": "fd_sign_rate", "name_zh": "家庭医生签约率", "name_en": "Family-doctor coverage"},
        {"indicator": "fd_teams", "name_zh": "家庭医生团队数", "name_en": "Family-doctor teams"},
        *({"indicator": f"other_{number}", "name_zh": f"其他{number}", "name_en": f"Other {number}"} for number in range(9)),
    ],
    "reference/peers": [published("440300", "深圳市", "2024", 43.0), published("330000", "浙江省", "2023", 42.0, "target", ">=")],
    "reference/benchmarks": [
        published("000000", "全国", "2035", 75.0, "target", ">="),
        published("330000", "浙江省", "2023", 42.0, "target", ">="),
    ],
}


@pytest.fixture
def corpus(monkeypatch):
    for module in (asking, comparing):
        monkeypatch.setattr(module, "load", loading(TABLES))


@pytest.mark.usefixtures("corpus")
class TestCompare:
    def test_every_value_is_shown_whatever_may_be_reckoned(self):
        values = compare("fd_sign_rate").values
        assert list(values["place_key"]) == ["110000", "110101", "c"]
        assert list(values["year"]) == [2023, 2024, 2023]
        assert list(values["bound"]) == [">", "=", ">="]
        assert list(values["tier"]) == ["official", "official", "masked"]

    def test_of_many_values_the_pairs_of_the_first_are_judged(self):
        found = compare("fd_sign_rate", most=2)
        assert len(found.values) == 3
        assert found.unjudged == 1
        assert {*found.excluded["left_place"], *found.excluded["right_place"]} == {"110000", "110101"}
        assert compare("fd_sign_rate").unjudged == 0

    def test_a_part_is_tagged_with_its_whole_only_when_both_are_shown(self):
        assert list(compare("fd_sign_rate").values["part_of"]) == ["", "110000", ""]
        assert list(compare("fd_sign_rate", ["110101"]).values["part_of"]) == [""]

    def test_every_refusal_says_why_and_what_would_make_it_valid(self):
        excluded = compare("fd_sign_rate").excluded
        between = excluded[(excluded["left_place"] == "110000") & (excluded["right_place"] == "110101")]
        assert list(between["rule"]) == ["unstated", "bound", "part_of"]
        assert excluded[["reason_zh", "reason_en", "valid_if_zh", "valid_if_en"]].ne("").all(axis=None)

    def test_notes_hold_what_does_not_forbid(self):
        notes = compare("fd_sign_rate", ["110000", "110101"]).notes
        assert list(notes["rule"]) == ["year_apart", "level"]

    def test_values_are_chosen_by_place_year_and_status(self):
        assert list(compare("fd_sign_rate", ["c"]).values["observation"]) == ["c#1@10"]
        assert list(compare("fd_sign_rate", years=["2024"]).values["place_key"]) == ["110101"]
        assert list(compare("fd_sign_rate", status=["target"]).values["place_key"]) == ["c"]

    def test_an_indicator_without_values_gives_empty_tables_with_their_columns(self):
        nothing = compare("fd_teams")
        assert nothing.values.empty and nothing.excluded.empty and nothing.notes.empty
        assert {"observation", "part_of", "panel"} <= set(nothing.values.columns)
        assert "reason_zh" in nothing.excluded.columns

    @pytest.mark.parametrize("name", ["fd_sign_rate", "家庭医生签约率", "签约率", "family-doctor coverage", "coverage"])
    def test_an_indicator_is_asked_for_by_code_or_name_or_a_part_of_one_name_alone(self, name):
        assert list(compare(name).values["place_key"]) == ["110000", "110101", "c"]
        assert list(missing(name)["reason"]) == ["no_document", "not_mentioned", "target_only"]

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("110101", "110101"),
            ("东城区", "110101"),
            ("东城", "110101"),
            ("Beijing", "110000"),
            ("c", "c"),
            ("隐名城市", "c"),
            ("masked", "c"),
        ],
    )
    def test_a_place_is_asked_for_by_code_or_name_or_a_part_of_one_name_alone(self, name, key):
        assert set(compare("fd_sign_rate", [name]).values["place_key"]) == {key}

    @pytest.mark.parametrize(
        ("asked", "says"),
        [
            ({"indicators": "fd_sing_rate"}, r"no indicator is called fd_sing_rate. Nearest: fd_sign_rate \(家庭医生签约率\), "),
            ({"indicators": "家庭医生"}, r"“家庭医生” may be more than one indicator. Nearest: fd_\w+ \(\w+\), fd_\w+ \(\w+\)$"),
            ({"indicators": ""}, "no indicator is called"),
            ({"places": ["999999"]}, "no place with a report is called 999999"),
            ({"status": ["planned"]}, "Known are"),
        ],
    )
    def test_a_name_that_means_nothing_or_several_things_is_an_error_that_names_the_nearest(self, asked, says):
        with pytest.raises(ComparisonError, match=says) as caught:
            compare(**{"indicators": "fd_sign_rate"} | asked)
        assert str(caught.value).count("(") <= 5

    def test_only_places_with_a_report_are_offered(self, monkeypatch):
        province = {"place_code": "330000", "place": "浙江省", "place_level": "province", "parent": ""}
        monkeypatch.setitem(TABLES, "places", [*TABLES["places"], province])
        with pytest.raises(ComparisonError) as caught:
            compare("fd_sign_rate", ["浙江省"])
        assert "330100 (杭州市)" in caught.value.remedy
        assert "330000" not in caught.value.remedy

    def test_where_there_is_no_value_it_is_said_which_there_are_and_why(self):
        said = nothing_found("fd_sign_rate", ["330100"], [2022])
        assert said.startswith("No report gives a value of fd_sign_rate for places 330100 (杭州市); years 2022. ")
        assert "for the years 2023, 2024 and the places 110000 (北京市), 110101 (东城区), c (隐名城市). " in said
        assert said.endswith("Why there is none: no number given: 330100 2022.")
        assert nothing_found("fd_sign_rate", years=[2019]).endswith("The reports read are of 2022, 2023, 2024.")
        assert (
            nothing_found("fd_teams")
            == "No report gives a value of fd_teams for any place or year. The reports read are of 2022, 2023, 2024."
        )

    def test_known_definitions_that_differ_get_panels_of_their_own(self, monkeypatch):
        rows = [
            observation("a#1", "110000", 40.0, base="registered", definition="x"),
            observation("b#1", "110101", 47.84, base="resident", definition="x"),
        ]
        monkeypatch.setitem(TABLES, "observations", rows)
        assert compare("fd_sign_rate").values["panel"].nunique() == 2

    def test_json_holds_the_three_tables_and_no_gaps(self):
        held = json.loads(compare("fd_sign_rate").to_json())
        assert set(held) == {"values", "excluded", "notes"}
        assert held["values"][1]["value"] == 47.84
        assert held["values"][1]["low"] is None

    def test_missing_values_keep_their_reason_and_name_what_was_read(self):
        rows = missing("fd_sign_rate")
        assert list(zip(rows["place_key"], rows["reason"], strict=True)) == [
            ("110000", "no_document"), ("330100", "not_mentioned"), ("c", "target_only"),
        ]  # fmt: skip
        assert list(rows["title"]) == ["", "文件d", "文件c"]
        assert list(missing("fd_sign_rate", ["330100"])["issuer"]) == ["丁委"]
        assert list(missing("fd_sign_rate", years=[2023])["place_key"]) == ["c"]

    def test_peers_and_benchmarks_are_kept_apart_and_named_once(self):
        assert list(peers("fd_sign_rate")["place_code"]) == ["330000", "440300"]
        assert list(benchmarks("fd_sign_rate")["year"]) == [2035]
