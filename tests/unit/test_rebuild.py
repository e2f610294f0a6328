"""Only what has changed is read; and however a build ends, the next one ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import Client

from dask_cluster import cluster
from small_corpus import PLAN, SUMMARY, make
from weijian.assembly import Head
from weijian.codebook import codebook
from weijian.corpus import Corpus
from weijian.engine import Workers
from weijian.freshness import reading_digest
from weijian.joining import ALL_COMPARED, place_tasks
from weijian.packs import Chunk, Packs
from weijian.records import Report
from weijian.store import CSV, PARQUET
from weijian.swap import hashes

ANALYSIS = Path(__file__).parents[2] / "analysis"
CITIES = ("深圳市", "杭州市", "南京市")


def read_by(corpus: Corpus) -> list[str]:
    """Build, and return the files that were read for it."""
    heard: list[str] = []
    Corpus(corpus.root, say=heard.append).build(Workers(1))
    return sorted(message.split("reading ")[1] for message in heard if "reading " in message)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(make(tmp_path), say=lambda message: None)
    corpus.build(Workers(1))
    return corpus


def test_what_has_not_changed_is_not_read_again(corpus: Corpus):
    tables = hashes(corpus.processed)
    shutil.rmtree(corpus.processed)
    assert read_by(corpus) == []
    assert hashes(corpus.processed) == tables


def test_a_changed_report_is_read_again_alone(corpus: Corpus):
    (corpus.root / "data/raw/city-2024-plan.txt").write_text(PLAN.replace("40%", "41%"), encoding="utf-8")
    manifest = corpus.root / "data/raw/manifest.csv"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = [line.split(",") for line in lines]
    manifest.write_text("".join(",".join([row[0], "", *row[2:]]) if "plan" in row[0] else ",".join(row) for row in cells), encoding="utf-8")
    assert read_by(corpus) == ["city-2024-plan.txt"]
    assert "41" in set(corpus.load("observations")["value"].map("{:g}".format))


def test_a_correction_is_of_its_document_alone(corpus: Corpus):
    line = "city-2023-summary,签约率38.5%,1,value,38.5,38.6,核对公报,甲,2024-05-01"
    header = "document,quote,occurrence,field,old,new,reason,who,date"
    (corpus.root / "data/corrections.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    assert read_by(corpus) == ["city-2023-summary.txt"]


def test_a_broken_pack_is_made_again(corpus: Corpus):
    for pack in (corpus.root / ".cache/packs").glob("??/*"):
        pack.write_bytes(pack.read_bytes()[:-40])
    tables = hashes(corpus.processed)
    shutil.rmtree(corpus.processed)
    assert read_by(corpus) == ["city-2023-summary.txt", "city-2024-plan.txt"]
    assert hashes(corpus.processed) == tables


def test_packs_that_nothing_needs_are_removed(corpus: Corpus):
    before = set((corpus.root / ".cache/packs").glob("??/*"))
    assert len(before) == 7  # two documents, one place, their words counted and added up, the keyness of genres and reports
    (corpus.root / "data/raw/manifest.csv").write_text(
        (corpus.root / "data/raw/manifest.csv").read_text(encoding="utf-8").rsplit("city-2024", 1)[0], encoding="utf-8"
    )
    (corpus.root / "data/raw/city-2024-plan.txt").unlink()
    assert read_by(corpus) == []
    after = set((corpus.root / ".cache/packs").glob("??/*"))
    assert (len(after), len(after & before)) == (6, 1)


def test_a_pack_gives_back_what_was_kept(tmp_path: Path):
    packs = Packs(tmp_path)
    assert packs.known("ab12") is None
    packs.write("ab12", "head", {"counts": [Chunk("a", "440000", "2023", "a,1\n"), Chunk("b", "", "", "b,2\n")]}, {"told": (1, 2)})
    known = packs.known("ab12")
    assert known
    assert (known.head, known.listed) == ("head", (("counts", 0, "a", "440000", "2023"), ("counts", 1, "b", "", "")))
    assert packs.sections("ab12", "told") == [(1, 2)]
    assert [packs.lines("ab12", "counts", number) for number in (0, 1)] == ["a,1\n", "b,2\n"]


def test_the_reading_rests_on_its_own_code_and_tables_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from weijian import freshness

    package = shutil.copytree(freshness.PACKAGE, tmp_path / "weijian", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    monkeypatch.setattr(freshness, "PACKAGE", package)
    monkeypatch.setattr(freshness, "_CODEBOOK", package / "codebook")
    before = reading_digest(["assembly", "joining"], None)
    for name in ("figures/draw.py", "reporting.py", "codebook/workbook.csv"):
        (package / name).write_text("changed\n", encoding="utf-8")
    assert reading_digest(["assembly", "joining"], None) == before
    for name in ("scan.py", "checks/sums.py", "codebook/cues.csv", "commitments.py"):
        was = (package / name).read_text(encoding="utf-8")
        (package / name).write_text(f"{was}\n", encoding="utf-8")
        assert reading_digest(["assembly", "joining"], None) != before, name
        (package / name).write_text(was, encoding="utf-8")
    assert reading_digest(["assembly", "joining"], package / "codebook") != before


def head(code: str, year: int) -> Head:
    return Head({"file": f"{code}-{year}.txt"}, (Report(f"{code}-{year}#1", f"{code}-{year}", 1, 0, 1, place_code=code, year=year),), False)


def compared(codes: list[str]) -> set[tuple[str, str]]:
    """Return which reports are compared in a corpus with one of each place in 2022, 2023 and 2024."""
    read = {f"{code}-{year}": head(code, year) for code in codes for year in (2022, 2023, 2024)}
    parents = {code: row["parent"] for code, row in codebook().by_key("places").items()}
    pairs = []
    for task in place_tasks(Path(), Packs(Path()), "", read, [], parents):
        reports = sorted((read[key].reports[0] for key in (*task.own, *task.near)), key=lambda report: report.key)
        pairs += [(a.document, b.document) for n, a in enumerate(reports) for b in reports[n + 1 :] if task._compares(a, b)]
    assert len(pairs) == len(set(pairs)), "each pair is in one task only"
    return set(pairs)


def test_all_are_compared_in_a_small_corpus_and_neighbours_in_a_large_one():
    few = ["330000", "330100", "440000"]
    assert len(compared(few)) == 9 * 8 / 2
    many = [*few, "330102", "330200", "440100", "440300", "320000", "310000"]
    assert len(many) * 3 > ALL_COMPARED
    pairs = compared(many)
    assert ("330000-2022", "330100-2023") in pairs  # a city and its province
    assert ("330000-2022", "330102-2022") in pairs  # a district, its city and its province
    assert ("330102-2022", "330102-2023") in pairs
    assert ("330102-2022", "330102-2024") not in pairs  # two years apart
    assert not {("330100-2022", "330200-2022"), ("330000-2022", "440000-2022")} & pairs


# However a build ends

BUILD = f"""
import sys
sys.path.insert(0, {str(ANALYSIS)!r})
from weijian.corpus import Corpus
from weijian.engine import Workers
Corpus(sys.argv[1]).build(Workers(int(sys.argv[2])), sys.argv[3])
"""


def cities(root: Path) -> Path:
    """Make a corpus of a summary and a plan of each of several cities."""
    raw = root / "data/raw"
    raw.mkdir(parents=True)
    rows = []
    for number, city in enumerate(CITIES):
        for name, text in (("summary", SUMMARY), ("plan", PLAN)):
            text = text.replace("深圳市", city).replace("38.5", f"38.{number}").replace("1200", f"12{number:02d}")
            (raw / f"{number}-{name}.txt").write_text(text, encoding="utf-8")
            rows.append(f"{number}-{name}.txt,,,,,,mirror,,\n")
    (raw / "manifest.csv").write_text("file,sha256,title,issuer,place_code,place,tier,note,rights_note\n" + "".join(rows), encoding="utf-8")
    return root


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "kind", "times"), [(1, CSV, 10), (2, PARQUET, 3)])
def test_killed_at_random_moments_it_ends_as_if_undisturbed(tmp_path: Path, jobs: int, kind: str, times: int):
    whole, command = cities(tmp_path / "whole"), [sys.executable, "-c", BUILD]
    began = time.monotonic()
    subprocess.run([*command, str(whole), str(jobs), kind], check=True, stderr=subprocess.DEVNULL, timeout=120)
    lasted = time.monotonic() - began
    root, chance = cities(tmp_path / "killed"), random.Random(kind)
    killed = 0
    for moment in [chance.uniform(0.1, 0.7) * lasted for _ in range(times)]:  # what is read before a kill is not read after it
        with subprocess.Popen([*command, str(root), str(jobs), kind], stderr=subprocess.DEVNULL, start_new_session=True) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
    assert killed >= times / 3
    subprocess.run([*command, str(root), str(jobs), kind], check=True, stderr=subprocess.DEVNULL, timeout=120)
    assert hashes(root / "data/processed") == hashes(whole / "data/processed")
    assert (root / "data/raw/manifest.csv").read_bytes() == (whole / "data/raw/manifest.csv").read_bytes()


@pytest.mark.slow
def test_workers_of_a_cluster_killed_in_the_middle_cost_nothing(tmp_path: Path):
    whole, root, killed = Corpus(cities(tmp_path / "whole")), cities(tmp_path / "killed"), []
    whole.build(Workers(1))
    with cluster() as address:

        def kill_one(message: str) -> None:
            if message.startswith(("[1/", "[3/")):
                with Client(address) as client:
                    killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[-1], signal.SIGKILL)

        Corpus(root, say=kill_one).build(Workers(scheduler=address))
    assert len(set(killed)) == 2
    assert hashes(root / "data/processed") == hashes(whole.processed)
