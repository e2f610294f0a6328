"""The characters of a PDF page with their places, turned upright: one Glyph for each that is printed and can be read.

In: a page of pypdfium2. Out: its glyphs in points, and counts of what was left out or could not be read.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

UNREADABLE = "\ufffd"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x03\x00"
_BESIDE = 36  # points beside the page at which nothing is seen any more, with room for a page cropped too closely
_HYPHENS = (0xFFFE, 0x02)  # what pdfium makes of a hyphen at the end of a line
_SUPPLEMENT = dict(
    zip(
        "⺁⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that Unicode does not fold by itself; some printers write them for the characters that look alike."""


class Glyph(NamedTuple):
    """A printed character: left, right and base line in points, size in points; y grows upwards.

    A table is a glyph without text: ``box`` holds what stands in it, ``low`` where it ends.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    box: Any = None
    low: float = 0.0


class Letters(NamedTuple):
    """The glyphs of a page, the quarter turns that set them upright, and how many others there were of each kind."""

    glyphs: list[Glyph]
    turns: int
    counts: Counter[str]


class _Run(NamedTuple):
    turns: int | None
    hidden: bool
    size: float


class _Raw(NamedTuple):
    text: str
    run: _Run
    corners: tuple[float, float, float, float]
    origin: tuple[float, float]


def upright(x: float, y: float, turns: int) -> tuple[float, float]:
    """Return where a point lies when the page is turned so that its lines run from left to right.

    >>> upright(10, 20, 1)
    (20, -10)
    """
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]


def read_letters(page: Any) -> Letters:
    """Read the characters of a page; raises PdfiumError where pdfium cannot.

    ``counts`` has the keys read, unreadable, slanted (watermarks and lines in another direction), hidden, doubled.
    """
    textpage = page.get_textpage()
    try:
        drawn = list(_characters(textpage))
    finally:
        textpage.close()
    left, bottom, right, top = page.get_bbox()
    near = left - _BESIDE, bottom - _BESIDE, right + _BESIDE, top + _BESIDE
    raws = [raw for raw in drawn if near[0] <= raw.origin[0] <= near[2] and near[1] <= raw.origin[1] <= near[3]]
    counts = Counter(hidden=len(drawn) - len(raws))
    shown = [raw for raw in raws if not raw.run.hidden]
    if 2 * len(shown) >= len(raws):  # else the text is the hidden layer of a recognised scan
        counts["hidden"] += len(raws) - len(shown)
        raws = shown
    directions = Counter(raw.run.turns for raw in raws if raw.run.turns is not None and not raw.text.isspace())
    turns = directions.most_common(1)[0][0] if directions else 0
    counts["slanted"] = sum(raw.run.turns != turns and not raw.text.isspace() for raw in raws)
    glyphs = [_glyph(raw, turns) for raw in raws if raw.run.turns == turns]
    kept = _once(glyphs)
    counts["doubled"] = len(glyphs) - len(kept)
    counts["unreadable"] = sum(glyph.text == UNREADABLE for glyph in kept)
    counts["read"] = sum(not glyph.text.isspace() for glyph in kept)
    return Letters(kept, turns, counts)


def _characters(textpage: Any) -> Iterator[_Raw]:
    """Yield the characters that the page itself draws; the blanks and line ends that pdfium adds are left out."""
    import pypdfium2.raw as pdfium

    loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    run, last = None, 0
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        text = _words(code)
        if not text or (text == " " and pdfium.FPDFText_IsGenerated(textpage, index) == 1):
            continue
        drawn = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value or 0
        if run is None or not drawn or drawn != last:
            run, last = _run(textpage, index), drawn
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, loose) or not pdfium.FPDFText_GetCharOrigin(textpage, index, x, y):
            continue
        if pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1 and code not in _HYPHENS:
            text = UNREADABLE
        if math.isfinite(loose.left + loose.bottom + loose.right + loose.top + x.value + y.value + run.size):
            yield _Raw(text, run, (loose.left, loose.bottom, loose.right, loose.top), (x.value, y.value))


def _run(textpage: Any, index: int) -> _Run:
    """Return how the piece of text is set that a character belongs to."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return _Run(0, False, 0.0)
    drawn = pdfium.FPDFText_GetTextObject(textpage, index)
    hidden = bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return _Run(_direction(matrix.a, matrix.b), hidden, abs(pdfium.FPDFText_GetFontSize(textpage, index)) * math.hypot(matrix.c, matrix.d))


@lru_cache(maxsize=4096)
def _words(code: int) -> str:
    """Return the words of a character code: ligatures and radicals as the letters they stand for."""
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNREADABLE
    text = chr(code)
    if code in _HYPHENS:
        return "-"
    if 0xF020 <= code <= 0xF0FF:  # symbol fonts of office programs: signs of lists
        return "•"
    if unicodedata.category(text) in ("Co", "Cn", "Cs") or text == UNREADABLE:
        return UNREADABLE
    if text in _NOTHING or unicodedata.category(text) == "Cc":
        return " " if text == "\t" else ""
    if 0xFB00 <= code <= 0xFB06 or 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", text)
    return _SUPPLEMENT.get(text, text)


def _direction(a: float, b: float) -> int | None:
    """Return the quarter turns of a line that runs along (a, b), None for a slanted one."""
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= 0.05 * abs(b):
        return 1 if b > 0 else 3
    return None


def _glyph(raw: _Raw, turns: int) -> Glyph:
    left, bottom = upright(raw.corners[0], raw.corners[1], turns)
    right, top = upright(raw.corners[2], raw.corners[3], turns)
    start, base = upright(*raw.origin, turns)
    left, right, size = min(left, right), max(left, right), raw.run.size or abs(top - bottom)
    if unicodedata.east_asian_width(raw.text[0]) in "WF":  # the box of some ends with the ink, not with the character
        left, right = min(left, start), max(right, start + size)
    return Glyph(raw.text, left, right, base, size)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out a character printed again within a point of itself, as bold or shadow."""
    seen: dict[str, list[tuple[float, float]]] = {}
    kept = []
    for glyph in glyphs:
        x, y = glyph.left + glyph.right, glyph.base
        places = seen.setdefault(glyph.text, [])
        for other_x, other_y in places:
            if -1 <= other_y - y <= 1 and -2 <= other_x - x <= 2:
                break
        else:
            places.append((x, y))
            kept.append(glyph)
    return kept
