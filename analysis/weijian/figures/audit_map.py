"""Draw which numbers of a report agree with one another: a row for each report, a column for each relation, a box for each verdict.

A box holds a sign and how many checks came to that verdict; sign, shade and hatch say the same, so that no colour is needed.
Relations of which no report prints any numbers are named in the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matplotlib.patches import Rectangle

from weijian.amounts import Row
from weijian.codebook import codebook
from weijian.comparability import OWN_TIERS
from weijian.figures import captions, pens, style
from weijian.figures.cells import year_of
from weijian.figures.excerpt import readable
from weijian.figures.key import BOX, TICK, Entry
from weijian.figures.layout import LEADING, MARGIN
from weijian.figures.page import Page, nothing
from weijian.figures.save import Figure
from weijian.figures.sheet import Sheet
from weijian.frames import as_rows
from weijian.words import check_said, heading, place_name, signs, word

if TYPE_CHECKING:
    import pandas as pd

_LOOKS = {
    "holds": Entry(BOX, "", "#cfe1ee", letter=TICK),
    "fails": Entry(BOX, "", "#8c2d1f", letter="×", ink="white"),
    "undecidable": Entry(BOX, "", "#fbf3e6", letter="?", hatch="////"),
    "": Entry(BOX, "", "#f4f6f8", letter="–", ink=style.PALE_INK),
}
"""How the box of each verdict looks; the words for the verdicts stand in the codebook."""
_BOX, _STEP, _GAP = 12.0, 13.0, 7.0
"""Height of a box, from one box to the next, and between the rows of two reports."""
_WIDEST, _NAMES, _PAD = 64.0, 150.0, 10.0
"""A column at its widest, the room for names at most, and what lies between names and columns."""


class Line(NamedTuple):
    """A report: its name and what is below it, in lines, its cells by relation, where it begins and how high it is."""

    name: list[str]
    below: list[str]
    cells: dict[str, list[Row]]
    y: float
    height: float


class Grid(NamedTuple):
    """The reports, the columns with their left edges and heads, and the relations of which nothing was found."""

    lines: list[Line]
    columns: dict[str, tuple[float, list[str]]]
    width: float
    upright: bool
    unfound: list[str]

    @property
    def head(self) -> float:
        """Return the height of the names of the relations."""
        if self.upright:
            return 8 + max(style.text_width(" ".join(name), style.SMALL, "bold") for _, name in self.columns.values())
        return 6 + max(len(name) for _, name in self.columns.values()) * style.SMALL * LEADING

    @property
    def height(self) -> float:
        """Return the height of all rows."""
        return self.lines[-1].y + self.lines[-1].height


@readable(24)
def audit_map(cells: pd.DataFrame, *, title: str, subtitle: str, language: str = "zh", note: str | None = None) -> Figure:
    """Return the figure of the verdicts on the relations of each report.

    ``cells`` has a row for each report, relation and verdict: report, place_key, place_code, place, year, genre, tier, title,
    issuer, relation, verdict (empty where there is no such relation), checks (how many), observation. Reports stand in the
    order of the table, relations in that of the codebook. Of more than 24 places the first 24 are drawn, and the subtitle
    says so. Of a table without rows it says so. Raises FigureError when the type
    lacks a character.
    """
    if cells.empty:
        return nothing(cells, title, subtitle, language)
    with style.house_style():
        records, page = as_rows(cells), Page()
        grid = _lay_out(records, language)
        page.head(title, subtitle)
        page.key(_key(records, language))
        top = page.reserve(grid.head) + grid.head
        page.reserve(grid.height, 6)
        page.foot(_note(records, grid, language) if note is None else note)
        sheet = page.spread()
        _draw_heads(sheet, grid, top)
        for line in grid.lines:
            _draw_line(sheet, grid, line, top + line.y)
        alternative = captions.sentences([title, subtitle, *_in_words(grid, language)], language)
        return page.finish(cells, title=title, alternative=alternative, language=language)


def _lay_out(records: list[Row], language: str) -> Grid:
    known = codebook().words("check_relation")
    found = {row["relation"] for row in records if row["verdict"]}
    asked = {row["relation"] for row in records}
    shown = [code for code in known if code in (found or asked)]
    lines = _lines(records, language)
    names = [style.text_width(text, style.SMALL, "bold") for line in lines for text in line.name]
    names += [style.text_width(text, style.NOTE) for line in lines for text in line.below]
    left = MARGIN + max(names) + _PAD
    width = min(_WIDEST, (style.WIDTH - MARGIN - left) / len(shown))
    heads = {code: style.wrap(word("relation", code, language), width - 4, style.SMALL, "bold") for code in shown}
    upright = any(style.text_width(text, style.SMALL, "bold") > width - 3 for head in heads.values() for text in head)
    columns = {code: (left + number * width, head) for number, (code, head) in enumerate(heads.items())}
    return Grid(lines, columns, width, upright, [code for code in known if code in asked and code not in shown])


def _lines(records: list[Row], language: str) -> list[Line]:
    """Return the rows, one a report, as high as its name or the most verdicts of one relation need."""
    reports: dict[str, dict[str, list[Row]]] = {}
    for row in records:
        reports.setdefault(row["report"], {}).setdefault(row["relation"], []).append(row)
    lines: list[Line] = []
    y = _GAP / 2
    for cells in reports.values():
        row = next(iter(cells.values()))[0]
        name = style.wrap(f"{place_name(row, language)} {year_of(row, language)}", _NAMES, style.SMALL, "bold")
        below = style.wrap(signs(language).comma.join(_kind(row, language)), _NAMES, style.NOTE)
        boxes = max(len(verdicts) for verdicts in cells.values()) * _STEP - 1
        height = max(boxes, len(name) * style.SMALL * LEADING + len(below) * style.NOTE * LEADING)
        lines.append(Line(name, below, cells, y, height))
        y += height + _GAP
    return lines


def _kind(row: Row, language: str) -> list[str]:
    """Return genre and, for what was not read at the issuer or in a mirror, the kind of copy."""
    return [word("genre", row["genre"], language), *([word("tier", row["tier"], language)] if _is_copy(row) else [])]


def _is_copy(row: Row) -> bool:
    return row["tier"] not in ("", *OWN_TIERS)


def _key(records: list[Row], language: str) -> list[Entry]:
    """Return the entries of the verdicts that occur, in the order of the codebook."""
    found = {row["verdict"] for row in records}
    entries = [_LOOKS[code]._replace(text=word("verdict", code, language)) for code in codebook().words("check_verdict") if code in found]
    return entries + ([_LOOKS[""]._replace(text=heading("no_such_relation", language))] if "" in found else [])


def _draw_heads(sheet: Sheet, grid: Grid, top: float) -> None:
    """Write the names of the relations above their columns, with a line below them."""
    for x, name in grid.columns.values():
        middle = x + (grid.width - 3) / 2
        if grid.upright:
            sheet.write(middle, top - 4, " ".join(name), style.SMALL, weight="bold", upright=True)
            continue
        for number, text in enumerate(reversed(name)):
            sheet.write(middle, top - 2 - (number + 0.5) * style.SMALL * LEADING, text, style.SMALL, weight="bold", ha="center")
    _rule(sheet, grid, top, style.PALE_INK)


def _rule(sheet: Sheet, grid: Grid, y: float, colour: str) -> None:
    right = max(x for x, _ in grid.columns.values()) + grid.width - 3
    sheet.line((MARGIN, y), (right, y), color=colour, linewidth=0.8)


def _draw_line(sheet: Sheet, grid: Grid, line: Line, top: float) -> None:
    """Draw a report: its name, its cells, and a line below it unless it is the last."""
    y = top
    for texts, size, look in ((line.name, style.SMALL, {"weight": "bold"}), (line.below, style.NOTE, {"color": style.PALE_INK})):
        for text in texts:
            sheet.write(MARGIN, y + size * LEADING / 2, text, size, **look)
            y += size * LEADING
    for relation, (x, _) in grid.columns.items():
        for number, row in enumerate(line.cells.get(relation, [])):
            _draw_box(sheet, row, x, top + number * _STEP, grid.width - 3)
    if line is not grid.lines[-1]:
        _rule(sheet, grid, top + line.height + _GAP / 2, style.GRID)


def _draw_box(sheet: Sheet, row: Row, x: float, y: float, width: float) -> None:
    """Draw the box of a verdict; it leads to the sentence of its first check."""
    look = _LOOKS[row["verdict"]]
    sheet.add(pens.linked(pens.box(look, x, y, width, _BOX), row))
    middle, line = x + width / 2, y + _BOX / 2
    if not row["verdict"]:
        pens.write_sign(sheet, look, middle, line)
        return
    bold = {"weight": "bold" if row["verdict"] == "fails" else "normal"}
    if look.hatch:
        sheet.add(Rectangle((middle - 11, y + 1), 22, _BOX - 2, facecolor=look.colour, linewidth=0))
    pens.linked(pens.write_sign(sheet, look, middle - 5.5, line, style.SMALL, **bold), row)
    text = sheet.write(middle + 1.5, line, str(row["checks"]), style.SMALL, color=look.ink, **bold)
    pens.linked(text, row)


def _note(records: list[Row], grid: Grid, language: str) -> str:
    told = [heading("check_note", language)]
    absent = [code for code in grid.unfound if check_said(code, "holds", language)]
    unfailed = [code for code in grid.unfound if code not in absent]
    told += [heading("unfound_relations", language) + signs(language).colon + _named(absent, language)] if absent else []
    told += [heading("no_failures", language).format(_named(unfailed, language))] if unfailed else []
    told += [heading("masked_note", language)] if any(_is_copy(row) for row in records) else []
    return captions.sentences([*told, *captions.sources([{**row, "issued_in": row["title"]} for row in records], language)], language)


def _named(relations: list[str], language: str) -> str:
    return signs(language).list_comma.join(word("relation", code, language) for code in relations)


def _in_words(grid: Grid, language: str) -> list[str]:
    """Return a sentence for each report: its relations, each with its verdicts and how many of each."""
    said = signs(language)
    sentences = []
    for line in grid.lines:
        told = []
        for relation in grid.columns:
            verdicts = [row for row in line.cells.get(relation, []) if row["verdict"]]
            counts = said.list_comma.join(f"{word('verdict', row['verdict'], language)} {row['checks']}" for row in verdicts)
            told += [word("relation", relation, language) + said.brackets.format(counts)] if verdicts else []
        name = f"{' '.join(line.name)}{said.comma}{' '.join(line.below)}"
        sentences.append(name + said.colon + (said.semicolon.join(told) or heading("no_such_relation", language)))
    return sentences
