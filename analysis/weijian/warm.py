"""Kernels that start warm: forked from a process that has imported already what the notebooks import.

In: the notebooks of several runs. Out: a class of kernel managers, whose kernels are like any other but for what their imports print.
Of what a short notebook takes, half is the start of its kernel and its imports. A notebook that chooses its corpus gets a kernel that
has imported the libraries and has not read the codebook. Only Linux has all that is needed; elsewhere the libraries of the system do
not survive a fork, and kernels are started as ever.
"""

from __future__ import annotations

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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from weijian.codebook import CORPUS_VARIABLE, codebook
from weijian.needs import FRESH, WARM, imported, warmth_of

_SOURCES = str(Path(__file__).resolve().parents[1])
_LIBRARIES = ("seaborn", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "pyarrow.csv", "xlsxwriter")
"""What takes the library long to import and has not read the codebook; pandas comes with the first."""
_SERVE = f"import sys; from weijian.warm import serve; serve(sys.argv[1] == {FRESH!r}, sys.argv[2:])"


@cache
def _possible() -> bool:
    """Say whether kernels can be forked and watched here; an old Linux knows the call by name alone."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class Template:
    """The two processes that kernels are forked from; they end, and their kernels with them, when this process does."""

    def __init__(self, modules: Iterable[str], env: Mapping[str, str], folder: Path, fresh: bool = False) -> None:
        without = {name: value for name, value in env.items() if name != "JPY_PARENT_PID"}  # its kernels have another parent
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, FRESH if fresh else "", *modules],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=without, cwd=folder, start_new_session=True,
        )  # fmt: skip
        self._asking = threading.Lock()

    def fork(self, arguments: list[str], env: Mapping[str, str], cwd: str, warmth: str = WARM) -> _Forked:
        """Start a kernel with the arguments of ipykernel; raise RuntimeError when the process has ended."""
        assert self._process.stdin and self._process.stdout
        asked = json.dumps({"warmth": warmth, "arguments": arguments, "env": dict(env), "cwd": cwd})
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
        if self._process.returncode is None:  # else its number may be another's by now
            os.killpg(self._process.pid, signal.SIGKILL)
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


@contextmanager
def template(notebooks: Mapping[Path, Any], root: Path) -> Iterator[Template | None]:
    """Give the process to fork kernels from for the notebooks of a corpus; it imports what they need while something else is done.

    Where kernels cannot be forked it is None, for Jupyter's own.
    """
    if not notebooks or not _possible():
        yield None
        return
    modules = dict.fromkeys(name for notebook in notebooks.values() if warmth_of(notebook) == WARM for name in imported(notebook))
    fresh = any(warmth_of(notebook) == FRESH for notebook in notebooks.values())
    with jupyter_environment(root):
        made = Template(modules, environment(root), next(iter(notebooks)).parent, fresh)
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


def manager_of(template: Template, warmth: str) -> type[Any]:
    """Return a class of kernel managers whose kernels are forked from a template, so warm."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Forking(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
            kernel: Any = template.fork(arguments, kwargs["env"], str(kwargs["cwd"]), warmth)
            self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
            self.cwd = kwargs["cwd"]
            return self.connection_info

    class WarmKernelManager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
            self.kernel_id = self.kernel_id or os.urandom(16).hex()
            self.provisioner = self.provisioner or Forking(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            return await super()._async_pre_start_kernel(**kwargs)

    return WarmKernelManager


def serve(fresh: bool, modules: Sequence[str]) -> None:
    """Import modules, then fork a kernel for each line of stdin and print its process; what the template does.

    It is two processes: this one has not read the codebook, one that is forked from it has, and is handed what asks for a warm kernel.
    ``fresh`` says that others will be asked for too.
    """
    from ipykernel import kernelapp

    from weijian.segments import dictionary

    asked, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with open(os.devnull) as nowhere:
        os.dup2(nowhere.fileno(), 0)
    os.dup2(2, 1)  # what an import prints is no answer
    sys.path.remove("")
    sys.path.insert(next((at for at, path in enumerate(sys.path) if path.endswith("-packages")), 0), "")  # as IPython does
    _import(_LIBRARIES)
    (asked_there, handed), (answered, told_there) = os.pipe(), os.pipe()
    if not os.fork():
        asked.close()
        told.close()
        os.close(handed)
        os.close(answered)
        _import(modules)
        codebook().faults()  # reads all its tables, which the kernels then share
        _answer(kernelapp, os.fdopen(asked_there), os.fdopen(told_there, "w"))
        os._exit(0)
    os.close(asked_there)
    os.close(told_there)
    if fresh:
        dictionary()  # a second's work that fresh kernels then share
    with contextlib.suppress(BrokenPipeError), os.fdopen(handed, "w") as warm, os.fdopen(answered) as said:
        _answer(kernelapp, asked, told, (warm, said))


def _import(modules: Iterable[str]) -> None:
    for name in modules:
        with contextlib.suppress(Exception, SystemExit):  # the notebook that imports it will say so, in its own cell
            importlib.import_module(name)


def _answer(kernelapp: Any, asked: TextIO, told: TextIO, warm: tuple[TextIO, TextIO] | None = None) -> None:
    """Fork a kernel for each line and tell its process; where there is a process for warm ones, have it do so."""
    gc.collect()
    gc.freeze()  # so that a kernel's collector does not touch, and thereby copy, what it shares with the others
    for line in asked:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        wanted = json.loads(line)
        if wanted.pop("warmth") == WARM and warm:
            with contextlib.suppress(BrokenPipeError):
                print(line, end="", file=warm[0], flush=True)
            pid = warm[1].readline().strip()
            if not pid:
                return
        else:
            pid = str(os.fork())
            if pid == "0":
                for end in (asked, told, *(warm or ())):  # else nobody would see that this process has ended while a kernel has not
                    end.close()
                _become(kernelapp, **wanted)
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
        atexit._run_exitfuncs()  # not after an error: one of them would wait for ever for what was never started
        status = 0
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # the rest of the program is the template's, not the kernel's
