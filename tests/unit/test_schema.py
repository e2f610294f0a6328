"""Tables are written plainly, sorted by key, and refused when a cell means nothing."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.errors import CorpusError
from weijian.schema import Column, Table, printed_table, read_table, write_table

TABLE = Table(
    "things",
    "Things",
    (Column("thing", required=True), Column("value", type="decimal"), Column("themes", many=True), Column("text", verbatim=True)),
    ("thing",),
)


def row(thing: str, **cells: Any) -> dict[str, Any]:
    return {"thing": thing, "value": None, "themes": (), "text": ""} | cells


def written(*rows: dict[str, Any], **more: Any) -> str:
    return write_table(TABLE, rows, CorpusError, **more)


def test_decimals_are_printed_plainly_with_the_digits_they_have():
    values = {"1.0": "1.0", "1.26567E+7": "12656700", "-8.27": "-8.27", "0.00001": "0.00001", "1E+2": "100"}
    for value, printed in values.items():
        assert written(row("a", value=Decimal(value))).splitlines()[1] == f"a,{printed},,"


def test_rows_are_sorted_by_key_and_numbers_in_keys_by_their_value():
    text = written(row("a#1@100"), row("a#1@20"), row("a#2@3"), row("a#1@20.2"))
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["a#1@20", "a#1@20.2", "a#1@100", "a#2@3"]


def test_lists_are_joined_and_missing_cells_are_empty():
    assert written(row("a", themes=("x", "y"))) == "thing,value,themes,text\na,,x;y,\n"


def test_an_empty_table_is_its_header():
    assert written() == "thing,value,themes,text\n"


def test_the_text_of_a_report_keeps_its_blanks_line_ends_and_quotation_marks():
    for text in ("　甲", "甲\r\n乙", "甲\r乙", '他说"好"', "a,b", " "):
        printed = written(row("a", text=text))
        assert next(iter(list(csv.DictReader(io.StringIO(printed, newline="")))))["text"] == text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)))
def test_what_is_printed_reads_back_the_same(cells: list[list[str]]):
    assert list(csv.reader(io.StringIO(printed_table([["a", "b"], *cells]), newline=""), strict=True)) == [["a", "b"], *cells]


REFUSED = [
    ([row("")], "column thing: the cell is empty"),
    ([row("a"), row("a")], "“a” stands in row 2 already"),
    ([row(" a")], "begins or ends with a blank"),
    ([row("a", value=Decimal("NaN"))], "“NaN” is not a plain number"),
]


@pytest.mark.parametrize(("rows", "said"), REFUSED)
def test_a_row_that_means_nothing_is_not_written(rows: list[dict[str, Any]], said: str):
    with pytest.raises(CorpusError, match=said):
        written(*rows)


def test_a_word_that_is_not_known_is_not_written():
    with pytest.raises(CorpusError, match=r"things, row 2, column themes: “z” is not known"):
        written(row("a", themes=("x", "z")), known=lambda column: {"x", "y"} if column.name == "themes" else None)


@pytest.mark.parametrize(
    ("cells", "said"),
    [("43％", "not a plain number"), ("1,000", "not a plain number"), ("4e5", "not a plain number")],
)
def test_a_number_in_a_sheet_is_plain(tmp_path: Path, cells: str, said: str):
    path = tmp_path / "things.csv"
    path.write_text(f'thing,value,themes,text\na,"{cells}",,\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_table(path, TABLE, CorpusError)
