"""A saved web page becomes text: its title, what the page says of its document, and the report, a paragraph a line.

In: the bytes of an HTML page, or of a page saved whole as MHTML. Out: an ``Extracted``. Nothing of the page is executed or fetched.
A page that holds no report, as one of pictures, of frames or made by a script, is refused with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from weijian.errors import DocumentError
from weijian.formats.encodings import decode
from weijian.formats.extracted import Extracted
from weijian.formats.webhead import head, said
from weijian.formats.weblines import raw_lines
from weijian.formats.webmain import find_main
from weijian.formats.webtree import Box, Tree, parse

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:\s|\ufeff|<!--(?>.*?-->)|<\?xml\b[^>]*>)*+<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(
    r"</?(?:p|div|br|span|table|tr|td|li|ul|ol|h[1-6]|font|a|b|strong|img|center|section|meta|title|script|style)(?:\s[^<>]*)?/?>", re.I
)
_BLOCKS = frozenset(["p", "div", "br", "table", "tr", "td", "li", "h1", "h2", "h3", "section"])
_TELLS = re.compile(r"[。；！？]|\d[\d.,]*\s*[%％‰一-鿿]")
_FEW, _LARGEST = 60, 64_000_000
_SAVE = "open it in a browser, and save the page as it is shown, or its text as a UTF-8 file"


def looks_like_html(text: str) -> bool:
    """Whether a text is markup: it begins as a web page does, or tags stand all through it.

    >>> looks_like_html("<!DOCTYPE html><p>签约率"), looks_like_html("<签约率>写在<html>里。")
    (True, False)
    """
    beginning = text[:100_000]
    if _OPENING.match(beginning):
        return True
    tags = [tag.strip("</>").split()[0].lower() for tag in _MARKUP.findall(beginning)]
    return len(tags) > 3 and len({*tags}) > 1 and not _BLOCKS.isdisjoint(tags) and len(tags) * 400 > len(beginning)


def extract(content: bytes, where: str) -> Extracted:
    """Return the report of a saved web page; raise DocumentError for damaged bytes and for a page that holds no text.

    >>> extract("<html><h1>临江市工作总结</h1><p>签约率<b>46.35</b>%。</p>".encode("gbk"), "a.html").text
    '临江市工作总结\\n签约率46.35%。\\n'
    """
    if len(content) > _LARGEST:
        raise DocumentError(f"the page is larger than {_LARGEST // 1_000_000} MB", where=where, remedy=_SAVE)
    found = _DECLARED.search(content[:4096])
    markup, encoding = decode(content, where, found[1].decode("ascii") if found else "")
    return _extracted(markup, where, encoding, "html")


def extract_mhtml(content: bytes, where: str) -> Extracted:
    """Return the report of a page saved as MHTML, which is the first HTML part of the file.

    Raises DocumentError when there is none, and as ``extract`` does.
    """
    from email import message_from_bytes

    if len(content) > _LARGEST:
        raise DocumentError(f"the page is larger than {_LARGEST // 1_000_000} MB", where=where, remedy=_SAVE)
    try:
        message = message_from_bytes(content)
    except RecursionError:  # the parser goes into parts of parts by calling itself
        raise DocumentError("the saved page (MHTML) holds hundreds of parts in one another", where=where, remedy=_SAVE) from None
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    page = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(page, bytes) or not page.strip():
        raise DocumentError("the saved page (MHTML) holds no web page", where=where, remedy=_SAVE)
    markup, encoding = decode(page, where, str(part.get_content_charset() or ""))
    return _extracted(markup, where, encoding, "mhtml")


def _extracted(markup: str, where: str, encoding: str, source_format: str) -> Extracted:
    tree = parse(markup, where)
    main = find_main(tree)
    report = [said(line) for line in raw_lines(main)]
    _check(report, tree, where)
    text = "\n".join([*head(tree, main, report), *report]) + "\n"
    return Extracted(text, source_format, encoding, notes=tuple(_notes(tree, main)))


def _notes(tree: Tree, main: Box) -> Iterator[str]:
    """Say what was left out, and whether the report may go on elsewhere."""
    if tree.left_out:
        yield f"left out: {', '.join(f'{kind} ({count})' for kind, count in sorted(tree.left_out.items()))}"
    beside = tree.body.sentences - main.sentences
    if beside:
        yield f"left out: {beside:,} characters of sentences that stand beside the report's part of the page"
    if tree.goes_on:
        yield "the page has a link to a next page, on which the report may go on"


def _check(report: Sequence[str], tree: Tree, where: str) -> None:
    """Raise DocumentError for a page that shows no report; it says what the page is made of instead."""
    text = "".join(report)
    made_otherwise = tree.tags["frame"] or tree.tags["frameset"] or tree.tags["iframe"] or tree.tags["script"] or tree.tags["img"]
    if text and (not made_otherwise or _TELLS.search(text) or len(text) > _FEW):
        return
    _refuse(tree.tags, where)


def _refuse(tags: dict[str, int], where: str) -> NoReturn:
    if tags["frame"] or tags["frameset"]:
        problem, remedy = "the page is a frame around other pages and holds no report", f"open the page within the frame: {_SAVE}"
    elif tags["script"] and not tags["img"]:
        problem, remedy = "the page holds almost no text, a script brings it when the page is opened", _SAVE
    elif tags["img"]:
        problem, remedy = (
            "the page holds pictures and no text",
            "find the report as text, or read the pictures into text and save that as a UTF-8 file",
        )
    elif tags["iframe"] or tags["embed"] or tags["object"]:
        problem, remedy = "the page only shows another file and holds no report", "get the file that the page shows, and give that one"
    else:
        problem, remedy = "the page holds no text", _SAVE
    raise DocumentError(problem, where=where, remedy=remedy)
