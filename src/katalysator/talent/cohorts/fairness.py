"""How groups of a cohort fare, told only where no number of few follows from it, also not by taking numbers from totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import Int64Array
from katalysator.engine.skills import group_counts


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """A group: how many people, and how many are placed in each scenario. `names` has more than one where it is several."""

    names: tuple[str, ...]
    people: int
    placed: tuple[int, ...]


def told_groups(of: Sequence[str], placed: Mapping[str, Sequence[bool]]) -> list[ToldGroup]:
    """Groups of people, those that may not be told by themselves together; nothing where one line would be left.

    In each scenario as many people as may be told are placed, and as many are not: nobody is too few as well.
    """
    names = sorted(set(of))
    if not names:
        return []
    group = np.searchsorted(names, np.array(of))
    counts, told = group_counts(group, len(names), np.array([*placed.values()], np.bool_))
    lines = [_told_group((name,), counts[row]) for row, name in enumerate(names) if told[row]]
    lines.sort(key=lambda each: -each.people)
    if not told[:-1].all():
        others = np.flatnonzero(~told[:-1])
        hidden = tuple(names[row] for row in others.tolist())
        lines.append(_told_group(hidden, counts[others].sum(axis=0)))
    return lines if told[-1] and len(lines) > 1 else []


def _told_group(names: tuple[str, ...], counts: Int64Array) -> ToldGroup:
    return ToldGroup(names, int(counts[0].sum()), tuple(counts[:, 0].tolist()))
