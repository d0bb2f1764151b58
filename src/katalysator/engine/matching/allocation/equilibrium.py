"""Soft matching: how often each pair is expected to match when tastes vary and seats are priced.

Where `allocate` gives every person one opening or none, this gives every edge a share. A list
ordered by these shares already counts with the competition. The compiled kernels live in
`equilibrium_kernels` and are loaded only when there is something to solve.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from katalysator.engine.arrays import Float32Array, FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import checked_seats
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.solver import closed_prices
from katalysator.engine.matching.allocation.threads import in_parts

if TYPE_CHECKING:
    from katalysator.engine.matching.allocation.equilibrium_kernels import Soft


@dataclass(frozen=True, slots=True, eq=False)
class Equilibrium:
    """Expected matches, what stays unmatched on both sides, and the prices that bring it about.

    Parameters
    ----------
    expected : float32 array, shape (E,)
        Expected number of matches on each edge, from 0 to 1.
    unmatched : float64 array, shape (P,)
        Chance of each person to stay out; with the person's edges it sums to 1.
    vacant : float64 array, shape (O,)
        Expected free seats of each opening; with the opening's edges it sums to the capacity, but
        for the residual.
    prices : float64 array, shape (O,)
        What a seat is worth, in units of score: ``-beta * log(vacant / capacity)``. For openings
        without seats the highest score. They bound the value of any allocation, as those of a
        `Certificate` do.
    residual : float
        Sum over the openings of the seats too many or too few, as a share of the people.
    rounds : int
        Passes over the edges until then; 0 where nothing can match.

    """

    expected: Float32Array
    unmatched: FloatArray
    vacant: FloatArray
    prices: FloatArray
    residual: float
    rounds: int


def equilibrium(
    edges: Edges,
    capacity: IntArray,
    *,
    beta: float = 0.05,
    tolerance: float = 1e-3,
    rounds: int = 1_000,
) -> Equilibrium:
    """Expected matches under transferable utility and logit tastes (Choo and Siow).

    Parameters
    ----------
    edges : Edges
        P people, O openings, E edges. Unlike in an allocation an edge of score 0 carries matches
        too: it is as good as staying out, not worse. Leave out what must not match.
    capacity : integer array, shape (O,)
        Seats of each opening, at least 0.
    beta : float
        How much tastes vary, in units of score, above 0. Towards 0 the total score tends to that of
        the best allocation and the number of rounds grows; large values spread the matches.
    tolerance : float
        Wanted residual, between 0 and 1.
    rounds : int
        Most passes over the edges, at least 1. When they are used up the residual tells how far it
        came.

    Returns
    -------
    Equilibrium
        The one solution of ``m_ij == sqrt(a_i * b_j) * exp(score_ij / (2 * beta))`` where ``a_i``,
        what is unmatched of person i, and row i of ``m`` sum to 1, and ``b_j``, the free seats of
        opening j, and column j of ``m`` sum to its capacity.

    Notes
    -----
    Iterative proportional fitting: rows and columns are met in turn, each by the positive root of a
    quadratic equation. Prices start at 0 and only rise, so the iteration climbs to the solution
    without swinging, and until then openings are asked for too much, never too little. Where people
    and seats of one corner of the market are equal in number and `beta` is low, next to nothing
    stays free and the residual falls only as one over the rounds.

    Cost: one pass over the edges a round, 10 ns an edge and 20 where the openings outgrow the cache,
    side by side on all processors; some 45 rounds at the default `beta`. Memory: 4 bytes an edge for
    the result, 8 a person and 150 an opening. What is added up in which
    order does not depend on the number of processors.

    References
    ----------
    .. [1] E. Choo and A. Siow, "Who marries whom and why", Journal of Political Economy 114, 2006.
    .. [2] A. Galichon and B. Salanie, "Cupid's invisible hand: social surplus and identification in
       matching models", Review of Economic Studies 89, 2022.
    .. [3] Y. Tomita, R. Togashi, Y. Hashizume and N. Ohsaka, "Fast and examination-agnostic
       reciprocal recommendation in matching markets", RecSys 2023.

    Examples
    --------
    >>> edges = Edges.from_pairs([0], [0], [0.0], persons=1, openings=1)
    >>> equilibrium(edges, np.array([1]), tolerance=1e-9).expected.round(3).tolist()
    [0.5]

    """
    seats = checked_seats(edges, capacity)
    _check_limits(edges, beta, tolerance, rounds)
    if edges.score.size == 0 or not seats.any():
        nothing, everybody = np.zeros(edges.score.size, np.float32), np.ones(edges.people)
        prices = closed_prices(edges, seats)
        vacant = seats.astype(np.float64)
        return Equilibrium(nothing, everybody, vacant, prices, residual=0.0, rounds=0)
    return _solve(edges, seats, beta, tolerance, rounds)


def _solve(
    edges: Edges, seats: IntArray, beta: float, tolerance: float, rounds: int
) -> Equilibrium:
    from katalysator.engine.matching.allocation.equilibrium_kernels import Soft, settle

    soft = Soft(edges.start, edges.opening, edges.score, 0.5 / beta)
    pull = 0.5 * np.log(seats, out=np.full(seats.size, -np.inf), where=seats > 0)
    mass, price = seats.astype(np.float64), np.zeros(seats.size)  # price in units of 2 * beta
    for done in range(1, rounds + 1):
        asked = _demand(soft, pull - price)
        given = -mass * np.expm1(-2.0 * price)
        residual = float(np.abs(asked - given).sum()) / edges.people
        if residual <= tolerance or done == rounds:
            break
        settle(price, asked, mass)
    expected, unmatched = _shares(soft, pull - price)
    prices = np.maximum(2.0 * beta * price, closed_prices(edges, seats))
    vacant = mass * np.exp(-2.0 * price)
    return Equilibrium(expected, unmatched, vacant, prices, residual, done)


def _demand(soft: "Soft", attraction: FloatArray) -> FloatArray:
    """Seats that people ask of each opening."""
    from katalysator.engine.matching.allocation.equilibrium_kernels import demand

    longest, people = int(np.diff(soft.start).max()), soft.start.size - 1
    parts = in_parts(people, lambda *part: demand(soft, attraction, longest, *part))
    asked: FloatArray = np.sum(parts, axis=0)
    return asked


def _shares(soft: "Soft", attraction: FloatArray) -> tuple[Float32Array, FloatArray]:
    """Expected matches of each edge, and what is left of each person."""
    from katalysator.engine.matching.allocation.equilibrium_kernels import write_shares

    people = soft.start.size - 1
    expected, unmatched = np.empty(soft.score.size, np.float32), np.empty(people)
    in_parts(people, lambda *part: write_shares(soft, attraction, expected, unmatched, *part))
    return expected, unmatched


def _check_limits(edges: Edges, beta: float, tolerance: float, rounds: int) -> None:
    if not 0.0 < beta < np.inf:
        raise ValueError(f"beta is {beta}; it must be a finite number above 0, for instance 0.05")
    if not 0.0 < tolerance < 1.0:
        raise ValueError(f"tolerance is {tolerance}; it must lie between 0 and 1")
    if rounds < 1:
        raise ValueError(f"rounds is {rounds}; it must be at least 1")
    highest = float(edges.score.max(initial=0.0))
    if not np.isfinite(0.5 / beta * highest):
        raise ValueError(f"the highest score, {highest}, is too large for beta {beta}")
