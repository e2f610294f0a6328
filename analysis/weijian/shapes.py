"""Numbers that are no quantity by their shape: dates, labels, document numbers, codes, ages, versions.

In: the folded text and the position of a run of digits. Out: the ``Token`` that the shape makes, or None, so
that a quantity may be read there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from weijian.finding import late
from weijian.grids import Cell
from weijian.quantity import Quantity, match_quantity

MEASURE, DATE, LABEL, NAME, ATTRIBUTE, UNREAD = "measure", "date", "label", "name", "attribute", "unread"

_FILE = re.compile(r"[\w-]{0,100}\.(?:jpe?g|png|gif|bmp|pdf|docx?|xlsx?|pptx?|wps|html?|zip|rar|mp[34])\b", re.ASCII | re.I)
_Y = r"(?:19|20)\d\d"
_SHAPES = re.compile(
    rf"""
    (?P<document>\d{{4}}[〕\]】][^\n。\d]{{0,2}}\d{{1,5}}号?|\d{{4}}\)第?\d{{1,5}}号|\d{{1,6}}号(?![源召段称码角]))
  | (?P<phone>1[3-9]\d{{9}}(?!\d)|\d{{3,4}}-\d{{3,4}}[-\x20]?\d{{3,4}}(?!\d)|\d{{9,}})
  | (?P<span>{_Y}年?度?(?:\d{{1,2}}月)?[-—~至到]{_Y}(?:年(?:度|末|底)?)?(?:\d{{1,2}}月)?(?![\d%]))
  | (?P<iso>{_Y}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\d%.]))
  | (?P<version>{_Y}版)
  | (?P<year>{_Y}年(?:度|末|底|初)?(?:\d{{1,2}}月(?:份|底|末|初)?(?:\d{{1,2}}日)?)?|{_Y}(?=[)\]，,、。;]|\D)(?![.%‰万亿多余]))
  | (?P<day>\d{{1,2}}月(?:份|底|末|初|中旬|上旬|下旬)?(?:\d{{1,2}}日?)?(?![龄均])|\d{{1,2}}[-—~至]\d{{1,2}}月(?:份)?|\d{{1,2}}日(?![均常间])(?:[-—~至]\d{{1,2}}日)?)
  | (?P<clock>\d{{1,2}}:\d{{2}}(?:[-—~至]+\d{{1,2}}[:.]\d{{2}})?(?!\d))
  | (?P<slogan>\d{{1,6}}(?:[+·]\d{{0,4}}[A-Za-z\d]){{1,8}}|\d{{1,6}}[+·](?=[^\d]))
  | (?P<quarter>(?<=第)[1-4]季度)
  | (?P<age>\d{{1,3}}(?:[-—~至、]\d{{1,3}}){{0,6}}(?:周)?(?:岁|月龄|年级)|\d{{1,3}}[-—~至]\d{{1,3}}个?月(?=龄|[^,。;、]{{0,2}}(?:婴|幼|儿|龄|孩)))
  | (?P<type>\d{{1,4}}(?:型|价|式|号线|时代)(?![\d]))
  | (?P<grade>\d{{1,3}}(?:[-—~至]\d{{1,3}})?(?:类传染|级|类以上|类及以上|排以上|排及以上)(?![\d]))
  | (?P<weekly>\d+[×x*]\d+(?:小时)?)
    """,
    re.VERBOSE,
)
# What stands behind the first digits of a shape; years, telephones and other codes are told by their length.
_SHAPED, _CODE = frozenset("〕]】)号-—~至到年度月./版日:+·岁周龄型价式线时类级排×x*季、个"), 4
_ROLE_OF = {
    "document": NAME, "phone": NAME, "span": DATE, "iso": DATE, "version": NAME, "year": DATE, "day": DATE,
    "clock": DATE, "slogan": NAME, "grade": ATTRIBUTE, "type": NAME, "weekly": ATTRIBUTE, "quarter": DATE,
}  # fmt: skip
_LETTER_AFTER = re.compile(r"[A-Za-z]+")
_PHYSICAL = late(r"(?:km|kg|mg|ml|mm|cm|kW|MW|m2|m²|㎡)(?![A-Za-z])")
_LABEL = re.compile(r"\d{1,3}(?:\.(?!\d)|、|\)|:(?!\d)|(?=\|))")
_REST_OF_CODE = re.compile(r"(?:\.\d+)?(?:[A-Za-z]+\d*|[-/]\d+)*")
_RUN = re.compile(r"\d+")
_LISTED = late(r"(?:附件|附表|[见如(]表|[见如(]图|专栏|(?:^|\n)表|(?:^|\n)任务|(?:^|\n)案例)$")
_LIST_ENDS = frozenset("件表见图栏务例")
_PAGE = re.compile(r"(\d{1,3})[-—·]*(?=\n|$)")
_BEHIND_LABEL = frozenset(("", *".、):|-—·\n"))
_AGE_TAIL = late(r"(?:及)?(?:以上|以下|以内|内)?")
_LIFE = late(r"(?:寿命|年龄|龄)[^,。;]{0,14}$")
_STANDARD = re.compile(r"(?:GB|GB/T|WS|WS/T|DB\d*|ISO|YY|T/[A-Z]+) $")
_STANDARD_NUMBER = re.compile(r"[\d.]+(?:[-—]+\d{4})?")
_LISTED_YEAR = late(r"[、和及与](?:19|20)\d\d")
_NAMED = late(r"[\u4e00-\u9fff](?<![在至到从于由与和及年、])$")


@dataclass(slots=True)
class Token:
    """A numeric mention in view offsets; the quantity stands where the role is ``measure``, the cell where it is in a table."""

    start: int
    end: int
    role: str
    quantity: Quantity | None = None
    form: str = ""
    cell: Cell | None = None


def read_label(text: str, start: int, end: int, before: str) -> Token | None:
    """Return the label that a number is when it numbers a heading, a list, a page or an annex."""
    if text[end : end + 1] not in _BEHIND_LABEL and before[-1:] not in _LIST_ENDS:
        return None
    listed = _LISTED.search(before) if before[-1:] in _LIST_ENDS else None
    match = _LABEL.match(text, start) or (listed and _RUN.match(text, start))
    if not match:
        return _page_number(text, start, before)
    lead = before[-1:]
    if lead in ("(", "（") and text[match.end() - 1] == ")":
        lead = before[-2:-1]
        if lead in ("", "\n", "。", ";", ":", ","):
            return Token(start, match.end(), LABEL)
    if listed:
        return Token(start, match.end(), LABEL)
    in_line = lead in ("", "\n", "|") or (lead in ("。", ";", ":", "!") and text[match.end() - 1] in ".、")
    if not in_line or (match.group().endswith(":") and lead not in ("", "\n")):
        return None
    if text[match.end() - 1] == "、" and text[match.end() : match.end() + 1].isdigit():
        return None
    if lead == "|" and before[-2:-1] not in ("", "\n"):
        return None
    return Token(start, match.end(), LABEL)


def _page_number(text: str, start: int, before: str) -> Token | None:
    page = _PAGE.match(text, start)
    alone = page and (before.rsplit("\n", 1)[-1].strip("-—· ") == "") and ("\n" in before or len(before) < 6)
    return Token(start, start + len(page[1]), LABEL) if page and alone else None


def read_glued(text: str, start: int, end: int, before: str) -> Token | None:
    """Return the name that a number is when it is glued to Latin letters: H7N9, 5G, PM2.5, COVID-19."""
    lead = before[-1:]
    if lead > "\x7f" and text[end : end + 1] > "\x7f":
        return None
    file = _FILE.match(text, start) if text[end : end + 1] <= "\x7f" else None
    if file:
        return Token(start, file.end(), NAME, form="file")
    if (lead.isascii() and lead.isalpha()) or (lead == "-" and before[-2:-1].isascii() and before[-2:-1].isalpha()):
        quantity = match_quantity(text, start, before)
        if quantity and quantity.unit and lead != "-":
            return None
        return Token(start, _end_of_code(text, end), NAME, form="code")
    if lead in " \n" and _STANDARD.search(before):
        standard = _STANDARD_NUMBER.match(text, start)
        return Token(start, standard.end() if standard else end, NAME, form="code")
    letters = _LETTER_AFTER.match(text, end)
    if letters and not _PHYSICAL.match(text, end):
        return Token(start, _end_of_code(text, end), NAME, form="code")
    return None


def _end_of_code(text: str, end: int) -> int:
    code = _REST_OF_CODE.match(text, end)
    return code.end() if code else end


def read_shape(text: str, start: int, end: int, before: str) -> Token | None:
    """Return the date, age, class, phone or document number that the shape of the characters makes."""
    shape = _SHAPES.match(text, start) if end - start >= _CODE or text[end : end + 1] in _SHAPED else None
    if not shape:
        return None
    form = shape.lastgroup or ""
    end = shape.end()
    if form == "age":
        tail = _AGE_TAIL.match(text, end)
        stop = tail.end() if tail else end
        if _LIFE.search(before) and text[stop : stop + 1] in ",。;、)！!\n|" and "-" not in shape.group():
            return None
        return Token(start, stop, ATTRIBUTE, form=form)
    if _refused(text, start, form, shape.group(), before):
        return None
    if form == "year" and (
        (_is_named(shape.group(), before) and not _LISTED_YEAR.match(text, end))
        or (text[end - 1] != "年" and in_quotes(text, start, before))
    ):
        return Token(start, end, NAME, form="name")
    return Token(start, end, _ROLE_OF[form], form=form)


def _is_named(surface: str, before: str) -> bool:
    """Say whether a bare year is part of a name: 健康中国2030."""
    return surface.isdigit() and bool(_NAMED.search(before))


def _refused(text: str, start: int, form: str, surface: str, before: str) -> bool:
    """Say whether a quantity only looks like a phone number, a day, a class or a year."""
    if form == "phone" or (form == "year" and surface.isdigit()):
        return match_quantity(text, start, before, need_unit=True) is not None
    if form == "day":
        return before[-1:] == "个"
    if form == "grade":
        return surface.endswith("级") and before[-1:] == "第"
    return form == "iso" and surface.count(".") == 1 and "年" not in before[-2:] and len(surface) < 8


def in_quotes(text: str, start: int, before: str) -> bool:
    """Say whether a number stands inside a short quoted name."""
    opened = before.rfind("“")
    if opened < 0 or before.rfind("”") > opened:
        return False
    closing = text.find("”", start, start + 26)
    return closing >= 0 and "。" not in text[start:closing] and "," not in text[start:closing]
