"""What a measure covers: the report's place as a whole (empty), a part of it, an institution, another place.

In: a measure's place in its sentence and the name of the report's place. Out: the phrase that narrows the
scope. Helped places (援疆, 对口支援) are never the report's place.
"""

from __future__ import annotations

import re

from weijian.clauses import Place
from weijian.cues import cues
from weijian.finding import beginnings, late

_WHOLE = late(r"^(?:全[市区县省州镇]|本[市区县省]|我[市区县省]|全系统|区内|市内|县内|区属|市属|各[区县市])")
_ELSEWHERE = late(
    rf"(?:{cues('beside')})?(全国|我国|邻[市县区省]|全省(?!首))(?!各地|范围|首|率先|第|前|最|性|人大|政协|劳|五一|优|示|工|文明|卫生)"
)
_ELSEWHERE_BEGINS = beginnings(_ELSEWHERE.pattern)
_LISTED_BY_NATION = late(r"(?:入选|纳入)全国$")
_ANY_INSTITUTION = late(
    r"(?:各|家|所|二级|三级|公立|县级|级|以上|综合|专科|中医|民营|互联网|社区|示范|友好)[\u4e00-\u9fff]{0,4}(?:医院|中心|集团)$"
)
_INSTITUTION = late(
    r"[,;。:](?:其中)?((?:区|市|县|省|州)?[\u4e00-\u9fff]{0,8}(?:[一二三四五六七八九十]院|医院|中心医院|妇幼保健院|疾控中心|急救中心|血站|集团|院区))(?=[^的、和及,;:]{2})"
)
_CENTRE = late(
    r"(?<![\u4e00-\u9fff])((?!各|所有|全|乡镇|部分|[0-9])[\u4e00-\u9fff]{2,4}(?:街道|镇|乡)(?<!乡镇)(?:社区卫生服务中心|中心卫生院|卫生院))"
)
_PART = late(r"[,;。:](?:在|其中)?([\u4e00-\u9fff]{2,6}(?:区|县|镇|乡|街道|新区|开发区))(?=[^的、和及,;:级域内属]{2})")
_HELPED = late(
    r"(?:对口(?:支援|帮扶|协作|合作)|援[疆藏青]|受援|结对帮扶|东西部协作|驰援|支援|赴)(?!服务|工作|任务)[^,。;]{0,4}([\u4e00-\u9fff]{2,8}(?:地区|自治区|自治州|市|县|区|省))?"
)
_NOT_PART = late(
    r"^(?:全|本|我|各|社区|辖区|园区|地区|城区|山区|示范区|院区|试验区|小区|市区|郊区|主城区|新城区|病区|区|县|开发区|先行区|保护区|多个|每个|对|推进|完成|建设|新增|组织|支持)|(?:社区|园区|示范区|试验区|先行区|小区|院区|病区|牧区)$"
)
_LED = late(
    r"我|现|将|参与|组建|拟|省级|市级|县级|区级|启动|联合|培育|持续|设置|接收|组织|牵头|依托|完成|推进|推动|建设|指导|支持|加快|深化|开展|实施|落实|强化|打造|协助|会同|选派|引进|覆盖|新增|新建|对|在|与|由|向|为|和|及|获|等|每|该|所|各|全|本|两|三|多|其他|部分"
)
_SETS = "至少|原则上|不[少低]于|建|设|配|组|办|有|(?<!平)均|都|要|拥|开|确定|打造|培育|新|达到|力争|应|须|创|布局"
# A norm for each of many is no count of the place: 每个县至少建成1家.
_NORM = late(
    rf"(每一?(?:个|家|所|座)?(?![年月周天日季半次人名位千万百十床例户两])(?:(?!平均)[\u4e00-\u9fff、]){{1,12}}?)(?<![日月年周天人次])(?={_SETS})[^,;共累合总平]{{0,20}}$"
    r"|(各(?:[县区市乡镇村、]{1,5}|街道|街镇|社区|镇街))(?=均|都|至少|原则上|不[少低]于)[^,;共累合总平]{0,20}$"
)
# What leads to a number is no place: 深化山区, 提升城乡. Verbs of one character also begin names (建德市).
_VERB = late("|".join(verb for verb in cues("verb").split("|") if len(verb) > 1 and verb.isalpha()) + "|提升|改善|促进")
# Each pattern with marks of which one stands in all its names, so that most clauses need not be searched.
_NAMES = (
    (("院", "心", "站", "团"), _INSTITUTION, _ANY_INSTITUTION, "institution"),
    (("卫生院", "卫生服务中心"), _CENTRE, None, "institution"),
    (("区", "县", "镇", "乡", "道"), _PART, _NOT_PART, "part"),
)


def is_own_place(words: str) -> bool:
    """Say whether words open with the report's own place: 我市, 全区.

    >>> is_own_place("我市为"), is_own_place("青湖区为")
    (True, False)
    """
    return words[:1] in "全本我区市县各" and bool(_WHOLE.match(words))


def scope_of(place: Place, own: str, before: str) -> tuple[str, str]:
    """Return the scope of a measure and the rule that gave it; ``before`` is the scope met earlier in the sentence."""
    clause = place.lead[place.lead.rfind("。") + 1 :] + place.left
    near = clause[-60:] + place.right[:16]
    helped = _HELPED.search(near) if "援" in near or "对口" in near or "赴" in near or "协作" in near or "结对" in near else None
    if helped and (helped[1] or "对口" in helped.group() or helped.group()[:1] == "援"):
        return (helped[1] or "受援地区"), "helped"
    other = _ELSEWHERE.match(place.left) if place.left[:1] in _ELSEWHERE_BEGINS else None
    if other and other[1] != own and (other[1][:1] == "邻" or other[1] in ("全国", "我国") or own[-1:] in tuple("市区县")):
        return other[1], "elsewhere"
    if is_own_place(place.left):
        return "", "whole"
    if place.right and place.left.endswith("全国") and _LISTED_BY_NATION.search(place.left):
        return "全国", "nation"
    chain = f",{clause[clause.rfind(';') + 1 :]}"  # a name stands behind a mark
    last = chain[chain.rfind(",") + 1 :]
    norm = _NORM.search(last) if "每" in last or "各" in last else None
    if norm:
        return norm[1] or norm[2], "norm"
    for marks, pattern, refused, rule in _NAMES:
        for mark in marks:
            if mark in chain:
                name = _last(pattern, chain)
                if _narrows(name, refused, own):
                    return name, rule
                break
    return (before, "inherited") if before and place.adjoins else ("", "whole")


def _narrows(name: str, refused: re.Pattern[str] | None, own: str) -> bool:
    """Say whether a name is a part of the report's place, or an institution in it, and not the place itself."""
    if len(name) < 3 or name.endswith("城乡") or _LED.match(name) or _VERB.match(name):
        return False
    if refused and refused.search(name):
        return False
    return name not in own and (not own or own not in name)


def _last(pattern: re.Pattern[str], chain: str) -> str:
    found = pattern.findall(chain)
    return found[-1] if found else ""
