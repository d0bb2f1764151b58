"""Background work on listings."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.actors import CLOCK
from katalysator.listings.models import Listing
from katalysator.listings.verbs import move

_AT_NIGHT = "15 3 * * *"


@app.periodic(cron=_AT_NIGHT)
@app.task(name="listings.expire", queueing_lock="expire")
def expire(timestamp: int) -> None:
    """Let listings expire whose last day is over."""
    today = datetime.fromtimestamp(timestamp, timezone.get_current_timezone()).date()
    for listing in Listing.objects.ended(today):
        move(listing, "expire", by=CLOCK)
