"""The workbook holds what the tables say, in words, as cells that cannot run, and is the same whenever and wherever it is made."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import signal
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

import weijian
from small_corpus import SUMMARY, make, tables
from weijian import workbook as made
from weijian.codebook import codebook
from weijian.compare import compare
from weijian.corpus import Corpus
from weijian.spreadsheet import LONGEST, Sheet, pack
from weijian.workbook import CALLED, workbook

ROOT = Path(__file__).parents[2]
PROCESSED = ROOT / "data" / "processed"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = [
    "=1+1",
    "+1",
    "-1+2",
    "@x",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://a.b")',
    "http://a.b",
    "mailto:a@b.cn",
    "{=1}",
    "_x0041_",
    "<b>&",
    "\x01",
]
Cell = str | Decimal | None


class Opened:
    """A workbook as a reader of the format sees it: sheets by name, each a list of rows."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        names = self.archive.namelist()
        strings = self._xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else []
        self._strings = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in strings]
        titles = [sheet.attrib["name"] for sheet in self._xml("xl/workbook.xml").iter(f"{MAIN}sheet")]
        self.pages = {title: self._xml(f"xl/worksheets/sheet{number}.xml") for number, title in enumerate(titles, start=1)}

    @property
    def styles(self) -> list[ElementTree.Element]:
        formats = self._xml("xl/styles.xml").find(f"{MAIN}cellXfs")
        assert formats is not None
        return list(formats)

    def _xml(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.archive.read(name))

    def rows(self, sheet: str) -> list[dict[str, Cell]]:
        lines = [{_column(cell.attrib["r"]): self._value(cell) for cell in row} for row in self.pages[sheet].iter(f"{MAIN}row")]
        return [{str(title): line.get(column) for column, title in lines[0].items()} for line in lines[1:]]

    def _value(self, cell: ElementTree.Element) -> Cell:
        value = cell.find(f"{MAIN}v")
        if value is None or value.text is None:
            return None
        return self._strings[int(value.text)] if cell.get("t") == "s" else Decimal(value.text)


def _column(reference: str) -> str:
    return reference.rstrip("0123456789")


def csv_files(folder: Path = PROCESSED) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def csv_rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Opened((PROCESSED / CALLED).read_bytes())


def test_the_sheets_stand_in_order_each_with_a_filter_a_header_in_sight_and_no_formula(opened: Opened):
    assert list(opened.pages) == ["数值", "全部数字", "覆盖", "不可比较", "核对", "承诺", "指标", "定义", "说明"]
    for page in opened.pages.values():
        assert page.find(f"{MAIN}autoFilter") is not None
        pane = page.find(f".//{MAIN}pane")
        assert pane is not None
        assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")
        assert page.find(f".//{MAIN}f") is None
        assert page.find(f".//{MAIN}hyperlink") is None


def test_nothing_in_the_file_reaches_out(opened: Opened):
    for name in opened.archive.namelist():
        assert not name.endswith((".bin", ".vml")), name
        assert b'TargetMode="External"' not in opened.archive.read(name)
        assert "connection" not in name
        assert "externalLink" not in name


def test_every_observation_is_in_it_with_its_number_and_its_sentence(opened: Opened):
    shown = {row["记录号"]: row for row in opened.rows("全部数字")}
    observations = csv_rows(csv_files(), "observations")
    assert list(shown) == [row["observation"] for row in observations]
    for row in observations:
        told = shown[row["observation"]]
        assert told["原句"] == row["quote"]
        for title, name in (("数值", "value"), ("下限", "low"), ("上限", "high")):
            assert told[title] == (Decimal(row[name]) if row[name] else None)
        assert str(told["原文数字"]) in row["quote"]
        assert (told["单位"] or "", told["指标代码"] or "") == (row["unit"], row["indicator"])


def test_the_first_sheet_holds_the_values_of_indicators_and_no_others(opened: Opened):
    values = opened.rows("数值")
    assert {row["记录号"] for row in values} == {row["observation"] for row in csv_rows(csv_files(), "observations") if row["indicator"]}
    percent = next(row for row in values if row["单位"] == "%")
    assert isinstance(percent["数值"], Decimal)
    assert percent["数值"] > 1
    assert {row["性质"] for row in values} <= {"实际值", "目标值", "参照值"}


def test_the_year_and_the_order_are_those_of_a_comparison(opened: Opened):
    values = compare([row["indicator"] for row in csv_rows(csv_files(), "indicators")], root=ROOT).values
    assert [(row["记录号"], row["年份"]) for row in opened.rows("数值")] == list(zip(values["observation"], values["year"], strict=True))


def test_what_is_refused_is_what_compare_refuses(opened: Opened):
    excluded = compare([row["indicator"] for row in csv_rows(csv_files(), "indicators")], root=ROOT).excluded
    columns = ["indicator", "left", "right", "reason_zh", "valid_if_zh"]
    shown = [
        tuple(row[name] for name in ("指标代码", "一方记录号", "另一方记录号", "原因", "怎样才可推算")) for row in opened.rows("不可比较")
    ]
    assert shown == list(excluded[columns].itertuples(index=False, name=None))
    assert len(shown) > 0


def test_every_check_is_in_it_with_arithmetic_verdict_and_sentence(opened: Opened):
    shown, checks = opened.rows("核对"), csv_rows(csv_files(), "checks")
    words = {name: codebook().words(f"check_{name}") for name in ("relation", "verdict", "reason")}
    assert len(shown) == len(checks) > 0
    for row, told in zip(checks, shown, strict=True):
        assert (told["关系"], told["结果"]) == tuple(words[name][row[name]]["name_zh"] for name in ("relation", "verdict"))
        assert told["无法判定的原因"] == (words["reason"][row["reason"]]["name_zh"] if row["reason"] else None)
        assert told["原句"] == row["quote"]
        assert re.findall(r"\d+", str(told["算式"])) == re.findall(r"\d+", row["arithmetic"])
        assert str(told["记录号"] or row["report"]).startswith(row["report"])


def test_every_gap_of_the_coverage_has_its_reason_in_words(opened: Opened):
    reasons = {word: row["name_zh"] for word, row in codebook().words("reason").items()}
    told = [row["情况"] for row in opened.rows("覆盖")]
    assert told == [reasons.get(row["reason"], "有数值") for row in csv_rows(csv_files(), "coverage")]
    assert all((row["数值"] is None and row["下限"] is None) == (row["情况"] != "有数值") for row in opened.rows("覆盖"))


def test_every_promise_stands_beside_its_outcome_in_words(opened: Opened):
    shown, held = opened.rows("承诺"), csv_rows(csv_files(), "commitments")
    verdicts = {code: row["name_zh"] for code, row in codebook().words("verdict").items()}
    assert [(row["结果"], row["要点原句"], row["总结原句"] or "") for row in shown] == [
        (verdicts[row["verdict"]], row["plan_quote"], row["outcome_quote"]) for row in held
    ]
    for told, row in zip(shown, held, strict=True):
        for title, name in (("承诺的数", "plan_value"), ("报告的数", "outcome_value"), ("相似度", "similarity")):
            assert told[title] == (Decimal(row[name]) if row[name] else None)
        assert bool(told["总结来源类别"]) == bool(row["outcome_report"])


def test_no_code_is_left_where_there_is_a_word(opened: Opened):
    codes = {
        word
        for name in ("status", "base", "stage", "kind", "tier", "genre", "reason", "stock_or_flow", "verdict", "matched_by")
        for word in codebook().words(name)
    }
    keys = {"指标代码", "定义代码", "地方代码"}
    for sheet in list(opened.pages)[:-1]:
        for row in opened.rows(sheet):
            assert not {cell for title, cell in row.items() if title not in keys} & codes


def test_every_column_is_explained_in_both_languages_and_no_row_is_spare(opened: Opened):
    rows = codebook().rows("workbook")
    used = {column for columns in made._SHEETS.values() for column in columns}
    assert {row["name"] for row in rows if row["part"] == "column"} - used <= {"issuer"}
    assert all(row["meaning_zh"] and row["meaning_en"] for row in rows)
    told = {str(row["项目"]).partition(" (")[0] for row in opened.rows("说明")}
    assert {title for sheet in opened.pages for title in opened.rows(sheet)[0]} <= told
    assert set(opened.pages) <= told


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == weijian.__version__
    assert f"version: {weijian.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_text_stays_text_whatever_it_begins_with():
    content = pack([Sheet("a", ["=2+2", "n"], [10, 10], [[text, Decimal("-1")] for text in HOSTILE])], "t")
    found = Opened(content)
    page = found.pages["a"]
    assert page.find(f".//{MAIN}f") is None
    assert page.find(f".//{MAIN}hyperlink") is None
    assert [row["n"] for row in found.rows("a")] == [Decimal(-1)] * len(HOSTILE)
    cells = [cell for row in page.iter(f"{MAIN}row") for cell in row if _column(cell.attrib["r"]) == "A"]
    assert {cell.get("t") for cell in cells} == {"s"}
    quoted = [found.styles[int(cell.attrib["s"])].get("quotePrefix") for cell in cells[1:]]  # text even after somebody edits it
    assert quoted == ["1" if text[0] in "=+-@\t\r" else None for text in HOSTILE]


def test_a_hostile_sentence_of_a_report_stays_text(tmp_path: Path):
    make(tmp_path)
    report = tmp_path / "data/raw/city-2023-summary.txt"
    report.write_text(SUMMARY + '\n=HYPERLINK("http://a.b","x")新建养老机构12家。\n', encoding="utf-8")
    Corpus(tmp_path, say=lambda message: None).build()
    found = Opened((tmp_path / "data/processed" / CALLED).read_bytes())
    assert any(str(row["原句"]).startswith("=HYPERLINK") for row in found.rows("全部数字"))
    assert all(page.find(f".//{MAIN}f") is None for page in found.pages.values())


def test_places_of_one_name_are_told_apart_and_a_place_without_a_code_keeps_its_name(tmp_path: Path):
    make(tmp_path, rows="city-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,350102,,official,,\n")
    report = tmp_path / "data/raw/city-2023-summary.txt"
    report.write_text(SUMMARY.replace("深圳市", "岚溪县"), encoding="utf-8")
    Corpus(tmp_path, say=lambda message: None).build()
    found = Opened((tmp_path / "data/processed" / CALLED).read_bytes())
    for sheet in ("全部数字", "覆盖"):
        assert {row["地方"] for row in found.rows(sheet)} == {"岚溪县", "福州市鼓楼区"}


def test_a_cell_too_long_for_the_format_is_cut_and_a_number_too_long_is_text():
    sheet = Sheet("a", ["text", "number"], [10, 10], [["数" * (LONGEST + 1), Decimal("1234567890.1234567")]])
    row = Opened(pack([sheet], "t")).rows("a")[0]
    assert len(str(row["text"])) == LONGEST
    assert row["number"] == "1234567890.1234567"


def test_tables_without_a_row_make_sheets_without_a_row(tmp_path: Path):
    Corpus(tmp_path, say=lambda message: None).build()
    found = Opened((tmp_path / "data/processed" / CALLED).read_bytes())
    assert [len(found.rows(sheet)) for sheet in ("数值", "全部数字", "覆盖", "不可比较", "核对", "承诺")] == [0] * 6


MAKE = """
import hashlib, sys
from pathlib import Path
from weijian.workbook import workbook
files = {path.name: path.read_bytes() for path in Path(sys.argv[1]).glob("*.csv")}
print(hashlib.sha256(workbook(files)).hexdigest())
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    ],
)
def test_equal_tables_make_an_equal_file_in_any_place(environment: dict[str, str]):
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(PROCESSED)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "analysis")} | environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == hashlib.sha256(workbook(csv_files())).hexdigest()


def test_the_archive_holds_no_clock_and_does_not_depend_on_how_a_machine_compresses(opened: Opened):
    for member in opened.archive.infolist():
        assert (member.date_time, member.compress_type, member.create_system) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)
    dates = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", opened.archive.read("docProps/core.xml"))
    assert set(dates) == {b"1980-01-01T00:00:00Z"}


def test_a_workbook_that_is_gone_or_was_altered_is_made_again(tmp_path: Path):
    corpus = Corpus(make(tmp_path), say=lambda message: None)
    corpus.build()
    path = corpus.processed / CALLED
    kept = path.read_bytes()
    path.unlink()
    assert not corpus.is_current()
    assert corpus.build() is True
    assert path.read_bytes() == kept
    path.write_bytes(kept + b"x")
    assert not corpus.is_current()
    assert corpus.build() is True
    assert path.read_bytes() == kept
    assert corpus.is_current()


KILLED = """
import os, signal, sys
from weijian import corpus, spreadsheet
spreadsheet._repacked = lambda content: os.kill(os.getpid(), signal.SIGKILL)
corpus.Corpus(sys.argv[1]).build()
"""


def test_a_build_killed_while_the_workbook_is_made_leaves_the_old_files(tmp_path: Path):
    corpus = Corpus(make(tmp_path), say=lambda message: None)
    corpus.build()
    old = tables(tmp_path)
    (tmp_path / "data/corrections.csv").write_text(
        "document,quote,occurrence,field,old,new,reason,who,date\ncity-2023-summary,签约率38.5%,1,value,38.5,38.6,核对,甲,2024-05-01\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "analysis")}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert tables(tmp_path) == old
    assert corpus.build() is True
    assert tables(tmp_path)[CALLED] != old[CALLED]
