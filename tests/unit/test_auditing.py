"""Audits: the checks of a corpus of our own with their words, counted by relation and laid out by report, and what is asked for wrongly."""

from __future__ import annotations

import json
import re
import string

import pytest

import small_corpus
from spec.checks import TEXTS
from weijian import figures
from weijian.auditing import checked, counted, mapped
from weijian.checks import check_rows
from weijian.codebook import codebook
from weijian.corpus import Corpus
from weijian.errors import ComparisonError
from weijian.evidence import reports_read
from weijian.reading import read
from weijian.words import arithmetic_in, check_said

SUMMARY = """深圳市卫生健康委员会2023年工作总结

一、资源

全市现有床位800张,其中公办320张、民办480张。全市现有诊所700家,其中公办300家、民办450家。

二、人员

卫生人员2140人,其中医师120人、护士960人。新建甲湖、乙湖2家社区卫生服务中心。
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = small_corpus.make(tmp_path_factory.mktemp("audit"))
    (folder / "data" / "raw" / "city-2023-summary.txt").write_text(SUMMARY, encoding="utf-8")
    Corpus(folder, say=lambda message: None).build()
    return folder


def test_a_sound_sum_a_wrong_one_and_one_that_cannot_be_decided(root):
    sums = checked(relations=["sum"], root=root)
    assert list(sums["verdict"]) == ["holds", "fails", "undecidable"]
    assert list(sums["reckoned_zh"]) == [
        "320 + 480 = 800，原文写800",
        "300 + 450 = 750，原文写700",
        "120 + 960 = 1080，原文写2140",
    ]
    assert list(sums["reckoned_en"]) == list(sums["arithmetic"])
    assert list(sums["undecided_en"]) == ["", "", "the parts need not be all"]
    assert sums["quote"].str.contains("其中").all()


def test_a_row_tells_its_report_what_it_says_and_what_it_does_not(root):
    (row,) = checked(verdicts=["fails"], root=root).to_dict("records")
    assert (row["place_key"], row["place"], row["year"], row["genre"], row["tier"]) == ("440300", "深圳市", 2023, "summary", "official")
    assert row["sentence_zh"] == check_said("sum", "fails", "zh")
    assert row["limit_en"] == check_said("sum", "fails", "en", "limit")
    assert row["limit_en"]


def test_a_row_leads_to_the_first_of_its_numbers(root):
    text = (root / "data" / "raw" / "city-2023-summary.txt").read_text(encoding="utf-8")
    for row in checked(root=root).to_dict("records"):
        report, _, start = row["observation"].rpartition("@")
        spans = json.loads(row["members"])
        assert report == row["report"]
        assert [int(start), text[int(start) : spans[0][1]]] == [spans[0][0], text[slice(*spans[0])]]


def test_verdicts_relations_places_and_years_may_be_asked_for_by_name(root):
    assert set(checked(verdicts=["不符", "holds"], root=root)["verdict"]) == {"fails", "holds"}
    assert set(checked(relations=["count of a list"], root=root)["relation"]) == {"list_count"}
    assert len(checked(["深圳市"], [2023], root=root)) == len(checked(root=root)) == 4
    assert checked(years=[2024], root=root).empty


@pytest.mark.parametrize("asked", [{"verdicts": ["wrong"]}, {"relations": ["product"]}, {"places": ["北京市"]}])
def test_an_unknown_word_is_an_error_and_no_empty_table(root, asked):
    with pytest.raises(ComparisonError, match="Nearest"):
        checked(**asked, root=root)


def test_every_relation_is_counted_and_those_without_a_check_too(root):
    table = counted(checked(root=root)).set_index("relation")
    assert list(table.index) == list(codebook().words("check_relation"))
    assert list(table.loc["sum", ["holds", "fails", "undecidable", "checks"]]) == [1, 1, 1, 3]
    assert table.loc["growth", "checks"] == 0
    assert list(table.index[table["only_failures"].eq("yes")]) == ["range"]
    assert (table[["claim_zh", "claim_en"]] != "").all(axis=None)
    assert list(counted(checked(root=root), ["sum"])["relation"]) == ["sum"]


def test_the_map_has_a_cell_for_each_report_and_relation_and_sums_to_the_checks(root):
    checks, reports = checked(root=root), reports_read(root=root)
    cells = mapped(checks, reports)
    assert cells["checks"].sum() == len(checks)
    assert set(zip(cells["report"], cells["relation"], strict=True)) == {
        (report, relation) for report in reports["report"] for relation in codebook().words("check_relation")
    }
    assert list(cells[cells["verdict"] == ""]["checks"].unique()) == [0]
    sums = cells[(cells["relation"] == "sum") & (cells["report"] == "city-2023-summary#1")]
    assert list(sums["verdict"]) == ["holds", "fails", "undecidable"]
    assert sums["observation"].ne("").all()


def test_a_corpus_without_any_check_can_be_mapped(root):
    checks, reports = checked(years=[2024], root=root), reports_read(years=[2024], root=root)
    cells = mapped(checks, reports)
    assert set(cells["verdict"]) == {""}
    assert figures.heading("no_such_relation", "zh") in figures.audit_map(cells, title="甲", subtitle="乙").alternative


def test_the_table_says_codes_in_words(root):
    shown = figures.table(checked(root=root), ["relation", "verdict", "reckoned", "undecided", "sentence"], "zh")
    assert not re.search("sum|holds|fails|undecidable|printed", repr(shown))


def test_the_arithmetic_of_every_check_can_be_told_in_chinese():
    found = [row.arithmetic for case in TEXTS for row in check_rows(read(case.title + case.text))]
    assert len(found) >= 50
    for arithmetic in found:
        words = set(re.findall(r"[A-Za-z]{2,}", arithmetic_in(arithmetic, "zh")))
        assert not words & set(re.findall("[a-z]{2,}", " ".join(codebook().words("arithmetic")))), arithmetic
        assert not set(string.ascii_lowercase) & set(arithmetic_in(arithmetic, "zh")), arithmetic
        assert re.findall(r"\d[\d,.]*\d|\d", arithmetic) == re.findall(r"\d[\d,.]*\d|\d", arithmetic_in(arithmetic, "zh"))


def test_every_verdict_that_is_no_agreement_says_what_it_does_not_mean():
    for row in codebook().rows("check_sentences"):
        assert bool(row["limit_zh"]) == bool(row["limit_en"]) == (row["verdict"] != "holds"), row
