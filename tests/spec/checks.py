"""What the checks of a report's numbers promise: small texts, the relations in them, and numbers that only look related.

Places and figures are invented, and every relation was labelled by hand before the rules were run. Each kind comes in turns for the half
that the rules were made with and for the half that was held out (``held_out``): what is missed there is only counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SUMMARY = "临江市2023年卫生健康工作总结\n"
PLAN = "临江市2024年卫生健康工作要点\n"


class Label(NamedTuple):
    """A relation: its verdict, and its numbers in the order of the text; ``words^number`` is the number behind those words."""

    relation: str
    verdict: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A small report with its relations, and what stands in it that is none, each trap in a few words."""

    text: str
    labels: tuple[Label, ...]
    decoys: tuple[str, ...] = ()
    title: str = SUMMARY


def label(line: str) -> Label:
    """Return a label from one line: relation, verdict, numbers."""
    relation, verdict, *numbers = line.split()
    return Label(relation, verdict, tuple(numbers))


def text(body: str, *labels: str, decoys: tuple[str, ...] = (), title: str = SUMMARY) -> Text:
    """Return a text with labels written as lines."""
    return Text(body, tuple(map(label, labels)), decoys, title)


TEXTS = (
    # parts and totals
    text(
        "全市医疗机构门急诊862.40万人次,其中医院门急诊401.15万人次,基层门急诊461.25万人次。",
        "sum holds 862.40万人次 401.15万人次 461.25万人次",
    ),
    text("全区现有养老床位6840张,其中公办床位2310张、民办床位4530张。", "sum holds 6840张 2310张 4530张"),
    text(
        "新增医疗床位500张,其中中心医院320张、妇幼保健院260张。院前急救出车1.2万次,抢救危重病人3100人。",
        "sum fails 500张 320张 260张",
        decoys=("other kind of unit after the parts",),
    ),
    text("培训乡村医生640人,其中线上420人、线下310人,考试3场。", "sum fails 640人 420人 310人", decoys=("exams are no part",)),
    text(
        "全年引进卫生人才214人,其中博士12人、硕士96人。签约居民31.2万人,服务76.5万人次。",
        "sum undecidable 214人 12人 96人",
        decoys=("persons and visits",),
    ),
    text(
        "全市托位1.86万个,其中普惠托位1.12万个。开设托育机构240家,其中社区嵌入式35家。",
        "sum undecidable 1.86万个 1.12万个",
        "sum undecidable 240家 35家",
    ),
    text(
        "全市卫生技术人员18420人,其中执业(助理)医师7210人,其中全科医生1530人;注册护士8640人。",
        "sum undecidable 18420人 7210人 8640人",
        "sum undecidable 7210人 1530人",
        decoys=("a part of a part",),
    ),
    text(
        "共有医疗机构1186家,其中公立医院21家,社会办医院34家,其中三级2家。",
        "sum undecidable 1186家 21家 34家",
        "sum undecidable 34家 2家",
        decoys=("a part of a part",),
    ),
    text("签约服务团队分两类,共386个,其中全科团队297个、专科团队89个。", "sum holds 386个 297个 89个"),
    text("体检人群分为城镇和农村两类,共体检8.40万人,其中城镇3.15万人、农村5.05万人。", "sum fails 8.40万人 3.15万人 5.05万人"),
    text(
        "门诊、急诊、住院分别为31.20万人次、8.45万人次、2.05万人次,合计41.70万人次。",
        "sum holds 31.20万人次 8.45万人次 2.05万人次 41.70万人次",
    ),
    text("公立医院、民营医院、基层机构床位分别为4120张、1380张、960张,共计6640张。", "sum fails 4120张 1380张 960张 6640张"),
    text(
        "办理行政处罚案件A类47件、B类118件、C类63件,总计228件,罚款92.4万元。",
        "sum holds 47件 118件 63件 228件",
        decoys=("money behind counts",),
    ),
    text("投诉举报126件、信访件88件、12345工单342件,合计546件。", "sum fails 126件 88件 342件 546件"),
    text(
        "全年总诊疗量1520.6万人次(医院688.2万人次、基层机构832.4万人次),同比增长6.2%。",
        "sum holds 1520.6万人次 688.2万人次 832.4万人次",
    ),
    text("共完成上门服务4860人次(护理2950人次、康复1320人次、药学690人次)。", "sum fails 4860人次 2950人次 1320人次 690人次"),
    text(
        "家庭病床共建床1260张。其中新建床410张,续床850张。受益老人2040人。",
        "sum holds 1260张 410张 850张",
        decoys=("persons are no beds",),
    ),
    text(
        "全年生育登记26420人。其中一孩15210人,二孩9380人,三孩1930人。",
        "sum fails 26420人 15210人 9380人 1930人",
    ),
    text(
        "附表 2023年各片区服务情况\n|片区|签约居民(人)|家庭病床(张)|\n|东片区|3120|45|\n|南片区|2840|38|\n|西片区|1975|27|\n|合计|7935|120|\n",
        "sum holds 3120 2840 1975 7935",
        "sum fails 45 38 27 120",
    ),
    text(
        "附表 2023年村卫生室建设\n|镇|新建(家)|改建(家)|达标率(%)|\n|白石镇|4|11|92.1|\n|沙岭镇|6|9|88.4|\n|合计|10|19|90.2|\n",
        "sum holds 4 6 10",
        "sum fails 11 9 19",
        decoys=("rates are not added up",),
    ),
    text(
        "高血压患者规范管理9.80万人,糖尿病患者规范管理3.65万人,严重精神障碍患者管理0.42万人。2022年管理高血压患者9.12万人。",
        decoys=("groups without a total", "another year"),
    ),
    text(
        "全市65岁及以上老年人签约24.6万人,其中高血压患者14.2万人、糖尿病患者6.8万人、慢阻肺患者5.9万人。",
        "sum undecidable 24.6万人 14.2万人 6.8万人 5.9万人",
        decoys=("patients may have several diseases",),
    ),
    # a stated count and its list
    text(
        "建成城北、河西、青石、南屏等4家社区医院。推进云溪、白塔等6家卫生院改造。",
        "list_count holds 4家",
        "list_count undecidable 6家",
    ),
    text(
        "新增中医肾病、中医心病、中医肺病等3个专病联盟。云溪、河西等5家卫生院通过验收。",
        "list_count holds 3个",
        "list_count undecidable 5家",
    ),
    text(
        "城北、河西、青石、南屏等3家机构通过复核。全年开展讲座、义诊、咨询120场。",
        "list_count fails 3家",
        decoys=("120 events of three kinds",),
    ),
    text("命名河东、云溪、白塔、沙岭、石桥等4个健康镇。", "list_count fails 4个"),
    text(
        "重点做好5项工作:一是加强党建引领。二是推进医改。三是夯实基层。四是强化监管。五是守牢安全底线。",
        "list_count holds 5项",
    ),
    text(
        "突出抓好四项重点任务:一是织密网底,二是优化流程,三是培育人才。",
        "list_count fails 四项",
    ),
    text("完成3个服务站(云溪站、白塔站、石桥站)建设,覆盖12个村(含山区)。", "list_count holds 3个", decoys=("a remark in brackets",)),
    text("4家社区(河东、云溪、白塔)达到市级标准,全年服务2600人次(不含体检)。", "list_count fails 4家", decoys=("a remark in brackets",)),
    text("设立“云诊室”“护理到家”“慢病小屋”等3个品牌项目,形成“五个一”机制。", "list_count holds 3个", decoys=("a slogan",)),
    text(
        "选派医生、护士、药师等30名骨干赴对口地区,开展会诊、查房、手术等480余次。",
        decoys=("kinds of persons are not the persons", "kinds of deeds"),
    ),
    # rates and shares
    text("常住人口205.4万人,家庭医生签约98.6万人,签约率48.00%。", "rate holds 205.4万人 98.6万人 48.00%"),
    text("抽检医疗废物处置样品480份,合格462份,合格率96.25%。", "rate holds 480份 462份 96.25%"),
    text("应接种儿童12500人,实际接种12125人,接种率91.00%。", "rate fails 12500人 12125人 91.00%"),
    text("计划新建站点40个,实际建成38个,完成率98%。", "rate fails 40个 38个 98%"),
    text(
        "全区常住居民签约61.3万人,签约率41.20%,重点人群签约22.8万人,签约率78.90%。",
        decoys=("the signed are no denominator of another rate",),
    ),
    text(
        "助产机构分娩新生儿7120人,听力筛查7095人,听力筛查率99.65%,遗传代谢病筛查率99.31%。",
        "rate holds 7120人 7095人 99.65%",
        decoys=("a second rate has no numerator",),
    ),
    text(
        "辖区70岁及以上老人8.26万人,已建立健康档案7.93万人,建档率96.00%。2022年建档率94.10%。",
        "rate holds 8.26万人 7.93万人 96.00%",
        decoys=("the rate of another year",),
    ),
    text(
        "现有0-3岁婴幼儿托位9200个,实际入托5336人,覆盖社区61个,覆盖率82.4%。",
        decoys=("places, children and communities",),
    ),
    text("全市培训医务人员2400人,其中护理人员936人,占39.0%。", "share holds 2400人 936人 39.0%", "sum undecidable 2400人 936人"),
    text(
        "全年签约居民52.0万人,其中老年人15.6万人,占签约总数的36.0%。",
        "share fails 52.0万人 15.6万人 36.0%",
        "sum undecidable 52.0万人 15.6万人",
    ),
    text(
        "接诊患者3200人,其中本地患者2080人,占65%,外地患者1120人,占35%。",
        "sum holds 3200人 2080人 1120人",
        "share holds 3200人 2080人 65%",
        "share holds 3200人 1120人 35%",
        "share holds 65% 35%",
    ),
    text(
        "全市护士4500人,其中本科及以上2835人,占58%,大专1665人,占37%。",
        "sum holds 4500人 2835人 1665人",
        "share fails 4500人 2835人 58%",
        "share holds 4500人 1665人 37%",
    ),
    text("满意、基本满意、不满意三类评价分别占62.5%、30.3%、7.2%。", "share holds 62.5% 30.3% 7.2%", "list_count holds 三类"),
    text("门诊病例按轻症、普通、重症三类统计,分别占71.0%、22.5%、9.5%。", "share fails 71.0% 22.5% 9.5%"),
    text(
        "中医诊疗人次占总诊疗人次的38.2%,中药饮片处方占总处方的6.4%,老年患者占门诊量的47%。",
        decoys=("shares of other wholes",),
    ),
    text(
        "出院患者6.2万人次,其中医保患者占91.4%,手术患者占32.7%。财政投入占全市支出的8.6%。",
        decoys=("shares that overlap", "a share of another whole"),
    ),
    # growth
    text("开放床位由1600张增加到1840张,增长15%。", "growth holds 1600张 1840张 15%"),
    text("家庭病床由820张增加到1025张,增长20%。", "growth fails 820张 1025张 20%"),
    text("健康素养水平由31.2%提高到34.6%,提高3.4个百分点。", "growth holds 31.2% 34.6% 3.4个百分点"),
    text("基层就诊率从62.5%提升到65.0%,提升4.5个百分点。", "growth fails 62.5% 65.0% 4.5个百分点"),
    text("规范管理率由70.0%提高到77.0%,提高7%。", "growth fails 70.0% 77.0% 7%"),
    text(
        "2022年有效转诊1250人次,2023年有效转诊1400人次,增长12%。远程会诊860例,同比增长9.4%。",
        "growth holds 1250人次 1400人次 12%",
        decoys=("a growth without its base",),
    ),
    text("全市医养结合机构64家,较上年增加9家,上年为55家。", "growth holds 64家 9家 55家"),
    text("执业医师9320人,比上年增加410人(2022年为8840人)。", "growth fails 9320人 410人 8840人"),
    text(
        "总诊疗640.00万人次,同比增长5.10%,其中医院260.00万人次,同比增长3.20%,基层380.00万人次,同比增长6.45%。",
        "sum holds 640.00万人次 260.00万人次 380.00万人次",
        "growth holds 5.10% 3.20% 6.45%",
    ),
    text(
        "出院病人31.50万人次,同比增长8.8%,其中市级医院18.20万人次,同比增长2.1%,县级医院13.30万人次,同比增长4.6%。",
        "sum holds 31.50万人次 18.20万人次 13.30万人次",
        "growth fails 8.8% 2.1% 4.6%",
    ),
    text(
        "平均住院日由8.4天缩短到7.9天。门诊均次费用同比下降2.3%,药占比下降1.5个百分点。",
        decoys=("two values, and changes of others",),
    ),
    text(
        "2024年计划新建站点30个,较2023年实际建成数增加20%。累计建成210个,今年新建25个。",
        decoys=("a plan against an outcome of no number", "cumulative and this year"),
        title=PLAN,
    ),
    # denominators
    text(
        "65岁及以上老年人签约25.50万人,签约率85.00%;65岁及以上老年人体检21.60万人,体检率72.00%。",
        "denominator holds 25.50万人 85.00% 21.60万人 72.00%",
    ),
    text(
        "65岁及以上老年人建档18.00万人,建档率90.00%;65岁及以上老年人体检15.00万人,体检率60.00%。",
        "denominator fails 18.00万人 90.00% 15.00万人 60.00%",
    ),
    text(
        "高血压患者签约12.4万人,签约率82.1%;糖尿病患者签约4.7万人,签约率80.5%。",
        decoys=("rates of different groups",),
    ),
    # the same fact twice
    text(
        "全市家庭医生签约率46.3%,培训家庭医生820人次。\n二、基层服务\n家庭医生签约率达46.3%,新增签约团队14个。",
        "repeat holds 46.3% 家庭医生签约率达^46.3%",
    ),
    text(
        "全年办理卫生行政处罚案件612件,罚没款418.6万元。\n三、监督执法\n全年共办理卫生行政处罚案件583件。",
        "repeat fails 612件 583件",
    ),
    text(
        "截至2023年底,全市护理型床位4310张。\n四、养老服务\n截至2023年底,全市护理型床位4130张,较上年增长6%。",
        "repeat fails 4310张 4130张",
    ),
    text(
        "全市开展义诊活动128场。\n五、志愿服务\n全市开展义诊活动128场,服务群众1.9万人次。",
        "repeat holds 128场 开展义诊活动^128场",
    ),
    text(
        "全年新建村卫生室36家。2022年新建村卫生室41家。累计建成村卫生室310家。力争2024年新建村卫生室20家。白石县新建村卫生室5家。",
        decoys=("another year", "cumulative", "a target", "a part of the place"),
    ),
    text(
        "查处无证行医案件18件。全年办理行政处罚案件233件。公共场所监督中立案46件。高血压患者管理率71%。糖尿病患者管理率69%。",
        decoys=("other cases", "other patients"),
    ),
    # references
    text("基层开展病种平均126种,高于全省平均118种。", "reference holds 126种 118种"),
    text("家庭医生签约率39.4%,高于全省平均水平42.8%。", "reference fails 39.4% 42.8%"),
    text("平均药品配备率81.2%,低于全市平均水平78.6%。", "reference fails 81.2% 78.6%"),
    text("年度计划改造站点24个,实际改造31个,超额完成年度任务。", "reference holds 24个 31个"),
    text("年度计划培训500人,实际培训468人,超额完成年度任务。", "reference fails 500人 468人"),
    text(
        "健康素养水平34.1%,高于全省平均2.6个百分点,居全省第三。人均期望寿命82.1岁,优于全国平均水平。孕产妇死亡率4.1/10万,低于全省平均水平。",
        decoys=("a difference without the reference", "a rank", "a reference without a number"),
    ),
    # whole numbers and ranges
    text("全区12家社区卫生服务中心中,47%设置了康复科。", "whole_number fails 12家 47%"),
    text("全区8个镇中有75%建成健康镇。", "whole_number holds 8个 75%"),
    text("9家医院中有63%完成智慧药房改造。", "whole_number fails 9家 63%"),
    text("全市1240家村卫生室中63.4%实现医保联网。14家中心中医诊疗人次占38.5%。", decoys=("a large whole", "a share of visits")),
    text("儿童疫苗接种率达102.3%。", "range fails 102.3%"),
    text("新建村卫生室38家,完成率126.7%。病床使用率101.2%。", decoys=("completion", "use of beds")),
    text("家庭医生签约覆盖率为118%。", "range fails 118%"),
    text("夜间门诊每天开放26小时。", "range fails 26小时"),
    text("急救热线每天24小时值守,新建站点15-20个。老年病床占比达135%。", "range fails 135%", decoys=("a whole day", "a sound range")),
    text("每个镇设置服务点8-5个,培训0-3岁照护人员600人。", "range fails 8 5个", decoys=("an age",)),
    # several in one text
    text(
        "报告结核病患者316例,其中男性204例、女性112例,男性占64.6%。规范治疗307例,规范治疗率97.2%。",
        "sum holds 316例 204例 112例",
        "share holds 316例 204例 64.6%",
        "rate holds 316例 307例 97.2%",
    ),
    text(
        "监督检查公共场所1250户次,其中市级320户次、县级930户次;抽检水样260份,合格247份,合格率93.0%。",
        "sum holds 1250户次 320户次 930户次",
        "rate fails 260份 247份 93.0%",
    ),
    text(
        "互联网医院服务总量5.84万人次,在线咨询3.19万人次,复诊配药2.65万人次。上年服务量4.90万人次。",
        "sum holds 5.84万人次 3.19万人次 2.65万人次",
        decoys=("the total of another year",),
    ),
    text(
        "现有评估员860名,其中A类评估员395名、B类评估员465名。完成评估1.43万例,投诉21件,其中有效投诉4件。",
        "sum holds 860名 395名 465名",
        "sum undecidable 21件 4件",
    ),
    text(
        "目标任务100家,已完成76家,在建15家。下达资金1200万元,其中中央700万元、省级500万元,支出980万元。",
        "sum holds 1200万元 700万元 500万元",
        decoys=("targets and outcomes", "spending is no part"),
    ),
    text(
        "上转病人超过5000人次,其中门诊4100人次、住院1300人次。累计签约38.5万人,本年新签2.1万人。",
        "sum undecidable 5000人次 4100人次 1300人次",
        decoys=("this year and cumulative",),
    ),
    text(
        "全系统党员1860名,其中女党员1105名,35岁以下740名,本科以上1320名。",
        "sum undecidable 1860名 1105名 740名 1320名",
        decoys=("sex, age and degree overlap",),
    ),
    text(
        "本市老年人口54.2万人,占常住人口的24.1%。全省老年人口占20.7%。签约老人41.0万人,签约率75.6%。",
        "rate holds 54.2万人 41.0万人 75.6%",
        decoys=("somebody else's share", "a share without its whole"),
    ),
    text(
        "全年接种流感疫苗14.6万剂次,其中60岁以上6.9万剂次、学生5.2万剂次、医务人员2.5万剂次。上半年接种8.1万剂次。",
        "sum holds 14.6万剂次 6.9万剂次 5.2万剂次 2.5万剂次",
        decoys=("half a year",),
    ),
    text(
        "建成安宁疗护病区云溪、河西、白塔3个,床位66张,其中云溪30张、河西20张、白塔18张。",
        "list_count holds 3个",
        "sum fails 66张 30张 20张 18张",
    ),
)
# written when the rules stood, in other wordings, to see where they fail
MORE = (
    text("全区共有各类医疗卫生机构412家,其中医院18家、社区卫生服务机构96家、门诊部和诊所298家。", "sum holds 412家 18家 96家 298家"),
    text("今年以来共受理投诉举报318件(其中医疗类201件、公共场所类74件、其他43件),办结率100%。", "sum holds 318件 201件 74件 43件"),
    text("全年组织义诊96场次,惠及群众1.42万人次,其中65岁以上老年人8600人次。", "sum undecidable 1.42万人次 8600人次"),
    text("截至年底,全市注册护士达到1.26万人,其中三级医院5200人、二级医院4100人、基层4300人。", "sum fails 1.26万人 5200人 4100人 4300人"),
    text("完成国家随机监督抽查任务860件,其中公共场所412件,学校96件,医疗机构352件。", "sum holds 860件 412件 96件 352件"),
    text("项目总投资3.60亿元,其中中央资金1.20亿元、地方配套1.80亿元、单位自筹0.60亿元。", "sum holds 3.60亿元 1.20亿元 1.80亿元 0.60亿元"),
    text("总投资2.40亿元,其中财政资金1.50亿元、专项债券1.10亿元。", "sum fails 2.40亿元 1.50亿元 1.10亿元"),
    text(
        "累计建立居民健康档案86.4万份,今年新建3.2万份,更新12.5万份。签约重点人群18.6万人,其中高血压患者6.2万人。",
        "sum undecidable 18.6万人 6.2万人",
        decoys=("cumulative and this year",),
    ),
    text("上半年门诊量42.1万人次,下半年门诊量47.3万人次,全年合计89.4万人次。", "sum holds 42.1万人次 47.3万人次 89.4万人次"),
    text("男性筛查4120人,女性筛查5380人,共筛查9800人。", "sum fails 4120人 5380人 9800人"),
    text("向社区医院转诊上转2310人次,下转1875人次,双向转诊合计4185人次。", "sum holds 2310人次 1875人次 4185人次"),
    text("评选优秀团队30个、先进个人60名。表彰名单中,护理团队12个,医生24名。", decoys=("teams and persons",)),
    text("新建、改扩建卫生院7家,购置救护车12辆、DR设备9台。", decoys=("cars and machines",)),
    text("2023年目标新增托位1500个,实际新增1620个,超额完成目标任务。", "reference holds 1500个 1620个"),
    text(
        "签约率52.6%,超过全省平均水平49.8%;规范管理率78.2%,低于全省平均水平81.5%。",
        "reference holds 52.6% 49.8%",
        "reference holds 78.2% 81.5%",
    ),
    text("人均基本公共卫生服务经费89元,高于全国标准95元。", "reference fails 89元 95元"),
    text("孕产妇死亡率6.2/10万,低于全省平均7.9/10万;婴儿死亡率1.9‰,低于控制目标。", "reference holds 6.2/10万 7.9/10万"),
    text("应检单位240家,实检228家,检查覆盖率95%。", "rate holds 240家 228家 95%"),
    text("全市共有在册严重精神障碍患者5120人,规范管理4813人,规范管理率94.0%。", "rate holds 5120人 4813人 94.0%"),
    text("年初计划培训300人,年内完成培训285人,完成率92%。", "rate fails 300人 285人 92%"),
    text("出生活产数8230人,死亡婴儿18人,婴儿死亡率2.19‰。", "rate holds 8230人 18人 2.19‰"),
    text("参保人数46.2万人,参保率98.7%。签约服务满意度调查600人,满意率96.2%。", decoys=("rates without denominators",)),
    text(
        "全市65岁以上老年人32.5万人,完成体检22.1万人,体检率68%,健康管理率71.3%。",
        "rate holds 32.5万人 22.1万人 68%",
        decoys=("another rate",),
    ),
    text("查出高危人群2310人,占筛查人数15400人的15%。", "share holds 2310人 15400人 15%"),
    text("基层诊疗量620万人次,占总诊疗量的51.2%;中医诊疗量210万人次,占总诊疗量的17.3%。", decoys=("a whole that is not printed",)),
    text("高级职称占18.5%、中级职称占36.2%、初级及以下占45.3%。", "share holds 18.5% 36.2% 45.3%"),
    text("全科医生1240人,较上年1100人增长12.7%。", "growth holds 1240人 1100人 12.7%"),
    text("平均住院日从8.6天下降到7.8天,下降0.8天。", "growth holds 8.6天 7.8天 0.8天"),
    text("参保人数从2022年的38.5万人增长到2023年的41.2万人,增长8.0%。", "growth fails 38.5万人 41.2万人 8.0%"),
    text("知晓率由58.3%提升至66.7%,增加6.4个百分点。", "growth fails 58.3% 66.7% 6.4个百分点"),
    text("床位使用率81.2%,同比提高2.4个百分点。出院患者5.3万人次,同比增长11.2%,手术量增长8.6%。", decoys=("growth without a base",)),
    text("社区卫生服务中心由26家增加到29家,净增4家。", "growth fails 26家 29家 4家"),
    text(
        "发放育儿补贴1260万元,惠及家庭4200户。截至2023年底,全市千人托位数4.2个。\n六、一老一小\n截至2023年底,全市千人托位数达4.2个。",
        "repeat holds 4.2个 千人托位数达^4.2个",
    ),
    text("全市共有家庭医生团队412个。\n三、签约\n全市共有家庭医生团队421个,签约居民60.1万人。", "repeat fails 412个 421个"),
    text("培训全科医生120人次。\n二、中医\n培训中医骨干120人次。白塔县培训全科医生35人次。", decoys=("other trainees", "a county")),
    text("10家卫生院中有45%建成中医馆。", "whole_number fails 10家 45%"),
    text("6个县(区)中,66.7%建成急救站。", "whole_number holds 6个 66.7%"),
    text("抽检水样40份,合格率96%。", "whole_number fails 40份 96%"),
    text("药品抽检合格率101.5%,任务完成率105%。", "range fails 101.5%", decoys=("completion",)),
    text("每日开放发热门诊24小时,急诊日均接诊320人次,每周开诊8天。", "range fails 8天", decoys=("a whole day",)),
    text("落实“三个一”要求,实施健康城市、健康村镇、健康细胞三大工程。", "list_count holds 三大", decoys=("a slogan",)),
    text("白塔、河西两家医院与南屏、云溪、青石、沙岭4家卫生院组建医共体。", "list_count holds 两家", "list_count holds 4家"),
    text("开展以下6项活动:一是健康讲座;二是义诊;三是筛查;四是培训;五是竞赛。", "list_count fails 6项"),
    text("设置内科、外科、妇产科、儿科、急诊科等5个科室,开放床位99张。", "list_count holds 5个"),
    text("牵头医院对云溪、白塔、河西、南屏等2家分院实行托管。", "list_count fails 2家"),
    text("妇女“两癌”筛查3.2万人,其中宫颈癌筛查1.6万人,乳腺癌筛查1.6万人,查出癌前病变112例。", "sum holds 3.2万人 1.6万人 1.6万人"),
)
HELD_OUT = TEXTS[1::2]
DEVELOPMENT = TEXTS[::2] + MORE
