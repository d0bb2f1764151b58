"""What can be asked about cohorts. `visible_to` is the only door."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Organisation, Person

if TYPE_CHECKING:
    from katalysator.talent.models import Cohort  # noqa: F401 — named in the bases


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Cohorts."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those of organisations that one speaks for; of the bureau its own, and not those of employers."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        mine = Q(organisation__in=Organisation.objects.of(person).values("pk"))
        return self.filter(mine | Q(organisation=None) if person.is_coordinator else mine)
