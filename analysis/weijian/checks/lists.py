"""A stated count against what is listed: A、B、C等3家; 3个站(A、B、C); 5项工作:一是…五是….

In: a sentence with its numbers. Out: checks. 等 leaves a list open when fewer are listed than counted; a name may hold 和, so that a list
has a least and a greatest number of members, and only a count outside both fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from weijian.checks.numbers import Number, Sentence, said
from weijian.checks.verdicts import FAILS, HOLDS, UNDECIDABLE, Check, check
from weijian.cues import cues
from weijian.intervals import Interval

_COUNTED = re.compile(said("counted_off"))
_CLOSED = re.compile(r"\([^()]*\)|《[^》]*》|“[^”]*”|\"[^\"]*\"")
_ADJOINING = re.compile(r"([”》])(?=[“《])")
_AND = re.compile("和|及|与|以及")
_OPEN_END = re.compile(r"等(?:共|共计|合计|[^、,;:。“”]{2,6}共)?$")
_INSIDE = re.compile(r"等(?!级|待|离|量)|的")
_NO_LIST = re.compile("其中|含|包括|不含|如|以下|简称|即|除|见|原|较|同比|占|按|附|详|截|试行|暂行|一期|国家正在")
_BRACKET = re.compile(r"([^,;:。()、]{0,14})\(([^()]*)\)")
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_FIRST = re.compile(r"[^,;:。()、\d]{0,14}([:。,;—]+)\s*(一是|一要)")
_COLON = re.compile(r"([^,;:。()、\d]{0,14}):([^;:。\n]+)[;。\n]")
_VERB = re.compile(rf"(?:{cues('verb')})+$")
_MOST, _SEARCHED = 30, 6000


def list_checks(sentence: Sentence) -> Iterator[Check]:
    """Yield the checks of the counts of a sentence."""
    for number in sentence.numbers:
        if not _is_count(number):
            continue
        made = _before(number) or _in_brackets(number) or _numbered(sentence, number) or _behind_colon(sentence, number)
        if made:
            yield made


def _is_count(number: Number) -> bool:
    whole = number.value == number.value.to_integral_value() and 2 <= number.value <= _MOST
    return whole and number.exact and number.level and bool(_COUNTED.fullmatch(number.seen.unit))


def members(listed: str) -> tuple[int, int]:
    """Return the least and the greatest number of members of a list.

    >>> members("甲、乙和丙"), members("“甲和乙”“丙”")
    ((2, 3), (2, 2))
    """
    listed = _ADJOINING.sub(r"\1、", listed)
    bare = _CLOSED.sub("某", listed)
    least = 1 + bare.count("、")
    ends = [part for part in bare.split("、") if part]
    least = min(least, len(ends))
    return least, least + (len(_AND.findall(ends[-1])) if ends else 0)  # 和 stands before the last member; elsewhere it is part of a name


def _judged(number: Number, listed: str, is_open: bool) -> Check | None:
    least, most = members(listed)
    if most < 2:
        return None
    count = int(number.value)
    if least <= count <= most:
        verdict = HOLDS
    elif count > most:
        verdict = UNDECIDABLE if is_open or count > most + 2 else FAILS
    else:
        verdict = FAILS
    counted = str(least) if least == most else f"{least} to {most}"
    reason = "open_list" if verdict == UNDECIDABLE else ""
    return check(
        "list_count", verdict, [number], number, f"listed {counted}, printed {number.figure}", Interval(*_decimals(least, most)), reason
    )


def _decimals(least: int, most: int) -> tuple[Decimal, Decimal]:
    return Decimal(least), Decimal(most)


def _listed(gap: str) -> str:
    """Return the list at the end of a gap: what stands behind the last mark, quotes and brackets being closed."""
    masked = _CLOSED.sub(lambda found: "某" * (found.end() - found.start()), gap)
    cut = max(masked.rfind(mark) for mark in ",;:。(—") + 1
    return gap[cut:]


def _before(number: Number) -> Check | None:
    """Return the check of a list in front of its count; without 等 only what agrees is sure to be one."""
    listed = _listed(number.gap)
    ending = _OPEN_END.search(listed)
    body = listed[: ending.start()] if ending else listed.removesuffix("共")
    whole = body
    inside = [found.end() for found in _INSIDE.finditer(_CLOSED.sub(lambda found: "某" * (found.end() - found.start()), body))]
    body = body[inside[-1] :] if inside else body
    if "、" not in _ADJOINING.sub(r"\1、", body) or not body or _VERB.search(body.split("、")[-1]):
        return None
    made = _judged(number, body, bool(ending))
    if made and made.verdict == FAILS and (body != whole or not ending):
        return None  # where the list begins is not certain
    return made if ending or (made and made.verdict == HOLDS) else None


def _in_brackets(number: Number) -> Check | None:
    found = _BRACKET.match(number.after)
    if not found or _NO_LIST.match(found[2]) or "、" not in found[2] or re.search("[,;:。]", found[2]):
        return None
    if any(len(member) < 2 for member in found[2].split("、")):
        return None  # 县(市、区)
    is_open = found[2].endswith("等")
    return _judged(number, found[2].removesuffix("等"), is_open)


def _numbered(sentence: Sentence, number: Number) -> Check | None:
    """Return the check of a count with 一是, 二是 and so on behind it, as far as the line goes."""
    first = _FIRST.match(sentence.whole, number.end, number.end + 60)
    if not first:
        return None
    ending = first[2][1]
    line = sentence.whole[number.end : number.end + _SEARCHED].split("\n", 1)[0]
    at, last = line.find(first[2]) + 2, 1
    for ordinal in _ORDINALS[1:]:
        behind = line.find(ordinal + ending, at)
        again = re.compile(rf"(?<![十唯统之第同]){first[2]}").search(line, at)
        if behind < 0 or (again and again.start() < behind):
            break
        at, last = behind + len(ordinal) + 1, last + 1
    count = int(number.value)
    if last < 2 or (last != count and ":" not in first[1]):
        return None  # only a colon says that these are they
    verdict = HOLDS if last == count else FAILS
    exact = Interval(*_decimals(last, last))
    return check("list_count", verdict, [number], number, f"listed {last}, printed {number.figure}", exact)


def _behind_colon(sentence: Sentence, number: Number) -> Check | None:
    """Return the check of a list behind a colon; it fails only when more are listed than counted."""
    found = _COLON.match(sentence.whole, number.end, number.end + 200)
    if not found or "、" not in found[2] or re.search(r"\d|,", found[2]):
        return None
    made = _judged(number, found[2].removesuffix("等"), found[2].endswith("等"))
    return made if made and (made.verdict == HOLDS or int(number.value) > members(found[2])[1]) else None
