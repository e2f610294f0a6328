"""Whether a pattern of many words occurs in a text at all, asked quickly.

In: a regular expression. Out: another that finds the same places, and nothing else of the match. A search skips from one
possible beginning to the next only where a pattern begins with a set of characters; the words of the codebook begin
with look-behinds and groups, so the set is worked out here and put in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_NO_WIDTH = ("ASSERT", "ASSERT_NOT", "AT")
_WIDEST = 64  # a set that holds a range wider than this skips nothing


class _AnyCharacter(Exception):
    """A pattern can begin with nearly every character, or with none."""


@cache
def beginnings(pattern: str) -> frozenset[str]:
    """Return the characters that a pattern can begin with; empty where that may be any, or where it can match nothing.

    >>> sorted(beginnings("(?<!不)(?:力争|计划)|确?保"))
    ['保', '力', '确', '计']
    """
    try:
        characters, empty = _first(parser.parse(pattern))
    except _AnyCharacter:
        return frozenset()
    return frozenset() if empty else frozenset(characters)


@cache
def finder(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches one character wherever ``pattern`` begins to match.

    >>> finder("(?<!不)(?:力争|计划)|确?保").search("年度计划").span(), finder("(?<!不)计划").search("不计划")
    ((2, 3), None)
    """
    begins = "".join(map(re.escape, sorted(beginnings(pattern))))
    return re.compile(f"[{begins}](?<=(?={pattern})(?s:.))" if begins else pattern)


def _first(parts: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Return the characters that a parsed pattern can begin with, and whether it can match nothing."""
    found: set[str] = set()
    for name, argument in parts:
        characters, empty = _first_of(str(name), argument)
        found |= characters
        if not empty:
            return found, False
    return found, True


def _first_of(name: str, argument: Any) -> tuple[set[str], bool]:
    if name in _NO_WIDTH:
        return set(), True
    if name == "LITERAL":
        return {chr(argument)}, False
    if name == "IN":
        return {character for part in argument for character in _members(*part)}, False
    if name == "SUBPATTERN" and not (argument[1] or argument[2]):
        return _first(argument[3])
    if name == "MAX_REPEAT" or name == "MIN_REPEAT":
        characters, empty = _first(argument[2])
        return characters, empty or argument[0] == 0
    if name == "BRANCH":
        firsts = [_first(branch) for branch in argument[1]]
        return set().union(*(characters for characters, _ in firsts)), any(empty for _, empty in firsts)
    raise _AnyCharacter


def _members(name: Any, argument: Any) -> str:
    if str(name) == "LITERAL":
        return chr(argument)
    if str(name) == "RANGE" and argument[1] - argument[0] < _WIDEST:
        return "".join(map(chr, range(argument[0], argument[1] + 1)))
    raise _AnyCharacter
