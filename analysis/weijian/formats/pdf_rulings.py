"""The level and upright lines that a PDF page draws, however it draws them: strokes, thin boxes, frames.

In: a page of pypdfium2. Out: edges as pdfplumber has them, in points, upright, y growing downwards.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from weijian.formats.pdf_characters import upright

Bounds = tuple[float, float, float, float]
_Point = tuple[float, float]
_Stroke = tuple[_Point, _Point]
_Matrix = tuple[float, float, float, float, float, float]
_THIN = 3.0
_MOST_SEGMENTS = 20_000
_DEEPEST_FORM = 5


def rulings(page: Any, turns: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of a page after so many quarter turns; a page of very many is a drawing, and its rest is left out."""
    import pypdfium2.raw as pdfium

    segments = 0
    for drawn, matrices in _paths(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, ()):
        count = pdfium.FPDFPath_CountSegments(drawn)
        segments += count
        if segments > _MOST_SEGMENTS:
            return
        for start, end in _strokes(drawn, matrices, count):
            (x0, y0), (x1, y1) = upright(*start, turns), upright(*end, turns)
            if abs(y0 - y1) < 1 <= abs(x0 - x1):
                yield edge_of("h", min(x0, x1), -(y0 + y1) / 2, max(x0, x1), -(y0 + y1) / 2)
            elif abs(x0 - x1) < 1 <= abs(y0 - y1):
                yield edge_of("v", (x0 + x1) / 2, -max(y0, y1), (x0 + x1) / 2, -min(y0, y1))


def edge_of(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    """Return a line in pdfplumber's form.

    >>> edge_of("h", 10, 20, 90, 20)["width"]
    80
    """
    return {"orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}


def _paths(owner: Any, count: Any, item: Any, matrices: tuple[_Matrix, ...]) -> Iterator[tuple[Any, tuple[_Matrix, ...]]]:
    """Yield the paths of a page and of the forms in it, each with the matrices that lead to the page."""
    import pypdfium2.raw as pdfium

    for index in range(count(owner)):
        drawn = item(owner, index)
        kind = pdfium.FPDFPageObj_GetType(drawn) if drawn else pdfium.FPDF_PAGEOBJ_UNKNOWN
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield drawn, (_matrix(drawn), *matrices)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(matrices) < _DEEPEST_FORM:
            yield from _paths(drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, (_matrix(drawn), *matrices))


def _matrix(drawn: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _strokes(drawn: Any, matrices: Sequence[_Matrix], count: int) -> list[_Stroke]:
    """The straight strokes of a path; a thin filled shape is one too, a broad one is a ground and none."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke) or not (fill.value or stroke.value):
        return []
    figures = _figures(drawn, matrices, count)
    if stroke.value:
        return [line for points in figures for line in pairwise(points)]
    boxes = [_bounds(points) for points in figures]
    return [line for box in boxes for line in _thin(box)] + _frames(boxes)


def _figures(drawn: Any, matrices: Sequence[_Matrix], count: int) -> list[list[_Point]]:
    """The points of a path on the page, a list for each figure; a closed one ends where it began."""
    import pypdfium2.raw as pdfium

    figures: list[list[_Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (x.value, y.value)
        for a, b, c, d, e, f in matrices:
            point = (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)
        if not figures or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            figures.append([])
        figures[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            figures[-1].append(figures[-1][0])
    return figures


def _bounds(points: Sequence[_Point]) -> Bounds:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _thin(box: Bounds) -> list[_Stroke]:
    left, low, right, high = box
    if high - low <= _THIN < right - left:
        return [((left, (low + high) / 2), (right, (low + high) / 2))]
    if right - left <= _THIN < high - low:
        return [(((left + right) / 2, low), ((left + right) / 2, high))]
    return []


def _frames(boxes: Sequence[Bounds]) -> list[_Stroke]:
    """A filled box with a hole almost as large is the frame around it."""
    strokes = []
    for outer, inner in pairwise(boxes):
        if outer != inner and all(abs(a - b) <= _THIN for a, b in zip(outer, inner, strict=True)):
            left, low, right, high = outer
            corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
            strokes += list(pairwise(corners))
    return strokes
