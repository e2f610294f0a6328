"""A corpus outside this repository: what it takes from the project, and what is its own from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

from weijian.corpus import PROCESSED
from weijian.errors import CorpusError, say
from weijian.store import rows
from weijian.tables import TABLES

_PROJECT = Path(__file__).resolve().parents[2]
_NOTEBOOKS = "notebooks"


def bring_notebooks(root: Path) -> None:
    """Copy the project's notebooks into a corpus that has none; raise CorpusError for a corpus without a report.

    The copies are the corpus's own from then on, to be changed as its questions are; the project's stay as they are.
    """
    folder, source = root / _NOTEBOOKS, _PROJECT / _NOTEBOOKS
    if folder.exists():
        return
    if not any(True for _ in rows(root / PROCESSED, TABLES["reports"])):
        raise CorpusError("the corpus holds no report yet", where=str(root), remedy="add one: weijian add FILE")
    if not source.is_dir():
        raise CorpusError("there are no notebooks to run", where=str(folder), remedy="copy those of the repository there")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    say(f"the project's notebooks were copied to {folder}; change them as you like")
