"""The paragraphs and tables of a Word file in their order, with tracked changes as if accepted.

In: an element that holds blocks, such as the body, a footnote, a cell or a text box. Out: its lines. What is not the
report (deleted and hidden text, instructions of fields, tables of contents, pictures) is left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from weijian.errors import DocumentError
from weijian.formats.extracted import Spread, grid, table_lines
from weijian.formats.numbering import Numbering, labelled, numeral
from weijian.formats.wordxml import Element, Styles, child, is_contents, is_on, name_of, number_of, value_of

_PROPERTIES = frozenset(
    ["pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "Fallback", "delText"]
)
_DELETED, _INSERTED = ("del", "moveFrom"), ("ins", "moveTo")
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
_WHOLE = {
    "pic": "picture", "imagedata": "picture", "chart": "chart", "relIds": "diagram", "object": "embedded object",
    "commentReference": "comment",
}  # fmt: skip
"""What holds no text of the report, and is only counted."""
_ALWAYS = ("r", "fldChar", "instrText")  # what tells where a field ends is read within the field too
_TURNED = re.compile("[\r\n\t\x85\u2028\u2029]")
_STACKED = frozenset(
    ["f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "m", "limLow", "limUpp", "eqArr"]
)  # signs above and below each other
_CIRCLED = re.compile(r"\s*eq\s*\\o\s*\\ac\s*\([○〇□◯],\s*(.+?)\)", re.IGNORECASE)
_SYMBOL = dict(zip(b"\xb1\xb3\xa3\xb4\xb8\xb0\xb7\xb9\xbb\x2d", "±≥≤×÷°·≠≈-", strict=True))
_MOST_COLUMNS, _DEEPEST, _LONGEST_INSTRUCTION = 63, 50, 200
_PLACE, _LARGEST_TABLE = 20, 20_000_000  # a table is measured in characters as written out, with some for each cell


@dataclass
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    result: bool = False

    @property
    def shown(self) -> bool:
        return self.result and not self.is_contents

    @property
    def is_contents(self) -> bool:
        return self.instruction.split()[:1] == ["TOC"]


@dataclass
class _Cell:
    lines: list[str]
    column: int
    columns: int
    rows: int = 1


class Stories:
    """Reads blocks into lines; ``counted`` says what was met, ``called`` which notes, ``fields`` which fields are open."""

    def __init__(self, styles: Styles, numbering: Numbering, where: str, follow_fields: bool = True) -> None:
        self.counted: Counter[str] = Counter()
        self.called: list[tuple[str, str]] = []
        self.fields: list[_Field] = []
        self._styles, self._numbering, self._where, self._follow = styles, numbering, where, follow_fields
        self._chain: tuple[Element, ...] = ()
        self._boxes: list[Element] = []
        self._tables = 0
        self._readers: dict[str, Callable[[Element, list[str]], None]] = {
            "r": self._run, "t": self._text, "br": self._break, "sym": self._symbol, "oMath": self._formula,
            "fldChar": self._field, "instrText": self._instruction, "AlternateContent": self._choice,
            "footnoteReference": self._note, "endnoteReference": self._note, "txbxContent": self._box,
            **dict.fromkeys(_SIGNS, self._sign), **dict.fromkeys(_WHOLE, self._whole),
        }  # fmt: skip

    def lines(self, story: Element, in_cell: bool = False) -> list[str]:
        """Return the lines of a story: a paragraph a line (more with line breaks in it), a row of a table a line with bars.

        A paragraph whose mark is deleted or hidden runs on into the next one. Raises DocumentError for an endless table.
        """
        lines: list[str] = []
        label = text = ""
        for block in self._blocks(story, ("p", "tbl")):
            if name_of(block) == "tbl":
                lines += [*_paragraph(label, text, in_cell), *self._table(block)]
                label = text = ""
                continue
            own, boxes = self._paragraph(block)
            text += own
            mark = self._mark(block)
            if not label and mark != "deleted" and (mark != "hidden" or own.strip()):
                label = self._numbering.label(block)
            if not mark:
                lines += _paragraph(label, text, in_cell)
                label = text = ""
            for box in boxes:
                lines += self.lines(box)
        return [*lines, *_paragraph(label, text, in_cell)]

    def _blocks(self, parent: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
        """The blocks, rows or cells below an element, out of content controls and other wrappings."""
        for element in parent:
            name = name_of(element)
            if name in wanted:
                yield element
            elif name == "altChunk":
                self.counted["embedded file"] += 1
            elif not self._is_left_out(element, name):
                yield from self._blocks(_chosen(element) if name == "AlternateContent" else element, wanted)

    def _is_left_out(self, element: Element, name: str) -> bool:
        if name in _DELETED:
            self.counted["deletion"] += 1
        elif name in _INSERTED:
            self.counted["insertion"] += 1
        elif name == "sdt":
            return self._is_filler(child(element, "sdtPr"))
        return not name or name in _DELETED or name in _PROPERTIES

    def _is_filler(self, properties: Element | None) -> bool:
        """Whether a content control makes the table of contents, or still shows what should be filled in."""
        contents = value_of(child(properties, "docPartObj", "docPartGallery")) == "Table of Contents"
        empty = is_on(child(properties, "showingPlcHdr"))
        self.counted["table of contents" if contents else "empty form field"] += contents or empty
        return contents or empty

    def _mark(self, paragraph: Element) -> str:
        """What befell the mark at the end of a paragraph: "deleted", "hidden" or nothing."""
        properties = child(paragraph, "pPr", "rPr")
        if any(child(properties, name) is not None for name in _DELETED):
            self.counted["deletion"] += 1
            return "deleted"
        return "hidden" if is_on(child(properties, "vanish")) else ""

    def _paragraph(self, paragraph: Element) -> tuple[str, list[Element]]:
        """The text of a paragraph, and the text boxes that are anchored in it."""
        self._chain, self._boxes = self._styles.of_paragraph(paragraph), []
        out: list[str] = []
        self._walk(paragraph, out)
        if is_contents(self._chain):
            self.counted["line of contents"] += bool(out)
            return "", []
        return "".join(out), self._boxes

    def _walk(self, parent: Element, out: list[str]) -> None:
        for element in parent:
            name = name_of(element)
            reader = self._readers.get(name)
            if reader is None:
                if not self._is_left_out(element, name):
                    self._walk(element, out)
            elif name in _ALWAYS or all(field.shown for field in self.fields):
                reader(element, out)

    def _run(self, run: Element, out: list[str]) -> None:
        if self._styles.is_hidden(run, self._chain):
            self.counted["hidden piece of text"] += any(name_of(each) == "t" for each in run)
            for each in run:
                if name_of(each) in _ALWAYS:  # the marks of a field count, hidden or not
                    self._readers[name_of(each)](each, [])
        else:
            self._walk(run, out)

    def _text(self, element: Element, out: list[str]) -> None:
        text = _TURNED.sub(" ", element.text or "")
        out.append(text if value_of(element, "space") == "preserve" else text.strip(" "))

    def _sign(self, element: Element, out: list[str]) -> None:
        out.append(_SIGNS[name_of(element)])

    def _whole(self, element: Element, out: list[str]) -> None:
        self.counted[_WHOLE[name_of(element)]] += 1

    def _box(self, element: Element, out: list[str]) -> None:
        self._boxes.append(element)

    def _break(self, element: Element, out: list[str]) -> None:
        if value_of(element, "type") in ("", "textWrapping"):
            out.append("\n")

    def _symbol(self, element: Element, out: list[str]) -> None:
        """A sign by its place in a font: pictures are left out, what stands for a sign of Unicode is that sign."""
        given = value_of(element, "char")
        code = int(given, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", given) else 0
        font, place = value_of(element, "font"), code & 0xFF
        if font == "Symbol" and place in _SYMBOL:
            out.append(_SYMBOL[place])
        elif font == "Wingdings" and 0x81 <= place <= 0x8A:
            out.append(numeral(place - 0x80, "decimalEnclosedCircle"))
        elif 0x20 < code < 0xD800:
            out.append(chr(code))
        else:
            self.counted["symbol of a picture font"] += 1

    def _formula(self, formula: Element, out: list[str]) -> None:
        if any(name_of(part) in _STACKED for part in formula.iter()):
            self.counted["formula"] += 1  # 1 over 2 written in a row would be 12
        else:
            self._walk(formula, out)

    def _field(self, mark: Element, out: list[str]) -> None:
        kind = value_of(mark, "fldCharType")
        if not self._follow:
            return
        if kind == "begin" and len(self.fields) < _DEEPEST:
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].result = True
        elif self.fields and kind == "end":
            closed = self.fields.pop()
            self.counted["table of contents"] += closed.is_contents
            circled = _CIRCLED.match(closed.instruction)
            if circled and not closed.result and all(field.shown for field in self.fields):
                inner = circled[1]
                out.append(numeral(int(inner), "decimalEnclosedCircle") if re.fullmatch("[0-9]{1,2}", inner) else inner)

    def _instruction(self, element: Element, out: list[str]) -> None:
        if self.fields and len(self.fields[-1].instruction) < _LONGEST_INSTRUCTION:
            self.fields[-1].instruction += element.text or ""

    def _choice(self, element: Element, out: list[str]) -> None:
        self._walk(_chosen(element), out)

    def _note(self, reference: Element, out: list[str]) -> None:
        self.called.append((name_of(reference).removesuffix("Reference"), value_of(reference, "id")))

    def _table(self, table: Element) -> list[str]:
        """The lines of a table, or of the paragraphs in it where it holds one column or another table and only places them."""
        before = self._tables
        rows = list(self._rows(table))
        cells = [cell for row in rows for cell in row]
        if self._tables > before or len({cell.column for cell in cells if cell.lines}) < 2:
            return [line for cell in cells for line in cell.lines]
        if sum(cell.rows * cell.columns * (_PLACE + sum(map(len, cell.lines))) for cell in cells) > _LARGEST_TABLE:
            problem = f"a table, its merged cells written out, has more than {_LARGEST_TABLE:,} characters"
            raise DocumentError(problem, where=self._where, remedy="take the table out, and save the document again")
        self._tables += 1
        return list(table_lines(grid([[Spread("\n".join(cell.lines), cell.rows, cell.columns) for cell in row] for row in rows])))

    def _rows(self, table: Element) -> Iterator[list[_Cell]]:
        above: dict[int, _Cell] = {}
        for row in self._blocks(table, ("tr",)):
            properties = child(row, "trPr")
            if any(child(properties, name) is not None for name in (*_DELETED, "hidden")):
                self.counted["deletion"] += 1
                continue
            cells: list[_Cell] = []
            column = number_of(child(properties, "gridBefore"), 0)
            column = min(max(column, 0), _MOST_COLUMNS)
            if column:
                cells.append(_Cell([], 0, column))
            tall: dict[int, _Cell] = {}
            for element in self._blocks(row, ("tc",)):
                column += self._cell(element, column, cells, above, tall)
            above = tall
            yield cells

    def _cell(self, element: Element, column: int, cells: list[_Cell], above: dict[int, _Cell], tall: dict[int, _Cell]) -> int:
        """Read a cell into its row, or let the one above or before it reach over its place; return its width."""
        properties = child(element, "tcPr")
        if child(properties, "cellDel") is not None:
            self.counted["deletion"] += 1
            return 0
        width = min(max(number_of(child(properties, "gridSpan"), 1), 1), _MOST_COLUMNS)
        down, across = child(properties, "vMerge"), child(properties, "hMerge")
        if across is not None and value_of(across) != "restart" and cells:
            cells[-1].columns += width
        elif down is not None and value_of(down) != "restart" and column in above:
            tall[column] = above[column]
            tall[column].rows += 1
        else:
            cells.append(_Cell(self.lines(element, in_cell=True), column, width))
            if down is not None:
                tall[column] = cells[-1]
        return width


def _chosen(alternatives: Element) -> Element:
    """The first way in which something with alternatives is given; the older one only where there is no other."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return next((each for each in (choice, fallback) if each is not None), ())


def _paragraph(label: str, text: str, in_cell: bool) -> list[str]:
    """The lines of a paragraph without the blanks at their ends; an empty one has none, in a cell its label (序号)."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if not lines:
        return [label.strip()] if in_cell and label else []
    return [labelled(label, lines[0]), *lines[1:]]
