"""Make a corpus of any size for measuring: varied copies of the reports in data/raw, each of another place or year.

    python bench/copies.py 500 DIR

Every place has ten documents of five years, two a year, before the next place follows. Names of places, years and the figures that are
measured are changed, dates and the numbers of headings are not, so that no two copies say the same; the wording, and with it the work
of reading, stays that of real reports. Equal arguments make equal files, and a smaller corpus is the beginning of a larger one.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from weijian import extract
from weijian.codebook import codebook
from weijian.schema import Row

ROOT = Path(__file__).resolve().parents[1]
FIRST, YEARS = 2019, 5
"""The first year of the copies, and how many years each place has documents of."""
_LAST = re.compile(r"\d(?=\D*\Z)")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")


@dataclass(frozen=True)
class Source:
    """A report to be copied: its row of the manifest, the parts of its text, and the year that it reports on or plans for.

    What stands at odd places of ``parts`` is changed in a copy: names of places, years and measured figures.
    """

    row: Row
    parts: Sequence[str]
    year: int


@cache
def sources() -> tuple[Source, ...]:
    """Return the reports of data/raw that name their place."""
    with (ROOT / "data/raw/manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place_code"]]
    return tuple(_source(row) for row in rows)


def _source(row: Row) -> Source:
    text = (ROOT / "data/raw" / row["file"]).read_text(encoding="utf-8")
    spans = {(found["start"], found["end"]) for found in extract(text) if found["role"] == "measure"}
    spans |= {found.span() for pattern in (_YEAR, re.compile("|".join(_names(row["place_code"])))) for found in pattern.finditer(text)}
    parts, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            parts += [text[end:start], text[start:stop]]
            end = stop
    return Source(row, (*parts, text[end:]), int(row["file"].split("-")[1]))


def _names(code: str) -> list[str]:
    """Return the name and the short name of a place, then those of what it is part of, empty where it is part of nothing."""
    known = codebook().by_key("places")
    above = known.get(known[code]["parent"], {})
    names = [known[code]["name"], known[code]["short_name"], above.get("name", ""), above.get("short_name", "")]
    return names if above else names[:2]


def copies(count: int) -> Iterator[tuple[dict[str, str], str]]:
    """Yield rows of a manifest with texts, place by place and year by year."""
    return islice(_copies(), count)


def _copies() -> Iterator[tuple[dict[str, str], str]]:
    places = [row for row in codebook().rows("places") if row["level"] != "province" and row["short_name"] and not row["valid_to"]]
    originals = sources()
    for place in places:
        for number in range(2 * YEARS):
            source = originals[number % len(originals)]
            year = FIRST + number // 2
            file = f"{place['code']}-{year}-{number % 2 + 1}.txt"
            row = {"file": file, "sha256": "", "title": "", "issuer": "", "place_code": place["code"], "place": place["name"]}
            yield row | {"tier": "mirror", "note": "", "rights_note": ""}, _copy(source, place["code"], year - source.year, file)


def _copy(source: Source, code: str, later: int, seed: str) -> str:
    """Return the text of a source as one of another place, so many years later."""
    chance = random.Random(seed)
    names = dict(zip(_names(source.row["place_code"]), [*_names(code), "", ""], strict=False))
    parts = list(source.parts)
    for at in range(1, len(parts), 2):
        part = parts[at]
        parts[at] = names[part] if part in names else str(int(part) + later) if _YEAR.fullmatch(part) else _other(part, chance)
    return "".join(parts)


def _other(figure: str, chance: random.Random) -> str:
    """Return a figure with another last digit, never 0, so that what is counted is there; one in characters stays."""
    return _LAST.sub(str(chance.randrange(1, 10)), figure)


def write(count: int, folder: Path) -> None:
    """Write a corpus of so many documents."""
    raw = folder / "data/raw"
    raw.mkdir(parents=True, exist_ok=True)
    rows = []
    for row, text in copies(count):
        (raw / row["file"]).write_text(text, encoding="utf-8", newline="")
        rows.append(row)
    with (raw / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
