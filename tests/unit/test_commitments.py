"""Commitments: what counts as promised, what answers it, and the tables, on small reports of a city that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import pytest

from weijian import commitments
from weijian.codebook import codebook
from weijian.commitments import Commitments, telling
from weijian.concluded import COMMITMENTS, NEXT_TARGETS, UNPROMISED
from weijian.errors import CorpusError
from weijian.promises import promised_stage, stage_of
from weijian.reading import read
from weijian.records import Document, Reading
from weijian.schema import write_table
from weijian.statements import sets_a_norm


def commitment_rows(readings: Iterable[Reading]) -> Commitments:
    return commitments.commitment_rows(said for reading in readings for said in telling(reading))


def reading(name: str, title: str, text: str, place_code: str = "330100", place: str = "青江市") -> Reading:
    stated = {"place_code": place_code} if place_code else {}
    return read(Document(name, f"{place}{title}\n{text}", stated=stated))


def plan(text: str, year: int = 2023, **more: str) -> Reading:
    return reading("plan", f"{year}年卫生健康工作要点", text, **more)


def summary(text: str, year: int = 2023, name: str = "summary", **more: str) -> Reading:
    return reading(name, f"{year}年卫生健康工作总结", text, **more)


def found(promise: str, outcome: str) -> list[tuple[str, str]]:
    """Return the outcome and the verdict of each commitment."""
    rows = commitment_rows([plan(promise), summary(outcome)]).commitments
    return [(row["outcome_quote"], row["verdict"]) for row in rows]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("启动新一轮行动计划", "begun"), ("市血站新址完成竣工验收", "finished"), ("实现村级远程会诊全覆盖", "finished"),
        ("印发《青江市急救管理办法》", "finished"), ("开展医养结合示范县创建", "begun"), ("市口腔医院创成三级甲等专科医院", "finished"),
        ("市医学中心主体结构封顶", "partly"), ("加快推进智慧医院建设", ""), ("进一步完善工作机制", ""), ("持续开展爱国卫生运动", ""),
        ("通过多种方式宣传政策", ""), ("完成各项任务", ""), ("深化医药卫生体制改革", ""), ("全面落实主体责任", ""), ("建立健全工作机制", ""),
    ],
)  # fmt: skip
def test_a_deed_with_an_object_that_can_be_seen_is_a_promise(words: str, stage: str):
    assert promised_stage(words) == stage


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("项目按计划有序推进", "begun"), ("新院区正式投入使用", "finished"), ("正在进行内部装修", "partly"), ("前期工作有序推进", "preparing"),
        ("未能完成升级改造", "preparing"), ("系统升级有序推进", "begun"), ("办法完成修订", "finished"), ("启动建设", "begun"), ("门诊量1万人次", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_clause_tell_how_far_along_a_thing_is(words: str, stage: str):
    assert stage_of(words) == stage


@pytest.mark.parametrize(
    ("promise", "outcome", "verdict"),
    [
        pytest.param("签约率达到45%。", "签约率为45%。", "met", id="equal"),
        pytest.param("签约率不低于45%。", "签约率为45.1%。", "exceeded", id="above a floor"),
        pytest.param("签约率达到45%。", "签约率为44.9%。", "short", id="below, by its decimals"),
        pytest.param("培训村医2万人次。", "培训村医2.0万人次。", "met", id="equal, in other decimals"),
        pytest.param("孕产妇死亡率控制在8/10万以下。", "孕产妇死亡率6.1/10万。", "met", id="lower is met"),
        pytest.param("平均住院日缩短至8天。", "平均住院日8.4天。", "short", id="an aim of lowering missed"),
        pytest.param("新增3岁以下托位900个。", "新增3岁以下托位880个。", "short", id="以下 in a name lowers nothing"),
        pytest.param("新建未来医院2-3个。", "新建未来医院4个。", "exceeded", id="above a range"),
        pytest.param("新建社区护理中心9家。", "社区护理中心建设稳步推进。", "softened", id="a figure answered by weaker words"),
        pytest.param("市疾控中心新建项目完成竣工验收。", "市疾控中心新建项目按计划有序推进。", "softened", id="vaguer"),
        pytest.param("建成市老年医院。", "启动市老年医院建设。", "softened", id="only begun"),
        pytest.param("启动第六轮健康城市行动计划。", "新一轮健康城市行动计划启动。", "done", id="a new round"),
        pytest.param("建成市急救中心。", "市急救中心建设顺利,目前正在装修。", "softened", id="the clause goes on"),
    ],
)
def test_verdicts(promise: str, outcome: str, verdict: str):
    assert found(promise, outcome) == [(outcome.rstrip("。").split(",")[0], verdict)]


@pytest.mark.parametrize(
    ("promise", "outcome"),
    [
        pytest.param("建成社区医院5家。", "建成社区卫生服务站5家。", id="another institution"),
        pytest.param("建成智慧健康驿站20个。", "临湖区建成智慧健康驿站3个。", id="a district, with a figure"),
        pytest.param("启用市急救指挥中心。", "临湖区急救指挥中心启用。", id="a district, without a figure"),
        pytest.param("签约率达到45%。", "签约率提高3个百分点。", id="a change for a level"),
        pytest.param("完成肺癌筛查5万人。", "完成肺癌筛查5万人次。", id="visits for persons"),
        pytest.param("完成肺癌筛查5万人。", "完成肠癌筛查5万人。", id="another disease"),
        pytest.param("新增托育托位600个。", "全市托育托位总数达3000个。", id="all for what is new"),
        pytest.param("举办第三届中医药文化节。", "举办第二届中医药文化节。", id="another ordinal"),
        pytest.param("成立市级医学救援队。", "市级医学救援队开展演练4次。", id="a body at work is none set up"),
        pytest.param("创建示范性老年友好型社区8个。", "推选8个社区申报示范性老年友好型社区。", id="nominated, not created"),
        pytest.param("新建社区护理中心9家。", "年度计划新建社区护理中心9家。", id="a plan restated is no outcome"),
    ],
)
def test_what_is_of_something_else_is_not_matched(promise: str, outcome: str):
    assert found(promise, outcome) == [("", "not_reported")]


@pytest.mark.parametrize(
    ("outcome", "flags"),
    [
        ("新建社区护理中心12家(年度计划9家)。", ("restated_equal",)), ("新建社区护理中心12家,年度计划10家。", ("restated_differs",)),
        ("年度计划9家,完成社区护理中心建设12家。", ("restated_equal",)), ("新建社区护理中心超过12家。", ("bound",)),
        ("新建社区护理中心12家(正在公示)。", ("provisional",)), ("新建社区护理中心12家。", ()),
    ],
)  # fmt: skip
def test_what_one_should_know_is_flagged(outcome: str, flags: tuple[str, ...]):
    rows = commitment_rows([plan("新建社区护理中心9家。"), summary(outcome)]).commitments
    assert [(row["verdict"], row["flags"]) for row in rows] == [("exceeded", flags)]


def test_half_a_year_answers_only_where_there_is_no_whole_one():
    half, whole = reading("half", "2023年上半年工作总结", "新建社区护理中心4家。"), summary("新建社区护理中心9家。")
    first = commitment_rows([plan("新建社区护理中心9家。"), half]).commitments[0]
    assert (first["outcome_value"], first["flags"]) == (4, ("partial_year",))
    both = commitment_rows([plan("新建社区护理中心9家。"), half, whole]).commitments[0]
    assert (both["outcome_value"], both["flags"]) == (9, ())


def test_an_outcome_answers_the_clauses_of_one_sentence_only():
    promises = "建成市疾控中心新大楼,市疾控中心新大楼投入使用。"
    assert [verdict for _, verdict in found(promises, "市疾控中心新大楼建成投用。")] == ["done", "done"]
    apart = promises.replace(",", "。")
    assert sorted(verdict for _, verdict in found(apart, "市疾控中心新大楼建成投用。")) == ["done", "not_reported"]


@pytest.mark.parametrize("more", [{"place_code": ""}, {"place_code": "330200"}], ids=["no place", "another place"])
def test_reports_of_other_places_and_of_none_are_not_paired(more: dict[str, str]):
    told = commitment_rows([plan("新建社区护理中心9家。", **more), summary("新建社区护理中心9家。")])
    assert [(row["verdict"], row["flags"]) for row in told.commitments] == [("not_reported", ("no_summary",))]
    nowhere = [plan("签约率达到45%。", place_code="", place=""), summary("签约率45%。", place_code="", place="")]
    assert [row["verdict"] for row in commitment_rows(nowhere).commitments] == ["not_reported"]


def test_reports_of_a_place_without_a_code_are_paired_by_its_name():
    named = [plan("签约率达到45%。", place_code="", place="云溪市"), summary("签约率45%。", place_code="", place="云溪市")]
    assert [row["verdict"] for row in commitment_rows(named).commitments] == ["met"]


def test_what_a_summary_promises_for_the_next_year_is_checked_against_the_next_summary():
    first = summary("新建社区护理中心4家。\n二、2024年工作打算\n新建社区护理中心6家。", name="first")
    told = commitment_rows([first, summary("新建社区护理中心7家。", 2024, "second")])
    assert [(row["plan_report"], row["outcome_report"], row["verdict"]) for row in told.commitments] == [
        ("first#1", "second#1", "exceeded")
    ]
    assert [(row["outcome_report"], row["target_report"], row["verdict"]) for row in told.next_targets] == [
        ("first#1", "first#1", "raised")
    ]


@pytest.mark.parametrize(
    ("outcome", "target", "verdict"),
    [
        ("每千人口托位数达3.7个。", "每千人口托位数达到4个。", "raised"), ("老年医学科设置比例达90%。", "老年医学科设置比例达到60%以上。", "possible_redefinition"),
        ("建成慢病门诊9家。", "建成慢病门诊9家。", "kept"), ("新增托育托位800个。", "新增托育托位500个。", "lowered"),
        ("新增普惠托位800个。", "新增托育托位900个,其中普惠托位500个。", "lowered"),
        ("孕产妇死亡率7/10万。", "孕产妇死亡率控制在6/10万以下。", "raised"),
    ],
)  # fmt: skip
def test_next_targets(outcome: str, target: str, verdict: str):
    told = commitment_rows([summary(outcome, 2022), plan(target)])
    assert [row["verdict"] for row in told.next_targets] == [verdict]
    flagged = [row["plan_quote"] for row in told.commitments if "possible_redefinition" in row["flags"]]
    assert bool(flagged) == (verdict == "possible_redefinition")


def test_figures_that_nobody_promised_are_listed_with_their_theme():
    told = commitment_rows([plan("新建社区护理中心9家。"), summary("新建社区护理中心9家。建设老年心理关爱点90个。")])
    assert [(row["quote"], row["value"], row["theme"]) for row in told.unpromised] == [("建设老年心理关爱点90个", 90, "elderly_care")]
    assert commitment_rows([summary("建设老年心理关爱点90个。")]).unpromised == []


BOTH = [
    plan("一、提质增效。新建ＡＥＤ点位 300 个,改建园区健康服务点20个、升级服务点50个。启动社区护理评估。"),
    summary("设置自动体外除颤器点位310个。改建园区健康服务点20个、升级服务点60个。开展义诊5场。"),
    plan("设置AED点位200个。", 2024),
]


def written(told: Commitments) -> list[str]:
    tables = ((COMMITMENTS, told.commitments), (UNPROMISED, told.unpromised), (NEXT_TARGETS, told.next_targets))
    return [write_table(table, rows, CorpusError, known=lambda column: codebook().allowed(column)) for table, rows in tables]


def test_every_row_fits_its_table_and_the_order_of_the_files_does_not_matter():
    renamed = [*BOTH[:2], reading("later", "2024年卫生健康工作要点", "设置AED点位200个。")]
    orders = {tuple(written(commitment_rows(order))) for order in permutations(renamed)}
    assert len(orders) == 1
    assert all(table.count("\n") > 1 for table in next(iter(orders)))


def test_spans_are_the_quotes():
    texts = {one.reports[0].key: one.document.text for one in BOTH[:2]}
    for row in commitment_rows(BOTH[:2]).commitments:
        assert texts[row["plan_report"]][row["plan_start"] : row["plan_end"]] == row["plan_quote"]
        if row["outcome_report"]:
            assert texts[row["outcome_report"]][row["outcome_start"] : row["outcome_end"]] == row["outcome_quote"]


def test_a_list_of_two_figures_is_two_commitments():
    rows = commitment_rows(BOTH[:2]).commitments
    listed = [(row["plan_quote"], row["outcome_value"], row["verdict"]) for row in rows if "服务点" in row["plan_quote"]]
    assert listed == [("改建园区健康服务点20个", 20, "met"), ("升级服务点50个", 60, "exceeded")]


@pytest.mark.parametrize("promise", ["每个县至少建设1个安宁疗护病区", "每30-50万人口配置一家区域性医疗中心"])
def test_a_norm_for_each_unit_is_promised_without_a_figure(promise: str):
    (row,) = commitment_rows([plan(f"{promise}。"), summary("护理站达到9家。")]).commitments
    assert (row["plan_quote"], row["plan_value"], row["plan_unit"], row["verdict"]) == (promise, None, "", "not_reported")
    assert sets_a_norm(promise) and not sets_a_norm("每千人口托位数达到4.5个")


def test_a_name_of_one_word_answers_itself_and_a_list_of_deeds_is_named_by_its_last():
    assert found("引进博士研究生3名、硕士研究生20名。", "引进博士3人、硕士26人。")[1] == ("硕士26人", "exceeded")
    assert found("开展巡回医疗120次。", "组织医疗队下乡义诊、开展巡回医疗163次。") == [
        ("组织医疗队下乡义诊、开展巡回医疗163次", "exceeded")
    ]
    assert found("建成示范中医馆6个。", "建成示范中医馆8个。") == [("建成示范中医馆8个", "exceeded")]
