"""How groups of a cohort fare, told only where no number of few follows from it, also not by taking numbers from totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from katalysator.engine.arrays import BoolArray, Int64Array
from katalysator.engine.skills import told_sums


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
    counts = _counted(group, np.array([*placed.values()], np.bool_), len(names))
    told = _told(counts)
    lines = [_told_group((name,), counts[row]) for row, name in enumerate(names) if told[row]]
    lines.sort(key=lambda each: -each.people)
    if not told[:-1].all():
        others = np.flatnonzero(~told[:-1])
        hidden = tuple(names[row] for row in others.tolist())
        lines.append(_told_group(hidden, counts[others].sum(axis=0)))
    return lines if told[-1] and len(lines) > 1 else []


_OF_PLACED: Final = np.array([[1, 1], [1, 0], [0, 1]], bool)
"""Which of those who are placed, and who are not, people are, those placed, and those not."""


def _counted(group: Int64Array, placed: BoolArray, size: int) -> Int64Array:
    """How many of each group, and of all in a last row, are placed and are not, in each scenario: (G + 1, S, 2)."""
    both = np.stack([placed, ~placed], axis=-1)
    each = np.stack([both[:, group == row].sum(axis=1) for row in range(size)])
    return np.concatenate([each, each.sum(axis=0, keepdims=True)])


def _told(counts: Int64Array) -> BoolArray:
    """Which groups, and whether all of them, may be told: each with all of its numbers or not at all."""
    rows, scenarios, _both = counts.shape
    numbers = scenarios * len(_OF_PLACED)
    members = np.concatenate([np.eye(rows - 1, dtype=bool), np.ones((1, rows - 1), bool)])
    parts = np.kron(members, np.kron(np.eye(scenarios, dtype=bool), _OF_PLACED))
    sums = (counts @ _OF_PLACED.T).reshape(rows * numbers)
    whole = (rows - 1) * numbers
    wholes = [(whole + each, [*range(each, whole, numbers)]) for each in range(numbers)]
    row = np.repeat(np.arange(rows), numbers)
    told = told_sums(parts, sums, parts[:0], sums[:0], wholes, together=row, nobody_is_few=True)
    return np.asarray(told.reshape(rows, numbers).all(axis=1))


def _told_group(names: tuple[str, ...], counts: Int64Array) -> ToldGroup:
    return ToldGroup(names, int(counts[0].sum()), tuple(counts[:, 0].tolist()))
