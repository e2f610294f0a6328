"""What a notebook shows of a reading, an observation or a comparison: short pieces of HTML in Chinese, every text escaped.

A report may hold anything, markup too: whatever comes from a text goes through ``escape`` here or in ``sheet.Table``. Only the
marks that the report pages let through are used, and nothing that runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from weijian.codebook import codebook
from weijian.sheet import Table, table
from weijian.words import heading, signs, word

if TYPE_CHECKING:
    import pandas as pd

_ZH = "zh"
_COLUMNS = {
    "values": ("indicator", "place", "part_of", "year", "value", "status", "base", "definition", "tier"),
    "excluded": ("indicator", "left_place", "right_place", "reason", "valid_if"),
    "notes": ("indicator", "left_place", "right_place", "reason"),
}


class Told(NamedTuple):
    """Of which themes an observation speaks, and whether it happened."""

    themes: Sequence[str]
    status: str


def line(title: str, facts: Iterable[str] = ()) -> str:
    """Return a paragraph with a title in bold and what is known beside it; what is empty is left out.

    >>> line("总结 <2023>", ["青江市", "", "2023"])
    '<p><strong>总结 &lt;2023&gt;</strong>\u3000青江市 · 2023</p>'
    """
    known = " · ".join(escape(fact) for fact in facts if fact)
    return f"<p><strong>{escape(title)}</strong>{chr(0x3000) if known else ''}{known}</p>"


def marked(text: str, start: int, end: int) -> str:
    """Return a sentence as a quotation with the characters from start to end highlighted.

    >>> marked("超过43%。", 2, 5)
    '<blockquote>超过<mark>43%</mark>。</blockquote>'
    """
    return f"<blockquote>{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}</blockquote>"


def what_is_measured(indicator: str, subject: str) -> str:
    """Return the name of an indicator, or where there is none the words of the text.

    >>> what_is_measured("fd_teams", "团队"), what_is_measured("", "床位")
    ('家庭医生(服务)团队数', '床位')
    """
    known = codebook().by_key("indicators").get(indicator)
    return known["name_zh"] if known else indicator or subject


def counts(numbers: Iterable[Told]) -> Table:
    """Return how many numbers there are by theme and status; a number of two themes counts in both, and once in the sum.

    >>> counts([Told(["community_health"], "actual"), Told([], "target")])
    主题      实际值  目标值  参照值
    社区卫生  1       0       0
    其他主题  0       1       0
    合计      1       1       0
    """
    numbers = list(numbers)
    by_theme = Counter((theme, told.status) for told in numbers for theme in dict.fromkeys(told.themes or ["other_theme"]))
    by_theme.update(("all_themes", told.status) for told in numbers)
    statuses = list(codebook().words("status"))
    themes = {code: row["name_zh"] for code, row in codebook().by_key("themes").items()}
    themes |= {name: heading(name, _ZH) for name in ("other_theme", "all_themes")}
    named = {code: name for code, name in themes.items() if any(by_theme[code, status] for status in statuses)}
    cells = [[name, *(str(by_theme[code, status]) for status in statuses)] for code, name in named.items()]
    return Table([heading("theme", _ZH), *(word("status", status, _ZH) for status in statuses)], cells)


def comparison(values: pd.DataFrame, excluded: pd.DataFrame, notes: pd.DataFrame) -> str:
    """Return the three tables of a comparison in words, each under its name with the number of its rows."""
    parts = []
    for name, rows in {"values": values, "excluded": excluded, "notes": notes}.items():
        title = heading(f"shown_{name}", _ZH) + signs(_ZH).brackets.format(len(rows))
        parts += [line(title), table(rows, _COLUMNS[name])._repr_html_()]
    return "\n".join(parts)
