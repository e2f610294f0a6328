"""A corpus is built whole or not at all, and says what is wrong with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from small_corpus import HEADER, PLAN, SUMMARY, make, tables
from weijian import freshness
from weijian.corpus import Corpus, load
from weijian.errors import CorpusError, PartialBuildError, WeijianError
from weijian.sources import find_root
from weijian.tables import TABLES


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(make(tmp_path), say=lambda message: None)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a corpus that is built once for all tests that begin with one."""
    root = make(tmp_path_factory.mktemp("once"))
    Corpus(root, say=lambda message: None).build()
    return root


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Corpus:
    """A corpus that has been built."""
    return Corpus(shutil.copytree(once, tmp_path / "built"), say=lambda message: None)


def refused(corpus: Corpus, *said: str) -> None:
    """Check that a build fails in these words and leaves the tables as they are."""
    before = tables(corpus.root)
    with pytest.raises(WeijianError) as caught:
        corpus.build()
    for words in said:
        assert words in str(caught.value)
    assert tables(corpus.root) == before


def set_aside(corpus: Corpus, *said: str, left: str = "city-2024-plan") -> None:
    """Check that a build says so in these words, and that the tables hold the reports that are left and no others."""
    with pytest.raises(PartialBuildError) as caught:
        corpus.build()
    for words in said:
        assert words in str(caught.value)
    assert list(corpus.load("documents")["document"]) == left.split()
    assert not corpus.is_current()


def test_a_build_makes_every_table_and_their_description(corpus: Corpus):
    assert corpus.build() is True
    assert set(tables(corpus.root)) == {f"{name}.csv" for name in TABLES} | {"datapackage.json", "weijian.xlsx"}


def test_a_second_build_changes_nothing(built: Corpus):
    before = tables(built.root)
    assert built.build() is False
    assert tables(built.root) == before


def test_the_build_fills_in_the_hashes_that_the_manifest_lacks(built: Corpus):
    hashes = [row["sha256"] for row in built.manifest().rows]
    assert all(len(digest) == 64 for digest in hashes)
    text = (built.root / "data/raw/manifest.csv").read_text(encoding="utf-8")
    assert text.startswith(HEADER + "\n")
    assert all(digest in text for digest in hashes)


def test_the_build_says_how_far_it_is(tmp_path: Path):
    said: list[str] = []
    Corpus(make(tmp_path), say=said.append).build()
    assert said[:2] == ["[1/2] reading city-2023-summary.txt", "[2/2] reading city-2024-plan.txt"]


def test_a_corpus_is_current_until_something_changes(corpus: Corpus):
    assert not corpus.is_current()
    corpus.build()
    assert corpus.is_current()
    table = corpus.processed / "coverage.csv"
    kept = table.read_bytes()
    table.write_bytes(kept + b"\n")
    assert not corpus.is_current()
    table.write_bytes(kept)
    assert corpus.is_current()
    (corpus.root / "data/corrections.csv").write_text("document,quote,occurrence,field,old,new,reason,who,date\n", encoding="utf-8")
    assert not corpus.is_current()


def test_what_was_hashed_once_is_hashed_again_only_when_something_was_written(built: Corpus, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(freshness, "_JUST_NOW", 0)
    assert built.is_current()
    with monkeypatch.context() as watched:
        watched.setattr(freshness, "file_digest", lambda path: pytest.fail(f"{path} was hashed"))
        assert built.is_current()
    path = built.root / "data/raw/city-2023-summary.txt"
    times = path.stat()
    path.write_text(SUMMARY.replace("38.5%", "39.5%"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # as some tools do that copy or unpack
    assert not built.is_current()


def test_a_folder_without_reports_is_a_corpus_of_nothing(tmp_path: Path):
    corpus = Corpus(tmp_path, say=lambda message: None)
    assert corpus.check() == []
    corpus.build()
    assert (corpus.processed / "documents.csv").read_text(encoding="utf-8").count("\n") == 1
    assert corpus.load("observations").empty


# What may be wrong in data/raw


def test_a_changed_byte_sets_the_report_aside(built: Corpus):
    path = built.root / "data/raw/city-2023-summary.txt"
    path.write_text(SUMMARY.replace("38.5%", "39.5%"), encoding="utf-8")
    set_aside(built, "data/raw/manifest.csv, file city-2023-summary.txt", "not the one that was entered", "restore the file")


def test_half_a_file_is_noticed_by_its_hash(built: Corpus):
    path = built.root / "data/raw/city-2023-summary.txt"
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2])
    set_aside(built, "city-2023-summary.txt", "not the one that was entered")


def test_a_file_cut_off_inside_a_character_is_noticed_even_without_a_hash(corpus: Corpus):
    path = corpus.root / "data/raw/city-2023-summary.txt"
    path.write_bytes(SUMMARY.encode()[:200])
    set_aside(corpus, "data/raw/city-2023-summary.txt, byte", "is not UTF-8", "damaged or cut off")
    assert ",,,,,,official" in (corpus.root / "data/raw/manifest.csv").read_text(encoding="utf-8")


def test_a_file_without_a_row_is_named(built: Corpus):
    (built.root / "data/raw/town-2023.txt").write_text(SUMMARY, encoding="utf-8")
    said = "data/raw/town-2023.txt: the file has no row in manifest.csv"
    set_aside(built, said, "weijian add", left="city-2023-summary city-2024-plan")


def test_reports_without_a_manifest_stop_the_build(corpus: Corpus):
    (corpus.root / "data/raw/manifest.csv").unlink()
    refused(corpus, "2 things are not as they should be", "data/raw/city-2023-summary.txt", "data/raw/city-2024-plan.txt")


def test_a_row_without_its_file_is_named(built: Corpus):
    (built.root / "data/raw/city-2024-plan.txt").unlink()
    set_aside(built, "file city-2024-plan.txt: the file is missing", "or remove the row", left="city-2023-summary")


def test_a_link_is_no_report(corpus: Corpus, tmp_path: Path):
    path = corpus.root / "data/raw/city-2024-plan.txt"
    path.unlink()
    (tmp_path / "elsewhere.txt").write_text(PLAN, encoding="utf-8")
    path.symlink_to(tmp_path / "elsewhere.txt")
    set_aside(corpus, "not a file but a link", left="city-2023-summary")


MANIFESTS = [
    ("../secret.txt,,,,,,official,,\n", "not the name of a file in data/raw"),
    ("/etc/hosts,,,,,,official,,\n", "not the name of a file in data/raw"),
    ("city-2023-summary.txt,,,,,,oficial,,\n", "column tier: “oficial” is not known"),
    ("city-2023-summary.txt,,,,,,,,\n", "column tier: the cell is empty"),
    ("city-2023-summary.txt,,,,999999,,official,,\n", "column place_code: “999999” is not known"),
    ("city-2023-summary.txt,abc,,,,,official,,\n", "“abc” is not a SHA-256"),
    ("city-2023-summary.txt,,,,,,official,,\n" * 2, "stands in row 2 already"),
    ("city-2023-summary.txt,,,official,,\n", "row 2: 6 cells under 9 column names"),
]


@pytest.mark.parametrize(("rows", "said"), MANIFESTS)
def test_a_bad_row_of_the_manifest_is_named(tmp_path: Path, rows: str, said: str):
    refused(Corpus(make(tmp_path, rows=rows), say=lambda message: None), "data/raw/manifest.csv", said)


def test_of_two_files_of_one_name_the_second_is_set_aside(corpus: Corpus):
    (corpus.root / "data/raw/city-2024-plan.md").write_text(PLAN, encoding="utf-8")
    with (corpus.root / "data/raw/manifest.csv").open("a", encoding="utf-8") as manifest:
        manifest.write("city-2024-plan.md,,,,,,official,,\n")
    said = "the document city-2024-plan is city-2024-plan.txt already"
    set_aside(corpus, said, "rename", left="city-2023-summary city-2024-plan")


def test_a_bad_cell_of_the_codebook_stops_the_build(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from weijian.codebook import FOLDER, Codebook

    corpus.build()
    folder = shutil.copytree(FOLDER, tmp_path / "spoilt")
    units = folder / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("人次,event", "人次,evnt", 1), encoding="utf-8")
    spoilt = Corpus(corpus.root, say=lambda message: None)
    monkeypatch.setattr(spoilt, "codebook", Codebook(folder))
    refused(spoilt, "units.csv, row", "column quantity", "“evnt” is not known")


def test_a_bad_reference_figure_stops_the_build(built: Corpus):
    (built.root / "data/raw/reference").mkdir()
    (built.root / "data/raw/reference/peers.csv").write_text(
        "place_code,place,indicator,definition,period,status,bound,value,unit,base,printed_in,verification\n"
        "120000,天津市,fd_teams,,2025,actual,=,约2564,支,,新闻,read at the issuer\n",
        encoding="utf-8",
    )
    refused(built, "data/raw/reference/peers.csv, row 2, column value", "“约2564” is not a plain number")


def test_everything_that_is_wrong_is_listed_at_once(corpus: Corpus):
    (corpus.root / "data/raw/town.txt").write_text("甲", encoding="utf-8")
    (corpus.root / "data/raw/city-2024-plan.txt").unlink()
    found = corpus.check()
    assert len(found) == 2
    assert not tables(corpus.root)


# Corrections


def correct(corpus: Corpus, *cells: str) -> None:
    text = "document,quote,occurrence,field,old,new,reason,who,date\n" + ",".join(cells) + "\n"
    (corpus.root / "data/corrections.csv").write_text(text, encoding="utf-8")


def test_a_correction_stands_in_the_tables(corpus: Corpus):
    correct(corpus, "city-2023-summary", "签约率38.5%", "1", "value", "38.5", "38.6", "核对公报", "甲", "2024-05-01")
    corpus.build()
    row = corpus.load("observations").set_index("indicator").loc["fd_sign_rate"].query("status == 'actual'").iloc[0]
    assert row["value"] == 38.6
    assert "38.5 → 38.6" in row["correction"]
    assert row["checked_by"] == "甲 2024-05-01"


def test_a_correction_that_matches_nothing_stops_the_build(built: Corpus):
    correct(built, "city-2023-summary", "签约率39.5%", "1", "value", "39.5", "38.6", "核对公报", "甲", "2024-05-01")
    refused(built, "data/corrections.csv", "签约率39.5%", "holds it 0 times")


def test_a_correction_of_a_document_that_is_not_there_stops_the_build(corpus: Corpus):
    correct(corpus, "city", "签约率38.5%", "1", "value", "38.5", "38.6", "核对公报", "甲", "2024-05-01")
    refused(corpus, "data/corrections.csv", "no document “city”")


# Killed while building

KILLED = """
import sys
from weijian import corpus, swap
real = swap.os.replace
def replace(*names):
    if "packs" not in str(names[1]):
        print("swapping", flush=True)
        sys.stdin.read(1)
    real(*names)
swap.os.replace = replace
corpus.Corpus(sys.argv[1]).build()
"""


# The renames of a build, besides those of the packs, in order: the manifest with its new hash, the journal, the old tables away, the new ones there, the record.
@pytest.mark.parametrize(
    ("renames", "found", "said"), [(0, "old", ""), (1, "old", "undone"), (2, "new", "finished"), (3, "new", "finished"), (4, "new", "")]
)
def test_killed_in_the_swap_the_next_start_finds_whole_tables(built: Corpus, renames: int, found: str, said: str):
    old = tables(built.root)
    path = built.root / "data/raw/city-2024-plan.txt"
    manifest = built.root / "data/raw/manifest.csv"
    path.write_text(PLAN.replace("40%", "41%"), encoding="utf-8")
    manifest.write_text(f"{HEADER}\ncity-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,,,mirror,,\n", encoding="utf-8")
    source = str(Path(__file__).parents[2] / "analysis")
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r})" + KILLED, str(built.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout
    with process:
        for _ in range(renames):
            assert process.stdout.readline() == "swapping\n"
            process.stdin.write("\n")
            process.stdin.flush()
        assert process.stdout.readline() == "swapping\n"
        process.send_signal(signal.SIGKILL)
    heard: list[str] = []
    fresh = Corpus(built.root, say=heard.append)
    assert len(fresh.load("reports")) == 2  # a reader alone recovers, too
    recovered = tables(built.root)
    fresh.build()
    new = tables(built.root)
    assert new != old
    assert recovered == {"old": old, "new": new}[found]
    assert not said or said in heard[0]


def test_two_builds_at_once_both_end_well(corpus: Corpus):
    source = str(Path(__file__).parents[2] / "analysis")
    code = f"import sys; sys.path.insert(0, {source!r}); from weijian.corpus import Corpus; Corpus(sys.argv[1]).build()"
    running = [subprocess.Popen([sys.executable, "-c", code, str(corpus.root)], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert len(tables(corpus.root)) == len(TABLES) + 2


# Where the corpus is, and its tables as data frames


def test_the_corpus_is_found_from_below_from_the_variable_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here, other = make(tmp_path / "here"), make(tmp_path / "other")
    (here / "notebooks").mkdir()
    monkeypatch.delenv("WEIJIAN_CORPUS", raising=False)
    for folder in (here, here / "notebooks"):
        monkeypatch.chdir(folder)
        assert find_root() == here
    monkeypatch.setenv("WEIJIAN_CORPUS", str(other))
    assert find_root() == other
    assert find_root(here) == here
    with pytest.raises(CorpusError, match="there is no such folder"):
        find_root(tmp_path / "nowhere")


def test_tables_have_types(built: Corpus):
    observations = load("observations", built.root)
    assert str(observations["start"].dtype) == "Int64"
    assert str(observations["value"].dtype) == "float64"
    assert (observations["correction"] == "").all()
    assert str(load("reports", built.root)["year"].dtype) == "Int64"
    exact = load("observations", built.root, exact=True)["value"]
    assert Decimal("38.5") in set(exact)
    assert set(map(type, exact)) <= {Decimal, type(None)}


def test_every_quote_is_the_text_it_says_it_is(built: Corpus):
    observations = built.load("observations").merge(built.load("reports")[["report", "document"]], on="report")
    texts = {"city-2023-summary": SUMMARY, "city-2024-plan": PLAN}
    assert len(observations) >= 7
    for row in observations.itertuples():
        assert row.quote == texts[row.document][row.sentence_start : row.sentence_end]
        assert row.sentence_start <= row.start < row.end <= row.sentence_end


def test_no_contact_is_published(built: Corpus):
    assert all(b"0755" not in content and b"12345678" not in content for content in tables(built.root).values())
    documents = built.load("documents").set_index("document")
    assert documents.loc["city-2024-plan", "furniture_mentions"] > 0


def test_an_unknown_table_and_one_that_is_not_built_are_named(corpus: Corpus):
    with pytest.raises(CorpusError, match=r"there is no table “observation”.*observations"):
        corpus.load("observation")
    with pytest.raises(CorpusError, match=r"observations.csv: the table is not there. run `weijian build`"):
        corpus.load("observations")
