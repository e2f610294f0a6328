"""What the words beside a number count: the noun behind it, a whole or some of it, all there is by now, several at once.

In: the place of a measure. Out: the noun, or whether the words say so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from weijian.clauses import Place
from weijian.cues import cues
from weijian.finding import endings, late
from weijian.phrases import ends_with_verb, only_leads, trim

PART = re.compile(r"(?:其中|包括|分别为|分别是)")
"""What a part of the number before begins with."""
RATE = re.compile(r"(?:率|占比|比例|比重|覆盖面|满意度|知晓度|比|份额)$")
"""What a share is called."""
MOVES_ON = re.compile(
    r"(?:增加|增长|增至|提高|提升|减少|上升|下降|升至|降至|降到|升到|扩大|扩至|缩短|缩小|大关|以上|之多|不等|提至|调整到|调至)"
)
"""What moves on from the number before and names nothing."""
_STARTS = late(r"(?:组织|开展|举办|完成|发放|印发|实现|制定)")
_SO_FAR = late(r"(?=.*(?:累计|总计|共|现有|达))(?:全[市区县]|目前|现|已|累计|总计|共|达到?|有|建成|设立|组建|创建){1,5}")
_AMONG = late(r"(?<=..)(?<![集其之初高])(?:当中|中|里|内)(?:已经?|现|目前|共|还|也)*(?:的|有)?$")
_AMONG_ENDS = endings(_AMONG.pattern)
_ROLE = re.compile(r"为(?<=..为)(?:重点|主体?|抓手|依托|载体|基础|目标|突破口|支撑|核心).*")
_NEAR_WHOLE = 4
_REST, _SAID_OF_ALL = late(r"(?:其余|其他|余下|剩余)的?"), late(r"(?:均|都|全部|也|已|为|被|属)")
_PREDICATE = late("已|为|被|属|达到|通过|完成|获|投入|实现")
_BARE = re.compile(rf"[^,]{{0,4}}(?:{cues('bare')})")
_HOLDS = re.compile(r"(?<=..)(?:共有|共计|拥有|设有|配有|合计|共)")
_BOTH = late(r"(?:率|比例|占比)[^,;、和及与]{0,3}[、和及与][^,;]*(?:均|都)[^,;、]{0,6}$")
_EACH_OF_THEM = late(r"(?:两[项个]|各项|二者|两者)?(?:均|都)[^,;、]{0,6}$")
_NEAR = 80


def is_bare(place: Place) -> bool:
    """Say whether the noun behind a number names nothing by itself (5项制度), so that its heading has to."""
    return bool(place.right) and bool(_BARE.fullmatch(noun_behind(place.right)))


@lru_cache(maxsize=4)  # asked of the same words for topic and subject
def noun_behind(right: str) -> str:
    """Return the noun that the words behind a number begin with, without what it holds and the part it plays."""
    among = _among(right)
    noun = right[: among.start()] if among else trim(_HOLDS.split(right.removeprefix("的"), maxsplit=1)[0] or right)
    return _ROLE.sub("", noun)


def _among(right: str) -> re.Match[str] | None:
    return _AMONG.search(right) if right[-1:] in _AMONG_ENDS else None


def noun_owns(place: Place, left: str, quantity: str) -> bool:
    """Say whether the words behind a number, not those before it, say what it counts; ``quantity`` is its kind."""
    right = place.right
    if len(right) < 2 or right[:1] in "(、" or MOVES_ON.match(right):
        return False
    if right.startswith("的") or not left or only_leads(left):
        return True
    if left.endswith("提前") and right.startswith(("向", "开放", "放")):
        return True
    if quantity in ("share", "money", "event", "rate", "age", "area", "time"):
        return quantity == "share" and not RATE.search(left) and ends_with_verb(left)
    if place.left.endswith(("达", "为", "有", "到", "至", "由", "从")) or (_STARTS.match(right) and not ends_with_verb(left)):
        return ends_with_verb(left) and not place.left.endswith(("由", "从"))
    return True


def is_whole(place: Place) -> bool:
    """Say whether a number is the whole that another is out of: 10家中心中有8家达到标准."""
    return _among(place.right) is not None


def is_out_of(place: Place) -> bool:
    """Say whether a number is some of those that the number before it counts: 10家中心中,有8家达到标准; …10家,其中8家已达标."""
    if PART.match(place.left) and _PREDICATE.match(place.right) and only_leads(place.left):
        return True
    if _REST.fullmatch(place.left):
        return _SAID_OF_ALL.match(place.right) is not None
    whole = place.previous
    return whole is not None and is_whole(whole) and ";" not in place.gap and len(place.gap) - len(whole.right) <= _NEAR_WHOLE


def is_so_far(place: Place) -> bool:
    """Say whether a number is all there is by now, as behind what was added: 新增2个,累计6个."""
    return not place.right and bool(_SO_FAR.fullmatch(place.left))


def of_several(place: Place) -> bool:
    """Say whether one number is said of several things: 健康管理率、规范管理率均达到65%; …71%、…70%,均高于65%."""
    if "均" not in place.left and "都" not in place.left:
        return False
    if _BOTH.search(place.left, max(0, len(place.left) - _NEAR)):
        return True
    listed = place.previous and place.previous.previous
    return listed is not None and bool(_EACH_OF_THEM.match(place.left))
