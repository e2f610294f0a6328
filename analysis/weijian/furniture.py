"""Page furniture: what the page adds to the report, such as navigation, metadata, share buttons and footers.

In: the lines of a text. Out: for each line its kind of furniture, or "" for the body, and what the metadata
say. Furniture is recognised by its general kinds, the rows of ``codebook/furniture.csv``: some wherever they
stand, some only in the head of the page (up to the first sentence or numbered heading) or in its tail (from a
line that closes the report to the end of the page, as long as nothing like a sentence follows).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import FOLDER, codebook
from weijian.documents import Line
from weijian.errors import CodebookError
from weijian.finding import finder
from weijian.metadata import DATES, Pair, read_pairs
from weijian.schema import file_of
from weijian.titles import is_title

_LONGEST = 160
_LONGEST_HEAD = 80
_BODY = re.compile("[。；;！!？?]|[:：,，]$")
_LABELLED = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\\d{1,2}[.．、](?!\\d|jpg|png)|[①-⑳|]")
_TOOL_WORD = re.compile("[^\\d。；;，,:：、年月日]{1,20}")
_OFFICE = re.compile("(?:委员会|委|局|厅|办公室|政府|中心|医院|院|集团|协会)$")
_ON_NEXT_LINE = (*DATES, "source", "reach", "number", "index_number")
_MATCHES = ("whole", "start", "inside")


class _Rule(NamedTuple):
    kind: str
    edge: bool
    closes: bool


class _Rules(NamedTuple):
    patterns: dict[tuple[str, bool], re.Pattern[str]]
    rules: tuple[_Rule, ...]


class Page(NamedTuple):
    """The kind of every line ("" is body), where the head ends, and the pairs of metadata with their lines."""

    kinds: list[str]
    head_end: int
    pairs: list[tuple[Line, Pair]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rules = []
    parts: dict[tuple[str, bool], list[tuple[int, str]]] = {(match, edge): [] for match in _MATCHES for edge in (False, True)}
    for number, row in enumerate(codebook().rows("furniture")):
        rules.append(_Rule(row["kind"], row["zone"] == "edge", row["closes"] == "yes"))
        key = (row["match"], row["zone"] == "edge")
        if key not in parts:
            raise _unusable(number, row["match"])
        parts[key].append((number, row["pattern"]))
    return _Rules({key: _joined(alternatives) for key, alternatives in parts.items() if alternatives}, tuple(rules))


def _joined(alternatives: list[tuple[int, str]]) -> re.Pattern[str]:
    """Return one pattern for several rows; each is compiled alone only to say which of them is wrong."""
    try:
        return re.compile("|".join(f"(?P<r{number}>{pattern})" for number, pattern in alternatives))
    except re.error as joined:
        for number, pattern in alternatives:
            try:
                re.compile(pattern)
            except re.error as trouble:
                raise _unusable(number, trouble) from None
        raise _unusable(alternatives[0][0], joined) from None


def _unusable(number: int, trouble: object) -> CodebookError:
    where = f"{file_of(FOLDER / 'furniture.csv')}, row {number + 2}"
    return CodebookError(f"cannot be used: {trouble}", where=where, remedy="correct the pattern; match is whole, start or inside")


def _rule_for(text: str, edge: bool) -> _Rule | None:
    patterns, rules = _rules()
    for match in _MATCHES:
        pattern = patterns.get((match, edge))
        if pattern is None or (match == "inside" and not finder(pattern.pattern).search(text)):
            continue
        found = (pattern.fullmatch, pattern.match, pattern.search)[_MATCHES.index(match)](text)
        if found and found.lastgroup:
            return rules[int(found.lastgroup[1:])]
    return None


def read_page(lines: Sequence[Line]) -> Page:
    """Say of every line what furniture it is, if any, and read the metadata of the page.

    >>> from weijian.documents import lines
    >>> read_page(list(lines("当前位置:首页 > 文件\\n2024年工作总结\\n一、概况。很好。\\n1.jpg\\n上一条:流感"))).kinds
    ['navigation', '', '', 'image', 'navigation']
    """
    found = [_rule_for(line.text, False) if len(line.text) <= _LONGEST else None for line in lines]
    kinds = [rule.kind if rule else "" for rule in found]
    head_end = next((i for i, line in enumerate(lines) if not kinds[i] and _ends_head(line.text)), len(lines))
    pairs = _read_head(lines, kinds, head_end)
    pairs += _read_tail(lines, kinds, [bool(rule and rule.closes) for rule in found], head_end)
    return Page(kinds, head_end, pairs)


def _ends_head(text: str) -> bool:
    if not (_LABELLED.match(text) or len(text) > _LONGEST_HEAD or _BODY.search(text)):
        return False
    return bool(_LABELLED.match(text)) or not (is_title(text) or read_pairs(text) or _edge_kind(text))


def _read_head(lines: Sequence[Line], kinds: list[str], end: int) -> list[tuple[Line, Pair]]:
    pairs: list[tuple[Line, Pair]] = []
    for i in range(end):
        found = read_pairs(lines[i].text)
        if not found and i:
            found = _value_of_line_before(lines[i - 1], lines[i])
        if found:
            pairs += [(lines[i], pair) for pair in found]
        kinds[i] = "metadata" if found else kinds[i] or _edge_kind(lines[i].text)
    title = next((i for i in range(end) if not kinds[i] and is_title(lines[i].text)), 0)
    for i in range(1, title):  # what stands between the page's tools and the title belongs to them
        if not kinds[i] and kinds[i - 1] and _is_tool_word(lines[i].text):
            kinds[i] = kinds[i - 1]
    return pairs


def _value_of_line_before(key: Line, value: Line) -> list[Pair]:
    """A key alone on its line has its value on the next one, with no empty line between."""
    keyed = read_pairs(key.text)
    if len(keyed) != 1 or keyed[0].value or value.start - key.end > 2 or len(value.text) > 30 or _BODY.search(value.text):
        return []
    pairs = read_pairs(key.text + value.text)
    if not pairs or not pairs[0].value or pairs[0].field not in _ON_NEXT_LINE or is_title(value.text):
        return []
    return [pair._replace(start=pair.start - len(key.text), end=pair.end - len(key.text)) for pair in pairs]


def _edge_kind(text: str) -> str:
    rule = _rule_for(text, True) if len(text) <= _LONGEST else None
    return rule.kind if rule else ""


def _is_tool_word(text: str) -> bool:
    return bool(_TOOL_WORD.fullmatch(text)) and not is_title(text) and not _OFFICE.search(text)


def _read_tail(lines: Sequence[Line], kinds: list[str], closing: list[bool], head_end: int) -> list[tuple[Line, Pair]]:
    start = len(lines)
    while start > head_end and _can_be_tail(lines[start - 1].text, kinds[start - 1]):
        start -= 1
    closed = next((i for i in range(start, len(lines)) if closing[i]), len(lines))
    pairs: list[tuple[Line, Pair]] = []
    for i in range(closed, len(lines)):
        if not kinds[i]:
            found = read_pairs(lines[i].text)
            pairs += [(lines[i], pair) for pair in found]
            kinds[i] = "metadata" if found else _edge_kind(lines[i].text) or kinds[i - 1]
    return pairs


def _can_be_tail(text: str, kind: str) -> bool:
    if kind or _edge_kind(text) or _is_tool_word(text):
        return True
    return bool(read_pairs(text)) and not _LABELLED.match(text)
