"""What two reports say in the same words: the longest stretches that stand in both.

In: readings. Out: rows of ``PHRASES``. Letters, Chinese characters and digits count; marks and blanks do not, so that a comma more or
less and a line that breaks off part nothing. A stretch that stands in three documents or more is marked as common to the genre.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from weijian.body import body_lines
from weijian.folding import narrowed
from weijian.records import Reading, Report
from weijian.schema import Column, Table
from weijian.traditional import simplified

SHORTEST, SPREAD = 12, 3
"""How many characters a stretch must have, and in how many documents it is common to the genre."""
_PARTED = "\n"
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


@dataclass(frozen=True)
class _Letters:
    """A report's letters and the offset of each; a line end stands where page furniture parts them."""

    report: Report
    text: str
    letters: str
    offsets: Sequence[int]


class _Stretch(NamedTuple):
    """Where a stretch begins among the left letters and among the right ones, and how many letters it has."""

    left: int
    right: int
    length: int


def shared_phrases(readings: Iterable[Reading]) -> list[dict[str, Any]]:
    """Return rows of ``PHRASES`` for every two reports, those of one document too, in the order of their keys and of the left text.

    A stretch has 12 characters or more, cannot be made longer on either side, and lies inside no other of the same two reports. Where
    the right report holds it several times, the first place is given. Linear in the texts for every two of them.

    >>> from weijian.reading import read
    >>> texts = ["临江市2023年工作总结\\n坚持预防为主、防治结合、群防群控的方针。", "临海市2023年工作要点\\n坚持预防为主防治结合,群防群控。"]
    >>> [(row["text"], row["characters"], row["spread"]) for row in shared_phrases(read(text, str(at)) for at, text in enumerate(texts))]
    [('坚持预防为主、防治结合、群防群控', 14, 'pair')]
    """
    bodies = sorted((body for reading in readings for body in _letters(reading)), key=lambda body: body.report.key)
    found: list[tuple[_Letters, _Letters, _Stretch]] = []
    for number, right in enumerate(bodies):
        known = _Automaton(right.letters) if number else None
        found += [(left, right, stretch) for left in bodies[:number] if known for stretch in known.shared(left.letters)]
    found.sort(key=lambda each: (each[0].report.key, each[1].report.key, each[2]))
    return [_row(left, right, stretch, _holders(left.letters[stretch.left :][: stretch.length], bodies)) for left, right, stretch in found]


def _letters(reading: Reading) -> Iterator[_Letters]:
    text = narrowed(simplified(reading.document.text))
    for report in reading.reports:
        offsets: list[int] = []
        letters: list[str] = []
        for line, cut in body_lines(text, reading, report):
            if cut:
                offsets.append(line.start)
                letters.append(_PARTED)
            for at, character in enumerate(line.text, start=line.start):
                if character.isalnum():
                    offsets.append(at)
                    letters.append(character)
        yield _Letters(report, reading.document.text, "".join(letters), offsets)


class _Automaton:
    """The suffix automaton of a text: it knows every stretch of it and where each ends first (Blumer et al. 1985)."""

    def __init__(self, text: str) -> None:
        self._steps: list[dict[str, int]] = [{}]
        self._links, self._lengths, self._ends = [-1], [0], [0]
        last = 0
        for character in text:
            last = self._grown(last, character)

    def shared(self, text: str) -> Iterator[_Stretch]:
        """Yield the stretches of another text that stand in this one, each as long as can be, in order."""
        steps, links, lengths = self._steps, self._links, self._lengths
        state = length = 0
        for at, character in enumerate(text + _PARTED):
            following = steps[state].get(character) if character != _PARTED else None
            if following is None:
                if length >= SHORTEST:
                    yield _Stretch(at - length, self._ends[state] - length, length)
                if character == _PARTED:
                    state = length = 0
                    continue
                while state and character not in steps[state]:
                    state = links[state]
                    length = lengths[state]
                following = steps[state].get(character)
            state, length = (0, 0) if following is None else (following, length + 1)

    def _grown(self, last: int, character: str) -> int:
        """Add a character behind the state of the whole text, and return the new one."""
        new = self._added({}, self._lengths[last] + 1, self._lengths[last] + 1)
        state = last
        while state >= 0 and character not in self._steps[state]:
            self._steps[state][character] = new
            state = self._links[state]
        self._links[new] = self._parent(state, character) if state >= 0 else 0
        return new

    def _parent(self, state: int, character: str) -> int:
        """Return the state that a new one follows: the one a step away, or a copy of it where that is of longer stretches."""
        following = self._steps[state][character]
        if self._lengths[following] == self._lengths[state] + 1:
            return following
        copy = self._added(dict(self._steps[following]), self._lengths[state] + 1, self._ends[following])
        self._links[copy], self._links[following] = self._links[following], copy
        while state >= 0 and self._steps[state].get(character) == following:
            self._steps[state][character] = copy
            state = self._links[state]
        return copy

    def _added(self, steps: dict[str, int], length: int, end: int) -> int:
        self._steps.append(steps)
        self._links.append(-1)
        self._lengths.append(length)
        self._ends.append(end)
        return len(self._steps) - 1


def _holders(letters: str, bodies: Sequence[_Letters]) -> int:
    """Return how many documents hold a stretch."""
    return len({body.report.document for body in bodies if letters in body.letters})


def _row(left: _Letters, right: _Letters, stretch: _Stretch, documents: int) -> dict[str, Any]:
    start, end = _span(left, stretch.left, stretch.length)
    right_start, right_end = _span(right, stretch.right, stretch.length)
    return {
        "left_report": left.report.key, "right_report": right.report.key, "left_start": start, "left_end": end, "right_start": right_start,
        "right_end": right_end, "characters": stretch.length, "documents": documents, "spread": "common" if documents >= SPREAD else "pair",
        "text": left.text[start:end],
    }  # fmt: skip


def _span(body: _Letters, at: int, length: int) -> tuple[int, int]:
    """Return the offsets in the document's text of a stretch of letters."""
    return body.offsets[at], body.offsets[at + length - 1] + 1
