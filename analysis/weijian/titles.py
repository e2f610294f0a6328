"""Titles: what a title or a heading says about genre and year.

In: the text of a line. Out: the genre words it holds with their years, whether the line can be a title at all,
and whether a heading announces a plan inside a summary or a review inside a plan. The words are rows of
``codebook/genres.csv`` and ``codebook/section_cues.csv``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import FOLDER, codebook
from weijian.errors import CodebookError
from weijian.finding import finder, late
from weijian.schema import file_of

YEAR = re.compile("(?<![\\d.])((?:19|20|１９|２０)[\\d]{2})(?![\\d.])|([一二][九〇○零Ｏ][〇○零Ｏ一二三四五六七八九]{2})(?=年)")
_ANY_YEAR = finder(YEAR.pattern)
_RANGE = re.compile("((?:19|20)\\d{2})年?[-—–－~～至到]{1,2}((?:19|20)\\d{2})年?")
_FIVE_YEARS = late('[“"]?(十[一二三四五六]?)五[”"]?(?!条|年|项|个|家|大|[〇-九]*[%％])(?:时期|期间|规划|以来|末)?')
_YEAR_WORDS = re.compile(f"(?:{YEAR.pattern})年?度?")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ", "0")
_CONJUNCTION = late("[和与及暨、]")
_TAIL = '(?:[一二三]?稿|[（(〔\\[【《][^（）()〔〕\\[\\]【】《》]{0,20}[）)〕\\]】》]|摘要|报告|摘编|全文|的?报告|[》”"]?的(?:通知|报告|函|公告|公示)|\\s)*'
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\\d]{1,3}[）)]|\\d{1,2}[.．、](?!\\d)|[①-⑳]")
_QUOTED = late("《([^《》]{4,60})》")
_LEADING = re.compile(f"(?:{_LABEL.pattern})\\s*")
_PART_OF_YEAR = late(
    "(?:[上下]半年|半年|第?[一二三四1-4]季度|前[二两三2-3]个?季度|[1-9][-—–~至到]1?\\d月份?|前?(?:1?\\d|[一二三四五六七八九十]{1,2})个?月(?:份|(?=工作|卫生)))"
)
_SENTENCE = re.compile("[。；;，,：:|]")
LONGEST_TITLE = 60


class Genre(NamedTuple):
    """A genre: summary, plan or other; its name; and whether its sentences report or promise."""

    genre: str
    name: str
    context: str


class Announcement(NamedTuple):
    """A genre word of a title with the year that goes with it; offsets within the title."""

    genre: Genre
    year: int | None
    start: int
    end: int


NO_GENRE = Genre("other", "", "")


@lru_cache(maxsize=1)
def _genres() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Genre]]:
    rows = codebook().rows("genres")
    words = "|".join(re.escape(row["word"]) for row in sorted(rows, key=lambda row: -len(row["word"])))
    genres = {row["word"]: Genre(row["genre"], row["genre_name"], row["context"]) for row in rows}
    return re.compile(words), re.compile(f"(?:{words}){_TAIL}$"), genres


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    cues = []
    for number, row in enumerate(codebook().rows("section_cues"), start=2):
        try:
            cues.append((re.compile(row["pattern"]), row["context"], int(row["years"])))
        except (re.error, ValueError) as trouble:
            where = f"{file_of(FOLDER / 'section_cues.csv')}, row {number}"
            raise CodebookError(str(trouble), where=where, remedy="correct the pattern or the number") from None
    return tuple(cues)


@lru_cache(maxsize=1)
def _any_cue() -> re.Pattern[str]:
    """Return one pattern for all cues: most headings hold none."""
    return finder("|".join(f"(?:{pattern.pattern})" for pattern, _, _ in _cues()) or "(?!)")


@lru_cache(maxsize=4)
def _cue_in(words: str) -> tuple[str, int] | None:
    """Return what the first cue that stands in a heading says: reports or promises, and of how many years on."""
    if not _any_cue().search(words):
        return None
    return next((context, years) for pattern, context, years in _cues() if pattern.search(words))


def year_of(found: re.Match[str]) -> int:
    """Return the year that a match of YEAR stands for, in whatever digits it is printed."""
    return int(found[1] or "".join(_CHINESE_DIGITS.get(digit, digit) for digit in found[2]))


def genre_named(name: str) -> Genre:
    """Return the genre with a name, as a report carries it; before a name may stand the part of the year.

    >>> genre_named("统计公报").context, genre_named("上半年工作总结").context
    ('summary', 'summary')
    """
    ending = (genre for genre in _genres()[2].values() if name.endswith(genre.name))
    return max(ending, key=lambda genre: len(genre.name), default=NO_GENRE)


def part_of_year(title: str) -> str:
    """Return the part of a year that a title names, empty for a whole year.

    >>> part_of_year("2023年上半年工作总结"), part_of_year("2023年1-6月工作情况"), part_of_year("2023年工作总结")
    ('上半年', '1-6月', '')
    """
    found = _PART_OF_YEAR.search(title)
    return found.group() if found else ""


@lru_cache(maxsize=1024)
def announcements(title: str) -> tuple[Announcement, ...]:
    """Return what a title announces, one for each part of 总结和要点, with the year of each.

    >>> [(a.genre.genre, a.year) for a in announcements("某市卫生健康委2022年工作总结和2023年工作要点")]
    [('summary', 2022), ('plan', 2023)]
    >>> [a.genre.name for a in announcements("2023年工作要点落实情况")]
    ['情况']
    """
    pattern, _, genres = _genres()
    ranges = [found.span() for found in _RANGE.finditer(title)]
    years = [
        (found.start(), year_of(found)) for found in YEAR.finditer(title) if not any(start <= found.start() < end for start, end in ranges)
    ]
    heads: list[Announcement] = []
    part_of_last = -1
    cuts = [found.start() for found in _CONJUNCTION.finditer(title)]
    for found in pattern.finditer(title):
        part = sum(cut < found.start() for cut in cuts)
        before = [year for start, year in years if start < found.start()]
        year = before[-1] if before else (years[0][1] if years else None)
        head = Announcement(genres[found.group()], year, found.start(), found.end())
        if heads and part == part_of_last:
            heads[-1] = head  # the last word of a Chinese compound is its head
        else:
            heads.append(head)
        part_of_last = part
    return tuple(heads)


def is_title(line: str) -> bool:
    """Say whether a line can be a report's title: short, unlabelled, and ending in the word of a genre.

    >>> is_title("2024年青江区卫生健康工作总结"), is_title("关于印发《2024年青江区卫生健康工作总结》的通知")
    (True, True)
    >>> is_title("一、工作总结"), is_title("现将工作总结如下:")
    (False, False)
    """
    return len(line) <= LONGEST_TITLE and _is_title(line)


@lru_cache(maxsize=1024)
def _is_title(line: str) -> bool:
    return bool(_genres()[1].search(line)) and not _LABEL.match(line) and "。" not in line


def announces_part(line: str) -> bool:
    """Say whether an unnumbered line is the heading of a part that looks back or ahead.

    >>> announces_part("“十四五”时期发展成就和2025年工作回顾"), announces_part("2026年,我们要抓好重点任务"), announces_part("方法")
    (True, False, False)
    """
    if _SENTENCE.search(line) or len({year_of(year) for year in YEAR.finditer(line)}) > 1:
        return False  # two years: the title of a summary and a plan in one document
    bare = _YEAR_WORDS.sub("", line).strip()
    return bool(_any_cue().search(bare)) and bool(_stated_year(line) or is_title(line))


def quoted_title(title: str) -> tuple[int, int]:
    """Return where the title proper stands in a line: inside 《》 when a notice quotes it.

    >>> quoted_title("关于印发《2024年工作总结》的通知")
    (5, 14)
    """
    found = _QUOTED.search(title)
    return found.span(1) if found and _genres()[0].search(found[1]) else (0, len(title))


def years_of(title: str) -> str:
    """Return the years of a title that names several: a five-year plan or a range.

    >>> years_of("湖南省“十四五”卫生健康发展情况"), years_of("三年行动计划(2023—2025年)")
    ('2021-2025', '2023-2025')
    """
    found = _RANGE.search(title)
    if found:
        return f"{int(found[1])}-{int(found[2])}"
    plan = _FIVE_YEARS.search(title)
    if not plan:
        return ""
    first = 2006 + 5 * ("一二三四五六".find(plan[1][1:]) if plan[1][1:] else -1)
    return f"{first}-{first + 4}"


def section_genre(heading: str, report_genre: str, report_year: int | None = None) -> str:
    """Say whether what stands under a heading reports ("summary") or promises ("plan"); "" when nothing tells.

    A heading that announces nothing follows the report's genre, given as genre or as the genre's name.

    >>> section_genre("二、2025年安排", "summary", 2024), section_genre("四、存在的问题", "plan")
    ('plan', 'summary')
    >>> section_genre("三、扎实办好惠民工程", "summary")
    'summary'
    """
    inherited = report_genre if report_genre in ("summary", "plan") else genre_named(report_genre).context
    words, year = _read_heading(heading)
    cue = _cue_in(_YEAR_WORDS.sub("", words).strip() if _ANY_YEAR.search(words) else words.strip())
    if cue:
        return cue[0]
    if year is not None and report_year is not None and year != report_year and words.startswith(str(year)):
        return "plan" if year > report_year else "summary"
    return inherited


def looks_back(words: str) -> bool:
    """Say whether words tell of what was done rather than of what is to be done.

    >>> looks_back("签约率65%,较上年提高2个百分点;已建成3家。"), looks_back("力争签约率达到65%,确保建成3家。")
    (True, False)
    """
    return len(_BACK.findall(words)) > len(_AHEAD.findall(words))


def leaves_open(heading: str) -> bool:
    """Say whether a heading names the work alone, which in a summary may have been done or be still to do: 二、重点工作.

    >>> leaves_open("二、重点工作"), leaves_open("二、下一步重点工作")
    (True, False)
    """
    return bool(_OF_WORK.fullmatch(_read_heading(heading)[0].strip()))


@lru_cache(maxsize=4)  # genre and year of a section ask one after the other
def _read_heading(heading: str) -> tuple[str, int | None]:
    """Return a heading without its label, and the year it is about."""
    words = _LEADING.sub("", heading, count=1)
    return words, _stated_year(words)


def section_year(heading: str, report_year: int | None) -> int | None:
    """Return the year that a heading speaks of: its own, the next or the last one, or the report's.

    >>> section_year("二、2025年安排", 2024), section_year("三、下一步工作打算", 2024), section_year("一、党建", 2024)
    (2025, 2025, 2024)
    """
    words, year = _read_heading(heading)
    if year is not None or report_year is None:
        return year if year is not None else report_year
    cue = _cue_in(words)
    return report_year + cue[1] if cue else report_year


_OF_WORK = late("(?:年度|全年|主要|重点|各项|专项|工作|的|和|、)*(?:工作|任务|工作重点)")
_BACK = late(r"同比|环比|[较比与](?:上年|去年|上一年|20\d\d年)|累计|[^不]已|荣获|获评|完成了|实现了|顺利|圆满|超额")
_AHEAD = late(
    r"力争|争取|确保|计划(?!生育|免疫)|拟|将(?=于|在|达|实现|完成|建|新|开展|启动|继续|进一步)|不低于|不少于|明年|到20\d\d年|年底前"
)
_STATED = late("(?:工作|重点|主要|年度|回顾|总结|小结|安排|计划|打算|思路|要点|目标|任务|情况|预期|发展)")


def _stated_year(words: str) -> int | None:
    """The year a heading is about: it begins with it, or a word such as 工作 follows it."""
    if not _ANY_YEAR.search(words) or _RANGE.search(words):
        return None
    for found in YEAR.finditer(words):
        after = words[found.end() :].lstrip("年度")
        if found.start() == 0 or _STATED.match(after):
            return year_of(found)
    return None
