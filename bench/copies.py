"""Make a corpus of any size for measuring: varied copies of the reports in data/raw, each of another place and year.

`python bench/copies.py 500 DIR`. The place's names, the years and the last digits of numbers are changed, so that no two copies say the same; the
wording, and with it the work of reading, stays that of real reports. Equal arguments make equal files.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from weijian.codebook import codebook

ROOT = Path(__file__).resolve().parents[1]
_NUMBER = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?!\d))(\d+(?:\.\d+)?)\d(?![\d.])")


def sources() -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of the manifest that name their place, each with the text of its file."""
    with (ROOT / "data/raw/manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["place_code"]:
                yield row, (ROOT / "data/raw" / row["file"]).read_text(encoding="utf-8")


def copies(count: int) -> Iterator[tuple[dict[str, str], str]]:
    """Yield rows of a manifest with texts: two documents for each place, then two of the year after."""
    places = [row for row in codebook().rows("places") if row["level"] != "province" and row["short_name"]]
    known = codebook().by_key("places")
    for number, (row, text) in enumerate(islice(cycle(list(sources())), count)):
        chance = random.Random(number)
        place, later = places[number // 2 % len(places)], number // 2 // len(places)
        own = known[row["place_code"]]
        text = text.replace(own["name"], place["name"]).replace(own["short_name"], place["short_name"])
        text = re.sub(r"20(?:19|2\d)(?=年)", lambda found, later=later: str(int(found[0]) + later), text)
        text = _NUMBER.sub(lambda found, chance=chance: f"{found[1]}{chance.randrange(10)}", text)
        file = f"{place['code']}-{number:06d}.txt"
        yield (
            {"file": file, "sha256": "", "title": "", "issuer": "", "place_code": place["code"], "place": place["name"], "tier": "mirror"},
            text,
        )


def write(count: int, folder: Path) -> None:
    """Write a corpus of so many documents."""
    raw = folder / "data/raw"
    raw.mkdir(parents=True, exist_ok=True)
    rows = []
    for row, text in copies(count):
        (raw / row["file"]).write_text(text, encoding="utf-8")
        rows.append(row | {"note": "", "rights_note": ""})
    with (raw / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
