"""What is loaded of a corpus: the rows of the places, values and columns that are asked for, however the tables are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import small_corpus
from weijian import store
from weijian.compare import compare, missing
from weijian.corpus import Corpus
from weijian.errors import CorpusError
from weijian.evidence import covered, reports_read
from weijian.ledger import LOADED_VARIABLE, place_loaded
from weijian.perhead import implied
from weijian.tables import TABLES

OWN, OTHER = "440300", "330100"
OF_ONE_PLACE = [name for name, table in TABLES.items() if store.of_one_place(table)]
ROWS = "city-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,,,mirror,,\nother-2023-summary.txt,,,,,,official,,\n"


@pytest.fixture(scope="module", params=[store.CSV, store.PARQUET])
def corpus(request, tmp_path_factory) -> Corpus:
    root = small_corpus.make(tmp_path_factory.mktemp("corpus"), rows=ROWS)
    told = small_corpus.SUMMARY.replace("深圳", "杭州").replace("1200", "1100")
    (root / "data" / "raw" / "other-2023-summary.txt").write_text(told, encoding="utf-8")
    made = Corpus(root, say=lambda _: None)
    made.build(tables=request.param)
    return made


@pytest.mark.parametrize("name", OF_ONE_PLACE)
def test_a_table_is_the_sum_of_its_places(corpus: Corpus, name: str):
    whole = corpus.load(name)
    parts = [corpus.load(name, places=[place]) for place in (OWN, OTHER)]
    order = list(TABLES[name].key)
    together = pd.concat([part for part in parts if len(part)] or parts).sort_values(order).reset_index(drop=True)
    if name != "places":  # holds what they are part of as well
        pd.testing.assert_frame_equal(together, whole.sort_values(order).reset_index(drop=True), check_dtype=len(whole) > 0)
    if name in ("reports", "observations", "coverage", "mentions", "documents"):
        assert all(map(len, parts))


def test_rows_and_columns_are_chosen(corpus: Corpus):
    found = corpus.load("observations", places=[OTHER], where={"indicator": ["fd_teams", "fd_sign_rate"]}, columns=["value", "indicator"])
    assert sorted(found.itertuples(index=False, name=None)) == [(38.5, "fd_sign_rate"), (1100.0, "fd_teams")]
    assert list(found.columns) == ["value", "indicator"]
    assert corpus.load("observations", places=["110000"]).empty


@pytest.mark.parametrize("name", ["phrases", "keyness", "indicators"])
def test_a_table_whose_rows_are_of_no_one_place_is_not_cut(corpus: Corpus, name: str):
    with pytest.raises(CorpusError, match="of no one place"):
        corpus.load(name, places=[OWN])


def test_what_is_told_of_one_place_needs_no_other(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    noted = tmp_path / "loaded"
    monkeypatch.setenv(LOADED_VARIABLE, str(noted))
    indicators = list(corpus.load("indicators")["indicator"])
    for told in (compare, missing):
        told(indicators, [OWN], root=corpus.root)
    for told in (reports_read, covered, implied):
        told([OWN], root=corpus.root)
    assert place_loaded(noted) == OWN
    compare("fd_teams", root=corpus.root)
    assert place_loaded(noted) == ""


@pytest.mark.parametrize(
    ("loads", "place"),
    [
        ([], ""),
        ([[OWN], [OWN]], OWN),
        ([[OWN], [OTHER]], ""),
        ([[OWN, OTHER]], ""),
        ([[OWN], None], ""),
        ([[]], ""),
    ],
)
def test_a_run_is_of_one_place_when_it_loaded_that_place_alone(tmp_path: Path, loads: list[list[str] | None], place: str):
    (tmp_path / "loaded").write_text("".join(f"{json.dumps(['reports', places])}\n" for places in loads))
    assert place_loaded(tmp_path / "loaded") == place


def test_a_build_tells_what_the_rows_of_each_place_were_made_of(tmp_path: Path):
    corpus = Corpus(small_corpus.make(tmp_path), say=lambda _: None)
    corpus.build()
    before = corpus.made_of()
    assert set(before) == {OWN}
    raw = corpus.root / "data" / "raw"
    (raw / "other-2023-summary.txt").write_text(small_corpus.SUMMARY.replace("深圳", "杭州"), encoding="utf-8")
    manifest = raw / "manifest.csv"
    manifest.write_text(f"{manifest.read_text()}other-2023-summary.txt,,,,,,official,,\n", encoding="utf-8")
    corpus.build()
    many = corpus.made_of()
    assert set(many) == {OWN, OTHER}
    summary = raw / "other-2023-summary.txt"
    summary.write_text(summary.read_text().replace("1200", "1300"), encoding="utf-8")
    manifest.write_text(
        "\n".join(
            [line for line in manifest.read_text().splitlines() if "other" not in line] + ["other-2023-summary.txt,,,,,,official,,", ""]
        )
    )
    corpus.build()
    assert corpus.made_of()[OTHER] != many[OTHER]
