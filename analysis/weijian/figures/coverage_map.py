"""Draw what was told and what was not: a row for each indicator, a column for each place and year, a sign in each cell.

A value is dark with a dot; each reason for its absence has a shade, a hatch and a letter of its own, so that grey paper tells
them apart. Indicators that no report tells of are counted in the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weijian.amounts import Row
from weijian.codebook import codebook
from weijian.figures import captions, pens, style
from weijian.figures.cells import NO_DOCUMENT, ROW, Column, Grid, Place, lay_out_cells, year_of
from weijian.figures.excerpt import readable
from weijian.figures.key import BOX, Entry
from weijian.figures.layout import LEADING, MARGIN
from weijian.figures.page import Page, nothing
from weijian.figures.save import Figure
from weijian.figures.sheet import Sheet
from weijian.frames import as_rows
from weijian.words import heading, indicator_name, place_name, signs, word

if TYPE_CHECKING:
    import pandas as pd

_VALUE = Entry(BOX, "", "#1d5c8a", letter="●", ink="white")
_LOOKS = {
    "not_mentioned": Entry(BOX, "", "#f4f6f8", letter="–", ink=style.PALE_INK),
    "target_only": Entry(BOX, "", "#cfe1ee", letter="○"),
    "part_of_place_only": Entry(BOX, "", "#dfe9d8", letter="/", hatch="...."),
    "other_definition": Entry(BOX, "", "#f3e2c7", letter="≠", hatch="////"),
    "part_of_year_only": Entry(BOX, "", "#fbe6cf", letter="◇", hatch="...."),
    "other_stage": Entry(BOX, "", "#fbe6cf", letter="△", hatch="...."),
    "unreadable": Entry(BOX, "", "#ecd9e4", letter="?", hatch="xxxx"),
    NO_DOCUMENT: Entry(BOX, "", "#d3d8de", letter="×", ink=style.PALE_INK),
}
"""How the cells of each reason look; the words for the reasons stand in the codebook."""


@readable(10)
def coverage_map(cells: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None) -> Figure:
    """Return the figure of what the reports tell of each indicator.

    ``cells`` has a row for each place, year and indicator: place_key, place_code, place, year, indicator, theme, reason (empty
    where there is a value), observations (how many values), observation. Places and years stand in the order of the table.
    Of more than 10 places the first 10 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type lacks a character.
    """
    if cells.empty:
        return nothing(cells, title, subtitle, language)
    with style.house_style():
        grid, page, records = lay_out_cells(cells, language), Page(), as_rows(cells)
        page.head(title, subtitle)
        page.key(_key(records, language))
        top = page.reserve(grid.head) + grid.head
        page.reserve(grid.height, 6)
        page.foot(_note(grid, language) if note is None else note)
        sheet = page.spread()
        _draw_heads(sheet, grid, top)
        _draw_rows(sheet, grid, top, {(row["place_key"], year_of(row, language), row["indicator"]): row for row in records})
        alternative = captions.sentences([title, subtitle, *_in_words(records, grid, language)], language)
        return page.finish(cells, title=title, alternative=alternative, language=language)


def _key(records: list[Row], language: str) -> list[Entry]:
    """Return the entries of the reasons that occur, in the order of the codebook."""
    found = {row["reason"] for row in records}
    several = any(_count(row) > 1 for row in records)
    entries = [_VALUE._replace(text=heading("value_key" if several else "has_value", language))] if "" in found else []
    return entries + [_LOOKS[code]._replace(text=word("reason", code, language)) for code in codebook().words("reason") if code in found]


def _count(row: Row) -> int:
    return int(row["observations"]) if row["observations"] == row["observations"] else 0


def _draw_heads(sheet: Sheet, grid: Grid, top: float) -> None:
    """Write places and years above their columns, and a line below each place."""
    line = top - grid.years_room
    for place in grid.places:
        _write_place(sheet, place, line, upright=grid.upright)
        sheet.line((place.x, line), (place.x + place.width - 1, line), color=style.PALE_INK, linewidth=0.8)
    for column in grid.columns:
        ink = style.INK if column.held else style.PALE_INK
        middle = column.x + column.width / 2 - 0.5
        sheet.write(middle, (line + top) / 2, column.year, style.NOTE, ha="center", color=ink, upright=grid.upright_years)


def _write_place(sheet: Sheet, place: Place, line: float, *, upright: bool) -> None:
    """Write the name of a place above its line, upright in one line where the columns are too narrow for it."""
    if upright:
        sheet.write(place.x + place.width / 2 - 0.5, line - 4, " ".join(place.name), style.SMALL, weight="bold", upright=True)
        return
    for number, text in enumerate(reversed(place.name)):
        sheet.write(place.x, line - 2 - (number + 0.5) * style.SMALL * LEADING, text, style.SMALL, weight="bold")


def _draw_rows(sheet: Sheet, grid: Grid, top: float, cells: dict[tuple[str, str, str], Row]) -> None:
    for name, y in grid.themes:
        sheet.write(MARGIN, top + y, name, style.SMALL, weight="bold")
    for code, lines, y in grid.rows:
        for number, text in enumerate(lines):
            at = top + y + (number - (len(lines) - 1) / 2) * style.NOTE * 1.15
            sheet.write(MARGIN, at, text, style.NOTE)
        for column in grid.columns:
            row = cells.get((column.place, column.year, code))
            if column.held and row is not None:
                _draw_cell(sheet, row, column, top + y)
    for column in grid.columns:
        if not column.held:
            for first, last in grid.blocks:
                _draw_unheld(sheet, column, top + first, top + last)


def _draw_unheld(sheet: Sheet, column: Column, first: float, last: float) -> None:
    """Draw a year without any document as one stripe past the rows of a theme, its sign in the first of them."""
    look = _LOOKS[NO_DOCUMENT]
    sheet.add(pens.box(look, column.x, first - ROW / 2, column.width - 1, last - first + ROW - 1))
    middle = column.x + (column.width - 1) / 2
    sheet.write(middle, first, look.letter, style.NOTE - 0.5, ha="center", color=look.ink)


def _draw_cell(sheet: Sheet, row: Row, column: Column, y: float) -> None:
    """Draw a cell with its sign; a value leads to its sentence."""
    look = _LOOKS[row["reason"]] if row["reason"] else _VALUE
    letter = str(_count(row)) if _count(row) > 1 else look.letter
    sheet.add(pens.linked(pens.box(look, column.x, y - ROW / 2, column.width - 1, ROW - 1), row))
    middle = column.x + (column.width - 1) / 2
    text = sheet.write(middle, y, letter, style.NOTE - 0.5, ha="center", color=look.ink)
    pens.linked(text, row)


def _note(grid: Grid, language: str) -> str:
    told = [heading("reason_note", language)]
    return captions.sentences([*told, *([heading("untold", language).format(grid.left_out)] if grid.left_out else [])], language)


def _in_words(records: list[Row], grid: Grid, language: str) -> list[str]:
    """Return a sentence for the years without a document and one for each row: values first, then each reason with its places."""
    said = signs(language)
    unheld = {(column.place, column.year) for column in grid.columns if not column.held}
    absent = [row for row in records if (row["place_key"], year_of(row, language)) in unheld]
    sentences = [word("reason", NO_DOCUMENT, language) + said.colon + _places(absent, language)] if absent else []
    for code, _, _ in grid.rows:
        rows = [row for row in records if row["indicator"] == code and (row["place_key"], year_of(row, language)) not in unheld]
        reasons = sorted({row["reason"] for row in rows}, key=["", *codebook().words("reason")].index)
        told = []
        for reason in reasons:
            name = word("reason", reason, language) if reason else heading("has_value", language)
            told.append(said.brackets.format(_places([row for row in rows if row["reason"] == reason], language)).join([name, ""]))
        sentences.append(indicator_name(code, language) + said.colon + said.semicolon.join(told))
    return sentences


def _places(rows: list[Row], language: str) -> str:
    """Return places and years, each once, with the number of values where there are several."""
    named: dict[str, None] = {}
    for row in rows:
        number = f" ×{_count(row)}" if _count(row) > 1 else ""
        named[f"{place_name(row, language)} {year_of(row, language)}{number}"] = None
    return signs(language).list_comma.join(named)
