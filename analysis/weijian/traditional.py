"""Texts in traditional characters are read as if they were in simplified ones, character by character.

In: a text. Out: a text of the same length, so that every offset holds; quotes and titles are cut from the text as it is.
"""

from __future__ import annotations

from functools import lru_cache

from weijian.codebook import codebook

_MARKS = "衛醫務與個為總結會區簽約療護體實義發"
_FEWEST = 2


def simplified(text: str) -> str:
    """Return a text with its traditional characters as simplified ones; a text that is not traditional as it is.

    >>> simplified("全市衛生工作總結"), simplified("著名中醫")
    ('全市卫生工作总结', '著名中醫')
    """
    if sum(mark in text for mark in _MARKS) < _FEWEST:
        return text
    return text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in codebook().rows("traditional")}
