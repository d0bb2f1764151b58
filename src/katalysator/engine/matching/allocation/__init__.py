"""Give people seats: the largest total score under capacities, with a proof of quality.

One market is a sparse bipartite graph: people on one side, openings with seats on the other, a
score of at least 0 on every edge that the hard constraints allow. Each person gets at most one
opening, an opening at most as many people as it has seats; staying out is worth 0. `allocate`
maximises the total score by an auction; its prices bound how much better any other allocation could
be. `stable` and `equilibrium` answer other questions about the same market, and `outcome` tells
what each answer costs. Compiled kernels are loaded only when there is something to solve.
"""
