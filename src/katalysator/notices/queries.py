"""What can be asked about mail that comes back."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.notices.kinds import Addressee

if TYPE_CHECKING:
    from katalysator.notices.models import ReturnedMail  # noqa: F401 — named in the bases


class ReturnQuerySet(models.QuerySet["ReturnedMail"]):
    """People whose letters come back."""

    def visible_to(self, person: Addressee | AnonymousUser) -> Self:
        """One's own, and for the bureau all."""
        if getattr(person, "is_coordinator", False):
            return self
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def stopped(self) -> Self:
        """Those to whom nothing is sent any more."""
        return self.filter(stopped=True, person__is_active=True)
