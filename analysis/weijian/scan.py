"""Every number of a text with its role: the ledger.

In: the folded text. Out: a list of ``Token`` in text order, so that every run of Arabic digits lies in one of
them. A token that reports something (role ``measure``) carries its exact value, unit and bound; the others say
why they are none: date, label, name, attribute, unread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from weijian.chinese import GROUPS, chinese_tokens
from weijian.finding import late
from weijian.grids import Cell, Tables
from weijian.headers import Unit, may_be_negative, said_of
from weijian.numerals import ARABIC, MAGNITUDE, MAGNITUDES, parse_numeral
from weijian.quantity import SUFFIX, Quantity, bound_before, match_quantity
from weijian.shapes import ATTRIBUTE, DATE, LABEL, MEASURE, NAME, UNREAD, Token, in_quotes, read_glued, read_label, read_shape

_DIGITS = re.compile(r"\d\d*")  # found twice as fast as \d+
_ADDRESS = late(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CELL_NUMBER = late(
    rf"(?P<low>{ARABIC})(?:[-—~至到](?P<high>{ARABIC}))?(?P<more>[余多])?(?P<scale>{MAGNITUDE})?[余多]?(?P<suffix>及?以[上下内]|之内|左右|上下)?"
)
_RATE_UNIT = late(r"1/(?:10|十)?[万千]")
_NUMBERED = late(r"\d+(?:\.\d+)*")
_VERSION = re.compile(r"\d\.\d(?=版|框架|时代|工作|方案|模式|建设|“|”|\)|》|「|,|、|。|\D)")
_SERVICE_NUMBER = late(r"[^,。;]{0,4}?(?:热线|急救|救护|便民|应急联动|心理|电话|平台|服务号)")
_FEAST = late(r"[^,。;、]{0,10}?(?:节|日(?!均|常)|宣传周|主题|活动)")
_DURATION = late(
    r"(?:个)?(?:小时|分钟|秒)(?=[^,。;]{0,8}?(?:圈|服务|网络|可达|到达|响应|内|制|不间断|值班|值守|核酸|急诊|开放|预约|热线|应急|监测|动态))"
)
_SPAN_OF_YEARS = re.compile(r"(?:近|未来|过去|(?<!提)前|(?<!延)后|今后|为期|历时|每|用|利用|经过|历经)$")
_YEARS_OF = late(r"内|行动|规划|计划|来|期|间")
_TIMES = frozenset(("分钟", "小时", "秒", "个月", "周", "天"))
_FRACTION = re.compile(r"(\d+)/(\d+)(?![\d万千])")
_TENTHS = re.compile(r"(\d(?:\.\d)?)成(?![为立果效员本都功人长分绩熟型套体])(以上)?")
_RANKED = late(r"(?:排名|位列|位居|名列|居|列|[省市区县国])(?:[从由])?第$|[从由](?:[^,。;]{0,6}年的?)?第$")
_LONGEST_NUMBER = 18
_DENOMINATOR, _PER = re.compile(r"[每/比]$"), "每/\n"


def scan(text: str) -> list[Token]:
    """Return every numeric mention of a folded text, in order.

    >>> [(t.role, text[t.start:t.end]) for text in ["2024年65岁以上老人体检33.18万人"] for t in scan(text)]
    [('date', '2024年'), ('attribute', '65岁以上'), ('measure', '33.18万人')]
    """
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if "@" in text or "www" in text or "http" in text else []
    tables = Tables(text)
    has_tables = bool(tables)
    tokens: list[Token] = []
    done = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done:
            continue
        while addresses and addresses[0][1] <= start:
            addresses.pop(0)
        if addresses and addresses[0][0] <= start:
            token = Token(start, addresses[0][1], NAME, form="address")
        else:
            token = _read(text, start, digits.end(), tables.cell_at(start) if has_tables else None)
        tokens.append(token)
        done = token.end
    tokens = sorted([*tokens, *chinese_tokens(text, tokens, Token)], key=attrgetter("start"))
    return tokens if not has_tables else [_placed(token, tables.cell_at(token.start)) for token in tokens]


def _placed(token: Token, cell: Cell | None) -> Token:
    """Return a token with its cell; what stands in a header measures nothing."""
    if cell is None or cell.loose:
        return token
    token.cell = cell
    return replace(token, role=ATTRIBUTE, quantity=None) if cell.role == "header" and token.role in (MEASURE, UNREAD) else token


def _read(text: str, start: int, end: int, cell: Cell | None) -> Token:
    """Return the token that begins with the run of digits text[start:end]."""
    if end - start > _LONGEST_NUMBER:
        return Token(start, end, NAME, form="number")
    alone = _read_cell(text, start, end, cell) if cell else None
    if alone:
        return alone
    before = text[max(0, start - 24) : start]
    glued = read_glued(text, start, end, before)
    if glued:
        return glued
    label = read_label(text, start, end, before)
    if label:
        return label
    shaped = read_shape(text, start, end, before)
    if shaped:
        return shaped
    token = _read_quantity(text, start, end, before)
    return _negative(token, before) if before[-1:] == "-" else token


def _read_cell(text: str, start: int, end: int, cell: Cell) -> Token | None:
    """Return the token of a number that is all that a cell holds; what only numbers the row or dates it is no measure."""
    if cell.role == "label":
        return Token(start, start + len(_NUMBERED.match(text[start : cell.end]).group()), LABEL)  # type: ignore[union-attr]
    rate = _RATE_UNIT.match(text, start, cell.end)
    if cell.role == "unit" or (rate and text[start - 1 : start] == "("):
        return Token(start, rate.end() if rate else end, ATTRIBUTE, form="denominator")
    if cell.role == "date":
        return Token(start, end, DATE, form="year") if end - start == cell.end - cell.start else None
    quantity = _in_cell(text, start, cell) if cell.role == "number" else None
    if quantity is None:
        return None
    if cell.loose and "unit_inferred" in quantity.flags:
        return Token(start, quantity.end, UNREAD, quantity)
    sign = 1 if text[start - 1 : start] == "-" and start > cell.start else 0
    return Token(start - sign, quantity.end, MEASURE, quantity, "cell", cell)


def _in_cell(text: str, start: int, cell: Cell) -> Quantity | None:
    """Return the quantity of a cell, in the unit that it or its headers state."""
    content, at = text[cell.start : cell.end], start - cell.start
    before = content[:at]
    quantity, found = match_quantity(content, at, before), _CELL_NUMBER.match(content, at)
    if quantity is None or found is None:
        return None
    printed = quantity.unit if "unit_inferred" not in quantity.flags else ""
    said = said_of(cell.row, cell.column, (cell.above, cell.level), cell.unit, cell.units, printed)
    flags = () if said.kind == "level" else (said.kind,)
    if not printed:
        quantity = _without_unit(found, said.unit, bound_before(before))
        if quantity is None:
            return None
    closed = before[-1:] == "(" and (said.kind.startswith("change") or may_be_negative(cell.row, quantity.unit))
    minus = before[-1:] == "-" or closed or "↓" in content or (said.sign < 0 and before[-1:] not in ("+", "-"))
    value = -quantity.value if minus and quantity.value is not None else quantity.value
    if not flags and before[-1:] in ("+", "-") and not may_be_negative(cell.row, quantity.unit):
        flags = ("change_abs",)
    return replace(quantity, end=cell.start + quantity.end, value=value, flags=(*quantity.flags, *flags))


def _without_unit(found: re.Match[str], unit: Unit, bound: str) -> Quantity | None:
    """Return the quantity of a bare number or range, in the unit of its headers."""
    low, high = parse_numeral(found["low"]), parse_numeral(found["high"]) if found["high"] else None
    if low is None or (high is not None and high < low):
        return None
    scale = MAGNITUDES[found["scale"]] if found["scale"] else unit.scale
    bound = SUFFIX.get((found["suffix"] or "").removeprefix("及"), ">" if found["more"] else bound)
    flags = () if unit.stated else ("unit_inferred",)
    if high is None:
        return Quantity(found.end(), low * scale, None, None, unit.base, bound, flags)
    return Quantity(found.end(), None, low * scale, high * scale, unit.base, bound, flags)


def _negative(token: Token, before: str) -> Token:
    """Return a number behind a minus sign as the negative number it is."""
    quantity = token.quantity
    if quantity is None or quantity.value is None or not (before[-2:-1] in "为至到达率(|:是" or len(before) == 1):
        return token
    minus = replace(quantity, value=-quantity.value)
    return Token(token.start - 1, token.end, token.role, minus, token.form)


def _read_quantity(text: str, start: int, end: int, before: str) -> Token:
    quantity = match_quantity(text, start, before)
    lead, after = before[-1:], text[end : end + 1]
    if lead == "第":
        return _read_ordinal(text, start, quantity, end, before)
    if (
        "“" in before
        and in_quotes(text, start, before)
        and not _DURATION.match(text, end)
        and not (quantity and quantity.unit in ("%", "万") and lead != "个")
    ):
        return Token(start, quantity.end if quantity else end, NAME, form="quoted")
    if "《" in before and (lead == "《" or (before.rfind("《") > before.rfind("》") and "》" in text[start : start + 60])):
        return Token(start, end if not _VERSION.match(text, start) else start + 3, NAME, form="title")
    if lead in _PER and _DENOMINATOR.search(before) and not (quantity and quantity.high is not None):
        return Token(start, quantity.end if quantity else end, ATTRIBUTE, form="denominator")
    fraction = _FRACTION.match(text, start) if after == "/" else None
    if fraction and int(fraction[2]) and int(fraction[1]) < int(fraction[2]):
        share = Decimal(fraction[1]) * 100 / Decimal(fraction[2])
        bound, tail = bound_before(before), text[fraction.end() : fraction.end() + 2]
        bound = ">=" if tail == "以上" else bound
        return Token(start, fraction.end(), MEASURE, Quantity(fraction.end(), share, None, None, "%", bound, ("fraction",)))
    tenths = _TENTHS.match(text, start) if after in ("成", ".") else None
    if tenths:
        share = Decimal(tenths[1]) * 10
        bound = ">=" if tenths[2] else bound_before(before)
        return Token(start, tenths.end(), MEASURE, Quantity(tenths.end(), share, None, None, "%", bound, ("fraction",)))
    if quantity and quantity.unit:
        return _read_unit_bearing(text, start, quantity, before)
    return _read_bare(text, start, end, quantity, before)


def _rank(start: int, end: int, quantity: Quantity, bound: str = "=") -> Token:
    return Token(start, end, MEASURE, Quantity(end, quantity.value, None, None, "位", bound, ("rank",)))


def _read_ordinal(text: str, start: int, quantity: Quantity | None, end: int, before: str) -> Token:
    if quantity and quantity.unit in ("名", "位") and text[quantity.end : quantity.end + 1] in ",。;、)\n|":
        return _rank(start, quantity.end, quantity)
    after = text[end : end + 1]
    if quantity and quantity.unit in ("名", "位") and _RANKED.search(before):
        return _rank(start, quantity.end, quantity)
    if quantity and not quantity.unit and (after in ",。;、)\n|" or (_RANKED.search(before) and after in "升降提上前下")):
        return _rank(start, end, quantity)
    return Token(start, end, NAME, form="ordinal")


def _read_unit_bearing(text: str, start: int, quantity: Quantity, before: str) -> Token:
    unit, stop = quantity.unit, quantity.end
    after = text[stop : stop + 1]
    stands = "\u4e00" <= after <= "\u9fff"
    if unit == "年" and (_SPAN_OF_YEARS.search(before) or _YEARS_OF.match(text, stop, stop + 2)):
        return Token(start, stop, DATE, form="duration")
    if unit == "类" and GROUPS.match(text, stop):
        return Token(start, stop, ATTRIBUTE, form="class")
    if unit in _TIMES:
        if stands and text[stop - 1] in "上内下":
            return Token(start, stop, ATTRIBUTE, form="class")
        if _lasts(text, quantity, before):
            return Token(start, stop, ATTRIBUTE, form="duration")
    if quantity.bound == ">=" and after == "的" and unit in ("平方米", "亩", "公里", "公顷"):
        return Token(start, stop, ATTRIBUTE, form="class")
    if unit == "周年":
        return Token(start, stop, NAME, form="anniversary")
    if before[-1:] == "前" and unit in ("名", "位", "强"):
        return Token(start, stop, ATTRIBUTE, form="class") if stands else _rank(start, stop, quantity, "<=")
    return Token(start, stop, MEASURE, quantity)


def _lasts(text: str, quantity: Quantity, before: str) -> bool:
    """Say whether hours or minutes only describe a service: 24小时值班, 15分钟服务圈."""
    unit = quantity.unit
    if unit == "小时" and quantity.value == 24 and not before.endswith(("至", "到", "达", "为", "在")):
        return True
    if unit not in ("小时", "分钟", "秒") or quantity.bound != "=" or before.endswith(("至", "到", "达", "为", "间", "长")):
        return False
    return bool(_DURATION.match(text, quantity.end - len(unit)))


def _read_bare(text: str, start: int, end: int, quantity: Quantity | None, before: str) -> Token:
    """Return the token of a number without a unit: a name, a clear measure, or unread."""
    if quantity is None or "magnitude" in quantity.flags or "unit_inferred" in quantity.flags:
        return Token(start, quantity.end if quantity else end, MEASURE if quantity else UNREAD, quantity)
    after = text[end : end + 12]
    if end - start >= 3 and "." not in text[start : quantity.end] and (_SERVICE_NUMBER.match(after) or _FEAST.match(after)):
        return Token(start, end, NAME, form="number")
    if _VERSION.match(text, start) and quantity.end == start + 3 and not before.endswith(("为", "达", "到")):
        return Token(start, quantity.end, NAME, form="version")
    if end - start >= 5 and "." not in text[start : quantity.end]:
        return Token(start, end, NAME, form="number")
    if re.match(r"[,。;、)\n|!]|$", after) and re.search(r"[\u4e00-\u9fff):|]$", before):
        return Token(start, quantity.end, MEASURE, quantity)
    return Token(start, quantity.end, UNREAD, quantity)
