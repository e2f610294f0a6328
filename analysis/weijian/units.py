"""Units: what stands behind a number, its kind of quantity, and what is meant when nothing stands there.

In: a position of the folded text just behind a numeral. Out: the unit as printed (without 万 or 亿) with its
kind of quantity. The units are rows of ``codebook/units.csv``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import codebook
from weijian.finding import late

_PEOPLE = (
    "老年人|老人|群众|居民|人口|学生|儿童|患者|病人|职工|妇女|市民|村民|女性|男性|孕产妇|婴幼儿|新生儿|医务人员|人员|"
    "重点人群|人群|党员|参保人|适龄|育龄|残疾人|毕业生|对象|农民|旅客|考生|乡村医生|医生|护士|医师|志愿者|干部|失能|高龄"
)
PEOPLE = late(rf"(?:{_PEOPLE})")
_MONEY = late(r"(?:资金|经费|金额|投资|费用|补助|收入|支出|投入|罚款|贷款|债券|补贴|医保基金)[^,。;]{0,6}$")
_LIKELY = (
    (late(r"孕产妇死亡率[为是达至到约超近]*$"), "/10万"),
    (late(r"(?:婴儿|儿童|新生儿)死亡率[为是达至到约超近]*$"), "‰"),
    (late(r"(?:门急?诊|急诊|诊疗|出院|住院|就诊|看病|接诊|随访)(?:总?量)?[为达到至共计约近超]*$"), "人次"),
    (late(r"(?:人次|人次数|门诊量|门急诊量|诊疗量|服务量)[为达到共计约近超至]*$"), "人次"),
    (late(r"(?:率|占比|比例|比重|覆盖面|百分比)[为达至到约超近]*$"), "%"),
    (late(r"床位?数?[为达至到约超近共有]*$"), "张"),
    (late(r"(?:机构|医院|卫生院|中心|诊所|卫生室)数?[为达至到约超近共有]*$"), "家"),
    (late(rf"(?:{_PEOPLE}|人数|人)数?[为达至到约超近共有]*$"), "人"),
)


class Unit(NamedTuple):
    """A unit as printed, its base form and its kind of quantity (person, event, share, money, …)."""

    printed: str
    base: str
    quantity: str


@lru_cache(maxsize=1)
def _table() -> tuple[str, dict[str, Unit]]:
    rows = codebook().rows("units")
    units = {row["unit"]: Unit(row["unit"], row["canonical"] or row["unit"], row["quantity"]) for row in rows}
    forms = []
    for row in sorted(rows, key=lambda row: -len(row["unit"])):
        forms.append(re.escape(row["unit"]) + (f"(?![{row['not_before']}])" if row["not_before"] else ""))
    return "|".join(forms), units


def unit_pattern() -> str:
    """Return the alternation of all units, the longest first, as a regular expression."""
    return _table()[0]


def unit_of(printed: str) -> Unit:
    """Return the unit that a printed form stands for.

    >>> unit_of("个百分点")
    Unit(printed='个百分点', base='百分点', quantity='share')
    """
    return _table()[1].get(printed) or Unit(printed, printed, "thing")


@lru_cache(maxsize=1024)
def quantity_of(base: str) -> str:
    """Return the kind of quantity of a base unit; an unknown one counts things.

    >>> quantity_of("人次"), quantity_of("家")
    ('event', 'institution')
    """
    return unit_of(base).quantity


def infer_unit(before: str, after: str) -> str:
    """Return the unit that is meant where none is printed, or an empty string.

    ``before`` and ``after`` are the text on both sides of the number.

    >>> infer_unit("全年开展", "重点人群肺癌早期筛查"), infer_unit("规范管理率为", "")
    ('人', '%')
    """
    if PEOPLE.match(after):
        return "人"
    for pattern, unit in _LIKELY:
        if pattern.search(before):
            return unit
    return "元" if _MONEY.search(before) else ""
