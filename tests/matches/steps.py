"""Steps that many of these tests take: the background work done now, and texts that do or do not fit."""

from typing import Any

from django.test.utils import CaptureQueriesContext

from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.listings.models import Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.entries import enter
from katalysator.matches.search import rematch

NEED: dict[str, Any] = {
    "title": "Beelden van longscans herkennen",
    "text": "Wij zoeken een partij die longscans sneller beoordeelt met beeldherkenning.",
}
OFFER: dict[str, Any] = {
    "title": "Beeldherkenning voor medische scans",
    "text": "Wij beoordelen longscans en andere medische beelden met beeldherkenning.",
}
FAR: dict[str, Any] = {
    "title": "Boekhouding voor veehouders",
    "text": "Wij doen de administratie van melkveebedrijven: mestboekhouding en subsidies.",
    "areas": ("agro",),
}


def match_all() -> None:
    """Read, match and allocate everything, as the background does."""
    listings = list(Listing.objects.order_by("pk"))
    enter(listings)
    for listing in listings:
        rematch(listing)
    for market in set(Listing.objects.values_list("market", flat=True)):
        allocate(market)


def events(listing: Listing) -> list[Event]:
    """What was written down about a listing, oldest first."""
    of_it = Event.objects.filter(subject_type="listings.listing", subject_id=str(listing.pk))
    return list(of_it.order_by("pk"))


def trail_holds() -> bool:
    """Whether the whole chain is as it was written."""
    return not audit.verify().broken


def statements(queries: CaptureQueriesContext) -> list[str]:
    """The questions put to the database, without savepoints."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
