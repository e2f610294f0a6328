"""The whole reading of one document: every number with its role, every measure as an observation.

In: a Document or a text. Out: a ``Reading``. ``extract`` gives the same as plain dicts, one for each numeric
mention, in the form that ``weijian extract`` prints.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from weijian.clauses import Setting, sentence_bounds
from weijian.codebook import codebook
from weijian.cues import cues
from weijian.definitions import definition_of
from weijian.documents import from_text
from weijian.folding import Folded, fold
from weijian.observations import Measured, measure
from weijian.outline import Outline, outline
from weijian.periods import EARLIER, last_year
from weijian.records import Document, Mention, Observation, Reading, Report
from weijian.scan import scan
from weijian.shapes import MEASURE, Token
from weijian.units import quantity_of

_STOCK, _FLOW = re.compile(cues("stock")), re.compile(cues("flow"))
_WHOLE_YEAR = re.compile(r"全年|年度|年底|年末|当年|(?<![上下半])年内")
_PART_OF_YEAR = re.compile(r"同期|半年|季度|\d月|1[-—~至]\d")
# A text without a known place speaks of the one it opens with.
_FIRST_PLACE = re.compile(
    r"(?:^|[\n,。;:：(]|\d年)(?:截至|全年|今年)?([\u4e00-\u9fff]{2,4}?(?<![全我本各社小郊城地园病山院])(?:县|区|市|州|旗))(?!域|级|属|内|委|场|民|直|医|人民|中心|妇|疾|卫监|急)"
)

# A short text may carry its year in brackets at its end.
_LAST_YEAR = re.compile(r"\((?:[^()\n]{0,24}?\D)?((?:19|20)\d\d)年?[^()\n\d]{0,12}\)[。\s]*$")


def read(source: Document | str, name: str = "text") -> Reading:
    """Read a document or a text whole.

    >>> reading = read("临江市2023年卫生健康工作总结\\n全市家庭医生签约率超过43%。")
    >>> [(o.indicator, o.bound, str(o.value), o.unit, o.period) for o in reading.observations]
    [('fd_sign_rate', '>', '43', '%', '2023')]
    """
    document = from_text(source, name) if isinstance(source, str) else source
    view, found = fold(document.text), outline(document)
    tokens, measured = _measures(view, found)
    mentions = tuple(_mention(document.text, view, token) for token in tokens)
    observations = _observations(document, view, found, measured)
    return Reading(document, found.furniture, found.reports, found.sections, mentions, observations, found.metadata)


def extract(text: str) -> list[dict[str, Any]]:
    """Return every numeric mention of a text, in order, as plain dicts; measures carry all they say.

    >>> [(m["surface"], m["role"]) for m in extract("2024年新建60家")]
    [('2024年', 'date'), ('60家', 'measure')]
    >>> extract("同比下降7.46%")[0]["value"], extract("同比下降7.46%")[0]["kind"]
    (-7.46, 'change_rel')
    """
    view, found = fold(text), outline(Document("text", text, sha256=""))
    tokens, measured = _measures(view, found)
    said = {id(m.place.token): m for m in measured}
    return [_plain(text, view, token, said.get(id(token))) for token in tokens]


def _measures(view: Folded, found: Outline) -> tuple[list[Token], list[Measured]]:
    tokens = scan(view.text)
    measured = measure(view.text, tokens, _settings(view, found))
    if any(report.institution for report in found.reports):
        measured = [_of_institution(said, found.report_at(view.source(said.place.token.start))) for said in measured]
    return tokens, measured


def _of_institution(said: Measured, report: Report | None) -> Measured:
    """Return a measure of a hospital's own report as the hospital's: it is no indicator of the place."""
    if report is None or not report.institution or said.scope:
        return said
    candidates = tuple(dict.fromkeys([*said.candidates, *([said.indicator] if said.indicator else [])]))
    return replace(said, scope=report.institution, indicator="", candidates=candidates)


def _settings(view: Folded, found: Outline) -> Callable[[int], Setting]:
    """Return the function that tells the setting of a view position: genre, year, headings and place."""
    made: dict[int, Setting] = {}
    first = _FIRST_PLACE.search(view.text, 0, 160)
    own_place = first[1] if first else ""
    last = _LAST_YEAR.search(view.text, max(0, len(view.text) - 60))
    last_year = int(last[1]) if last else None

    def setting_at(position: int) -> Setting:
        above = found.setting_at(view.source(position))
        if id(above) not in made:
            headings, section = [], above.section
            while section:
                headings.append(fold(section.heading).text)
                section = (found.read_as or found).parent_of(section)
            place = (above.report.place if above.report else "") or own_place
            made[id(above)] = Setting(above.context, above.year or last_year, tuple(headings), place)
        return made[id(above)]

    return setting_at


def _mention(text: str, view: Folded, token: Token) -> Mention:
    start, end = view.span(token.start, token.end)
    return Mention(start, end, text[start:end], token.role)


def _plain(text: str, view: Folded, token: Token, said: Measured | None) -> dict[str, Any]:
    start, end = view.span(token.start, token.end)
    if token.role != MEASURE or said is None:
        return {"start": start, "end": end, "surface": text[start:end], "role": token.role}
    quantity = token.quantity
    assert quantity is not None
    return {
        "start": start, "end": end, "surface": text[start:end], "role": token.role,
        "value": None if said.value is None else _number(said.value), "low": None if said.low is None else _number(said.low),
        "high": None if said.high is None else _number(said.high), "unit": quantity.unit,
        "bound": quantity.bound, "kind": said.kind, "status": said.status, "period": said.period,
        "subject": said.subject, "scope": said.scope, "themes": list(said.themes), "indicator": said.indicator,
        "stage": said.stage, "candidates": list(said.candidates), "flags": list(said.flags),
    }  # fmt: skip


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _observations(document: Document, view: Folded, found: Outline, measured: list[Measured]) -> tuple[Observation, ...]:
    ends = sentence_bounds(view.text)
    rows = []
    for said in measured:
        start, end = view.span(said.place.token.start, said.place.token.end)
        report = found.report_at(start)
        if report is None or found.is_furniture(start):
            continue
        which = bisect_right(ends, said.place.token.start)
        sentence = _sentence(view, document.text, ends[which - 1] if which else 0, ends[which])
        section = found.section_at(start)
        rows.append(_observation(document, said, report, section.key if section else "", (start, end), sentence))
    return tuple(rows)


def _sentence(view: Folded, text: str, start: int, end: int) -> tuple[int, int]:
    first, last = view.span(start, end)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _observation(
    document: Document, said: Measured, report: Report, section: str, span: tuple[int, int], sentence: tuple[int, int]
) -> Observation:
    quantity = said.place.token.quantity
    assert quantity is not None
    facts = codebook().by_key("indicators").get(said.indicator, {})
    flags = said.flags + (("provisional",) if said.stage == "publicised" else ())
    if said.period == EARLIER or (report.year and last_year(said.period) not in (0, report.year)):
        flags += ("other_year",)
    if report.part_of_year and not _of_whole_year(said, report.year):
        flags += ("part_of_year",)
    return Observation(
        observation=f"{report.key}@{span[0]}", report=report.key, section=section, place_code=report.place_code,
        indicator=said.indicator, definition=_definition(said, quantity.unit), candidates=said.candidates, themes=said.themes, subject=said.subject,
        scope=said.scope, base=_base(said, facts), kind=said.kind, status=said.status, stage=said.stage, bound=quantity.bound,
        value=said.value, low=said.low, high=said.high, unit=quantity.unit, period=said.period,
        stock_or_flow=_stock_or_flow(said, quantity.unit, facts),
        start=span[0], end=span[1], sentence_start=sentence[0], sentence_end=sentence[1],
        quote=document.text[sentence[0] : sentence[1]], rule=";".join(said.rules), flags=flags, page=document.page_at(span[0]),
    )  # fmt: skip


def _of_whole_year(said: Measured, year: int | None) -> bool:
    """Say whether a number in the report of a part of a year is of a whole one: its aim (全年目标), or another year's value."""
    words = said.place.clause + said.place.right
    if said.status == "target" and _WHOLE_YEAR.search(words):
        return True
    return bool(year) and last_year(said.period) not in (0, year) and not _PART_OF_YEAR.search(words)


def _stock_or_flow(said: Measured, unit: str, facts: Any) -> str:
    """Return what the words say, or what the indicator is by its nature: institutions that do something are there already."""
    if said.kind.startswith("change"):
        return "change"
    known = facts.get("stock_or_flow") or "unknown"
    words = said.place.left[-16:] + said.place.right[:8]
    if quantity_of(unit) in ("institution", "thing"):
        if "subject=acts" in said.rules and known in ("flow", "unknown"):
            return "unknown"
        if known == "unknown" or (known == "flow" and _STOCK.search(words)):
            return "stock" if _STOCK.search(words) else "flow" if _FLOW.search(words) else "unknown"
    if known == "unknown" and said.period == "cumulative":
        return "cumulative"  # a known stock stays one: signed residents are often worded 累计
    return str(known)


def _definition(said: Measured, unit: str) -> str:
    place = said.place
    return definition_of(said.indicator, f"{said.subject}|{place.left}|{place.right[:24]}|{unit}", place.clause)


def _base(said: Measured, facts: Any) -> str:
    """Return the population that the text states, or that the indicator is about by its own nature."""
    words = said.subject + said.place.left
    if "户籍" in words:
        return "registered"
    if "常住" in words:
        return "resident"
    if "申请" in words:
        return "applicants"
    if said.indicator and facts.get("base") in ("service_event", "institution"):
        return str(facts["base"])
    return "unknown"
