"""The parts of README.md and README.zh-CN.md that follow from the tables and from the labelled texts.

    .venv/bin/python tests/readme.py     writes them anew; a test fails while they are not what the data gives

A part stands between two comments, ``<!-- reports -->`` and ``<!-- end of reports -->``, in both files.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from labelled.accuracy import HELD_OUT, SETS, score, texts_of
from weijian.codebook import codebook

ROOT = Path(__file__).parents[1]
FILES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
COMMAND = ".venv/bin/python tests/readme.py"
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    """Return the rows of a table of data/processed."""
    with (ROOT / "data" / "processed" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _reports(language: str) -> list[str]:
    """List the reports, with the quantities read in each, all and by theme."""
    documents = {row["document"]: row for row in rows("documents")}
    themes = [row["theme"] for row in rows("themes")]
    read: dict[str, Counter[str]] = {}
    for row in rows("observations"):
        read.setdefault(row["report"], Counter()).update(["", *filter(None, row["themes"].split(";"))])
    head = {"en": ["report", "genre", "year", "copy", "quantities"], "zh": ["报告", "体裁", "年份", "来源", "数值"]}[language]
    lines, total = [[*head, *(_named("themes", theme, language) for theme in themes)]], Counter[str]()
    for row in rows("reports"):
        document, counts = documents[row["document"]], read.get(row["report"], Counter())
        total += counts
        place = f"[{_place(row, language)}](data/raw/{document['file']})"
        described = [_word("genre", row["genre"], language), row["year"], _word("tier", document["tier"], language)]
        lines.append([place, *described, *(str(counts[theme]) for theme in ["", *themes])])
    lines.append([{"en": "all", "zh": "合计"}[language], "", "", "", *(str(total[theme]) for theme in ["", *themes])])
    return _table(lines, numbers=4)


def _open(language: str) -> list[str]:
    """Count what the readings leave open, and for which places and years an indicator has no value."""
    observations, mentions, coverage = rows("observations"), rows("mentions"), rows("coverage")
    told = [row for row in observations if row["indicator"]]
    reasons = Counter(row["reason"] for row in coverage)
    counted: list[tuple[str, str, int, int]] = [
        ("Numbers in the reports, page furniture left out", "报告正文中的数字（不含页面附属信息）", len(mentions), 0),
        ("– could not be read", "– 无法读取", _count(mentions, "role", "unread"), len(mentions)),
        ("Quantities among them (`observations`)", "其中的数值（`observations`）", len(observations), 0),
        ("– year not printed beside the number, taken from its report", "– 数字旁未写年份，取报告年度", _flagged(observations, "period_inferred"), len(observations)),
        ("– outcome or target told by the section alone", "– 实际值或目标值只能按章节判断", _flagged(observations, "status_inferred"), len(observations)),
        ("– checked by a person", "– 已由人工核对", sum(bool(row["checked_by"]) for row in observations), len(observations)),
        ("Quantities with an indicator of the codebook", "对上指标目录的数值", len(told), len(observations)),
        ("– base not stated", "– 人口口径未说明", _count(told, "base", "", "unknown"), len(told)),
        ("– definition not stated", "– 指标定义未说明", _count(told, "definition", "", "unknown"), len(told)),
        ("Place × year × indicator (`coverage`)", "地方×年份×指标（`coverage`）", len(coverage), 0),
        ("– has a value", "– 有数值", reasons.pop("", 0), len(coverage)),
    ]  # fmt: skip
    for reason in sorted(reasons, key=lambda word: (-reasons[word], word)):
        counted.append((f"– {_word('reason', reason, 'en')}", f"– {_word('reason', reason, 'zh')}", reasons[reason], len(coverage)))
    lines = [{"en": ["", "count", "share"], "zh": ["", "个数", "占比"]}[language]]
    for english, chinese, count, of in counted:
        lines.append([english if language == "en" else chinese, str(count), _share(count, of)])
    return _table(lines, numbers=1)


def _accuracy(language: str) -> list[str]:
    """Say how far the reading agrees with the held-out labelled texts, in whole percent, rounded down."""
    found = score(texts_of(next(path for path in SETS if path.stem == HELD_OUT)))
    figures = {
        "measure_f1": ("quantities found, and nothing else (F1)", "找全且不多找（F1）"),
        "value_accuracy": ("value right", "数值正确"),
        "unit_accuracy": ("unit right", "单位正确"),
        "status_accuracy": ("outcome, target or reference right", "实际值、目标值、参照值判断正确"),
        "period_accuracy": ("year right", "年份正确"),
        "whole_reading": ("value, bound, unit, kind and status right together", "数值、界限、单位、类型、性质全部正确"),
        "indicator_precision": ("indicator right, where one is given", "所给指标正确（查准）"),
        "indicator_recall": ("indicator given, where there is one", "应有指标已给出（查全）"),
    }
    lines = [{"en": ["on the held-out texts", "at least, %"], "zh": ["在留出文本上", "不低于（%）"]}[language]]
    for name, (english, chinese) in figures.items():
        lines.append([english if language == "en" else chinese, str(int(100 * found.figure(name)))])
    return _table(lines, numbers=1)


PARTS: dict[str, Callable[[str], list[str]]] = {"reports": _reports, "open": _open, "accuracy": _accuracy}


def renewed(text: str, language: str, parts: Iterable[str] = PARTS) -> str:
    """Return a README with its parts as the data gives them now."""
    for name in parts:
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
        part = "\n".join([begin, *PARTS[name](language), end])
        text, times = pattern.subn(lambda _, part=part: part, text)  # type: ignore[misc]
        if times != 1:
            raise ValueError(f"{FILES[language].name} holds {times} parts between {begin} and {end}; it must hold one")
    return text


def _table(lines: Sequence[Sequence[str]], *, numbers: int) -> list[str]:
    """Return a Markdown table whose columns from ``numbers`` on stand to the right."""
    rule = ["---:" if column >= numbers else "---" for column in range(len(lines[0]))]
    return [f"| {' | '.join(cells)} |" for cells in [lines[0], rule, *lines[1:]]]


def _named(table: str, code: str, language: str) -> str:
    return codebook().by_key(table)[code][f"name_{language}"]


def _word(words: str, code: str, language: str) -> str:
    return codebook().words(words)[code][f"name_{language}"]


def _place(report: Row, language: str) -> str:
    if not report["place_code"]:
        return _named("headings", "masked_place", language)
    english = codebook().by_key("place_names").get(report["place_code"])
    return english["name_en"] if english and language == "en" else report["place"]


def _share(count: int, of: int) -> str:
    return "<1%" if 0 < 200 * count < of else f"{count / of:.0%}" if of else ""


def _count(of: Iterable[Row], column: str, *cells: str) -> int:
    return sum(row[column] in cells for row in of)


def _flagged(of: Iterable[Row], flag: str) -> int:
    return sum(flag in row["flags"].split(";") for row in of)


def main() -> None:
    """Write the parts anew and name the files that changed."""
    for language, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        new = renewed(text, language)
        path.write_text(new, encoding="utf-8", newline="\n")
        print(path.name, "is as it was" if new == text else "is renewed")


if __name__ == "__main__":
    main()
