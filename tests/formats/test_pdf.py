"""PDF files: pages in, the text's lines out, or an error that says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import weijian
from drawn_pdf import box, drawn, line, picture, prose, typeset, words
from weijian.errors import DocumentError
from weijian.formats.pdf import extract

FOLDER = Path(__file__).parent / "pdf"
SENTENCE = "2023年全市家庭医生签约居民29.75万人，常住人口签约率47.84%，比上年提高3.2个百分点。"
LONG = (
    "全年门急诊1,265.67万人次，同比增长4.93%，出院18.42万人次，同比增长10.46%，平均住院日7.42天，同比下降0.31天，"
    "基层诊疗量占比58.9%，县域内住院率85.7%，检查检验结果互认率63.8%，双向转诊下转患者3.67万人次。"
)
TEXTS = (SENTENCE, LONG, "新建社区卫生服务站20个，改扩建乡镇卫生院6家，招聘全科医生150名，培训乡村医生1,530人次。")


def lines(content: bytes) -> list[str]:
    return extract(content, "report.pdf").text.split("\n")


def fixture(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def blocks(path: str) -> list[str]:
    """The paragraphs and headings of a page's markup, as a reader would write them down."""
    markup = (FOLDER / path).read_text(encoding="utf-8")
    found = re.findall(r"<(h1|h2|p)\b[^>]*>(.*?)</\1>", markup)
    return [line for _, text in found for line in text.split("<br>")]


class TestPrintedByABrowser:
    def test_the_paragraphs_are_those_of_the_page_without_its_heads_and_feet(self):
        found = extract(fixture("browser.pdf"), "browser.pdf")
        assert found.text.split("\n") == blocks("browser.html")
        assert found.source_format == "pdf"
        assert found.notes == ("6 lines of running heads, feet and page numbers left out.",)

    def test_each_page_begins_at_its_offset_if_need_be_inside_a_paragraph(self):
        found = extract(fixture("browser.pdf"), "browser.pdf")
        assert len(found.pages) == 3
        assert found.pages[0] == 0
        assert [found.text[start - 3 : start + 8] for start in found.pages[1:]] == ["理念，开展family", "%。\n二、存在问题\n一"]

    def test_numbers_are_read_as_in_the_text(self):
        keys = ("surface", "value", "unit", "indicator", "status")
        printed = weijian.extract(extract(fixture("browser.pdf"), "browser.pdf").text)
        written = weijian.extract("\n".join(blocks("browser.html")))
        assert [[row.get(key) for key in keys] for row in printed] == [[row.get(key) for key in keys] for row in written]
        assert len(printed) > 80

    def test_a_single_page_keeps_its_first_line_and_a_frame_is_no_table(self):
        assert lines(fixture("one_page.pdf")) == [
            "工作要点",
            "2024年，青石县家庭医生签约率达到45%，重点人群签约率达到75%以上。",
            "• 新建卫生站3个。",
            "• 培训乡村医生120名。",
            "联系电话保持畅通，全年接听12,000个，办结率98.5%。",
        ]

    def test_two_columns_are_read_one_after_the_other_between_title_and_closing_words(self):
        assert lines(fixture("columns.pdf")) == blocks("columns.html")

    def test_a_table_over_a_page_break_is_one_table_and_its_merged_cells_hold_for_their_rows(self):
        found = extract(fixture("table.pdf"), "table.pdf")
        rows = [line for line in found.text.split("\n") if line.startswith("|")]
        assert rows[:4] == [
            "|类别|指标|完成情况|完成情况|",
            "|类别|指标|2022年|2023年|",
            "|签约服务|常住人口签约率(%)|44.6|47.8|",
            "|签约服务|重点人群签约率(%)|75.2|78.6|",
        ]
        assert "|签约服务|签约居民在签约机构就诊率和签约居民在社区卫生服务中心定点就诊的比例合计(%)|34.1|36.4|" in rows
        assert rows[-2:] == [
            "|公共卫生|儿童系统管理率(%)|95.4|96.1|",
            "|备注|表中数据为年报快报数|表中数据为年报快报数|表中数据为年报快报数|",
        ]
        assert len(rows) == 14
        assert found.text.endswith("\n全县将继续做好各项指标的监测，2024年签约率达到50%。")
        assert "2 table heads printed again on the next page left out." in found.notes


def test_a_printed_spreadsheet_is_a_table_with_its_merged_and_empty_cells():
    assert lines(fixture("sheet.pdf")) == [
        "T",
        "|类别|指标|完成情况|完成情况|",
        "|类别|指标|2022年|2023年|",
        "|签约|常住人口签约率(%)|44.6|47.8|",
        "|签约|续签率(%)||91.2|",
    ]


class TestParagraphs:
    def test_an_indent_begins_a_paragraph_and_no_blank_stands_where_a_line_was_wrapped(self):
        page = prose(90, 760, [*typeset(SENTENCE, 30), *typeset(LONG, 30)])
        assert lines(drawn(page)) == [SENTENCE, LONG]

    def test_without_indents_a_short_last_line_ends_a_paragraph(self):
        page = prose(90, 760, [*typeset(SENTENCE, 26, 0), *typeset(LONG, 26, 0), *typeset(SENTENCE, 26, 0)])
        assert lines(drawn(page)) == [SENTENCE, LONG, SENTENCE]

    def test_a_larger_gap_ends_a_paragraph_whose_last_line_is_full(self):
        full = "全市签约率稳步提高群众满意。"
        page = prose(90, 760, [full, full]) + prose(90, 760 - 2 * 18 - 14, [full])
        assert lines(drawn(page)) == [full * 2, full]

    def test_a_label_begins_a_paragraph_after_a_full_line(self):
        page = prose(90, 760, ["加强签约服务，签约率为百分之五十。", "2.加强基层能力，新建社区卫生站三家", "并培训医生。"])
        assert lines(drawn(page)) == ["加强签约服务，签约率为百分之五十。", "2.加强基层能力，新建社区卫生站三家并培训医生。"]

    def test_a_number_at_the_wrap_is_no_label(self):
        typed = typeset("全市累计签约居民达到29.75万人，培训全科医生126名，比上年提高3.2个百分点。", 13.5)
        assert typed[0].endswith("29.")
        assert lines(drawn(prose(90, 760, typed))) == ["全市累计签约居民达到29.75万人，培训全科医生126名，比上年提高3.2个百分点。"]

    def test_a_blank_joins_latin_words_and_a_hyphen_none(self):
        page = prose(90, 760, ["　　推广加速康复外科eras", "recovery新理念，接种COVID-", "19疫苗，家医服务加快覆盖到5", "G网络。"])
        assert lines(drawn(page)) == ["推广加速康复外科eras recovery新理念，接种COVID-19疫苗，家医服务加快覆盖到5G网络。"]

    def test_a_heading_in_larger_letters_stands_alone_though_it_fills_its_line(self):
        page = words(90, 760, "医疗卫生服务能力持续稳步提升", 16) + prose(90, 735, ["全市签约率稳步提高群众满意度高升高。"])
        assert lines(drawn(page)) == ["医疗卫生服务能力持续稳步提升", "全市签约率稳步提高群众满意度高升高。"]

    def test_a_letter_spaced_title_is_one_line_with_the_blanks_that_are_printed(self):
        spaced = "\n".join(words(150 + 60 * index, 760, character, 24) for index, character in enumerate("工作总结"))
        assert lines(drawn(spaced)) == ["工作总结"]
        assert lines(drawn(words(150, 760, "工 作 总 结", 24))) == ["工 作 总 结"]

    def test_a_wide_gap_in_a_line_is_a_blank(self):
        page = words(90, 760, "来源：云岭区卫生健康局") + words(330, 760, "发布时间：2024年1月5日")
        assert lines(drawn(page)) == ["来源：云岭区卫生健康局 发布时间：2024年1月5日"]

    def test_a_row_of_figures_without_lines_around_it_is_not_taken_for_columns(self):
        names = ["签约居民人数合计", "重点人群签约人数", "续签的居民人数等", "就诊的居民人数等"]
        page = prose(90, 760, names) + prose(330, 760, ["29.8", "12.1", "25.3", "10.7"])
        figures = ["29.8", "12.1", "25.3", "10.7"]
        assert lines(drawn(page)) == [f"{name} {figure}" for name, figure in zip(names, figures, strict=True)]

    def test_a_raised_mark_is_no_digit_of_the_number_before_it(self):
        page = words(90, 760, "全市签约率47.84%，签约29") + words(90 + 12 * 12, 765, "1", 7) + words(90 + 12 * 12 + 4, 760, "万人。")
        (found,) = lines(drawn(page))
        assert "29¹" in found
        assert "291" not in found

    def test_notes_at_the_foot_follow_the_paragraph_that_runs_on_over_the_page(self):
        typed = typeset(LONG, 30)
        first = prose(90, 120, typed[:2]) + prose(90, 70, ["①按常住人口计算，不含流动人口", "和外来务工人员。"], 9, 12)
        found = extract(drawn(first, prose(90, 760, typed[2:])), "notes.pdf")
        assert found.text.split("\n") == [LONG, "①按常住人口计算，不含流动人口和外来务工人员。"]
        assert found.pages == (0, len("".join(typed[:2]).strip()))

    def test_a_paragraph_runs_on_over_the_columns_of_two_pages(self):
        text = [LONG.replace("全年", year) for year in ("前年", "去年", "今年", "明年", "后年", "平年")]
        typed = [row for paragraph in text for row in typeset(paragraph, 16)]
        quarter = len(typed) // 4
        pages = []
        for start in (0, 2 * quarter):
            left, right = typed[start : start + quarter], typed[start + quarter : start + 2 * quarter if not start else None]
            pages.append(prose(70, 760, left) + prose(300, 760, right) + words(280, 40, f"— {len(pages) + 1} —"))
        assert lines(drawn(*pages)) == text


class TestFurniture:
    def test_page_numbers_and_heads_go_also_from_two_pages(self):
        pages = [
            words(200, 800, "云岭区卫生健康简报", 9) + prose(90, 760, typeset(text, 30)) + words(280, 40, number)
            for text, number in ((SENTENCE, "第1页 共2页"), (LONG, "第2页 共2页"))
        ]
        found = extract(drawn(*pages), "report.pdf")
        assert found.text.split("\n") == [SENTENCE, LONG]
        assert found.notes == ("4 lines of running heads, feet and page numbers left out.",)

    @pytest.mark.parametrize("form", ["— {} —", "- {} -", "{}", "{}/3", "第{}页", "Page {} of 3"])
    def test_page_numbers_of_any_form_go(self, form: str):
        pages = [prose(90, 760, typeset(text, 30)) + words(280, 40, form.format(number)) for number, text in enumerate(TEXTS, 8)]
        assert lines(drawn(*pages)) == list(TEXTS)

    def test_titles_of_two_years_at_the_same_place_stay(self):
        pages = [prose(90, 760, [f"云岭区{year}年工作总结", *typeset(text, 30)]) for year, text in ((2022, SENTENCE), (2023, LONG))]
        assert lines(drawn(*pages))[0::2] == ["云岭区2022年工作总结", "云岭区2023年工作总结"]

    def test_a_number_alone_on_the_last_line_of_a_single_page_stays(self):
        assert lines(drawn(words(90, 760, "签约人数（万人）") + words(90, 700, "29"))) == ["签约人数（万人）", "29"]

    def test_heads_of_odd_and_even_pages_go(self):
        heads = ["工作总结", "云岭区卫生健康局"]
        pages = [words(90, 805, heads[number % 2], 9) + prose(90, 760, typeset(text, 30)) for number, text in enumerate(TEXTS * 2)]
        assert lines(drawn(*pages)) == list(TEXTS * 2)


class TestTables:
    @staticmethod
    def ruled(rows: list[list[str]], top: float = 700, *, closed: bool = True) -> str:
        edges = [line(90, top - 20 * row, 450, top - 20 * row) for row in range(len(rows) + closed)]
        edges += [line(90 + 120 * column, top, 90 + 120 * column, top - 20 * len(rows)) for column in range(4)]
        cells = [words(94 + 120 * j, top - 14 - 20 * i, text) for i, row in enumerate(rows) for j, text in enumerate(row) if text]
        return "\n".join(edges + cells)

    def test_a_ruled_table_stands_between_its_paragraphs_and_gives_its_numbers_once(self):
        page = (
            prose(90, 740, ["指标见下表。"])
            + self.ruled([["指标", "2022年", "2023年"], ["签约率(%)", "44.6", "47.8"]])
            + prose(90, 620, ["完。"])
        )
        assert lines(drawn(page)) == ["指标见下表。", "|指标|2022年|2023年|", "|签约率(%)|44.6|47.8|", "完。"]

    def test_a_row_that_a_page_break_parts_is_one_row(self):
        pages = [
            self.ruled([["指标", "2022年", "2023年"], ["重点人群", "75.2", ""]], 100, closed=False),
            self.ruled([["签约率(%)", "", "78.6"], ["续签率(%)", "90.1", "91.2"]], 760),
        ]
        assert lines(drawn(*pages)) == ["|指标|2022年|2023年|", "|重点人群签约率(%)|75.2|78.6|", "|续签率(%)|90.1|91.2|"]

    def test_the_table_of_another_page_is_another_table(self):
        pages = [
            self.ruled([["指标", "2022年", "2023年"], ["签约率", "1", "2"]]) + prose(90, 600, ["以上为签约。"]),
            self.ruled([["指标", "2022年", "2023年"]]),
        ]
        assert lines(drawn(*pages)).count("|指标|2022年|2023年|") == 2

    def test_thin_filled_boxes_and_shadows_of_cells_are_lines_too(self):
        fills = [f"90 {700 - 20 * row} 360 0.6 re f" for row in range(3)] + [f"{90 + 120 * column} 660 0.6 40 re f" for column in range(4)]
        ground = "0.9 g 90 680 360 20 re f 0 g"
        cells = [words(94 + 120 * j, 686 - 20 * i, text) for i, row in enumerate(["甲乙丙", "丁戊己"]) for j, text in enumerate(row)]
        assert lines(drawn("\n".join([ground, *fills, *cells]))) == ["|甲|乙|丙|", "|丁|戊|己|"]

    def test_two_numbers_below_one_another_in_a_cell_are_two(self):
        page = self.ruled([["指标", "2022年", "2023年"], ["签约率", "", "2"]]).replace("Tj ET", "Tj ET", 1) + prose(
            214, 673, ["41", "42"], 6, 8
        )
        assert lines(drawn(page))[1] == "|签约率|41 42|2|"

    def test_a_frame_around_the_page_is_no_table(self):
        page = box(60, 60, 480, 720) + box(64, 64, 472, 712) + prose(90, 760, typeset(LONG, 30))
        assert lines(drawn(page)) == [LONG]

    def test_boxes_that_only_place_paragraphs_are_no_table(self):
        page = (
            box(80, 300, 200, 480)
            + box(280, 300, 230, 480)
            + prose(84, 760, typeset(LONG * 2, 15))
            + prose(290, 760, typeset(LONG * 2, 16))
        )
        assert lines(drawn(page)) == [LONG * 2, LONG * 2]


class TestCharacters:
    def test_bold_by_printing_twice_is_read_once(self):
        typed = [row for text in TEXTS * 2 for row in typeset(text, 20)]
        found = extract(drawn(prose(90, 760, typed) + prose(90.4, 760.2, typed)), "bold.pdf")
        assert found.text.split("\n") == list(TEXTS * 2)
        assert "printed twice, read once" in found.notes[0]

    def test_the_same_digit_beside_itself_is_read_twice(self):
        assert lines(drawn(words(90, 760, "签约1100人", 5))) == ["签约1100人"]

    @pytest.mark.parametrize(("rotate", "turn"), [(90, (0, 1)), (180, (-1, 0)), (270, (0, -1))])
    def test_a_turned_page_is_set_upright(self, rotate: int, turn: tuple[int, int]):
        step = {90: (18, 0), 180: (0, 18), 270: (-18, 0)}[rotate]
        page = "\n".join(words(300 + step[0] * row, 400 + step[1] * row, text, turn=turn) for row, text in enumerate(typeset(SENTENCE, 20)))
        assert lines(drawn(page.replace("\u3000", ""), rotate=rotate))[0].startswith("2023年全市家庭医生")
        assert "".join(lines(drawn(page, rotate=rotate))).replace("\u3000", "").replace(" ", "") == SENTENCE

    def test_a_watermark_and_hidden_words_are_left_out_and_said(self):
        page = words(90, 760, SENTENCE) + words(200, 300, "内部资料", 40, turn=(0.7, 0.7)) + words(90, 700, "草稿", mode=3)
        found = extract(drawn(page), "marked.pdf")
        assert found.text == SENTENCE
        assert "4 characters left out that run in another direction" in found.notes[0]
        assert found.notes[1] == "2 characters left out that the page does not show."

    def test_the_hidden_text_of_a_recognised_scan_is_its_text(self):
        assert lines(drawn(picture() + words(90, 700, SENTENCE, mode=3))) == [SENTENCE]

    def test_radicals_and_ligatures_are_the_characters_they_stand_for(self):
        assert lines(drawn(words(90, 700, "⼯作时⻓8⼩时"))) == ["工作时长8小时"]

    def test_few_characters_without_unicode_are_shown_and_said_and_break_their_number(self):
        found = extract(
            drawn(prose(90, 760, typeset(LONG, 30)) + words(102, 600, "签约4") + words(132, 600, "7", font="F2") + words(138, 600, ".8%")),
            "x.pdf",
        )
        assert "签约4\ufffd.8%" in found.text
        assert "1 character without Unicode" in found.notes[-1]


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "problem", "remedy"),
        [
            pytest.param(fixture("locked.pdf"), "opens only with a password", "without one", id="a password"),
            pytest.param(fixture("table.pdf")[:9000], "damaged, cut off or without pages", "get the file again", id="cut off"),
            pytest.param(b"%PDF-1.7\nnothing", "damaged, cut off or without pages", "get the file again", id="nothing in it"),
            pytest.param(drawn(), "damaged, cut off or without pages", "get the file again", id="no pages"),
            pytest.param(drawn(picture(), picture()), "it is a scan without text", "recognise the text first", id="a scan"),
            pytest.param(drawn(""), "hold no text", "recognise the text first", id="an empty page"),
            pytest.param(drawn(words(90, 700, SENTENCE, font="F2")), "fonts without Unicode", "another copy", id="no Unicode"),
            pytest.param(drawn(*["— 1 —"] * 2001), "2,001 pages, more than 2,000", "take out the report", id="a book"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_what_to_do(self, content: bytes, problem: str, remedy: str):
        with pytest.raises(DocumentError) as caught:
            extract(content, "data/raw/report.pdf")
        assert problem in caught.value.problem
        assert remedy in caught.value.remedy
        assert caught.value.where.startswith("data/raw/report.pdf")

    def test_a_file_that_only_forbids_printing_is_read(self):
        assert lines(fixture("no_printing.pdf")) == ["2023年家庭医生签约率47.84%。"]

    def test_pages_without_text_are_named_and_begin_where_the_next_one_does(self):
        found = extract(drawn(words(90, 700, SENTENCE), picture(), words(90, 700, LONG[:20]), picture()), "mixed.pdf")
        assert found.pages == (0, len(SENTENCE) + 1, len(SENTENCE) + 1, len(found.text))
        assert found.notes == ("2 pages without text: 2, 4; pictures are not read.",)

    @pytest.mark.parametrize("start", range(0, 4000, 400))
    def test_bytes_overwritten_anywhere_are_read_or_refused(self, start: int):
        content = bytearray(drawn(words(90, 760, SENTENCE), TestTables.ruled([["甲", "乙", "丙"], ["1", "2", "3"]])))
        content[start : start + 60] = b"\x00\xff<<9 0 R" * 6
        try:
            assert extract(bytes(content), "damaged.pdf").text
        except DocumentError as trouble:
            assert trouble.remedy
