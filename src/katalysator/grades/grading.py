"""The sheet that a broker is grading: kept in the session, so that one can stop and go on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

from katalysator.grades.choosing import Chosen

_KEY = "grading"


@dataclass(frozen=True, slots=True)
class GradingSheet:
    """Some pairs, and how many of them are behind."""

    pairs: Sequence[Chosen]
    at: int = 0

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """The sheet of a session, if one was begun."""
        kept = session.get(_KEY)
        return cls([Chosen(**each) for each in kept["pairs"]], kept["at"]) if kept else None

    def keep(self, session: SessionBase) -> None:
        """Remember it in the session."""
        session[_KEY] = {"pairs": [asdict(each) for each in self.pairs], "at": self.at}

    @staticmethod
    def forget(session: SessionBase) -> None:
        """Put the sheet away; what was graded stays."""
        session.pop(_KEY, None)

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self.pairs)

    @property
    def number(self) -> int:
        """The number of the pair in front, from 1 on."""
        return self.at + 1

    @property
    def current(self) -> Chosen | None:
        """The pair in front; None when all are behind."""
        return self.pairs[self.at] if self.at < self.size else None

    def moved(self, steps: int) -> Self:
        """The same sheet so many pairs further, or back; never before the first."""
        return type(self)(self.pairs, min(max(0, self.at + steps), self.size))
