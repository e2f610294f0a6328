"""A regular expression of the codebook told in words, for people who read reports and not patterns.

In: a pattern of rules.csv. Out: its alternatives as phrases: what may be missing is left out, a gap is “…”.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHOWN = 3
_ATOM = re.compile(
    r"(?P<look>\((?=\?<?[=!]))|(?P<group>\((?:\?:)?)|(?P<chosen>\[(?:\\.|[^\]\\])*\])|(?P<anchor>[\^$]|\\b)|(?P<digit>\\d)|(?P<any>\.)|\\?(?P<letter>.)"
)
_REPEAT = re.compile(r"(?P<optional>\?|\*|\{0,\d*\})|\+|\{\d+(?:,\d*)?\}")


@lru_cache(maxsize=512)
def phrases(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern as phrases, in its order.

    >>> phrases("(?:健康)?档案[^,。;]{0,6}开放|签约(?!仪式)率?")
    ('档案…开放', '签约')
    >>> phrases("(?:社区|基层)(?:门诊|就诊)$")
    ('社区/基层门诊/就诊',)
    """
    return tuple(dict.fromkeys(filter(None, (_told(part).strip("…|/ ") for part in _parts(pattern)))))


def _parts(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for mark in re.finditer(r"\\.|\[(?:\\.|[^\]\\])*\]|[(|)]", pattern):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if mark.group() == "|" and depth == 0:
            parts.append(pattern[start : mark.start()])
            start = mark.end()
    return [*parts, pattern[start:]]


def _told(part: str) -> str:
    told, at = "", 0
    while atom := _ATOM.match(part, at):
        at = _closing(part, atom.start()) if atom["look"] or atom["group"] else atom.end()
        repeat = _REPEAT.match(part, at)
        at = repeat.end() if repeat else at
        if atom["chosen"] or atom["any"]:
            told += "…" if repeat or atom["any"] or atom["chosen"].startswith(("[^", "[\\")) else atom["chosen"][1:2]
        elif not (repeat and repeat["optional"]):
            told += _inside(part[atom.end() : at]) if atom["group"] else "0" if atom["digit"] else atom["letter"] or ""
    return re.sub("…+", "…", told)


def _inside(group: str) -> str:
    """Tell what a group holds; ``group`` runs from behind its opening to its end, repetition included."""
    found = list(dict.fromkeys(filter(None, map(_told, _parts(group[: group.rindex(")")])))))
    return "/".join(found[:_SHOWN])


def _closing(part: str, start: int) -> int:
    """Return the position behind the bracket that closes the one at ``start``."""
    depth = 0
    for mark in re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]").finditer(part, start):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if depth == 0:
            return mark.end()
    return len(part)
