"""How far the reading agrees with labelled texts.

    python tests/labelled/accuracy.py                     the two sets of this folder
    python tests/labelled/accuracy.py --misses 20 SET …   also where they part; SET is a .jsonl file like those
                                                          here, or a folder of NAME.txt beside NAME.gold.jsonl

Every label has to lie in a mention, every labelled measure has to be read, and what is read has to say the same.
README.md tells what the labels mean and why the misses of the held-out set are never listed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from weijian import extract

HERE = Path(__file__).parent
DEVELOPMENT, HELD_OUT = "development", "held_out"
SETS = (HERE / f"{DEVELOPMENT}.jsonl", HERE / f"{HELD_OUT}.jsonl")
FIGURES = (
    "measure_f1", "value_accuracy", "bound_accuracy", "unit_accuracy", "kind_accuracy", "status_accuracy", "period_accuracy",
    "whole_reading", "subject_overlap_half", "theme_f1", "indicator_f1", "indicator_precision", "indicator_recall",
    "ledger_coverage", "offsets_exact", "bound_when_not_exact", "kind_when_not_level", "status_when_not_actual",
)  # fmt: skip
CODES = frozenset((HERE / "codes.txt").read_text(encoding="utf-8").split())  # any other indicator is neither right nor wrong
PLAIN = {"bound": "=", "kind": "level", "status": "actual"}
ABSENT = {**PLAIN, "unit": "", "period": "", "subject": "", "indicator": "", "theme": []}
TELLING = {"bound": "bound_when_not_exact", "kind": "kind_when_not_level", "status": "status_when_not_actual"}
Record = dict[str, Any]  # a label, or a mention as `extract` gives it


@dataclass(frozen=True)
class Text:
    """A text with its labels, of which only the stretch from ``first`` to ``last`` carries any."""

    name: str
    text: str
    labels: Sequence[Record]
    first: int
    last: int


@dataclass
class Score:
    """How often each figure was right, out of how many, and the notes on where it was not."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, figure: str, right: bool, note: str = "") -> None:
        """Count one comparison."""
        self.total[figure] += 1
        self.right[figure] += right
        if not right:
            self.misses[figure].append(note)

    def figure(self, name: str) -> float:
        """Return a share between 0 and 1, or an F1 from precision and recall; nan when nothing was compared."""
        if not name.endswith("_f1"):
            return self.right[name] / self.total[name] if self.total[name] else math.nan
        stem = name.removesuffix("_f1")
        parts = [(self.right[f"{stem}_{part}"], self.total[f"{stem}_{part}"]) for part in ("precision", "recall")]
        precision, recall = (right / max(total, 1) for right, total in parts)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def add(self, other: Score) -> None:
        """Take up what another score has counted."""
        self.right.update(other.right)
        self.total.update(other.total)
        for figure, notes in other.misses.items():
            self.misses[figure] += notes


def texts_of(source: Path) -> Iterator[Text]:
    """Yield the labelled texts of a .jsonl file or of a folder."""
    if source.is_dir():
        for path in sorted(source.glob("*.gold.jsonl")):
            name = path.name.removesuffix(".gold.jsonl")
            text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
            labels = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
            yield _text(name, text, labels)
        return
    for line in source.read_text(encoding="utf-8").split("\n"):
        if line:
            entry = json.loads(line)
            yield _text(entry["id"], entry["text"], entry["labels"])


def _text(name: str, text: str, labels: list[Record]) -> Text:
    first, last = labels.pop(0)["labelled"] if labels and "labelled" in labels[0] else (0, len(text))
    return Text(name, text, [{**ABSENT, **label} for label in labels], first, last)


def score(texts: Iterable[Text]) -> Score:
    """Read texts and compare what comes out with their labels."""
    found = Score()
    for text in texts:
        rows = [row for row in extract(text.text) if text.first <= row["start"] < text.last]
        _compare(text, rows, found)
    return found


def _compare(text: Text, rows: Sequence[Record], found: Score) -> None:
    readers = _readers(text, rows, found)
    owner: dict[int, Record] = {}  # each row reads at most one measure, the first one that it covers
    for label in text.labels:
        row = readers.get(label["start"])
        if row and label["role"] == "measure":
            owner.setdefault(id(row), label)
    for label in text.labels:
        row, note = readers.get(label["start"]), _note(text, label)
        found.count("ledger_coverage", row is not None, note)
        if label["role"] == "measure":
            _measure(label, row, bool(row) and owner[id(row)] is label, note, found)
        elif row and row["role"] == "measure" and id(row) not in owner and label["role"] != "range_end":
            found.count("measure_precision", False, f"{note} is {label['role']}, read as a measure")
    met = {id(readers[label["start"]]) for label in text.labels if label["start"] in readers}
    for row in rows:  # not every numeral in characters has a label, but all digits have
        if row["role"] == "measure" and id(row) not in met and any(map(str.isdigit, row["surface"])):
            found.count("measure_precision", False, f"{text.name}@{row['start']} {row['surface']} is read, but not labelled")


def _readers(text: Text, rows: Sequence[Record], found: Score) -> dict[int, Record]:
    """Return for each position the mention that reads it, the shortest where several do."""
    readers: dict[int, Record] = {}
    for row in rows:
        start, end = row["start"], row["end"]
        found.count("offsets_exact", start >= 0 and text.text[start:end] == row["surface"] != "", f"{text.name}@{start}")
        for position in range(start, end):
            held = readers.get(position)
            if held is None or end - start < held["end"] - held["start"]:
                readers[position] = row
    return readers


def _note(text: Text, label: Record) -> str:
    start, end = label["start"], label["end"]
    before, after = text.text[max(0, start - 18) : start], text.text[end : end + 12]
    return f"{text.name}@{start} {before}【{label['surface']}】{after}".replace("\n", "⏎")


def _measure(label: Record, row: Record | None, owned: bool, note: str, found: Score) -> None:
    read = owned and row is not None and row["role"] == "measure"
    found.count("measure_recall", read, f"{note} is read as {row['role'] if row else 'nothing'}")
    if row is None or not read:
        found.count("whole_reading", False, f"{note} all")
        return
    found.count("measure_precision", True)
    agrees = {
        "value": _same_value(label, row),
        "unit": label["unit"] == row["unit"],
        **{name: label[name] == row[name] for name in PLAIN},
    }
    for name, right in agrees.items():
        wrong = f"{note} {name} {_said(label, name)}, read {_said(row, name)}"
        found.count(f"{name}_accuracy", right, wrong)
        if name in PLAIN and label[name] != PLAIN[name]:
            found.count(TELLING[name], right, wrong)
    found.count("whole_reading", all(agrees.values()), f"{note} {[name for name, right in agrees.items() if not right]}")
    if label["period"]:  # else the text does not say
        years = (str(of["period"]).removeprefix("end-") for of in (label, row))
        found.count("period_accuracy", len(set(years)) == 1, f"{note} period {label['period']}, read {row['period']}")
    alike = likeness(label["subject"], row["subject"]) >= 0.5
    found.count("subject_overlap_half", alike, f"{note} subject {label['subject']}, read {row['subject']}")
    _classes(label, row, note, found)


def _classes(label: Record, row: Record, note: str, found: Score) -> None:
    """Compare themes and indicator, which may be missing on either side."""
    for theme in row["themes"]:
        found.count("theme_precision", theme in label["theme"], f"{note} is not {theme}")
    for theme in label["theme"]:
        found.count("theme_recall", theme in row["themes"], f"{note} is {theme}")
    code = row["indicator"] if row["indicator"] in CODES else ""
    right = code == label["indicator"]
    if label["indicator"]:
        found.count("indicator_recall", right, f"{note} is {label['indicator']}, read {code or 'none'}")
    if code:
        found.count("indicator_precision", right, f"{note} is {label['indicator'] or 'none'}, read {code}")


def _said(of: Mapping[str, Any], name: str) -> Any:
    ends = ("value", "value_low", "value_high", "low", "high")
    return of[name] if name != "value" else [of[end] for end in ends if of.get(end) is not None]


def _same_value(label: Record, row: Record) -> bool:
    if "value_low" in label or "value_high" in label:
        return _same(label.get("value_low"), row["low"]) and _same(label.get("value_high"), row["high"])
    return _same(label.get("value"), row["value"])


def _same(said: float | None, read: float | None) -> bool:
    """Say whether two numbers are one; a fraction may be rounded (三分之一 is 33.33)."""
    if said is None or read is None:
        return said is read
    return math.isclose(said, read, rel_tol=2e-4 if said % 1 else 1e-9, abs_tol=1e-9)


def likeness(one: str, other: str) -> float:
    """Return how much two phrases share, 0 to 1: the F1 of their pairs of neighbouring characters."""
    if not one or not other:
        return float(one == other)
    pairs, others = _pairs(one), _pairs(other)
    return 2 * (pairs & others).total() / (pairs.total() + others.total())


def _pairs(phrase: str) -> Counter[str]:
    bare = "".join(filter(str.isalnum, phrase))
    return Counter(map("".join, pairwise(bare))) or Counter([bare])


def print_table(scores: Mapping[str, Score]) -> None:
    """Print the figures of several sets side by side."""
    print(f"{'':24}" + "".join(f"{name[:24]:>26}" for name in scores))
    for figure in FIGURES:
        cells = (f"{found.figure(figure):>12.4f}{found.right[figure]:>7}/{found.total[figure]:<6}" for found in scores.values())
        print(f"{figure:24}" + "".join(cells).replace("0/0  ", " " * 5))


def main() -> None:
    """Print the table, and the misses by kind when they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, default=SETS, metavar="SET")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N of each kind")
    options = parser.parse_args()
    scores, together = {source.stem: score(texts_of(source)) for source in options.sets}, Score()
    for name, found in scores.items():
        if not found.total:
            sys.exit(f"no labelled texts in {name}")
        if name == HELD_OUT:
            found.misses.clear()  # whoever reads them can no longer be surprised by them
        together.add(found)
    print_table({**scores, "together": together} if len(scores) > 1 else scores)
    for figure, notes in sorted(together.misses.items()) if options.misses else ():
        print("\n".join([f"\n## {figure}: {len(notes)}", *notes[: options.misses]]))


if __name__ == "__main__":
    main()
