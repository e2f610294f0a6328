"""What asks quickly whether a pattern occurs says the same as the pattern itself."""

import re
from pathlib import Path

import pytest

from weijian.codebook import codebook
from weijian.cues import cues
from weijian.finding import beginnings, endings, finder

LINES = [line for path in sorted(Path(__file__).parents[2].glob("data/raw/*.txt")) for line in path.read_text("utf-8").splitlines() if line]
FOCUSES = sorted({row["focus"] for row in codebook().rows("rules")})
USES = sorted({row["use"] for row in codebook().rows("cues")})


@pytest.mark.parametrize("pattern", [*FOCUSES, *map(cues, USES)])
def test_a_finder_finds_the_place_that_its_pattern_finds(pattern: str):
    quick, plain = finder(pattern), re.compile(pattern)
    for line in LINES:
        said, meant = quick.search(line), plain.search(line)
        assert (said and said.start()) == (meant and meant.start())


@pytest.mark.parametrize("pattern", [*map(cues, USES)])
def test_a_match_begins_and_ends_with_a_character_of_the_edges(pattern: str):
    try:
        first, last = beginnings(pattern), endings(pattern)
    except ValueError:
        return  # it can end with any character
    for line in LINES:
        for found in re.finditer(pattern, line):
            assert (found.group()[0] in first, found.group()[-1] in last) == (True, True)


@pytest.mark.parametrize("pattern", [".签约", "[^,]?约", r"\d+人", "约?", "(?:约|)"])
def test_edges_that_may_be_any_character_or_none_are_refused(pattern: str):
    with pytest.raises(ValueError, match="match"):
        beginnings(pattern)
