"""Reports come into a corpus whole or not at all: copied, hashed, entered, recognised when they are there already."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_corpus import PLAN, SUMMARY, make
from weijian.adding import ADDED, DECLINED, FAILED, KNOWN, Added, add, files_in
from weijian.candidates import code_of_place, examine
from weijian.cli import main
from weijian.corpus import Corpus
from weijian.errors import CorpusError
from weijian.likeness import Shelf
from weijian.summaries import closing, summary

UNDATED = "全市卫生健康工作总结\n一、基层。组建家庭医生团队12个。\n"
DISTRICTS = "鼓楼区卫生健康局2023年工作总结\n一、基层。组建家庭医生团队12个。\n二、老龄。建成3家。\n"


def quiet(root: Path) -> Corpus:
    return Corpus(root, say=lambda message: None)


def rows(root: Path) -> list[dict[str, str]]:
    with (root / "data/raw/manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(root: Path) -> list[str]:
    raw = root / "data/raw"
    return sorted(path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file())


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_an_empty_folder_takes_a_report_and_builds(tmp_path: Path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    report = write(tmp_path / "总结 (终稿).txt", SUMMARY)
    assert add([report], root=corpus) == [Added(report, ADDED, "440300-2023-summary")]
    assert files(corpus) == ["440300-2023-summary.txt", "manifest.csv"]
    assert (corpus / "data/raw/440300-2023-summary.txt").read_bytes() == report.read_bytes()
    row = rows(corpus)[0]
    assert (row["title"], row["place_code"], row["place"]) == ("深圳市卫生健康委员会2023年工作总结", "440300", "深圳市")
    assert (row["tier"], row["note"]) == ("mirror", "added as 总结-(终稿).txt")
    assert quiet(corpus).build() is True
    assert quiet(corpus).load("reports")["place_code"].tolist() == ["440300"]


def test_the_text_of_another_encoding_is_kept_and_hashed(tmp_path: Path):
    root = make(tmp_path / "corpus", rows="")
    for path in (root / "data/raw").glob("*.txt"):
        path.unlink()
    add([write(tmp_path / "a.txt", SUMMARY, "gb18030")], root=root)
    assert files(root) == ["440300-2023-summary.txt", "manifest.csv", "text/440300-2023-summary.txt"]
    assert (root / "data/raw/text/440300-2023-summary.txt").read_text(encoding="utf-8") == SUMMARY
    assert len(rows(root)[0]["text_sha256"]) == 64
    corpus = quiet(root)
    corpus.build()
    assert corpus.load("documents").loc[0, "text"] == "text/440300-2023-summary.txt"
    write(root / "data/raw/text/440300-2023-summary.txt", SUMMARY + " ")
    with pytest.raises(CorpusError, match=r"text/440300-2023-summary.txt is not the one that was taken from it.*text_sha256"):
        corpus.build()
    (root / "data/raw/text/440300-2023-summary.txt").unlink()
    with pytest.raises(CorpusError, match=r"text/440300-2023-summary.txt is missing"):
        corpus.build()


def test_a_build_takes_the_text_of_a_file_that_was_entered_by_hand(tmp_path: Path):
    root = make(tmp_path, rows="city-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,,,mirror,,\n")
    write(root / "data/raw/city-2024-plan.txt", PLAN, "gb18030")
    quiet(root).build()
    assert files(root)[-1] == "text/city-2024-plan.txt"
    assert [bool(row["text_sha256"]) for row in rows(root)] == [False, True]
    assert quiet(root).is_current()


def test_the_same_report_in_another_file_is_recognised(tmp_path: Path):
    root = make(tmp_path / "corpus")
    page = "首页 > 政务公开\n" + SUMMARY.replace(",", "，").replace("%", "％") + "\n打印本页\n"
    again = [write(tmp_path / "b.txt", SUMMARY), write(tmp_path / "a.txt", page, "gb18030")]
    before = files(root)
    assert [(each.verdict, each.document) for each in add(again, root=root)] == [(KNOWN, "city-2023-summary")] * 2
    assert files(root) == before


def test_the_same_report_twice_in_one_batch_goes_in_once(tmp_path: Path):
    root = make(tmp_path / "corpus")
    other = SUMMARY.replace("深圳", "广州").replace("320", "510").replace("72.3", "70.1").replace("6家", "9家").replace("1200", "1400")
    both = [write(tmp_path / "a.txt", other), write(tmp_path / "b.txt", other + "\n")]
    assert [each.verdict for each in add(both, root=root)] == [ADDED, KNOWN]


def test_two_reports_that_share_phrases_are_two():
    first = "".join(f"第{n}项工作已经全面完成并通过验收。" for n in range(10))
    second = first[: len(first) // 2] + "".join(f"另有{n}项重点任务正在按照计划推进。" for n in range(10))
    assert Shelf([("a", first)]).same_as(second) == ""
    assert Shelf([("a", first)]).same_as(first[: len(first) // 2] + "打印") == "a"
    assert Shelf([("a", "短文。")]).same_as("别的短文。") == ""


def test_a_bad_file_keeps_no_other_out_and_leaves_nothing(tmp_path: Path):
    root = make(tmp_path / "corpus")
    folder = tmp_path / "new"
    (folder / ".hidden").mkdir(parents=True)
    write(folder / ".hidden/a.txt", "甲")
    write(folder / "~$a.docx", "甲")
    write(folder / "b.txt", "")
    write(folder / "c.txt", UNDATED)
    found = add([folder, tmp_path / "none.txt"], root=root)
    assert [(each.path.name, each.verdict) for each in found] == [("b.txt", FAILED), ("c.txt", ADDED), ("none.txt", FAILED)]
    assert "it is empty" in found[0].reason
    assert "there is no such file" in found[2].reason
    assert files(root) == ["c.txt", "city-2023-summary.txt", "city-2024-plan.txt", "manifest.csv"]
    lines = closing(found, "en")
    assert lines[-2] == "1 added, 0 already there, 2 not added"


def test_what_a_person_states_goes_before_the_text(tmp_path: Path):
    root = make(tmp_path / "corpus")
    stated = {"place_code": "330100", "year": "2021", "genre": "plan"}
    assert add([write(tmp_path / "c.txt", UNDATED)], stated, root=root)[0].document == "330100-2021-plan"
    row = rows(root)[-1]
    assert (row["place_code"], row["year"], row["genre"]) == ("330100", "2021", "plan")
    corpus = quiet(root)
    corpus.build()
    report = corpus.load("reports").set_index("report").loc["330100-2021-plan#1"]
    assert (report["place"], report["year"], report["genre"]) == ("杭州市", 2021, "plan")
    observed = corpus.load("observations").set_index("report").loc["330100-2021-plan#1"]
    assert (observed["status"], observed["period"]) == ("target", "2021")


def test_a_name_that_is_several_places_is_reported_and_not_guessed(tmp_path: Path):
    candidate = examine(write(tmp_path / "a.txt", DISTRICTS), {})
    assert candidate.row["place_code"] == ""
    said = "\n".join(summary(candidate, "en"))
    assert "there are several 鼓楼区" in said
    assert "350102 福建省福州市鼓楼区" in said
    assert "320106 江苏省南京市鼓楼区" in said
    with pytest.raises(CorpusError, match=r"--place: “鼓楼区” may be more than one place.*350102"):
        code_of_place("鼓楼区")
    assert code_of_place("福州市鼓楼区") == "350102"
    with pytest.raises(CorpusError, match="no place is called “亚特兰蒂斯”"):
        code_of_place("亚特兰蒂斯")


def test_the_evidence_is_shown_with_its_words(tmp_path: Path):
    page = "发布机构:深圳市卫生健康委员会\n索引号:0123\n" + SUMMARY.replace("深圳市卫生健康委员会", "")
    said = summary(examine(write(tmp_path / "a.txt", page), {}), "zh")
    assert any("深圳市 440300" in line and "页面信息：发布机构 “深圳市”" in line for line in said)
    assert any(line.split() == ["来源", "官方网站"] for line in said)
    stated = summary(examine(write(tmp_path / "b.txt", page), {"year": "2020"}), "zh")
    assert any("2020" in line and "添加者写明" in line for line in stated)
    assert any("文中写的是2023" in line for line in stated)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("杭州市卫生健康委员会2023年上半年工作总结", "半年总结只涉及一年的一部分"),
        ("杭州市2023年政府工作报告", "“政府工作报告”不是年度工作总结或要点"),
        ("2023年杭州市卫生健康事业发展统计公报", "“统计公报”不是年度工作总结或要点"),
        ("杭州市卫生健康事业发展“十四五”规划", "“规划”不是年度工作总结或要点"),
        ("杭州市第一人民医院2023年工作总结", "是一个机构的报告"),
    ],
)
def test_another_genre_is_called_what_it_is(tmp_path: Path, title: str, said: str):
    text = f"{title}\n一、基层。全市建成社区卫生服务站12家。\n二、老龄。建成3家。\n"
    lines = "\n".join(summary(examine(write(tmp_path / "a.txt", text), {}), "zh"))
    assert said in lines.replace("“半年总结”", "半年总结")


def test_a_hospitals_numbers_are_not_those_of_its_place(tmp_path: Path):
    text = "杭州市第一人民医院2023年工作总结\n一、签约。组建家庭医生团队12个,家庭医生签约率43%。\n二、老龄。建成3家。\n"
    reading = examine(write(tmp_path / "a.txt", text), {}).reading
    assert {(row.scope, row.indicator) for row in reading.observations} == {("杭州市第一人民医院", "")}
    assert reading.observations[1].candidates == ("fd_sign_rate",)


def test_half_a_year_is_not_reckoned_with_a_year(tmp_path: Path):
    from weijian.compare import compare

    root = make(tmp_path / "corpus")
    half = "广州市卫生健康委员会2023年上半年工作总结\n一、签约。常住人口家庭医生签约率36.5%。\n二、老龄。建成3家。\n"
    add([write(tmp_path / "a.txt", half)], root=root)
    quiet(root).build()
    found = compare("fd_sign_rate", root=root, assume_same_definition=True)
    pair = found.excluded[(found.excluded["rule"] == "part_of_year")]
    assert set(pair["left_place"]) | set(pair["right_place"]) >= {"440100", "440300"}
    coverage = quiet(root).load("coverage").set_index(["place_code", "year", "indicator"])
    assert coverage.loc[("440100", 2023, "fd_sign_rate"), "reason"] == "part_of_year_only"


def test_a_file_that_lies_in_raw_already_is_entered_where_it_is(tmp_path: Path):
    root = make(tmp_path)
    left = write(root / "data/raw/left-over.txt", UNDATED)
    assert add([left], root=root)[0].document == "left-over"
    assert files(root) == ["city-2023-summary.txt", "city-2024-plan.txt", "left-over.txt", "manifest.csv"]


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path):
    root = make(tmp_path / "corpus", rows="city-2023-summary.txt,,,,,,official,,\n")
    (root / "data/raw/city-2024-plan.txt").unlink()
    texts = [UNDATED, UNDATED.replace("12", "13").replace("家庭医生团队", "护理站点和康复站点共计")]
    found = [add([write(tmp_path / "c.txt", text)], root=root)[0] for text in texts]
    assert [each.document for each in found] == ["c", "c-2"]


def test_nothing_stays_when_the_manifest_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = make(tmp_path / "corpus")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = files(root)
    monkeypatch.setattr("weijian.adding.write_manifest", full)
    found = add([write(tmp_path / "c.txt", UNDATED, "gb18030")], root=root)
    assert (found[0].verdict, "No space left" in found[0].reason) == (FAILED, True)
    assert files(root) == before


def test_a_person_may_decline(tmp_path: Path):
    root = make(tmp_path / "corpus")
    before = files(root)
    assert add([write(tmp_path / "c.txt", UNDATED)], root=root, decide=lambda candidate: None)[0].verdict == DECLINED
    assert files(root) == before


def test_an_answer_is_taken_as_stated(tmp_path: Path):
    root = make(tmp_path / "corpus")
    assert add([write(tmp_path / "c.txt", UNDATED)], root=root, decide=lambda candidate: {"year": "2022"})[0].verdict == ADDED
    assert rows(root)[-1]["year"] == "2022"


def test_folders_are_walked_in_order_and_each_file_once(tmp_path: Path):
    for name in ("b/2.txt", "a/1.txt", "3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, "甲")
    assert [path.name for path in files_in([tmp_path, tmp_path / "3.txt"])] == ["3.txt", "1.txt", "2.txt"]


def ended(arguments: list[str]) -> int:
    """Run the command here and return its exit status."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return int(caught.value.code or 0)


def test_the_command_adds_and_says_what_went_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    root = make(tmp_path / "corpus")
    write(tmp_path / "c.txt", UNDATED)
    assert ended(["add", str(tmp_path / "c.txt"), "--yes", "--corpus", str(root), "--year", "2023", "--language", "en"]) == 0
    out, err = capsys.readouterr()
    assert "the text does not show its place; state it with --place" in out
    assert out.splitlines()[-2] == "1 added, 0 already there, 0 not added"
    assert "[1/1]" in err
    assert ended(["add", str(tmp_path / "none.txt"), "--yes", "--corpus", str(root)]) == 1
    assert os.environ.get("WEIJIAN_CORPUS") is None


def test_without_a_terminal_the_command_wants_to_be_told_not_to_ask(tmp_path: Path):
    root = make(tmp_path / "corpus")
    write(tmp_path / "c.txt", UNDATED)
    code = "import sys; from weijian.cli import main; sys.exit(main())"
    source = str(Path(__file__).parents[2] / "analysis")
    done = subprocess.run(
        [sys.executable, "-c", code, "add", str(tmp_path / "c.txt"), "--corpus", str(root)],
        capture_output=True, encoding="utf-8", timeout=60, env=os.environ | {"PYTHONPATH": source}, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--yes" in done.stderr
