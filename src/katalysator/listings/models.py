"""Needs and offers. How well they fit is kept by the room above, in the columns that say so."""

from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.addresses import address
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.models import Salted
from katalysator.core.terms import Half, LabelText
from katalysator.engine.matching import Profile
from katalysator.listings.market import Market, market, stored_ranges
from katalysator.listings.owners import Owner, owner_of
from katalysator.listings.queries import ListingQuerySet
from katalysator.listings.workflow import LISTING, OPEN
from katalysator.search.models import Findable, words_column

_BOARD = [
    *("kind", "market", "block", "organisation", "person", "areas", "regions", "visibility"),
    *("state", "end", "best", "best_inside"),
]
"""What lists and their counts look at: in an index of their own, a tenth of the table."""
_COUNTED = ["organisation", "person", "best", "best_inside", "areas", "regions"]
"""What the matrix counts: in an index of the open listings alone."""
_FIT = [
    *("id", "organisation", "person", "visibility", "start", "end", "labels", "areas"),
    *("areas_required", "regions", "region_required", "ranges", "capacity", "min_capacity"),
]
"""What the hard constraints look at."""


_ALWAYS_SAID = {
    "text": _("What is it about?"),
    "areas": _("Areas"),
    "regions": _("Regions"),
}


"""So long a sheet that somebody gave is kept, for looking at what would become of it."""


class Kind(models.TextChoices):
    """Which half of the circle a listing is."""

    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")

    @property
    def other(self) -> "Kind":
        """The half that makes it whole."""
        return Kind.OFFER if self is Kind.NEED else Kind.NEED


def half_of(market: str, kind: str) -> str:
    """Name one half of a market: the subject of writes to its listings, and to what was read in them."""
    return f"{market} {kind}"


class Listing(Findable, Salted):
    """A need or an offer in one market: of an organisation, or of a person in own name.

    `organisation` is whose it is, or, of a `person`, where that person takes part: what holds for the
    organisation (whether it takes part, that nobody is matched with oneself) holds for both. What others see of
    the person is what the `membership` there says: the name by which the person wants to be found.
    What a person says in own name is erased with the account: the trail holds digests of it.

    `terms` holds what is stated of the market's terms that have no column of their own. `labels`
    repeats the hard ones as "term:choice" and `ranges` as the ends of intervals, so that the
    database can hold the hard constraints. A draft may be unfinished. `best` is the score of its
    best match among what everyone sees, `best_inside` among what participants see too. `price` and
    `pressure` say how hard an offer is fought for in the newest allocation of its market.
    `reference` is what its owner's own administration calls it: only the owner and the bureau see it.
    `stands_until` is the last day on which it is open unless somebody renews it, of which `reminders` were due
    (see `standing.py`).
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
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="listings"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=5_000, blank=True)
    areas = ArrayField(models.CharField(max_length=30), default=list)
    areas_required = models.BooleanField(default=False)
    regions = ArrayField(models.CharField(max_length=5), default=list)
    region_required = models.BooleanField(default=False)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    capacity = models.PositiveIntegerField(default=1)
    min_capacity = models.PositiveIntegerField(default=1)
    terms = models.JSONField(default=dict)
    labels = ArrayField(models.CharField(max_length=60), default=list)
    ranges = models.JSONField(default=dict)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.EVERYONE)
    state = models.CharField(max_length=10, default="draft")
    reference = models.CharField(max_length=60, blank=True, default="")
    stands_until = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    best = models.FloatField(default=0.0)
    best_inside = models.FloatField(default=0.0)
    price = models.FloatField(default=0.0)
    pressure = models.FloatField(default=0.0)
    search = words_column("title", "text")

    objects: ClassVar = ListingQuerySet.as_manager()

    version: Hashable = None
    """Names all that is shown of it, where whoever read it says so; not a column."""

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
            models.Index(
                fields=["stands_until"],
                include=["reminders"],
                condition=models.Q(state=OPEN),
                name="listing_standing",
            ),
            models.Index(
                fields=["visibility", "kind"],
                include=["id", "organisation", "person", "signs"],
                condition=models.Q(state=OPEN),
                name="listing_nearest",
            ),
            GinIndex(fields=["meant"], name="listing_meant"),
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
                condition=models.Q(capacity__gte=1), name="listing_has_capacity"
            ),
            models.CheckConstraint(
                condition=models.Q(state=LISTING.initial)
                | (
                    models.Q(areas__len__gte=1) & models.Q(regions__len__gte=1) & ~models.Q(text="")
                ),
                name="listing_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(membership=None) | models.Q(person__isnull=False),
                name="listing_membership_is_of_its_person",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "reference"],
                condition=~models.Q(reference="") & models.Q(person=None),
                name="listing_reference_once",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "reference"],
                condition=~models.Q(reference=""),
                name="listing_own_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the listing's page is, in the active language."""
        return address("listing", self.pk)

    @property
    def owner(self) -> Owner:
        """Whose it is, as others see it. Cost: none where it was read by `with_owner` or the like."""
        return owner_of(self)

    def is_of(self, person: Person | AnonymousUser) -> bool:
        """Whether this person posted it in own name, or speaks for the organisation whose it is."""
        if self.person_id is not None:
            return self.person_id == person.pk
        return self.organisation_id in getattr(person, "own_organisations", ())

    def post_as(self, membership: Membership) -> None:
        """Let the person who posts in own name do so as this membership says."""
        self.membership, self.organisation = membership, membership.organisation

    def as_profile(self) -> Profile:
        """What it says, for the engine to read."""
        return Profile(
            key=str(self.pk),
            title=self.title,
            text=self.text,
            language=self.language,
            skills=tuple(self.skills),
        )

    @property
    def half(self) -> Half:
        """Its kind, as the terms of markets know it."""
        return "need" if self.is_need else "offer"

    @property
    def market_class(self) -> type[Market]:
        """The market that it is posted in."""
        return market(self.market)

    def stated(self) -> dict[str, Any]:
        """What is stated of every term of the market, by name; None where nothing is."""
        return {
            name: term.from_columns(self) if term.kept_in else self.terms.get(name)
            for name, term in self.market_class.terms.items()
        }

    def set_terms(self, values: Mapping[str, Any]) -> None:
        """Put the values of terms, which the market has cleaned, where they are kept and compared."""
        where = self.market_class
        own = {name: values[name] for name in where.own_terms()}
        self.terms = {name: value for name, value in own.items() if value is not None}
        for name, term in where.terms.items():
            for column, value in term.to_columns(values[name]).items():
                setattr(self, column, value)
        chosen = where.labels(values).items()
        self.labels = [f"{term}:{choice}" for term, choices in chosen for choice in choices]
        ranges = where.ranges(self.half, values).items()
        self.ranges = stored_ranges({name: each for name, each in ranges if name in own})

    def unfinished(self) -> dict[str, LabelText]:
        """What it must still say before it can be published: each by its name, with its label."""
        said = {name: label for name, label in _ALWAYS_SAID.items() if not getattr(self, name)}
        missing = self.market_class.missing(self.stated())
        return {**said, **{term.name: term.label for term in missing}}

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return LISTING.label(self.state)

    @property
    def market_label(self) -> LabelText:
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
