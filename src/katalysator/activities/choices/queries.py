"""What can be asked about choices among activities."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import speaks_for_any

if TYPE_CHECKING:
    from katalysator.activities.choices.models import (  # noqa: F401 — named in the bases
        ActivityChoice,
    )


class ChoiceQuerySet(models.QuerySet["ActivityChoice"]):
    """Choices among activities."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those with an activity that this person may see announced; one's own; all for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        seen = Q(activities__state="announced")
        if not speaks_for_any(person):
            return self.filter(seen, activities__visibility="everyone").distinct()
        mine = Organisation.objects.of(person).values("pk")
        return self.filter(seen | Q(organisation__in=mine)).distinct()
