"""Verdicts on two figures of one thing: a target against its outcome, and an outcome against the next target.

In: two statements with figures. Out: met, exceeded or short; raised, kept, lowered or possible_redefinition. A printed
outcome stands for all that its decimals leave open, a target for itself; where the aim is to lower a figure, lower is met.
"""

from __future__ import annotations

import re
from decimal import Decimal

from weijian.intervals import Interval, interval
from weijian.promises import listed
from weijian.records import Observation
from weijian.statements import Statement


def lowers(said: Statement) -> bool:
    """Say whether a target is a ceiling, or a fall."""
    figure = said.figure
    assert figure is not None
    if figure.kind != "level":
        return figure.value is not None and figure.value < 0
    if figure.bound != "=":
        return figure.bound in ("<", "<=")
    before = said.words.partition(_printed(figure))[0]
    return bool(re.search(rf"(?:{listed('lowers')})(?:到|至|为|约)?$", before))


def against(said: Statement, told: Statement) -> str:
    """Return how an outcome stands to its target: met, exceeded or short."""
    aim, found = _aimed(said), _told(told)
    if lowers(said):
        return "short" if found.low > aim.high else "met"
    if found.high < aim.low:
        return "short"
    exceeds = found.low > aim.high or (found.high == found.low == aim.high and told.figure and told.figure.bound == ">")
    return "exceeded" if exceeds else "met"


def next_verdict(told: Statement, said: Statement) -> str:
    """Return how the next target stands to an outcome; one that falls behind it may be of another thing, unless both are of a year."""
    aim, found = _aimed(said), _told(told)
    assert told.figure and said.figure
    if aim.low <= found.high and found.low <= aim.high:
        return "kept"
    ahead = aim.high < found.low if lowers(said) else aim.low > found.high
    if ahead:
        return "raised"
    return "lowered" if _of_year(told) and _of_year(said) else "possible_redefinition"


def _of_year(said: Statement) -> bool:
    """Say whether a figure is of what is new in its year; a part (其中) is of the year of what it is a part of."""
    whole = said.lead if said.words.startswith("其中") else said.words
    return bool(said.figure and said.figure.stock_or_flow == "flow") or bool(re.match(f"(?:全[年市区县省])*(?:{listed('anew')})", whole))


def _aimed(said: Statement) -> Interval:
    figure = said.figure
    assert figure is not None
    value = figure.value if figure.value is not None else Decimal(0)
    return Interval(figure.low if figure.low is not None else value, figure.high if figure.high is not None else value)


def _told(told: Statement) -> Interval:
    figure = told.figure
    assert figure is not None
    if figure.value is None:
        return _aimed(told)
    return interval(figure.value, _printed(figure), figure.unit)


def _printed(figure: Observation) -> str:
    return figure.quote[figure.start - figure.sentence_start : figure.end - figure.sentence_start]
