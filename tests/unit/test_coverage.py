"""Every place, year and indicator has its value or the reason for its absence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from weijian.coverage import coverage_rows
from weijian.records import Observation, Report

CITY = Report("city#1", "city", 1, 0, 100, place_code="330100", year=2022, genre="summary")
PLAN = Report("city#2", "city", 2, 100, 200, place_code="330100", year=2023, genre="plan")
DISTRICT = Report("district#1", "district", 1, 0, 100, place_code="310112", year=2023, genre="summary")
MASKED = Report("masked#1", "masked", 1, 0, 100, year=2023, genre="plan")
EMPTY = dict.fromkeys(("section", "place_code", "definition", "subject", "base", "stage", "unit", "stock_or_flow", "quote", "rule"), "")


def told(report: Report, start: int = 1, **cells: object) -> Observation:
    plain = {
        "observation": f"{report.key}@{start}", "report": report.key, "indicator": "fd_teams", "candidates": (), "themes": (), "scope": "",
        "kind": "level", "status": "actual", "bound": "=", "value": Decimal(60), "low": None, "high": None, "period": str(report.year),
        "start": start, "end": start + 2, "sentence_start": 0, "sentence_end": 10, "flags": (),
    }  # fmt: skip
    return Observation(**(EMPTY | plain | cells))  # type: ignore[arg-type]


def cell(reports: list[Report], observations: list[Observation], place: str, year: int) -> dict[str, object]:
    rows = coverage_rows(reports, observations, ["fd_teams"])
    return next(row for row in rows if place in (row["place_code"], row["document"]) and row["year"] == year)


def test_a_value_is_given_by_its_observation():
    row = cell([CITY], [told(CITY)], "330100", 2022)
    assert (row["observation"], row["reason"], row["observations"]) == ("city#1@1", "", 1)


REASONS = [
    ({"status": "target"}, "target_only"),
    ({"indicator": "", "candidates": ("fd_teams",), "scope": "莘庄镇"}, "part_of_place_only"),
    ({"indicator": "", "candidates": ("fd_teams",)}, "other_definition"),
    ({"value": None}, "unreadable"),
    ({"indicator": "", "candidates": ("fd_teams",), "kind": "change_rel"}, "not_mentioned"),
    ({"indicator": "", "candidates": ("fd_teams",), "status": "reference"}, "not_mentioned"),
    ({"indicator": "fd_sign_rate", "candidates": ("fd_sign_rate", "fd_teams")}, "not_mentioned"),
]


@pytest.mark.parametrize(("cells", "reason"), REASONS)
def test_what_is_missing_has_its_reason_and_what_it_rests_on(cells: dict[str, object], reason: str):
    row = cell([CITY], [told(CITY, **cells)], "330100", 2022)
    assert (row["observation"], row["reason"]) == ("", reason)
    assert row["evidence"] == ("" if reason == "not_mentioned" else "city#1@1")


def test_an_outcome_counts_before_a_target():
    row = cell([CITY], [told(CITY, status="target"), told(CITY, 5)], "330100", 2022)
    assert (row["observation"], row["reason"]) == ("city#1@5", "")


def test_a_range_is_a_value():
    assert cell([CITY], [told(CITY, value=None, low=Decimal(30), high=Decimal(50))], "330100", 2022)["reason"] == ""


def test_a_year_for_which_a_place_has_no_report_says_so():
    row = cell([CITY, DISTRICT], [], "310112", 2022)
    assert row["reason"] == "no_document"


def test_a_value_of_an_earlier_year_covers_that_year_and_no_other():
    earlier = told(DISTRICT, period="2022")
    assert cell([CITY, DISTRICT], [earlier], "310112", 2022)["observation"] == "district#1@1"
    row = cell([CITY, DISTRICT], [earlier], "310112", 2023)
    assert (row["observation"], row["reason"]) == ("", "not_mentioned")


def test_two_reports_of_one_place_stand_in_one_row_a_year():
    rows = list(coverage_rows([CITY, PLAN], [told(CITY), told(PLAN, status="target")], ["fd_teams"]))
    assert [(row["year"], row["reason"]) for row in rows] == [(2022, ""), (2023, "target_only")]


def test_a_masked_report_is_a_place_of_its_own_and_of_its_own_year_only():
    rows = list(coverage_rows([CITY, MASKED], [told(MASKED, status="target")], ["fd_teams"]))
    assert [(row["place_code"], row["document"], row["year"], row["reason"]) for row in rows] == [
        ("330100", "", 2022, "not_mentioned"),
        ("", "masked", 2023, "target_only"),
    ]


def test_a_report_without_a_year_keeps_its_row():
    rows = list(coverage_rows([replace(MASKED, year=None)], [told(MASKED, period="")], ["fd_teams"]))
    assert [(row["year"], row["observation"]) for row in rows] == [(None, "masked#1@1")]


def test_every_indicator_has_a_row_for_every_place_and_year():
    rows = list(coverage_rows([CITY, PLAN, DISTRICT], [], ["fd_teams", "fd_sign_rate"]))
    assert len({(row["place_code"], row["year"], row["indicator"]) for row in rows}) == len(rows) == 2 * 2 * 2
