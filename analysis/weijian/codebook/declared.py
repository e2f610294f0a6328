"""The declarations of the tables of facts: their columns, what the cells may be, and their keys; and all tables by name."""

from __future__ import annotations

from weijian.codebook.wordings import WORDINGS
from weijian.schema import Column, Table

WORDS = Table(
    "words",
    "The words that a column may hold",
    (
        Column("list", "the list that the word belongs to", required=True),
        Column("word", "the word as it stands in the tables", required=True),
        Column("name_zh", "how it is called in Chinese", required=True),
        Column("name_en", "how it is called in English", required=True),
    ),
    ("list", "word"),
)
THEMES = Table(
    "themes",
    "Themes",
    (
        Column("theme", "the theme's code", required=True),
        Column("name_zh", "its Chinese name", required=True),
        Column("name_en", "its English name", required=True),
    ),
    ("theme",),
)
INDICATORS = Table(
    "indicators",
    "Indicators: the catalogue of what is measured",
    (
        Column("indicator", "the indicator's code", required=True),
        Column("theme", "the theme it belongs to", required=True, refers="themes"),
        Column("name_zh", "its Chinese name", required=True),
        Column("name_en", "its English name", required=True),
        Column("unit", "the base unit of its values", required=True, refers="units"),
        Column("numerator", "what is counted", required=True),
        Column("denominator", "what it is divided by; empty for a count"),
        Column("base", "the population it refers to", words="base"),
        Column("stock_or_flow", "whether it stands at a date or adds up over a period", words="stock_or_flow"),
        Column("defined_in", "the document or programme that sets it; local: no national document"),
        Column("note", "what one should know"),
    ),
    ("indicator",),
)
DEFINITIONS = Table(
    "definitions",
    "Definitions: one indicator's name, several numerators and denominators",
    (
        Column("definition", "the definition's code", required=True),
        Column("indicator", "the indicator that it defines", required=True, refers="indicators"),
        Column("name_zh", "what sets it apart, in Chinese", required=True),
        Column("name_en", "what sets it apart, in English", required=True),
        Column("numerator", "what is counted", required=True),
        Column("denominator", "what it is divided by; empty for a count"),
        Column("base", "the population it refers to", words="base"),
        Column("cue", "the words owning a number that state it: a regular expression; a bar stands before the unit"),
        Column("never", "the words that rule it out"),
        Column("context", "what must stand in the clause that leads to the number"),
        Column("defined_in", "the document that sets it"),
        Column("verification", "how well the definition is confirmed", required=True),
        Column("note", "what one should know"),
    ),
    ("definition",),
)
FLAGS = Table(
    "flags",
    "Flags: what one should know about a row",
    (
        Column("flag", "the flag's code", required=True),
        Column("sentence_zh", "what it says, in Chinese", required=True),
        Column("sentence_en", "what it says, in English", required=True),
    ),
    ("flag",),
)
UNITS = Table(
    "units",
    "Units and the kind of quantity each counts",
    (
        Column("unit", "the unit as printed", required=True),
        Column("quantity", "the kind of quantity", required=True, words="quantity"),
        Column("not_before", "characters that, standing next, make it part of a longer word"),
        Column("canonical", "the unit that it is equal to"),
    ),
    ("unit",),
)
PLACES = Table(
    "places",
    "Places: the divisions of the country down to the county",
    (
        Column("code", "the code of GB/T 2260", required=True),
        Column("name", "its full name", required=True),
        Column("short_name", "its name without the suffix", required=True),
        Column("level", "its administrative level", required=True, words="level"),
        Column("parent", "the code of the place it is part of"),
        Column("valid_from", "the year its name or code began, if known", type="year"),
        Column("valid_to", "the year its name or code ended", type="year"),
        Column("predecessor", "the code of the place it came from"),
    ),
    ("code",),
)
COMPARABILITY = Table(
    "comparability",
    "The rules of comparison: what two values must share to be reckoned with",
    (
        Column("rule", "the rule's name; comparability.py holds its condition", required=True),
        Column("two_values", "what holds for the two values", required=True),
        Column("shown", "how they are shown", required=True),
        Column("reckoned", "whether they may be reckoned with", required=True),
        Column("asked_with", "the argument that allows it"),
        Column("refuses", "what may not be reckoned", many=True),
        Column("reason_zh", "why, in Chinese", required=True),
        Column("reason_en", "why, in English", required=True),
        Column("valid_if_zh", "what would make it valid, in Chinese"),
        Column("valid_if_en", "what would make it valid, in English"),
    ),
    ("rule",),
)
HEADINGS = Table(
    "headings",
    "Headings and fixed phrases of figures and tables",
    (
        Column("heading", "the name of the column or phrase", required=True),
        Column("name_zh", "what it reads in Chinese", required=True),
        Column("name_en", "what it reads in English", required=True),
    ),
    ("heading",),
)
PLACE_NAMES = Table(
    "place_names",
    "English names of places",
    (
        Column("place_code", "the place's code", required=True),
        Column("name_en", "its English name", required=True),
    ),
    ("place_code",),
)
BOUNDARIES = Table(
    "boundaries",
    "Changes of boundaries that break the series of a place; a change of name breaks none",
    (
        Column("place_code", "the place's code", required=True),
        Column("year", "the first year within the new boundaries", type="year", required=True),
        Column("change_zh", "what changed, in Chinese", required=True),
        Column("change_en", "what changed, in English", required=True),
        Column("issued_in", "the document that decrees it"),
        Column("verification", "how well it is confirmed", required=True),
    ),
    ("place_code", "year"),
)
TOWNSHIPS = Table(
    "townships",
    "Names of townships that occur once in the country: evidence about masked reports",
    (
        Column("county", "the code of the county", required=True),
        Column("names", "the names without 镇, 乡, 街道", required=True, many=True),
    ),
    ("county",),
)
INTAKE = Table(
    "intake",
    "What `weijian add` says of a file",
    (
        Column("part", "where it is said: label, evidence, format, numbers, odd or closing", required=True),
        Column("code", "what is said", required=True),
        Column("sentence_zh", "the sentence, in Chinese; names in braces are filled in", required=True),
        Column("sentence_en", "the sentence, in English", required=True),
    ),
    ("part", "code"),
)
PER_HEAD = Table(
    "per_head",
    "What may be divided by a population, and by which",
    (
        Column("indicator", "the count that is divided", required=True, refers="indicators"),
        Column("group", "the group of reference/populations that divides it", required=True),
        Column("base", "residents or registered population", required=True, words="base"),
        Column("per", "per how many persons", type="integer", required=True),
        Column("unit", "the unit of the quotient", required=True),
        Column("note_zh", "what one should know, in Chinese"),
        Column("note_en", "what one should know, in English"),
    ),
    ("indicator",),
)
RATIOS = Table(
    "ratios",
    "Rates whose numerator the reports print too, so that they imply a denominator",
    (
        Column("rate", "the rate", required=True, refers="indicators"),
        Column("numerator", "the count above the line", required=True, refers="indicators"),
        Column("group", "the group of persons below the line", required=True),
        Column("base", "the population that these are of, where the name of the rate says so", required=True, words="base"),
        Column("denominator_zh", "what stands below the line, in Chinese", required=True),
        Column("denominator_en", "what stands below the line, in English", required=True),
        Column("note_zh", "what one should know, in Chinese"),
        Column("note_en", "what one should know, in English"),
    ),
    ("rate",),
)
RECKONING = Table(
    "reckoning",
    "Why a value is not divided by a population, and what has to be said where it is",
    (
        Column("rule", "the rule", required=True),
        Column("verdict", "refused or flagged", required=True),
        Column("reason_zh", "the reason, in Chinese", required=True),
        Column("reason_en", "the reason, in English", required=True),
        Column("valid_if_zh", "what would make it valid, in Chinese"),
        Column("valid_if_en", "what would make it valid, in English"),
    ),
    ("rule",),
)
CHECK_SENTENCES = Table(
    "check_sentences",
    "What a verdict on a relation between numbers says to a reader",
    (
        Column("relation", "how the numbers are related", required=True, words="check_relation"),
        Column("verdict", "whether it holds", required=True, words="check_verdict"),
        Column("sentence_zh", "what it says, in Chinese", required=True),
        Column("sentence_en", "what it says, in English", required=True),
        Column("limit_zh", "what it does not say, in Chinese"),
        Column("limit_en", "what it does not say, in English"),
    ),
    ("relation", "verdict"),
)
TABLES = {
    table.name: table
    for table in (
        WORDS, THEMES, INDICATORS, DEFINITIONS, FLAGS, UNITS, PLACES, COMPARABILITY, HEADINGS,
        PLACE_NAMES, BOUNDARIES, TOWNSHIPS, INTAKE, PER_HEAD, RATIOS, RECKONING, CHECK_SENTENCES,
        *WORDINGS,
    )
}  # fmt: skip
