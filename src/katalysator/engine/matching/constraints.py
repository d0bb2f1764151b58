"""What must hold: hard constraints, checked for one need against all offers at once.

A pair that breaks one is never shown, however well the texts agree. What is not stated constrains
nothing, save where a need insists on a region or an area: then the offer must state it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import BoolArray, FloatArray, Rows
from katalysator.engine.matching.profiles import Labels, Profile

_STEP = 512  # distinct sets compared at a time


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceRule:
    """Closed choices that must go together.

    `table` says which distinct choices of needs and of offers do, bool (s, t); `need` (N,) and
    `offer` (O,) tell which choice each one made.
    """

    name: str
    table: BoolArray
    need: Rows
    offer: Rows

    def holds(self, need: int) -> BoolArray:
        """For which offers it holds, bool (O,)."""
        return np.asarray(self.table[self.need[need]][self.offer])

    def hold(self, need: Rows, offer: Rows) -> BoolArray:
        """For which pairs of rows (E,) it holds, bool (E,)."""
        return np.asarray(self.table[self.need[need], self.offer[offer]])


@dataclass(frozen=True, slots=True, eq=False)
class SpanRule:
    """Ranges that must overlap, ends included: float64 (N,) of the needs, (O,) of the offers."""

    name: str
    need_low: FloatArray
    need_high: FloatArray
    offer_low: FloatArray
    offer_high: FloatArray

    def holds(self, need: int) -> BoolArray:
        """For which offers it holds, bool (O,)."""
        return self.reaches(self.need_low[need], self.need_high[need])

    def hold(self, need: Rows, offer: Rows) -> BoolArray:
        """For which pairs of rows (E,) it holds, bool (E,)."""
        begins = self.offer_low[offer] <= self.need_high[need]
        return np.asarray(begins & (self.offer_high[offer] >= self.need_low[need]))

    def reaches(self, low: float, high: float) -> BoolArray:
        """Which offers a need of this range would meet, bool (O,)."""
        return np.asarray((self.offer_low <= high) & (self.offer_high >= low))


@dataclass(frozen=True, slots=True, eq=False)
class OwnerRule:
    """Owners that must differ, as numbers: intp (N,) and (O,); -1 where none is stated."""

    name: str
    need: Rows
    offer: Rows

    def holds(self, need: int) -> BoolArray:
        """For which offers it holds, bool (O,)."""
        return np.asarray((self.offer != self.need[need]) | (self.offer < 0))

    def hold(self, need: Rows, offer: Rows) -> BoolArray:
        """For which pairs of rows (E,) it holds, bool (E,)."""
        theirs = self.offer[offer]
        return np.asarray((theirs != self.need[need]) | (theirs < 0))


Rule = ChoiceRule | SpanRule | OwnerRule


@dataclass(frozen=True, slots=True, eq=False)
class Constraints:
    """All that must hold between N needs and O offers, in the order in which it is told.

    Many needs make the same closed choices: `signatures` numbers them, so that what these choices
    leave is worked out once for all needs of a signature. Ranges and owners differ from need to
    need and are looked at pair by pair.
    """

    rules: tuple[Rule, ...]
    needs: int
    offers: int

    @classmethod
    def between(cls, needs: Sequence[Profile], offers: Sequence[Profile]) -> "Constraints":
        """Prepare the checks. Cost: distinct label sets of one side times those of the other."""
        names = sorted({name for profile in (*needs, *offers) for name in profile.labels})
        spans = sorted({name for profile in (*needs, *offers) for name in profile.ranges})
        rules: tuple[Rule, ...] = (
            _choice("market", _one(needs, "market"), _one(offers, "market"), _share),
            _different_owner(needs, offers),
            *(_choice(name, _label(needs, name), _label(offers, name), _share) for name in names),
            _choice(
                "area", [p.needs_areas for p in needs], [p.areas for p in offers], _have_one_of
            ),
            _choice(
                "region", [p.needs_regions for p in needs], [p.regions for p in offers], _lie_within
            ),
            *(_overlap(name, needs, offers) for name in spans),
        )
        return cls(rules, len(needs), len(offers))

    @property
    def choices(self) -> tuple[ChoiceRule, ...]:
        """The constraints on closed choices."""
        return tuple(rule for rule in self.rules if isinstance(rule, ChoiceRule))

    @property
    def spans(self) -> tuple[SpanRule, ...]:
        """The constraints on ranges."""
        return tuple(rule for rule in self.rules if isinstance(rule, SpanRule))

    @property
    def apart(self) -> OwnerRule:
        """The constraint on owners."""
        return next(rule for rule in self.rules if isinstance(rule, OwnerRule))

    def signatures(self) -> Rows:
        """One number for each combination of closed choices that needs make, intp (N,).

        Neighbouring numbers share the first choices (market before labels). Cost: a sort of the
        needs for each rule.
        """
        number = np.zeros(self.needs, np.intp)
        for rule in self.choices:
            both = number * len(rule.table) + rule.need
            number = np.unique(both, return_inverse=True)[1].astype(np.intp)
        return number

    def allowed(self, need: int) -> BoolArray:
        """Offers that this need may meet, bool (O,)."""
        return self._all_hold(self.rules, need)

    def chosen(self, need: int) -> BoolArray:
        """Offers that the closed choices of this need, so those of its signature, leave: (O,)."""
        return self._all_hold(self.choices, need)

    def _all_hold(self, rules: Sequence[Rule], need: int) -> BoolArray:
        allowed = np.ones(self.offers, np.bool_)
        for rule in rules:
            allowed &= rule.holds(need)
        return allowed

    def refusals(self, need: int) -> dict[str, int]:
        """How many offers each constraint takes away; an offer counts under the first it breaks."""
        return self.kept_apart(np.full(self.offers, need, np.intp), np.arange(self.offers))[1]

    def kept_apart(self, need: Rows, offer: Rows) -> tuple[BoolArray, dict[str, int]]:
        """Which pairs of rows (E,) may meet, and how many others break each constraint first."""
        left = np.ones(len(need), np.bool_)
        counts = {}
        for rule in self.rules:
            holds = rule.hold(need, offer)
            counts[rule.name] = int(np.count_nonzero(left & ~holds))
            left &= holds
        return left, {name: count for name, count in counts.items() if count}


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


def _choice(
    name: str,
    needs: list[Labels],
    offers: list[Labels],
    meet: Callable[[list[Labels], list[Labels]], BoolArray],
) -> ChoiceRule:
    """Check each distinct set of one side against each distinct set of the other, once."""
    need_sets, need = _distinct(needs)
    offer_sets, offer = _distinct(offers)
    steps = [need_sets[first : first + _STEP] for first in range(0, len(need_sets), _STEP)]
    nothing = np.zeros((0, len(offer_sets)), np.bool_)
    table = np.concatenate([nothing, *(meet(step, offer_sets) for step in steps)])
    return ChoiceRule(name, table, need, offer)


def _distinct(sets: list[Labels]) -> tuple[list[Labels], Rows]:
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


def _share(some: list[Labels], others: list[Labels]) -> BoolArray:
    """A label in common, where both state any."""
    free = _unstated(some)[:, None] | _unstated(others)
    return np.asarray(free | _common(some, others))


def _have_one_of(some: list[Labels], others: list[Labels]) -> BoolArray:
    """One of the labels that the need insists on; an offer that states none does not do."""
    return np.asarray(_unstated(some)[:, None] | _common(some, others))


def _lie_within(some: list[Labels], others: list[Labels]) -> BoolArray:
    """The same, for regions that hold one another."""
    inside = _common(some, [_prefixes(codes) for codes in others])
    around = _common([_prefixes(codes) for codes in some], others)
    return np.asarray(_unstated(some)[:, None] | inside | around)


def _different_owner(needs: Sequence[Profile], offers: Sequence[Profile]) -> OwnerRule:
    number: dict[str, int] = {"": -1}
    mine = np.array([number.setdefault(p.organisation, len(number)) for p in needs], np.intp)
    theirs = np.array([number.setdefault(p.organisation, len(number)) for p in offers], np.intp)
    return OwnerRule("own", mine, theirs)


def _overlap(name: str, needs: Sequence[Profile], offers: Sequence[Profile]) -> SpanRule:
    """Intervals that share a point, where both state any."""
    everything = -np.inf, np.inf
    ends = [
        np.array([profile.ranges.get(name, everything)[end] for profile in side], np.float64)
        for side in (needs, offers)
        for end in (0, 1)
    ]
    return SpanRule(name, *ends)
