"""Tasks that depend on no other, run in this process, on the cores of this machine, or on a Dask cluster.

In: tasks with a method ``run``. Out: each task with what it returned or, where it failed, the error. joblib and Dask do the work; what
is added here is that a task which kills its worker, or outlasts the time it is given, is found, tried once by itself, and given up,
while all others complete.
"""

from __future__ import annotations

import faulthandler
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from weijian.errors import CorpusError, DocumentError, WeijianError

LIMIT = 300.0
"""Seconds that a task may take: a report of some 26 kB takes a third of one, and the time grows with the text."""
_WORTH_WORKERS = 12
"""From how many tasks on workers are started: their start takes as long as the reading of some reports."""


class Task(Protocol):
    """What can be run anywhere: it is pickled, and it keeps its own results."""

    @property
    def name(self) -> str:
        """How messages of progress name it."""

    @property
    def where(self) -> str:
        """How an error names it."""

    def run(self) -> Any:
        """Do it; raise WeijianError where it cannot be done."""


class Workers(NamedTuple):
    """Who does the work: ``jobs`` processes of this machine (0: one for each core), or the Dask cluster at ``scheduler``.

    ``limit`` is in seconds; it holds for workers, not for this process.
    """

    jobs: int = 0
    scheduler: str = ""
    limit: float = LIMIT


HERE = Workers()
"""The cores of this machine."""
Result = tuple[Any, Any]
"""A task, and what it returned or the error that it ended with."""


def run(tasks: Sequence[Any], workers: Workers) -> Iterator[Result]:
    """Yield every task once, in the order in which they end, with what its ``run`` returned, or with the error.

    A WeijianError comes as it was raised. Any other error, a worker that died and a task that took too long become a DocumentError.
    Raises CorpusError when there is no cluster at the address.
    """
    if workers.scheduler:
        yield from _on_cluster(tasks, workers)
        return
    jobs = workers.jobs or cores()
    if jobs == 1 or (not workers.jobs and len(tasks) < _WORTH_WORKERS):
        yield from ((task, _guarded(task)) for task in tasks)
    else:
        yield from _on_cores(tasks, jobs, workers.limit)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _guarded(task: Task) -> Any:
    """Return what a task returns, or its error: a report that the reading stumbles over must cost no other."""
    try:
        return task.run()
    except WeijianError as error:
        return error
    except Exception as trouble:  # noqa: BLE001
        return _given_up(task, f"the reading failed ({type(trouble).__name__}: {trouble})")


def _given_up(task: Task, problem: str) -> DocumentError:
    remedy = "tell us of it: no report should do this; until then keep it out of data/raw and manifest.csv"
    return DocumentError(problem, where=task.where, remedy=remedy)


def _on_cores(tasks: Sequence[Any], jobs: int, limit: float) -> Iterator[Result]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = dict(enumerate(tasks))
    with tempfile.TemporaryDirectory(prefix="weijian-") as desk:
        while left:
            parallel = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)
            try:
                for number, result in parallel(delayed(_watched)(task, limit, number, desk) for number, task in list(left.items())):
                    yield left.pop(number), result
            except TerminatedWorkerError:
                suspects = [int(path.name) for path in Path(desk).iterdir()]
                for number in [each for each in suspects if each in left] or list(left):
                    yield left[number], _alone(left[number], limit, desk)
                    left.pop(number)


def _alone(task: Task, limit: float, desk: str) -> Any:
    """Return what a task returns in a worker of its own, or the error it is given up with."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    for path in Path(desk).iterdir():
        path.unlink()
    try:
        return Parallel(n_jobs=2, batch_size=1)([delayed(_watched)(task, limit, 0, desk)])[0][1]
    except TerminatedWorkerError:
        return _given_up(task, f"the reading ended its process, or took longer than {limit:g} s")


def _watched(task: Task, limit: float, number: int, desk: str) -> tuple[int, Any]:
    """Run a task in a worker, which ends itself when the task takes too long; a file says which tasks are at work."""
    mark = Path(desk, str(number))
    mark.touch()
    with _ended_after(limit):
        result = _guarded(task)
    mark.unlink(missing_ok=True)
    return number, result


@contextmanager
def _ended_after(limit: float) -> Iterator[None]:
    """End this process, however busy, when what is done takes too long; only that which has no Python running can do so."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _on_cluster(tasks: Sequence[Any], workers: Workers) -> Iterator[Result]:
    try:
        from distributed import Client, KilledWorker, as_completed
    except ModuleNotFoundError:
        remedy = "install it with pip install 'weijian[scale]', here and where the workers are"
        raise CorpusError("Dask is not installed", where="--scheduler", remedy=remedy) from None
    try:
        client = Client(workers.scheduler, timeout=5)
    except (OSError, ValueError) as trouble:
        remedy = "start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`"
        raise CorpusError(f"there is no Dask scheduler ({trouble})", where=workers.scheduler, remedy=remedy) from None
    with client:
        futures = dict(zip(client.map(_nursed, tasks, limit=workers.limit, pure=False), tasks, strict=True))
        suspects = []
        for future in as_completed(futures):
            task = futures.pop(future)
            error = future.exception()
            if isinstance(error, KilledWorker):
                suspects.append(task)  # where there are several, a worker may have died of another task
            else:
                yield task, _given_up(task, f"the cluster could not run it ({error})") if error else future.result()
        for task in suspects:
            future = client.submit(_nursed, task, workers.limit, pure=False) if len(suspects) > 1 else None
            problem = f"the reading ended its worker, or took longer than {workers.limit:g} s"
            yield task, _given_up(task, problem) if future is None or future.exception() else future.result()


def _nursed(task: Task, limit: float) -> Any:
    """Run a task in a worker of a cluster; one that a nanny starts again may be ended when the task takes too long."""
    from distributed import get_worker

    if not getattr(get_worker(), "nanny", None):
        return _guarded(task)
    with _ended_after(limit):
        return _guarded(task)
