"""What this room shows on pages of others: what an organisation asks and offers."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.listings.cards import card_page
from katalysator.listings.models import Listing


@panel("organisation", "listings/_of_organisation.html")
def listings_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """Its needs and offers that the asker may see, the newest first."""
    seen = Listing.objects.visible_to(reader(request)).filter(organisation=organisation)
    inside = speaks_for_any(reader(request))
    return {"page": card_page(seen.order_by("-pk"), request.GET.get("page"), inside=inside)}
