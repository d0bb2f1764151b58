"""The auction over shards: who waits, what is due, and how a lost worker is made good.

The coordinator mirrors every winning bid, which is all the state there is. When a worker is lost,
an empty one takes its place and all shards are loaded as they were before the round, so that the
run goes on with the same bits. numpy only; the compiled kernels are at the shards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ulp
from typing import NamedTuple, TypeVar

import numpy as np

from katalysator.engine.matching.allocation.certificate import UNPLACED, Certificate
from katalysator.engine.matching.allocation.edges import FloatArray, IntArray
from katalysator.engine.matching.allocation.sharded.crew import Crew, Lost
from katalysator.engine.matching.allocation.sharded.messages import (
    Bids,
    Plan,
    Settled,
    deal,
    deal_bids,
    gathered,
    held,
)

COARSE = 16.0  # largest first increment: this part of a usual score
FINE = 6.0  # first increment: this many times what surely proves the gap
SHRINK = 4.0  # between phases the increment falls by this factor
MARGIN = 10.0  # a finer phase starts this many increments below the last prices
WIDEN = 4.0  # factor by which the margin grows after a void phase
FLOOR = 1e-12  # smallest increment, as part of the highest score
PHASES = 40
BIDS, PEACE, CALM = 24, 100_000, 500  # a price war: more bids a person, or rounds, than these
WAR, WARS = 4.0, 60  # factor by which the increment grows each time, and how often at most
LOSSES = 8  # workers lost before the run is given up: something kills them all

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class State:
    """The auction between two rounds: what would be needed to go on from here."""

    price: FloatArray
    choice: IntArray
    bid: FloatArray
    waiting: IntArray
    bids: int = 0
    rounds: int = 0


class Phase(NamedTuple):
    """A finished pass: a feasible allocation, what its prices prove, and its last increment."""

    choice: IntArray
    certificate: Certificate
    step: float
    rounds: int


class Coordinator:
    """Runs phases of the auction over a crew; `closed` are the lowest prices, 0 where seats are.

    One process may go from coarse to fine increments, and let openings that then keep free seats at
    a price lower it (reverse auction). Here a round costs two messages a worker, and coarse to fine
    takes more of them: at 5 million edges 266 (from 20 increments below the last prices) instead of
    193. So the first phase starts at once with a fine increment and from no prices. Only where that
    does not prove the gap, after a price war for instance, a finer phase starts from the last
    prices, well lowered. A phase that nevertheless ends with free seats at a price is void, and the
    next one starts lower; a start from no prices cannot end so.
    """

    def __init__(self, crew: Crew, plan: Plan, closed: FloatArray) -> None:
        self._crew, self._plan, self._closed = crew, plan, closed
        self._empty = set(range(len(plan.parts)))
        self._losses = 0
        self._restore(self._fresh(closed))

    def solve(self, top: float, *, gap: float) -> tuple[Phase, int]:
        """Run finer and finer phases until one proves `gap`; return the best one and how many.

        `top` is the highest score at an opening with seats, above 0.
        """
        people = int(self._plan.people[-1])
        usual = self.certify(self._fresh(self._closed)).bound / people
        floor = max(top * FLOOR, ulp(0.0))
        step = max(min(FINE * gap, 1 / COARSE) * usual, floor)
        best = last = self.phase(self._closed, step, patience=1)
        phases, margin = 1, MARGIN
        while best.certificate.gap > gap and last.step > floor and phases < PHASES:
            phases, step = phases + 1, max(last.step / SHRINK, floor)
            found = self.phase(last.certificate.prices - margin * step, step, patience=phases)
            if self._void(found):
                margin *= WIDEN
                continue
            last = found
            best = min(best, last, key=lambda phase: phase.certificate.gap)
        return best, phases

    def phase(self, price: FloatArray, step: float, patience: int) -> Phase:
        """Let people bid until everybody sits or wants no seat at its price.

        A price war makes the increment grow: every `patience` times the bids or the rounds of a
        usual market.
        """
        state = self._fresh(np.maximum(price, self._closed))
        self._restore(state)
        now, busy = step, True
        while busy:
            war = max(state.bids / (BIDS * state.choice.size + PEACE), state.rounds / CALM)
            now = step * WAR ** min(int(war / patience), WARS)
            busy = self._round(state, now)
        return Phase(state.choice, self.certify(state), now, state.rounds)

    def _void(self, phase: Phase) -> bool:
        """Does a free seat have a price?"""
        seats = np.concatenate([np.diff(part.seat) for part in self._plan.parts])
        taken = np.bincount(phase.choice[phase.choice != UNPLACED], minlength=seats.size)
        return bool(np.any((taken < seats) & (phase.certificate.prices > self._closed)))

    def certify(self, state: State) -> Certificate:
        """The value of the seats given and the bound by these prices, from all shards."""
        shares = [(choice,) for choice in np.split(state.choice, self._plan.people[1:-1])]
        parts = self._surely(state, lambda: self._crew.call("stats", shares, state.price))
        capacity = self._plan.capacity
        value = float(sum(part.value for part in parts))
        bound = float(capacity @ state.price + sum(part.profit for part in parts))
        return Certificate(value, max(value, bound), state.price)  # below only by rounding

    def _round(self, state: State, step: float) -> bool:
        """Bid and settle once; return whether anybody did bid."""
        bids, settled = self._surely(state, lambda: self._exchange(state, step))
        for part in settled:
            state.price[part.opening] = part.price
        state.choice[bids.person], state.bid[bids.person] = bids.opening, bids.bid
        state.waiting = np.concatenate([part.returned for part in settled])
        state.choice[state.waiting] = UNPLACED
        state.bids += bids.bid.size
        state.rounds += 1
        return bool(bids.bid.size)

    def _exchange(self, state: State, step: float) -> tuple[Bids, list[Settled]]:
        waiting = deal(state.waiting, self._plan.people, state.waiting)
        bids = gathered(self._crew.call("bid", [(step, *own) for own in waiting], state.price))
        dealt = [(own,) for own in deal_bids(bids, self._plan.openings)]
        return bids, self._crew.call("settle", dealt)

    def _surely(self, state: State, exchange: Callable[[], Result]) -> Result:
        """Repeat an exchange from the same state until no worker is lost on the way."""
        while True:
            try:
                return exchange()
            except Lost as lost:
                self._replace(lost)
                self._restore(state)

    def _restore(self, state: State) -> None:
        """Bring every shard to this state; new workers get their part of the market too."""
        seated = deal_bids(held(state.choice, state.bid), self._plan.openings)
        while True:
            parts = [
                part if place in self._empty else None
                for place, part in enumerate(self._plan.parts)
            ]
            try:
                self._crew.call("load", list(zip(parts, seated, strict=True)))
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

    def _fresh(self, price: FloatArray) -> State:
        """Nobody sits, everybody waits."""
        people = int(self._plan.people[-1])
        return State(
            price=price.copy(),
            choice=np.full(people, UNPLACED, np.int32),
            bid=np.zeros(people),
            waiting=np.arange(people, dtype=np.int32),
        )
