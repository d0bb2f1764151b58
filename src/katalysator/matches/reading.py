"""Entries of a market, with all that pairs are scored by.

Whoever gets one changes nothing in it: where its half of the market is at hand, others have it too.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from katalysator.engine.arrays import Float32Array, Int32Array
from katalysator.listings.models import Listing
from katalysator.matches.models import MarketEntry
from katalysator.search.models import found_by


class ScoredListing(NamedTuple):
    """As much of a listing as a score needs beside what was read in it."""

    language: str
    skills: Sequence[str]
    price: float
    pressure: float


class ScoredReading(NamedTuple):
    """As much of a reading as a score needs."""

    digest: str
    concepts: Mapping[str, float]
    grams: Int32Array
    lean: float


class ScoredEntry(NamedTuple):
    """As much of an entry as a score needs, by the names that an entry has: of many a model would take longer to make than to score."""

    pk: int
    market: str
    reading_id: int
    meaning: Float32Array
    mean: float
    spread: float
    others: int
    encoder_id: int | None
    careful_mean: float
    careful_spread: float
    listing: ScoredListing
    reading: ScoredReading


AnyEntry: TypeAlias = MarketEntry | ScoredEntry
_OWN: Final = ScoredEntry._fields[:-2]
_OF_LISTING: Final = [f"listing__{name}" for name in ScoredListing._fields]
_OF_READING: Final = [f"reading__{name}" for name in ScoredReading._fields]


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


def read_to_score(market: str, numbers: Collection[int]) -> list[ScoredEntry]:
    """The same with no more than pairs are scored by: of many, only the few that are shown are read in full.

    Cost: a query, and a quarter of the processor time of `read_entries`.
    """
    if not numbers:
        return []
    rows = MarketEntry.objects.filter(pk__in=numbers, market=market)
    return [_scored(row) for row in rows.values_list(*_OWN, *_OF_LISTING, *_OF_READING)]


def _scored(row: Sequence[Any]) -> ScoredEntry:
    own, listing = len(_OWN), len(_OWN) + len(_OF_LISTING)
    parts = ScoredListing._make(row[own:listing]), ScoredReading._make(row[listing:])
    return ScoredEntry._make((*row[:own], *parts))


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
