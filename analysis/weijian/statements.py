"""The statements of a report: its clauses, each with the one figure that it gives or with none.

In: a Reading. Out: ``Statement`` records, and which of them are commitments: a target figure, or a deed with an object that can be
seen. Whether a clause reports or promises, the genre of the report and the headings above it say. A clause with two figures becomes
two statements, parted where the list goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from weijian.comparability import SHARES
from weijian.folding import Folded, fold
from weijian.indicators import themes_in
from weijian.outline import Outline, Setting
from weijian.periods import EARLIER, last_year
from weijian.promises import NUMBERING, listed, promised_stage
from weijian.records import Observation, Reading, Report
from weijian.traditional import simplified
from weijian.units import quantity_of

_CLOSED = r"\([^()\n]{0,60}\)|《[^》\n]{0,60}》|“[^”\n]{0,40}”"
_CLAUSE = re.compile(rf"(?:{_CLOSED}|\d,\d{{3}}(?!\d)|[^,;:|。!?！\n])+")
_SENTENCE_MARK = re.compile("[。!?！\n]")
_JOINT = re.compile(r"、|以及|并|和|及|与|(?=\([^)]*$)")
_AIM = re.compile(r"(?:全年|年度|年初|原|本年)?(?:计划|目标|任务)[^,;。]{0,8}\d")
_AIM_BEFORE = re.compile(r"(?<=[。\n])(?:全年|年度|年初|原|本年)?(?:计划|目标|任务)[^,;。\n]{0,24},$")
_NORM = re.compile(r"每(?:$|[^,;。]{0,14}?(?:至少|不少于)?(?:配置|建设|建成|设置|设立|配备|布设|建有|创建|打造)(?:至少|不少于)?$)")
"""What leads to a norm for each unit, which is no count: 每30-50万人口配置一家, 每个县至少建设1个."""
_BEFORE = re.compile(r"([^,;:|。!?！\n]+),$")
_AMOUNT = re.compile(r"\d[\d.]*|[一两二三四五六七八九十]+(?=[个家所张处支名间])")
_NEAR = 40
_KINDS = ("level", "change_rel", "change_abs")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause with at most one figure; ``start`` and ``end`` are offsets into the text, ``words`` is the folded clause.

    ``context`` is summary or plan, ``year`` the year it reports on or plans for, ``sentence`` the ordinal of its sentence in the
    document, ``clause`` where the whole clause begins. ``lead`` is the clause before in its sentence, ``more`` the next one where it
    goes on about the same thing (目前正在装修), ``headings`` the headings above it, ``aims`` targets restated in the same clause.
    """

    report: Report
    context: str
    year: int
    start: int
    end: int
    quote: str
    words: str
    sentence: int
    clause: int
    lead: str
    more: str
    headings: str
    themes: tuple[str, ...]
    figure: Observation | None = None
    aims: tuple[Observation, ...] = ()


def statements(reading: Reading) -> list[Statement]:
    """Return the statements of a document that report or promise, in order; linear in the text.

    >>> from weijian.reading import read
    >>> found = statements(read("青江市2023年卫生健康工作要点\\n新建护理站5家,启动评估。"))
    >>> [(each.context, each.year, each.words, each.figure.value if each.figure else None) for each in found]
    [('plan', 2023, '新建护理站5家', Decimal('5')), ('plan', 2023, '启动评估', None)]
    """
    return list(_Cutter(reading).statements())


def is_commitment(said: Statement) -> bool:
    """Say whether a statement of a plan can be checked: it sets a figure for its year, or promises a deed with an object.

    >>> from weijian.reading import read
    >>> plan = "青江市2023年卫生健康工作要点\\n加强队伍建设,启动护理站评估,完善工作机制,护理站达到5家。"
    >>> [said.words for said in statements(read(plan)) if is_commitment(said)]
    ['启动护理站评估', '护理站达到5家']
    """
    if said.figure:
        counted = said.figure.kind == "level" and said.figure.bound == "=" and quantity_of(said.figure.unit) not in SHARES
        held = counted and re.match(listed("keeps"), NUMBERING.sub("", said.words))  # 深化3个县的行动: they are there already
        return not held and last_year(said.figure.period) in (0, said.year)
    return sets_a_norm(said.words) or bool(promised_stage(said.words))


def sets_a_norm(words: str) -> bool:
    """Say whether a clause promises so much for each unit, whatever that adds up to.

    >>> sets_a_norm("每个县至少建设1个安宁疗护病区"), sets_a_norm("每千人口床位达到7张")
    (True, False)
    """
    return any(_NORM.search(words, 0, found.start()) for found in _AMOUNT.finditer(words))


class _Cutter:
    """Cuts one document into statements."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._view: Folded = fold(reading.document.text)
        sections = tuple(replace(section, heading=simplified(section.heading)) for section in reading.sections)
        self._outline = Outline(reading.furniture, reading.metadata, reading.reports, sections)
        self._observations = sorted(reading.observations, key=lambda each: each.start)
        self._starts = [each.start for each in self._observations]
        self._titles = {report.title for report in reading.reports}

    def statements(self) -> Iterator[Statement]:
        text, sentence, done = self._view.text, 0, 0
        for clause in _CLAUSE.finditer(text):
            sentence += len(_SENTENCE_MARK.findall(text, done, clause.start()))
            done = clause.end()
            start = self._view.source(clause.start())
            setting = self._outline.setting_at(start)
            stands = setting.report is not None and setting.year is not None and setting.context in ("summary", "plan")
            if stands and not self._outline.is_furniture(start) and clause.group() not in self._titles:
                yield from self._of_clause(clause, setting, sentence)

    def _of_clause(self, clause: re.Match[str], setting: Setting, sentence: int) -> Iterator[Statement]:
        within = self._within(*clause.span())
        wanted = "target" if setting.context == "plan" else "actual"
        if wanted == "actual" and _AIM.match(clause.group()):
            return  # a summary that repeats what the plan said
        told = [each for each in within if each.status == wanted and each.kind in _KINDS and each.period != EARLIER]
        found = [each for each in told if not self._is_norm(clause, each)]
        aims = self._aims(clause) if found and wanted == "actual" else ()
        cuts = [self._cut(one, other) for one, other in pairwise(found)]
        numbered = NUMBERING.match(clause.group())
        begins = clause.start() + (numbered.end() if numbered else 0)
        firsts, lasts = [begins, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), clause.end()]
        figures: list[Observation | None] = [*found] or [None]
        for first, last, figure in zip(firsts, lasts, figures, strict=True):
            yield self._statement((first, last), setting, (sentence, self._view.source(clause.start())), figure, aims)

    def _is_norm(self, clause: re.Match[str], seen: Observation) -> bool:
        return bool(_NORM.search(self._view.text, clause.start(), self._position(seen.start)))

    def _within(self, first: int, last: int) -> list[Observation]:
        """Return the observations in a stretch of the view."""
        start, end = self._view.span(first, last)
        return self._observations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _aims(self, clause: re.Match[str]) -> tuple[Observation, ...]:
        """Return the targets that a clause restates, or the clause next to it when that does nothing else (年度计划20家)."""
        aims = [each for each in self._within(*clause.span()) if each.status == "target"]
        behind = self._next(clause.end())
        before = _AIM_BEFORE.search(self._view.text, max(0, clause.start() - _NEAR), clause.start())
        if behind and _AIM.match(behind.group()):
            aims += self._within(*behind.span())
        return tuple(aims + (self._within(*before.span()) if before else []))

    def _next(self, position: int) -> re.Match[str] | None:
        """Return the next clause of a sentence, where only a comma parts it from the position."""
        return _CLAUSE.match(self._view.text, position + 1) if self._view.text[position : position + 1] == "," else None

    def _cut(self, one: Observation, other: Observation) -> tuple[int, int]:
        """Return where the clauses of two figures end and begin: around the first joint between them, else at the second figure."""
        first, last = self._position(one.end), self._position(other.start)
        joint = _JOINT.search(self._view.text[first:last])
        return (first + joint.start(), first + joint.end()) if joint else (last, last)

    def _position(self, offset: int) -> int:
        """Return the position of the view that stands for an offset of the text."""
        return bisect_left(range(len(self._view.text)), offset, key=self._view.source)

    def _statement(
        self, stretch: tuple[int, int], setting: Setting, order: tuple[int, int], figure: Observation | None, aims: tuple[Observation, ...]
    ) -> Statement:
        assert setting.report is not None and setting.year is not None
        start, end = self._view.span(*stretch)
        words, text = self._view.text[slice(*stretch)], self._reading.document.text
        headings = self._headings(setting)
        themes = figure.themes if figure else themes_in(words) or themes_in(headings)
        lead, more = self._lead(stretch[0]), self._more(stretch[1])
        return Statement(
            setting.report, setting.context, setting.year, start, end, text[start:end], words, *order, lead, more, headings, themes, figure, aims
        )  # fmt: skip

    def _lead(self, position: int) -> str:
        """Return the clause before a position, where only a comma parts it from there."""
        before = _BEFORE.search(self._view.text, max(0, position - _NEAR), position)
        return before[1] if before else ""

    def _more(self, position: int) -> str:
        """Return the next clause, where its first words say that it goes on about the same thing."""
        following = self._next(position)
        return following.group() if following and re.match(listed("goes_on"), following.group()) else ""

    def _headings(self, setting: Setting) -> str:
        names, section = [], setting.section
        while section:
            names.append(section.heading)
            section = self._outline.parent_of(section)
        return "|".join(names)
