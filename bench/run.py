"""Measure all and write docs/benchmarks.md: what `make bench` runs.

    python bench/run.py --sizes 5,50,500,5000

The page holds no date and no name of a machine, only what the machine is and the command that made it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import reading
import report
import scale
from measuring import ROOT, machine, show

PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Print the page as it grows, and write it when it is whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=scale.sizes, default=scale.SIZES, help="how many reports are built, with commas")
    parser.add_argument("--folder", type=Path, help="where the corpora are made")
    options = parser.parse_args()
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    head = [
        "# Benchmarks",
        "",
        f"Measured in one run by `make bench SIZES={','.join(map(str, options.sizes))}` on {machine()}; {_version()}.",
        "Read the ratios: the other figures depend on the machine. [scale.md](scale.md) says what they mean for the whole country.",
        "",
    ]
    parts = (reading.measured(), [""], scale.measured(options.sizes, options.folder), [""], report.measured())
    lines = show(chain(head, *parts))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(_tidy(lines), encoding="utf-8", newline="\n")
    print(f"written to {PAGE.relative_to(ROOT)}", file=sys.stderr)


def _version() -> str:
    """Name the state of the project that was measured, where git tells."""
    said = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    return f"state {said.stdout.strip()}" if said.returncode == 0 else "state unknown"


def _tidy(lines: list[str]) -> str:
    """Return the page without empty lines in a row."""
    kept = [line for before, line in zip(["x", *lines], lines, strict=False) if line or before]
    return "\n".join(kept).rstrip("\n") + "\n"


if __name__ == "__main__":
    main()
