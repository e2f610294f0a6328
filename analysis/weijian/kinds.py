"""Level, change or rank: what kind of statement a measure makes, and with which sign.

In: a measure's place. Out: level (a value or a count; 新建60家 is a level), change_rel (同比增长5.41%),
change_abs (提升1.64个百分点, 较上年增加3家) or rank (全市第二), and -1 for a fall.
"""

from __future__ import annotations

import re

from weijian.changes import MORE_OF
from weijian.clauses import Place
from weijian.finding import endings

_NEAR = 32  # what is said right in front of a number is said within so many characters
_UP = r"(?:扩容|扩充|多出|增长|增加|增幅|增速|提高|提升|上升|扩大|攀升|回升|上涨|上调|增|涨|前移|前进|跃升|升|多|高出?|延长)"
_DOWN = r"(?:负增长|降价|下滑|后移|少收|节省|(?<=年)快|(?<=年)省|(?<=期)快|(?<=期)省|下降|减少|降低|降幅|缩短|压缩|下跌|回落|下调|缩减|减|降|少|低|缩小)"
_SOFT = r"(?:了|约|近|超过?|逾|达|为|幅度?达?|率为?|分别为?|依次为?|各|均|不到|不足|至少|\d*)*"
_MOVES = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_SOFT}$")
_MOVING = frozenset(_MOVES.pattern + "0123456789")  # behind any other character stands no movement
_REACHES = re.compile(r"(?:到|至|为|达到?|在|达)(?:约|近|超过?|了|不低于)?$")
_NOMINAL = re.compile(r"(?:增幅|降幅|增速|增长率|涨幅|升幅|增长)(?:为|达到?|约|超过?|均|分别|依次)*$")
_COMPARED = re.compile(r"(?:同比|环比|较|比|相比|与[^,。;]{1,12}相比|以上年)[^,。;]{0,24}$")
_LESS = re.compile(r"(?:低于|少于)[^,。;]{0,12}$")
_SHORT_OF = re.compile(r"(?:还|仍|尚)?(?<!相)差$")
_RATE_BEFORE = re.compile(r"(?:率|占比|比例|比重|水平|覆盖面|满意度|指数|得分)[^,。;]{0,16}$")
_PER_MANY = re.compile(r"(?:发病率|(?<!病)死亡率)[^,。;]{0,16}$")  # of 10万 or 1000: a change in % is no difference of two of them
_THEN = re.compile(r",(?:总[数量]|累计)?(?:达到|增至|增加到|提高到|升至|降至|减至)\d")  # 标准提高5元,达到99元
_COUNT_MOVES = re.compile(r"(?:数量|总数|总量|数|人数)(?:新增|增加|减少|净增)$")
_MOVES_ALONE = ("增加", "减少", "提高", "降低", "提升", "上升", "下降")
_TIMES = re.compile(r"(?:为|是|增至|达到?|相当于|扩大到|提高到)[^,。;]{0,10}$")
_RISES = re.compile(r"(?:增长|提高|增加|扩大|翻|上升)[^,。;]{0,4}$")
_SHORTENS = re.compile(r"(?:缩短|压缩|减少|下降|降低|下滑|少收|节省)(?:了|约|近)?$")
_EXCEEDS = re.compile(r"(?:高出|超出|多出|多于)(?:全国|全省|全市|[省市区县])?(?:平均|均值)(?:水平)?$")
_COMPARING = endings(f"{_EXCEEDS.pattern}|{_COUNT_MOVES.pattern}")
_SIGNED = re.compile(r"(?:同比|环比|较上年)?[+＋]$")


def kind_of(place: Place) -> tuple[str, int]:
    """Return the kind of a measure and the sign of its change.

    The rules, in their order: ranks; what a table's headers say; percentage points; percentages and multiples behind a word of movement;
    counts compared with an earlier time; everything else is a level.
    """
    quantity = place.token.quantity
    assert quantity is not None
    if "rank" in quantity.flags:
        return "rank", 1
    stated = next((kind for kind in ("change_rel", "change_abs") if kind in quantity.flags), "") if quantity.flags else ""
    if stated or place.token.form == "cell":
        return stated or "level", 1
    more = MORE_OF.search(place.left) if "年" in place.left else None
    if more and quantity.unit not in ("%", "‰", "百分点", "倍"):
        return "change_abs", -1 if more["less"] else 1
    moves = _MOVES.search(place.left, len(place.left) - _NEAR) if place.left[-1:] in _MOVING else None
    sign = -1 if moves and moves["down"] else 1
    if quantity.unit == "倍":
        return ("change_rel" if _TIMES.search(place.left) or _RISES.search(place.left) else "level"), 1
    if quantity.unit == "百分点":
        return "change_abs", -1 if _LESS.search(place.left) or _SHORT_OF.search(place.left) else sign
    if quantity.unit in ("%", "‰"):
        return _share(place, moves, sign)
    return ("change_abs", sign) if _count_changes(place, moves) else ("level", 1)


def _count_changes(place: Place, moves: re.Match[str] | None) -> bool:
    """Say whether a count tells by how much something moved: 较上年增加3家, 缩短11分钟, 高出全市平均12种."""
    left, quantity = place.left, place.token.quantity
    if left[-1:] in _COMPARING and (_EXCEEDS.search(left) or _COUNT_MOVES.search(left)):
        return True
    if not moves or quantity is None:
        return False
    if _THEN.match(place.after) and not left.endswith("新增"):
        return True
    if quantity.unit == "位" and "rank" not in quantity.flags:
        return True
    if not _REACHES.search(left) and (_COMPARED.search(left) or _SHORTENS.search(left)):
        return True
    alone = place.mark == "," and place.previous is not None and left == moves.group() and not place.right
    return alone and moves.group()[:2] in _MOVES_ALONE


def _share(place: Place, moves: re.Match[str] | None, sign: int) -> tuple[str, int]:
    quantity = place.token.quantity
    left = place.left
    signed = place.bracketed and quantity is not None and (quantity.value or 0) < 0
    if _SIGNED.search(left) or signed:
        return "change_rel", 1
    if "自然增长率" in left[-8:]:
        return "level", 1
    if not moves or (_REACHES.search(left) and not _NOMINAL.search(left)):
        return "level", 1
    if moves.group().startswith(("多", "少", "高", "低")) and not _COMPARED.search(left):
        return "level", 1
    own = left[: moves.start()]
    if quantity is not None and "fraction" in quantity.flags:
        return "change_rel", sign
    if quantity is not None and quantity.unit == "%" and _PER_MANY.search(own):
        return "change_rel", sign
    rate = _RATE_BEFORE.search(own) or (_inherits(own) and place.previous and _RATE_BEFORE.search(place.previous.left))
    share = place.previous is None or place.previous.token.quantity is None or place.previous.token.quantity.unit in ("%", "‰")
    if rate and (share or _RATE_BEFORE.search(own)) and "增长" not in moves.group():
        return "change_abs", sign
    return "change_rel", sign


def _inherits(own: str) -> bool:
    return len(re.sub(r"(?:同比|环比|较|比|去年|上年|同期|\d{4}年|相比|与)", "", own)) <= 1
