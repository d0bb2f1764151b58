"""Make a schedule of a day: prices first, then talks by falling worth and by annealing, then tables."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from katalysator.engine.arrays import Int64Array
from katalysator.engine.scheduling.bounds import coarse_prices, fine_prices
from katalysator.engine.scheduling.certificate import (
    Left,
    Prices,
    Schedule,
    ScheduleCertificate,
    bound_of,
    left_of,
    verify,
)
from katalysator.engine.scheduling.days import NONE, Day
from katalysator.engine.scheduling.seating import seated

if TYPE_CHECKING:  # imports numba
    from katalysator.engine.scheduling.placing_kernels import Board

GAP: Final = 0.005
"""A gap at which nothing better is looked for."""
_FINE: Final = 0.01  # a gap above which fine prices are worth their time
_ROUNDS: Final = 20
_STEPS: Final = (2_000, 1_000_000)  # in a round, at least and at most
_STEPS_A_CHOICE: Final = 400
_HEAT: Final = (
    0.25,
    0.02,
)  # losses that are borne, at first and at last, as a share of the mean worth
_SEED: Final = 88172645463325252

RoundsTold = Callable[[int, int], object]


def schedule(day: Day, *, gap: float = GAP, progress: RoundsTold | None = None) -> Schedule:
    """The most that a day can be worth, or near it, and how near.

    Parameters
    ----------
    day : Day
        People, slots, tables and the talks that are wanted.
    gap : float
        Stop where at most this share of the bound is missing.
    progress : callable, optional
        Told how many rounds of how many are done.

    Notes
    -----
    The same day gives the same schedule. 300 people, 20 slots, 60 tables and 3,000 pairs take some
    seconds at most: docs/engine.md.

    """
    left = left_of(day)
    prices = coarse_prices(left)
    bound = bound_of(left, prices)
    slots = np.full(len(day.pairs), NONE)
    slots[day.held[:, 0]] = day.held[:, 1]
    if _choice(left).size:
        slots[left.pair], prices = _placed(left, prices, bound, gap, progress or _silent)
    plan = Schedule(slots, seated(day, slots), ScheduleCertificate(0.0, bound, prices))
    return Schedule(plan.slot, plan.table, verify(day, plan))


def _placed(
    left: Left, prices: Prices, bound: float, gap: float, progress: RoundsTold
) -> tuple[Int64Array, Prices]:
    """Slots for what is left, and the prices that bound it."""
    from katalysator.engine.scheduling.placing_kernels import anneal, settle_all

    board = _board(left)
    order = np.argsort(-left.worth, kind="stable")
    settle_all(board, order)
    best: Int64Array = np.array(board.slot, np.int64)
    steps = int(np.clip(_STEPS_A_CHOICE * len(board.choice), *_STEPS))
    heats = np.linspace(*_HEAT, _ROUNDS + 1) * left.worth.mean()
    for done in range(_ROUNDS):
        progress(done, _ROUNDS)
        if _is_near(left, best, bound, gap):
            break
        anneal(board, best, _worth(left, best), (heats[done], heats[done + 1], steps))
    if not _is_near(left, best, bound, max(gap, _FINE)):
        prices = _finer(left, prices, bound)
    progress(_ROUNDS, _ROUNDS)
    return best, prices


def _finer(left: Left, prices: Prices, bound: float) -> Prices:
    """Fine prices where they can be had and prove more."""
    finer = fine_prices(left)
    return prices if finer is None or bound_of(left, finer) >= bound else finer


def _worth(left: Left, slot: Int64Array) -> float:
    return float(left.worth[slot != NONE].sum())


def _is_near(left: Left, slot: Int64Array, bound: float, gap: float) -> bool:
    return left.held + _worth(left, slot) >= (1.0 - gap) * bound


def _board(left: Left) -> "Board":
    """An empty board of what is left."""
    from katalysator.engine.scheduling.placing_kernels import Board

    people, slots = left.present.shape
    return Board(
        first=np.ascontiguousarray(left.people[:, 0]),
        second=np.ascontiguousarray(left.people[:, 1]),
        worth=left.worth,
        present=left.present > 0,
        seats=left.seats,
        most=left.most,
        at=np.full((people, slots), NONE),
        slot=np.full(len(left.pair), NONE),
        load=np.zeros(slots, np.int64),
        talks=np.zeros(people, np.int64),
        path=np.zeros(people + 1, np.int64),
        away=np.zeros(5, np.int64),
        choice=_choice(left),
        state=np.array([_SEED], np.uint64),
    )


def _choice(left: Left) -> Int64Array:
    """Each talk with each slot that it could be in."""
    one, other = left.people.T
    both = (left.present[one] & left.present[other]) > 0
    willing = (left.most[one] > 0) & (left.most[other] > 0)
    return np.argwhere(both & willing[:, None] & (left.seats > 0))


def _silent(done: int, of: int) -> None:
    """Tell nobody."""
