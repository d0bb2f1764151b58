"""Entries of a market, with all that pairs are scored by.

Whoever gets one changes nothing in it: where its half of the market is at hand, others have it too.
"""

from collections.abc import Collection

from katalysator.matches.models import MarketEntry
from katalysator.search.models import found_by


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
