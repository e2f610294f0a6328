"""What was read of a file before it is added, told to a person: place, year, genre, sections, numbers, and what looks odd.

In: a candidate. Out: lines in Chinese or English; the sentences stand in codebook/intake.csv.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from weijian.adding import Added
from weijian.amounts import checked
from weijian.candidates import Candidate
from weijian.codebook import codebook
from weijian.identity import Evidence
from weijian.records import Report
from weijian.sheet import columns_of
from weijian.words import theme_name, word

_QUOTED = 40


def phrase(part: str, code: str, language: str, facts: Mapping[str, str] | None = None) -> str:
    """Return a sentence of codebook/intake.csv, filled in.

    >>> phrase("odd", "unread", "en", {"count": "2"})
    '2 numbers cannot be read'
    """
    rows = {(row["part"], row["code"]): row for row in codebook().rows("intake")}
    return rows[part, code][f"sentence_{checked(language)}"].format_map(dict(facts or {}))


def summary(candidate: Candidate, language: str, more: Iterable[tuple[str, Mapping[str, str]]] = ()) -> list[str]:
    """Return the lines that tell of a candidate; ``more`` is what looks odd beside what the corpus holds."""
    lines = [f"{candidate.path} → {candidate.row['file']}"]
    for report in candidate.reports:
        lines += list(_report_lines(candidate, report, language))
    lines += [
        _line("tier", word("tier", candidate.row["tier"], language), language),
        _line("format", _format(candidate, language), language),
    ]
    odd = [phrase("odd", code, language, facts) for code, facts in (*candidate.odd, *more)] + list(candidate.notes)
    return lines + [_line("odd", said, language) for said in odd]


def _report_lines(candidate: Candidate, report: Report, language: str) -> Iterator[str]:
    genre = word("genre", report.genre, language) + (f" ({report.genre_name})" if report.genre_name else "")
    place = " ".join(part for part in (report.place, report.place_code) if part)
    cells = {"title": report.title, "place": place, "year": str(report.year or ""), "genre": genre, "issuer": report.issuer}
    for name, cell in cells.items():
        if cell:
            yield _line(name, cell + _evidence(candidate, report, name, language), language)
    headings = [section.heading for section in candidate.reading.sections if section.report == report.key and section.depth == 1]
    if headings:
        shown = " / ".join(heading[:12] for heading in headings[:6])
        yield _line("sections", f"{len(headings)}: {shown}{' …' if len(headings) > 6 else ''}", language)
    yield _line("numbers", _numbers(candidate, report, language), language)


def _line(label: str, said: str, language: str) -> str:
    name = phrase("label", label, language)
    return f"  {name}{' ' * max(1, 10 - columns_of(name))}{said}"


def _evidence(candidate: Candidate, report: Report, name: str, language: str) -> str:
    """Return where a fact was read, with the words that say it."""
    evidence = candidate.found.evidence.get(f"{report.key}.{name}")
    if candidate.document.stated and name in ("place", "year", "genre") and _is_stated(candidate, report, name):
        evidence = Evidence(0, 0, "stated")
    if evidence is None or name == "title":
        return ""
    rules = "; ".join(phrase("evidence", rule, language) for rule in evidence.rule.split("+"))
    quote = " ".join(candidate.document.text[evidence.start : evidence.end].split())
    around = f" “{quote[:_QUOTED]}{'…' if len(quote) > _QUOTED else ''}”" if quote else ""
    return f"    ← {rules}{around}"


def _is_stated(candidate: Candidate, report: Report, name: str) -> bool:
    shown = {each.key: each for each in candidate.found.reports}.get(report.key)
    return shown is None or getattr(shown, name) != getattr(report, name)


def _numbers(candidate: Candidate, report: Report, language: str) -> str:
    own = [each for each in candidate.reading.observations if each.report == report.key]
    by_theme = Counter(theme for each in own for theme in each.themes)
    themes = [f"{theme_name(row['theme'], language)} {by_theme[row['theme']]}" for row in codebook().rows("themes")]
    facts = {
        "measures": str(len(own)),
        "themes": ("，" if language == "zh" else ", ").join(themes),
        "coded": str(sum(bool(each.indicator) for each in own)),
        "targets": str(sum(each.status == "target" for each in own)),
    }
    return phrase("numbers", "counted", language, facts)


def _format(candidate: Candidate, language: str) -> str:
    document = candidate.document
    facts = {"format": document.source_format, "characters": f"{len(document.text):,}", "pages": str(len(document.pages))}
    return phrase("format", "pages" if document.pages else "text", language, facts)


def closing(results: Iterable[Added], language: str) -> list[str]:
    """Return the closing list: what went in, what was there, what did not go in and why; then what to do next."""
    results = list(results)
    lines = []
    for each in results:
        why = each.reason.removeprefix(f"{each.path}: ") or each.document
        if each.verdict == "known":
            why = phrase("closing", "same_as", language, {"document": each.document})
        why += phrase("closing", "to_change", language) if each.stated else ""
        why += phrase("closing", "doubtful", language) if each.doubtful else ""
        lines.append(f"{phrase('closing', each.verdict, language)}: {each.path}{' — ' + why if why else ''}")
    counts = Counter("failed" if each.verdict == "declined" else each.verdict for each in results)
    lines.append(phrase("closing", "counted", language, {name: str(counts[name]) for name in ("added", "known", "failed")}))
    return [*lines, phrase("closing", "next", language)] if counts["added"] else lines
