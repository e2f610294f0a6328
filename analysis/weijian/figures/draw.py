"""Draw a table of marks as dots: one row a place, year and status, all indicators on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weijian.figures import captions, style
from weijian.figures.excerpt import readable
from weijian.figures.field import Field
from weijian.figures.key import entries
from weijian.figures.layout import AXIS_ROOM, lay_out
from weijian.figures.page import Page, nothing
from weijian.figures.save import Figure

if TYPE_CHECKING:
    import pandas as pd


@readable(24)
def dot_plot(marks: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None) -> Figure:
    """Return the figure of a table of marks (see ``marks``).

    ``title`` states the finding, ``subtitle`` measure, base and year; ``note`` replaces the note that the marks give.
    Of more than 24 places the first 24 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type lacks a character.
    """
    if marks.empty:
        return nothing(marks, title, subtitle, language)
    with style.house_style():
        layout, page = lay_out(marks, language), Page()
        page.head(title, subtitle)
        page.key(entries(marks, layout.indicators, language))
        page.reserve(layout.benchmark_room)
        top = page.reserve(layout.height, AXIS_ROOM)
        page.foot(captions.note(marks, language) if note is None else note)
        Field(page.spread(), layout, top, language).draw()
        alternative = captions.alternative(title, subtitle, marks, language)
        return page.finish(marks, title=title, alternative=alternative, language=language)
