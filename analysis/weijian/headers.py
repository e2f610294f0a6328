"""What the words over a column and before a row say: unit and magnitude, a date, a change, the words that are left.

In: the folded words of a header. Out: its unit, its change, its words without numbering, units and footnotes.
Nothing here knows where the header stands; ``grids`` finds the headers of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from weijian.finding import late
from weijian.numerals import MAGNITUDE, MAGNITUDES
from weijian.units import infer_unit, quantity_of, unit_of, unit_pattern

YEAR = r"(?:19|20)\d\d"
DATE = late(
    rf"(?:截至|到|至)?{YEAR}(?:年(?:度|末|底|初)?)?(?:[-—~至到](?:{YEAR}|\d\d(?=年))(?:年(?:度|末|底)?)?)?"
    r"(?:(?:年)?\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?(?:\d{1,2}日)?)?|\d{1,2}(?:[-—~至]\d{1,2})?月份?|[上下]半年|第?[一二三四1-4]季度"
)
_NOTE = r"(?:[*※△▲†]|[①-⑳]|\[\d\]|\(注?\d\)|注\d?)+"
_NUMBERING = late(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}(?:[.、](?!\d)|\.\d{1,2}(?=[\u4e00-\u9fff]))|[①-⑳#•·★—-])+"
)
_PART = late(r"^(?:其中|#|其中的)[:,]?")
_BASE = (
    r"(?:(?:与|比|较|同|和)(?:(?:19|20)\d\d年|上年|去年|上一年|前年|上期|上月|同期|年初|基期|往年|全国|全省|全市|全区|国家|省|市)"
    r"(?:度|同期|同比|末|底|平均|均值|水平|数)*(?:相比|对比|比)?|同比|环比|年均|年平均)"
)
_MOVE = (
    r"(?:增长(?:率|幅度|速度)?|增幅|增速|增减(?:率|数|量|额|值|幅度|百分比|变化|情况)?|增加(?:数|量|额|值)?|减少(?:数|量|额)?|净增(?:数|额)?|"
    r"变[化动](?:率|量|值|情况|幅度)?|提高|提升|上升|下降(?:率|幅度)?|降低|降幅|涨幅|升幅)"
)
_CHANGE = late(
    rf"(?P<base>{_BASE})(?P<moved>{_MOVE}|高出?|低|多|少|±)?(?:百分点|个百分点|%)?$|^(?P<alone>{_MOVE})$|(?<!自然)(?P<tail>增长率?|增速|增幅|降幅|涨幅|增减)$"
)
_NOMINAL = late(r"增长|增幅|增速|涨幅|升幅|降幅|率|幅度|百分比")
_FALLS = late(r"下降|减少|降低|降幅|低|少")
_SHARE = late(r"(?:率|占比|比重|比例|百分比|构成|%)(?:\([^()]*\))?$")
_RANK = late(r"排名|名次|位次|排序")
_OWED = late(r"结余|盈亏|余额|差额|利润|净")
_KINDS = frozenset("所站村镇乡县校班组队部门点处科室床") | {"街道"}
POINTS = "百分点"


class Unit(NamedTuple):
    """A base unit, the magnitude that its numbers are printed in, and whether the table states it."""

    base: str
    scale: Decimal
    stated: bool = True


class Change(NamedTuple):
    """What a header compares: the words of movement, whether they are of growth, their sign, and where they begin."""

    nominal: bool
    relative: bool
    sign: int
    start: int


@lru_cache(maxsize=1)
def _units() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    one = rf"(?P<scale>{MAGNITUDE})?(?P<unit>1?/(?:10|十)万人?口?|1?/[万千]人?|(?:{unit_pattern()})(?:/[^()|,、;]{{1,6}})?|(?<=[万亿千百]))"
    bracket = re.compile(rf"\((?:单位:?|计量单位:?)?{one}\)")
    tail = re.compile(rf"(?:(?<=.)[,、:]{one}|(?<=[\u4e00-\u9fff±])(?P<sign>[%‰]))$")
    return bracket, tail, re.compile(one)


@lru_cache(maxsize=1)
def _captioned() -> re.Pattern[str]:
    one = rf"(?:{MAGNITUDE})?(?:1?/(?:10|十)万|(?:{unit_pattern()})(?:/[^()|,、;]{{1,6}})?)"
    return re.compile(rf"单位:((?:{one})(?:[、,;和]{one})*)")


def _named(printed: str, magnitude: str | None) -> Unit:
    printed = re.sub(r"^1?/(?:10|十)万.*", "/10万", printed)
    printed = re.sub(r"^1/", "/", printed)
    return Unit(unit_of(printed).base, MAGNITUDES[magnitude or ""])


def _is_kind(header: str, found: re.Match[str]) -> bool:
    """Say whether brackets name a further kind and no unit: 社区卫生服务中心(站), but 学校数(所)."""
    return found["unit"] in _KINDS and not header[: found.start()].endswith(("数", "量", "总计", "合计"))


@lru_cache(maxsize=4096)
def unit_in(header: str) -> Unit | None:
    """Return the unit that a header states in brackets or at its end.

    >>> unit_in("签约居民(万人)"), unit_in("床位(张/千人)").base, unit_in("签约率%").base, unit_in("街道(镇)卫生院")
    (Unit(base='人', scale=Decimal('1E+4'), stated=True), '张/千人', '%', None)
    """
    bracket, tail, _ = _units()
    found = bracket.search(header)
    if found and not _is_kind(header, found):
        return _named(found["unit"], found["scale"])
    found = tail.search(header)
    return None if found is None else Unit(found["sign"], MAGNITUDES[""]) if found["sign"] else _named(found["unit"], found["scale"])


@lru_cache(maxsize=512)
def unit_alone(words: str) -> Unit | None:
    """Return the unit that words are, as in a column headed 计量单位.

    >>> unit_alone("万人次").base, unit_alone("城东")
    ('人次', None)
    """
    found = _units()[2].fullmatch(words.strip("()")) if words else None
    return _named(found["unit"], found["scale"]) if found and found.group() else None


def units_above(caption: str) -> tuple[Unit, ...]:
    """Return the units that the line above a table sets for all of it.

    >>> [unit.base for unit in units_above("表2(单位:万人次、%)")]
    ['人次', '%']
    """
    found = _captioned().search(caption)
    if found:
        return tuple(unit for part in re.split("[、,;和]", found[1]) if (unit := unit_alone(part)))
    return tuple(unit for part in caption.split("|")[-2:] if (unit := unit_in(part)) and unit.base)


@lru_cache(maxsize=4096)
def bare(header: str) -> str:
    """Return a header without its numbering, its unit, its footnote marks and 其中.

    >>> bare("(二)签约居民(万人)*"), bare("其中:65岁以上"), bare("卫生室(站)")
    ('签约居民', '65岁以上', '卫生室(站)')
    """
    bracket, tail, _ = _units()
    words = re.sub(rf"{_NOTE}$", "", header)
    words = tail.sub("", bracket.sub(lambda found: found.group() if _is_kind(words, found) else "", words))
    return _PART.sub("", _NUMBERING.sub("", words, count=1), count=1).strip("、:,")


def is_part(header: str) -> bool:
    """Say whether a row or column is a part of the one before it."""
    return bool(_PART.match(_NUMBERING.sub("", header, count=1) if header[:1] != "#" else header))


@lru_cache(maxsize=4096)
def change_in(header: str) -> Change | None:
    """Return the change that a header announces, or None for a level.

    >>> change_in("比上年增长(%)"), change_in("签约率较上年").start, change_in("人口自然增长率"), change_in("新增")
    (Change(nominal=True, relative=False, sign=1, start=0), 3, None, None)
    """
    words = bare(header)
    found = _CHANGE.search(words)
    if not found:
        return None
    moved = found["moved"] or found["alone"] or found["tail"] or ""
    relative = not moved and (found["base"] or "") in ("同比", "环比")
    return Change(bool(_NOMINAL.search(moved)), relative, -1 if _FALLS.search(moved) else 1, found.start())


def level_of(header: str) -> str:
    """Return the bare words of a header without the change that they announce.

    >>> level_of("签约居民比上年增长(%)"), level_of("增减"), level_of("签约居民(人)")
    ('签约居民', '', '签约居民')
    """
    change = change_in(header)
    return bare(header)[: change.start] if change else bare(header)


def unit_of_level(row: Sequence[str], column: Sequence[str], listed: str, above: Sequence[Unit]) -> Unit:
    """Return the unit of a level from its row, its column, the cell of its unit column, and the caption's units."""
    shared = _stated([*reversed(column)]) if any(map(_SHARE.search, column)) else None
    own = shared or unit_alone(listed) or _stated([*reversed(row), *reversed(column)]) or _alone(column)
    if own and own.base:
        return own
    words = [bare(part) for part in (*row, *column)]
    meant = next((unit for part in reversed(words) if (unit := infer_unit(part, ""))), "")
    if any(_SHARE.search(part) for part in words) and not any(quantity_of(unit.base) in ("share", "rate") for unit in above):
        return Unit(meant or "%", MAGNITUDES[""], False)
    fitting = _fitting(words, meant, above)
    return fitting or Unit(meant, own.scale if own else MAGNITUDES[""], False)


def _stated(headers: Iterable[str]) -> Unit | None:
    return next((unit for header in headers if (unit := unit_in(header))), None)


def _alone(column: Sequence[str]) -> Unit | None:
    """Return the unit that the last row of a header consists of."""
    return unit_alone(column[-1]) if len(column) > 1 else None


def _fitting(words: Sequence[str], meant: str, above: Sequence[Unit]) -> Unit | None:
    """Return the one of the caption's units that a header can have."""
    shares = any(map(_SHARE.search, words))
    if len(above) == 1 and not shares and not meant:
        return above[0]
    fits = [unit for unit in above if (quantity_of(unit.base) in ("share", "rate")) == shares]
    if len(fits) > 1:
        kinds = ("institution", "thing") if quantity_of(meant) == "institution" else (quantity_of(meant),)
        fits = [unit for unit in fits if unit.base == meant] or [unit for unit in fits if quantity_of(unit.base) in kinds]
    return fits[0] if len(fits) == 1 else None


def unit_of_change(change: Change, header: str, level: Unit) -> tuple[Unit, str]:
    """Return unit and kind of a change from its header and the unit of the level that changes.

    A rate rises by points, unless the header speaks of growth; a count grows by percent or by so many.
    """
    own = unit_in(header) or (Unit(POINTS, MAGNITUDES[""]) if POINTS in header else None)
    rate = level.base in ("%", "‰")
    if own and own.base in ("%", "‰"):
        return own, "change_abs" if rate and not change.nominal else "change_rel"
    if own and own.base:
        return own, "change_abs"
    if change.nominal or (change.relative and not rate):
        return Unit("%", MAGNITUDES[""], False), "change_rel"
    return (Unit(POINTS, MAGNITUDES[""], False) if rate else level), "change_abs"


class Said(NamedTuple):
    """What headers say of a number: its unit, its kind, and whether it is a fall though printed without a sign."""

    unit: Unit
    kind: str
    sign: int = 1


def said_of(
    row: Sequence[str], column: Sequence[str], owner: tuple[str, Sequence[str]], listed: str, units: Sequence[Unit], printed: str = ""
) -> Said:
    """Return what the headers of a number say of it.

    ``owner`` is what a row of change, and a column of change, belong to; ``listed`` stands in the column of units,
    ``units`` above the table, and ``printed`` is the cell's own unit.

    >>> said_of(["签约居民(万人)"], ["2023年"], ("", []), "", [])
    Said(unit=Unit(base='人', scale=Decimal('1E+4'), stated=True), kind='level', sign=1)
    >>> said_of(["签约率(%)"], ["较上年增减"], ("", []), "", []).unit.base
    '百分点'
    """
    above, level_column = owner
    if column and _RANK.search(column[-1]) and not change_in(column[-1]):
        return Said(Unit("位", MAGNITUDES[""]), "rank")
    header, owners = next(((part, row) for part in reversed(column) if change_in(part)), ("", row))
    if not header and row and change_in(row[-1]):
        header, owners = row[-1], (*row[:-1], above if not level_of(row[-1]) else row[-1])
    change = change_in(header) if header else None
    column = [part for part in column if part != header]
    if change is None:
        return Said(unit_of_level(owners, column, listed, units), "level")
    level = unit_of_level(
        owners, [*column, *(level_column if header != (row or [""])[-1] else ())], listed if header != (row or [""])[-1] else "", units
    )
    unit, kind = unit_of_change(change, header, level)
    if printed in ("%", "‰"):
        kind = "change_abs" if level.base in ("%", "‰") and not change.nominal else "change_rel"
    elif printed:
        kind = "change_abs"
    elif unit.base == "%" and any(above.base == "%" for above in units):
        unit = unit._replace(stated=True)
    return Said(unit, kind, change.sign)


def may_be_negative(row: Sequence[str], unit: str) -> bool:
    """Say whether a level can be below nothing, so that brackets or a minus say so: a balance."""
    return any(map(_OWED.search, row)) or quantity_of(unit) == "money"
