"""Pages of the documents: every report in its own words, with a place to link to for each number that was read from it.

In: the tables of data/processed, the texts in data/raw, and the figures and pages that use the numbers. Out: one page for each
document in figures/texts/. A copy whose rights are not clear is shown by its headings and quotes only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from weijian import freshness
from weijian.comparability import OWN_TIERS
from weijian.corpus import PROCESSED
from weijian.ledger import Ledger
from weijian.links import address
from weijian.places import province_of
from weijian.sources import RAW

if TYPE_CHECKING:
    from weijian.schema import Row
    from weijian.store import Asked
    from weijian.uses import Use

FOLDER = "texts"
_TEMPLATES = freshness.PACKAGE / "templates"
_WORDS = {
    "index": ("全部图与报告", "All figures and pages"),
    "issuer": ("发布机关", "Issuer"),
    "number": ("文号", "Number"),
    "published": ("发布日期", "Published"),
    "written": ("成文日期", "Written"),
    "effective": ("生效日期", "In force from"),
    "expiry": ("失效日期", "In force until"),
    "tier": ("来源类别", "Kind of copy"),
    "file": ("文件", "File"),
    "about": (
        "报告原文，网页上的其他内容和联系方式以“[…]”略去。画线的数字是编码手册里的指标或图表用到的数值，点它即得到它的地址。",
        "The report in its own words; the rest of the web page and contacts are left out as “[…]”. Underlined numbers belong to an indicator"
        " or are used in a figure or table; a click on one gives its address.",
    ),
    "quotes_only": (
        "这份文本的权利不明，只列出标题、读出数字的句子和表里引用的语句，其余以“[…]”略去。画线的数字是编码手册里的指标或图表用到的数值，点它即得到它的地址。",
        "The rights in this copy are not clear: only its short headings, the sentences that numbers were read from and the clauses that tables quote are shown, the rest is left"
        " out as “[…]”. Underlined numbers belong to an indicator or are used in a figure or table; a click on one gives its address.",
    ),
    "used": ("用于", "used in"),
    "figure": ("图", "figure"),
    "table": ("表", "table"),
    "contents": ("目录", "Contents"),
    "page": ("页", "page"),
    "correction": ("更正", "corrected"),
    "checked_by": ("核对", "checked by"),
}
_LANGUAGES = {"zh": "中文", "en": "English"}


def inputs(root: Path) -> str:
    """Return one SHA-256 for what the pages are made of besides library and tables: the texts, and the figures and pages that use them."""
    from weijian import uses

    raw = [(row["text"], freshness.file_digest(root / RAW / row["text"])) for row in _rows(root, "documents")]
    return freshness.digest(uses.inputs(root / "figures"), *(part for each in raw for part in each))


def documents(root: Path) -> list[str]:
    """Return the names of the documents, each of which has a page."""
    return [row["document"] for row in _rows(root, "documents")]


def titles(root: Path) -> dict[str, str]:
    """Return the title of each document, or its name, by the link to its page as seen from figures/."""
    return {f"{FOLDER}/{row['document']}.html": row["title"] or row["document"] for row in _rows(root, "documents")}


def write_texts(root: Path, known: Ledger | None = None, common: str = "") -> list[Path]:
    """Renew the pages of the documents in figures/texts/ whose rows, text or uses have changed, and return all pages.

    ``common`` is the hash of what all pages depend on. The rows of one province are held at a time.
    """
    from weijian.uses import uses

    figures, pages = root / "figures", list[Path]()
    known, used = known or Ledger(root), uses(figures)
    for group in _by_province(root):
        for source, own in group:
            found = {key: used[key] for row in own["observations"] if (key := address(row["observation"])) in used}
            run, path = f"{FOLDER}.{source['document']}", figures / FOLDER / f"{source['document']}.html"
            text = freshness.file_digest(root / RAW / source["text"])
            inputs = freshness.digest(common, text, repr((sorted(source.items()), own, found)))
            if not known.is_fresh(run, inputs):
                freshness.write_whole(path, render(root / RAW, source, own, found).encode())
                known.record(run, inputs, [path])
            pages.append(path)
    return pages


def _by_province(root: Path) -> Iterator[list[tuple[Row, dict[str, list[Row]]]]]:
    """Yield for each province its documents, each with its rows of reports, sections and observations."""
    reports = _by_document(_rows(root, "reports"))
    groups: dict[str, list[Row]] = {}
    for source in _rows(root, "documents"):
        provinces = {province_of(row["place_code"]) for row in reports.get(source["document"], ())}
        groups.setdefault(provinces.pop() if len(provinces) == 1 else "", []).append(source)
    for province, sources in groups.items():
        keys = {row["report"] for source in sources for row in reports.get(source["document"], ())}
        part: dict[str, Collection[str]] = {"province": [province]} if province else {}
        tables = {name: _by_document(_rows(root, name, {"report": keys} | part)) for name in ("sections", "observations")}
        tables |= {"reports": reports, "clauses": _clauses(root, keys, part)}
        yield [(source, {name: found.get(source["document"], []) for name, found in tables.items()}) for source in sources]


def render(raw: Path, source: Row, tables: Mapping[str, Sequence[Row]], used: Mapping[str, Sequence[Use]]) -> str:
    """Return the page of a document.

    ``raw`` is the folder of the texts, ``source`` the document's row of the table documents, ``tables`` its rows of reports, sections,
    observations and of the clauses that promise or tell, ``used`` where observations are used by the link to their sentence. Report and table text is escaped.
    """
    from jinja2 import Environment, FileSystemLoader

    from weijian.documents import from_text
    from weijian.markup import Excerpt, blocks
    from weijian.outline import outline

    document = from_text((raw / source["text"]).read_bytes().decode("utf-8"), source["document"])
    whole = source["tier"] in OWN_TIERS
    shown = Excerpt(document, outline(document).furniture, tables["sections"], tables["observations"], whole, _spans(tables["clauses"]))
    notes = _notes(tables["observations"], used)
    several = len(tables["reports"]) > 1
    lines = _with_reports(blocks(shown, _titles(tables["observations"], notes), 2 if several else 1), tables["reports"] if several else ())
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, keep_trailing_newline=True, trim_blocks=True)
    return environment.get_template("text.html.j2").render(
        title=source["title"] or source["document"],
        source=source,
        facts=_facts(source),
        about=_WORDS["about" if whole else "quotes_only"],
        reports=[_report(row) for row in tables["reports"]] if several else [],
        contents=[row for row in tables["sections"] if row["depth"] == "1"],
        lines=lines,
        notes=notes,
        words=_WORDS,
        languages=_LANGUAGES,
    )


def _clauses(root: Path, keys: Collection[str], part: Asked) -> dict[str, list[Row]]:
    """Return the clauses of reports that promise or tell of what was promised, by the name of their document."""
    found: list[Row] = []
    for name, sides in {"commitments": ("plan", "outcome"), "next_targets": ("outcome", "target"), "unpromised": ("outcome",)}.items():
        for side in sides:
            for row in _rows(root, name, {f"{side}_report": keys, **part}):
                found.append({column: row[f"{side}_{column}"] for column in ("report", "start", "end")})
    return _by_document(found)


def _spans(clauses: Sequence[Row]) -> list[tuple[int, int]]:
    """Return where clauses begin and end, the longest of those that begin together."""
    return sorted({start: (start, end) for start, end in sorted((int(row["start"]), int(row["end"])) for row in clauses)}.values())


def _titles(observations: Sequence[Row], notes: Mapping[int, Any]) -> dict[int, str]:
    """Return what the marked numbers show under a pointer, by where they begin: those with an indicator, and those that are used."""
    from weijian.words import indicator_name

    marked = [row for row in observations if row["indicator"] or int(row["start"]) in notes]
    names = {code: [indicator_name(code, language) for language in _LANGUAGES] for row in marked if (code := row["indicator"])}
    pages = {row["start"]: [f"{_WORDS['page'][1]} {row['page']}"] for row in marked if row["page"]}
    told = {row["start"]: [*names.get(row["indicator"], []), row["observation"], *pages.get(row["start"], [])] for row in marked}
    return {int(start): " · ".join(words) for start, words in told.items()}


def _notes(observations: Sequence[Row], used: Mapping[str, Sequence[Use]]) -> dict[int, dict[str, Any]]:
    """Return the number as printed and its uses, by where it begins."""
    found = {}
    for row in observations:
        uses = used.get(address(row["observation"]), ())
        checks = {name: row[name] for name in ("correction", "checked_by") if row[name]}
        if uses or checks:
            start = int(row["start"]) - int(row["sentence_start"])
            printed = row["quote"][start : start + int(row["end"]) - int(row["start"])]
            found[int(row["start"])] = {"printed": printed, "uses": uses, "checks": checks}
    return found


def _with_reports(found: Any, reports: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the blocks in order, with the heading of each report of several before its first line."""
    from markupsafe import Markup

    waiting = sorted(reports, key=lambda row: int(row["start"]))
    lines: list[dict[str, Any]] = []
    for block in found:
        if block is None:
            lines.append({"gap": True})
            continue
        while waiting and int(waiting[0]["start"]) <= block.start:
            lines.append({"report": _report(waiting.pop(0))})
        opening = Markup(f'<{block.tag}{block.attributes} class="line">{block.html}</{block.tag}>')
        lines.append({"html": opening, "numbers": block.numbers})
    return lines


def _report(row: Row) -> dict[str, str]:
    """Return the anchor of a report and its heading in both languages."""
    from weijian.words import name_of_place, word

    key = row["place_code"] or row["document"]
    name = {language: f"{name_of_place(key, language)} {row['year']} {word('genre', row['genre'], language)}" for language in _LANGUAGES}
    return {"id": f"r{row['report'].rpartition('#')[2]}", **name}


def _facts(source: Row) -> list[tuple[tuple[str, str], str, str]]:
    """Return what is known of a document: the word for it in both languages, the fact, and the same in English where it differs."""
    from weijian.words import word

    facts = [(_WORDS[name], source[name], "") for name in ("issuer", "number") if source[name]]
    for dated in filter(None, source["dates"].split(";")):
        name, _, date = dated.partition(":")
        facts.append((_WORDS.get(name, (name, name)), date, ""))
    return [*facts, (_WORDS["tier"], word("tier", source["tier"], "zh"), word("tier", source["tier"], "en"))]


def _rows(root: Path, name: str, where: Asked = MappingProxyType({})) -> Sequence[Row]:
    """Return the rows of a table that are asked for, none where there is no such table."""
    from weijian.store import rows
    from weijian.tables import TABLES

    return list(rows(root / PROCESSED, TABLES[name], where))


def _by_document(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the rows of a table of reports or of what is in them by the name of their document."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["report"].rpartition("#")[0], []).append(row)
    return found
