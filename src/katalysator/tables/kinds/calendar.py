"""Days, moments and how long something takes."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from katalysator.faults import gettext_noop as _
from katalysator.tables.fields import CellReader, Note
from katalysator.tables.kinds.sampling import noted, share
from katalysator.tables.values.calendar_pieces import First
from katalysator.tables.values.days import Days, day_first, read_days
from katalysator.tables.values.moments import SaidMoment, read_length, read_moment

_SERIAL: Final = re.compile(r"3[7-9][0-9]{3}|[4-6][0-9]{4}")
_DAY_ZERO: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class _OfCalendar(ABC):
    """What may begin with a day or with a month, as all columns of it tell together."""

    today: Callable[[], date] = date.today
    tells_itself: bool = False

    longest: ClassVar[int]
    """Characters of a cell that may be one."""
    unread: ClassVar[tuple[str, str]]
    """What is said of a cell that is none, and what mends it."""

    @abstractmethod
    def read(self, cell: str, first: First) -> Any:
        """What a cell says; None where it says nothing."""

    def fits(self, cells: Sequence[str]) -> float:
        """Whether it is found in them."""
        return share(
            cells, lambda cell: len(cell) < self.longest and self.read(cell, "day") is not None
        )

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """What is said; what goes first (day or month) is told by all such columns together."""
        first, unread = day_first(cells), self.unread
        return lambda cell, note: noted(self.read(cell, first), cell, note, *unread)


@dataclass(frozen=True, slots=True)
class DaysIn(_OfCalendar):
    """A day, or the days from one to another; a date without a name above it may be of anything."""

    longest = 60
    unread = (
        _("“%(text)s” tells no day: left open."),
        _("Write the day as 2026-01-31 or 31-01-2026."),
    )

    def read(self, cell: str, first: First) -> Days | None:
        """The days."""
        return read_days(cell, today=self.today(), first=first)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:
        """What is said, or counted by a spreadsheet."""
        plain = _OfCalendar.reader(self, header, cells)
        return lambda cell, note: _serial(cell) or plain(cell, note)


@dataclass(frozen=True, slots=True)
class MomentIn(_OfCalendar):
    """A day with times of the clock, or one of these; which clock is for the room to say."""

    longest = 80
    unread = (
        _("“%(text)s” tells no moment: left open."),
        _("Write the day with its year, and the time: 2026-01-31 14:00."),
    )

    def read(self, cell: str, first: First) -> SaidMoment | None:
        """The moment."""
        return read_moment(cell, today=self.today(), first=first)


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
            return noted(
                read_length(cell, header=header),
                cell,
                note,
                _("“%(text)s” does not tell how long it takes: left open."),
                _("Write hours or minutes, such as 1:30, 2 hours or 90 min; or when it ends."),
            )

        return read


def _serial(cell: str) -> Days | None:
    """A day that a spreadsheet counted from 1900, of this century, whose look was lost on the way."""
    if not _SERIAL.fullmatch(cell):
        return None
    day = _DAY_ZERO + timedelta(days=int(cell))
    return Days(day, day)
