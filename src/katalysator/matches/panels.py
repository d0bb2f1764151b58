"""What this room shows on pages of others: who fits a listing."""

from collections.abc import Hashable
from typing import Any

from django.http import HttpRequest

from katalysator.coalition.queries import speaks_for_any
from katalysator.core.changes import states
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.listings.models import Kind, Listing, half_of
from katalysator.listings.queries import sight_of_open
from katalysator.matches.candidates import candidates
from katalysator.matches.cards import hidden_rows
from katalysator.matches.rows import folded, match_rows


def _kept_by(request: HttpRequest, listing: Listing) -> tuple[str, Hashable]:
    """Made of the listing, and of what the reader sees of the other half of its market."""
    others = half_of(listing.market, Kind(listing.kind).other)
    return sight_of_open(reader(request)), (listing.version, states().of(others))


@panel("listing", "matches/_matches.html", kept_by=_kept_by)
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
    rows = match_rows(request, listing, found, inside=speaks_for_any(seen_by))
    return context | {
        "matches": rows,
        "folding": folded(rows),
        "seen_total": found.seen,
        "hidden": hidden_rows(listing.market_class, found.hidden),
    }
