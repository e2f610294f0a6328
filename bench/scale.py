"""How the build grows with the reports: time, memory, one core against two, Dask beside joblib, and what is done when nothing changed.

    python bench/scale.py --sizes 5,50,500,5000 --folder DIR

The corpora are made in DIR (a temporary folder without it) by copies.py, and removed when they were measured. Every figure is of a
`weijian build` of its own, from the start of the process to its end.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from copies import write
from measuring import MEMORY, ROOT, WEIJIAN, Asked, Cost, asked, cost, environment, show, table

SIZES = (5, 50, 500, 5000)
LARGE_FROM = 50
"""From how many reports on two processes read and the tables are Parquet; smaller corpora are built as they are without being told."""
HASHING = """
import hashlib, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*')):
    if path.is_file():
        hashlib.sha256(path.read_bytes()).hexdigest()
"""
"""What must be done at least to see that nothing changed: the files listed and hashed, in a process of its own."""


class Trial:
    """A corpus of so many copies, built again and again."""

    def __init__(self, folder: Path, size: int) -> None:
        self.root, self.size = folder / str(size), size
        write(size, self.root)
        self._manifest = self.root / "data/raw/manifest.csv"
        self._entered = self._manifest.read_bytes()

    def build(self, *options: str, beside: Sequence[int] = ()) -> Cost:
        """Build what has changed."""
        kind = "parquet" if self.size >= LARGE_FROM else "csv"
        return cost((*WEIJIAN, "build", "--corpus", str(self.root), "--tables", kind, *options), beside)

    def build_at_first(self) -> Cost:
        """Build all of it as a corpus of its size is built."""
        return self.build_all("--jobs", "2" if self.size >= LARGE_FROM else "1")

    def build_all(self, *options: str, beside: Sequence[int] = ()) -> Cost:
        """Build with nothing there but the reports."""
        for made in (self.root / "data/processed", self.root / ".cache"):
            shutil.rmtree(made, ignore_errors=True)
        self._manifest.write_bytes(self._entered)
        return self.build(*options, beside=beside)

    def unchanged(self) -> tuple[float, float]:
        """Return the seconds of a build that finds nothing changed, and of listing and hashing the files of data; medians of five."""
        hashing = (sys.executable, "-c", HASHING, str(self.root / "data"))
        pairs = [(self.build().seconds, cost(hashing).seconds) for _ in range(5)]
        builds, hashes = (statistics.median(column) for column in zip(*pairs, strict=True))
        return builds, hashes

    def change(self) -> None:
        """Add a sentence to one report and have its hash filled in again."""
        with self._manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        changed = rows[len(rows) // 2]
        changed["sha256"] = ""
        with (self._manifest.parent / changed["file"]).open("a", encoding="utf-8") as file:
            file.write("\n全市新建社区护理站7家。\n")
        with self._manifest.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, list(changed), lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows)

    def megabytes(self, folder: str) -> float:
        """Return how much the files of a folder of the corpus hold."""
        return sum(path.stat().st_size for path in (self.root / folder).rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=sizes, default=SIZES, help="how many reports, with commas")
    parser.add_argument("--folder", type=Path, help="where the corpora are made")
    options = parser.parse_args()
    show(measured(options.sizes, options.folder))


def sizes(said: str) -> tuple[int, ...]:
    """Return sizes given with commas, the smallest first.

    >>> sizes("50,5")
    (5, 50)
    """
    return tuple(sorted(int(each) for each in said.split(",")))


def measured(wanted: Sequence[int] = SIZES, folder: Path | None = None) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "## Building"
    yield ""
    yield f"Varied copies of the real reports (bench/copies.py): below {LARGE_FROM} reports one process and CSV, from there on two and Parquet. Memory is"
    yield f"the largest sum over all processes of the build, as {MEMORY}, read one to five times a second. Every build starts with an empty cache."
    with tempfile.TemporaryDirectory(prefix="weijian-bench-", dir=folder, ignore_cleanup_errors=True) as desk:
        trials = [Trial(Path(desk), size) for size in wanted]
        builds = {trial.size: trial.build_at_first() for trial in trials}
        yield from _grown(trials, builds)
        yield from _again(trials)
        yield from _side_by_side(trials, builds)


def _grown(trials: Sequence[Trial], builds: dict[int, Cost]) -> Iterator[str]:
    """Yield time, memory and room of the first builds, and how they grow."""
    rows = []
    for trial in trials:
        seconds, most, busy = builds[trial.size]
        room = (trial.megabytes(each) for each in ("data/raw", ".cache/packs", "data/processed"))
        per_report = (f"{1000 * each / trial.size:.0f}" for each in (seconds, busy))
        rows.append((f"{trial.size:,}", f"{seconds:.1f}", *per_report, f"{most:.0f}", *(f"{each:.1f}" for each in room)))
    yield from table(("reports", "seconds", "ms each", "CPU ms each", "peak MB", "reports MB", "packs MB", "tables MB"), rows, words=0)
    if len(trials) > 1:
        small, large = trials[-2].size, trials[-1].size
        each = {size: builds[size].seconds / size for size in (small, large)}
        yield from asked(
            (
                Asked(f"time of a report, of {large:,} against of {small:,}", each[large] / each[small], 1.1),
                Asked(f"peak memory, {large:,} reports against {small:,}", builds[large].megabytes / builds[small].megabytes, 1.5),
            )
        )


def _again(trials: Sequence[Trial]) -> Iterator[str]:
    """Yield what a second build takes: with nothing changed, and with one report changed."""
    yield "Built again, seconds, medians of five where nothing changed; listed and hashed are reports and tables, in a process of its own:"
    rows = []
    for trial in trials:
        nothing, hashing = trial.unchanged()
        trial.change()
        rows.append((f"{trial.size:,}", f"{nothing:.2f}", f"{hashing:.2f}", f"{trial.build().seconds:.2f}"))
    yield from table(("reports", "nothing changed", "listed and hashed", "one changed"), rows, words=0)


def _side_by_side(trials: Sequence[Trial], builds: dict[int, Cost]) -> Iterator[str]:
    """Yield one core against two, the shorter of two turns each, and Dask beside joblib."""
    middle = trials[max(0, len(trials) - 2)]
    largest = trials[-1]
    turns = [(middle.build_all("--jobs", "1"), middle.build_all("--jobs", "2")) for _ in range(2)]
    alone, together = (min(builds, key=lambda build: build.seconds) for builds in zip(*turns, strict=True))
    ratios = [Asked(f"1 core against 2, time of {middle.size:,} reports", alone.seconds / together.seconds, 1.7, least=True)]
    of_two = f"{middle.size:,} reports, the shorter of two turns"
    rows = [(f"1 process, {of_two}", alone), (f"2 processes, {of_two}", together)]
    if importlib.util.find_spec("distributed"):
        with cluster(largest.root.parent) as (address, ids):
            dask = largest.build_all("--scheduler", address, beside=ids)
        joblib = builds[largest.size] if largest.size >= LARGE_FROM else largest.build_all("--jobs", "2")
        rows += [
            (f"joblib, 2 processes, {largest.size:,} reports", joblib),
            (f"Dask, 2 workers, {largest.size:,} reports", dask),
        ]
        ratios += [Asked(f"Dask against joblib, time of {largest.size:,} reports", dask.seconds / joblib.seconds, 1.2)]
    else:
        yield "Dask is not installed (distributed) and left out."
    cells = ((what, f"{one.seconds:.1f}", f"{one.busy:.1f}", f"{one.megabytes:.0f}") for what, one in rows)
    yield from table(("build", "seconds", "CPU seconds", "peak MB"), cells)
    yield from asked(ratios)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Give the address of a Dask cluster of two workers, set as in config/dask.yaml, and the ids of its processes; end it afterwards."""
    told = folder / "scheduler.json"
    common = ("--scheduler-file", str(told), "--no-dashboard")
    commands = (
        ("distributed.cli.dask_scheduler", "--port", "0", *common),
        ("distributed.cli.dask_worker", "--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder), *common),
    )
    quiet = environment() | {"DASK_CONFIG": str(ROOT / "config/dask.yaml")}
    started: list[subprocess.Popen[bytes]] = []
    try:
        for module, *options in commands:
            command = [sys.executable, "-m", module, *options]
            started.append(subprocess.Popen(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            _wait_for(told)
        address = json.loads(told.read_text(encoding="utf-8"))["address"]
        _wait_for_workers(address)
        yield address, [process.pid for process in started]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


def _wait_for(path: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not path.exists() or not path.stat().st_size:
        if time.monotonic() > until:
            raise TimeoutError("the Dask scheduler did not start")
        time.sleep(0.1)


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, timeout=30) as client:
        client.wait_for_workers(2, timeout=60)


if __name__ == "__main__":
    main()
