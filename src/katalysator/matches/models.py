"""How well needs and offers fit: each listing as it stands in its market, the pairs, the seats."""

from typing import ClassVar

from django.db import models
from pgvector import SparseVector
from pgvector.django import SparseVectorField

from katalysator.engine.matching import CAREFUL, QUICK
from katalysator.listings.models import Listing
from katalysator.matches.queries import GapCountQuerySet, MatchQuerySet
from katalysator.readings.models import MEANING_DIMENSION, CarefulEncoder, MeaningField, Reading

PLACES = 1 << 20
"""For concepts in a sparse vector; a concept keeps its place when others come and go."""


def about_nothing() -> SparseVector:
    """No concepts."""
    return SparseVector({}, PLACES)


class MarketEntry(models.Model):
    """A listing as it stands in its market, with what was read in it.

    Kept apart from listings, and with the meaning repeated, so that the exact scan walks one index
    in which the meanings of a market stand together, and what it is about: concepts and words of skills (`about`, see `first_sight`). `mean` and `spread` are what is usual between
    it and the `others` of the other half, by the quick encoder and by the careful one, `encoder`, which has
    read `careful_others` of them.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True)
    kind = models.CharField(max_length=5)
    market = models.CharField(max_length=30)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="entries")
    meaning = MeaningField(dimensions=MEANING_DIMENSION)
    about = SparseVectorField(dimensions=PLACES, default=about_nothing)
    mean = models.FloatField(default=QUICK.mean)
    spread = models.FloatField(default=QUICK.spread)
    encoder = models.ForeignKey(
        CarefulEncoder, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    careful_mean = models.FloatField(default=CAREFUL.mean)
    careful_spread = models.FloatField(default=CAREFUL.spread)
    others = models.PositiveIntegerField(default=0)
    careful_others = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["market", "kind", "listing"],
                include=["meaning", "about", "mean", "spread"],
                name="entry_scan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} in {self.market}"


class Match(models.Model):
    """A need and an offer that fit: the score, its parts, and both sides.

    `score` is the chance that they are useful to each other, which goes with the sum of `parts`;
    `seats` is what the allocation of the whole market gives this pair.
    """

    need = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="matches_as_need", db_index=False
    )
    offer = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="matches_as_offer", db_index=False
    )
    market = models.CharField(max_length=30)
    score = models.FloatField()
    parts = models.JSONField()
    seats = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField(auto_now=True)

    objects: ClassVar = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="one_match_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(need=models.F("offer")), name="match_is_two"
            ),
        ]
        indexes = [
            models.Index(fields=["need", "-score"], name="match_need"),
            models.Index(fields=["offer", "-score"], name="match_offer"),
            models.Index(fields=["market"], name="match_market"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ● {self.offer_id}"


class ToldMatch(models.Model):
    """A good match that was told of: of each once, also where it is lost and found again."""

    need = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+", db_index=False)
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="match_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ● {self.offer_id}"


class PairJudgement(models.Model):
    """What a judge said of two texts, kept so that none is asked twice: a text never changes.

    No `grade` where it gave none that could be read, which is tried again later, or where the pair is
    `flagged`: a text seems to tell the judge what to say.
    """

    need = models.CharField(max_length=32)
    offer = models.CharField(max_length=32)
    judge = models.CharField(max_length=300)
    grade = models.PositiveSmallIntegerField(null=True)
    why = models.TextField(blank=True)
    flagged = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "need", "offer"], name="one_judgement_per_pair"
            ),
            models.CheckConstraint(
                condition=models.Q(grade=None) | models.Q(grade__lte=3, flagged=False),
                name="judgement_is_a_grade",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} ● {self.offer} by {self.judge}"


class MarketAllocation(models.Model):
    """One allocation of a market, with the proof of how near the best possible it is."""

    market = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)
    pairs = models.PositiveIntegerField()
    placed = models.PositiveIntegerField()
    value = models.FloatField()
    bound = models.FloatField()

    class Meta:
        get_latest_by = "at"
        indexes = [models.Index(fields=["market", "-at"], name="allocation_latest")]

    def __str__(self) -> str:
        return f"{self.market} {self.at:%Y-%m-%d %H:%M}"


class GapCount(models.Model):
    """How much lacked on a day: in a market and an area, each empty for all of them.

    As participants saw it (`inside`), or everybody. Of the open `needs` so many had no good offer
    (`unserved`); of the open `offers` nobody needed so many (`unused`). In `empty` cells there was neither
    need nor offer: that is counted over all markets, and null for one.
    """

    day = models.DateField()
    inside = models.BooleanField()
    market = models.CharField(max_length=30, blank=True)
    area = models.CharField(max_length=30, blank=True)
    needs = models.PositiveIntegerField()
    unserved = models.PositiveIntegerField()
    offers = models.PositiveIntegerField()
    unused = models.PositiveIntegerField()
    empty = models.PositiveIntegerField(null=True)

    objects: ClassVar = GapCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inside", "market", "area", "day"], name="one_gap_count_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.market or 'all'} {self.area or 'all'}"
