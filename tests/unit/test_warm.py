"""Warm kernels: each is a kernel of its own, what they share is imported once, and one that dies costs its own run alone."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from weijian.errors import NotebookError
from weijian.runner import Run, execute_all
from weijian.warm import Template

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kernels can be forked on Linux alone")]
PARAMETERS = nbformat.v4.new_code_cell("number = 0", metadata={"tags": ["parameters"]})


def outputs(folder: Path, source: str, runs: int = 4) -> list[str | NotebookError]:
    """What each run of a notebook prints, or the error that it ends with, in the order of their numbers."""
    (folder / ".cache").mkdir()
    path = folder / "01-a.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[PARAMETERS, nbformat.v4.new_code_cell(source)])
    asked = [Run(path, "zh", folder / str(number), parameters={"number": number}) for number in range(runs)]
    found = {run.parameters["number"]: result for run, result in execute_all(asked, {path: notebook}, folder, 2)}
    return [
        found[number] if isinstance(found[number], NotebookError) else "".join(each["text"] for each in found[number].cells[-1].outputs)
        for number in range(runs)
    ]


def test_what_notebooks_import_is_imported_once_and_nothing_else_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    library = tmp_path / "library"
    library.mkdir()
    (library / "counted.py").write_text("import os\nopen(os.environ['COUNTS'], 'a').write('.')\nvalue = 0\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(library), *filter(None, [os.environ.get("PYTHONPATH")])]))
    monkeypatch.setenv("COUNTS", str(tmp_path / "counts"))
    said = outputs(
        tmp_path,
        "import os, random, numpy, counted\ncounted.value += 1 + number\nprint(counted.value, os.getpid(), random.random(), numpy.random.random())",
    )
    assert (tmp_path / "counts").read_text() == "."
    values, *own = zip(*(str(each).split() for each in said), strict=True)
    assert values == ("1", "2", "3", "4")
    assert all(len(set(column)) == len(said) for column in own)


def test_a_notebook_that_chooses_its_corpus_shares_the_libraries_and_not_the_codebook(tmp_path: Path):
    (tmp_path / "mine" / "codebook").mkdir(parents=True)
    (tmp_path / "mine" / "codebook" / "places.csv").write_text(
        "code,name,short_name,level,parent,valid_from,valid_to,predecessor\n990100,云溪市,云溪,city,,,,\n", encoding="utf-8"
    )
    said = outputs(
        tmp_path,
        f"""import os, sys
warm = "matplotlib" in sys.modules, "weijian.corpus" in sys.modules
os.environ["WEIJIAN_CORPUS"] = {str(tmp_path / "mine")!r}
from weijian.reading import read
print(*warm, read("云溪市2024年卫生健康工作总结").reports[0].place_code)""",
    )
    assert said == ["True False 990100\n"] * len(said)


def test_a_module_that_is_not_there_is_told_by_the_notebook_that_wants_it(tmp_path: Path):
    said = outputs(tmp_path, "import no_such_module_anywhere", 3)
    assert all("ModuleNotFoundError: No module named 'no_such_module_anywhere'" in str(each) for each in said)


def test_a_kernel_that_dies_costs_its_own_run(tmp_path: Path):
    said = outputs(tmp_path, "import os, signal\nif number == 1:\n    os.kill(os.getpid(), signal.SIGKILL)\nprint(number)")
    died = said.pop(1)
    assert isinstance(died, NotebookError)
    assert "the kernel died" in str(died)
    assert said == ["0\n", "2\n", "3\n"]


def test_without_the_process_they_are_forked_from_the_runs_say_so(tmp_path: Path):
    said = outputs(tmp_path, "import os, signal\nif number == 0:\n    os.kill(os.getppid(), signal.SIGKILL)", 6)
    assert "has ended" in str(said[-1])


def test_what_an_import_prints_or_ends_costs_no_other(tmp_path: Path):
    for name, source in (("prints", "print('hello')"), ("ends", "raise SystemExit(1)")):
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    said = outputs(tmp_path, "import prints\nif number == 1:\n    import ends\nprint(number)", 4)
    assert [str(each) for each in said[2:]] == ["2\n", "3\n"]


def test_a_module_beside_the_notebook_is_the_one_that_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "helping.py").write_text("where = 'elsewhere'", encoding="utf-8")
    (tmp_path / "helping.py").write_text("where = 'beside'", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    assert outputs(tmp_path, "import helping\nprint(helping.where)", 3) == ["beside\n"] * 3


ALONE = """
import os, time
from weijian import warm
template = warm.Template([], os.environ, os.getcwd())
for each in ("fresh", "warm"):
    print(template.fork([], os.environ, os.getcwd(), each).pid, flush=True)
time.sleep(60)
"""


def test_kernels_end_when_the_process_that_asked_for_them_is_killed(tmp_path: Path):
    environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(tmp_path), "IPYTHONDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", ALONE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as asking:
        assert asking.stdout
        kernels = [os.pidfd_open(int(asking.stdout.readline())) for _ in range(2)]
        assert not select.select(kernels, [], [], 1)[0]
        asking.kill()
        for kernel in kernels:
            assert select.select([kernel], [], [], 30)[0]
            os.close(kernel)


@pytest.mark.parametrize("taken", ["shell_port", "stdin_port", "control_port", "iopub_port"])  # it lives without its heartbeat
def test_a_kernel_whose_port_is_taken_ends_at_once(taken: str, tmp_path: Path):
    connection = dict.fromkeys(("shell_port", "stdin_port", "control_port", "iopub_port", "hb_port"), 0)
    environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(tmp_path), "IPYTHONDIR": str(tmp_path)}
    template = Template([], environment, tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = {"ip": "127.0.0.1", "transport": "tcp", "key": "", "signature_scheme": "hmac-sha256", "kernel_name": ""}
        told = tmp_path / "connection.json"
        told.write_text(json.dumps(connection | settings | {taken: other.getsockname()[1]}), encoding="utf-8")
        kernel = os.pidfd_open(template.fork(["-f", str(told)], environment, str(tmp_path)).pid)
        ended = select.select([kernel], [], [], 30)[0]
    template.close()
    os.close(kernel)
    assert ended
