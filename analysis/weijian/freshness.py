"""Decide by content what must be made again: file times mean nothing after a clone, and are asked only whether files were written since.

A result is fresh when it was made from the same inputs and every file that came out still holds what was written. Only the
standard library is used, so that "nothing changed" is said at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weijian.errors import NotebookError

PACKAGE = Path(__file__).resolve().parent
try:
    import fcntl
except ImportError:  # not on Windows, where nobody is kept out
    fcntl = None  # type: ignore[assignment]

_JUST_NOW = 2_000_000_000  # nanoseconds
_CODEBOOK = PACKAGE / "codebook"
_IMPORT = re.compile(r"^[ \t]*(?:from weijian\.(\w+)|from weijian import ([\w, ]+)|import weijian\.(\w+))", re.MULTILINE)


def digest(*parts: bytes | str) -> str:
    """Return one SHA-256 for several parts, each with its length, so that no two lists of parts run together.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or an empty string where there is no file."""
    try:
        with path.open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def tree_digest(folder: Path) -> str:
    """Return one SHA-256 for the names and bytes of all files below a folder, in an order that no file system changes."""
    parts: list[str] = []
    for path in sorted(_files(folder)):
        parts += [path.removeprefix(f"{folder}{os.sep}").replace(os.sep, "/"), file_digest(Path(path))]
    return digest(*parts)


def stamp(paths: Iterable[Path]) -> str:
    """Return one SHA-256 for where files lie, and those below folders, and when they were last touched; empty where that tells nothing.

    Equal stamps mean that nothing was written in between: where a file system keeps the time of a file's last change, no program can set
    it. Of a file that was written a moment ago the time tells nothing, since it may be written once more at the same time.
    """
    parts: list[str] = []
    latest = 0
    for name in (name for path in paths for name in (sorted(_files(path)) if path.is_dir() else [str(path)])):
        try:
            found = os.stat(name)
        except OSError:
            parts.append(f"{name} is not there")
        else:
            latest = max(latest, found.st_ctime_ns)
            parts.append(f"{name} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return digest(*parts) if time.time_ns() - latest > _JUST_NOW else ""


def _files(folder: Path) -> Iterator[str]:
    for inside, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield os.path.join(inside, name)


def reading_digest(modules: Iterable[str], additions: Path | None) -> str:
    """Return one SHA-256 for what modules of the library rest on: themselves, all that they import, and the tables of facts they name.

    ``additions`` is the folder of the codebook rows of a corpus. A module that only draws, or a table of headings, is not in it.
    """
    sources = _sources(modules)
    tables = [
        path for path in sorted(_CODEBOOK.glob("*.csv")) if any(f'"{path.stem}"' in text or path.name in text for text in sources.values())
    ]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    texts = [part for name, text in sorted(sources.items()) for part in (name, text)]
    return digest(python, *texts, *map(file_digest, tables), tree_digest(additions) if additions else "")


def _sources(modules: Iterable[str]) -> dict[str, str]:
    """Return the source of modules of the library and of all modules of it that they import, without the declarations of the codebook."""
    found: dict[str, str] = {}
    seen, waiting = {"", _CODEBOOK.name}, list(modules)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            for path in [path for path in (PACKAGE / f"{name}.py",) if path.is_file()] or sorted((PACKAGE / name).glob("*.py")):
                text = found[path.relative_to(PACKAGE).as_posix()] = path.read_text(encoding="utf-8")
                waiting += [part.strip() for parts in _IMPORT.findall(text) for each in parts for part in each.split(",")]
    return found


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook file as plain JSON; raise NotebookError when it is none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotebookError(
            f"this is not a notebook ({error})", where=str(path), remedy="Restore it with `git checkout` or save it again in JupyterLab"
        ) from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and "id" in cell for cell in cells):
        raise NotebookError("the file has no cells, or cells without an id", where=str(path), remedy="Save it in JupyterLab 4 (format 4.5)")
    return notebook


def notebook_digest(notebook: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a notebook says and does, blind to outputs, counts and time stamps."""
    parts: list[str] = []
    for cell in notebook["cells"]:
        source = cell.get("source", "")
        tags = cell.get("metadata", {}).get("tags", [])
        parts += [cell.get("cell_type", ""), source if isinstance(source, str) else "".join(source), ",".join(sorted(tags))]
    return digest(*parts)


@contextmanager
def only_one(lock: Path, say: Callable[[str], None], busy: str) -> Iterator[None]:
    """Let one process at a time hold a lock, which is a file; another says that it is ``busy`` and waits."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(busy)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at any moment either the old bytes or the new ones are there; leave equal bytes alone."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)  # mkstemp gives a file that only its maker may read
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
