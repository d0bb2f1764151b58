"""Give people seats: the largest total score under capacities, with a proof of quality.

One market is a sparse bipartite graph: people on one side, openings with seats on the other, a
score of at least 0 on every edge that the hard constraints allow. Each person gets at most one
opening, an opening at most as many people as it has seats; staying out is worth 0. `allocate`
maximises the total score by an auction; its prices bound how much better any other allocation could
be. The compiled kernels live in `auction` and `rounds` and are loaded only when there is something
to solve.
"""

from katalysator.engine.matching.allocation.certificate import (
    UNPLACED,
    Allocation,
    Certificate,
    verify,
)
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.optimum import exact
from katalysator.engine.matching.allocation.solver import allocate

__all__ = ["UNPLACED", "Allocation", "Certificate", "Edges", "allocate", "exact", "verify"]
