"""The questions of ``weijian add``: what the text does not show is asked for, and whether the report is to be added."""

from __future__ import annotations

import sys

import typer

from weijian.adding import Intake
from weijian.candidates import Candidate, code_of_place, examine
from weijian.errors import CorpusError
from weijian.summaries import phrase, summary

_YEARS = range(1949, 2200)


def may_ask() -> bool:
    """Say whether a person sits at the terminal."""
    return sys.stdin.isatty()


def ask(candidate: Candidate, intake: Intake, language: str, *, yes: bool) -> dict[str, str] | None:
    """Show what was read, ask for what the text does not show and whether to add it; None when it is not to be added."""
    typer.echo("\n".join(summary(candidate, language, intake.versions_of(candidate))))
    if yes:
        return {}
    first = candidate.reports[0] if candidate.reports else None
    said: dict[str, str] = {}
    if first and not first.place_code and candidate.row["tier"] != "masked":
        said["place_code"] = _place(language)
    if first and first.year is None:
        said["year"] = _year(language)
    said = {name: cell for name, cell in said.items() if cell}
    if said:
        typer.echo("\n".join(summary(examine(candidate.path, {**candidate.document.stated, **said}), language)[:4]))
    return said if typer.confirm(phrase("closing", "ask", language), default=True) else None


def _place(language: str) -> str:
    while answer := typer.prompt(phrase("closing", "ask_place", language), default="", show_default=False).strip():
        try:
            return code_of_place(answer)
        except CorpusError as error:
            typer.echo(str(error), err=True)
    return ""


def _year(language: str) -> str:
    while answer := typer.prompt(phrase("closing", "ask_year", language), default="", show_default=False).strip():
        if answer.isdecimal() and int(answer) in _YEARS:
            return str(int(answer))
    return ""
