"""The same report in another file: found by its sentences, whatever the format, the punctuation or the page around it.

In: texts. Out: the share of sentences that two of them have in common. Blanks, punctuation, width and the page's own
lines do not matter, as long as the report's sentences are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from zlib import crc32

_ENDS = re.compile("[。；;！!？?\n\r\f]+")
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST = 8
_FEWEST = 5
SAME = 0.8
"""Two texts are one report when the smaller shares this part of its sentences with the other."""


def sentences_of(text: str) -> frozenset[int]:
    """Return a hash for each sentence of a text that is long enough to be its own.

    >>> sentences_of("全市签约居民 320万人，同比增长２%。") == sentences_of("1. 全市签约居民320万人,同比增长2%")
    False
    >>> sentences_of("全市签约居民 320万人，同比增长２%。") == sentences_of("\\n全市签约居民320万人,同比增长2%。\\n打印")
    True
    """
    bare = (_SIGNS.sub("", unicodedata.normalize("NFKC", sentence)) for sentence in _ENDS.split(text))
    return frozenset(crc32(sentence.encode()) for sentence in bare if len(sentence) >= _SHORTEST)


class Shelf:
    """The texts that are there already, to be asked which of them is the same report as another text."""

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        self._holders: dict[int, list[str]] = {}
        self._sizes: dict[str, int] = {}
        for name, text in texts:
            self.put(name, text)

    def put(self, name: str, text: str) -> None:
        """Add a text under a name."""
        sentences = sentences_of(text)
        self._sizes[name] = len(sentences)
        for sentence in sentences:
            self._holders.setdefault(sentence, []).append(name)

    def same_as(self, text: str) -> str:
        """Return the name of the text that is the same report, empty when there is none.

        >>> report = "一季度门诊增长很快。二季度门诊增长较快。三季度门诊保持平稳。四季度门诊略有下降。全年门诊共计百万人次。"
        >>> Shelf([("a", report)]).same_as("首页 > 文件 > 正文 > 打印\\n" + report)
        'a'
        """
        sentences = sentences_of(text)
        shared = Counter(name for sentence in sentences for name in self._holders.get(sentence, ()))
        for name, count in shared.most_common(3):
            smaller = min(len(sentences), self._sizes[name])
            if count >= SAME * smaller and (smaller >= _FEWEST or len(sentences) == self._sizes[name]):
                return name
        return ""
