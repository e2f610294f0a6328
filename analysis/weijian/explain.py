"""``weijian explain``: how a value was read, told decision by decision, and how to put it right.

In: the key of an observation, or words of its sentence. Out: a text for a reader of reports: the number in its
sentence, what it was read as, the reason for each decision, what was inferred, and a row for data/corrections.csv. The
sentences stand in codebook/decisions.csv, the words that fill them come from the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from weijian.attributions import base_reasons, indicator_reasons, theme_reasons
from weijian.codebook import Codebook
from weijian.corpus import Corpus
from weijian.corrections import CORRECTIONS, FIELDS, cell
from weijian.errors import CorpusError
from weijian.passages import Passage, checks_of, open_passage
from weijian.reasons import (
    Reason,
    bound_reasons,
    kind_reasons,
    period_reasons,
    scope_reasons,
    stage_reasons,
    status_reasons,
    subject_reasons,
    unit_reasons,
    value_reasons,
)
from weijian.schema import Row, printed_table
from weijian.sentences import Teller
from weijian.words import arithmetic_in, check_said, own_language, word

_COLUMNS = {"value": ("value", "low", "high"), "base": ("base", "definition", "stock_or_flow")}
_APART = ("misses_also", "misses_context", "forbids")
"""Rules of the decision indicator that tell of another indicator, each on a line of its own."""
_MARKS = re.compile(r"[，。；：！？,;:!?()（）|\s]")
_AROUND, _QUOTED = 60, 24


def explain(asked: str, *, root: Path | str | None = None, language: str = "", field: str = "") -> str:
    """Return how an observation was read, as a text in Chinese (``zh``) or English (``en``).

    ``asked`` is a key of the table observations, or words each of which is a part of its key or of its sentence. Without
    ``language`` it is Chinese where the environment's LANG is. The last line is a row for data/corrections.csv about
    ``field``, the value unless another column is named. Raises CorpusError when no observation, or more than one, answers.
    """
    if field and field not in FIELDS:
        raise CorpusError(f"“{field}” cannot be corrected", where="explain", remedy=f"use one of {', '.join(FIELDS)}")
    corpus = Corpus(root)
    passage = open_passage(corpus, asked)
    return account(passage, corpus.codebook, language or own_language(), field, checks_of(corpus, passage.final))


def account(passage: Passage, book: Codebook, language: str, field: str = "", audited: Sequence[Row] = ()) -> str:
    """Return the account of one passage; ``audited`` are the checks that its number takes part in."""
    field = field or ("low" if passage.final.value is None else "value")
    final = Teller(passage, passage.final, book, language)
    correct = final.say("layout", "correct", {"field": field, "header": ",".join(CORRECTIONS.header)})
    parts = [
        [final.say("layout", "source"), *([final.say("layout", "section")] if passage.headings else [])],
        _in_context(passage),
        [final.say("reading", _form(passage))],
        [final.say("layout", "why"), *_decisions(passage, book, language)],
        _flags(passage, book, final),
        _audited(audited, final),
        _checks(passage, final),
        [correct, correction_row(passage, field)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _in_context(passage: Passage) -> list[str]:
    """Return the line before, the sentence with its number marked, and the line after."""
    text, final = passage.document.text, passage.final
    sentence = f"{text[final.sentence_start : final.start]}【{passage.printed}】{text[final.end : final.sentence_end]}"
    before = text[: final.sentence_start].rstrip().rpartition("\n")[2].strip()
    after = text[final.sentence_end :].lstrip().partition("\n")[0].strip()
    before = "…" + before[-_AROUND:] if len(before) > _AROUND else before
    after = after[:_AROUND] + "…" if len(after) > _AROUND else after
    return [f"{mark} {line}" for mark, line in (("  ", before), ("→ ", sentence), ("  ", after)) if line]


def _form(passage: Passage) -> str:
    """Return the sentence that says what the whole was read as."""
    final = passage.final
    if final.value is None:
        return "range"
    if final.status == "reference" and final.kind == "level":
        return "reference"
    if "points_as_percent" in final.flags and final.kind == "change_abs" and final.unit == "%":
        return "points"
    return "rank_within" if final.kind == "rank" and final.bound == "<=" else final.kind


def _decisions(passage: Passage, book: Codebook, language: str) -> list[str]:
    read = Teller(passage, passage.read, book, language)
    reasons = {
        "value": value_reasons(passage),
        "unit": unit_reasons(passage),
        "bound": bound_reasons(passage),
        "kind": kind_reasons(passage),
        "status": status_reasons(passage),
        "stage": stage_reasons(passage),
        "period": period_reasons(passage),
        "subject": subject_reasons(passage),
        "scope": scope_reasons(passage),
        "themes": theme_reasons(passage, book),
        "indicator": indicator_reasons(passage, book),
        "base": base_reasons(passage, book),
    }
    return [_decision(passage, read, name, told) for name, told in reasons.items() if told or _corrected(passage, name)]


def _decision(passage: Passage, read: Teller, name: str, reasons: Sequence[Reason]) -> str:
    together = [read.say(name, rule, words) for rule, words in reasons if rule not in _APART]
    together += [read.say("check", "put_right", words) for words in _corrected(passage, name)]
    apart = [read.say(name, rule, words) for rule, words in reasons if rule in _APART]
    chinese = read.language == "zh"
    return ("\n　　　" if chinese else "\n" + " " * 11).join([read.say("label", name) + ("" if chinese else " ").join(together), *apart])


def _corrected(passage: Passage, name: str) -> list[dict[str, str]]:
    """Return what the corrections changed of a decision: column, before and after."""
    both = [(column, *(cell(getattr(each, column)) for each in (passage.read, passage.final))) for column in _COLUMNS.get(name, (name,))]
    return [{"column": column, "before": before, "after": after} for column, before, after in both if before != after]


def _flags(passage: Passage, book: Codebook, final: Teller) -> list[str]:
    flags = book.by_key("flags")
    told = [f"- {flags[flag][f'sentence_{final.language}']}" for flag in passage.final.flags]
    return [final.say("layout", "flags"), *told] if told else []


def _audited(rows: Sequence[Row], final: Teller) -> list[str]:
    """Tell whether the number agrees with others of its report."""
    told = []
    for row in rows:
        facts = {name: word(name, row[name], final.language) for name in ("relation", "verdict")}
        facts["arithmetic"] = arithmetic_in(row["arithmetic"], final.language)
        facts["meaning"] = check_said(row["relation"], row["verdict"], final.language)
        told.append(final.say("check", "takes_part", facts))
    return [final.say("layout", "audited"), *told] if told else []


def _checks(passage: Passage, final: Teller) -> list[str]:
    """Tell what researchers have put right or confirmed, and whether the tables are of an earlier build."""
    corrections = [each for each in passage.final.correction.split(" | ") if each]
    told = [final.say("check", "corrected", {"correction": each}) for each in corrections]
    told.append(final.say("check", "checked" if passage.final.checked_by else "unchecked"))
    return [*told, final.say("check", "differs")] if passage.differs else told


def correction_row(passage: Passage, field: str) -> str:
    """Return a row for data/corrections.csv that points at the observation and guards what it says now.

    The quote is the stretch before the number, with the number, that holds no other; what is new is left open.
    """
    start, end = _quote(passage)
    text = passage.document.text
    quote = text[start:end]
    occurrence = len(re.findall(f"(?={re.escape(quote)})", text[: start + len(quote)]))
    cells = (passage.document.name, quote, str(occurrence), field, cell(getattr(passage.final, field)), "", "", "", "")
    return printed_table([cells]).strip("\n")


def _quote(passage: Passage) -> tuple[int, int]:
    """Return the stretch of the sentence that names the number: its own clause, up to the numbers next to it."""
    final, text = passage.final, passage.document.text
    lead = text[max(final.sentence_start, final.start - _QUOTED) : final.start]
    ends = [each.end for each in passage.neighbours if each.end <= final.start]
    starts = [each.start for each in passage.neighbours if each.start >= final.end]
    marks = [mark.end() for mark in _MARKS.finditer(lead)]
    start = max([final.start - len(lead) + (marks[-1] if marks else 0), *ends[-1:]])
    if final.start - start >= 2:
        return start, final.end
    stop = min([final.sentence_end, final.end + _QUOTED // 2, *starts[:1]])
    mark = _MARKS.search(text, final.end, stop)
    return start, mark.start() if mark else stop
