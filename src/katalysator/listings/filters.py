"""From the filter form to a query, and back to the labels of what is filtered on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.http import QueryDict

from katalysator.coalition.models import Hub
from katalysator.engine.matching.explanation import GOOD
from katalysator.listings.forms import ANY_STATE, FilterForm
from katalysator.listings.queries import ListingQuerySet
from katalysator.listings.workflow import OPEN

ORDERS: dict[str, list[Any]] = {
    "newest": [F("published_at").desc(nulls_last=True), "-pk"],
    "ending": [F("end").asc(nulls_last=True), "pk"],
    "title": ["title", "pk"],
}


def narrowed(listings: ListingQuerySet, form: FilterForm, *, inside: bool) -> ListingQuerySet:
    """The listings that the form asks for; what it cannot read is left out of account.

    `inside` says whether matches among participants count for the asker.
    """
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    state = asked.get("state", OPEN)
    if state != ANY_STATE:
        listings = listings.filter(state=state)
    for name in ("kind", "market", "block"):
        if name in asked:
            listings = listings.filter(**{name: asked[name]})
    if "area" in asked:
        listings = listings.in_area(asked["area"])
    if "region" in asked:
        listings = listings.in_region(asked["region"])
    if "hub" in asked:
        listings = listings.of_hub(Hub.objects.get(slug=asked["hub"]))
    if "q" in asked:
        listings = listings.about(asked["q"])
    listings = _served(listings, asked.get("show"), inside=inside)
    return listings.order_by(*_order(asked.get("sort"), inside=inside))


def _served(listings: ListingQuerySet, show: str | None, *, inside: bool) -> ListingQuerySet:
    if show == "gaps":
        return listings.gaps(GOOD, inside=inside)
    if show == "matches":
        return listings.served(GOOD, inside=inside)
    return listings


def _order(sort: str | None, *, inside: bool) -> list[Any]:
    if sort == "gaps":
        return ["best_inside" if inside else "best", "pk"]
    return ORDERS[sort or "newest"]


def active(form: FilterForm, query: QueryDict) -> Iterator[tuple[str, str]]:
    """What is filtered on: the label of each, and the query without it."""
    form.is_valid()
    for name, value in form.cleaned_data.items():
        if value and name != "sort":
            rest = query.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            yield _label(form, name, value), f"?{rest.urlencode()}"


def _label(form: FilterForm, name: str, value: str) -> str:
    field = form.fields[name]
    choices = dict(getattr(field, "choices", []))
    return f"{field.label}: {choices.get(value, value)}"
