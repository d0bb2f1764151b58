"""What is new for a saved search: open needs and offers of others that its person may see at this moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from katalysator.boards.models import SavedSearch
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing
from katalysator.listings.queries import own

MOST: Final = 50
"""So many are looked at for one letter."""


def new_for(search: SavedSearch, until: datetime) -> Sequence[Listing]:
    """What was published since its person was told, the newest or most relevant first. Cost: that of a page of the board."""
    person = search.person
    seen = Listing.objects.visible_to(person).open().exclude(own(person))
    seen = seen.filter(published_at__gte=search.told_until, published_at__lt=until)
    asked = search.asked.copy()
    asked.pop("state", None)  # what is open is what is new
    found = ListingFilter(asked, seen, request=_asked_by(search))
    return list(found.qs.with_names()[:MOST])


def _asked_by(search: SavedSearch) -> HttpRequest:
    """A request of the person, for questions whose answer depends on who asks."""
    request = HttpRequest()
    request.user = search.person
    return request
