"""What there is for each: so many beds for every thousand residents, so much money for each person.

In: a sentence with its numbers. Out: checks. The count, what it is shared among and the result have to stand together and in the same
words; a population may stand in a sentence before, and a miss fails only where there is but one that it can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from weijian.checks.numbers import Number, Sentence, said
from weijian.checks.verdicts import HOLDS, Check, check, compared
from weijian.intervals import Interval, quotient

_SCALES = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
_DENSITY = re.compile(
    r"每(?P<scale>百万|十万|万|千|百)(?:名|位|个)?(?P<of>(?:[\u4e00-\u9fff]{2,6}?)??(?:人口|居民|老年人|老人|人))"
    r"(?:中|拥有|配备|配置|有|的)?(?P<what>[\u4e00-\u9fff]{2,10}?)??(?:总?数|拥有量)?(?:已|为|约|仅|达到?了?|(?:提高|提升|上升|增加|增)[到至])*$"
)
_EACH = re.compile(
    r"(?:每(?P<one>[\u4e00-\u9fff]{1,2}?)平均|平均每(?P<two>[\u4e00-\u9fff])|(?P<three>[人户次例件台床家案])均)(?P<what>[\u4e00-\u9fff]{0,8}?)(?:为|约|达到?)*$"
)
_NAMELESS = re.compile(r"(?:补助|补贴|发放|救助|金额|资金|费用|奖励|减免|支出|报销|服务|受益)*$")
_COUNTS = {
    "人": ("person",),
    "名": ("person",),
    "次": ("人次", "例次", "次", "台次"),
    "户": ("household", "户"),
    "床": ("bed",),
    "案": ("件", "起", "宗", "例"),
    "张": ("bed",),
}
_POPULATION, _PART = re.compile("人口|常住"), re.compile(said("part"))
_MOVED = re.compile("[多少增减升降]|同比|较|比")
_LOOKED_BACK, _NEAR = 3, 5


def density_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of what a sentence says that there is for each."""
    for index, number in enumerate(sentence.numbers):
        if not number.level or number.share or not number.exact:
            continue
        density, each = _DENSITY.search(number.left), _EACH.search(number.left)
        made = _of_population(sentence, index, density) if density else _of_each(sentence.numbers, index, each) if each else None
        if made:
            yield made


def _of_population(sentence: Sentence, index: int, found: re.Match[str]) -> Check | None:
    """Return the check of a density against the count before it and a population."""
    density = sentence.numbers[index]
    inside = sentence.numbers[index + 1 : index + 3] if index + 1 < len(sentence.numbers) and sentence.numbers[index + 1].depth else []
    ahead = [*(sentence.before.numbers if sentence.before else []), *inside, *sentence.numbers[:index]]
    named = [number for number in ahead if _has(number, found["what"] or "", density)]
    if not found["what"]:  # 护士2.35万人,每千人口3.52人
        named = [number for number in named if index and number is sentence.numbers[index - 1]]
    if not named:
        return None
    count = named[-1]
    populations = [each for each in inside if _is_population(each, found["of"])] or _populations(sentence, count, found["of"])
    checks = [_divided(count, each, density, _SCALES[found["scale"]]) for each in populations]
    holding = [made for made in checks if made.verdict == HOLDS]
    if holding:
        return holding[0]
    defined_alike = ("(" in density.gap) == ("(" in count.gap)  # 执业医师 are fewer than 执业(助理)医师
    sure = len(checks) == 1 and sentence.numbers[index - 1] is count and not _PART.search(count.gap) and defined_alike
    return checks[0] if sure else None


def _has(number: Number, what: str, density: Number) -> bool:
    """Say whether a number counts, by its words and unit, what a density is of."""
    same = number.counts == density.counts and number.level and number.exact and number.value > density.value
    return same and what[-2:] in number.words and not _DENSITY.search(number.left)


def _populations(sentence: Sentence, count: Number, of: str) -> list[Number]:
    """Return the populations of this sentence and those before it that a density can be of."""
    found: list[Number] = []
    home: Sentence | None = sentence
    for _ in range(_LOOKED_BACK):
        if home is None:
            break
        found += [number for number in home.numbers if number.value > count.value and _is_population(number, of)]
        home = home.before
    return found


def _is_population(number: Number, of: str) -> bool:
    people = number.counts == "person" and number.level and number.exact and not _DENSITY.search(number.left)
    group = "老" in of or "儿童" in of
    return people and (of[-2:] in number.words if group else bool(_POPULATION.search(number.left)) and "老" not in number.left)


def _of_each(numbers: Sequence[Number], index: int, found: re.Match[str]) -> Check | None:
    """Return the check of an amount for each against the amount and the number of those who share it, right before it."""
    each = numbers[index]
    one = next(found[name] for name in ("one", "two", "three") if found[name])
    counted = _COUNTS.get(one, ("place",) if one in "家个" else (one,))
    if index < 1 or ";" in each.gap:
        return None
    near = [*reversed(numbers[max(0, index - _NEAR) : index]), *numbers[index + 1 : index + 2]]
    missed: Check | None = None
    for amount, sharers in permutations([number for number in near if not _MOVED.match(number.left)], 2):
        fits = amount.level and sharers.level and amount.seen.unit.endswith(each.seen.unit) and amount.exact and sharers.exact
        if not fits or not (sharers.counts in counted or sharers.seen.unit == one) or sharers.value <= 1 or amount.value <= each.value:
            continue
        made = _divided(amount, sharers, each, 1)
        if made.verdict == HOLDS:
            return made
        adjoin = [amount, sharers] in (numbers[index - 2 : index], numbers[index - 2 : index][::-1]) and ";" not in numbers[index - 1].gap
        shared = counted != ("place",) or not found["what"] or found["what"][:2] in sharers.words
        if adjoin and shared and (_NAMELESS.match(found["what"]) or found["what"][-2:] in amount.words):
            missed = made
    return missed


def _divided(count: Number, among: Number, result: Number, scale: int) -> Check:
    """Return the check of a quotient; a round one (3600元 of 3596) is no error."""
    expected, members = quotient(count.range, among.range, scale), (count, among, result)
    printed = replace(result, range=Interval(result.value - result.step / 2, result.value + result.step / 2))
    verdict, reason = compared(expected, printed, members, result.step if "." in result.figure else max(result.step, result.value / 100))
    value = (count.value / among.value * scale).quantize(Decimal("0.01"))
    times = f" × {scale}" if scale > 1 else ""
    arithmetic = f"{count.figure} / {among.figure}{times} = {value:f}, printed {result.figure}"
    return check("rate", verdict, members, result, arithmetic, expected, reason)
