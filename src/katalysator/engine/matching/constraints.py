"""What must hold: hard constraints, checked for one need against all offers at once.

A pair that breaks one is never shown, however well the texts agree. What is not stated constrains
nothing, save where a need insists on a region or an area: then the offer must state it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from katalysator.engine.matching.profiles import Labels, Profile

BoolArray = NDArray[np.bool_]
Holds = Callable[[int], BoolArray]

_FIRST_DAY, _LAST_DAY = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """One thing that must hold; `holds(i)` says for which offers it does, bool (O,)."""

    name: str
    holds: Holds


@dataclass(frozen=True, slots=True, eq=False)
class Constraints:
    """All that must hold between a list of needs and a list of offers."""

    rules: tuple[Constraint, ...]
    offers: int

    @classmethod
    def between(cls, needs: Sequence[Profile], offers: Sequence[Profile]) -> "Constraints":
        """Prepare the checks. Cost: distinct label sets of one side times those of the other."""
        names = sorted({name for profile in (*needs, *offers) for name in profile.labels})
        rules = [
            Constraint("market", _shared(_one(needs, "market"), _one(offers, "market"))),
            Constraint("own", _different_owner(needs, offers)),
            Constraint("period", _periods_overlap(needs, offers)),
            *(
                Constraint(name, _shared(_label(needs, name), _label(offers, name)))
                for name in names
            ),
            Constraint("area", _insists([p.needs_areas for p in needs], [p.areas for p in offers])),
            Constraint(
                "region", _within([p.needs_regions for p in needs], [p.regions for p in offers])
            ),
            Constraint("ticket", _tickets_overlap(needs, offers)),
            Constraint("capacity", _enough_room(needs, offers)),
        ]
        return cls(tuple(rules), len(offers))

    def allowed(self, need: int) -> BoolArray:
        """Offers that this need may meet, bool (O,)."""
        allowed = np.ones(self.offers, np.bool_)
        for rule in self.rules:
            allowed &= rule.holds(need)
        return allowed

    def refusals(self, need: int) -> dict[str, int]:
        """How many offers each constraint takes away; an offer counts under the first it breaks."""
        left = np.ones(self.offers, np.bool_)
        counts = {}
        for rule in self.rules:
            holds = rule.holds(need)
            counts[rule.name] = int(np.count_nonzero(left & ~holds))
            left &= holds
        return {name: count for name, count in counts.items() if count}


def covers(region: str, other: str) -> bool:
    """Whether NUTS region holds the other: NL covers NL31, which covers NL310."""
    return other.startswith(region)


def regions_meet(some: Collection[str], others: Collection[str]) -> bool:
    """Whether a region of one list lies in, or holds, a region of the other."""
    return any(covers(a, b) or covers(b, a) for a in some for b in others)


def _one(profiles: Sequence[Profile], name: str) -> list[Labels]:
    return [frozenset({value} - {""}) for value in (getattr(p, name) for p in profiles)]


def _label(profiles: Sequence[Profile], name: str) -> list[Labels]:
    return [profile.labels.get(name, frozenset()) for profile in profiles]


def _prefixes(codes: Labels) -> Labels:
    return frozenset(code[:end] for code in codes for end in range(2, len(code) + 1))


def _table(
    needs: list[Labels],
    offers: list[Labels],
    meet: Callable[[list[Labels], list[Labels]], BoolArray],
) -> Holds:
    """Check each distinct set of one side against each distinct set of the other, once."""
    need_sets, need_code = _distinct(needs)
    offer_sets, offer_code = _distinct(offers)
    table = meet(need_sets, offer_sets)
    return lambda need: table[need_code[need]][offer_code]


def _distinct(sets: list[Labels]) -> tuple[list[Labels], NDArray[np.intp]]:
    number: dict[Labels, int] = {}
    codes = [number.setdefault(labels, len(number)) for labels in sets]
    return list(number), np.array(codes, np.intp)


def _common(some: list[Labels], others: list[Labels]) -> BoolArray:
    """Which sets share a label, bool (len(some), len(others))."""
    number = {label: n for n, label in enumerate(sorted(frozenset().union(*some, *others)))}
    left, right = _incidence(some, number), _incidence(others, number)
    return np.asarray((left @ right.T).toarray() > 0)


def _incidence(sets: list[Labels], number: dict[str, int]) -> sparse.csr_matrix:
    start = np.cumsum([0, *map(len, sets)])
    column = np.array([number[label] for labels in sets for label in labels], np.intp)
    return sparse.csr_matrix(
        (np.ones(len(column), np.float32), column, start), shape=(len(sets), max(1, len(number)))
    )


def _unstated(sets: list[Labels]) -> BoolArray:
    return np.array([not labels for labels in sets], np.bool_)


def _shared(needs: list[Labels], offers: list[Labels]) -> Holds:
    """A label in common, where both state any."""

    def meet(some: list[Labels], others: list[Labels]) -> BoolArray:
        free = _unstated(some)[:, None] | _unstated(others)
        return np.asarray(free | _common(some, others))

    return _table(needs, offers, meet)


def _insists(wanted: list[Labels], given: list[Labels]) -> Holds:
    """One of the labels that the need insists on; an offer that states none does not do."""

    def meet(some: list[Labels], others: list[Labels]) -> BoolArray:
        return np.asarray(_unstated(some)[:, None] | _common(some, others))

    return _table(wanted, given, meet)


def _within(wanted: list[Labels], given: list[Labels]) -> Holds:
    """As `_insists`, for regions that hold one another."""

    def meet(some: list[Labels], others: list[Labels]) -> BoolArray:
        inside = _common(some, [_prefixes(codes) for codes in others])
        around = _common([_prefixes(codes) for codes in some], others)
        return np.asarray(_unstated(some)[:, None] | inside | around)

    return _table(wanted, given, meet)


def _different_owner(needs: Sequence[Profile], offers: Sequence[Profile]) -> Holds:
    number: dict[str, int] = {"": -1}
    mine = [number.setdefault(p.organisation, len(number)) for p in needs]
    theirs = np.array([number.setdefault(p.organisation, len(number)) for p in offers], np.intp)
    return lambda need: np.asarray((theirs != mine[need]) | (theirs < 0))


def _periods_overlap(needs: Sequence[Profile], offers: Sequence[Profile]) -> Holds:
    starts = np.array([_day(p.start, _FIRST_DAY) for p in offers], np.int32)
    ends = np.array([_day(p.end, _LAST_DAY) for p in offers], np.int32)
    return partial(
        _overlap,
        [_day(p.start, _FIRST_DAY) for p in needs],
        [_day(p.end, _LAST_DAY) for p in needs],
        starts,
        ends,
    )


def _day(day: date | None, unstated: int) -> int:
    return unstated if day is None else day.toordinal()


def _tickets_overlap(needs: Sequence[Profile], offers: Sequence[Profile]) -> Holds:
    return partial(
        _overlap,
        [_amount(p.ticket_min, 0.0) for p in needs],
        [_amount(p.ticket_max, np.inf) for p in needs],
        np.array([_amount(p.ticket_min, 0.0) for p in offers]),
        np.array([_amount(p.ticket_max, np.inf) for p in offers]),
    )


def _amount(amount: float | None, unstated: float) -> float:
    return unstated if amount is None else amount


def _overlap(
    lows: Sequence[float],
    highs: Sequence[float],
    low: NDArray[Any],
    high: NDArray[Any],
    need: int,
) -> BoolArray:
    return np.asarray((low <= highs[need]) & (high >= lows[need]))


def _enough_room(needs: Sequence[Profile], offers: Sequence[Profile]) -> Holds:
    room = np.array([profile.capacity for profile in offers], np.int64)
    return lambda need: np.asarray(room >= max(1, needs[need].min_capacity))
