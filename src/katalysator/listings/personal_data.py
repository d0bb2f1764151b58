"""What is held of a person who writes needs and offers."""

from typing import Any, Final

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.listings.models import Listing

_SAID: Final = (
    "language", "areas", "regions", "skills", "start", "end", "capacity", "terms", "visibility", "reference",
    "stands_until",
)  # fmt: skip


@holds("listings", Listing)
def listings_of_author(person: Person) -> dict[str, Any]:
    """Listings that the person wrote for organisations, and all of those in own name."""
    written = Listing.objects.filter(author=person, person=None).order_by("pk")
    names = ("id", "organisation__slug", "kind", "market", "title", "text", "state", "created_at")
    mine = Listing.objects.filter(person=person).order_by("pk")
    return {"written": rows(written, *names), "in_own_name": rows(mine, *names, *_SAID)}
