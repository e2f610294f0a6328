"""What the READMEs and the glossary say is so: examples, tables, commands, links, names."""

from __future__ import annotations

import csv
import doctest
import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.main import get_command

import weijian
from readme import COMMAND, FILES, PARTS, ROOT, renewed, rows
from weijian.codebook import codebook
from weijian.commands import app
from weijian.compare import compare
from weijian.explain import explain
from weijian.extraction import print_numbers
from weijian.freshness import read_notebook
from weijian.runner import parameters
from weijian.tables import OBSERVATIONS, TABLES

BOTH = pytest.mark.parametrize("language", list(FILES))
PAGES = (*FILES.values(), *(ROOT / name for name in ("GLOSSARY.md", "CONTRIBUTING.md", "LICENSE-DATA.md", "data/README.md")))
LINK = re.compile(r"""(?:\]\(|src=")([^)\s"]+)""")
CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FIGURE = re.compile(r"(?<=\| )\d+(?= \|$)", re.MULTILINE)
SHOWN = re.compile(r"^> (.+)$", re.MULTILINE)
ROW_OF = re.compile(r"<!-- the row of (\S+) -->\n\|(.+)\|\n.+\n\|(.+)\|")


def text_of(language: str) -> str:
    return FILES[language].read_text(encoding="utf-8")


def spoken(language: str) -> set[str]:
    """Everything set as code: inline, and the lines of blocks without their comments."""
    text = text_of(language)
    lines = [line.partition("#")[0].strip() for _, block in CODE.findall(text) for line in block.splitlines()]
    return {*re.findall(r"`([^`\n]+)`", CODE.sub("", text)), *lines} - {""}


def commands(language: str, program: str) -> list[list[str]]:
    """The calls of a program that a README names, as words after the program's name."""
    return [words[1:] for words in map(shlex.split, spoken(language)) if words[0] == program and len(words) > 1]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


@BOTH
@pytest.mark.parametrize("part", sorted({*PARTS} - {"accuracy"}))
def test_a_part_that_follows_from_the_data_is_current(part: str, language: str):
    text = text_of(language)
    assert renewed(text, language, [part]) == text, remedy(part, language)


@BOTH
def test_the_accuracy_promised_is_kept_and_not_far_below_what_is_reached(language: str):
    text = text_of(language)
    now = renewed(text, language, ["accuracy"])
    assert FIGURE.sub("", now) == FIGURE.sub("", text), remedy("accuracy", language)
    promised, reached = ([int(figure) for figure in FIGURE.findall(each)] for each in (text, now))
    assert all(high - 3 <= low <= high for low, high in zip(promised, reached, strict=True)), remedy("accuracy", language)


def remedy(part: str, language: str) -> str:
    return f"what {FILES[language].name} says of “{part}” is no longer so: run {COMMAND} and commit what it writes"


@BOTH
def test_the_examples_give_what_they_show(language: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    blocks = [block for kind, block in CODE.findall(text_of(language)) if kind == "python"]
    assert blocks
    for block in blocks:
        example = doctest.DocTestParser().get_doctest(block, {}, FILES[language].name, None, 0)
        assert doctest.DocTestRunner().run(example).failed == 0


@BOTH
def test_the_row_shown_is_the_row_of_the_sentence_shown(language: str):
    text = text_of(language)
    key, header, line = ROW_OF.search(text).groups()  # type: ignore[union-attr]
    observation = next(row for row in rows("observations") if row["observation"] == key)
    assert dict(zip(cells(header), cells(line), strict=True)).items() <= observation.items()
    sentence = SHOWN.search(text).group(1)  # type: ignore[union-attr]
    assert sentence.replace("*", "") == observation["quote"]
    assert sentence.index("**") == int(observation["start"]) - int(observation["sentence_start"])
    assert sentence.split("**")[1] == observation["value"] + observation["unit"]


@BOTH
def test_the_first_screen_shows_a_figure_in_the_language_of_the_page(language: str):
    first = text_of(language).partition("\n## ")[0]
    assert [target for target in LINK.findall(first) if target.endswith(".png")] == [f"figures/02-sign-rate.{language}.png"]
    assert "make report" in first
    assert "make test" in first


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_of_the_project(page: Path):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            place = (page.parent / unquote(target.partition("#")[0])).resolve()
            assert place.exists(), target
            assert place.is_relative_to(ROOT), target


@BOTH
def test_make_knows_what_is_typed(language: str):
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {words[0] for words in commands(language, "make")}
    assert {"report", "test"} <= named <= known


@BOTH
def test_the_command_line_knows_what_is_typed(language: str, capsys: pytest.CaptureFixture[str]):
    known = get_command(app).commands  # type: ignore[attr-defined]
    calls = [words for words in commands(language, "weijian") if words != ["…"]]
    assert {words[0] for words in calls} == set(known)
    for words in calls:
        if words[0] == "extract":
            report = ROOT / "data" / "raw" / rows("documents")[0]["file"]
            assert print_numbers([str(report), *words[2:]]) == 0
        elif words[0] == "compare":
            assert compare(words[1:]).values["indicator"].nunique() == len(words) - 1
        elif words[0] == "explain" and len(words) > 1:
            quote = next(row["quote"] for row in rows("observations") if row["observation"] == words[1])
            assert quote in re.sub("[【】]", "", explain(words[1], root=ROOT, language=language))
        options = {option for each in known[words[0]].params for option in each.opts} | {"--corpus"}
        assert {word for word in words if word.startswith("--")} <= options | {"--format"}
        if words[0] == "report" and "--place" in words:
            assert words[2] in {row["place_code"] for row in rows("places")}
    assert "indicator" in capsys.readouterr().out


@BOTH
def test_every_public_name_is_told(language: str):
    told = {match.group(1) for code in spoken(language) if (match := re.match(r"weijian\.(\w+)\(", code))}
    assert told == set(weijian.__all__)


@BOTH
def test_the_parameters_of_the_notebook_are_its_own(language: str):
    path = ROOT / "notebooks" / "02-family-doctors.ipynb"
    assert set(parameters(read_notebook(path), path.name)) <= spoken(language)


def test_the_columns_explained_are_those_of_the_table():
    part = text_of("zh").partition("<!-- columns -->")[2].partition("<!-- end of columns -->")[0]
    named = {name for line in part.splitlines()[3:] for name in re.findall("`([^`]+)`", cells(line)[1])}
    assert named <= set(OBSERVATIONS.header)
    assert {"value", "bound", "status", "base", "quote", "start", "end"} <= named
    assert words_of(part, "bound") == set(codebook().words("bound"))
    assert words_of(part, "status") == set(codebook().words("status"))


def words_of(part: str, column: str) -> set[str]:
    """The words that the row of a column explains."""
    meaning = next(cells(line)[2] for line in part.splitlines() if line.startswith(f"| `{column}`"))
    return set(re.findall("`([^`]+)`", meaning))


@BOTH
def test_the_way_to_add_a_report_names_the_columns_and_tiers_that_there_are(language: str):
    code = spoken(language)
    assert set(codebook().words("tier")) <= code
    with (ROOT / "data" / "raw" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        assert {"tier", "sha256"} <= set(next(csv.reader(file)))


def test_the_glossary_explains_every_reason_for_a_gap_in_the_words_of_the_codebook():
    lines = [cells(line)[1:5] for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {name.strip("`"): chinese for name, chinese, *_ in lines}
    assert told == {word: row["name_zh"] for word, row in codebook().words("reason").items()}


@pytest.mark.parametrize("words", ["role", "base", "status", "stage", "tier"])
def test_the_glossary_has_the_words_of_the_codebook(words: str):
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    for word, row in codebook().words(words).items():
        assert word == "none" or row["name_zh"].partition("(")[0] in text or row["name_en"] in text


@BOTH
def test_no_machine_and_no_table_that_is_not_there_is_named(language: str):
    text = text_of(language)
    assert not re.search(r"(?<![\w.])/(home|root|work|tmp|Users)\b", text)
    assert set(re.findall(r"`(\w+)\.csv`", text)) <= {*TABLES, "manifest", "corrections"}
