"""What can be asked about orders in rounds. `visible_to` is the only door: an order is of whose listing it is, and of nobody else."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.coalition.models import Person
from katalysator.listings.models import Listing
from katalysator.listings.queries import own

if TYPE_CHECKING:
    from katalysator.rounds.models import (  # noqa: F401 — named in the bases
        MatchingRound,
        RoundCandidate,
        RoundOrder,
    )


class RoundCandidateQuerySet(models.QuerySet["RoundCandidate"]):
    """Who could meet whom in a round by own order."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """Those of one's own needs and offers, while the round asks for an order; also the bureau sees its own only."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        seen = Listing.objects.visible_to(person).open().values("pk")
        mine = own(person, "need__") | own(person, "offer__")
        return self.filter(mine, round__state="ordering", need__in=seen, offer__in=seen)

    def others_of(self, found: "MatchingRound", listing: Listing) -> set[int]:
        """The numbers of those that a need or an offer could meet in a round. Cost: one query."""
        mine, theirs = ("need", "offer") if listing.is_need else ("offer", "need")
        return set(self.filter(round=found, **{mine: listing}).values_list(theirs, flat=True))


class RoundOrderQuerySet(models.QuerySet["RoundOrder"]):
    """What sides of a round said."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What was said of one's own needs and offers; also the bureau sees its own only."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(own(person, "listing__"))
