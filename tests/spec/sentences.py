"""What the reading promises, phrase by phrase: a sentence, the measures in it, and why they are what they are.

Places and figures are invented. A case names every measure of its sentence, in order; of the other mentions only
those that it is about. Fields that a case does not name are not part of its promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SUMMARY = "临江市2023年卫生健康工作总结\n"
PLAN = "临江市2024年卫生健康工作要点\n"
BARE = ""


@dataclass(frozen=True)
class Case:
    """A sentence below a title, with what has to be read from it."""

    kind: str
    reason: str
    text: str
    measures: tuple[dict[str, Any], ...]
    others: tuple[tuple[str, str], ...]
    title: str


def says(value: float | None, unit: str, bound: str = "=", **more: Any) -> dict[str, Any]:
    """Return what a measure has to say: a plain level that happened, unless told otherwise."""
    return {"value": value, "unit": unit, "bound": bound, "kind": "level", "status": "actual", **more}


def case(kind: str, reason: str, text: str, *rows: dict[str, Any] | tuple[str, str], title: str = SUMMARY) -> Case:
    """Return a case from the measures it expects and from pairs of role and text for the other mentions."""
    measures = tuple(row for row in rows if isinstance(row, dict))
    others = tuple(row for row in rows if not isinstance(row, dict))
    return Case(kind, reason, text, measures, others, title)


NUMBERS = (
    case("mixed numeral", "万 multiplies, 余 says more", "全市规范管理高血压患者3.9万余人。", says(39000, "人", ">")),
    case("mixed numeral", "亿 multiplies, exactly", "全年医疗服务收入1.2亿元。", says(120_000_000, "元")),
    case("approximate", "近 before a number", "义诊服务居民近500人次。", says(500, "人次", "~")),
    case("approximate", "约占 before a share in words", "重点人群约占六成。", says(60, "%", "~")),
    case("approximate", "左右 after the unit", "每家站点服务老人500人左右。", says(500, "人", "~")),
    case("no unit", "whoever is counted gives it", "签约服务覆盖28.9万重点人群。", says(289_000, "人", has_flags={"unit_inferred"})),
    case("no unit", "a rate is a percentage", "高血压规范管理率达71.2。", says(71.2, "%", has_flags={"unit_inferred"})),
    case("fraction in words", "a third is a percentage", "三分之一的村卫生室完成改造。", says(33.33, "%")),
    case("fraction in words", "百分之 is a percentage", "疫苗接种率达到百分之八十五。", says(85, "%")),
    case("tenths", "九成以上: nine tenths or more", "九成以上居民对签约服务表示满意。", says(90, "%", ">=")),
    case("tenths", "六成 after 超", "基层诊疗占比超六成。", says(60, "%", ">")),
    case("half", "一半 is 50 %", "一半的乡镇卫生院设有康复科。", says(50, "%")),
    case("fraction", "1/10 is a share, not a date", "签约老人占老年人口的1/10。", says(10, "%")),
    case("doubling", "two doublings are +300 %", "中医馆门诊量翻两番。", says(300, "%", kind="change_rel")),
    case("multiple", "为…的2.4倍 compares with before", "远程会诊量为上年的2.4倍。", says(2.4, "倍", kind="change_rel")),
    case("full width", "digits and the percent sign", "签约率４３．５％，团队１２个。", says(43.5, "%"), says(12, "个")),
    case("thousands", "a comma before three digits", "全区养老床位12,860张。", says(12860, "张")),
    case("Chinese numeral", "两家 counts", "新建社区医院两家。", says(2, "家")),
    case("Chinese numeral", "三万余名 counts with 余", "为三万余名老人建立健康档案。", says(30000, "名", ">")),
    case("Chinese numeral", "多 after a hundred says more", "为两百多户独居老人安装呼叫器。", says(200, "户", ">")),
    case("Chinese numeral", "来 says about", "四十来家村卫生室完成改造。", says(40, "家", "~")),
    case("range", "both ends, no value", "规划建设30-50万人口的区域医疗中心。", says(None, "人口", low=300_000, high=500_000, status=...)),
    case("range", "至 joins two numbers", "每个街道配备2至3个签约团队。", says(None, "个", low=2, high=3)),
    case("range", "a wave between percentages", "基层就诊占比在55%～60%之间。", says(None, "%", low=55, high=60)),
    case("misprint", "a second point is kept out of the value", "签约率为44.74.%。", says(44.74, "%", has_flags={"misprint"})),
    case("half", "过半 of somebody is more than 50 %", "签约居民中老年人占比过半。", says(50, "%", ">")),
)
BOUNDS = (
    case("bound", "超过 is more than", "签约居民超过43万人。", says(430_000, "人", ">")),
    case("bound", "突破 is more than", "社区门急诊突破300万人次。", says(3_000_000, "人次", ">")),
    case("bound", "以上 includes the number", "开放号源占比达到50%以上。", says(50, "%", ">=")),
    case("bound", "不低于 includes it as well", "每年上门服务不低于4次。", says(4, "次", ">=", status=...)),
    case("bound", "不足 is less than", "机构护理员不足200人。", says(200, "人", "<")),
    case("bound", "不超过 includes it", "平均等候不超过15分钟。", says(15, "分钟", "<=")),
    case("bound", "以内 includes it", "药占比控制在28%以内。", says(28, "%", "<=")),
    case("no bound", "达 says nothing but the value", "知晓率达92.6%。", says(92.6, "%")),
    case("no bound", "签约 is no 约", "其中有效签约17.5万人。", says(175_000, "人")),
    case("no bound", "高达 only marvels", "满意度高达98.1%。", says(98.1, "%")),
)
UNITS = (
    case("unit", "人次 is not 人", "社区康复门诊8600人次、住院120人。", says(8600, "人次"), says(120, "人")),
    case("unit", "visits to premises are 户次", "监督检查经营单位1.2万户次。", says(12000, "户次")),
    case("unit", "万元 becomes 元", "拨付签约服务费1350.5万元。", says(13_505_000, "元")),
    case("unit", "per thousand", "婴儿死亡率2.1‰。", says(2.1, "‰")),
    case("unit", "per hundred thousand", "孕产妇死亡率8.6/10万。", says(8.6, "/10万")),
    case("unit", "money per month", "养老补贴提高到350元/月。", says(350, "元/月")),
    case("unit", "每千人口 is a denominator", "每千人口床位6.8张。", says(6.8, "张")),
    case("unit", "个百分点 is a unit of change", "签约率提高2.3个百分点。", says(2.3, "百分点", kind="change_abs")),
    case("unit before", "the heading in brackets sets it", "门急诊量(万人次):286.4。", says(2_864_000, "人次")),
    case("unit shared", "the last of a row carries it", "各年分别培训120、135和160人。", says(120, "人"), says(135, "人"), says(160, "人")),
    case(
        "unit shared",
        "个 before 个百分点 is a point too",
        "签约率、续约率较上年分别提高1.5个、2.4个百分点。",
        says(1.5, "百分点", kind="change_abs", subject="签约率"),
        says(2.4, "百分点", kind="change_abs", subject="续约率"),
    ),
    case(
        "unit shared",
        "余 and 万 are shared by a row of like numbers",
        "门诊、住院分别服务30余、40余万人次。",
        says(300000, "人次", ">"),
        says(400000, "人次", ">"),
    ),
    case("unit shared", "unlike numbers do not share 万", "两院分别接诊9850、1.02万人次。", says(9850, "人次"), says(10200, "人次")),
    case(
        "unit shared",
        "个 that counts stays 个",
        "新增健康驿站3个、覆盖率提高2.4个百分点。",
        says(3, "个"),
        says(2.4, "百分点", kind="change_abs"),
    ),
)
NO_MEASURES = (
    case("date", "years, months and days", "2023年5月12日至2024年3月。", ("date", "2023年5月12日")),
    case("date", "a span of years is one date", "2021-2023年连续达标。", ("date", "2021-2023年")),
    case("attribute", "ages say who", "为65岁及以上老年人体检3100人。", ("attribute", "65岁及以上"), says(3100, "人")),
    case("attribute", "a range of ages", "0-6岁儿童签约1.8万人。", ("attribute", "0-6岁"), says(18000, "人")),
    case("attribute", "a circle of minutes", "建成15分钟社区健康服务圈。", ("attribute", "15分钟")),
    case("name", "a slogan in digits", "推行“1+1+1”组合签约2.6万人。", ("name", "1+1+1"), says(26000, "人")),
    case("name", "the number of a document", "印发江卫发〔2023〕18号文件。", ("name", "2023〕18号")),
    case("name", "a telephone number", "健康热线12320接听来电860个。", ("name", "12320"), says(860, "个")),
    case(
        "label",
        "numbering at the head of a line",
        "1.社区建设。新建站点6个。\n2.队伍建设。招聘48人。",
        says(6, "个"),
        says(48, "人"),
        ("label", "1."),
        ("label", "2."),
    ),
    case("false friend", "numerals inside words", "统一标准、一体推进，深入学习党的二十大精神，三甲医院逐步下沉。"),
    case("false friend", "a slogan in characters", "落实“四责协同”机制，形成三医联动格局。"),
    case("false friend", "a class of hospitals", "二级以上医院全部设立老年医学科。"),
    case("slogan", "half the time, half the work", "实现时间过半、任务过半，签约率41.8%。", says(41.8, "%", indicator="fd_sign_rate")),
    case("slogan", "both halves in quotation marks", "确保时间任务“双过半”，新建站点6个。", says(6, "个")),
    case(
        "attribute",
        "classes of people say who is meant",
        "十类重点人群家庭医生签约率78.5%，10类人群均有专案。",
        says(78.5, "%", indicator="fd_key_sign_rate"),
        ("attribute", "十类"),
        ("attribute", "10类"),
    ),
    case("false friend", "计划 that is half of a name plans nothing", "全年计划生育特扶352户。", says(352, "户")),
)
OWNERS = (
    case(
        "part",
        "其中 keeps the parent",
        "全市有养老床位9000张，其中护理型5400张。",
        says(9000, "张"),
        says(5400, "张", subject_has="护理型"),
    ),
    case(
        "part", "a part takes its parent along", "医养结合机构46家，床位1.12万张。", says(46, "家"), says(11200, "张", subject_has="床位")
    ),
    case(
        "respectively",
        "two names, two values",
        "高血压、糖尿病患者规范管理率分别为74.3%和72.9%。",
        says(74.3, "%", subject_has="高血压", indicator="ch_htn_standard_rate"),
        says(72.9, "%", subject_has="糖尿病", indicator="ch_dm_standard_rate"),
    ),
    case(
        "interleaved",
        "two names, each from and to",
        "从2021年的71.2%和68.4%分别提高到74.5%和72.9%。",
        says(71.2, "%", period="2021"),
        says(68.4, "%", period="2021"),
        says(74.5, "%", period="2023"),
        says(72.9, "%", period="2023"),
    ),
    case(
        "from to",
        "the earlier value keeps the earlier year",
        "家庭医生签约率由2021年的38.2%提高到43.5%。",
        says(38.2, "%", period="2021", indicator="fd_sign_rate"),
        says(43.5, "%", period="2023", indicator="fd_sign_rate"),
    ),
    case("several subjects", "one value for both", "区疾控中心、区妇幼保健院信息化达标率均为100%。", says(100, "%", subject_has="达标率")),
    case(
        "ellipsis",
        "a rate belongs to what was signed",
        "重点人群签约12.6万人，签约率81.3%。",
        says(126_000, "人"),
        says(81.3, "%", subject_has="重点人群"),
    ),
    case(
        "change",
        "it inherits its subject",
        "社区门急诊812万人次，同比增长6.2%。",
        says(8_120_000, "人次"),
        says(6.2, "%", kind="change_rel", subject_has="社区门急诊"),
    ),
    case(
        "total",
        "a sum belongs to what the parts stand under",
        "双向转诊：社区上转4127人次，医院下转1986人次，合计6113人次。",
        says(4127, "人次", indicator="ch_referral_up"),
        says(1986, "人次", indicator="ch_referral_down"),
        says(6113, "人次", indicator="ch_referrals"),
    ),
    case(
        "list",
        "all share the population that the first one names",
        "每千人口医疗机构床位数7.21张、注册护士数3.66人。",
        says(7.21, "张", subject="每千人口医疗机构床位数"),
        says(3.66, "人", subject="每千人口注册护士数"),
    ),
    case(
        "list",
        "life expectancy is nobody's part",
        "5岁以下儿童死亡率3.4‰，人均预期寿命79.6岁，较“十三五”末提高0.8岁。",
        says(3.4, "‰"),
        says(79.6, "岁", subject="人均预期寿命"),
        says(0.8, "岁", kind="change_abs", period="2023"),
    ),
    case("change", "a fall is negative", "药占比同比下降1.4个百分点。", says(-1.4, "百分点", kind="change_abs")),
    case("change", "a difference of counts", "建成社区医院9家，较上年增加3家。", says(9, "家"), says(3, "家", kind="change_abs")),
    case("change", "新建 is a level, not a change", "新建社区护理中心6家。", says(6, "家", indicator="ch_nursing_centres")),
    case("rank", "第二 among others", "居民健康素养水平居全省第二位。", says(2, "位", kind="rank")),
    case("rank", "首位 is the first", "基层诊疗占比位居全省首位。", says(1, "位", kind="rank")),
    case(
        "subject after", "the unit leads to what is counted", "全市14家社区护理中心投入运行。", says(14, "家", subject_has="社区护理中心")
    ),
    case(
        "seam",
        "the number opens a line of its own",
        "培训全科医生86人\n开展义诊120场",
        says(86, "人", subject_has="全科医生"),
        says(120, "场", subject_has="义诊"),
    ),
    case(
        "owner",
        "three or four characters name their own owner; what was done in an institution is its",
        "培训人员320名，义诊活动12场；全市示范性康复中心8家，康复治疗3.6万人次。",
        says(320, "名"),
        says(12, "场", subject="义诊活动"),
        says(8, "家", subject="全市示范性康复中心"),
        says(36000, "人次", subject="全市示范性康复中心康复治疗"),
    ),
    case("owner", "a short noun takes the verb and the one who acts", "总医院派驻3名医师。", says(3, "名", subject="总医院派驻医师")),
    case(
        "owner",
        "the share of a part is the part's",
        "养老床位3.6万张，其中护理型2.3万张，占64%。",
        says(36000, "张", subject="养老床位"),
        says(23000, "张", subject="养老床位护理型"),
        says(64, "%", subject="养老床位护理型占比"),
    ),
    case(
        "owner",
        "a noun that names nothing by itself is understood under its heading",
        "一、完善公立医院专家库\n已维护36个科室信息。",
        says(36, "个", subject="公立医院专家库科室信息"),
    ),
    case(
        "owner",
        "what points back is what was named before",
        "梳理全市老年病专科护理人员，现有相关人员101人，其中硕士23人。",
        says(101, "人", subject="全市老年病专科护理人员"),
        says(23, "人", subject="全市老年病专科护理人员硕士"),
    ),
    case(
        "owner",
        "names in letters share the noun of the first of them",
        "远程会诊ECG 2.9万人次，CT 1.1万人次。",
        says(29000, "人次", subject="远程会诊ECG"),
        says(11000, "人次", subject="远程会诊CT"),
    ),
    case("owner", "a title in front is what is counted", "印发《章程》4项制度。", says(4, "项", subject="《章程》制度")),
    case("owner", "all kinds of meetings are not each meeting", "完成各类会议医疗保障66项。", says(66, "项", subject="各类会议医疗保障")),
    case(
        "some of them",
        "the whole of N中有M carries no deed, and no verb from before",
        "建成社区医院4家，10家社区卫生服务中心中有8家达到国家推荐标准。",
        says(4, "家", indicator="ch_community_hospitals"),
        says(10, "家", subject="社区卫生服务中心", indicator=""),
        says(8, "家", subject="社区卫生服务中心达到国家推荐标准", indicator="ch_recommended_standard"),
    ),
    case(
        "some of them",
        "a deed behind a comma, done by some of them",
        "12家社区卫生服务中心中，已有9家完成改扩建。",
        says(12, "家", indicator=""),
        says(9, "家", indicator="ch_centres_built"),
    ),
    case(
        "some of them",
        "some of the institutions are not all of them",
        "42家医养结合机构中有12家为公办。",
        says(42, "家", indicator="ec_mc_institutions"),
        says(12, "家", indicator=""),
    ),
    case(
        "heading",
        "one that runs on behind a blank is no part of the subject",
        "（二）基层能力提升 建成社区医院4家。",
        says(4, "家", subject="建成社区医院", indicator="ch_community_hospitals"),
    ),
    case(
        "heading",
        "its number and blank are none of it either",
        "1. 加强家医签约服务\n发布5项制度。",
        says(5, "项", subject="家医签约服务制度"),
        ("label", "1."),
    ),
    case("heading", "a number in brackets before the subject", "（1） 家医签约率43%。", says(43, "%", subject="家医签约率")),
    case(
        "coordinated",
        "both did what the last is said to have done",
        "3所乡镇卫生院及12所村卫生室完成标准化改造。",
        says(3, "所", subject="乡镇卫生院完成标准化改造"),
        says(12, "所", subject="村卫生室完成标准化改造"),
    ),
    case(
        "coordinated",
        "places that are counted do nothing",
        "19个乡镇、213个行政村实现签约服务全覆盖。",
        says(19, "个", subject="乡镇"),
        says(213, "个"),
    ),
    case(
        "ellipsis",
        "what was checked again is what was named before",
        "达到国家推荐标准的卫生院12家，完成复核30家。",
        says(12, "家"),
        says(30, "家", subject_has="推荐标准", indicator="ch_recommended_standard", stage="reviewed"),
    ),
    case(
        "respectively",
        "districts under one rate",
        "签约率43%，其中青湖区、白沙县分别为45%、41%。",
        says(43, "%"),
        says(45, "%", subject="签约率", scope="青湖区"),
        says(41, "%", subject="签约率", scope="白沙县"),
    ),
    case(
        "respectively",
        "the shared word begins behind the name",
        "高血压、糖尿病管理率分别为71%、68%。",
        says(71, "%", subject="高血压管理率"),
        says(68, "%", subject="糖尿病管理率"),
    ),
)
TIMES = (
    case(
        "period",
        "the year of the report by default",
        "组建家庭医生团队218个。",
        says(218, "个", period="2023", has_flags={"period_inferred"}),
    ),
    case("period", "较2022年 is the basis, not the period", "门急诊量较2022年增长8.1%。", says(8.1, "%", kind="change_rel", period="2023")),
    case("period", "a year with 度", "2022年度体检老人5.1万人。", says(51000, "人", period="2022")),
    case("period", "去年 is the year before", "去年体检老人4.8万人。", says(48000, "人", period="2022")),
    case("period", "截至…底 is an end", "截至2022年底，签约居民41.3万人。", says(413_000, "人", period="end-2022")),
    case("period", "累计签约 has no year", "累计签约居民52.6万人。", says(526_000, "人", period="cumulative")),
    case("period", "to a year to come", "到2025年，签约率达到75%以上。", says(75, "%", ">=", period="2025", status="target"), title=PLAN),
    case(
        "from and to",
        "last year's value, then the report's",
        "签约率由上年的40%提高到45%。",
        says(40, "%", period="2022", subject="签约率", indicator="fd_sign_rate"),
        says(45, "%", period="2023", subject="签约率", indicator="fd_sign_rate"),
    ),
    case(
        "from and to",
        "two years named once hold for all pairs",
        "急救站由2020年的30个增至2023年的51个，急救车从47辆增到96辆。",
        says(30, "个", period="2020", subject="急救站"),
        says(51, "个", period="2023", subject="急救站"),
        says(47, "辆", period="2020", subject_has="急救车"),
        says(96, "辆", period="2023", subject_has="急救车"),
    ),
    case(
        "period",
        "a year in passing ends with its part of the sentence",
        "门诊3.6万人次，2022年2.9万人次；康复师66名。",
        says(36_000, "人次", period="2023"),
        says(29_000, "人次", period="2022"),
        says(66, "名", period="2023"),
    ),
    case(
        "period",
        "a bracket keeps its year",
        "医疗纠纷174件（上年201件），其中沟通不足类71件。",
        says(174, "件", period="2023"),
        says(201, "件", period="2022"),
        says(71, "件", period="2023"),
    ),
    case(
        "period", "a multiple of last year's is this year's", "远程会诊量为上年的2.4倍。", says(2.4, "倍", kind="change_rel", period="2023")
    ),
    case("period", "a five-year plan", "“十四五”期间新建社区医院8家。", says(8, "家", period="2021-2025", status=...)),
    case("period", "no clock: without a year there is none", "组建家庭医生团队218个。", says(218, "个", period=""), title=BARE),
    case(
        "from and to",
        "the year before the change is not printed",
        "重点人群签约率从65.1%上升至66.8%。",
        says(65.1, "%", period="earlier", indicator="fd_key_sign_rate", flags=["status_inferred"]),
        says(66.8, "%", period="2023"),
    ),
    case(
        "from and to",
        "it is printed, as last year",
        "续约率较上年由71.3%提高到75.8%。",
        says(71.3, "%", period="2022"),
        says(75.8, "%", period="2023"),
    ),
    case(
        "from and to",
        "rows of both, each with its owner",
        "签约率、续约率分别由40.2%、71.3%提高到43.5%、75.8%。",
        says(40.2, "%", period="earlier", subject="签约率"),
        says(71.3, "%", period="earlier", subject="续约率"),
        says(43.5, "%", period="2023", subject="签约率"),
        says(75.8, "%", period="2023", subject="续约率"),
    ),
    case(
        "from and to",
        "由 that names who did it moves nothing",
        "专家组由7名主任医师牵头，巡诊96次。",
        says(7, "名", period="2023"),
        says(96, "次"),
    ),
    case(
        "years in a row",
        "each number has its year",
        "2021、2022、2023年签约率分别为41.2%、43.5%、45.1%。",
        says(41.2, "%", period="2021", subject="签约率"),
        says(43.5, "%", period="2022"),
        says(45.1, "%", period="2023"),
    ),
    case(
        "years in a row",
        "a span is as many years",
        "2021—2023年分别培训120、135、160人。",
        says(120, "人", period="2021"),
        says(135, "人", period="2022"),
        says(160, "人", period="2023"),
    ),
    case(
        "years in a row",
        "as many names take the numbers, not the years",
        "2022、2023年，高血压、糖尿病管理率分别为71%、68%。",
        says(71, "%", subject="高血压管理率"),
        says(68, "%", subject="糖尿病管理率"),
    ),
)
STATUSES = (
    case("target", "a plan promises", "新建社区卫生服务站12个。", says(12, "个", status="target", period="2024"), title=PLAN),
    case(
        "target",
        "one rate, asked for and reached",
        "老年人健康管理率目标70%，实际73.6%。",
        says(70, "%", status="target", indicator="ec_65_mgmt_rate"),
        says(73.6, "%", subject="老年人健康管理率", indicator="ec_65_mgmt_rate"),
    ),
    case(
        "target",
        "a plan builds on an outcome",
        "在去年建成12家的基础上，再创建老年友善医疗机构10家。",
        says(12, "家", period="2023"),
        says(10, "家", status="target", period="2024"),
        title=PLAN,
    ),
    case(
        "target",
        "the total that a plan leads to",
        "力争建成社区医院5家，累计达到50家。",
        says(5, "家", status="target"),
        says(50, "家", status="target"),
        title=PLAN,
    ),
    case("target", "力争 in a summary", "明年力争签约率达到45%。", says(45, "%", status="target", period="2024")),
    case("target", "a bracket tells the plan", "完成社区护理中心建设9家(年度计划8家)。", says(9, "家"), says(8, "家", status="target")),
    case(
        "target",
        "a heading announces the next year",
        "一、主要成效\n签约率43%。\n二、2024年工作计划\n签约率达到45%。",
        says(43, "%"),
        says(45, "%", status="target", period="2024"),
    ),
    case("actual", "a plan cites an outcome", "截至2023年底，全市已建成社区医院9家。", says(9, "家", period="end-2023"), title=PLAN),
    case(
        "reference",
        "somebody else's figure",
        "社区平均开展病种126种，高于全市平均的118种。",
        says(126, "种"),
        says(118, "种", status="reference", indicator=""),
    ),
    case("difference", "a difference from others is a change", "签约率高于全省平均2.2个百分点。", says(2.2, "百分点", kind="change_abs")),
    case(
        "stage", "recommended is not yet named", "推荐3个社区申报全国示范性老年友好型社区。", says(3, "个", stage="nominated", indicator="")
    ),
    case(
        "reference",
        "a cited mean with its noun behind it",
        "签约率42.3%，对照全省平均签约率44.9%有差距。",
        says(42.3, "%", indicator="fd_sign_rate"),
        says(44.9, "%", status="reference", scope="全省", indicator=""),
    ),
    case(
        "reference",
        "what our city reaches is its own again",
        "相较全国平均老年人健康管理率65.1%，我市达到66.4%。",
        says(65.1, "%", status="reference"),
        says(66.4, "%", scope="", indicator="ec_65_mgmt_rate"),
    ),
    case("reference", "standards that guide a deed cite nobody", "对标三级医院标准，新建护理病区2个。", says(2, "个")),
    case(
        "aim behind",
        "what was handed down is an aim, of what is measured before it",
        "高血压患者规范管理率74.8%，超额完成市级下达的70%目标任务，培训骨干260人。",
        says(74.8, "%"),
        says(70, "%", status="target", subject="高血压患者规范管理率"),
        says(260, "人"),
    ),
    case("aim behind", "persons to be reached", "完成年初确定的2.1万人筛查任务。", says(21000, "人", status="target")),
    case("aim behind", "tasks are counted and were done", "完成市级下达的12项重点任务。", says(12, "项")),
    case("aim behind", "a share of the tasks is what was done", "95%的年度任务已完成。", says(95, "%")),
    case("aim behind", "how far the aim was reached is an outcome", "完成上级下达任务的103.5%。", says(103.5, "%")),
    case(
        "stage",
        "推荐标准 is the name of a standard",
        "全县卫生院达到推荐标准的有14家，达到基本标准的有9家。",
        says(14, "家", stage="none", indicator="ch_recommended_standard"),
        says(9, "家", stage="none", indicator="ch_basic_standard"),
    ),
)
SCOPES = (
    case("scope", "an institution", "市中心医院全年门急诊286万人次。", says(2_860_000, "人次", scope="市中心医院", indicator="")),
    case("scope", "a part of the place", "城东新区签约率51%。", says(51, "%", scope="城东新区", indicator="")),
    case("scope", "helped places are elsewhere", "对口支援的石塬县签约率升至55%。", says(55, "%", scope_not="", indicator="")),
    case("scope", "the whole place is empty", "全市家庭医生签约率43.5%。", says(43.5, "%", scope="", indicator="fd_sign_rate")),
    case(
        "norm",
        "what each is to have is no count of the place",
        "每个县至少建成1家社区医院。",
        says(1, "家", ">=", status="target", scope="每个县", indicator=""),
        title=PLAN,
    ),
    case(
        "norm",
        "a list of what each is to have",
        "确保每个区县建有1家社区医院、2家社区护理中心。",
        says(1, "家", status="target", scope="每个区县"),
        says(2, "家", status="target", scope="每个区县"),
        title=PLAN,
    ),
    case(
        "norm",
        "it ends with its clause",
        "每个乡镇办好1所公办卫生院，新建社区医院4家。",
        says(1, "所", status=..., scope="每个乡镇"),
        says(4, "家", status="target", scope="", indicator="ch_community_hospitals"),
        title=PLAN,
    ),
    case(
        "norm",
        "a mean over all is one of the place",
        "每个社区卫生服务中心平均开展基本病种135种。",
        says(135, "种", scope="", indicator="ch_disease_list"),
    ),
    case("norm", "each year is no place", "每年新增安宁疗护机构2家。", says(2, "家", status="target", scope=""), title=PLAN),
    case("norm", "a sum stands for all", "各街道均建有社区护理中心，全市共12家。", says(12, "家", scope="")),
    case(
        "part",
        "a district behind 其中",
        "签约率43%，其中青湖区签约率45%。",
        says(43, "%", scope=""),
        says(45, "%", scope="青湖区", indicator=""),
    ),
)
INDICATORS = (
    case(
        "indicator",
        "it decides the theme",
        "评估员212名，其中长护险评估员58名。",
        says(212, "名", themes=...),
        says(58, "名", indicator="ec_ltci_assessors", themes=["elderly_care"]),
    ),
    case(
        "indicator",
        "institutions sign too, and are no residents",
        "医养签约服务覆盖率100%。",
        says(100, "%", indicator="", themes=["elderly_care"]),
    ),
    case("indicator", "points of care for the mind", "新设老年人心理关爱点4个。", says(4, "个", indicator="ec_mental_care_points")),
    case(
        "indicator",
        "the key groups have their own rate",
        "重点人群家庭医生签约率82.1%。",
        says(82.1, "%", indicator="fd_key_sign_rate", themes=["family_doctor"]),
    ),
    case(
        "indicator",
        "medical beds among all",
        "医养结合机构床位9300张，其中医疗床位2100张。",
        says(9300, "张", indicator="ec_mc_beds"),
        says(2100, "张", indicator="ec_mc_medical_beds"),
    ),
    case(
        "indicator",
        "both ways of referral",
        "社区上转病人6243人次，下转病人1917人次。",
        says(6243, "人次", indicator="ch_referral_up"),
        says(1917, "人次", indicator="ch_referral_down"),
    ),
    case("no indicator", "a growth rate is not the quantity", "社区门急诊同比增长6.2%。", says(6.2, "%", kind="change_rel", indicator="")),
    case("no indicator", "satisfaction with the service is another matter", "家庭医生签约居民满意度96.4%。", says(96.4, "%", indicator="")),
    case("no indicator", "physicians are no residents", "家庭医生签约服务培训医生320人。", says(320, "人", indicator="")),
    case(
        "indicator",
        "brackets inside the verb",
        "新（改、扩）建社区卫生服务中心11家，改（扩）建社区卫生服务站8家。",
        says(11, "家", indicator="ch_centres_built"),
        says(8, "家", indicator="ch_stations_built"),
    ),
    case("indicator", "what is built that way counts, not the wording", "新（改、扩）建停车位300个。", says(300, "个", indicator="")),
    case(
        "indicator",
        "residents who are given the service are signed",
        "为35.2万名居民提供签约服务。",
        says(352000, "名", indicator="fd_signed_residents"),
    ),
    case(
        "no indicator",
        "one number of two rates",
        "65岁以上老年人健康管理率、高血压患者规范管理率均达到65%以上。",
        says(65, "%", ">=", indicator=""),
    ),
    case(
        "no indicator",
        "a bound on both of those before",
        "高血压患者规范管理率71%，糖尿病患者规范管理率70%，均高于65%。",
        says(71, "%", indicator="ch_htn_standard_rate"),
        says(70, "%", indicator="ch_dm_standard_rate"),
        says(65, "%", ">", indicator=""),
    ),
    case(
        "indicator",
        "each of one kind is of that kind",
        "高血压患者规范管理率均达到65%以上。",
        says(65, "%", ">=", indicator="ch_htn_standard_rate"),
    ),
    case(
        "flow and stock",
        "what was added, and what there is by now",
        "新增全国示范性老年友好型社区2个，累计6个。",
        says(2, "个", subject_has="新增"),
        says(6, "个", subject="全国示范性老年友好型社区", indicator="ec_friendly_communities_national"),
    ),
    case(
        "flow and stock",
        "new ones are no stock",
        "新建医养结合机构3家，累计建成28家。",
        says(3, "家", indicator=""),
        says(28, "家", indicator="ec_mc_institutions"),
    ),
    case(
        "flow and stock",
        "all of them were not built this year",
        "新建社区卫生服务站5个，累计62个。",
        says(5, "个", indicator="ch_stations_built"),
        says(62, "个", indicator=""),
    ),
    case(
        "flow and stock",
        "累计 that says what was done is no stock",
        "新增家庭医生团队12个，累计培训骨干260人次。",
        says(12, "个", indicator=""),
        says(260, "人次", indicator=""),
    ),
)
CASES = (*NUMBERS, *BOUNDS, *UNITS, *NO_MEASURES, *OWNERS, *TIMES, *STATUSES, *SCOPES, *INDICATORS)
