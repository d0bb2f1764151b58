"""What is held of a person who writes needs and offers."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.listings.models import KeptSheet, Listing


@holds("listings", Listing, KeptSheet)
def listings_of_author(person: Person) -> dict[str, Any]:
    """Listings that the person wrote, and the sheet that waits to be taken in."""
    mine = Listing.objects.filter(author=person).order_by("pk")
    names = ("id", "organisation__slug", "kind", "market", "title", "text", "state", "created_at")
    sheets = KeptSheet.objects.filter(person=person)
    return {"written": rows(mine, *names), "sheets": rows(sheets, "name", "given_at", "columns")}
