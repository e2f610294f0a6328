"""A web page becomes a tree of boxes: what stands in blocks of its own, with the words in them, and nothing that is not shown.

In: the markup of a page. Out: a ``Tree``: the boxes, the page's title and what its meta elements say, and how much was left out.
Inline elements are no boxes; their words stand in the box around them. Scripts, styles, forms' fields and hidden or deleted
elements leave nothing but a count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from weijian.errors import DocumentError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SEAM = "\0"
"""Stands where an inline element begins or ends; a parsed page holds no zero character of its own."""
BREAK = "\n\0\n"
"""A part of a box that begins a new line."""
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
        " h6 header hgroup html legend li listing main menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp",
    )
)
_DROPPED = {
    **dict.fromkeys(("script", "style", "template", "noscript", "xml"), "scripts and styles"),
    **dict.fromkeys(("del", "s", "strike"), "deleted passages"),
    **dict.fromkeys(("button", "select", "textarea", "input", "datalist", "optgroup", "option"), "form fields"),
    **dict.fromkeys(("iframe", "object", "embed", "canvas", "video", "audio", "svg", "applet", "map"), "embedded objects"),
    **dict.fromkeys(("rt", "rp", "head", "title", "meta", "link", "base"), ""),
}
"""Elements that leave no words, with what the notes call them."""
_STYLE = re.compile(
    r"display\s*:\s*(none|block|inline(?!-block|-flex))|(mso-hide\s*:\s*all)|(white-space\s*:\s*(?:pre|break-spaces))", re.I
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = re.compile(r"</?(?:b|big|code|em|font|i|nobr|small|strong|tt|u)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_FORMATS = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "small", "strong", "tt", "u"))
_UNNESTED = frozenset(
    re.findall(
        r"\w+",  # these have no content, or are closed by the next of their kind
        "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option optgroup html body head",
    )
)
_NEXT_PAGE = frozenset(("下一页", "下页", "阅读全文", "全文阅读", "展开全文"))
_MOST_TAGS, _DEEPEST, _MOST_OPEN = 1_500_000, 5_000, 20


class Box:
    """A block of a page: its tag, its names (id and classes), and its parts, which are words, breaks and boxes within.

    ``own`` counts letters, letters of links, links and letters of sentences of its own words, once they have been measured.
    """

    __slots__ = ("attributes", "left_out", "letters", "linked", "links", "names", "own", "parts", "sentences", "tables", "tag")

    def __init__(self, tag: str, names: str = "", attributes: dict[str, str | None] | None = None) -> None:
        self.tag, self.names, self.attributes = tag, names, attributes or {}
        self.parts: list[str | Box] = []
        self.letters = self.linked = self.links = self.sentences = self.tables = 0
        self.own: tuple[int, int, int, int] | None = None
        self.left_out = False

    def boxes(self) -> Iterator[Box]:
        """Yield the boxes directly within that have not been left out."""
        return (part for part in self.parts if isinstance(part, Box) and not part.left_out)


class Tree(NamedTuple):
    """The boxes of a page, its title and meta elements by name, what was left out, the tags it holds, whether it has a next page."""

    body: Box
    title: str
    metas: dict[str, str]
    left_out: Counter[str]
    tags: Counter[str]
    goes_on: bool


def parse(markup: str, where: str) -> Tree:
    """Return the boxes of a page; raise DocumentError for markup that no page has (millions of tags, thousands in one another).

    >>> page = parse("<title>总结</title><p>签约<b>率</b><script>x()</script>", "a.html")
    >>> page.title, page.left_out
    ('总结', Counter({'scripts and styles': 1}))
    """
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(_bounded(markup, where))
    title = parser.css_first("head > title")
    metas: dict[str, str] = {}
    for meta in parser.css("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or ""
        metas.setdefault(name.lower(), " ".join((meta.attributes.get("content") or "").split()))
    walk = _Walk()
    if parser.root is not None:
        walk.through(parser.root)
    return Tree(walk.body, " ".join(title.text().split()) if title else "", metas, walk.left_out, walk.tags, walk.goes_on)


def _bounded(markup: str, where: str) -> str:
    """Return markup that can be parsed in linear time: no thousands of elements in one another, no heaps of unclosed formatting."""
    depth = deepest = formats = most_formats = count = 0
    for found in _TAG.finditer(markup):
        closing, tag = found[1], found[2].lower()
        count += not closing
        step = -1 if closing else 1
        if tag in _FORMATS:
            formats = max(0, formats + step)
            most_formats = max(most_formats, formats)
        elif tag not in _UNNESTED:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    remedy = "open it in a browser, and save the text of the report as a UTF-8 file"
    if count > _MOST_TAGS:
        raise DocumentError(f"the page holds more than {_MOST_TAGS:,} tags", where=where, remedy=remedy)
    if deepest > _DEEPEST:
        raise DocumentError(f"the page holds more than {_DEEPEST:,} elements in one another", where=where, remedy=remedy)
    return _FORMATTING.sub("", markup) if most_formats > _MOST_OPEN else markup


class _Walk:
    """The way through the nodes of a page, in order, without recursion."""

    def __init__(self) -> None:
        self.body = Box("body")
        self.left_out: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self._boxes = [self.body]
        self.goes_on = False
        self._links = self._raised = 0

    def through(self, root: LexborNode) -> None:
        """Walk through all nodes below one; each open element knows what to do when it is left."""
        open_nodes = [(root.iter(include_text=True), "")]
        while open_nodes:
            children, leaving = open_nodes[-1]
            node = next(children, None)
            if node is None:
                open_nodes.pop()
                self._leave(leaving)
            elif node.is_text_node:
                self._add(node.text_content or "")
            elif node.is_element_node:
                entered = self._enter(node)
                if entered is not None:
                    open_nodes.append((node.iter(include_text=True), entered))

    def _add(self, words: str) -> None:
        if words:
            box = self._boxes[-1]
            if self._raised and words.isdigit() and _last_sign(box).isdigit():
                words = words.translate(_RAISED)  # as printed, 10⁴ and a note's number are no digits of the number before them
            box.parts.append(words)
            if self._links:
                self.goes_on = self.goes_on or words.strip() in _NEXT_PAGE
                box.linked += len("".join(words.split()))

    def _enter(self, node: LexborNode) -> str | None:
        """Begin an element; return how to leave it, or None when it is left out or has no content."""
        tag = node.tag or ""
        self.tags[tag] += 1
        if tag in _DROPPED:
            if _DROPPED[tag] and not (tag == "input" and node.attributes.get("type") == "hidden"):
                self.left_out[_DROPPED[tag]] += 1
            return None
        attributes = node.attributes
        style = attributes.get("style")
        shown = _STYLE.findall(style) if style else []
        if _is_hidden(attributes, shown):
            self.left_out["hidden elements"] += 1
            return None
        if tag in ("br", "hr"):
            self._boxes[-1].parts.append(BREAK)
            return None
        if tag in _BLOCKS and not (any(s[0].lower() == "inline" for s in shown) and tag in ("div", "p", "section")):
            return self._open(Box(tag, f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip(), attributes), shown)
        if any(s[0].lower() == "block" for s in shown):
            return self._open(Box("div", attributes.get("class") or ""), shown)
        return self._inline(tag, attributes)

    def _open(self, box: Box, shown: list[tuple[str, ...]]) -> str:
        if any(s[2] for s in shown):
            box.attributes["pre"] = ""
        self._boxes[-1].parts.append(box)
        self._boxes.append(box)
        return "box"

    def _inline(self, tag: str, attributes: dict[str, str | None]) -> str:
        self._boxes[-1].parts.append(SEAM)
        if tag == "a" and _leads_away(attributes.get("href")):
            self._links += 1
            self._boxes[-1].links += 1
            return "link"
        if tag == "sup":
            self._raised += 1
            return "sup"
        return "inline"

    def _leave(self, how: str) -> None:
        if how == "box":
            self._boxes.pop()
        elif how:
            self._boxes[-1].parts.append(SEAM)
            self._links -= how == "link"
            self._raised -= how == "sup"


def _is_hidden(attributes: dict[str, str | None], shown: list[tuple[str, ...]]) -> bool:
    """Whether an element is never shown; what a script may still show, as with visibility:hidden, counts as shown."""
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    return bool(shown) and any(display.lower() == "none" or hidden for display, hidden, _ in shown)


def _leads_away(address: str | None) -> bool:
    """Whether a link leads to another page; a table of contents leads to places of the same one."""
    return address is not None and not (address.startswith("#") and len(address) > 1)


def _last_sign(box: Box) -> str:
    for part in reversed(box.parts):
        if not isinstance(part, str):
            return ""
        if part.strip("\0"):
            return part[-1]
    return ""
