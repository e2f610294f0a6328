"""A view of the text in which the small grammars can be simple, with the way back to the text itself.

Full-width digits, letters and punctuation become their ASCII forms, traditional characters simplified ones, and blanks
disappear, except between two ASCII letters or digits, where a blank separates. The text itself is never rewritten: every
position of the view leads back to the character it stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from weijian.traditional import simplified

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE.update({ord(a): ord(b) for a, b in zip("﹪∶〜∼─–―−", "%:~~———-", strict=True)})
_FORMS = re.compile("[！-～﹪∶〜∼─–―−]")
_BLANK = "[ \\t\\r\\u00a0\\u1680\\u2000-\\u200d\\u2060\\u202f\\u205f\\u3000\\ufeff\\u00ad]"
_BLANKS = re.compile(f"{_BLANK}{_BLANK}*")  # re searches for a set itself twice as fast as for a repeated one


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded view of a text: ``text`` to read in, ``source(i)`` for the offset of view position ``i``."""

    text: str
    _starts: list[int] = field(repr=False)
    _shifts: list[int] = field(repr=False)

    def source(self, position: int) -> int:
        """Return the offset in the original text of the character at a position of the view.

        >>> view = fold("门诊 １２ 万")
        >>> view.text, view.source(2)
        ('门诊12万', 3)
        """
        return position + self._shifts[bisect_right(self._starts, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original half-open offsets of a stretch of the view (blanks at its edges left out)."""
        first = self.source(start)
        return (first, first) if start >= end else (first, self.source(end - 1) + 1)


def fold(text: str) -> Folded:
    """Return the folded view of a text; linear in its length.

    >>> fold("签约率 ４６．３５％，PACS 27.35 万").text
    '签约率46.35%,PACS 27.35万'
    """
    wide = narrowed(simplified(text))
    pieces: list[str] = []
    starts, shifts = [0], [0]
    done = length = 0
    for blank in _BLANKS.finditer(wide):
        start, end = blank.span()
        before, after = wide[start - 1 : start], wide[end : end + 1]
        kept = 1 if _joins(before) and _joins(after) else 0
        pieces.append(wide[done:start])
        length += start - done
        if kept:
            pieces.append(" ")
            length += 1
        if end - start > kept:
            starts.append(length)
            shifts.append(end - length)
        done = end
    pieces.append(wide[done:])
    return Folded("".join(pieces), starts, shifts)


def narrowed(text: str) -> str:
    """Return a text of the same length with full-width digits, letters and punctuation in their ASCII forms.

    >>> narrowed("签约率４７％，")
    '签约率47%,'
    """
    return text.translate(_WIDE) if _FORMS.search(text) else text


def _joins(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".%") and character != ""
