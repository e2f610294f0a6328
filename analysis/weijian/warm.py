"""Kernels that start warm: forked from a process that has imported already what the notebooks import.

In: the notebooks of several runs. Out: a class of kernel managers, whose kernels are like any other but for what their imports print.
Of what a short notebook takes, half is the start of its kernel and its imports. Only Linux has all that is needed; elsewhere the
libraries of the system do not survive a fork, and kernels are started as ever.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from weijian.codebook import CORPUS_VARIABLE, codebook

_SOURCES = str(Path(__file__).resolve().parents[1])
_PREPARES = (CORPUS_VARIABLE, "environ", "sys.path")  # what a cell may want to set before it imports
_SERVE = "import sys; from weijian.warm import serve; serve(sys.argv[1:])"


def imported(notebook: Mapping[str, Any]) -> list[str]:
    """Return the modules that the cells of a notebook import; of ``from a import b`` both, since b may be a module.

    >>> cell = {"cell_type": "code", "source": "import pandas as pd\\nfrom weijian import figures"}
    >>> imported({"cells": [cell, {"cell_type": "code", "source": "%who"}]})
    ['pandas', 'weijian', 'weijian.figures']
    """
    found: dict[str, None] = {}
    for cell in notebook["cells"]:
        with contextlib.suppress(SyntaxError):  # a line for IPython; the kernel will say so if it is none
            statements = ast.walk(ast.parse("".join(cell["source"]))) if cell["cell_type"] == "code" else ()
            for statement in statements:
                found |= dict.fromkeys(_modules(statement))
    return list(found)


@cache
def _possible() -> bool:
    """Say whether kernels can be forked and watched here; an old Linux knows the call by name alone."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def _modules(statement: ast.AST) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (each.name for each in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        yield statement.module
        yield from (f"{statement.module}.{each.name}" for each in statement.names)


class Template:
    """The process that kernels are forked from; it ends, and its kernels with it, when this process does."""

    def __init__(self, modules: Iterable[str], env: Mapping[str, str], folder: Path) -> None:
        without = {name: value for name, value in env.items() if name != "JPY_PARENT_PID"}  # its kernels have another parent
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, *modules],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=without, cwd=folder, start_new_session=True,
        )  # fmt: skip
        self._asking = threading.Lock()

    def fork(self, arguments: list[str], env: Mapping[str, str], cwd: str) -> _Forked:
        """Start a kernel with the arguments of ipykernel; raise RuntimeError when the process has ended."""
        assert self._process.stdin and self._process.stdout
        asked = json.dumps({"arguments": arguments, "env": dict(env), "cwd": cwd})
        with self._asking:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(f"{asked}\n")
                self._process.stdin.flush()
            said = self._process.stdout.readline()
            if not said:
                raise RuntimeError("the process that kernels are forked from has ended")
            return _Forked(int(said))

    def close(self) -> None:
        """End the process, though it may still be importing."""
        assert self._process.stdin and self._process.stdout
        self._process.kill()
        self._process.wait()
        with self._asking, contextlib.suppress(BrokenPipeError):
            self._process.stdout.close()
            self._process.stdin.close()


class _Forked:
    """A kernel that is no child of this process, with what Jupyter asks of a ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return None as long as it runs; with what it ended, only its parent could tell."""
        return 0 if self._handle < 0 or self._ended(0) else None

    def _ended(self, milliseconds: int | None) -> bool:
        watched = select.poll()  # select knows the first thousand files of a process alone
        watched.register(self._handle, select.POLLIN)
        return bool(watched.poll(milliseconds))

    def wait(self) -> int:
        """Wait for its end."""
        if self._handle >= 0:
            self._ended(None)
            os.close(self._handle)
            self._handle = -1
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)


def may_be(notebook: Mapping[str, Any]) -> bool:
    """Say whether the kernel of a notebook may be forked: not where its cells prepare what they import, such as by choosing the corpus.

    >>> cells = [{"cell_type": "code", "source": each} for each in ("import os", "os.environ['WEIJIAN_CORPUS'] = 'mine'")]
    >>> may_be({"cells": cells})
    False
    """
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    return not any(words in code for words in _PREPARES)


@contextmanager
def template(notebooks: Mapping[Path, Any], root: Path) -> Iterator[Template | None]:
    """Give the process to fork kernels from for the notebooks of a corpus; it imports what they need while something else is done.

    Where kernels cannot be forked it is None, for Jupyter's own.
    """
    if not notebooks or not _possible():
        yield None
        return
    modules = dict.fromkeys(name for notebook in filter(may_be, notebooks.values()) for name in imported(notebook))
    with jupyter_environment(root):
        made = Template(modules, environment(root), next(iter(notebooks)).parent)
    try:
        yield made
    finally:
        made.close()


def environment(root: Path) -> dict[str, str]:
    """Return what every kernel is started with, the same whether `make` or a person started the program."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPATH"] = os.pathsep.join(part for part in (_SOURCES, env.get("PYTHONPATH", "")) if part)
    cache = root / ".cache"
    look = {"SOURCE_DATE_EPOCH": "0", "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(cache / "matplotlib")}
    return env | look | {CORPUS_VARIABLE: str(root)}


@contextmanager
def jupyter_environment(root: Path) -> Iterator[None]:
    """Keep Jupyter's own files in the project and the kernels of other installations out, and put all back afterwards."""
    cache = root / ".cache"
    wanted = {"JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": str(cache / "ipython")}
    wanted |= {f"JUPYTER_{name.upper()}_DIR": str(cache / "jupyter" / name) for name in ("config", "data", "runtime")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def manager_of(template: Template) -> type[Any]:
    """Return a class of kernel managers whose kernels are forked from a template."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Forking(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
            kernel: Any = template.fork(arguments, kwargs["env"], str(kwargs["cwd"]))
            self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
            self.cwd = kwargs["cwd"]
            return self.connection_info

    class WarmKernelManager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
            self.kernel_id = self.kernel_id or os.urandom(16).hex()
            self.provisioner = self.provisioner or Forking(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            return await super()._async_pre_start_kernel(**kwargs)

    return WarmKernelManager


def serve(modules: Iterable[str]) -> None:
    """Import modules, then fork a kernel for each line of stdin and print its process; what the template process does."""
    from ipykernel import kernelapp

    asked, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with open(os.devnull) as nowhere:
        os.dup2(nowhere.fileno(), 0)
    os.dup2(2, 1)  # what an import prints is no answer
    sys.path.remove("")
    sys.path.insert(next((at for at, path in enumerate(sys.path) if path.endswith("-packages")), 0), "")  # as IPython does
    for name in modules:
        with contextlib.suppress(Exception, SystemExit):  # the notebook that imports it will say so, in its own cell
            importlib.import_module(name)
    codebook().faults()  # reads all its tables, which the kernels then share
    gc.collect()
    gc.freeze()  # so that a kernel's collector does not touch, and thereby copy, what it shares with the others
    for line in asked:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        pid = os.fork()
        if not pid:
            _become(kernelapp, **json.loads(line))
        print(pid, file=told, flush=True)


def _become(kernelapp: Any, arguments: list[str], env: dict[str, str], cwd: str) -> None:
    """Be a kernel, in a session of its own, until it is shut down."""
    status = 1
    try:
        os.setsid()
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()  # Python does so with its own generator
        sys.argv = ["ipykernel_launcher", *arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]
        kernelapp.launch_new_instance()
        status = 0
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # the rest of the program is the template's, not the kernel's
