"""What a notebook shows of a reading, an observation and a comparison: what a reader needs, in words, and no markup of a report's."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from weijian import displays
from weijian.compare import Comparison, compare
from weijian.displays import Told, counts, line, marked
from weijian.documents import read_document
from weijian.pages import clean
from weijian.reading import read
from weijian.records import Observation, Reading

ROOT = Path(__file__).parents[2]
BOTH = ROOT / "data/raw/330100-2022-summary-2023-plan.txt"
HOSTILE = "<script>alert(1)</script>深圳市2023年工作总结<img src=x onerror=y>\n\n全市<b>家庭医生</b>签约率超过43%<iframe src=//a.b>。"
PLAIN = ["p", "strong", "blockquote", "mark", "table", "thead", "tbody", "tr", "th", "td"]


class Tags(HTMLParser):
    """Collects the elements of HTML, each with its attributes, and checks that they close as they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(read_document(BOTH))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare("fd_sign_rate", root=ROOT)


def observation(reading: Reading) -> Observation:
    return next(each for each in reading.observations if each.indicator)


def test_a_reading_shows_each_of_its_reports_with_its_numbers(reading: Reading):
    shown = reading._repr_html_()
    first, second = shown.split("2023年杭州市卫生健康工作要点")
    assert "杭州市 · 2022 · 工作总结" in first
    assert "杭州市 · 2023 · 工作要点" in second
    for part, report in zip((first, second), reading.reports, strict=True):
        told = [each for each in reading.observations if each.report == report.key]
        assert f"{len(told)}个数值" in part
        actual, target, other = (sum(each.status == status for each in told) for status in ("actual", "target", "reference"))
        assert f"<tr><td>合计</td><td>{actual}</td><td>{target}</td><td>{other}</td></tr>" in part


def test_a_number_of_two_themes_counts_in_both_and_once_in_the_sum():
    shown = repr(counts([Told(("community_health", "elderly_care"), "actual"), Told((), "target")]))
    assert [row.split()[1:] for row in shown.splitlines()[1:]] == [["1", "0", "0"], ["1", "0", "0"], ["0", "1", "0"], ["1", "1", "0"]]


def test_a_text_without_a_number_is_shown_as_such():
    assert "0个数值" in read("没有任何数。")._repr_html_()
    assert repr(read("没有任何数。")) == "Reading('text': reports=1, sections=0, mentions=0, observations=0)"


def test_a_report_shows_title_place_year_and_genre(reading: Reading):
    assert reading.reports[0]._repr_html_().startswith("<p><strong>2022年杭州市卫生健康工作总结</strong>\u3000杭州市 · 2022 · 工作总结")


def test_an_observation_shows_its_value_in_words_and_its_number_in_the_sentence(reading: Reading):
    one = observation(reading)
    shown = one._repr_html_()
    marks = re.findall("<mark>(.*?)</mark>", shown)
    assert marks == [reading.document.text[one.start : one.end]]
    assert re.sub("<.*?>", "", shown.partition("<blockquote>")[2]) == one.quote
    for words in ("杭州市", "2022", "实际值", one.observation):
        assert words in shown.partition("<blockquote>")[0]


def test_a_bound_and_a_range_are_shown():
    bound, both = read("全市家庭医生签约率超过43%。新增床位30-50张。").observations
    assert "家庭医生签约率 &gt;43%" in bound._repr_html_()
    assert "30–50张" in both._repr_html_()
    assert "fd_sign_rate > 43%, actual" in repr(bound)
    assert "= 30-50张" in repr(both)


def test_the_plain_form_of_a_record_is_one_line_that_never_fails(reading: Reading):
    one = observation(reading)
    assert "\n" not in repr(one)
    assert one.quote in repr(one)
    assert one.observation in repr(one)
    assert repr(replace(one, value=None, low=None, high=None, indicator="", bound="", unit="?"))
    assert len(repr(reading)) < 200


def test_a_comparison_shows_values_refusals_and_notes_in_words(comparison: Comparison):
    shown = comparison._repr_html_()
    values, _, rest = shown.partition("不可推算")
    refused, _, notes = rest.partition("可推算但须注意")
    assert ">&gt;43%</a></td>" in values
    assert ">47.84%</a></td>" in values
    assert f"（{len(comparison.values)}）" in values
    assert refused.count("<tr>") == len(comparison.excluded) + 1
    assert f"（{len(comparison.notes)}）" in notes
    assert "口径未说明" in refused
    assert not re.search("fd_sign_rate|unstated|official|municipality", shown)


def test_an_empty_comparison_says_so():
    nothing = compare("fd_sign_rate", years=[1990], root=ROOT)
    assert nothing._repr_html_().count("<td>没有</td>") == 3


@pytest.mark.parametrize(
    "text", [HOSTILE, HOSTILE.replace("深圳市", '深圳市"><svg onload=1>'), "43%</mark></blockquote><script>1</script>床位5张。"]
)
def test_markup_of_a_report_is_shown_and_not_run(text: str):
    found = read(text)
    for shown in (found, *found.reports, *found.observations):
        assert {tag for tag, _ in Tags(shown._repr_html_()).seen} <= set(PLAIN)
        assert all(not attributes for _, attributes in Tags(shown._repr_html_()).seen)
    assert any("&lt;" in each._repr_html_() for each in found.observations)


def test_markup_in_a_table_of_a_comparison_is_shown_and_not_run(comparison: Comparison):
    pairs = [{**row, "verdict": "refused", "reason_zh": "<script>"} for row in comparison.excluded.to_dict("records")]
    spoiled = Comparison(comparison.values.assign(place="<b onclick=x>甲</b>"), lambda: pairs)
    shown = spoiled._repr_html_()
    assert {tag for tag, _ in Tags(shown).seen} <= {*PLAIN, "a"}
    assert "&lt;b onclick=x&gt;" in shown
    assert "&lt;script&gt;" in shown


def test_the_pages_let_through_what_is_shown(reading: Reading, comparison: Comparison):
    for shown in (reading, observation(reading), comparison):
        html = shown._repr_html_()
        assert [tag for tag, _ in Tags(clean(html)).seen] == [tag for tag, _ in Tags(html).seen]


def test_the_pieces_escape_what_they_are_given():
    assert line("<a>", ["<b>", ""]) == "<p><strong>&lt;a&gt;</strong>\u3000&lt;b&gt;</p>"
    assert marked("<1>", 1, 2) == "<blockquote>&lt;<mark>1</mark>&gt;</blockquote>"
    assert displays.what_is_measured("an_indicator_of_tomorrow", "床位") == "an_indicator_of_tomorrow"
