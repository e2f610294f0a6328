"""Where a corpus lies, and the reference figures of others in its data/raw/reference."""

from __future__ import annotations

import os
from pathlib import Path

from weijian.codebook import CORPUS_VARIABLE
from weijian.errors import CorpusError
from weijian.schema import Column, Table

RAW = Path("data/raw")
MANIFEST_FILE = RAW / "manifest.csv"

_PLACE = (Column("place_code", "the place's code", required=True), Column("place", "its name", required=True))
_VALUE = (
    Column("value", "the value", type="decimal", required=True, unit="see the column unit"),
    Column("unit", "the unit", required=True),
)
_VERIFICATION = Column("verification", "how well the figure is confirmed", required=True)
POPULATIONS = Table(
    "reference/populations",
    "Populations",
    (
        *_PLACE,
        Column("year", "the year", type="year", required=True),
        Column("base", "residents or registered population", required=True, words="base"),
        Column("group", "all or an age group", required=True),
        *_VALUE,
        Column("issued_in", "the document that gives it"),
        _VERIFICATION,
    ),
    ("place_code", "year", "base", "group"),
)
_FIGURES = (
    *_PLACE,
    Column("indicator", "the indicator", required=True, refers="indicators"),
    Column("definition", "the definition in words"),
    Column("period", "the year or years it refers to", required=True),
    Column("status", "outcome or target", required=True, words="status"),
    Column("bound", "how the value bounds the quantity", required=True, words="bound"),
    *_VALUE,
    Column("base", "the population it refers to", words="base"),
    Column("printed_in", "the document that prints it", required=True),
    _VERIFICATION,
)
_FIGURE_KEY = ("place_code", "indicator", "definition", "period", "status")
BENCHMARKS = Table("reference/benchmarks", "Targets and national figures", _FIGURES, _FIGURE_KEY)
PEERS = Table("reference/peers", "Figures that other places published, for context", _FIGURES, _FIGURE_KEY)
REFERENCES = {table.name: table for table in (POPULATIONS, BENCHMARKS, PEERS)}


def find_root(root: Path | str | None = None) -> Path:
    """Return the folder of the corpus.

    The one asked for; else the one that WEIJIAN_CORPUS names; else the nearest folder upwards from here that holds
    data/raw/manifest.csv; else the folder of the source checkout. Raises CorpusError when there is none.
    """
    asked = root if root is not None else os.environ.get(CORPUS_VARIABLE) or None
    if asked is not None:
        folder = Path(asked).expanduser().resolve()
        if folder.is_dir():
            return folder
        named = "" if root is not None else f"{CORPUS_VARIABLE} "
        raise CorpusError("there is no such folder", where=f"{named}{asked}", remedy="make it, or name another")
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / MANIFEST_FILE).is_file():
            return folder
    raise CorpusError(
        f"no folder from here upwards holds {MANIFEST_FILE}", where=str(here), remedy=f"give --corpus DIR, or set {CORPUS_VARIABLE}"
    )
