"""How far an organisation is with what it promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.queries import CommitmentQuerySet

_SHOWN: Final = 5  # contributions of each commitment on a page


@dataclass(frozen=True, slots=True)
class CommitmentProgress:
    """A commitment with what was brought of it, the newest first."""

    commitment: Commitment
    brought: int
    times: int
    newest: Sequence[Contribution]

    @property
    def per_cent(self) -> int | None:
        """How much of what was promised is there, up to 100; None where it is not counted."""
        promised = self.commitment.amount
        return min(100, self.brought * 100 // promised) if promised else None


def progress(commitments: CommitmentQuerySet) -> list[CommitmentProgress]:
    """Commitments with what came of them, in the order of their kinds. Cost: two queries."""
    found = sorted(commitments.prefetch_related("contributions"), key=_place)
    return [_of(each, list(each.contributions.all())) for each in found]


def _of(commitment: Commitment, contributions: list[Contribution]) -> CommitmentProgress:
    brought = sum(each.amount or 0 for each in contributions)
    return CommitmentProgress(commitment, brought, len(contributions), contributions[:_SHOWN])


def _place(commitment: Commitment) -> int:
    return list(Commitment.Kind).index(Commitment.Kind(commitment.kind))
