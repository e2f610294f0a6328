"""What plans promised and summaries report, as readers see it: both sides of each pair, what nobody promised, the next targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_corpus import HEADER
from weijian import figures
from weijian.corpus import Corpus
from weijian.errors import ComparisonError
from weijian.promised import next_targets, plans, promised, tally, unpromised

PLAN = """2023年深圳市卫生健康工作要点

一、基层卫生

新建社区护理站5家。家庭医生签约率达到45%以上。新建智慧养老院9家。市老年医院新建项目完成竣工验收。举办护理技能大赛。
"""
SUMMARY = """深圳市卫生健康委员会2023年工作总结

一、基层卫生

新建社区护理站7家(年度计划5家)。家庭医生签约率为43.5%。市老年医院新建项目有序推进。

二、老年健康

建设老年心理关爱点12个。
"""
NEXT = """2024年深圳市卫生健康工作要点

一、基层卫生

新建社区护理站8家。
"""
FILES = {
    "city-2023-plan.txt": (PLAN, "republisher"),
    "city-2023-summary.txt": (SUMMARY, "official"),
    "city-2024-plan.txt": (NEXT, "official"),
    "some-plan.txt": ("工作要点\n\n2023年我市新建社区医院3家。\n", "masked"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two plans of a city, a summary between them, and the plan of a masked city, built."""
    found = tmp_path_factory.mktemp("corpus")
    raw = found / "data" / "raw"
    raw.mkdir(parents=True)
    for name, (text, _) in FILES.items():
        (raw / name).write_text(text, encoding="utf-8")
    rows = "\n".join(f"{name},,,,,,{tier},," for name, (_, tier) in FILES.items())
    (raw / "manifest.csv").write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    Corpus(found, say=lambda message: None).build()
    return found


def test_a_plan_is_followed_by_a_summary_of_its_place_and_year_or_by_none(root: Path):
    table = plans(root=root)
    assert list(table["report"]) == ["city-2023-plan#1", "city-2024-plan#1", "some-plan#1"]
    assert list(table["summary"]) == ["city-2023-summary#1", "", ""]
    assert table.loc[0, ["promises", "counted", "answered"]].tolist() == [5, 3, 3]
    assert list(plans(["深圳"], [2024], root=root)["report"]) == ["city-2024-plan#1"]
    assert [row[-1] for row in figures.table(table, ["place", "summary_title"]).cells] == [
        "深圳市卫生健康委员会2023年工作总结",
        "没有",
        "没有",
    ]


def test_each_promise_has_its_verdict_and_both_sides(root: Path):
    table = promised(years=[2023], root=root).set_index("plan_quote")
    verdicts = table["promise_verdict"].to_dict()
    assert verdicts == {
        "新建社区护理站5家": "exceeded",
        "家庭医生签约率达到45%以上": "short",
        "新建智慧养老院9家": "not_reported",
        "市老年医院新建项目完成竣工验收": "softened",
        "举办护理技能大赛": "not_reported",
    } | {quote: "not_reported" for quote in verdicts if "社区医院" in quote}
    short = table.loc["家庭医生签约率达到45%以上"]
    assert (short["plan_value"], short["plan_bound"], short["plan_tier"]) == (45.0, ">=", "republisher")
    assert (short["outcome_value"], short["outcome_unit"], short["outcome_tier"]) == (43.5, "%", "official")
    assert short["indicator"] == "fd_sign_rate"


def test_a_side_leads_to_the_observation_of_its_figure(root: Path):
    row = promised(root=root).set_index("plan_quote").loc["新建社区护理站5家"]
    for side, text in (("plan", PLAN), ("outcome", SUMMARY)):
        report, _, start = row[f"{side}_observation"].partition("@")
        assert report == row[f"{side}_report"] and text[int(start)] == f"{row[f'{side}_value']:.0f}"
    assert row["outcome_value"] == 7.0  # and not the restated plan in its brackets
    assert row["flags"] == "restated_equal"


def test_what_is_not_reported_has_no_second_side(root: Path):
    row = promised(root=root).set_index("plan_quote").loc["新建智慧养老院9家"]
    assert [row[f"outcome_{name}"] for name in ("quote", "unit", "observation", "title")] == ["", "", "", ""]
    assert row["outcome_value"] != row["outcome_value"]


def test_verdicts_are_asked_for_by_code_or_by_name(root: Path):
    assert len(promised(verdicts=["softened", "超额"], root=root)) == len(promised(verdicts=["softened", "exceeded"], root=root)) == 2
    with pytest.raises(ComparisonError, match="no verdict is called forgotten"):
        promised(verdicts=["forgotten"], root=root)


def test_verdicts_are_counted_in_the_order_of_the_codebook(root: Path):
    rows = promised(["深圳"], [2023], root=root)
    assert tally(rows, "zh") == "超额1项、未达到1项、措辞减弱1项、未见报告2项"
    assert tally(next_targets(root=root), "en") == "1 raised"
    assert tally(rows.head(0), "en") == "none"


def test_what_nobody_promised_stands_under_its_theme(root: Path):
    table = unpromised(root=root)
    assert list(table["quote"]) == ["建设老年心理关爱点12个"]
    assert (table["theme_en"].iloc[0], table["value"].iloc[0]) == ("Elderly care", 12.0)
    assert unpromised(years=[2020], root=root).empty


def test_an_outcome_stands_beside_the_next_target(root: Path):
    (row,) = next_targets(root=root).to_dict("records")
    assert (row["outcome_value"], row["target_value"], row["next_verdict"], row["year"]) == (7.0, 8.0, "raised", 2024)
    assert next_targets(years=[2023], root=root).empty


def test_a_place_without_a_plan_has_empty_tables_of_the_same_columns(root: Path):
    for table in (promised, next_targets):
        assert list(table(years=[1999], root=root).columns) == list(table(root=root).columns)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_show_both_values_in_words_and_lead_to_both_sentences(root: Path, language: str):
    rows = promised(years=[2023], root=root)
    shown = figures.table(rows, ["promise_verdict", "plan_value", "outcome_value", "matched_by", "plan_quote", "outcome_quote"], language)
    text, html = repr(shown), shown._repr_html_()
    assert "≥45%" in text and "43.5%" in text and figures.word("promise_verdict", "short", language) in text
    assert figures.word("matched_by", "wording", language) in text and "wording;" not in text
    for report, starts in ((rows[f"{side}_report"], rows[f"{side}_start"]) for side in ("plan", "outcome")):
        for key, start in zip(report, starts, strict=True):
            assert not key or f"texts/{key.partition('#')[0]}.html#c{int(start)}" in html  # the words, with a figure or without
    for observation in (*rows["plan_observation"], *rows["outcome_observation"]):
        assert not observation or f"texts/{observation.partition('#')[0]}.html#n{observation.partition('@')[2]}" in html
