"""The sheet that a figure is drawn on: its units are points, from its upper left corner rightwards and downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from matplotlib.artist import Artist
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D

from weijian.amounts import tick_labels
from weijian.figures import style
from weijian.figures.lettering import Lettering, Look

_PAD = 3.5
"""Between an axis and its labels."""
Drawn = TypeVar("Drawn", bound=Artist)


class Sheet:
    """A canvas so many points high, and what is put on it."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._points = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72) + canvas.dpi_scale_trans

    def add(self, artist: Drawn) -> Drawn:
        """Put an artist on the sheet and return it."""
        artist.set_transform(self._points)
        self._canvas.add_artist(artist)
        return artist

    def write(self, x: float, y: float, text: str, size: float, **look: Any) -> Lettering:
        """Write a line at a point, in the ``Look`` that is asked for; return it."""
        return self.add(Lettering(x, y, text, Look(size, **look)))

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        """Draw a straight line."""
        self.add(Line2D(*zip(start, end, strict=True), **look))

    def arrow(self, start: tuple[float, float], end: tuple[float, float], *, zorder: float = 3, **look: Any) -> None:
        """Draw an arrow."""
        self.add(FancyArrowPatch(start, end, zorder=zorder, **look))


class Axis(NamedTuple):
    """An axis from left to right: where it begins and how long it is, in points, and the values at its ends."""

    left: float
    width: float
    limits: tuple[float, float]

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.left + self.width

    def at(self, value: float) -> float:
        """Return where a value stands."""
        low, high = self.limits
        return self.left + (value - low) / (high - low) * self.width

    def draw(self, sheet: Sheet, top: float, bottom: float, unit: str, language: str, *, whole: bool = False) -> None:
        """Draw it at the bottom of a field, with its grid and labels and without a frame; ``whole`` keeps to whole numbers."""
        places, words = self._ticks(unit, language, whole=whole)
        for place, text in zip(places, words, strict=True):
            sheet.line((self.at(place), top), (self.at(place), bottom), color=style.GRID, linewidth=0.6, zorder=0.5)
            sheet.write(self.at(place), bottom + _PAD, text, style.SMALL, color=style.PALE_INK, ha="center", va="top")
        sheet.line((self.left, bottom), (self.right, bottom), color=style.GRID, linewidth=0.8, zorder=2.5, solid_capstyle="projecting")

    def _ticks(self, unit: str, language: str, *, whole: bool) -> tuple[Sequence[float], Sequence[str]]:
        """Return places and labels: up to six, or as many as do not touch."""
        low, high = self.limits
        for most in range(4 if whole else 5, 0, -1):
            found = MaxNLocator(most, integer=whole, min_n_ticks=2).tick_values(low, high)
            places = [float(tick) for tick in found if low <= tick <= high]
            words = tick_labels(places, unit, language)
            halves = [style.text_width(text, style.SMALL) / 2 + 3 for text in words]
            apart = [(b - a) / (high - low) * self.width for a, b in pairwise(places)]
            if all(left + right <= gap for gap, left, right in zip(apart, halves, halves[1:], strict=False)):
                break
        return places, words
