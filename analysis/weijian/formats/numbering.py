"""Labels that Word counts by itself: 一、 （一） 1. (1) ① 第一章, which stand in no paragraph's text.

In: the part of numbering definitions, and the paragraphs in their order. Out: each paragraph's label as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from weijian.formats.wordxml import Element, Styles, child, children, is_on, number_of, value_of
from weijian.numerals import to_chinese

_PLACE = re.compile("%([1-9])")
_LEGAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_LEGAL_TRADITIONAL = str.maketrans("贰叁陆", "貳參陸")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
)
_LARGEST, _LEVELS, _LINKS, _LONGEST = 999, 9, 5, 60
_CLOSED = tuple("、，。．：）〕】》」")
"""Wide marks that carry their own room: no blank is put behind them."""


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _legal(number: int) -> str:
    return (("一" if 10 <= number < 20 else "") + to_chinese(number)).translate(_LEGAL)


def _row(signs: str) -> Callable[[int], str]:
    """Return the format that takes its signs from a row, and writes digits beyond the end of it."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _signs(first: int, count: int = 20) -> Callable[[int], str]:
    return _row("".join(map(chr, range(first, first + count))))


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"), to_chinese),
    "japaneseCounting": to_chinese,
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), lambda number: str(number).translate(_DIGITS)),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda number: _legal(number).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "decimalEnclosedCircle": _signs(0x2460),
    "decimalEnclosedCircleChinese": _signs(0x2460),
    "decimalEnclosedParen": _signs(0x2474),
    "decimalEnclosedFullstop": _signs(0x2488),
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def numeral(number: int, form: str) -> str:
    """Return a number in one of Word's number formats; a format or a number beyond them is written in digits.

    >>> [numeral(12, form) for form in ("decimal", "chineseCounting", "ideographDigital", "chineseLegalSimplified")]
    ['12', '十二', '一二', '壹拾贰']
    >>> [numeral(28, form) for form in ("upperLetter", "lowerRoman", "decimalEnclosedCircle")]
    ['BB', 'xxviii', '28']
    """
    if form == "none":
        return ""
    return _FORMATS.get(form, str)(number) if 1 <= number <= _LARGEST else str(number)


def labelled(label: str, text: str) -> str:
    """Return a paragraph behind its label; the blank or tab between them stays where both would run together without it.

    Digits are always kept apart, so that 1. and 5万 never make 1.5万.

    >>> labelled("一、 ", "概况"), labelled("1. ", "基层"), labelled("1.", "5万人次"), labelled("第一章 ", "总则"), labelled("a) ", "CT")
    ('一、概况', '1.基层', '1. 5万人次', '第一章 总则', 'a) CT')
    """
    sign = label.rstrip()
    digits = text[:1].isdigit() and any(each.isdigit() for each in sign)
    words = label != sign and (text[:1].isascii() or "\u4e00" <= sign[-1:] <= "\u9fff") and not sign.endswith(_CLOSED)
    return f"{sign}{' ' if digits or words else ''}{text}"


class _Number(NamedTuple):
    """A list: which definition counts it, its levels, and the levels that it starts anew with their numbers."""

    definition: str
    levels: dict[int, Element]
    starts: dict[int, int]


class Numbering:
    """The lists of a document with their counters; ``label`` must see the paragraphs in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions = {value_of(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        self._nums = {value_of(each, "numId"): each for each in children(root, "num")}
        self._numbers = {key: self._number(num) for key, num in self._nums.items()}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self.written = 0

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return its label, with a blank where a tab or a blank follows it; "" when it has no label."""
        key, level = self._place(paragraph)
        number = self._numbers.get(key)
        if number is None or level not in number.levels:
            return ""
        self._count(key, number, level)
        definition = number.levels[level]
        if value_of(child(definition, "numFmt")) == "bullet":
            return ""
        text = self._filled(number, level).strip()
        self.written += bool(text)
        return text if not text or value_of(child(definition, "suff")) == "nothing" else f"{text} "

    def _number(self, num: Element) -> _Number:
        definition = self._definition(num)
        levels = {number_of(each, 0, "ilvl"): each for each in children(self._definitions.get(definition), "lvl")}
        starts = {}
        for override in children(num, "lvlOverride"):
            level = number_of(override, 0, "ilvl")
            own, start = child(override, "lvl"), child(override, "startOverride")
            if own is not None:
                levels[level] = own
            if start is not None:
                starts[level] = number_of(start, 1)
        return _Number(definition, {level: each for level, each in levels.items() if 0 <= level < _LEVELS}, starts)

    def _definition(self, num: Element) -> str:
        """The key of the definition that a list counts by; one may refer to a list style, and this to another list."""
        key = ""
        for _ in range(_LINKS):
            key = value_of(child(num, "abstractNumId"))
            link = child(self._definitions.get(key), "numStyleLink")
            style = next(iter(self._styles.chain(value_of(link))), None)
            num = self._nums.get(value_of(child(style, "pPr", "numPr", "numId")))
            if num is None:
                break
        return key

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, or else those of its style."""
        own = child(paragraph, "pPr", "numPr")
        chain = self._styles.of_paragraph(paragraph)
        properties = [found for style in chain if (found := child(style, "pPr", "numPr")) is not None]
        key = next((value_of(numbered) for each in (own, *properties) if (numbered := child(each, "numId")) is not None), "")
        level = next((number_of(found, 0) for each in (own, *properties) if (found := child(each, "ilvl")) is not None), 0)
        if child(own, "ilvl") is None and key in self._numbers:
            level = self._linked(self._numbers[key], [value_of(style, "styleId") for style in chain], level)
        return key, level

    def _linked(self, number: _Number, styles: list[str], level: int) -> int:
        """The level that belongs to one of the styles, the nearest first, or else the given one."""
        owners = {value_of(child(each, "pStyle")): at for at, each in number.levels.items()}
        return next((owners[style] for style in styles if style in owners), level)

    def _count(self, key: str, number: _Number, level: int) -> None:
        counts = self._counts.setdefault(number.definition, {})
        anew = level in number.starts and (key, level) not in self._started
        self._started.add((key, level))
        counts[level] = counts[level] + 1 if level in counts and not anew else self._start(number, level)
        for deeper in [each for each in counts if each > level]:
            # lvlRestart counts from 1 and names the level that restarts this one; 0 lets it run on.
            if deeper not in number.levels or level < number_of(child(number.levels[deeper], "lvlRestart"), deeper):
                del counts[deeper]

    def _start(self, number: _Number, level: int) -> int:
        return number.starts.get(level, number_of(child(number.levels.get(level), "start"), 1))

    def _filled(self, number: _Number, level: int) -> str:
        """The text of a level, each %1 in it replaced by the number of that level in its own format."""
        legal = is_on(child(number.levels[level], "isLgl"))
        counts = self._counts[number.definition]

        def numbered(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            form = "decimal" if legal else _format(number.levels.get(at))
            return numeral(counts.get(at, self._start(number, at)), form)

        return _PLACE.sub(numbered, value_of(child(number.levels[level], "lvlText"))[:_LONGEST])


def _format(level: Element | None) -> str:
    """The number format of a level; of one given in two ways, the way that every reader knows."""
    form = child(level, "numFmt")
    return value_of(child(level, "AlternateContent", "Fallback", "numFmt") if form is None else form)
