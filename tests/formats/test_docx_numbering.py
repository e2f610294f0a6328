"""Labels that Word counts by itself stand before their paragraphs as printed."""

from __future__ import annotations

import pytest

from formats.docx_files import definition, docx, item, lvl, num, p, style, tbl, tc
from weijian.formats.numbering import numeral
from weijian.formats.word import extract

RESTART = '<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{}"/></w:lvlOverride>'


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return extract(docx(body, numbering=numbering, styles=styles), "report.docx").text.split("\n")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 2 10 21 100"),
        ("decimalZero", "01 02 10 21 100"),
        ("decimalFullWidth", "１ ２ １０ ２１ １００"),
        ("decimalEnclosedCircle", "① ② ⑩ 21 100"),
        ("decimalEnclosedCircleChinese", "① ② ⑩ 21 100"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ 21 100"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ 21 100"),
        ("chineseCounting", "一 二 十 二十一 一百"),
        ("chineseCountingThousand", "一 二 十 二十一 一百"),
        ("japaneseCounting", "一 二 十 二十一 一百"),
        ("taiwaneseCountingThousand", "一 二 十 二十一 一百"),
        ("ideographDigital", "一 二 一〇 二一 一〇〇"),
        ("chineseLegalSimplified", "壹 贰 壹拾 贰拾壹 壹佰"),
        ("ideographLegalTraditional", "壹 貳 壹拾 貳拾壹 壹佰"),
        ("ideographTraditional", "甲 乙 癸 21 100"),
        ("ideographZodiac", "子 丑 酉 21 100"),
        ("ideographEnclosedCircle", "㊀ ㊁ ㊉ 21 100"),
        ("upperLetter", "A B J U VVVV"),
        ("lowerLetter", "a b j u vvvv"),
        ("upperRoman", "I II X XXI C"),
        ("lowerRoman", "i ii x xxi c"),
        ("ordinalOfAnotherLanguage", "1 2 10 21 100"),
    ],
)
def test_a_number_is_written_in_its_format(form: str, expected: str):
    assert " ".join(numeral(number, form) for number in (1, 2, 10, 21, 100)) == expected


def test_a_number_beyond_every_format_is_written_in_digits():
    assert [numeral(number, "upperLetter") for number in (0, -1, 10**8)] == ["0", "-1", "100000000"]
    assert numeral(0, "none") == ""


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        pytest.param(lvl(0, "%1、", "chineseCounting"), "概况", "一、概况", id="behind 、 no blank"),
        pytest.param(lvl(0, "（%1）", "chineseCounting"), "推进", "（一）推进", id="behind a wide bracket no blank"),
        pytest.param(lvl(0, "%1.", suffix="nothing"), "加强", "1.加强", id="nothing follows"),
        pytest.param(lvl(0, "%1."), "加强", "1.加强", id="a tab before a wide character"),
        pytest.param(lvl(0, "%1.", suffix="space"), "CT检查", "1. CT检查", id="a blank before a letter"),
        pytest.param(lvl(0, "%1.", suffix="nothing"), "5万人次", "1. 5万人次", id="two numbers never become one"),
        pytest.param(lvl(0, "%1．"), "5万人次", "1． 5万人次", id="nor behind a wide full stop"),
        pytest.param(lvl(0, "%1、"), "65岁以上", "1、 65岁以上", id="nor behind 、"),
        pytest.param(lvl(0, "%1", "decimalEnclosedCircle"), "5家", "① 5家", id="nor behind a circle"),
        pytest.param(lvl(0, "%1、", "chineseCounting"), "2023年", "一、2023年", id="a character and a number need no blank"),
        pytest.param(lvl(0, "第%1章", "chineseCounting"), "总则", "第一章 总则", id="a label of characters"),
        pytest.param(
            lvl(0, "第%1条", "chineseCounting", suffix="nothing"), "总则", "第一条总则", id="a label of characters, nothing following"
        ),
        pytest.param(lvl(0, "●", "bullet"), "加强", "加强", id="a bullet is no label"),
        pytest.param(lvl(0, "", "none"), "加强", "加强", id="a label of nothing"),
        pytest.param(lvl(0, "附%1件", "none"), "加强", "附件 加强", id="a label without a number"),
        pytest.param(lvl(0, "%1.%2"), "加强", "1.1 加强".replace(" ", ""), id="a level below that nobody counted"),
        pytest.param(lvl(0, "%1.", start=3), "加强", "3.加强", id="a start of its own"),
        pytest.param(lvl(0, "%1.", more="<w:isLgl/>"), "加强", "1.加强", id="digits as they are"),
    ],
)
def test_a_label_stands_at_the_beginning_of_its_line(level: str, text: str, expected: str):
    assert lines(item(text), definition(0, level) + num(1, 0)) == [expected]


OUTLINE = definition(
    0, lvl(0, "%1、", "chineseCounting"), lvl(1, "（%2）", "chineseCounting"), lvl(2, "%3."), lvl(3, "%1.%2.%4", more="<w:isLgl/>")
)
"""As reports number: 一、 （一） 1. and, in digits alone, 1.1.1."""


def test_levels_start_anew_below_a_higher_one():
    body = "".join(item("文", level=level) for level in (0, 1, 2, 2, 1, 2, 0, 2, 1, 3, 3))
    labels = [line.removesuffix("文") for line in lines(body, OUTLINE + num(1, 0))]
    assert labels == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "1.", "（一）", "2.1.1", "2.1.2"]


def test_a_level_that_runs_on_does_not_start_anew():
    levels = (
        lvl(0, "%1、", "chineseCounting"),
        lvl(1, "（%2）"),
        lvl(2, "%3.", more='<w:lvlRestart w:val="0"/>'),
        lvl(3, "%4)", more='<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(item("文", level=level) for level in (0, 1, 2, 3, 1, 2, 3, 0, 2, 3))
    labels = [line.removesuffix("文") for line in lines(body, definition(0, *levels) + num(1, 0))]
    assert labels == ["一、", "（1）", "1.", "1)", "（2）", "2.", "2)", "二、", "3.", "1)"]


def test_lists_of_one_definition_count_on_and_start_anew_where_they_say_so():
    numbering = definition(0, lvl(0, "%1."), lvl(1, "%2)")) + num(1, 0) + num(2, 0) + num(3, 0, RESTART.format(0, 1) + RESTART.format(1, 5))
    body = (
        item("文", 1) + item("文", 1) + item("文", 2) + item("文", 3) + item("文", 3, 1) + item("文", 3) + item("文", 3, 1) + item("文", 1)
    )
    assert [line.removesuffix("文") for line in lines(body, numbering)] == ["1.", "2.", "3.", "1.", "5)", "2.", "5)", "3."]


def test_lists_of_two_definitions_count_each_for_itself():
    numbering = definition(0, lvl(0, "%1.")) + definition(1, lvl(0, "（%1）")) + num(1, 0) + num(2, 1)
    body = item("文", 1) + item("文", 2) + p("段") + item("文", 1) + item("文", 2)
    assert lines(body, numbering) == ["1.文", "（1）文", "段", "2.文", "（2）文"]


def test_a_list_may_replace_a_level():
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "第%1章", "chineseCounting", start=2)}</w:lvlOverride>'
    assert lines(item("总则"), definition(0, lvl(0, "%1.")) + num(1, 0, override)) == ["第二章 总则"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_refuse():
    styles = (
        style("H1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Own", based="H1")
        + style("H2", "heading 2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "H1")
        + style("Plain", "plain", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', "H1")
    )
    numbering = definition(
        0, lvl(0, "%1、", "chineseCounting", '<w:pStyle w:val="H1"/>'), lvl(1, "（%2）", more='<w:pStyle w:val="H2"/>')
    ) + num(1, 0)
    refused = '<w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = "".join(p("文", properties=f'<w:pStyle w:val="{key}"/>') for key in ("H1", "H2", "Own", "H2", "Plain", "H2")) + p(
        "文", properties=refused
    )
    assert lines(body, numbering, styles) == ["一、文", "（1）文", "二、文", "（1）文", "文", "（2）文", "文"]


def test_a_paragraph_without_a_style_has_the_default_one():
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("Other", inner=numbered, more=' w:default="0"') + style(
        "Usual", inner=numbered.replace('"1"', '"2"'), more=' w:default="1"'
    )
    assert lines(p("文"), definition(0, lvl(0, "%1.")) + definition(1, lvl(0, "%1)")) + num(1, 0) + num(2, 1), styles) == ["1)文"]


def test_a_definition_may_refer_to_a_list_style():
    styles = '<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    linked = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="List"/></w:abstractNum>'
    assert lines(item("文"), linked + definition(1, lvl(0, "%1)")) + num(1, 0) + num(2, 1), styles) == ["1)文"]


def test_references_that_lead_nowhere_or_in_a_circle_give_no_label():
    styles = (
        '<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        + style("A", based="B")
        + style("B", based="A")
    )
    linked = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="List"/></w:abstractNum>'
    body = item("甲") + item("乙", 9) + item("丙", 2, 7) + p("丁", properties='<w:pStyle w:val="A"/>')
    assert lines(body, linked + num(1, 0) + num(2, 8), styles) == ["甲", "乙", "丙", "丁"]


def test_deleted_and_empty_paragraphs_count_as_word_counts_them():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", properties=numbered + "<w:rPr><w:del/></w:rPr>")
    hidden = p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>", properties=numbered + "<w:rPr><w:vanish/></w:rPr>")
    body = item("甲") + gone + item("乙") + gone + p("段") + hidden + p("落") + item("") + item("丁")
    assert lines(body, definition(0, lvl(0, "%1.")) + num(1, 0)) == ["1.甲", "2.乙", "段", "落", "4.丁"]


def test_a_column_that_word_numbers_holds_its_numbers():
    table = tbl(("序号", "指标"), (tc(item("")), "签约率"), (tc(item("")), "管理率"))
    assert lines(table, definition(0, lvl(0, "%1")) + num(1, 0)) == ["|序号|指标|", "|1|签约率|", "|2|管理率|"]


def test_the_label_of_a_paragraph_with_line_breaks_stands_before_its_first_words():
    body = item("").replace("<w:r>", "<w:r><w:br/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r><w:r>", 1)
    assert lines(body, definition(0, lvl(0, "%1.")) + num(1, 0)) == ["1.甲", "乙"]


def test_a_format_with_an_alternative_is_read_by_the_one_that_all_know():
    both = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{both}<w:lvlText w:val="%1."/></w:lvl>'
    assert lines(item("文"), definition(0, level) + num(1, 0)) == ["01.文"]
