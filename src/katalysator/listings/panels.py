"""What this room shows on pages of others: what an organisation asks and offers, and what there is in a corner."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.engine.search import Sought
from katalysator.listings.cards import card_page
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing
from katalysator.search.finding import ranked

_SHOWN = 5  # of each kind in a corner
_ALIKE = 3  # before somebody asks a question


@panel("organisation", "listings/_of_organisation.html")
def listings_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """Its needs and offers that the asker may see, the newest first."""
    seen = Listing.objects.visible_to(reader(request)).filter(organisation=organisation)
    inside = speaks_for_any(reader(request))
    return {"page": card_page(seen.order_by("-pk"), request.GET.get("page"), inside=inside)}


@panel("corner", "listings/_in_corner.html", position=20)
def listings_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """The needs for which there is nothing, and the newest needs and offers, each with its whole list."""
    inside = speaks_for_any(reader(request))
    lists = [("gaps", _("Needs for which there is nothing"), "show=gaps"),
             ("needs", _("Needs"), "kind=need"), ("offers", _("Offers"), "kind=offer")]  # fmt: skip
    shown = []
    for sign, label, asked in lists:
        query = QueryDict(f"{urlencode(corner.query)}&{asked}")
        found = ListingFilter(query, Listing.objects.visible_to(reader(request)), request=request)
        page = card_page(found.qs, "1", inside=inside, most=_SHOWN)
        url = f"{reverse('listing-list')}?{query.urlencode()}"
        shown.append({"sign": sign, "label": label, "page": page, "url": url})
    return {"lists": shown}


@panel("before-asking", "listings/_before_asking.html", position=30)
def offered_alike(request: HttpRequest, query: Sought) -> dict[str, Any] | None:
    """Offers that may help who is about to ask a question."""
    seen = Listing.objects.visible_to(reader(request)).open()
    found = seen.found(query)["offer"][:_ALIKE]
    return {"listings": ranked(seen.with_names(), found)} if found else None
