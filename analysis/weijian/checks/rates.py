"""Rates against numerator and denominator, and the denominators that rates of one population imply.

In: sentences with their numbers. Out: checks. A rate is checked where both counts are printed and the words of the numerator are those of
the rate; a miss fails only where the denominator is worded as one and of the same group, in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from weijian.checks.exceptions import is_exception
from weijian.checks.numbers import Number, Sentence, alike, cue_rows, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared
from weijian.intervals import Interval, quotient
from weijian.phrases import core

_SCALES = {"%": 100, "‰": 1000, "/10万": 100_000, "/万": 10_000, "/千": 1000}
_RATE = re.compile(r"([\u4e00-\u9fff]{1,12}?)(?:率|比例)(?:为|达到?|约|超过?|均)*$")
_SHARE = re.compile(r"占|比重|增长|增幅|同比|较")
_WHOLE, _AIM, _DEED = re.compile(said("whole")), re.compile(said("aim")), re.compile(said("deed"))
_GROUP, _CONDITIONAL = re.compile(said("group")), re.compile(said("conditional"))
_FRAME = re.compile(said("frame"))
_PERSONS = re.compile("(?:老年人|老人|患者|新生儿|儿童|产妇|居民|学生|职工|妇女|人口)$")
_DOES = re.compile(f"(?<![应需])(?<!计划){said('deed_of')}")
_COMPLETION, _COVERS = "完成", re.compile("(?:覆盖|参与|惠及)$")
_DEATHS, _BIRTHS, _CASES = "死亡", re.compile("活产|出生|分娩"), ("person", "例")
_DONE = re.compile("实(?![施现行])")
_EXAMINED = re.compile("(?:筛查|检查|体检|抽检|抽查|监测|检测|调查)$")
_STRICT = re.compile("规范|有效|系统")
_OUTCOME = re.compile("满意|合格|达标|及格|通过|办结|整改|治愈|成功")
_TRIED = re.compile("筛查|抽检|检测|监测|采样")
_DETECTED = ("检出", "阳性", "确诊")
_OUT_OF = re.compile("(?<![高初集其])中,?(?:有|已有)?$")
_WIDEST, _LOOKED_BACK, _REACH = Decimal(2), 3, 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A rate with its numerator, the words of both, and the sentence."""

    rate: Number
    numerator: Number
    stem: str
    sentence: Sentence


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """Yield the rates of a sentence, each with the count whose words it shares."""
    numbers = sentence.numbers
    for index, rate in enumerate(numbers):
        stem = _stem(rate)
        if not stem:
            continue
        near = [numbers[at] for at in (index - 1, index + 1) if 0 <= at < len(numbers)]
        near += numbers[index - 2 : index - 1] if index > 1 and _is_target_group(numbers[index - 1]) else []
        for numerator in near:
            told = numerator.start < rate.start and (_bracketed(numbers, index) or _of_due(numbers, index, stem))
            fits = _is_count(numerator) and (_fits(stem, numerator) or told)
            if fits and not _other_group(rate, numerator):
                yield Pair(rate, numerator, stem, sentence)
                break


def _is_target_group(number: Number) -> bool:
    return number.level and not number.share and bool(re.match("(?:目标|服务|应管|应服务)(?:人群|人数|对象)|辖区", number.left))


def _of_due(numbers: Sequence[Number], index: int, stem: str) -> bool:
    """Say whether what stands before a rate is so much of what was due: 应建364份,已建348份,建档率."""
    return index > 1 and numbers[index - 1].left == f"已{stem[0]}" and bool(re.search(f"[应需]{stem[0]}", numbers[index - 2].left))


def _bracketed(numbers: Sequence[Number], index: int) -> Number | None:
    """Return the whole that stands in brackets right behind a rate: 覆盖率95.9%(常住人口898.9万人)."""
    behind = numbers[index + 1] if index + 1 < len(numbers) else None
    stands = behind and behind.gap.startswith("(") and behind.depth > numbers[index].depth and not is_exception(behind)
    return behind if stands and behind and _WHOLE.search(behind.left) else None


def rate_checks(found: Sequence[Pair]) -> Iterator[Check]:
    """Yield a check for each rate whose denominator is printed too."""
    for pair in found:
        made = _checked(pair)
        if made:
            yield made


def _stem(rate: Number) -> str:
    """Return what a rate is of: 签约 of 签约率; empty for anything else."""
    if rate.seen.unit not in _SCALES or not rate.level or rate.seen.status == "reference":
        return ""
    found = _RATE.search(rate.left)
    return "" if not found or _SHARE.search(rate.left) else core(found[1]) or found[1]


def _is_count(number: Number) -> bool:
    return number.level and number.seen.unit not in _SCALES and number.value > 0 and number.seen.status != "reference"


def _fits(stem: str, numerator: Number) -> bool:
    """Say whether a count is the numerator of a rate by its words; 完成率 has any deed above it."""
    words = numerator.words.replace("|", "")
    if stem.endswith(_COMPLETION):
        return bool(_DEED.search(words)) and not _AIM.search(numerator.left)
    if _DONE.match(numerator.left) or any(re.search(words, numerator.left) for words in _numerators(stem)):
        return True
    if _OUT_OF.search(numerator.gap):
        return True
    examined = _EXAMINED.search(numerator.left)
    if examined and examined.group() not in stem:
        return False  # those who were examined for it are not those who have it
    stem = _COVERS.sub("", stem) or stem
    return stem[-2:] in words or (len(stem) > 2 and stem[:2] in words and stem[-1] in words) or (stem[0] in words and stem[-1] in words)


def _numerators(stem: str) -> list[str]:
    """Return the words for what stands above the line of a rate of another name: 支出 for 执行率."""
    pairs_of = (row.split("=", 1) for row in cue_rows("numerator"))
    return [words for name, words in pairs_of if stem.endswith(name)]


def _other_group(one: Number, other: Number) -> bool:
    """Say whether the words of a number restrict it to a group that the other's words do not name."""
    return bool(set(_GROUP.findall(one.left)) - set(_GROUP.findall(other.words)))


def _checked(pair: Pair) -> Check | None:
    best: Check | None = None
    for denominator, close in _denominators(pair):
        made = _against(pair, denominator)
        if made.verdict == HOLDS:
            return made
        if close and best is None and _is_whole(pair, denominator):
            best = made
    excepted = any(map(is_exception, pair.sentence.numbers))  # its base is less than the printed one
    return None if excepted else best


def _denominators(pair: Pair) -> Iterator[tuple[Number, bool]]:
    """Yield what may stand below the line, the nearest first, each with whether it stands in the same sentence and next to it."""
    numbers = pair.sentence.numbers
    at = numbers.index(pair.numerator)
    behind = [number for number in reversed(numbers[max(0, at - _REACH) : at]) if _may_divide(pair, number)]
    ahead = [number for number in numbers[at + 1 : at + _REACH] if _may_divide(pair, number)]
    for number in [*behind, *ahead]:
        yield number, number in (behind[:1] or ahead[:1])
    earlier = pair.sentence.before
    for _ in range(_LOOKED_BACK):
        if earlier is None:
            return
        for number in reversed(earlier.numbers[-_REACH:]):
            if _may_divide(pair, number):
                yield number, False
        earlier = earlier.before


def _may_divide(pair: Pair, number: Number) -> bool:
    """Say whether a number may stand below the line: of the same unit and time, and no smaller unless it was to be reached."""
    if number is pair.numerator or not _is_count(number) or not (_same_time(pair.numerator, number) or _bears(pair, number)):
        return False
    due = pair.stem.endswith(_COMPLETION) and _AIM.search(number.left)
    return bool(due) or number.left.startswith("应") or number.range.high >= pair.numerator.range.low


def _bears(pair: Pair, number: Number) -> bool:
    """Say whether a number counts the births or people among whom the deaths or cases of a rate happened."""
    if pair.stem in _DETECTED and {pair.numerator.counts, number.counts} <= {*_CASES, "人次"}:
        return True
    deaths = pair.rate.seen.unit != "%" and {pair.numerator.counts, number.counts} <= set(_CASES)
    return deaths and bool(_BIRTHS.search(number.words) or _WHOLE.search(number.left))


def _same_time(one: Number, other: Number) -> bool:
    return alike(one, other) or (one.counts == other.counts and {one.seen.status, other.seen.status} == {"actual", "target"})


def _is_whole(pair: Pair, number: Number) -> bool:
    """Say whether a number is worded as what is divided by, of the group that the rate is of, and is no numerator itself."""
    words = number.words.replace("|", "")
    if _is_target_group(number) or number is _bracketed(pair.sentence.numbers, pair.sentence.numbers.index(pair.rate)):
        return True
    if pair.stem.endswith(_DEATHS) and _BIRTHS.search(words):
        return "孕产妇" in pair.stem or "婴儿" in pair.stem
    if _same_deed(pair, number) or (pair.numerator.gap and _OUT_OF.search(pair.numerator.gap) and _is_before(pair, number)):
        return True
    if set(_GROUP.findall(pair.numerator.words)) - set(_GROUP.findall(words)):
        return False
    if pair.stem.endswith(_COMPLETION):
        return bool(_AIM.search(number.left))
    strict = _STRICT.search(pair.stem)
    if strict and strict.group() not in pair.numerator.words:
        return False  # 规范管理率 of those who are managed at all
    if (
        _OUTCOME.fullmatch(pair.stem)
        and pair.numerator.left == pair.stem
        and pair.numerator.gap == f",{pair.stem}"
        and _is_before(pair, number)
    ):
        return True
    if pair.stem in _DETECTED and _TRIED.search(number.left):
        return True
    if _DOES.search(number.left) or not (_WHOLE.search(words) or _PERSONS.search(number.left)):
        return False
    numbers = pair.sentence.numbers
    at = numbers.index(number)
    own = at + 1 < len(numbers) and numbers[at + 1] is not pair.rate and bool(_stem(numbers[at + 1]))
    return not own and (pair.stem[-2:] not in words or bool(re.search("应|需|目标|任务|计划", words)))


def _is_before(pair: Pair, number: Number) -> bool:
    numbers = pair.sentence.numbers
    at = numbers.index(pair.numerator)
    return at > 0 and numbers[at - 1] is number


def _same_deed(pair: Pair, number: Number) -> bool:
    """Say whether a number counts those with whom the deed of a rate was done at all: 管理 for 规范管理率."""
    qualifier = _CONDITIONAL.match(pair.stem)
    deed = pair.stem[qualifier.end() :] if qualifier else ""
    one_group = set(_GROUP.findall(number.left)) >= set(_GROUP.findall(pair.numerator.left))
    return len(deed) > 1 and one_group and pair.stem in pair.numerator.words and deed in number.left and pair.stem not in number.left


def _against(pair: Pair, denominator: Number) -> Check:
    scale = _SCALES[pair.rate.seen.unit]
    members = (denominator, pair.numerator, pair.rate)
    verdict, reason = UNDECIDABLE, "bound"
    expected = None
    if denominator.exact and pair.numerator.exact and denominator.range.low > 0:
        due = denominator.seen.status == "target" or _AIM.search(denominator.left)  # a target is no rounded number: 12万 is 120000
        below = Interval(denominator.value, denominator.value) if due else denominator.range
        expected = quotient(pair.numerator.range, below, scale)
        verdict, reason = compared(expected, pair.rate, members, pair.rate.step)
        if verdict == FAILS and _same_deed(pair, denominator) and pair.rate.range.high < expected.low:
            verdict, reason = UNDECIDABLE, "definition"  # the rate may be of all patients, not only of those who are managed
        if verdict == HOLDS and expected.high - expected.low > _WIDEST * scale / 100:
            verdict, reason = UNDECIDABLE, "rounding"
    plain = pair.numerator.value / denominator.value * scale
    arithmetic = f"{pair.numerator.figure} / {denominator.figure} = {plain:.2f}{pair.rate.seen.unit}, printed {pair.rate.figure}"
    return check("rate", verdict, members, pair.rate, arithmetic, expected, reason)


def denominator_checks(found: Sequence[Pair]) -> Iterator[Check]:
    """Yield a check for each two rates of one worded population of a report, next to each other."""
    last: dict[tuple[str, str, str, str], Pair] = {}
    for pair in found:
        group = _population(pair)
        if not group:
            continue
        key = (pair.rate.seen.report, group, pair.numerator.counts, pair.numerator.year)
        earlier = last.get(key)
        last[key] = pair
        if earlier and earlier.stem != pair.stem:
            yield _implied(earlier, pair)


def _population(pair: Pair) -> str:
    """Return the words for the population of a rate: what its numerator says before the stem; empty where it is none by itself."""
    words = pair.numerator.left
    at = words.find(pair.stem)
    exact = pair.numerator.exact and pair.rate.exact and pair.rate.range.low > 0
    if at < 2 or not exact or _CONDITIONAL.search(pair.stem) or pair.rate.seen.unit != "%":
        return ""
    group = _FRAME.sub("", words[:at])
    return group if _GROUP.search(group) or "人口" in group else ""


def _implied(one: Pair, other: Pair) -> Check:
    first, second = (quotient(pair.numerator.range, pair.rate.range, 100) for pair in (one, other))
    meets = first.low <= second.high and second.low <= first.high
    near = one.sentence.line == other.sentence.line
    verdict = HOLDS if meets else FAILS if near else UNDECIDABLE
    sides = [
        f"{pair.numerator.figure} / {pair.rate.figure} = {_rounded(pair.numerator.value / pair.rate.value * 100)}" for pair in (one, other)
    ]
    members = (one.numerator, one.rate, other.numerator, other.rate)
    expected = quotient(other.numerator.range, first, 100)
    return check("denominator", verdict, members, other.rate, "; ".join(sides), expected, "definition")


def _rounded(value: Decimal) -> str:
    return f"{value.to_integral_value():f}"
