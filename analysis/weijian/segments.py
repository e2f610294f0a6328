"""Sentences as words: jieba with the terms of the codebook, and the words that are worth counting.

In: sentences of bodies. Out: their words, in order. Nothing is cached on disk and nothing is logged; the same text gives the same
words in every run.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from weijian.codebook import codebook

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_WORD = re.compile("[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z+]+")
_NO_WORD = "x"


def counted_words(sentences: Iterable[str], places: Collection[str] = ()) -> Iterator[str]:
    """Yield the words of sentences that are worth counting: two characters or more, no numbers, no stop words.

    ``places`` are the codes of places whose names are left out, with those of the places that they are part of and of their parts;
    full names of places are left out in any case.

    >>> list(counted_words(["全市家庭医生签约率达到46.35%,新增医共体三个。"]))
    ['家庭医生签约率', '新增', '医共体']
    """
    cut, left_out = _tokenizer().cut, _names_around(frozenset(places))
    for sentence in sentences:
        for word in cut(sentence):
            if _WORD.fullmatch(word) and word not in left_out and not _is_stop_word(word):
                yield word


@cache
def dictionary() -> tuple[dict[str, int], int]:
    """Return jieba's words and how often they stand in its texts, read from its file, without the cache it keeps in a shared folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's patterns and imports are of an older Python
        import jieba
        from jieba import finalseg  # noqa: F401  (its tables are loaded here, not with the first sentence)
    made = jieba.Tokenizer()
    words: tuple[dict[str, int], int] = made.gen_pfdict(made.get_dict_file())
    return words


@cache
def _tokenizer() -> Any:
    """Return jieba with the codebook's terms."""
    words, total = dictionary()
    import jieba  # after the dictionary, which keeps its warnings back

    made = jieba.Tokenizer()
    made.FREQ, made.total, made.initialized = words, total, True  # the terms are put into the dictionary itself: nobody else has it
    for term, part_of_speech in _terms().items():
        made.add_word(term, tag=part_of_speech)
    return made


@cache
def _terms() -> dict[str, str]:
    """Return the words that stay whole, each with its part of speech: the names of indicators, the cues of themes that are plain words,
    and the terms, of which those marked x are no words."""
    book = codebook()
    spoken = [row["cue"] for row in book.rows("theme_cues") if row["use"] == "speaks"]
    named = [row["name_zh"] for row in book.rows("indicators")]
    whole = dict.fromkeys((word for word in (*spoken, *named) if _HAN.fullmatch(word)), "n")
    listed = {row["term"]: row["part_of_speech"] for row in book.rows("terms")}
    return {term: part for term, part in (whole | listed).items() if part != _NO_WORD}


@cache
def _stop_words() -> re.Pattern[str]:
    return re.compile("|".join(row["word"] for row in codebook().rows("stop_words")))


@lru_cache(maxsize=65536)
def _is_stop_word(word: str) -> bool:
    return bool(_stop_words().fullmatch(word)) or word in _full_names()


@cache
def _full_names() -> frozenset[str]:
    return frozenset(row["name"] for row in codebook().rows("places"))


@cache
def _names_around(codes: frozenset[str]) -> frozenset[str]:
    """Return the short names of places, of those that they are part of, and of their parts: elsewhere such names are words as well."""
    known = codebook().by_key("places")
    chain: set[str] = set()
    for code in codes:
        while code in known and code not in chain:
            chain.add(code)
            code = known[code]["parent"]
    return frozenset(row["short_name"] for row in known.values() if row["code"] in chain or row["parent"] in chain)
