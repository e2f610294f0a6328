"""From a measure in its place to an observation: what is measured, of whom, when, and whether it happened.

In: the folded text, its tokens, and the outline's reports and sections. Out: one ``Measured`` for each measure,
in view offsets; ``reading`` turns them into rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby, repeat
from typing import TYPE_CHECKING

from weijian.clauses import Place, Setting, cut_heading, places
from weijian.codebook import codebook
from weijian.finding import late
from weijian.indicators import of_both, themes_in
from weijian.kinds import kind_of
from weijian.naming import is_some, name
from weijian.nouns import is_bare
from weijian.periods import period_of
from weijian.phrases import BULLETS, core, joined, without_opening
from weijian.runs import Draft, settle, shares, with_bound
from weijian.scopes import is_own_place, scope_of
from weijian.shapes import Token
from weijian.status import status_of
from weijian.subjects import Subject, subject_of
from weijian.units import PEOPLE

if TYPE_CHECKING:
    from weijian.entries import Entry

_TIME = re.compile(
    r"(?:截至|到|至)?(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|度)?|[^年]{0,3}分区看|目前|今年以来|[^,]{0,14}时间[^,]{0,4}过半[^,]{0,10}"
)
_CLAUSE_ENDS = ",;:("
_OPENING = re.compile(f"[{BULLETS}]+|[一二三四五六七八九十]是|全年|今年")
_ALSO = re.compile(r"(?<=.{4})(?:工作|[,，并]).*")
_NAMES = 18
# Whom or what all numbers up to the next semicolon are of: 重点人群:签约26.9万人,签约率83.6%.
_GROUP = late(rf"[^\w;:,。]*(?!各位|广大|尊敬)((?=\w)[^,;:。、]{{0,12}}?(?:{PEOPLE.pattern}|卫生室|服务站|服务中心|卫生院)):")
_DECISIONS = ("subject", "status", "period", "scope", "indicator")
_TURN = re.compile("运行情况|情况|均|较|进一步")


@dataclass(slots=True)
class Measured:
    """The understanding of one measure, each field with the rule that gave it in ``rules``."""

    place: Place
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    kind: str
    status: str
    stage: str
    period: str
    subject: str
    scope: str
    themes: tuple[str, ...]
    indicator: str
    candidates: tuple[str, ...]
    decided: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Each decision with the rule, or the row of rules.csv, behind it."""
        return tuple(f"{decision}={rule}" for decision, rule in zip(_DECISIONS, self.decided, strict=True) if rule)


def measure(text: str, tokens: Sequence[Token], setting_at: Callable[[int], Setting]) -> list[Measured]:
    """Return what every measure of a text says, in order.

    Each step goes through the whole text before the next one begins: the patterns of a step then stay in the processor's cache.
    """
    placed = list(places(text, tokens))
    settings = [setting_at(place.token.start) for place in placed]
    for place, setting in zip(placed, settings, strict=True):
        if place.previous is None and setting.headings:
            cut_heading(place, setting.headings[0])
    kinds = [kind_of(place) for place in placed]
    sentences: list[list[Draft]] = []
    for _, sentence in groupby(zip(placed, kinds, settings, strict=True), key=lambda each: each[0].start):
        sentences.append(_drafts(sentence, sentences[-1][-1] if sentences else None))
        settle(sentences[-1])
    for step in (partial(_date, text), _judge, _narrow, name):
        for drafts in sentences:
            step(drafts)
    found: list[Measured] = []
    for drafts in sentences:
        found += _understood(drafts, found[-1] if found else None)
    return found


def _drafts(sentence: Iterable[tuple[Place, tuple[str, int], Setting]], last: Draft | None) -> list[Draft]:
    """Return kind, sign and owner of each measure of a sentence, read one by one; ``last`` is the one before the sentence."""
    drafts: list[Draft] = []
    anchor: Subject | None = None
    for place, (kind, sign), setting in sentence:
        assert place.token.quantity is not None
        entry = _entered(place, setting)
        topic = _headed(entry, place, anchor) or _topic(place, setting, anchor)
        if not topic and last and not drafts and last.place.end == place.start and not themes_in(place.left):
            topic = last.subject.text
        subject = subject_of(place, kind, anchor, topic)
        if subject.rule != "cited" and (kind == "level" or (anchor is None and subject.rule == "left" and kind != "rank")):
            anchor = subject
        group = _GROUP.match(place.clause) if ":" in place.clause else None
        if group and group[1] not in subject.text:
            subject.text, subject.stem = joined(group[1], subject.text), group[1]
        scope = entry.scope if entry else ""
        if subject.rule == "region" and not is_own_place(place.left):
            scope = core(place.left)
        if entry and place.token.form == "cell":
            subject.parent = entry.parent
        drafts.append(Draft(place, kind, sign, subject, place.token.quantity.bound, scope, setting, entry))
    return drafts


def _date(text: str, drafts: list[Draft]) -> None:
    """Add the period of each measure of a sentence."""
    period = ""
    for draft in drafts:
        place, entry = draft.place, draft.entry
        period, rule = period_of(place, text, draft.setting.year, period)
        if draft.period[0]:  # its row's list of years says it
            period, rule = draft.period
        if entry and entry.period and (place.token.form == "cell" or rule in ("report", "none")):
            period, rule = entry.period, "column"
        draft.period = period, rule


def _judge(drafts: list[Draft]) -> None:
    """Add the status of each measure of a sentence."""
    status = ""
    for draft in drafts:
        place, entry = with_bound(draft).place, draft.entry
        status, rule = status_of(place, draft.setting, draft.kind, draft.period[0], status)
        if entry and entry.status and (place.token.form == "cell" or rule == "genre"):
            status, rule = entry.status, "column"
        draft.status = status, rule


def _narrow(drafts: list[Draft]) -> None:
    """Add the scope of each measure of a sentence."""
    scope = ""
    for draft in drafts:
        given = draft.scope or draft.place.token.form == "cell"
        scope, rule = (draft.scope, "list") if given else scope_of(draft.place, draft.setting.place, scope)
        draft.covers = scope, rule


def _understood(drafts: list[Draft], last: Measured | None) -> Iterator[Measured]:
    before = owner = last if last and drafts[0].place.left.startswith("其中") and last.place.end == drafts[0].place.start else None
    for draft in drafts:
        before = _measured(draft, before, owner)
        owner = owner if shares(draft) else before
        yield before


def _entered(place: Place, setting: Setting) -> Entry | None:
    """Return what a table's headers say of a number, and lead to it with their words."""
    cell = place.token.cell
    if cell is None:
        return None
    from weijian.entries import entry_of  # most texts have no table

    entry = entry_of(cell, setting)
    if place.token.form == "cell":
        place.lead, place.left, place.right, place.bracketed = entry.context, "", "", False
    elif not place.previous:
        place.lead = f"{cell.group}|{'|'.join(cell.row)}|{place.lead}"
    return entry


def _headed(entry: Entry | None, place: Place, anchor: Subject | None) -> str:
    """Return what a table's headers say is measured; words in a cell speak of their row."""
    if entry is None:
        return ""
    if place.token.form == "cell":
        return entry.subject
    return entry.row if anchor is None or is_bare(place) else ""


def _topic(place: Place, setting: Setting, anchor: Subject | None) -> str:
    """Return what a sentence is about before its first number: its last full clause, or its heading."""
    heading = setting.headings[0] if setting.headings else ""
    if is_bare(place):
        named = _ALSO.split(without_opening(heading))[0]
        return named if len(named) <= _NAMES else ""
    if anchor:
        return ""  # the measure before it says whose it is
    if heading and place.left.endswith(("率", "率为", "率达", "率达到")) and themes_in(heading):
        return heading[-14:]
    return _topic_of(place.lead) or ("" if place.previous else heading[-14:])


def _topic_of(lead: str) -> str:
    """Return the last full clause of what leads a sentence, up to where it turns to something else."""
    clause = _last_clause(lead)
    clause = clause[found.end() :] if (found := _OPENING.match(clause)) else clause
    return _TURN.split(clause, maxsplit=1)[0][-18:] or clause[-18:]


def _last_clause(lead: str) -> str:
    end = len(lead)
    while end > 0:
        start = max(map(lead.rfind, _CLAUSE_ENDS, repeat(0), repeat(end))) + 1
        if end - start >= 4 and not _TIME.fullmatch(lead, start, end):
            return lead[start:end]
        end = start - 1
    return ""


def _themes(draft: Draft, before: Measured | None) -> tuple[str, ...]:
    """Return the themes of a measure: of its own words, of the measure before it in the chain, of the clause, of the heading."""
    place, subject = draft.place, draft.subject
    own = themes_in(subject.text if subject.rule == "coordinated" else draft.words[0])
    if own:
        return own
    chained = place.previous is not None and ";" not in place.gap[: len(place.gap) - len(place.left)]
    leans = subject.rule not in ("left", "right", "acts") or len(core(place.left)) <= 8
    if chained and leans and before and before.themes:
        return before.themes
    chain = place.lead[place.lead.rfind(";") + 1 :]
    return (themes_in(chain) if not place.previous else ()) or _heading_themes(draft.setting)


def _measured(draft: Draft, before: Measured | None, owner: Measured | None) -> Measured:
    quantity = draft.place.token.quantity
    assert quantity is not None
    themes = _themes(draft, before)
    if owner and shares(draft):
        themes = of_both(owner.themes, themes)
    (period, period_rule), (status, status_rule), (scope, scope_rule) = draft.period, draft.status, draft.covers
    codes, indicator, row = draft.named
    same = is_some(draft.subject) and owner is not None and owner.indicator == indicator  # some of them are not all of them
    indicator, row = ("", "") if scope or same else (indicator, row)
    if indicator:
        themes = of_both((codebook().by_key("indicators")[indicator]["theme"],), themes)
    falls = draft.sign < 0 and draft.kind.startswith("change")
    value = quantity.value * -1 if falls and quantity.value is not None else quantity.value
    return Measured(
        draft.place, value, quantity.low, quantity.high, draft.kind, status, draft.stage, period, draft.subject.text, scope, themes,
        indicator, codes, (draft.subject.rule, status_rule, period_rule, scope_rule, row), _flags(draft),
    )  # fmt: skip


def _heading_themes(setting: Setting) -> tuple[str, ...]:
    for heading in setting.headings:
        themes = themes_in(heading)
        if themes:
            return themes
    return ()


def _flags(draft: Draft) -> tuple[str, ...]:
    quantity = draft.place.token.quantity
    assert quantity is not None
    flags = ["unit_inferred"] if "unit_inferred" in quantity.flags else []
    if draft.subject.rule not in ("left", "right", "acts"):
        flags.append("subject_inferred")
    if draft.period[1] in ("report", "none"):
        flags.append("period_inferred")
    if draft.status[1] == "genre":
        flags.append("status_inferred")
    if draft.kind == "change_abs" and quantity.unit == "%":
        flags.append("points_as_percent")
    if "damaged" in quantity.flags:
        flags.append("misprint")
    return tuple(flags)
