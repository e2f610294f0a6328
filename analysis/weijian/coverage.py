"""Coverage: for each place, year and indicator the observation that gives the value, or the reason there is none.

The grid is every place that a report names, in every year for which the corpus holds a report of any of them,
by every indicator of the catalogue. A report that does not show its place is a place of its own, known by its
document. A missing value is never zero and never silently absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from weijian.periods import EARLIER, last_year
from weijian.records import Observation, Report
from weijian.status import NOT_YET


class Place(NamedTuple):
    """A place by its code, or by the document of a report that does not show it."""

    place_code: str
    document: str


class Unread(NamedTuple):
    """A report that could not be read, by its place and year."""

    place_code: str
    year: int


class _Told(NamedTuple):
    observation: Observation
    year: int | None  # the year that the observation refers to
    report_year: int | None


def coverage_rows(
    reports: Sequence[Report],
    observations: Iterable[Observation],
    indicators: Sequence[str],
    unread: Collection[Unread] = (),
    years: Collection[int] = (),
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the coverage table for the places of these reports.

    ``unread`` are reports that the corpus holds and nobody could read, ``years`` those for which it holds a report of any other place.
    """
    told = _told_by_cell(reports, observations)
    held = _years_held(reports)
    for each in unread:
        held.setdefault(Place(each.place_code, ""), set())
    common = {year for place, years in held.items() if place.place_code for year in years if year is not None}
    common |= {each.year for each in unread} | set(years)
    for place, own in held.items():
        for year in _in_order(own | common if place.place_code else own):
            for indicator in indicators:
                cell = _cell(told[place, indicator], year, own | common if place.place_code else own, year in own)
                if cell["reason"] == "no_document" and Unread(place.place_code, year or 0) in unread:
                    cell["reason"] = "unreadable"
                yield {"place_code": place.place_code, "document": place.document, "year": year, "indicator": indicator} | cell


def _place(report: Report) -> Place:
    return Place(report.place_code, "" if report.place_code else report.document)


def _years_held(reports: Iterable[Report]) -> dict[Place, set[int | None]]:
    """Return the years that each place has a report for, None for a report that does not show its year."""
    held: defaultdict[Place, set[int | None]] = defaultdict(set)
    for report in reports:
        held[_place(report)].add(report.year)
    return dict(held)


def _in_order(years: Iterable[int | None]) -> list[int | None]:
    return sorted(years, key=lambda year: (year is None, year or 0))


def _told_by_cell(reports: Sequence[Report], observations: Iterable[Observation]) -> defaultdict[tuple[Place, str], list[_Told]]:
    by_key = {report.key: report for report in reports}
    told: defaultdict[tuple[Place, str], list[_Told]] = defaultdict(list)
    for observation in observations:
        report = by_key[observation.report]
        if observation.period == EARLIER:
            continue
        one = _Told(observation, last_year(observation.period) or report.year, report.year)
        for indicator in [observation.indicator] if observation.indicator else observation.candidates:
            told[_place(report), indicator].append(one)
    return told


def _cell(told: list[_Told], year: int | None, grid: Collection[int | None], held: bool) -> dict[str, Any]:
    """Return the value's observation, or the reason with what it rests on, for one place, year and indicator.

    A value of a year outside the ``grid`` of the place stands in the year of its report.
    """
    of_year = [one.observation for one in told if one.year == year]
    in_report = [one.observation for one in told if one.report_year == year and one.year != year and one.year not in grid]
    for observations in (of_year, in_report):
        values = [each for each in observations if _reason(each) == ""]
        if values:
            return _row(values[0], "", len(values))
    if not held and not of_year:
        return _row(None, "no_document", 0)
    found = {_reason(each): each for each in reversed(of_year + in_report)}
    for reason in ("target_only", "part_of_place_only", "part_of_year_only", "unreadable", "other_stage", "other_definition"):
        if reason in found:
            return _row(found[reason], reason, 0)
    return _row(None, "not_mentioned", 0)


def _row(observation: Observation | None, reason: str, values: int) -> dict[str, Any]:
    key = observation.observation if observation else ""
    period = observation.period if observation else ""
    return {
        "observation": "" if reason else key,
        "reason": reason,
        "evidence": key if reason else "",
        "period": period,
        "observations": values,
    }


def _reason(observation: Observation) -> str:
    """Return why an observation that touches an indicator is no value of it for the place; empty when it is one."""
    if observation.status == "reference":
        return "not_mentioned"
    if not observation.indicator:
        return _reason_of_candidate(observation)
    if observation.status == "target":
        return "target_only"
    if observation.value is None and observation.low is None and observation.high is None:
        return "unreadable"
    return "part_of_year_only" if "part_of_year" in observation.flags else ""


def _reason_of_candidate(observation: Observation) -> str:
    if observation.kind != "level":
        return "not_mentioned"  # a growth rate says nothing of the level
    if observation.scope:
        return "part_of_place_only"
    return "other_stage" if observation.stage in NOT_YET else "other_definition"
