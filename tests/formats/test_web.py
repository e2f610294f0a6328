"""Saved web pages of many makes give the report's own text; pages that hold no report are refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import weijian
from weijian.errors import DocumentError
from weijian.formats.web import extract, extract_mhtml, looks_like_html

PAGES = Path(__file__).parent / "web"
SAVED = sorted(path for path in PAGES.iterdir() if path.suffix != ".txt")
ENCODINGS = {"dahan": "gb18030", "office": "gb18030", "layout-2005": "gb18030", "traditional": "big5"}
REPORT = "<p>2023年，全市家庭医生签约率为47.84%。</p><p>重点人群签约率为85.6%。</p>"
PIECES = [
    "<",
    ">",
    "/",
    "p",
    "<table>",
    "<td>",
    "<a href=x>",
    "<ol>",
    "<li>",
    " ",
    "\n",
    "签约率",
    "4",
    "。",
    "&",
    '"',
    "'",
    "<p>",
    "<tr>",
    "</",
    "<pre>",
    "<br>",
]
LINES = "2023年，全市家庭医生签约率为47.84%。\n重点人群签约率为85.6%。\n"


def text_of(markup: str) -> str:
    return extract(markup.encode(), "page.html").text


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_a_saved_page_gives_the_text_that_stands_beside_it(path: Path):
    content = path.read_bytes()
    found = extract_mhtml(content, path.name) if path.suffix == ".mhtml" else extract(content, path.name)
    assert found.text == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert found.encoding == ENCODINGS.get(path.stem, "utf-8")
    assert found.source_format == ("mhtml" if path.suffix == ".mhtml" else "html")
    assert path.suffix == ".mhtml" or looks_like_html(content.decode(found.encoding))


def test_there_are_pages_of_every_make():
    assert len(SAVED) >= 12
    assert all(path.stat().st_size < 40_000 for path in SAVED)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_reads_the_same_in_every_encoding(encoding: str):
    page = (PAGES / "trs.html").read_text(encoding="utf-8")
    assert extract(page.encode(encoding), "trs.html").text == (PAGES / "trs.txt").read_text(encoding="utf-8")


def test_the_metadata_of_pages_is_understood():
    def fields(name: str) -> dict[str, str]:
        return dict(weijian.read((PAGES / f"{name}.txt").read_text(encoding="utf-8")).metadata)

    assert fields("trs").items() >= {"source": "市卫生健康委办公室", "published_date": "2024-01-15", "category": "计划总结"}.items()
    assert fields("dahan").items() >= {"number": "云卫健〔2023〕8号", "issuer": "云澜区卫生健康局", "written_date": "2023-02-18"}.items()
    assert fields("ucap").items() >= {"index_number": "11420000MB1C00000X/2024-00021", "issuer": "晴川市卫生健康委员会"}.items()


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param("<p>签约率<span>47</span>.<b>84</b>%。</p>", ["签约率47.84%。"], id="inline elements join"),
        pytest.param("<p>全市签约\n  率为4成。WHO\nreport 2.</p>", ["全市签约率为4成。WHO report 2."], id="source line ends"),
        pytest.param("<div>一<p>二</p>三<section>四</section></div>", ["一", "二", "三", "四"], id="blocks separate"),
        pytest.param("<p>&nbsp;&nbsp;　　一、概况。&nbsp;</p>", ["一、概况。"], id="indents"),
        pytest.param("<p>面积2m<sup>2</sup>，每10<sup>5</sup>人3例。</p>", ["面积2m2，每10⁵人3例。"], id="raised digits join no number"),
        pytest.param("<p>空气PM<sub>2.5</sub>合格。</p>", ["空气PM2.5合格。"], id="lowered digits"),
        pytest.param("<p>增长<del>9%</del><s>8%</s>7%。</p>", ["增长7%。"], id="deleted"),
        pytest.param("<p>&lt;b&gt;不是标签&lt;/b&gt;。</p>", ["<b>不是标签</b>。"], id="escaped markup"),
        pytest.param("<ol start=3><li>甲。<li value=7>乙。<li>（一）丙。</ol>", ["3.甲。", "7.乙。", "（一）丙。"], id="numbers of a list"),
        pytest.param("<ol style='list-style-type: cjk-ideographic'><li>甲。<li>乙。</ol>", ["一、甲。", "二、乙。"], id="Chinese numbers"),
        pytest.param("<ol><li>5家医院建成。</ol>", ["(1)5家医院建成。"], id="a label never joins a number"),
        pytest.param("<ol><li>甲<ol type=a><li>乙</ol><li>丙。</ol>", ["1.甲", "a.乙", "2.丙。"], id="a list in a list"),
        pytest.param("<pre>门诊\n住院8万人。</pre>", ["门诊", "住院8万人。"], id="lines kept as typed"),
        pytest.param("<p>甲。<p>乙。<div>丙。<td>丁。", ["甲。", "乙。", "丙。丁。"], id="unclosed tags"),
        pytest.param("<p>甲<wbr>乙<!-- 丙 -->丁。</p>", ["甲乙丁。"], id="comments"),
    ],
)
def test_blocks_are_lines(markup: str, lines: list[str]):
    assert text_of(f"<html><body>{markup}</body></html>").splitlines() == lines


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        pytest.param(
            "<tr><th rowspan=2>指标<th colspan=2>签约率(%)<tr><td>2022年<td>2023年<tr><td>常住<td>41<td>44",
            ["|指标|签约率(%)|签约率(%)|", "|指标|2022年|2023年|", "|常住|41|44|"],
            id="spans",
        ),
        pytest.param("<tr><td>指标<td>值<tr><td><p>家庭医生<p>签约率<td>41", ["|指标|值|", "|家庭医生签约率|41|"], id="a wrapped cell"),
        pytest.param("<tr><td>左边一段。<td>右边一段。", ["左边一段。", "右边一段。"], id="one row places paragraphs"),
        pytest.param("<tr><td>甲。<tr><td>乙。", ["甲。", "乙。"], id="one column places paragraphs"),
        pytest.param(
            "<tr><td>甲<td><table><tr><td>乙<td>1<tr><td>丙<td>2</table><tr><td>丁<td>戊",
            ["甲", "|乙|1|", "|丙|2|", "丁", "戊"],
            id="nested",
        ),
        pytest.param(
            "<caption>表1</caption><tr><td>甲<td>1<tr><td><a href=x>乙</a><td>2", ["表1", "|甲|1|", "|乙|2|"], id="a caption, and a link"
        ),
        pytest.param("<tr><td colspan=99999 rowspan=99999>甲<td>1<tr><td>乙<td>2", None, id="absurd spans"),
    ],
)
def test_tables_are_rows_with_bars_unless_they_only_place_paragraphs(table: str, lines: list[str] | None):
    found = text_of(f"<body>{REPORT}<table>{table}</table><p>完。</p></body>").splitlines()
    assert found[:2] + found[-1:] == [*LINES.splitlines(), "完。"]
    assert lines is None or found[2:-1] == lines


@pytest.mark.parametrize(
    "beside",
    [
        "<script>document.write('<p>签约率99%。</p>')</script>",
        "<style>p{content:'签约率99%。'}</style>",
        "<template><p>签约率99%。</p></template><noscript><p>请开启脚本。</p></noscript>",
        "<div hidden>签约率99%。</div><p style='color:red; DISPLAY : none'>99%。</p><div aria-hidden=true>99%。</div>",
        "<nav><a href=a>首页</a>签约率99%。</nav><footer>版权所有99%。</footer><aside>热点99%。</aside>",
        "<form><input value=9><textarea>99%。</textarea><button>提交</button><select><option>99</select></form>",
        "<ul><li><a href=a>2022年工作总结签约率41%。</a><li><a href=b>要闻</a></ul>",
        "<div class='comment-list'><p>签约率有99%。</p></div>",
        "<img alt='签约率99%'><!-- 签约率99% --><![if x]><![endif]>",
    ],
)
@pytest.mark.parametrize("layout", ["{0}{1}", "{1}{0}", "<div><div>{0}</div><div class=x>{1}</div></div>"])
def test_what_is_beside_the_report_is_left_out(beside: str, layout: str):
    assert text_of(f"<html><body>{layout.format(beside, REPORT)}</body></html>") == LINES


def test_what_was_left_out_is_counted():
    notes = extract((PAGES / "republisher.html").read_bytes(), "a.html").notes
    assert "lists of links (5)" in notes[0]
    assert "a next page" in notes[-1]
    assert extract(REPORT.encode(), "a.html").notes == ()


def test_a_report_in_a_form_or_a_part_with_a_misleading_name_is_kept():
    assert text_of(f"<form id=aspnetForm><input type=hidden value=x><div class='nav'>{REPORT}</div></form>") == LINES
    assert text_of(f"<footer class='share'>{REPORT}</footer>") == LINES


def test_parts_of_a_report_that_stand_side_by_side_are_all_kept():
    long = "<p>全市卫生健康工作扎实推进，各项任务圆满完成。</p>" * 30
    for second in (f"<div class=c>{REPORT}</div>", REPORT, "<table><tr><td>指标<td>值<tr><td>签约率<td>47.84%</table>"):
        assert "47.84%" in text_of(f"<div><div class=c>{long}</div>{second}</div>")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>某市2023年工作总结_某市卫健委</title>", "某市2023年工作总结"),
        ("<title>某市卫健委-计划总结-某市2021-2023年工作总结</title>", "某市2021-2023年工作总结"),
        ("<meta name=ArticleTitle content='某市工作总结'><title>某网</title>", "某市工作总结"),
        ("<title>某市卫健委</title>", LINES.splitlines()[0]),
        ("<title><script>alert(1)</script>工作总结</title>", "<script>alert(1)</script>工作总结"),
    ],
)
def test_the_title_comes_first_without_the_name_of_the_site(page: str, title: str):
    assert text_of(f"<html><head>{page}</head><body><div>{REPORT}</div></body></html>").splitlines()[0] == title


@pytest.mark.parametrize(
    ("page", "problem", "remedy"),
    [
        ("<body><img src=1.jpg alt=签约率47%><img src=2.jpg></body>", "pictures and no text", "read the pictures into text"),
        (
            "<html><frameset cols='20%,80%'><frame src=a.htm><frame src=b.htm></frameset></html>",
            "frame around other pages",
            "within the frame",
        ),
        ("<html><div id=app></div><script src=app.js></script></html>", "a script brings it", "save the page as it is shown"),
        ("<html><body>正在加载<script>load()</script></body></html>", "a script brings it", "open it in a browser"),
        ("<html><body><iframe src=report.pdf></iframe></body></html>", "only shows another file", "get the file"),
        ("<html><body>&nbsp;</body></html>", "the page holds no text", "open it in a browser"),
        ("<div>" * 6_000 + REPORT, "more than 5,000 elements in one another", "UTF-8 file"),
    ],
)
def test_a_page_without_a_report_is_refused_with_what_to_do(page: str, problem: str, remedy: str):
    with pytest.raises(DocumentError) as caught:
        extract(page.encode(), "page.html")
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert caught.value.where == "page.html"


@pytest.mark.parametrize(
    "content", [b"", b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", b"\xff\0garbage", b"Content-Type: text/html\r\n\r\n "]
)
def test_a_saved_archive_without_a_page_is_refused(content: bytes):
    with pytest.raises(DocumentError, match="holds no web page"):
        extract_mhtml(content, "a.mhtml")


def test_absurd_markup_is_read_in_bounded_time_and_memory():
    assert text_of("<table><tr><td>" * 1_000 + REPORT + "</table>" * 1_000) == LINES
    assert text_of("<p><font color=1 size=2>" * 20 + REPORT) == LINES
    unclosed = "".join(f"<font id={number}><p>签约率47.84%。" for number in range(5_000))
    assert text_of(unclosed).count("签约率47.84%。\n") == 5_000
    for blank in (" \n", "\xa0", "<i></i>"):
        assert text_of("<p>甲" + blank * 100_000 + "签约率。</p>").endswith("签约率。\n")
    assert text_of("<p>" + "<b></b>" * 50_000 + "来源：</p>" + REPORT).endswith(LINES)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<!DOCTYPE html>\n<p>签约率", True),
        ("\ufeff\r\n<HTML lang=zh>签约率", True),
        ("<?xml version='1.0'?>\n<!-- saved -->\n<html>签约率", True),
        ("<div class='a'><p>签约率</p><p>47.84%</p></div>", True),
        ("一、概况<br>\n二、<b>签约</b><br>\n三、完<br>", True),
        ("<签约率>47.84%", False),
        ("一、概况 <html>", False),
        ("网页以<html>开头，以</html>结尾，段落写作<p>。" + "签约率47.84%。" * 400, False),
        ("<?xml version='1.0'?><rows><row/></rows>", False),
        ("签约率<50%，且>40%", False),
        ("<!-- -->" * 60 + "签约率", False),
        ("", False),
    ],
)
def test_a_web_page_is_known_by_its_tags(text: str, answer: bool):
    assert looks_like_html(text) is answer


@given(st.lists(st.sampled_from(PIECES)))
def test_any_markup_is_read_or_refused(pieces: list[str]):
    try:
        found = extract("".join(pieces).encode(), "a.html")
    except DocumentError as refused:
        assert refused.remedy
    else:
        assert found.text.strip()
