"""The tables of facts are read whole or refused with the cell that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from weijian.codebook import FOLDER, TABLES, Codebook, codebook
from weijian.errors import CodebookError
from weijian.schema import file_of


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the codebook that a test may spoil."""
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_codebook_that_is_shipped_has_no_fault():
    assert codebook().faults() == []


def test_rows_are_read_only_and_read_once():
    book = codebook()
    row = book.by_key("indicators")["fd_teams"]
    assert book.rows("indicators") is book.rows("indicators")
    assert codebook() is book
    with pytest.raises(TypeError):
        row["unit"] = "人"  # type: ignore[index]


def test_each_list_of_words_names_its_words_in_both_languages():
    for name in ("genre", "base", "stock_or_flow", "stage", "tier", "level", "kind", "status", "bound", "role", "reason", "quantity"):
        words = codebook().words(name)
        assert words, name
        assert all(row["name_zh"] and row["name_en"] for row in words.values())


def test_every_indicator_and_definition_has_an_english_name():
    assert all(row["name_en"].isprintable() and row["name_en"] for row in codebook().rows("indicators"))
    assert all(row["name_en"] for row in codebook().rows("definitions"))


def test_every_definition_says_how_well_it_is_confirmed():
    assert all(row["verification"] for row in codebook().rows("definitions"))


SPOILED = [
    ("units.csv", "人次,event", "人次,evnt", ["units.csv, row", "column quantity", "“evnt” is not known", "words.csv"]),
    ("indicators.csv", "fd_teams,family_doctor", "fd_teams,family_docter", ["indicators.csv", "column theme", "“family_docter”"]),
    ("indicators.csv", "fd_teams,", "fd_sign_rate,", ["indicators.csv", "row 6", "fd_sign_rate", "row 3 already"]),
    ("indicators.csv", "Family-doctor teams", "", ["indicators.csv", "row 6", "column name_en", "empty"]),
    ("indicators.csv", ",个,", ",個,", ["indicators.csv", "column unit", "“個” is not known"]),
    ("indicators.csv", ",resident,stock", ",residents,stock", ["column base", "use one of"]),
    ("indicators.csv", "indicator,theme", "indicator,topic", ["indicators.csv, row 1", "the column theme is missing"]),
    ("definitions.csv", "fd_sign_rate.residents,fd_sign_rate", "fd_sign_rate.residents,fd_signrate", ["did you mean fd_sign_rate"]),
    ("words.csv", "genre,plan,", "genre,summary,", ["words.csv", "list + word", "genre, summary"]),
    ("flags.csv", "unit_inferred,", " unit_inferred,", ["flags.csv", "column flag", "blank"]),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILED)
def test_a_bad_cell_is_refused_with_file_row_column_and_remedy(copied: Path, file: str, old: str, new: str, said: list[str]):
    spoil(copied, file, old, new)
    with pytest.raises(CodebookError) as caught:
        Codebook(copied).rows(Path(file).stem)
    for words in said:
        assert words in str(caught.value)
    assert caught.value.remedy


def test_all_faults_are_listed_at_once(copied: Path):
    spoil(copied, "units.csv", "人次,event", "人次,evnt")
    spoil(copied, "flags.csv", "unit_inferred,", " unit_inferred,")
    spoil(copied, "themes.csv", "Elderly care", "")
    named = {fault.where.split(",")[0] for fault in Codebook(copied).faults()}
    assert named >= {str(copied / file) for file in ("units.csv", "flags.csv", "themes.csv")}


def test_a_message_names_the_file_that_a_person_can_open(copied: Path, monkeypatch: pytest.MonkeyPatch):
    assert file_of(FOLDER / "indicators.csv") == "analysis/weijian/codebook/indicators.csv"
    assert file_of(copied / "indicators.csv") == str(copied / "indicators.csv")
    installed = copied / "lib" / "weijian" / "codebook"  # away from any repository
    monkeypatch.setattr("weijian.schema._CODEBOOK", installed)
    assert file_of(installed / "indicators.csv") == str(installed / "indicators.csv")


def test_a_table_saved_in_another_encoding_is_refused_with_advice(copied: Path):
    (copied / "themes.csv").write_bytes("theme,name_zh,name_en\nx,家庭,y\n".encode("gb18030"))
    with pytest.raises(CodebookError, match=r"is not UTF-8.*CSV UTF-8"):
        Codebook(copied).rows("themes")


def test_a_table_saved_by_a_spreadsheet_with_mark_line_ends_and_empty_rows_is_read(copied: Path):
    text = (copied / "themes.csv").read_text(encoding="utf-8")
    (copied / "themes.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b",,\r\n")
    assert Codebook(copied).rows("themes") == codebook().rows("themes")


def test_a_row_with_a_comma_too_many_is_refused(copied: Path):
    spoil(copied, "themes.csv", "Elderly care", "Elderly, care")
    with pytest.raises(CodebookError, match=r"themes.csv, row 4: 4 cells under 3 column names"):
        Codebook(copied).rows("themes")


def test_a_missing_table_is_named(copied: Path):
    (copied / "units.csv").unlink()
    with pytest.raises(CodebookError, match=r"units.csv: the file is missing"):
        Codebook(copied).rows("units")


def test_a_table_without_a_declaration_is_read_by_its_first_column(copied: Path):
    (copied / "notes.csv").write_text("note,text\na,甲\n", encoding="utf-8")
    assert "notes" not in TABLES
    assert Codebook(copied).by_key("notes")["a"]["text"] == "甲"
