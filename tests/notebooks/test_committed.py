"""The notebooks as committed: each keeps the rules, and holds what it gives when it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notebooks.likeness import TOLERANCE, differences, drawing_differs, picture_difference
from notebooks.rules import RULES
from weijian.errors import NotebookError
from weijian.links import without_dead
from weijian.runner import LANGUAGES
from weijian.texts import documents

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DRAWN = (".png", ".svg", ".csv", ".txt")


def test_there_are_notebooks_and_all_are_numbered():
    assert NOTEBOOKS
    assert [path.name for path in NOTEBOOKS if not path.name[:2].isdigit() or path.name[2] != "-"] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rule(path, rule):
    assert list(rule(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_names_a_folder_of_this_machine(path):
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, language, fresh):
    _, result = fresh[f"{path.stem}.{language}"]
    assert not isinstance(result, NotebookError), str(result)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_what_it_gives(path, fresh):
    _, result = fresh[f"{path.stem}.zh"]
    assert list(differences(json.loads(path.read_text(encoding="utf-8")), result)) == []


@pytest.mark.slow
def test_the_figures_are_those_that_are_drawn(fresh):
    drawn = {path.name: path for run, _ in fresh.values() for path in run.figures.iterdir()}
    held = {path.name: path for path in (ROOT / "figures").iterdir() if path.suffix in DRAWN}
    assert sorted(held) == sorted(drawn), "run `make report` and commit figures/"
    for name, path in held.items():
        if path.suffix == ".png":
            assert picture_difference(path.read_bytes(), drawn[name].read_bytes()) <= TOLERANCE, name
        elif path.suffix == ".svg":
            fresh_one = without_dead(drawn[name].read_text(encoding="utf-8"), documents(ROOT))
            assert not drawing_differs(path.read_text(encoding="utf-8"), fresh_one), name
        else:
            assert path.read_bytes() == drawn[name].read_bytes(), name
