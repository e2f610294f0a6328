"""One report as text, as a GBK page with navigation, as a PDF printed by a browser and as a Word file gives the same rows."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pytest

import weijian
from weijian.documents import read_document
from weijian.records import Document

PRINTED = Path(__file__).parent / "pdf" / "browser.pdf"
MARKUP = PRINTED.with_suffix(".html").read_text(encoding="utf-8")
FIELDS = ("indicator", "value", "low", "high", "unit", "bound", "kind", "status", "period", "scope", "themes")
AROUND = (
    '<html><head><meta charset="utf-8"><title>工作总结_某网站</title><script>var visits = 1024;</script></head><body>'
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">机构概况</a></li><li><a href="/b">12345热线</a></li></ul></div>'
    '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/c">总结计划</a></div>',
    '<div class="related"><ul><li><a href="d">2022年工作总结（2023-01-10）</a></li><li><a href="e">新增3家医院</a></li></ul></div>'
    '<div class="footer">地址：滨江路18号 电话：0123-4567890 备案号12345678</div></body></html>',
)


def paragraphs() -> list[str]:
    """The blocks of the markup that the PDF was printed from, one each."""
    body = MARKUP[MARKUP.index("<h1>") :]
    blocks = re.findall(r"<(?:h1|h2|p)[^>]*>(.*?)</(?:h1|h2|p)>", body, re.DOTALL)
    lines = [unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "", block))) for block in blocks]
    return ["".join(line.split("\n")) for line in lines]


def as_text() -> bytes:
    return "\n".join(paragraphs()).encode()


def as_page() -> bytes:
    inner = "".join(f"<p>&nbsp;&nbsp;{line}</p>\r\n" for line in paragraphs())
    return f"{AROUND[0]}<div class='con' id='zoom'>{inner}</div>{AROUND[1]}".encode("gbk")


def as_word() -> bytes:
    from docx import Document as Word

    word = Word()
    for line in paragraphs():
        paragraph = word.add_paragraph()
        for part in re.split("(?<=[0-9])", line):  # as an editor leaves it: a sentence in many runs
            paragraph.add_run(part)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def observed(document: Document) -> list[tuple[object, ...]]:
    rows = weijian.read(document).observations
    return [tuple(getattr(row, name) for name in FIELDS) for row in rows]


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.html", as_page()), ("printed.pdf", PRINTED.read_bytes()), ("word.docx", as_word())],
    ids=["a GBK page", "a printed PDF", "a Word file"],
)
def test_the_rows_are_those_of_the_text(tmp_path: Path, name: str, content: bytes):
    (tmp_path / "plain.txt").write_bytes(as_text())
    (tmp_path / name).write_bytes(content)
    expected, found = observed(read_document(tmp_path / "plain.txt")), observed(read_document(tmp_path / name))
    assert len(expected) > 50
    assert found == expected


def test_a_number_of_a_pdf_has_its_page(tmp_path: Path):
    document = read_document(PRINTED)
    rows = weijian.read(document).observations
    assert {row.page for row in rows} == {1, 2, 3}
    assert all(document.pages[row.page - 1] <= row.start for row in rows if row.page)
    assert [row.page for row in rows] == sorted(row.page or 0 for row in rows)
