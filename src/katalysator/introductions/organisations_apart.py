"""Which organisations are not to meet, whoever proposes it: read once, asked for many pairs."""

from dataclasses import dataclass
from typing import Self

from katalysator.introductions.models import KeptApart, NeverMeet


@dataclass(frozen=True, slots=True)
class OrganisationsApart:
    """What organisations wish themselves, who and whom, and which two the bureau keeps apart now."""

    never: frozenset[tuple[int, int]]
    kept: frozenset[frozenset[int]]

    @classmethod
    def read(cls) -> Self:
        """What holds now. Cost: two queries."""
        return cls(NeverMeet.objects.pairs(), KeptApart.objects.now().pairs())

    def are_kept(self, one: int, other: int) -> bool:
        """Whether the bureau keeps them apart."""
        return frozenset((one, other)) in self.kept

    def avoids(self, one: int, other: int) -> bool:
        """Whether the first never wants to meet the second."""
        return (one, other) in self.never
