"""How fast the reading is, what it needs, and whether its time grows with the length of the text alone.

    python bench/reading.py            on one core; --megabytes sets the longest text, --rounds how often all is measured

Times are CPU times of this process, the tools take turns, and the median of the rounds counts: read the ratios, the
rates depend on the machine. JioNLP and Recognizers-Text are compared when they can be imported.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import logging
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
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
Reader = Callable[[str], object]


def main() -> None:
    """Print throughput beside other tools, start-up, growth with length, and growth for awkward shapes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()
    texts = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    print_start()
    print_throughput(texts, options.rounds)
    print_growth("\n".join(texts), options.megabytes)
    print_shapes()


def readers() -> dict[str, Reader]:
    """Return what is compared, by name, and say which tools are missing."""
    from weijian import extract

    found: dict[str, Reader] = {"weijian, whole reading": extract, "re, bare number scan": lambda text: list(NUMBER.finditer(text))}
    for name, load in (("JioNLP, money and time", _jionlp), ("Recognizers-Text, numbers with units", _recognizers)):
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[name] = load()
        except ImportError as error:
            print(f"{name}: not installed ({error.name or error}), left out")
    return found


def _jionlp() -> Reader:
    entities = importlib.import_module("jionlp").ner
    logging.disable()  # it logs a traceback for each phrase that it finds, but cannot parse

    def read(text: str) -> object:
        return entities.extract_money(text, with_parsing=False), entities.extract_time(text, with_parsing=False)

    return read


def _recognizers() -> Reader:
    number, unit = (importlib.import_module(f"recognizers_{part}") for part in ("number", "number_with_unit"))
    recognize = (number.recognize_number, number.recognize_percentage, unit.recognize_dimension, unit.recognize_currency)
    return lambda text: [each(text, "zh-cn") for each in recognize]


def print_throughput(texts: Sequence[str], rounds: int) -> None:
    """Print characters per CPU second, warm, and how many times as many each tool reads."""
    length = sum(map(len, texts))
    print(f"\nthroughput on {len(texts)} reports, {length:,} characters, median of {rounds} rounds, warm")
    tools = readers()
    for read in tools.values():
        _seconds(read, texts)
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, read in tools.items():
            repeats = 20 if name.startswith("re,") else 1
            times[name].append(_seconds(read, texts, repeats) / repeats)
    own, *others = times
    for name, each in times.items():
        print(f"  {name:38}{length / statistics.median(each):>14,.0f} characters/s")
    for name in others:
        ratio = statistics.median(other / mine for other, mine in zip(times[name], times[own], strict=True))
        print(f"  weijian reads {ratio:.2f} times as fast as" if ratio > 1 else f"  weijian takes {1 / ratio:.1f} times as long as", name)


def _seconds(read: Reader, texts: Sequence[str], repeats: int = 1) -> float:
    began = time.process_time()
    for _ in range(repeats):
        for text in texts:
            read(text)
    return time.process_time() - began


def print_start(times: int = 7) -> None:
    """Print how long a fresh process takes, and its peak memory where the system tells."""
    print(f"start, median of {times} fresh processes")
    for name, code in (("import weijian", "import weijian"), ("import and first extraction", FIRST), ("an empty process", "pass")):
        runs = [_fresh(code) for _ in range(times)]
        seconds, peak = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"  {name:38}{seconds:>10.3f} s {peak / 1024:>8.1f} MB" if peak else f"  {name:38}{seconds:>10.3f} s")


def _fresh(code: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", FRESH.format(code=code)], capture_output=True, text=True, check=True, timeout=60)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def print_growth(text: str, megabytes: float) -> None:
    """Print the rate for texts of growing length; it stays level when time is linear in length."""
    from weijian import extract

    print("\ngrowth with length: the reports, over and over")
    most = max(1, round(megabytes * 1e6 / len(text.encode())))
    rates = []
    for copies in sorted({1, *(max(1, round(most / share)) for share in (30, 10, 3, 1))}):
        long = f"{text}\n" * copies
        seconds = _seconds(extract, [long])
        rates.append(len(long) / seconds)
        print(f"  {len(long.encode()) / 1e6:>7.2f} MB {len(long):>12,} characters {seconds:>9.2f} s {rates[-1]:>12,.0f} characters/s")
    print(f"  the longest is read at {rates[-1] / rates[0]:.2f} times the rate of the shortest")


def print_shapes(lengths: Sequence[int] = (2000, 8000, 32000), patience: float = 1.0) -> None:
    """Print the shapes for which four times the length takes much more than four times as long."""
    from weijian import extract

    print(f"\ngrowth of {len(SHAPES)} awkward shapes from {lengths[-2]:,} to {lengths[-1]:,} characters (4 is linear, 16 quadratic)")
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
            print(f"  {shape!r:24}{growth:>8.1f} times, {seconds[-1]:.2f} s for {lengths[len(seconds) - 1]:,} characters")
    print(f"  at most {worst:.1f} times")


if __name__ == "__main__":
    main()
