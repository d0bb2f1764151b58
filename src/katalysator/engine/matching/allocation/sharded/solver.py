"""`allocate_sharded`: the same allocation, by several workers that hold a part of the market each."""

from collections.abc import Callable, Mapping
from contextlib import closing
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching.allocation.certificate import Allocation, checked_seats
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.sharded.coordinator import Coordinator
from katalysator.engine.matching.allocation.sharded.crews import (
    Actors,
    Crew,
    Inline,
    Processes,
)
from katalysator.engine.matching.allocation.sharded.plan import (
    Plan,
    Regions,
    arranged,
    divide,
)
from katalysator.engine.matching.allocation.solver import highest, nobody

Backend = Literal["inline", "processes", "ray"]
CREWS: Final[Mapping[Backend, Callable[[int], Crew]]] = MappingProxyType(
    {"inline": Inline, "processes": Processes, "ray": Actors}
)


def allocate_sharded(
    edges: Edges,
    capacity: IntArray,
    *,
    gap: float = 1e-4,
    workers: int = 2,
    backend: Backend = "inline",
    regions: Regions | None = None,
) -> Allocation:
    """Give seats as `allocate` does, by workers that each hold a part of the people and openings.

    Use `allocate` unless the workers are on several hosts: on one it is faster (see Notes).

    Parameters
    ----------
    edges, capacity, gap
        As for `allocate`. The certificate means the same: its bound is summed over all shards.
    workers : int
        Number of parts, at least 1.
    backend : {"inline", "processes", "ray"}
        Parts in this process, one after the other; processes on this host; or Ray actors (``pip install "katalysator[distributed]"``), on the cluster
        that was joined by `ray.init`, else on a private one on the loopback address. A script that
        uses processes needs ``if __name__ == "__main__":``.
    regions : two integer arrays, shapes (P,) and (O,), optional
        The region of each person and of each opening. A worker then has whole regions, so that most
        of the bidding stays there and only people who look across a border make messages.

    Returns
    -------
    Allocation
        The same bits for the same input and number of workers, whatever the backend, also when
        workers were lost on the way. It differs from what `allocate` gives within both gaps.

    Raises
    ------
    ValueError
        For capacities, regions or options that do not fit; nothing has been done yet.
    RuntimeError
        When more than 8 workers were lost. Fewer are replaced, and the run goes on from the last
        settled round.
    ModuleNotFoundError
        When Ray is wanted and not installed.

    Notes
    -----
    An auction that first runs inside each worker: its people bid for its openings one by one, until
    all who wait want an opening elsewhere. Those bids, made at prices of the round before, go to the
    worker that has the opening; it keeps the best and returns the rest with the new prices, and the
    next round repairs what that has changed (asynchronous auction [1]_). All messages pass the
    caller, which mirrors the winning bids: 8 bytes a person.

    Cost: some 22 bids a person. At 50 million edges with 85 % of the options in the own one of 35
    regions 34 rounds with 230 MB of messages; without regions four times as many rounds.
    `python -m bench.engine.distributed` measures it against `allocate`, which needs a quarter to four
    tenths of the time of two workers. Expect a gain only where the market does not fit one host:
    the edges of a part take 8 bytes each (16 for float64) at its worker. As it stands the caller
    holds all edges too, twice with regions, and deals them out.

    References
    ----------
    .. [1] D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the
       assignment problem", Annals of Operations Research 14, 1988.

    Examples
    --------
    >>> import numpy as np
    >>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
    >>> allocate_sharded(edges, np.array([1, 1])).opening.tolist()
    [1, 0]

    """
    seats = checked_seats(edges, capacity)
    check_options(gap, workers, backend)
    if regions is not None:
        check_regions(edges, regions)
    if highest(edges, seats) == 0.0:
        return nobody(edges, seats)
    with closing(CREWS[backend](workers)) as workforce:
        if regions is None:
            return solve(workforce, divide(edges, seats, workers), gap)
        market = arranged(edges, seats, regions)
        return market.original(solve(workforce, divide(*market[:2], workers, market.regions), gap))


def solve(workforce: Crew, plan: Plan, gap: float) -> Allocation:
    """The allocation of a market that was cut into parts, by a crew with a worker for each."""
    best, phases = Coordinator(workforce, plan).solve(gap=gap)
    return Allocation(best.choice, best.certificate, phases)


def check_regions(edges: Edges, regions: Regions) -> None:
    sizes = {"people": edges.people, "openings": edges.openings}
    for (side, size), given in zip(sizes.items(), regions, strict=True):
        if given.shape != (size,) or not np.issubdtype(given.dtype, np.integer):
            raise ValueError(
                f"regions of {side} have shape {given.shape} and type {given.dtype}; they must be "
                f"whole numbers of shape ({size},)"
            )


def check_options(gap: float, workers: int, backend: str) -> None:
    if not 0.0 < gap < 1.0:
        raise ValueError(f"gap is {gap}; it must lie between 0 and 1, for instance 1e-4")
    if workers < 1:
        raise ValueError(f"workers is {workers}; at least 1 is needed")
    if backend not in CREWS:
        raise ValueError(f"backend is {backend!r}; choose one of {', '.join(CREWS)}")
