"""What the constraints took away from each of many needs."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from katalysator.engine.arrays import Rows
from katalysator.engine.matching.constraints import ChoiceRule, Constraints, SpanRule
from katalysator.engine.matching.retrieval.batches import by_signature, limits


def refusals(constraints: Constraints) -> NDArray[np.int32]:
    """How many offers each constraint takes from each need, int32 (N, len(constraints.rules)).

    An offer counts under the first constraint that it breaks, as in `Constraints.refusals`. What
    choices take is found once for each signature; cost: some 60 us for a need among 40,000 offers.
    """
    from katalysator.engine.matching.retrieval.refusing import count_refusals

    counts = np.zeros((constraints.needs, len(constraints.rules)), np.int32)
    if not counts.size or not constraints.offers:
        return counts
    rules, bounds = constraints.rules, limits(constraints)
    spans = np.array([n for n, rule in enumerate(rules) if isinstance(rule, SpanRule)], np.intp)

    def count(rows: Rows) -> None:
        first = _first_broken(constraints, int(rows[0]))
        count_refusals(bounds, rules.index(constraints.apart), spans, rows, first, counts)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(count, by_signature(constraints.signatures())):
            pass
    return counts


def _first_broken(constraints: Constraints, need: int) -> NDArray[np.uint8]:
    """The first constraint on choices that each offer breaks, uint8 (O,); 255 for none."""
    first = np.full(constraints.offers, 255, np.uint8)
    for number, rule in reversed(list(enumerate(constraints.rules))):
        if isinstance(rule, ChoiceRule):
            first[~rule.holds(need)] = number
    return first
