"""Matches kept in the tables: searched again when a listing changes."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from katalysator.core.columns import write_columns
from katalysator.engine.text import Lexicon
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import Candidate, candidates
from katalysator.matches.entries import enter, stand
from katalysator.matches.models import MarketEntry, Match
from katalysator.matches.pairs import kept_parts, one_side, scored
from katalysator.matches.turns import take_turn
from katalysator.readings.careful import serving
from katalysator.readings.models import CarefulEncoder
from katalysator.readings.texts import lexicon, lexicon_is_stale, renew_lexicon

WORTH_KEEPING = 0.1
_BATCH = 1_000


def rematch(listing: Listing) -> int:
    """Read a listing, and put its matches of today in place of those of before.

    Returns how many there are. A listing that is not open has none. Who was found from the other
    side stays while it fits, so that a popular offer loses nobody. Safe to run twice.
    """
    enter([listing])
    stand(list(MarketEntry.objects.filter(pk=listing.pk).select_related("listing", "reading")))
    if lexicon_is_stale():
        renew_lexicon()
    partners = _partners(listing)
    found = candidates(listing, seen_by=None, also=partners) if listing.is_open else None
    keep = [item for item in (found.items if found else []) if item.score >= WORTH_KEEPING]
    _replace(listing, [_match(listing, item) for item in keep])
    return len(keep)


def _partners(listing: Listing) -> set[int]:
    """The listings that it is matched with now."""
    pairs = Match.objects.touching([listing.pk]).values_list("need", "offer")
    return {pk for pair in pairs for pk in pair} - {listing.pk}


def _match(listing: Listing, item: Candidate) -> Match:
    need, offer = (listing, item.listing) if listing.kind == Kind.NEED else (item.listing, listing)
    parts = {str(part): round(value, 6) for part, value in item.parts.items()}
    return Match(need=need, offer=offer, market=listing.market, score=item.score, parts=parts)


@transaction.atomic
def renew_best(market: str) -> None:
    """Set the best score of each listing of a market again, after one was thrown away."""
    take_turn(market)
    known = Listing.objects.filter(market=market).exclude(best=0.0, best_inside=0.0)
    _set_best(sorted(known.values_list("pk", flat=True)))


def rescore(market: str) -> int:
    """Score the matches of a market again by what is usual there now; returns how many there are."""
    matches = Match.objects.filter(market=market).order_by("need_id", "offer_id")
    known, encoder, count = lexicon(), serving(), 0
    rows = matches.iterator(chunk_size=_BATCH)
    while batch := list(islice(rows, _BATCH)):
        _rescore(market, batch, known, encoder)
        count += len(batch)
    renew_best(market)
    return count


def _rescore(
    market: str, matches: Sequence[Match], known: Lexicon, encoder: CarefulEncoder | None
) -> None:
    needs, need = one_side([match.need_id for match in matches])
    offers, offer = one_side([match.offer_id for match in matches])
    scores = scored(needs, offers, need, offer, known, encoder).scores
    for row, (match, total) in enumerate(zip(matches, scores.total.tolist(), strict=True)):
        match.score = total
        match.parts = kept_parts(scores, row)
    with transaction.atomic():
        take_turn(market)
        write_columns(matches, ["score", "parts"])


@transaction.atomic
def _replace(listing: Listing, matches: list[Match]) -> None:
    take_turn(listing.market)
    gone = Match.objects.touching([listing.pk])
    touched = {pk for pair in gone.values_list("need", "offer") for pk in pair}
    gone.delete()
    Match.objects.bulk_create(matches)
    touched |= {pk for match in matches for pk in (match.need_id, match.offer_id)} | {listing.pk}
    _set_best(sorted(touched))


def _set_best(listings: list[int]) -> None:
    """The score of each listing's best match, among what everyone sees and what participants see."""
    for kind, matches, other in (
        (Kind.NEED, "matches_as_need", "offer"),
        (Kind.OFFER, "matches_as_offer", "need"),
    ):
        public = Q(**{f"{matches}__{other}__visibility": Listing.Visibility.EVERYONE})
        rows = Listing.objects.filter(pk__in=listings, kind=kind).annotate(
            inside=Max(f"{matches}__score", default=0.0),
            outside=Max(f"{matches}__score", filter=public, default=0.0),
        )
        write_columns(map(_with_best, rows.order_by("pk")), ["best", "best_inside"])


def _with_best(row: Any) -> Listing:
    row.best, row.best_inside = row.outside, row.inside
    return row  # type: ignore[no-any-return]
