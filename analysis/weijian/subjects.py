"""Who owns a number: the short phrase of what is measured, understandable out of its context.

In: the places of the measures of a text, in order. Out: a ``Subject`` for each. The phrase stands to the left
of the number (公立医院门急诊491.40万人次), to its right (14家社区护理中心), or is inherited: by a change, a
rank, a dependent rate, a part (其中 …) and an ellipsis, from the measure that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from weijian.clauses import Place
from weijian.cues import cues
from weijian.units import quantity_of

_VERBS, _ADVERBS = cues("verb"), cues("adverb")
_EMPTY = re.compile(rf"(?:{_VERBS}|{_ADVERBS}|\d+年|[、“”()])*$")
_HEAD = re.compile(
    r"^(?:其中[:,]?|全年|今年|去年|本年度|年内|年底前|目前|截至目前|截至[^,]{0,12}?[底末日止],?|现已|现有|现|已经|已|共计|累计|先后|率先|还|另有|另|并且|并|且|均|各|都|同时|此外|自|力争|争取|计划(?!生育)|确保|预计|对照|按照|"
    r"[一二三四五六七八九十]+是|[、的了:)]|年末|(?:到|至|比|较|为|降为|升至)?\d{4}年(?:度|底|末)?|\d{1,2}[.、]|\d{1,2}月(?:份|底)?|第[一二三四五六七八九十]+季度|上半年|下半年|(?:完成|实现|开展|组织|共)(?=[^,]{4}))+"
)
_DATES = re.compile(r"(?:(?:由|从|到|至|比|较)?\d{4}年(?:度|底|末)?的?)+$")
_SEAM = re.compile(r"^.{6,}(?:项目|工作|任务|建设|管理)(?:完成|启动|开展)(?=.{4})")
_TAIL = re.compile(
    r"(?:达到了?|达|共有|共计|合计|总计|共|(?<!累)计|为|有|(?<![签预节续])约|近|超过|超|已|至少|突破|占|占到|占比达|各|(?<![平人日年户月])均为?|均达到?|(?:转|提|扩|压缩|压减|调整|调|涨|变更?|延长|增|减|升|降)(?:到|至|为)|增加[到至为]|增长[到至为]|提高[到至为]|提升[到至为]|上升[到至为]|扩大[到至为]|"
    r"下降[到至为]|降低[到至为]|减少[到至为]|缩短[到至为]|降[到至为]|升[到至为]|稳定在|保持在|控制在|维持在|不低于|不少于|不超过|不高于|高达|仅为|仅|分别|分别为|分别达到?|依次为|的|了|就|到|至|在|要|已达|实现|力争|确保|计划|预计|"
    r"是|由|从|不足|逾|大于|小于|低于|高于|≥|≤|>|<|=|:|—|-|“|,)+$"
)
_CHANGE = re.compile(
    r"(?:(?:与|同)?(?:去年|上年|往年|前年)?(?:同期)?(?:相比)?|同比|环比|同期|年均|年平均|平均每年|每年|累计|分别|各|共|净|又|再|将|均|已|约|近|超|了|"
    r"(?:较|比|较之|与)[^,。;]{0,16}?(?=增|减|提|下|上|降|升|扩|多|少|高|低|缩|翻|相比|$)|相比|"
    r"增长率?|增加|增幅达?|增速|减少|下降|降低|降幅|提高|提升|上升|扩大|缩短|压缩|增|减|升|降|多|少|高|低|翻|连降|连升|连续|提前|为|达|、|的|到|以|个)*$"
)
_RANK = re.compile(r"(?:(?:位)?[居列]|排名?|名列|位列|继续|稳|连续[^,]{0,4}|保持|全[国省市区县州]|[省市区县]|第|在|并列|中部地区|均|获|各[^,]{0,6}中)*$")
_RATE = re.compile(r"(?:率|占比|比例|比重|覆盖面|满意度|知晓度|比|份额)$")
_DEPENDENT = re.compile(rf"^(?:{cues('dependent')})")
_CITED = re.compile(r"((?:均|都|也|仍)?(?:高于|低于|好于|优于|超过|多于|少于|大于|小于|比)?)(?:全国|全省|全市|全区|国家|[省市区县]级?)?(?:平均|均值)(?:水平|值|数)?$|((?:均|都|仍)?(?:高于|低于|好于|优于|比))")
REGION = re.compile(r"[\u4e00-\u9fff]{1,4}(?:区|县|市|镇|乡|街道)(?:仅|只有|达|为)?")
_MADE = re.compile(r"健康管理|管理(?=高血压|糖尿病|患者|慢)|签约(?=[^率]*$)|申报|推荐|推选|申请|新改扩建|新改建|改扩建|新建|改建|扩建|迁建|建成|新增|建设")
FOUND = re.compile(r"查出|检出|筛出|发现|确诊|诊断|治疗|随访|解约|补助|取缔|立案")
BUILDS = re.compile(r"申报|推荐|推选|申请|新改扩建|新改建|改扩建|新建|改建|扩建|迁建|建成|新增|建设")
_SINCE = re.compile(r"自([^,;。]{2,24}?)(?:实施|启动|开展|成立|运行|上线|推行)以来")
_TOTAL = re.compile(r"总数|总量|合计|总计|年末|年末总数|累计|总的")
_PER = re.compile(r"日均|人均|次均|户均|平均|日最高|单日")
_PART = re.compile(r"(?:其中|包括|分别为|分别是)")
_ENDING = re.compile(r"(?:工作|等|任务|情况|等工作|的|了|活动)$")


@dataclass(slots=True)
class Subject:
    """The phrase of what is measured.

    ``stem`` is what a later part or ellipsis inherits, ``parent`` what this one has inherited, and ``rule`` how
    the phrase was found. ``verb`` is what was done to what is counted (新建, 建成, …).
    """

    text: str
    stem: str
    rule: str
    parent: str = ""
    unit: str = ""
    verb: str = ""


def subject_of(place: Place, kind: str, before: Subject | None, topic: str) -> Subject:
    """Return the subject of a measure.

    ``before`` is the subject of the last level measured in the same sentence, ``topic`` what the sentence or
    its heading is about, used when the words next to the number do not say.
    """
    quantity = place.token.quantity
    assert quantity is not None
    if place.token.form == "cell":
        return Subject(topic, topic, "cell", unit=quantity.unit)
    if kind in ("change_rel", "change_abs", "rank"):
        subject = _of_change(place, kind, before, topic)
    else:
        left, counted = core(place.left), quantity_of(quantity.unit)
        cited = _CITED.match(left)
        if cited and before:
            subject = Subject(before.text + left[cited.end(1) :], before.stem, "cited", before.stem)
        elif REGION.fullmatch(left) and not place.right and (before or topic):
            owner = before.stem if before else topic
            subject = Subject(owner, owner, "region", owner)
        elif place.right and not place.bracketed and _right_owns(place, left, counted):
            subject = _from_right(place, left)
        elif not left or _EMPTY.match(left):
            subject = _inherited(place, left, before, topic)
        else:
            subject = _from_left(place, left, before, topic)
    subject.unit = quantity.unit
    made = _MADE.search(place.left)
    goes_on = before is not None and before.unit == quantity.unit and not _VERB_START.match(place.left)
    subject.verb = "" if subject.rule == "total" else made.group() if made else before.verb if before and (place.adjoins or goes_on) else ""
    return subject


def core(phrase: str) -> str:
    """Return a phrase without the words that only lead to a number.

    >>> core("其中重点人群签约率达到"), core("截至2023年底,全市共有")
    ('重点人群签约率', '全市')
    """
    phrase = _SEAM.sub("", _HEAD.sub("", phrase))
    phrase = _TAIL.sub("", _DATES.sub("", _TAIL.sub("", phrase)))
    return phrase.strip("、 ")


_MOVES_ON = re.compile(r"(?:增加|增长|增至|提高|提升|减少|上升|下降|升至|降至|降到|升到|扩大|扩至|缩短|缩小|大关|以上|之多|不等|提至|调整到|调至)")
_STARTS = re.compile(r"(?:组织|开展|举办|完成|发放|印发|实现|制定)")


_DOES = re.compile(r"^.*(?:新改扩建|新改建|改扩建|新建|改建|扩建|迁建|建成|新增)(?=.{3})")


def counted(phrase: str) -> str:
    """Return what a phrase counts, without what is done to it and by whom.

    >>> counted("乡镇卫生院各新建儿童友好诊室")
    '儿童友好诊室'
    """
    return _DOES.sub("", phrase)


def _right_owns(place: Place, left: str, quantity: str) -> bool:
    right = place.right
    if len(right) < 2 or right[:1] in "(、" or _MOVES_ON.match(right):
        return False
    if right.startswith("的") or not left or _EMPTY.match(left):
        return True
    if quantity in ("share", "money", "event", "rate", "age", "area", "time"):
        return quantity == "share" and not _RATE.search(left) and _ends_in_verb(left)
    if place.left.endswith(("达", "为", "有", "到", "至", "由", "从")) or (_STARTS.match(right) and not _ends_in_verb(left)):
        return _ends_in_verb(left) and not place.left.endswith(("由", "从"))
    return True


_VERB_START = re.compile(rf"(?:{_VERBS})")
_VERB_END = re.compile(rf"(?:{_VERBS})(?:了|过)?(?:{_ADVERBS})*$")


def _ends_in_verb(phrase: str) -> bool:
    return bool(_VERB_END.search(phrase[-8:]))


def _from_right(place: Place, left: str) -> Subject:
    right = trim(_HOLDS.split(place.right.removeprefix("的"), maxsplit=1)[0] or place.right)
    verb = _BRINGS.search(left)
    acts = _ACTS.match(right)
    return Subject(f"{verb.group()}{right}" if verb else right, acts.group() if acts else right, "acts" if acts else "right")


_BRINGS = re.compile(
    r"(?:新建改建|新改扩建|新建|改建|新增|启动|引进|申请|申报|建成|改造|培育|打造|创建|遴选|推荐|培训|举办|向[^,]{1,14}(?:开放|投放))(?:首批)?$"
)
_HOLDS = re.compile(r"(?<=..)(?:共有|共计|拥有|设有|配有|合计|共)")
_ACTS = re.compile(
    r"[^,;]{2,14}?(?=下沉|开展|获得|获评|入选|通过|参加|达到|实现|建立|被|提供|进行|接受|配备|上转|下转|纳入|开设|支援|赴|驰援|享受|领取|试行|均可|均|已|全部|累计)"
)


def joined(owner: str, left: str) -> str:
    """Return an owner with what it owns, what both say being said once.

    >>> joined("全区常住人口签约", "签约率"), joined("家庭医生签约累计", "签约率")
    ('全区常住人口签约率', '家庭医生签约率')
    """
    owner = re.sub(r"(?<=..)(?:累计|共计)$", "", owner)
    for length in (4, 3, 2):
        if len(owner) > length and owner.endswith(left[:length]) and len(left) > length:
            return owner + left[length:]
    return owner + left


def trim(phrase: str) -> str:
    """Return a phrase that follows a number without the words that round it off."""
    phrase = phrase[:40]
    previous = None
    while previous != phrase:
        previous, phrase = phrase, _ENDING.sub("", phrase)
    return phrase


def _inherited(place: Place, left: str, before: Subject | None, topic: str) -> Subject:
    if before and place.previous and place.adjoins and place.previous.left.endswith(("由", "从", "的")) and _MOVES_ON.match(place.left):
        return Subject(before.text, before.stem, "inherited", before.parent)
    stem = (before.parent or before.stem) if before and place.bracketed and before.parent else before.stem if before else core(topic)
    since = _SINCE.search(place.gap)
    stem = since[1] if since else stem
    verb = "" if not left or left in stem else re.sub(r"^(?:共|又|再|还|也|的)+", "", left)
    if not before and stem.endswith(verb):
        verb = ""
    return Subject(joined(stem, verb) or place.right or left, stem or left, "inherited", stem)


def _from_left(place: Place, left: str, before: Subject | None, topic: str) -> Subject:
    named = bool(_PART.match(place.left)) or place.lead.endswith(("其中", "其中:", "其中,", "包括"))
    goes_on = before is not None and before.rule == "part" and _goes_on(place, before, left)
    part = named or goes_on
    if before and _TOTAL.fullmatch(left) and not part:
        owner = counted(before.parent or before.stem)
        return Subject(joined(owner, left), owner, "total", before.parent)
    rate = bool(_RATE.search(left)) and len(left) <= (6 if before and not _RATE.search(before.text) else 4)
    if before is None and place.lead.endswith(("中,", "中:")) and topic:
        return Subject(left, core(topic), "part", core(topic))
    if before is None:
        return Subject(joined(core(topic), left), core(topic), "topic") if rate and topic else Subject(left, left, "left")
    assert place.token.quantity is not None
    sibling = before.unit == place.token.quantity.unit and not part and not rate
    parent = before.parent if sibling or (before.rule == "part" and not part and not rate) else before.stem
    if part:
        owner = before.parent if before.rule == "part" else before.stem
        return Subject(joined(owner, left) if len(left) <= 4 else left, owner, "part", owner)
    if rate or place.bracketed or (_DEPENDENT.match(left) and len(left) <= 8) or _short(left, parent):
        parent = before.stem if place.bracketed or _PER.match(left) else parent
        text = joined(parent, left) if not left.startswith(parent[:4] or "|") else left
        return Subject(text, before.stem if rate else left, "dependent", parent)
    served = quantity_of(place.token.quantity.unit) in ("event", "person")
    if served and ((before.rule == "acts" and place.mark == ",") or (sibling and before.rule == "acting")):
        return Subject(joined(parent if sibling else before.stem, left), left, "acting", parent if sibling else before.stem)
    if place.adjoins and before.rule in ("acts", "right") and left.startswith(before.stem) and left != before.stem:
        return Subject(left, left, "left", before.stem)
    shared = _shared(before.text, left) if sibling and place.gap[:1] == "、" else ""
    return Subject(shared + left, left, "left", parent if sibling else "")


def _shared(before: str, left: str) -> str:
    """Return what a listed noun shares with the one before it: 全国医养结合(示范区), 示范机构.

    >>> _shared("全国医养结合示范区", "示范机构")
    '全国医养结合'
    """
    at = before.find(left[:2]) if len(left) <= 6 else -1
    return before[:at] if at >= 2 else ""


def _goes_on(place: Place, before: Subject, left: str) -> bool:
    """Say whether a number behind 其中 … still names a part: “其中学生10例,教职员工3例”."""
    if place.adjoins:
        return place.gap[:1] in "、和及与以"
    same = place.token.quantity is not None and before.unit == place.token.quantity.unit
    return place.mark == "," and same and len(left) <= 6


def _short(left: str, parent: str) -> bool:
    if _VERB_START.match(left) and len(left) > 2:
        return False
    return len(left) <= 2 or (len(left) <= 4 and 0 < len(parent) <= 12)


def _of_change(place: Place, kind: str, before: Subject | None, topic: str) -> Subject:
    left = _HEAD.sub("", place.left)
    own = (_RANK if kind == "rank" else _CHANGE).sub("", left)
    own = _TAIL.sub("", own)
    if before and _CITED.match(own):
        return Subject(before.text, before.stem, "inherited", before.parent)
    if len(own) >= 3 and not _EMPTY.match(own):
        if before and _RATE.search(own) and len(own) <= 3:
            return Subject(joined(before.stem, own), before.stem, "dependent")
        return Subject(own, own, "left")
    if before:
        return Subject(before.text, before.stem, "inherited")
    return Subject(topic or own or left, topic or own, "topic")
