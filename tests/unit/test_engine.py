"""Tasks on this machine and on a cluster: whatever one of them does, all others end well, and each is told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dask_cluster import cluster
from doing import Number
from weijian.engine import Workers, run
from weijian.errors import CodebookError, CorpusError, DocumentError


def done(tasks: list[Number], workers: Workers) -> dict[Number, object]:
    found = list(run(tasks, workers))
    assert len(found) == len(tasks)
    return dict(found)


def tasks(**does: int) -> list[Number]:
    doing = {number: what for what, number in does.items()}
    return [Number(number, doing.get(number, "")) for number in range(16)]


def test_dask_knows_every_setting_that_we_give_it():
    """A setting whose name it does not know would be passed over in silence."""
    distributed, yaml = pytest.importorskip("distributed"), pytest.importorskip("yaml")
    ours = yaml.safe_load((Path(__file__).parents[2] / "config" / "dask.yaml").read_text(encoding="utf-8"))
    theirs = yaml.safe_load((Path(distributed.__file__).parent / "distributed.yaml").read_text(encoding="utf-8"))
    given, known = set(paths(ours)), set(paths(theirs))
    assert given
    assert given <= known


def paths(settings: object, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to every setting that holds no others."""
    if isinstance(settings, dict) and settings:
        for name, inner in settings.items():
            yield from paths(inner, (*above, name))
    else:
        yield above


@pytest.mark.parametrize("jobs", [1, 2], ids=["in this process", "on two cores"])
def test_every_task_is_told_once_and_errors_stay_with_their_tasks(jobs: int):
    found = done(tasks(breaks=3, refuses=5), Workers(jobs))
    assert all(found[task] == 2 * task.number for task in found if not task.does)
    broken, refused = (next(result for task, result in found.items() if task.does == does) for does in ("breaks", "refuses"))
    assert isinstance(broken, DocumentError)
    assert "data/raw/3.txt: the reading failed (ValueError: not this one)" in str(broken)
    assert isinstance(refused, CodebookError)


@pytest.mark.parametrize(("does", "limit"), [("kills", 60.0), ("hangs", 2.0)])
def test_a_task_that_costs_its_worker_is_given_up_and_named_and_the_rest_completes(does: str, limit: float):
    found = done(tasks(**{does: 6}), Workers(2, limit=limit))
    lost = found.pop(Number(6, does))
    assert isinstance(lost, DocumentError)
    assert "data/raw/6.txt" in str(lost)
    assert f"{limit:g} s" in str(lost)
    assert all(found[task] == 2 * task.number for task in found)


def test_two_that_kill_cost_two():
    found = done([*tasks(kills=2), Number(40, "kills")], Workers(2))
    assert sorted(task.number for task, result in found.items() if isinstance(result, DocumentError)) == [2, 40]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a Dask scheduler with two workers."""
    with cluster() as given:
        yield given


def test_a_cluster_gives_what_one_machine_gives(address: str):
    assert done(tasks(breaks=3), Workers(scheduler=address)).keys() == done(tasks(breaks=3), Workers(1)).keys()


@pytest.mark.parametrize(("does", "limit"), [("kills", 60.0), ("hangs", 3.0)])
def test_a_task_that_costs_a_worker_of_the_cluster_is_given_up_and_the_rest_completes(address: str, does: str, limit: float):
    found = done(tasks(**{does: 6}), Workers(scheduler=address, limit=limit))
    lost = found.pop(Number(6, does))
    assert isinstance(lost, DocumentError)
    assert "data/raw/6.txt: the reading ended its worker" in str(lost)
    assert all(found[task] == 2 * task.number for task in found)


def test_a_cluster_that_is_not_there_is_named():
    with pytest.raises(CorpusError, match=r"(?s)tcp://127.0.0.1:9: there is no Dask scheduler .*dask worker"):
        list(run(tasks(), Workers(scheduler="tcp://127.0.0.1:9")))
