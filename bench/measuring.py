"""What the scripts of this folder share: a command with its time and memory, the machine in words, tables in Markdown."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
WEIJIAN = (sys.executable, "-c", "import sys; from weijian.cli import main; sys.exit(main())")
"""The command line of this Python, the same whether it is installed or found on the path."""
MEMORY = "PSS" if sys.platform.startswith("linux") else "RSS"
"""How memory is counted: what processes share is parted among them (PSS), or counted for each where the system tells no more (RSS)."""
_BETWEEN, _AT_LAST, _SHARE = 0.2, 1.0, 100
"""Memory is read after so many seconds, and up to a second later where reading it took more than a hundredth of them: it must not show."""


class Cost(NamedTuple):
    """What a command took: seconds of the clock, the most megabytes that all its processes held at once, and seconds of CPU."""

    seconds: float
    megabytes: float
    busy: float


class Asked(NamedTuple):
    """Something that is asked of a ratio: at most, or at least, so much."""

    what: str
    found: float
    bound: float
    least: bool = False

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The cells of a table: what, found, asked, and whether it is so."""
        kept = self.found >= self.bound if self.least else self.found <= self.bound
        return self.what, f"{self.found:.2f}", f"at {'least' if self.least else 'most'} {self.bound:g}", "yes" if kept else "no"


def cost(command: Sequence[str], beside: Iterable[int] = (), cwd: Path = ROOT) -> Cost:
    """Run a command to its end and return what it took; ``beside`` are processes that work for it.

    Memory is read one to five times a second: what is held for less may be missed. Raises CalledProcessError when it fails.
    """
    helpers = [psutil.Process(pid) for pid in beside]
    began, busy = time.perf_counter(), _busy(helpers)
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment()) as process:
        roots, most = [psutil.Process(process.pid), *helpers], 0.0
        while process.poll() is None:
            looking = time.process_time()
            most = max(most, sum(map(_held, _family(roots))))
            try:
                process.wait(min(max(_BETWEEN, _SHARE * (time.process_time() - looking)), _AT_LAST))
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - began
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    return Cost(seconds, most / 2**20, _busy(helpers) - busy)


def _busy(helpers: Iterable[psutil.Process]) -> float:
    """Return the CPU seconds so far of all processes that this one started and that have ended, and of helpers."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(sum(process.cpu_times()[:2]) for process in _family(helpers))


def environment() -> dict[str, str]:
    """Return the environment of what is started: this one, with the library of this folder's project."""
    path = [str(ROOT / "analysis"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def _family(roots: Iterable[psutil.Process]) -> Iterator[psutil.Process]:
    for root in roots:
        try:
            yield from (root, *root.children(recursive=True))
        except psutil.NoSuchProcess:
            continue


def _held(process: psutil.Process) -> int:
    """Return the bytes that a process holds; 0 when it has just ended."""
    try:
        return process.memory_full_info().pss if MEMORY == "PSS" else process.memory_info().rss
    except (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError):
        return 0


def cores() -> int:
    """Return how many cores there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> str:
    """Describe the machine in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{cores()} cores, {memory:.0f} GB of memory, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> Iterator[str]:
    """Yield a Markdown table, the columns after the first ``words`` to the right, with an empty line before and after."""
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' if at < words else '---:' for at in range(len(head)))} |"
    yield from (f"| {' | '.join(cells)} |" for cells in rows)
    yield ""


def asked(rows: Iterable[Asked]) -> Iterator[str]:
    """Yield a table of what is asked and what was found."""
    return table(("ratio", "found", "asked", "kept"), (row.cells for row in rows))


def show(lines: Iterable[str]) -> list[str]:
    """Print lines as they come, and return them."""
    kept = []
    for line in lines:
        print(line, flush=True)
        kept.append(line)
    return kept
