"""Run notebooks: parameters checked by name first, several kernels side by side, every failure told by notebook and cell.

A Run goes in; the executed notebook and the files its figures were written to come out. Nothing is written to the notebook
itself or to figures/ here: a run that fails or is interrupted leaves both as they were.
"""

from __future__ import annotations

import ast
import copy
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from weijian import warm
from weijian.amounts import LANGUAGES
from weijian.errors import NotebookError
from weijian.ledger import LOADED_VARIABLE
from weijian.needs import COLD, FRESH, WARM, warmth_of

FIGURES_VARIABLE = "WEIJIAN_FIGURES"
_WORTH_IT = 3  # from how many runs on one process imports for all
_INJECTED = "injected-parameters"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(r"Cell In\s?\[\d+\], line (\d+)")
_TEMPORARY = re.compile(r"\s*\(\d+\.py, line \d+\)$")  # the file that IPython keeps a cell in


@dataclass(frozen=True)
class Run:
    """One notebook in one language, for all places or for one; ``figures`` is the folder that its figures are drawn into."""

    notebook: Path
    language: str
    figures: Path
    place: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return notebook, place and language, as in ``02-family-doctors.en``."""
        return ".".join(part for part in (self.notebook.stem, self.place, self.language) if part)

    @property
    def loaded(self) -> Path:
        """Return the file that tells which rows of which tables the notebook loaded."""
        return self.figures.with_name(f"{self.figures.name}.loaded")

    @property
    def where(self) -> str:
        """Return the notebook as messages name it."""
        return f"notebooks/{self.notebook.name} ({', '.join(part for part in (self.place, self.language) if part)})"


def parameters(notebook: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """Return the names a notebook can be handed, with their defaults (None where a default is no literal).

    >>> cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "language = 'zh'"}
    >>> parameters({"cells": [cell]})
    {'language': 'zh'}
    """
    tagged = [cell for cell in notebook["cells"] if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(
            f"{len(tagged)} cells are tagged “parameters”", where=where, remedy="Tag exactly one cell, the one that sets the defaults"
        )
    source = tagged[0]["source"]
    try:
        statements = ast.parse(source if isinstance(source, str) else "".join(source)).body
    except SyntaxError as error:
        raise NotebookError(f"the parameters cell is not Python: {error.msg}, line {error.lineno}", where=where) from error
    return dict(_assignment(statement) for statement in statements if _names(statement))


def _names(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _assignment(statement: ast.stmt) -> tuple[str, Any]:
    try:
        return _names(statement)[0], ast.literal_eval(getattr(statement, "value", None) or ast.Constant(None))
    except ValueError:
        return _names(statement)[0], None


def check_parameters(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    """Refuse a parameter that the notebook does not have, one of another kind than its default, and a language there is no text in."""
    for name, value in given.items():
        if name not in known:
            raise NotebookError(
                f"the notebook has no parameter “{name}”", where=where, remedy=f"It has: {', '.join(sorted(known)) or 'none'}"
            )
        if name == "language" and value not in LANGUAGES:
            raise NotebookError(f"there is no language “{value}”", where=where, remedy=f"Choose from {', '.join(LANGUAGES)}")
        if known[name] is not None and type(known[name]) is not type(value):
            raise NotebookError(
                f"the parameter “{name}” cannot be {value!r}", where=where, remedy=f"Its default shows the form: {known[name]!r}"
            )


def execute(run: Run, notebook: Any, root: Path, clients: set[Any] | None = None, manager: type[Any] | None = None) -> Any:
    """Run one notebook (an nbformat node, left as it is) in a kernel of its own and return the executed copy.

    The kernel works in the notebook's folder, as nbval's does, and finds in WEIJIAN_FIGURES where figures go.
    Raises NotebookError for an unknown parameter, a failing cell, or a kernel that dies.
    """
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    check_parameters(run.parameters, parameters(notebook, run.where), run.where)
    try:
        done = papermill.execute_notebook(
            _blank(notebook),
            None,
            parameters=dict(run.parameters),
            engine_name=_engine(),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            env=_kernel_environment(run, root),
            folder=str(run.notebook.parent),
            clients=clients if clients is not None else set(),
            traits={"kernel_manager_class": manager} if manager else {},
        )
    except PapermillExecutionError as error:
        raise _cell_error(run, notebook, error) from error
    except NoSuchKernel as error:
        raise NotebookError("there is no Python kernel", where=run.where, remedy="Run `make setup`") from error
    except (DeadKernelError, RuntimeError) as error:
        raise NotebookError(
            f"the kernel died or never answered ({error})", where=run.where, remedy="Open it with `make lab` and run it cell by cell"
        ) from error
    tidy = _tidy(done)
    _check_complete(run, tidy)
    return tidy


def execute_all(
    runs: Sequence[Run], notebooks: Mapping[Path, Any], root: Path, jobs: int, template: warm.Template | None = None
) -> Iterator[tuple[Run, Any]]:
    """Run several notebooks, ``jobs`` at a time, and yield each as it ends with the executed notebook or its NotebookError.

    Their kernels are forked from ``template``, without it from one that is made here where they are many enough. None is started more
    than one ahead of those that are asked for, so that the outputs of many runs are never held together.
    """
    clients: set[Any] = set()
    pool = ThreadPoolExecutor(max_workers=jobs)
    warmths = {path: warmth_of(notebook) for path, notebook in notebooks.items()}
    order = (COLD, FRESH, WARM)  # the others first, while what the warm ones share is imported
    left = iter(sorted(runs, key=lambda run: order.index(warmths[run.notebook])))
    shared = sum(warmths[run.notebook] != COLD for run in runs)
    with ExitStack() as kept:
        kept.enter_context(warm.jupyter_environment(root))
        template = template or (kept.enter_context(warm.template(notebooks, root)) if shared >= _WORTH_IT else None)
        managers = {each: warm.manager_of(template, each) for each in (FRESH, WARM)} if template else {}
        try:
            waiting: dict[Any, Run] = {}
            while True:
                for run in islice(left, jobs + 1 - len(waiting)):
                    own = managers.get(warmths[run.notebook])
                    waiting[pool.submit(_execute_in_thread, run, notebooks[run.notebook], root, clients, own)] = run
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    error = future.exception()
                    if error is not None and not isinstance(error, NotebookError):
                        raise error
                    yield waiting.pop(future), error or future.result()
        finally:  # reached early when the person at the keyboard stops it
            pool.shutdown(wait=False, cancel_futures=True)
            if template:
                template.close()  # some may still wait for it
            for client in list(clients):
                _kill(client)
            pool.shutdown()


def _execute_in_thread(*arguments: Any) -> Any:
    """Run a notebook and close the event loop that Jupyter opened for this thread."""
    from jupyter_core.utils import ensure_event_loop

    try:
        return execute(*arguments)
    finally:
        ensure_event_loop().close()


@cache
def _engine() -> str:
    """Register with papermill an engine that lets each kernel have its own environment and folder; return its name."""
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines

    class KernelEngine(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, *, env, folder, clients, traits, **_):  # type: ignore[no-untyped-def]
            # Below that level a kernel that is being ended says so; nobody asks it for what was run before.
            quiet = ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"]
            more = {
                "extra_arguments": quiet,
                "startup_timeout": 60,
                "coalesce_streams": True,
                "shutdown_kernel": "immediate",
            }  # what is printed may come in pieces
            client = PapermillNotebookClient(nb_man, kernel_name=kernel_name, **more, **traits)
            clients.add(client)
            try:
                client.execute(env=env, cwd=folder)
            finally:
                clients.discard(client)

    papermill_engines.register("weijian", KernelEngine)
    return "weijian"


def _kill(client: Any) -> None:
    """End the kernel of a run that nobody waits for any more; it has no state worth saving."""
    pid = getattr(getattr(client.km, "provisioner", None), "pid", None)
    if pid:
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            return


def _kernel_environment(run: Run, root: Path) -> dict[str, str]:
    """Return what the kernel of a run is started with."""
    return warm.environment(root) | {FIGURES_VARIABLE: str(run.figures), LOADED_VARIABLE: str(run.loaded)}


def _blank(notebook: Any) -> Any:
    """Return a copy without outputs, so that what is found afterwards was made by this run."""
    blank = copy.deepcopy(notebook)
    for cell in blank.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return blank


def _tidy(notebook: Any) -> Any:
    """Take out what differs between two equal runs: papermill's times and the random name of the cell it put in."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for noise in ("papermill", "execution"):
            cell.metadata.pop(noise, None)
        if _INJECTED in cell.metadata.get("tags", []):
            cell["id"] = _INJECTED
    return notebook


def _check_complete(run: Run, notebook: Any) -> None:
    """Refuse a notebook that stopped half-way without an error, as papermill lets a cell with `exit()` do."""
    own = [cell for cell in notebook.cells if cell["id"] != _INJECTED]
    for number, cell in enumerate(own, 1):
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise NotebookError(
                "the run ended before this cell", where=f"{run.where}, cell {number}", remedy="Take `exit()` out of the notebook"
            )


def _cell_error(run: Run, notebook: Any, error: Any) -> NotebookError:
    """Say which cell failed, in which line, and how; cells are counted from the top of the notebook as it is on disk."""
    tagged = [index for index, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    number = error.cell_index + 1 - (bool(run.parameters) and error.cell_index > tagged[0])
    found = _LINE.search(_ANSI.sub("", "\n".join(error.traceback)))
    line = int(found[1]) if found else 1
    source = dict(enumerate(error.source.splitlines(), 1)).get(line, "").strip()
    message = _TEMPORARY.sub("", error.evalue).rstrip(". ")
    return NotebookError(
        f"{error.ename}: {message}, in “{source}”",
        where=f"{run.where}, cell {number}, line {line}",
        remedy="Open the notebook with `make lab`, run it up to this cell and mend it",
    )
