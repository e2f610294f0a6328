"""Rules are of all reports: no place, figure or wording that only the reports of ``data/raw`` have stands in the code or in a cue table.

What is looked for is computed from the reports and from the table of places, so that a report that is added later is looked for too.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "analysis" / "weijian"
OF_PLACES = ("places.csv", "place_names.csv", "townships.csv", "boundaries.csv", "traditional.csv", "places.py", "candidates.py")
OF_INDICATORS = ("indicators.csv", "definitions.csv", "themes.csv")
"""Indicators are named, and their definitions sourced, as whoever defined them did; no rule is found by these names."""
SOURCES = ("defined_in", "coverage")  # a local programme is its place's, and said to be
GENERAL = (
    "卫生健康委员会", "卫生健康工作", "社区卫生服务机构", "新型冠状病毒感染", "现代医院管理制度", "慢性阻塞性肺疾病", "居民健康体检",
    "老年人健康管理率", "老年人电子健康档案", "打开网页后点击屏幕右上角分享按钮", "下面是小编为大家整理的",
)  # fmt: skip
"""Offices and genres, names of diseases, systems and measures of national rules, and what web pages say around every article."""
LONG = 8
HAN = "\u4e00-\u9fff"
FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")


class Found(str):
    """A string of the code or a cell of a table, with where it stands."""

    file: str
    in_docstring: bool


def held(text: str, file: str, in_docstring: bool = False) -> Found:
    found = Found(text)
    found.file, found.in_docstring = file, in_docstring
    return found


@cache
def reports() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))}


def strings() -> Iterator[Found]:
    """Yield every constant of the code and every cell of the codebook."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float) and not isinstance(node.value, bool):
                yield held(str(node.value), path.name, id(node) in alone)
    for path in sorted((PACKAGE / "codebook").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                if path.name != "words.csv" or row[0] not in SOURCES:
                    yield from (held(cell, path.name) for cell in row)


@cache
def places() -> re.Pattern[str]:
    """Every place by its whole name, and those of the reports by their short names and their townships too."""
    with (PACKAGE / "codebook" / "places.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    with (ROOT / "data" / "processed" / "places.csv").open(encoding="utf-8", newline="") as file:
        own = {row["place_code"] for row in csv.DictReader(file)}
    with (PACKAGE / "codebook" / "townships.csv").open(encoding="utf-8", newline="") as file:
        towns = [name for row in csv.DictReader(file) if row["county"] in own for name in row["names"].split(";")]
    names = {row["name"] for row in known if len(row["name"]) > 2} | {row["short_name"] for row in known if row["code"] in own}
    read = "".join(reports().values())
    names |= {name for name in towns if len(name) > 1 and name in read}
    names.discard("新城区")  # the new part of any town
    return re.compile("|".join(sorted(filter(None, names), key=len, reverse=True)))


def figure(printed: str, in_words: bool) -> str:
    """Return a number that tells from which report it is: four digits, or three of them as decimals in words; no year."""
    bare = printed.replace(",", "")
    digits = bare.replace(".", "").lstrip("0") if "." in bare else bare.strip("0")
    return "" if re.fullmatch(r"(?:19|20)\d\d", bare) or len(digits) < (3 if in_words and "." in bare else 4) else bare


@cache
def printed() -> frozenset[str]:
    return frozenset(filter(None, (figure(found.group(), True) for text in reports().values() for found in FIGURE.finditer(text))))


def places_in(text: Found) -> list[str]:
    return [] if text.file in (*OF_PLACES, *OF_INDICATORS) or invented(text) else places().findall(text)


def invented(text: Found) -> bool:
    """Whether a docstring shows a place that no report of the corpus is about; a county may be called what somebody invented."""
    return text.in_docstring and not any(place in text for place in set(places().findall(text)) if place in "".join(reports().values()))


def figures_in(text: Found) -> list[str]:
    found = (figure(each.group(), bool(re.search(f"[{HAN}%]", text))) for each in FIGURE.finditer(text))
    return [each for each in found if each in printed()]


def wordings_in(text: Found) -> list[str]:
    """Return the phrases of a string that one report has and no other, unless everybody writes them."""
    if text.file in OF_INDICATORS:
        return []
    found = []
    for phrase in re.findall(f"[{HAN}]{{{LONG},}}", text):
        pieces = {phrase[at : at + LONG] for at in range(len(phrase) - LONG + 1)}
        own = [piece for piece in pieces if sum(piece in report for report in reports().values()) == 1]
        found += [piece for piece in own if not any(words in phrase and (words in piece or piece in words) for words in GENERAL)]
    return found


@pytest.mark.parametrize("look", [places_in, figures_in, wordings_in])
def test_nothing_that_only_a_report_has_stands_in_the_rules(look):
    assert [(text.file, found, text[:60]) for text in strings() if (found := look(text))] == []


def test_what_is_planted_is_found():
    report = reports()["310112-2024-summary.txt"]
    sentence = max(re.findall(f"[{HAN}]{{12,}}", report), key=lambda words: sum(words in text for text in reports().values()) == 1)
    assert places_in(held("(?:社区|莘庄|街道)", "scopes.py")) == ["莘庄"]
    assert places_in(held("闵行", "synonyms.csv")) == ["闵行"]
    assert places_in(held("Return 杭州市.", "titles.py", in_docstring=True)) == ["杭州市"]
    assert figures_in(held("7973", "sums.py")) == ["7973"]
    assert figures_in(held("签约129.96万人", "terms.csv")) == ["129.96"]
    assert figures_in(held("提升1.88%", "kinds.py", in_docstring=True)) == ["1.88"]
    assert wordings_in(held(f"({sentence}|x)", "check_cues.csv"))


def test_what_is_nobodys_is_left_alone():
    assert places_in(held("在青江市、临江市", "titles.py", in_docstring=True)) == []
    assert figures_in(held("2024年1.5倍1000人", "units.py")) == []
    assert figures_in(held("1.15", "layout.py")) == []
    assert wordings_in(held("社区卫生服务中心|卫生健康委员会", "terms.csv")) == []
