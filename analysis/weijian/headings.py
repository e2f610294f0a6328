"""Headings: 一、 (一) 1. (1) ① 一是, topic sentences and unnumbered part headings, as a tree of sections.

In: the body lines of one report. Out: its sections, in order, each with the stretch of text it governs. A
heading ends at the end of its line, or at the first full stop or colon when the paragraph runs on behind it.
Sections that begin inside a paragraph (一是, topic sentences) end with it; the others end where the next heading
of their rank or a higher one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from weijian.documents import Line
from weijian.records import Report, Section
from weijian.titles import announces_part

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LABELS = (  # the numeral of 三、四级手术 and 一、二年级 counts grades, and numbers no heading
    re.compile(f"(?:{_NUMERAL}|百)\\s*[、．.]\\s*(?!{_NUMERAL}(?:级|年级|季度|类|线|孩|等|甲))|第{_NUMERAL}(?:部分|章|篇)[:：、\\s]*"),
    re.compile(f"[(（〔]\\s*{_NUMERAL}\\s*[)）〕]\\s*"),
    re.compile("\\d{1,2}\\s*[.．、]\\s*(?!\\d|jpe?g|png|gif)"),
    re.compile("[(（]\\s*\\d{1,2}\\s*[)）]\\s*|\\d{1,2}\\s*[)）]\\s*"),
    re.compile("[①-⑳]\\s*"),
)
_FIRST = re.compile("[一二三四五六七八九十第(（〔\\d①-⑳百]")
# Begins with a set, not with a repeated one or with what must stand before: searching is faster so.
_ENUM = re.compile("([一二三四五六七八九十][一二三四五六七八九十]{0,2})[是要](?=[\u4e00-\u9fff“])")
_ENUM_BEFORE = "。；;：:,，！!？?、”’》）) \t\u3000\xa0"
_STOP = re.compile("[。：:；;]")
_COMMA = re.compile("[,，]|(?:制定|制发|印发|出台|下发|发布|完成)?《")
_NUMBERED_FACT = re.compile("\\d(?<![\\d.]\\d)(?!\\d{3}年|\\d*(?:\\.\\d+)?(?:版|G|\\+))")
_TOPIC = re.compile("[^。\\d；;：:|]{4,25}。(?=.)")
_FACT = re.compile("入选|完成|获|荣|建成|实现|召开|举办|印发|出台|制定|成立|现将|特此|根据|按照")
_INLINE_TOPIC = re.compile("。([^。,，；;：:“”《》()（）、\\d\\n]{6,20})(?=。[^\\n])")
_GAP = re.compile("[\u4e00-\u9fff]{4,16}(?=[ \t\u3000\xa0]+(?:[\u4e00-\u9fff]{4}|20\\d\\d年))")  # （二）基层能力提升 建成社区医院4家。
_SAYS = re.compile("[,，\\d]")
_STATES = (  # how such a sentence ends
    *("提升", "强化", "推进", "加强", "深化", "完善", "落实", "显著", "加快", "夯实", "布局", "提高", "突破", "改善", "增强", "巩固"),
    *("扩大", "优化", "提速", "健全", "发展", "改革", "推动", "见效", "有序", "有力", "有效", "稳固", "拓展", "延伸", "升级", "建设"),
)
_PROGRESS = re.compile("按|已|将|完成|启动|成立|项目")
_VERB_FIRST = re.compile(
    "推进|加强|强化|深化|完善|落实|加快|夯实|提高|提升|改善|增强|巩固|扩大|优化|健全|推动|开展|组织|制定|积极|大力|全面|持续|"
    "扎实|深入|有序|稳步|着力|不断|切实|进一步|严格|继续|努力|支持|鼓励|引导|指导|协助|依托|围绕|聚焦|坚持|做好|做实|抓好|发展|促进|配合"
)
_PART, _TOPIC_RANK, _INLINE_RANK, _ENUM_RANK = 0, 6, 7, 8
_LONGEST_HEADING, _LONGEST_RUN_IN, _LONGEST_PART = 80, 45, 40


class Heading(NamedTuple):
    """A heading with its rank (0 a part, 1 一、 … 5 ①, 6 and 7 topic sentences, 8 一是) and where its text ends.

    ``limit`` is the end of its paragraph when it governs no more than that, otherwise 0.
    """

    start: int
    rank: int
    label: str
    end: int
    limit: int


def label_rank(line: str) -> int:
    """Return the rank of the numbering that a line begins with, 0 when it begins with none.

    >>> label_rank("一、概况"), label_rank("(二)推进"), label_rank("12.加强"), label_rank("(3)落实"), label_rank("4.7万人")
    (1, 2, 3, 4, 0)
    """
    if not _FIRST.match(line):
        return 0
    return next((rank for rank, label in enumerate(_LABELS, start=1) if label.match(line)), 0)


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Return the headings of a report's body lines, without the title, in order.

    >>> from weijian.documents import lines
    >>> [(h.rank, h.label) for h in find_headings(list(lines("一、医改\\n(一)基层。一是强基。二是提质。\\n1.jpg")))]
    [(1, '一、'), (2, '(一)'), (8, '一是'), (8, '二是')]
    """
    found: list[Heading] = []
    expected = 1
    for line in lines:
        opening = _opening(line)
        if opening:
            found.append(opening)
        if len(line.text) > 5:
            inside, expected = _inside(line, expected if not opening else 1)
            found += inside
    return found


def _opening(line: Line) -> Heading | None:
    """The heading that a line begins with."""
    rank = label_rank(line.text)
    if rank:
        label = _LABELS[rank - 1].match(line.text)
        assert label is not None
        end = label.end() + _heading_length(line.text[label.end() :])
        return Heading(line.start, rank, label.group().rstrip(), line.start + end, 0)
    if len(line.text) <= _LONGEST_PART and announces_part(line.text):
        return Heading(line.start, _PART, "", line.end, 0)
    topic = _TOPIC.match(line.text)
    if topic and not _FACT.match(line.text) and not _ENUM.match(line.text):
        # A paragraph of several topic sentences has them side by side; one that only opens it stands above them.
        rank = _INLINE_RANK if _is_topic(topic.group()[:-1]) else _TOPIC_RANK
        return Heading(line.start, rank, "", line.start + topic.end() - 1, line.end)
    return None


def _heading_length(text: str) -> int:
    """How much of a line, behind its label, is the heading; 0 when a sentence begins there at once."""
    stop = _STOP.search(text)
    gap = _GAP.match(text) if stop else None
    if gap and stop and _SAYS.search(text, gap.end(), stop.start()):
        return gap.end()
    if stop is None and len(text) <= _LONGEST_HEADING:
        cut = _COMMA.search(text) if "《" in text else None
        return len(text) if cut is None else _cut_length(text)
    if stop is not None and stop.start() <= _LONGEST_RUN_IN and not _is_fact(text[: stop.start()]):
        return stop.start()
    return _cut_length(text)


def _cut_length(text: str) -> int:
    """A heading that runs into its sentence without a full stop ends before 制定《 or at its first comma."""
    cuts = [cut.start() for cut in _COMMA.finditer(text, 0, _LONGEST_RUN_IN + 3) if cut.start() <= _LONGEST_RUN_IN]
    titled = [cut for cut in cuts if text[cut] not in ",，"]
    for cut in titled[:1] + cuts[:1]:
        if cut >= 4 and not _is_fact(text[:cut]):
            return cut
    return 0


def _is_fact(words: str) -> bool:
    return bool(_NUMBERED_FACT.search(words)) and "“" not in words


def _inside(line: Line, expected: int) -> tuple[list[Heading], int]:
    """The headings inside a paragraph, and the number that the next 一是, 二是, … must have."""
    text, offset = line.text, line.start
    found = []
    for match in _ENUM.finditer(text):
        number = _number(match[1])
        if number not in (1, expected) or (match.start() and text[match.start() - 1] not in _ENUM_BEFORE):
            continue
        expected = number + 1
        end = match.end() + _heading_length(text[match.end() : match.end() + 2 * _LONGEST_HEADING])
        found.append(Heading(offset + match.start(), _ENUM_RANK, match.group(), offset + end, line.end))
    labelled = {heading.start for heading in found}
    for topic in _INLINE_TOPIC.finditer(text):
        if _is_topic(topic[1]) and offset + topic.start(1) not in labelled:
            found.append(Heading(offset + topic.start(1), _INLINE_RANK, "", offset + topic.end(), line.end))
    found.sort()
    return found, expected


def _is_topic(sentence: str) -> bool:
    """Whether a short sentence names a field of work and its state, as 基层服务水平明显提升 does."""
    return sentence.endswith(_STATES) and not _VERB_FIRST.match(sentence) and not _PROGRESS.search(sentence)


def _number(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    digits = "一二三四五六七八九"
    value = digits.find(ones) + 1 if ones else 0
    return value + 10 * ((digits.find(tens) + 1) if tens else 1) if mark else digits.find(numeral) + 1


def tree(report: Report, text: str, headings: Sequence[Heading]) -> Iterator[Section]:
    """Yield the headings of a report as sections that nest; ``heading`` is the text from the label on.

    >>> from weijian.documents import lines
    >>> text = "一、医改\\n(一)基层。一是强基。\\n二、老龄"
    >>> report = Report("a#1", "a", 1, 0, len(text))
    >>> [(s.depth, s.heading, text[s.start : s.end][-3:]) for s in tree(report, text, find_headings(list(lines(text))))]
    [(1, '一、医改', '强基。'), (2, '(一)基层', '强基。'), (3, '一是强基', '强基。'), (1, '二、老龄', '、老龄')]
    """
    ends = _ends(headings, report.end)
    open_sections: list[tuple[int, Section]] = []
    for heading, end in zip(headings, ends, strict=False):
        while open_sections and open_sections[-1][1].end <= heading.start:
            open_sections.pop()
        end = min(end, open_sections[-1][1].end) if open_sections else end
        while text[end - 1].isspace():
            end -= 1
        above = open_sections[-1][1] if open_sections else None
        section = Section(
            key=f"{report.key}/{heading.start}",
            report=report.key,
            parent=above.key if above else "",
            depth=above.depth + 1 if above else 1,
            label=heading.label,
            heading=text[heading.start : heading.end],
            start=heading.start,
            end=end,
        )
        open_sections.append((heading.rank, section))
        yield section


def _ends(headings: Sequence[Heading], end: int) -> list[int]:
    """Where each heading's stretch ends: at the next heading of its rank or a higher one, or with its paragraph."""
    ends = [end] * len(headings)
    waiting: list[int] = []
    for index, heading in enumerate(headings):
        while waiting and headings[waiting[-1]].rank >= heading.rank:
            ends[waiting.pop()] = heading.start
        waiting.append(index)
    return [min(stop, heading.limit) if heading.limit else stop for stop, heading in zip(ends, headings, strict=False)]
