"""Needs that are compared together, and their constraints as the kernels read them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from katalysator.engine.arrays import BoolArray, FloatArray, Rows
from katalysator.engine.matching.constraints import Constraints

if TYPE_CHECKING:
    from katalysator.engine.matching.retrieval.pairing import Limits

_MANY = 4_096  # needs for which offers are gathered once


def batches(signature: Rows) -> list[Rows]:
    """Rows of needs to compare together: all of one signature, in parts where they are many."""
    order = np.argsort(signature, kind="stable")
    alike = np.split(order, np.flatnonzero(np.diff(signature[order])) + 1)
    return [rows[first : first + _MANY] for rows in alike for first in range(0, len(rows), _MANY)]


def within_reach(constraints: Constraints, rows: Rows) -> BoolArray:
    """Offers whose ranges meet the widest of these needs, bool (O,)."""
    meets = np.ones(constraints.offers, np.bool_)
    for span in constraints.spans:
        meets &= span.reaches(span.need_low[rows].min(), span.need_high[rows].max())
    return meets


def limits(constraints: Constraints) -> "Limits":
    """Owners and ranges in arrays."""
    from katalysator.engine.matching.retrieval.pairing import Limits

    spans = constraints.spans
    return Limits(
        constraints.apart.need,
        constraints.apart.offer,
        _rows([span.need_low for span in spans], constraints.needs),
        _rows([span.need_high for span in spans], constraints.needs),
        _rows([span.offer_low for span in spans], constraints.offers),
        _rows([span.offer_high for span in spans], constraints.offers),
    )


def _rows(ends: Sequence[FloatArray], count: int) -> FloatArray:
    """Ends one under another, (spans, count): two dimensions also where there are no ranges."""
    return np.array(ends, np.float64).reshape(len(ends), count)
