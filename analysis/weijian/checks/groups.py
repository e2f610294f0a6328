"""Totals with their parts in prose: 其中 A x、B y; A x、B y,合计 z; 共 z(A x、B y); 分别为; a total in the sentence before.

In: a sentence with its numbers. Out: groups of a total and its parts. A group is complete where the text says so, or where its parts are
opposites that leave nothing out (男 and 女).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from weijian.checks.numbers import Number, Sentence, alike, between, make_a_whole, plain, said
from weijian.checks.wholes import Group, agrees, first_agreeing
from weijian.cues import cues
from weijian.phrases import core

_PART = re.compile(said("part"))
_TOTAL = re.compile(rf"(?P<lead>[^,;:、\d]{{0,6}}?)(?:{said('total')})(?:为|达到?|是|约)?")
_FRAME = re.compile(f"{said('frame')}*(?:[两三四五六]项|[两三四五六]者|以上|前[两二三]个?季度|[两三四]个?(?:院区|季度))?")
_WEAK_TOTAL = re.compile("(?:一?共|总)(?:有|为)?")
_SUM = re.compile(said("sum"))
_COMPLETE, _KINDS = re.compile(said("complete")), re.compile("[两二三四五六]大?(?:类|部分|种|块)")
_EACH = re.compile(said("each"))
_FROM, _TO = re.compile(r"(?:由|从)(?:[^,;。]{0,6}的)?$"), re.compile(r"(?:[^,;。]{0,6})(?:到|至)$")
_OPEN = re.compile(r"\((?:其中|含|包括|不含|如|较|同比|占)")
_DOES = re.compile(rf"(?:为|对|向|在|{cues('verb')})")
_MOST_PARTS = 60  # longer lists are no parts of one total
_COLON = re.compile(":[^,;、。:]{0,12}")
_REST = re.compile("剩余|其余|余下|尚余|尚有")
_AMONG = re.compile("[^,;:。]{0,16}(?<![高初集其])中,[^,;:。]{0,8}")
_NEAR = 8
_SIDE = re.compile("[,;:、]")


def groups(sentence: Sentence) -> list[Group]:
    """Return the groups of a sentence: those behind 其中, in brackets, before 合计, and behind a total."""
    found = [*_behind_part(sentence), *_in_brackets(sentence), *_before_total(sentence), *_with_rest(sentence), *_out_of(sentence)]
    taken = {id(group.total) for group in found}
    found += [group for group in _behind_sum(sentence) if id(group.total) not in taken]
    return found


def _behind_part(sentence: Sentence) -> Iterator[Group]:
    """Yield the groups behind 其中 and the like, one inside another where it restricts twice."""
    openers = [number for number in sentence.numbers if _opens(number)]
    for opener in openers:
        columns = _columns(sentence, sentence.numbers.index(opener))
        for first, within in columns or [(opener, sentence)]:
            yield from _from_opener(within, first, openers)


def _columns(sentence: Sentence, index: int) -> list[tuple[Number, Sentence]]:
    """Return the first parts of two totals that are parted together, each with the sentence without the other unit: 线上5期、312人次."""
    run = sentence.numbers[index : index + 4]
    units = [number.seen.unit for number in run]
    if len(run) < 4 or units[0] == units[1] or units[:2] != units[2:] or len(core(run[1].left)) > 2:
        return []
    found = []
    for first, other in (run[:2], run[1::-1]):
        kept = [number for number in sentence.numbers if number.seen.unit != other.seen.unit]
        found.append((first, replace(sentence, numbers=kept)))
    return found


def _from_opener(sentence: Sentence, opener: Number, openers: Sequence[Number]) -> Iterator[Group]:
    numbers = sentence.numbers
    index = numbers.index(opener)
    total, sure = _total_before(sentence, index)
    if total is None:
        return
    nested = {at for at, number in enumerate(numbers) if index < at <= index + _MOST_PARTS and number in openers}
    lead = sentence.text[: opener.start - sentence.start][-40:]
    for wide in (True, False):
        parts = tuple(_parts(sentence, index, total, nested, wide))
        behind = sentence.text[parts[-1].end - sentence.start :]
        complete = bool(_COMPLETE.search(lead) or _KINDS.match(behind)) or make_a_whole(parts)
        group = Group(total, parts, complete, True, sure)
        agreeing = first_agreeing(group) if wide else group
        if agreeing:
            yield agreeing
            return


def _out_of(sentence: Sentence) -> Iterator[Group]:
    """Yield a total and what is listed of it: 23个项目中,竣工9个、在建14个."""
    numbers = sentence.numbers
    for index, total in enumerate(numbers[:-2]):
        if not total.level or total.share or not _AMONG.fullmatch(numbers[index + 1].gap):
            continue
        parts = [numbers[index + 1]]
        for number in numbers[index + 2 : index + _MOST_PARTS]:
            if not number.gap.startswith("、"):
                break
            parts.append(number)
        if len(parts) > 1 and all(_may_be_part(part, total) for part in parts):
            yield Group(total, tuple(parts))


def _opens(number: Number) -> bool:
    found = _PART.search(number.gap)
    return found is not None and number.level and not number.share and "(" not in plain(number.gap[found.end() :])


def _total_before(sentence: Sentence, index: int) -> tuple[Number | None, bool]:
    """Return the nearest number before 其中 that counts the same, and whether it must be the one."""
    first = sentence.numbers[index]
    ahead = [number for number in sentence.numbers[max(0, index - _MOST_PARTS) : index] if _may_be_part(number, first)]
    if ahead:
        near = ahead[-1]
        joined = len(ahead) > 1 and not _PART.search(between(sentence, ahead[-2], first).replace(near.gap, ""))
        alone = not joined or bool(_PART.search(near.gap)) or ";" in near.gap or bool(_SUM.search(near.left))
        return near, alone
    before = sentence.before
    if before is None or not re.match(r"\s*(?:全[市区县省])?" + said("part"), sentence.text):
        return None, False
    ahead = [number for number in before.numbers if _may_be_part(number, first)]
    if not ahead:
        return None, False
    return (ahead[-1], True) if len(ahead) == 1 else (None, False)


def _may_be_part(number: Number, of: Number) -> bool:
    """Say whether a number counts what another counts, and not per head or per day."""
    whole = number.level and not number.share and not _EACH.search(number.left) and number.seen.status != "reference" and not number.earlier
    size = number.printed.endswith(("以上", "以下", "以内")) and bool(number.right)  # 500张以上的医院
    return whole and not size and not _EACH.search(of.left) and alike(number, of)


def _parts(sentence: Sentence, index: int, total: Number, nested: set[int], wide: bool) -> list[Number]:
    """Return the numbers from an index on that are listed as parts of a total; ``wide`` past semicolons too."""
    numbers = sentence.numbers
    parts = [numbers[index]]
    separator, inner = "、" if re.search("、(?:其中|包括)", numbers[index].gap) else "", False
    for at in range(index + 1, min(len(numbers), index + _MOST_PARTS)):
        number = numbers[at]
        between_them = between(sentence, parts[-1], number)
        if at in nested:
            inner = True
        if inner and ";" not in number.gap:
            continue
        if ";" in number.gap and not (wide or inner):
            break
        inner = False
        if number.depth > numbers[index].depth or number.share or not number.level:
            continue
        if _FROM.search(parts[-1].left) and _TO.match(number.left):
            parts[-1] = number
            continue
        mark = _separator(number.gap if separator else between_them)
        separator = separator or mark
        if not _continues(number, parts, separator, between_them):
            break
        if mark != "、" and number.range.low > total.range.high:
            break  # what alone exceeds the total is another thing
        parts.append(number)
    return parts


def _separator(gap: str) -> str:
    """Return the strongest mark of a gap."""
    return next((mark for mark in ";:," if mark in gap), "、")


def _continues(number: Number, parts: Sequence[Number], separator: str, gap: str) -> bool:
    """Say whether a number goes on with a list of parts."""
    if not _may_be_part(number, parts[0]) or _TOTAL.fullmatch(number.left) or _WEAK_TOTAL.fullmatch(number.left):
        return False
    if separator == "、" and _separator(gap) != "、":
        return False
    starts = _DOES.match(number.left) and not _DOES.match(_PART.split(parts[0].left)[-1])
    return not (starts and separator != "、")


def _in_brackets(sentence: Sentence) -> Iterator[Group]:
    """Yield totals with their parts in the brackets behind them; two totals may be parted in one pair of brackets."""
    numbers = sentence.numbers
    for index, total in enumerate(numbers[:-1]):
        behind = re.match(r"[^,;:。()]{0,14}\(", total.after)
        inside = numbers[index + 1]
        if not behind or total.share or not total.level or inside.depth <= total.depth or _OPEN.search(total.after):
            continue
        parts = []
        for number in numbers[index + 1 : index + _MOST_PARTS]:
            if number.depth <= total.depth:
                break
            parts.append(number)
        units = [part.seen.unit for part in parts]
        two = len(parts) > 3 and units[0] != units[1] and units == (units[:2] * len(units))[: len(units)]
        for whole in (total, numbers[index - 1]) if two and index else (total,):
            own = [part for part in parts if not two or part.seen.unit == whole.seen.unit]
            if len(own) > 1 and all(_may_be_part(part, whole) for part in own):
                yield Group(whole, tuple(own), bool(_SUM.search(whole.left) or _COMPLETE.search(whole.left)) or make_a_whole(own))


def _before_total(sentence: Sentence) -> Iterator[Group]:
    """Yield what is listed before 合计 and the like."""
    for index, total in enumerate(sentence.numbers):
        if not total.level or total.share or not (_TOTAL.fullmatch(total.left) or _WEAK_TOTAL.match(total.left)):
            continue
        parts = _listed_before(sentence, index)
        strong, weak = _says_total(total, parts)
        if len(parts) < 2 or not (strong or weak):
            continue
        for first in range(len(parts) - 1):
            fewer = Group(total, tuple(parts[first:]), True)
            if agrees(fewer):
                yield fewer
                break
        else:
            listed = all(_separator(part.gap) == "、" for part in parts[1:])
            if strong or (listed and _WEAK_TOTAL.fullmatch(total.left)):
                there = total.left.startswith("共有") and not _WEAK_TOTAL.fullmatch(total.left)  # what there is, listed or not
                yield Group(total, tuple(parts), not there)


def _says_total(total: Number, parts: Sequence[Number]) -> tuple[bool, bool]:
    """Return whether a number is worded as the total of what is before it, surely or perhaps."""
    found = _TOTAL.fullmatch(total.left)
    if found:
        named = found["lead"] and set(found["lead"]) <= set("".join(part.left for part in parts))  # 门急诊 of 门诊 and 急诊
        return bool(named or _FRAME.fullmatch(found["lead"])), True
    weak = _WEAK_TOTAL.match(total.left)
    deed = total.left[weak.end() :] if weak else ""
    return bool(deed) and all(deed in part.words for part in parts), bool(weak) and not deed


def _listed_before(sentence: Sentence, index: int) -> list[Number]:
    """Return the numbers before a total that are alike and listed without a break."""
    total = sentence.numbers[index]
    parts: list[Number] = []
    for number in reversed(sentence.numbers[max(0, index - _MOST_PARTS) : index]):
        if number.depth > total.depth or not number.level or number.share:
            continue
        if not _may_be_part(number, total):
            break
        parts.insert(0, number)
        if _separator(number.gap) in ";:" or _PART.search(number.gap):
            break
    return parts


def _with_rest(sentence: Sentence) -> Iterator[Group]:
    """Yield a total with a part and the rest: 排查隐患120处,整改110处,剩余10处."""
    for index, rest in enumerate(sentence.numbers):
        if not _REST.match(rest.left) or not rest.level or rest.share:
            continue
        near = sentence.numbers[max(0, index - _NEAR) : index]
        same = [number for number in near if number.seen.unit == rest.seen.unit and _may_be_part(number, rest)]
        for at, total in enumerate(same[:-1]):
            group = Group(total, (same[-1], rest), True, claimed=len(same) == 2 and at == 0)
            if agrees(group) or (group.claimed and total.range.low > max(part.range.high for part in group.parts)):
                yield group
                break


def _behind_sum(sentence: Sentence) -> Iterator[Group]:
    """Yield a total whose parts follow without 其中: complete behind a colon, otherwise only where they agree."""
    numbers = sentence.numbers
    for index, total in enumerate(numbers[:-2]):
        told = _COLON.fullmatch(between(sentence, total, numbers[index + 1]))
        if not total.level or total.share or not (told or _SUM.search(total.left)):
            continue
        parts = []
        for number in numbers[index + 1 : index + _MOST_PARTS]:
            if number.share or not number.level:
                continue
            if not _may_be_part(number, total) or number.depth != total.depth or _PART.search(number.gap):
                break
            parts.append(number)
        if len(parts) < 2:
            continue
        colon = ":" in between(sentence, total, parts[0]) and not _SIDE.search(total.left)
        group = Group(total, tuple(parts), complete=colon, claimed=colon)
        yield first_agreeing(group) or group
