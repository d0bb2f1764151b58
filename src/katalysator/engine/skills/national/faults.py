"""What can be wrong with the files of a national run, each with the sentence that says so."""

from enum import Enum
from pathlib import Path
from textwrap import shorten
from typing import Final

from katalysator.engine.matching.files.tables import fault_in
from katalysator.faults import InvalidInput, gettext_noop as _

MOST_HOURS: Final = 60
"""Hours in a week; the Dutch Working Hours Act lets nobody work more (article 5:7)."""
HIGHEST_LEVEL: Final = 8
"""Of the European and the Dutch qualifications framework."""
MOST_SEATS: Final = 1_000_000

_LONGEST: Final = 60  # characters of a value that are shown
_ONE_VERSION: Final = _(
    "Migrate the file to this version, or give the taxonomy that it was made with."
)


class Unfit(Enum):
    """Sentences, and what mends it. Which line and which column they are of is their place."""

    COLUMN_MISSING = (
        _("The column %(missing)s is missing; there are: %(found)s."),
        _("Add it, or give a column this name."),
    )
    NOTHING_TOLD = (
        _("There is neither a column occupation nor a column skills."),
        _("Add one of the two, or both."),
    )
    ROWS_NONE = _("There is no row in this file."), _("Fill the file, or give another one.")
    CODES_TYPE = (
        _("This column holds %(type)s; codes must be text, whole numbers, or lists of them."),
        _("Save the codes as text, several of them as a list or with | between them."),
    )
    CODE_UNKNOWN = (
        _("“%(value)s” is no code of %(taxonomy)s."),
        _("Mend the code, or give the taxonomy that it is of."),
    )
    VERSION_OTHER = _("This is version “%(value)s”; the taxonomy is %(taxonomy)s."), _ONE_VERSION
    REGION_EMPTY = (
        _("This opening has no place."),
        _("Write the code of a region, such as NL32, or NL where the place does not matter."),
    )
    REGION_UNKNOWN = (
        _("“%(value)s” is no region."),
        _("Write a code of NUTS 2021, such as NL329, NL32 or NL."),
    )
    LEVEL_BAD = (
        _("“%(value)s” is no level."),
        _("Write a whole number from 1 to %(most)s, as NLQF and EQF have it, or leave it empty."),
    )
    HOURS_BAD = (
        _("“%(value)s” is no number of hours in a week."),
        _("Write a number above 0 and at most %(most)s, or leave it empty."),
    )
    SEATS_BAD = (
        _("“%(value)s” is no number of seats."),
        _("Write a whole number from 0 to %(most)s."),
    )
    ID_DOUBLE = (
        _("Line %(first)s has the id “%(value)s” already."),
        _("Keep one of the two rows."),
    )
    NOTHING_ASKED = (
        _("This opening asks for no skill: no occupation that has any, and no skills of its own."),
        _("Write an occupation or skills, or take the row out."),
    )
    NUMBERS_TYPE = (
        _("This column holds %(type)s; it must hold numbers."),
        _("Save it as numbers."),
    )
    TEXT_TYPE = _("This column holds %(type)s; it must hold text."), _("Save it as text.")
    GROUP_TYPE = (
        _("This column holds %(type)s; labels must be text, numbers, dates or yes and no."),
        _("Save the labels as text."),
    )

    def of(
        self, path: Path, *, line: int | None = None, column: str = "", **parameters: object
    ) -> InvalidInput:
        """The fault in one file, at its place; a long value is cut."""
        if "value" in parameters:
            parameters["value"] = shorten(str(parameters["value"]), _LONGEST, placeholder="…")
        message, hint = self.value
        return fault_in(path, self.name, message, hint, parameters, line=line, column=column)
