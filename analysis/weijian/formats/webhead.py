"""What stands before the report on a web page: its title, and what the page says of its document, as lines.

In: the boxes of a page, the box of the report, and its lines. Out: the lines to put before them. What the page shows goes before what
its meta elements say; what the report's own lines say is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from weijian.codebook import codebook
from weijian.formats.weblines import is_key, metadata_keys, plain, raw_lines
from weijian.formats.webtree import SEAM, Box, Tree

_META_TITLES = ("articletitle", "og:title")
_META_KEYS = {"contentsource": "来源", "pubdate": "发布时间", "publishdate": "发布时间", "columnname": "栏目"}
"""The meta elements of government sites, with the key that pages print for each."""
_BETWEEN_NAMES = re.compile(r"[_|｜»\n]|[-–—]{2,}|\s[-–—>]\s|(?<!\d)[-–]|[-–](?!\d)")
_TITLE_NAMES = re.compile(r"(?:^|[\s_\-])(?:\w*title|tit|bt|wzbt|headline)\d?(?=$|[\s_\-])", re.IGNORECASE)
_DATE_ALONE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_HEAD_LINES, _LONGEST, _LONGEST_TITLE = 20, 300, 80


def head(tree: Tree, main: Box, report: Sequence[str]) -> list[str]:
    """Return the title and the lines of metadata that the report's own lines do not hold."""
    opening = list(takewhile(lambda line: "。" not in line and len(line) <= _LONGEST, report[:_HEAD_LINES]))
    before = list(raw_lines(tree.body, until=main)) if main is not tree.body else []
    title = _title(tree, main, before, opening)
    shown = [line for line in _metadata(before, title) if line not in opening]
    fields = {field for line in [*opening, *shown] for field in _fields(line)}
    metas = {key: tree.metas[name] for name, key in _META_KEYS.items() if tree.metas.get(name)}
    unsaid = [f"{key}:{value}" for key, value in metas.items() if metadata_keys()[key] not in fields and len(value) <= _LONGEST_TITLE]
    return [line for line in (title, *shown, "    ".join(unsaid)) if line]


def said(line: str) -> str:
    """Return a line without its seams; where elements stand side by side as 来源 and 发布时间 do, a gap is kept between them.

    >>> said("来源:市卫生健康委\\x00\\x00发布时间:2023-12-01")
    '来源:市卫生健康委    发布时间:2023-12-01'
    """
    if SEAM in line and len(line) <= 3 * _LONGEST and "。" not in line:
        return "    ".join(filter(None, map(plain, _seams().split(line))))
    return plain(line)


def _title(tree: Tree, main: Box, before: Sequence[str], opening: Sequence[str]) -> str:
    """The title of the page, or "" when the report begins with it: the first that names a kind of report, otherwise the first."""
    site = tree.metas.get("sitename", "")
    given = [_without_site(tree.metas[name], site) for name in _META_TITLES if tree.metas.get(name)]
    printed = list(_headings_before(tree.body, main))
    named = [_without_site(tree.title, site)] if tree.title else []
    lines = [
        line for line in map(plain, before) if "年" in line and "。" not in line and _genre().search(line) and not _key_first().match(line)
    ]
    candidates = [title for title in (*given, *printed, *lines[-1:], *named) if title and len(title) <= _LONGEST_TITLE]
    title = next((title for title in candidates if _genre().search(title)), candidates[0] if candidates else "")
    begins = "".join("".join(line.split()) for line in opening if len(line) <= _LONGEST_TITLE)
    said_already = "".join(title.split()) in begins
    announced = any(_genre().search(line) for line in opening[:5] if len(line) <= _LONGEST_TITLE)
    return "" if said_already or (announced and title in named) or (title in named and not _genre().search(title)) else title


def _without_site(title: str, site: str) -> str:
    """Return a page's title without the names of site and column.

    >>> _without_site("临江市2021-2023年工作总结-工作总结-临江市卫健委", ""), _without_site("临江卫健 | 工作动态", "")
    ('临江市2021-2023年工作总结', '临江卫健')
    """
    pieces = [piece.strip() for piece in _BETWEEN_NAMES.split(title) if piece and piece.strip() and piece.strip() != site]
    return max((piece for piece in pieces if _genre().search(piece)), key=len, default=pieces[0] if pieces else "")


def _headings_before(body: Box, main: Box) -> Iterator[str]:
    """Yield the words of the headings that stand on the page before the report."""
    waiting = [body]
    while waiting:
        box = waiting.pop()
        if box is main:
            return
        if box.tag in ("h1", "h2", "h3") or (_TITLE_NAMES.search(box.names) and 0 < box.letters <= _LONGEST_TITLE):
            yield plain("\n".join(raw_lines(box)))
        else:
            waiting.extend(reversed(list(box.boxes())))


def _metadata(before: Sequence[str], title: str) -> Iterator[str]:
    """Yield the lines that hold metadata, a key alone with the value of the next line, and a date that stands alone behind the title."""
    behind, key = not title, ""
    for raw in before:
        line = said(raw)
        behind = behind or "".join(line.split()) == "".join(title.split())
        first = _key_first().match(line) if len(line) <= _LONGEST and "。" not in line else None
        if key and line and not first and not is_key(line) and len(line) <= _LONGEST_TITLE:
            yield key + line
        key = ""
        if is_key(line):
            key = line.rstrip(":：") + ":"
        elif first:
            yield line
        elif behind:
            yield from filter(_DATE_ALONE.fullmatch, map(plain, raw.split(SEAM)))


def _fields(line: str) -> set[str]:
    """The fields of metadata that a line says."""
    keys = metadata_keys()
    found = (
        {keys["".join(match[1].split())] for match in _key_anywhere().finditer(line)}
        if len(line) <= _LONGEST and "。" not in line
        else set()
    )
    return found | ({"published_date"} if _DATE_ALONE.fullmatch(line) else set())


@lru_cache(maxsize=1)
def _keys() -> str:
    return "|".join(r"\s*".join(key) for key in sorted(metadata_keys(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _key_first() -> re.Pattern[str]:
    return re.compile(rf"[•·●■◆\-*【\[(（|\s]*(?:{_keys()})\s*[:：|]")


@lru_cache(maxsize=1)
def _key_anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff])({_keys()})\s*[:：|]")


@lru_cache(maxsize=1)
def _seams() -> re.Pattern[str]:
    """A seam before a key with its colon."""
    return re.compile(rf"{SEAM}(?=[\s{SEAM}]*(?:{_keys()})[\s{SEAM}]*[:：])")


@lru_cache(maxsize=1)
def _genre() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(row["word"]) for row in codebook().rows("genres")))
