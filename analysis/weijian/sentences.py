"""The sentences of codebook/decisions.csv, filled with what is known of one observation, in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from weijian.codebook import Codebook
from weijian.corrections import cell
from weijian.errors import CodebookError
from weijian.passages import Passage
from weijian.records import Observation
from weijian.schema import SEPARATOR, file_of
from weijian.sources import RAW

_WORDS = ("kind", "status", "stage", "bound", "base", "stock_or_flow")
_NAMED = {
    "indicator": "indicators", "indicators": "indicators", "theme": "themes", "definition": "definitions", "definitions": "definitions",
}  # fmt: skip


class Teller:
    """Tells of one observation; the language is ``zh`` or ``en``."""

    def __init__(self, passage: Passage, observation: Observation, book: Codebook, language: str) -> None:
        self.language, self._book = language, book
        self._sentences = {(row["decision"], row["rule"]): row[f"sentence_{language}"] for row in book.rows("decisions")}
        self._facts: dict[str, str] = {}
        self._facts |= self._of_source(passage)
        self._facts |= self._of_observation(observation)

    def say(self, decision: str, rule: str, facts: Mapping[str, str] | None = None) -> str:
        """Return the sentence for a rule of a decision; raise CodebookError when decisions.csv holds none."""
        sentence = self._sentences.get((decision, rule))
        if sentence is None:
            remedy = "add a row with a sentence in both languages"
            raise CodebookError(
                f"there is no sentence for {decision}={rule}", where=file_of(self._book.folder / "decisions.csv"), remedy=remedy
            )
        return _nested(sentence, self._facts | self._with_names(facts or {}))

    def _with_names(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Return the facts, with a name for each code among them."""
        named = dict(facts)
        for key in facts.keys() & _NAMED.keys():
            rows = self._book.by_key(_NAMED[key])
            gap = "、" if self.language == "zh" else "; "
            named[f"{key}_name"] = gap.join(rows[code][f"name_{self.language}"] for code in facts[key].split(SEPARATOR))
        return named

    def _of_source(self, passage: Passage) -> dict[str, str]:
        report, source = passage.report, passage.source
        dated = "" if report.year else "_undated"
        self._facts |= {"place": self._place(passage), "report_year": str(report.year or "")}
        return {
            "title": source["title"] or passage.document.name, "file": f"{RAW}/{source['file']}",
            "tier": self._word("tier", source["tier"]), "headings": " › ".join(passage.headings), "printed": passage.printed,
            "report": self.say("words", f"report_{report.genre}{dated}"), "genre": self.say("words", f"genre_{passage.genre or 'other'}"),
            "columns": ", ".join(passage.differs),
        }  # fmt: skip

    def _of_observation(self, said: Observation) -> dict[str, str]:
        numbers = {name: getattr(said, name) for name in ("value", "low", "high")}
        place = self._facts["place"]
        return {
            **{name: self._word(name, getattr(said, name)) for name in _WORDS},
            **{name: "" if number is None else cell(abs(number)) for name, number in numbers.items()},
            "observation": said.observation, "subject": said.subject, "unit": said.unit, "scope": said.scope,
            "where": f"{place}·{said.scope}" if said.scope else place, "start": str(said.start), "end": str(said.end),
            "checked_by": said.checked_by, "period": self._period(said.period),
            "moved": self.say("words", "fell" if said.value is not None and said.value < 0 else "rose"),
            "meaning": self.say("words", f"means {said.bound}"),
            "limit": "" if said.bound == "=" else self._word("bound", said.bound) + (" " if self.language == "en" else ""),
        }  # fmt: skip

    def _place(self, passage: Passage) -> str:
        """Return the name of the report's place in the language, where the codebook has one."""
        report = passage.report
        english = self._book.by_key("place_names").get(report.place_code) if self.language == "en" else None
        return english["name_en"] if english else report.place or self.say("words", "no_place")

    def _period(self, period: str) -> str:
        years = re.findall(r"\d{4}", period)
        if not years:
            return self.say("words", period or "no_period")
        rule = "years" if len(years) > 1 else "end_of_year" if period.startswith("end-") else "one_year"
        return self.say("words", rule, {"first": years[0], "last": years[-1]})

    def _word(self, listed: str, word: str) -> str:
        row = self._book.words(listed).get(word)
        return row[f"name_{self.language}"] if row else word


def _nested(sentence: str, facts: Mapping[str, str]) -> str:
    """Fill a sentence; quotation marks inside quoted words become single ones.

    >>> _nested("说到“{words}”，见{title}", {"words": "“互联网+”签约", "title": "“十四五”规划"})
    '说到“‘互联网+’签约”，见“十四五”规划'
    """
    quoted = set(re.findall(r"“{(\w+)}”", sentence))
    single = str.maketrans("“”", "‘’")
    return sentence.format_map({name: text.translate(single) if name in quoted else text for name, text in facts.items()})
