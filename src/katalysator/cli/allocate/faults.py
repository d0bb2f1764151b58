"""What the engine finds wrong with a file, as a refusal that says how to mend it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from katalysator.engine.matching.files import BadFiles, Fault, Problem
from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

_RENAME: Final = _(
    "Give the columns these names; score_person with score_opening may take the place of score."
)
_SAVE: Final = _("Make the file anew: it may be incomplete, or of another kind.")
_FILL: Final = _("Fill it in, or take the row out.")
_KEEP_ONE: Final = _("Keep one of the two rows.")
_SCORE: Final = _("Mend the row, or take it out.")
_SEATS: Final = _("Write a whole number of seats.")

HINTS: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        Fault.FORM: _("Save the table as one of these."),
        Fault.UNREADABLE: _SAVE,
        Fault.EMPTY: _SAVE,
        Fault.COLUMNS: _RENAME,
        Fault.OPINIONS: _("Add what each side thinks of the other, or take --method optimal."),
        Fault.LABELS: _("Add a column of labels, such as a region."),
        Fault.LABEL_TYPE: _("Save the labels as text."),
        Fault.ID_TYPE: _("Save the ids as text."),
        Fault.ID_MIXED: _("Save the ids of both files in one type."),
        Fault.ID_EMPTY: _FILL,
        Fault.ID_TWICE: _KEEP_ONE,
        Fault.ID_UNKNOWN: _("Add a row with its capacity, which may be 0."),
        Fault.PERSON_TWICE: _KEEP_ONE,
        Fault.PERSON_UNKNOWN: _("Mend the id, or take the row out."),
        Fault.NUMBER_TYPE: _("Save the column as numbers."),
        Fault.NUMBER_EMPTY: _FILL,
        Fault.NUMBER_BAD: _SCORE,
        Fault.SEATS_BAD: _SEATS,
        Fault.SEATS_LARGE: _SEATS,
        Fault.PAIR_TWICE: _KEEP_ONE,
        Fault.CHANGED: _("Wait until it is finished, and start again."),
    }
)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn problems with files into a refusal."""
    try:
        yield
    except BadFiles as error:
        raise Refused(*map(_refusal, error.problems)) from None


def _refusal(problem: Problem) -> InvalidInput:
    fault, values = problem.fault, problem.values
    shown = {name: value if name == "count" else str(value) for name, value in values.items()}
    code = fault.name.lower().replace("_", "-")
    return InvalidInput(code, str(fault), hint=HINTS[fault], **shown).at(str(problem.path))
