"""Between the tables and the engine: listings become profiles, and enter their market."""

from collections.abc import Sequence

import numpy as np

from katalysator.core.terms import Half
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import (
    Profile,
    Side,
    Standing,
    TextFeatures as Read,
    needs_side,
    offers_side,
)
from katalysator.engine.text import Embedder, Lexicon
from katalysator.listings.market import market
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import MarketEntry
from katalysator.readings.models import CAREFUL_DIMENSION
from katalysator.readings.texts import read_texts

_BATCH = 500


def profile(listing: Listing) -> Profile:
    """A listing as the engine sees it."""
    half: Half = "need" if listing.kind == Kind.NEED else "offer"
    where, stated = listing.market_class, listing.stated()
    return Profile(
        key=str(listing.pk),
        title=listing.title,
        text=listing.text,
        market=listing.market,
        organisation=str(listing.organisation_id),
        language=listing.language,
        areas=frozenset(listing.areas),
        regions=frozenset(listing.regions),
        skills=tuple(listing.skills),
        labels={term: frozenset(chosen) for term, chosen in where.labels(stated).items()},
        ranges=where.ranges(half, stated),
        capacity=listing.capacity,
        needs_regions=frozenset(listing.regions) if listing.region_required else frozenset(),
        needs_areas=frozenset(listing.areas) if listing.areas_required else frozenset(),
    )


def enter(listings: Sequence[Listing], embedder: Embedder | None = None) -> int:
    """Let the engine read what is new, and put the listings in their markets.

    Returns how many texts were new. Safe to run twice. Cost: that of `read_texts`, and one query.
    """
    readings, new = read_texts([profile(listing) for listing in listings], embedder)
    entries = [
        MarketEntry(
            listing=listing,
            kind=listing.kind,
            market=listing.market,
            reading=reading,
            meaning=reading.meaning,
        )
        for listing, reading in zip(listings, readings, strict=True)
    ]
    MarketEntry.objects.bulk_create(
        entries,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["kind", "market", "reading", "meaning"],
    )
    return new


def side(kind: str, entries: Sequence[MarketEntry], known: Lexicon) -> Side:
    """One side of the market from what was read, with the listings that it was read in."""
    make = needs_side if kind == Kind.NEED else offers_side
    profiles = [profile(entry.listing) for entry in entries]
    return make(profiles, features(entries), known, _standing(entries))


def features(entries: Sequence[MarketEntry]) -> Read:
    """What was read in the listings of some entries."""
    unread = np.zeros(CAREFUL_DIMENSION, np.float32)
    careful = [
        unread if entry.reading.careful is None else entry.reading.careful for entry in entries
    ]
    return Read(
        np.array([entry.meaning for entry in entries], np.float32),
        np.array(careful, np.float32).reshape(len(entries), CAREFUL_DIMENSION),
        bundled_thesaurus().rows([entry.reading.concepts for entry in entries]),
        tuple(np.array(entry.reading.grams, np.int32) for entry in entries),
        np.array([_lean(entry) for entry in entries], np.float64),
    )


def _standing(entries: Sequence[MarketEntry]) -> Standing:
    return Standing(
        np.array([(entry.mean, entry.careful_mean) for entry in entries], np.float64),
        np.array([(entry.spread, entry.careful_spread) for entry in entries], np.float64),
        np.array([entry.others for entry in entries], np.float64),
        np.zeros(len(entries)),  # markets say themselves whether their offers may ask
    )


def _lean(entry: MarketEntry) -> float:
    return 0.0 if market(entry.market).offers_may_ask else entry.reading.lean
