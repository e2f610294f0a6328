"""The rules of reckoning: which two values of an indicator may be ranked, subtracted or averaged, and why others not.

In: two values as rows, with ``place_key``, ``place_level``, ``within`` (codes of the places it lies in), ``year`` and ``tier``
beside the columns of an observation. Out: one verdict for each rule that holds. What a rule says and what it does stands in
``codebook/comparability.csv``, row by row as in the design; ``HOLDS`` says in code when it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from weijian.codebook import codebook
from weijian.schema import SEPARATOR
from weijian.units import quantity_of

Row = Mapping[str, Any]
OWN_TIERS = ("official", "mirror")
SHARES = ("share", "rate")
REFUSED, FLAGGED, CLEARED = "refused", "flagged", "cleared"


_SIDES = (("", "observation"), ("_place", "place_key"), ("_year", "year"))


def is_stated(word: str) -> bool:
    """Say whether a base, definition or the like is known.

    >>> is_stated("resident"), is_stated("unknown"), is_stated("")
    (True, False, False)
    """
    return word not in ("", "unknown")


def judge(a: Row, b: Row, *, assume_same_definition: bool = False, max_gap: int = 1) -> list[dict[str, str]]:
    """Return the rules that hold between two values of one indicator, each with its verdict.

    A verdict is ``refused`` (not to be reckoned), ``flagged`` (to be reckoned and said so) or, when no rule
    holds, ``cleared``. What a rule asks the caller for is granted by the two keywords.
    """
    granted = {"assume_same_definition": assume_same_definition, "max_gap": _gap(a, b) <= max_gap}
    rules = codebook().by_key("comparability")
    held = [rule for name, rule in rules.items() if name in HOLDS and HOLDS[name](a, b)]
    if any(rule["rule"] == "repeat" for rule in held):
        return [{**rules["repeat"], "verdict": FLAGGED}]  # one fact in two sentences: there is nothing to compare
    if not held:
        return [{**rules["same_quantity"], "verdict": CLEARED}]
    return [{**rule, "verdict": _verdict(rule, granted)} for rule in held]


def judged(values: Iterable[Row], *, assume_same_definition: bool = False, max_gap: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the verdicts on every two of the values of one indicator, in their order; see ``judge``.

    Each has the two observations as ``left`` and ``right``, with their places and years, beside the columns of the rule.
    """
    for a, b in combinations(values, 2):
        sides = {f"{side}{name}": row[key] for side, row in (("left", a), ("right", b)) for name, key in _SIDES}
        for verdict in judge(a, b, assume_same_definition=assume_same_definition, max_gap=max_gap):
            yield {"indicator": a["indicator"], **sides, **verdict}


def totals_apart(values: Iterable[Row]) -> set[str]:
    """Return the observations that the rule ``counts`` holds for: totals of an indicator that other places have a value of as well."""
    by_indicator: dict[str, list[Row]] = {}
    for row in values:
        by_indicator.setdefault(row["indicator"], []).append(row)
    found: set[str] = set()
    for rows in by_indicator.values():
        if len({row["place_key"] for row in rows}) > 1:
            found |= {row["observation"] for row in rows if quantity_of(row["unit"]) not in SHARES}
    return found


def around(code: str, parents: Mapping[str, str]) -> str:
    """Return the codes of the places that a place lies in, from the nearest, as ``within`` holds them.

    >>> around("330100", {"330100": "330000", "330000": ""})
    '330000'
    """
    codes: list[str] = []
    while code := parents.get(code, ""):
        codes.append(code)
    return SEPARATOR.join(codes)


def _verdict(rule: Mapping[str, str], granted: Mapping[str, bool]) -> str:
    if rule["asked_with"]:
        return FLAGGED if granted.get(rule["asked_with"], False) else REFUSED
    return FLAGGED if rule["reckoned"] == "flagged" else REFUSED


def _other_quantity(a: Row, b: Row) -> bool:
    same = a["kind"] == b["kind"] and a["stage"] == b["stage"] and _kind_of_unit(a) == _kind_of_unit(b)
    return not same or _differ(a, b, "stock_or_flow")


def _kind_of_unit(row: Row) -> str:
    """Return the kind of quantity; 个 counts whatever 家 or 所, and also 张, count."""
    quantity = quantity_of(row["unit"])
    return "thing" if quantity in ("institution", "bed") else quantity


def _unstated(a: Row, b: Row) -> bool:
    if _differing(a, b) or _promise(a, b):
        return False
    return not all(is_stated(row[name]) for row in (a, b) for name in ("base", "definition"))


def _differing(a: Row, b: Row) -> bool:
    return _differ(a, b, "base") or _differ(a, b, "definition")


def _bound(a: Row, b: Row) -> bool:
    return a["bound"] != "=" or b["bound"] != "="


def _status(a: Row, b: Row) -> bool:
    return "reference" in (a["status"], b["status"]) or (a["status"] != b["status"] and not _promise(a, b))


def _promise(a: Row, b: Row) -> bool:
    return _same_place(a, b) and _gap(a, b) == 0 and {a["status"], b["status"]} == {"actual", "target"}


def _redefinition(a: Row, b: Row) -> bool:
    return any(_is_retreat(target, outcome) for target, outcome in ((a, b), (b, a)))


def _is_retreat(target: Row, outcome: Row) -> bool:
    ordered = target["status"] == "target" and outcome["status"] == "actual" and outcome["year"] < target["year"]
    return bool(ordered and not _other_quantity(target, outcome) and _same_place(target, outcome) and target["value"] < outcome["value"])


def _part_of(a: Row, b: Row) -> bool:
    return a["place_key"] in b["within"].split(";") or b["place_key"] in a["within"].split(";")


def _level(a: Row, b: Row) -> bool:
    return _differ(a, b, "place_level")


def _counts(a: Row, b: Row) -> bool:
    return not _same_place(a, b) and quantity_of(a["unit"]) not in SHARES


def _tier(a: Row, b: Row) -> bool:
    return any(row["tier"] not in OWN_TIERS for row in (a, b))


def _part_of_year(a: Row, b: Row) -> bool:
    return any("part_of_year" in str(row.get("flags", "")).split(SEPARATOR) for row in (a, b))


def _other_genre(a: Row, b: Row) -> bool:
    return any(row.get("genre") == "other" for row in (a, b)) and not _part_of_year(a, b)


def _repeat(a: Row, b: Row) -> bool:
    alike = ("report", "kind", "status", "stage", "year", "base", "definition", "bound", "value", "unit")
    return all(a[name] == b[name] for name in alike)


def _boundary(a: Row, b: Row) -> bool:
    """Say whether the place was another one in the two years: a district that took in its neighbour."""
    first, last = sorted((int(a["year"]), int(b["year"])))
    events = (row for row in codebook().rows("boundaries") if row["place_code"] == a["place_key"])
    return _same_place(a, b) and any(first < int(row["year"]) <= last for row in events)


def _conflict(a: Row, b: Row) -> bool:
    alike = ("report", "kind", "status", "stage", "year", "base", "definition", "subject")
    return all(a.get(name) == b.get(name) for name in alike) and a["value"] != b["value"]


def _differ(a: Row, b: Row, name: str) -> bool:
    """Say whether both are known and not the same."""
    return is_stated(a[name]) and is_stated(b[name]) and a[name] != b[name]


def _gap(a: Row, b: Row) -> int:
    return abs(int(a["year"]) - int(b["year"]))


def _same_place(a: Row, b: Row) -> bool:
    return bool(a["place_key"] == b["place_key"])


HOLDS: dict[str, Callable[[Row, Row], bool]] = {
    "other_quantity": _other_quantity,
    "unstated": _unstated,
    "differing": _differing,
    "year_apart": lambda a, b: _gap(a, b) == 1,
    "years_apart": lambda a, b: _gap(a, b) > 1,
    "bound": _bound,
    "status": _status,
    "promise": _promise,
    "redefinition": _redefinition,
    "part_of": _part_of,
    "level": _level,
    "counts": _counts,
    "tier": _tier,
    "conflict": _conflict,
    "repeat": _repeat,
    "boundary": _boundary,
    "part_of_year": _part_of_year,
    "other_genre": _other_genre,
}
