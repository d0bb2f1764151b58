"""What an allocation gives and what choosing it costs: value, people, seats, spread over openings.

numpy only. `greedy` is the baseline that every comparison should show; the tables count everybody,
so they are for whoever runs the market: `fairness` is what may be published.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, checked_seats, of_people
from katalysator.engine.matching.allocation.edges import Edges, refuse

_BLOCK = 1 << 16  # edges that the greedy baseline filters together


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an allocation gives.

    Parameters
    ----------
    value : float
        Total score of the people placed.
    people, placed : int
        All people, and those with a seat.
    seats, filled : int
        All seats, and those taken.
    openings, empty : int
        Openings that have seats, and those of them without anybody.
    gini : float
        How unequally people are spread over the seats: `gini` of the share filled of each opening
        that has seats. 0 where all are equally full.

    """

    value: float
    people: int
    placed: int
    seats: int
    filled: int
    openings: int
    empty: int
    gini: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What choosing this allocation costs against the best of those compared, measure by measure.

    `value` and `placed` are what is lost, `gini` is what spread is worse: each 0 for the best one,
    never negative. `value_share` is the loss as part of the best value.
    """

    name: str
    outcome: Outcome
    value: float
    value_share: float
    placed: int
    gini: float


def outcome(edges: Edges, capacity: IntArray, opening: IntArray) -> Outcome:
    """Say what an allocation gives.

    Parameters
    ----------
    edges, capacity
        As for `allocate`.
    opening : integer array, shape (P,)
        The opening of each person, `UNPLACED` (-1) for people who stay out, from any solver.

    Returns
    -------
    Outcome
        Value in float64.

    Raises
    ------
    ValueError
        When somebody sits where no edge leads, or an opening holds more people than seats.

    Notes
    -----
    O(E) time; some 100 MB beside the input, whatever its size, and 20 bytes a person and opening.

    Examples
    --------
    >>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
    >>> given = outcome(edges, np.array([1, 1]), np.array([0, -1]))
    >>> given.placed, given.empty, given.gini
    (1, 1, 0.5)

    """
    seats = checked_seats(edges, capacity)
    choice = _checked_choice(edges, opening)
    placed = choice != UNPLACED
    load = np.bincount(choice[placed], minlength=edges.openings)
    refuse("opening {0} has fewer seats than the {1} people in it", load > seats, load)
    usable = seats > 0
    return Outcome(
        value=float(_worth(edges, choice).sum()),
        people=edges.people,
        placed=int(np.count_nonzero(placed)),
        seats=int(seats.sum()),
        filled=int(load.sum()),
        openings=int(np.count_nonzero(usable)),
        empty=int(np.count_nonzero(usable & (load == 0))),
        gini=gini(load[usable] / seats[usable]),
    )


def compare(outcomes: Mapping[str, Outcome]) -> tuple[Cost, ...]:
    """What each choice costs against the best of them, in the order given.

    Examples
    --------
    >>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
    >>> one, seats = greedy(edges, np.array([1, 1])), np.array([1, 1])
    >>> rows = compare({
    ...     "optimal": outcome(edges, seats, np.array([1, 0])),
    ...     "greedy": outcome(edges, seats, one),
    ... })
    >>> [(row.name, round(row.value, 2), row.placed) for row in rows]
    [('optimal', 0.0, 0), ('greedy', 0.6, 1)]

    """
    if not outcomes:
        return ()
    most = max(each.value for each in outcomes.values())
    placed = max(each.placed for each in outcomes.values())
    least = min(each.gini for each in outcomes.values())
    return tuple(
        Cost(
            name=name,
            outcome=each,
            value=most - each.value,
            value_share=(most - each.value) / most if most else 0.0,
            placed=placed - each.placed,
            gini=each.gini - least,
        )
        for name, each in outcomes.items()
    )


def gini(values: FloatArray) -> float:
    """Gini coefficient of numbers of at least 0: 0 when all are equal, near 1 when one has all.

    Half the mean absolute difference over the mean; 0 for no numbers and for only zeros. O(n log n).
    Source: C. Gini, "Variabilita e mutabilita", 1912; by order statistics as in Sen, 1973.

    Examples
    --------
    >>> gini(np.array([1.0, 1.0, 1.0])), gini(np.array([0.0, 0.0, 0.0, 1.0]))
    (0.0, 0.75)

    """
    ordered = np.sort(np.asarray(values, np.float64))
    total, count = ordered.sum(), ordered.size
    if total == 0.0:
        return 0.0
    place = 2.0 * np.arange(1, count + 1) - count - 1
    return max(0.0, float(place @ ordered / (count * total)))


def greedy(edges: Edges, capacity: IntArray) -> IntArray:
    """Seats by falling score: the baseline that needs no solver, and that regrets nothing.

    Returns
    -------
    int32 array, shape (P,)
        The opening of each person, or `UNPLACED`. Equal scores: the lower person, then the order of
        the row. Worth at least half of the optimum.

    Notes
    -----
    O(E log E) time and 16 bytes an edge: a sort, then a loop over the edges that can still be used;
    1.3 s for 4.4 million edges.

    """
    free = checked_seats(edges, capacity)
    order = np.argsort(-edges.score, kind="stable")
    order = order[: np.count_nonzero(edges.score > 0.0)]
    choice = np.full(edges.people, UNPLACED, np.int32)
    for first in range(0, order.size, _BLOCK):
        edge = order[first : first + _BLOCK]
        person = np.searchsorted(edges.start, edge, side="right") - 1
        usable = (choice[person] == UNPLACED) & (free[edges.opening[edge]] > 0)
        _take(choice, free, person[usable], edges.opening[edge[usable]])
    return choice


def _take(choice: IntArray, free: IntArray, person: IntArray, opening: IntArray) -> None:
    for who, where in zip(person.tolist(), opening.tolist(), strict=True):
        if choice[who] == UNPLACED and free[where] > 0:
            choice[who] = where
            free[where] -= 1


def _checked_choice(edges: Edges, opening: IntArray) -> IntArray:
    choice = of_people(edges, np.asarray(opening))
    wrong = (choice < UNPLACED) | (choice >= edges.openings)
    refuse("person {0} sits at opening {1}, which does not exist", wrong, choice)
    return choice


def _worth(edges: Edges, choice: IntArray) -> FloatArray:
    """Score of the seat of each person, 0 for people who stay out; float64 (P,)."""
    worth, seated = np.zeros(edges.people), choice == UNPLACED
    for block in edges.blocks():
        taken = edges.opening[block.edges] == choice[block.person]
        person = block.person[taken]
        worth[person] = edges.score[block.edges][taken]
        seated[person] = True
    refuse("person {0} sits at opening {1}, where no edge leads", ~seated, choice)
    return worth
