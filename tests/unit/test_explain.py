"""An explanation names the reason for every decision in words, and a rule without a sentence does not go unnoticed."""

from __future__ import annotations

import ast
import csv
import io
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from small_corpus import SUMMARY, make
from weijian.cli import main
from weijian.codebook import codebook
from weijian.corpus import Corpus
from weijian.corrections import CORRECTIONS, apply_corrections
from weijian.errors import CodebookError, CorpusError
from weijian.explain import account, explain
from weijian.passages import passages_in
from weijian.patterns import phrases
from weijian.reasons import recorded
from weijian.sentences import Teller

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "analysis" / "weijian"
ROWS = codebook().rows("decisions")
TOLD = {(row["decision"], row["rule"]) for row in ROWS}
DECIDES = {"subjects": "subject", "runs": "subject", "status": "status", "periods": "period", "scopes": "scope"}
TELLERS = ("reasons", "attributions", "explain", "sentences")


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def words(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def given(module: str) -> set[str]:
    """The names of rules that a module of the reading gives: the third word of a Subject, the last of what a function returns."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Subject":
            found |= {word for part in [*node.args[2:3], *(k.value for k in node.keywords if k.arg == "rule")] for word in words(part)}
        elif isinstance(node, ast.Tuple) and DECIDES.get(module) != "subject" and not is_list_of_words(node):
            last = node.elts[-1]
            found |= {last.value} if isinstance(last, ast.Constant) and isinstance(last.value, str) else set()
    return {rule for rule in found if re.fullmatch("[a-z_]+", rule)}


def is_list_of_words(node: ast.Tuple) -> bool:
    return not node.elts or (len(node.elts) > 2 and all(isinstance(part, ast.Constant) for part in node.elts))


@pytest.mark.parametrize("module", DECIDES)
def test_every_rule_of_the_reading_has_a_sentence(module: str):
    rules = given(module)
    assert len(rules) >= 1
    assert {(DECIDES[module], rule) for rule in rules} - TOLD == set(), "add a row to codebook/decisions.csv"


def test_every_rule_that_is_given_between_the_modules_has_a_sentence():
    assert given("observations") <= {rule for decision, rule in TOLD if decision in DECIDES.values()}


def test_no_sentence_is_left_that_nothing_gives():
    spoken = set().union(*(words(tree(module)) for module in TELLERS))
    for decision in dict.fromkeys(DECIDES.values()):
        rules = set().union(given("observations"), *(given(module) for module, of in DECIDES.items() if of == decision))
        assert {rule for of, rule in TOLD if of == decision} - rules <= spoken


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['decision']}={row['rule']}")
def test_both_languages_say_the_same(row: dict[str, str]):
    gaps = [{name for _, name, _, _ in string.Formatter().parse(row[f"sentence_{each}"]) if name} for each in ("zh", "en")]
    assert gaps[0] == gaps[1] or row["decision"] == "words"
    assert re.search("[\u4e00-\u9fff]", row["sentence_zh"])
    assert not re.search(r"[\u4e00-\u9fff]{4,}", row["sentence_en"])


def test_a_rule_without_a_sentence_says_what_to_add():
    passage = next(passages_in(Corpus(ROOT), "310000-2023-summary"))
    with pytest.raises(CodebookError, match=r"decisions.csv: there is no sentence for status=hoped. add a row"):
        Teller(passage, passage.final, codebook(), "zh").say("status", "hoped")


KINDS = {
    "a count in 万": ("310112-2024-summary 门急诊1265.67万人次", ["1265.67×10000＝12656700", "原文写着“人次”", "实际值"]),
    "a bound": (
        "310000-2023-summary 签约率超过43%",
        ["前面写着“超过”，真正的数比它大", "fd_sign_rate", "rules.csv 第", "签约人数/常住人口"],
    ),
    "a target in a summary": ("310000-2023-summary 年度计划完成20家", ["数字在括号里，括号里说“年度计划完成”，所以是目标值"]),
    "somebody else's figure": ("310112-2024-summary 高于市平均730种", ["读作：别处的数", "“高于市平均”引的是别处的数", "不归入指标"]),
    "percentage points": ("310112-2024-summary 较2022年提升0.99%", ["增加0.99个百分点", "增减了多少"]),
    "a rank": ("路演中获全省第一", ["排第1位", "“第一”是名次", "说的是名次"]),
    "a range": ("310000-2023-plan 每30-50万人口", ["在300000到500000人口之间", "没有单一的数值", "1,low,300000,"]),
    "a plan's aim": ("masked-2023-plan 签约率25%以上", ["某地", "带着“以上”，是它或者比它大", "目标值"]),
    "what a plan finds there": ("以中山、瑞金两家", ["原文用汉字写作“两家”，就是2", "说的却是已有的事物"]),
    "a part": ("310112-2024-summary 其中门诊7973人次", ["“社区上转病人”中的一部分"]),
    "what is applied for": (
        "申报2个国家心理关爱点",
        ["前面的“申报”和后面的“国家心理关爱点”合起来", "“申报”说明走到了“申报”这一步", "那不许有“申报”，这里有"],
    ),
    "a fall": ("310112-2024-summary 同比下降57.85%", ["减少57.85%", "所以记作负数", "“同比下降”"]),
    "a unit that is not printed": ("330100-2022-summary-2023-plan 28.9万重点人群", ["“重点人群”是人，所以补作“人”", "单位系据上下文推断"]),
}


@pytest.mark.parametrize(("asked", "said"), KINDS.values(), ids=KINDS)
def test_an_observation_of_each_kind_reads_like_an_explanation(asked: str, said: list[str]):
    told = explain(asked, root=ROOT, language="zh")
    for part in [*said, "【", "为什么这样读：", "还没有人核对过。"]:
        assert part in told
    labels = [row["sentence_zh"] for row in ROWS if row["decision"] == "label"]
    printed = [line[:3] for line in told.splitlines() if line[:3] in labels]
    assert printed == [label for label in labels if label in printed]
    assert len(printed) >= 9
    assert not re.search(r"[{}]|None|“”", told)


@pytest.mark.slow
def test_every_observation_of_the_corpus_can_be_told_and_its_row_for_corrections_works():
    corpus = Corpus(ROOT)
    for report in (ROOT / "data" / "raw").glob("*.txt"):
        for passage in passages_in(corpus, report.stem):
            for language in ("zh", "en"):
                told = account(passage, corpus.codebook, language)
                assert not re.search(r"[{}]|“”", told), passage.final.observation
            row = filled(told, reason="核对", who="甲", date="2025-05-01")
            after = apply_corrections(passage.document, passage.neighbours, [row], known=corpus.codebook.allowed)
            assert [each.observation for each in after if each.checked_by] == [passage.final.observation]


def filled(told: str, **cells: str) -> dict[str, str]:
    """The last line of an explanation as a row that confirms what is read."""
    row = dict(zip(CORRECTIONS.header, next(csv.reader([told.splitlines()[-1]])), strict=True))
    return row | {"new": row["old"]} | cells


@pytest.fixture
def built(tmp_path: Path) -> Path:
    make(tmp_path)
    path = tmp_path / "data" / "raw" / "city-2023-summary.txt"
    path.write_text(SUMMARY.replace("38.5%", "３８．５％"), encoding="utf-8")
    Corpus(tmp_path, say=lambda message: None).build()
    return tmp_path


def test_the_checks_that_a_number_takes_part_in_are_told(tmp_path: Path):
    path = make(tmp_path) / "data" / "raw" / "city-2023-summary.txt"
    path.write_text(SUMMARY + "\n全市床位700张,其中公办300张、民办450张。\n", encoding="utf-8")
    Corpus(tmp_path, say=lambda message: None).build()
    told = explain("公办300张", root=tmp_path, language="zh")
    assert "与同一份报告里的其他数核对：\n- 合计，核对结果是不符：300 + 450 = 750，原文写700。各部分相加不等于合计，或大于合计。\n" in told
    assert "\n- sum: fails. 300 + 450 = 750, printed 700. The parts do not" in explain("公办300张", root=tmp_path, language="en")
    assert "与同一份报告里的其他数核对" not in explain("1200个", root=tmp_path, language="zh")


def test_a_correction_that_applied_is_told(built: Path):
    row = filled(explain("1200个", root=built, language="zh"), new="120", reason="多写了一个0", who="甲", date="2025-05-01")
    with (built / "data" / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CORRECTIONS.header)
        writer.writeheader()
        writer.writerow(row)
    told = explain("1200个", root=built, language="zh")
    assert "等于120个" in told
    assert "原文写作“1200个”，数字照录。（这是程序的读法；value 已由“1200”更正为“120”，见下。）" in told
    assert "更正：value: 1200 → 120, 多写了一个0 (甲 2025-05-01)。\n核对：甲 2025-05-01。" in told
    assert "与现在的读法不同（value, correction, checked_by）：请运行 weijian build" in told
    assert told.splitlines()[-1].split(",")[4] == "120"
    Corpus(built, say=lambda message: None).build()
    assert "请运行 weijian build" not in explain("1200个", root=built, language="zh")


def test_full_width_characters_are_told_and_may_be_asked_for_by_the_usual_ones(built: Path):
    told = explain("签约率38.5%", root=built, language="en")
    assert "【３８．５％】" in told
    assert "Full-width characters are read like the usual ones." in told
    assert "is equal to 38.5 %" in told


def test_the_language_is_that_of_the_environment(built: Path, monkeypatch: pytest.MonkeyPatch):
    for locale, first in (("zh_CN.UTF-8", "出自"), ("C.UTF-8", "from")):
        monkeypatch.setenv("LANG", locale)
        assert explain("1200个", root=built).splitlines()[1].startswith(first)


def test_the_command_prints_it(built: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--corpus", str(built), "explain", "city-2023-summary", "1200个", "--language", "en", "--field", "status"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "Why it is read so:" in out
    assert out.strip().splitlines()[-1] == "city-2023-summary,组建家庭医生团队1200个,1,status,actual,,,,"


def test_an_unknown_key_offers_the_nearest(built: Path, capsys: pytest.CaptureFixture[str]):
    keys = [row["observation"] for row in csv.DictReader(io.StringIO((built / "data/processed/observations.csv").read_text("utf-8")))]
    report, _, offset = keys[0].partition("@")
    assert main(["--corpus", str(built), "explain", f"{report}@{int(offset) + 1}"]) == 1
    said = capsys.readouterr().err
    assert "no observation answers to it; the nearest are " + keys[0] in said
    assert "Traceback" not in said
    with pytest.raises(CorpusError, match="the nearest are city-2024-plan#1"):
        explain("city-2024-plam#1@43", root=built)
    with pytest.raises(CorpusError, match=r"the nearest are city-2023-summary#1@\d+ “320万人”"):
        explain("city-2024-plan 签约居民超过320万人", root=built)
    with pytest.raises(CorpusError, match="no observation answers"):
        explain("", root=built)


def test_words_that_several_observations_share_are_refused_with_examples(built: Path):
    with pytest.raises(CorpusError, match=r"observations answer to it; such as .*“2080.5万人次”; .*“4.2%”"):
        explain("社区卫生服务中心", root=built)


def test_what_is_not_there_is_an_error(built: Path):
    with pytest.raises(CorpusError, match=r"“start” cannot be corrected.*use one of indicator"):
        explain("1200个", root=built, field="start")
    raw = built / "data" / "raw" / "city-2023-summary.txt"
    raw.write_text(raw.read_text("utf-8").replace("组建家庭医生团队1200个", "组建了家庭医生的团队1200个"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"city-2023-summary.txt: the file is not the one that was entered.*weijian validate"):
        explain("1200个", root=built)
    (built / "data" / "processed" / "observations.csv").unlink()
    with pytest.raises(CorpusError, match=r"the table is not there.*weijian build"):
        explain("1200个", root=built)


def test_patterns_are_told_as_phrases():
    assert phrases(r"65(?:周)?岁(?:及)?以上|慢(?:性)?病(?:一体化|综合)[^,。;]{0,6}门诊") == ("65岁以上", "慢病一体化/综合…门诊")
    assert phrases(r"(?<![预签])约|1\+1\+1|[〇零]|^[^|]{0,2}\|?出院(?=\|)") == ("约", "1+1+1", "〇", "出院")
    for row in codebook().rows("rules"):
        for column in ("focus", "also", "context", "never"):
            assert bool(phrases(row[column])) == bool(row[column])
            assert not re.search(r"[\\(?[\]{}]", "".join(phrases(row[column])))


def test_recorded_rules_are_read_back():
    assert recorded("") == {}
    assert recorded("subject=left;indicator=12") == {"subject": "left", "indicator": "12"}


def test_nothing_heavy_is_loaded():
    code = "import sys, weijian.explain; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env={"PYTHONPATH": str(PACKAGE.parent)}, check=True
    ).stdout.split()
    assert not {"pandas", "matplotlib", "jieba", "typer", "rich"} & set(loaded)
