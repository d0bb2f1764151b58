"""Background work: jobs carry numbers and names only, and may run twice without harm."""

from django.conf import settings
from procrastinate.contrib.django import app

from katalysator.core.jobs import defer_once as _defer_once
from katalysator.engine.text import careful
from katalysator.listings.models import Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.entries import profile, renew_standing, standing_is_stale
from katalysator.matches.search import rematch, renew_best, rescore
from katalysator.readings.texts import read_carefully

DEFAULT_QUEUE, CAREFUL_QUEUE = "default", "careful"
"""What is waited for, and what is done when nothing is."""


def match_soon(listing_id: int) -> None:
    """Queue the search for matches of a listing."""
    _defer_once(match_listing, f"match-{listing_id}", listing_id=listing_id)


def allocate_soon(market: str) -> None:
    """Queue the allocation of a market."""
    _defer_once(allocate_market, f"allocate-{market}", market=market)


def renew_best_soon(market: str) -> None:
    """Queue the setting of best scores of a market."""
    _defer_once(renew_best_of_market, f"renew-best-{market}", market=market)


def _market_changed(market: str) -> None:
    """Queue what follows for a whole market when the matches of one listing were found."""
    if standing_is_stale(market):
        _defer_once(renew_standing_of_market, f"standing-{market}", market=market)
    allocate_soon(market)


@app.task(name="matches.match_listing", retry=3)
def match_listing(listing_id: int) -> None:
    """Read a listing that changed, find its matches, and let its market be allocated again."""
    listing = Listing.objects.filter(pk=listing_id).first()
    if listing is not None:
        rematch(listing)
        _market_changed(listing.market)
        if settings.CAREFUL:
            _defer_once(read_listing_carefully, f"careful-{listing_id}", listing_id=listing_id)


@app.task(name="matches.read_carefully", queue=CAREFUL_QUEUE, priority=-10, retry=3)
def read_listing_carefully(listing_id: int) -> None:
    """Let the slower encoder read a listing too, and find its matches by what it says."""
    listing, slow = Listing.objects.filter(pk=listing_id).first(), careful()
    if listing is not None and slow and read_carefully([profile(listing)], slow):
        rematch(listing)
        _market_changed(listing.market)


@app.task(name="matches.allocate_market", lock="allocate", retry=3)
def allocate_market(market: str) -> None:
    """Divide the seats of a market among those who fit, and set how busy each offer is."""
    allocate(market)


@app.task(name="matches.renew_best", retry=3)
def renew_best_of_market(market: str) -> None:
    """Set the best scores of a market again, after a listing was thrown away."""
    renew_best(market)


@app.task(name="matches.renew_standing", lock="standing", retry=3)
def renew_standing_of_market(market: str) -> None:
    """Find what is usual in a market again, and score its matches by it."""
    renew_standing(market)
    rescore(market)
