"""What can be asked about saved searches, of which each person sees the own, and about sites on which the board may stand."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Person
from katalysator.notices.clock import last_turn
from katalysator.notices.kinds import Pace

if TYPE_CHECKING:
    from katalysator.boards.models import EmbeddingPlace, SavedSearch  # noqa: F401 — named in the bases

SETTLED: Final = timedelta(minutes=5)
"""What was published since waits for the next letter: another transaction may still be under way, and it may not be read."""
_TOLD: Final = (Pace.DAILY, Pace.WEEKLY)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(person_id=person.pk or 0)

    def due(self, now: datetime) -> Self:
        """Those of which it was a turn since their person was told last what is new."""
        turns = [Q(pace=pace, told_until__lt=last_turn(pace, now) - SETTLED) for pace in _TOLD]
        return self.filter(reduce(or_, turns), person__is_active=True)


class EmbeddingPlaceQuerySet(models.QuerySet["EmbeddingPlace"]):
    """Sites on which the board may stand."""

    def origins_of(self, slug: str) -> list[str]:
        """Where it may for an organisation, by its slug, while that takes part. Cost: one query."""
        mine = self.filter(organisation__slug=slug[:200], organisation__is_participant=True)
        return list(mine.order_by("origin").values_list("origin", flat=True))
