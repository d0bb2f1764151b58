"""What can be asked about matches. `visible_to` is the only door."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.listings.models import Listing
from katalysator.listings.workflow import OPEN

if TYPE_CHECKING:
    from katalysator.matches.models import GapCount, Match  # noqa: F401 — named in the bases


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

    def nearest_of(self, listings: Sequence[int], kind: str) -> Self:
        """The best match of each of these needs, or offers, of which the other side is open, with both at hand."""
        other = "offer" if kind == "need" else "need"
        found = self.filter(**{f"{kind}__in": listings, f"{other}__state": OPEN})
        return found.select_related("need", "offer").order_by(kind, "-score", other).distinct(kind)


class GapCountQuerySet(models.QuerySet["GapCount"]):
    """What lacked, day by day."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """As participants saw it for them, and as everybody did for everybody else."""
        return self.filter(inside=speaks_for_any(person))

    def course(self, market: str, area: str, since: date) -> Self:
        """Of a market and an area, each empty for all, from a day on."""
        return self.filter(market=market, area=area, day__gte=since).order_by("day")
