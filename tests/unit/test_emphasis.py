"""What reports attend to, as readers see it: names in both languages, order, copies left out of what is ranked."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_corpus
from weijian.corpus import Corpus
from weijian.emphasis import attention, common_phrases, genre_keywords, keywords, ranges, reports, shared_by_pair


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of an official summary and a copy of a plan, built."""
    manifest = "city-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,,,republisher,,\n"
    found = small_corpus.make(tmp_path_factory.mktemp("corpus"), rows=manifest)
    plan = found / "data/raw/city-2024-plan.txt"
    plan.write_text(
        small_corpus.PLAN + "\n二、继续推进\n\n常住人口家庭医生签约服务。" + "推进签约。" * 4 + "组建家庭医生团队1200个。\n",
        encoding="utf-8",
    )
    Corpus(found, say=lambda message: None).build()
    return found


def test_reports_are_called_by_place_year_and_genre(root: Path):
    assert list(reports(root=root)["name_zh"]) == ["深圳市 2023 工作总结", "深圳市 2024 工作要点"]
    assert list(reports(root=root)["name_en"]) == ["Shenzhen 2023 work summary", "Shenzhen 2024 work plan"]
    assert list(reports(years=[2024], root=root)["genre"]) == ["plan"]
    assert reports(["深圳"], [2020], root=root).empty


def test_attention_has_each_theme_in_the_order_of_the_codebook_and_draws_shares(root: Path):
    rows = attention(root=root)
    assert list(rows["theme_code"]) == [theme for theme in ("family_doctor", "community_health", "elderly_care", "none") for _ in range(2)]
    assert list(rows["plain_word"].unique()) == ["家庭医生", "社区", "养老", ""]
    assert (rows["value"] == rows["share"].round(1)).all()


def test_the_range_of_a_theme_leaves_copies_out(root: Path):
    rows = attention(root=root)
    own = rows[rows["tier"].eq("official")].set_index("theme_code")["value"]
    told = ranges(rows[rows["theme_code"].eq("elderly_care")], "en")
    assert told == f"Elderly care {own['elderly_care']}%"
    assert ranges(rows[rows["tier"].eq("republisher")], "zh") == ranges(rows.head(0), "zh") == "没有"


def test_words_stand_by_report_and_by_genre_the_highest_first(root: Path):
    words = keywords(root=root, most=2)
    assert set(words.groupby("report").size()) <= {1, 2}
    assert words.groupby("report")["score"].apply(lambda scores: scores.is_monotonic_decreasing).all()
    genres = genre_keywords(1, root=root)
    assert list(genres["genre"]) == ["plan", "summary"] and genres["word"].iloc[0] in ("签约", "推进")


def test_shared_phrases_are_summed_by_pair(root: Path):
    phrases = common_phrases(root=root)
    assert "组建家庭医生团队1200个" in phrases["common_text"].iloc[0]
    pairs = shared_by_pair(phrases)
    assert list(pairs["stretches"]) == [len(phrases)] and pairs["characters"].iloc[0] == phrases["characters"].sum()
    assert common_phrases(years=[2023], root=root).empty
    assert shared_by_pair(phrases.head(0)).empty
