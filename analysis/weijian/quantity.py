"""Quantities: a numeral with its bound, magnitude, unit, range and the words that soften it.

In: a position in the folded text where a numeral begins. Out: a ``Quantity`` with exact values in the base
unit, or None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from weijian.finding import endings
from weijian.numerals import ARABIC, MAGNITUDE, MAGNITUDES, parse_numeral
from weijian.units import infer_unit, unit_of, unit_pattern


@dataclass(slots=True)
class Quantity:
    """A value (or a range low–high) in a base unit; ``end`` is where it ends in the folded text."""

    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: str = "="
    flags: tuple[str, ...] = ()


_BEFORE = (
    (
        re.compile(
            r"(?:不低于|不少于|不小于|不得低于|不得少于|至少|最少|起码|≥|>=|达到?或超过)(?:为|达到?|到|要达到?|建成?|新增|新建|完成|开展|组建|办好|打造|创建|拥有|设有|配有|设立|设置|配备|配置|有|培训|举办|建设|增加)?$"
        ),
        ">=",
    ),
    (re.compile(r"(?:不超过?|不得超过|不能超过|不高于|最长|封顶|不多于|不大于|至多|最多|最高不超过|控制在|≤|<=|以内)(?:为|到)?$"), "<="),
    (re.compile(r"(?:突破|逾|高于|大于|多于|高达|>|(?<![BＢ彩赶])超过?|(?<!半)过(?=$)|优于)(?:了|为|到)?$"), ">"),
    (re.compile(r"(?:低于|少于|小于|不足|不到|未超过|<)(?:了|为|到)?$"), "<"),
    (
        re.compile(
            r"(?:大约|约为|(?<![签预节特条合解续履违婚邀制公契失])约|接近|将近|(?<![附最临靠亲])近|左右|预计达?到?|预计为|约占|约为[^,。;\d]{0,6}的)$"
        ),
        "~",
    ),
)
# What the words above end with; a number behind any other character needs no search.
_BOUND_ENDS = endings("|".join(pattern.pattern for pattern, _ in _BEFORE))
SUFFIX = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<=", "左右": "~", "上下": "~"}
_NO_BOUND = re.compile(r"(?:高达|最高|经过|通过|透过|超额|再过)$")


@lru_cache(maxsize=1)
def _grammar() -> re.Pattern[str]:
    units = unit_pattern()
    return re.compile(
        rf"""(?P<number>{ARABIC})
        (?:(?P<dots>\.)(?=%))?
        (?P<more>余|多(?!种|个|项|类|家|样|重|元|方|点|维|跨|地)|几|来(?=[万亿]))?
        (?P<magnitude>{MAGNITUDE})?
        (?P<after>余|多(?!种形|项目|元化|方|样|重|维|跨|点|地))?
        (?:(?P<slash>/(?:10|十)万(?:人口|人)?|/万(?:人)?|/千(?:人)?)|(?P<dotted>\.?)(?P<unit>{units}))?
        (?P<per>/(?:人次|人·年|人年|人/年|人|户|月|年|床日|床|天|例|家|次)(?![\d]))?
        (?P<later>余)?
        (?:及)?(?P<suffix>以上|以下|以内|之内|左右|上下)?""",
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _range() -> re.Pattern[str]:
    units = unit_pattern()
    return re.compile(
        rf"(?P<low>{ARABIC})(?P<mag1>{MAGNITUDE})?(?P<unit1>{units})?(?:[-—~]+|[至到])(?P<high>{ARABIC})(?P<mag2>{MAGNITUDE})?(?:个(?=人))?(?P<unit>{units})?(?P<suffix>以上|以下|以内|左右)?"
    )


_TO, _LONGEST_LOW = re.compile("[-—~至到]"), 32
_FROM = re.compile(r"(?:从|由)[^,。;]{0,20}$")


def bound_before(before: str) -> str:
    """Return the bound that the words in front of a number set.

    >>> bound_before("签约率超过"), bound_before("有效签约"), bound_before("惠及居民约")
    ('>', '=', '~')
    """
    if before[-1:] not in _BOUND_ENDS or _NO_BOUND.search(before):
        return "="
    for pattern, bound in _BEFORE:
        if pattern.search(before):
            return bound
    return "="


def match_quantity(text: str, start: int, before: str, *, need_unit: bool = False) -> Quantity | None:
    """Return the quantity that begins at ``start``, or None.

    >>> match_quantity("1000余万人次", 0, "超过")
    Quantity(end=8, value=Decimal('1.000E+7'), low=None, high=None, unit='人次', bound='>', flags=())
    """
    span = _range().match(text, start) if _TO.search(text, start, start + _LONGEST_LOW) else None
    if span and (span["unit"] or span["mag2"]) and not _FROM.search(before):
        found = _read_range(text, span, before)
        if found:
            return found
    match = _grammar().match(text, start)
    if match is None or (need_unit and not (match["unit"] or match["slash"])):
        return None
    return _read_single(text, match, before)


def _read_range(text: str, match: re.Match[str], before: str) -> Quantity | None:
    low, high = parse_numeral(match["low"]), parse_numeral(match["high"])
    if low is None or high is None or (match["unit"] == "年" and low > 1900):
        return None
    scale = MAGNITUDES[match["mag2"] or ""]
    low, high = low * MAGNITUDES[match["mag1"] or match["mag2"] or ""], high * scale
    if low > high:
        return None
    unit = unit_of(match["unit"]).base if match["unit"] else infer_unit(before, text[match.end() : match.end() + 12])
    bound = SUFFIX.get(match["suffix"] or "", bound_before(before))
    return Quantity(match.end(), None, low, high, unit, bound, () if match["unit"] else ("unit_inferred",))


def _read_single(text: str, match: re.Match[str], before: str) -> Quantity | None:
    printed, dots, more, magnitude, after, slash, dotted, unit_printed, per, later, suffix = match.groups()
    number = parse_numeral(printed)
    if number is None:
        return None
    flags = ["damaged"] if dots or dotted else []
    value = number * MAGNITUDES[magnitude or ""]
    if suffix and (unit_printed or magnitude or slash):
        bound = SUFFIX[suffix]
    elif more or after or later or (unit_printed and unit_printed.startswith("个多")):
        bound = "~" if more == "来" else ">"
    else:
        bound = bound_before(before)
    end = match.end()
    unit = _unit(slash, unit_printed, per)
    if unit == "个" and _POINTS_LATER.match(text, end, end + _LONGEST_ROW):
        unit = "百分点"
    if not unit:
        unit, scale = _unit_elsewhere(text, match, number)
        value *= scale
        unit = unit or infer_unit(before, text[end : end + 32])
        if unit:
            flags.append("unit_inferred")
        elif magnitude:
            unit = "人"
            flags += ["unit_inferred", "unit_guessed"]
        if magnitude:
            flags.append("magnitude")
    return Quantity(end, value, None, None, unit, bound, tuple(flags))


_POINTS_LATER = re.compile(r"(?:(?:[、和及与]|以及)\d[\d.]*个?)+百分点")
_LONGEST_ROW, _ALIKE = 60, 20


@lru_cache(maxsize=1)
def _elsewhere() -> tuple[re.Pattern[str], re.Pattern[str]]:
    units = unit_pattern()
    later = rf"(?:(?:[、和及与→]|以及)(\d[\d.,]*)(?:[余多](?:万|亿)?|(?:万|亿)[余多]?)?)+({units})"
    stands_before = rf"\((?:单位:?)?({MAGNITUDE})?({units})\)[^。;\n(]*$|单位:({MAGNITUDE})?({units})[^。;\n]*$"
    return re.compile(later), re.compile(stands_before)


def _unit_elsewhere(text: str, number: re.Match[str], value: Decimal) -> tuple[str, Decimal]:
    """Return the unit, and its magnitude, that a list shares at its end or a heading in brackets sets before."""
    later, stands_before = _elsewhere()
    start, end, scaled = number.start(), number.end(), bool(number["magnitude"])
    if text[end : end + 1] in "、和及与以→":
        match = later.match(text, end, end + _LONGEST_ROW)
        if match:
            return unit_of(match[2]).base, MAGNITUDES["" if scaled else _shared_magnitude(match, value)]
    lead = text[max(0, start - 80) : start]
    match = stands_before.search(lead) if "(" in lead or "单位" in lead else None
    if not match or scaled:
        return "", MAGNITUDES[""]
    return unit_of(match[2] or match[4]).base, MAGNITUDES[match[1] or match[3] or ""]


def _shared_magnitude(row: re.Match[str], value: Decimal) -> str:
    """Return the 万 or 亿 that the last of a row says for all: 21.3、18.6万人次, but 9850、1.02万人次 are unlike numbers."""
    magnitude = row.group()[: row.start(2) - row.start()].rstrip("余多")[-1:]
    last = parse_numeral(row[1].rstrip(".,"))
    alike = magnitude in ("万", "亿") and last and last / _ALIKE <= value <= last * _ALIKE
    return magnitude if alike else ""


def _unit(slash: str | None, printed: str | None, per: str | None) -> str:
    if slash:
        return slash.replace("十万", "10万").removesuffix("人口").removesuffix("人")
    unit = unit_of(printed).base if printed else ""
    return unit + per if per and unit in ("元", "人", "例", "次") else unit
