"""Numerals: Arabic, Chinese and mixed, as exact decimals.

In: a numeral as it stands in the folded text. Out: a ``Decimal``; nothing is ever rounded. What is no numeral
gives ``None``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS.update({"〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9})
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
# As exponents, so that a product keeps the precision of what was printed: 1342.58万 is 1.26567E+7, exact to the hundred.
MAGNITUDES = {
    name: Decimal(f"1E{exponent}")
    for exponent, name in enumerate(("", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"))
}
ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
MAGNITUDE = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?!米|克|伏|瓦|卡)|百(?!分)"


@lru_cache(maxsize=4096)
def parse_numeral(numeral: str) -> Decimal | None:
    """Return the value of an Arabic or Chinese numeral, or None when it is none.

    >>> parse_numeral("1,342.58"), parse_numeral("三千二百"), parse_numeral("二〇二三"), parse_numeral("九点五")
    (Decimal('1342.58'), Decimal('3200'), Decimal('2023'), Decimal('9.5'))
    >>> parse_numeral("统一") is None
    True
    """
    if numeral[:1].isascii():
        try:
            return Decimal(numeral.replace(",", ""))
        except ArithmeticError:
            return None
    whole, point, rest = numeral.partition("点")
    value = _chinese_whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    digits = [_DIGITS.get(c) for c in rest]
    if not digits or None in digits:
        return None
    return Decimal(f"{value}." + "".join(map(str, digits)))


def _chinese_whole(numeral: str) -> int | None:
    if numeral and all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        elif c in _LARGE:
            total = (total + section + digit or 1) * _LARGE[c]
            section = digit = 0
        else:
            return None
    return total + section + digit if numeral else None


def to_chinese(value: int) -> str:
    """Return a whole number below 10**8 as a Chinese numeral.

    >>> to_chinese(10305), to_chinese(12)
    ('一万零三百零五', '十二')
    """
    if value >= 10**4:
        high, low = divmod(value, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return to_chinese(high) + "万" + gap + (to_chinese(low) if low else "")
    text = _below_ten_thousand(value)
    return text[1:] if text.startswith("一十") else text


def _below_ten_thousand(value: int) -> str:
    if value == 0:
        return "零"
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return text
