"""Phrases around a number: what leads to it, what rounds it off, and what is left to say of whom it is.

In: the words on either side of a number. Out: the same without function words, dates, verbs of reporting, and
with what two phrases share said once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from weijian.cues import cues
from weijian.finding import beginnings, endings, finder, late

_VERBS, _ADVERBS = cues("verb"), cues("adverb")
_ONLY_LEADS = re.compile(rf"(?:{_VERBS}|{_ADVERBS}|\d+年|[、“”()])*$")
_LEAD_BEGINS, _LEAD_ENDS = beginnings(rf"{_VERBS}|{_ADVERBS}|[、“”()0-9]"), endings(rf"{_VERBS}|{_ADVERBS}|[年、“”()]")
_VERB_START, _VERB_BEGINS = re.compile(rf"(?:{_VERBS})"), beginnings(_VERBS)
_OPENING = late(rf"^[（(][一二三四五六七八九十]+[)）]|^(?:{cues('opens')})+(?=.{{4}})")
_VERB_END = re.compile(rf"(?:{_VERBS})(?:了|过)?(?:{_ADVERBS})*$")
BULLETS = "●•◆■▲※★➢◎○"
"""The marks that a line of a list may begin with."""
HEAD = re.compile(
    r"^(?:其中[:,]?|全年|今年|去年|本年度|年内|年底前|目前|截至目前|截至[^,]{0,12}?[底末日止],?|现已|现有|现|已经|已|共计|累计|先后|率先|还|另有|另|并且|并|且|均|各(?![类级地项])|都|同时|此外|自|力争|争取|计划(?!生育)|确保|预计|对照|对标|比照|参照|按照|"
    r"[一二三四五六七八九十]+[是、]|[①-⑳]|\(?[一二三四五六七八九十]+\)|"
    rf"[、的了:){BULLETS}]|"
    r"年末|(?:到|至|比|较|为|降为|升至)?\d{4}年(?:度|底|末)?|\(?\d{1,2}[.、)]|\d{1,2}月(?:份|底)?|第[一二三四五六七八九十]+季度|上半年|下半年|(?:完成|实现|开展|组织|共)(?=[^,]{4})|(?:全[市区县省州]|辖区(?:内)?)?(?:共有|现有|拥有|设有|建有)(?=[^,]{2}))+"
)
_DATES = re.compile(
    r"(?:(?:(?:由|从|(?<![增减升降提高长加少低短缩涨扩大])[到至]|比|较)?\d{4}年(?:度|底|末)?|(?:[由从]|(?<=[增减升降提高长加少低短缩涨扩大][到至]))(?:去年|上年|上一年|年初|前年|今年|原来|原先|最初|此前)(?:同期|底|末)?)的?)+$"
)
_SEAM = late(r"^.{6,}(?:项目|工作|任务|建设|管理)(?:完成|启动|开展)(?=.{4})")
TAIL = re.compile(
    r"(?:(?<!下)达到了?|(?<!下)达|共有|共计|合计|总计|共|(?<!累)计|为|有|(?<![签预节续])约|近|超过|超|已|至少|突破|占|占到|占比达|各|(?<![平人日年户月])均为?|均达到?|(?:转|提|扩|压缩|压减|调整|调|涨|变更?|延长|增|减|升|降)(?:到|至|为)|增加[到至为]|增长[到至为]|提高[到至为]|提升[到至为]|上升[到至为]|扩大[到至为]|"
    r"下降[到至为]|降低[到至为]|减少[到至为]|缩短[到至为]|降[到至为]|升[到至为]|稳定在|保持在|控制在|维持在|不低于|不少于|不超过|不高于|高达|仅为|仅|分别|分别为|分别达到?|依次为|的|了|就|到|至|在|要|已达|实现|力争|确保|计划|预计|"
    r"是|由|从|不足|逾|大于|小于|低于|高于|≥|≤|>|<|=|:|—|-|“|,)+$"
)
_ENDING = re.compile(r"(?:工作|等|任务|情况|等工作|的|了|活动)$")
_DOES, _BUILDS = re.compile(rf"^.*(?:{cues('builds')})(?=.{{3}})"), finder(cues("builds"))
_LONGEST_TAIL = 16
REGION = re.compile(r"[\u4e00-\u9fff]{1,4}(?:区|县|市|镇|乡|街道)(?:仅|只有|达|为)?")


@lru_cache(maxsize=8192)
def core(phrase: str) -> str:
    """Return a phrase without the words that only lead to a number.

    >>> core("其中重点人群签约率达到"), core("截至2023年底,全市共有")
    ('重点人群签约率', '全市')
    """
    phrase = _SEAM.sub("", HEAD.sub("", phrase))
    phrase = without_tail(_DATES.sub("", without_tail(phrase)))
    return phrase.strip("、 ")


def without_tail(phrase: str) -> str:
    """Return a phrase without the words that introduce a number at its end (达到, 共有, 超过)."""
    tail = TAIL.search(phrase, max(0, len(phrase) - _LONGEST_TAIL))
    return phrase[: tail.start()] if tail else phrase


def only_leads(phrase: str) -> bool:
    """Say whether a phrase holds nothing but verbs and adverbs, so that the noun must be elsewhere.

    >>> only_leads("全年累计完成"), only_leads("社区出院病人")
    (True, False)
    """
    return not phrase or (phrase[0] in _LEAD_BEGINS and phrase[-1] in _LEAD_ENDS and bool(_ONLY_LEADS.match(phrase)))


def without_opening(heading: str) -> str:
    """Return a heading without its number and the verb and adverbs that open it.

    >>> without_opening("二是持续完善县内名老中医师承库")
    '县内名老中医师承库'
    """
    return _OPENING.sub("", _OPENING.sub("", HEAD.sub("", heading)))


def starts_with_verb(phrase: str) -> bool:
    """Say whether a phrase begins with a verb of doing or reporting."""
    return phrase[:1] in _VERB_BEGINS and bool(_VERB_START.match(phrase))


def ends_with_verb(phrase: str) -> bool:
    """Say whether a phrase ends with a verb that wants an object, so that the noun follows the number."""
    return bool(_VERB_END.search(phrase[-8:]))


def counted(phrase: str) -> str:
    """Return what a phrase counts, without what is done to it and by whom.

    >>> counted("乡镇卫生院各新建儿童友好诊室")
    '儿童友好诊室'
    """
    return _DOES.sub("", phrase) if _BUILDS.search(phrase) else phrase


def joined(owner: str, left: str) -> str:
    """Return an owner with what it owns, what both say being said once.

    >>> joined("本区常住居民签约", "签约率"), joined("家庭医师签约累计", "签约率")
    ('本区常住居民签约率', '家庭医师签约率')
    """
    owner = re.sub(r"(?<=..)(?:累计|共计)$", "", owner)
    if owner.endswith(left):
        return owner
    for length in (4, 3, 2):
        if len(owner) > length and owner.endswith(left[:length]) and len(left) > length:
            return owner + left[length:]
    return owner + left


def shared_words(before: str, left: str) -> str:
    """Return what a listed noun shares with the one before it: 全国医养结合(示范区), 示范机构.

    >>> shared_words("全国医养结合示范区", "示范机构")
    '全国医养结合'
    """
    at = before.find(left[:2]) if len(left) <= 6 else -1
    return before[:at] if at >= 2 else ""


def trim(phrase: str) -> str:
    """Return a phrase that follows a number without the words that round it off."""
    phrase = phrase[:40]
    previous = None
    while previous != phrase:
        previous, phrase = phrase, _ENDING.sub("", phrase)
    return phrase
