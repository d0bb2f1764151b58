"""Moments and how long something takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from katalysator.faults import gettext_noop as _
from katalysator.tables.fields import CellReader, Note
from katalysator.tables.kinds.sampling import not_understood, share
from katalysator.tables.values.days import day_first
from katalysator.tables.values.moments import SaidMoment, read_length, read_moment


@dataclass(frozen=True, slots=True)
class MomentIn:
    """A day with times of the clock, or one of these; which clock is for the room to say."""

    today: Callable[[], date] = date.today
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether moments are found in them."""
        return share(
            cells,
            lambda cell: (
                len(cell) < 80 and read_moment(cell, today=self.today(), first="day") is not None
            ),
        )

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """What is said of it; what goes first in a day is told by all columns of moments together."""
        first = day_first(cells)

        def read(cell: str, note: Note) -> SaidMoment | None:
            found = read_moment(cell, today=self.today(), first=first)
            if found is None:
                note(
                    not_understood(
                        cell,
                        _("“%(text)s” tells no moment: left open."),
                        _("Write the day with its year, and the time: 2026-01-31 14:00."),
                    )
                )
            return found

        return read


@dataclass(frozen=True, slots=True)
class LengthIn:
    """How long something takes, up to a day."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they tell it, in hours or minutes."""
        return share(cells, lambda cell: read_length(cell, header="min") is not None)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The length; a number alone is what the header says that it counts."""

        def read(cell: str, note: Note) -> timedelta | None:
            found = read_length(cell, header=header)
            if found is None:
                note(
                    not_understood(
                        cell,
                        _("“%(text)s” does not tell how long it takes: left open."),
                        _(
                            "Write hours or minutes, such as 1:30, 2 hours or 90 min; or when it ends."
                        ),
                    )
                )
            return found

        return read
