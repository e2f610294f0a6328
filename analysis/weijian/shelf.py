"""The notebooks of a corpus, and the runs that a report of them consists of: for all places and for one, in each language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from weijian import freshness
from weijian.amounts import LANGUAGES
from weijian.errors import NotebookError
from weijian.runner import Run, parameters

_PROFILE = "place_code"
"""The parameter of a notebook that shows one place."""
_PATTERN = "[0-9][0-9]-*.ipynb"
_NAMED = 8
"""How many names a message gives of many."""


class Shelf:
    """The notebooks of one root, read once; ``unreadable`` are the errors of those that could not be."""

    def __init__(self, root: Path, language: str | None) -> None:
        if language is not None and language not in LANGUAGES:
            raise NotebookError(f"there is no language “{language}”", where="--language", remedy=f"Choose from {', '.join(LANGUAGES)}")
        self.root = root
        self.figures = root / "figures"
        self.languages = (language,) if language else LANGUAGES
        self.paths = sorted((root / "notebooks").glob(_PATTERN))
        if not self.paths:
            raise NotebookError(
                "there are no notebooks", where=str(root / "notebooks"), remedy="Their names look like 02-family-doctors.ipynb"
            )
        self.notebooks: dict[Path, dict[str, Any]] = {}
        self.parameters: dict[Path, dict[str, Any]] = {}
        self.unreadable: list[NotebookError] = []
        for path in self.paths:
            self._open(path)

    def _open(self, path: Path) -> None:
        """Read a notebook and its parameters; one that cannot be read keeps no other from running."""
        try:
            notebook = freshness.read_notebook(path)
            self.parameters[path] = parameters(notebook, f"notebooks/{path.name}")
            self.notebooks[path] = notebook
        except NotebookError as error:
            self.unreadable.append(error)

    def runs(self, places: Sequence[str], notebooks: Sequence[str]) -> list[Run]:
        """Return the runs that a report consists of, in the order of the notebooks; a profile is run for every place too."""
        for place in places:
            if place not in (codes := self.place_codes):
                raise NotebookError(f"there is no place “{place}”", where="--place", remedy=f"Those with a report are {some(codes)}")
        chosen = {path for path in self.paths for name in notebooks if path.name.startswith(name)}
        for name in notebooks:
            if not any(path.name.startswith(name) for path in chosen):
                there = ", ".join(path.stem for path in self.paths)
                raise NotebookError(f"there is no notebook “{name}”", where="--notebook", remedy=f"There are {there}")
        found = [
            Run(path, spoken, self.figures / shown, shown, given)
            for path in self.notebooks
            if not notebooks or path in chosen
            for shown in (places or self._shown(path))
            for spoken in self.languages
            if (given := self._parameters(path, shown, spoken)) is not None
        ]
        if places and self.notebooks and not found:
            raise NotebookError("no notebook takes one place", where="--place", remedy="Give one a parameter “place_code” or “places”")
        return found

    def _shown(self, path: Path) -> list[str]:
        """Return what a notebook is run for: all places together, and each of them where it shows one place."""
        return ["", *self.place_codes] if _PROFILE in self.parameters[path] else [""]

    @cached_property
    def place_codes(self) -> list[str]:
        """Return the codes of the places that have a report."""
        from weijian.store import rows
        from weijian.tables import TABLES

        return sorted({row["place_code"] for row in rows(self.root / "data" / "processed", TABLES["reports"])} - {""})

    def _parameters(self, path: Path, place: str, language: str) -> dict[str, Any] | None:
        """Return what the notebook is handed, nothing that it has as a default; None when it cannot show one place."""
        known = self.parameters[path]
        given: dict[str, Any] = {} if known.get("language") == language else {"language": language}
        if place:
            name = _PROFILE if _PROFILE in known else "places"
            if name not in known:
                return None
            given[name] = [place] if isinstance(known[name], list) else place
        return given


def some(names: Sequence[str]) -> str:
    """Return names for a message, of many the first and how many there are.

    >>> some(["a", "b"]), some([str(number) for number in range(300)])
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7 … (300 in all)')
    """
    return ", ".join(names) if len(names) <= 2 * _NAMED else f"{', '.join(names[:_NAMED])} … ({len(names)} in all)"
