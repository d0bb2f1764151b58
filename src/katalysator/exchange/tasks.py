"""Background work: jobs carry numbers and names only, and may run twice without harm."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from katalysator.core.actors import CLOCK
from katalysator.exchange.models import Listing

_AT_NIGHT = "15 3 * * *"


def match_soon(listing: Listing) -> None:
    """Queue the search for matches of a listing; one waiting job is enough."""
    try:
        with transaction.atomic():
            match_listing.configure(queueing_lock=f"match-{listing.pk}").defer(
                listing_id=listing.pk
            )
    except AlreadyEnqueued:
        return


def allocate_soon(market: str) -> None:
    """Queue the allocation of a market; one waiting job is enough."""
    try:
        with transaction.atomic():
            allocate_market.configure(queueing_lock=f"allocate-{market}").defer(market=market)
    except AlreadyEnqueued:
        return


@app.task(name="exchange.match_listing", retry=3)
def match_listing(listing_id: int) -> None:
    """Read a listing that changed, find its matches, and let its market be allocated again."""
    from katalysator.exchange.rematching import rematch

    listing = Listing.objects.filter(pk=listing_id).first()
    if listing is not None:
        rematch(listing)
        allocate_soon(listing.market)


@app.task(name="exchange.allocate_market", lock="allocate", retry=3)
def allocate_market(market: str) -> None:
    """Divide the seats of a market among those who fit, and set how busy each offer is."""
    from katalysator.exchange.rematching import allocate

    allocate(market)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="exchange.expire_listings", queueing_lock="expire")
def expire_listings(timestamp: int) -> None:
    """Let listings expire whose last day is over."""
    from katalysator.exchange.verbs import move

    today = datetime.fromtimestamp(timestamp, timezone.get_current_timezone()).date()
    for listing in Listing.objects.ended(today):
        move(listing, "expire", by=CLOCK)
