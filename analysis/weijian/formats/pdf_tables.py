"""Tables drawn with lines on a PDF page: their cells from the lines, the words of each cell from the glyphs inside.

In: a page of pypdfium2 and its glyphs. Out: the glyphs outside of tables, and in the place of each table one glyph that
holds it. How lines make cells is pdfplumber's; a frame, and a grid that only places paragraphs, is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from weijian.formats.extracted import Spread, grid
from weijian.formats.pdf_characters import Glyph
from weijian.formats.pdf_lines import row_text, rows_of
from weijian.formats.pdf_paragraphs import join
from weijian.formats.pdf_rulings import Bounds, edge_of, rulings

_SHORTEST, _NEAR = 8.0, 3.0
_MOST_CROSSINGS, _MOST_POINTS = 250_000, 2_500
_PROSE = 120
_DIGIT = re.compile("[\\d,.]")


class Table(NamedTuple):
    """The cells of a table on one page; ``open_end`` when no line closes its last row."""

    rows: list[list[str]]
    open_end: bool = False


class Layout(NamedTuple):
    """The glyphs of each cell of a grid that only places paragraphs."""

    cells: list[list[Glyph]]


def with_tables(page: Any, glyphs: list[Glyph], turns: int) -> list[Glyph]:
    """Return the glyphs of a page, those of each table as one glyph with a Table for its ``box``.

    Raises PdfiumError where pdfium cannot read the drawing.
    """
    edges = list(rulings(page, turns))
    if sum(edge["orientation"] == "v" for edge in edges) < 2 or len(edges) < 4:
        return glyphs
    for cells, open_end in sorted(_cells(edges), key=lambda table: -len(table[0])):
        left, top, right, bottom = min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)
        inside = [glyph for glyph in glyphs if not glyph.box and _holds((left, top, right, bottom), glyph)]
        box = _box(cells, inside, open_end)
        if box is not None:
            gone, size = set(map(id, inside)), min(glyph.size for glyph in inside)
            glyphs = [glyph for glyph in glyphs if id(glyph) not in gone]
            glyphs.append(Glyph(" ", left, right, -top - size, size, box, -bottom))
    return glyphs


def _cells(edges: list[dict[str, Any]]) -> list[tuple[list[Bounds], bool]]:
    """Return the cells of each grid that the lines make, and whether its last row is left open at the page's end."""
    from pdfplumber import table

    merged = [edge for edge in table.merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR) if max(edge["width"], edge["height"]) >= _SHORTEST]
    merged = [edge_of(e["orientation"], e["x0"], e["top"], e["x1"], e["bottom"]) for e in merged]
    closing = _closing(merged)
    merged += [edge for edge, _ in closing]
    upright_lines = sum(edge["orientation"] == "v" for edge in merged)
    if upright_lines * (len(merged) - upright_lines) > _MOST_CROSSINGS:
        return []
    points = table.edges_to_intersections(merged, _NEAR, _NEAR)
    if not 4 <= len(points) <= _MOST_POINTS:
        return []
    ends = {edge["top"] for edge, alone in closing if alone}
    tables = table.cells_to_tables(table.intersections_to_cells(points))
    return [(cells, max(cell[3] for cell in cells) in ends) for cells in tables]


def _closing(edges: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], bool]]:
    """Lines across the loose ends of upright lines, and whether each is alone: where a page ends, the row that goes on has none."""
    added: list[tuple[dict[str, Any], bool]] = []
    upright_lines = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    for end in ("top", "bottom"):
        for place in sorted({edge[end] for edge in upright_lines}):
            group = [edge for edge in upright_lines if abs(edge[end] - place) <= _NEAR]
            left, right = min(edge["x0"] for edge in group), max(edge["x0"] for edge in group)
            there = [h for h in [*level, *(edge for edge, _ in added)] if abs(h["top"] - place) <= _NEAR]
            there = [h for h in there if h["x0"] < right - _NEAR and h["x1"] > left + _NEAR]
            drawn = any(h["x0"] <= left + _NEAR and h["x1"] >= right - _NEAR for h in there)
            if len(group) >= 2 and not drawn:
                added.append((edge_of("h", left, place, right, place), not there))
    return added


def _holds(box: Bounds, glyph: Glyph) -> bool:
    x, y = (glyph.left + glyph.right) / 2, -(glyph.base + 0.35 * glyph.size)
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _box(cells: list[Bounds], inside: list[Glyph], open_end: bool) -> Table | Layout | None:
    """What a grid of cells is: a table, the places of paragraphs, or nothing (a frame around a text)."""
    held = {cell: [glyph for glyph in inside if _holds(cell, glyph)] for cell in cells}
    filled = {cell: text for cell in cells if (text := cell_text(held[cell], cell))}
    rows, columns = _steps(cell[1] for cell in cells), _steps(cell[0] for cell in cells)
    if len(filled) < 2:
        return None
    long = sum(len(text) for text in filled.values() if len(text) > _PROSE)
    if len(columns) < 2 or (len(rows) <= 2 and 2 * long > sum(map(len, filled.values()))):
        return Layout([held[cell] for cell in sorted(filled, key=lambda cell: (round(cell[1]), cell[0]))])
    starts = {(_step(rows, cell[1]), _step(columns, cell[0])): cell for cell in cells}
    covered: set[tuple[int, int]] = set()
    spreads: list[list[Spread]] = []
    for row in range(len(rows)):
        spreads.append([])
        for column in range(len(columns)):
            if (row, column) in covered:
                continue
            cell = starts.get((row, column))
            down = _step([*rows, max(c[3] for c in cells)], cell[3]) - row if cell else 1
            right = _step([*columns, max(c[2] for c in cells)], cell[2]) - column if cell else 1
            covered |= {(row + i, column + j) for i in range(down) for j in range(right)}
            spreads[-1].append(Spread(filled.get(cell, "") if cell else "", max(1, down), max(1, right)))
    return Table(grid(spreads), open_end)


def _steps(places: Iterator[float]) -> list[float]:
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > _NEAR:
            steps.append(place)
    return steps


def _step(steps: Sequence[float], place: float) -> int:
    return min(range(len(steps)), key=lambda index: abs(steps[index] - place))


def cell_text(glyphs: Sequence[Glyph], cell: Bounds) -> str:
    """Return the words of a cell on one line; a number begins anew unless the line above it was full."""
    text, room = "", 0.0
    for row in rows_of(glyphs):
        words = row_text(row)
        apart = _DIGIT.match(text[-1:]) and _DIGIT.match(words) and room > 2.5 * row[0].size
        text = f"{text} {words}" if apart else join(text, words)
        room = cell[2] - cell[0] - (row[-1].right - row[0].left)
    return text
