"""Keyness: log-odds reckoned by hand on ten words, the words that are counted, the same in every run, and fast enough."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import weijian
from weijian import counting
from weijian.assembly import WORDS
from weijian.keyness import KEYNESS, LEAST, MOST, Counts, Whole, by_genre, contrast, word_counts
from weijian.packs import Packs
from weijian.reading import read
from weijian.segments import counted_words

OWN = Counter({"签约": 9, "团队": 7, "门诊": 5, "康复": 4, "体检": 3, "随访": 3, "转诊": 2, "医院": 2, "培训": 1, "宣传": 1})
OTHERS = Counter({"签约": 2, "团队": 1, "门诊": 6, "康复": 0, "体检": 3, "随访": 1, "转诊": 4, "医院": 9, "培训": 5, "宣传": 6})
SUMMARY = "临江市2023年卫生健康工作总结\n一、基层\n" + "全市新建村卫生室。全市新建村卫生室。医共体建成。" * 3
PLAN = "临海市2024年卫生健康工作要点\n一、老龄\n" + "推进医养结合。推进医养结合。" * 4


def keyness_rows(texts: list[tuple[str, str, Counts]]) -> list[dict[str, Any]]:
    """The rows of all genres and texts."""
    genres = by_genre((genre, counts) for _, genre, counts in texts)
    whole = Whole(sum(genres.values(), Counter()))
    return [*whole.genre_rows(genres), *(row for key, _, counts in texts for row in whole.report_rows(key, counts))]


def by_hand(word: str) -> float:
    """The score, step by step: 37 words here, 37 there, the prior of a word being its count in both and that of all being 74."""
    prior, here, there = OWN[word] + OTHERS[word], OWN[word], OTHERS[word]
    odds = (here + prior) / (37 + 74 - here - prior), (there + prior) / (37 + 74 - there - prior)
    return (math.log(odds[0]) - math.log(odds[1])) / math.sqrt(1 / (here + prior) + 1 / (there + prior))


def test_scores_of_ten_words_are_those_reckoned_by_hand():
    assert sum(OWN.values()) == sum(OTHERS.values()) == 37
    found = {row["word"]: row["score"] for row in contrast(OWN, OTHERS)}
    assert found == {word: Decimal(str(round(by_hand(word), 3))) for word in ("签约", "团队", "康复", "随访")}
    # 签约: 20 of 111 against 13 of 111: (ln 20/91 - ln 13/98) / sqrt(1/20 + 1/13)
    assert found["签约"] == Decimal("1.417")


def test_the_highest_score_comes_first_and_ties_are_broken_by_word():
    words = {f"词{letter}": 5 for letter in "丁丙乙甲"}
    assert [row["word"] for row in contrast(words, {"另": 9})] == sorted(words)
    scores = [row["score"] for row in contrast(OWN, OTHERS)]
    assert scores == sorted(scores, reverse=True)


def test_rare_words_and_more_than_forty_are_left_out():
    many = {f"词{number}": 3 for number in range(MOST + 9)}
    assert len(contrast(many | {"少": LEAST - 1}, {"另": 9})) == MOST
    assert contrast({"少": LEAST - 1}, {"另": 9}) == []


def test_with_nothing_to_compare_there_is_no_row():
    assert keyness_rows(word_counts(read(SUMMARY))) == []
    assert contrast({}, {"另": 1}) == contrast({"另": 4}, {}) == []
    assert contrast({"另": 4}, {"另": 4}) == []


def test_reports_and_genres_are_told_apart_by_their_words():
    found = keyness_rows([*word_counts(read(SUMMARY, "a")), *word_counts(read(PLAN, "b"))])
    assert {(row["report"], row["genre"], row["word"], row["count"], row["others"]) for row in found} >= {
        ("a#1", "", "村卫生室", 6, 0),
        ("b#1", "", "医养结合", 8, 0),
        ("", "summary", "村卫生室", 6, 0),
        ("", "plan", "推进", 8, 0),
    }
    assert not {"全市", "临江市"} & {row["word"] for row in found}


def test_the_order_of_the_readings_does_not_matter():
    texts = [*word_counts(read(SUMMARY, "a")), *word_counts(read(PLAN, "b"))]
    orders = [sorted(keyness_rows(order), key=lambda row: row["report"]) for order in (texts, texts[::-1])]
    assert orders[0] == orders[1]


@pytest.mark.parametrize("together", [1, 2, 50])
def test_however_many_documents_a_task_goes_through_the_rows_are_the_same(together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counting, "TOGETHER", together)
    packs, counts = Packs(tmp_path), (OWN, OTHERS, Counter({"签约": 4, "康复": 8}))
    texts = [(f"{name}#1", genre, each) for name, genre, each in zip("abc", ("plan", "summary", "plan"), counts, strict=True)]
    for name, text in zip("abc", texts, strict=True):
        packs.write(f"{name}{name}0", "", {}, {WORDS: [text]})
    documents = [f"{name}{name}0" for name in "abc"]
    counted = [task.run() for task in counting.count_tasks(packs, "", documents)]
    whole = counting.counted_whole(packs, "", counted)
    keys = [task.run() for task in counting.keyness_tasks(tmp_path, packs, "", documents, whole)]
    lines = "".join(packs.lines(key, "keyness", number) for key in keys for _, number, *_ in packs.known(key).listed)
    header = KEYNESS.header
    expected = [[str(row[name]) for name in header] for row in keyness_rows(texts)]
    assert len(counted) == -(-3 // together)
    assert sorted(line.split(",") for line in lines.splitlines()) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("医共体内安宁疗护试点", ["医共体", "安宁疗护", "试点"]),
        ("2023年3月,三月底前完成12家", ["完成"]),
        ("关于印发工作方案的通知", []),
        ("各社区通过验收", ["社区", "验收"]),
        ("一是推进CT检查互认,二是建PACS", ["推进", "CT", "检查", "互认", "PACS"]),
    ],
)
def test_terms_stay_whole_and_stop_words_numbers_and_single_characters_are_not_counted(text: str, words: list[str]):
    assert list(counted_words([text])) == words


def test_short_names_are_left_out_of_the_places_at_hand_alone():
    assert list(counted_words(["深圳与长寿经验"])) == ["深圳", "长寿", "经验"]
    assert list(counted_words(["深圳与长寿经验"], ["440300"])) == ["长寿", "经验"]


CODE = f"""
from collections import Counter
from weijian.keyness import Whole, by_genre, word_counts
from weijian.reading import read
texts = [*word_counts(read({SUMMARY!r}, "a")), *word_counts(read({PLAN!r}, "b"))]
genres = by_genre((genre, counts) for _, genre, counts in texts)
whole = Whole(sum(genres.values(), Counter()))
rows = [*whole.genre_rows(genres), *(row for key, _, counts in texts for row in whole.report_rows(key, counts))]
print([tuple(map(str, row.values())) for row in rows])
"""


def run(seed: str, folder: Path) -> subprocess.CompletedProcess[str]:
    analysis = Path(weijian.__file__).parents[1]
    given = os.environ | {"PYTHONPATH": str(analysis), "PYTHONHASHSEED": seed, "TMPDIR": str(folder)}
    return subprocess.run([sys.executable, "-W", "error", "-c", CODE], capture_output=True, text=True, env=given, check=True, timeout=120)


@pytest.mark.slow
def test_hash_seeds_change_nothing_and_nothing_is_logged_or_left_behind(tmp_path: Path):
    first, second = run("1", tmp_path), run("2", tmp_path)
    assert first.stdout == second.stdout and "医养结合" in first.stdout
    assert first.stderr == second.stderr == ""
    assert list(tmp_path.iterdir()) == []
