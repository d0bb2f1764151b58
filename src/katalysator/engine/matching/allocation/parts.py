"""Work on the people in parts, side by side where there are processors.

How the people are cut depends on their number alone, so results have the same bits on any machine.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Result = TypeVar("Result")
PARTS = 32  # at most: more than processors, so that what each needs at a time stays small
SMALL = 10_000  # people in a part at least: below this a thread costs more than it saves


def in_parts(people: int, work: Callable[[int, int], Result]) -> list[Result]:
    """Call `work` with the first and last + 1 person of each part; results in order of the parts.

    `work` must release the interpreter lock and write nothing that another part reads.
    """
    count = max(1, min(PARTS, people // SMALL))
    borders = [people * part // count for part in range(count + 1)]
    if count == 1:
        return [work(0, people)]
    with ThreadPoolExecutor(min(count, os.cpu_count() or 1)) as threads:
        return list(threads.map(lambda border: work(*border), pairwise(borders)))
