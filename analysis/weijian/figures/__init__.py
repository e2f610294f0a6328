"""Figures and tables for readers in one house style, from tables that say everything already: nothing is computed here.

``marks`` puts a comparison, its gaps, what others published and the national targets into one table; ``dot_plot`` draws it on
one axis, ``panels`` each indicator on its own; ``parts`` draws what a total is made up of, ``coverage_map`` what is told and what
is not, ``audit_map`` which numbers of a report agree; ``ladder`` dots of one quantity in panels, ``pairs`` promises and outcomes.
``table`` shows rows in words. The other names are the words themselves, for sentences.
"""

from weijian.amounts import value_label
from weijian.figures.audit_map import audit_map
from weijian.figures.coverage_map import coverage_map
from weijian.figures.draw import dot_plot
from weijian.figures.ladder import ladder
from weijian.figures.marking import marks
from weijian.figures.pairs import pairs
from weijian.figures.panels import panels
from weijian.figures.parts import parts
from weijian.figures.save import Figure
from weijian.sheet import Table, table
from weijian.words import heading, indicator_name, listing, place_name, word

__all__ = [
    "Figure",
    "Table",
    "audit_map",
    "coverage_map",
    "dot_plot",
    "heading",
    "indicator_name",
    "ladder",
    "listing",
    "marks",
    "pairs",
    "panels",
    "parts",
    "place_name",
    "table",
    "value_label",
    "word",
]
