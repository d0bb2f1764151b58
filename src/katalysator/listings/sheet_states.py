"""Rows of sheets that count no more, as people say it: “ingetrokken” anywhere, or “done” in their status."""

import re
from typing import Final

from katalysator.tables.names import likeness
from katalysator.tables.table import Line, Table

_WITHDRAWN: Final = re.compile(
    r"\W*(?:ingetrokken|teruggetrokken|vervallen|geannuleerd|afgezegd|withdrawn|cancell?ed|superseded|obsolete)\b",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"\W*(?:afgehandeld|afgerond|gesloten|opgelost|vervuld|gevonden|gematcht|closed|done|solved|fulfilled|matched)\b",
    re.IGNORECASE,
)
_STATES: Final = (
    *("status", "stand", "fase", "state", "phase"),
    *("stand van zaken", "voortgang", "progress"),
)


def is_over(table: Table, line: Line) -> bool:
    """Whether a row says that it counts no more: withdrawn in any cell, or closed in one of its state."""
    cells = zip(table.header.cells, line.cells, strict=False)
    return any(
        cell and (_WITHDRAWN.match(cell) or (_CLOSED.match(cell) and likeness(name, _STATES) > 0))
        for name, cell in cells
    )
