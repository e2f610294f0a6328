"""Whole reports in the manner of several places, with their relations and their promises labelled before any of them was read by a rule.

They stand in ``reports.txt``: after ``#### checks`` a report in which ``{a,b|31560张}`` is a number of the relations a and b, and behind
``---- labels`` a line for each relation with its kind and verdict; after ``#### pair`` a plan and behind ``---- summary`` the summary, marked as
in ``commitments.py``. Figures are invented, the places are real, so that plan and summary meet. They were written in turns, each counted
before its misses were read and the rules mended: 25 of 48, 29 of 51, 26 of 37, 16 of 23 and 17 of 25 relations were found at first, and 30 of 34,
16 of 28 and 8 of 12 promises. Those marked ``later`` (22 of 23 relations, 16 of 16 promises) were only ever counted: who reads their misses
takes the mark off.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from spec.commitments import Label as Promise
from spec.commitments import unmarked

_NUMBER = re.compile(r"\{(?P<keys>[\w,]+)\|(?P<words>[^{}]*)\}")


class Relation(NamedTuple):
    """A relation of a report: its kind, its verdict, and where its numbers stand."""

    relation: str
    verdict: str
    numbers: tuple[tuple[int, int], ...]


class Report(NamedTuple):
    """A report with its relations."""

    text: str
    relations: tuple[Relation, ...]


class Pair(NamedTuple):
    """A plan and its summary with the promises, and where the summary only seems to answer."""

    plan: str
    summary: str
    labels: tuple[Promise, ...]
    decoys: tuple[tuple[int, int], ...]


def _blocks(kind: str) -> list[tuple[str, str]]:
    whole = Path(__file__).with_name("reports.txt").read_text(encoding="utf-8")
    heads = (block.partition("\n") for block in whole.removeprefix("#### ").split("\n#### "))
    return [
        (first, second)
        for head, _, body in heads
        if head == kind
        for first, _, second in [re.sub("---- .*", "----", body).partition("\n----\n")]
    ]


def _report(marked: str, labels: str) -> Report:
    spans: dict[str, list[tuple[int, int]]] = {}
    pieces, length, done = [], 0, 0
    for found in _NUMBER.finditer(marked):
        pieces += [marked[done : found.start()], found["words"]]
        length += len(pieces[-2])
        for key in found["keys"].split(","):
            spans.setdefault(key, []).append((length, length + len(found["words"])))
        length, done = length + len(found["words"]), found.end()
    lines = [line.split() for line in labels.strip().splitlines()]
    relations = tuple(Relation(relation, verdict, tuple(spans[key])) for key, relation, verdict in lines)
    return Report("".join(pieces) + marked[done:], relations)


def _pair(marked_plan: str, marked_summary: str) -> Pair:
    (plan, promised), (summary, told) = unmarked(marked_plan), unmarked(marked_summary)
    labels = tuple(Promise(span, tuple(where for keys, _, where in told if key in keys), verdict) for key, verdict, span in promised)
    return Pair(plan, summary, labels, tuple(where for keys, _, where in told if keys == "x"))


REPORTS, LATER_REPORTS = (tuple(_report(*block) for block in _blocks(kind)) for kind in ("checks", "checks later"))
PAIRS, LATER_PAIRS = (tuple(_pair(*block) for block in _blocks(kind)) for kind in ("pair", "pair later"))
