"""Who could meet whom in a round by own order, and what each side said of it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from katalysator.listings.models import Listing
from katalysator.rounds.models.matching_rounds import MatchingRound
from katalysator.rounds.orders.queries import RoundCandidateQuerySet, RoundOrderQuerySet


class RoundCandidate(models.Model):
    """A need and an offer that a round may bring together, if both want."""

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="candidates")
    need = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = RoundCandidateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "need", "offer"], name="one_round_candidate_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ○ {self.offer_id}"


class RoundOrder(models.Model):
    """What one side of a round said: for whose listing it is alone.

    `order` holds the numbers of the others that it would meet, the dearest first, `refused` of those it would not.
    With `rest_by_score` those in neither come after `order`, as the engine has them; else they are not met.
    """

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="orders")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    order = ArrayField(models.BigIntegerField(), default=list, blank=True)
    refused = ArrayField(models.BigIntegerField(), default=list, blank=True)
    rest_by_score = models.BooleanField(default=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = RoundOrderQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "listing"], name="one_round_order_each")
        ]

    def __str__(self) -> str:
        return f"order of {self.listing_id} in {self.round_id}"
