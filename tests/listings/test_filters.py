"""From a filter to a list and back: narrowed, ordered, labelled, and deaf to what it cannot read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.forms import Form
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Hub, Person
from katalysator.core.filters import ListQuery
from katalysator.engine.matching.explanation import GOOD
from katalysator.listings import verbs
from katalysator.listings.filters import ANY_STATE, ListingFilter
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.listings.workflow import LISTING, OPEN
from tests import builders

pytestmark = pytest.mark.django_db


def listing(
    title: str, kind: Kind = Kind.NEED, slug: str = "expertise", day: int = 1, **fields: Any
) -> Listing:
    with time_machine.travel(datetime(2026, 1, day, tzinfo=UTC)):
        return builders.listing(builders.organisation(), kind, slug, title=title, **fields)


@pytest.fixture(scope="module", autouse=True)
def four(lasting: Callable[[], AbstractContextManager[object]]) -> None:
    with lasting():
        _post_four()


def _post_four() -> None:
    Hub.objects.create(slug="midden", name="Voorbeeldhub Midden", regions=["NL31"])
    listing(
        "A robots", day=1, areas=("zorg",), regions=("NL31",), block="data", end=date(2026, 9, 1)
    )
    listing("B robots", Kind.OFFER, day=2, areas=("agro",), regions=("NL42",), block="talent")
    listing(
        "C stage",
        slug="internship",
        day=3,
        areas=("agro", "zorg"),
        regions=("NL",),
        end=date(2026, 5, 1),
    )
    listing("D data", Kind.OFFER, "data", day=4, areas=("energie",), regions=("NL32",))
    for title, best, inside in (
        ("A robots", 0.2, 0.9),
        ("B robots", 0.9, 0.9),
        ("C stage", GOOD, GOOD),
    ):
        Listing.objects.filter(title=title).update(best=best, best_inside=inside)


def asked_by(
    person: Person | AnonymousUser, listings: ListingQuerySet, asked: dict[str, str]
) -> ListingFilter:
    """The questions of a page, by somebody."""
    request = RequestFactory().get("/", asked)
    request.user = person
    return ListingFilter(QueryDict(urlencode(asked)), listings, request=request)


def found(asked: dict[str, str], *, inside: bool = False) -> str:
    """The first letters of the titles, in order."""
    who = builders.person(builders.organisation()) if inside else AnonymousUser()
    listings = asked_by(who, Listing.objects.all(), asked).qs
    return "".join(title[0] for title in listings.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ({}, "DCBA"),
        ({"kind": "need"}, "CA"),
        ({"kind": "offer"}, "DB"),
        ({"market": "expertise"}, "BA"),
        ({"block": "data"}, "DA"),
        ({"area": "zorg"}, "CA"),
        ({"region": "NL31"}, "CA"),
        ({"region": "NL"}, "DCBA"),
        ({"hub": "midden"}, "CA"),
        ({"q": "robot"}, "BA"),
        ({"q": "robots", "kind": "offer", "area": "agro", "region": "NL42"}, "B"),
        ({"q": "robots", "area": "energie"}, ""),
        ({"show": "gaps"}, "A"),
        ({"show": "matches"}, "C"),
        ({"sort": "newest"}, "DCBA"),
        ({"sort": "ending"}, "CABD"),
        ({"sort": "title"}, "ABCD"),
        ({"sort": "gaps"}, "DACB"),
    ],
)
def test_a_list_is_narrowed_and_ordered(asked: dict[str, str], letters: str) -> None:
    assert found(asked) == letters


@pytest.mark.parametrize(
    ("asked", "letters"),
    [({"show": "gaps"}, ""), ({"show": "matches"}, "CA"), ({"sort": "gaps"}, "DCAB")],
)
def test_inside_the_coalition_more_is_served(asked: dict[str, str], letters: str) -> None:
    assert found(asked, inside=True) == letters


def test_a_draft_stands_last_in_the_newest_and_has_no_gap() -> None:
    builders.draft(builders.organisation(), title="E concept")
    assert found({"state": "any"}) == "DCBAE"
    assert found({"show": "gaps", "state": "any"}) == "A"


@pytest.mark.parametrize("verb", ["settle", "close", "expire", "withdraw"])
def test_what_is_open_needs_no_saying_and_every_other_state_does(verb: str) -> None:
    state = verbs.move(Listing.objects.get(title="A robots"), verb, by=builders.HOUSE).state
    assert found({}) == found({"state": ""}) == "DCB"
    assert found({"state": state}) == "A"
    assert found({"state": "any"}).replace("A", "") == "DCB"
    assert len(found({"state": "any"})) == 4


RUBBISH = [
    {"kind": "wish"},
    {"market": "atlantis"},
    {"block": "🙂"},
    {"area": "zorg'--"},
    {"region": "nl31"},
    {"hub": "nowhere"},
    {"show": "everything"},
    {"state": "lost"},
    {"sort": "-password"},
    {"q": "x" * 20_000},
    {"area": "zorg\0"},
    {"colour": "blue"},
]


@pytest.mark.parametrize("asked", RUBBISH)
def test_what_it_cannot_read_is_left_out_of_account(asked: dict[str, str]) -> None:
    assert found(asked) == "DCBA"


@pytest.mark.parametrize("asked", [*RUBBISH, {"page": "0"}, {"page": "9" * 5_000}, {"page": "\0"}])
def test_rubbish_in_the_address_is_no_error_page(client: Client, asked: dict[str, str]) -> None:
    assert client.get(reverse("listing-list"), asked).status_code == 200
    assert client.get(reverse("listing-export"), asked).status_code == 200


class TestWhatIsFilteredOn:
    def labels(self, **asked: str) -> list[tuple[str, str]]:
        asking = asked_by(AnonymousUser(), Listing.objects.all(), asked)
        return [(each.label, each.without) for each in asking.active()]

    def test_each_filter_is_named_and_can_be_taken_away(self) -> None:
        assert self.labels(kind="need", area="zorg", q="ro bots") == [
            ("Words: ro bots", "?kind=need&area=zorg"),
            ("Kind: Needs", "?area=zorg&q=ro+bots"),
            ("Area: Health and care", "?kind=need&q=ro+bots"),
        ]

    def test_the_order_is_no_filter_and_stays(self) -> None:
        assert self.labels(sort="title") == []
        assert self.labels(sort="title", hub="midden") == [
            ("Hub: Voorbeeldhub Midden", "?sort=title")
        ]

    def test_taking_one_away_leads_to_the_first_page(self) -> None:
        assert self.labels(kind="need", page="3") == [("Kind: Needs", "?")]

    def test_what_it_cannot_read_is_not_named(self) -> None:
        assert self.labels(kind="wish", area="atlantis") == []


def test_a_longer_list_asks_the_database_as_often(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What has changed, areas and hubs for the form, the count, which they are and as they are now, and their cards with the areas.

    Areas and hubs are asked for once while they do not change.
    """
    url = reverse("listing-list")
    with django_assert_num_queries(8):
        assert len(client.get(url, {"market": "data"}).context["page"]) == 1
    with django_assert_num_queries(5):
        assert len(client.get(url, {"region": "NL"}).context["page"]) == 4


def test_an_expired_listing_leaves_the_open_list() -> None:
    verbs.move(Listing.objects.get(title="A robots"), "expire", by=builders.HOUSE)
    asking = asked_by(AnonymousUser(), Listing.objects.all(), {"kind": "need"})
    assert [each.title for each in asking.qs] == ["C stage"]


def test_every_state_of_the_workflow_can_be_asked_for() -> None:
    """Of the form, and in the document of the API, which both read the one declaration."""
    states = {name for name in LISTING.states if name != OPEN} | {ANY_STATE, ""}
    form = asked_by(AnonymousUser(), Listing.objects.all(), {}).form
    assert {value for value, _label in form.fields["state"].choices} == states  # type: ignore[attr-defined]
    shape = ListQuery[ListingFilter].model_json_schema()["properties"]["state"]
    assert set(shape["enum"]) == states


class TestTheForm:
    def form(self, **asked: str) -> Form:
        return asked_by(AnonymousUser(), Listing.objects.all(), asked).form

    def test_it_offers_all_of_everything_first(self) -> None:
        fields = self.form().fields
        for name in ("kind", "market", "area", "block", "region", "hub", "show"):
            choices = list(fields[name].choices)  # type: ignore[attr-defined]
            assert choices[0] == ("", "All")
            assert len(choices) > 1
        assert ("midden", "Voorbeeldhub Midden") in fields["hub"].choices  # type: ignore[attr-defined]

    def test_nothing_is_required(self) -> None:
        assert self.form().is_valid()

    def test_it_asks_for_areas_and_hubs_once(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(2):
            self.form(area="zorg", hub="").is_valid()
