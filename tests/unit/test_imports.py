"""The library flows one way: a module imports only from those before it, and nothing heavy comes with ``import weijian``."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "analysis" / "weijian"
STAGES = """
    errors finding frames schema codebook units comparability intervals amounts words links sheet displays records numerals formats documents
    traditional folding quantity headers blocks grids chinese shapes scan clauses
    changes places titles metadata furniture headings identity reports outline masked
    cues phrases nouns periods status subjects scopes kinds indicators entries runs naming definitions observations reading checks concluded
    body attention segments keyness sharing promises statements matching verdicts commitments
    tables freshness ledger corrections coverage datapackage spreadsheet worksheets workbook sources originals packs publishing store
    writing engine
    assembly joining counting gathering swap corpus
    lookup asking compare perhead evidence emphasis auditing promised figures needs warm runner shelf markup uses texts drawings pages elsewhere reporting
    patterns passages reasons attributions sentences explain
    likeness candidates adding summaries questions
    extraction commands cli
"""
ORDER = STAGES.split()
HEAVY = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "nbformat", "jieba", "typer", "rich", "frictionless", "xlsxwriter")
FIRST_EXTRACTION = "import weijian; weijian.extract('全市家庭医生签约率超过43%。')"


def module(path: Path) -> str:
    """The name of a file's module below the package; all files of a package within it go by the package's name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path) -> set[str]:
    """The modules of the library that a file imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}, line {node.lineno}: write the import out, from weijian"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.split(".")[0] == "weijian" and "." in name}
    return found


def test_the_order_names_every_module_once():
    assert sorted(ORDER) == sorted({module(path) for path in FILES})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_those_before_it(path: Path):
    own = module(path)
    before = set(ORDER[: ORDER.index(own)]) | ({own} if path.parent != PACKAGE else set())
    assert imported(path) <= before


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        check=True,
    )


@pytest.mark.parametrize("code", ["import weijian", FIRST_EXTRACTION], ids=["import weijian", "a first extraction"])
def test_nothing_heavy_is_loaded(code: str):
    loaded = run(f"import sys; {code}; print(*sys.modules)").stdout.split()
    assert [name for name in HEAVY if name in loaded] == []


def quickest(code: str, times: int = 5) -> float:
    timed = f"import time; began = time.process_time(); {code}; print(time.process_time() - began)"
    return min(float(run(timed).stdout) for _ in range(times))


def test_the_import_is_quick():
    assert quickest("import weijian") < 0.3


def test_a_first_extraction_is_quick():
    assert quickest(FIRST_EXTRACTION) < 1.0  # twice what it should take at rest: this guards against something heavy


def test_every_public_name_can_be_had():
    import weijian

    for name in weijian.__all__:
        assert callable(getattr(weijian, name))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        weijian.nothing  # noqa: B018
