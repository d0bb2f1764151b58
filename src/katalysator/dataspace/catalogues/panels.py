"""What asking shows on pages of others: the way to ask for a dataset, or to the request that there is."""

from typing import Any

from django.http import HttpRequest

from katalysator.core.actors import permits
from katalysator.core.panels import panel
from katalysator.dataspace.catalogues.asking import asked_before
from katalysator.dataspace.models import Dataset, Negotiation
from katalysator.dataspace.records.terms import shown_offers
from katalysator.dataspace.rules import SHARE


@panel("dataset-deeds", "dataspace/catalogues/_to_asking.html", position=20)
def to_asking(request: HttpRequest, dataset: Dataset) -> dict[str, Any] | None:
    """The way to ask for it, on some terms, for who does not keep it; and to what one's organisations asked last. Cost: two queries."""
    person = request.user
    if person.is_authenticated and permits(person, SHARE, dataset):
        return None
    asked = None
    if person.is_authenticated:
        rows = Negotiation.objects.visible_to(person)
        asked = asked_before(rows, dataset.connector.participant_id, dataset.key)
    may_ask = bool(shown_offers(dataset))
    return {"dataset": dataset, "asked": asked, "may_ask": may_ask} if asked or may_ask else None
