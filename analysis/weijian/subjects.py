"""Who owns a number: the short phrase of what is measured, understandable out of its context.

In: the places of the measures of a text, in order. Out: a ``Subject`` for each. The phrase stands to the left
of the number (公立医院门急诊476.30万人次), to its right (14家社区护理中心), or is inherited: by a change, a
rank, a dependent rate, a part (其中 …) and an ellipsis, from the measure that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from weijian.changes import beside_change, beside_rank, without_rank_before
from weijian.clauses import Place
from weijian.cues import cues
from weijian.finding import endings, finder, late
from weijian.nouns import MOVES_ON, PART, RATE, is_bare, is_out_of, is_so_far, is_whole, noun_behind, noun_owns
from weijian.phrases import (
    HEAD,
    REGION,
    core,
    counted,
    joined,
    only_leads,
    shared_words,
    starts_with_verb,
    without_opening,
    without_tail,
)
from weijian.status import sets_aim
from weijian.units import PEOPLE, quantity_of

_SAID = late("^(?:[均都也]|全部)?(?:为(?![老民])|属于?)?")  # what joins a whole and what is said of its rest
_AGAIN = late(r"(?:完成|通过)?(?:复核|复审|复评|复查)$")
_DEPENDENT = re.compile(rf"^(?:{cues('dependent')})")
_CITED = re.compile(
    r"((?:均|都|也|仍)?(?:高于|低于|好于|优于|超过|多于|少于|大于|小于|比)?)(?:全国|全省|全市|全区|国家|[省市区县]级?)?(?:平均|均值)(?:水平|值|数)?$|((?:均|都|仍)?(?:高于|低于|好于|优于|比))"
)
_WIDER = late(r"^(?:全国|我国|全省|全自治区)(?:平均|均值)?(?=.)")  # what is said of these is said of a region as well
FOUND = late(r"查出|检出|筛出|发现|确诊|诊断|治疗|随访|解约|补助|取缔|立案")
BUILDS = re.compile(rf"{cues('stage_applied')}|{cues('stage_nominated')}|{cues('builds')}|建设")
_MADE = re.compile(rf"健康管理|管理(?=高血压|糖尿病|患者|慢)|签约(?=[^率]*$)|{BUILDS.pattern}")
_AIM = re.compile(r"(?<=..)(?:年度|年初|全年|工作|绩效)?(?:目标|计划|任务|定额)(?:数|值|任务)?$")
_AIMED = endings(_AIM.pattern)
_TOWARDS = late(r"(?:已|均|也|全面|圆满|提前|顺利|超额)*(?:完成|实现|达到?|超过?|超出|高于|低于|未)")
_RESULT = re.compile(r"(?:年末|年底|最终|目前|现)?(?:实际(?:完成|建成|达到?|为)?|实为|实有|实绩)")
_SINCE = late(r"自([^,;。]{2,24}?)(?:实施|启动|开展|成立|运行|上线|推行)以来")
_TOTAL = re.compile(r"总数|总量|合计|总计|年末|年末总数|累计|总的")
_STOCK = finder(cues("stock"))
_SUM = re.compile(r"(?:合计|总计|共计)(?:为|达|达到)?$")
_HEADED = re.compile(r"(?:[^:;]{0,12},)?([^,:;\d]{2,14}):")
_EACH = late(r"每(?:[百千万]|十万)名?(?:常住人口|户籍人口|人口|老年人|居民|人)(?:口)?")
_CARE = late(r"(?:规范化?|健康)(?:健康)?(?:管理|服务)|随访管理|规律服药|(?:血压|血糖|病情)?(?:控制)?(?:达标|满意|稳定)")
"""What is done for some of the people who were counted before, or comes of it."""
_PER = late(r"日均|人均(?!预?期)|次均|户均|平均|日最高|单日|每(?![年月周天日])|日(?=供|接|服|均)")
_BRINGS = re.compile(
    r"(?:新建改建|新改扩建|新建|改建|新增|启动|引进|申请|申报|建成|改造|培育|打造|创建|遴选|推荐|培训|举办|向[^,]{1,14}(?:开放|投放))(?:首批)?$"
)
_TITLED = late("《[^《》]{2,30}》等?$")
_POINTS_BACK = late("(?:相关|有关|上述|此类|这些)[\u4e00-\u9fff]{0,6}$")
_LETTERS = late("(.*[\u4e00-\u9fff])[A-Za-z]+")
_ACTS = re.compile(
    r"[^,;]{2,14}?(?=下沉|开展|获得|获评|入选|通过|参加|达到|实现|建立|被|提供|进行|接受|配备|上转|下转|纳入|开设|支援|赴|驰援|享受|领取|试行|均可|均|已|全部|累计)"
)


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
        made = _MADE.search(topic)
        return Subject(topic, topic, "cell", unit=quantity.unit, verb=made.group() if made else "")
    if kind in ("change_rel", "change_abs", "rank"):
        subject = _of_change(place, kind, before, topic)
    else:
        subject = _of_level(place, quantity_of(quantity.unit), before, topic)
    subject.unit = quantity.unit
    subject.verb = _verb(place, subject, before)
    return subject


def _verb(place: Place, subject: Subject, before: Subject | None) -> str:
    """Return what was done to what is counted; the members of a list share the verb in front of them."""
    made = _MADE.search(place.left)
    if subject.rule == "total" or before is None:
        return made.group() if made and subject.rule != "total" else ""
    if is_whole(place) or _STOCK.search(place.left):
        return made.group() if made else ""
    goes_on = place.adjoins or (before.unit == subject.unit and not starts_with_verb(place.left))
    return made.group() if made else before.verb if goes_on else ""


def _of_level(place: Place, counts: str, before: Subject | None, topic: str) -> Subject:
    left = core(place.left)
    cited = _CITED.match(left) if before else None
    if cited and before:
        return Subject(before.text + left[cited.end(1) :], before.stem, "cited", before.stem)
    settled = before and (_of_sum(place) or _of_all(place, before) or _of_result(place, left, before))
    if settled:
        return settled
    if before and place.token.quantity and before.unit == place.token.quantity.unit and is_out_of(place):
        return _of_whole(place, left, before)
    if not place.right and (before or topic) and REGION.fullmatch(left):
        owner = _WIDER.sub("", before.stem if before else topic)
        return Subject(owner, owner, "region", owner)
    if place.right and not place.bracketed and noun_owns(place, left, counts):
        return _from_right(place, left, topic)
    if not left or only_leads(left):
        return _inherited(place, left, before, topic)
    return _from_left(place, left, before) if before else _opening(place, left, topic)


def _of_whole(place: Place, left: str, before: Subject) -> Subject:
    own = _SAID.sub("", place.right) or ("" if place.adjoins or only_leads(left) else left)
    return Subject(joined(before.stem, own), before.stem, "part", before.stem)


def _of_sum(place: Place) -> Subject | None:
    """Return what a sum is of: the words before the colon that its parts stand behind."""
    sums = len(place.left) <= 6 and _SUM.search(place.left)
    headed = _HEADED.match(place.lead, place.lead.rfind(";") + 1) if sums else None
    return Subject(headed[1], headed[1], "total", headed[1]) if headed else None


def _of_all(place: Place, before: Subject) -> Subject | None:
    """Return what there is by now, behind what was added: “新增2个,累计6个”."""
    alike = place.token.quantity is not None and before.unit == place.token.quantity.unit
    if not alike or not is_so_far(place) or not BUILDS.match(before.text):
        return None
    owner = counted(before.stem)
    return Subject(owner, owner, "total", owner)


def _of_result(place: Place, left: str, before: Subject) -> Subject | None:
    """Return what an aim and its result share: “规范管理率目标75%，实际73.6%”, “签约率66.2%，完成市级下达的64%目标”."""
    if place.right:
        towards = place.token.quantity and before.unit == place.token.quantity.unit and sets_aim(place) and _TOWARDS.match(place.left)
        return Subject(before.text.removeprefix("实际"), before.stem, "inherited", before.parent) if towards else None
    aimed = before.text[-1:] in _AIMED and _AIM.search(before.text)
    reached = ("实" in left and _RESULT.fullmatch(left)) or (aimed and (not left or only_leads(left)))
    owner = _AIM.sub("", before.text) if reached else ""
    return Subject(owner, owner, "inherited", before.parent) if owner else None


def _from_right(place: Place, left: str, topic: str) -> Subject:
    right = noun_behind(place.right)
    title = _TITLED.search(left)
    if title:
        return Subject(title.group() + right, right, "right")
    if len(right) <= 3 and 2 <= len(left) <= 12 and not place.adjoins and not only_leads(left):
        return Subject(left + right, right, "right")
    if left.endswith("提前"):
        return Subject(left + right, left, "right")
    if topic and is_bare(place):
        return Subject(joined(topic, right), right, "right")
    verb = _BRINGS.search(left)
    acts = _ACTS.match(right)
    return Subject(f"{verb.group()}{right}" if verb else right, acts.group() if acts else right, "acts" if acts else "right")


def _inherited(place: Place, left: str, before: Subject | None, topic: str) -> Subject:
    if before and place.previous and place.adjoins and place.previous.left.endswith(("由", "从", "的")) and MOVES_ON.match(place.left):
        return Subject(before.text, before.stem, "inherited", before.parent)
    if before and place.left.endswith("占"):
        return Subject(before.text + "占比", before.stem, "inherited", before.stem)
    stem = (before.parent or before.stem) if before and place.bracketed and before.parent else before.stem if before else core(topic)
    since = _SINCE.search(place.gap)
    stem = since[1] if since else stem
    verb = "" if not left or left in stem else re.sub(r"^(?:共|又|再|还|也|的)+", "", left)
    if not before and stem.endswith(verb):
        verb = ""
    return Subject(joined(stem, verb) or place.right or left, stem or left, "inherited", stem)


def _opening(place: Place, left: str, topic: str) -> Subject:
    """Return the owner that the first number of a sentence has on its left."""
    if topic and _POINTS_BACK.match(left) and place.mark == ",":
        owner = without_opening(core(topic))
        return Subject(owner, owner, "topic")
    if topic and not _TOTAL.fullmatch(left) and place.lead.endswith(("中,", "中:")) and not _is_part(place, left, None):
        return Subject(left, core(topic), "part", core(topic))
    if topic and RATE.search(left) and len(left) <= 4:
        return Subject(joined(core(topic), left), core(topic), "topic")
    return Subject(left, left, "left")


def _from_left(place: Place, left: str, before: Subject) -> Subject:
    """Return the owner on the left of a number that follows another one in its sentence."""
    assert place.token.quantity is not None
    if _is_part(place, left, before):
        owner = before.parent if before.rule == "part" else before.stem
        return Subject(joined(owner, left) if len(left) <= 4 else left, owner, "part", owner)
    if _TOTAL.fullmatch(left):
        owner = counted(before.parent or before.stem)
        return Subject(joined(owner, left), owner, "total", before.parent)
    letters = _LETTERS.fullmatch(before.text) if left.isascii() else None
    if letters:
        return Subject(letters[1] + left, left, "left", letters[1])
    rate = bool(RATE.search(left)) and len(left) <= (4 if RATE.search(before.text) else 6)
    if rate and before.rule == "part" and PEOPLE.search(before.text):  # of the people who are a part, not of the whole
        return Subject(joined(before.text, left), before.stem, "dependent", before.text)
    sibling = before.unit == place.token.quantity.unit and not rate
    parent = before.parent if sibling or (before.rule == "part" and not rate) else before.stem
    if sibling and _AGAIN.match(left):
        owner = counted(before.parent or before.stem)
        return Subject(joined(owner, left), before.stem, "dependent", owner)
    if sibling and _CARE.fullmatch(left) and PEOPLE.search(before.text):
        owner = counted(before.stem).removesuffix("在管")
        return Subject(joined(owner, left), before.stem, "dependent", owner)
    if rate or place.bracketed or (_DEPENDENT.match(left) and len(left) <= 8) or _leans(place, left, before, sibling):
        parent = before.stem if place.bracketed or _PER.match(left) else parent
        text = left if left.startswith(parent[:4] or "|") else joined(parent, left)
        return Subject(text, before.stem if rate else left, "dependent", parent)
    return _own_words(place, left, before, parent if sibling else "", sibling)


def _own_words(place: Place, left: str, before: Subject, parent: str, sibling: bool) -> Subject:
    """Return an owner that says enough itself, with the agent that acts through a chain of deeds."""
    assert place.token.quantity is not None
    served = quantity_of(place.token.quantity.unit) in ("event", "person")
    if served and ((before.rule == "acts" and place.mark == ",") or (sibling and before.rule == "acting")):
        agent = parent if sibling else before.stem
        return Subject(joined(agent, left), left, "acting", agent)
    if place.adjoins and before.rule in ("acts", "right") and left.startswith(before.stem) and left != before.stem:
        return Subject(left, left, "left", before.stem)
    each = _EACH.match(before.text) if place.gap[:1] in "、和" and not left.startswith("每") else None
    if each:
        return Subject(each.group() + left, left, "left", parent)
    shared = shared_words(before.text, left) if sibling and place.gap[:1] == "、" else ""
    return Subject(shared + left, left, "left", parent)


def _is_part(place: Place, left: str, before: Subject | None) -> bool:
    """Say whether a number is a part of one before it: behind 其中, or going on behind such a part."""
    if PART.match(place.left) or place.lead.endswith(("其中", "其中:", "其中,", "包括")):
        return True
    return before is not None and before.rule == "part" and _goes_on(place, before, left)


def _goes_on(place: Place, before: Subject, left: str) -> bool:
    """Say whether a number behind 其中 … still names a part: “其中学生10例,教职员工3例”."""
    if place.adjoins:
        return place.gap[:1] in "、和及与以"
    same = place.token.quantity is not None and before.unit == place.token.quantity.unit
    return place.mark == "," and same and len(left) <= 6


def _leans(place: Place, left: str, before: Subject, sibling: bool) -> bool:
    """Say whether words are too few to name their owner: a share of it, its staff, or what an institution did."""
    if len(left) <= 2 or (place.adjoins and sibling and before.parent and len(left) <= 4):
        return True
    if len(left) > 4 or starts_with_verb(left):
        return False
    assert place.token.quantity is not None
    served = quantity_of(place.token.quantity.unit) == "event"
    named = sibling and place.mark == "," and before.parent and before.text.startswith(before.parent)
    does = served and (named or quantity_of(before.unit) in ("institution", "bed"))
    return bool(does) or place.left.endswith("占") or left.endswith("人员")


def _of_change(place: Place, kind: str, before: Subject | None, topic: str) -> Subject:
    left = HEAD.sub("", place.left)
    own = without_tail(beside_rank(left) if kind == "rank" else beside_change(left))
    if before and _CITED.match(own):
        return Subject(before.text, before.stem, "inherited", before.parent)
    if len(own) >= 3 and not only_leads(own):
        if before and RATE.search(own) and len(own) <= 3:
            return Subject(joined(before.stem, own), before.stem, "dependent")
        return Subject(own, own, "left")
    if before:
        return Subject(before.text, before.stem, "inherited")
    topic = without_rank_before(topic) if kind == "rank" else topic
    return Subject(topic or own or left, topic or own, "topic")
