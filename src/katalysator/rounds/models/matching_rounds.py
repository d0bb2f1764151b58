"""Matching rounds, what was ruled by hand, what was chosen, and who got nothing."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.models import Introduction
from katalysator.listings.market import market
from katalysator.listings.models import Listing
from katalysator.rounds.models.computed import ComputedByJob, within
from katalysator.rounds.queries import MatchingRoundQuerySet, RoundPartQuerySet
from katalysator.rounds.workflow import MATCHING_ROUND, OPEN, RUNS

MOST_A_NEED: Final = 5
MOST_AN_OFFER: Final = 50
MOST_AN_ORGANISATION: Final = 100
HIGHEST_LEAST: Final = 95
MOST_IN_A_REGION: Final = 1_000
MOST_REGIONS: Final = 12


class MatchingRound(ComputedByJob):
    """Needs and offers of one market, chosen together.

    Which needs are in it: those of the `market`, of the `area` and the `region` where these are named; of a `group`,
    needs and offers of its members only. `least` is the lowest chance of a pair, in percent. Each need and each
    offer gets so many introductions at most, an organisation `per_organisation` on either side; an offer no more
    than its places where that is `within_capacity`. Of each offer `kept` introductions are for needs of
    organisations of the kind `kept_for`. `why` is said to all parties. By their own order (`OWN`), both sides are asked
    until the day `ordered_until` whom they would rather meet, None as long as they were not; and offers in a region of
    `least_in` get so many needs at least, by its code.
    """

    class Method(models.TextChoices):
        BEST = "best", _("The best possible for all together")
        STABLE = "stable", _("Without regret: the best pairs first")
        OWN = "own", _("By their own order: both sides say whom they would rather meet")

    name = models.CharField(max_length=120)
    why = models.TextField(max_length=1_000, blank=True)
    market = models.CharField(max_length=30)
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="rounds"
    )
    state = models.CharField(max_length=10, default=MATCHING_ROUND.initial)
    method = models.CharField(max_length=6, choices=Method, default=Method.BEST)
    least = models.PositiveSmallIntegerField(default=50, validators=within(0, HIGHEST_LEAST))
    area = models.CharField(max_length=30, blank=True)
    region = models.CharField(max_length=5, blank=True)
    per_need = models.PositiveSmallIntegerField(default=1, validators=within(1, MOST_A_NEED))
    per_offer = models.PositiveSmallIntegerField(default=3, validators=within(1, MOST_AN_OFFER))
    within_capacity = models.BooleanField(default=False)
    per_organisation = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=within(1, MOST_AN_ORGANISATION)
    )
    kept_for = models.CharField(max_length=12, choices=Organisation.Kind, blank=True)
    kept = models.PositiveSmallIntegerField(default=0, validators=within(0, MOST_AN_OFFER))
    least_in = models.JSONField(default=dict, blank=True)
    ordered_until = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MatchingRoundQuerySet.as_manager()

    class Meta:
        ordering = [F("made_at").desc(), F("id").desc()]
        indexes = [models.Index(F("made_at").desc(), F("id").desc(), name="matching_round_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(MATCHING_ROUND.states)), name="matching_round_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(kept=0) | ~Q(kept_for=""), name="matching_round_kept_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(per_need__gte=1) & Q(per_offer__gte=1), name="matching_round_of_some"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("matching-round", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return MATCHING_ROUND.label(self.state)

    @property
    def market_label(self) -> str:
        """Its market in words."""
        return str(market(self.market).label)

    @property
    def runs(self) -> bool:
        """Whether a job is at work."""
        return self.state in RUNS

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.state in OPEN

    @property
    def is_by_own_order(self) -> bool:
        """Whether both sides say whom they would rather meet."""
        return self.method == self.Method.OWN

    @property
    def is_out(self) -> bool:
        """Whether proposals went out, or do."""
        return self.sent_at is not None


class RoundRuling(models.Model):
    """A pair that is taken whatever comes, `is_fixed`, or that never is: said by hand."""

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="rulings")
    need = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    is_fixed = models.BooleanField()

    objects: ClassVar = RoundPartQuerySet["RoundRuling"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "need", "offer"], name="one_ruling_each")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {'with' if self.is_fixed else 'never with'} {self.offer_id}"


class RoundPair(models.Model):
    """A need and an offer that a round brings together; the `introduction`, once it is out, or why it was `refused`."""

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="pairs")
    need = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    introduction = models.OneToOneField(
        Introduction, on_delete=models.SET_NULL, null=True, blank=True, related_name="round_pair"
    )
    refused = models.TextField(blank=True)

    objects: ClassVar = RoundPartQuerySet["RoundPair"].as_manager()

    class Meta:
        ordering = [F("score").desc(), "id"]
        indexes = [models.Index("round", F("score").desc(), "id", name="round_pair_best")]
        constraints = [
            models.UniqueConstraint(fields=["round", "need", "offer"], name="one_round_pair_each")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ● {self.offer_id}"


class RoundShortfall(models.Model):
    """A need or an offer of a round that got nothing: why, and the best that there was for it, if anything."""

    class Reason(models.TextChoices):
        NOTHING = "nothing", _("Nothing in the market fits")
        NOT_NOW = "not-now", _("What fits it meets already, or takes no proposals now")
        LEAST = "least", _("What fits is below the lowest chance of this round")
        HAND = "hand", _("What fits was ruled out by hand")
        OWN = "own", _("Its organisation has its most")
        THEIRS = "theirs", _("The organisations that fit have their most")
        KEPT = "kept", _("The places that are left are kept for others")
        TAKEN = "taken", _("What fits went to others")
        SILENT = "silent", _("Nobody said in which order it would meet others")
        ORDERS = "orders", _("By the orders of both sides nothing was left")

    round = models.ForeignKey(MatchingRound, on_delete=models.CASCADE, related_name="shortfalls")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5)
    reason = models.CharField(max_length=8, choices=Reason)
    best = models.ForeignKey(
        Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    score = models.FloatField(default=0.0)

    objects: ClassVar = RoundPartQuerySet["RoundShortfall"].as_manager()

    class Meta:
        ordering = [F("kind"), F("score").desc(), "id"]
        indexes = [models.Index("round", "kind", F("score").desc(), "id", name="shortfall_best")]
        constraints = [
            models.UniqueConstraint(fields=["round", "listing"], name="one_shortfall_each")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.reason}"
