"""Entries of a market, with all that pairs are scored by.

Whoever gets one changes nothing in it: where its half of the market is at hand, others have it too.
"""

from collections.abc import Collection
from typing import Final

from katalysator.listings.models import Listing
from katalysator.matches.models import MarketEntry
from katalysator.search.models import found_by

_SCORED: Final = (
    *("kind", "market", "meaning", "mean", "spread", "others"),
    *("encoder", "careful_mean", "careful_spread", "careful_others"),
    *("listing__language", "listing__skills", "listing__price", "listing__pressure"),
    *("reading__digest", "reading__concepts", "reading__grams", "reading__lean"),
)
"""What a score is made of."""


def read_entries(market: str, numbers: Collection[int]) -> dict[int, MarketEntry]:
    """The entries of some listings of a market, by number, with what was read in them and whose they are.

    A listing that was not read yet has no entry. Cost: a query, and .1 ms an entry. They are not kept: a hundred
    are as large as all pages of a hundred listings.
    """
    if not numbers:
        return {}
    rows = MarketEntry.objects.filter(pk__in=numbers, market=market)
    unshown = found_by("listing__", "listing__organisation__")
    found = rows.select_related(
        "listing__organisation", "listing__membership", "reading", "encoder"
    )
    return {entry.pk: entry for entry in found.defer("reading__meaning", *unshown)}


def read_to_score(market: str, numbers: Collection[int]) -> list[MarketEntry]:
    """The same with no more than pairs are scored by: of many, only the few that are shown are read in full.

    Cost: a query, and two thirds of the time of `read_entries`.
    """
    rows = MarketEntry.objects.filter(pk__in=numbers, market=market)
    return list(rows.select_related("listing", "reading").only(*_SCORED)) if numbers else []


def read_standing(listing: Listing) -> MarketEntry | None:
    """The entry of one listing that is at hand, with what was read in it; None before that. Cost: a query."""
    rows = MarketEntry.objects.filter(pk=listing.pk, market=listing.market)
    entry = rows.select_related("reading", "encoder").defer("reading__meaning").first()
    if entry is not None:
        entry.listing = listing
    return entry


def shown_in_full(numbers: Collection[int]) -> dict[int, Listing]:
    """Listings by number, with all that is told of them beside another, and whose they are. Cost: a query."""
    found = Listing.objects.filter(pk__in=numbers).with_owner()
    return {each.pk: each for each in found.defer(*found_by("", "organisation__"))}
