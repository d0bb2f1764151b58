"""What can be asked about commitments. Everybody may see them: they are promises to the whole coalition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.coalition.models import Organisation, Person

if TYPE_CHECKING:
    from katalysator.commitments.models import Commitment, Contribution

_SHOWN = 5  # contributions of each commitment on a page


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Promises."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:  # noqa: ARG002
        """Those of participants: promises to the whole coalition."""
        return self.filter(organisation__is_participant=True)

    def of(self, organisation: Organisation) -> Self:
        """Those of one organisation."""
        return self.filter(organisation=organisation)


@dataclass(frozen=True, slots=True)
class CommitmentProgress:
    """A commitment with what was brought of it, the newest first."""

    commitment: "Commitment"
    brought: int
    times: int
    newest: Sequence["Contribution"]

    @property
    def per_cent(self) -> int | None:
        """How much of what was promised is there, up to 100; None where it is not counted."""
        promised = self.commitment.amount
        return min(100, self.brought * 100 // promised) if promised else None


def progress(commitments: CommitmentQuerySet) -> list[CommitmentProgress]:
    """Commitments with what came of them, in the order of their kinds. Cost: two queries."""
    found = sorted(commitments.prefetch_related("contributions"), key=_place)
    return [_of(each, list(each.contributions.all())) for each in found]


def _of(commitment: "Commitment", contributions: "list[Contribution]") -> CommitmentProgress:
    brought = sum(each.amount or 0 for each in contributions)
    return CommitmentProgress(commitment, brought, len(contributions), contributions[:_SHOWN])


def _place(commitment: "Commitment") -> int:
    return list(type(commitment).Kind).index(type(commitment).Kind(commitment.kind))
