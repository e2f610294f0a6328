"""The command line prints results on stdout, everything else on stderr, and says by its status whether all went well."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_corpus import SUMMARY, make, tables
from weijian.cli import main
from weijian.codebook import codebook
from weijian.extraction import show_table
from weijian.reading import extract

SOURCE = str(Path(__file__).parents[2] / "analysis")
RUN = "import sys; from weijian.cli import main; sys.exit(main())"


def weijian(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if name != "WEIJIAN_CORPUS"}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, encoding="utf-8", timeout=120,
        env=inherited | {"PYTHONPATH": SOURCE} | environment, check=False,
    )  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(SUMMARY, encoding="utf-8")
    return path


def test_extract_prints_every_number_as_one_object_a_line(report: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["extract", str(report)]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert printed == json.loads(json.dumps(extract(SUMMARY)))
    assert [row["surface"] for row in printed] == [SUMMARY[row["start"] : row["end"]] for row in printed]
    assert all("file" not in row for row in printed)


def test_extract_names_the_file_when_there_are_several_and_goes_on_after_a_bad_one(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    other = tmp_path / "other.txt"
    other.write_text("新建60家", encoding="utf-8")
    assert main(["extract", str(report), str(tmp_path / "none.txt"), str(other)]) == 1
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["file"] for row in rows} == {str(report), str(other)}
    assert "none.txt: there is no such file" in err
    assert "Traceback" not in err


def test_extract_prints_tables_too(report: Path, capsys: pytest.CaptureFixture[str]):
    main(["extract", str(report), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [int(row["start"]) for row in rows] == [row["start"] for row in extract(SUMMARY)]
    main(["extract", str(report), "--format", "table"])
    assert "38.5%" in capsys.readouterr().out


def test_a_table_shows_brackets_as_they_stand(capsys: pytest.CaptureFixture[str]):
    show_table("", ["quote"], [["[red]60家[/red]"]])
    assert "[red]60家[/red]" in capsys.readouterr().out


def test_chinese_is_printed_whatever_the_locale(report: Path):
    done = weijian("extract", str(report), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert "签约" in done.stdout


def test_extract_loads_nothing_that_it_does_not_need(report: Path):
    code = (
        "import sys; from weijian.cli import main; main(); "
        "sys.exit(any(name in sys.modules for name in ('typer', 'rich', 'pandas', 'jieba', 'matplotlib', 'weijian.corpus')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(report)],
        stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": SOURCE}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0


def test_a_reader_that_stops_early_is_no_crash(report: Path):
    shell = f'"{sys.executable}" -c "{RUN}" extract "$1" | head -n 1'
    done = subprocess.run(
        ["sh", "-c", shell, "sh", str(report)], capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": SOURCE}, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_help_lists_the_commands():
    done = weijian("--help")
    assert done.returncode == 0
    for command in ("extract", "build", "validate", "report", "compare"):
        assert command in done.stdout
    assert "--format" in weijian("extract", "--help").stdout


@pytest.mark.parametrize(("option", "listed"), [("--genre", "genre"), ("--tier", "tier")])
def test_add_offers_the_words_of_the_codebook_and_takes_no_other(option: str, listed: str):
    words = list(codebook().words(listed))
    told = weijian("add", "--help", COLUMNS="200")
    assert "|".join(words) in told.stdout
    refused = weijian("add", "report.txt", option, "nonsense", COLUMNS="200")
    assert refused.returncode == 2
    assert all(f"'{word}'" in refused.stderr for word in words)


def test_a_wrong_option_ends_with_status_two():
    assert weijian("extract").returncode == 2
    assert weijian("bild").returncode == 2


def test_build_and_validate_work_on_a_corpus_elsewhere(tmp_path: Path):
    make(tmp_path)
    built = weijian("--corpus", str(tmp_path), "build")
    assert (built.returncode, built.stdout) == (0, "")
    assert "[2/2] reading city-2024-plan.txt" in built.stderr
    assert tables(tmp_path)
    assert "up to date" in weijian("--corpus", str(tmp_path), "build").stderr
    assert weijian("--corpus", str(tmp_path), "validate").returncode == 0


def test_a_corpus_with_an_error_ends_with_status_one_and_no_traceback(tmp_path: Path):
    make(tmp_path)
    (tmp_path / "data/raw/town.txt").write_text("甲", encoding="utf-8")
    for command in ("build", "validate"):
        done = weijian("--corpus", str(tmp_path), command)
        assert done.returncode == 1
        assert "data/raw/town.txt" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert weijian("--corpus", str(tmp_path / "none"), "build").returncode == 1


def test_compare_prints_values_and_what_was_left_out(tmp_path: Path):
    weijian("--corpus", str(make(tmp_path)), "build")
    found = json.loads(weijian("--corpus", str(tmp_path), "compare", "fd_sign_rate", "--format", "json").stdout)
    assert [(row["status"], row["bound"], row["value"]) for row in found["values"]] == [("actual", "=", 38.5), ("target", ">=", 40)]
    assert set(found) == {"values", "excluded", "notes"}
    only = weijian("--corpus", str(tmp_path), "compare", "fd_sign_rate", "--status", "target", "--years", "2024", "--format", "csv")
    assert [row["value"] for row in csv.DictReader(io.StringIO(only.stdout))] == ["40"]
    assert "38.5" in weijian("--corpus", str(tmp_path), "compare", "fd_sign_rate").stdout


def test_compare_per_head_divides_or_says_why_not(tmp_path: Path):
    weijian("--corpus", str(make(tmp_path)), "build")
    asked = ("--corpus", str(tmp_path), "compare", "fd_teams", "--per-head")
    held = json.loads(weijian(*asked, "--format", "json").stdout)
    assert [row["refusal"] for row in held["not_divided"]] == ["no_population"]
    assert held["per_head"] == []
    assert "not divided" in weijian(*asked).stdout


def test_compare_says_in_one_line_that_there_is_nothing_and_ends_well(tmp_path: Path):
    weijian("--corpus", str(make(tmp_path)), "build")
    for form, stdout in (("table", ""), ("json", {"values": [], "excluded": [], "notes": []})):
        done = weijian("--corpus", str(tmp_path), "compare", "fd_sign_rate", "--years", "2019", "--format", form)
        assert done.returncode == 0
        assert (json.loads(done.stdout) if form == "json" else done.stdout) == stdout
        assert len(done.stderr.splitlines()) == 1
        assert "No report gives a value of fd_sign_rate for years 2019" in done.stderr


def test_compare_calls_a_place_that_is_masked_so(tmp_path: Path):
    make(tmp_path, rows="city-2023-summary.txt,,,,,,official,,\nmasked-2024-plan.txt,,,,,,masked,,\n")
    (tmp_path / "data/raw/city-2024-plan.txt").rename(tmp_path / "data/raw/masked-2024-plan.txt")
    plan = tmp_path / "data/raw/masked-2024-plan.txt"
    plan.write_text(plan.read_text(encoding="utf-8").replace("深圳市", "*市"), encoding="utf-8")
    weijian("--corpus", str(tmp_path), "build")
    assert "隐名城市 / Masked city" in weijian("--corpus", str(tmp_path), "compare", "fd_sign_rate").stdout


@pytest.mark.parametrize("arguments", [["fd_signrate"], ["fd_sign_rate", "--places", "999999"], ["fd_sign_rate", "--years", "last"]])
def test_compare_refuses_what_it_does_not_know(tmp_path: Path, arguments: list[str]):
    weijian("--corpus", str(make(tmp_path)), "build")
    done = weijian("--corpus", str(tmp_path), "compare", *arguments)
    assert done.returncode != 0
    assert arguments[-1] in done.stderr
