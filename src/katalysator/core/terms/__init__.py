"""Terms: what both sides of a market state, each an object that says all about itself, once.

A term owns what a value may be, its words, its form fields, its columns in a table, its shape in the
API, and how it holds two listings together: as labels of which one must be shared, or as an interval
that must overlap. A market declares its terms as attributes; nothing else needs to know them.
"""

from katalysator.core.terms.base import EVERYTHING, Half, Interval, LabelText, Term
from katalysator.core.terms.choices import Choice, Level, Several, Text
from katalysator.core.terms.numbers import Amount, Asked, Date, Number, Places
from katalysator.core.terms.ranges import DateRange, Range

__all__ = [
    "EVERYTHING",
    "Amount",
    "Asked",
    "Choice",
    "Date",
    "DateRange",
    "Half",
    "Interval",
    "LabelText",
    "Level",
    "Number",
    "Places",
    "Range",
    "Several",
    "Term",
    "Text",
]
