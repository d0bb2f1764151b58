"""Stable matching: nobody and no opening that would rather have each other are kept apart.

Here both sides have an opinion and neither is told what is good for it, as in admissions to schools
and hospitals. What `allocate` maximises, the total score, is not asked for. The compiled kernels
live in `stable_kernels` and are loaded only when there is somebody to match.
"""

from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching.allocation.certificate import UNPLACED, checked_seats, of_people
from katalysator.engine.matching.allocation.edges import Edges, refuse
from katalysator.engine.matching.allocation.threads import in_parts


@dataclass(frozen=True, slots=True, eq=False)
class Stable:
    """Who got which opening, in a matching without blocking pairs.

    Parameters
    ----------
    opening : int32 array, shape (P,)
        The opening of each person, `UNPLACED` (-1) for people who stay out.
    proposals : int
        Questions asked on the way, at most one an edge: a measure of how crowded the market is.

    """

    opening: IntArray
    proposals: int

    @property
    def placed(self) -> int:
        """Number of people with a seat."""
        return int(np.count_nonzero(self.opening != UNPLACED))


def stable(
    edges: Edges,
    capacity: IntArray,
    theirs: FloatArray,
    *,
    mine: FloatArray | None = None,
) -> Stable:
    """Match people and openings so that no two of them would rather have each other.

    Parameters
    ----------
    edges : Edges
        P people, O openings, E edges.
    capacity : integer array, shape (O,)
        Seats of each opening, at least 0.
    theirs : float32 or float64 array, shape (E,)
        What the opening of each edge thinks of its person; finite, at least 0.
    mine : float32 or float64 array, shape (E,), optional
        What the person of each edge thinks of its opening, where the rows of `edges` are ordered by
        something else. Left out, it is the score of `edges`.

    Returns
    -------
    Stable
        Check it with `blocking_pairs`.

    Notes
    -----
    Deferred acceptance: people go down their list, openings keep the best so far. People get the
    best that they can have in any stable matching, openings the worst; who is placed and how many
    seats are filled is the same in all of them. An opinion of 0 on either side means: unacceptable. An opening's equal opinions go by the lower
    number of the person. A person's equal opinions of `mine` go by the lower number of the opening;
    without `mine` they stay as in the row.
    The matching is stable for opinions as given, ties included, and the same on any machine.

    Cost: O(E) for rows up to 256 edges, O(E log E) beyond. People asking takes 15 ns an edge on a
    small market and 35 on one beyond the processor's cache, on one processor; ordering by `mine` 12
    ns more, side by side on all of them. Memory: 1 byte an edge where `mine` is given (2 for rows
    over 256 edges), 20 a person, 8 a seat (never more seats than edges), 40 an opening.
    `python -m bench.engine.stable` shows it. A first call for a type of opinion compiles for some 5 s; later processes read the
    machine code from disk, where a folder is writable.

    References
    ----------
    .. [1] D. Gale and L. S. Shapley, "College admissions and the stability of marriage", American
       Mathematical Monthly 69, 1962.
    .. [2] A. E. Roth, "On the allocation of residents to rural hospitals", Econometrica 54, 1986.

    Examples
    --------
    >>> edges = Edges.from_pairs([0, 0, 1, 1], [0, 1, 0, 1], [0.9, 0.1, 0.8, 0.3], 2, 2)
    >>> theirs = np.array([0.2, 0.7, 0.6, 0.5])
    >>> stable(edges, np.array([1, 1]), theirs).opening.tolist()
    [1, 0]

    """
    seats = checked_seats(edges, capacity)
    check_opinions(edges, "theirs", theirs)
    if mine is not None:
        check_opinions(edges, "mine", mine)
    choice = np.full(edges.people, UNPLACED, np.int32)
    if edges.score.size == 0:
        return Stable(choice, 0)
    return Stable(choice, people_ask(edges, seats, theirs, mine, choice))


def people_ask(
    edges: Edges,
    seats: IntArray,
    theirs: FloatArray,
    mine: FloatArray | None,
    choice: IntArray,
    seated: IntArray | None = None,
) -> int:
    """Deferred acceptance into `choice` (P,), in which nobody has a seat yet; the number of proposals.

    Who is `seated` by an edge (P,), -1 for none, sits there first, and asks when somebody takes that seat.
    """
    from katalysator.engine.matching.allocation.stable_kernels import (
        Desks,
        Lists,
        people_propose,
        seat_people,
    )

    seat = np.zeros(edges.openings + 1, np.int64)
    np.cumsum(np.minimum(seats, edges.degrees()), out=seat[1:])
    desks = Desks(
        seat=seat,
        held=np.zeros(edges.openings, np.int64),
        score=np.empty(seat[-1], theirs.dtype),
        holder=np.empty(seat[-1], np.int32),
        cut=np.where(seats == 0, np.inf, 0.0).astype(theirs.dtype),
        last=np.full(edges.openings, -1, np.int32),
    )
    order, end = _lists(edges, mine)
    lists = Lists(edges.start, end, order, edges.opening, theirs)
    if seated is not None:
        seat_people(lists, desks, choice, seated)
    proposals: int = people_propose(lists, desks, choice)
    return proposals


def _lists(edges: Edges, mine: FloatArray | None) -> tuple[IntArray, IntArray]:
    """What each person would ask for, in order, and where that list ends."""
    from katalysator.engine.matching.allocation.stable_kernels import acceptable, write_lists

    if mine is None:
        end: IntArray = acceptable(edges.start, edges.score)
        return np.empty(0, np.uint8), end
    longest = int(np.diff(edges.start).max())
    order = np.empty(mine.size, np.min_scalar_type(max(longest - 1, 0)))
    end = np.empty(edges.people, np.int64)
    rows = (edges.start, edges.opening, mine)
    in_parts(edges.people, lambda first, stop: write_lists(rows, order, end, first, stop))
    return order, end


def blocking_pairs(
    edges: Edges,
    capacity: IntArray,
    theirs: FloatArray,
    opening: IntArray,
    *,
    mine: FloatArray | None = None,
) -> IntArray:
    """Edges whose two ends would both rather have each other: none in a stable matching.

    Parameters
    ----------
    edges, capacity, theirs, mine
        As given to `stable`.
    opening : int32 array, shape (P,)
        A matching, whoever made it.

    Returns
    -------
    int64 array
        Numbers of the blocking edges, rising. On such an edge the person likes the opening better
        than the present one, and the opening has a free seat or likes the person better than
        somebody whom it has. Liking as much as what one has does not block.

    Raises
    ------
    ValueError
        When somebody sits where no edge leads or where either side finds the other unacceptable, or
        an opening holds more people than seats.

    Notes
    -----
    numpy only, and nothing of what `stable` uses to match. O(E) time, in blocks of a million edges.

    """
    seats = checked_seats(edges, capacity)
    check_opinions(edges, "theirs", theirs)
    own = edges.score if mine is None else mine
    check_opinions(edges, "mine", own)
    value, worst = _held(edges, seats, own, theirs, opening)
    found = [np.empty(0, np.int64)]
    for _, part, person in edges.blocks():
        better = (own[part] > value[person]) & (theirs[part] > worst[edges.opening[part]])
        found.append(part.start + np.flatnonzero(better))
    return np.concatenate(found)


def _held(
    edges: Edges, seats: IntArray, mine: FloatArray, theirs: FloatArray, choice: IntArray
) -> tuple[FloatArray, FloatArray]:
    """What each person has, and the least that each opening must be offered to want it."""
    of_people(edges, choice)
    value, worst = np.zeros(edges.people, mine.dtype), np.full(edges.openings, np.inf, theirs.dtype)
    astray = choice != UNPLACED
    for _, part, row in edges.blocks():
        here = np.flatnonzero(edges.opening[part] == choice[row])
        edge, person = part.start + here, row[here]
        value[person] = mine[edge]
        np.minimum.at(worst, edges.opening[edge], theirs[edge])
        astray[person[(mine[edge] > 0.0) & (theirs[edge] > 0.0)]] = False
    refuse("person {0} sits at opening {1}, where no acceptable edge leads", astray, choice)
    load = np.bincount(choice[choice != UNPLACED], minlength=edges.openings)
    refuse("opening {0} has fewer seats than the {1} people in it", load > seats, load)
    worst[load < seats] = 0.0
    return value, worst


def check_opinions(edges: Edges, name: str, opinions: FloatArray) -> None:
    if opinions.shape != edges.score.shape or opinions.dtype not in (np.float32, np.float64):
        raise ValueError(
            f"{name} must be float32 or float64 of shape {edges.score.shape}, "
            f"not {opinions.dtype} of shape {opinions.shape}"
        )
    if opinions.size and not (opinions.min() >= 0.0 and opinions.max() < np.inf):
        values = opinions.astype(np.float64)
        wrong = ~np.isfinite(values) | (values < 0.0)
        refuse(
            f"edge {{0}}: {name} is {{1}}; it must be a finite number, at least 0", wrong, values
        )
