"""Matching the two sides, with the texts understood in as many processes as are allowed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter
from typing import Final

import numpy as np

from katalysator.engine.matching import (
    Blocks,
    Matching,
    PooledReader,
    Profile,
    Progress,
    Reader,
    Weights,
    here,
    match,
)
from katalysator.engine.text import bundled
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

FEW_TEXTS: Final = 1_000
"""So many texts are understood sooner by one process than others have started."""


def find(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    *,
    top: int,
    least: float,
    processes: int,
    weights: Weights,
    progress: Progress,
    blocks: Blocks | None = None,
) -> Matching:
    """The matches in the order of the needs.

    Where two offers are as good, the one with the lower id comes first: the order of the rows does
    not matter, nor does the number of processes. Cost: 1 ms a text, shared by the processes, then
    that of `katalysator.engine.matching.pipeline.match`.
    """
    by_key = attrgetter("key")
    asking, giving = sorted(needs, key=by_key), sorted(offers, key=by_key)
    with reading(len(asking) + len(giving), processes) as reader:
        found = match(
            asking,
            giving,
            top=top,
            least=least,
            reader=reader,
            weights=weights,
            blocks=blocks,
            progress=progress,
        )
    place = {need.key: n for n, need in enumerate(needs)}
    order = np.array([place[need.key] for need in asking], np.intp)
    return replace(found, matches=found.matches.in_order(order))


@contextmanager
def reading(texts: int, processes: int) -> Iterator[Reader]:
    """What reads so many texts, in as many processes as is quickest and allowed."""
    if processes == 1 or texts <= FEW_TEXTS:
        yield here(bundled())
        return
    with PooledReader(processes) as pooled:
        yield pooled


def process_lost() -> InvalidInput:
    """The refusal where a process of a reader was stopped."""
    return InvalidInput(
        "process-lost",
        _("A process that reads the texts was stopped, for want of memory perhaps."),
        hint=_("Try again with --processes 1."),
    )
