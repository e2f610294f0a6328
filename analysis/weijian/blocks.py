"""The parts of a table: header rows, the rows below them, and what each column is.

In: the rows of a table as cells. Out: blocks, each with its header, its body and the part that each column plays:
numbering, words that head the rows, units, remarks, dates or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from weijian.finding import late
from weijian.headers import DATE, YEAR, bare, change_in, unit_alone
from weijian.numerals import ARABIC, MAGNITUDE
from weijian.units import unit_pattern

_NONE = late(r"[-—/…\\*.·、~]*|无|暂无|略|不详|空")
_INDEX = late(r"[甲乙丙丁戊己]|\(?\d{1,2}\)?(?:=[\d+\-*/()]+)?")
_ORDINAL = late(r"\(?\d{1,3}(?:\.\d{1,2}){0,2}[.、)]?")
_STUBS = late(
    r"序号|编号|(?:主要|具体|核心|考核|评价)?指标(?:名称|内容)?|(?:[\u4e00-\u9fff]{0,4})?项目(?:名称)?|事项|类[别型]|名称|内容|分类|地区|县区|区县|单位|机构(?:名称)?|"
    r"街道|乡镇|年份|年度|时间|目标|任务|(?:[\u4e00-\u9fff]{0,4})(?:目标|任务|情况|内容)|进展|工作内容|领域"
)
_NUMBERING = late(r"序号?|编号|项次|行次|栏次|代码|no\.?|NO\.?|No\.?|#")
_UNITS = late(r"(?:计量|指标|数据)?单位|量纲")
_NATURE = late(r"(?:指标)?(?:性质|属性)|指标类[型别]")
_ASIDE = late(
    r"备注|说明|注释?|(?:指标|数据)?来源|[\u4e00-\u9fff]{0,4}(?:责任|牵头|配合|负责|实施|完成)(?:单位|部门|科室|处室|人|时限|时间)|时限|电话|联系.*"
)
_TIME = late(r"年份?|年度|时间|时期|")
_AIMS = late(r"预期性?|约束性?")
_MOST_HEADERS, _LONGEST_HEADER = 5, 60


@dataclass(slots=True)
class Row:
    """A row: where it begins and ends, its cells, and where each of them begins."""

    start: int
    end: int
    cells: list[str]
    starts: list[int]


@dataclass(slots=True)
class Block:
    """Rows under one header, ``first`` to ``last``, the body beginning at ``body``; ``groups`` are rows that only head others."""

    first: int
    body: int
    last: int
    header: list[tuple[str, ...]] = field(default_factory=list)
    caption: str = ""
    groups: frozenset[int] = frozenset()
    roles: list[str] = field(default_factory=list)
    panels: list[list[int]] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)
    units: int = -1
    aims: dict[int, str] = field(default_factory=dict)
    levels: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def header_of(self, column: int) -> tuple[str, ...]:
        """Return the words over a column, from the top."""
        return self.header[column] if column < len(self.header) else ()

    def panel_of(self, column: int) -> int:
        """Return which of the tables side by side a column belongs to."""
        return max(sum(bound <= column for bound in self.bounds) - 1, 0)

    def role_of(self, column: int, cell: str) -> str:
        """Return what a cell is: number, label, unit, date, or words."""
        kind, role = kind_of_cell(cell), self.roles[column] if column < len(self.roles) else "words"
        if role == "unit" or (role == "label" and _ORDINAL.fullmatch(cell)):
            return role
        if kind == "year":
            return "number" if role == "number" else "date"
        return kind if kind in ("number", "date") and role != "aside" else "words"


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    unit = rf"(?:/(?:10|十)万人?口?|/[万千]人?|(?:{unit_pattern()})(?:/[\u4e00-\u9fff·]{{1,3}})?)"
    one = rf"(?:{ARABIC})(?:余|多)?(?:{MAGNITUDE})?(?:余|多)?{unit}?"
    lead = r"(?:[≥≤<>=±~↑↓]|约|近|超过?|逾|达到?|不低于|不少于|不超过|不高于|不小于|不大于|至少|大于|小于|低于|高于|控制在|稳定在|保持在|降至|降到|提高到)*"
    return re.compile(
        rf"{lead}[(\[]?[+-]?{one}(?:[-—~至到]{one})?(?:及?以上|及?以下|以内|之内|左右|上下)?[)\]]?(?:[*※△▲†↑↓]|[①-⑳]|\[\d\]|\(注?\d\))*"
    )


@lru_cache(maxsize=8192)
def kind_of_cell(cell: str) -> str:
    """Return what a cell is by its looks: none, year, date, number or words.

    >>> [kind_of_cell(cell) for cell in ("—", "2023", "2023年", "1,286人", "≥90%", "12.3*", "已建成32家")]
    ['none', 'year', 'date', 'number', 'number', 'number', 'words']
    """
    if _NONE.fullmatch(cell):
        return "none"
    if not any("0" <= character <= "9" for character in cell):
        return "words"
    if re.fullmatch(YEAR, cell):
        return "year"
    if DATE.fullmatch(cell) or re.fullmatch(rf"{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}", cell):
        return "date"
    return "number" if _number().fullmatch(cell) else "words"


@lru_cache(maxsize=1)
def _measured() -> re.Pattern[str]:
    return re.compile(rf"\d(?:{MAGNITUDE})?(?!周?岁|年|月|日|型|价|级)(?:{unit_pattern()})")


def _heads(row: Row) -> bool:
    """Say whether a row holds words and dates over columns, and no measured number."""
    kinds = [kind_of_cell(cell) for cell in row.cells]
    if "number" in kinds or any(len(cell) > _LONGEST_HEADER or "。" in cell for cell in row.cells):
        return False
    if _ORDINAL.fullmatch(row.cells[0]) or any(_measured().search(re.sub(r"\([^()]*\)", "", cell)) for cell in row.cells if cell):
        return False
    return any(kind in ("words", "date", "year") for kind in kinds[1:])


def numbers_columns(row: Row) -> bool:
    """Say whether a row only numbers the columns: 甲, 乙, 1, 2, 3."""
    cells = [cell for cell in row.cells if cell]
    numbers = [int(found.group()) for cell in cells if (found := re.search(r"\d+", cell))]
    return len(cells) > 1 and all(map(_INDEX.fullmatch, cells)) and bool(numbers) and numbers == list(range(1, len(numbers) + 1)) and (
        len(numbers) < len(cells) or len(numbers) > 2
    )  # fmt: skip


def _spans(row: Row) -> bool:
    """Say whether one text takes the whole width of the table."""
    words = {cell for cell in row.cells if cell}
    if len(row.cells) < 2 or len(words) != 1 or kind_of_cell(row.cells[0]) != "words":
        return False
    return all(row.cells) or not any(row.cells[1:])


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    """Return the blocks of a table, in order; every row lies in one."""
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        block = _opened(rows, at)
        at = block.body
        while at < len(rows) and not (at > block.body and _opens(rows, at, block)):
            at += 1
        block.last = at
        _set_up(block, rows)
        blocks.append(block)
    return blocks


def _opened(rows: Sequence[Row], at: int) -> Block:
    """Return the block that begins at a row, its header rows found."""
    top = at
    while at < len(rows) - 1 and _spans(rows[at]) and top == 0:
        at += 1
    block = Block(top, at, at, caption="".join(f"{row.cells[0]}|" for row in rows[top:at]))
    head = at
    while at < len(rows) and at - head < _MOST_HEADERS and _continues(rows, head, at):
        at += 1
    if at == len(rows) > head + 1 and not numbers_columns(rows[at - 1]):
        at = head + 1  # all words: the first row alone can be the header
    block.body = at if at > head and (at < len(rows) and _is_header(rows, head, at)) else head
    block.header = _joined(rows[head : block.body])
    return block


def _continues(rows: Sequence[Row], head: int, at: int) -> bool:
    row = rows[at]
    if at == head:
        return _heads(row) and not _spans(row)
    if numbers_columns(row):
        return True
    merged = row.cells[0] in ("", rows[head].cells[0]) and len(row.cells) == len(rows[head].cells)
    return merged and _heads(row) and row.cells != rows[head].cells


def _is_header(rows: Sequence[Row], head: int, body: int) -> bool:
    """Say whether the first row of words heads figures, or names columns of words."""
    if any(kind_of_cell(cell) in ("number", "year") for row in rows[body : body + 3] for cell in row.cells[1:]):
        return True
    return any(_STUBS.fullmatch(bare(cell)) for cell in rows[head].cells) or bool(_ORDINAL.fullmatch(rows[body].cells[0]))


def _opens(rows: Sequence[Row], at: int, block: Block) -> bool:
    """Say whether a row within a table is a header: the same again, or another one."""
    row, top = rows[at], rows[block.body - 1] if block.header else None
    if top is not None and (row.cells == top.cells or row.cells == rows[block.first].cells) and not _spans(row):
        return True
    if not _heads(row) or _spans(row):
        return False
    figures = any(kind_of_cell(cell) == "number" for cell in rows[at - 1].cells)
    return len(row.cells) != len(rows[at - 1].cells) or (figures and bool(_STUBS.fullmatch(bare(row.cells[0]))))


def _joined(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Return the words over each column; an empty cell above others belongs to the one on its left."""
    rows = [row for row in rows if not numbers_columns(row)]
    width = max((len(row.cells) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        left = ""
        for column in range(width):
            cell = row.cells[column] if column < len(row.cells) else ""
            below = any(column < len(later.cells) and later.cells[column] for later in rows[depth + 1 :])
            left = cell or (left if below else "")
            columns[column].append(left)
    return [tuple(dict.fromkeys(words for words in column if words)) for column in columns]


def _set_up(block: Block, rows: Sequence[Row]) -> None:
    """Find out what each column is, and where tables stand side by side."""
    block.groups = frozenset(at for at in range(block.body, block.last) if _spans(rows[at]))
    body = [rows[at] for at in range(block.body, block.last) if at not in block.groups]
    width = max([len(row.cells) for row in body] + [len(block.header)], default=0)
    columns = [[row.cells[column] for row in body if column < len(row.cells)] for column in range(width)]
    block.roles = [_role(column, cells, block) for column, cells in enumerate(columns)]
    block.units = block.roles.index("unit") if "unit" in block.roles else -1
    _find_panels(block)
    _find_aims(block, columns)
    _find_levels(block)


def _role(column: int, cells: Sequence[str], block: Block) -> str:
    kinds = [kind for kind in map(kind_of_cell, cells) if kind != "none"]
    words = bare("".join(block.header_of(column)))
    if block.header and _NUMBERING.fullmatch(words):
        return "label"
    if not words and column == 0 and _counts(cells):
        return "label"
    if (_UNITS.fullmatch(words) or not block.header) and kinds and sum(map(bool, map(unit_alone, cells))) * 2 > len(kinds):
        return "unit"
    if words and (_ASIDE.fullmatch(words) or _NATURE.fullmatch(words)):
        return "aside"
    if (
        kinds
        and all(kind in ("year", "date") for kind in kinds)
        and ("date" in kinds or ((column == 0 or words) and _TIME.fullmatch(words)))
    ):
        return "date"
    figures = sum(kind in ("number", "year") for kind in kinds)
    return "number" if figures * 2 > len(kinds) else "words"


def _counts(cells: Sequence[str]) -> bool:
    """Say whether cells number the rows: 1, 2, 3."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 4]
    return len(numbers) > 1 and len(numbers) == sum(map(bool, cells)) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _find_panels(block: Block) -> None:
    """Part a table where row headers begin again behind numbers, under the header that they had before or under none."""
    heads = [column for column, role in enumerate(block.roles) if role in ("words", "date")]
    stub = block.header_of(heads[0]) if heads else ()
    for column in heads:
        again = column > 0 and block.roles[column - 1] == "number" and (not block.header or (stub and block.header_of(column) == stub))
        if not block.panels or again:
            block.panels.append([])
            block.bounds.append(column)
        before = block.roles[block.bounds[-1] : column]
        if "number" not in before or "number" not in block.roles:
            block.panels[-1].append(column)
    if not block.panels:
        block.panels, block.bounds = [[]], [0]
    if "number" not in block.roles:  # a table of words: what stands first heads the rest
        block.panels, block.bounds = [heads[:1]], [0]


def _find_aims(block: Block, columns: Sequence[Sequence[str]]) -> None:
    """Tell where things began from what is aimed at, in a table whose indicators are 预期性 or 约束性, or with two years."""
    years = {column: found[-1] for column, words in enumerate(block.header) if (found := re.findall(YEAR, "".join(words)))}
    marked = any(_NATURE.fullmatch("".join(block.header_of(column))) for column in range(len(columns)))
    marked = marked or any(cells and all(map(_AIMS.fullmatch, cells)) for cells in columns)
    if len(set(years.values())) > 1 and (marked or len(years) == 2):
        last = max(years.values())
        block.aims = {
            column: ("aim" if year == last else "base") if marked else ("" if year == last else "earlier") for column, year in years.items()
        }


def _find_levels(block: Block) -> None:
    """Find the words over the column that a column of change belongs to: of those on its left the latest year, or the next."""
    level: tuple[str, ...] = ()
    moved = False
    for column, role in enumerate(block.roles):
        words = block.header_of(column)
        if any(map(change_in, words)):
            block.levels[column], moved = level, True
        elif role == "number" and (moved or _latest(words) >= _latest(level)):
            level, moved = words, False


def _latest(words: Sequence[str]) -> str:
    return max(re.findall(YEAR, "".join(words)), default="")
