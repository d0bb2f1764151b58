"""What this room shows on pages of others: who fits a listing, and the newest matches."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.panels import panel, shown_on_each
from katalysator.core.personal import reader
from katalysator.listings.models import Listing
from katalysator.matches.candidates import Candidates, candidates
from katalysator.matches.cards import MatchCard, folded, hidden_rows, match_cards


@panel("listing", "matches/_matches.html")
def matches_of(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    """Who fits a listing and why; that we are looking, where it was not read yet."""
    seen_by = reader(request)
    found = candidates(listing, seen_by=seen_by) if listing.is_open else None
    context: dict[str, Any] = {
        "listing": listing,
        "is_open": listing.is_open,
        "matches_pending": listing.is_open and found is None,
    }
    if found is None:
        return context
    cards = _with_panels(
        request, listing, found, match_cards(listing, found, inside=speaks_for_any(seen_by))
    )
    return context | {
        "matches": cards,
        "folding": folded(cards),
        "seen_total": found.seen,
        "hidden": hidden_rows(listing.market_class, found.hidden),
    }


def _with_panels(
    request: HttpRequest, listing: Listing, found: Candidates, cards: Sequence[MatchCard]
) -> list[MatchCard]:
    """The cards with what rooms above show on each match: a pair of the listing and the other."""
    mine = _named(listing)
    pairs = [(mine, _named(item.listing)) for item in found.items]
    added = shown_on_each("match", request, pairs)
    return [replace(card, panels=panels) for card, panels in zip(cards, added, strict=True)]


def _named(listing: Listing) -> Listing:
    """The same listing, with no more than panels on a match show: their places are kept with the page."""
    fields = ("id", "kind", "organisation_id", "title")
    return Listing.from_db(None, fields, [getattr(listing, name) for name in fields])
