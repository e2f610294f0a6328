"""One folder replaced by another in a step that survives being killed at any instant.

The new folder is written beside the old one and flushed to the disk; a journal then says that it is whole,
with the hash of each file; two renames swap the folders. Whoever comes next and finds a journal finishes the
swap, or undoes it when the new folder is not what the journal says. Without a journal a folder written
beside is only a beginning and is removed. A lock on a file beside keeps two writers apart.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from weijian.freshness import file_digest, only_one

Say = Callable[[str], None]


class Swap:
    """The replacing of one folder, ``target``, with what stands beside it while that goes on.

    The names beside begin with a point and the folder's own name: ``.processed.new``, ``.old``, ``.journal``, ``.lock``.
    """

    def __init__(self, target: Path, say: Say = lambda message: None) -> None:
        self.target, self.say = target, say
        self.new, self.old, self.journal, self.lock = (
            target.with_name(f".{target.name}.{part}") for part in ("new", "old", "journal", "lock")
        )

    @contextmanager
    def filled(self) -> Iterator[Path]:
        """Give the new folder, empty, to be filled; nothing is swapped yet. The caller holds the lock and has called ``recover``."""
        try:
            self.new.mkdir(parents=True)
            yield self.new
        except BaseException:  # a full disk among them: what is begun would keep it full
            shutil.rmtree(self.new, ignore_errors=True)
            raise

    def replace(self) -> bool:
        """Put the folder that was filled in place of the old one; return False, and remove it, when the old one holds the same."""
        wanted = hashes(self.new)
        if self._same(self.target, wanted):
            shutil.rmtree(self.new)
            return False
        try:
            _flush_all(self.new)
            journal = self.journal.with_suffix(".begun")
            _write(journal, json.dumps(wanted).encode())
        except OSError:
            shutil.rmtree(self.new, ignore_errors=True)
            raise
        os.replace(journal, self.journal)
        _flush(self.target.parent)
        self._finish()
        return True

    def recover(self) -> None:
        """Finish or undo what an interrupted writer left; say so. The caller holds the lock."""
        if self.journal.exists():
            self._settle()
        elif not self.target.exists() and self.old.exists():
            os.replace(self.old, self.target)
            self.say(f"An interrupted build was undone: {self.target.name} holds the earlier tables.")
        elif self.new.exists():
            self.say(f"An interrupted build was undone: {self.target.name} holds the tables from before it.")
        self._clear()

    @property
    def interrupted(self) -> bool:
        """Whether the folder may be away or old because a writer was interrupted or is at work."""
        return self.journal.exists() or (self.old.exists() and not self.target.exists())

    def locked(self) -> AbstractContextManager[None]:
        """Keep other writers out; wait for one that is at work, and say so."""
        return only_one(self.lock, self.say, "Another build is at work on these tables; waiting for it to end.")

    def _settle(self) -> None:
        wanted = json.loads(self.journal.read_bytes())
        if self.new.exists() and not self._same(self.new, wanted):
            if self.old.exists() and not self.target.exists():
                os.replace(self.old, self.target)
            self.say(f"An interrupted build was undone: {self.target.name} holds the tables from before it.")
        else:
            self._finish()
            self.say(f"An interrupted build was finished: {self.target.name} holds the new tables.")

    def _finish(self) -> None:
        """Carry out what of the swap is left to do; each step may have been done before."""
        if self.new.exists():
            if self.target.exists():
                os.replace(self.target, self.old)
            os.replace(self.new, self.target)
            _flush(self.target.parent)
        self._clear()

    def _clear(self) -> None:
        """Remove what stands beside; the journal first, since it speaks of the rest."""
        for path in (self.journal, self.journal.with_suffix(".begun")):
            path.unlink(missing_ok=True)
        for folder in (self.new, self.old):
            if folder.exists():
                shutil.rmtree(folder)

    def _same(self, folder: Path, wanted: Mapping[str, str]) -> bool:
        return folder.is_dir() and hashes(folder) == wanted


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder by its path in it."""
    files = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _flush_all(folder: Path) -> None:
    """Bring a folder with all that is below it to the disk."""
    for path in (*folder.rglob("*"), folder):
        _flush(path)


def _flush(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
