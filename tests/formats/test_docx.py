"""A Word file becomes the lines that its reader sees: paragraphs, tables, changes accepted, nothing of the page."""

from __future__ import annotations

from io import BytesIO

import pytest

from formats.docx_files import PICTURE, RELATIONS, SPACES, docx, item, lvl, num, p, packed, parts_of, r, relations, style, tbl, tc
from formats.docx_files import definition as counted
from weijian import extract as readings
from weijian.formats.extracted import Extracted
from weijian.formats.word import extract


def read(body: str, **others: str) -> Extracted:
    return extract(docx(body, **others), "report.docx")


def lines(body: str, **others: str) -> list[str]:
    return read(body, **others).text.split("\n")


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


DELETED_MARK = '<w:rPr><w:del w:id="9"/></w:rPr>'
HIDDEN_MARK = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param(p("家庭医生签约率", "47.", "84%"), ["家庭医生签约率47.84%"], id="runs join without a blank"),
        pytest.param(p("\u3000\u3000全市共有机构 ", "86家 "), ["全市共有机构 86家"], id="an indent goes, a blank inside stays"),
        pytest.param(
            "<w:p><w:r><w:t> 新建 </w:t></w:r><w:r><w:t>6家</w:t></w:r></w:p>", ["新建6家"], id="blanks count where they are kept"
        ),
        pytest.param("<w:p><w:r><w:t xml:space='preserve'>新建\n6家</w:t></w:r></w:p>", ["新建 6家"], id="a line of the XML is none"),
        pytest.param(p("甲", "<w:r><w:br/></w:r>", "乙"), ["甲", "乙"], id="a soft line break"),
        pytest.param(p("甲", "<w:r><w:cr/></w:r>", "乙"), ["甲", "乙"], id="a carriage return"),
        pytest.param(p("签约率", '<w:r><w:br w:type="page"/></w:r>', "43%"), ["签约率43%"], id="a page break inside a sentence"),
        pytest.param(p("签", "<w:r><w:lastRenderedPageBreak/></w:r>", "约"), ["签约"], id="where a page ended once"),
        pytest.param(p("甲", "<w:r><w:tab/></w:r>", "乙"), ["甲 乙"], id="a tab"),
        pytest.param(p("甲", properties='<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>'), ["甲"], id="a tab stop is none"),
        pytest.param(p("3", "<w:r><w:noBreakHyphen/></w:r>", "6岁"), ["3-6岁"], id="a hyphen that does not break"),
        pytest.param(p("签", "<w:r><w:softHyphen/></w:r>", "约"), ["签约"], id="a hyphen that is not printed"),
        pytest.param(p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "90%"), ["≥90%"], id="a symbol with a sign of its own"),
        pytest.param(p('<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>', "基层"), ["②基层"], id="a number in a circle"),
        pytest.param(p('<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>'), ["℃"], id="a symbol of a text font"),
        pytest.param(p("<w:hyperlink>" + r("名单") + "</w:hyperlink>", "见附件"), ["名单见附件"], id="a link"),
        pytest.param(p("<w:smartTag><w:smartTag>" + r("2023年") + "</w:smartTag></w:smartTag>"), ["2023年"], id="a smart tag"),
        pytest.param(p("<w:sdt><w:sdtPr/><w:sdtContent>" + r("86家") + "</w:sdtContent></w:sdt>"), ["86家"], id="a control in a line"),
        pytest.param(
            "<w:sdt><w:sdtContent>" + p("甲") + p("乙") + "</w:sdtContent></w:sdt>", ["甲", "乙"], id="a control around paragraphs"
        ),
        pytest.param(p("共", field("=SUM(ABOVE)", r("86")), "家"), ["共86家"], id="the result of a field"),
        pytest.param(p('<w:fldSimple w:instr="DATE">' + r("2024年") + "</w:fldSimple>"), ["2024年"], id="a field in one piece"),
        pytest.param(p(field("IF " + field("=1", r("1")) + " 9", r("家"))), ["家"], id="a field in the instruction of another"),
        pytest.param(
            p(field("REF", r("共")).partition('<w:r><w:fldChar w:fldCharType="end"')[0]) + p("86家"),
            ["共", "86家"],
            id="a field without an end",
        ),
        pytest.param(
            p(field(r"eq \o\ac(○,3)", "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', ""), "基层"),
            ["③基层"],
            id="a circle drawn by a field",
        ),
        pytest.param(
            p("<w:r><w:ruby><w:rt>" + r("wei") + "</w:rt><w:rubyBase>" + r("卫") + "</w:rubyBase></w:ruby></w:r>"),
            ["卫"],
            id="pinyin above a character",
        ),
        pytest.param(p("率<m:oMath><m:r><m:t>=5</m:t></m:r></m:oMath>".replace("率", r("率"))), ["率=5"], id="a formula in one line"),
        pytest.param(p("甲") + p("") + p(" \u3000") + p("乙"), ["甲", "乙"], id="empty paragraphs"),
        pytest.param("<!-- no text --><?none?>" + p("甲"), ["甲"], id="a comment of the XML"),
    ],
)
def test_a_paragraph_is_a_line_as_printed(paragraph: str, expected: list[str]):
    assert lines(paragraph) == expected


@pytest.mark.parametrize(
    ("body", "expected", "note"),
    [
        pytest.param(
            p("签约率", "<w:ins>" + r("43%") + "</w:ins>", "<w:del><w:r><w:delText>41%</w:delText></w:r></w:del>"),
            ["签约率43%"], "insertions kept: 1, deletions left out: 1", id="words",
        ),
        pytest.param(p("<w:del>" + r("一字不留") + "</w:del>") + p("留"), ["留"], "deletions left out: 1", id="words in t"),
        pytest.param(
            p("<w:moveFrom>" + r("乙") + "</w:moveFrom>", "甲", "<w:moveTo>" + r("乙") + "</w:moveTo>"), ["甲乙"], "insertions kept: 1, deletions left out: 1", id="moved",
        ),
        pytest.param(p("全市共有", properties=DELETED_MARK) + p("机构86家。") + p("乙"), ["全市共有机构86家。", "乙"], "deletions left out: 1", id="the mark between paragraphs"),
        pytest.param(p("甲", properties=DELETED_MARK) + tbl(("乙", "1"), ("丙", "2")), ["甲", "|乙|1|", "|丙|2|"], "deletions left out: 1", id="the mark before a table"),
        pytest.param(
            "<w:tbl><w:tr>" + tc("甲") + tc("1") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + tc("乙") + tc("2") + "</w:tr></w:tbl>", ["|甲|1|"], "deletions left out: 1", id="a row",
        ),
        pytest.param(tbl(("甲", tc("旧", "<w:cellDel/>"), "1"), ("乙", "2")), ["|甲|1|", "|乙|2|"], "deletions left out: 1", id="a cell"),
        pytest.param(p("甲", properties='<w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>') + p("乙"), ["甲", "乙"], "", id="the format alone"),
    ],
)  # fmt: skip
def test_tracked_changes_are_read_as_accepted(body: str, expected: list[str], note: str):
    found = read(body)
    assert found.text.split("\n") == expected
    assert found.notes == (
        (f"Tracked changes are read as accepted: {note if 'kept' in note else f'insertions kept: 0, {note}'}.",) if note else ()
    )


@pytest.mark.parametrize(
    ("body", "expected", "note"),
    [
        pytest.param(p("甲", r("密", "<w:vanish/>"), "乙"), "甲乙", "1 hidden piece of text left out.", id="hidden text"),
        pytest.param(p("甲", r("明", '<w:vanish w:val="0"/>')), "甲明", "", id="text hidden no more"),
        pytest.param(p("甲", "<w:r><w:commentReference w:id='1'/></w:r>"), "甲", "1 comment left out.", id="a comment"),
        pytest.param(p("甲", "<w:r><w:footnoteReference w:id='7'/></w:r>"), "甲", "1 footnote or endnote put after the body.", id="a note that is missing"),
        pytest.param(p("甲") + PICTURE + PICTURE, "甲", "2 pictures left out.", id="pictures"),
        pytest.param(p("甲", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "甲", "1 symbol of a picture font left out.", id="a tick"),
        pytest.param(
            p("率", "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"), "率", "1 formula left out.", id="a fraction",
        ),
        pytest.param(p("甲") + '<w:altChunk r:id="r9"/>', "甲", "1 embedded file left out; its text is not read.", id="an embedded file"),
        pytest.param(p("甲", "<w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>"), "甲", "1 embedded object left out.", id="an embedded object"),
        pytest.param(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>" + p("目录") + "</w:sdtContent></w:sdt>" + p("甲"),
            "甲", "1 table of contents left out.", id="a table of contents in a control",
        ),
        pytest.param(p(field(r'TOC \o "1-3"', r("一、概况 3") + "</w:p><w:p>" + field("PAGEREF", r("3")))) + p("甲"), "甲", "1 table of contents left out.", id="a table of contents"),
        pytest.param(p("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("单击此处") + "</w:sdtContent></w:sdt>", "甲"), "甲", "1 form field left out that nobody filled in.", id="an empty form field"),
        pytest.param(
            p("甲") + "<w:sectPr><w:headerReference r:id='h1'/><w:footerReference r:id='h2'/><w:footerReference r:id='h2'/></w:sectPr>",
            "甲", "2 running heads and feet left out.", id="running heads",
        ),
    ],
)  # fmt: skip
def test_what_is_not_the_report_is_left_out_and_said(body: str, expected: str, note: str):
    found = read(body)
    assert found.text == expected
    assert found.notes == ((note,) if note else ())


def test_text_is_hidden_by_a_style_too_and_shown_again_by_the_run():
    styles = (
        style("Secret", inner="<w:rPr><w:vanish/></w:rPr>")
        + style("Child", based="Secret")
        + '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = p("密", r("明", '<w:vanish w:val="false"/>'), properties='<w:pStyle w:val="Child"/>') + p(
        "甲", r("密", '<w:rStyle w:val="Ghost"/>')
    )
    assert lines(body, styles=styles) == ["明", "甲"]


def test_the_marks_of_a_field_count_where_they_are_hidden():
    hidden = field("XE", r("词")).replace("<w:r><w:fldChar", "<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar")
    assert lines(
        p("甲", hidden, "乙", field("TOC", "<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType='end'/></w:r>" + r("丙")))
    ) == ["甲词乙丙"]


def test_a_paragraph_with_a_hidden_mark_runs_on_behind_its_own_label():
    numbering = counted(0, lvl(0, "%1、", "chineseCounting")) + num(1, 0)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("概况。", properties=numbered + HIDDEN_MARK) + p("全市共有机构86家。") + item("基层")
    assert lines(body, numbering=numbering) == ["一、概况。全市共有机构86家。", "二、基层"]


def test_the_lines_of_contents_are_known_by_their_style():
    styles = style("21", "toc 2") + style("1", "heading 1")
    body = p("一、概况\t3", properties='<w:pStyle w:val="21"/>') + p("一、概况", properties='<w:pStyle w:val="1"/>')
    found = read(body, styles=styles)
    assert (found.text, found.notes) == ("一、概况", ("1 line of a table of contents left out.",))


def test_notes_that_the_body_calls_stand_after_it_and_leave_no_mark_behind_a_number():
    footnotes = (
        '<w:footnote w:type="separator" w:id="-1">' + p("———") + "</w:footnote>"
        '<w:footnote w:id="1">' + p("<w:r><w:footnoteRef/></w:r>", " 按常住人口计算。") + "</w:footnote>"
        '<w:footnote w:id="2">' + p("没有人引用。") + "</w:footnote>"
    )
    endnotes = '<w:endnote w:id="1">' + p("数据截至12月31日。") + "</w:endnote>"
    body = (
        p("数据见后", '<w:r><w:endnoteReference w:id="1"/></w:r>', "。")
        + p("签约率47.84%", '<w:r><w:footnoteReference w:id="1"/></w:r>', "。")
        + p("末段。")
    )
    found = read(body, footnotes=footnotes, endnotes=endnotes)
    assert found.text.split("\n") == ["数据见后。", "签约率47.84%。", "末段。", "数据截至12月31日。", "按常住人口计算。"]
    assert found.notes == ("2 footnotes and endnotes put after the body.",)


def test_a_note_that_is_called_twice_stands_once():
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    found = read(p("甲", call) + p("乙", call), footnotes='<w:footnote w:id="1">' + p("注") + "</w:footnote>")
    assert (found.text, found.notes) == ("甲\n乙\n注", ("1 footnote or endnote put after the body.",))


def test_a_field_without_its_parts_swallows_nothing_behind_it():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    assert lines(p("甲", begun, "乙") + p("丙", call), footnotes='<w:footnote w:id="1">' + p("注") + "</w:footnote>") == [
        "甲乙",
        "丙",
        "注",
    ]


def test_a_text_box_follows_its_paragraph_and_is_read_once():
    box = "<w:txbxContent>" + p("签约率43%") + p("（2023年）") + "</w:txbxContent>"
    shape = f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent>"
    assert lines(p("概", f"<w:r>{shape}</w:r>", "况") + p("下文")) == ["概况", "签约率43%", "（2023年）", "下文"]
    assert lines(p(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == ["签约率43%", "（2023年）"]
    only_old = shape.partition("<mc:Choice")[0] + "<mc:Fallback>" + shape.partition("<mc:Fallback>")[2]
    assert lines(p(f"<w:r>{only_old}</w:r>")) == ["签约率43%", "（2023年）"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(tbl(("指标", "2023年"), ("签约率(%)", "43")), ["|指标|2023年|", "|签约率(%)|43|"], id="a plain table"),
        pytest.param(
            tbl((tc("指标", '<w:vMerge w:val="restart"/>'), tc("签约", '<w:gridSpan w:val="2"/>')), (tc("", "<w:vMerge/>"), "人数", "比率"), ("临江市", "3", "4")),
            ["|指标|签约|签约|", "|指标|人数|比率|", "|临江市|3|4|"], id="cells over columns and rows",
        ),
        pytest.param(
            tbl(("甲", tc("一", '<w:vMerge w:val="restart"/>')), ("乙", tc("", '<w:vMerge w:val="continue"/>')), ("丙", tc("二", '<w:vMerge w:val="restart"/>')), ("丁", tc("", "<w:vMerge/>"))),
            ["|甲|一|", "|乙|一|", "|丙|二|", "|丁|二|"], id="one tall cell under another",
        ),
        pytest.param(tbl(("甲", tc("一", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")), ("乙", "1", "2")), ["|甲|一|一|", "|乙|1|2|"], id="cells merged in the old way"),
        pytest.param(tbl(("甲", tc("5", '<w:vMerge w:val="restart"/>')), ("乙", tc("", "<w:vMerge/>"))), ["|甲|5|", "|乙||"], id="a number stands once"),
        pytest.param(tbl(("甲", tc("乙", "<w:vMerge/>")), ("丙", "丁")), ["|甲|乙|", "|丙|丁|"], id="a tall cell that begins nowhere"),
        pytest.param(
            tbl(("甲", "乙"), ("丙", "丁")).replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>', 1), ["||甲|乙|", "|丙|丁||"], id="a row that begins later",
        ),
        pytest.param(tbl(("甲", tc("乙", '<w:gridSpan w:val="many"/>')), ("丙", "丁")), ["|甲|乙|", "|丙|丁|"], id="a width that is no number"),
        pytest.param(tbl(("甲", tc(p("签约") + p("人数"))), ("乙", "1")), ["|甲|签约 人数|", "|乙|1|"], id="paragraphs in a cell"),
        pytest.param(tbl(("甲", "a|b"), ("乙", "1")), ["|甲|a¦b|", "|乙|1|"], id="a bar in a cell"),
        pytest.param(tbl((tc(p("一、概况") + p("全市共有机构86家。")),)), ["一、概况", "全市共有机构86家。"], id="a frame of one cell"),
        pytest.param(tbl(("一、概况",), ("机构86家。",)), ["一、概况", "机构86家。"], id="one column"),
        pytest.param(tbl(("", "文件"), ("", "正文")), ["文件", "正文"], id="one column with words"),
        pytest.param(
            tbl((tc(p("左") + tbl(("甲", "1"), ("乙", "2")) + p("")), "右")), ["左", "|甲|1|", "|乙|2|", "右"], id="a table inside one that places it",
        ),
        pytest.param(tbl((tc(tbl((tc(tbl(("内",))),))),)), ["内"], id="frames in frames"),
        pytest.param("<w:tbl><w:sdt><w:sdtContent><w:tr>" + tc("甲") + "<w:sdt><w:sdtContent>" + tc("1") + "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>", ["|甲|1|"], id="controls around rows and cells"),
        pytest.param("<w:tbl/>" + tbl(()) + p("甲"), ["甲"], id="tables of nothing"),
    ],
)  # fmt: skip
def test_a_table_is_lines_with_bars_and_a_layout_is_paragraphs(table: str, expected: list[str]):
    assert lines(p("上文") + table + p("下文")) == ["上文", *expected, "下文"]


REPORT = (
    p("临江市卫生健康委员会", properties='<w:pStyle w:val="Title"/>')
    + p("2023年", "<w:ins>" + r("卫生健康") + "</w:ins>", "工作总结")
    + p("总体情况", properties='<w:pStyle w:val="H1"/>')
    + p("全市共有医疗机构", "<w:del><w:r><w:delText>85</w:delText></w:r></w:del>", "<w:ins>" + r("86") + "</w:ins>", "家，", properties=DELETED_MARK)
    + p("家庭医生签约率47.84%", '<w:r><w:footnoteReference w:id="1"/></w:r>', "。")
    + p("基层服务", properties='<w:pStyle w:val="H2"/>')
    + item("65岁以上老年人健康管理率", 5)
    + item("新建医养结合机构12家。", 5)
    + tbl(
        (tc("指标", '<w:vMerge w:val="restart"/>'), tc("完成情况", '<w:gridSpan w:val="2"/>')),
        (tc("", "<w:vMerge/>"), "2022年", "2023年"),
        ("常住人口签约率(%)", "41.7", "44.2"),
    )
    + p("老年健康", properties='<w:pStyle w:val="H2"/>')
    + item("建成老年友善医疗机构30家。", 6)
    + p("明年打算", properties='<w:pStyle w:val="H1"/>')
    + p("医改", properties='<w:pStyle w:val="H2"/>')
    + p("力争签约率达到50%。")
    + "<w:sectPr><w:footerReference r:id='r9'/></w:sectPr>"
)  # fmt: skip
NUMBERED = {
    "styles": style("Normal", more=' w:default="1"')
    + style("H1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>', "Normal")
    + style("H2", "heading 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr>', "H1"),
    "numbering": counted(0, lvl(0, "%1、", "chineseCounting", '<w:pStyle w:val="H1"/>', suffix="nothing"), lvl(1, "（%2）", "chineseCounting", '<w:pStyle w:val="H2"/>'))
    + counted(1, lvl(0, "%1."))
    + num(4, 0) + num(5, 1) + num(6, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    "footnotes": '<w:footnote w:id="1">' + p("按常住人口计算。") + "</w:footnote>",
}  # fmt: skip
LINES = """
临江市卫生健康委员会
2023年卫生健康工作总结
一、总体情况
全市共有医疗机构86家，家庭医生签约率47.84%。
（一）基层服务
1. 65岁以上老年人健康管理率
2.新建医养结合机构12家。
|指标|完成情况|完成情况|
|指标|2022年|2023年|
|常住人口签约率(%)|41.7|44.2|
（二）老年健康
1.建成老年友善医疗机构30家。
二、明年打算
（一）医改
力争签约率达到50%。
按常住人口计算。
""".strip()


def test_a_report_is_read_line_by_line():
    found = read(REPORT, **NUMBERED)
    assert found.text == LINES
    assert (found.source_format, found.encoding, found.pages) == ("docx", "", ())
    assert found.notes == (
        "Tracked changes are read as accepted: insertions kept: 2, deletions left out: 2.",
        "1 running head or foot left out.",
        "8 labels of automatic numbering written out.",
        "1 footnote or endnote put after the body.",
    )


def test_the_numbers_of_a_report_say_the_same_as_in_its_text():
    rows = [
        (row["surface"], row.get("value"), row.get("unit"), row.get("indicator"), row.get("status"))
        for row in readings(read(REPORT, **NUMBERED).text)
    ]
    typed = LINES.replace("1. 65岁", "1.65岁")  # so typed, the label would be taken for a decimal
    expected = [(row["surface"], row.get("value"), row.get("unit"), row.get("indicator"), row.get("status")) for row in readings(LINES)]
    assert (
        rows
        == expected
        != [(row["surface"], row.get("value"), row.get("unit"), row.get("indicator"), row.get("status")) for row in readings(typed)]
    )
    assert ("47.84%", 47.84, "%", "fd_sign_rate", "actual") in rows


def test_a_file_of_another_program_is_read():
    from docx import Document

    document = Document()
    document.add_heading("临江市2023年工作总结", 0)
    document.add_paragraph("全市共有机构86家。")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip((each for row in table.rows for each in row.cells), ("指标", "签约", "", "临江市", "3", "4"), strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    file = BytesIO()
    document.save(file)
    assert extract(file.getvalue(), "a.docx").text.split("\n") == [
        "临江市2023年工作总结",
        "全市共有机构86家。",
        "|指标|签约|签约|",
        "|临江市|3|4|",
    ]


def test_the_strict_form_is_read():
    parts = {name: str(content) for name, content in parts_of(REPORT, **NUMBERED).items()}
    for usual, strict in (
        ("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
        ("schemas.openxmlformats.org/officeDocument/2006/relationships", "purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        parts = {name: content.replace(f"http://{usual}", f"http://{strict}") for name, content in parts.items()}
    assert "purl.oclc.org" in parts["word/document.xml"]
    assert extract(packed(parts), "strict.docx").text == LINES


def test_parts_stand_where_the_relationships_say_in_any_case_and_with_any_slash():
    parts = parts_of(REPORT, **NUMBERED)
    within = relations(styles="../shared/styles.xml", numbering="numbering.xml", footnotes="/word/footnotes.xml")
    outside = f'<Relationship Type="{RELATIONS}/styles" Target="file:///styles.xml" TargetMode="External"/>'
    moved = {
        "[Content_Types].xml": parts["[Content_Types].xml"],
        "_rels\\.rels": relations(officeDocument="/Word/Document2.xml"),
        "word\\document2.xml": parts["word/document.xml"],
        "word/_rels/DOCUMENT2.xml.rels": within.replace("<Relationship ", f"{outside}<Relationship ", 1),
        "/shared/styles.xml": parts["word/styles.xml"],
        "word/numbering.xml": parts["word/numbering.xml"],
        "word/footnotes.xml": parts["word/footnotes.xml"],
    }
    assert extract(packed(moved), "moved.docm").text == LINES


def test_a_part_may_be_utf_16_and_relationships_may_be_missing():
    document = f"<?xml version='1.0' encoding='UTF-16'?><w:document {SPACES}><w:body>{p('机构86家。')}</w:body></w:document>".encode(
        "utf-16"
    )
    assert extract(packed({"[Content_Types].xml": "", "word/document.xml": document}), "bare.docx").text == "机构86家。"
