"""What a plan promised, and what the next summary of the same place reports of it.

In: the statements of reports. Out: ``Commitments``: each promise with its outcome and a verdict, the outcomes that nobody promised, and each
outcome with the next year's target of the same thing. What is not reported is not therefore unmet, and a wrong pair is worse
than none: where two clauses do not clearly name one thing, nothing is matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from weijian.matching import Index, Match, kind_of_unit, part_of
from weijian.promises import STAGES, looks_ahead, one_act, promised_stage, speaks_of_deed, stage_of
from weijian.records import Reading, Report
from weijian.statements import Statement, is_commitment, statements
from weijian.verdicts import against, next_verdict

LEAST = Decimal("0.55")
"""The similarity below which nothing is matched."""
_WITHOUT_FIGURE = 0.1


class Commitments(NamedTuple):
    """The rows of the three tables, as mappings from column to value."""

    commitments: list[dict[str, Any]]
    unpromised: list[dict[str, Any]]
    next_targets: list[dict[str, Any]]


class _Year(NamedTuple):
    """What one place, or one institution in it, promised for a year and reported of it."""

    promised: list[Statement]
    reported: list[Statement]


def telling(reading: Reading) -> list[Statement]:
    """Return the statements of a document that promise something or report it."""
    return [said for said in statements(reading) if (is_commitment if said.context == "plan" else _tells)(said)]


def commitment_rows(said: Iterable[Statement]) -> Commitments:
    """Return what plans promised and summaries report: commitments, outcomes nobody promised, and the next targets.

    ``said`` is as of ``telling``. Reports are paired by place and year; one without a place pairs with none. Values are exact, offsets
    are of the texts.

    >>> from weijian.reading import read
    >>> from weijian.records import Document
    >>> at = {"place_code": "330100"}
    >>> plan = read(Document("p", "2023年卫生健康工作要点\\n新建社区护理站5家,举办护理技能大赛。", stated=at))
    >>> told = read(Document("s", "2023年卫生健康工作总结\\n新建社区护理站7家。", stated=at))
    >>> made = commitment_rows([*telling(plan), *telling(told)])
    >>> [(row["plan_quote"], row["outcome_quote"], row["verdict"]) for row in made.commitments]
    [('新建社区护理站5家', '新建社区护理站7家', 'exceeded'), ('举办护理技能大赛', '', 'not_reported')]
    """
    years = _by_year(said)
    targets = [row for (place, year), told in years.items() for row in _next(told.reported, years.get((place, year + 1)))]
    redefined = {(row["target_report"], row["target_start"]) for row in targets if row["verdict"] == "possible_redefinition"}
    rows: list[dict[str, Any]] = []
    unpromised: list[dict[str, Any]] = []
    for promised, reported in years.values():
        pairs = dict(_assigned(promised, reported, _answers))
        rows += [_row(one, reported, pairs.get(number), redefined) for number, one in enumerate(promised)]
        unpromised += _unpromised(reported, {match.answer for match in pairs.values()}) if promised else []
    return Commitments(rows, unpromised, targets)


def _by_year(said: Iterable[Statement]) -> dict[tuple[tuple[str, str], int], _Year]:
    """Return promises and outcomes by place, institution and year; half a year counts only where there is no whole one."""
    years: dict[tuple[tuple[str, str], int], _Year] = defaultdict(lambda: _Year([], []))
    for one in said:
        year = years[(_owner(one.report), one.report.institution), one.year]
        (year.promised if one.context == "plan" else year.reported).append(one)
    return {key: _Year(year.promised, _whole(year.reported)) for key, year in years.items()}


def _owner(report: Report) -> str:
    """Return the code or name of the place of a report, or its key where it shows none."""
    return report.place_code or report.place or report.key


def _tells(said: Statement) -> bool:
    """Say whether a statement of a summary can be an outcome."""
    return bool(said.figure) or (speaks_of_deed(said.words + said.more) and not looks_ahead(said.words))


def _whole(reported: list[Statement]) -> list[Statement]:
    whole = [said for said in reported if not said.report.part_of_year]
    return whole or reported


def _assigned(
    asked: Sequence[Statement], answers: Sequence[Statement], loses: Callable[[Statement, Statement], float | None]
) -> Iterator[tuple[int, Match]]:
    """Yield each question with its answer, the surest pairs first: of a report, an answer serves the clauses of one sentence only."""
    index = Index(answers, asked)
    found = [
        (match.similarity - loss, number, match)
        for number, said in enumerate(asked)
        for match in index.best(said)
        if (loss := loses(said, answers[match.answer])) is not None and match.similarity - loss >= LEAST
    ]
    served: dict[tuple[str, int], int] = {}
    done: set[int] = set()
    for _, number, match in sorted(found, key=lambda each: (-each[0], each[1], each[2].answer)):
        said = asked[number]
        if number not in done and served.setdefault((said.report.key, match.answer), said.sentence) == said.sentence:
            done.add(number)
            yield number, match


def _answers(said: Statement, told: Statement) -> float | None:
    """Return what a pair loses for want of a figure on either side; None when the second does not answer the first."""
    if said.figure and told.figure:
        return 0.0
    words = told.words + told.more
    if not speaks_of_deed(words) or not one_act(said.words, words):
        return None
    return _WITHOUT_FIGURE if said.figure else 0.0


def _row(said: Statement, reported: Sequence[Statement], match: Match | None, redefined: set[tuple[str, int]]) -> dict[str, Any]:
    told = reported[match.answer] if match else None
    flags = list(_flags(said, told)) if told else [] if reported else ["no_summary"]
    if (said.report.key, said.start) in redefined:
        flags.append("possible_redefinition")
    return {
        **_spans("plan", said), **_spans("outcome", told), **_amount("plan", said), **_amount("outcome", told),
        "verdict": _verdict(said, told) if told else "not_reported", **_likeness(match),
        "plan_quote": said.quote, "outcome_quote": told.quote if told else "", "flags": tuple(flags),
    }  # fmt: skip


def _spans(side: str, said: Statement | None) -> dict[str, Any]:
    if said is None:
        return {f"{side}_report": "", f"{side}_start": None, f"{side}_end": None}
    return {f"{side}_report": said.report.key, f"{side}_start": said.start, f"{side}_end": said.end}


def _amount(side: str, said: Statement | None) -> dict[str, Any]:
    figure = said.figure if said else None
    return {f"{side}_value": figure.value if figure else None, f"{side}_unit": figure.unit if figure else ""}


def _likeness(match: Match | None) -> dict[str, Any]:
    alike = Decimal(str(match.similarity)).quantize(Decimal("0.01")) if match else None
    return {"similarity": alike, "matched_by": match.by if match else ()}


def _verdict(said: Statement, told: Statement) -> str:
    if said.figure and told.figure:
        return against(said, told)
    reached = stage_of(told.more, promised=said.words) or stage_of(told.words, bool(told.figure), said.words) or "finished"
    promised = "finished" if said.figure else promised_stage(said.words) or "finished"
    return "done" if STAGES.index(reached) >= STAGES.index(promised) else "softened"


def _flags(said: Statement, told: Statement) -> Iterator[str]:
    figure = told.figure
    restated = [aim for aim in told.aims if said.figure and kind_of_unit(aim.unit) == kind_of_unit(said.figure.unit)]
    if restated and said.figure and figure:
        same = any((aim.value, aim.low, aim.high) == (said.figure.value, said.figure.low, said.figure.high) for aim in restated)
        yield "restated_equal" if same else "restated_differs"
    if figure and "provisional" in figure.flags:
        yield "provisional"
    if told.report.part_of_year:
        yield "partial_year"
    if figure and figure.bound != "=":
        yield "bound"


def _unpromised(reported: Sequence[Statement], answered: set[int]) -> Iterator[dict[str, Any]]:
    """Yield the figures of the whole place that answer no promise; one that goes on in the list of an answer is promised with it."""
    for number, told in enumerate(reported):
        listed_with = number - 1 in answered and reported[number - 1].clause == told.clause
        if number in answered or listed_with or told.figure is None or part_of(told):
            continue
        theme = told.themes[0] if told.themes else ""
        yield {**_spans("outcome", told), "value": told.figure.value, "unit": told.figure.unit, "quote": told.quote, "theme": theme}


def _next(reported: Sequence[Statement], following: _Year | None) -> Iterator[dict[str, Any]]:
    """Yield the outcomes of a year with the targets of the next one."""
    targets = [said for said in following.promised if said.figure] if following else []
    outcomes = [told for told in reported if told.figure]
    for number, match in _assigned(targets, outcomes, lambda *_: 0.0) if targets and outcomes else ():
        said, told = targets[number], outcomes[match.answer]
        yield {
            **_spans("outcome", told), **_spans("target", said), **_amount("outcome", told), **_amount("target", said),
            "verdict": next_verdict(told, said), **_likeness(match), "outcome_quote": told.quote, "target_quote": said.quote,
            "flags": tuple(flag for flag in _flags(said, told) if flag in ("provisional", "partial_year", "bound")),
        }  # fmt: skip
