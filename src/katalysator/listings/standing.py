"""Until which day a listing is open: so many days as is usual from when it opened, or as its owner says.

Before that day its owner is reminded, and renews it with one click; after it, the listing expires.
"""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from katalysator.coalition.founding.current import current
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.queries import REMINDED

LONGEST: Final = 366
"""So many days ahead it may stand, at most."""
ANEW: Final = "renew"
"""The deed by which it stands anew."""


def check_day(day: date) -> None:
    """Refuse a day that is over, or too far ahead. Raises InvalidInput."""
    today = timezone.localdate()
    if not today <= day <= today + timedelta(days=LONGEST):
        raise InvalidInput(
            "stands-until",
            _("It cannot be open until %(day)s."),
            hint=_("Choose a day from today on, and at most %(most)s days ahead."),
            day=day,
            most=LONGEST,
        ).at("stands_until")


def stand(listing: Listing, *, anew: bool) -> None:
    """Give a listing that opens its last day: the one that was chosen where that is still to come; `anew`, at least the usual one."""
    today = timezone.localdate()
    usual = today + timedelta(days=current().listing_days)
    chosen = listing.stands_until
    if chosen is None or chosen < today or (anew and chosen < usual):
        chosen = usual
    listing.stands_until = chosen
    listing.reminders = due_by(chosen - today)


def due_by(left: timedelta) -> int:
    """How many reminders are due when so much time is left."""
    return sum(left <= timedelta(days=days) for days in REMINDED)


def require_period(listing: Listing) -> None:
    """Refuse to renew what is about a time that is over. Raises Conflict."""
    if listing.end is not None and listing.end < timezone.localdate():
        raise Conflict(
            "period-over",
            _("Its period was over on %(day)s."),
            hint=_("Change the period first."),
            day=listing.end,
        )


def why_over(listing: Listing, today: date) -> str:
    """Why a listing expires, for the trail."""
    if listing.end is not None and listing.end < today:
        return "its period is over"
    return f"it stood until {listing.stands_until}, and nobody renewed it"
