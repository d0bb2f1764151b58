"""Work on the people in parts, side by side where there are processors.

How the people are cut depends on their number alone, so results have the same bits on any machine.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
PARTS = 32  # at most: more than processors, so that what each needs at a time stays small
SMALL = 10_000  # people in a part at least: below this a thread costs more than it saves


def in_parts(people: int, work: Callable[[int, int], T]) -> list[T]:
    """Call `work` with the first and last + 1 person of each part; results in order of the parts.

    `work` must release the interpreter lock and write nothing that another part reads.
    """
    count = max(1, min(PARTS, people // SMALL))
    borders = [people * part // count for part in range(count + 1)]
    return side_by_side(list(pairwise(borders)), work)


def side_by_side(parts: Sequence[tuple[int, int]], work: Callable[[int, int], T]) -> list[T]:
    """Call `work` with the borders of each part, on as many threads as there are processors."""
    if len(parts) == 1:
        return [work(*parts[0])]
    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1)) as threads:
        return list(threads.map(lambda borders: work(*borders), parts))
