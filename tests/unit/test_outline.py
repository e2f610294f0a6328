"""The outline of a document: what belongs to the page, whose report of which year it is, and how it is divided."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from weijian.documents import from_text, read_document
from weijian.errors import CodebookError
from weijian.furniture import _rules
from weijian.headings import label_rank
from weijian.masked import infer_masked
from weijian.metadata import read_pairs
from weijian.outline import Outline, outline, report_context
from weijian.titles import _cues, announces_part, is_title, section_genre, section_year, years_of

RAW = Path(__file__).parents[2] / "data" / "raw"
REPORTS = sorted(path.stem for path in RAW.glob("*.txt"))


def of(text: str) -> Outline:
    return outline(from_text(text))


def raw(name: str) -> tuple[str, Outline]:
    document = read_document(RAW / f"{name}.txt")
    return document.text, outline(document)


def furniture(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.kind for span in of(text).furniture}


# --- page furniture -------------------------------------------------------------------------------------------------

REPORT = "2024年青山市卫生健康工作总结\n一、基层卫生。新建3家。\n二、老龄健康。管理率70%。"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("当前位置:首页 > 其他政策文件 > 本部门发文", "navigation"),
        (" » 医疗百科 » 行业资讯", "navigation"),
        ("高级搜索", "navigation"),
        ("【字号：大 中 小】", "navigation"),
        ("来源:市卫生健康委    发布时间:2023-12-01", "metadata"),
        ("  • 索引号:SY60000562", "metadata"),
        ("索 引 号：SY60000562", "metadata"),
        ("索引号 | 00248984X/2023-00832 | 文件编号 | 发布机构 | 杭州市卫生健康委员会 | |", "metadata"),
        ("2026-01-31 07:00:44", "metadata"),
        ("分享到：", "share"),
        ("下面是小编为大家整理的市卫健委工作要点(完整),供大家参考。", "advertising"),
        ("某某科技(中国)有限公司-百科", "advertising"),
        ("省长在省人民代表大会上作报告。本报记者 王某 摄", "image"),
    ],
)
def test_a_line_of_the_page_before_the_report_is_furniture(line: str, kind: str):
    text = f"{line}\n{REPORT}"
    assert furniture(text) == {line.strip(): kind}
    assert of(text).reports[0].title == "2024年青山市卫生健康工作总结"


@pytest.mark.parametrize(
    ("tail", "kinds"),
    [
        ("上一条:如何预防流感?\n下一条:鼻塞不一定是鼻炎", ["navigation", "navigation"]),
        ("打开微信“扫一扫”,打开网页后点击屏幕右上角分享按钮", ["share"]),
        ("联系我们\n 400-820-8669(工作日8:00~17.30)\n 18930521766\n kf@example.com", ["contact"] * 4),
        ("关注我们\n官方微信二维码\n© 2024 某某公司 沪ICP备10028860号-13", ["footer"] * 3),
        ("留言\n*姓名\n*联系方式\n*验证码\n咨询人 意见与建议 回复内容 提交时间", ["contact"] * 5),
        ("读屏专用\n声音开关\n语速\n配色\n重置\n说明\n退出服务", ["navigation"] * 7),
        ("版权所有\nBaidu\n某个没见过的按钮", ["footer", "navigation", "navigation"]),
        ("责任编辑：王某\n扫一扫在手机打开当前页\n打印本页", ["footer", "share", "navigation"]),
        ("联系电话:0571-12345678", ["contact"]),
    ],
)
def test_what_follows_a_closing_line_of_the_page_is_furniture_to_the_end(tail: str, kinds: list[str]):
    found = of(f"{REPORT}\n\n{tail}\n")
    assert [span.kind for span in found.furniture] == kinds
    assert found.reports[0].end == len(REPORT)


def test_the_names_of_images_are_furniture_in_the_middle_of_the_body():
    assert furniture("2023年青山市工作要点\n一、防控\n1.加强监测。\n1.jpg\n二、服务\n2.png") == {"1.jpg": "image", "2.png": "image"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{REPORT}\n青山市卫生健康委员会\n2025年4月1日", id="a signature"),
        pytest.param(f"市卫生健康委\n{REPORT}", id="the office above the title"),
        pytest.param("2025年青山市民生实事清单\n| 序号 | 事项 |\n| 1 | 社区急诊2家 |", id="a table"),
        pytest.param("青山市目标表（到2020年）\n①新增12家；\n②床位4.3张", id="a list of short lines"),
        pytest.param("分享经验\n收入11941\n签约率43%\n共3家", id="short lines of facts"),
        pytest.param("一、概况\n搜索引擎建设完成。\n二、电话随访\n10万人次", id="words of the page inside the body"),
        pytest.param("来源广泛。来源:居民签约,去年3万人。", id="a sentence with a key in it"),
        pytest.param("各医疗卫生单位:\n现将总结印发给你们,请结合实际,认真执行。\n特此通知。", id="a covering letter"),
    ],
)
def test_the_body_is_never_taken_for_furniture(text: str):
    assert furniture(text) == {}


def test_a_tool_of_the_page_in_the_head_does_not_make_the_rest_a_tail():
    text = "联系我们\n版权所有\n青山市2024年工作总结\n一、签约率43%\n二、老龄\n新增3家"
    assert furniture(text) == {"联系我们": "contact", "版权所有": "footer"}


def test_furniture_is_asked_for_by_position():
    text = f"高级搜索\n{REPORT}"
    found = of(text)
    assert [found.is_furniture(offset) for offset in (0, 3, 4, 5, len(text) - 1)] == [True, True, False, False, False]


# --- what the page says of the document -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源:市卫健委 发布时间:2025年4月2日", {"source": "市卫健委", "published_date": "2025-04-02"}),
        ("  • 发文字号:闵卫发〔2025〕37号", {"number": "闵卫发〔2025〕37号"}),
        ("成文日期 | 2023-05-19 | 主题分类 | 卫生 |", {"written_date": "2023-05-19", "subject": "卫生"}),
        ("文件编号 | 发布机构 | 杭州市卫生健康委员会 | |", {"number": "", "issuer": "杭州市卫生健康委员会"}),
        ("索 引 号：AB12　发文日期：二〇二三年五月十九日", {"index_number": "AB12", "written_date": "2023-05-19"}),
        ("摘自:诗烨  日期:2023-03-02  [返回]", {"source": "诗烨", "published_date": "2023-03-02"}),
        ("失效日期:", {"expiry_date": ""}),
        ("签约率:47.84%", {}),
        ("来源于居民。", {}),
    ],
)
def test_a_line_of_metadata_is_read_in_every_layout(line: str, expected: dict[str, str]):
    assert {pair.field: pair.value for pair in read_pairs(line)} == expected


def test_a_value_may_stand_on_the_line_below_its_key():
    found = of(f"来源:\n青山日报\n发表时间：\n2024-03-02\n{REPORT}")
    assert (found.metadata["source"], found.metadata["published_date"]) == ("青山日报", "2024-03-02")
    assert found.reports[0].title == "2024年青山市卫生健康工作总结"


def test_an_empty_value_takes_nothing_from_the_title_below():
    found = of("发文机关:\n2024年杭州市卫生健康工作总结\n一、概况。好。")
    assert found.reports[0].title == "2024年杭州市卫生健康工作总结"
    assert "issuer" not in found.metadata


def test_every_piece_of_evidence_is_a_span_that_says_what_was_read():
    text, found = raw("310112-2024-summary")
    said = {field: (text[slice(*where[:2])], where.rule) for field, where in found.evidence.items()}
    key = found.reports[0].key
    assert said["number"] == ("闵卫发〔2025〕37号", "metadata")
    assert said["published_date"] == ("2025年4月2日", "metadata")
    assert said[f"{key}.place"] == ("闵行区", "title")
    assert said[f"{key}.year"] == ("2024", "title")
    assert said[f"{key}.issuer"] == ("上海市闵行区卫生健康委员会", "metadata")


# --- whose report, of which year, of which genre --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "code", "genre", "year"),
    [
        ("番禺区卫生健康局2022年工作总结\n一、概况。好。", "番禺区", "440113", "summary", 2022),
        ("2023年上海市卫生健康工作要点\n一、签约。要好。", "上海市", "310000", "plan", 2023),
        ("江宁区2025年卫生民生实事清单\n| 1 | 急诊 |", "江宁区", "320115", "plan", 2025),
        ("萧山区2017年政府为民办实事安排（摘要）\n6.签约：30%。", "萧山区", "330109", "plan", 2017),
        ("深圳市建设“卫生强市”目标表（到2020年）\n①12家；", "深圳市", "440300", "plan", 2020),
        ("北京市老龄健康2024年工作回顾与2025年安排\n一、2024年回顾\n好。", "北京市", "110000", "summary", 2024),
        ("2021年度国家老龄事业发展主要数据\n一、健康：好。", "全国", "", "other", 2021),
        ("唐山海港经济开发区“一老一小”工作专报\n一、项目。3家。", "唐山海港经济开发区", "", "other", None),
        ("二〇二三年杭州市卫生健康工作要点\n一、签约。", "杭州市", "330100", "plan", 2023),
        ("重庆市“十四五”社会事业成绩摘要\n一是好。人均79.72岁，比2020年多1.16岁。", "重庆市", "500000", "summary", None),
        ("湖南省“十四五”卫生健康发展情况\n1.负担:由2020年29%降为2024年27%。", "湖南省", "430000", "summary", 2024),
        ("青岛市签约服务宣传月情况通报\n一、好。", "青岛市", "370200", "other", None),
        ("朝阳区2024年工作总结\n一、在市委(北京市)领导下。\n二、北京市试点。", "朝阳区", "110105", "summary", 2024),
        ("朝阳区2024年工作总结\n一、概况。", "朝阳区", "", "summary", 2024),
        ("签约率43%。", "", "", "other", None),
    ],
)
def test_title_and_first_lines_give_place_genre_and_year(text: str, place: str, code: str, genre: str, year: int | None):
    report = of(text).reports[0]
    assert (report.place, report.place_code, report.genre, report.year) == (place, code, genre, year)


def test_a_plan_for_several_years_names_them_as_its_period():
    assert of("湖南省“十四五”卫生健康发展情况\n1.好。").metadata["period"] == "2021-2025"
    assert years_of("新一轮三年行动计划(2023—2025年)") == "2023-2025"
    assert years_of("15分钟服务圈工作总结") == ""


def test_the_half_year_and_other_genres_keep_their_name():
    half = of("杭州市2023年上半年工作总结\n一、好。").reports[0]
    assert (half.genre, half.genre_name, half.part_of_year, report_context(half)) == ("other", "半年总结", "上半年", "summary")
    assert of("杭州市2023年第三季度卫生健康工作总结\n一、好。").reports[0].genre_name == "第三季度工作总结"
    plan = of("杭州市卫生健康发展“十四五”规划\n一、好。").reports[0]
    assert (plan.genre, plan.genre_name, report_context(plan)) == ("other", "规划", "plan")
    report = of("2023年杭州市卫生健康统计公报\n一、好。").reports[0]
    assert (report.genre, report.genre_name, report_context(report)) == ("other", "统计公报", "summary")


def test_the_title_of_the_district_counts_more_than_the_city_that_issued_it():
    report = of("发文机关:上海市卫生健康委员会\n闵行区2024年工作总结\n一、好。").reports[0]
    assert report.place_code == "310112"


def test_the_issuer_tells_the_place_when_the_title_does_not():
    report = of("发布机构:杭州市卫生健康委员会\n2024年工作总结\n一、援助阿克苏地区。").reports[0]
    assert (report.place_code, report.issuer) == ("330100", "杭州市卫生健康委员会")


def test_an_office_without_its_place_is_found_in_full_in_the_body():
    text, found = raw("310000-2023-summary")
    report = found.reports[0]
    assert (report.place_code, report.issuer, report.title) == ("310000", "上海市卫生健康委员会", "2023年度工作总结")
    where = found.evidence[f"{report.key}.issuer"]
    assert text[where.start : where.end] == "上海市卫生健康委员会"


def test_helped_places_are_not_the_place_of_the_report():
    report = of("2024年工作总结\n一、帮扶。支援甘孜藏族自治州和阿克苏地区,派出医生20名。").reports[0]
    assert report.place == ""


def test_a_masked_report_keeps_an_empty_place_and_its_inference_apart():
    _, found = raw("masked-2023-plan")
    report = found.reports[0]
    assert (report.place, report.place_code, report.place_level) == ("", "", "")
    assert (report.title, report.genre, report.year) == ("市卫健委工作要点(完整)", "plan", 2023)
    inferred = infer_masked(read_document(RAW / "masked-2023-plan.txt"), found)
    assert [(i.candidate, i.names, i.confidence) for i in inferred] == [("320685", ("曲塘", "雅周", "大公", "白甸"), "high")]


@pytest.mark.parametrize("name", [name for name in REPORTS if not name.startswith("masked")])
def test_nothing_is_inferred_about_a_report_that_names_its_place(name: str):
    document = read_document(RAW / f"{name}.txt")
    assert infer_masked(document, outline(document)) == []


def test_asterisks_of_a_web_form_mask_nothing():
    text = "工作总结\n一、好。上海市卫生健康委员会、上海市卫生健康委员会。\n留言\n*姓名\n*市区"
    assert of(text).reports[0].place_code == "310000"


@pytest.mark.parametrize("mask", ["*市", "××区", "XX县", "某市"])
def test_a_masked_place_is_not_guessed_from_offices_in_the_body(mask: str):
    text = f"工作总结\n一、好。{mask}卫健委。上海市卫生健康委员会、上海市人民政府。"
    assert of(text).reports[0].place == ""


# --- several reports in one document --------------------------------------------------------------------------------


def test_a_second_title_that_begins_the_numbering_anew_begins_a_second_report():
    text, found = raw("330100-2022-summary-2023-plan")
    assert [(report.genre, report.year, report.ordinal, report.title) for report in found.reports] == [
        ("summary", 2022, 1, "2022年杭州市卫生健康工作总结"),
        ("plan", 2023, 2, "2023年杭州市卫生健康工作要点"),
    ]
    second = found.reports[1]
    assert text[second.start :].startswith(second.title)
    assert found.metadata["title"] == "杭州市卫生健康委员会2022年工作总结和2023年工作要点"
    assert {section.report for section in found.sections} == {report.key for report in found.reports}


def test_bare_titles_that_the_joint_title_announced_begin_reports_too():
    text = "杭州市卫健委2022年工作总结和2023年工作计划\n2022年工作总结\n一、好。\n二、好。\n2023年工作计划\n一、要好。"
    assert [(r.place_code, r.genre, r.year) for r in of(text).reports] == [("330100", "summary", 2022), ("330100", "plan", 2023)]


def test_a_covering_letter_and_the_quoted_title_belong_to_the_one_report():
    text, found = raw("310112-2024-summary")
    assert len(found.reports) == 1
    assert text[found.reports[0].start :].startswith("关于印发《2024年闵行区卫生健康工作总结》的通知")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("杭州市2024年工作总结\n一、回顾\n好。\n二、2025年安排\n要好。", id="numbered parts"),
        pytest.param("2026年杭州市政府工作报告\n各位代表:\n2025年工作回顾\n一、好。\n2026年重点任务\n一、要好。", id="unnumbered parts"),
        pytest.param("杭州市2024年工作总结\n一、好。\n2023年工作总结\n二、好。", id="numbering that goes on"),
        pytest.param("杭州市2024年工作总结\n一、好。\n2025年杭州市工作要点\n二、好。", id="a title inside the numbering"),
    ],
)
def test_parts_of_one_report_stay_one_report(text: str):
    assert len(of(text).reports) == 1


def test_a_document_of_furniture_alone_holds_no_report():
    found = of("当前位置:首页 > 文件\n1.jpg")
    assert (found.reports, found.sections) == ((), ())
    assert len(found.furniture) == 2


# --- headings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("一、概况", 1),
        ("十一、安全", 1),
        ("第一部分 回顾", 1),
        ("(一)推进", 2),
        ("（十二）推进", 2),
        ("1.加强监测", 3),
        ("26、提升", 3),
        ("１．加强", 3),
        ("(1)落实", 4),
        ("①市级医院", 5),
        ("1.jpg", 0),
        ("4.7万人次", 0),
        ("三、四级手术人次同比增长", 0),
        ("一、二年级学生", 0),
        ("2024年工作", 0),
    ],
)
def test_a_line_begins_with_numbering_of_a_rank_or_with_none(line: str, rank: int):
    assert label_rank(line) == rank


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("一、聚焦民生,持续做好实事项目", "一、", "一、聚焦民生,持续做好实事项目"),
        ("(一)有效夯实基层医疗服务能力。一般做法。", "(一)", "(一)有效夯实基层医疗服务能力"),
        ("6.分级诊疗：签约率要到30%以上。", "6.", "6.分级诊疗"),
        ("1.规范医疗行为,保障患者安全制定《专项方案》《实施方案》,对22家医院检查。", "1.", "1.规范医疗行为,保障患者安全"),
        ("一、家庭医生8428名，编成团队2783个，覆盖率86.9%。", "一、", "一、"),
        ("12.推动“1+1+1”签约。要好。", "12.", "12.推动“1+1+1”签约"),
        ("(三)落实2024年度补助资金。下达219.20万元。", "(三)", "(三)落实2024年度补助资金"),
    ],
)
def test_a_heading_ends_where_its_sentence_begins(line: str, label: str, heading: str):
    section = of(f"杭州市2024年工作总结\n{line}").sections[0]
    assert (section.label, section.heading) == (label, heading)


def tree(text: str) -> list[tuple[int, str]]:
    return [(section.depth, section.heading) for section in of(text).sections]


def test_sections_nest_by_rank_and_a_level_may_be_skipped():
    text = "一、医改\n(一)基层。\n1.签约。\n(1)扩面。\n二、老龄\n1.评估。\n三、其他"
    assert tree(text) == [(1, "一、医改"), (2, "(一)基层"), (3, "1.签约"), (4, "(1)扩面"), (1, "二、老龄"), (2, "1.评估"), (1, "三、其他")]


def test_run_in_points_are_sections_that_end_with_their_paragraph():
    text = "一、签约\n1.优化。一是扩大签约覆盖。签约129.96万人。二是优化供给。续签。\n后一段。"
    found = of(text)
    assert [(s.depth, s.label, s.heading) for s in found.sections[2:]] == [(3, "一是", "一是扩大签约覆盖"), (3, "二是", "二是优化供给")]
    inside, after = text.index("续签"), text.index("后一段")
    assert (found.section_at(inside).label, found.section_at(after).label) == ("二是", "1.")


@pytest.mark.parametrize("sentence", ["这是统一是好的。", "之一是签约。", "三是没有一是的。", "唯一是好。", "第一要务是发展。"])
def test_other_numerals_before_是_begin_no_section(sentence: str):
    assert tree(f"一、概况\n说明,{sentence}") == [(1, "一、概况")]


def test_a_short_first_sentence_without_digits_heads_its_paragraph():
    assert tree("一、医改\n加大县域医共体建设。积极争取支持。\n新增3家机构。完成任务。\n特此通知。") == [
        (1, "一、医改"),
        (2, "加大县域医共体建设"),
    ]


def test_short_sentences_of_state_head_what_follows_inside_a_paragraph():
    text = "(一)服务\n老龄健康服务不断强化。完成评估。妇幼健康工作持续推进。新增1家。中心项目按计划有序推进。完工。"
    assert tree(text) == [(1, "(一)服务"), (2, "老龄健康服务不断强化"), (2, "妇幼健康工作持续推进")]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("310000-2023-summary", {1: 2, 2: 5}),
        ("310000-2023-plan", {1: 5, 3: 26, "是": 55}),
        ("masked-2023-plan", {1: 6}),
        ("310112-2024-summary", {1: 9, 2: 29, 3: 26, "是": 29}),
        ("330100-2022-summary-2023-plan", {1: 12, 2: 21, 3: 29, "是": 52}),
    ],
)
def test_the_headings_of_the_five_reports_are_all_found(name: str, counts: dict[int | str, int]):
    _, found = raw(name)
    labels = [section.label for section in found.sections if section.label]
    assert Counter(label_rank(label) or label[-1] for label in labels) == counts


def test_every_paragraph_of_the_masked_plan_that_has_a_topic_sentence_is_a_section():
    _, found = raw("masked-2023-plan")
    topics = [section.heading for section in found.sections if not section.label]
    assert len(topics) == 25
    assert {"优化家庭医生签约服务", "推进老年健康服务工作", "压实主体责任,推进党组织标准化建设"} <= set(topics)


@pytest.mark.parametrize("name", REPORTS)
def test_no_line_of_furniture_in_the_five_reports_is_a_heading_or_a_sentence_of_the_body(name: str):
    text, found = raw(name)
    for span in found.furniture:
        line = text[span.start : span.end]
        assert not re.match("[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]", line)
        assert "。" not in line or span.kind == "advertising"
    assert sum(span.end - span.start for span in found.furniture) < 0.08 * len(text)


# --- what a section reports or promises -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "genre", "year", "expected"),
    [
        ("二、2025年安排", "summary", 2024, ("plan", 2025)),
        ("三、下一步工作打算", "summary", 2024, ("plan", 2025)),
        ("四、明年重点工作", "summary", 2024, ("plan", 2025)),
        ("二、下半年工作安排", "summary", 2024, ("plan", 2024)),
        ("一、2024年回顾", "plan", 2025, ("summary", 2024)),
        ("一、去年工作完成情况", "plan", 2025, ("summary", 2024)),
        ("三、存在的主要问题", "plan", 2025, ("summary", 2025)),
        ("“十五五”时期主要目标和2026年重点工作", "other", 2026, ("plan", 2026)),
        ("三、聚焦重点任务,持续做好民生实事", "summary", 2024, ("summary", 2024)),
        ("(二)落实2023年绩效考核", "summary", 2024, ("summary", 2024)),
        ("一、加强监测", "plan", 2023, ("plan", 2023)),
        ("一、加强监测", "统计公报", 2023, ("summary", 2023)),
        ("一、加强监测", "other", None, ("", None)),
    ],
)
def test_a_heading_tells_genre_and_year_of_its_section(heading: str, genre: str, year: int | None, expected: tuple[str, int | None]):
    assert (section_genre(heading, genre, year), section_year(heading, year)) == expected


def test_what_stands_under_a_plan_part_of_a_summary_promises_for_its_year():
    text = "北京市老龄健康2024年工作回顾与2025年安排\n一、2024年回顾\n(一)能力。达86.7%。\n二、2025年安排\n(一)能力。不低于90%。"
    found = of(text)
    past, future = found.setting_at(text.index("86.7")), found.setting_at(text.index("90%"))
    assert (past.context, past.year) == ("summary", 2024)
    assert (future.context, future.year) == ("plan", 2025)
    assert future.section is not None and future.section.heading == "(一)能力"
    assert future.report is found.reports[0]


def test_unnumbered_parts_of_a_government_report_are_sections_with_a_setting():
    text = "2026年杭州市政府工作报告\n各位代表:\n2025年工作回顾\n好。\n一、经济。增长5%。\n2026年重点任务\n一、经济。增长6%。"
    found = of(text)
    assert found.setting_at(text.index("5%")).context == "summary"
    assert (found.setting_at(text.index("6%")).context, found.setting_at(text.index("6%")).year) == ("plan", 2026)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024年闵行区卫生健康工作总结", True),
        ("市卫健委工作要点(完整)", True),
        ("关于印发《2024年工作要点》的通知", True),
        ("现将工作总结如下:", False),
        ("一、2023年度工作总结", False),
        ("圆满完成工作任务。", False),
        ("上海市卫生健康委员会", False),
    ],
)
def test_a_title_is_short_unnumbered_and_ends_in_the_word_of_a_genre(line: str, expected: bool):
    assert is_title(line) is expected


def test_a_sentence_announces_no_part():
    assert announces_part("2026年重点任务")
    assert not announces_part("2026年,要抓好重点任务")
    assert not announces_part("重点人群")


# --- the tables it rests on -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("match", ["whole", "somewhere"])
def test_a_row_of_furniture_that_cannot_be_used_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, match: str):
    row = {"kind": "share", "match": match, "zone": "anywhere", "closes": "", "pattern": "(" if match == "whole" else "微信"}
    book = SimpleNamespace(rows=lambda name: [row])
    monkeypatch.setattr("weijian.furniture.codebook", lambda: book)
    with pytest.raises(CodebookError, match=r"codebook/furniture\.csv, row 2"):
        _rules.__wrapped__()


def test_a_cue_that_is_no_regular_expression_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch):
    book = SimpleNamespace(rows=lambda name: [{"pattern": "下一步(", "context": "plan", "years": "1"}])
    monkeypatch.setattr("weijian.titles.codebook", lambda: book)
    with pytest.raises(CodebookError, match=r"codebook/section_cues\.csv, row 2"):
        _cues.__wrapped__()


def test_an_outline_survives_the_trip_between_processes():
    found = of("闵行区2024年工作总结\n一、概况。好。")
    assert pickle.loads(pickle.dumps(found)) == found
