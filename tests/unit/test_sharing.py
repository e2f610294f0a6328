"""Shared phrases: offsets, the longest stretches by trying all, slogans marked, and work that grows with the text alone."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from weijian import sharing
from weijian.reading import read
from weijian.records import Reading
from weijian.sharing import SHORTEST, letters

LEFT = "临江市2023年卫生健康工作总结\n一、概况\n坚持预防为主、防治结合,\n群防群控。建成区域医疗中心三家,服务半径更小。"
RIGHT = "临海市2024年卫生健康工作要点\n一、要求\n继续坚持预防为主,防治 结合,群防群控。建成专科联盟。"
SHARED = "坚持预防为主、防治结合,\n群防群控。建成"


def shared_phrases(readings: Iterable[Reading]) -> list[dict[str, Any]]:
    return sharing.shared_phrases([each for reading in readings for each in letters(reading)])


def test_offsets_lead_to_the_stretch_in_both_texts():
    (row,) = shared_phrases([read(LEFT, "a"), read(RIGHT, "b")])
    assert (row["left_report"], row["right_report"]) == ("a#1", "b#1")
    assert LEFT[row["left_start"] : row["left_end"]] == row["text"] == SHARED
    assert RIGHT[row["right_start"] : row["right_end"]] == "坚持预防为主,防治 结合,群防群控。建成"
    assert (row["characters"], row["documents"], row["spread"]) == (16, 2, "pair")


def test_the_order_of_the_readings_does_not_matter():
    readings = [read(LEFT, "a"), read(RIGHT, "b")]
    assert shared_phrases(readings) == shared_phrases(readings[::-1])


def test_a_stretch_of_three_documents_is_common_and_one_of_two_reports_in_one_document_is_of_one():
    third = read("临山县2022年医改工作总结\n一、回顾\n坚持预防为主、防治结合、群防群控。建成后使用。", "c")
    found = shared_phrases([read(LEFT, "a"), read(RIGHT, "b"), third])
    assert {(row["documents"], row["spread"]) for row in found} == {(3, "common")}
    both = LEFT + "\n" + RIGHT
    assert [(row["left_report"], row["right_report"], row["documents"]) for row in shared_phrases([read(both, "d")])] == [("d#1", "d#2", 1)]


@pytest.mark.parametrize(("length", "found"), [(SHORTEST - 1, 0), (SHORTEST, 1)])
def test_shorter_stretches_are_not_told(length: int, found: int):
    shared = "甲乙丙丁戊己庚辛壬癸子丑寅卯"[:length]
    texts = [f"临江市2023年工作总结\n一、前\n东{shared}西。", f"临海县2024年工作要点\n二、后\n南{shared}北。"]
    assert len(shared_phrases(read(text, str(at)) for at, text in enumerate(texts))) == found


def test_page_furniture_parts_a_stretch_and_is_in_none():
    parted = LEFT.replace("\n群防", "\n打印本页\n群防")
    assert shared_phrases([read(parted, "a"), read(RIGHT, "b")]) == []
    framed = "首页\n字号:大 中 小\n" + LEFT + "\n打印本页\n扫一扫在手机打开当前页"
    (row,) = shared_phrases([read(framed, "a"), read("首页\n字号:大 中 小\n" + RIGHT + "\n打印本页\n扫一扫在手机打开当前页", "b")])
    assert framed[row["left_start"] : row["left_end"]] == row["text"] == SHARED


def by_trying(left: str, right: str, shortest: int) -> list[tuple[int, int, int]]:
    spans = {(a, b) for a in range(len(left)) for b in range(a + shortest, len(left) + 1) if left[a:b] in right}
    longest = [(a, b) for a, b in spans if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in spans)]
    return sorted((a, right.find(left[a:b]), b - a) for a, b in longest)


def test_the_stretches_are_those_found_by_trying_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sharing, "SHORTEST", 3)
    chance = random.Random(7)
    for _ in range(400):
        left, right = ("".join(chance.choice("甲乙丙") for _ in range(chance.randint(0, 25))) for _ in range(2))
        assert [tuple(stretch) for stretch in sharing._Places(right).shared(sharing._Places(left))] == by_trying(left, right, 3)


@pytest.mark.parametrize("unit", ["坚持预防为主防治结合群防群控方针", "啊"], ids=["a sentence again and again", "one character"])
def test_a_text_that_repeats_itself_takes_no_more_than_another(unit: str):
    text = unit * (8_000 // len(unit))
    assert [tuple(stretch) for stretch in sharing._Places(text).shared(sharing._Places(text))] == [(0, 0, len(text))]
