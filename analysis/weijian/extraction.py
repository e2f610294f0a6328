"""``weijian extract``: every number of any report, as JSON Lines, CSV, or a table for reading."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from weijian.documents import read_document
from weijian.errors import WeijianError
from weijian.reading import extract
from weijian.schema import printed_table

_COLUMNS = (
    "start", "end", "surface", "role", "value", "low", "high", "unit", "bound", "kind", "status", "period",
    "subject", "scope", "themes", "indicator",
)  # fmt: skip


def print_numbers(arguments: Sequence[str]) -> int:
    """Print every number of the files; return 1 when one of them could not be read, after the others were."""
    options = _options(arguments)
    several = len(options.file) > 1
    rows: list[dict[str, Any]] = []
    failed = False
    for file in options.file:
        named = {"file": file} if several else {}
        try:
            found = extract(read_document(file).text)
        except WeijianError as error:
            print(f"weijian: {error}", file=sys.stderr)
            failed = True
            continue
        if options.format == "jsonl":
            sys.stdout.writelines(json.dumps(named | row, ensure_ascii=False) + "\n" for row in found)
        else:
            rows += [named | row for row in found]
    if options.format != "jsonl":
        _print_rows(rows, ("file", *_COLUMNS) if several else _COLUMNS, options.format)
    sys.stdout.flush()
    return int(failed)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="weijian extract",
        description="Print every number of any report: one JSON object a line, in the order of the text.",
    )
    parser.add_argument("file", nargs="+", metavar="FILE", help="a report: text, web page, PDF or Word file")
    parser.add_argument("--format", choices=["jsonl", "csv", "table"], default="jsonl", help="default: jsonl")
    return parser.parse_args(arguments)


def _print_rows(rows: Iterable[dict[str, Any]], columns: Sequence[str], form: str) -> None:
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    if form == "csv":
        sys.stdout.write(printed_table([columns, *cells]))
    else:
        show_table("", columns, cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, list) else str(value)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table for reading, as wide as the terminal, or wide enough for a file."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title or None, title_justify="left")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))  # a report's brackets are no markup
    Console(width=None if sys.stdout.isatty() else 240).print(shown)
