"""PDF files drawn by hand for the tests: words at a place, lines, pictures, without any font or printer.

The words are in a Chinese font that is not embedded and has an encoding every reader knows; characters of ASCII are
half as wide as the others.
"""

from __future__ import annotations

from collections.abc import Sequence

_FONTS = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor 5 0 R/DW 1000/W[1 95 500]>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
    b"/CapHeight 880/StemV 93>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor 8 0 R/DW 1000>>",
    b"<</Type/FontDescriptor/FontName/None/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream",
)
_RESOURCES = b"<</Font<</F1 3 0 R/F2 6 0 R>>/XObject<</I 9 0 R>>>>"


def words(x: float, y: float, text: str, size: float = 12, *, turn: tuple[float, float] = (1, 0), mode: int = 0, font: str = "F1") -> str:
    """Draw words from a point on, in the direction ``turn``; mode 3 draws them unseen, font F2 has no Unicode."""
    a, b = turn
    return f"BT /{font} {size} Tf {mode} Tr {a} {b} {-b} {a} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def prose(x: float, y: float, lines: Sequence[str], size: float = 12, pitch: float = 18) -> str:
    """Draw lines below one another; a blank of a line's beginning is a character's width."""
    return "\n".join(
        words(x + size * (len(line) - len(line.lstrip("\u3000"))), y - pitch * row, line.lstrip("\u3000"), size)
        for row, line in enumerate(lines)
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Draw a line."""
    return f"{x0} {y0} m {x1} {y1} l S"


def box(x: float, y: float, width: float, height: float) -> str:
    """Draw a frame."""
    return f"{x} {y} {width} {height} re S"


def picture() -> str:
    """Draw a grey picture over the page."""
    return "q 500 0 0 700 40 60 cm /I Do Q\n"


def drawn(*pages: str, size: tuple[float, float] = (595, 842), rotate: int = 0) -> bytes:
    """Return a PDF of pages, each of what the functions above draw."""
    first = 3 + len(_FONTS)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(), *_FONTS]
    for number, page in enumerate(pages):
        content = page.encode()
        head = (
            f"<</Type/Page/Parent 2 0 R/Rotate {rotate}/MediaBox[0 0 {size[0]} {size[1]}]/Contents {first + 2 * number + 1} 0 R/Resources "
        )
        objects.append(head.encode() + _RESOURCES + b">>")
        objects.append(f"<</Length {len(content)}>>stream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    return content + f"{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF".encode()


def typeset(paragraph: str, ems: float, indent: int = 2) -> list[str]:
    """Return a paragraph in lines of so many characters, as a typewriter would: it breaks anywhere, but not before a stop.

    >>> typeset("全市签约29.75万人。", 5)
    ['　　全市签', '约29.75万', '人。']
    """
    lines, width = ["\u3000" * indent], float(indent)
    for character in paragraph:
        advance = 0.5 if character.isascii() else 1.0
        if width + advance > ems:
            held = lines[-1][-1] if character in "，。、；：！？”》）%" else ""
            lines[-1] = lines[-1].removesuffix(held)
            lines.append(held)
            width = sum(0.5 if other.isascii() else 1.0 for other in held)
        lines[-1] += character
        width += advance
    return lines
