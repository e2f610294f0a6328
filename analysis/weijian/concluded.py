"""The tables of what is concluded from the observations of one report or of several: checks, commitments, the next targets.

Declared apart from the rules that fill them, so that whoever loads a table needs no rule.
"""

from __future__ import annotations

from weijian.schema import Column, Table

_CHARACTERS = "characters from the start of the text"
_VALUE_UNIT = "see the column with the unit"
CHECKS = Table(
    "checks",
    "Checks: whether a report's own numbers agree with one another",
    (
        Column("report", "the report that prints the numbers", required=True, refers="reports"),
        Column("relation", "how the numbers are related", required=True, words="check_relation"),
        Column("verdict", "whether the relation holds", required=True, words="check_verdict"),
        Column(
            "members", "a JSON list of [start, end] in the document's text, one for each number that takes part, in order", required=True
        ),
        Column("expected_low", "the least that the tested number should be; empty where nothing limits it", type="decimal"),
        Column("expected_high", "the most that it should be", type="decimal"),
        Column("found", "the number that is tested, as printed, in its base unit", type="decimal", required=True),
        Column("arithmetic", "the reckoning in one line", required=True),
        Column("reason", "why it cannot be decided", words="check_reason"),
        Column(
            "quote", "the sentences of the numbers, those that do not follow one another with … between them", required=True, verbatim=True
        ),
    ),
    ("report", "relation", "members"),
)


def _side(side: str, said: str, required: bool) -> tuple[Column, ...]:
    return (
        Column(f"{side}_report", f"the report with {said}", required=required, refers="reports"),
        Column(f"{side}_start", "where its clause begins in the document's text", type="integer", required=required, unit=_CHARACTERS),
        Column(f"{side}_end", "where its clause ends, not included", type="integer", required=required, unit=_CHARACTERS),
    )


def _figure(side: str, said: str) -> tuple[Column, ...]:
    return (
        Column(f"{side}_value", f"the figure of {said}; empty when it gives none or a range", type="decimal", unit=_VALUE_UNIT),
        Column(f"{side}_unit", "its base unit as printed"),
    )


def _found(words: str) -> tuple[Column, ...]:
    return (
        Column("verdict", "how the second stands to the first", required=True, words=words),
        Column("similarity", "how alike the two are, from 0 to 1; empty when nothing is matched", type="decimal", unit="share"),
        Column("matched_by", "what the two share", many=True, words="matched_by"),
    )


_FLAGS = Column("flags", "what one should know", many=True, refers="flags")
COMMITMENTS = Table(
    "commitments",
    "Commitments: what a plan promised, and what the next summary of the same place reports",
    (
        *_side("plan", "the promise", True), *_side("outcome", "the outcome; empty when none is found", False),
        *_figure("plan", "the promise"), *_figure("outcome", "the outcome"), *_found("verdict"),
        Column("plan_quote", "the promise: the text from plan_start to plan_end", required=True, verbatim=True),
        Column("outcome_quote", "the outcome: the text from outcome_start to outcome_end", verbatim=True), _FLAGS,
    ),
    ("plan_report", "plan_start"),
)  # fmt: skip
UNPROMISED = Table(
    "unpromised",
    "Outcomes that the plan of the same place and year does not promise",
    (
        *_side("outcome", "the outcome", True), Column("value", "the figure; empty for a range", type="decimal", unit=_VALUE_UNIT),
        Column("unit", "its base unit as printed"), Column("quote", "the text from outcome_start to outcome_end", required=True, verbatim=True),
        Column("theme", "the theme that it belongs to", refers="themes"),
    ),
    ("outcome_report", "outcome_start"),
)  # fmt: skip
NEXT_TARGETS = Table(
    "next_targets",
    "Next targets: an outcome and the target of the same thing for the year after",
    (
        *_side("outcome", "the outcome", True), *_side("target", "the target", True), *_figure("outcome", "the outcome"),
        *_figure("target", "the target"), *_found("next_verdict"),
        Column("outcome_quote", "the text from outcome_start to outcome_end", required=True, verbatim=True),
        Column("target_quote", "the text from target_start to target_end", required=True, verbatim=True), _FLAGS,
    ),
    ("target_report", "target_start"),
)  # fmt: skip
