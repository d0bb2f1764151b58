"""What a web process does before it lets anybody in: count what is open, and look once for what fits in each half of each market.

The database then has in memory what it walks through, and so has its process that serves our connection: the first
visitors would wait for that. After two seconds no more is begun; what is not done by then is done for them.
"""

from contextlib import suppress
from threading import Event
from time import monotonic
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError

from katalysator.listings.market import markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.matrix import counted

_MOST: Final = 2.0  # seconds


class Rehearsal:
    """Work for a thread of waitress; `over` once it is done."""

    def __init__(self) -> None:
        self.over = Event()

    def service(self) -> None:
        """Rehearse. Without a database pages will say so; here nobody needs to know."""
        try:
            with suppress(DatabaseError):
                rehearse()
        finally:
            self.over.set()

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self.over.set()


def rehearse() -> int:
    """Look as a visitor at the matrix, and for what fits the newest listing of each half of a market; returns of how many.

    Cost: that of `counted`; after two seconds no more is begun.
    """
    visitor, end, looked = AnonymousUser(), monotonic() + _MOST, 0
    counted(visitor)
    seen = Listing.objects.visible_to(visitor).open().order_by("-pk")
    for market in markets():
        for kind in Kind:
            if monotonic() > end:
                return looked
            newest = seen.of_kind(kind).filter(market=market.slug).first()
            found = newest and candidates(newest, seen_by=visitor)
            for each in found.items if found else ():
                _ = each.explanation
            looked += bool(found)
    return looked
