"""The look that all figures share: type, sizes, colours, marks; and how wide a text is, so that nothing runs over.

The type lies in ``fonts/`` and is read from there: a machine needs no Chinese font. A character that the type does not
hold is an error that names it, never a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
import seaborn as sns
from matplotlib.ft2font import FT2Font, LoadFlags

from weijian.errors import FigureError

if TYPE_CHECKING:
    import numpy as np

FONTS = Path(__file__).parents[1] / "fonts"
_FILES = {"normal": "ReportSansSC-gb2312-Regular.ttf", "bold": "ReportSansSC-gb2312-Bold.ttf"}

INK, PALE_INK, GRID, HATCH = "#1d2733", "#5b6673", "#d9dee4", "#c3cad2"
CONTEXT = "#9aa5b1"
"""Pale: what others published, and counts that must not be compared."""
BENCHMARK = "#3d4651"
SERIES = tuple(sns.color_palette("colorblind", as_cmap=False).as_hex()[index] for index in (0, 3, 2, 4))
"""One colour for each indicator of a figure, safe for colour-blind readers; its shape says the same again."""
SHAPES = ("o", "s", "^", "v")
COPY_SHAPE = "D"
"""Masked and republished copies, whatever the indicator."""

LACKING = "〓"
"""Stands for a character that the type lacks."""


class Fill(NamedTuple):
    """How a piece of a bar is filled: its ground, its hatch and the colour of that, and the ink of the letters on it."""

    face: str
    hatch: str
    lines: str
    ink: str


FILLS = (
    Fill("#1d5c8a", "", "#1d5c8a", "white"),
    Fill("#cfe1ee", "////", "#9fb9cc", INK),
    Fill("#6ea3c8", "", "#6ea3c8", INK),
    Fill("#eef4f8", "....", "#a9bccb", INK),
    Fill("#3a6d92", "xxx", "#5d8bad", "white"),
    Fill("#a9c8de", "\\\\\\", "#86abc6", INK),
)
"""Dark and pale by turns and hatched by turns: neighbours differ in grey too."""
OVERLAP = Fill("#d9dee4", "\\\\\\", "#8d98a5", INK)
"""People who are counted in other parts too."""

WIDTH = 576.0
"""Width of a figure in points (8 inches)."""
TITLE, SUBTITLE, TEXT, SMALL, NOTE = 14.0, 10.0, 9.5, 8.0, 7.5
"""Sizes of type in points."""

# Full-width marks are written as escapes: a normalising editor would make them ASCII.
_NO_LINE_START = set("\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff09\u300b\u201d\u2019\u3015\u3011%\u2026\u00b7,.;:!?)]}")
_NO_LINE_END = set("\uff08\u300a\u201c\u2018\u3014\u3010([{")
_PIECES = re.compile(r"\s+|[\x21-\x7e\u00a0-\u024f\u2013]+|.", re.DOTALL)


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside the block, whatever the notebook set outside it."""
    look = {
        **mpl.rcParamsDefault,
        "hatch.linewidth": 0.5,
        "lines.solid_capstyle": "round",
        "svg.hashsalt": "weijian",
    }
    with mpl.rc_context({name: look[name] for name in look if name not in ("backend", "interactive", "toolbar")}):
        yield


def font_file(weight: str) -> str:
    """Return the file that the type of a weight lies in."""
    return str(FONTS / _FILES[weight])  # matplotlib 3.10 takes no Path


@cache
def _font(weight: str) -> FT2Font:
    font = FT2Font(font_file(weight))
    font.set_size(100, 72)
    return font


@cache
def _known_characters() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_font(weight).get_charmap()) for weight in _FILES))


def check_glyphs(texts: Iterable[str]) -> None:
    """Raise FigureError for the first character that the type cannot draw.

    >>> check_glyphs(["签约率 ≥75%"])
    """
    for text in texts:
        for character in text:
            if ord(character) not in _known_characters():
                raise FigureError(
                    f"the type has no “{character}” (U+{ord(character):04X})",
                    where=f"the text “{text}”",
                    remedy="Write it with other characters, or add the character to the files in weijian/fonts",
                )


def drawable(text: str) -> str:
    """Return a text of a report as it can be drawn: a character that the type lacks becomes the printers' sign for that.

    >>> drawable("春\U00020bb7杯")
    '春〓杯'
    """
    return "".join(character if ord(character) in _known_characters() else LACKING for character in text)


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a line of text is, in points; raise FigureError for a character that the type does not hold."""
    check_glyphs([text])
    return size * sum(advance(character, weight) for character in text)


@cache
def advance(character: str, weight: str) -> float:
    """Return how wide a character is, as a part of the size of the type."""
    return float(_font(weight).load_char(ord(character)).linearHoriAdvance) / 65536 / 100


@cache
def outline(character: str, weight: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of the outline of a character, as parts of the size of the type, and matplotlib's codes for them."""
    font = _font(weight)
    font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    points, codes = font.get_path()
    return points / 100, codes


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into lines no wider than ``width`` points: between words, and between any two Chinese characters.

    A closing mark never begins a line, an opening one never ends it.

    >>> wrap("签约率", 20, 10)
    ['签约', '率']
    """
    lines, line = [], ""
    for piece in _unbreakable(text):
        if line and text_width((line + piece).rstrip(), size, weight) > width:
            lines.append(line.rstrip())
            line = ""
        line = (line + piece).lstrip() if not line else line + piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces that a line may break between."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and not piece.isspace() and piece[0] not in _NO_LINE_START and held[-1] not in _NO_LINE_END:
            yield held
            held = ""
        held += piece
    yield held
