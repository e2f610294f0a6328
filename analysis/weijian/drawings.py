"""Figures on pages: the SVG of a saved figure as part of the page, so that its marks are links that work from any folder.

In: the SVG file as it was drawn. Out: the same drawing in the elements and attributes that a drawing needs, with ids of its
own on the page, links from where the page lies, and the sentence behind a mark where a pointer rests on it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from weijian.freshness import file_digest

SUFFIXES = {".png": "PNG", ".svg": "SVG", ".csv": "CSV"}
_DRAWN = "svg g a title desc defs path use clipPath pattern rect circle ellipse line polyline polygon text tspan"
_ELEMENTS = frozenset(_DRAWN.split())
_SHAPE = "cx cy d dx dy height patternUnits points r rx ry transform viewBox width x x1 x2 y y1 y2 href role lang aria-label"
_LOOK = "clip-path clip-rule fill fill-opacity fill-rule font-family font-size font-weight opacity stroke stroke-dasharray stroke-linecap"
_MEASURES = frozenset(_SHAPE.split()) - {"href"}
"""Attributes that no program looks for an address in."""
_ATTRIBUTES = frozenset(f"{_SHAPE} {_LOOK} stroke-linejoin stroke-opacity stroke-width style text-anchor".split())
_NAME = re.compile(r"[0-9]{2}-[\w-]+\.[a-z]{2}", re.ASCII)
_WITHIN = re.compile(r"url\(#([^)]*)\)")
_ELSEWHERE = re.compile(r"[a-z][\w+.-]*:|//|\\", re.IGNORECASE)
_FETCH = re.compile(r"url\((?!#)|@import|expression", re.IGNORECASE)
_TEXTS = b'xlink:href="texts/'


def drawings(notebook: Mapping[str, Any], folder: Path | None, up: str = "") -> dict[str, dict[str, Any]]:
    """Return the figures of an executed notebook that lie in a folder, by name: ``id``, ``svg`` and ``files`` (label and link).

    ``up`` is the way from the page to figures/. A figure without a file is left to its picture.
    """
    found: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(_names(notebook)):
        path = folder / f"{name}.svg" if folder and _NAME.fullmatch(name) else None
        if path is None or not file_digest(path):
            continue
        stem = name.rpartition(".")[0]
        beside = [path.with_suffix(".png"), path, path.with_name(f"{stem}.csv")]
        files = [(SUFFIXES[file.suffix], file.name) for file in beside if file.is_file()]
        svg = inline(path.read_text(encoding="utf-8"), f"d{len(found) + 1}-", up, _quotes(beside[-1]))
        found[name] = {"id": stem, "svg": svg, "files": files}
    return found


def _names(notebook: Mapping[str, Any]) -> Iterable[str]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            name = output.get("metadata", {}).get("image/png", {}).get("name", "")
            if isinstance(name, str) and name:
                yield name


def _quotes(sheet: Path) -> dict[str, str]:
    """Return the sentences of a figure's marks by the links to them."""
    from weijian.links import address

    if not sheet.is_file():
        return {}
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("observation") and row.get("quote")]
    return {address(row["observation"]): row["quote"] for row in rows}


def inline(svg: str, prefix: str, up: str = "", quotes: Mapping[str, str] | None = None) -> str:
    """Return an SVG file as an element of a page.

    >>> print(inline('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script><a href="texts/a.html#n1"/></svg>', "d1-", "../"))
    <svg viewBox="0 0 9 9" width="12" role="group"><a href="../texts/a.html#n1" /></svg>
    """
    root = ElementTree.fromstring(svg)  # its own files; entities beyond XML's five are refused
    _plain(root)
    root.attrib = {"viewBox": root.get("viewBox", ""), "width": _width(root), "role": "group"}
    for name, label in (("title", "aria-labelledby"), ("desc", "aria-describedby")):
        if (child := root.find(name)) is not None:
            child.set("id", name)
            root.set(label, prefix + name)
    for link in root.iter("a"):
        quote = (quotes or {}).get(link.get("href", ""))
        if quote and link.find("title") is None:
            link.insert(0, title := ElementTree.Element("title"))
            title.text = quote
        if (href := link.get("href", "")) and not href.startswith("#"):
            link.set("href", up + href)
    _rename(root, prefix)
    return ElementTree.tostring(root, encoding="unicode")


def _plain(element: ElementTree.Element) -> None:
    """Reduce an element and those in it to what draws, links and names, without namespaces and layout."""
    element.tag = _local(element.tag)
    kept = {"id": element.get("id", "")} if element.get("id") else {}
    for name, value in element.items():
        if (name := _local(name)) in _ATTRIBUTES and not _reaches_out(name, value):
            kept[name] = " ".join(value.split()) if name == "d" else value  # paths come in lines
    element.attrib = kept
    if element.tag not in ("title", "desc", "text", "tspan"):
        element.text = None
    element.tail = None
    for child in list(element):
        if _local(child.tag) in _ELEMENTS:
            _plain(child)
        else:
            element.remove(child)


@cache
def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]


def _reaches_out(name: str, value: str) -> bool:
    """Say whether an attribute would fetch something or leave the folder of pages."""
    if name == "href":
        return bool(_ELSEWHERE.match(value.strip()))
    return name not in _MEASURES and bool(_FETCH.search(value))


def _width(root: ElementTree.Element) -> str:
    """Return the width in pixels of a drawing measured in points."""
    measures = root.get("viewBox", "").split()
    return f"{float(measures[2]) * 4 / 3:.0f}" if len(measures) == 4 else "768"


def _rename(root: ElementTree.Element, prefix: str) -> None:
    """Give ids that something refers to short names of their own, and drop the others."""
    used: dict[str, str] = {"title": f"{prefix}title", "desc": f"{prefix}desc"}

    def short(old: str) -> str:
        return used.setdefault(old, f"{prefix}{len(used) - 1}")

    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "href" and value.startswith("#"):
                element.set(name, f"#{short(value[1:])}")
            elif name not in ("id", "href") and "url(#" in value:
                element.set(name, _WITHIN.sub(lambda found: f"url(#{short(found[1])})", value))
    for element in root.iter():
        old = element.attrib.pop("id", "")
        if old in used and (old not in ("title", "desc") or element.tag == old):
            element.set("id", used[old])


def deeper(svg: bytes) -> bytes:
    """Return an SVG file whose links to the texts start one folder further down.

    >>> deeper(b'<a xlink:href="texts/a.html#n1">')
    b'<a xlink:href="../texts/a.html#n1">'
    """
    return svg.replace(_TEXTS, _TEXTS.replace(b"texts/", b"../texts/"))
