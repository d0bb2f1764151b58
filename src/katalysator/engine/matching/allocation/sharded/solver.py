"""`allocate_sharded`: the same allocation, by several workers that hold a part of the market each."""

from contextlib import closing
from typing import Literal, get_args

from katalysator.engine.matching.allocation.certificate import Allocation, checked_seats
from katalysator.engine.matching.allocation.edges import Edges, IntArray
from katalysator.engine.matching.allocation.optimum import closed_prices, highest, nobody
from katalysator.engine.matching.allocation.sharded.coordinator import Coordinator
from katalysator.engine.matching.allocation.sharded.crew import Crew, Inline
from katalysator.engine.matching.allocation.sharded.messages import divide

Backend = Literal["inline", "processes", "ray"]


def allocate_sharded(
    edges: Edges,
    capacity: IntArray,
    *,
    gap: float = 1e-4,
    workers: int = 2,
    backend: Backend = "inline",
) -> Allocation:
    """Give seats as `allocate` does, by workers that each hold a part of the people and openings.

    Use `allocate` unless the workers are on several hosts: one thread of it is faster than two
    workers here (see Notes).

    Parameters
    ----------
    edges, capacity, gap
        As for `allocate`. The certificate means the same: its bound is summed over all shards.
    workers : int
        Number of parts, at least 1.
    backend : {"inline", "processes", "ray"}
        Parts in this process, one after the other; processes on this host, with the prices in
        shared memory; or Ray actors (``pip install "katalysator[distributed]"``), on the cluster
        that was joined by `ray.init`, else on a private one on the loopback address. A script that
        uses processes needs ``if __name__ == "__main__":``.

    Returns
    -------
    Allocation
        The same bits for the same input and number of workers, whatever the backend, also when
        workers were lost on the way. It differs from what `allocate` gives within both gaps.

    Raises
    ------
    RuntimeError
        When more than 8 workers were lost. Fewer are replaced, and the run goes on from the last
        settled round.
    ModuleNotFoundError
        When Ray is wanted and not installed.

    Notes
    -----
    Jacobi auction: all unplaced people bid on the same prices; the bids go to the shard that owns
    the opening; it keeps the best and returns the rest with the new prices. All messages pass the
    caller, which mirrors the winning bids: 16 bytes a person. A usual market takes some 20 bids a
    person in 100 to 200 rounds of two messages a worker, with up to 40 bytes a bid and 8 bytes an
    opening for each worker. Many people with equal rows and scarce seats make price wars of
    thousands of rounds, which one thread decides sooner.

    `python -m bench.engine.distributed` measures all this against `allocate`: at 5 million edges
    the same gap for 4 times the processor time. Expect a gain only where the market does not fit
    one host, or above some 10^9 edges: the edges of a part take 8 bytes each (12 for float64) at
    its worker. As it stands the caller holds all edges too, and deals them out.

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
    top = highest(edges, seats)
    if top == 0.0:
        return nobody(edges, seats)
    with closing(crew(backend, workers, edges.openings)) as workforce:
        plan = divide(edges, seats, workers)
        coordinator = Coordinator(workforce, plan, closed_prices(edges, seats))
        best, phases = coordinator.solve(top, gap=gap)
    return Allocation(best.choice, best.certificate, phases)


def crew(backend: Backend, workers: int, openings: int) -> Crew:
    """Start the workers."""
    if backend == "processes":
        from katalysator.engine.matching.allocation.sharded.processes import Processes

        return Processes(workers, openings)
    if backend == "ray":
        from katalysator.engine.matching.allocation.sharded.actors import Actors

        return Actors(workers)
    return Inline(workers)


def check_options(gap: float, workers: int, backend: str) -> None:
    if not 0.0 < gap < 1.0:
        raise ValueError(f"gap is {gap}; it must lie between 0 and 1, for instance 1e-4")
    if workers < 1:
        raise ValueError(f"workers is {workers}; at least 1 is needed")
    if backend not in get_args(Backend):
        raise ValueError(f"backend is {backend!r}; choose one of {', '.join(get_args(Backend))}")
