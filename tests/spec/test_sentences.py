"""Sentence in, rows out: each case of sentences.py, one kind of phrase at a time."""

from __future__ import annotations

from typing import Any

import pytest

from spec.sentences import CASES, Case
from weijian import extract


def missing(promised: dict[str, Any], row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what a row does not say as promised: the promise and what is said instead."""
    wrong = {}
    for name, promise in promised.items():
        said, held = _compared(name, promise, row)
        if not held:
            wrong[name] = (promise, said)
    return wrong


def _compared(name: str, promise: Any, row: dict[str, Any]) -> tuple[Any, bool]:
    if name == "subject_has":
        return row["subject"], promise in row["subject"]
    if name == "scope_not":
        return row["scope"], promise != row["scope"]
    if name == "has_flags":
        return row["flags"], promise <= set(row["flags"])
    return row[name], promise is ... or row[name] == promise


@pytest.mark.parametrize("case", CASES, ids=[f"{case.kind}: {case.reason}" for case in CASES])
def test_a_sentence_gives_its_rows(case: Case):
    found = [row for row in extract(case.title + case.text) if row["start"] >= len(case.title)]
    measures = [row for row in found if row["role"] == "measure"]
    assert len(measures) == len(case.measures), [row["surface"] for row in measures]
    assert [missing(promised, row) for promised, row in zip(case.measures, measures, strict=True)] == [{}] * len(measures)
    assert set(case.others) <= {(row["role"], row["surface"]) for row in found}
