"""Promises and outcomes labelled by hand: both halves stay above their floors, and what only looks like an answer is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from spec.commitments import DEVELOPMENT, HELD_OUT, Label, Pair
from weijian.commitments import commitment_rows, telling
from weijian.reading import read
from weijian.records import Document

PLACE = {"place_code": "330100"}
PRECISION, RECALL = 0.94, 0.92


def rows_of(pair: Pair) -> list[dict[str, Any]]:
    """Return the commitments that are found in a pair of plan and summary."""
    plan, summary = (read(Document(name, text, stated=PLACE)) for name, text in (("plan", pair.plan), ("summary", pair.summary)))
    return commitment_rows([*telling(plan), *telling(summary)]).commitments


def overlap(row: dict[str, Any], side: str, span: tuple[int, int]) -> bool:
    return row[f"{side}_start"] is not None and row[f"{side}_start"] < span[1] and span[0] < row[f"{side}_end"]


def is_right(row: dict[str, Any], label: Label) -> bool:
    """Say whether a row is a labelled commitment, with its outcome and verdict."""
    found = row["outcome_start"] is None if not label.outcomes else any(overlap(row, "outcome", span) for span in label.outcomes)
    return overlap(row, "plan", label.plan) and found and row["verdict"] == label.verdict


def figures(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return precision and recall: each row answers one label at most."""
    right = rows = 0
    for pair in pairs:
        open_labels, found = list(pair.labels), rows_of(pair)
        rows += len(found)
        for row in found:
            label = next((label for label in open_labels if is_right(row, label)), None)
            if label:
                open_labels.remove(label)
                right += 1
    return right / rows, right / sum(len(pair.labels) for pair in pairs)


@pytest.mark.parametrize("pairs", [DEVELOPMENT, HELD_OUT], ids=["development", "held out"])
def test_what_is_found_is_right_and_most_is_found(pairs: Sequence[Pair]):
    precision, recall = figures(pairs)
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("pair", DEVELOPMENT + HELD_OUT, ids=lambda pair: f"{pair.name} {pair.year}")
def test_what_only_looks_like_an_outcome_stays_unmatched(pair: Pair):
    assert [row["outcome_quote"] for row in rows_of(pair) for span in pair.decoys if overlap(row, "outcome", span)] == []


def test_there_are_enough_labels_of_every_verdict():
    labels = [label for pair in DEVELOPMENT + HELD_OUT for label in pair.labels]
    verdicts = ("met", "exceeded", "short", "softened", "done", "not_reported")
    assert len(labels) >= 150
    assert min(sum(label.verdict == verdict for label in labels) for verdict in verdicts) >= 20
    assert sum(len(pair.decoys) for pair in DEVELOPMENT + HELD_OUT) >= 40
