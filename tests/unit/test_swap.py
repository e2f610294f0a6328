"""Whenever the writer is killed, the next start finds the old folder or the new one, whole."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from weijian.swap import Swap

OLD = {"a.csv": b"old a\n", "b.csv": b"old b\n"}
NEW = {"a.csv": b"new a\n", "parts/c.csv": b"new c\n"}
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


class Killer:
    """Ends the work before its n-th step on the file system."""

    def __init__(self) -> None:
        self.left: int | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.left is None or event not in STEPS:
            return
        if self.left == 0:
            self.left = None
            raise Killed
        self.left -= 1

    @contextmanager
    def after(self, steps: int) -> Iterator[None]:
        self.left = steps
        try:
            yield
        finally:
            self.left = None


KILLER = Killer()
sys.addaudithook(KILLER)


def content(folder: Path) -> dict[str, bytes] | None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files} if folder.is_dir() else None


def replace(swap: Swap, files: dict[str, bytes]) -> bool:
    with swap.filled() as new:
        for name, data in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_bytes(data)
    return swap.replace()


def write(folder: Path, files: dict[str, bytes], said: list[str] | None = None) -> None:
    swap = Swap(folder / "processed", (said if said is not None else []).append)
    with swap.locked():
        swap.recover()
        replace(swap, files)


def killed_after(steps: int, work: Callable[[], object]) -> bool:
    """Do the work and kill it before a step; say whether it was killed before it was done."""
    try:
        with KILLER.after(steps):
            work()
    except Killed:
        return True
    return False


def recovered(folder: Path) -> tuple[dict[str, bytes] | None, list[str]]:
    said: list[str] = []
    swap = Swap(folder / "processed", said.append)
    with swap.locked():
        swap.recover()
    assert not swap.interrupted
    assert {path.name for path in folder.iterdir()} <= {"processed", ".processed.lock"}
    return content(folder / "processed"), said


@pytest.mark.parametrize("old", [None, OLD], ids=["the first build", "a later build"])
def test_killed_at_any_step_the_next_start_finds_one_of_the_two_whole(tmp_path: Path, old: dict[str, bytes] | None):
    seen, steps, going = [], 0, True
    while going:
        folder = tmp_path / str(steps)
        folder.mkdir()
        if old:
            write(folder, old)
        going = killed_after(steps, partial(write, folder, NEW))
        found, said = recovered(folder)
        assert found in (old, NEW), steps
        if found == old:
            assert not said or "undone" in said[0]
        seen.append(found)
        steps += 1
    assert steps > 12
    assert seen.index(NEW) == len([found for found in seen if found == old])  # old until some step, new ever after


def test_killed_while_recovering_the_next_start_still_finds_one_of_the_two(tmp_path: Path):
    made = 0
    for steps in range(40):
        for more in range(40):
            folder = tmp_path / f"{steps}-{more}"
            folder.mkdir()
            write(folder, OLD)
            if not killed_after(steps, partial(write, folder, NEW)):
                return
            going = killed_after(more, partial(recovered, folder))
            assert recovered(folder)[0] in (OLD, NEW), (steps, more)
            shutil.rmtree(folder)
            made += 1
            if not going:
                break
    pytest.fail(f"no end after {made}")


def test_what_was_recovered_is_said(tmp_path: Path):
    write(tmp_path, OLD)
    heard = set()
    steps = 0
    while killed_after(steps, lambda: write(tmp_path, NEW)):
        heard.update(recovered(tmp_path)[1])
        write(tmp_path, OLD)
        steps += 1
    assert {message.split(":")[0] for message in heard} == {"An interrupted build was undone", "An interrupted build was finished"}


def test_a_new_folder_that_is_not_what_the_journal_says_is_dropped(tmp_path: Path):
    write(tmp_path, OLD)
    steps = 0
    while not (tmp_path / ".processed.journal").exists():
        assert killed_after(steps, lambda: write(tmp_path, NEW))
        steps += 1
    (tmp_path / ".processed.new" / "a.csv").write_bytes(b"new")
    found, said = recovered(tmp_path)
    assert found == OLD
    assert "undone" in said[0]


def test_equal_files_are_left_alone(tmp_path: Path):
    write(tmp_path, OLD)
    before = (tmp_path / "processed").stat().st_ino
    swap = Swap(tmp_path / "processed")
    with swap.locked():
        assert replace(swap, OLD) is False
    assert (tmp_path / "processed").stat().st_ino == before


def test_two_writers_at_once_follow_each_other(tmp_path: Path):
    said: list[str] = []
    first = Swap(tmp_path / "processed")
    other = threading.Thread(target=write, args=(tmp_path, NEW, said))
    with first.locked():
        other.start()
        other.join(0.2)
        assert other.is_alive()
        first.recover()
        replace(first, OLD)
    other.join(10)
    assert content(tmp_path / "processed") == NEW
    assert "waiting" in said[0]
