"""The tables in the repository are those that a build makes, and say nothing that the reports do not."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from small_corpus import tables
from weijian.codebook import codebook
from weijian.corpus import Corpus
from weijian.tables import TABLES

ROOT = Path(__file__).parents[2]
RAW, PROCESSED = ROOT / "data" / "raw", ROOT / "data" / "processed"
DIGITS = re.compile("[0-9０-９]+")


def rows(name: str) -> list[dict[str, str]]:
    with (PROCESSED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The texts of the documents, exactly as decoded."""
    return {row["document"]: (RAW / row["file"]).read_bytes().decode() for row in rows("documents")}


def copy(folder: Path) -> Path:
    """A copy of what a build reads."""
    shutil.copytree(RAW, folder / "data" / "raw")
    shutil.copy(ROOT / "data" / "corrections.csv", folder / "data")
    return folder


def test_the_tables_are_what_a_build_makes(tmp_path: Path):
    Corpus(copy(tmp_path), say=lambda message: None).build()
    made, kept = tables(tmp_path), tables(ROOT)
    assert sorted(made) == sorted(kept)
    differing = [name for name in made if made[name] != kept[name]]
    assert differing == [], "run `weijian build` and look at the difference"


ENVIRONMENTS = [
    {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gb18030"},
]


@pytest.mark.slow
def test_builds_in_two_folders_locales_and_time_zones_are_equal_to_the_byte(tmp_path: Path):
    made = []
    for number, environment in enumerate(ENVIRONMENTS):
        folder = copy(tmp_path / ("甲" * number + "folder"))
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from weijian.cli import main; sys.exit(main())", "--corpus", str(folder), "build"],
            env={**os.environ, "PYTHONPATH": str(ROOT / "analysis"), **environment},
            cwd=tmp_path if number else ROOT,
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        made.append(tables(folder))
    assert made[0] == made[1]


def test_frictionless_finds_the_package_valid():
    from frictionless import Package

    report = Package(str(PROCESSED / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert {task.name for task in report.tasks} == set(TABLES)


def test_the_package_describes_every_file_with_its_size_and_hash():
    package = json.loads((PROCESSED / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (PROCESSED / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert {source["file"] for source in package["sources"]} == {row["file"] for row in rows("documents")}


def test_the_reports_are_those_of_the_manifest():
    for row in rows("documents"):
        assert hashlib.sha256((RAW / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_every_quote_and_every_mention_is_its_slice_of_the_text(texts: dict[str, str]):
    documents = {row["report"]: row["document"] for row in rows("reports")}
    for row in rows("observations"):
        text = texts[documents[row["report"]]]
        assert text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["quote"]
        assert int(row["sentence_start"]) <= int(row["start"]) < int(row["end"]) <= int(row["sentence_end"])
    for row in rows("mentions"):
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["surface"]


def test_every_heading_is_its_slice_of_the_text(texts: dict[str, str]):
    documents = {row["report"]: row["document"] for row in rows("reports")}
    for row in rows("sections"):
        assert texts[documents[row["report"]]][int(row["start"]) :].startswith(row["label"])
        assert int(row["start"]) < int(row["end"])


def test_every_digit_of_the_body_is_in_the_ledger(texts: dict[str, str]):
    from weijian.documents import read_document
    from weijian.outline import outline

    for row in rows("documents"):
        furniture = outline(read_document(RAW / row["file"])).furniture
        held = [(int(m["start"]), int(m["end"])) for m in rows("mentions") if m["document"] == row["document"]]
        left_out = [found for found in DIGITS.finditer(texts[row["document"]]) if not _within(found.span(), [*held, *furniture])]
        assert left_out == []


def _within(span: tuple[int, int], stretches: list[tuple[int, ...]]) -> bool:
    return any(stretch[0] <= span[0] and span[1] <= stretch[1] for stretch in stretches)


def test_a_value_of_an_indicator_says_that_its_definition_is_not_known():
    for row in rows("observations"):
        assert bool(row["definition"]) == bool(row["indicator"]), row["observation"]


def test_an_observation_stands_where_its_mention_stands():
    measures = {(row["report"], row["start"], row["end"]) for row in rows("mentions") if row["role"] == "measure"}
    observations = {(row["report"], row["start"], row["end"]) for row in rows("observations")}
    assert observations <= measures


@pytest.mark.parametrize("name", list(TABLES))
def test_keys_are_unique_and_rows_in_the_order_of_the_text(name: str):
    keys = [tuple(row[column] for column in TABLES[name].key) for row in rows(name)]
    assert len(set(keys)) == len(keys)
    natural = [[tuple(int(part) if part.isdigit() else part for part in re.split("([0-9]+)", cell)) for cell in key] for key in keys]
    assert natural == sorted(natural)


def listed() -> Iterator[tuple[str, str, set[str]]]:
    for table in TABLES.values():
        for column in table.columns:
            if column.many and column.refers:
                yield table.name, column.name, set(codebook().by_key(column.refers))


@pytest.mark.parametrize(("table", "column", "known"), list(listed()))
def test_lists_hold_only_what_their_table_knows(table: str, column: str, known: set[str]):
    assert {word for row in rows(table) for word in row[column].split(";") if word} <= known


def test_every_place_year_and_indicator_has_a_value_or_a_reason():
    coverage = rows("coverage")
    assert all((row["observation"] == "") == (row["reason"] != "") for row in coverage)
    indicators = {row["indicator"] for row in rows("indicators")}
    cells: dict[tuple[str, str, str], set[str]] = {}
    for row in coverage:
        cells.setdefault((row["place_code"], row["document"], row["year"]), set()).add(row["indicator"])
    assert all(held == indicators for held in cells.values())
    for report in rows("reports"):
        assert (report["place_code"], "" if report["place_code"] else report["document"], report["year"]) in cells


def test_the_masked_report_has_no_place_anywhere():
    masked = {row["document"] for row in rows("documents") if row["tier"] == "masked"}
    reports = {row["report"] for row in rows("reports") if row["document"] in masked}
    assert masked
    assert all(not row["place_code"] and not row["place"] for row in rows("reports") if row["report"] in reports)
    assert all(not row["place_code"] for row in rows("observations") if row["report"] in reports)


def test_no_contact_is_published():
    for name, content in tables(ROOT).items():
        text = content.decode(errors="replace")  # the workbook is not compressed: its text stands between bytes that are none
        assert not re.search(r"[\w.]+@[\w-]+\.(com|cn|net|org)\b", text), name
        assert not re.search(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)", text), name


def test_the_reference_figures_say_how_well_they_are_confirmed():
    corpus = Corpus(ROOT)
    for name in ("populations", "benchmarks", "peers"):
        table = corpus.load(f"reference/{name}")
        assert len(table)
        assert table["verification"].str.match("read at the issuer|second-hand").all()
    assert corpus.manifest().faults == ()
