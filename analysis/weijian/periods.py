"""The period a measure refers to, from the dates of its sentence and the year of its report.

In: a measure's place, the report's year, and the text. Out: ``2024``, ``2021-2023``, ``end-2023``,
``cumulative``, ``earlier`` (what moved from x to y, no year being printed for x) or an empty string. There is no clock: where nothing says a year, none is given.
"""

from __future__ import annotations

import re

from weijian.clauses import Place
from weijian.finding import endings, late
from weijian.shapes import Token
from weijian.titles import years_of

_IN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"((?:19|20)\d\d)年?度?(?:\d{1,2}月)?[-—~至到]((?:19|20)\d\d)")
_BASIS = re.compile(r"(?:较|比|同|与|相比|相较|对比|自|自从)[于之]?$")
_BASIS_FAR = re.compile(r"(?:较|(?<!占)比(?!例|重|率))[^,;。\d]{0,12}$")
_SAME_TIME = re.compile(r"(?:去年|上年|上一年)(?:度|同期)?\($")
_STANDARD = re.compile(r"(?:末|底)?(?:要|应|须|需)")
_NAMED = re.compile(r"版|省|中央|全国|市级?|区政府|为民|度?[^,。;]{0,6}(?:计划|方案|项目|规划|要点|通知|任务)")
_LISTED = re.compile(r"[、和及与](?:19|20)\d\d")  # the last of 2022、2023年 speaks for what follows
_GROUND = re.compile(r"[^,;。]{0,40}基础上,")
_ON_GROUND = re.compile(r"[^,;]*基础上,")
_CUMULATIVE = re.compile(
    r"累计[^,。;]{0,8}(?:签约|参保|注册|建档|建成|双签约)|(?:签约|参保)[^,。;]{0,6}累计|签约”?累计|至今|以来|自[^,。;]{1,30}起|服务总量已?达|历年"
)
_SINCE = re.compile(r"(?:实施|启动|开展|成立|运行|建立|上线|开诊|推行)以来")
_RELATIVE = re.compile(r"(?:去年|上年|上一年|今年|本年|当年|明年|来年)(?!同期(?!为|是|的?$)|度?(?:较|比|同(?!期)))")
_MULTIPLE_OF = re.compile(rf"{_RELATIVE.pattern}(?:同期)?的?$")  # 为上年的1.7倍 speaks of this year
_CHANGED_FROM = re.compile(rf"[由从]{_RELATIVE.pattern}(?=[^,;]*[\d第])")  # 由上年的40%提高到45%: the second value is no longer last year's
_PLAN_YEARS = re.compile(r"(?<![较比])(?<![较比]“)“?(十[一二三四五]?五)”?(?:期间|以来|末|时期)")


EARLIER = "earlier"
"""The period of the value that something moved from, where its year is not printed: 由40%提高到45%."""
_FROM = late(r"(?:由|从)(?:原来|原先|最初|起初|此前|以往|过去)?的?(?:全[国省市区县州])?第?$")
_FROM_ENDS = endings(_FROM.pattern)
_MOVED_FROM = late(r"(?:较|比)(?:(20\d\d)年|(?:上年|去年|上一年))(?:同期|底|末)?[^,;。]{0,14}(?:由|从)$")
_MOVES_TO = late(
    r"(?:[、和及与]\d[^,;。、和及与]{0,6}){0,5}[^,;。\d]{0,6}?"
    r"(?:增|加|长|提高|提升|升|扩大|扩展|扩|拓展|降|下降|降低|减少|减|缩短|缩小|压缩|压减|延长|回落|调整|改|变|涨)(?:到|至|为)"
)


def period_of(place: Place, text: str, year: int | None, before: str) -> tuple[str, str]:
    """Return the period of a measure and the rule that gave it.

    ``year`` is the year of the report or section, ``before`` the period of the measure before in the sentence.
    """
    clause, left = place.clause[-60 - len(place.left) :], place.left
    if place.token.quantity is not None and place.token.quantity.unit == "倍":
        clause, left = _MULTIPLE_OF.sub("", clause), _MULTIPLE_OF.sub("", left)
    if _CUMULATIVE.search(place.left) or ("以来" in clause and _SINCE.search(clause)) or (year is None and "累计" in place.left):
        return "cumulative", "cumulative"
    named = _named(place, left, year)
    if named:
        return named, "relative"
    if _moves_on(place, text) or (before == EARLIER and place.adjoins and not left):
        return _moved_from(place, text, year)
    dated = _dated(place, text) if place.dates else ""
    if dated:
        return dated, "date"
    plan = (_PLAN_YEARS.search(place.left) or _PLAN_YEARS.search(clause)) if "五" in clause else None
    if plan:
        first, last = years_of(plan[1]).split("-")
        if plan.group().endswith("以来") and year:
            last = str(year)
        return (f"end-{last}" if plan.group().endswith("末") else f"{first}-{last}"), "five_year_plan"
    clause = _ON_GROUND.sub("", clause) if "基础上," in clause else clause
    named = _relative(_CHANGED_FROM.sub("", clause), year) if "年" in clause else ""
    if named:
        return named, "relative"
    if before == "cumulative" and re.match(r"服务(?:覆盖)?率|覆盖率", place.left):
        return "cumulative", "inherited"
    return (str(year), "report") if year else ("", "none")


def year_of(period: str, year: int | None) -> int | None:
    """Return the last year that a period names, else the report's ``year``; None for an earlier one that is not named.

    >>> year_of("end-2023", 2024), year_of("cumulative", 2024), year_of("earlier", 2024)
    (2023, 2024, None)
    """
    return None if period == EARLIER else last_year(period) or year


def last_year(period: str) -> int:
    """Return the last year that a period names, 0 when it names none.

    >>> last_year("2021-2023"), last_year("end-2023"), last_year("cumulative")
    (2023, 2023, 0)
    """
    years = _YEAR.findall(period)
    return int(years[-1]) if years else 0


def _named(place: Place, left: str, year: int | None) -> str:
    """Return the year that words right in front of a number name, also in front of its bracket: 与去年同期(98.2/10万)相比."""
    if place.bracketed and year and _SAME_TIME.search(place.lead):
        return str(year - 1)
    return _relative(left, year) if "年" in left else ""


def _relative(words: str, year: int | None) -> str:
    """Return the year that the last of 去年, 今年, 明年 names, unless it is what something is compared with."""
    found = list(_RELATIVE.finditer(words)) if year else []
    if not found or year is None or _BASIS.search(words[: found[-1].start()]):
        return ""
    return str(year + {"去": -1, "上": -1, "明": 1, "来": 1}.get(found[-1].group()[0], 0))


def _moves_on(place: Place, text: str) -> bool:
    """Say whether a number is the first of two that something moved from and to."""
    if place.left[-1:] not in _FROM_ENDS or not _FROM.search(place.left, max(0, len(place.left) - 8)):
        return False
    return bool(_MOVES_TO.match(text, place.token.end, place.end))


def _moved_from(place: Place, text: str, year: int | None) -> tuple[str, str]:
    """Return the period of the value that something moved from, ``earlier`` where no year is printed for it."""
    since = next((date for date in reversed(place.dates) if text[date.start - 1 : date.start] in ("由", "从")), None)
    if since and since.start >= place.start and since.form in {"year", "iso"} and text[since.end : since.end + 1] not in ("起", "以", "开"):
        return _name(text, since.start, since.end, ""), "date"  # 由2020年30个增至51个,从47辆增到96辆: the same two years
    than = _MOVED_FROM.search(place.left)
    named = (than[1] or (str(year - 1) if year else "")) if than else ""
    return (named, "date" if than and than[1] else "relative") if named else (EARLIER, "earlier")


def _dated(place: Place, text: str) -> str:
    """Return the year that the nearest governing date of the sentence gives."""
    for date in reversed(place.dates):
        if date.form in ("year", "span", "iso") and date.start >= place.start and _governs(date, place, text):
            return _name(text, date.start, date.end, text[max(place.start, date.start - 4) : date.start])
    return ""


def _governs(date: Token, place: Place, text: str) -> bool:
    """Say whether a date tells when a measure was, and is not a comparison's, a title's or another number's."""
    lead = text[max(place.start, date.start - 14) : date.start]
    between = text[date.end : place.token.start]
    if place.bracketed and between == "(":
        return True
    if _LISTED.match(between) or (between.startswith("的") and not _next_to(place, date)):
        return False
    if _in_title(text, place.start, date.start) or _GROUND.match(between) or (")" in between and "(" not in between):
        return False
    if _BASIS.search(lead):
        alone = place.previous is None or place.previous.token.end <= date.start
        return alone and bool(_STANDARD.match(between))
    if _BASIS_FAR.search(lead):
        return False
    listed = place.adjoins and place.gap[:1] in "、和及与" and not re.search("[到至为]", between)
    if lead.endswith(("由", "从")) and place.previous is not None and date.end <= place.previous.token.start and not listed:
        return False
    if ";" in between and (lead.endswith(("低于", "高于", "离", "距")) or _in_passing(date, place, text)):
        return False
    named = lead.endswith(("印发", "落实", "下发")) or _NAMED.match(text, date.end, date.end + 16)
    return not named or lead.endswith("第一批")


def _in_passing(date: Token, place: Place, text: str) -> bool:
    """Say whether a date stands behind a number of its own part of the sentence, so that it ends with that part."""
    return bool(re.search(r"\d", text[max(place.start, text.rfind(";", place.start, date.start)) : date.start]))


def _next_to(place: Place, date: Token) -> bool:
    """Say whether “2020年的x” is this measure, or the row that it begins, and no multiple of that year's value."""
    quantity = place.token.quantity
    if quantity is not None and quantity.unit == "倍":
        return False
    return place.previous is None or place.previous.token.end <= date.start or (place.adjoins and place.gap[:1] in "、和及与")


def _name(text: str, start: int, end: int, lead: str) -> str:
    surface = text[start:end].translate(_IN_DIGITS)
    span = _SPAN.search(surface)
    if span:
        return f"{span[1]}-{span[2]}"
    year = _YEAR.search(surface)
    if not year:
        return ""
    ends = surface.endswith(("底", "末")) or text[end : end + 1] in ("底", "末") or lead.endswith(("截至", "截止"))
    return f"end-{year.group()}" if ends and "月" not in surface else year.group()


def _in_title(text: str, start: int, position: int) -> bool:
    lead = text[start:position]
    return any(lead.rfind(a) > lead.rfind(b) for a, b in ("《》", "“”"))
