"""Compiled part of `refusals`: which constraint an offer breaks first, for one need after another."""

import numpy as np

from katalysator.engine.matching.retrieval.compiled import Array, kernel, vector_kernel
from katalysator.engine.matching.retrieval.pairing import Limits

HOLDS = np.uint8(255)


@kernel
def broken_by_owner(limits: Limits, need: int, rule: int, first: Array) -> None:
    """Lower `first` to `rule` where the owners are the same."""
    mine = limits.need_owner[need]
    for other in range(first.size):
        breaks = mine >= 0 and limits.offer_owner[other] == mine
        first[other] = min(first[other], np.uint8(rule) if breaks else HOLDS)


@kernel
def broken_by_span(limits: Limits, need: int, span: int, rule: int, first: Array) -> None:
    """Lower `first` to `rule` where the ranges do not overlap."""
    low, high = limits.need_low[span, need], limits.need_high[span, need]
    lows, highs = limits.offer_low[span], limits.offer_high[span]
    for other in range(first.size):
        breaks = (lows[other] > high) | (highs[other] < low)
        first[other] = min(first[other], np.uint8(rule) if breaks else HOLDS)


@vector_kernel
def count(first: Array, rule: int) -> int:
    """How many offers break this constraint first."""
    total = 0
    for other in range(first.size):
        total += first[other] == np.uint8(rule)
    return total


@kernel
def count_refusals(
    limits: Limits, owner_rule: int, span_rules: Array, rows: Array, chosen: Array, counts: Array
) -> None:
    """Write the counts of some needs of one signature to their rows of `counts`, (N, rules).

    `chosen`, uint8 (O,), is the first constraint on choices that each offer breaks, or `HOLDS`.
    """
    first = np.empty_like(chosen)
    for need in rows:
        first[:] = chosen
        broken_by_owner(limits, need, owner_rule, first)
        for span in range(span_rules.size):
            broken_by_span(limits, need, span, span_rules[span], first)
        for rule in range(counts.shape[1]):
            counts[need, rule] = count(first, rule)
