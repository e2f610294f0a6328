"""Checks and commitments on whole reports in other people's manner: how much is found, and that no alarm is raised without cause."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from spec.reports import LATER_PAIRS, LATER_REPORTS, PAIRS, REPORTS, Pair, Relation, Report
from spec.test_commitments import PLACE, is_right, overlap
from weijian.checks import Check, check_rows
from weijian.commitments import commitment_rows, telling
from weijian.reading import read
from weijian.records import Document


def covers(row: Check, relation: Relation) -> bool:
    members = json.loads(row.members)
    hit = [any(first < end and start < last for first, last in members) for start, end in relation.numbers]
    return any(hit) if relation.relation == "list_count" else all(hit)


def found(reports: Sequence[Report]) -> tuple[float, list[str]]:
    """Return the share of relations that are found, and the alarms that no label bears out."""
    labels = hits = 0
    alarms: list[str] = []
    for report in reports:
        rows = list(check_rows(read(report.text)))
        labels += len(report.relations)
        hits += sum(any(covers(row, each) and row.verdict == each.verdict for row in rows) for each in report.relations)
        failing = [each for each in report.relations if each.verdict == "fails"]
        alarms += [row.arithmetic for row in rows if row.verdict == "fails" and not any(covers(row, each) for each in failing)]
    return hits / labels, alarms


def answered(pairs: Sequence[Pair]) -> tuple[float, float, list[str]]:
    """Return precision and recall, and the outcomes that only seem to answer and were taken for answers."""
    right = rows = 0
    taken: list[str] = []
    for pair in pairs:
        readings = [read(Document(name, text, stated=PLACE)) for name, text in (("plan", pair.plan), ("summary", pair.summary))]
        said = [each for reading in readings for each in telling(reading)]
        open_labels, promised = list(pair.labels), commitment_rows(said).commitments
        rows += len(promised)
        for row in promised:
            label = next((label for label in open_labels if is_right(row, label)), None)
            if label:
                open_labels.remove(label)
                right += 1
        taken += [row["outcome_quote"] for row in promised for span in pair.decoys if overlap(row, "outcome", span)]
    return right / rows, right / sum(len(pair.labels) for pair in pairs), taken


@pytest.mark.parametrize(("reports", "least"), [(REPORTS, 0.95), (LATER_REPORTS, 0.85)], ids=["mended with", "later"])
def test_relations_of_whole_reports_are_found_and_alarms_stand(reports: Sequence[Report], least: float):
    share, alarms = found(reports)
    assert alarms == []
    assert share >= least


@pytest.mark.parametrize(("pairs", "least"), [(PAIRS, 0.93), (LATER_PAIRS, 0.9)], ids=["mended with", "later"])
def test_promises_of_whole_reports_find_their_outcomes(pairs: Sequence[Pair], least: float):
    precision, recall, taken = answered(pairs)
    assert taken == []
    assert precision >= 0.9
    assert recall >= least


def test_the_reports_are_of_many_kinds():
    relations = [each for report in (*REPORTS, *LATER_REPORTS) for each in report.relations]
    assert len(relations) >= 150
    assert {each.verdict for each in relations} == {"holds", "fails", "undecidable"}
    assert len([label for pair in (*PAIRS, *LATER_PAIRS) for label in pair.labels]) >= 85
