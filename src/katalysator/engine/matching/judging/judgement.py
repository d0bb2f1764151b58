"""What a judge says of a pair, and what that is worth in a score.

A judge is a second reader of few pairs: its grade is one more part beside the others, never instead of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from katalysator.engine.matching.profiles import Profile
from katalysator.engine.text import REFUSED, ModelFault

JUDGED: Final = 30
"""How many of the best of a need are judged."""

GRADE_ODDS: Final[Mapping[int, float]] = MappingProxyType({0: -2.0, 1: -0.5, 2: 1.5, 3: 2.5})
"""Log-odds of each grade. Set by hand, half of what a judge deserves who errs by a step in two pairs out of five.

Nothing is learned for the judge that is plugged in: `python -m bench.quality.judging` says what grades are worth.
"""

UNREADABLE: Final = "judge-answer"
"""The code of a fault of one answer only."""
OF_ONE_PAIR: Final = frozenset({UNREADABLE, REFUSED})
"""The codes of faults of one pair only; any other says that the judge cannot be asked."""

Pair = tuple[Profile, Profile]
"""A need and an offer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade of a pair, 0 to 3, and why; without a grade, what was the matter.

    `judge` says whose it is; `flagged`: a text tries to tell the judge what to say, so it was not asked.
    Not `asked` either is what came after too many faults: its fault is that of the last one asked.
    """

    grade: int | None = None
    why: str = ""
    flagged: bool = False
    fault: ModelFault | None = None
    judge: str = ""
    asked: bool = True

    @property
    def odds(self) -> float:
        """What it adds to the log-odds of a pair: nothing without a grade."""
        return 0.0 if self.grade is None else GRADE_ODDS[self.grade]


class Judge(Protocol):
    """Grades pairs: would I introduce these two? 3 at once, 2 yes, 1 perhaps, 0 no."""

    @property
    def name(self) -> str:
        """What it is called, with its version where that is known."""
        ...

    def grade(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement of each pair, in order; one that could not be judged says why."""
        ...
