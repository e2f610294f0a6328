"""A correction changes what it points at, or stops the build: it is never passed over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from weijian.codebook import codebook
from weijian.corrections import CALLED, CORRECTIONS, FIELDS, apply_corrections, enter, require_documents
from weijian.errors import CorpusError
from weijian.records import Document, Observation
from weijian.schema import read_table

TEXT = "签约率47.84%。全市平均730种,签约率47.84%。"


def observation(start: int, end: int, value: str, **more: object) -> Observation:
    plain = dict.fromkeys(
        (
            "section",
            "place_code",
            "indicator",
            "definition",
            "subject",
            "scope",
            "base",
            "stage",
            "unit",
            "period",
            "stock_or_flow",
            "rule",
        ),
        "",
    )
    given = {
        "observation": f"a#1@{start}", "report": "a#1", "candidates": (), "themes": (), "kind": "level", "status": "actual", "bound": "=",
        "value": Decimal(value), "low": None, "high": None, "start": start, "end": end, "sentence_start": 0, "sentence_end": len(TEXT),
        "quote": TEXT, "flags": (),
    }  # fmt: skip
    return Observation(**(plain | given | more))  # type: ignore[arg-type]


DOCUMENT = Document("a", TEXT)
FIRST, PEER, AGAIN = observation(3, 9, "47.84"), observation(14, 18, "730"), observation(22, 28, "47.84")


def row(**cells: str) -> dict[str, str]:
    plain = {"document": "a", "quote": "平均730种", "occurrence": "1", "field": "value", "old": "730", "new": "73"}
    return plain | {"reason": "少于84", "who": "甲", "date": "2025-05-01"} | cells


def corrected(*rows: dict[str, str]) -> dict[str, Observation]:
    after = apply_corrections(DOCUMENT, (FIRST, PEER, AGAIN), rows, known=codebook().allowed)
    return {each.observation: each for each in after}


def test_a_correction_changes_one_field_and_says_so():
    after = corrected(row())["a#1@14"]
    assert after.value == 73
    assert after.correction == "value: 730 → 73, 少于84 (甲 2025-05-01)"
    assert after.checked_by == "甲 2025-05-01"


def test_a_row_with_nothing_new_confirms():
    after = corrected(row(new="730"))["a#1@14"]
    assert (after.value, after.correction, after.checked_by) == (730, "", "甲 2025-05-01")


def test_the_occurrence_tells_equal_quotes_apart():
    after = corrected(row(quote="签约率47.84%", occurrence="2", field="status", old="actual", new="target"))
    assert [after[key].status for key in ("a#1@3", "a#1@22")] == ["actual", "target"]


def test_a_second_row_is_guarded_by_what_the_first_one_left():
    after = corrected(row(), row(old="73", new="74", reason="再改"))["a#1@14"]
    assert after.value == 74
    assert after.correction.count("→") == 2


def test_lists_and_empty_values_can_be_corrected():
    after = corrected(row(field="themes", old="", new="family_doctor;elderly_care"), row(field="low", old="", new="70"))["a#1@14"]
    assert after.themes == ("family_doctor", "elderly_care")
    assert after.low == 70


def test_rows_of_other_documents_are_left_to_them():
    assert corrected(row(document="b"))["a#1@14"] == PEER


REFUSED = [
    ({"quote": "平均731种"}, "holds it 0 times"),
    ({"occurrence": "2"}, "holds it 1 times, and occurrence 2"),
    ({"quote": "全市"}, "no number of the tables lies in it"),
    ({"old": "84"}, "value is “730”, not “84”"),
    ({"quote": TEXT, "field": "status", "old": "actual", "new": "target"}, "3 numbers in it have status “actual”"),
    ({"field": "start"}, "“start” cannot be corrected"),
    ({"new": "七十三"}, "“七十三” is not a plain number"),
    ({"field": "status", "old": "actual", "new": "planned"}, "“planned” is not known"),
    ({"field": "indicator", "old": "", "new": "fd_signrate"}, "did you mean fd_sign_rate"),
]


@pytest.mark.parametrize(("cells", "said"), REFUSED)
def test_a_row_that_cannot_be_applied_is_an_error(cells: dict[str, str], said: str):
    with pytest.raises(CorpusError, match=said) as caught:
        corrected(row(**cells))
    assert "data/corrections.csv" in caught.value.where
    assert caught.value.remedy


def test_a_row_for_a_document_that_is_not_there_is_an_error():
    with pytest.raises(CorpusError, match="no document “c”"):
        require_documents([row(document="c")], ["a", "b"])


def test_the_form_for_a_wrong_number_asks_for_what_a_correction_needs():
    import yaml

    form = yaml.safe_load((Path(__file__).parents[2] / ".github/ISSUE_TEMPLATE/wrong-number.yml").read_text(encoding="utf-8"))
    asked = {part["id"]: part["attributes"] for part in form["body"] if "id" in part}
    assert set(asked) == set(CORRECTIONS.header) - {"who", "date"}
    assert tuple(asked["field"]["options"][:-1]) == FIELDS
    assert all(" / " in attributes["label"] for attributes in asked.values())


def test_a_new_file_of_corrections_gets_its_header(tmp_path: Path):
    (tmp_path / "data").mkdir()
    enter(tmp_path, "a,签约率47.84%,1,kind,level,level,as printed,Li,2024-05-01")
    rows = read_table(tmp_path / CALLED, CORRECTIONS, CorpusError)
    assert [(row["document"], row["field"], row["who"]) for row in rows] == [("a", "kind", "Li")]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_a_line_is_added_to_a_file_of_corrections_behind_its_rows(tmp_path: Path, ending: str):
    path = tmp_path / CALLED
    path.parent.mkdir()
    lines = [",".join(CORRECTIONS.header), "a,签约率47.84%,1,kind,level,level,as printed,Li,2024-05-01"]
    path.write_text("\n".join(lines) + ending, encoding="utf-8")
    enter(tmp_path, "a,730种,1,unit,种,种,as printed,Li,2024-05-01\n")
    assert path.read_text(encoding="utf-8").splitlines() == [*lines, "a,730种,1,unit,种,种,as printed,Li,2024-05-01"]
