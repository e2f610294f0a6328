"""Whether the texts of a drawn figure can be read: none beyond the margins, none in another."""

from __future__ import annotations

from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg

from weijian.figures import style
from weijian.figures.layout import MARGIN
from weijian.figures.lettering import Lettering


def texts_of(canvas: Any) -> list[str]:
    """Return every text of a drawn figure."""
    return [artist.get_text() for artist in canvas.findobj(Lettering)]


def text_boxes(canvas: Any) -> list[tuple[str, Any]]:
    """Return every text that is shown, with its box in pixels."""
    with style.house_style():
        renderer = FigureCanvasAgg(canvas).get_renderer()
        found = [artist for artist in canvas.findobj(Lettering) if artist.get_text().strip()]
        return [(artist.get_text(), artist.get_window_extent(renderer)) for artist in found]


def assert_legible(canvas: Any) -> None:
    """Fail, naming the text, when one runs over the margins or into another."""
    boxes = text_boxes(canvas)
    margin = (MARGIN - 3) * canvas.dpi / 72
    for text, box in boxes:
        assert box.x0 >= margin and box.x1 <= canvas.bbox.width - margin and box.y0 >= 0 and box.y1 <= canvas.bbox.height, text
    edges = sorted((box.y0 + 1.5, box.y1 - 1.5, box.x0 + 1.5, box.x1 - 1.5, text) for text, box in boxes)
    for number, (_, top, left, right, text) in enumerate(edges):
        for bottom, _, start, end, other in edges[number + 1 :]:
            if bottom >= top:
                break
            assert end <= left or right <= start, (text, other)
