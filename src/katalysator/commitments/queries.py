"""What can be asked about commitments. Everybody may see them: they are promises to the whole coalition."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.coalition.models import Organisation, Person

if TYPE_CHECKING:
    from katalysator.commitments.models import Commitment  # noqa: F401 — named in the bases


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Promises."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:  # noqa: ARG002
        """Those of participants: promises to the whole coalition."""
        return self.filter(organisation__is_participant=True)

    def of(self, organisation: Organisation) -> Self:
        """Those of one organisation."""
        return self.filter(organisation=organisation)
