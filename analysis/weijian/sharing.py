"""What two reports say in the same words: the longest stretches that stand in both.

In: the ``Letters`` of reports. Out: rows of ``PHRASES``. Letters, Chinese characters and digits count; marks and blanks do not, so that
a comma more or less and a line that breaks off part nothing. A stretch that stands in three documents or more is marked as common to
the genre.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from weijian.body import body_lines
from weijian.folding import narrowed
from weijian.records import Reading, Report
from weijian.schema import Column, Table
from weijian.traditional import simplified

SHORTEST, SPREAD = 12, 3
"""How many characters a stretch must have, and in how many documents it is common to the genre."""
_PARTED, _PARTED_HERE = "\n", "\r"
"""What parts the letters of a report, and what parts those that another report is looked up in: the two never agree."""
_MOST_PLACES = 64  # of a stretch that one report repeats; a text of one phrase over and over would be compared with itself
_OFFSET = "characters from the start of the text"


def _offset(name: str, description: str) -> Column:
    return Column(name, description, type="integer", required=True, unit=_OFFSET)


PHRASES = Table(
    "phrases",
    "Phrases: the longest stretches of text that two reports share",
    (
        Column("left_report", "the report whose key comes first", required=True, refers="reports"),
        Column("right_report", "the other report", required=True, refers="reports"),
        _offset("left_start", "where it begins in the text of the left report's document"),
        _offset("left_end", "where it ends there, not included"),
        _offset("right_start", "where it first begins in the text of the right report's document"),
        _offset("right_end", "where it ends there, not included"),
        Column("characters", "how long it is without marks and blanks", type="integer", required=True, unit="characters"),
        Column("documents", "how many documents hold it", type="integer", required=True, unit="documents"),
        Column("spread", "common when three documents or more hold it: a slogan of the genre; else pair", required=True, words="spread"),
        Column("text", "the characters of the left text from left_start to left_end", required=True, verbatim=True),
    ),
    ("left_report", "right_report", "left_start", "left_end"),
)


@dataclass(frozen=True, slots=True)
class Letters:
    """A report's letters and the offset of each in ``text``; a line end stands where page furniture parts them."""

    report: Report
    text: str
    letters: str
    offsets: Sequence[int]


class _Stretch(NamedTuple):
    """Where a stretch begins among the left letters and among the right ones, and how many letters it has."""

    left: int
    right: int
    length: int


def letters(reading: Reading) -> list[Letters]:
    """Return the letters of each report of a document."""
    text = narrowed(simplified(reading.document.text))
    return [_letters(text, reading, report) for report in reading.reports]


def shared_phrases(bodies: Sequence[Letters], asked: Callable[[Report, Report], bool] = lambda left, right: True) -> list[dict[str, Any]]:
    """Return rows of ``PHRASES`` for every two reports that are asked for, those of one document too, in the order of their keys.

    A stretch has 12 characters or more, cannot be made longer on either side, and lies inside no other of the same two reports. Where
    the right report holds it several times, the first place is given. ``asked`` is handed two reports in the order of their keys;
    ``documents`` counts those of all ``bodies``. Linear in the texts for every two of them.

    >>> from weijian.reading import read
    >>> texts = ["临江市2023年工作总结\\n坚持预防为主、防治结合、群防群控的方针。", "临海市2023年工作要点\\n坚持预防为主防治结合,群防群控。"]
    >>> both = [each for at, text in enumerate(texts) for each in letters(read(text, str(at)))]
    >>> [(row["text"], row["characters"], row["spread"]) for row in shared_phrases(both)]
    [('坚持预防为主、防治结合、群防群控', 14, 'pair')]
    """
    bodies = sorted(bodies, key=lambda body: body.report.key)
    pairs = [(left, right) for left, right in combinations(bodies, 2) if asked(left.report, right.report)]
    places = {key: _Places(letters) for key, letters in {each.report.key: each.letters for pair in pairs for each in pair}.items()}
    found = [(left, right, each) for left, right in pairs for each in places[right.report.key].shared(places[left.report.key])]
    found.sort(key=lambda each: (each[0].report.key, each[1].report.key, each[2]))
    return [_row(left, right, stretch, _holders(left.letters[stretch.left :][: stretch.length], bodies)) for left, right, stretch in found]


def _letters(text: str, reading: Reading, report: Report) -> Letters:
    offsets, found = array("I"), list[str]()
    for line, cut in body_lines(text, reading, report):
        if cut:
            offsets.append(line.start)
            found.append(_PARTED)
        for at, character in enumerate(line.text, start=line.start):
            if character.isalnum():
                offsets.append(at)
                found.append(character)
    return Letters(report, reading.document.text, "".join(found), offsets)


class _Places:
    """Where every stretch of the shortest length that counts stands in a text, but for those that something parts."""

    def __init__(self, text: str) -> None:
        self._text, self._looked_up = text, text.replace(_PARTED, _PARTED_HERE)
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}
        for at in range(len(text) - SHORTEST + 1):
            stretch = text[at : at + SHORTEST]
            if self._first.setdefault(stretch, at) != at:
                self._more.setdefault(stretch, []).append(at)
        for stretch in [stretch for stretch in self._first if _PARTED in stretch] if _PARTED in text else ():
            del self._first[stretch]

    def shared(self, other: _Places) -> Iterator[_Stretch]:
        """Yield the stretches of another text that stand in this one, each as long as can be, in order."""
        done = 0
        for at in sorted(at for stretch in other._first.keys() & self._first.keys() for at in other._standing(stretch)):
            if at >= done:
                longest = self._longest(other._text, at)
                yield longest
                done = self._following(other._text, at + longest.length)

    def _longest(self, text: str, at: int) -> _Stretch:
        """Return the longest stretch from a position of the other text on, where it stands first in this one."""
        found = [_Stretch(at, place, _alike(text[at:], self._looked_up[place:])) for place in self._known(text, at)]
        return max(found, key=lambda stretch: stretch.length)

    def _following(self, text: str, end: int) -> int:
        """Return where the next stretch may begin: all that reach beyond the end of the last one hold its last letters and one more."""
        last = end + 1 - SHORTEST
        before = [_alike(text[:last][::-1], self._looked_up[:place][::-1]) for place in self._known(text, last)]
        return last - max(before) if before else last + 1

    def _known(self, text: str, at: int) -> Sequence[int]:
        """Return the first places of the stretch that stands in another text from a position on."""
        return self._standing(text[at : at + SHORTEST])[:_MOST_PLACES]

    def _standing(self, stretch: str) -> Sequence[int]:
        return (self._first[stretch], *self._more.get(stretch, ())) if stretch in self._first else ()


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    length, step = 0, 1
    while one[length : length + step] == other[length : length + step] and length + step <= min(len(one), len(other)):
        length, step = length + step, 2 * step
    while step := step // 2:
        if one[length : length + step] == other[length : length + step] and length + step <= min(len(one), len(other)):
            length += step
    return length


def _holders(letters: str, bodies: Sequence[Letters]) -> int:
    """Return how many documents hold a stretch."""
    return len({body.report.document for body in bodies if letters in body.letters})


def _row(left: Letters, right: Letters, stretch: _Stretch, documents: int) -> dict[str, Any]:
    start, end = _span(left, stretch.left, stretch.length)
    right_start, right_end = _span(right, stretch.right, stretch.length)
    return {
        "left_report": left.report.key, "right_report": right.report.key, "left_start": start, "left_end": end, "right_start": right_start,
        "right_end": right_end, "characters": stretch.length, "documents": documents, "spread": "common" if documents >= SPREAD else "pair",
        "text": left.text[start:end],
    }  # fmt: skip


def _span(body: Letters, at: int, length: int) -> tuple[int, int]:
    """Return the offsets in the document's text of a stretch of letters."""
    return body.offsets[at], body.offsets[at + length - 1] + 1
