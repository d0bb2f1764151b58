"""What can be wrong with the files of a market, each with the sentence that says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Final, TypeVar

import polars as pl

from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

T = TypeVar("T")

_RENAME: Final = _(
    "Give the columns these names; score_person with score_opening may take the place of score."
)
_SAVE: Final = _("Make the file anew: it may be incomplete, or of another kind.")
_FILL: Final = _("Fill it in, or take the row out.")
_KEEP_ONE: Final = _("Keep one of the two rows.")
_SCORE: Final = _("Mend the row, or take it out.")
_SEATS: Final = _("Write a whole number of seats.")


class Fault(Enum):
    """Sentences, and what mends it; rows count from 1, without the header."""

    FORM = (
        _("A table is read from or written to one of these: %(kinds)s."),
        _("Save the table as one of these."),
    )
    UNREADABLE = _("The file cannot be read (%(reason)s)."), _SAVE
    EMPTY = _("There is nothing in the file, not even the names of columns."), _SAVE
    COLUMNS = _("The columns %(missing)s are missing; there are: %(found)s."), _RENAME
    ID_TYPE = (
        _("“%(column)s” holds %(type)s; ids must be text or whole numbers."),
        _("Save the ids as text."),
    )
    ID_MIXED = (
        _("“%(column)s” holds %(type)s here and %(wanted)s in %(other)s."),
        _("Save the ids of both files in one type."),
    )
    ID_EMPTY = _("Row %(row)s: “%(column)s” is empty or too large."), _FILL
    OPINIONS = (
        _("A stable matching needs the columns %(missing)s; there are: %(found)s."),
        _("Add what each side thinks of the other, or take --method optimal."),
    )
    LABELS = (
        _("There are no labels: no column but “%(column)s”."),
        _("Add a column of labels, such as a region."),
    )
    LABEL_TYPE = (
        _("“%(column)s” holds %(type)s; labels must be text, numbers, dates or yes and no."),
        _("Save the labels as text."),
    )
    ID_TWICE = _("Rows %(first)s and %(second)s both describe opening %(opening)s."), _KEEP_ONE
    ID_UNKNOWN = (
        _("Row %(row)s: %(other)s does not have opening %(opening)s. Missing there: %(count)s."),
        _("Add a row with its capacity, which may be 0."),
    )
    PERSON_TWICE = _("Rows %(first)s and %(second)s both describe person %(person)s."), _KEEP_ONE
    PERSON_UNKNOWN = (
        _("Row %(row)s: %(other)s does not have person %(person)s. Missing there: %(count)s."),
        _("Mend the id, or take the row out."),
    )
    NUMBER_TYPE = (
        _("“%(column)s” holds %(type)s; it must hold numbers."),
        _("Save the column as numbers."),
    )
    NUMBER_EMPTY = _("Row %(row)s: “%(column)s” is empty or not a number."), _FILL
    NUMBER_BAD = (
        _("Row %(row)s: “%(column)s” is %(value)s; it must be finite and at least 0."),
        _SCORE,
    )
    SEATS_BAD = (
        _("Row %(row)s: “%(column)s” is %(value)s; it must be a whole number, at least 0."),
        _SEATS,
    )
    SEATS_LARGE = (
        _("Row %(row)s: “%(column)s” is %(value)s; that is more than can be counted."),
        _SEATS,
    )
    PAIR_TWICE = (
        _("Rows %(first)s and %(second)s both pair person %(person)s with opening %(opening)s."),
        _KEEP_ONE,
    )
    CHANGED = (
        _("The file was changed while it was read."),
        _("Wait until it is finished, and start again."),
    )

    def of(self, path: Path, **parameters: object) -> InvalidInput:
        """The fault in one file. Rows and ids are shown as they stand, counts as numbers."""
        message, hint = self.value
        shown = {
            name: value if name == "count" else str(value) for name, value in parameters.items()
        }
        code = self.name.lower().replace("_", "-")
        return InvalidInput(code, message, hint=hint, **shown).at(str(path))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Refuse a file that cannot be read to its end, whatever its reader makes of it."""
    try:
        yield
    except pl.exceptions.NoDataError:
        raise Refused(Fault.EMPTY.of(path)) from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise Refused(Fault.UNREADABLE.of(path, reason=reason)) from None


def only_good(*found: T | InvalidInput | None) -> list[T]:
    """What was found, or a refusal with all the problems among it. None is no problem."""
    problems = [each for each in found if isinstance(each, InvalidInput)]
    if problems:
        raise Refused(*problems)
    return [each for each in found if each is not None and not isinstance(each, InvalidInput)]
