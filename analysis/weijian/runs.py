"""Numbers that stand in a row and share their words: “A、B分别为x、y”, “从a和b分别提高到c和d”, “x、y和z”.

In: the places of one sentence with the kinds and subjects found for each alone. Out: the same, put right where
a list of names meets a row of numbers, and where kind, sign, bound and owner pass from the first of a row to
the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weijian.clauses import Place, Setting
from weijian.finding import late
from weijian.phrases import core
from weijian.subjects import Subject
from weijian.units import quantity_of

if TYPE_CHECKING:
    from weijian.entries import Entry

_EACH = re.compile(r"分别|依次|各自|同期")
_THAN = late(r"(?:同比|环比|(?:较|比|与)(?:上年|去年|上一年|年初)(?:同期|末|底)?(?:相比)?)$")
_FROM = late(r"(?:从|由)(?:[^,;]{0,8}的)?$")
_SPLIT = late(r"、|以及|和|及|与")
_HEAD = late(
    r"(?:(?:基层|规范化?|系统|健康|家庭医生|签约|服务|管理|治疗|控制|接种|筛查|建档|覆盖|知晓|随访|诊断|电子|档案|开放|抽检|监测|合格|达标)+率|[\u4e00-\u9fff]{0,2}率|[\u4e00-\u9fff]{0,2}人数|人次|数量|总数|总量|占比|比例|水平|床位|门诊量|门急诊量|体检|筛查|签约)$"
)
_WHO = late(r"(?<=.)(?:患者|居民|人群|老年人|儿童|学生|职工|人员|机构|医院).*$")
_FRAME = late(
    r"(?:^|[,;。])(?:在|其中|对)?([^,;。:]{3,60}?)(?:等?[两二三四五六七八九\d](?:类|大类|种|个)|等)(?:重点)?(?:人群|群体|对象|患者)?中?[,:]$"
)
_YEAR_LIST = late(r"(?:(?:20\d\d年?(?:[、和及与]|以及)){1,9}20\d\d年|20\d\d年?[-—~至到]20\d\d年)(?=[^\d;]*$)")
_YEARS_SAID, _SPAN, _LIST_NEAR = late(r"(?:(?:20\d\d)年?(?:度|底|末)?(?:[-—~至到、和及与]|以及)?)+"), re.compile("[-—~至到]"), 60
_JOINTS = frozenset(("、", "和", "及", "与", "以及"))
_DEED = late(
    r"(?<=..)(?:已|均|全部|也|都)*(?:完成|设置|设立|开设|开展|通过|达到|投入|投用|启用|获|实现|提供|纳入|参加|配备|挂牌|实施|建立|成立|成为|被).*"
)
_MOVE = late(r"^(?:同比|较|比|增长|增幅|增加|下降|降幅|减少|提高|提升|上升|降低)")
_REGION = late(r"(?:[\u4e00-\u9fff]{1,4}|[A-Z])(?:区|县|市|州|镇|乡|街道)(?!域|级|属|内)")


Ruled = tuple[str, str]
"""What is decided of a measure, and the rule that decided it."""
_OPEN = ("", "")


@dataclass(slots=True)
class Draft:
    """What is known of a measure so far: each step of the reading adds to it."""

    place: Place
    kind: str
    sign: int
    subject: Subject
    bound: str
    scope: str
    setting: Setting
    entry: Entry | None = None
    period: Ruled = _OPEN
    status: Ruled = _OPEN
    covers: Ruled = _OPEN
    words: tuple[str, str] = _OPEN
    stage: str = "none"
    named: tuple[tuple[str, ...], str, str] = ((), "", "")


def settle(drafts: list[Draft]) -> None:
    """Put the rows of numbers of one sentence right, in place."""
    for first, last in _rows(drafts):
        row = drafts[first:last]
        left = row[0].place.left
        each = _EACH.search(left)
        if each:
            _share(drafts, first, last, _THAN.sub("", left[: each.start()]), left[each.end() :])
        elif last - first > 1 and _MOVE.match(left) and _named(drafts, 2 * first - last, first):
            _carry(row)
            for draft, owner in zip(row, drafts[2 * first - last : first], strict=True):
                draft.subject, draft.scope = replace(owner.subject), owner.scope
        elif last - first > 1 and _FROM.search(left) and _later_each(drafts, last):
            _share(drafts, first, last, _FROM.sub("", left), "")
        elif last - first > 1:
            _carry(row)
    for index in range(len(drafts) - 1, 0, -1):
        _act_together(drafts[index - 1], drafts[index])


def _act_together(first: Draft, second: Draft) -> None:
    """Tell of both what the last of several did: 3所卫生院及12所卫生室完成改造."""
    one, other = first.subject, second.subject
    joined = second.place.adjoins and second.place.gap[len(first.place.right) :] in _JOINTS
    if (
        joined
        and one.unit == other.unit
        and quantity_of(one.unit) == "institution"
        and one.rule == "right"
        and other.rule in ("right", "acts")
    ):
        deed = _DEED.search(other.text)
        if deed and not _DEED.search(one.text):
            first.subject = Subject(one.text + deed.group(), one.text, "coordinated", one.parent, one.unit, one.verb)


def _rows(drafts: list[Draft]) -> list[tuple[int, int]]:
    """Return the half-open stretches of measures that only 、 or 和 parts from each other."""
    rows, first = [], 0
    for index in range(1, len(drafts) + 1):
        if index < len(drafts) and drafts[index].place.adjoins and _joint(drafts[index].place):
            continue
        rows.append((first, index))
        first = index
    return rows


def _joint(place: Place) -> bool:
    return not core(place.left) and place.gap[:1] in "、和及与以" and place.previous is not None


def _named(drafts: list[Draft], first: int, last: int) -> bool:
    """Say whether a stretch is a row that was given its names: 签约率、续约率分别由x、y提高到…"""
    return first >= 0 and all(draft.subject.rule == "respective" for draft in drafts[first:last])


def _later_each(drafts: list[Draft], last: int) -> bool:
    return last < len(drafts) and bool(_EACH.search(drafts[last].place.left))


def _carry(row: list[Draft]) -> None:
    """Pass kind, sign, bound and owner of the first number of a row to the others."""
    first = row[0]
    for draft in row[1:]:
        same = (
            draft.place.token.quantity and first.place.token.quantity and draft.place.token.quantity.unit == first.place.token.quantity.unit
        )
        if same and not draft.place.right and draft.subject.rule != "total":
            draft.kind, draft.sign, draft.subject = first.kind, first.sign, first.subject
            _carry_bound(draft, first)


def _carry_bound(draft: Draft, first: Draft) -> None:
    """Pass a bound on where it is said once for a row: 分别不低于90%、85%."""
    if draft.bound == "=" and first.bound in (">=", "<=") and "不" in first.place.left[-6:]:
        draft.bound = first.bound


def _share(drafts: list[Draft], first: int, last: int, listed: str, behind: str) -> None:
    row = drafts[first:last]
    years = _years(row)
    if years and not _names(core(_YEARS_SAID.sub("", listed)), len(row)):
        _share_by_year(row, years, listed + behind)
        return
    names = _names(core(listed), len(row)) or _framed(row[0].place.lead, core(listed), len(row))
    if names is None:
        names = _earlier(drafts, first, len(row), core(listed))
    if names is None:
        _carry(row)
        return
    verb = "" if _MOVE.match(behind) else core(behind)
    for draft, name in zip(row, names, strict=False):
        region = _REGION.match(name)
        draft.scope = region.group() if region and len(names) > 1 and all(map(_REGION.match, names)) else ""
        draft.kind, draft.sign = row[0].kind, row[0].sign
        name = drafts[first - 1].subject.stem if draft.scope == name and first else name
        draft.subject = Subject(name + ("" if verb in name else verb), name, "respective", unit=draft.subject.unit)
        _carry_bound(draft, row[0])


def _years(row: list[Draft]) -> list[str]:
    """Return the years that a row of numbers is of, when a list of as many years stands before it."""
    place = row[0].place
    near = (place.lead[-_LIST_NEAR:] + place.left)[-2 * _LIST_NEAR :]
    listed = _YEAR_LIST.search(near) if len(row) > 1 and "20" in near else None
    years = re.findall(r"20\d\d", listed.group()) if listed else []
    if listed and len(years) == 2 and _SPAN.search(listed.group()):
        years = [str(year) for year in range(int(years[0]), int(years[1]) + 1)]
    return years if len(years) == len(row) else []


def _share_by_year(row: list[Draft], years: list[str], words: str) -> None:
    """Give each number of a row its year, and all of them the one owner whose years they are."""
    name = core(_YEARS_SAID.sub("", words)) or row[0].subject.text
    _carry(row)
    for draft, year in zip(row, years, strict=True):
        draft.period = year, "date"
        draft.subject = Subject(name, name, "respective", unit=draft.subject.unit)


def _names(listed: str, count: int) -> list[str] | None:
    """Return the members of a list, each with the words that the last one carries for all; None when they are too few."""
    members = [member for member in _SPLIT.split(listed) if member]
    if len(members) < 2 or count < 2:
        return None
    members = members[-count:] if len(members) > count else members
    if len(members) < count:
        return None
    regions = [_REGION.match(member) for member in members]
    if all(regions):
        head = members[-1][regions[-1].end() :]  # type: ignore[union-attr]
        return [region.group() + head for region in regions if region]
    head = _WHO.search(members[-1]) if not any(map(_WHO.search, members[:-1])) else None
    head = head or _HEAD.search(members[-1])
    shared = head.group() if head else ""
    if not shared and all(len(m) == len(members[0]) <= 3 for m in members[:-1]) and len(members[-1]) > len(members[0]) + 1:
        shared = members[-1][len(members[0]) :]
    own = shared
    while own and own == members[-1]:
        own = own[1:]
    return [m if not own or m.endswith(own[-2:]) else m + own for m in members]


def _framed(lead: str, head: str, count: int) -> list[str] | None:
    """Return the members of the frame before a row, each with the row's head: 在A、B和C三类人群中,签约率分别为x、y和z."""
    frame = _FRAME.search(lead)
    members = _SPLIT.split(frame[1]) if frame and count > 1 else []
    return [member + head for member in members] if len(members) == count else None


def _earlier(drafts: list[Draft], first: int, count: int, head: str) -> list[str] | None:
    """Return the owners of the last numbers before a row, when there are as many, with the row's own head."""
    if count < 2:
        return None
    owners = [draft for draft in drafts[max(0, first - 24) : first] if draft.kind == "level"][-count:]
    if len(owners) < count:
        return None
    head = "" if _MOVE.match(head) or any(head and head in o.subject.text for o in owners) else head
    return [owner.subject.text + head for owner in owners]


def with_bound(draft: Draft) -> Draft:
    """Return the draft with the bound of its row written into its quantity."""
    quantity = draft.place.token.quantity
    if quantity is not None and quantity.bound != draft.bound:
        draft.place.token.quantity = replace(quantity, bound=draft.bound)
    return draft


def shares(draft: Draft) -> bool:
    """Say whether a measure is a part or a deed of one before it, whose themes it shares."""
    quantity = draft.place.token.quantity
    served = draft.subject.rule == "dependent" and quantity is not None and quantity_of(quantity.unit) == "event"
    return served or draft.subject.rule in ("part", "acting") or draft.place.left.startswith("其中")
