"""The guards themselves: a sound notebook passes, and each way of spoiling it is seen."""

from __future__ import annotations

import base64
import copy
import io
import json

import pytest
from PIL import Image, ImageDraw

from notebooks.likeness import TOLERANCE, differences, drawing_differs, picture_difference
from notebooks.rules import RULES


def picture(label: str) -> bytes:
    image = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(image).text((300, 200), label, fill="black", font_size=16)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def code(source, count, *outputs, tags=()):
    return {"cell_type": "code", "source": source, "execution_count": count, "outputs": list(outputs), "metadata": {"tags": list(tags)}}


def markdown(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def shown(label="43%"):
    data = {"image/png": base64.b64encode(picture(label)).decode(), "text/plain": "<Image>"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def sound():
    cells = [
        markdown("# 签约 / Sign-up\n\n`language`: zh 或 en / zh or en"),
        code("language = 'zh'", 1, tags=["parameters"]),
        code("print(1 + 1)", 2, {"output_type": "stream", "name": "stdout", "text": "2\n"}),
        code("draw()", 3, shown()),
    ]
    return {"cells": cells, "metadata": {}}


def complaints(notebook):
    return [complaint for rule in RULES for complaint in rule(notebook)]


def test_a_sound_notebook_passes():
    assert complaints(sound()) == []
    assert list(differences(sound(), sound())) == []


def strip_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []


SPOILED = {
    "outputs stripped": strip_outputs,
    "a count missing": lambda notebook: notebook["cells"][2].update(execution_count=None),
    "cells run out of order": lambda notebook: notebook["cells"][2].update(execution_count=7),
    "a function": lambda notebook: notebook["cells"][3].update(source="def f():\n    return 1"),
    "a long cell": lambda notebook: notebook["cells"][3].update(source="x = 1\n" * 13),
    "a magic": lambda notebook: notebook["cells"][3].update(source="%matplotlib inline"),
    "a number in prose": lambda notebook: notebook["cells"].append(markdown("覆盖率为 43%。")),
    "a full-width number in prose": lambda notebook: notebook["cells"].append(markdown("覆盖率为４３％。")),
    "a heading in one language": lambda notebook: notebook["cells"].append(markdown("## Findings")),
    "no parameters": lambda notebook: notebook["cells"][1]["metadata"].update(tags=[]),
    "another language by default": lambda notebook: notebook["cells"][1].update(source="language = 'en'"),
    "a parameter that is not explained": lambda notebook: notebook["cells"][1].update(source="language = 'zh'\nyears = []"),
    "a warning": lambda notebook: notebook["cells"][2]["outputs"].append({"output_type": "stream", "name": "stderr", "text": "!"}),
    "papermill's times": lambda notebook: notebook["cells"][2]["metadata"].update(papermill={"duration": 1}),
    "an address": lambda notebook: notebook["cells"][2]["outputs"][0].update(text="<object at 0x7f00deadbeef>"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_notebook_is_named(spoil):
    notebook = sound()
    spoil(notebook)
    assert complaints(notebook)


CHANGED = {
    "another text": lambda notebook: notebook["cells"][2]["outputs"][0].update(text="3\n"),
    "one output stripped": lambda notebook: notebook["cells"][2].update(outputs=[]),
    "another picture": lambda notebook: notebook["cells"][3].update(outputs=[shown("44%")]),
    "no picture": lambda notebook: notebook["cells"][3]["outputs"][0]["data"].pop("image/png"),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_changed_output_is_seen(change):
    notebook = sound()
    change(notebook)
    assert list(differences(notebook, sound()))


def test_lists_of_lines_are_the_text_they_make():
    notebook = json.loads(json.dumps(sound()))
    notebook["cells"][2]["outputs"][0]["text"] = ["2\n"]
    assert list(differences(notebook, sound())) == []


def test_one_digit_makes_another_picture_and_fainter_edges_do_not():
    digit = picture_difference(picture("≥25.0%"), picture("≥26.0%"))
    image = Image.open(io.BytesIO(picture("≥25.0%")))
    fainter = io.BytesIO()
    image.point(lambda value: min(255, value + 8)).save(fainter, "PNG")
    assert digit > TOLERANCE
    assert picture_difference(picture("≥25.0%"), fainter.getvalue()) < TOLERANCE


def test_pictures_of_unequal_size_differ():
    small = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(small, "PNG")
    assert picture_difference(picture("1"), small.getvalue()) == 255


def test_a_drawing_may_tremble_but_not_move():
    assert not drawing_differs("<path d='M 1.00 2'/>", "<path d='M 1.04 2'/>")
    assert drawing_differs("<path d='M 1 2'/>", "<path d='M 3 2'/>")
    assert drawing_differs("<path d='M 1 2'/>", "<path d='L 1 2'/>")


def test_comparing_changes_nothing():
    notebook = sound()
    before = copy.deepcopy(notebook)
    list(differences(notebook, sound()))
    complaints(notebook)
    assert notebook == before
