"""What datasets show on pages of others. What is published, changed or withdrawn writes an offer too, by which pages that are kept know it."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from katalysator.coalition.models import Organisation
from katalysator.core.panels import panel
from katalysator.dataspace.datasets.cards import cards
from katalysator.dataspace.datasets.offering import MARKET
from katalysator.dataspace.models import Dataset
from katalysator.listings.models import Listing

_SHOWN: Final = 5


@panel("organisation", "dataspace/datasets/_of_organisation.html", position=56)
def datasets_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:  # noqa: ARG001
    """What it shares, the newest first."""
    found = Dataset.objects.published().filter(connector__organisation=organisation)
    newest = list(found.with_holder().order_by("-changed_at", "-pk")[: _SHOWN + 1])
    if not newest:
        return None
    url = f"{reverse('dataset-list')}?{urlencode({'organisation': organisation.slug})}"
    return {"cards": cards(newest[:_SHOWN]), "is_more": len(newest) > _SHOWN, "url": url}


@panel("listing", "dataspace/datasets/_of_listing.html", position=60)
def dataset_of(request: HttpRequest, listing: Listing) -> dict[str, Any] | None:  # noqa: ARG001
    """The dataset that an offer in the market of data is about."""
    if listing.market != MARKET:
        return None
    found = Dataset.objects.published().filter(listing=listing).first()
    return {"dataset": found} if found else None
