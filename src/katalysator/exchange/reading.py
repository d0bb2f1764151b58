"""Between the tables and the engine: listings become profiles, and what was read is kept."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from django.db import transaction
from django.utils import timezone

from katalysator.engine.matching import Labels, Profile, Side, needs_side, offers_side, read
from katalysator.engine.matching import Reading as Read
from katalysator.engine.text import Embedder, Lexicon, bundled
from katalysator.engine.text.embedding import UniversalSentenceEncoder
from katalysator.exchange import models, registry
from katalysator.exchange.models import Kind, Listing

_READ_BY = "2"  # another number when something else is read in the same text


def profile(listing: Listing) -> Profile:
    """A listing as the engine sees it."""
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
        labels=_labels(listing.labels),
        start=listing.start,
        end=listing.end,
        ticket_min=None if listing.ticket_min is None else float(listing.ticket_min),
        ticket_max=None if listing.ticket_max is None else float(listing.ticket_max),
        capacity=listing.capacity,
        min_capacity=listing.min_capacity,
        needs_regions=frozenset(listing.regions) if listing.region_required else frozenset(),
        needs_areas=frozenset(listing.areas) if listing.areas_required else frozenset(),
    )


def _labels(labels: Sequence[str]) -> dict[str, Labels]:
    found: dict[str, set[str]] = {}
    for label in labels:
        term, _, choice = label.partition(":")
        found.setdefault(term, set()).add(choice)
    return {term: frozenset(choices) for term, choices in found.items()}


def read_listings(listings: Sequence[Listing], embedder: Embedder | None = None) -> int:
    """Let the engine read what it has not read yet; returns how many that were.

    Cost: 4 ms a listing, for the embedder; 2 s more where it is not loaded yet.
    """
    known = dict(
        models.Reading.objects.filter(listing__in=listings).values_list("listing_id", "digest")
    )
    new = [listing for listing in listings if known.get(listing.pk) != _digest(listing)]
    if new:
        _keep(new, read([profile(listing) for listing in new], embedder or bundled()))
    return len(new)


@transaction.atomic
def _keep(listings: Sequence[Listing], reading: Read) -> None:
    rows = [
        models.Reading(
            listing=listing,
            kind=listing.kind,
            market=listing.market,
            meaning=reading.meaning[n],
            grams=reading.grams[n].tolist(),
            lean=float(reading.lean[n]),
            digest=_digest(listing),
        )
        for n, listing in enumerate(listings)
    ]
    models.Reading.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["kind", "market", "meaning", "grams", "lean", "digest"],
    )
    ids = [listing.pk for listing in listings]
    Listing.objects.filter(pk__in=ids).update(read_at=timezone.now())


def _digest(listing: Listing) -> str:
    model = UniversalSentenceEncoder.name
    said = "\0".join(
        [
            _READ_BY,
            model,
            listing.kind,
            listing.market,
            listing.title,
            listing.text,
            *listing.skills,
        ]
    )
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def side(kind: str, readings: Sequence[models.Reading], known: Lexicon) -> Side:
    """One side of the market from what was read, with the listings that it was read in."""
    read_before = Read(
        np.array([reading.meaning for reading in readings], np.float32),
        tuple(np.array(reading.grams, np.int32) for reading in readings),
        np.array([_lean(reading) for reading in readings], np.float64),
    )
    make = needs_side if kind == Kind.NEED else offers_side
    return make([profile(reading.listing) for reading in readings], read_before, known)


def _lean(reading: models.Reading) -> float:
    return 0.0 if registry.market(reading.market).offers_may_ask else reading.lean


def lexicon() -> Lexicon:
    """The newest lexicon; an empty one, in which all letter groups weigh the same, before the first."""
    newest = models.Lexicon.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Lexicon.empty() if newest is None else _lexicon(newest)


@lru_cache(maxsize=1)
def _lexicon(number: int) -> Lexicon:
    row = models.Lexicon.objects.get(pk=number)
    return Lexicon(np.frombuffer(bytes(row.frequency), np.int32), row.texts)


@transaction.atomic
def renew_lexicon() -> int:
    """Count all letter groups again; returns the number of texts. Cost: one pass over what was read."""
    grams = models.Reading.objects.order_by("pk").values_list("grams", flat=True)
    counted = Lexicon.fit(np.array(each, np.int32) for each in grams.iterator(chunk_size=2_000))
    models.Lexicon.objects.all().delete()
    models.Lexicon.objects.create(
        frequency=counted.frequency.astype(np.int32).tobytes(), texts=counted.texts
    )
    return counted.texts


def lexicon_is_stale(*, growth: float = 1.1) -> bool:
    """Whether a tenth more was read since the letter groups were counted."""
    counted = models.Lexicon.objects.order_by("-pk").values_list("texts", flat=True).first() or 0
    return models.Reading.objects.count() > counted * growth
