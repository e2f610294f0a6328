"""What a committed notebook must be: each rule takes a notebook as plain JSON and yields what is wrong, by cell."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

from weijian.errors import NotebookError
from weijian.runner import parameters

Notebook = dict[str, Any]
LONGEST = 12
NOISE = ("papermill", "execution", "ExecuteTime")
CODE_OR_LINK = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>")
HAN, LATIN, DIGIT = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2}"), re.compile(r"\d")


def source_of(cell: Notebook) -> str:
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def cells_of(notebook: Notebook, kind: str) -> Iterator[tuple[int, Notebook]]:
    """Yield cells of a kind with their number as counted from the top."""
    return ((number, cell) for number, cell in enumerate(notebook["cells"], 1) if cell["cell_type"] == kind and source_of(cell).strip())


def is_checked(output: Notebook) -> bool:
    """Say whether nbval compares an output: it does not look at pictures, and what only names an object says nothing."""
    if output["output_type"] == "stream":
        return True
    data = output.get("data", {})
    plain = "".join(data.get("text/plain", ""))
    return "text/html" in data or (bool(plain) and not (plain.startswith("<") and plain.endswith(">")))


def executed_in_order(notebook: Notebook) -> Iterator[str]:
    for expected, (number, cell) in enumerate(cells_of(notebook, "code"), 1):
        if cell.get("execution_count") != expected:
            yield f"cell {number} has the count {cell.get('execution_count')}, not {expected}: run `make report`"


def has_checked_output(notebook: Notebook) -> Iterator[str]:
    if not any(is_checked(output) for _, cell in cells_of(notebook, "code") for output in cell["outputs"]):
        yield "no cell has an output that can be compared: it was stripped, or the notebook only draws"


def ran_clean(notebook: Notebook) -> Iterator[str]:
    for number, cell in cells_of(notebook, "code"):
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"cell {number} ends with an error or a warning"


def short_plain_code(notebook: Notebook) -> Iterator[str]:
    for number, cell in cells_of(notebook, "code"):
        if len(source_of(cell).splitlines()) > LONGEST:
            yield f"cell {number} is longer than {LONGEST} lines"
        try:
            tree = ast.parse(source_of(cell))
        except SyntaxError:
            yield f"cell {number} is not plain Python"
            continue
        if any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for node in ast.walk(tree)):
            yield f"cell {number} defines a function or a class: it belongs in the library"


def known_parameters(notebook: Notebook) -> Iterator[str]:
    try:
        known = parameters(notebook)
    except NotebookError as error:
        yield str(error)
        return
    if known.get("language") != "zh":
        yield "the parameter `language` is missing or its default is not zh"
    numbered = list(enumerate(notebook["cells"]))
    place = next(index for index, cell in numbered if "parameters" in cell["metadata"].get("tags", []))
    if not source_of(notebook["cells"][place]).isascii():
        yield "the parameters cell is not ASCII: papermill would write escapes"
    beside = "".join(source_of(cell) for index, cell in numbered if abs(index - place) == 1 and cell["cell_type"] == "markdown")
    for name in known:
        if f"`{name}`" not in beside:
            yield f"the parameter `{name}` is not explained beside its cell"


def no_number_in_prose(notebook: Notebook) -> Iterator[str]:
    for number, cell in cells_of(notebook, "markdown"):
        for line in source_of(cell).splitlines():
            if DIGIT.search(CODE_OR_LINK.sub("", line)):
                yield f"cell {number} has a typed number: {line.strip()}"


def headings_in_both_languages(notebook: Notebook) -> Iterator[str]:
    headings = [line for _, cell in cells_of(notebook, "markdown") for line in source_of(cell).splitlines() if re.match("#+ ", line)]
    if not headings or not headings[0].startswith("# "):
        yield "the notebook does not begin with a title"
    for heading in headings:
        if not (HAN.search(heading) and LATIN.search(heading)):
            yield f"the heading is not in both languages: {heading}"


def no_traces_of_a_run(notebook: Notebook) -> Iterator[str]:
    if "papermill" in notebook["metadata"] or "version" in notebook["metadata"].get("language_info", {}):
        yield "the notebook's metadata name a run or a patch version of Python"
    for number, cell in enumerate(notebook["cells"], 1):
        if any(noise in cell["metadata"] for noise in NOISE) or "injected-parameters" in cell["metadata"].get("tags", []):
            yield f"cell {number} holds times or parameters of a run"
        if re.search(r"\bat 0x[0-9a-f]{6,}", str(cell.get("outputs", ""))):
            yield f"cell {number} prints an address in memory"


RULES: tuple[Callable[[Notebook], Iterator[str]], ...] = (
    executed_in_order,
    has_checked_output,
    ran_clean,
    short_plain_code,
    known_parameters,
    no_number_in_prose,
    headings_in_both_languages,
    no_traces_of_a_run,
)
