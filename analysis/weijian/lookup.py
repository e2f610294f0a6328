"""What a person calls an indicator or a place becomes its code: by code, by name in either language, or by a part of one name alone.

In: what was asked for, and the known codes with their names. Out: codes. A word that means nothing, or several things, is an
error that names the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from weijian.errors import ComparisonError
from weijian.schema import Row

Names = Mapping[str, Sequence[str]]
_NEAREST = 5


def codes_of(what: str, asked: str | Iterable[str], names: Names) -> list[str]:
    """Return the code that each word means, each code once; ``names`` gives the names of every code.

    Raises ComparisonError with the nearest five for a word that means no code or several.

    >>> names = {"fd_teams": ("家庭医生团队", "Family-doctor teams"), "fd_sign_rate": ("签约率", "Coverage")}
    >>> codes_of("indicator", ["fd_teams", "签约率", "doctor teams"], names)
    ['fd_teams', 'fd_sign_rate']
    """
    words = [asked] if isinstance(asked, str) else list(asked)
    meant = {word: _meant(word, names) for word in words}
    for word, codes in meant.items():
        if len(codes) != 1:
            problem = f"“{word}” may be more than one {what}" if codes else f"no {what} is called {word}"
            raise ComparisonError(problem, where="compare", remedy=f"Nearest: {listed(_nearest(word, codes, names), names)}")
    return list(dict.fromkeys(codes[0] for codes in meant.values()))


def names_of(rows: Mapping[str, Row]) -> Names:
    """Return the names, in both languages, of rows of the codebook by code.

    >>> names_of({"met": {"name_zh": "达到", "name_en": "met"}})
    {'met': ('达到', 'met')}
    """
    return {code: (row["name_zh"], row["name_en"]) for code, row in rows.items()}


def listed(codes: Iterable[str], names: Names) -> str:
    """Return codes, each with its first name.

    >>> listed(["500000"], {"500000": ("重庆市", "Chongqing")})
    '500000 (重庆市)'
    """
    return ", ".join(f"{code} ({names[code][0]})" if names[code] else code for code in codes)


def _meant(word: str, names: Names) -> list[str]:
    """Return the codes that a word is the code of, else the name of, else a part of the name of."""
    if word in names:
        return [word]
    wanted = word.strip().casefold()
    whole = [code for code, called in names.items() if wanted in (name.casefold() for name in called)]
    part = [code for code, called in names.items() if any(wanted in name.casefold() for name in called)]
    return whole or (part if wanted else [])


def _nearest(word: str, codes: Sequence[str], names: Names) -> list[str]:
    """Return the five of the codes, or of all where there are none, that look most like a word."""
    wanted = word.casefold()
    likeness = {
        code: max(SequenceMatcher(None, wanted, known.casefold()).ratio() for known in (code, *names[code])) for code in codes or names
    }
    return sorted(likeness, key=lambda code: -likeness[code])[:_NEAREST]
