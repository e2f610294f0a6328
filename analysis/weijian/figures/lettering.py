"""A line of letters on a sheet, as wide as it was measured when the figure was laid out.

In a picture its outlines are filled like any other shape, so that no library lays out the letters a second time, and every version of
one draws the same. In an SVG each glyph stands once, and matplotlib sets them; it does so alike because the type has no kerning.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, BboxTransformTo, Transform

from weijian.figures import style

_MIDDLE, _TOP = 0.375, 0.98
"""How far the letters' foot lies below their middle and below the top of their line, as parts of the size of the type."""
_ABOVE, _BELOW = 0.88, 0.24
"""How far letters reach above and below their foot."""
_GROUND = 0.6
"""Half the height of the ground that is cleared for a line."""
_ALONG = {"left": 0.0, "center": 0.5, "right": 1.0}


class Look(NamedTuple):
    """How letters stand: their size in points, weight and colour; with which end, and with which height, they stand at their point;
    whether they run upwards; and the colour of the ground that is cleared for them."""

    size: float
    weight: str = "normal"
    color: str = style.INK
    ha: str = "left"
    va: str = "middle"
    upright: bool = False
    ground: str = ""


class Lettering(Artist):
    """A line of letters at a point of the sheet."""

    def __init__(self, x: float, y: float, text: str, look: Look) -> None:
        super().__init__()
        self.zorder = 3
        self._text, self._look = text, look
        self._width = style.text_width(text, look.size, look.weight)
        along, across = _ALONG[look.ha] * self._width, look.size * (_TOP if look.va == "top" else _MIDDLE)
        self._foot = (x + across, y + along) if look.upright else (x - along, y + across)

    def get_text(self) -> str:
        """Return the letters."""
        return self._text

    def get_window_extent(self, renderer: object = None) -> Bbox:
        """Return the box of the letters in pixels."""
        return self._box(_ABOVE, _BELOW)

    def _box(self, above: float, below: float, margin: float = 0.0) -> Bbox:
        """Return a box in pixels, from so many parts of the size above the letters' foot to so many below it, and a margin in points."""
        (x, y), up, down = self._foot, above * self._look.size + margin, below * self._look.size + margin
        start, end = -margin, self._width + margin
        corners = [(x - up, y - start), (x + down, y - end)] if self._look.upright else [(x + start, y + down), (x + end, y - up)]
        return Bbox(self.get_transform().transform(corners))

    def draw(self, renderer: Any) -> None:
        """Draw the letters, on cleared ground where they ask for it."""
        if not self._text:
            return
        renderer.open_group("text", self.get_gid())
        if self._look.ground:
            ground = self._box(_GROUND + _MIDDLE, _GROUND - _MIDDLE, margin=1.0)
            self._fill(renderer, Path.unit_rectangle(), BboxTransformTo(ground), self._look.ground)
        x, y = self.get_transform().transform(self._foot)
        angle = 90 if self._look.upright else 0
        if isinstance(renderer, RendererAgg):
            scale = renderer.points_to_pixels(self._look.size)
            placed = Affine2D().scale(scale).rotate_deg(angle).translate(x, y)
            self._fill(renderer, _outline(self._text, self._look.weight), placed, self._look.color)
        else:
            gc = renderer.new_gc()
            gc.set_foreground(self._look.color)
            gc.set_url(self.get_url())
            y = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
            renderer.draw_text(gc, x, y, self._text, _type(self._look.size, self._look.weight), angle)
            gc.restore()
        renderer.close_group("text")

    @staticmethod
    def _fill(renderer: Any, path: Path, placed: Transform, colour: str) -> None:
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        gc.set_snap(False)
        renderer.draw_path(gc, path, placed, to_rgba(colour))
        gc.restore()


def _outline(text: str, weight: str) -> Path:
    """Return the outline of a line of letters whose type is 1 high, from its foot."""
    vertices, codes, x = [], [], 0.0
    for character in text:
        points, kinds = style.outline(character, weight)
        vertices.append(np.add(points, (x, 0.0)))
        codes.append(kinds)
        x += style.advance(character, weight)
    return Path(np.concatenate(vertices), np.concatenate(codes))


@cache
def _type(size: float, weight: str) -> FontProperties:
    return FontProperties(fname=style.font_file(weight), size=size)
