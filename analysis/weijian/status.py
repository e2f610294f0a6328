"""Happened, planned or cited: the status of a measure, and the stage of what is being named.

In: a measure's place and the genre of the section it stands in. Out: actual, target or reference; and the
stage (nominated, applied, publicised, named, built, reviewed, none). Evidence counts in this order: a
comparison, a bracket, the words of the sentence, the section.
"""

from __future__ import annotations

import re
from functools import lru_cache

from weijian.changes import THAN_A_YEAR
from weijian.clauses import Place, Setting
from weijian.cues import cues
from weijian.finding import endings, finder, late
from weijian.units import quantity_of

_WHOSE = r"(?:全国|全省|全市|全区|全县|国家|省|市|区|县|同类地区|同期|周边)?(?:平均|均值|平均水平|平均值|均)"
_REFERENCE = late(
    rf"(?:高于|低于|超过|优于|多于|少于|大于|好于|对标|相比|比){_WHOSE}(?:水平|值|数)?(?:的|为|约)?$"
    r"|(?:高于|低于|优于|好于|比)(?:全国|全省|全市|邻[市县区]|周边地区)(?:\d{4}年)?的?$"
    rf"|(?:全国|全省|全市|省级?|市级?){_WHOSE[:-1]}|平均)(?:水平|值|数)?(?:为|是|仅为|约为|的)?$"
    r"|(?:^|[(,;])(?:全国|全省|全市平均|国家|省)(?:平均|均值|目标值|标准值|要求)?(?:水平)?(?:为|是|仅为|约为)$"
)
_CITING = endings(_REFERENCE.pattern)  # behind any other character nobody is cited
_ELSEWHERE = re.compile(
    rf"(?:据[^,]{{0,12}},|{cues('beside')})?(全国(?!示范|优秀|文明|卫生|先进|首|第|最|性|“|“?百|人大|政协|劳|五一)|我国|邻[市县区省]|全省(?!首|第|最|性|优|示范|率先)|全自治区|[\u4e00-\u9fff]{{2,3}}市(?=20\d\d年))"
)
_RELATIVE_TO_ALL = re.compile(r"率|平均|每|水平|占比|比例|比重|[邻]|20\d\d年")
_OWN = re.compile(r"我[省市区县]|本[市区县]|我们")
_OTHERS = late(
    r"(?:高于|低于|优于|好于)[^,;()|]{1,8}[|]|(?:高于|低于|优于|好于|多于|少于|超过)?(?:全国|全省|全市|省|市)(?:的)?(?:平均|均值|平均水平|平均值|增长|水平)*[|](?:分别为|为)?$|[|](?:全国|全省|全市)(?:平均)?(?:增长|下降|为)?$"
)
_PLANNED_BRACKET = late(r"(?:计划|目标|任务|指标|年度|要求|应)[^)]{0,16}$")
_MODAL, _DONE = re.compile(cues("modal")), re.compile(cues("done"))
_ANY_MODAL = finder(cues("modal"))
_EXISTING = late(
    r"(?:以|对|将|围绕|依托|强化|深化|巩固|落实|坚守|面临着?|针对|优化|发挥|指导|统筹|用好|抓好|做好|整合|利用|组织|会同|联合|推动|推进|规范|保障|支持|关于|及其?|等|的|现有|已有|原有)"
    r"[^,。;0-9]{0,18}$|(?:落实|巩固|强化|优化|规范实施|健全|坚守)[^,。;0-9]{0,50}$"
)
_MAKES = late(cues("makes"))
_AIM_SET = re.compile(r"(?:目标|(?<![才动养年目务划度项人展工修])计划|任务数?)(?:值|为|是)?$")
_SETTING = endings(_AIM_SET.pattern)
_AIM_BEHIND = late(
    r"的?(?:[\u4e00-\u9fff]{0,6}的?)(?:年度|全年|工作|考核|既定|预定|约束性?|预期)*(?:目标任务|目标|任务|指标|要求)(?:值|数|量)?(?:要求)?"
)
_AIM_ENDS = endings(_AIM_BEHIND.pattern)
_SET_BY_OTHERS = late(r"(?:下达|确定|制定|规定|分解|核定|安排|布置|[省市区县国既]定|要求)的?$")
_WITHOUT_TASKS = frozenset(("person", "event", "household", "institution", "bed", "money"))  # 12项任务 counts the tasks themselves
_ACHIEVED = late(r"(?:实际|实为|实有|完成|已|建成|现)")
_MOVED_SINCE = late(rf"{THAN_A_YEAR}(?=[增提下上降升减高低多少缩压扩翻][^,;]{{0,6}}$)")
"""What a plan's change is measured from, which does not make it an outcome: 签约率比去年提高3个百分点."""
_BY_THEN = re.compile(r"[到至](?<![高升降增减].)(20\d\d)年(?:底|末)?(?![^,]{0,3}月)")
_YEARS = re.compile(r"20\d\d")
_ENDS_PLAN = late(rf"{cues('done')}|完成|完结|办结|共|了|提前|;")
_STILL_TO_DO = late(r"力争|争取|确保|到20")
_AIMS = re.compile(r"力争|争取|确保|至少|目标|达到?$|到$|不低于")
_AT_LEAST = late(r"(?:不低于|不少于|至少|不超过|不高于|力争|≥|≤|要达?到)$")
_NEAR = 32  # what is said right in front of a number is said within so many characters
_NEWLY = late(r"(?:新建|新增|建成|建设|培育|打造|创建)[^,。;]{0,4}$")
_STOCK_IN_PLAN = late(r"用地|占地|总投资|投资|现有|原有|共有|面积")
_SPENDS = late(r"(?:完成|计划|新增|年度|年内|当年)[^,;]{0,6}投资$")  # of what is spent in the year, not of the whole
_STAGES = tuple(
    (stage, re.compile(cues(f"stage_{stage}"))) for stage in ("nominated", "applied", "publicised", "reviewed", "named", "built")
)


NOT_YET = ("nominated", "applied", "publicised")
"""The stages of what has no name yet."""
_EARLY = late("|".join(cues(f"stage_{stage}") for stage in NOT_YET))


def without_stage(words: str) -> str:
    """Return words without those that say how far a nomination has come.

    >>> without_stage("推选全国示范性老年友好型社区")
    '全国示范性老年友好型社区'
    """
    return _EARLY.sub("", words)


def status_of(place: Place, setting: Setting, kind: str, period: str, before: str) -> tuple[str, str]:
    """Return the status of a measure and the rule that decided it.

    ``setting`` tells genre and year of the section, ``period`` what the measure refers to, ``before`` the status
    of the measure before in the sentence.
    """
    return (
        (_by_comparison(place, setting, before) if kind == "level" else None)
        or _against_aim(place, before)
        or (_in_bracket(place) if place.bracketed else None)
        or _by_year(place, setting, period)
        or (_in_plan(place, before) if _plans(place, setting) else _in_summary(place, setting, before))
    )


def sets_aim(place: Place) -> bool:
    """Say whether the words behind a number make it an aim that somebody set: 市级下达的64%目标任务."""
    quantity = place.token.quantity
    if quantity is None or place.right[-1:] not in _AIM_ENDS or not _AIM_BEHIND.fullmatch(place.right):
        return False
    counts = quantity_of(quantity.unit)
    return counts == "share" or (counts in _WITHOUT_TASKS and bool(_SET_BY_OTHERS.search(place.left, max(0, len(place.left) - _NEAR))))


def _against_aim(place: Place, before: str) -> tuple[str, str] | None:
    """Tell the two numbers of “计划15家,完成11家” and “目标75%,实际73.6%” apart."""
    if sets_aim(place) or (place.left[-1:] in _SETTING and _AIM_SET.search(place.left, len(place.left) - _NEAR)):
        return "target", "aim"
    if before == "target" and place.previous and _AIM_SET.search(place.previous.left) and _ACHIEVED.match(place.left):
        return "actual", "against_aim"
    return None


def _plans(place: Place, setting: Setting) -> bool:
    return setting.genre == "plan" or (place.announced and setting.genre != "summary")


def _by_comparison(place: Place, setting: Setting, before: str) -> tuple[str, str] | None:
    quantity = place.token.quantity
    assert quantity is not None
    listed = before == "reference" and place.adjoins and place.gap[:1] in "、和及与"
    cited = quantity.unit != "百分点" and (_cited(place, setting) or _of_others(place, setting))
    return ("reference", "comparison") if cited or listed else None


def _in_bracket(place: Place) -> tuple[str, str] | None:
    if _PLANNED_BRACKET.search(place.lead[-8:-1] + place.left):
        return "target", "bracket"
    return ("actual", "bracket") if re.search(r"共计?|累计|已", place.left) else None


def _by_year(place: Place, setting: Setting, period: str) -> tuple[str, str] | None:
    """A plan's earlier year is an outcome it cites, a summary's later year is a plan it announces."""
    years = _years_in(period)
    ahead = _BY_THEN.search(place.clause) if "20" in place.clause else None
    if ahead and not _DONE.search(place.left):
        later = int(ahead[1]) > setting.year if setting.year else _binds(place)
        if later:
            return "target", "by_then"
    if setting.genre == "plan" and place.left.endswith(("由", "从")):
        return "actual", "earlier_value"
    if not years or not setting.year:
        return None
    if setting.genre == "plan" and int(years[-1]) < setting.year:
        return "actual", "earlier_year"
    if setting.genre == "summary" and int(years[0]) > setting.year:
        return "target", "later_year"
    return None


@lru_cache(maxsize=256)
def _years_in(period: str) -> tuple[str, ...]:
    return tuple(_YEARS.findall(period))


def _cited(place: Place, setting: Setting) -> bool:
    """Say whether a number is somebody else's, quoted for comparison."""
    match = _REFERENCE.search(place.left, len(place.left) - _NEAR) if place.left[-1:] in _CITING else None
    if not match and place.bracketed:
        match = _OTHERS.search(f"{place.lead[-12:-1]}|{place.left}")
    if not match:
        return False
    compares = re.search(r"高于|低于|超过|优于|好于|多于|少于|比|为", match.group())
    return bool(compares) or not (setting.place.endswith("市") and "全市" in match.group())


def _of_others(place: Place, setting: Setting) -> bool:
    """Say whether a clause speaks of the nation, the province or a neighbour beside the report's own place."""
    if not _RELATIVE_TO_ALL.search(place.left) or _OWN.match(place.left):
        return False
    match = _ELSEWHERE.match(place.left) or _ELSEWHERE.match(place.clause)
    if not match or _ANY_MODAL.search(place.left) or (place.previous and not _ELSEWHERE.match(place.left) and _OWN.search(place.gap)):
        return False
    own = _OWN.search(place.lead + place.left + place.after) or (setting.place[-1:] and setting.place[-1:] in "市区县")
    return match[1][:1] == "邻" or bool(own and match[1] != setting.place)


def _in_summary(place: Place, setting: Setting, before: str) -> tuple[str, str]:
    own = place.left
    if setting.genre == "" and _AT_LEAST.search(own):
        return "target", "bound"
    modals = list(_MODAL.finditer(own)) if _ANY_MODAL.search(own) else []
    if modals:
        return ("actual", "modal_done") if _DONE.search(own[modals[-1].end() :]) else ("target", "modal")
    if place.previous is None and _opens_with_plan(place):
        return "target", "modal"
    if (
        before == "target"
        and place.previous
        and place.previous.mark != "("
        and not sets_aim(place.previous)
        and not _ENDS_PLAN.search(place.gap + own)
    ):
        return "target", "modal_carried"
    return "actual", "genre"


def _opens_with_plan(place: Place) -> bool:
    """Say whether the clauses right before the first number of a sentence announce something not done yet."""
    clause = place.clause
    opening = ",".join(clause[: len(clause) - len(place.left)].rsplit(",", 2)[-2:])
    return bool(_ANY_MODAL.search(opening)) and not _ENDS_PLAN.search(opening + place.left)


def _binds(place: Place) -> bool:
    """Say whether a number only sets a limit, as aims do."""
    quantity = place.token.quantity
    return quantity is not None and quantity.bound in (">=", "<=")


def _in_plan(place: Place, before: str) -> tuple[str, str]:
    quantity, left = place.token.quantity, place.left
    assert quantity is not None
    done = _DONE.search(left if before == "actual" else _MOVED_SINCE.sub("", left))
    reached = done is not None and done.group() == "累计" and before == "target"  # 力争建成5家,累计达到50家
    if done and not reached and (done.group() != "完成率" or before == "actual") and not _STILL_TO_DO.search(left):
        return "actual", "plan_cites_outcome"
    if quantity.bound in (">=", "<=") or _AIMS.search(left[-8:]):
        return "target", "plan_modal"
    return ("actual", "plan_existing") if _exists(place, left, "chinese" in quantity.flags) else ("target", "genre")


def _exists(place: Place, left: str, in_characters: bool) -> bool:
    """Say whether a plan names a number of things that are there already (以中山、瑞金两家…为重点)."""
    stock = _STOCK_IN_PLAN.search(left[-8:])
    if (stock and not (stock.group() == "投资" and _SPENDS.search(left))) or left.endswith("等") or (place.right[:1] == "项" and not left):
        return True
    if in_characters:
        return not (_NEWLY.search(left) or _MAKES.search(left))
    return bool(place.right and _EXISTING.search(left) and not _MAKES.search(left))


def stage_of(place: Place, verb: str = "") -> str:
    """Return how far what is counted has come: nominated, applied, publicised, named, built, reviewed or none.

    ``verb`` is what was done to a list that the number is a member of.
    """
    near = verb + place.left[-24:] + place.right[:16]
    if "公示" in place.after:
        return "publicised"
    for stage, pattern in _STAGES:
        if pattern.search(near):
            return stage
    return "none"
