"""The declarations of the tables of wordings: the words and patterns by which reports are read."""

from __future__ import annotations

from weijian.schema import Column, Table

FURNITURE = Table(
    "furniture",
    "Page furniture: how the lines that belong to the page are recognised",
    (
        Column("kind", "navigation, metadata, share, contact, footer, advertising or image", required=True),
        Column("match", "whole (the line is it), start or inside", required=True),
        Column("zone", "anywhere, or edge: only in the head and the tail of the page", required=True),
        Column("closes", "yes when nothing of the report follows"),
        Column("pattern", "the regular expression", required=True),
        Column("example", "a line that it recognises"),
    ),
    ("pattern",),
)
METADATA_KEYS = Table(
    "metadata_keys",
    "Keys of the metadata that a page prints",
    (Column("key", "the key as printed, without blanks", required=True), Column("field", "what it is called here", required=True)),
    ("key",),
)
GENRES = Table(
    "genres",
    "The words of titles and the genre that each announces",
    (
        Column("word", "the word at the end of a title", required=True),
        Column("genre", "the genre", required=True, words="genre"),
        Column("genre_name", "the genre's own name", required=True),
        Column("context", "summary when its sentences report, plan when they promise; empty when only the section tells"),
        Column("note", "what one should know"),
    ),
    ("word",),
)
SECTION_CUES = Table(
    "section_cues",
    "Headings that announce a plan inside a summary or a review inside a plan",
    (
        Column("pattern", "the regular expression; years and numbering are taken off the heading first", required=True),
        Column("context", "summary or plan", required=True),
        Column("years", "how many years after the report's", type="integer", required=True),
        Column("note", "what one should know"),
    ),
    ("pattern",),
)
RULES = Table(
    "rules",
    "Rules: the wordings in which an indicator is found",
    (
        Column("indicator", "the indicator that it finds", required=True, refers="indicators"),
        Column("units", "the units that it comes in", required=True, many=True),
        Column("kind", "the kind of statement", required=True, words="kind"),
        Column("focus", "what must stand in the words that own the number: a regular expression", required=True),
        Column("also", "what must stand there too, or in what they inherit"),
        Column("context", "what must stand in the sentence or its headings"),
        Column("never", "what rules it out"),
        Column("note", "what one should know"),
    ),
    (),
)
_PATTERN = Column("cue", "the words: a regular expression", required=True)
THEME_CUES = Table(
    "theme_cues",
    "The words that speak of a theme, and those that only seem to",
    (Column("theme", "the theme", required=True, refers="themes"), _PATTERN, Column("use", "speaks or never", required=True)),
    ("theme", "cue"),
)
THEME_WORDS = Table(
    "theme_words",
    "The word by which a plain search would look for a theme: what the cues are measured against",
    (
        Column("theme", "the theme", required=True, refers="themes"),
        Column("word", "the word", required=True),
        Column("why", "why this one, and what it leaves out", required=True),
    ),
    ("theme",),
)
ADMINISTRATION = Table(
    "administration",
    "The words of headings whose sections are not on health services",
    (
        Column("cue", "the words, in the last clause of a heading: a regular expression", required=True),
        Column("kind", "party, discipline or office", required=True),
        Column("why", "what such a section is on", required=True),
    ),
    ("cue",),
)
TERMS = Table(
    "terms",
    "Terms of the genre that are one word, however the general dictionary would part them, and cues of themes that are none",
    (
        Column("term", "the term", required=True),
        Column("part_of_speech", "n noun, v verb, b attribute, as in the dictionary; x no word", required=True),
        Column("why", "what it names, or why it is no word", required=True),
    ),
    ("term",),
)
STOP_WORDS = Table(
    "stop_words",
    "Words that are not counted when words are compared",
    (
        Column("word", "the words: a regular expression for the whole word", required=True),
        Column("kind", "place, time, grammar, office or number", required=True),
        Column("why", "why they are left out", required=True),
    ),
    ("word",),
)
CUES = Table(
    "cues",
    "The words of the genre by their use",
    (Column("use", "what they do in a sentence", required=True), _PATTERN),
    ("use", "cue"),
)
TRADITIONAL = Table(
    "traditional",
    "Traditional characters and the simplified ones that they are read as",
    (Column("traditional", "the traditional character", required=True), Column("simplified", "the simplified one", required=True)),
    ("traditional",),
)
CHECK_CUES = Table(
    "check_cues",
    "The words by which the checks find how numbers are related",
    (
        Column("use", "what they do: part, total, sum, complete, apart, overlap, whole, aim, deed, group, and so on", required=True),
        _PATTERN,
    ),
    ("use", "cue"),
)
CHECK_SPANS = Table(
    "check_spans",
    "How much of a unit of time a longer one can hold",
    (
        Column("span", "the words for the longer one: a regular expression", required=True),
        Column("unit", "the unit", required=True, refers="units"),
        Column("most", "how many it holds at most", type="integer", required=True),
    ),
    ("span", "unit"),
)
DEEDS = Table(
    "deeds",
    "Deeds: the words by which a plan promises and a summary reports them, and how far along each says that a thing is",
    (
        Column("deed", "the word", required=True),
        Column("stage", "how far along the thing is", required=True, words="progress"),
        Column(
            "promise",
            "yes: promised with any object, it can be checked; thing or exam: only with an object that ends with a cue of that use; empty: it promises nothing",
        ),
        Column("noun", "yes: the word is also a noun (系统升级有序推进), and tells no stage where another deed does"),
        Column(
            "act",
            "what is done: document, body, event or building; a deed of one is no answer to a promise of another; empty: any",
            words="act",
        ),
    ),
    ("deed",),
)
PROMISE_CUES = Table(
    "promise_cues",
    "The words around a promise by their use",
    (
        Column(
            "use",
            "exhorts, leads, keeps, thing, exam, abstract, whole, stop, lowers, ahead, goes_on, between, anew or in_all",
            required=True,
        ),
        Column("cue", "the word as printed", required=True),
    ),
    ("use", "cue"),
)
SYNONYMS = Table(
    "synonyms",
    "Words that mean the same in a plan and its summary, or that are dropped from one to the other",
    (
        Column("words", "the words as printed", required=True),
        Column("same_as", "the words that they are read as; empty when nothing is lost without them"),
    ),
    ("words",),
)
CONTRASTS = Table(
    "contrasts",
    "Words that exclude one another: what names one of a group is not what names another one",
    (Column("group", "the group", required=True), Column("word", "a word of the group", required=True)),
    ("group", "word"),
)
WORDINGS = (
    FURNITURE,
    METADATA_KEYS,
    GENRES,
    SECTION_CUES,
    RULES,
    THEME_CUES,
    THEME_WORDS,
    ADMINISTRATION,
    TERMS,
    STOP_WORDS,
    CUES,
    TRADITIONAL,
    CHECK_CUES,
    CHECK_SPANS,
    DEEDS,
    PROMISE_CUES,
    SYNONYMS,
    CONTRASTS,
)
"""All of them."""
