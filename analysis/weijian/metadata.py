"""What a page says of its document: index number, document number, issuer, dates, in the layouts in use.

In: a line. Out: the pairs of key and value that it consists of, with their place in the line, or nothing when it
is not such a line. The keys are rows of ``codebook/metadata_keys.csv``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import codebook
from weijian.documents import BLANKS

LONGEST_LINE = 300
_LONGEST_VALUE = 80
_DATE = re.compile(
    "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})(?!\\d)日?|([一二][九〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_NUMBER = re.compile("[\u4e00-\u9fff]{1,12}\\s*[〔\\[【(（]\\s*\\d{4}\\s*[〕\\]】)）]\\s*\\d{1,5}\\s*号")
_BULLET = re.compile("[•·●■◆\\-*【\\[(（|\\s]*")
_MARK = re.compile("[:：|｜\t]")
_TABLE = re.compile("[|｜\t]")
_TRIMMED = BLANKS + "|｜•·【】[]"
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ", 0)
DATES = ("written_date", "published_date", "effective_date", "expiry_date")


class Pair(NamedTuple):
    """A field of the page's metadata with its value, and where the value stands in the line."""

    field: str
    value: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _keys() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = codebook().rows("metadata_keys")
    keys = {row["key"]: row["field"] for row in rows}
    spaced = "|".join("\\s*".join(key) for key in sorted(keys, key=len, reverse=True))
    return re.compile(f"(?<![\u4e00-\u9fff])({spaced})\\s*[:：]"), keys


def read_pairs(line: str) -> list[Pair]:
    """Return the pairs that a line of metadata consists of; none for any other line.

    >>> [(pair.field, pair.value) for pair in read_pairs("来源:市卫生健康委    发布时间:2023-12-01")]
    [('source', '市卫生健康委'), ('published_date', '2023-12-01')]
    >>> [(pair.field, pair.value) for pair in read_pairs("索引号 | 0024/2023-8 | 文件编号 | 发布机构 | 丰州市卫生局 |")]
    [('index_number', '0024/2023-8'), ('number', ''), ('issuer', '丰州市卫生局')]
    """
    if len(line) > LONGEST_LINE or "。" in line or not _MARK.search(line):
        return []
    return _table_pairs(line) or _colon_pairs(line)


def _colon_pairs(line: str) -> list[Pair]:
    pattern, keys = _keys()
    found = list(pattern.finditer(line))
    if not found or _BULLET.match(line).end() < found[0].start():  # type: ignore[union-attr]
        return []
    ends = [match.start() for match in found[1:]] + [len(line)]
    pairs = [_pair(line, keys["".join(match[1].split())], match.end(), end) for match, end in zip(found, ends, strict=False)]
    return pairs if all(len(pair.value) <= _LONGEST_VALUE for pair in pairs) else []


def _table_pairs(line: str) -> list[Pair]:
    if not _TABLE.search(line):
        return []
    keys = _keys()[1]
    cells = [cell for cell in re.finditer("[^|｜\t]+", line) if cell.group().strip(BLANKS)]
    fields = [keys.get("".join(cell.group().split()).rstrip(":：")) for cell in cells]
    if not fields or fields[0] is None:
        return []
    pairs = []
    for place, field in enumerate(fields):
        if field is None:
            continue
        empty = place + 1 == len(cells) or fields[place + 1] is not None  # an empty cell has shifted the pairs
        value = cells[place] if empty else cells[place + 1]
        pairs.append(_pair(line, field, value.end() if empty else value.start(), value.end()))
    return pairs


def _pair(line: str, field: str, start: int, end: int) -> Pair:
    printed = line[start:end]
    value = printed.strip(_TRIMMED)
    start += printed.index(value) if value else 0
    if field in DATES:
        date = _DATE.search(value)
        return Pair(field, iso_date(date), start + date.start(), start + date.end()) if date else Pair(field, "", start, start)
    return Pair(field, value, start, start + len(value))


def iso_date(found: re.Match[str]) -> str:
    """Return the date that a match of the date pattern stands for, as 2025-04-02."""
    if found[1]:
        return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}"
    year = "".join(str(_DIGITS[digit]) for digit in found[4])
    return f"{year}-{_counted(found[5]):02}-{_counted(found[6]):02}"


def find_date(text: str) -> re.Match[str] | None:
    """Return the first date of a text, in digits or Chinese numerals.

    >>> iso_date(find_date("二〇二五年四月一日"))
    '2025-04-01'
    """
    return _DATE.search(text)


def find_number(text: str) -> re.Match[str] | None:
    """Return the first document number of a text, such as 闵卫发〔2025〕37号."""
    return _NUMBER.search(text)


def _counted(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return _DIGITS.get(numeral[-1], 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
