"""The words that own a number, and the indicators that they name.

In: the drafts of a sentence, with owner, status and scope of each measure. Out: the same with words, stage, and indicators.
"""

from __future__ import annotations

from collections.abc import Sequence

from weijian.cues import cues
from weijian.finding import late
from weijian.indicators import candidates
from weijian.nouns import of_several
from weijian.phrases import core, counted
from weijian.runs import Draft
from weijian.status import NOT_YET, stage_of, without_stage
from weijian.subjects import BUILDS, FOUND, Subject

# What is still being built, and how many there are for each so many, is no count of what there is.
_NO_COUNT = late(rf"(?:{cues('unfinished')})的?$|每(?:[百千万]|十万)[^,;]{{0,14}}(?:拥有|配备|配置|设有|有)[^,;]{{0,14}}$")


def name(drafts: Sequence[Draft]) -> None:
    """Add the words that own each number of a sentence, the stage of what is counted, and the indicators that it may be of."""
    for draft in drafts:
        place, subject, quantity = draft.place, draft.subject, draft.place.token.quantity
        assert quantity is not None
        own, wide = draft.words = _words(draft)
        if quantity.unit in ("家", "个", "所", "间"):
            draft.stage = stage_of(place, subject.text if place.token.form == "cell" else subject.verb)
        if draft.status[0] != "reference" and not (draft.entry and draft.entry.completion):
            draft.named = _indicator(draft, own, wide)
        if not draft.named[0] and draft.stage in NOT_YET:  # what is only nominated is none of those named, but touches their indicator
            draft.named = _indicator(draft, without_stage(own), without_stage(wide))[0], "", ""
        if draft.named[1] and (of_several(place) or _NO_COUNT.search(place.left)):
            draft.named = draft.named[0], "", ""


def _indicator(draft: Draft, own: str, wide: str) -> tuple[tuple[str, ...], str, str]:
    """Return the indicators that a measure may be of, the one when there is one alone, and the row of rules.csv behind it."""
    quantity = draft.place.token.quantity
    assert quantity is not None
    context = f"{wide}|{draft.place.lead[-80:]}|{'|'.join(draft.setting.headings[:2])}"
    found = candidates(own, wide, context, quantity.unit, draft.kind)
    if not found:
        return (), "", ""
    codes = tuple(dict.fromkeys(code for code, _ in found))
    return (codes, codes[0], str(found[0][1])) if len(codes) == 1 else (codes, "", "")


def is_some(subject: Subject) -> bool:
    """Say whether a part is named by its whole and what sets it apart: 社区卫生服务中心达到推荐标准."""
    return subject.rule == "part" and subject.text.startswith(subject.parent)


def _words(draft: Draft) -> tuple[str, str]:
    """Return the words that own a number, and the same with what they inherit."""
    place, subject = draft.place, draft.subject
    if subject.rule in ("right", "acts"):
        own = f"{subject.verb}|{subject.text}" if place.adjoins else f"{place.left[-8:]}|{subject.text}"
    elif subject.rule == "coordinated":  # of several that share a deed none is the whole
        own = f"{place.left[-8:]}|{place.right[:24]}"
    elif subject.rule == "respective" or (is_some(subject) and not core(place.left)):
        own = f"{subject.text}|"
    elif subject.rule == "part" or (subject.rule in ("dependent", "acting") and FOUND.match(core(place.left))):
        own = f"{place.left}|{place.right[:24]}"
    else:
        verb = subject.verb if BUILDS.fullmatch(subject.verb) else ""
        own = f"{verb}|{counted(subject.text)}|{counted(place.left[-30:])}|{place.right[:24]}"
    return own, f"{subject.parent}|{subject.verb}|{own}"
