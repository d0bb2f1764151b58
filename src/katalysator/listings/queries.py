"""What can be asked about needs and offers. `visible_to` is the only door."""

import re
from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Contains

from katalysator.coalition.models import Area, Hub, Organisation, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import regions
from katalysator.listings.workflow import OPEN, SHOWN

_PLACES = Func(
    F("regions"),
    Value(" "),
    function="array_to_string",
    template="(' ' || %(function)s(%(expressions)s))",
    output_field=models.TextField(),
)
"""The regions in a line, a space before each: to look for what a code begins."""
_WORD = re.compile(r"\w+")
_MOST_WORDS = 10

if TYPE_CHECKING:
    from katalysator.listings.models import Listing  # noqa: F401 — named in the bases


def reaching(codes: Collection[str]) -> Q:
    """Placed in one of these regions, around it, or anywhere within it; nothing for no region."""
    if not codes:
        return Q(pk__in=())
    around = {code for mine in codes for code in regions.related(mine)}
    within = [Q(Contains(_PLACES, f" {code}")) for code in sorted(codes)]  # unnamed codes too
    return reduce(or_, within, Q(regions__overlap=sorted(around)))


class ListingQuerySet(models.QuerySet["Listing"]):
    """Needs and offers."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """What this person may see: the published; own drafts; everything for the bureau."""
        if person.is_authenticated and person.is_coordinator:
            return self
        shown = Q(state__in=SHOWN)
        if not speaks_for_any(person):
            return self.filter(shown, visibility="everyone")
        mine = Organisation.objects.of(person).values("pk")
        return self.filter(shown | Q(organisation__in=mine))

    def open(self) -> Self:
        """Listings that look for their other half now."""
        return self.filter(state=OPEN)

    def of_kind(self, kind: str) -> Self:
        """Needs only, or offers only."""
        return self.filter(kind=kind)

    def of(self, person: "Person | AnonymousUser") -> Self:
        """Listings of the organisations that this person speaks for."""
        mine = Q(organisation__memberships__person_id=person.pk)
        return self.filter(mine) if person.pk else self.none()

    def in_area(self, slug: str) -> Self:
        """Listings in an application area."""
        return self.filter(areas__contains=[slug])

    def in_region(self, code: str) -> Self:
        """Listings that reach a region: placed in it, around it or within it."""
        return self.filter(reaching([regions.parse(code)]))

    def of_hub(self, hub: "Hub") -> Self:
        """Listings that reach one of the regions of a hub."""
        return self.filter(reaching(hub.regions))

    def about(self, words: str) -> Self:
        """Listings that have all these words, or their beginnings, by Dutch or English stems.

        Also those of an organisation, or in an area, of that name. Cost: two small queries at once,
        so that the large one knows what to look for and finds it in its indexes.
        """
        terms = _WORD.findall(words)[:_MOST_WORDS]
        begun = " & ".join(f"'{term}':*" for term in terms)
        said = Q(pk__in=[])
        if terms:
            dutch = SearchQuery(begun, config="dutch", search_type="raw")
            said = Q(search=dutch | SearchQuery(begun, config="english", search_type="raw"))
        owners = Organisation.objects.named(words)
        found = said | Q(organisation__in=list(owners.values_list("pk", flat=True)))
        if areas := list(Area.objects.named(words).values_list("pk", flat=True)):
            found |= Q(areas__overlap=areas)
        return self.filter(found)

    def gaps(self, good: float, *, inside: bool) -> Self:
        """Open needs without an offer that is good enough, among what the asker may see."""
        best = "best_inside" if inside else "best"
        return self.open().filter(kind="need", **{f"{best}__lt": good})

    def served(self, good: float, *, inside: bool) -> Self:
        """Open needs with an offer that is good enough, among what the asker may see."""
        best = "best_inside" if inside else "best"
        return self.open().filter(kind="need", **{f"{best}__gte": good})

    def ended(self, day: date) -> Self:
        """Published listings whose last day is over."""
        return self.open().filter(end__lt=day)

    def with_names(self) -> Self:
        """Bring the organisations along, for lists."""
        return self.select_related("organisation").defer("terms", "search")

    def between(self, first: int, last: int) -> "ListingQuerySet":
        """These rows of the list with their names: found in an index, then read, these only."""
        chosen = self.values("pk")[first:last]
        listings: ListingQuerySet = self.model.objects.filter(pk__in=chosen)
        return listings.with_names().order_by(*self.query.order_by)
