"""Small panels, parts of totals and the map of what is told: what they say, where it stands, and where it leads."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import FancyArrowPatch

from figures.legible import assert_legible, texts_of
from figures.samples import (
    audit_rows,
    audited,
    cell_rows,
    covered,
    every_mark,
    followed,
    ladder_rows,
    laddered,
    paired,
    part_rows,
    parted,
    programme_marks,
    programmes,
    promise_rows,
    sample,
    target_rows,
)  # fmt: skip
from weijian import figures
from weijian.amounts import value_label
from weijian.codebook import codebook
from weijian.errors import FigureError
from weijian.figures import style
from weijian.figures.callouts import set_below
from weijian.figures.joins import joins
from weijian.figures.layout import Line
from weijian.links import address
from weijian.words import heading, indicator_name, signs, word

DRAWN = (programmes, parted, covered, audited)
both = pytest.mark.parametrize("language", ["zh", "en"])
every_kind = pytest.mark.parametrize("draw", DRAWN)


def shown(figure):
    return "".join(texts_of(figure.canvas)).replace(" ", "")


@pytest.mark.parametrize("draw", [*DRAWN, laddered, paired, followed])
@both
def test_nothing_runs_over_the_margins_or_into_another_text(draw, language):
    assert_legible(draw(language).canvas)


@pytest.mark.parametrize("columns", [1, 2, 3])
@both
def test_panels_are_legible_in_any_number_of_columns(columns, language):
    assert_legible(programmes(language, columns).canvas)


@pytest.mark.parametrize("places", [2, 8, 14])
@both
def test_a_map_is_legible_for_many_places(places, language):
    assert_legible(covered(language, places).canvas)


@both
def test_a_map_of_all_indicators_fits_on_a_page(language):
    catalogue = codebook().by_key("indicators")
    cells = [
        {"place_key": str(code), "place_code": str(code), "place": "某某市", "year": year, "indicator": code_of, "theme": row["theme"]}
        | {"reason": "", "observations": 1, "observation": "a#1@1"}
        for code, year in ((1, 2022), (1, 2023), (2, 2022), (2, 2023), (3, 2022), (3, 2023), (4, 2022), (4, 2023))
        for code_of, row in catalogue.items()
    ]
    canvas = figures.coverage_map(pd.DataFrame(cells), title="全部指标", subtitle="", language=language).canvas
    assert_legible(canvas)
    assert canvas.get_size_inches()[1] * 72 <= 1100


@pytest.mark.parametrize("places", [1, 30])
@both
def test_an_audit_map_is_legible_for_many_reports_and_all_relations(places, language):
    assert_legible(audited(language, places, relations=tuple(codebook().words("check_relation"))).canvas)
    assert_legible(figures.audit_map(_of_all(places), title="甲", subtitle="乙", language=language).canvas)


def _of_all(places):
    """Return the cells of an audit in which every relation has a verdict."""
    cells = audit_rows(places, tuple(codebook().words("check_relation")))
    return cells.assign(verdict=cells["verdict"].replace("", "holds"), checks=cells["checks"].replace(0, 104))


@both
def test_alternative_text_of_panels_tells_every_value_with_stage_and_flow(language):
    told = programmes(language).alternative
    for row in programme_marks().query("status != 'missing'").to_dict("records"):
        assert value_label(row, language) in told
    for column, code in (("stage", "reviewed"), ("stock_or_flow", "cumulative"), ("reason", "not_mentioned"), ("tier", "republisher")):
        assert word(column, code, language) in told


@both
def test_panels_print_stage_flow_copy_definition_and_what_is_missing(language):
    said = shown(programmes(language))
    codes = (("stage", "named"), ("stock_or_flow", "stock"), ("tier", "republisher"), ("base", "registered"), ("reason", "not_mentioned"))
    for column, code in codes:
        assert word(column, code, language).replace(" ", "") in said
    assert figures.heading("definitions_differ", language).replace(" ", "") in said
    assert "北京市2022" in said or "Beijing2022" in said


def test_an_indicator_that_nobody_tells_has_a_panel_without_an_axis():
    titles = [text for text in texts_of(programmes("zh").canvas) if text.startswith("社区护理中心")]
    assert len(titles) == 1


def line(y, **row):
    plain = {"place_key": "a", "year": 2022, "status": "actual", "stage": "built", "bound": "=", "value": 1.0, "unit": "家"}
    return Line("own", "", [], [plain | {"base": "unknown", "definition": "unknown", "stock_or_flow": "unknown"} | row], y=y)


def test_an_outcome_is_joined_to_the_target_of_the_next_year():
    ((earlier, later),) = joins([line(1.0), line(2.0, year=2023, status="target")])
    assert (earlier.y, later.y) == (1.0, 2.0)


def test_a_target_stands_before_the_outcome_of_its_own_year():
    ((earlier, later),) = joins([line(1.0), line(2.0, status="target")])
    assert (earlier.y, later.y) == (2.0, 1.0)


@pytest.mark.parametrize(
    "others",
    [
        [line(1.0, place_key="b")],
        [line(1.0, definition="x")],
        [line(1.0, stage="named")],
        [line(1.0), line(1.5, value=2.0)],
    ],
)
def test_what_differs_in_place_or_definition_or_is_told_twice_is_not_joined(others):
    assert joins([*others, line(2.0, year=2023, status="target", definition="y")]) == []


@both
def test_parts_tell_every_value_share_and_reason(language):
    figure = parted(language)
    said = shown(figure)
    for row in part_rows().to_dict("records"):
        label = value_label(row, language) if row["status"] != "missing" else word("reason", row["reason"], language)
        assert label in figure.alternative
        assert label.replace(" ", "") in said
        assert indicator_name(row["indicator"], language) in figure.alternative
    assert "48.2%" in figure.alternative and "48.2%" in said
    assert figures.heading("overlapping", language) in figure.alternative
    assert figures.heading("overlapping_key", language).replace(" ", "") in said


def test_parts_that_overlap_are_no_part_of_the_stacked_bar():
    widths = {}
    for patch in parted("zh").canvas.findobj(lambda artist: bool(getattr(artist, "get_url", lambda: None)())):
        if hasattr(patch, "get_width") and hasattr(patch, "get_x"):
            widths.setdefault(round(patch.get_height()), []).append(round(patch.get_x(), 3))
    thick, thin = (widths[height] for height in sorted(widths, reverse=True))
    assert len(set(thin)) == 1
    assert len(set(thick)) > 3


@given(st.lists(st.floats(20, 550), min_size=1, max_size=7), st.integers(1, 30))
def test_lines_of_labels_below_a_bar_run_through_no_label(marks, letters):
    labels = set_below([(mark, "签" * letters) for mark in sorted(marks)], (16.0, 560.0))
    boxes = []
    for label in labels:
        width = max(style.text_width(text, style.SMALL) for text in label.lines)
        left = label.x if label.side == "left" else label.x - width
        boxes.append((left, left + width, label.y, label.y + len(label.lines) * style.SMALL * 1.38))
    for number, (left, right, top, bottom) in enumerate(boxes):
        for other, label in enumerate(labels):
            crossed = left < label.mark < right and top < label.y
            assert other == number or not crossed
        for other in boxes[number + 1 :]:
            assert other[0] >= right or other[1] <= left or other[2] >= bottom or other[3] <= top


@both
def test_the_map_shows_a_sign_for_each_reason_and_says_them_in_the_key(language):
    figure = covered(language)
    texts = texts_of(figure.canvas)
    for reason in codebook().words("reason"):
        assert word("reason", reason, language) in texts
        assert word("reason", reason, language) in figure.alternative
    for sign in "●○–≠/△◇?×2":
        assert sign in texts, sign


@both
def test_indicators_that_no_report_tells_are_counted_in_the_note(language):
    said = shown(covered(language))
    assert figures.heading("untold", language).format(1).replace(" ", "") in said
    assert indicator_name("ch_visits", language) not in texts_of(covered(language).canvas)


def test_the_map_leaves_its_table_alone_and_tells_several_values():
    assert "×2" in covered("zh").alternative
    pd.testing.assert_frame_equal(covered("zh").table, cell_rows())


@both
def test_an_audit_map_tells_verdicts_with_their_number_and_names_what_is_nowhere(language):
    figure = audited(language)
    texts, said = texts_of(figure.canvas), shown(figure)
    for verdict in codebook().words("check_verdict"):
        assert word("verdict", verdict, language) in texts
        assert word("verdict", verdict, language) in figure.alternative
    for relation in ("sum", "rate", "whole_number"):
        assert word("relation", relation, language).replace(" ", "") in said
        assert word("relation", relation, language) in figure.alternative
    assert word("relation", "share", language) not in texts
    absent = figures.heading("unfound_relations", language) + signs(language).colon + word("relation", "share", language)
    assert (absent + signs(language).stop).replace(" ", "") in said
    assert figures.heading("no_failures", language).format(word("relation", "range", language)).replace(" ", "") in said
    assert {"12", "13", "14"} <= set(texts)
    assert figures.heading("check_note", language).replace(" ", "") in said
    assert word("tier", "masked", language) in figure.alternative


def test_the_verdicts_are_told_apart_without_colour():
    faces = {}
    for patch in audited("zh").canvas.findobj(lambda artist: bool(getattr(artist, "get_url", lambda: None)())):
        if hasattr(patch, "get_hatch"):
            red, green, blue, _ = patch.get_facecolor()
            faces[(patch.get_hatch() or "", round(0.299 * red + 0.587 * green + 0.114 * blue, 1))] = patch
    assert len(faces) == 3
    assert sum(bool(hatch) for hatch, _ in faces) == 1
    plain = sorted(grey for hatch, grey in faces if not hatch)
    assert plain[1] - plain[0] > 0.4


def test_an_audit_map_leaves_its_table_alone():
    pd.testing.assert_frame_equal(audited("zh").table, audit_rows())


@pytest.mark.parametrize("draw", [*DRAWN, sample, followed])
def test_marks_and_labels_lead_to_their_sentences(draw):
    figure = draw("zh")
    links = re.findall(r'<a xlink:href="(texts/[^"]+)"', figure.svg().decode())
    table = figure.table
    own = table[table["panel"].eq("own")] if "panel" in table else table
    for observation in own["observation"][own["observation"].ne("")]:
        assert links.count(address(observation)) >= 2, observation


def test_what_others_published_leads_nowhere():
    marks = every_mark()
    marks.loc[marks["panel"].ne("own"), "observation"] = "z#1@1"
    svg = figures.dot_plot(marks, title="甲", subtitle="").svg().decode()
    assert address("z#1@1") not in svg


@every_kind
@both
def test_files_are_the_same_bytes_twice(draw, language, tmp_path):
    for folder in ("one", "two"):
        draw(language).save("a", tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["a.csv", *(f"a.{language}.{kind}" for kind in ("png", "svg", "txt"))]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (figures.panels, programme_marks),
        (figures.parts, part_rows),
        (figures.coverage_map, cell_rows),
        (figures.audit_map, audit_rows),
        (figures.pairs, promise_rows),
    ],
)
def test_a_figure_of_nothing_says_so_and_a_strange_character_is_an_error(draw, rows):
    assert draw(rows().iloc[:0], title="签约", subtitle="").alternative == "签约。所选的地方和年份没有可画的数值。"
    with pytest.raises(FigureError, match="U\\+9FFF"):
        draw(rows(), title="签约鿿", subtitle="")


@both
def test_a_ladder_is_legible_in_two_columns_and_tells_every_row(language):
    figure = laddered(language, columns=2)
    assert_legible(figure.canvas)
    for row in ladder_rows().to_dict("records"):
        assert f"{row[f'panel_{language}']}" in figure.alternative and f"{row[f'name_{language}']}" in figure.alternative
    for told in ("12.6%", "28.9%", heading("attention_health", language)):
        assert told in figure.alternative
    assert heading("copy_key", language).replace(" ", "") in shown(figure)


def test_a_ladder_without_legend_copies_and_sources_has_neither_key_nor_note():
    rows = ladder_rows()[["panel_zh", "panel_en", "name_zh", "name_en", "value"]]
    figure = figures.ladder(rows, title="词", subtitle="分数")
    assert_legible(figure.canvas)
    assert "文件甲" not in shown(figure) and "12.6" in shown(figure)
    assert "没有可画的数值" in figures.ladder(rows.head(0), title="词", subtitle="分数").alternative


@both
def test_pairs_tell_every_verdict_in_words_and_both_values(language):
    figure = paired(language)
    texts, said = texts_of(figure.canvas), shown(figure)
    for row in promise_rows().to_dict("records"):
        verdict = word("promise_verdict", row["promise_verdict"], language)
        assert verdict in texts
        assert verdict in figure.alternative and row["plan_quote"] in figure.alternative
    for told in ("20→27", "≥90%→62.5%", "北京市2023" if language == "zh" else "Beijing2023"):
        assert told in said
    for name in ("not_reported_note", "copy_key", "bound_key", "lacking_note"):
        assert heading(name, language).replace(" ", "") in said


def test_what_is_not_reported_is_one_open_mark_that_nothing_leads_away_from():
    rows = promise_rows().query("promise_verdict == 'not_reported'")
    figure = figures.pairs(rows, title="甲", subtitle="乙")
    marks = [line for line in figure.canvas.findobj(lambda artist: bool(getattr(artist, "get_marker", None))) if line.get_url()]
    assert len(marks) == len(rows) and {mark.get_markerfacecolor() for mark in marks} == {"white"}
    assert figure.canvas.findobj(FancyArrowPatch) == []
    assert list(figure.table["side"]) == ["plan"] * len(rows)


def test_the_verdicts_of_pairs_are_told_apart_by_shape():
    marks = [line for line in paired("zh").canvas.findobj(lambda artist: bool(getattr(artist, "get_marker", None))) if line.get_url()]
    outcomes = {line.get_url(): line.get_marker() for line in marks if "outcome" in line.get_url()}
    assert [outcomes[address(f"outcome-2023#1@{number}")] for number in range(3)] == ["^", "o", "v"]
    assert len({line.get_markeredgecolor() for line in marks}) == 1


def test_pairs_of_one_kind_and_size_share_an_axis():
    def axes(figure):
        return [text for text in texts_of(figure.canvas) if re.fullmatch("0[^.0-9]*", text)]

    assert len(axes(paired("zh"))) == 3
    rows = promise_rows()
    rows.loc[1, ["plan_value", "outcome_value"]] = [1.0, 2.0]
    assert len(axes(figures.pairs(rows, title="甲", subtitle="乙"))) == 4


@both
def test_a_possible_redefinition_is_dashed_and_said(language):
    figure = followed(language)
    arrows = figure.canvas.findobj(FancyArrowPatch)
    assert sum(arrow.get_linestyle() not in ("solid", "-") for arrow in arrows) == 1
    assert heading("redefinition_note", language).replace(" ", "") in shown(figure)
    assert "2022→2023" in shown(figure)
    assert list(figure.table["year"]) == [2022, 2023] * len(target_rows())
