"""A table as a reader sees it: columns and codes in words, as text that lines up and as HTML whose every cell is escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from weijian.amounts import Row, number, side_of, unit_name, value_label
from weijian.frames import as_rows
from weijian.links import address
from weijian.words import WORD_LISTS, definition_name, heading, indicator_name, name_of_place, place_name, said_of, signs, standing, word

if TYPE_CHECKING:
    import pandas as pd


_MOST = 500
"""How many rows of a table are shown: a page of more is read by nobody."""
_PAGES = "../figures/"
SIDES = ("plan", "outcome", "target")
"""What the columns of rows with two sides begin with."""
_LINKED = {
    "observation": "observation", "quote": "observation", "value": "observation",
    "left": "left", "left_place": "left", "right": "right", "right_place": "right",
    **{f"{side}_value": f"{side}_observation" for side in SIDES}, **{f"{side}_quote": f"{side}_clause" for side in SIDES},
}  # fmt: skip
"""Columns whose cells lead to a sentence, with the column that names the observation."""


class Table:
    """A table for reading. A notebook shows it as HTML and compares it as text.

    ``links`` holds for each cell the observation whose sentence it leads to, or nothing; only the HTML shows them.
    """

    def __init__(self, headings: Sequence[str], cells: Sequence[Sequence[str]], links: Sequence[Sequence[str]] = ()) -> None:
        self.headings, self.cells = list(headings), [list(row) for row in cells]
        self.links = [list(row) for row in links] or [[""] * len(row) for row in self.cells]

    def __repr__(self) -> str:
        rows = [self.headings, *self.cells]
        widths = [max(columns_of(row[index]) for row in rows) for index in range(len(self.headings))]
        return "\n".join(
            "  ".join(cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
        )

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in self.headings)
        rows = (zip(row, links, strict=True) for row, links in zip(self.cells, self.links, strict=True))
        body = "\n".join(f"<tr>{''.join(f'<td>{_linked(*cell)}</td>' for cell in row)}</tr>" for row in rows)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def table(rows: pd.DataFrame, columns: Sequence[str], language: str = "zh") -> Table:
    """Return the columns of a table in words.

    ``value`` is printed with its bound and unit; places, indicators, definitions and all codes by their names in the language;
    a column that the table has in both languages is asked for without its ending. Where a row names an observation, its value,
    quote and key lead to the sentence on the page of its report. Of a table of more than 500 rows the first 500 are shown, and a
    last row says how many there are besides.
    """
    names = [heading(name, language) for name in columns]
    records = as_rows(rows.head(_MOST))
    cells = [[_cell(row, name, language) for name in columns] for row in records]
    links = [[_observation(row, name) for name in columns] for row in records]
    if len(rows) > _MOST:
        cells.append([heading("more_rows", language).format(len(rows) - _MOST), *([""] * (len(names) - 1))])
        links.append([""] * len(names))
    return Table(names, cells or [[heading("none", language), *([""] * (len(names) - 1))]], links)


def _cell(row: Row, name: str, language: str) -> str:
    special = _SPECIAL.get(name)
    cell = row[name] if name in row else row[f"{name}_{language}"]
    valueless = name == "value" and _is_empty(cell) and _is_empty(row.get("low"))  # a range has no value, only ends
    if special and name in row and not valueless:
        return special(row, language)
    if _is_empty(cell):
        return ""
    if isinstance(cell, float):
        return number(cell)
    return word(name, str(cell), language) if name in WORD_LISTS else str(cell)


def _observation(row: Row, name: str) -> str:
    """Return the observation behind a cell, empty where there is none."""
    key = row.get(_LINKED.get(name, ""), "")
    return key if isinstance(key, str) and "#" in key and "@" in key else ""


def _linked(cell: str, observation: str) -> str:
    """Return a cell as HTML, as seen from the folder of the notebooks."""
    return f'<a href="{escape(_PAGES + address(observation))}">{escape(cell)}</a>' if cell and observation else escape(cell)


def _is_empty(cell: object) -> bool:
    return cell is None or cell != cell


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a Chinese character.

    >>> columns_of("43万人")
    6
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _places(row: Row, name: str, language: str) -> str:
    places = signs(language).list_comma.join(name_of_place(key, language) for key in row[name].split(";") if key)
    year = row.get(name.replace("_place", "_year"), "") if name != "part_of" else ""
    return f"{places} {year}".strip()


def _value_of(side: str, row: Row, language: str) -> str:
    """Return the value of one side of a row, nothing where the side has no figure."""
    told = side_of(row, side)
    return value_label(told, language) if told["unit"] else ""


_SPECIAL: Mapping[str, Callable[[Row, str], str]] = {
    "place": place_name,
    "part_of": lambda row, language: _places(row, "part_of", language),
    "left_place": lambda row, language: _places(row, "left_place", language),
    "right_place": lambda row, language: _places(row, "right_place", language),
    "indicator": lambda row, language: indicator_name(row["indicator"], language),
    "definition": lambda row, language: definition_name(row["definition"], language),
    "flags": lambda row, language: signs(language).semicolon.join(
        filter(None, (said_of(flag, language).rstrip(".。") for flag in row["flags"].split(";")))
    ),
    "flag": lambda row, language: said_of(row["flag"], language),
    "population_base": lambda row, language: word("base", row["population_base"], language),
    "unit": lambda row, language: unit_name(row["unit"], language) or row["unit"],
    "summary_title": lambda row, language: row["summary_title"] or heading("none", language),
    "verification": lambda row, language: standing(row["verification"], language),
    "value": value_label,
    "matched_by": lambda row, language: signs(language).list_comma.join(
        word("matched_by", way, language) for way in row["matched_by"].split(";") if way
    ),
    **{f"{side}_value": partial(_value_of, side) for side in SIDES},
}
"""Columns whose cells are more than a word of a list."""
