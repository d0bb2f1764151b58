"""What a sheet may become: a room declares it once, for pages and terminal alike.

A declaration says what the columns may be, which records the rows are about, and how they are written;
giving, looking, choosing columns, confirming, reporting and taking back are the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.http import HttpRequest
from django.urls import reverse

from katalysator.core.actors import Actor, permits
from katalysator.core.terms import LabelText
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.importing.forms import UploadedSheetForm
from katalysator.importing.plan import PlannedRow, Planning, SheetPlan
from katalysator.importing.rows import SheetRows, said_by
from katalysator.tables.fields import SheetOf
from katalysator.tables.recognition import Use
from katalysator.tables.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWords:
    """What its pages say.

    Parameters
    ----------
    title, intro
        What is given, and what of it happens.
    heading
        What is looked at.
    steps, notes
        What happens next, and what is good to know.
    new, new_note, result_note
        What a new row is called, what becomes of those, and what can be done with them when they are there.
    undo_note
        What taking it back does.
    back
        The name of the page with the records, and its label.

    """

    title: LabelText
    intro: LabelText
    heading: LabelText
    steps: tuple[LabelText, ...]
    notes: tuple[LabelText, ...]
    new: LabelText
    new_note: LabelText
    result_note: LabelText
    undo_note: LabelText
    back: tuple[str, LabelText]


class SheetImport(ABC):
    """How sheets of one kind become records; see `Planning` for what is looked at.

    `target` is where rows go, such as one organisation: a value of the room; None where there is only one place.
    """

    name: ClassVar[str]
    """In addresses, and for `katalysator import`."""
    url_name: ClassVar[str]
    """The name of its first page; those after it have `-preview`, `-rest` and `-undo` behind it."""
    permission: ClassVar[str]
    """What who gives a sheet must have."""
    form: ClassVar[type[UploadedSheetForm]]
    """Asks for the file, as `file`, and for what `told` needs."""
    words: ClassVar[ImportWords]
    shows_changed: ClassVar[bool] = True
    """Whether what was changed is of the same kind as what is new, and shown beside it."""
    results: ClassVar[str] = "importing/_results.html"
    """The template that shows what was taken in."""

    def told(self, said: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 — most have one place
        """Where the rows go, as it is kept: of the answers of the form."""
        return {}

    def target(self, told: Mapping[str, Any]) -> Any:  # noqa: ARG002 — as above
        """Where the rows go, of what was kept. Raises LookupError where that is not there any more."""
        return None

    def require(self, target: Any, by: Actor) -> None:  # noqa: ARG002 — as above
        """Refuse who may not take rows in there. Raises NotAllowed."""
        if not permits(by, self.permission):
            raise NotAllowed("not-the-coordinator", _("Only the coordinator may do this."))

    @abstractmethod
    def sheet_of(self, target: Any) -> SheetOf:
        """What a sheet holds."""

    @abstractmethod
    def labels(self, target: Any) -> Mapping[str, LabelText]:
        """What a column may be taken for, by the name of its field; first that it is not used."""

    def uses(self, found: tuple[Use, ...]) -> tuple[Use, ...]:
        """What columns are taken for, where the room knows better."""
        return found

    def rows(self, read: Records, target: Any) -> SheetRows:  # noqa: ARG002 — as above
        """What the records say."""
        return said_by(read)

    @abstractmethod
    def planning(self, sheet: SheetRows, target: Any, *, locked: bool) -> Planning:
        """What looks at the rows beside what is there; `locked` keeps that from others until the transaction ends."""

    @abstractmethod
    def write(self, plan: SheetPlan, planning: Any, *, by: Actor) -> None:
        """Write what is new or changed, with its events; `planning` is what looked at it. Call it in a transaction."""

    @abstractmethod
    def take_back(self, keys: Sequence[int], target: Any, *, by: Actor) -> int:
        """Undo what was made with these keys, where nobody has touched it since; says of how many."""

    @abstractmethod
    def title_of(self, planned: PlannedRow) -> str:
        """What a row is called on a page."""

    def language_of(self, planned: PlannedRow) -> str:  # noqa: ARG002
        """The language of that; empty where it is a name."""
        return ""

    def part_labels(self, planned: PlannedRow, target: Any) -> Mapping[str, LabelText]:  # noqa: ARG002
        """What parts of a record are called."""
        return self.labels(target)

    def missing(self, planned: PlannedRow) -> Sequence[LabelText]:  # noqa: ARG002
        """What is still to be filled in of a new record."""
        return ()

    @abstractmethod
    def shown(self, request: HttpRequest, keys: Sequence[int]) -> list[Any]:
        """What was taken in, as its template shows it; else pairs of a title and an address."""

    @property
    def address(self) -> str:
        """Where a sheet is given, in the active language."""
        return reverse(self.url_name)

    def about_target(self, target: Any) -> dict[str, Any]:  # noqa: ARG002 — most have one place
        """What its pages show of where the rows go: `sign`, `heading`, and `places`, words beside the file's name."""
        return {"sign": "match", "heading": self.words.heading, "places": ()}

    def says_nothing(self) -> InvalidInput:
        """The refusal of a sheet in which no column tells what its rows are about."""
        return InvalidInput(
            "column-title",
            _("No column says what a row is about."),
            hint=_("Choose it for one of the columns below."),
        )


_kinds: Final[dict[str, SheetImport]] = {}


def declare(kind: SheetImport) -> SheetImport:
    """Let sheets of this kind be taken in."""
    _kinds[kind.name] = kind
    return kind


def named(name: str) -> SheetImport:
    """The kind of this name. Raises KeyError."""
    return _kinds[name]


def kinds() -> tuple[SheetImport, ...]:
    """All there are, in the order in which they were declared."""
    return tuple(_kinds.values())
