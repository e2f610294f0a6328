"""How near `weijian report` comes to its floor: as many kernels with the same imports, one for each core, and no other cell.

    python bench/report.py            --rounds says how often both are measured; the shortest of each counts

The report is made in a copy of the project's data and notebooks without any of its own caches, so that all of it is stale; the
environment and the caches of the libraries are in place.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from measuring import ROOT, WEIJIAN, Asked, asked, cores, cost, environment, show, table
from weijian.freshness import read_notebook
from weijian.ledger import Ledger

COPIED = ("data", "notebooks")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    show(measured(parser.parse_args().rounds))


def measured(rounds: int = 2) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "## Report"
    yield ""
    reports, floors, notebooks = [], [], []
    with tempfile.TemporaryDirectory(prefix="weijian-bench-", ignore_cleanup_errors=True) as desk:
        root = _copy(Path(desk))
        for _ in range(rounds):
            for ledger in ("report", "build.json", "packs"):
                _remove(root / ".cache" / ledger)
            reports.append(cost((*WEIJIAN, "report", "--corpus", str(root))).seconds)
            notebooks = _run(root)
            floors.append(_floor(notebooks))
    yield f"`weijian report`, everything stale and the environment in place: {len(notebooks)} runs of notebooks. The floor: as many kernels,"
    yield f"each with the imports of its notebook and nothing else, {cores()} at a time."
    rows = (("weijian report", f"{min(reports):.1f}"), ("its floor", f"{min(floors):.1f}"))
    yield from table(("", f"seconds, the shortest of {rounds}"), rows)
    yield from asked([Asked("weijian report against its floor", min(reports) / min(floors), 1.5)])


def _copy(desk: Path) -> Path:
    """Copy what a report is made of, and let matplotlib make its list of fonts, which belongs to the environment."""
    for name in COPIED:
        shutil.copytree(ROOT / name, desk / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    fonts = environment() | {"MPLCONFIGDIR": str(desk / ".cache/matplotlib")}
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True, env=fonts)
    return desk


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _run(root: Path) -> list[Path]:
    """Return the notebook of each run that the report recorded."""
    stems = {path.stem: path for path in (root / "notebooks").glob("*.ipynb")}
    return [stems[stem] for name in Ledger(root).names() if (stem := name.partition(".")[0]) in stems]


def _floor(notebooks: list[Path]) -> float:
    """Return the seconds for a kernel of each notebook to start, import and end."""
    began = time.perf_counter()
    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(_started, notebooks))
    return time.perf_counter() - began


def _started(notebook: Path) -> None:
    manager, client = start_new_kernel(
        kernel_name="python3",
        env=environment() | {"MPLBACKEND": "Agg"},
        cwd=str(notebook.parent),
        extra_arguments=["--IPKernelApp.log_level=50"],
    )
    try:
        client.execute_interactive(_imports(notebook), output_hook=lambda message: None, timeout=120)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _imports(notebook: Path) -> str:
    """Return the import statements of a notebook."""
    cells = ["".join(cell["source"]) for cell in read_notebook(notebook)["cells"] if cell["cell_type"] == "code"]
    nodes = [node for cell in cells for node in ast.parse(cell).body]
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


if __name__ == "__main__":
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    main()
