"""Shares: 占 against part and whole, shares of a complete partition against 100 %, and percentages of a small number of cases.

In: a sentence with its numbers and groups. Out: checks. A share of a whole that is named otherwise than the printed one is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal

from weijian.checks.numbers import Number, Sentence, alike, between, plain, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check, compared
from weijian.checks.wholes import Group, agrees
from weijian.intervals import Interval, quotient
from weijian.phrases import core

_OF = re.compile(r"^(?P<part>.*?)(?:所?占(?:比|到|有)?(?P<whole>[^占]*?)(?:的比[例重])?|(?:占比|比例|比重))(?:的|为|达到?|约|近|是)*$")
_OF_THAT = re.compile("[\u4e00-\u9fff]{0,6}的(?:比[例重])?(?:为|达)?")
_ANY_WHOLE = re.compile(r"(?:全部|总体|其|总数|总量|合计|总人数)?(?:的)?")
_COMPLETE, _SAMPLE = re.compile(said("complete")), re.compile(said("sample"))
_INSPECTED = re.compile(
    r"[^,;。:(]{0,16}(?:检查|抽检|抽查|抽测|检测|监测|采样|检验|评审|复核|测评|考核)[^,;。:(]{0,6},(?:其?总体?)?(?:合格率|达标率|阳性率|及格率|优秀率)(?:为|达到?|是)?"
)
_AMONG = re.compile(r"(?:[^,;。:(]{0,16}(?<![高初集其])中|[^,;。:(]{0,6}里),?(?:有|仅有)?")
_OUT_OF = re.compile("(?<![高初集其])中,?(?:有|已有)?$")
_RESULT = re.compile(r",?(?:合格率|达标率|阳性率|及格率|优秀率)(?:为|达到?|是)?")
_OTHERS = re.compile(r"的(?!社区|医院|机构|单位|中心|镇|乡|村|区|县|街道|家|站|所)")
_REST, _PART = re.compile("(?:其他|其它|其余)"), re.compile(said("part"))
_RATE = re.compile(r"[\u4e00-\u9fff]{2,}率(?:为)?$")
_AS = re.compile("[为达占]|完成")
_AIM = re.compile(said("aim"))
_HUNDRED, _WIDEST = Decimal(100), Decimal(2)


def share_checks(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Check]:
    """Yield the checks of the shares of a sentence."""
    single = [made for number in sentence.numbers if (made := _single(sentence, number, groups))]
    yield from single
    if not any(made.verdict == FAILS for made in single):
        yield from _partitions(sentence, groups)


def _said_of(number: Number) -> re.Match[str] | None:
    """Return what a percentage says that it is a share of, and of what; None where it is no share."""
    if not number.share or "%" not in number.printed or not number.level or number.seen.status == "reference":
        return None
    return _OF.match(number.left)


def _single(sentence: Sentence, share: Number, groups: Sequence[Group]) -> Check | None:
    stated = _stated(sentence, share)
    if stated:
        return _of_whole(stated[0], stated[1], share, True)
    said_of = _said_of(share)
    part = _part(sentence, share, said_of["part"]) if said_of else None
    if said_of is None or part is None:
        return None
    named = said_of["whole"] or ""
    wholes = [(whole, sure) for whole, sure in _wholes(sentence, part, groups) if _names(named, whole)]
    made = [each for whole, sure in wholes if (each := _of_whole(whole, part, share, sure))]
    return next((each for each in made if each.verdict == HOLDS), made[0] if made else None)


def _stated(sentence: Sentence, share: Number) -> tuple[Number, Number] | None:
    """Return whole and part where both stand in front of a share: 20人,占50人的40%."""
    at, numbers = sentence.numbers.index(share), sentence.numbers
    if not share.share or "%" not in share.printed:
        return None
    if at > 1 and _OF_THAT.fullmatch(share.left.lstrip(")")):
        whole, part = numbers[at - 1], numbers[at - 2]
    elif at and at + 1 < len(numbers) and numbers[at + 1].gap == "(" and "占" in share.left:
        whole, part = numbers[at + 1], numbers[at - 1]  # 占总量的21.4%(13.36万台)
    else:
        return None
    planned = _AIM.search(whole.gap) and _AS.search(whole.gap)
    fits = _is_count(whole) and _is_count(part) and ("占" in whole.gap + share.left or planned) and alike(whole, part)
    return (whole, part) if fits and (planned or part.range.low <= whole.range.high) else None


def _of_whole(whole: Number, part: Number, share: Number, sure: bool) -> Check | None:
    members = (whole, part, share)
    if not (whole.exact and part.exact):
        return None
    due = whole.seen.status == "target" or _AIM.search(whole.gap)  # what was planned is no rounded number
    expected = quotient(part.range, Interval(whole.value, whole.value) if due else whole.range, 100)
    verdict, reason = compared(expected, share, members, share.step)
    if verdict == HOLDS and expected.high - expected.low > _WIDEST:
        verdict, reason = UNDECIDABLE, "rounding"
    if verdict == FAILS and not sure:
        return None
    arithmetic = f"{part.figure} / {whole.figure} = {part.value / whole.value * 100:.2f}%, printed {share.figure}"
    return check("share", verdict, members, share, arithmetic, expected, reason)


def _part(sentence: Sentence, share: Number, name: str) -> Number | None:
    """Return the number that a share is of: the one before it, or an earlier one of the same name."""
    ahead = sentence.numbers[: sentence.numbers.index(share)]
    name = core(name)
    if not name:
        near = ahead[-1] if ahead else None
        return near if near and _is_count(near) else None
    named = [number for number in ahead if _is_count(number) and len(name) > 1 and name in number.words]
    return named[0] if len(named) == 1 else None


def _is_count(number: Number) -> bool:
    return number.level and not number.share and number.value > 0


def _wholes(sentence: Sentence, part: Number, groups: Sequence[Group]) -> Iterator[tuple[Number, bool]]:
    """Yield what a part may be a share of, each with whether it must be that: the total of its group, larger numbers before it."""
    for group in groups:
        if part in group.parts:
            yield group.total, group.claimed and group.sure
            return
    ahead = sentence.numbers[: sentence.numbers.index(part)]
    larger = [number for number in ahead if _is_count(number) and alike(number, part) and number.range.low > part.range.high]
    for whole in reversed([number for number in larger if not number.earlier]):
        yield whole, bool(_OUT_OF.search(part.gap)) and ahead[-1] is whole


def _names(named: str, whole: Number) -> bool:
    """Say whether the words of a share name a whole: none, or some that the whole has too."""
    wide = re.match("全[国省市区县州]", named)
    if wide and wide.group() not in whole.left:
        return False
    named = re.sub(r"^(?:全部|所有|[全本][市区县省州]|总)|(?:的|总数|总量|人数|总人数)+$", "", named)
    if not named or _ANY_WHOLE.fullmatch(named):
        return True
    words = whole.words.replace("|", "")
    return any(named[at : at + 2] in words for at in range(len(named) - 1))


def _partitions(sentence: Sentence, groups: Sequence[Group]) -> Iterator[Check]:
    """Yield the checks of shares that have to add up to 100 %."""
    for group in groups:
        if agrees(group):
            shares = [share for part in group.parts if (share := _own_share(sentence, part))]
            if len(shares) == len(group.parts):
                yield _hundred(shares)
    yield from _listed(sentence)


def _own_share(sentence: Sentence, part: Number) -> Number | None:
    at = sentence.numbers.index(part) + 1 if part in sentence.numbers else len(sentence.numbers)
    share = sentence.numbers[at] if at < len(sentence.numbers) else None
    said_of = _said_of(share) if share else None
    return share if said_of and not core(said_of["part"]) and _ANY_WHOLE.fullmatch(said_of["whole"] or "") else None


def _listed(sentence: Sentence) -> Iterator[Check]:
    """Yield the check of shares in a row: three or more that are said to be all, or that add up to 100 %."""
    row: list[Number] = []
    for number in [*sentence.numbers, None]:
        if number and _goes_on(sentence, row, number):
            row.append(number)
            continue
        if len(row) > 1:
            made = _hundred(row)
            lead = sentence.text[: row[0].start - sentence.start]
            claimed = (bool(_COMPLETE.search(lead[-40:])) and "分别" in row[0].left) or bool(_REST.match(row[-1].left))
            if (claimed and not _RATE.search(row[0].left)) or (len(row) > 2 and made.verdict == HOLDS):
                yield made
        row = (
            [number]
            if number
            and (
                _said_of(number)
                or (number.share and number.level and _RATE.search(number.left))
                or (number.share and "分别占" in number.left)
            )
            else []
        )


def _goes_on(sentence: Sentence, row: Sequence[Number], number: Number) -> bool:
    if not row or not number.share or not number.level:
        return False
    gap = between(sentence, row[-1], number)
    if re.fullmatch("[、和及,]", gap):
        return True
    if _RATE.search(row[-1].left) and _RATE.search(number.left):
        return gap.startswith("、")
    said_of = _said_of(number)
    return bool(said_of) and not re.search("[;:]", gap) and not _PART.search(gap) and not said_of["whole"] and "占" in gap  # type: ignore[index]


def _hundred(shares: Sequence[Number]) -> Check:
    expected = Interval(_HUNDRED, _HUNDRED)
    low = sum((share.range.low for share in shares), Decimal(0))
    high = sum((share.range.high for share in shares), Decimal(0))
    loose = any(not share.exact for share in shares)
    slack = sum((share.step for share in shares), Decimal(0)) / 2
    if low <= _HUNDRED <= high:
        verdict, reason = (UNDECIDABLE, "bound") if loose else (HOLDS, "")
    elif low - slack <= _HUNDRED <= high + slack or loose:
        verdict, reason = UNDECIDABLE, "bound" if loose else "rounding"
    else:
        verdict, reason = FAILS, ""
    total = sum((share.value for share in shares), Decimal(0))
    arithmetic = f"{' + '.join(share.figure for share in shares)} = {total:f}%, of 100%"
    return check("share", verdict, shares, shares[-1], arithmetic, expected, reason)


def whole_number_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of percentages of a small number of cases."""
    for whole, share in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        if not _is_small(whole) or not share.share or not share.level or not share.exact or not share.printed[0].isdigit():
            continue
        if _OTHERS.match(share.after) or share.seen.status == "reference":
            continue
        among, sampled = _AMONG.fullmatch(plain(share.gap)), _SAMPLE.search(whole.left) and _RESULT.fullmatch(share.gap)
        sampled = sampled or _INSPECTED.fullmatch(share.gap)
        if (among or sampled) and _HUNDRED / whole.value > share.step * 2:
            yield _cases(whole, share, _second(sentence, whole))


def _is_small(number: Number) -> bool:
    whole = number.value == number.value.to_integral_value() and 1 < number.value <= 1000
    return whole and number.exact and number.level and not number.share and number.counts not in ("人次", "元")


def _second(sentence: Sentence, whole: Number) -> bool:
    """Say whether another count stands in one list with the whole, so that the percentage may be of that one."""
    at = sentence.numbers.index(whole)
    before = sentence.numbers[at - 1] if at else None
    return before is not None and _is_count(before) and not re.search("[,;。:]", between(sentence, before, whole))


def _cases(whole: Number, share: Number, unsure: bool) -> Check:
    below = (share.value * whole.value / 100).to_integral_value(ROUND_FLOOR)
    near = min((below, below + 1), key=lambda cases: abs(cases / whole.value * 100 - share.value))
    miss = abs(near / whole.value * 100 - share.value)
    if miss <= share.step / 2:
        verdict, reason = HOLDS, ""
    elif miss < share.step:
        verdict, reason = UNDECIDABLE, "rounding"
    else:
        verdict, reason = (UNDECIDABLE, "which_whole") if unsure else (FAILS, "")
    possible = [f"{cases:f} / {whole.figure} = {cases / whole.value * 100:.2f}%" for cases in (below, below + 1) if cases <= whole.value]
    low, high = (below / whole.value * 100, (below + 1) / whole.value * 100)
    expected = Interval(low, low) if verdict == HOLDS and near == below else Interval(high, high) if verdict == HOLDS else None
    return check("whole_number", verdict, (whole, share), share, f"{', '.join(possible)}, printed {share.figure}", expected, reason)
