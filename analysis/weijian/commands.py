"""The commands of ``weijian`` beside extract, each a thin call of the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from weijian.codebook import codebook
from weijian.corpus import PROCESSED, Corpus
from weijian.engine import LIMIT, Workers
from weijian.errors import say
from weijian.store import CSV, LARGE, PARQUET
from weijian.words import own_language

if TYPE_CHECKING:
    import pandas as pd

    from weijian.compare import Comparison

app = typer.Typer(
    help="Tidy tables from the yearly reports of Chinese health commissions, every value with its sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


_SHOWN = {
    "values": (
        "indicator", "place", "year", "status", "bound", "value", "unit", "stage", "stock_or_flow", "base", "definition", "tier", "part_of", "flags",
        "observation",
    ),
    "excluded": ("indicator", "left", "right", "refuses", "reason_en", "valid_if_en"),
    "notes": ("indicator", "left", "right", "verdict", "reason_en"),
}  # fmt: skip


_DIVIDED = {
    "values": ("indicator", "place", "year", "low", "high", "unit", "group", "population_base", "population_year", "flags", "observation"),
    "refused": ("indicator", "place", "year", "refusal", "reason_en", "valid_if_en"),
}  # fmt: skip


class Format(StrEnum):
    """How a comparison is printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Tables(StrEnum):
    """How tables are kept."""

    csv = CSV
    parquet = PARQUET


class Language(StrEnum):
    """The language of notebooks, pages and explanations."""

    zh = "zh"
    en = "en"


def _choices(name: str) -> Any:
    """Return the words of a list of the codebook, to choose from; a fault of that table is left for the command to find."""
    words = [row["word"] for row in codebook().inspect("words")[0] if row["list"] == name]
    return StrEnum(name, list(zip(words, words, strict=True)))


if TYPE_CHECKING:  # which knows no words of a table
    Genre: TypeAlias = str
    Tier: TypeAlias = str
else:
    Genre, Tier = _choices("genre"), _choices("tier")


@app.callback()
def choose_corpus(
    corpus: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder that holds data/raw; it may stand behind the command too.")
    ] = None,
) -> None:
    """Tell of --corpus, which the command line's door has taken out (``weijian.cli``)."""


@app.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    short_help="Print every number of any report: FILE... [--format jsonl|csv|table]",
)
def extract(context: typer.Context) -> None:
    """Print every number of any report."""
    from weijian.extraction import print_numbers

    raise typer.Exit(print_numbers(context.args))


@app.command()
def build(
    jobs: Annotated[int, typer.Option(min=0, help="How many processes read; 0: one for each core.")] = 0,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers see this folder, such as tcp://host:8786.")
    ] = "",
    limit: Annotated[float, typer.Option(min=1, help="Seconds after which a worker gives a report up.")] = LIMIT,
    tables: Annotated[
        Tables | None, typer.Option(help=f"How to keep the tables; without it Parquet for more than {LARGE} documents.")
    ] = None,
) -> None:
    """Make the tables of data/processed from the reports of data/raw; only what has changed is read."""
    corpus = Corpus()
    if corpus.is_current(tables or ""):
        say(f"{PROCESSED} is up to date.")
    elif corpus.build(Workers(jobs, scheduler, limit), tables or ""):
        say(f"{PROCESSED} holds the new tables.")
    else:
        say(f"{PROCESSED} holds these very tables already.")


@app.command()
def publish(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A folder, or an address such as s3://bucket/weijian (fsspec).")],
) -> None:
    """Copy the tables of data/processed to another folder or to object storage; weijian.load reads them there."""
    from weijian.publishing import publish

    corpus = Corpus()
    say(f"{publish(corpus.processed, address, say)} files are at {address}.")


@app.command()
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", readable=False, help="Reports: text, web page, PDF, Word; or folders of them.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: add whatever can be read.")] = False,
    place: Annotated[str, typer.Option(help="Code or full name of the place, where the text does not show it.")] = "",
    year: Annotated[int | None, typer.Option(min=1949, max=2199, help="The year, where the text does not show it.")] = None,
    genre: Annotated[Genre | None, typer.Option(help="The genre, where the text does not show it.")] = None,
    tier: Annotated[Tier | None, typer.Option(help="How near the copy is to the issuer; otherwise as it seems.")] = None,
    note: Annotated[str, typer.Option(help="Where the copy is from, and what one should know about it.")] = "",
    language: Annotated[Language | None, typer.Option(help="The language; without it, that of LANG.")] = None,
) -> None:
    """Copy reports into data/raw, after showing what was read of each."""
    from weijian.adding import FAILED, Intake, files_in
    from weijian.candidates import code_of_place
    from weijian.questions import ask, may_ask
    from weijian.summaries import closing

    if not yes and not may_ask() and any(path.exists() for path in files):
        raise typer.BadParameter("there is nobody to ask: give --yes to add what can be read", param_hint="--yes")
    said = {
        "place_code": code_of_place(place) if place else "",
        "year": str(year or ""),
        "genre": genre or "",
        "tier": tier or "",
        "note": note,
    }
    corpus, found, spoken = Corpus(), files_in(files), language.value if language else own_language()
    intake = Intake(corpus)
    say(f"the corpus in {corpus.root}")
    results = []
    for number, path in enumerate(found, start=1):
        say(f"[{number}/{len(found)}] {path}")
        results.append(intake.take(path, said, lambda candidate: ask(candidate, intake, spoken, yes=yes)))
    typer.echo("\n".join(closing(results, spoken)))
    if not found or any(each.verdict == FAILED for each in results):
        raise typer.Exit(1)


@app.command()
def validate() -> None:
    """Say what is wrong with the reports, the codebook or the corrections; nothing is written."""
    faults = Corpus().check()
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    say("Nothing is wrong.")


@app.command()
def explain(
    observation: Annotated[
        list[str], typer.Argument(metavar="OBSERVATION...", help="A key such as city-2024#1@310, or words of its key or its sentence.")
    ],
    language: Annotated[Language | None, typer.Option(help="The language; without it, that of LANG.")] = None,
    field: Annotated[str, typer.Option(help="The column that the row for data/corrections.csv is about.")] = "",
) -> None:
    """Tell how a value was read, decision by decision, and how to put it right."""
    from weijian.explain import explain

    typer.echo(explain(" ".join(observation), language=language.value if language else "", field=field))


@app.command()
def report(
    place: Annotated[list[str] | None, typer.Option(metavar="CODE", help="A place: pages of it alone; may be given several times.")] = None,
    notebook: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="How the name of a notebook begins, such as 90; several times for several.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="One language; both without it.")] = None,
    jobs: Annotated[int, typer.Option(min=0, help="How many notebooks run at a time; 0: one for each core.")] = 0,
) -> None:
    """Bring tables, notebooks, figures and pages up to date; an interrupted report goes on where it stopped."""
    from weijian.reporting import report

    typer.echo(report(place=place, notebook=notebook, language=language.value if language else None, jobs=jobs or None).index)


@app.command()
def compare(
    indicators: Annotated[list[str], typer.Argument(metavar="INDICATOR...", help="Codes such as fd_sign_rate, or names.")],
    places: Annotated[str, typer.Option(help="Codes or names of places, or names of documents without one, with commas.")] = "",
    years: Annotated[str, typer.Option(help="Years, with commas.")] = "",
    status: Annotated[str, typer.Option(help="actual, target, reference, with commas.")] = "",
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.table,
    assume_same_definition: Annotated[bool, typer.Option(help="Reckon where definition or base is not stated.")] = False,
    max_gap: Annotated[int, typer.Option(min=0, help="How many years two values may be apart.")] = 1,
    per_head: Annotated[bool, typer.Option("--per-head", help="Divide counts by a population of the right base and year.")] = False,
) -> None:
    """Show the values of indicators side by side, what may not be reckoned with them, and why."""
    from weijian.compare import compare, nothing_found
    from weijian.perhead import per_head as divide

    asked = (indicators, _split(places), _years(years), _split(status))
    found = compare(*asked, assume_same_definition=assume_same_definition, max_gap=max_gap)
    if found.values.empty:
        say(nothing_found(*asked))
    if found.unjudged:
        say(f"{found.unjudged} values are in none of the pairs told here, of which there would be too many: ask for fewer places or years.")
    divided = divide(*asked[:3], assume_same_definition=assume_same_definition, max_gap=max_gap) if per_head else None
    if format is Format.json:
        typer.echo(json.dumps(found.to_dict() | (divided.to_dict() if divided else {}), ensure_ascii=False, indent=1))
    elif format is Format.csv:
        table = divided.values if divided else found.values
        sys.stdout.write(table.to_csv(index=False, lineterminator="\n", float_format=_plain))
        say(f"{len(found.excluded)} pairs may not be reckoned with and {len(found.notes)} carry notes: see --format json.")
    elif not found.values.empty:
        _show(found)
        for title, table in ((name, getattr(divided, name)) for name in _DIVIDED if divided):
            _print(f"{title} per head" if title == "values" else "not divided", table, _DIVIDED[title])


def _show(found: Comparison) -> None:
    """Print the tables of a comparison; a place that is masked is called so."""
    masked = codebook().by_key("headings")["masked_place"]
    values = found.values.assign(place=found.values["place"].replace("", f"{masked['name_zh']} / {masked['name_en']}"))
    for title, table in (("values", values), ("excluded", found.excluded), ("notes", found.notes)):
        _print(title, table, _SHOWN[title])


def _print(title: str, table: pd.DataFrame, columns: Sequence[str]) -> None:
    from weijian.extraction import show_table

    rows = table[list(columns)].itertuples(index=False)
    show_table(title, columns, [[_plain(cell) for cell in row] for row in rows])


def _plain(cell: Any) -> str:
    """Print a cell, numbers as they stand in the tables.

    >>> _plain(43.0), _plain(46.35), _plain(float("nan")), _plain("人次")
    ('43', '46.35', '', '人次')
    """
    if isinstance(cell, float):
        return "" if cell != cell else str(int(cell) if cell == int(cell) else cell)
    return str(cell)


def _split(listed: str) -> list[str] | None:
    return [part.strip() for part in listed.split(",") if part.strip()] or None


def _years(listed: str) -> list[int] | None:
    years = _split(listed)
    if years and not all(year.isascii() and year.isdigit() for year in years):
        raise typer.BadParameter(f"{listed} is no list of years such as 2023,2024", param_hint="--years")
    return [int(year) for year in years] if years else None
