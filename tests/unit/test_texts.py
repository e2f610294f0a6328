"""Pages of the documents: the text letter for letter, a place for every number, links that arrive, nothing that runs or fetches."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import small_corpus
from weijian import drawings, figures, markup, pages, texts, uses
from weijian.corpus import Corpus
from weijian.documents import from_text, lines, read_document
from weijian.links import address, clause
from weijian.outline import outline
from weijian.records import Span

ROOT = Path(__file__).parents[2]
HOSTILE = """<script>alert("1")</script>市2023年工作总结

一、基层<b onclick='x'>卫生</b>&amp;其他

全市<img src=https://a.example/b.png>家庭医生签约率"38.5%"。电话13800138000，邮箱someone@example.org，另建站12个。
"""
STYLE = ("link", {"rel": "stylesheet", "href": "../type/page.css"})
FETCHING = ("script", "style", "link", "img", "image", "iframe", "object", "embed", "base", "form", "audio", "video")
SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 576 288" role="img" onload="x()">
 <title>签约率 &lt;1&gt;</title><desc>说明</desc><style>*{fill: url(https://a.example)}</style><script>1</script>
 <defs><clipPath id="clip"><path d="M 0 0
L 1 1"/></clipPath></defs>
 <g id="unused" clip-path="url(#clip)"><a xlink:href="texts/a.html#n7"><path id="p" d="M 0 0" style="fill: url(https://a.example/x)"/></a>
 <use xlink:href="#p"/><a xlink:href="javascript:x()"><text>甲</text></a><image xlink:href="https://a.example/b.png"/></g>
</svg>"""


class Page(HTMLParser):
    """What a test asks of a page: the text of its lines without gaps, what stands at each id, and where links go."""

    VOID = ("meta", "link", "br", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.at: dict[str, str] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetching: list[object] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag in FETCHING:
            self.fetching.append((tag, given))
        self.fetching += [(name, value) for name, value in given.items() if name.startswith("on") or name == "src" or "://" in value]
        if "id" in given:
            self.ids.append(given["id"])
            self.at[given["id"]] = ""
        if tag == "a":
            self.links.append(given.get("href", ""))
        if given.get("class") == "line":
            self.lines.append("")
        if tag not in self.VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, given in self._open:
            if "id" in given:
                self.at[given["id"]] += data
        classes = [given.get("class") for _, given in self._open]
        if "line" in classes and "out" not in classes:
            self.lines[-1] += data


def rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / "processed" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(root: Path, target: Path) -> dict[str, Page]:
    """The pages of the documents of a root, made in another folder with the same tables and figures."""
    for part in ("data", "figures"):
        (target / part).symlink_to(root / part) if part == "data" else (target / part).mkdir()
    for path in (root / "figures").glob("[0-9][0-9]-*.*"):
        (target / "figures" / path.name).symlink_to(path)
    return {path.name: Page(path.read_text(encoding="utf-8")) for path in texts.write_texts(target)}


@pytest.fixture(scope="module")
def committed(tmp_path_factory):
    """The pages of the committed tables, in a folder of their own."""
    target = tmp_path_factory.mktemp("committed")
    return target, written(ROOT, target)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    root = small_corpus.make(tmp_path_factory.mktemp("hostile"))
    (root / "data" / "raw" / "city-2023-summary.txt").write_text(HOSTILE, encoding="utf-8")
    (root / "data" / "raw" / "manifest.csv").write_text(
        f"{small_corpus.HEADER}\ncity-2023-summary.txt,,<i>题</i>&,,,,official,,\ncity-2024-plan.txt,,,,,,mirror,,\n", encoding="utf-8"
    )
    Corpus(root, say=lambda _: None).build()
    return root, (root / "figures" / "texts", texts.write_texts(root))[0]


def test_every_observation_has_its_place_once_and_the_number_stands_there(committed):
    _, found = committed
    observations = rows(ROOT, "observations")
    assert observations
    for row in observations:
        page, _, anchor = address(row["observation"]).removeprefix("texts/").partition("#")
        start = int(row["start"]) - int(row["sentence_start"])
        assert found[page].ids.count(anchor) == 1, row["observation"]
        assert found[page].at[anchor] == row["quote"][start : start + int(row["end"]) - int(row["start"])]


def test_every_clause_of_a_commitment_has_its_place_with_its_words(committed):
    _, found = committed
    sides = {"commitments": ("plan", "outcome"), "next_targets": ("outcome", "target"), "unpromised": ("outcome",)}
    told = [(row, side) for name, parts in sides.items() for row in rows(ROOT, name) for side in parts if row[f"{side}_report"]]
    assert len(told) > 100
    for row, side in told:
        page, _, anchor = address(clause(row[f"{side}_report"], row[f"{side}_start"])).removeprefix("texts/").partition("#")
        quote = row.get(f"{side}_quote") or row["quote"]
        assert found[page].ids.count(anchor) == 1, quote
        assert found[page].at[anchor] == quote


def test_no_id_stands_twice_and_every_link_within_arrives(committed):
    target, found = committed
    for name, page in found.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            path, _, anchor = link.partition("#")
            if not path:
                assert anchor in page.ids, f"{name}: {link}"
            elif path != "../index.html":
                assert (target / "figures" / "texts" / path).exists(), f"{name}: {link}"


def test_a_page_holds_the_text_of_the_document_without_furniture(committed):
    _, found = committed
    for source in rows(ROOT, "documents"):
        document = read_document(ROOT / "data" / "raw" / source["file"], source["document"])
        furniture = {span.start for span in outline(document).furniture}
        expected = [line.text for line in lines(document.text) if line.start not in furniture]
        if source["tier"] in ("official", "mirror"):
            assert found[f"{source['document']}.html"].lines == expected
        else:
            shown = "".join(found[f"{source['document']}.html"].lines)
            assert len(shown) < sum(map(len, expected)) / 2
        for span in outline(document).furniture:
            if span.kind in ("contact", "share"):
                assert document.text[span.start : span.end] not in found[f"{source['document']}.html"].lines


def test_sentences_of_a_copy_with_unclear_rights_are_shown_and_the_rest_is_not(committed):
    _, found = committed
    tiers = {source["document"]: source["tier"] for source in rows(ROOT, "documents")}
    quoted = [row for row in rows(ROOT, "observations") if tiers[row["report"].rpartition("#")[0]] not in ("official", "mirror")]
    assert quoted
    for row in quoted:
        assert row["quote"] in "".join(found[f"{row['report'].rpartition('#')[0]}.html"].lines)


def test_what_is_drawn_leads_back_to_the_figure(committed):
    target, found = committed
    drawn = {link for path in (target / "figures").glob("*.csv") for link, _ in [(address(row["observation"]), 0) for row in sheet(path)]}
    assert drawn
    for link in drawn:
        if link.partition("#")[0].removeprefix("texts/") not in found:
            continue  # of a notebook's practice corpus
        page = found[link.partition("#")[0].removeprefix("texts/")]
        assert page.links.count(f"#{link.partition('#')[2]}") == 2, "its mark, and the line that says where it is used"


def sheet(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("observation")]


def test_links_of_committed_figures_and_notebooks_arrive(committed):
    _, found = committed
    sources = [*(ROOT / "figures").glob("*.svg"), *(ROOT / "notebooks").glob("*.ipynb")]
    for path in sources:
        for page, anchor in re.findall(r"texts/([\w-]+\.html)#([nc]\d+)", path.read_text(encoding="utf-8")):
            assert anchor in found[page].ids, f"{path.name}: {page}#{anchor}"


def test_markup_in_a_report_is_shown_as_text_and_contacts_are_not_shown(hostile):
    _, folder = hostile
    html = (folder / "city-2023-summary.html").read_text(encoding="utf-8")
    page = Page(html)
    assert page.fetching == [STYLE]
    assert "一、基层<b onclick='x'>卫生</b>&amp;其他" in page.lines
    assert '全市<img src=https://a.example/b.png>家庭医生签约率"38.5%"。电话，邮箱，另建站12个。' in page.lines
    assert "13800138000" not in html
    assert "someone@" not in html
    assert "<title>&lt;i&gt;题&lt;/i&gt;&amp;</title>" in html
    assert "38.5%" in page.at.values()


def test_a_page_is_the_same_twice_and_asks_nobody(committed):
    target, _ = committed
    before = {path.name: path.read_bytes() for path in texts.write_texts(target)}
    assert {path.name: path.read_bytes() for path in texts.write_texts(target)} == before
    for name, data in before.items():
        assert Page(data.decode()).fetching == [STYLE], name
        assert b"http" not in data


def test_a_root_without_tables_has_no_texts(tmp_path):
    assert texts.write_texts(tmp_path) == []
    assert texts.titles(tmp_path) == {}


def observed(start, end, sentence_start, sentence_end, **more):
    offsets = {"start": start, "end": end, "sentence_start": sentence_start, "sentence_end": sentence_end}
    return {name: str(value) for name, value in offsets.items()} | {"observation": f"a#1@{start}", "indicator": ""} | more


def shown(text, *observations, sections=(), furniture=(), whole=True):
    excerpt = markup.Excerpt(from_text(text), furniture, sections, observations, whole)
    return [block and block.html for block in markup.blocks(excerpt, {})]


def test_a_number_that_runs_over_a_line_stays_whole():
    assert shown("甲47.\n84%。\n乙", observed(1, 8, 0, 9)) == ['<span class="s">甲<span class="q" id="n1">47.\n84%</span>。</span>', "乙"]


def test_a_heading_that_cuts_a_number_gives_way():
    section = {"start": "0", "heading": "一、建1", "label": "一、", "depth": "1"}
    assert shown("一、建12个。", observed(3, 6, 0, 7), sections=[section]) == [
        '<span class="s">一、建<span class="q" id="n3">12个</span>。</span>'
    ]


def test_stretches_that_are_left_out_show_as_one_gap():
    assert shown(
        "页\n头\n甲。\n尾\n联系", furniture=[Span(0, 1, "share"), Span(2, 3, "share"), Span(7, 8, "footer"), Span(9, 11, "contact")]
    ) == [
        None,
        "甲。",
        None,
    ]


def test_a_quoted_clause_without_a_number_is_shown_where_only_quotes_are():
    excerpt = markup.Excerpt(from_text("甲。启动评估,完善机制。"), [], [], [], whole=False, clauses=[(2, 6)])
    assert [block and block.html for block in markup.blocks(excerpt, {})] == [
        f'{markup.GAP}<span class="c" id="c2">启动评估</span>{markup.GAP}'
    ]


def test_quotes_alone_leave_the_rest_of_a_line_out():
    html = shown("甲。建12个。乙。", observed(3, 6, 2, 7), whole=False)
    assert html == [f'{markup.GAP}<span class="s">建<span class="q" id="n3">12个</span>。</span>{markup.GAP}']
    assert shown("没有数字。", whole=False) == [None]


def test_a_table_leads_to_the_sentences_and_reads_as_before():
    told = pd.DataFrame(
        {"value": ["43"], "quote": ["签约<43%。"], "observation": ["a-2023#1@7"], "left_place": ["310000"], "left": ["b#1@2"]}
    )
    table = figures.table(told, ["quote", "observation", "left_place"])
    assert table._repr_html_().count('<a href="../figures/texts/a-2023.html#n7">') == 2
    assert '<a href="../figures/texts/a-2023.html#n7">签约&lt;43%。</a>' in table._repr_html_()
    assert '<a href="../figures/texts/b.html#n2">上海市</a>' in table._repr_html_()
    assert "href" not in repr(table)
    assert "href" not in figures.table(told.assign(observation=""), ["quote", "observation"])._repr_html_()
    assert "href" not in figures.table(told.head(0), ["quote", "observation"])._repr_html_()


def test_a_drawing_on_a_page_neither_runs_nor_fetches_and_its_marks_lead_to_the_sentence():
    html = drawings.inline(SVG, "d2-", "../", {"texts/a.html#n7": '签约率<43"%'})
    assert Page(html).fetching == []
    assert "http" not in html
    assert "javascript" not in html
    assert '<a href="../texts/a.html#n7"><title>签约率&lt;43"%</title>' in html
    assert '<title id="d2-title">签约率 &lt;1&gt;</title>' in html
    names = re.findall(r'id="([^"]*)"', html)
    assert len(names) == len(set(names)) == 4
    assert {*re.findall(r"url\(#([^)]*)\)", html), *re.findall(r'href="#([^"]*)"', html)} <= set(names)


def notebook(*names):
    outputs = [
        nbformat.v4.new_output(
            "display_data", {"image/png": "AAAA", "text/plain": "x"}, metadata={"image/png": {"alt": "甲", "name": name}}
        )
        for name in names
    ]
    cells = [nbformat.v4.new_markdown_cell("# 签约 / Sign-up"), nbformat.v4.new_code_cell("draw()", outputs=outputs)]
    cells.append(nbformat.v4.new_markdown_cell("[原句](../figures/texts/a.html#n7)"))
    return nbformat.v4.new_notebook(cells=cells)


def test_a_page_shows_the_drawing_once_and_the_picture_where_there_is_none(tmp_path):
    for name in ("02-rate.zh.svg", "02-rate.zh.png"):
        (tmp_path / name).write_text(SVG)
    (tmp_path / "02-rate.csv").write_text("observation,quote\na#1@7,签约率43%。\n", encoding="utf-8")
    book = notebook("02-rate.zh", "02-rate.zh", "02-other.zh", "../02-rate.zh")
    html = pages.render(book, "02-a", "zh", depth=1, figures=tmp_path)
    assert html.count("<svg") == 1
    assert html.count("data:image/png") == 3
    assert '<a href="../texts/a.html#n7"><title>签约率43%。</title>' in html
    assert re.findall(r'href="(02-[^"]*)"', html) == ["02-rate.zh.png", "02-rate.zh.svg", "02-rate.csv"]
    assert '<a href="../texts/a.html#n7">原句</a>' in html
    assert "<svg" not in pages.render(book, "02-a", "zh")
    assert '<a href="texts/a.html#n7">原句</a>' in pages.render(book, "02-a", "zh")


def test_uses_are_found_in_figures_and_in_tables_of_pages(tmp_path):
    (tmp_path / "02-rate.csv").write_text("observation\na#1@7\nb#1@2\n\n", encoding="utf-8")
    for name in ("02-rate.zh.svg", "02-rate.en.png"):
        (tmp_path / name).write_text(SVG)
    book = notebook("02-rate.zh")
    (tmp_path / "02-a.zh.html").write_text(pages.render(book, "02-a", "zh", figures=tmp_path), encoding="utf-8")
    found = uses.uses(tmp_path)
    places = (("zh", "../02-a.zh.html#02-rate"), ("en", "../02-rate.en.png"))
    figure = uses.Use("figure", "签约 / Sign-up", places)
    assert found == {
        "texts/a.html#n7": [figure, uses.Use("table", "签约 / Sign-up", (("zh", "../02-a.zh.html#h1"),))],
        "texts/b.html#n2": [figure],
    }


def test_the_index_lists_the_texts(tmp_path):
    html = pages.write_index(tmp_path, {}, texts={"texts/a.html": "<b>甲"}).read_text(encoding="utf-8")
    assert '<a href="texts/a.html">&lt;b&gt;甲</a>' in html
    assert "报告原文" in html
    assert "own words" in html


def test_a_saved_figure_is_shown_under_its_name(tmp_path):
    class Canvas:
        def savefig(self, buffer, **_):
            buffer.write(b"<svg>")

    figure = figures.Figure(Canvas(), pd.DataFrame(columns=["value"]), title="", alternative="甲", language="zh")
    assert "name" not in figure._repr_mimebundle_()[1]["image/png"]
    assert figure.save("02-rate")._repr_mimebundle_()[1]["image/png"]["name"] == "02-rate.zh"
