"""The careful encoder at work in the background: what was missed is read, and one encoder follows another.

While another reads everything, the one that serves stays; then the markets change over, one by one.
"""

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from katalysator.listings.models import Listing
from katalysator.listings.workflow import OPEN
from katalysator.matches.entries import profile
from katalysator.matches.models import MarketEntry
from katalysator.readings.careful import let_serve, read_carefully, registered, serving, wanted
from katalysator.readings.models import CarefulEncoder, ModelTrouble
from katalysator.readings.trouble import is_resting, watched

AT_ONCE: Final = 32
"""Listings that are read before other work may go first."""


def read_by_careful(listings: Sequence[Listing]) -> tuple[bool, bool]:
    """Let the encoder that is asked for read some listings; whether scores change, and whether it worked.

    What is not open is passed over: it may be behind an address, and a draft leaves this machine for nobody.
    Where it fails, nothing changes and the operator is told why. Safe to run twice.
    """
    new, worked, choice = 0, False, wanted()
    if is_resting(ModelTrouble.Role.ENCODER, choice.spec):
        return False, False
    with watched(ModelTrouble.Role.ENCODER, choice.spec):
        if encoder := choice.load():
            new = read_carefully([profile(each) for each in listings if each.is_open], encoder)
            worked = True
    now = serving()
    return bool(new and now and now.name == choice.name), worked


def unread() -> QuerySet[MarketEntry]:
    """Open listings that the encoder that is asked for has not read; none where none is asked for."""
    entries = MarketEntry.objects.filter(listing__state=OPEN).order_by("pk")
    choice = wanted()
    if not choice:
        return entries.none()
    row = CarefulEncoder.objects.filter(name=choice.name).first()
    return entries.exclude(reading__careful__encoder=row) if row else entries


def some_unread() -> list[Listing]:
    """The first of them."""
    return [entry.listing for entry in unread().select_related("listing")[:AT_ONCE]]


def change_over() -> bool:
    """Let the encoder that is asked for serve, once it has read everything; whether that is new."""
    choice, now = wanted(), serving()
    if not choice or now is None or now.name == choice.name or unread().exists():
        return False
    with watched(ModelTrouble.Role.ENCODER, choice.spec):
        if encoder := choice.load():
            let_serve(registered(encoder))
            return True
    return False
