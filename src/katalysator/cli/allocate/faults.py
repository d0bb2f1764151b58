"""What the engine finds wrong with a file, as a refusal that says how to mend it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from katalysator.cli.refusals import Refused
from katalysator.core.errors import InvalidInput
from katalysator.core.language import gettext_noop
from katalysator.engine.matching.files import BadFiles, Fault, Problem

_RENAME: Final = gettext_noop(
    "Give the columns these names; score_person with score_opening may take the place of score."
)
_SAVE: Final = gettext_noop("Make the file anew: it may be incomplete, or of another kind.")
_FILL: Final = gettext_noop("Fill it in, or take the row out.")
_KEEP_ONE: Final = gettext_noop("Keep one of the two rows.")
_SCORE: Final = gettext_noop("Mend the row, or take it out.")
_SEATS: Final = gettext_noop("Write a whole number of seats.")

HINTS: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        Fault.FORM: gettext_noop("Save the table as one of these."),
        Fault.UNREADABLE: _SAVE,
        Fault.EMPTY: _SAVE,
        Fault.COLUMNS: _RENAME,
        Fault.OPINIONS: gettext_noop(
            "Add what each side thinks of the other, or take --method optimal."
        ),
        Fault.LABELS: gettext_noop("Add a column of labels, such as a region."),
        Fault.LABEL_TYPE: gettext_noop("Save the labels as text."),
        Fault.ID_TYPE: gettext_noop("Save the ids as text."),
        Fault.ID_MIXED: gettext_noop("Save the ids of both files in one type."),
        Fault.ID_EMPTY: _FILL,
        Fault.ID_TWICE: _KEEP_ONE,
        Fault.ID_UNKNOWN: gettext_noop("Add a row with its capacity, which may be 0."),
        Fault.PERSON_TWICE: _KEEP_ONE,
        Fault.PERSON_UNKNOWN: gettext_noop("Mend the id, or take the row out."),
        Fault.NUMBER_TYPE: gettext_noop("Save the column as numbers."),
        Fault.NUMBER_EMPTY: _FILL,
        Fault.NUMBER_BAD: _SCORE,
        Fault.SEATS_BAD: _SEATS,
        Fault.SEATS_LARGE: _SEATS,
        Fault.PAIR_TWICE: _KEEP_ONE,
        Fault.CHANGED: gettext_noop("Wait until it is finished, and start again."),
    }
)


@contextmanager
def refusing() -> Iterator[None]:
    """Turn problems with files into a refusal."""
    try:
        yield
    except BadFiles as error:
        raise Refused([_refusal(problem) for problem in error.problems]) from None


def _refusal(problem: Problem) -> InvalidInput:
    fault, values = problem.fault, problem.values
    shown = {name: value if name == "count" else str(value) for name, value in values.items()}
    code = fault.name.lower().replace("_", "-")
    return InvalidInput(code, str(fault), hint=HINTS[fault], **shown).at(str(problem.path))
