"""Other tools that read numbers in Chinese text, each as a function from a text to what it reads, and how much of the labels each gets right.

JioNLP and Recognizers-Text are taken from the environment or from .cache/bench, where
`pip install --target .cache/bench jionlp recognizers-text-suite 'emoji<2'` puts them without touching the environment.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import logging
import math
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from measuring import ROOT
from weijian import extract

ELSEWHERE = ROOT / ".cache" / "bench"
WEIJIAN, SCAN, JIONLP, RECOGNIZERS = "weijian", "bare number scan", "JioNLP", "Recognizers-Text"
WHAT = {
    WEIJIAN: "every number",
    SCAN: "re.finditer of digits",
    JIONLP: "money and time",
    RECOGNIZERS: "numbers, percentages, units, currency",
}
"""What each tool is asked for: all that it has for such text."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(r"^[约近超达\d.,十百千万亿零〇一二三四五六七八九两]+")


class Value(NamedTuple):
    """A number that a tool reads: where it stands, its value or the ends of a range without sign, and its unit."""

    start: int
    end: int
    values: frozenset[float]
    unit: str


class Tool(NamedTuple):
    """A tool: what is timed, and the same with values and units where a tool gives them on request only."""

    read: Callable[[str], Any]
    values: Callable[[str], Iterable[Value]]


def tools() -> tuple[dict[str, Tool], list[str]]:
    """Return the tools by name, weijian first, and a line for each that is not installed."""
    found, missing = {WEIJIAN: Tool(extract, _own), SCAN: Tool(lambda text: list(NUMBER.finditer(text)), _scanned)}, []
    if ELSEWHERE.is_dir():
        sys.path.append(str(ELSEWHERE))
    for name, load in ((JIONLP, _jionlp), (RECOGNIZERS, _recognizers)):
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found[name] = load()
        except ImportError as error:
            missing.append(f"{name} is not installed ({error.name or error}) and left out.")
    return found, missing


def _own(text: str) -> Iterator[Value]:
    for row in extract(text):
        if row["role"] == "measure":
            yield Value(row["start"], row["end"], _values(row["value"], row["low"], row["high"]), row["unit"])


def _scanned(text: str) -> Iterator[Value]:
    return (Value(found.start(), found.end(), _values(found[0]), "") for found in NUMBER.finditer(text))


def _jionlp() -> Tool:
    entities = importlib.import_module("jionlp").ner
    logging.disable()  # it logs a traceback for each phrase that it finds, but cannot parse

    def values(text: str) -> Iterator[Value]:
        for found in entities.extract_money(text, with_parsing=True):
            said = found.get("detail") or {}
            numbers = said.get("num", ())
            start, end = found["offset"]
            yield Value(start, end, _values(*([numbers] if isinstance(numbers, str) else numbers)), said.get("case", ""))

    def read(text: str) -> object:
        return entities.extract_money(text, with_parsing=False), entities.extract_time(text, with_parsing=False)

    return Tool(read, values)


def _recognizers() -> Tool:
    number, unit = (importlib.import_module(f"recognizers_{part}") for part in ("number", "number_with_unit"))
    recognize = (number.recognize_number, number.recognize_percentage, unit.recognize_dimension, unit.recognize_currency)

    def read(text: str) -> list[Any]:
        return [found for each in recognize for found in each(text, "zh-cn")]

    def values(text: str) -> Iterator[Value]:
        for found in read(text):
            said = (found.resolution or {}).get("value") or ""
            yield Value(found.start, found.end + 1, _values(said.rstrip("%")), "%" if said.endswith("%") else _NUMERAL.sub("", found.text))

    return Tool(read, values)


def _values(*said: Any) -> frozenset[float]:
    """Return numbers without their signs: a fall by 3 % is labelled -3, which only weijian means to read."""
    found = set()
    for each in said:
        with contextlib.suppress(TypeError, ValueError):
            found.add(abs(float(each)))
    return frozenset(found)


def shares_right(found: dict[str, Tool]) -> dict[str, tuple[float, float]]:
    """Return, for each tool, the share of the labelled measures whose value, and whose value and unit, it reads."""
    texts = [json.loads(line) for name in ("development", "held_out") for line in _lines(name)]
    shares = {}
    for name, tool in found.items():
        right = [each for entry in texts for each in _right(entry["labels"], list(tool.values(entry["text"])))]
        shares[name] = (sum(value for value, _ in right) / len(right), sum(both for _, both in right) / len(right))
    return shares


def _lines(name: str) -> list[str]:
    return (ROOT / "tests/labelled" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


def _right(labels: Sequence[dict[str, Any]], read: Sequence[Value]) -> Iterator[tuple[bool, bool]]:
    """Yield for each labelled measure whether a reading there has its value, and whether one has its unit as well."""
    for label in labels:
        if label["role"] == "measure":
            wanted = _values(*(label.get(name) for name in ("value", "value_low", "value_high")))
            agree = [each for each in read if each.start < label["end"] and label["start"] < each.end and _same(each.values, wanted)]
            yield bool(agree), any(each.unit == label.get("unit", "") for each in agree)


def _same(read: frozenset[float], wanted: frozenset[float]) -> bool:
    """Say whether all that is read is wanted: of a range one end will do, a fraction may be rounded."""
    return bool(read) and all(any(math.isclose(one, other, rel_tol=2e-4) for other in wanted) for one in read)
