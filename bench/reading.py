"""How fast and how right the reading is beside other tools, what it needs, and whether its time grows with the length of the text alone.

    python bench/reading.py            on one core; --megabytes sets the longest text, --rounds how often all is measured

Times are CPU times of this process, the tools take turns, and the median of the rounds counts: read the ratios, the
rates depend on the machine. Tools that are not installed are left out and named; rivals.py says how to get them.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from measuring import ROOT, Asked, asked, environment, show, table
from rivals import JIONLP, SCAN, WEIJIAN, WHAT, shares_right, tools
from weijian import extract

FIRST = "import weijian; weijian.extract('全市家庭医生签约率超过43%。')"
FRESH = """
import time
began = time.perf_counter()
{code}
seconds = time.perf_counter() - began
try:
    status = open('/proc/self/status').read()
except OSError:
    peak = 0
else:
    peak = int(status.partition('VmHWM:')[2].split()[0])
print(seconds, peak)
"""
# Long texts without a full stop, and runs of one thing: where a careless pattern or window turns quadratic.
SHAPES = (
    "1", "1,", "1-", "1、", "1人、", "43%，", "由1%", "2023-", "0755-", "一", "二", "十百千万", "（", "《", "“", "[", "(1", "1）", "|1",
    "签约率", "全市", "其中", "同比增长", "1%同比增长", "分别为1、2、3、", "从1、2分别提高到3、4", "\n", "1.标题\n", "（一）标题。", "http://", "a.b@",
)  # fmt: skip


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()
    show(measured(options.rounds, options.megabytes))


def measured(rounds: int = 7, megabytes: float = 10.0) -> Iterator[str]:
    """Yield the lines of the page: other tools, start, growth with length, and growth for awkward shapes."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    yield "## Reading"
    yield from _beside_others(texts, rounds)
    yield from _start()
    yield from _growth("\n".join(texts), megabytes)
    yield from _shapes()


def _beside_others(texts: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield characters per CPU second, warm, and the shares of the labelled measures that are read right."""
    yield ""
    yield f"{len(texts)} reports, {sum(map(len, texts)):,} characters, CPU time on one core, warm, median of {rounds} rounds. Right: the share"
    yield "of the measures labelled in tests/labelled (development and held-out) whose value, or value and unit, is read; signs left aside."
    found, missing = tools()
    rates = _rates({name: tool.read for name, tool in found.items()}, texts, rounds)
    right = shares_right(found)
    typical = {name: statistics.median(each) for name, each in rates.items()}
    rows = [(name, WHAT[name], f"{typical[name]:,.0f}", *(f"{share:.0%}" for share in right[name])) for name in found]
    yield from table(("tool", "asked for", "characters/s", "value right", "value and unit right"), rows, words=2)
    yield from missing
    ratios = {name: statistics.median(own / other for own, other in zip(rates[WEIJIAN], rates[name], strict=True)) for name in found}
    wanted = [Asked(f"weijian's speed against {JIONLP}", ratios[JIONLP], 5, least=True)] if JIONLP in found else []
    yield from asked([*wanted, Asked("time of weijian against the bare scan", 1 / ratios[SCAN], 75)])


def _rates(readers: dict[str, Callable[[str], Any]], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return the characters per second of each tool in each round."""
    length = sum(map(len, texts))
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for read in readers.values():
        _seconds(read, texts)
    for _ in range(rounds):
        for name, read in readers.items():
            repeats = 20 if name == SCAN else 1
            rates[name].append(length * repeats / _seconds(read, texts, repeats))
    return rates


def _seconds(read: Callable[[str], Any], texts: Sequence[str], repeats: int = 1) -> float:
    began = time.process_time()
    for _ in range(repeats):
        for text in texts:
            read(text)
    return time.process_time() - began


def _start(times: int = 7) -> Iterator[str]:
    """Yield how long a fresh process takes, and its peak memory where the system tells."""
    yield f"Start, median of {times} fresh processes:"
    rows = []
    for name, code in (("import weijian", "import weijian"), ("import and first extraction", FIRST), ("an empty process", "pass")):
        seconds, peak = (statistics.median(column) for column in zip(*(_fresh(code) for _ in range(times)), strict=True))
        rows.append((name, f"{seconds:.3f}", f"{peak / 1024:.0f}" if peak else ""))
    yield from table(("process", "seconds", "MB"), rows)


def _fresh(code: str) -> tuple[float, float]:
    command = [sys.executable, "-c", FRESH.format(code=code)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment())
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def _growth(text: str, megabytes: float) -> Iterator[str]:
    """Yield the rate for texts of growing length; it stays level when time is linear in length."""
    yield "Growth with length, the reports over and over as one text:"
    most = max(1, round(megabytes * 1e6 / len(text.encode())))
    rows, rates = [], []
    for copies in sorted({1, *(max(1, round(most / share)) for share in (30, 10, 3, 1))}):
        long = f"{text}\n" * copies
        seconds = _seconds(extract, [long])
        rates.append(len(long) / seconds)
        rows.append((f"{len(long.encode()) / 1e6:.2f}", f"{len(long):,}", f"{seconds:.2f}", f"{rates[-1]:,.0f}"))
    yield from table(("MB", "characters", "seconds", "characters/s"), rows, words=0)
    yield f"The longest is read at {rates[-1] / rates[0]:.2f} times the rate of the shortest."


def _shapes(lengths: Sequence[int] = (2000, 8000, 32000), patience: float = 1.0) -> Iterator[str]:
    """Yield the shapes for which four times the length takes much more than four times as long."""
    yield ""
    worst = 0.0
    for shape in SHAPES:
        seconds: list[float] = []
        for length in lengths:
            seconds.append(_seconds(extract, [(shape * length)[:length]]))
            if seconds[-1] > patience:
                break
        growth = seconds[-1] / max(seconds[-2], 0.005) if len(seconds) > 1 else float("inf")
        worst = max(worst, growth)
        if growth > 8:
            yield f"- {shape!r} takes {growth:.1f} times as long, {seconds[-1]:.2f} s for {lengths[len(seconds) - 1]:,} characters"
    yield f"Of {len(SHAPES)} awkward shapes, {lengths[-1]:,} characters take at most {worst:.1f} times as long as {lengths[-2]:,} (4 is linear)."


if __name__ == "__main__":
    main()
