"""Figures: what stands in the table of marks and on the sheet, and that every file is the same each time."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from figures.legible import assert_legible, text_boxes, texts_of
from figures.samples import comparison, crowded, every_mark, gaps, pair, sample
from weijian import figures
from weijian.codebook import codebook
from weijian.errors import FigureError
from weijian.figures import style
from weijian.figures.excerpt import excerpt
from weijian.figures.layout import lay_out
from weijian.figures.sheet import Sheet
from weijian.words import WORD_LISTS, heading

SVG = "{http://www.w3.org/2000/svg}"
HAN = "家庭医生签约"


def texts(figure):
    return texts_of(figure.canvas)


def pixels(canvas):
    agg = FigureCanvasAgg(canvas)
    agg.draw()
    return np.asarray(agg.buffer_rgba())


@pytest.fixture(scope="module")
def drawn():
    return {language: sample(language) for language in ("zh", "en")}


def test_own_rows_come_first_by_level_then_context_by_year_then_benchmarks():
    table = every_mark()
    assert list(dict.fromkeys(table["panel"])) == ["own", "context", "benchmark"]
    own = table[table["panel"] == "own"]
    assert list(dict.fromkeys(own["place_key"])) == ["110000", "330100", "110101", "masked-plan"]
    years = [int(year) for year in table[table["panel"] == "context"]["year"]]
    assert years == sorted(years, reverse=True)


def test_a_place_without_a_value_keeps_its_row_with_reason_and_years():
    row = every_mark().set_index("place_key").loc["330100"]
    assert (row["status"], row["reason"], row["year"]) == ("missing", "not_mentioned", "2022;2023")
    assert pd.isna(row["value"])


def test_years_without_a_document_are_told_only_when_there_is_nothing_else():
    table = gaps(("330100", 2022, "no_document"), ("330100", 2023, "no_document"))
    marks = figures.marks(comparison(), table)
    assert list(marks[marks["place_key"] == "330100"]["reason"]) == ["no_document"]


def test_totals_of_different_places_are_marked_as_not_to_be_compared():
    assert set(figures.marks(comparison(rule="counts"))["greyed"]) == {"yes", ""}


def test_every_own_mark_leads_to_its_observation_and_sentence():
    own = every_mark().query("panel == 'own' and status != 'missing'")
    assert own[["observation", "quote", "issued_in"]].ne("").all(axis=None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_says_finding_measure_values_reasons_and_sources(drawn, language):
    shown = " ".join(texts(drawn[language]))
    words = {
        "zh": ["47.84%", ">43%", "≥25%", "未写出数字", "国家目标", "隐名", "口径未说明"],
        "en": ["47.84%", ">43%", "no number given", "national target"],
    }
    for expected in words[language]:
        assert expected in shown
    assert "文件甲" in shown.replace(" ", "")


@pytest.mark.parametrize("draw", [sample, pair, crowded])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_runs_over_the_margins_or_into_another_text(draw, language):
    assert_legible(draw(language).canvas)


@pytest.mark.parametrize("draw", [sample, crowded])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_target_line_runs_through_a_text(draw, language):
    canvas = draw(language).canvas
    boxes = text_boxes(canvas)
    lines = [line.get_window_extent() for line in canvas.findobj(mpl.lines.Line2D) if line.get_linestyle() == "--"]
    assert len(lines) == {sample: 1, crowded: 2}[draw]
    for text, box in boxes:
        assert not [line for line in lines if box.x0 - 1 < line.x0 < box.x1 + 1 and line.y0 < box.y1 and box.y0 < line.y1], text


@pytest.mark.parametrize("sharpness", [80, 200])
@pytest.mark.parametrize("upright", [False, True])
def test_letters_are_drawn_where_they_are_measured(sharpness, upright):
    canvas = Canvas(figsize=(6, 6), dpi=sharpness)
    Sheet(canvas, 432).write(200, 300, "Hg: 上海市卫生健康委员会2023国", style.NOTE, upright=upright, ha="center")
    ((_, box),) = text_boxes(canvas)
    inked = np.argwhere(pixels(canvas)[::-1, :, 0] < 160)
    (y0, x0), (y1, x1) = inked.min(axis=0), inked.max(axis=0) + 1
    along, across = ((y0, y1), (x0, x1)) if upright else ((x0, x1), (y0, y1))
    sides = ((box.y0, box.y1), (box.x0, box.x1)) if upright else ((box.x0, box.x1), (box.y0, box.y1))
    assert along == pytest.approx(sides[0], abs=1 + 0.08 * style.NOTE * sharpness / 72)
    assert sides[1][0] - 1 <= across[0] and across[1] <= sides[1][1] + 1


def test_a_picture_and_a_drawing_set_letters_alike():
    canvas = Canvas(figsize=(6, 1))
    text = 'Sources: "上海市卫生健康委员会2023年度AVo工作总结"'
    Sheet(canvas, 72).write(0, 30, text, style.NOTE)
    glyphs = ElementTree.fromstring(figures.Figure(canvas, pd.DataFrame(), title="", alternative="", language="zh").svg()).iter(f"{SVG}use")
    found = [float(re.search(r"translate\(([\d.]+)", glyph.get("transform", "translate(0"))[1]) for glyph in glyphs]
    assert found == pytest.approx([100 * style.text_width(text[:end], 1) for end in range(len(text))], abs=0.1)


def test_a_character_without_a_glyph_is_an_error_that_names_it():
    with pytest.raises(FigureError, match=r"“鿿” \(U\+9FFF\)"):
        figures.dot_plot(every_mark(), title="签约鿿", subtitle="")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_of_nothing_says_so(language, tmp_path):
    figure = figures.dot_plot(every_mark().iloc[:0], title="签约率", subtitle="", language=language)
    assert heading("nothing_drawn", language).rstrip("。.") in figure.alternative
    assert_legible(figure.canvas)
    figure.save("nothing", tmp_path)
    assert len((tmp_path / "nothing.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_an_unknown_language_is_an_error():
    with pytest.raises(FigureError, match="zh, en"):
        figures.dot_plot(every_mark(), title="", subtitle="", language="fr")


def test_the_style_of_the_notebook_outside_is_left_alone():
    before = dict(mpl.rcParams)
    sample("zh").png()
    assert dict(mpl.rcParams) == before


def test_without_a_folder_a_figure_is_only_shown(drawn, tmp_path, monkeypatch):
    monkeypatch.delenv("WEIJIAN_FIGURES", raising=False)
    monkeypatch.chdir(tmp_path)
    assert drawn["zh"].save("02-a") is drawn["zh"]
    assert list(tmp_path.iterdir()) == []


def test_a_run_names_the_folder_and_the_table_is_the_same_in_both_languages(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv("WEIJIAN_FIGURES", str(tmp_path / "deep"))
    drawn["zh"].save("02-a")
    table = (tmp_path / "deep" / "02-a.csv").read_bytes()
    drawn["en"].save("02-a")
    assert (tmp_path / "deep" / "02-a.csv").read_bytes() == table
    names = sorted(path.name for path in (tmp_path / "deep").iterdir())
    assert names == ["02-a.csv", *(f"02-a.{language}.{kind}" for language in ("en", "zh") for kind in ("png", "svg", "txt"))]


def test_the_table_beside_a_figure_prints_numbers_as_the_report_does(drawn):
    rows = list(csv.DictReader(io.StringIO(drawn["zh"].csv())))
    assert [row["value"] for row in rows[:3]] == ["43", "", "47.84"]


def test_svg_is_well_formed_and_has_title_and_description(drawn):
    root = ElementTree.fromstring(drawn["zh"].svg())
    names = [child.tag.rpartition("}")[2] for child in root][:2]
    assert names == ["title", "desc"]
    assert root[1].text == drawn["zh"].alternative
    assert "date" not in drawn["zh"].svg().decode().lower().partition("<defs>")[0]


def test_a_notebook_is_given_picture_alternative_text_and_the_values(drawn):
    data, metadata = drawn["zh"]._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png"}
    assert "47.84%" in data["text/plain"]
    assert metadata["image/png"]["alt"] == drawn["zh"].alternative


@pytest.mark.slow
def test_files_are_the_same_bytes_in_another_process(drawn, tmp_path):
    script = "import sys; from figures.samples import sample; sample('zh').save('a', sys.argv[1])"
    paths = os.pathsep.join(str(Path(__file__).parents[index]) for index in (1,)) + os.pathsep + str(Path(style.__file__).parents[2])
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "LC_ALL": "C", "TZ": "Asia/Shanghai"}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=env, check=True)
    drawn["zh"].save("a", tmp_path / "here")
    for name in ("a.zh.png", "a.zh.svg", "a.zh.txt", "a.csv"):
        assert len({(tmp_path / folder / name).read_bytes() for folder in ("1", "2", "here")}) == 1, name


@given(st.text(st.sampled_from(HAN + "abc 123%,.()" + "\uff0c\u3002\uff08\uff09"), max_size=60), st.floats(20, 200))
def test_wrapping_loses_nothing_but_blanks_and_obeys_the_marks(text, width):
    lines = style.wrap(text, width, 10)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines[1:]:
        assert line[0] not in "\uff0c\u3002\uff09,.)"


def test_titles_name_the_first_places_and_say_that_there_are_others():
    rows = [{"place_code": "310000", "place": "上海市", "value": value, "bound": "=", "unit": "%", "year": value} for value in range(5)]
    assert figures.listing(rows, "zh", most=2) == "上海市0%（0）、上海市1%（1）等"
    assert figures.listing([], "en") == "none"


def test_one_place_with_two_values_is_named_once():
    rows = [
        {"place_code": "310000", "place": "上海市", "value": value, "bound": "=", "unit": "%", "year": 2024} for value in (47.84, 83.19)
    ]
    assert figures.listing(rows, "en") == "Shanghai 47.84% and 83.19% (2024)"


def test_a_range_is_printed_with_both_ends():
    row = {"value": None, "low": 300000.0, "high": 500000.0, "unit": "人", "bound": "="}
    assert figures.value_label(row, "zh") == "30万–50万人"


def test_a_table_lines_up_and_escapes_what_a_report_says():
    shown = figures.table(
        pd.DataFrame([{"place_code": "x", "place": "<b>上海</b>", "reason": "not_mentioned", "year": 2023}]), ["place", "year", "reason"]
    )
    assert repr(shown).splitlines() == ["地方         年份  原因", "<b>上海</b>  2023  未写出数字"]
    assert "<b>" not in shown._repr_html_()
    assert "未写出数字" in shown._repr_html_()


def test_an_empty_table_says_so():
    assert "没有" in repr(figures.table(pd.DataFrame({"place": [], "year": []}), ["place", "year"]))


def test_all_words_that_figures_need_are_in_both_languages():
    for name in WORD_LISTS.values():
        assert codebook().words(name), name
    for row in (*codebook().rows("headings"), *codebook().rows("words")):
        assert row["name_zh"] and row["name_en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_type_holds_every_word_of_the_codebook(language):
    for table in ("headings", "words", "indicators", "definitions"):
        style.check_glyphs(row[f"name_{language}"] for row in codebook().rows(table))


def test_rows_do_not_touch_and_fill_the_field():
    layout = lay_out(every_mark(), "en")
    edges = [(line.y - line.height / 2, line.y + line.height / 2) for line in layout.lines]
    assert all(lower[0] >= upper[1] - 1e-9 for upper, lower in pairwise(edges))
    assert edges[-1][1] == pytest.approx(layout.height)


def test_marks_are_plain_rows():
    json.dumps(every_mark().astype(object).where(every_mark().notna(), None).to_dict("records"), ensure_ascii=False)


def many_places(count):
    row = figures.marks(comparison()).iloc[[0]]
    context = row.assign(panel="context", place_key="430421", observation="")
    own = [row.assign(place_key=f"p{number:03}", status="missing" if number < 5 else "actual") for number in range(count)]
    return pd.concat([*own, context], ignore_index=True)


def test_of_more_places_than_can_be_read_the_first_with_a_value_are_drawn_and_the_figure_says_so():
    rows, told = excerpt(many_places(30), 24, "en")
    assert list(rows["place_key"]) == [f"p{number:03}" for number in range(5, 29)] + ["430421"]
    assert told == "the first 24 of 30 places are drawn"
    assert excerpt(many_places(24), 24, "en")[1] == ""
    words = {"title": "甲", "subtitle": "乙"}
    drawn = figures.dot_plot(many_places(30).assign(status="actual"), **words)
    assert "共30地，只画前24地" in "".join(texts(drawn))
    assert drawn.table["place_key"].nunique() == 25


def test_of_a_long_table_the_first_rows_are_shown_and_the_others_counted():
    rows = pd.DataFrame({"year": range(503)})
    assert figures.table(rows.head(500), ["year"]).cells[-1] == ["499"]
    assert figures.table(rows, ["year"]).cells[-2:] == [["499"], ["……另有3行"]]
