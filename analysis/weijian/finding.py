"""Whether a pattern of many words occurs in a text at all, asked quickly.

In: a regular expression. Out: the characters that it can begin or end with, so that most texts need not be searched; and another
expression that finds the same places, and nothing else of the match. A search skips from one possible beginning to the next only
where a pattern begins with a set of characters; the words of the codebook begin with look-behinds and groups, so the set is worked
out here and put in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, cast

_NO_WIDTH = ("ASSERT", "ASSERT_NOT", "AT")
_WIDEST = 64  # a set that holds a range wider than this skips nothing


class _Late:
    """A pattern that compiles itself when the first of its methods is asked for, and keeps them."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern)
        for method in ("search", "match", "fullmatch", "sub", "split", "findall", "finditer"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used; of those that few texts need, a first short text needs hardly any.

    >>> late("签约率?").findall("签约与签约率")
    ['签约', '签约率']
    """
    return cast("re.Pattern[str]", _Late(pattern))


def beginnings(pattern: str) -> frozenset[str]:
    """Return the characters that a match of a pattern can begin with; raise ValueError where that may be any, or none.

    >>> sorted(beginnings("(?<!不)(?:力争|计划)|确?保"))
    ['保', '力', '确', '计']
    """
    return _edge(parser.parse(pattern), last=False)


def endings(pattern: str) -> frozenset[str]:
    """Return the characters that a match of a pattern can end with; raise ValueError where that may be any, or none.

    >>> sorted(endings("(?:目标|计划)(?:值|为)?$"))
    ['为', '值', '划', '标']
    """
    return _edge(parser.parse(pattern), last=True)


@cache
def finder(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches one character wherever ``pattern`` begins to match.

    >>> finder("(?<!不)(?:力争|计划)|确?保").search("年度计划").span(), finder("(?<!不)计划").search("不计划")
    ((2, 3), None)
    """
    try:
        begins = "".join(map(re.escape, sorted(beginnings(pattern))))
    except ValueError:
        return re.compile(pattern)
    return re.compile(f"[{begins}](?<=(?={pattern})(?s:.))")


def _edge(parts: Sequence[tuple[Any, Any]], *, last: bool) -> frozenset[str]:
    characters, empty = _at_edge(parts, last)
    if empty:
        raise ValueError("the pattern can match nothing")
    return frozenset(characters)


def _at_edge(parts: Sequence[tuple[Any, Any]], last: bool) -> tuple[set[str], bool]:
    """Return the characters that a parsed pattern can begin or end with, and whether it can match nothing."""
    found: set[str] = set()
    for name, argument in reversed(parts) if last else parts:
        characters, empty = _of_part(str(name), argument, last)
        found |= characters
        if not empty:
            return found, False
    return found, True


def _of_part(name: str, argument: Any, last: bool) -> tuple[set[str], bool]:
    if name in _NO_WIDTH:
        return set(), True
    if name == "LITERAL":
        return {chr(argument)}, False
    if name == "IN":
        return set(_members(argument)), False
    if name == "SUBPATTERN" and not (argument[1] or argument[2]):  # its flags
        return _at_edge(argument[3], last)
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        characters, empty = _at_edge(argument[2], last)
        return characters, empty or argument[0] == 0
    if name == "BRANCH":
        branches = [_at_edge(branch, last) for branch in argument[1]]
        return set().union(*(characters for characters, _ in branches)), any(empty for _, empty in branches)
    raise ValueError(f"the pattern can match any character ({name})")


def _members(parts: Iterable[tuple[Any, Any]]) -> Iterable[str]:
    """Yield the characters of a set."""
    for name, argument in parts:
        first, last = (argument, argument) if str(name) == "LITERAL" else argument if str(name) == "RANGE" else (0, _WIDEST)
        if last - first >= _WIDEST:
            raise ValueError("the pattern can match nearly any character")
        yield from map(chr, range(first, last + 1))
