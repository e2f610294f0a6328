"""The elements of a Word file by their local names, and the styles that paragraphs and runs inherit from.

In: elements of a parsed part. Namespaces are not looked at: the strict and the usual form of the format differ in
them and in nothing that is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Element = Any
"""An element of lxml, on which python-docx stands; lxml carries no types."""
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DEEPEST = 30
_OFF = ("0", "false", "off", "none")


def name_of(element: Element) -> str:
    """Return the local name of an element; a comment, an instruction or an entity has none.

    >>> from docx.oxml import parse_xml
    >>> [name_of(child) for child in parse_xml("<a><b xmlns='urn:x'/><!-- c --></a>")]
    ['b', '']
    """
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name; nothing has none."""
    if element is not None:
        yield from (each for each in element if name_of(each) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, or the one reached by a path of names, or None.

    >>> from docx.oxml import parse_xml
    >>> child(parse_xml("<p><pPr><numPr/></pPr></p>"), "pPr", "numPr").tag
    'numPr'
    """
    for name in path:
        for each in () if element is None else element:
            if name_of(each) == name:
                element = each
                break
        else:
            return None
    return element


def value_of(element: Element | None, attribute: str = "val") -> str:
    """Return an attribute by its local name, "" when it is not there."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == attribute), "")


def number_of(element: Element | None, default: int, attribute: str = "val") -> int:
    """Return an attribute as a whole number, or the default when it is none.

    >>> from docx.oxml import parse_xml
    >>> number_of(parse_xml("<ilvl val='2'/>"), 0), number_of(parse_xml("<ilvl val='x'/>"), 0), number_of(None, 1)
    (2, 0, 1)
    """
    value = value_of(element, attribute)
    return int(value) if _NUMBER.fullmatch(value) else default


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as ``<w:vanish/>`` is there and not turned off."""
    return element is not None and value_of(element) not in _OFF


class Styles:
    """The styles of a document, each with those it is based on; without a part of styles there are none."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {key: style for style in children(root, "style") if (key := value_of(style, "styleId"))}
        kept = (
            key
            for key, style in self._styles.items()
            if value_of(style, "type") == "paragraph" and value_of(style, "default") and value_of(style, "default") not in _OFF
        )
        self._default = next(kept, "")
        self._chains: dict[str, tuple[Element, ...]] = {}

    def chain(self, key: str) -> tuple[Element, ...]:
        """Return a style and those it is based on, the nearest first; a circle ends where it closes, an endless chain after 30."""
        if key not in self._chains:
            found: dict[str, Element] = {}
            following = key
            while following in self._styles and following not in found and len(found) < _DEEPEST:
                found[following] = self._styles[following]
                following = value_of(child(found[following], "basedOn"))
            self._chains[key] = tuple(found.values())
        return self._chains[key]

    def of_paragraph(self, paragraph: Element) -> tuple[Element, ...]:
        """Return the chain of a paragraph's style, or of the default one."""
        return self.chain(value_of(child(paragraph, "pPr", "pStyle")) or self._default)

    def is_hidden(self, run: Element, chain: tuple[Element, ...]) -> bool:
        """Say whether a run is hidden by itself, by its own style or by the style of its paragraph, in this order."""
        properties = child(run, "rPr")
        own = self.chain(value_of(child(properties, "rStyle")))
        for switch in (child(properties, "vanish"), *(child(style, "rPr", "vanish") for style in (*own, *chain))):
            if switch is not None:
                return is_on(switch)
        return False


def is_contents(chain: tuple[Element, ...]) -> bool:
    """Say whether a paragraph style is one of the table of contents, whose lines the report repeats."""
    return any(value_of(child(style, "name")).lower().startswith("toc ") for style in chain)
