"""What each run of a notebook was made from and what it wrote, kept outside git in ``.cache/report/``, a file for each run.

A run depends on all tables, unless the rows of one place were all that it loaded: then it is made anew only when these change, or
anything that all runs depend on. What a notebook reads otherwise than with ``weijian.load`` is not seen.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from weijian import freshness
from weijian.freshness import digest, file_digest, tree_digest, write_whole

LOADED_VARIABLE = "WEIJIAN_LOADED"
LEDGER = Path(".cache") / "report"
_TABLES, _GIVEN = "data/processed", ("data/raw/reference", "codebook")
_LOCK = "requirements.txt"


def common_inputs(root: Path) -> str:
    """Return one SHA-256 for what every notebook depends on beside the tables: library, type, reference figures, versions."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    trees = [tree_digest(root / folder) for folder in _GIVEN]
    return digest(python, tree_digest(freshness.PACKAGE), file_digest(root / _LOCK), *trees)


def tables_digest(root: Path) -> str:
    """Return one SHA-256 for all tables."""
    return tree_digest(root / _TABLES)


def note_load(table: str, places: Iterable[str] | None) -> None:
    """Note that a notebook loads a table, whole or the rows of these places, in the file that its run names for that."""
    if named := os.environ.get(LOADED_VARIABLE):
        with open(named, "a", encoding="utf-8") as file:
            file.write(json.dumps([table, None if places is None else sorted(places)]) + "\n")


def place_loaded(path: Path) -> str:
    """Return the code of the one place whose rows were all that a run loaded; empty where it loaded more, or nothing."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    asked = {tuple(json.loads(line)[1] or ()) for line in lines}
    places = next(iter(asked)) if len(asked) == 1 else ()
    return str(places[0]) if len(places) == 1 else ""


class Ledger:
    """What each run was made from and what it wrote, by hash, a file for each run; paths are relative to the root.

    A run of one place notes the ``place`` when the rows of that place were all that it loaded.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder = root / LEDGER
        self._runs = {path.stem: entry for path in sorted(self._folder.glob("*.json")) if (entry := _entry(path))}
        self._claims = Counter(name for entry in self._runs.values() for name in entry["outputs"])

    def is_fresh(self, run: str, inputs: str) -> bool:
        """Say whether a run has these inputs and all that it wrote is still there, unchanged."""
        entry = self._runs.get(run)
        if entry is None or entry["inputs"] != inputs:
            return False
        return all(file_digest(self.root / name) == found for name, found in entry["outputs"].items())

    def outputs(self, run: str) -> set[str]:
        """Return the paths that a run wrote when it was last recorded."""
        return set(self._runs.get(run, {}).get("outputs", ()))

    def place(self, run: str) -> str:
        """Return the place whose rows were all that a run loaded when it was last recorded; empty where it loaded more."""
        return str(self._runs.get(run, {}).get("place", ""))

    def record(self, run: str, inputs: str, outputs: Iterable[Path], place: str = "") -> set[str]:
        """Keep what a run was made from and wrote; return the paths it wrote before that nothing writes now."""
        names = sorted(path.relative_to(self.root).as_posix() for path in outputs)
        entry = {"inputs": inputs, "outputs": {name: file_digest(self.root / name) for name in names}, "place": place}
        before = self._replace(run, entry)
        write_whole(self._folder / f"{run}.json", json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")
        return before

    def forget(self, run: str) -> set[str]:
        """Drop a run whose notebook is gone; return the paths that nothing writes any more."""
        (self._folder / f"{run}.json").unlink(missing_ok=True)
        return self._replace(run, None)

    def names(self) -> list[str]:
        """Return the names of all recorded runs."""
        return sorted(self._runs)

    def _replace(self, run: str, entry: dict[str, Any] | None) -> set[str]:
        """Put an entry in the place of another, or none; return the paths that nothing writes any more."""
        before = self._runs.pop(run, {"outputs": {}})["outputs"]
        self._claims.subtract(list(before))
        if entry:
            self._runs[run] = entry
            self._claims.update(list(entry["outputs"]))
        return {name for name in before if not self._claims[name]}


def _entry(path: Path) -> dict[str, Any] | None:
    """Return what is recorded of a run; a record that cannot be read is none."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        return {"inputs": str(entry["inputs"]), "outputs": dict(entry["outputs"]), "place": str(entry["place"])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
