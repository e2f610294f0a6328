"""The words that lead, plan, report and name: the cue words of codebook/cues.csv as regular expressions.

In: the use of the words (verb, adverb, modal, done, …). Out: their alternation, in the order of the table.
"""

from __future__ import annotations

from functools import cache

from weijian.codebook import codebook


@cache
def cues(use: str) -> str:
    """Return the alternation of the cue words of one use, for use inside a group.

    >>> "力争" in cues("modal").split("|")
    True
    """
    return "|".join(row["cue"] for row in codebook().rows("cues") if row["use"] == use)
