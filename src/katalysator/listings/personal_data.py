"""What is held of a person who writes needs and offers."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.listings.models import Listing


@holds("listings", Listing)
def listings_of_author(person: Person) -> dict[str, Any]:
    """Listings that the person wrote."""
    mine = Listing.objects.filter(author=person).order_by("pk")
    names = ("id", "organisation__slug", "kind", "market", "title", "text", "state", "created_at")
    return {"written": rows(mine, *names)}
