"""Every number of a text with its role: the ledger.

In: the folded text. Out: a list of ``Token`` in text order, so that every run of Arabic digits lies in one of
them. A token that reports something (role ``measure``) carries its exact value, unit and bound; the others say
why they are none: date, label, name, attribute, unread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from weijian.chinese import chinese_tokens
from weijian.grids import cell_at
from weijian.numerals import parse_numeral
from weijian.quantity import Quantity, bound_before, match_quantity
from weijian.shapes import ATTRIBUTE, DATE, MEASURE, NAME, UNREAD, Token, in_quotes, read_glued, read_label, read_shape
from weijian.units import infer_unit

_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CELL_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")
_GROWTH = re.compile(r"同比|环比|增长|增幅|增速")
_VERSION = re.compile(r"\d\.\d(?=版|框架|时代|工作|方案|模式|建设|“|”|\)|》|「|,|、|。|\D)")
_SERVICE_NUMBER = re.compile(r"[^,。;]{0,4}?(?:热线|急救|救护|便民|应急联动|心理|电话|平台|服务号)")
_FEAST = re.compile(r"[^,。;、]{0,10}?(?:节|日(?!均|常)|宣传周|主题|活动)")
_DURATION = re.compile(
    r"(?:个)?(?:小时|分钟|秒)(?=[^,。;]{0,8}?(?:圈|服务|网络|可达|到达|响应|内|制|不间断|值班|值守|核酸|急诊|开放|预约|热线|应急|监测|动态))"
)
_SPAN_OF_YEARS = re.compile(r"(?:近|未来|过去|(?<!提)前|(?<!延)后|今后|为期|历时|每|用|利用|经过|历经)$")
_TIMES = frozenset(("分钟", "小时", "秒", "个月", "周", "天"))
_FRACTION = re.compile(r"(\d+)/(\d+)(?![\d万千])")
_TENTHS = re.compile(r"(\d(?:\.\d)?)成(?![为立果效员本都功人长分绩熟型套体])(以上)?")
_RANKED = re.compile(r"(?:排名|位列|位居|名列|居|列|[省市区县国])(?:[从由])?第$|[从由]第$")
_LONGEST_NUMBER = 18
_DENOMINATOR = re.compile(r"(?:每|/|比)$")


def scan(text: str) -> list[Token]:
    """Return every numeric mention of a folded text, in order.

    >>> [(t.role, text[t.start:t.end]) for text in ["2024年65岁以上老年人体检31.56万人"] for t in scan(text)]
    [('date', '2024年'), ('attribute', '65岁以上'), ('measure', '31.56万人')]
    """
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if "@" in text or "www" in text or "http" in text else []
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
            token = _read(text, start, digits.end())
        tokens.append(token)
        done = token.end
    return sorted([*tokens, *chinese_tokens(text, tokens, Token)], key=lambda token: token.start)


def _read(text: str, start: int, end: int) -> Token:
    """Return the token that begins with the run of digits text[start:end]."""
    if end - start > _LONGEST_NUMBER:
        return Token(start, end, NAME, form="number")
    before = text[max(0, start - 24) : start]
    glued = read_glued(text, start, end, before)
    if glued:
        return glued
    label = read_label(text, start, before)
    if label:
        return label
    shaped = read_shape(text, start, end, before)
    if shaped:
        return shaped
    token = _read_cell(text, start, end) or _read_quantity(text, start, end, before)
    return _negative(token, before) if before[-1:] == "-" else token


def _read_cell(text: str, start: int, end: int) -> Token | None:
    """Return the measure that a number alone in a table's cell is; the first cell of a row only numbers it."""
    cell = cell_at(text, start) if text[start - 1 : start] in ("|", "-", "+") else None
    if cell is None or not cell.row or cell.row in ("序号", "合计"):
        return None
    quantity = match_quantity(text, start, "")
    if quantity is None or quantity.value is None:
        return None
    if quantity.unit and "unit_inferred" not in quantity.flags:
        return Token(start, quantity.end, MEASURE, quantity, "cell")
    stop = _CELL_NUMBER.match(text, start).end()  # type: ignore[union-attr]
    value = parse_numeral(text[start:stop])
    if value is None:
        return None
    unit = cell.unit or infer_unit(cell.column, "") or infer_unit(cell.row, "")
    flags = ("unit_inferred", "change_rel") if _GROWTH.search(cell.column or cell.row) else ("unit_inferred",)
    unit = unit or ("%" if "change_rel" in flags else "")
    return Token(start, stop, MEASURE, Quantity(stop, value * cell.scale, None, None, unit, "=", flags), "cell")


def _negative(token: Token, before: str) -> Token:
    """Return a number behind a minus sign as the negative number it is."""
    quantity = token.quantity
    if quantity is None or quantity.value is None or not (before[-2:-1] in "为至到达率(|:是" or len(before) == 1):
        return token
    minus = replace(quantity, value=-quantity.value)
    return Token(token.start - 1, token.end, token.role, minus, token.form)


def _read_quantity(text: str, start: int, end: int, before: str) -> Token:
    quantity = match_quantity(text, start, before)
    if before[-1:] == "第":
        return _read_ordinal(text, start, quantity, end, before)
    if (
        in_quotes(text, start, before)
        and not _DURATION.match(text, end)
        and not (quantity and quantity.unit in ("%", "万") and before[-1:] != "个")
    ):
        return Token(start, quantity.end if quantity else end, NAME, form="quoted")
    if before[-1:] == "《" or (before.rfind("《") > before.rfind("》") and "》" in text[start : start + 60]):
        return Token(start, end if not _VERSION.match(text, start) else start + 3, NAME, form="title")
    if _DENOMINATOR.search(before) and not (quantity and quantity.high is not None) and before[-1:] != "比":
        return Token(start, quantity.end if quantity else end, ATTRIBUTE, form="denominator")
    fraction = _FRACTION.match(text, start)
    if fraction and int(fraction[2]) and int(fraction[1]) < int(fraction[2]):
        share = Decimal(fraction[1]) * 100 / Decimal(fraction[2])
        bound, tail = bound_before(before), text[fraction.end() : fraction.end() + 2]
        bound = ">=" if tail == "以上" else bound
        return Token(start, fraction.end(), MEASURE, Quantity(fraction.end(), share, None, None, "%", bound, ("fraction",)))
    tenths = _TENTHS.match(text, start)
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
    if quantity.unit == "年" and _SPAN_OF_YEARS.search(before):
        return Token(start, quantity.end, DATE, form="duration")
    if quantity.unit == "年" and re.match(r"(?:内|行动|规划|计划|来|期|间)", text[quantity.end : quantity.end + 2]):
        return Token(start, quantity.end, DATE, form="duration")
    stands = "\u4e00" <= text[quantity.end : quantity.end + 1] <= "\u9fff"
    if stands and quantity.unit in _TIMES and text[quantity.end - 1] in "上内下" and quantity.unit != "年":
        return Token(start, quantity.end, ATTRIBUTE, form="class")
    if quantity.unit == "小时" and quantity.value == 24 and not before.endswith(("至", "到", "达", "为", "在")):
        return Token(start, quantity.end, ATTRIBUTE, form="duration")
    if quantity.bound == ">=" and quantity.unit in ("平方米", "亩", "公里", "公顷") and text[quantity.end : quantity.end + 1] == "的":
        return Token(start, quantity.end, ATTRIBUTE, form="class")
    if quantity.unit in ("周年",):
        return Token(start, quantity.end, NAME, form="anniversary")
    duration = _DURATION.match(text, quantity.end - len(quantity.unit))
    if (
        quantity.unit in ("小时", "分钟", "秒")
        and duration
        and quantity.bound == "="
        and not before.endswith(("至", "到", "达", "为", "间", "长"))
    ):
        return Token(start, quantity.end, ATTRIBUTE, form="duration")
    after = text[quantity.end : quantity.end + 1]
    if before[-1:] == "前" and quantity.unit in ("名", "位", "强"):
        if "\u4e00" <= after <= "\u9fff":
            return Token(start, quantity.end, ATTRIBUTE, form="class")
        return _rank(start, quantity.end, quantity, "<=")
    return Token(start, quantity.end, MEASURE, quantity)


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
