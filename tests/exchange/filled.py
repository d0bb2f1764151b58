"""A form filled in as a browser sends it."""

from typing import Any

from django.http import QueryDict

from katalysator.coalition.models import Organisation, Person
from katalysator.exchange.forms import ListingForm
from katalysator.exchange.models import Kind
from katalysator.exchange.registry import market
from tests import builders

Sent = dict[str, str | list[str]]

GOOD: Sent = {
    "language": "nl",
    "title": "Groeigeld gezocht",
    "text": "Wij zoeken groeigeld voor beeldherkenning.",
    "skills": "MLOps, computer vision",
    "areas": ["zorg", "agro"],
    "areas_required": "on",
    "regions": ["NL31"],
    "start": "2026-01-01",
    "end": "2026-12-31",
    "ticket_min": "1000.50",
    "ticket_max": "2000",
    "stage": ["seed"],
    "instrument": ["loan", "grant"],
    "capacity": "3",
    "min_capacity": "2",
    "visibility": "participants",
}


def sent(owner: Organisation, **fields: str | list[str]) -> QueryDict:
    """The good answers, but for these; an empty list leaves the field out."""
    data = QueryDict(mutable=True)
    for name, value in (GOOD | {"organisation": str(owner.pk)} | fields).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def form(
    person: Person | None = None,
    kind: Kind = Kind.NEED,
    slug: str = "capital",
    **fields: str | list[str],
) -> ListingForm:
    """The form of somebody of one organisation."""
    person = person or builders.person(builders.organisation())
    owner = person.organisations.first() or builders.organisation()
    where: Any = market(slug)
    return ListingForm(sent(owner, **fields), market=where, kind=kind, person=person)
