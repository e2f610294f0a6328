"""Promises in words: what a clause promises that can be seen later, and how far along a clause says that a thing is.

In: the folded words of a clause. Out: the stage (finished, partly, begun, preparing) that it promises or tells, and what is done.
The words stand in codebook/deeds.csv and codebook/promise_cues.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from weijian.codebook import codebook
from weijian.schema import Row

STAGES = ("preparing", "begun", "partly", "finished")
"""How far along a thing can be, from the least."""
_CAPPING = ("preparing", "partly")
_SHORTEST = 3
NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十]+[)）、是]|[(（]\d{1,2}[)）]|\d{1,2}[.、](?!\d)|[①-⑳])+(?=.)")
"""What numbers a clause: 一是, (二), 3. and the like."""
_QUOTES = re.compile("[“”\"'‘’]")


def alternation(words: Iterable[str]) -> str:
    """Return the alternation of words as a regular expression, the longest first.

    >>> alternation(["建成", "建成投用"])
    '建成投用|建成'
    """
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def listed(use: str) -> str:
    """Return the alternation of the words of one use of promise_cues.csv."""
    return alternation(row["cue"] for row in codebook().rows("promise_cues") if row["use"] == use)


@cache
def deeds(*promise: str) -> str:
    """Return the alternation of the deeds, those of some kinds of promise when these are given."""
    return alternation(row["deed"] for row in codebook().rows("deeds") if not promise or row["promise"] in promise)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lead, promised, things = listed("leads"), deeds("yes", "thing", "exam"), listed("thing")
    return {
        "lead": re.compile(rf"(?:{lead}|[^,]{{2,10}}年(?=完成|实现|建成|启动)|\d+年|对|将)*"),
        "exhorts": re.compile(rf"(?:{listed('exhorts')})(?!成功)"),
        "opens": re.compile(rf"({promised})了?(.*)"),
        "closes": re.compile(rf"(.+?)(?:{lead})*((?:{deeds('yes')})(?:{deeds()}|验收|使用|主体|结构|整体|并|和|、|及)*)$"),
        "between": re.compile(f"(.+?)(?:{listed('between')})(.{{2,}})"),
        "thing": re.compile(rf"(?:{things})(?:\([^()]*\))?$"),
        "exam": re.compile(f"(?:{listed('exam')})$"),
        "abstract": re.compile(rf"(?:{listed('abstract')})$"),
        "whole": re.compile(f"(?:{listed('whole')})"),
        "ordinal": re.compile(r"第[一二三四五六七八九十\d]+[届次轮批期]|首[届次轮批期]"),
        "ahead": re.compile(f"(?:{listed('ahead')})"),
        "deed": re.compile(f"(?:{deeds()})"),
    }


def promised_stage(words: str) -> str:
    """Return the stage that a clause promises of a thing that can be seen, empty when it promises none.

    >>> promised_stage("全面启动第三轮行动计划"), promised_stage("东院区改造通过竣工验收"), promised_stage("加快推进新院区建设")
    ('begun', 'finished', '')
    """
    found = _patterns()
    bare = _QUOTES.sub("", NUMBERING.sub("", words))
    lead = found["lead"].match(bare)
    bare = bare[lead.end() :] if lead else bare
    opened = found["opens"].match(bare)
    if opened:
        return _opened(opened[1], opened[2])
    if found["exhorts"].match(bare):
        return ""
    closed = found["closes"].fullmatch(bare)
    if closed and len(closed[1]) > _SHORTEST and not found["abstract"].search(closed[1]):
        return stage_of(closed[2])
    between = found["between"].fullmatch(bare)
    seen = between and len(between[1]) > _SHORTEST and not found["abstract"].search(between[2])
    return "finished" if seen else ""


def _opened(verb: str, object_: str) -> str:
    """Return the stage that a verb promises of its object, empty when the object cannot be seen."""
    found, row = _patterns(), codebook().by_key("deeds")[verb]
    if len(object_) < _SHORTEST:
        return ""
    if found["abstract"].search(object_):
        return ""
    if found["whole"].search(object_):
        return "finished"
    if row["promise"] == "thing" and found["ordinal"].match(object_):
        return "finished" if row["act"] == "event" else str(row["stage"])
    if row["promise"] in ("thing", "exam") and not found[row["promise"]].search(object_):
        return ""
    return "finished" if row["noun"] else str(row["stage"])  # a promise to build is one to have built


def stage_of(words: str, counted: bool = False, promised: str = "") -> str:
    """Return how far along a clause says that a thing is, empty when no word tells.

    What is ``counted`` is there; a step that was ``promised`` itself (完成招标) is not short of anything.

    >>> stage_of("工程按进度有序推进"), stage_of("新院区建成投用"), stage_of("主体封顶"), stage_of("护理站5家")
    ('begun', 'finished', 'partly', '')
    >>> stage_of("招标工作完成"), stage_of("招标工作完成", promised="完成招标")
    ('preparing', 'finished')
    """
    known = codebook().by_key("deeds")
    told = [known[word] for word in _patterns()["deed"].findall(words)]
    met = {row["stage"] for row in told if not row["noun"]} or _of_nouns(words, told, counted)
    steps = {row["stage"] for row in told if row["stage"] in _CAPPING and row["deed"] not in promised}
    for capping in _CAPPING:
        if capping in steps:
            return capping
    return "finished" if met & {"finished", *_CAPPING} else "begun" if met else ""


def _of_nouns(words: str, told: list[Row], counted: bool) -> set[str]:
    """Return the stages of words that may be nouns: as the verb of a clause (建设护理中心) they tell that it was done."""
    if told and (counted or words.startswith(told[0]["deed"])):
        return {"finished"}
    return {row["stage"] for row in told}


def one_act(promised: str, told: str) -> bool:
    """Say whether what is told can be what was promised: a body that is set up is no body that holds an event.

    >>> one_act("成立救援队", "救援队开展演练"), one_act("成立救援队", "救援队挂牌"), one_act("成立救援队", "救援队有序推进")
    (False, True, True)
    """
    known = codebook().by_key("deeds")
    ours, theirs = ({known[word]["act"] for word in _patterns()["deed"].findall(words)} for words in (promised, told))
    return "" in ours or "" in theirs or bool(ours & theirs)


def speaks_of_deed(words: str) -> bool:
    """Say whether a clause tells that something was done or is under way."""
    return bool(_patterns()["deed"].search(words))


def looks_ahead(words: str) -> bool:
    """Say whether a clause of a summary speaks of what is still to come."""
    return bool(_patterns()["ahead"].match(NUMBERING.sub("", words)))
