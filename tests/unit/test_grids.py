"""Numbers in tables are read with the headers of their rows and columns: a table in, rows out.

Places and figures are invented. A case names every measure of its table, in order, and all that it says; the
second set was written with the first and not looked at while the rules were made.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, NamedTuple

import pytest

from weijian import extract

SUMMARY = "临江市2023年卫生健康工作总结\n"
BULLETIN = "临江市2023年卫生健康事业发展统计公报\n"
DISTRICT = "望江区2023年卫生健康工作总结\n"
PLAN = "临江市2024年卫生健康工作要点\n"
FIVE_YEARS = "临江市“十四五”卫生健康发展规划\n"
BARE = ""


class Case(NamedTuple):
    """A table below a title, its measures, and pairs of role and surface that are among its other mentions."""

    reason: str
    text: str
    measures: list[dict[str, Any]]
    others: tuple[tuple[str, str], ...] = ()
    title: str = SUMMARY


def says(surface: str, value: float | None, unit: str, subject: str, indicator: str = "", **more: Any) -> dict[str, Any]:
    """Return what a measure has to say: a level of the report's place in the report's year that came about, unless told otherwise."""
    plain = {"kind": "level", "status": "actual", "scope": "", "period": "2023", "bound": "="}
    return {"surface": surface, "value": value, "unit": unit, "subject": subject, "indicator": indicator} | plain | more


def grown(surface: str, value: float, unit: str, subject: str, **more: Any) -> dict[str, Any]:
    """Return what a rate of growth has to say."""
    return says(surface, value, unit, subject, **({"kind": "change_rel"} | more))


CASES = [
    Case(
        "years over the columns",
        "|指标|2022年|2023年|\n|家庭医生签约率(%)|41.7|44.2|\n|家庭医生团队数(个)|308|325|",
        [
            says("41.7", 41.7, "%", "家庭医生签约率", "fd_sign_rate", period="2022"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("308", 308, "个", "家庭医生团队数", "fd_teams", period="2022"),
            says("325", 325, "个", "家庭医生团队数", "fd_teams"),
        ],
        (("date", "2022年"), ("date", "2023年")),
    ),
    Case(
        "bare years over the columns",
        "|指标|2021|2023|\n|家庭医生签约率(%)|39.5|44.2|",
        [
            says("39.5", 39.5, "%", "家庭医生签约率", "fd_sign_rate", period="2021"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
        ],
        (("date", "2021"), ("date", "2023")),
    ),
    Case(
        "years down the rows",
        "|年份|签约居民(万人)|签约率(%)|\n|2022|52.1|41.7|\n|2023|55.4|44.2|",
        [
            says("52.1", 521000, "人", "签约居民", "fd_signed_residents", period="2022"),
            says("41.7", 41.7, "%", "签约率", "fd_sign_rate", period="2022"),
            says("55.4", 554000, "人", "签约居民", "fd_signed_residents"),
            says("44.2", 44.2, "%", "签约率", "fd_sign_rate"),
        ],
        (("date", "2022"), ("date", "2023")),
    ),
    Case(
        "a header of two rows, merged",
        "|指标|签约居民|签约居民|家庭医生团队(个)|\n|指标|人数(万人)|其中:65岁以上(万人)|家庭医生团队(个)|\n|全市|55.4|12.3|325|",
        [
            says("55.4", 554000, "人", "签约居民人数", "fd_signed_residents"),
            says("12.3", 123000, "人", "签约居民65岁以上"),
            says("325", 325, "个", "家庭医生团队", "fd_teams"),
        ],
        (("attribute", "65岁以上"),),
    ),
    Case(
        "a header of two rows, the years above",
        "|指标|2022年||2023年||\n||机构(家)|床位(张)|机构(家)|床位(张)|\n|医养结合|21|1,860|24|2,115|",
        [
            says("21", 21, "家", "医养结合机构", "ec_mc_institutions", period="2022"),
            says("1,860", 1860, "张", "医养结合床位", ..., period="2022"),
            says("24", 24, "家", "医养结合机构", "ec_mc_institutions"),
            says("2,115", 2115, "张", "医养结合床位", ...),
        ],
    ),
    Case(
        "a row that numbers the columns is part of the header",
        "|指标|单位|2022年|2023年|\n|甲|乙|1|2|\n|社区护理中心|家|6|9|",
        [
            says("6", 6, "家", "社区护理中心", "ch_nursing_centres", period="2022"),
            says("9", 9, "家", "社区护理中心", "ch_nursing_centres"),
        ],
        (("label", "1"), ("label", "2")),
    ),
    Case(
        "no header row",
        "|家庭医生团队(个)|325|\n|签约居民(万人)|55.4|\n|社区晚门诊(人次)|21,350|",
        [
            says("325", 325, "个", "家庭医生团队", "fd_teams"),
            says("55.4", 554000, "人", "签约居民", "fd_signed_residents"),
            says("21,350", 21350, "人次", "社区晚门诊", "ch_evening_clinic"),
        ],
    ),
    Case(
        "a header repeated after a page break",
        "|指标|2022年|2023年|\n|家庭医生签约率(%)|41.7|44.2|\n|指标|2022年|2023年|\n|重点人群签约率(%)|80.1|81.7|",
        [
            says("41.7", 41.7, "%", "家庭医生签约率", "fd_sign_rate", period="2022"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("80.1", 80.1, "%", "重点人群签约率", "fd_key_sign_rate", period="2022"),
            says("81.7", 81.7, "%", "重点人群签约率", "fd_key_sign_rate"),
        ],
    ),
    Case(
        "ordinals in the first column are labels",
        "|序号|指标名称|计量单位|数值|\n|1|社区护理中心|家|9|\n|2|家庭医生签约居民|万人|55.4|\n|3|65岁以上老年人体检|人次|102300|",
        [
            says("9", 9, "家", "社区护理中心", "ch_nursing_centres"),
            says("55.4", 554000, "人", "家庭医生签约居民", "fd_signed_residents"),
            says("102300", 102300, "人次", "65岁以上老年人体检", "ec_65_checkups"),
        ],
        (("label", "1"), ("label", "2"), ("label", "3")),
    ),
    Case(
        "其中 rows belong to the total above",
        "|项目|2023年|\n|签约居民(万人)|55.4|\n|其中:重点人群(万人)|24.1|\n|其中:残疾人(万人)|0.8|\n|家庭医生团队(个)|325|",
        [
            says("55.4", 554000, "人", "签约居民", "fd_signed_residents"),
            says("24.1", 241000, "人", "签约居民重点人群", "fd_key_signed"),
            says("0.8", 8000, "人", "签约居民残疾人"),
            says("325", 325, "个", "家庭医生团队", "fd_teams"),
        ],
    ),
    Case(
        "a row header carried down over empty and merged cells",
        "|对象|内容|数量|\n|高血压患者|规范管理率(%)|71.2|\n||控制率(%)|60.5|\n|糖尿病患者|规范管理率(%)|69.8|\n|糖尿病患者|控制率(%)|55.1|",
        [
            says("71.2", 71.2, "%", "高血压患者规范管理率", "ch_htn_standard_rate"),
            says("60.5", 60.5, "%", "高血压患者控制率"),
            says("69.8", 69.8, "%", "糖尿病患者规范管理率", "ch_dm_standard_rate"),
            says("55.1", 55.1, "%", "糖尿病患者控制率"),
        ],
    ),
    Case(
        "a unit for the whole table above it",
        "表3 社区门诊量\n单位:万人次\n|类别|2022年|2023年|\n|社区卫生服务中心门急诊|187.2|201.9|\n|社区康复中心门诊|3.1|3.4|",
        [
            says("187.2", 1872000, "人次", "社区卫生服务中心门急诊", "ch_visits", period="2022"),
            says("201.9", 2019000, "人次", "社区卫生服务中心门急诊", "ch_visits"),
            says("3.1", 31000, "人次", "社区康复中心门诊", "ch_rehab_visits", period="2022"),
            says("3.4", 34000, "人次", "社区康复中心门诊", "ch_rehab_visits"),
        ],
        (("label", "3"),),
    ),
    Case(
        "two units for the whole table",
        "(单位:人、%)\n|项目|签约人数|签约率|\n|重点人群|241,300|81.7|",
        [
            says("241,300", 241300, "人", "重点人群签约人数", "fd_key_signed"),
            says("81.7", 81.7, "%", "重点人群签约率", "fd_key_sign_rate"),
        ],
    ),
    Case(
        "units in the column headers",
        "|人群|签约人数(万人)|签约率(%)|人均费用(元/人)|\n|重点人群|24.1|81.7|120|",
        [
            says("24.1", 241000, "人", "重点人群签约人数", "fd_key_signed"),
            says("81.7", 81.7, "%", "重点人群签约率", "fd_key_sign_rate"),
            says("120", 120, "元/人", "重点人群人均费用"),
        ],
    ),
    Case(
        "units of rates and densities",
        "|指标|2023年|\n|婴儿死亡率(‰)|2.1|\n|孕产妇死亡率(1/10万)|5.6|\n|每千人口床位数(张/千人)|7.8|\n|补助标准(元/月)|150|",
        [
            says("2.1", 2.1, "‰", "婴儿死亡率"),
            says("5.6", 5.6, "/10万", "孕产妇死亡率"),
            says("7.8", 7.8, "张/千人", "每千人口床位数"),
            says("150", 150, "元/月", "补助标准"),
        ],
    ),
    Case(
        "a unit that nothing states",
        "|指标|2023年|\n|综合指数|86.5|\n|家庭医生签约率|44.2|",
        [
            says("86.5", 86.5, "", "综合指数", has_flag="unit_inferred"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate", has_flag="unit_inferred"),
        ],
    ),
    Case(
        "units in the cells themselves",
        "|医养结合|2023年|\n|机构人员|2204人|\n|其中:卫生技术人员|753人|\n|床位|0.3万张|",
        [
            says("2204人", 2204, "人", "医养结合机构人员", "ec_mc_staff"),
            says("753人", 753, "人", "医养结合机构人员卫生技术人员", "ec_mc_medical_staff"),
            says("0.3万张", 3000, "张", "医养结合床位", ...),
        ],
    ),
    Case(
        "growth and difference columns",
        "|指标|2023年|比上年增长(%)|\n|社区晚门诊(人次)|21,350|13.0|\n|社区上转病人(人次)|8,420|-2.4|",
        [
            says("21,350", 21350, "人次", "社区晚门诊", "ch_evening_clinic"),
            grown("13.0", 13, "%", "社区晚门诊"),
            says("8,420", 8420, "人次", "社区上转病人", "ch_referral_up"),
            grown("-2.4", -2.4, "%", "社区上转病人"),
        ],
    ),
    Case(
        "a difference of a rate is in points, one of a count in its unit",
        "|指标|2023年|较上年增减|\n|家庭医生签约率(%)|44.2|+2.5|\n|签约居民(万人)|55.4|-0.6|",
        [
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("2.5", 2.5, "百分点", "家庭医生签约率", kind="change_abs"),
            says("55.4", 554000, "人", "签约居民", "fd_signed_residents"),
            says("-0.6", -6000, "人", "签约居民", kind="change_abs"),
        ],
    ),
    Case(
        "this year, the year before and growth",
        "|指标|本年|上年同期|同比|\n|社区护理中心(家)|9|6|50.0%|",
        [
            says("9", 9, "家", "社区护理中心", "ch_nursing_centres"),
            says("6", 6, "家", "社区护理中心", "ch_nursing_centres", period="2022"),
            grown("50.0%", 50, "%", "社区护理中心"),
        ],
    ),
    Case(
        "the end of a year, and several years",
        "|指标|2023年末|2021—2023年|\n|社区护理中心(家)|9|7|",
        [
            says("9", 9, "家", "社区护理中心", "ch_nursing_centres", period="end-2023"),
            says("7", 7, "家", "社区护理中心", "ch_nursing_centres", period="2021-2023"),
        ],
    ),
    Case(
        "a target, what was done, and how much of it",
        "|指标|年度任务|完成情况|完成率(%)|\n|家庭医生签约率(%)|45|44.2|98.2|\n|65岁以上老年人体检(人)|100000|102300|102.3|",
        [
            says("45", 45, "%", "家庭医生签约率", "fd_sign_rate", status="target"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("98.2", 98.2, "%", "家庭医生签约率完成率"),
            says("100000", 100000, "人", "65岁以上老年人体检", "ec_65_checkups", status="target"),
            says("102300", 102300, "人", "65岁以上老年人体检", "ec_65_checkups"),
            says("102.3", 102.3, "%", "65岁以上老年人体检完成率"),
        ],
    ),
    Case(
        "main indicators of a five-year plan",
        "专栏1 主要指标\n|序号|领域|主要指标|2020年|2025年|指标性质|\n|1|健康服务|家庭医生签约率(%)|38|45|约束性|\n|2|健康水平|人均预期寿命(岁)|79.1|80.5|预期性|"
        "\n|3|老龄健康|二级以上综合医院设立老年医学科比例(%)|35|≥60|预期性|",
        [
            says("38", 38, "%", "家庭医生签约率", "fd_sign_rate", period="2020"),
            says("45", 45, "%", "家庭医生签约率", "fd_sign_rate", period="2025", status="target"),
            says("79.1", 79.1, "岁", "人均预期寿命", period="2020"),
            says("80.5", 80.5, "岁", "人均预期寿命", period="2025", status="target"),
            says("35", 35, "%", "二级以上综合医院设立老年医学科比例", "ec_geriatrics_rate", period="2020"),
            says("60", 60, "%", "二级以上综合医院设立老年医学科比例", "ec_geriatrics_rate", period="2025", status="target", bound=">="),
        ],
        (("label", "1"), ("label", "2")),
        FIVE_YEARS,
    ),
    Case(
        "what others have is a reference",
        "|指标|全区|全市平均|全国|\n|家庭医生签约率(%)|44.2|42.0|35.1|",
        [
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("42.0", 42, "%", "家庭医生签约率", status="reference", scope="全市"),
            says("35.1", 35.1, "%", "家庭医生签约率", status="reference", scope="全国"),
        ],
        title=DISTRICT,
    ),
    Case(
        "districts down the rows, the place's own at the end",
        "|地区|签约居民(万人)|签约率(%)|\n|上河区|21.3|45.1|\n|下河区|18.2|43.0|\n|合计|39.5|44.1|",
        [
            says("21.3", 213000, "人", "签约居民", scope="上河区"),
            says("45.1", 45.1, "%", "签约率", scope="上河区"),
            says("18.2", 182000, "人", "签约居民", scope="下河区"),
            says("43.0", 43, "%", "签约率", scope="下河区"),
            says("39.5", 395000, "人", "签约居民", "fd_signed_residents"),
            says("44.1", 44.1, "%", "签约率", "fd_sign_rate"),
        ],
    ),
    Case(
        "districts without their last character, under 县区",
        "|县区|基层诊疗量(万人次)|\n|上河|186.2|\n|石岭|143.9|\n|全市|330.1|",
        [
            says("186.2", 1862000, "人次", "基层诊疗量", scope="上河"),
            says("143.9", 1439000, "人次", "基层诊疗量", scope="石岭"),
            says("330.1", 3301000, "人次", "基层诊疗量", "ch_visits"),
        ],
    ),
    Case(
        "districts over the columns",
        "|指标|上河区|下河区|全市|\n|家庭医生签约率(%)|45.1|43.0|44.1|",
        [
            says("45.1", 45.1, "%", "家庭医生签约率", scope="上河区"),
            says("43.0", 43, "%", "家庭医生签约率", scope="下河区"),
            says("44.1", 44.1, "%", "家庭医生签约率", "fd_sign_rate"),
        ],
    ),
    Case(
        "hospitals have their own numbers, kinds of institutions do not narrow the place",
        "|机构|家庭医生团队(个)|\n|市第一人民医院|3|\n|城东街道社区卫生服务中心|6|\n|乡镇卫生院|112|",
        [
            says("3", 3, "个", "家庭医生团队", scope="市第一人民医院"),
            says("6", 6, "个", "家庭医生团队", scope="城东街道社区卫生服务中心"),
            says("112", 112, "个", "乡镇卫生院家庭医生团队", ...),
        ],
    ),
    Case(
        "a cell with words and several numbers is read like prose",
        "|项目|进展|\n|医养结合机构|已建成32家,其中新建5家|\n|社区护理中心|累计建成9家|",
        [
            says("32家", 32, "家", ..., "ec_mc_institutions"),
            says("5家", 5, "家", ..., ...),
            says("9家", 9, "家", ..., "ch_nursing_centres", period=...),
        ],
    ),
    Case(
        "cells that hold no number, footnotes, and what is less than nothing",
        "|指标|2022年|2023年|比上年增减(人)|\n|家庭医生(人)|—|602*|(12)|\n|护士(人)|/|1,105①|-8|\n|药师(人)|…|88|无|",
        [
            says("602", 602, "人", "家庭医生"),
            says("12", -12, "人", "家庭医生", kind="change_abs"),
            says("1,105", 1105, "人", "护士"),
            says("-8", -8, "人", "护士", kind="change_abs"),
            says("88", 88, "人", "药师"),
        ],
    ),
    Case(
        "metadata with bars are no table of figures",
        "|索引号|0024/2023-8|发布机构|临江市卫生健康委|\n|发文字号|临卫〔2023〕8号|浏览次数|1234|",
        [],
        title=BARE,
    ),
    Case(
        "a plan's table promises",
        "|指标|2023年|2024年|\n|家庭医生签约率(%)|44.2|46|",
        [
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("46", 46, "%", "家庭医生签约率", "fd_sign_rate", period="2024", status="target"),
        ],
        title=PLAN,
    ),
    Case(
        "two tables side by side",
        "|指标|数值|指标|数值|\n|家庭医生团队(个)|325|社区护理中心(家)|9|\n|签约居民(万人)|55.4|社区晚门诊(人次)|21350|",
        [
            says("325", 325, "个", "家庭医生团队", "fd_teams"),
            says("9", 9, "家", "社区护理中心", "ch_nursing_centres"),
            says("55.4", 554000, "人", "签约居民", "fd_signed_residents"),
            says("21350", 21350, "人次", "社区晚门诊", "ch_evening_clinic"),
        ],
    ),
    Case(
        "a row over the whole width heads those below it",
        "|指标|2023年|\n|一、家庭医生签约服务|一、家庭医生签约服务|\n|团队(个)|325|\n|二、社区卫生|二、社区卫生|\n|护理中心(家)|9|",
        [says("325", 325, "个", "团队", "fd_teams"), says("9", 9, "家", "护理中心", "ch_nursing_centres")],
    ),
    Case(
        "a four-digit count is no year",
        "|机构|签约居民(人)|\n|城东街道社区卫生服务中心|2012|\n|城西街道社区卫生服务中心|1985|",
        [
            says("2012", 2012, "人", "签约居民", scope="城东街道社区卫生服务中心"),
            says("1985", 1985, "人", "签约居民", scope="城西街道社区卫生服务中心"),
        ],
    ),
]

HELD_OUT = [
    Case(
        "a table typed without outer bars, its unit behind its name",
        "附表:基层医疗卫生机构情况(单位:家)\n类别|2022年|2023年|增减\n社区医院|11|14|3\n社区护理中心|6|5|-1",
        [
            says("11", 11, "家", "社区医院", "ch_community_hospitals", period="2022"),
            says("14", 14, "家", "社区医院", "ch_community_hospitals"),
            says("3", 3, "家", "社区医院", kind="change_abs"),
            says("6", 6, "家", "社区护理中心", "ch_nursing_centres", period="2022"),
            says("5", 5, "家", "社区护理中心", "ch_nursing_centres"),
            says("-1", -1, "家", "社区护理中心", kind="change_abs"),
        ],
    ),
    Case(
        "the name and the unit of the table within it",
        "|2022年老年健康服务情况|2022年老年健康服务情况|2022年老年健康服务情况|\n|单位:张|单位:张|单位:张|\n|项目|医疗床位|养老床位|\n|医养结合机构|640|1475|",
        [
            says("640", 640, "张", "医养结合机构医疗床位", "ec_mc_medical_beds", period="2022"),
            says("1475", 1475, "张", "医养结合机构养老床位", "ec_mc_care_beds", period="2022"),
        ],
        title=BARE,
    ),
    Case(
        "targets with limits in words",
        "|主要指标|单位|现状值|2025年目标值|属性|\n|65岁以上老年人健康管理率|%|70.4|75以上|预期性|\n|孕产妇死亡率|1/10万|6.2|控制在8以内|约束性|",
        [
            says("70.4", 70.4, "%", "65岁以上老年人健康管理率", "ec_65_mgmt_rate", period=...),
            says("75以上", 75, "%", "65岁以上老年人健康管理率", "ec_65_mgmt_rate", period="2025", status="target", bound=">="),
            says("6.2", 6.2, "/10万", "孕产妇死亡率", period=...),
            says("8以内", 8, "/10万", "孕产妇死亡率", period="2025", status="target", bound="<="),
        ],
        title=FIVE_YEARS,
    ),
    Case(
        "streets under the number of each, and a total first",
        "|序号|街道|常住人口(人)|签约率(%)|\n||全区合计|412,806|44.1|\n|1|城东街道|98,320|46.3|\n|2|河口镇|71,155|40.9|",
        [
            says("412,806", 412806, "人", "常住人口"),
            says("44.1", 44.1, "%", "签约率", "fd_sign_rate"),
            says("98,320", 98320, "人", "常住人口", scope="城东街道"),
            says("46.3", 46.3, "%", "签约率", scope="城东街道"),
            says("71,155", 71155, "人", "常住人口", scope="河口镇"),
            says("40.9", 40.9, "%", "签约率", scope="河口镇"),
        ],
        (("label", "1"), ("label", "2")),
        DISTRICT,
    ),
    Case(
        "parts in a column of their own",
        "|指标|分类|数量(人)|\n|家庭医生签约居民|合计|554,000|\n|家庭医生签约居民|其中:在校学生|81,200|\n|家庭医生签约居民|其中:高血压患者|66,300|",
        [
            says("554,000", 554000, "人", "家庭医生签约居民", "fd_signed_residents"),
            says("81,200", 81200, "人", "家庭医生签约居民在校学生", "fd_signed_students"),
            says("66,300", 66300, "人", "家庭医生签约居民高血压患者", "fd_signed_hypertension"),
        ],
    ),
    Case(
        "a fall said by the header",
        "|指标|2022年|2023年|下降(%)|\n|社区下转病人(人次)|5,210|4,930|5.4|",
        [
            says("5,210", 5210, "人次", "社区下转病人", "ch_referral_down", period="2022"),
            says("4,930", 4930, "人次", "社区下转病人", "ch_referral_down"),
            grown("5.4", -5.4, "%", "社区下转病人"),
        ],
    ),
    Case(
        "growth below its own total in the rows",
        "|指标|2023年|\n|社区口腔门诊(万人次)|6.2|\n|比上年增长(%)|4.1|\n|家庭医生签约率(%)|44.2|\n|比上年提高(百分点)|1.3|",
        [
            says("6.2", 62000, "人次", "社区口腔门诊", "ch_dental_visits"),
            grown("4.1", 4.1, "%", "社区口腔门诊"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("1.3", 1.3, "百分点", "家庭医生签约率", kind="change_abs"),
        ],
        title=BULLETIN,
    ),
    Case(
        "shares of a total, money in ten thousands",
        "|项目|金额(万元)|占比(%)|\n|家庭医生签约服务经费|1,260.5|42.0|\n|培训经费|320|10.7|",
        [
            says("1,260.5", 12605000, "元", "家庭医生签约服务经费金额", ...),
            says("42.0", 42, "%", "家庭医生签约服务经费占比", ...),
            says("320", 3200000, "元", "培训经费金额"),
            says("10.7", 10.7, "%", "培训经费占比"),
        ],
    ),
    Case(
        "a list of projects with a target each",
        "|序号|实事项目|年度目标|完成情况|\n|1|社区康复|新建示范性社区康复中心4家|已建成4家|\n|2|家庭病床|新增家庭病床300张|新增312张|",
        [
            says("4家", 4, "家", ..., "ch_rehab_centres", status="target"),
            says("4家", 4, "家", ..., ...),
            says("300张", 300, "张", ..., ..., status="target"),
            says("312张", 312, "张", ..., ...),
        ],
        (("label", "1"), ("label", "2")),
    ),
    Case(
        "places of the whole province, of which one is ours",
        "|指标|全省|全市|比全省高(百分点)|\n|家庭医生签约率(%)|40.3|44.2|3.9|",
        [
            says("40.3", 40.3, "%", "家庭医生签约率", status="reference", scope="全省"),
            says("44.2", 44.2, "%", "家庭医生签约率", "fd_sign_rate"),
            says("3.9", 3.9, "百分点", "家庭医生签约率", kind="change_abs"),
        ],
    ),
]


def missing(promised: dict[str, Any], row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what a row does not say as promised: the promise and what is said instead."""
    wrong = {}
    for name, promise in promised.items():
        held = promise in row["flags"] if name == "has_flag" else promise is ... or row[name] == promise
        if not held:
            wrong[name] = (promise, row["flags" if name == "has_flag" else name])
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case.reason for case in CASES])
def test_a_table_gives_its_rows(case: Case):
    _check(case)


@pytest.mark.parametrize("case", HELD_OUT, ids=[case.reason for case in HELD_OUT])
def test_a_table_that_no_rule_was_made_for_gives_its_rows(case: Case):
    _check(case)


def _check(case: Case) -> None:
    found = [row for row in extract(case.title + case.text) if row["start"] >= len(case.title)]
    measures = [row for row in found if row["role"] == "measure"]
    assert [row["surface"] for row in measures] == [promised["surface"] for promised in case.measures]
    assert [missing(promised, row) for promised, row in zip(case.measures, measures, strict=True)] == [{}] * len(measures)
    assert set(case.others) <= {(row["role"], row["surface"]) for row in found}


def test_a_long_table_takes_no_more_work_per_row_than_a_short_one():
    def calls(rows: int) -> int:
        numbered = "".join(f"|{n}|第{n}服务站|{n + 3000}|4{n % 10}.5|\n" for n in range(rows))
        text, made = SUMMARY + "|序号|机构|签约居民(人)|签约率(%)|\n" + numbered, 0

        def count(_frame: FrameType, event: str, _argument: Any) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            extract(text)
        finally:
            sys.setprofile(None)
        return made

    calls(50)  # what is made once
    assert calls(2000) < 12 * calls(200)  # ten times as many rows
