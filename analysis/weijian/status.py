"""Happened, planned or cited: the status of a measure, and the stage of what is being named.

In: a measure's place and the genre of the section it stands in. Out: actual, target or reference; and the
stage (nominated, applied, publicised, named, built, reviewed, none). Evidence counts in this order: a
comparison, a bracket, the words of the sentence, the section.
"""

from __future__ import annotations

import re

from weijian.clauses import Place, Setting

_CLOSED = re.compile(r"\([^()]*\)|《[^》]*》")
_WHOSE = r"(?:全国|全省|全市|全区|全县|国家|省|市|区|县|同类地区|同期|周边)?(?:平均|均值|平均水平|平均值|均)"
_REFERENCE = re.compile(
    rf"(?:高于|低于|超过|优于|多于|少于|大于|好于|对标|相比|比){_WHOSE}(?:水平|值|数)?(?:的|为|约)?$"
    rf"|(?:全国|全省|全市|省级?|市级?){_WHOSE[:-1]}|平均)(?:水平|值|数)?(?:为|是|仅为|约为|的)?$"
    r"|(?:^|[(,;])(?:全国|全省|全市平均|国家|省)(?:平均|均值|目标值|标准值|要求)?(?:水平)?(?:为|是|仅为|约为)$"
)
_OTHERS = re.compile(r"(?:高于|低于|优于|好于|多于|少于|超过)?(?:全国|全省|全市|省|市)(?:的)?(?:平均|均值|平均水平|平均值|增长|水平)*[|](?:分别为|为)?$|[|](?:全国|全省|全市)(?:平均)?(?:增长|下降|为)?$")
_PLANNED_BRACKET = re.compile(r"(?:计划|目标|任务|指标|年度|要求|应)[^)]{0,16}$")
_MODAL = re.compile(
    r"力争|争取|(?<![才动养年目务划度项人展工])计划(?!生育|单列|免疫|任务|总结|评审|项目|[(》”,。、])|拟(?!定)|预计|目标(?:为|是|值|达到?)|将(?=于|达到?|实现|完成|建成|新建|新增|开展|举办|建设|启动|力争|继续|进一步|推出|组织|在|有|再|为|对|全面)|年底前|确保[^,。;]{0,12}[达到]|要(?:再|在|达到?|到|实现|完成)|"
    r"(?<![高升降增减])到20\d\d年(?:底|末)?[,]?(?!.{0,4}(?:已|共))|届时|下一步|明年|来年|有望|规划(?:建设|新增|床位)|应达到?"
)
_DONE = re.compile(
    r"已(?!经?列入)|实际|完成[数率]|完成了|累计|目前|现有|共有|截至|截止|上年|去年|达成|获评|荣获|超额|同比|实现了|先后|较上年|上年度"
)
_EXISTING = re.compile(
    r"(?:以|对|将|围绕|依托|强化|深化|巩固|落实|坚守|面临着?|针对|优化|发挥|指导|统筹|用好|抓好|做好|整合|利用|组织|会同|联合|推动|推进|规范|保障|支持|关于|及其?|等|的|现有|已有|原有)"
    r"[^,。;0-9]{0,18}$|(?:落实|巩固|强化|优化|规范实施|健全|坚守)[^,。;0-9]{0,50}$"
)
_MAKES = re.compile(
    r"新建|建成|建设|完成|创建|打造|达到|新增|培育|遴选|命名|开展|成立|设立|实现|配置|升级|改建|改造|扩建|举办|培训|引进|招聘|选派|开设|开通|发放|新设|推出|评选|建立|布局|投用|提供|创成|通过|认定|组建|增加|提升|提高|不低于|至少|达|覆盖"
)
_RESTARTS = re.compile(r"[;]")
_STOCK_IN_PLAN = re.compile(r"用地|占地|总投资|投资|现有|原有|共有|面积")
_STAGES = (
    ("nominated", re.compile(r"推选|推荐|遴选上报|提名")),
    ("applied", re.compile(r"申报|申请|报送")),
    ("publicised", re.compile(r"公示")),
    ("reviewed", re.compile(r"复核|复审|复评|通过验收复")),
    ("named", re.compile(r"命名|获评|评为|授予|认定|获批|创成|创建成功|荣获|被评|评定|入选|冠名|新增")),
    ("built", re.compile(r"建成|新建|建设|创建|完成|验收|达到|设置")),
)


def status_of(place: Place, setting: Setting, period: str, before: str) -> tuple[str, str]:
    """Return the status of a measure and the rule that decided it.

    ``setting`` tells genre and year of the section, ``period`` what the measure refers to, ``before`` the status
    of the measure before in the sentence.
    """
    quantity = place.token.quantity
    assert quantity is not None
    left = place.left
    if quantity.unit != "百分点" and _cited(place, setting):
        return "reference", "comparison"
    if before == "reference" and place.adjoins and place.gap[:1] in "、和及与":
        return "reference", "comparison"
    if place.bracketed:
        if _PLANNED_BRACKET.search(place.lead[-8:-1] + left):
            return "target", "bracket"
        if re.search(r"共计?|累计|已", left):
            return "actual", "bracket"
    clause = _clause(place)
    years = re.findall(r"20\d\d", period)
    if setting.year and years and setting.genre == "plan" and int(years[-1]) < setting.year:
        return "actual", "earlier_year"
    if setting.genre == "plan" and left.endswith(("由", "从")):
        return "actual", "earlier_value"
    if setting.genre == "plan":
        return _in_plan(place, clause)
    if setting.genre == "" and re.search(r"(?:不低于|不少于|至少|不超过|不高于|力争|≥|≤|要达?到)$", left):
        return "target", "bound"
    return _in_summary(place, clause, before)


def _cited(place: Place, setting: Setting) -> bool:
    """Say whether a number is somebody else's, quoted for comparison."""
    words = place.left if not place.bracketed else place.lead[-12:-1] + "|" + place.left
    match = _REFERENCE.search(place.left) or (place.bracketed and _OTHERS.search(words))
    if not match:
        return False
    compares = re.search(r"高于|低于|超过|优于|好于|多于|少于|比|为", match.group())
    return bool(compares) or not (setting.place.endswith("市") and "全市" in match.group())


def _clause(place: Place) -> str:
    """Return the clause chain that governs a number: its own clause and what leads to it since the last 。 or ;."""
    lead = place.lead[place.lead.rfind(";") + 1 :]
    return _CLOSED.sub("", lead)[-80:] + place.left


def _in_summary(place: Place, clause: str, before: str) -> tuple[str, str]:
    own = place.left
    modal = None
    for modal in _MODAL.finditer(own):
        pass
    if modal is not None:
        return ("actual", "modal_done") if _DONE.search(own[modal.end() :]) else ("target", "modal")
    opening = clause[: len(clause) - len(own)].rsplit(",", 2)[-2:]
    if opening and opening[0] != clause and _MODAL.search("".join(opening)) and place.previous is None:
        behind = "".join(opening)
        if not _DONE.search(behind + own) and not re.search(r"完成|共", own):
            return "target", "modal"
    if before == "target" and place.previous and place.previous.mark != "(" and ";" not in place.left:
        if not _DONE.search(own) and not re.search(r"完成|共|了|提前", own) and not _RESTARTS.search(place.lead[-1:]):
            return "target", "modal_carried"
    return "actual", "genre"


def _in_plan(place: Place, clause: str) -> tuple[str, str]:
    quantity = place.token.quantity
    assert quantity is not None
    left = place.left
    if _DONE.search(left) and not re.search(r"力争|争取|确保|到20", left):
        return "actual", "plan_cites_outcome"
    if quantity.bound in (">=", "<=") or re.search(r"力争|争取|确保|至少|目标|达到?$|到$|不低于", left[-8:]):
        return "target", "plan_modal"
    if _STOCK_IN_PLAN.search(left[-8:]):
        return "actual", "plan_existing"
    if "chinese" in quantity.flags and not re.search(r"(?:新建|新增|建成|建设|培育|打造|创建)[^,。;]{0,4}$", left):
        return "actual", "plan_existing"
    if place.right and _EXISTING.search(left) and not _MAKES.search(left):
        return "actual", "plan_existing"
    if place.left.endswith("等") or (place.right[:1] == "项" and not left):
        return "actual", "plan_existing"
    return "target", "genre"


def stage_of(place: Place) -> str:
    """Return how far what is counted has come: nominated, applied, publicised, named, built, reviewed or none."""
    near = place.left[-24:] + place.right[:16]
    if "公示" in place.after:
        return "publicised"
    for stage, pattern in _STAGES:
        if pattern.search(near):
            return stage
    return "none"
