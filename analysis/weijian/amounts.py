"""Amounts in Chinese and English: numbers without needless zeros, large counts in 万, units in words, bounds as signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from weijian.codebook import codebook
from weijian.comparability import SHARES
from weijian.errors import FigureError
from weijian.units import quantity_of

Row = Mapping[str, Any]
_SIGNS = {"=": "", ">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}
_PLACES = 4
_PERSONS = {"人": "person", "千人": "1,000 persons", "万人": "10,000 persons"}
_MYRIAD, _MILLION = 10_000, 1_000_000
LANGUAGES = ("zh", "en")


def checked(language: str) -> str:
    """Return the language, zh or en; raise FigureError for another."""
    if language not in LANGUAGES:
        raise FigureError(f"no words in “{language}”", where="figures", remedy=f"Ask for one of {', '.join(LANGUAGES)}")
    return language


def number(value: float) -> str:
    """Return a number without needless zeros.

    >>> number(46.35), number(10000000.0)
    ('46.35', '10000000')
    """
    return format(Decimal(repr(float(value))).normalize(), "f")


def amount(value: float, unit: str, language: str) -> str:
    """Return a value with its unit, large counts in 万 in Chinese.

    >>> amount(1284700, "人", "zh"), amount(1284700, "人", "en"), amount(43, "%", "en")
    ('128.47万人', '1,284,700 persons', '43%')
    """
    figure = _figure(value, unit, language)
    if language == "zh" or quantity_of(unit) in SHARES:
        return figure + unit
    return f"{figure} {word_of_unit(unit, one=value == 1)}".rstrip()


def _figure(value: float, unit: str, language: str) -> str:
    if quantity_of(unit) in SHARES:
        return number(value)
    if checked(language) == "zh":
        return f"{number(value / _MYRIAD)}万" if value >= _MYRIAD else number(value)
    return f"{Decimal(number(value)):,}"


def tick_labels(values: Sequence[float], unit: str, language: str) -> list[str]:
    """Return the labels of an axis from 0: plain numbers, and the unit once, at the last of them; no unit, no word for it.

    >>> tick_labels([0, 50, 100], "%", "zh"), tick_labels([0, 500000, 1000000], "人", "en"), tick_labels([0, 8000], "", "en")
    (['0', '50', '100%'], ['0', '0.5', '1 million persons'], ['0', '8,000'])
    """
    if quantity_of(unit) in SHARES:
        divisor, ending = 1, unit
    elif checked(language) == "zh":
        divisor, ending = (_MYRIAD, f"万{unit}") if values[-1] >= _MYRIAD else (1, unit)
    else:
        counted = f" {word_of_unit(unit)}" if unit else ""
        divisor, ending = (_MILLION, f" million{counted}") if values[-1] >= _MILLION else (1, counted)
    labels = [number(round(value / divisor, 9)) for value in values]
    if language == "en":
        labels = [f"{Decimal(label):,}" for label in labels]
    return [*labels[:-1], labels[-1] + ending]


def word_of_unit(unit: str, *, one: bool = False) -> str:
    """Return the English word for what a unit counts, nothing for things, whose name says what they are.

    >>> word_of_unit("人次"), word_of_unit("家", one=True), word_of_unit("人次/千人"), word_of_unit("种")
    ('events', 'institution', 'events per 1,000 persons', '')
    """
    counted, _, persons = unit.partition("/")
    if persons in _PERSONS:
        return f"{word_of_unit(counted)} per {_PERSONS[persons]}".strip()
    row = codebook().words("quantity").get(quantity_of(unit))
    if quantity_of(unit) == "thing":
        return ""
    name = row["name_en"] if row else unit
    return name.removesuffix("s") if one else name


def value_label(row: Row, language: str) -> str:
    """Return a value as it stands on a figure, with its bound.

    >>> value_label({"value": 43.0, "low": None, "bound": ">", "unit": "%"}, "zh")
    '>43%'
    """
    if row["value"] != row["value"] or row["value"] is None:  # a range has two ends and no value
        low, high = (_rounded(row[end]) for end in ("low", "high"))
        first = f"{_figure(low, row['unit'], language)}–" if low != high else ""
        return first + amount(high, row["unit"], language)
    return _SIGNS[row["bound"]] + amount(row["value"], row["unit"], language)


def side_of(row: Row, side: str) -> dict[str, Any]:
    """Return one side of a row with two, as a promise and its outcome: what its columns begin with is left out.

    >>> side_of({"plan_value": 20.0, "plan_unit": "家", "outcome_value": 27.0, "year": 2023}, "plan")
    {'value': 20.0, 'unit': '家'}
    """
    return {name.removeprefix(f"{side}_"): cell for name, cell in row.items() if name.startswith(f"{side}_")}


def _rounded(value: float) -> float:
    """Return an end of a range with the digits that a printed number has, so that it says no more than it can.

    >>> _rounded(59.5375), _rounded(422168.71)
    (59.54, 422200.0)
    """
    return float(f"{value:.{_PLACES}g}")


def share_label(share: float | None) -> str:
    """Return a share from 0 to 1 in per cent with one decimal, or nothing where there is none.

    >>> share_label(0.0495), share_label(float("nan"))
    ('5.0%', '')
    """
    return "" if share is None or share != share else f"{share:.1%}"


def short_label(row: Row, unit: str, language: str) -> str:
    """Return a value as it stands where a heading names the unit: English counts do without it, 个 counts whatever the unit does.

    >>> row = {"value": 14.0, "low": None, "bound": "=", "unit": "家"}
    >>> short_label(row, "家", "en"), short_label(row, "", "en"), short_label(row, "家", "zh"), short_label(row | {"value": 1.0}, "家", "en")
    ('14', '14 institutions', '14家', '1')
    """
    label = value_label(row, language)
    known = unit and quantity_of(row["unit"]) in (quantity_of(unit), "thing")
    if not known or language != "en":
        return label
    return label.removesuffix(f" {word_of_unit(row['unit'], one=row['value'] == 1)}")


def unit_name(unit: str, language: str) -> str:
    """Return a unit in words; English has none for a unit that counts whatever is named.

    >>> unit_name("件", "zh"), unit_name("家", "en"), unit_name("%", "en"), unit_name("件", "en")
    ('件', 'institutions', '%', '')
    """
    if checked(language) == "zh" or quantity_of(unit) in SHARES:
        return unit
    return "" if quantity_of(unit) == "thing" else word_of_unit(unit)
