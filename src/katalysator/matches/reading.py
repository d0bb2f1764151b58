"""Entries of a market, with all that pairs are scored by.

Whoever gets one changes nothing in it: where its half of the market is at hand, others have it too.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from django.db.models import QuerySet

from katalysator.core.database.phrased import by_number
from katalysator.core.database.prepared import prepared_cursor
from katalysator.engine.arrays import Float32Array, Int32Array
from katalysator.listings.models import Listing
from katalysator.matches.models import MarketEntry
from katalysator.readings.models import Reading, sent_grams, sent_meanings
from katalysator.search.models import found_by

_SCORED: Final = """
    SELECT listing.id, listing.language, listing.skills, listing.price, listing.pressure,
        reading.digest, reading.concepts::text, reading.grams, reading.lean,
        halfvec_send(entry.meaning), entry.mean, entry.spread, entry.others,
        entry.encoder_id, entry.careful_mean, entry.careful_spread, entry.reading_id
    FROM matches_marketentry entry
        JOIN listings_listing listing ON listing.id = entry.listing_id
        JOIN readings_reading reading ON reading.id = entry.reading_id
    WHERE entry.market = %s AND entry.listing_id = ANY(%s)
    ORDER BY listing.id
"""
_OF_READING: Final = ("id", "digest", "concepts", "grams", "lean")
_OF_ENTRY: Final = (
    *("listing_id", "kind", "market", "reading_id", "meaning", "mean", "spread"),
    *("encoder_id", "careful_mean", "careful_spread", "others"),
)
"""Columns in the order of the table."""


class ScoredListing(NamedTuple):
    """What a score needs of a listing beside what was read in it."""

    pk: int
    language: str
    skills: Sequence[str]
    price: float
    pressure: float


class ScoredReading(NamedTuple):
    """What a score needs of what was read in a text."""

    digest: str
    concepts: Mapping[str, float]
    grams: Int32Array
    lean: float


class ScoredEntry(NamedTuple):
    """An entry with no more than pairs are scored by."""

    listing: ScoredListing
    reading: ScoredReading
    market: str
    meaning: Float32Array
    mean: float
    spread: float
    others: int
    encoder_id: int | None
    careful_mean: float
    careful_spread: float
    reading_id: int

    @property
    def pk(self) -> int:
        """The number of its listing."""
        return self.listing.pk


AnyEntry: TypeAlias = MarketEntry | ScoredEntry


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

    Cost: a query, and .01 ms an entry: to make records of them takes five times as long.
    """
    if not numbers:
        return []
    with prepared_cursor(binary=True) as cursor:
        cursor.execute(_SCORED, [market, list(numbers)])
        rows = cursor.fetchall()
    if not rows:
        return []
    concepts = json.loads(f"[{','.join(row[6] for row in rows)}]")
    meanings = sent_meanings([row[9] for row in rows])
    return [
        ScoredEntry(
            ScoredListing(*row[:5]),
            ScoredReading(row[5], meant, sent_grams(row[7]), row[8]),
            market,
            meaning,
            *row[10:],
        )
        for row, meant, meaning in zip(rows, concepts, meanings, strict=True)
    ]


def read_standing(listing: Listing) -> MarketEntry | None:
    """The entry of one listing that is at hand, with what was read in it; None before that. Cost: a query."""
    found = read_to_score(listing.market, [listing.pk])
    return _standing(listing, *found) if found else None


def _standing(listing: Listing, found: ScoredEntry) -> MarketEntry:
    reading = Reading.from_db(None, _OF_READING, [found.reading_id, *found.reading])
    values = found._asdict() | {"listing_id": listing.pk, "kind": listing.kind}
    entry = MarketEntry.from_db(None, _OF_ENTRY, [values[name] for name in _OF_ENTRY])
    entry.listing, entry.reading = listing, reading
    return entry


def shown_in_full(numbers: Collection[int]) -> dict[int, Listing]:
    """Listings by number, with all that is told of them beside another, and whose they are. Cost: a query."""
    return by_number("shown beside another", "", _shown, numbers)


def _shown() -> QuerySet[Listing]:
    return Listing.objects.with_owner().defer(*found_by("", "organisation__"))
