"""Make pages of executed notebooks: HTML that reads without a network, with the Chinese type beside it.

A page holds no script and asks no other machine for anything. What a report says may look like markup: whatever the
notebooks hand over is reduced to tables, text and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import count, groupby
from pathlib import Path
from typing import Any

from weijian.drawings import SUFFIXES as _SUFFIXES
from weijian.drawings import drawings
from weijian.freshness import PACKAGE, write_whole
from weijian.places import province_of
from weijian.words import name_of_place

TYPE = "type"
_MANY = 24
_TEMPLATES = PACKAGE / "templates"
_FONTS = PACKAGE / "fonts"
_WORDS = {
    "zh": {"html": "zh", "code": "代码", "index": "全部图与报告", "page": "中文报告页"},
    "en": {"html": "en", "code": "Code", "index": "All figures and pages", "page": "Page in English"},
}
_NAMES = {"zh": "中文", "en": "English", "": ""}
_TEXT = "a abbr b blockquote br caption code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li mark ol p pre s small span strong sub sup ul"
_TABLE = "col colgroup details summary table tbody td tfoot th thead tr"
_TAGS = set((_TEXT + " " + _TABLE).split())
_ATTRIBUTES = {"*": {"class", "id", "lang", "title"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
_TO_FIGURES = re.compile(r'(<a\b[^<>]*? href=")\.\./figures/')
_SCROLLS = re.compile(
    r'<div\b[^<>]* class="[^"<>]*\b(?:jp-OutputArea-output|jp-Cell-inputWrapper)\b[^"<>]*"'
)  # what is wider than the page is scrolled with keys too
_HEADING = re.compile(r"<h([1-6])>")
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain"]


def clean(html: str | bytes) -> str:
    """Return HTML with nothing left in it that could run or fetch; of unknown tags the text stays, but for scripts and styles.

    >>> clean('<p onclick="x()">有<sup>1</sup><img src="http://a.b"><blink>2</blink><script>3</script></p>')
    '<p>有<sup>1</sup>2</p>'
    """
    import nh3

    text = html.decode() if isinstance(html, bytes) else str(html)
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)


def title_of(notebook: Mapping[str, Any]) -> str:
    """Return the first heading of a notebook, without its mark."""
    found = re.search(r"^#\s+(.+)$", source_of(notebook, "markdown"), re.MULTILINE)
    return found[1].strip() if found else ""


def source_of(notebook: Mapping[str, Any], kind: str = "code") -> str:
    """Return the source of a notebook's cells of one kind, each on lines of its own."""
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind)


def render(notebook: Any, name: str, language: str, *, others: Sequence[str] = (), depth: int = 0, figures: Path | None = None) -> str:
    """Return an executed notebook (an nbformat node) as a page.

    ``others`` are the languages whose pages lie beside it; ``depth`` is the number of folders between it and figures/. Figures are
    shown as the drawings in the folder ``figures``, where they are there, else as the notebook's pictures; links of the
    notebook's folder into figures/ become links from the page.
    """
    up = "../" * depth
    links = [(_WORDS[language]["index"], f"{up}index.html"), *((_WORDS[other]["page"], f"{name}.{other}.html") for other in others)]
    exporter = _exporter()
    exporter.language_code = _WORDS[language]["html"]
    resources = {
        "metadata": {"name": title_of(notebook) or name},
        "inlining": {"css": []},
        "weijian": {"type": f"{up}{TYPE}", "code": _WORDS[language]["code"], "links": links, "drawings": drawings(notebook, figures, up)},
    }
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    return _with_anchors(_SCROLLS.sub(r'\g<0> tabindex="0"', _TO_FIGURES.sub(rf"\g<1>{up}", html))).rstrip("\n") + "\n"


def _with_anchors(html: str) -> str:
    """Number the headings of a page, so that a link can lead to each.

    >>> _with_anchors("<h1>a</h1><h2>b</h2>")
    '<h1 id="h1">a</h1><h2 id="h2">b</h2>'
    """
    numbers = count(1)
    return _HEADING.sub(lambda found: f'<h{found[1]} id="h{next(numbers)}">', html)


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter, TemplateExporter
    from traitlets.config import Config

    class PageExporter(HTMLExporter):
        """Makes a page as nbconvert does, but does not parse it once more to add attributes: that takes longer than all else."""

        def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
            return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    exporter = PageExporter(
        config=Config({"CSSHTMLHeaderPreprocessor": {"enabled": False}, "NbConvertBase": {"display_data_priority": _SHOWN}}),
        template_name="page",
        extra_template_basedirs=[str(_TEMPLATES)],
        sanitize_html=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        optimistic_validation=True,  # once, not after each step
    )
    exporter.register_filter("clean_html", clean)
    exporter.register_filter("highlight_code", lambda source, metadata: _highlighted(source, metadata.get("magics_language", "")))
    return exporter


@cache
def _highlighted(source: str, magic: str) -> Any:
    """Return code as HTML, in the language that a magic of its cell names; a notebook is run many times, and its code is the same."""
    from nbconvert.filters import Highlight2HTML

    return Highlight2HTML(pygments_lexer="ipython3")(source, metadata={"magics_language": magic} if magic else {})


def write_type(figures: Path) -> list[Path]:
    """Lay style, type and its licence beside the pages; return the files."""
    sources = [_TEMPLATES / "page.css", *sorted(_FONTS.glob("*.woff2")), *sorted(_FONTS.glob("OFL*.txt"))]
    targets = [figures / TYPE / source.name for source in sources]
    for source, target in zip(sources, targets, strict=True):
        write_whole(target, source.read_bytes())
    return targets


def write_index(
    figures: Path, titles: Mapping[str, str], sources: Mapping[str, str] | None = None, texts: Mapping[str, str] | None = None
) -> Path:
    """Write figures/index.html for notebooks given by name and title; it links what lies in the folder.

    Figures stand in the order in which the notebook's source, where it is given, names them. ``texts`` are the titles of the
    documents by the links to their pages.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, keep_trailing_newline=True)
    notebooks = [
        {
            "title": title or name,
            "pages": _pages(figures, name),
            "places": _places(figures, name),
            "figures": _figures(figures, name, (sources or {}).get(name, "")),
        }
        for name, title in titles.items()
    ]
    path = figures / "index.html"
    write_whole(path, environment.get_template("index.html.j2").render(notebooks=notebooks, texts=texts or {}).encode())
    return path


def _pages(figures: Path, name: str) -> list[dict[str, str]]:
    names = {language: f"{name}.{language}.html" for language in _WORDS}
    return [
        {"href": href, "label": _WORDS[language]["page"], "lang": _WORDS[language]["html"]}
        for language, href in names.items()
        if (figures / href).is_file()
    ]


def _places(figures: Path, name: str) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the pages of one notebook for one place each, by code, with the name of the place in the language of the page.

    Where there are many they stand under the names of their provinces, else all together under none.
    """
    codes = sorted({path.parent.name for path in figures.glob(f"{'[0-9]' * 6}/{name}.*.html")})
    parts = groupby(codes, key=province_of) if len(codes) > _MANY else [("", codes)] if codes else []
    return [(name_of_place(province, "zh") if province else "", _pages_of(figures, name, own)) for province, own in parts]


def _pages_of(figures: Path, name: str, codes: Iterable[str]) -> list[dict[str, str]]:
    return [
        page | {"href": f"{code}/{page['href']}", "label": name_of_place(code, page["lang"])}
        for code in codes
        for page in _pages(figures / code, name)
    ]


def _figures(figures: Path, name: str, source: str) -> list[dict[str, Any]]:
    """Return the pictures of one notebook, each with the files that belong to it; they share the notebook's number."""
    number = name.partition("-")[0]
    found: dict[str, list[Path]] = {}
    for path in sorted(figures.glob(f"{number}-*.*")):
        if path.suffix in _SUFFIXES:
            found.setdefault(path.name.partition(".")[0], []).append(path)
    drawn = [stem for stem, files in found.items() if any(file.suffix == ".png" for file in files)]
    return [_figure(figures, stem, found[stem]) for stem in sorted(drawn, key=lambda stem: _position(stem, source))]


def _position(stem: str, source: str) -> int:
    """Return where a source names a figure, its length when it does not."""
    named = re.search(rf"{re.escape(stem)}(?![\w-])", source)
    return named.start() if named else len(source)


def _figure(figures: Path, stem: str, files: list[Path]) -> dict[str, Any]:
    links = sorted(map(_link, files), key=lambda link: (list(_NAMES).index(link["lang"]), list(_SUFFIXES).index(link["suffix"])))
    image = next(link["href"] for link in links if link["suffix"] == ".png")
    said = (figures / image).with_suffix(".txt")
    alternative = said.read_text(encoding="utf-8").strip() if said.is_file() else stem
    return {"image": image, "alternative": alternative, "files": links}


def _link(file: Path) -> dict[str, str]:
    language = next((_WORDS[suffix[1:]]["html"] for suffix in file.suffixes if suffix[1:] in _WORDS), "")
    label = f"{_SUFFIXES[file.suffix]} {_NAMES[language]}".strip()
    return {"href": file.name, "label": label, "lang": language, "suffix": file.suffix}
