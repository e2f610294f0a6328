"""Which definition of an indicator a report states: which numerator over which denominator.

In: an indicator with the words that own its number and the clause that leads to it. Out: a code of
``codebook/definitions.csv``, or ``unknown``: one name has several definitions, and where the words fit none of them, or
several, nothing is guessed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from weijian.codebook import codebook

UNKNOWN = "unknown"


def definition_of(indicator: str, own: str, clause: str) -> str:
    """Return the definition that the words state, ``unknown`` when they state none, and nothing without an indicator.

    ``own`` are the words that own the number, with its unit behind a bar; ``clause`` is what leads to it.

    >>> definition_of("fd_sign_rate", "本区常住居民签约率|%", ""), definition_of("fd_sign_rate", "签约率|%", "")
    ('fd_sign_rate.residents', 'unknown')
    """
    if not indicator:
        return ""
    stated = [code for code, cue, never, context in _stated(indicator) if _fits(cue, never, context, own, clause)]
    return stated[0] if len(stated) == 1 else UNKNOWN


def _fits(cue: re.Pattern[str], never: re.Pattern[str] | None, context: re.Pattern[str], own: str, clause: str) -> bool:
    return bool(cue.search(own) and context.search(clause)) and not (never and never.search(own))


@lru_cache(maxsize=128)
def _stated(indicator: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str]], ...]:
    """Return code and patterns of each definition that words can state; a cue that is not given always fits."""
    return tuple(
        (row["definition"], re.compile(row["cue"]), re.compile(row["never"]) if row["never"] else None, re.compile(row["context"]))
        for row in codebook().rows("definitions")
        if row["indicator"] == indicator and (row["cue"] or row["context"])
    )
