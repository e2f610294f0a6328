from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from weijian.runner import LANGUAGES, Run, execute_all

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Run, object]]]:
    """Every notebook run anew in every language, by the name of the run; its figures lie in ``run.figures``."""
    folder = tmp_path_factory.mktemp("fresh")
    sources = {path: nbformat.read(path, as_version=4) for path in NOTEBOOKS}
    runs = []
    for path in NOTEBOOKS:
        for language in LANGUAGES:
            given = {} if language == "zh" else {"language": language}
            figures = folder / f"{path.stem}.{language}"
            figures.mkdir()
            runs.append(Run(path, language, figures, "", given))
    yield {run.name: (run, result) for run, result in execute_all(runs, sources, ROOT, jobs=2)}
