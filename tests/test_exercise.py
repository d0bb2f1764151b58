"""An exercise: a new market, a new state and a new deed, each declared once and used everywhere.

The market is one class; the state and the deed are lines in a copy of the listing's table. Nothing
else is written for them: forms, pages, addresses, SQL, the engine, the API and the download follow.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import reload
from types import ModuleType
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLResolver, clear_url_caches, get_resolver
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Organisation
from katalysator.core import followups
from katalysator.core.terms import Level, Number, Range
from katalysator.core.workflow import State, Transition
from katalysator.engine.matching import Constraints
from katalysator.listings import urls, workflow
from katalysator.listings.market import Market
from katalysator.listings.models import Kind, Listing
from katalysator.listings.verbs import move
from katalysator.matches.candidates import candidates
from katalysator.matches.entries import enter, profile
from tests import builders
from tests.listings.tide import registered
from tests.matches.steps import NEED, OFFER

pytestmark = pytest.mark.django_db

EDIT = "listings.edit_listing"


class Workshop(Market):
    slug = "workshop"
    label = "Workshop"
    need_example = "You look for a workshop for your people."
    offer_example = "You give workshops."
    blocks = (Block.TALENT,)
    group = Range("Group", Number("", unit="people"), ends=("At least", "At most"), hard=True)
    depth = Level(
        "Depth", {"first": "First steps", "skilled": "Skilled", "expert": "Expert"}, hard=True
    )


PAUSING = replace(
    workflow.LISTING,
    states={**workflow.LISTING.states, "paused": State("On hold", frozenset({"shown"}))},
    transitions=(
        *workflow.LISTING.transitions,
        Transition(
            "pause", ("published",), "paused", EDIT, "Hold on", "On hold now.", "Put on hold"
        ),
        Transition("resume", ("paused",), "published", EDIT, "Go on", "Open again.", "Went on"),
    ),
)


@pytest.fixture(autouse=True)
def workshop() -> Iterator[None]:
    with registered(Workshop):
        yield


@pytest.fixture
def pausing() -> Iterator[None]:
    """As if the copy of the table had been there from the start of the process."""
    with pytest.MonkeyPatch.context() as patch:
        _instead(patch, workflow.LISTING, PAUSING)
        _instead(patch, workflow.SHOWN, PAUSING.tagged("shown"))
        patch.setattr(followups, "_followups", {})
        for module in _modules("followups"):
            reload(module)
        _address_again()
        yield
    _address_again()


def _modules(name: str = "") -> list[ModuleType]:
    """The modules of the rooms; those of a name, where one is given."""
    rooms = re.compile(rf"katalysator\.[a-z]+\.{name or '.*'}")
    found = [module for path, module in sys.modules.items() if rooms.fullmatch(path)]
    return [module for module in found if module is not followups]


def _instead(patch: pytest.MonkeyPatch, old: object, new: object) -> None:
    """Give the new one to every module that has the old one."""
    for module in _modules():
        for name in [name for name, value in vars(module).items() if value is old]:
            patch.setattr(module, name, new)


def _address_again() -> None:
    """Addresses are made of the table when their module is imported."""
    reload(urls)
    clear_url_caches()
    _forget(get_resolver())


def _forget(resolver: URLResolver) -> None:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            _forget(each)
    vars(resolver).pop("url_patterns")
    vars(resolver).update(_reverse_dict={}, _namespace_dict={}, _app_dict={}, _populated=False)


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeldschool")


@pytest.fixture
def member(client: Client, owner: Organisation) -> Client:
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    return client


def stated(low: int | None, high: int | None, depth: str) -> dict[str, Any]:
    return {"group": {"min": low, "max": high}, "depth": depth}


def posted(kind: Kind, terms: dict[str, Any], owner: Organisation | None = None) -> Listing:
    words = NEED if kind is Kind.NEED else OFFER
    owner = owner or builders.organisation()
    listing = builders.listing(owner, kind, "workshop", **words, terms=terms)
    enter([listing])
    return listing


class TestAMarket:
    def test_its_form_asks_and_its_page_tells(self, member: Client, owner: Organisation) -> None:
        address = "/en/listings/new/need/workshop/"
        asked = member.get(address).context["form"]
        assert [field.label for field in asked.asked][-2:] == ["Depth", "Areas"]
        own = dict(asked.folded)["On which terms"]
        assert [field.label for field in own[:2]] == ["At least", "At most"]
        typed = builders.typed(owner) | {"group_min": "5", "group_max": "20", "depth": "skilled"}
        late = member.post(address, typed | {"group_max": "4", "publish": ""})
        assert "ends at 4 people, before it begins at 5 people" in late.content.decode()
        done = member.post(address, typed | {"publish": ""}, follow=True)
        page = done.content.decode()
        assert "Published. We look for matches now." in page
        assert "5 people to 20 people" in page
        assert "Skilled" in page

    def test_it_is_posted_in_from_the_list_of_markets(self, member: Client) -> None:
        page = member.get("/en/listings/new/").content.decode()
        assert "/en/listings/new/offer/workshop/" in page
        assert member.get("/en/listings/?market=workshop").status_code == 200

    def test_what_is_missing_is_told_in_form_and_verb(
        self, member: Client, owner: Organisation
    ) -> None:
        draft = builders.draft(owner, market_slug="workshop")
        answer = member.post(f"/en/listings/{draft.pk}/publish/")
        (said,) = get_messages(answer.wsgi_request)
        assert "fill in: Depth." in str(said)
        form = member.post(f"/en/listings/{draft.pk}/edit/", builders.typed() | {"publish": ""})
        assert set(form.context["form"].errors) == {"depth"}

    def test_sql_and_the_engine_hold_both_sides_to_it(self, member: Client) -> None:
        need = posted(Kind.NEED, stated(10, None, "skilled"))
        small = posted(Kind.OFFER, stated(None, 9, "expert"))
        shallow = posted(Kind.OFFER, stated(None, None, "first"))
        fine = posted(Kind.OFFER, stated(5, 10, "skilled"))
        open_ = posted(Kind.OFFER, {"depth": "expert"})
        offers = [small, shallow, fine, open_]
        engine = Constraints.between([profile(need)], [profile(offer) for offer in offers])
        assert engine.allowed(0).tolist() == [False, False, True, True]
        found = candidates(need, seen_by=None)
        assert found is not None
        assert {item.listing for item in found.items} == {fine, open_}
        assert found.hidden == {"depth": 1, "group": 1}
        for offer, meets in zip(offers, engine.allowed(0).tolist(), strict=True):
            back = candidates(offer, seen_by=None)
            assert back is not None
            assert [item.listing for item in back.items] == ([need] if meets else [])
        page = member.get(need.get_absolute_url()).content.decode()
        assert "outside the bounds of “Group”" in page
        assert "with another choice for “Depth”" in page

    def test_the_api_tells_what_it_is_and_what_is_stated(self, client: Client) -> None:
        markets = client.get("/api/v1/markets").json()["items"]
        (described,) = (each for each in markets if each["slug"] == "workshop")
        terms = {term["name"]: term for term in described["terms"]}
        assert list(terms) == ["group", "depth", "period", "capacity"]
        assert terms["depth"]["schema"]["enum"] == ["first", "skilled", "expert"]
        assert terms["depth"]["choices"][0] == {"value": "first", "label": "First steps"}
        assert (terms["group"]["hard"], terms["group"]["required"]) == (True, False)
        listing = posted(Kind.NEED, stated(5, None, "expert"))
        found = client.get(f"/api/v1/listings/{listing.pk}").json()
        assert found["terms"] == stated(5, None, "expert")

    def test_the_download_holds_it(self, client: Client) -> None:
        posted(Kind.OFFER, stated(5, None, "expert"))
        (row,) = download(client, market="workshop")
        assert (row["group_min"], row["group_max"], row["depth"]) == ("5", "", "expert")


def download(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get("/en/listings/export.csv", query)
    lines = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(lines.removeprefix("\ufeff"))))


@pytest.mark.usefixtures("pausing")
class TestAStateAndADeed:
    def test_its_button_stands_on_the_page_and_does_it(
        self, member: Client, owner: Organisation
    ) -> None:
        listing = posted(Kind.NEED, stated(None, None, "first"), owner)
        address = listing.get_absolute_url()
        assert "Hold on" in member.get(address).content.decode()
        done = member.post(f"{address}pause/", follow=True).content.decode()
        listing.refresh_from_db()
        assert listing.state == "paused"
        assert "On hold now." in done
        assert "Put on hold" in done  # in the history
        assert "Go on" in done
        assert "Hold on" not in done
        assert member.post(f"{address}resume/").status_code == 302
        assert Listing.objects.get(pk=listing.pk).is_open

    def test_others_may_not_and_what_is_impossible_is_told(
        self, client: Client, owner: Organisation
    ) -> None:
        listing = posted(Kind.NEED, stated(None, None, "first"), owner)
        address = f"{listing.get_absolute_url()}pause/"
        assert client.post(address).url.startswith("/en/account/login/")  # type: ignore[attr-defined]
        other = builders.person(builders.organisation())
        client.force_login(other, backend="katalysator.site.accounts.backend.PersonBackend")
        assert client.post(address).status_code == 403
        move(listing, "pause", by=builders.HOUSE)
        page = client.get(listing.get_absolute_url())
        assert page.status_code == 200
        assert "Go on" not in page.content.decode()
        client.force_login(
            builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
        )
        (said,) = get_messages(client.post(address).wsgi_request)
        assert str(said) == (
            "“Hold on” is not possible while the state is “On hold”. Possible now: Go on."
        )

    def test_the_api_tells_what_may_be_done(self, member: Client, owner: Organisation) -> None:
        listing = posted(Kind.NEED, stated(None, None, "first"), owner)
        address = f"/api/v1/listings/{listing.pk}"
        assert member.get(address).json()["deeds"] == [
            "settle",
            "renew",
            "close",
            "withdraw",
            "pause",
        ]
        move(listing, "pause", by=builders.HOUSE)
        found = member.get(address).json()
        assert (found["state"], found["deeds"]) == ("paused", ["resume"])

    def test_what_is_on_hold_is_found_no_more_and_its_matches_are_looked_at_again(self) -> None:
        need = posted(Kind.NEED, stated(None, None, "first"))
        offer = posted(Kind.OFFER, stated(None, None, "first"))
        ProcrastinateJob.objects.all().delete()
        move(offer, "pause", by=builders.HOUSE)
        found = candidates(need, seen_by=None)
        assert found is not None
        assert found.seen == 0
        waiting = ProcrastinateJob.objects.filter(task_name="matches.match_listing")
        assert [job.args for job in waiting] == [{"listing_id": offer.pk}]

    def test_it_is_in_the_drawing(self) -> None:
        assert "Hold on" in workflow.LISTING.mermaid()


def test_the_table_is_as_it_was_afterwards(member: Client, owner: Organisation) -> None:
    assert "pause" not in workflow.LISTING.deeds
    listing = posted(Kind.NEED, stated(None, None, "first"), owner)
    assert member.post(f"{listing.get_absolute_url()}pause/").status_code == 404
    assert member.post(f"{listing.get_absolute_url()}close/").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="matches.match_listing").exists()
