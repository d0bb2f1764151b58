"""The best pairs of each need read again: what a judge said of them, and what that adds to their scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching.blocks import Progress
from katalysator.engine.matching.judging.judgement import (
    JUDGED,
    OF_ONE_PAIR,
    Judge,
    Judgement,
    Pair,
)
from katalysator.engine.matching.ordering import falling, ranks
from katalysator.engine.matching.profiles import Profile
from katalysator.engine.text import ModelFault

_ENOUGH: Final = 4  # answers in a row that cannot be read or are none


@dataclass(frozen=True, slots=True, eq=False)
class SecondStage:
    """What a judge said of pairs: `odds` (E,) of all of them, and each judgement by its place among them.

    `flagged` names the pairs in which a text tries to tell the judge what to say.
    """

    judge: str
    odds: FloatArray
    judgements: Mapping[int, Judgement] = field(default_factory=dict)
    flagged: Sequence[str] = ()

    @property
    def judged(self) -> int:
        """How many pairs got a grade."""
        return sum(each.grade is not None for each in self.judgements.values())

    @property
    def fault(self) -> ModelFault | None:
        """The last thing that was the matter."""
        faults = [each.fault for each in self.judgements.values() if each.fault]
        return faults[-1] if faults else None


def second_stage(
    judge: Judge,
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    pairs: tuple[Rows, Rows],
    odds: FloatArray,
    progress: Progress,
) -> SecondStage:
    """Let a judge read the `JUDGED` best of each need; after a need of which none could be asked, no more.

    `pairs` are rows by rising need, (E,) each, and `odds` (E,) what they scored. Cost: the judge's,
    thirty pairs a need.
    """
    asked = list(_best_of_each(pairs[0], odds))
    said: dict[int, Judgement] = {}
    for done, places in enumerate(asked):
        progress("judge", done, len(asked))
        some: list[Pair] = [(needs[pairs[0][n]], offers[pairs[1][n]]) for n in places]
        found = [replace(each, judge=judge.name) for each in judge.grade(some)]
        said |= dict(zip(places, found, strict=True))
        if is_lost(found):
            break
    worth = np.zeros(len(odds))
    worth[list(said)] = [each.odds for each in said.values()]
    flagged = [
        f"{needs[pairs[0][n]].key} – {offers[pairs[1][n]].key}"
        for n, each in said.items()
        if each.flagged
    ]
    return SecondStage(judge.name, worth, said, flagged)


def is_lost(found: Sequence[Judgement]) -> bool:
    """Whether it is of no use to ask on: nobody is there, or all that comes is nonsense or refused."""
    faults = [each.fault.code for each in found if each.fault]
    return len(faults) == len(found) and (
        len(found) >= _ENOUGH or not OF_ONE_PAIR.issuperset(faults)
    )


def _best_of_each(need: Rows, odds: FloatArray) -> Iterator[list[int]]:
    """The places of the best pairs of each need, the best first."""
    count = np.bincount(need)
    place = falling(count, odds, np.arange(len(need)))
    rank = ranks(count)
    best, of = place[rank < JUDGED], need[place][rank < JUDGED]
    for some in np.split(best, np.flatnonzero(np.diff(of)) + 1):
        if len(some):
            yield some.tolist()
