"""A form filled in as a browser sends it."""

from collections.abc import Mapping

from django.http import QueryDict

from katalysator.coalition.models import Organisation, Person
from katalysator.listings.forms import ListingForm
from katalysator.listings.market import market
from katalysator.listings.models import Kind
from tests import builders

Sent = Mapping[str, str | list[str]]

GOOD: dict[str, str | list[str]] = {
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


def sent(owner: Organisation, fields: Sent | None = None) -> QueryDict:
    """The good answers, but for these; an empty list leaves the field out."""
    data = QueryDict(mutable=True)
    for name, value in {**GOOD, "organisation": str(owner.pk), **(fields or {})}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def form(
    fields: Sent | None = None,
    *,
    person: Person | None = None,
    kind: Kind = Kind.NEED,
    slug: str = "capital",
    draft: bool = False,
) -> ListingForm:
    """The form as somebody of one organisation sends it."""
    person = person or builders.person(builders.organisation())
    owner = person.organisations.get()
    data = sent(owner, fields)
    return ListingForm(data, market=market(slug), kind=kind, person=person, draft=draft)


def sentences(filled: ListingForm, *names: str) -> str:
    """What the form says about these fields."""
    return " ".join(str(error) for name in names for error in filled.errors[name])


def as_sent(value: object) -> str | list[str]:
    """An initial value of a form, as a browser sends it back."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    if value is None or value is False:
        return []
    if value is True:
        return "on"
    return str(getattr(value, "pk", value))
