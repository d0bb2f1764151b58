"""What can be asked about needs and offers. `visible_to` is the only door."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from math import inf
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Contains

from katalysator.coalition.models import Hub, Person
from katalysator.coalition.naming import NamedRecords, named
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import regions
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.engine.search import Sought
from katalysator.listings.workflow import OPEN, SHOWN
from katalysator.search.finding import Found, best_first, find, find_apart, ranked, understood
from katalysator.search.models import found_by

_PLACES = Func(
    F("regions"),
    Value(" "),
    function="array_to_string",
    template="(' ' || %(function)s(%(expressions)s))",
    output_field=models.TextField(),
)
"""The regions in a line, a space before each: to look for what a code begins."""
_TOLD: Final = ("title", "text", "skills", "organisation__folded_names")
"""By what words listings are found."""
_KINDS: Final = ("need", "offer")
_ROW_VERSIONS: Final = (
    "SELECT id, concat_ws(' ', xmin, ctid) FROM listings_listing WHERE id = ANY(%s)"
)
"""Two that one transaction writes stand apart."""
REMINDED: Final = (14, 2)
"""So many days before the last one on which it is open the owner of a listing is reminded."""
_INSIDE: Final = "inside"
_OUTSIDE: Final = "outside"

if TYPE_CHECKING:
    from katalysator.listings.models import (
        Listing,
    )


def reaching(codes: Collection[str]) -> Q:
    """Placed in one of these regions, around it, or anywhere within it; nothing for no region."""
    if not codes:
        return Q(pk__in=())
    around = {code for mine in codes for code in regions.related(mine)}
    within = [Q(Contains(_PLACES, f" {code}")) for code in sorted(codes)]  # unnamed codes too
    return reduce(or_, within, Q(regions__overlap=sorted(around)))


def own(person: "Person | AnonymousUser", path: str = "") -> Q:
    """What somebody posted in own name, and what is of the organisations that the person speaks for.

    `path` leads from a row to its listing, as ``need__``.
    """
    if not person.is_authenticated:
        return Q(pk__in=())
    # Their numbers and no query for them, or the whole table is looked through.
    mine = sorted(person.own_organisations)
    of_them = Q(**{f"{path}organisation__in": mine, f"{path}person": None})
    return of_them | Q(**{f"{path}person": person.pk})


def sight(person: "Person | AnonymousUser") -> str:
    """Name what a person may see of listings: `visible_to` gives all of one name the same. Cost: see Person."""
    if not person.is_authenticated:
        return _OUTSIDE
    if person.is_coordinator:
        return "bureau"
    if not speaks_for_any(person):
        return f"{_OUTSIDE} {person.pk}"
    return f"{_INSIDE} {person.pk} {sorted(person.own_organisations)}"


def sight_of_open(person: "Person | AnonymousUser") -> str:
    """Name what a person may see of open listings, which is less: nobody has drafts among them."""
    return _INSIDE if speaks_for_any(person) else _OUTSIDE


class Fit(StrEnum):
    """How well a need is served by the best of what is open."""

    SERVED = "matches"
    POSSIBLE = "possible"
    GAP = "gaps"


_FITS: Final[Mapping[Fit, tuple[float, float]]] = MappingProxyType(
    {Fit.SERVED: (GOOD, inf), Fit.POSSIBLE: (POSSIBLE, GOOD), Fit.GAP: (0.0, POSSIBLE)}
)
"""The least chance of the best offer, and the one below which it lies."""


class ListingQuerySet(models.QuerySet["Listing"]):
    """Needs and offers."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What this person may see: the published; own drafts; everything for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        shown = Q(state__in=SHOWN)
        if speaks_for_any(person):
            return self.filter(shown | own(person))
        to_all = shown & Q(visibility="everyone")
        return self.filter(to_all | Q(person=person.pk) if person.pk else to_all)

    def open(self) -> Self:
        """Listings that look for their other half now."""
        return self.filter(state=OPEN)

    def of_kind(self, kind: str) -> Self:
        """Needs only, or offers only."""
        return self.filter(kind=kind)

    def of(self, person: "Person | AnonymousUser") -> Self:
        """Listings in this person's own name, and of the organisations that the person speaks for."""
        return self.filter(own(person)) if person.pk else self.none()

    def in_area(self, slug: str) -> Self:
        """Listings in an application area."""
        return self.filter(areas__contains=[slug])

    def telling_of(self, concept: str) -> Self:
        """Listings in whose texts a concept was read, by its key."""
        return self.filter(meant__contains=[concept])

    def in_region(self, code: str) -> Self:
        """Listings that reach a region: placed in it, around it or within it."""
        return self.filter(reaching([regions.parse(code)]))

    def of_hub(self, hub: "Hub") -> Self:
        """Listings that reach one of the regions of a hub."""
        return self.filter(reaching(hub.regions))

    def found(self, query: Sought, known: NamedRecords | None = None) -> dict[str, list[Found]]:
        """The needs and the offers that are relevant to a query, by kind, each the best first.

        `known` is what has the words of the query in a name, where that is at hand. Cost: see `find_apart`;
        where it is not at hand, two small queries before.
        """
        known = known or named(query.text)
        theirs = Q(organisation__in=known.organisations) | Q(areas__overlap=known.areas)
        named_ones = theirs if known.organisations or known.areas else None
        return find_apart(self, query, "kind", _KINDS, told=_TOLD, named=named_ones)

    def most_relevant(self, query: Sought, most: int) -> list["Listing"]:
        """The first of what is relevant to a query, for a list. Cost: see `find`, and one query more."""
        found = find(self, query, told=_TOLD)[:most]
        return list(ranked(self, found).with_names()) if found else []

    def about(self, words: str) -> Self:
        """Listings that are found by these words, the most relevant first; all for no words."""
        if not words.strip():
            return self
        return ranked(self, best_first(*self.found(understood(words)).values()))

    def own_telling(self, words: str, areas: Collection[str]) -> Self:
        """Those that people posted in own name, with these words in a skill, or in one of some areas."""
        skills = Func(
            F("skills"),
            Value("\n"),
            function="array_to_string",
            output_field=models.TextField(),
        )
        own_ones = self.filter(membership__isnull=False).alias(skilled=skills)
        return own_ones.filter(Q(skilled__icontains=words) | Q(areas__overlap=list(areas)))

    def fitting(self, fit: str, *, inside: bool) -> Self:
        """Open needs that are so well served, among what the asker may see."""
        best = "best_inside" if inside else "best"
        least, below = _FITS[Fit(fit)]
        return self.open().filter(kind="need", **{f"{best}__gte": least, f"{best}__lt": below})

    def ended(self, day: date) -> Self:
        """Published listings whose last day is over: of their period, or of those on which they are open."""
        return self.open().filter(Q(end__lt=day) | Q(stands_until__lt=day))

    def to_be_reminded(self, day: date) -> Self:
        """Open listings that end so soon that a reminder is due which was not sent."""
        due = [
            Q(reminders=sent, stands_until__lte=day + timedelta(days=days))
            for sent, days in enumerate(REMINDED)
        ]
        return self.open().filter(reduce(or_, due))

    def with_owner(self) -> Self:
        """Bring along whose they are, as others see it."""
        return self.select_related("organisation", "membership")

    def with_names(self) -> Self:
        """Bring their owners along, for lists."""
        unshown = found_by("", "organisation__")
        return self.with_owner().defer("terms", *unshown)

    def with_all_shown(self) -> Self:
        """Bring along all that the page of a listing shows of it: whose it is, and what it is about."""
        unread = [f"reading__{name}" for name in ("grams", "digest", "model")]
        found = self.with_owner().select_related("reading")
        return found.defer(*found_by("", "organisation__"), *unread)

    def between(self, first: int, last: int) -> list[int]:
        """The numbers of these rows of the list: an index has all that is looked at."""
        return list(self.values_list("pk", flat=True)[first:last])


def row_versions(numbers: Sequence[int]) -> dict[int, str]:
    """Names of listings as they are now, by number, in this order: after each write to a row another. Cost: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROW_VERSIONS, [list(numbers)])
        found = dict(cursor.fetchall())
    return {number: found[number] for number in numbers if number in found}
