"""Why a number was read as it was: for each decision a rule of decisions.csv and the words of the report that it rests on.

In: a ``Passage``. Out: for value, unit, bound, kind, status, stage, period, subject and scope a list of reasons, each
the name of a sentence in decisions.csv with the words that go into it. Nothing is decided here: the rules are those
that the reading recorded, and this only finds the words again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from weijian.corrections import cell
from weijian.cues import cues
from weijian.numerals import ARABIC, MAGNITUDE, parse_numeral
from weijian.passages import Passage
from weijian.phrases import core
from weijian.quantity import bound_before
from weijian.units import PEOPLE, unit_of, unit_pattern

Reason = tuple[str, dict[str, str]]
"""A rule of decisions.csv and what goes into the gaps of its sentence."""

_NUMBER = re.compile(ARABIC)
_SCALED = re.compile(rf"(?P<number>{ARABIC})[余多几来]?(?P<magnitude>{MAGNITUDE})")
_BOUND_WITHIN = re.compile(r"以上|以下|以内|之内|左右|上下|余|多|几|过半|前")
_COMPOUNDS = {"过": "超过", "近": "接近", "约": "大约"}
_MADE = re.compile(rf"{cues('builds')}|净增|增设|增配")
_RELATIVE = re.compile(r"去年|上年|上一年|明年|来年")
_BY_THEN = re.compile(r"(?:到|至)?20\d\d年?[底末前]?")
_FIVE_YEARS = re.compile(r"“?十[三四五]五”?(?:期间|以来|末|时期)?")
_THIS_YEAR = re.compile(r"本年度?|今年|全年|(?<![一二两三四五六七八九十\d])年内|年底前")
_WHOLE = re.compile(r"(?:全|本|我)[省市区县州镇]")
_MOVED = re.compile(
    r"(?:同比|环比|年均|与[^,。;]{1,10}相比|较[^,。;]{1,10}|(?<!占)比[^,。;]{1,10})?"
    r"(?:增[长加幅速]?|提[高升]|上[升涨]|扩大|延长|下[降跌]|减少?|降[低幅]?|缩[短小]|[高低]于|[高超]出|超过|多|少|高|低)[了约近超过达到为至]*$"
)
_RANKED = re.compile(r"(?:全[国省市区县州]|[省市区县]级?|排名?|名列|位[列居]|[居列获])+$")
_CUMULATIVE = re.compile(r"累计|以来|历年|服务总量|自[^,。;]{1,30}起")
_NEAR = 16


def recorded(rule: str) -> Mapping[str, str]:
    """Return the decisions of an observation's column rule, each with the rule behind it.

    >>> recorded("subject=left;status=genre;indicator=12")["status"]
    'genre'
    """
    return dict(decision.split("=", 1) for decision in rule.split(";") if decision)


def left_of(passage: Passage) -> str:
    """Return the words right before the number, or those after it when none stand before."""
    place = passage.place
    return place.left[-_NEAR:] or place.right[:_NEAR] or place.lead[-_NEAR:]


def clause_of(passage: Passage) -> str:
    """Return all that leads to the number since the last semicolon of its sentence."""
    lead = passage.place.lead
    return lead[lead.rfind(";") + 1 :] + passage.place.left


def value_reasons(passage: Passage) -> list[Reason]:
    """Tell how the printed form became the value."""
    flags = _flags(passage)
    facts = {"printed": passage.printed, "amount": cell(_amount(passage))}
    reasons = [_value_reason(passage, facts)]
    if passage.read.value is not None and passage.read.value < 0:
        reasons.append(("fall", facts))
    if re.search("[０-９．％]", passage.printed):
        reasons.insert(0, ("wide", facts))
    return [*reasons, ("damaged", facts)] if "damaged" in flags else reasons


def _value_reason(passage: Passage, facts: dict[str, str]) -> Reason:
    flags, read = _flags(passage), passage.read
    if read.value is None:
        return "range", facts | {"low": cell(read.low), "high": cell(read.high)}
    named = {"rank": "rank", "fraction": "fraction", "change_rel": "doubling", "chinese": "chinese"}
    for flag, rule in named.items():
        if flag in flags and not (rule == "doubling" and passage.place.token.form == "cell"):
            return rule, facts
    surface, amount = _surface(passage), _amount(passage)
    number = _NUMBER.search(surface)
    plain = parse_numeral(number.group()) if number else None
    if number is None or not plain or amount is None:
        return "other" if plain != amount else "plain", facts
    scaled = _SCALED.search(surface)
    facts |= {"number": number.group(), "scale": cell((amount / plain).normalize())}
    if amount != plain:
        return ("magnitude" if scaled else "elsewhere"), facts
    return ("separators" if "," in number.group() else "plain"), facts


def unit_reasons(passage: Passage) -> list[Reason]:
    """Tell whether the unit is printed, and if not, what it was inferred from."""
    flags, unit, surface = _flags(passage), passage.read.unit, _surface(passage)
    facts = {"unit": unit, "printed": passage.printed}
    if not unit:
        return [("none", facts)]
    if "unit_inferred" in flags:
        return [_inferred(passage, facts)]
    if unit == "%" and "fraction" in flags:
        return [("share", facts)]
    if "rank" in flags:
        return [("rank", facts)]
    if unit in surface:
        return [("printed", facts)]
    for form in re.findall(unit_pattern(), surface):
        if unit_of(form).base == unit:
            return [("canonical", facts | {"words": form})]
    return [("big" if surface.endswith("大") else "elsewhere", facts)]


def _inferred(passage: Passage, facts: dict[str, str]) -> Reason:
    place, after = passage.place, passage.view.text[passage.place.token.end :][:12]
    people = PEOPLE.match(after)
    if place.token.form == "cell":
        return "elsewhere", facts
    if people:
        return "after", facts | {"words": people.group()}
    if after[:1] in ("、", "和", "及", "与", "以"):
        return "shared", facts
    return ("guessed", facts) if "unit_guessed" in _flags(passage) else ("before", facts | {"words": left_of(passage)})


def bound_reasons(passage: Passage) -> list[Reason]:
    """Tell which word makes the value a bound, if any."""
    bound, token, text = passage.read.bound, passage.place.token, passage.view.text
    if bound == "=":
        return [] if passage.read.value is None else [("none", {})]
    within = _BOUND_WITHIN.search(text[token.start : token.end] + text[token.end : token.end + 2] * ("fraction" in _flags(passage)))
    if within:
        return [("within", {"words": within.group()})]
    before = text[max(passage.place.start, token.start - 12) : token.start]
    for length in range(1, len(before) + 1):
        word = before[-length:]
        if bound_before(word) == bound:
            whole = _COMPOUNDS.get(word[0], word) if length == 1 else word
            return [("before", {"words": whole if before.endswith(whole) else word})]
    return [("row", {})]


def kind_reasons(passage: Passage) -> list[Reason]:
    """Tell what makes the number a level, a change or a rank."""
    kind = passage.read.kind
    made = _MADE.search(passage.place.left[-10:]) if kind == "level" else None
    if made:
        return [("made", {"words": made.group()})]
    moved = (_RANKED if kind == "rank" else _MOVED).search(passage.place.left)
    words = moved.group() if moved and moved.group() else left_of(passage)
    return [(kind, {"words": passage.printed if "change_rel" in _flags(passage) else words})]


def status_reasons(passage: Passage) -> list[Reason]:
    """Tell what makes the number an outcome, a target or a reference."""
    rule = recorded(passage.read.rule).get("status", "genre")
    words = left_of(passage)
    if rule in ("modal", "modal_done"):
        modals = _modals(clause_of(passage)[-80:])
        words = modals[-1] if modals else words
    elif rule == "plan_modal" and passage.read.bound in (">=", "<="):
        words = bound_reasons(passage)[0][1].get("words", words)
    elif rule == "genre":
        rule, words = _of_genre(passage, words)
    elif rule == "by_then":
        then = _BY_THEN.findall(clause_of(passage))
        words = then[-1] if then else words
    elif rule == "bracket":
        words = passage.place.lead[-8:].rpartition("(")[2] + passage.place.left
    return [(rule, {"words": words, "year": str(passage.year or "")})]


def _of_genre(passage: Passage, words: str) -> tuple[str, str]:
    """Return the sentence for a status that only the kind of report tells, and a word of planning that did not count."""
    if passage.read.status == "target":
        return ("genre_plan" if passage.genre == "plan" else "genre_announced"), words
    modals = _modals(passage.place.lead + passage.place.left)
    return ("genre_though", modals[-1]) if modals else ("genre", words)


def _modals(words: str) -> list[str]:
    return [modal.group() for modal in re.finditer(cues("modal"), words)]


def stage_reasons(passage: Passage) -> list[Reason]:
    """Tell how far what is counted has come, when it is something that is named or built."""
    stage = passage.read.stage
    if stage == "none":
        return []
    near = passage.place.left[-24:] + "|" + passage.place.right[:16] + "|" + passage.place.after
    word = re.search(cues(f"stage_{stage}"), near)
    rule = "planned" if passage.read.status == "target" else "words"
    return [(rule, {"words": word.group() if word else left_of(passage)})]


def period_reasons(passage: Passage) -> list[Reason]:
    """Tell where the period comes from."""
    rule = recorded(passage.read.rule).get("period", "none")
    clause = clause_of(passage)
    patterns = {"cumulative": _CUMULATIVE, "five_year_plan": _FIVE_YEARS, "relative": _RELATIVE, "report": _THIS_YEAR}
    words = left_of(passage)
    if rule == "date":
        words = _date(passage)
    elif rule in patterns:
        spoken = patterns[rule].findall(passage.place.left) or patterns[rule].findall(clause)
        words = spoken[-1] if spoken else words
        rule = "report_unnamed" if rule == "report" and spoken else rule
    return [(rule, {"words": words, "year": str(passage.year or "")})]


def _date(passage: Passage) -> str:
    text, years = passage.view.text, re.findall(r"\d{4}", passage.read.period)
    for date in reversed(passage.place.dates):
        printed = text[date.start : date.end]
        if date.start >= passage.place.start and all(year in printed for year in years):
            return printed
    return left_of(passage)


def subject_reasons(passage: Passage) -> list[Reason]:
    """Tell where the words for what is measured stand, and what they inherit."""
    rule = recorded(passage.read.rule).get("subject", "left")
    subject, left = passage.read.subject, passage.place.left
    if rule == "right":
        return [_on_both_sides(subject, left, passage.place.right) or (rule, {})]
    own = core(left)
    parent = subject.removesuffix(own) if own and subject.endswith(own) else ""
    if rule in ("dependent", "part", "acting", "total") and not parent:
        rule = "carried" if own == subject else "joined"
    return [(rule, {"subject": subject, "words": own or left or subject, "parent": parent})]


def _on_both_sides(subject: str, left: str, right: str) -> Reason | None:
    """Return the reason for a subject of which the verb stands before the number (申报2个市级护理站点)."""
    for length in range(1, min(len(subject), 16)):
        if subject[:length] in left and right.removeprefix("的").startswith(subject[length:]):
            return "around", {"words": subject[:length], "rest": subject[length:]}
    return None


def scope_reasons(passage: Passage) -> list[Reason]:
    """Tell whether the value covers the report's place, and if not, what it covers."""
    rule = recorded(passage.read.rule).get("scope", "whole")
    if passage.read.status == "reference" and rule == "whole":
        return [("reference", {})]
    said = _WHOLE.match(passage.place.left) if rule == "whole" else None
    return [("whole_said", {"words": said.group()}) if said else (rule, {})]


def _flags(passage: Passage) -> tuple[str, ...]:
    quantity = passage.place.token.quantity
    assert quantity is not None
    return quantity.flags


def _surface(passage: Passage) -> str:
    """Return the number as it stands in the folded view, where every rule reads it."""
    return passage.view.text[passage.place.token.start : passage.place.token.end]


def _amount(passage: Passage) -> Decimal | None:
    """Return the value without the sign of a fall."""
    return None if passage.read.value is None else abs(passage.read.value)
