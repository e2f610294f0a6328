"""Tables as CSV files and as a Parquet dataset: the same rows, for us and for programs that know nothing of us."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from small_corpus import make
from weijian.corpus import Corpus, load
from weijian.engine import Workers
from weijian.errors import CorpusError
from weijian.publishing import publish
from weijian.store import CSV, PARQUET, WHOLE, holds, kind_of, rows
from weijian.swap import hashes
from weijian.tables import TABLES
from weijian.writing import write_parquet

NOWHERE = "工作总结\n\n一、基层卫生\n\n组建家庭医生团队12个。\n"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Corpus]:
    """The same corpus, one report of which shows neither place nor year, as CSV files and as a Parquet dataset."""
    made = {}
    for kind in (CSV, PARQUET):
        root = make(tmp_path_factory.mktemp(kind))
        (root / "data/raw/nowhere.txt").write_text(NOWHERE, encoding="utf-8")
        with (root / "data/raw/manifest.csv").open("a", encoding="utf-8") as file:
            file.write("nowhere.txt,,,,,,mirror,,\n")
        made[kind] = Corpus(root, say=lambda message: None)
        made[kind].build(Workers(1), kind)
    return made


def by_key(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table.sort_values(list(TABLES[name].key), kind="stable").reset_index(drop=True)


@pytest.mark.parametrize("exact", [False, True], ids=["as floats", "exact"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_from_both(both: dict[str, Corpus], name: str, exact: bool):
    csv, parquet = (by_key(both[kind].load(name, exact=exact), name) for kind in (CSV, PARQUET))
    pd.testing.assert_frame_equal(csv, parquet)
    assert list(parquet.columns) == list(TABLES[name].header)


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_are_the_same_cells_from_both(both: dict[str, Corpus], name: str):
    numbers = {column.name for column in TABLES[name].columns if column.type == "decimal"}  # 0.00 comes back as 0
    csv, parquet = (
        sorted(tuple(str(Decimal(cell).normalize()) if cell and key in numbers else cell for key, cell in row.items()) for row in found)
        for found in (rows(both[kind].processed, TABLES[name]) for kind in (CSV, PARQUET))
    )
    assert csv == parquet


@pytest.mark.parametrize("kind", [CSV, PARQUET])
def test_the_rows_of_one_place_or_report_alone(both: dict[str, Corpus], kind: str):
    corpus = both[kind]
    whole = corpus.load("observations")
    of_place = corpus.load("observations", places=["440300"])
    assert 0 < len(of_place) < len(whole)
    assert set(of_place["place_code"]) == {"440300"}
    assert corpus.load("coverage", places=["110000"]).empty
    of_report = list(rows(corpus.processed, TABLES["observations"], {"report": ["nowhere#1"]}))
    assert [row["value"] for row in of_report] == ["12"]


def test_the_dataset_is_parted_by_province_and_year(both: dict[str, Corpus]):
    folder = both[PARQUET].processed
    found = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("observations/**/*.parquet")}
    nowhere = "observations/province=__HIVE_DEFAULT_PARTITION__/year=__HIVE_DEFAULT_PARTITION__"
    assert found == {"observations/province=440000/year=2023", "observations/province=440000/year=2024", nowhere}
    assert all((folder / name / "part-0.parquet").is_file() for name in WHOLE)
    assert all(holds(folder, table) for table in TABLES.values())
    assert (kind_of(folder), kind_of(both[CSV].processed), kind_of(folder / "nothing")) == (PARQUET, CSV, "")


def test_duckdb_reads_the_dataset_without_us(both: dict[str, Corpus]):
    duckdb = pytest.importorskip("duckdb")
    folder = both[PARQUET].processed
    found = duckdb.sql(
        f"SELECT year, value FROM read_parquet('{folder}/observations/**/*.parquet', hive_partitioning = true) AS told "
        f"JOIN read_parquet('{folder}/indicators/*.parquet') AS known USING (indicator) WHERE province = '440000' AND indicator = 'fd_teams'"
    )
    assert [(str(year), value) for year, value in found.fetchall()] == [("2023", 1200.0)]
    counted = duckdb.sql(f"SELECT count(*) FROM '{folder}/observations/**/*.parquet'").fetchall()
    assert counted == [(len(both[CSV].load("observations")),)]


def test_polars_reads_the_dataset_without_us(both: dict[str, Corpus]):
    polars = pytest.importorskip("polars")
    table = polars.scan_parquet(both[PARQUET].processed / "observations/**/*.parquet", hive_partitioning=True)
    found = table.filter(polars.col("indicator") == "fd_teams", polars.col("province").is_not_null()).select("value", "year").collect()
    assert [(value, str(year)) for value, year in found.rows()] == [(1200.0, "2023")]


def test_without_pyarrow_the_remedy_is_named_and_nothing_is_lost(both: dict[str, Corpus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CorpusError, match=r"pyarrow is not installed. install it with pip install 'weijian\[scale\]'"):
        write_parquet(tmp_path, TABLES, {})
    corpus = both[CSV]
    with pytest.raises(CorpusError, match="--tables csv"):
        corpus.build(Workers(1), PARQUET)
    assert kind_of(corpus.processed) == CSV


def test_a_dataset_stays_one_until_csv_is_asked_for(tmp_path: Path):
    corpus = Corpus(make(tmp_path), say=lambda message: None)
    corpus.build(Workers(1), PARQUET)
    assert corpus.is_current()
    assert not corpus.is_current(CSV)
    assert corpus.build() is False
    assert kind_of(corpus.processed) == PARQUET
    assert corpus.check() == []
    assert corpus.build(Workers(1), CSV)
    assert kind_of(corpus.processed) == CSV
    assert not list(corpus.processed.rglob("*.parquet"))


@pytest.mark.parametrize("kind", [CSV, PARQUET])
def test_published_tables_are_read_from_their_address(both: dict[str, Corpus], kind: str):
    corpus, address = both[kind], f"memory://weijian-{kind}"
    files = publish(corpus.processed, address)
    assert files == sum(path.is_file() for path in corpus.processed.rglob("*"))
    for name in ("observations", "coverage", "indicators"):
        pd.testing.assert_frame_equal(load(name, address), corpus.load(name))
    pd.testing.assert_frame_equal(load("observations", address, places=["440300"]), corpus.load("observations", places=["440300"]))
    with pytest.raises(CorpusError, match="weijian publish"):
        load("observations", "memory://nothing")


def test_publishing_again_leaves_no_table_of_before_and_touches_nothing_else(both: dict[str, Corpus], tmp_path: Path):
    publish(both[CSV].processed, str(tmp_path))
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    publish(both[PARQUET].processed, str(tmp_path))
    assert hashes(tmp_path).keys() == hashes(both[PARQUET].processed).keys() | {"mine.txt"}
    with pytest.raises(CorpusError, match="no tables to publish"):
        publish(tmp_path / "empty", str(tmp_path))
    with pytest.raises(CorpusError, match="nowhere://x: the address cannot be used"):
        publish(both[CSV].processed, "nowhere://x")
