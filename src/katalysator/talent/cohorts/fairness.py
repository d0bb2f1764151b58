"""How groups of a cohort fare, told only where no number of few follows from it, also not by taking numbers from totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from katalysator.engine.matching import SMALLEST_GROUP


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """A group: how many people, and how many are placed in each scenario. `names` has more than one where it is several."""

    names: tuple[str, ...]
    people: int
    placed: tuple[int, ...]

    @property
    def is_safe(self) -> bool:
        """Whether so many are placed, and so many not, in every scenario that nobody is told of."""
        return all(SMALLEST_GROUP <= each <= self.people - SMALLEST_GROUP for each in self.placed)

    def with_(self, other: "ToldGroup") -> "ToldGroup":
        """Both as one."""
        placed = tuple(a + b for a, b in zip(self.placed, other.placed, strict=True))
        return ToldGroup((*self.names, *other.names), self.people + other.people, placed)


def told_groups(of: Sequence[str], placed: Mapping[str, Sequence[bool]]) -> list[ToldGroup]:
    """Groups of people, those too small told together with the smallest others; nothing where one group would be left.

    All numbers, and what they leave of a total, are of `SMALLEST_GROUP` people or more.
    """
    rows: dict[str, ToldGroup] = {}
    scenarios = list(placed.values())
    for person, name in enumerate(of):
        mine = ToldGroup((name,), 1, tuple(int(each[person]) for each in scenarios))
        rows[name] = _named(rows[name].with_(mine), name) if name in rows else mine
    groups = sorted(rows.values(), key=lambda each: (each.people, each.names))
    safe = [each for each in groups if each.is_safe]
    small = [each for each in groups if not each.is_safe]
    while small:
        together = small[0]
        for each in small[1:]:
            together = together.with_(each)
        if together.is_safe:
            safe.append(together)
            break
        if not safe:
            return []
        small.append(safe.pop(0))
    return sorted(safe, key=lambda each: (len(each.names), -each.people)) if len(safe) > 1 else []


def _named(group: ToldGroup, name: str) -> ToldGroup:
    return ToldGroup((name,), group.people, group.placed)
