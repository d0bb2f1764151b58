"""Between the tables and the engine: listings become profiles, and enter their market.

What is usual for each there is renewed as the market changes. It counts all open listings of the other
half, whoever may see them: a pair has one score for every reader.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from django.db.models import Max, Min, QuerySet

from katalysator.core.columns import write_columns
from katalysator.engine.concepts import Thesaurus, bundled_thesaurus
from katalysator.engine.matching import (
    CAREFUL,
    Habit,
    Profile,
    Sample,
    Side,
    Standing,
    TextFeatures as Read,
    laid_out,
    spread_evenly,
    standing,
)
from katalysator.engine.text import Embedder, Lexicon
from katalysator.listings.market import market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches.first_sight import told_by
from katalysator.matches.models import MarketEntry
from katalysator.matches.reading import AnyEntry, ScoredListing
from katalysator.readings.careful import careful_meanings, serving
from katalysator.readings.models import CarefulEncoder
from katalysator.readings.texts import read_texts

_BATCH: Final = 500
_CHANGE: Final = 0.05  # of the other half, from which on what is usual is found again
_ENOUGH: Final = 2_048  # that the careful encoder has read; more would change nothing
_CAREFUL_FIELDS: Final = ("encoder", "careful_mean", "careful_spread", "careful_others")
_FIELDS: Final = ("mean", "spread", "others", *_CAREFUL_FIELDS)


def profile(listing: Listing) -> Profile:
    """A listing as the engine sees it."""
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
        ranges=where.ranges(listing.half, stated),
        capacity=listing.capacity,
        needs_regions=frozenset(listing.regions) if listing.region_required else frozenset(),
        needs_areas=frozenset(listing.areas) if listing.areas_required else frozenset(),
    )


def profile_to_score(listing: ScoredListing) -> Profile:
    """As much of a listing as a score needs beside what was read in it."""
    return Profile(
        key=str(listing.pk),
        title="",
        text="",
        language=listing.language,
        skills=tuple(listing.skills),
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
            about=told_by(reading.concepts, listing.skills),
        )
        for listing, reading in zip(listings, readings, strict=True)
    ]
    MarketEntry.objects.bulk_create(
        entries,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["kind", "market", "reading", "meaning", "about"],
    )
    return new


def side(
    entries: Sequence[AnyEntry],
    known: Lexicon,
    encoder: CarefulEncoder | None,
    profiles: Sequence[Profile],
) -> Side:
    """One side of the market from what was read, with the `profiles` of the listings that it was read in.

    What the careful `encoder` read counts where the entry stands by it: two encoders are never mixed.
    """
    by_it = [entry.reading_id for entry in entries if encoder and entry.encoder_id == encoder.pk]
    read = features(entries, encoder, by_it, known.thesaurus)
    return laid_out(profiles, read, known, _standing(entries, read.habit))


def features(
    entries: Sequence[AnyEntry],
    encoder: CarefulEncoder | None,
    carefully: Collection[int] | None = None,
    thesaurus: Thesaurus | None = None,
) -> Read:
    """What was read in the listings of some entries; by the careful encoder in all, or in some readings."""
    numbers = [entry.reading_id for entry in entries]
    known = bundled_thesaurus() if thesaurus is None else thesaurus
    return Read(
        np.array([entry.meaning for entry in entries], np.float32),
        careful_meanings(numbers, encoder, carefully)
        if encoder
        else np.zeros((len(entries), 0), np.float32),
        known.rows([entry.reading.concepts for entry in entries]),
        tuple(entry.reading.grams for entry in entries),
        np.array([_lean(entry) for entry in entries], np.float64),
        encoder.habit if encoder else CAREFUL,
    )


def _standing(entries: Sequence[AnyEntry], habit: Habit) -> Standing:
    return Standing(
        np.array([(entry.mean, entry.careful_mean) for entry in entries], np.float64),
        np.array([(entry.spread, entry.careful_spread) for entry in entries], np.float64),
        np.array([entry.others for entry in entries], np.float64),
        np.zeros(len(entries)),  # markets say themselves whether their offers may ask
        habit,
    )


def _lean(entry: AnyEntry) -> float:
    return 0.0 if market(entry.market).offers_may_ask else entry.reading.lean


def stand(entries: Sequence[MarketEntry]) -> None:
    """Find what is usual for some entries of one half of a market. Cost: .1 s, and 1 ms an entry."""
    if entries:
        market, kind = entries[0].market, Kind(entries[0].kind).other
        _stand(entries, _Others.of(market, kind, serving()))


def standing_is_stale(market: str) -> bool:
    """Whether either half of a market changed by a twentieth since the other was set against it.

    Being read by the careful encoder is a change too, and so is another encoder.
    """
    encoder = serving()
    return any(_is_stale(market, kind, encoder) for kind in Kind.values)


def renew_standing(market: str) -> int:
    """Find what is usual again for all listings of a market; returns how many there are.

    Some hundreds are written at a time: who searches for one listing does not wait for all.
    """
    count, encoder = 0, serving()
    for kind in Kind.values:
        others = _Others.of(market, Kind(kind).other, encoder)
        rows = MarketEntry.objects.filter(market=market, kind=kind).order_by("pk")
        entries = _compared(rows).iterator(chunk_size=_BATCH)
        while batch := list(islice(entries, _BATCH)):
            _stand(batch, others)
            count += len(batch)
    return count


def _is_stale(market: str, kind: str, encoder: CarefulEncoder | None) -> bool:
    mine = _open(market, kind)
    if encoder and mine.exclude(encoder=encoder).exists():
        return True
    for name, now in _sizes(market, Kind(kind).other, encoder).items():
        known = mine.aggregate(least=Min(name), most=Max(name))
        if any(size is not None and abs(now - size) > _CHANGE * now for size in known.values()):
            return True
    return False


def _sizes(market: str, kind: str, encoder: CarefulEncoder | None) -> dict[str, int]:
    """How many are open, and how many of these both encoders have read."""
    others = _open(market, kind)
    carefully = others.filter(reading__careful__encoder=encoder) if encoder else others.none()
    return {"others": others.count(), "careful_others": min(_ENOUGH, carefully.count())}


def _open(market: str, kind: str) -> QuerySet[MarketEntry]:
    return MarketEntry.objects.filter(market=market, kind=kind, listing__state=OPEN)


@dataclass(frozen=True, slots=True)
class _Others:
    """One half of a market, for the other to be set against: some that stand for all, and by whom they were read."""

    sample: Sample
    sizes: Mapping[str, int]
    encoder: CarefulEncoder | None

    @classmethod
    def of(cls, market: str, kind: str, encoder: CarefulEncoder | None) -> "_Others":
        return cls(_sample(market, kind, encoder), _sizes(market, kind, encoder), encoder)


def _sample(market: str, kind: str, encoder: CarefulEncoder | None) -> Sample:
    """Open listings, spread evenly by age, that stand for all of one half of a market."""
    known = list(_open(market, kind).order_by("pk").values_list("pk", flat=True))
    chosen = [known[place] for place in spread_evenly(len(known)).tolist()]
    rows = MarketEntry.objects.filter(pk__in=chosen)
    profiles, read = _meant(list(_compared(rows).order_by("pk")), encoder)
    return Sample(profiles, read.meaning, read.careful, {market: len(known)}, {}, read.habit)


def _compared(rows: "QuerySet[MarketEntry]") -> "QuerySet[MarketEntry]":
    """Entries with no more than what is usual is found by: a third of what they take whole."""
    return rows.select_related("listing").only(
        "market", "meaning", "reading_id", "listing__language"
    )


def _meant(
    entries: Sequence[MarketEntry], encoder: CarefulEncoder | None
) -> tuple[list[Profile], Read]:
    """What both encoders read in entries, and the profiles as far as likenesses look at them."""
    profiles = [
        Profile(key="", title="", text="", market=entry.market, language=entry.listing.language)
        for entry in entries
    ]
    meaning = np.array([entry.meaning for entry in entries], np.float32)
    numbers = [entry.reading_id for entry in entries]
    careful = (
        careful_meanings(numbers, encoder) if encoder else np.zeros((len(entries), 0), np.float32)
    )
    habit = encoder.habit if encoder else CAREFUL
    none = bundled_thesaurus().rows([{} for _ in entries])
    return profiles, Read(meaning, careful, none, (), np.zeros(len(entries)), habit)


def _stand(entries: Sequence[MarketEntry], others: _Others) -> None:
    profiles, read = _meant(entries, others.encoder)
    found = standing(profiles, read, others.sample)
    numbers = zip(found.mean.tolist(), found.spread.tolist(), strict=True)
    for entry, (mean, spread) in zip(entries, numbers, strict=True):
        entry.mean, entry.careful_mean = mean
        entry.spread, entry.careful_spread = spread
        entry.others = others.sizes["others"]
        entry.encoder, entry.careful_others = others.encoder, others.sizes["careful_others"]
    write_columns(entries, _FIELDS)
