"""The auction over shards: who waits, what is due, and how a lost worker is made good.

In each round every shard first lets its own people bid for its own openings until they are done;
then the bids of those who look elsewhere are exchanged. The coordinator mirrors every winning bid, which is all the state there is. When a worker is lost,
an empty one takes its place and all shards are loaded as they were before the round, so that the
run goes on with the same bits. numpy only; the compiled kernels are at the shards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple, TypeVar

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, Certificate, cost
from katalysator.engine.matching.allocation.sharded.crews import Crew, Lost
from katalysator.engine.matching.allocation.sharded.plan import (
    Plan,
    SettleResult,
    Turn,
    TurnResult,
    deal,
    deal_bids,
    gathered,
    held,
)

WAR = 4.0  # factor by which the increment grows in a price war
FINE = 4.0  # first proven increment: this many times what surely proves the gap
SHRINK = 4.0  # between phases the increment falls by this factor
MARGIN = 16.0  # a finer phase starts this many increments below the last prices
WIDEN = 4.0  # factor by which the margin grows after a void phase
FLOOR = 2.0**-40  # smallest increment, as part of the highest score
PHASES = 40
CALM = 500  # a price war between shards: more rounds than these
WARS = 60  # how often the increment may grow for that
LOSSES = 8  # workers lost before the run is given up: something kills them all

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class AuctionState:
    """The auction between two rounds: what would be needed to go on from here."""

    price: FloatArray
    choice: IntArray
    bid: FloatArray
    waiting: IntArray
    wars: list[int]
    bids: int = 0
    rounds: int = 0


class Phase(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment."""

    choice: IntArray
    certificate: Certificate
    step: float
    rounds: int


class Coordinator:
    """Runs phases of the auction over a crew.

    One process may go from coarse to fine increments, and let openings that then keep free seats at
    a price lower it (reverse auction). Here that would take rounds of messages: from rough prices a
    start low enough to leave no free seat at a price is no faster than one from no prices (measured
    at 5 million edges). So the first phase starts at once with a fine increment and from no prices.
    Only where that does not prove the gap, after a price war for instance, a finer phase starts
    from the last prices, well lowered. A phase that nevertheless ends with free seats at a price is
    void, and the next one starts lower; a start from no prices cannot end so.
    """

    def __init__(self, crew: Crew, plan: Plan) -> None:
        self._crew, self._plan, self._units = crew, plan, plan.units
        self._empty = set(range(len(plan.parts)))
        self._losses = 0
        self._restore(self._fresh(plan.units.closed))

    def solve(self, *, gap: float) -> tuple[Phase, int]:
        """Run finer and finer phases until one proves `gap`; return the best one and how many."""
        units, people = self._units, int(self._plan.people[-1])
        ceiling = self.certify(self._fresh(units.closed)).bound / units.unit
        usual, floor = ceiling / people, units.top * FLOOR
        step = max(gap * usual * FINE, floor)
        best = last = self.phase(units.closed, step, patience=1)
        phases, margin = 1, MARGIN
        while best.certificate.gap > gap and last.step > floor and phases < PHASES:
            phases, step = phases + 1, max(last.step / SHRINK, floor)
            start = units.price(last.certificate.prices - margin * step * units.unit)
            found = self.phase(start, step, patience=phases)
            if self._void(found):
                margin *= WIDEN
                continue
            last = found
            best = min(best, last, key=lambda phase: phase.certificate.gap)
        return best, phases

    def phase(self, price: FloatArray, step: float, patience: int) -> Phase:
        """Let people bid until everybody sits or wants no seat at its price.

        In a price war the increment grows: at a shard after so many narrow bids, here after so many
        rounds, `patience` times as many as are usual.
        """
        state = self._fresh(price)
        self._restore(state)
        last, busy = step, True
        while busy:
            now = step * WAR ** min(state.rounds // (CALM * patience), WARS)
            last, busy = self._round(state, now, patience)
        return Phase(state.choice, self.certify(state), last, state.rounds)

    def _void(self, phase: Phase) -> bool:
        """Does a free seat have a price?"""
        seats = np.concatenate([np.diff(part.seat) for part in self._plan.parts])
        taken = np.bincount(phase.choice[phase.choice != UNPLACED], minlength=seats.size)
        priced = phase.certificate.prices > self._units.prices(self._units.closed)
        return bool(np.any((taken < seats) & priced))

    def certify(self, state: AuctionState) -> Certificate:
        """The value of the seats given and the bound by these prices, from all shards."""
        prices = self._units.prices(state.price)
        shares = [(prices, choice) for choice in np.split(state.choice, self._plan.people[1:-1])]
        parts = self._surely(state, lambda: self._crew.call("stats", shares))
        value = fsum(part.value for part in parts)
        bound = cost(self._plan.capacity, prices) + fsum(part.profit for part in parts)
        return Certificate(value, max(value, bound), prices)  # below only by rounding

    def _round(self, state: AuctionState, step: float, patience: int) -> tuple[float, bool]:
        """Bid and settle once; return the last increment, and whether anybody did bid."""
        came, settled = self._surely(state, lambda: self._exchange(state, step, patience))
        for part in came:
            for opening, person, bid in (part.moved, part.away):
                state.choice[person], state.bid[person] = opening, bid
        state.waiting = np.concatenate(
            [part.outbid for part in came] + [part.returned for part in settled]
        )
        state.choice[state.waiting] = UNPLACED
        for owner in settled:
            state.price[owner.opening] = owner.price
        state.wars = [part.wars for part in came]
        bids = sum(part.bids for part in came)
        state.bids += bids
        state.rounds += 1
        return max(part.step for part in came), bids > 0

    def _exchange(
        self, state: AuctionState, step: float, patience: int
    ) -> tuple[list[TurnResult], list[SettleResult]]:
        waiting = deal(state.waiting, self._plan.people, state.waiting)
        turns = [
            (state.price, Turn(step, patience, wars, *own))
            for wars, own in zip(state.wars, waiting, strict=True)
        ]
        came = self._crew.call("bid", turns)
        away = gathered([part.away for part in came])
        dealt = [(own,) for own in deal_bids(away, self._plan.openings)]
        return came, self._crew.call("settle", dealt)

    def _surely(self, state: AuctionState, exchange: Callable[[], T]) -> T:
        """Repeat an exchange from the same state until no worker is lost on the way."""
        while True:
            try:
                return exchange()
            except Lost as lost:
                self._replace(lost)
                self._restore(state)

    def _restore(self, state: AuctionState) -> None:
        """Bring every shard to this state; new workers get their part of the market too."""
        seated = deal_bids(held(state.choice, state.bid), self._plan.openings)
        while True:
            parts = [
                part if place in self._empty else None
                for place, part in enumerate(self._plan.parts)
            ]
            try:
                openings = [state.price.size] * len(parts)
                self._crew.call("load", list(zip(parts, seated, openings, strict=True)))
            except Lost as lost:
                self._replace(lost)
            else:
                self._empty.clear()
                return

    def _replace(self, lost: Lost) -> None:
        self._losses += len(lost.workers)
        if self._losses > LOSSES:
            raise RuntimeError(
                f"{self._losses} workers were lost in one run, the last: {sorted(lost.workers)}. "
                f"What they wrote to standard error says why; or do they lack memory?"
            ) from lost
        self._crew.replace(lost.workers)
        self._empty |= lost.workers

    def _fresh(self, price: FloatArray) -> AuctionState:
        """Nobody sits, everybody waits."""
        people = int(self._plan.people[-1])
        return AuctionState(
            price=price.copy(),
            choice=np.full(people, UNPLACED, np.int32),
            bid=np.zeros(people, np.float32),
            waiting=np.arange(people, dtype=np.int32),
            wars=[0] * len(self._plan.parts),
        )
