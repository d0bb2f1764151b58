"""The coalition in one picture: what is counted in each area and block, for one reader.

`matches` counts open needs with a good offer, `possible` those with one that is worth a look, `gaps`
those with neither: together they are the needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Value, When

from katalysator.coalition.models import Hub, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import changes
from katalysator.core.kept import kept
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import Fit, ListingQuerySet

Key = tuple[str, str]  # area slug and block; an empty slug stands for all areas

_CELL = 400  # bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """What is open in one cell."""

    needs: int = 0
    offers: int = 0
    matches: int = 0
    possible: int = 0

    def __add__(self, more: "Counts") -> "Counts":
        return Counts(
            self.needs + more.needs,
            self.offers + more.offers,
            self.matches + more.matches,
            self.possible + more.possible,
        )

    @property
    def gaps(self) -> int:
        """Needs for which there is nothing."""
        return self.needs - self.matches - self.possible


def counted(
    person: Person | AnonymousUser,
    *,
    region: str = "",
    hub: Hub | None = None,
    state: str | None = None,
) -> Mapping[Key, Counts]:
    """Counts by cell for what this person may see; cells with nothing in them are left out.

    A listing in two areas counts in both rows, and once in the totals. Cost: one grouped scan of
    an index of the open listings, once for each `state` of all tables (asked for where it is not at hand);
    participants and strangers share what they share.
    """
    inside = speaks_for_any(person)
    key = inside, region, hub.slug if hub else "", changes.state() if state is None else state
    return kept("matrix", key, lambda: _count(_seen(person, region, hub), inside=inside), _size)


def _size(counts: Mapping[Key, Counts]) -> int:
    return _CELL * len(counts)


def _seen(person: Person | AnonymousUser, region: str, hub: Hub | None) -> ListingQuerySet:
    listings: ListingQuerySet = Listing.objects.visible_to(person).open()
    if region:
        listings = listings.in_region(region)
    return listings.of_hub(hub) if hub else listings


def _count(listings: ListingQuerySet, *, inside: bool) -> dict[Key, Counts]:
    """Counted by all areas together first, so that the listings are walked once."""
    best = "best_inside" if inside else "best"
    fit = Case(
        When(**{f"{best}__gte": GOOD}, then=Value(Fit.SERVED)),
        When(**{f"{best}__gte": POSSIBLE}, then=Value(Fit.POSSIBLE)),
        default=Value(Fit.GAP),
    )
    groups = listings.order_by().annotate(fit=fit).values("areas", "block", "kind", "fit")
    counts: dict[Key, Counts] = {}
    for group in groups.annotate(count=Count("*")):
        more = _counts(group["kind"], group["fit"], group["count"])
        for area in {"", *group["areas"]}:
            key = area, group["block"]
            counts[key] = counts.get(key, Counts()) + more
    return counts


def _counts(kind: str, fit: str, count: int) -> Counts:
    if kind == Kind.OFFER:
        return Counts(offers=count)
    return Counts(
        needs=count,
        matches=count if fit == Fit.SERVED else 0,
        possible=count if fit == Fit.POSSIBLE else 0,
    )
