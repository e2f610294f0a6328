"""Reports on small notebooks of their own: what runs, what is published, what is left alone, what a failure says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import types
from html import unescape
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian import freshness, ledger, pages, reporting
from weijian.codebook import codebook
from weijian.errors import NotebookError
from weijian.reporting import Outcome, report
from weijian.runner import check_parameters, parameters

SOURCES = Path(freshness.__file__).parents[1]
DRAW = """
import os
from pathlib import Path
folder = os.environ["WEIJIAN_FIGURES"]
_ = Path(folder, f"02-doctors.{language}.csv").write_text("x\\n1\\n")
"""


def cell(source, *, tags=()):
    made = nbformat.v4.new_code_cell(source)
    made.metadata["tags"] = list(tags)
    return made


def write_notebook(root, name, *sources, defaults="language = 'zh'\nplaces = ['310000']"):
    cells = [nbformat.v4.new_markdown_cell("# 家庭医生 / Family doctors"), cell(defaults, tags=["parameters"]), *map(cell, sources)]
    for number, made in enumerate(cells, 1):
        made["id"] = f"cell-{number}"
    path = root / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A root with one notebook, and tables that are always up to date."""

    class Corpus:
        def __init__(self, root):
            self.root = Path(root)

        def is_current(self):
            return True

        def made_of(self):
            return json.loads((self.root / ".cache" / "made-of.json").read_text())

    monkeypatch.setitem(sys.modules, "weijian.corpus", types.SimpleNamespace(Corpus=Corpus))
    library = tmp_path / ".cache" / "library"
    library.mkdir(parents=True)
    (library / "a.py").write_text("1")
    monkeypatch.setattr(freshness, "PACKAGE", library)  # the real one may be worked on while the tests run
    (tmp_path / "data" / "processed").mkdir(parents=True)
    (tmp_path / "data" / "processed" / "observations.csv").write_text("value\n1\n")
    (tmp_path / "data" / "processed" / "reports.csv").write_text("report,place_code\na#1,310000\na#2,310000\nb#1,330100\nc#1,\n")
    (tmp_path / ".cache" / "made-of.json").write_text('{"310000": "1", "330100": "1"}')
    write_notebook(tmp_path, "02-doctors.ipynb", DRAW, "print(language, places)")
    return tmp_path


def contents(root):
    """All that git would see."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.relative_to(root).parts
    }


def printed(root, name="02-doctors.ipynb"):
    outputs = json.loads((root / "notebooks" / name).read_text())["cells"][-1]["outputs"]
    return "".join(line for output in outputs for line in output["text"])


@pytest.mark.slow
def test_a_report_publishes_and_a_second_one_changes_nothing(root, capsys):
    first = report(root)
    assert first.made == ("02-doctors.zh", "02-doctors.en")
    assert printed(root) == "zh ['310000']\n"
    before = contents(root)
    assert {"figures/02-doctors.zh.csv", "figures/02-doctors.en.csv", "figures/02-doctors.zh.html", "figures/index.html"} <= set(before)
    capsys.readouterr()
    assert report(root).made == ()
    assert "nothing changed" in capsys.readouterr().err
    assert report(root, force=True).made == first.made
    assert contents(root) == before


@pytest.mark.slow
def test_only_what_a_change_touches_runs_again(root):
    report(root)
    before = contents(root)
    (root / "notebooks" / "02-doctors.ipynb").write_text((root / "notebooks" / "02-doctors.ipynb").read_text().replace('"zh [', '"xx ['))
    assert report(root).made == ("02-doctors.zh",)  # an output was changed by hand
    (root / "figures" / "02-doctors.en.csv").unlink()
    assert report(root).made == ("02-doctors.en",)
    assert contents(root) == before
    for depended_on in ("data/processed/observations.csv", ".cache/library/a.py"):
        (root / depended_on).write_text("2")
        assert report(root).made == ("02-doctors.zh", "02-doctors.en")


@pytest.mark.slow
def test_a_figure_that_nothing_draws_any_more_goes_and_files_of_others_stay(root):
    report(root)
    (root / "figures" / "mine.txt").write_text("kept")
    write_notebook(root, "02-doctors.ipynb", DRAW.replace("02-doctors", "02-signed"), "1 + 1")
    report(root)
    names = {path.name for path in (root / "figures").iterdir()}
    assert "02-signed.zh.csv" in names
    assert "mine.txt" in names
    assert "02-doctors.zh.csv" not in names


@pytest.mark.slow
def test_failures_are_told_by_notebook_cell_and_line_and_the_others_are_published(root):
    write_notebook(root, "03-divides.ipynb", "x = 1\n\ny = x / 0")
    write_notebook(root, "04-no-language.ipynb", "1", defaults="places = []")
    write_notebook(root, "05-exits.ipynb", "raise SystemExit(0)", "1")
    (root / "notebooks" / "06-broken.ipynb").write_text("{")
    broken = (root / "notebooks" / "03-divides.ipynb").read_bytes()
    with pytest.raises(NotebookError) as caught:
        report(root)
    message = str(caught.value)
    assert "notebooks/03-divides.ipynb (zh), cell 3, line 3: ZeroDivisionError: division by zero, in “y = x / 0”" in message
    assert "notebooks/04-no-language.ipynb (en): the notebook has no parameter “language”. It has: places" in message
    assert "notebooks/05-exits.ipynb (zh), cell 4: the run ended before this cell" in message
    assert "06-broken.ipynb: this is not a notebook" in message
    assert (root / "figures" / "02-doctors.en.html").is_file()
    assert (root / "notebooks" / "03-divides.ipynb").read_bytes() == broken
    assert not list((root / ".cache").glob("figures-*"))


@pytest.mark.slow
def test_one_place_becomes_a_page_of_its_own_and_no_notebook_changes(root):
    report(root)
    before = contents(root)
    report(root, place="330100", language="en")
    after = contents(root)
    assert set(after) - set(before) == {"figures/330100/02-doctors.en.html", "figures/330100/02-doctors.en.csv"}
    index = "figures/index.html"
    assert {name: after[name] for name in before if name != index} == {name: before[name] for name in before if name != index}
    assert '<a href="330100/02-doctors.en.html" lang="en">Hangzhou</a>' in after[index].decode()
    page = unescape(after["figures/330100/02-doctors.en.html"].decode())
    assert "en ['330100']" in page
    assert 'href="../type/page.css"' in page


PROFILE = "from weijian.ledger import note_load\nnote_load('reports', [place_code] if place_code else None)"


def write_profile(root, *sources):
    (root / "notebooks" / "02-doctors.ipynb").unlink()
    write_notebook(root, "90-profile.ipynb", PROFILE, "print(place_code)", *sources, defaults="language = 'zh'\nplace_code = ''")


@pytest.mark.slow
def test_a_notebook_and_several_places_may_be_asked_for(root):
    write_notebook(root, "90-profile.ipynb", "1", defaults="language = 'zh'\nplace_code = ''")
    asked = {"language": "zh", "notebook": "90"}
    assert report(root, place=["330100", "310000"], **asked).made == ("90-profile.330100.zh", "90-profile.310000.zh")
    assert report(root, **asked) == Outcome(
        ("90-profile.zh",), ("90-profile.310000.zh", "90-profile.330100.zh"), root / "figures" / "index.html"
    )
    with pytest.raises(NotebookError, match="There are 02-doctors, 90-profile"):
        report(root, notebook=["90", "91"])


@pytest.mark.slow
def test_a_run_of_one_place_follows_the_rows_of_that_place(root):
    write_profile(root)
    assert len(report(root, language="zh").made) == 3
    (root / ".cache" / "made-of.json").write_text('{"310000": "1", "330100": "2"}')
    (root / "data" / "processed" / "observations.csv").write_text("value\n2\n")
    assert report(root, language="zh").made == ("90-profile.zh", "90-profile.330100.zh")
    (root / ".cache" / "made-of.json").write_text("{}")
    assert report(root, language="zh").made == ("90-profile.310000.zh", "90-profile.330100.zh")  # nobody knows what they were made of


@pytest.mark.slow
def test_an_interrupted_report_goes_on_where_it_stopped(root, monkeypatch):
    write_profile(root)
    said = []

    def stop(message):
        said.append(message)
        if message.startswith("[2/"):
            raise KeyboardInterrupt

    with monkeypatch.context() as interrupted, pytest.raises(KeyboardInterrupt):
        interrupted.setattr(reporting, "say", stop)
        report(root, language="zh", jobs=1)
    before = contents(root)
    assert "figures/310000/90-profile.zh.html" in before
    assert "figures/330100/90-profile.zh.html" not in before
    assert report(root, language="zh").made == ("90-profile.330100.zh",)
    assert before.items() - contents(root).items() == set()


@pytest.mark.slow
def test_a_place_that_fails_costs_no_other_and_is_tried_again(root):
    write_profile(root, "assert place_code != '310000', 'spoiled'")
    for _ in range(2):
        with pytest.raises(NotebookError, match=r"90-profile\.ipynb \(310000, zh\), cell 5, line 1: AssertionError: spoiled"):
            report(root, language="zh")
    assert (root / "figures" / "330100" / "90-profile.zh.html").is_file()
    assert not (root / "figures" / "310000").exists()
    assert "90-profile.310000.zh" not in ledger.Ledger(root).names()


def write_documents(root, *names):
    (root / "data" / "raw").mkdir(exist_ok=True)
    header = "document,file,sha256,characters,source_format,text,title,issuer,number,dates,tier,furniture_mentions"
    for name in names:
        (root / "data" / "raw" / f"{name}.txt").write_text("签约率43%。\n", encoding="utf-8")
    told = "".join(f"{name},{name}.txt,{'0' * 64},8,txt,{name}.txt,题,,,,official,0\n" for name in names)
    (root / "data" / "processed" / "documents.csv").write_text(f"{header}\n{told}", encoding="utf-8")


@pytest.mark.slow
def test_the_texts_follow_the_documents(root, capsys):
    for name in ("reports", "observations"):
        (root / "data" / "processed" / f"{name}.csv").unlink()
    write_documents(root, "a-2023", "b-2023")
    report(root)
    folder = root / "figures" / "texts"
    assert sorted(path.name for path in folder.iterdir()) == ["a-2023.html", "b-2023.html"]
    assert 'href="texts/b-2023.html"' in (root / "figures" / "index.html").read_text()
    before = contents(root)
    (folder / "a-2023.html").write_text("spoiled")
    capsys.readouterr()
    assert report(root).made == ()
    assert capsys.readouterr().err == "renewed: texts\n"
    assert contents(root) == before
    report(root)
    assert "nothing changed" in capsys.readouterr().err
    write_documents(root, "a-2023")
    report(root)
    assert [path.name for path in folder.iterdir()] == ["a-2023.html"]
    assert "b-2023" not in (root / "figures" / "index.html").read_text()


@pytest.mark.slow
def test_a_page_asks_no_other_machine_and_keeps_of_strange_markup_the_text(root):
    say = "from IPython.display import HTML, display\ndisplay(HTML('<p onclick=x>有<img src=https://a.example/b><blink>2</blink><script>1</script></p>'))"
    write_notebook(root, "02-doctors.ipynb", say)
    report(root, language="zh")
    page = (root / "figures" / "02-doctors.zh.html").read_text()
    body = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL)
    assert "<p>有2</p>" in body
    assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*", body) == ['<link rel="stylesheet" href="type/page.css"']
    assert "@import" not in page


def test_saying_that_nothing_changed_loads_no_heavy_library():
    code = "import sys, weijian.reporting, weijian.freshness; print(sorted({'pandas', 'papermill', 'nbformat', 'matplotlib'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"language": "fr"}, "Choose from zh, en"),
        ({"place": "999999"}, "330100"),
        ({"place": "../.."}, "Those with a report are 310000, 330100$"),
    ],
)
def test_what_a_report_cannot_be_asked_for(root, given, says):
    with pytest.raises(NotebookError, match=says):
        report(root, **given)


def test_a_root_without_notebooks_says_what_their_names_look_like(root):
    (root / "notebooks" / "02-doctors.ipynb").unlink()
    with pytest.raises(NotebookError, match=r"02-family-doctors\.ipynb"):
        report(root)


@pytest.mark.parametrize("broken", ['{"cells": [', "[]", '{"cells": [{"source": "1"}]}'])
def test_a_broken_notebook_is_named(root, broken):
    (root / "notebooks" / "02-doctors.ipynb").write_text(broken)
    with pytest.raises(NotebookError, match=r"02-doctors\.ipynb"):
        report(root)


def test_parameters_are_the_assignments_of_the_tagged_cell():
    tagged = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": ["language = 'zh'  # zh or en\n", "years: list = [2023]\n", "n = f()"],
    }
    assert parameters({"cells": [tagged]}) == {"language": "zh", "years": [2023], "n": None}
    with pytest.raises(NotebookError, match="0 cells are tagged"):
        parameters({"cells": []})


def test_a_word_is_no_list():
    check_parameters({"places": ["310000"]}, {"places": []}, "a")
    with pytest.raises(NotebookError, match="cannot be '310000'"):
        check_parameters({"places": "310000"}, {"places": []}, "a")
    with pytest.raises(NotebookError, match="per_head"):
        check_parameters({"per_head": 1}, {"per_head": True}, "a")
    with pytest.raises(NotebookError, match="no language"):
        check_parameters({"language": "fr"}, {"language": "zh"}, "a")


def test_a_notebook_is_known_by_what_it_says_and_not_by_what_it_gave():
    def book(**changes):
        return {"cells": [{"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None} | changes]}

    known = freshness.notebook_digest(book())
    assert freshness.notebook_digest(book(outputs=[1], execution_count=3, metadata={"execution": {}})) == known
    assert freshness.notebook_digest(book(source=["1"])) == known
    assert freshness.notebook_digest(book(source="2")) != known
    assert freshness.notebook_digest(book(metadata={"tags": ["parameters"]})) != known


def test_the_ledger_believes_only_what_is_still_there(tmp_path):
    made = tmp_path / "figures" / "a.csv"
    freshness.write_whole(made, b"1\n")
    ledger.Ledger(tmp_path).record("a", "inputs", [made])
    assert ledger.Ledger(tmp_path).is_fresh("a", "inputs")
    assert not ledger.Ledger(tmp_path).is_fresh("a", "others")
    made.write_bytes(b"2\n")
    assert not ledger.Ledger(tmp_path).is_fresh("a", "inputs")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": "1"}', '{"inputs": "1", "outputs": 1, "place": ""}'])
def test_a_record_that_cannot_be_read_is_none(tmp_path, text):
    freshness.write_whole(tmp_path / ledger.LEDGER / "a.json", text.encode())
    assert ledger.Ledger(tmp_path).names() == []


def test_what_two_runs_write_is_kept_while_one_of_them_does(tmp_path):
    shared, own = tmp_path / "shared", tmp_path / "own"
    for path in (shared, own):
        freshness.write_whole(path, b"")
    kept = ledger.Ledger(tmp_path)
    kept.record("a", "1", [shared, own])
    kept.record("b", "1", [shared])
    assert kept.record("a", "2", []) == {"own"}
    assert kept.forget("b") == {"shared"}


def test_a_failed_write_leaves_the_old_bytes_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a"
    freshness.write_whole(path, b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        freshness.write_whole(path, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"old")]


@given(st.text(st.sampled_from("<>/\"'=&; abcdimgsrcontylehref:(x)"), max_size=60))
def test_cleaned_html_can_neither_run_nor_fetch(text):
    cleaned = pages.clean(f"{text}<img src=x onerror=y><a href='javascript:z'>{text}")
    tags = re.findall(r"<[^>]*>", cleaned)
    assert not [tag for tag in tags if re.search(r"<(img|script|style|iframe|svg|link)\b|\bon\w+\s*=|\bsrc\s*=|style\s*=|javascript:", tag)]


def test_the_index_links_both_languages_of_page_and_picture(tmp_path):
    for name in (
        "02-a.zh.html",
        "02-a.en.html",
        "02-a-signed.zh.png",
        "02-a-signed.en.svg",
        "02-a-signed.en.png",
        "02-a-signed.csv",
        "03-b.zh.png",
    ):
        (tmp_path / name).write_bytes(b"")
    text = pages.write_index(tmp_path, {"02-a": "签约 <i>"}).read_text()
    assert re.findall(r'href="(02[^"]*)"', text) == [
        "02-a.zh.html",
        "02-a.en.html",
        "02-a-signed.zh.png",
        "02-a-signed.zh.png",
        "02-a-signed.en.png",
        "02-a-signed.en.svg",
        "02-a-signed.csv",
    ]
    assert "签约 &lt;i&gt;" in text
    assert "03-b" not in text


def test_the_index_links_the_pages_of_one_place_by_its_name(tmp_path):
    for name in (
        "02-a.zh.html",
        "310000/02-a.zh.html",
        "310112/02-a.zh.html",
        "310112/02-a.en.html",
        "310112/03-b.zh.html",
        "old/02-a.zh.html",
    ):
        freshness.write_whole(tmp_path / name, b"")
    text = pages.write_index(tmp_path, {"02-a": "签约"}).read_text()
    assert re.findall(r'href="(\d{6}/[^"]*)" lang="(..)">([^<]*)', text) == [
        ("310000/02-a.zh.html", "zh", "上海市"),
        ("310112/02-a.zh.html", "zh", "闵行区"),
        ("310112/02-a.en.html", "en", "Minhang"),
    ]
    assert "old/" not in text


def test_the_index_parts_the_pages_of_many_places_by_province(tmp_path):
    codes = [row["code"] for row in codebook().rows("places") if row["level"] == "city" and not row["valid_to"]][:40]
    for code in codes:
        freshness.write_whole(tmp_path / code / "02-a.zh.html", b"")
    text = pages.write_index(tmp_path, {"02-a": "签约"}).read_text()
    provinces = {code: codebook().by_key("places")[f"{code[:2]}0000"]["name"] for code in codes}
    told = {
        code: province
        for province, links in re.findall(r"<strong>(.*?)</strong>:(.*?)(?:<br>|</p>)", text, re.DOTALL)
        for code in re.findall(r"\d{6}", links)
    }
    assert told == provinces


def test_the_index_shows_figures_in_the_order_in_which_the_notebook_draws_them(tmp_path):
    for name in ("02-key", "02-sign", "02-signed", "02-other"):
        (tmp_path / f"{name}.zh.png").write_bytes(b"")
    source = pages.source_of({"cells": [{"cell_type": "code", "source": ['save("02-signed")\n', "save('02-sign')"]}, {"cell_type": "raw"}]})
    text = pages.write_index(tmp_path, {"02-a": ""}, {"02-a": source + '\nsave("02-key")'}).read_text()
    assert re.findall(r'img src="([^.]*)', text) == ["02-signed", "02-sign", "02-key", "02-other"]
