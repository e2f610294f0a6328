"""Numerals written in characters: counts (三所), proportions (九成), ranks (第二), multiples (翻番), years.

In: the folded text and the tokens already found. Out: further tokens. Numerals inside words and slogans
(统一, 三甲, “四责协同”) are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from weijian.finding import finder
from weijian.numerals import MAGNITUDES, parse_numeral
from weijian.quantity import SUFFIX, Quantity, bound_before
from weijian.units import unit_of, unit_pattern

_N = "[一二三四五六七八九十]"
_MOVED_TO = "[升降提上前跃下退后回][升移进居降滑]?[到至为居]"  # between the rank before and the rank now


@lru_cache(maxsize=1)
def _grammar() -> re.Pattern[str]:
    units = unit_pattern()
    return re.compile(
        rf"""(?P<label>(?:(?<=\n)|^)(?:[(]?{_N}{{1,3}}[、)]|第{_N}{{1,3}}[章节条]))
        |(?P<item>(?<![唯统之第同])(?:(?<=[。;:\n])|^){_N}{{1,2}}是)
        |(?P<fraction>(?:百|千|万|十万|{_N})分之[一二三四五六七八九十百零点\d.]{{1,12}}多?)
        |(?P<tenths>[一二两三四五六七八九](?:成半?多?(?=以上|左右|[^为立果效员本都功人长分绩熟型套体因交就品像语年])))
        |(?P<half>一半多?|半数(?!会)|过半(?!百|年))
        |(?P<doubling>翻(?:了)?[一两二三四五]?番)
        |(?P<multiple>[两二三四五六七八九十]{{1,4}}倍(?!增|体))
        |(?P<rank>第{_N}{{1,4}}(?:位|名)?(?=[,。;、)！!\n|”]|的|$|[升降提上前跃下退后回](?:升|移|进|居|降|滑)?[到至为居])|首位|榜首|前{_N}(?:位|名|列)?(?=[,。;、)\n]|$))
        |(?P<year>(?<![零〇○一二三四五六七八九])二[〇零○][〇零○一二三四五六七八九]{{2}}年)
        |(?P<count>(?P<numeral>(?:[两二三四五六七八九][十百千]?[一二三四五六七八九十百零]{{0,8}}|十[一二三四五六七八九]?|一?[百千](?=[余多几零一二三四五六七八九])[零一二三四五六七八九十百]{{0,8}}|[百千](?=万人)|一(?=[百千万])[百千万]?[一二两三四五六七八九十百千零]{{0,10}}|[一二两三四五六七八九十百千]{{1,8}}万[一二两三四五六七八九十百千零]{{1,10}}))
          (?P<more>余|多(?=[个家所名人万亿户例场次项件张批份间台支位种座辆条篇处])|来(?=[个家所名人户例场次项件张])|几)?(?P<magnitude>[万亿])?(?P<later>余|多(?=[个家所名人]))?
          (?:(?P<big>大(?!学(?!科)))(?=[^家幅力量型规会事局厅批众部]|学科)|(?P<unit>{units}))(?P<suffix>以上|以下|以内|左右)?)
        """,
        re.VERBOSE,
    )


_TRIGGER = finder(rf"[一二两三四五六七八九十百千]|万分之|半数|过半|翻[了一两二三四五番]|首位|榜首|[第前(]{_N}")
_LEAD = re.compile(r"[第其之数几〇零一二两三四五六七八九十百千每“《·、唯统同]$")
_COUNTED = frozenset([
    "个", "家", "所", "名", "位", "项", "批", "场", "种", "类", "支", "张", "份", "件", "例", "周", "天", "年", "间", "条", "座", "套", "台", "起", "次", "人",
    "户", "村", "镇", "街道", "处", "期", "轮", "届", "门", "人次", "元", "个月", "批次", "小时", "百分点", "篇", "部", "本", "岁", "亩", "公里", "辆", "架", "片", "栋",
])  # fmt: skip
_NOT_A_COUNT = re.compile(r"年(?:行动|规划|计划|任期|制|来|内)|(?:年|月|周|天)(?:内|来|期间?)|(?:季|边|级|甲|乙|小)")
_SPAN = re.compile(r"(?:近|未来|过去|今后|为期|历时|每|经过)$")
_RANKED = re.compile(
    rf"(?:全[国省市区县州]|[省市区县州]级?|排名?|名列|位列|位居|居|列|获|评比?|考核|榜单?|地区|之列|率|评价|分列|[由从](?:[^,。;]{{0,6}}年的?)?|{_MOVED_TO})(?:第[一二三四五六七八九]、)*$|列第[一二三四五六七八九]、$"
)
_HELD = re.compile(r"(?:共|已|开展|举办|举行|开办|办班|刊发|编发|累计|等)$")
_HALF_TIME = re.compile(r"(?:时间(?:进度)?|[双“])$|时间[^。;]{0,6}任务[^,。;]{0,4}$")  # “时间过半、任务过半” is a slogan of July
GROUPS = re.compile(r"(?:重点|特殊|弱势|签约|服务)*(?:人群|群体|对象|患者)|慢性?病")
"""What stands behind “十类” when that says who is meant, not how many they are."""
_FIRST = re.compile(r"(?:居|列|位)[^,。;]{0,6}$")


def chinese_tokens(text: str, known: Sequence[Any], make: Callable[..., Any]) -> list[Any]:
    """Return the tokens for the numerals in characters that lie outside the known tokens, in order."""
    found, index, done = [], 0, 0
    for trigger in _TRIGGER.finditer(text):
        match = _grammar().match(text, trigger.start()) if trigger.start() >= done else None
        if match is None:
            continue
        start, end = match.span()
        done = end
        while index < len(known) and known[index].end <= start:
            index += 1
        if index < len(known) and known[index].start < end:
            continue
        token = _READERS[match.lastgroup if match.lastgroup in _READERS else "count"](text, match, make)
        if token:
            found.append(token)
    return found


def _measure(make: Callable[..., Any], match: re.Match[str], value: Decimal, unit: str, bound: str, *flags: str) -> Any:
    return make(match.start(), match.end(), "measure", Quantity(match.end(), value, None, None, unit, bound, flags))


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12) : match.start()]


def _label(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    return make(match.start(), match.end(), "label")


def _fraction(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    below, _, above = match.group().partition("分之")
    bottom = MAGNITUDES.get(below) or parse_numeral(below)
    if not bottom:
        return None
    bound = ">" if above.endswith("多") else _share_bound(text, match)
    above = above.removesuffix("多")
    top = parse_numeral(above)
    if top is None:
        return None
    if below in ("千", "万", "十万"):
        return _measure(make, match, top, {"千": "‰", "万": "/万", "十万": "/10万"}[below], bound, "fraction")
    share = top if below == "百" else (top * 100 / Decimal(bottom)).quantize(Decimal("0.01"))
    return _measure(make, match, share, "%", bound, "fraction")


def _share_bound(text: str, match: re.Match[str]) -> str:
    return SUFFIX.get(text[match.end() : match.end() + 2], bound_before(_before(text, match)))


def _tenths(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    value = parse_numeral(match.group()[0])
    if value is None or _LEAD.search(_before(text, match)):
        return None
    half = 5 if "半" in match.group() else 0
    bound = ">" if match.group().endswith("多") else _share_bound(text, match)
    return _measure(make, match, value * 10 + half, "%", bound, "fraction")


def _half(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    if _HALF_TIME.search(_before(text, match)):
        return None
    bound = ">" if match.group() in ("过半", "一半多") else _share_bound(text, match)
    return _measure(make, match, Decimal(50), "%", bound, "fraction")


def _doubling(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    times = parse_numeral(match.group().strip("翻了番")) or Decimal(1)
    return _measure(
        make,
        match,
        100 * 2**times - 100,
        "%",
        ">" if text.startswith(("还多", "以上", "多"), match.end()) else bound_before(_before(text, match)),
        "change_rel",
    )


def _multiple(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    value = parse_numeral(match.group().removesuffix("倍"))
    return None if value is None else _measure(make, match, value, "倍", bound_before(_before(text, match)))


def _rank(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    before, surface = _before(text, match), match.group()
    if text.startswith("、第", match.end()) and not before.endswith("分列"):
        return None
    if surface in ("首位", "榜首"):
        ranked, value = bool(_FIRST.search(before)), Decimal(1)
    else:
        numeral = parse_numeral(surface.strip("第前位名列"))
        ranked, value = bool(_RANKED.search(before)) and numeral is not None, numeral or Decimal(0)
    bound = "<=" if surface.startswith("前") else "="
    return _measure(make, match, value, "位", bound, "rank") if ranked else None


def _year(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    return make(match.start(), match.end(), "date", form="year")


def _count(text: str, match: re.Match[str], make: Callable[..., Any]) -> Any:
    before = _before(text, match)
    if _LEAD.search(before) or _in_name(text, match.start()):
        return None
    unit = unit_of(match["unit"]).base if match["unit"] else "个"
    if (
        unit not in _COUNTED
        or (match["numeral"] == "二" and unit != "百分点")
        or text.startswith(("规定", "全会", "党代会", "会议精神"), match.end())
    ):
        return None
    if match["big"] and len(match["numeral"]) > 1:
        return None  # 二十大, 十大
    if unit == "类" and GROUPS.match(text, match.end()):
        return make(match.start(), match.end(), "attribute", form="class")
    tail = text[match.end() - len(match["unit"] or "") : match.end() + 3]
    if unit in ("年", "月", "个月", "周", "天", "小时") and (_SPAN.search(before) or _NOT_A_COUNT.match(tail)):
        return make(match.start(), match.end(), "date", form="duration")
    value = parse_numeral(match["numeral"])
    if unit in ("期", "轮", "届") and not _HELD.search(before):
        return None  # 二期 is a phase, not a number of issues
    if value is None:
        return None
    value *= MAGNITUDES[match["magnitude"] or ""]
    bound = SUFFIX.get(
        match["suffix"] or "", "~" if match["more"] == "来" else ">" if match["more"] or match["later"] else bound_before(before)
    )
    return _measure(make, match, value, unit, bound, "chinese")


def _in_name(text: str, start: int) -> bool:
    """Say whether a numeral stands inside a quoted slogan or a title."""
    lead = text[max(0, start - 20) : start]
    return any(lead.rfind(a) > lead.rfind(b) for a, b in ("“”", "《》"))


_READERS: dict[str, Callable[..., Any]] = {
    "label": _label, "item": _label, "fraction": _fraction, "tenths": _tenths, "half": _half,
    "doubling": _doubling, "multiple": _multiple, "rank": _rank, "year": _year, "count": _count,
}  # fmt: skip
