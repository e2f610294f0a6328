"""The report's own part of a web page, found by where its sentences stand.

In: the boxes of a page. Out: the box that holds the report. On the way menus, lists of links and the page's other parts are left out.
Names that pages give to their parts only help where the sentences alone do not decide.
"""

from __future__ import annotations

import re
from collections import Counter

from weijian.formats.weblines import data_table
from weijian.formats.webtree import SEAM, Box, Tree

_SENTENCE = re.compile("[。；！？]|[一-鿿][;!?]")
_ASIDE = re.compile(  # names of parts beside a report
    r"(?:^|[\s_\-])(?:(?:bottom_?|page)?foot(?:er)?|side(?:bar)?|nav(?:bar|igation)?|menu|bread_?crumbs?|crumbs?|comments?(?:list|_?area)?|pinglun|"
    r"relat(?:ed|ive)s?|recommend(?:ed)?|tuijian|xgxw|xgwd|hot(?:news|words)?|share(?:bar)?|bdsharebuttonbox|copyright|login|search(?:box)?|toolbar|pager|pagination|"
    r"qrcode|ewm|advert\w*|ads?|ad_?box|gg|banner|disclaimer|mianze|prev|next|friendlink|yqlj|tags?)(?=$|[\s_\-\d])",
    re.IGNORECASE,
)
_REPORT = re.compile(  # names that content management systems give to the report's own part
    r"(?:^|[\s_\-])(?:zoom|TRS_Editor|trs_editor_view|UCAP-CONTENT|ucap|articles?(?:[_-]?(?:content|con|body|text|main))?|art_?(?:con|content)|"
    r"info_?content|pages_content|con_?text|v_news_content|vsb_content\w*|js_content|rich_media_content|news_?(?:content|text|con)|xl_?(?:content|con)|"
    r"content[_-]?(?:body|text|main|detail)|text[_-]?content|zwxl|main-?txt|bt-?content|WordSection\d|Section\d|entry-content|post-content)(?=$|[\s_\-\d])",
    re.IGNORECASE,
)
_LANDMARKS = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_WHOLES = ("article", "main", "section")
_MOSTLY, _NEARLY_ALL, _HALF, _LONG = 0.6, 0.9, 0.5, 60


def find_main(tree: Tree) -> Box:
    """Leave out what is beside the report, and return the box that holds it."""
    order = _in_order(tree.body)
    _measure(order)
    _leave_out(tree.body, tree.left_out)
    _measure(order)
    return _narrowed(tree.body)


def _in_order(body: Box) -> list[Box]:
    """All boxes, each before those within it."""
    found, waiting = [], [body]
    while waiting:
        box = waiting.pop()
        found.append(box)
        waiting.extend(box.boxes())
    return found


def _measure(order: list[Box]) -> None:
    """Count for every box the letters, those of links, the links and the letters of sentences, all that stands within it included."""
    for box in reversed(order):
        if box.own is None:
            words = "".join("".join(part for part in box.parts if isinstance(part, str)).replace(SEAM, "").split())
            told = bool(_SENTENCE.search(words)) or len(words) > _LONG
            box.own = len(words), box.linked, box.links, max(0, len(words) - box.linked) * told
        within = list(box.boxes())
        box.letters = box.own[0] + sum(inner.letters for inner in within)
        box.linked = box.own[1] + sum(inner.linked for inner in within)
        box.links = box.own[2] + sum(inner.links for inner in within)
        box.sentences = box.own[3] + sum(inner.sentences for inner in within)
        box.tables = (box.tag == "table") + sum(inner.tables for inner in within)


def _leave_out(body: Box, left_out: Counter[str]) -> None:
    """Mark the boxes beside the report; one that holds most sentences of the page is the report whatever it is called."""
    half = body.sentences * _HALF
    waiting = [(body, False)]
    while waiting:
        box, whole = waiting.pop()
        kept = box.tag == "table" and data_table(box) is not None
        for inner in box.boxes():
            kind = "" if kept else _kind_beside(inner, whole)
            if kind and (inner.sentences <= half or not inner.sentences):
                inner.left_out = True
                if inner.letters:
                    left_out[kind] += 1
            elif not kept:
                waiting.append((inner, whole or inner.tag in _WHOLES))


def _kind_beside(box: Box, whole: bool) -> str:
    """What part of a page beside the report a box is, or ""."""
    if box.tag in _LANDMARKS or (box.tag == "header" and not whole):
        return "menus, headers and footers"
    if box.tag == "form" and not box.tables and not box.sentences:
        return "forms"
    if box.links > 1 and not _tells(box) and box.linked > _MOSTLY * box.letters:
        return "lists of links"
    if _ASIDE.search(box.names) and not _REPORT.search(box.names):
        return "parts beside the report"
    return ""


def _tells(box: Box) -> bool:
    """Whether sentences stand beside the links: a link itself may be as long as one."""
    return box.sentences > box.letters - box.linked > 0 and box.sentences > _LONG


def _narrowed(box: Box) -> Box:
    """The innermost box that holds the report: the way goes on as long as one box holds nearly all sentences."""
    while True:
        within = [inner for inner in box.boxes() if inner.sentences or inner.tables]
        best = max(within, key=lambda inner: inner.sentences, default=None)
        if (
            best is None
            or not best.sentences
            or (best.tag == "table" and data_table(best))
            or best.tag in ("p", "li", "ol", "ul", "h1", "h2")
        ):
            return box
        others = [inner for inner in within if inner is not best]
        if any(_belongs(inner, best) for inner in others):
            return box
        named = bool(_REPORT.search(best.names))
        if best.sentences < box.sentences * (_HALF if named else _NEARLY_ALL):
            return box
        box = best


def _belongs(box: Box, best: Box) -> bool:
    """Whether a box goes on with the report that stands in another one beside it."""
    table = data_table(box) if box.tag == "table" else None
    if table:
        return not table.is_metadata
    if box.tag == "p" or _REPORT.search(box.names):
        return True
    return bool(box.sentences) and (box.tag, box.names) == (best.tag, best.names)
