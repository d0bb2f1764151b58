"""What a look at some cells of a column tells, and what is said of one that tells nothing."""

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from katalysator.faults import InvalidInput
from katalysator.tables.fields import Note
from katalysator.tables.values.words import is_blank, read_yes

ValueT = TypeVar("ValueT")

_SAMPLE: Final = 200
"""So many distinct cells of a column tell what it holds."""

SENTENCE: Final = 7  # words
PHRASE: Final = 3
ITEMS: Final = re.compile(r"[;\n,/•]")
"""What stands between the items of a list, and in prose too."""


def sampled(cells: Sequence[str]) -> list[str]:
    """Distinct cells that say something, from all over the column. Cost: one pass."""
    distinct = [cell for cell in dict.fromkeys(cells) if not is_blank(cell)]
    return distinct[:: max(1, len(distinct) // _SAMPLE)][:_SAMPLE]


def share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    """The part of the cells that hold it; those that hold what cannot be do not."""

    def holds_it(cell: str) -> bool:
        try:
            return holds(cell)
        except InvalidInput:
            return False

    return sum(map(holds_it, cells)) / len(cells) if cells else 0.0


def is_phrase(cell: str, most: int) -> bool:
    """Whether it has so many words at most, and says more than yes or no."""
    return len(cell.split()) <= most and read_yes(cell) is None


def is_list(cell: str) -> bool:
    """Whether short items stand in it between signs."""
    items = ITEMS.split(cell)
    return len(items) > 1 and all(0 < len(item.split()) <= PHRASE for item in items)


def mean_words(cells: Sequence[str]) -> float:
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0


def noted(found: ValueT | None, cell: str, note: Note, what: str, hint: str) -> ValueT | None:
    """What was read of a cell; where that is nothing, it is noted in these words."""
    if found is None:
        note(not_understood(cell, what, hint))
    return found


def not_understood(cell: str, what: str, hint: str, **more: object) -> InvalidInput:
    return InvalidInput("cell-open", what, hint=hint, text=cell, **more)
