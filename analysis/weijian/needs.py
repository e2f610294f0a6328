"""What the cells of a notebook ask of its kernel: the modules they import, and how much of it may be there before they run."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from weijian.codebook import CORPUS_VARIABLE

_CHOOSES = re.compile(rf"""os\.environ\[["']{CORPUS_VARIABLE}["']\]""")
_PREPARES = (CORPUS_VARIABLE, "environ", "sys.path")  # what a cell may want to set before it imports
COLD, FRESH, WARM = "cold", "fresh", "warm"
"""A kernel of its own, one forked before the codebook is read, and one forked when all has been imported."""


def imported(notebook: Mapping[str, Any]) -> list[str]:
    """Return the modules that the cells of a notebook import; of ``from a import b`` both, since b may be a module.

    >>> cell = {"cell_type": "code", "source": "import pandas as pd\\nfrom weijian import figures"}
    >>> imported({"cells": [cell, {"cell_type": "code", "source": "%who"}]})
    ['pandas', 'weijian', 'weijian.figures']
    """
    found: dict[str, None] = {}
    for cell in notebook["cells"]:
        with contextlib.suppress(SyntaxError):  # a line for IPython; the kernel will say so if it is none
            statements = ast.walk(ast.parse("".join(cell["source"]))) if cell["cell_type"] == "code" else ()
            for statement in statements:
                found |= dict.fromkeys(_modules(statement))
    return list(found)


def _modules(statement: ast.AST) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (each.name for each in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        yield statement.module
        yield from (f"{statement.module}.{each.name}" for each in statement.names)


def warmth_of(notebook: Mapping[str, Any]) -> str:
    """Return how warm the kernel of a notebook may be: not warm where its cells prepare what they import, such as by choosing the corpus.

    >>> def asked(*cells):
    ...     return warmth_of({"cells": [{"cell_type": "code", "source": each} for each in cells]})
    >>> asked("import pandas"), asked("os.environ['WEIJIAN_CORPUS'] = 'mine'"), asked("import sys", "sys.path.append('mine')")
    ('warm', 'fresh', 'cold')
    """
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    rest = _CHOOSES.sub("", code)
    if any(words in rest for words in _PREPARES):
        return COLD
    return WARM if rest == code else FRESH
