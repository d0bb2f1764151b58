"""Narrowing a list down: the form, the query that it makes, and the labels of what is filtered on."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Block, Hub
from katalysator.engine.matching.explanation import GOOD
from katalysator.listings.forms import area_choices, region_choices
from katalysator.listings.market import markets
from katalysator.listings.queries import ListingQuerySet
from katalysator.listings.workflow import LISTING, OPEN

ANY_STATE = "any"
ORDERS: dict[str, list[Any]] = {
    "newest": [F("published_at").desc(nulls_last=True), "-pk"],
    "ending": [F("end").asc(nulls_last=True), "pk"],
    "title": ["title", "pk"],
}


class FilterForm(forms.Form):
    """Narrow a list of needs and offers down; everything is optional."""

    SORTS = [
        ("newest", _("Newest first")),
        ("ending", _("Ending soonest")),
        ("gaps", _("Least served first")),
        ("title", _("Title")),
    ]

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    market = forms.ChoiceField(label=_("Market"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    block = forms.ChoiceField(label=_("Building block"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), required=False)
    show = forms.ChoiceField(label=_("Show"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("All"))]
        for name, choices in _filter_choices().items():
            self.fields[name].choices = [*anything, *choices]  # type: ignore[attr-defined]
        self.fields["state"].choices = state_choices()  # type: ignore[attr-defined]


def state_choices() -> list[tuple[str, Any]]:
    """What is open comes first and needs no saying; the rest of the workflow; and everything."""
    others = [(state, LISTING.label(state)) for state in LISTING.states if state != OPEN]
    return [("", _("Open")), *others, (ANY_STATE, _("All states"))]


def _filter_choices() -> dict[str, list[Any]]:
    return {
        "kind": [("need", _("Needs")), ("offer", _("Offers"))],
        "market": [(market.slug, market.label) for market in markets()],
        "area": area_choices(),
        "block": list(Block.choices),
        "region": region_choices(),
        "hub": [(hub.slug, hub.name) for hub in Hub.objects.all()],
        "show": [
            ("matches", _("Needs with a good offer")),
            ("gaps", _("Needs without a good offer")),
        ],
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
