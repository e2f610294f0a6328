"""Where observations are used: the figures that draw them and the tables on pages that link to their sentences.

In: the folder of figures with its CSV files and pages. Out: for each observation its ``Use``s, with links as seen from a
folder below it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from weijian import freshness
from weijian.amounts import LANGUAGES

_TOKEN = re.compile(
    r'<h[1-6][^>]*? id="(?P<heading>[^"]*)"[^>]*>(?P<title>.*?)</h[1-6]>|<figure[^>]*? id="(?P<figure>[^"]*)"|(?P<end></figure>)'
    r'|href="(?P<link>texts/[^"]*)"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


class Use(NamedTuple):
    """A figure or a table in which an observation stands: the heading above it and the links to it, by language."""

    kind: str
    label: str
    links: tuple[tuple[str, str], ...]


class _Spot(NamedTuple):
    """A figure or a linking cell on a page, under the heading that stands above it."""

    page: str
    heading: str
    title: str
    figure: str
    link: str


def inputs(figures: Path) -> str:
    """Return one SHA-256 for all that the uses are read from."""
    return freshness.digest(*(part for path in [*_pages(figures), *_sheets(figures)] for part in (path.name, freshness.file_digest(path))))


def uses(figures: Path) -> dict[str, list[Use]]:
    """Return the uses of each observation by the link to its sentence, as ``links.address`` gives it; figures first."""
    spots = [spot for page in _pages(figures) for spot in _spots(page)]
    found: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    labels: dict[tuple[str, str], str] = {}

    def note(link: str, key: tuple[str, str], label: str, language: str, href: str) -> None:
        labels.setdefault(key, label)
        found.setdefault(link, {}).setdefault(key, {}).setdefault(language, href)

    for link, stem in _drawn(figures):
        for language, href, label in _places_of(figures, stem, spots):
            note(link, ("figure", stem), label, language, href)
    for spot in spots:
        if spot.link and not spot.figure:
            language = spot.page.split(".")[-2]
            key = ("table", f"{spot.page.partition('.')[0]} {spot.heading}")
            note(spot.link, key, spot.title, language, f"../{spot.page}#{spot.heading}")
    return {link: [Use(key[0], labels[key], tuple(links.items())) for key, links in by_key.items()] for link, by_key in found.items()}


def _places_of(figures: Path, stem: str, spots: list[_Spot]) -> Iterator[tuple[str, str, str]]:
    """Yield where a figure is to be seen in each language: on its page, else as a picture."""
    for language in LANGUAGES:
        image = f"{stem}.{language}.png"
        shown = next((spot for spot in spots if spot.figure == stem and not spot.link and f".{language}." in spot.page), None)
        if shown:
            yield language, f"../{shown.page}#{stem}", shown.title
        elif (figures / image).is_file():
            yield language, f"../{image}", stem


def _drawn(figures: Path) -> Iterator[tuple[str, str]]:
    """Yield the link to the sentence of each observation that a figure draws, with the figure's name."""
    from weijian.links import address

    for path in _sheets(figures):
        with path.open(encoding="utf-8", newline="") as file:
            drawn = [row.get("observation") or "" for row in csv.DictReader(file)]
        yield from ((address(observation), path.stem) for observation in drawn if "#" in observation)


def _spots(page: Path) -> Iterator[_Spot]:
    heading = title = figure = ""
    for token in _TOKEN.finditer(page.read_text(encoding="utf-8")):
        if token["title"] is not None:
            heading, title = token["heading"], unescape(_TAG.sub("", token["title"])).strip()
        elif token["figure"] is not None:
            figure = token["figure"]
            yield _Spot(page.name, heading, title, figure, "")
        elif token["end"]:
            figure = ""
        else:
            yield _Spot(page.name, heading, title, figure, unescape(token["link"]))


def _pages(figures: Path) -> list[Path]:
    return [path for language in LANGUAGES for path in sorted(figures.glob(f"[0-9][0-9]-*.{language}.html"))]


def _sheets(figures: Path) -> list[Path]:
    return sorted(figures.glob("[0-9][0-9]-*.csv"))
