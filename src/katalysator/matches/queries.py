"""What can be asked about matches. `visible_to` is the only door."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Person
from katalysator.listings.models import Listing

if TYPE_CHECKING:
    from katalysator.matches.models import Match  # noqa: F401 — named in the bases


class MatchQuerySet(models.QuerySet["Match"]):
    """Pairs of a need and an offer."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Matches of which this person may see both sides."""
        seen = Listing.objects.visible_to(person).values("pk")
        return self.filter(need__in=seen, offer__in=seen)

    def good(self, score: float) -> Self:
        """Matches from this score on."""
        return self.filter(score__gte=score)

    def touching(self, listings: Sequence[int]) -> Self:
        """Matches in which one of these listings is a side."""
        return self.filter(Q(need__in=listings) | Q(offer__in=listings))
