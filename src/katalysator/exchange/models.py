"""Needs and offers, what the engine read in them, and how well they fit."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Block, Organisation
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.exchange import registry
from katalysator.exchange.fields import MeaningField
from katalysator.exchange.queries import ListingQuerySet, MatchQuerySet
from katalysator.exchange.workflow import OPEN

MEANING_DIMENSION = 512
_BOARD = [
    *("kind", "market", "block", "organisation", "areas", "regions", "visibility", "state"),
    *("end", "best", "best_inside"),
]
"""What lists and their counts look at: in an index of their own, a tenth of the table."""
_COUNTED = ["organisation", "best", "best_inside", "areas", "regions"]
"""What the matrix counts: in an index of the open listings alone."""
_FIT = [
    *("id", "organisation", "visibility", "start", "end", "labels", "areas", "areas_required"),
    *("regions", "region_required", "ticket_min", "ticket_max", "capacity", "min_capacity"),
]
"""What the hard constraints look at."""


class Kind(models.TextChoices):
    """Which half of the circle a listing is."""

    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")

    @property
    def other(self) -> "Kind":
        """The half that makes it whole."""
        return Kind.OFFER if self is Kind.NEED else Kind.NEED


class Listing(models.Model):
    """A need or an offer of one organisation, in one market.

    `labels` repeats the hard terms as "term:choice", `ticket_*` the amounts, so that the database
    can hold the hard constraints. `best` is the score of its best match among what everyone sees,
    `best_inside` among what participants see too. `price` and `pressure` say how hard an offer is
    fought for in the newest allocation of its market.
    """

    class Visibility(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        PARTICIPANTS = "participants", _("Participants of the coalition")

    kind = models.CharField(max_length=5, choices=Kind)
    market = models.CharField(max_length=30)
    block = models.CharField(max_length=10, choices=Block)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="listings"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=5_000)
    areas = ArrayField(models.CharField(max_length=30))
    areas_required = models.BooleanField(default=False)
    regions = ArrayField(models.CharField(max_length=5))
    region_required = models.BooleanField(default=False)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    capacity = models.PositiveIntegerField(default=1)
    min_capacity = models.PositiveIntegerField(default=1)
    terms = models.JSONField(default=dict)
    labels = ArrayField(models.CharField(max_length=60), default=list)
    ticket_min = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    ticket_max = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.EVERYONE)
    state = models.CharField(max_length=10, default="draft")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    best = models.FloatField(default=0.0)
    best_inside = models.FloatField(default=0.0)
    price = models.FloatField(default=0.0)
    pressure = models.FloatField(default=0.0)
    search = models.GeneratedField(
        expression=SearchVector("title", "text", config="dutch")
        + SearchVector("title", "text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["market", "kind", "state"], include=_FIT, name="listing_fit"),
            models.Index(
                models.F("published_at").desc(nulls_last=True),
                models.F("id").desc(),
                include=_BOARD,
                name="listing_board",
            ),
            models.Index(
                fields=["visibility", "kind", "block"],
                include=_COUNTED,
                condition=models.Q(state=OPEN),
                name="listing_open",
            ),
            models.Index(fields=["state", "end"], name="listing_ending"),
            GinIndex(fields=["search"], name="listing_search"),
            GinIndex(fields=["areas", "regions", "labels"], name="listing_facets"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True)
                | models.Q(start__isnull=True)
                | models.Q(end__gte=models.F("start")),
                name="listing_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(ticket_max__isnull=True)
                | models.Q(ticket_min__isnull=True)
                | models.Q(ticket_max__gte=models.F("ticket_min")),
                name="listing_ticket_is_a_range",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1), name="listing_has_capacity"
            ),
            models.CheckConstraint(
                condition=models.Q(areas__len__gte=1) & models.Q(regions__len__gte=1),
                name="listing_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the listing's page is, in the active language."""
        return reverse("listing", args=[self.pk])

    @property
    def market_class(self) -> type[registry.Market]:
        """The market that it is posted in."""
        return registry.market(self.market)

    @property
    def market_label(self) -> str | Promise:
        """The market's name in the active language."""
        return self.market_class.label

    @property
    def is_open(self) -> bool:
        """Whether it looks for its other half now."""
        return self.state == OPEN

    @property
    def is_need(self) -> bool:
        """Whether this is the half that lacks something."""
        return self.kind == Kind.NEED


class Reading(models.Model):
    """What the engine read in a listing. Kept apart: pages list listings without touching it.

    `kind` and `market` are repeated here so that the exact scan walks one index, in which the
    meanings of a market stand together; `digest` names the text and the model that were read, so
    that nothing is read twice.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True)
    kind = models.CharField(max_length=5)
    market = models.CharField(max_length=30)
    meaning = MeaningField(dimensions=MEANING_DIMENSION)
    grams = ArrayField(models.IntegerField())
    lean = models.FloatField()
    digest = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(
                fields=["market", "kind"], include=["listing", "meaning"], name="reading_scan"
            )
        ]

    def __str__(self) -> str:
        return f"reading of {self.listing_id}"


class Lexicon(models.Model):
    """How often each letter group occurs in what was read; one row, renewed as the coalition grows."""

    frequency = models.BinaryField()
    texts = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"lexicon of {self.texts} texts"


class Match(models.Model):
    """A need and an offer that fit: the score, its parts, and both sides.

    `score` is without pressure, which changes with the market; `seats` is what the allocation of
    the whole market gives this pair.
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


class Allocation(models.Model):
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
