"""What the cells of a column may hold: how well they read as that, and how each of them is read.

Nothing hard is guessed. A cell, or an item of its list, that is not understood is noted and left open.
"""

from katalysator.tables.kinds.calendar import DaysIn, LengthIn, MomentIn
from katalysator.tables.kinds.labels import Insisted, LabelsIn, Languages, Unused, YesOrNo
from katalysator.tables.kinds.measures import AmountIn, Count, NumberIn, PlacesIn
from katalysator.tables.kinds.texts import Address, Identifier, LongText, Name, Title, TitleNoName

__all__ = [
    "Address",
    "AmountIn",
    "Count",
    "DaysIn",
    "Identifier",
    "Insisted",
    "LabelsIn",
    "Languages",
    "LengthIn",
    "LongText",
    "MomentIn",
    "Name",
    "NumberIn",
    "PlacesIn",
    "Title",
    "TitleNoName",
    "Unused",
    "YesOrNo",
]
