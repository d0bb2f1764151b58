"""Drafts: kept with a title alone, never seen unfinished by others, and helped on their way."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation

from katalysator.coalition.models import Organisation
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.listings.filled import Sent, sent

pytestmark = pytest.mark.django_db

NEW = "/en/listings/new/need/capital/"
ONLY_A_TITLE: Sent = {
    name: []
    for name in ("text", "skills", "areas", "areas_required", "regions", "start", "end", "stage",
                 "instrument", "ticket_min", "ticket_max", "capacity", "min_capacity")
}  # fmt: skip


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(client: Client, owner: Organisation) -> Client:
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    return client


def send(client: Client, address: str, owner: Organisation, fields: Sent, **more: str) -> Any:
    return client.post(address, dict(sent(owner, fields).lists()) | more)


def publish(client: Client, listing: Listing) -> Any:
    return client.post(f"/en/listings/{listing.pk}/publish/")


def said(answer: Any) -> list[str]:
    """The messages that wait for the next page."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def edit_of(listing: Listing) -> str:
    return f"/en/listings/{listing.pk}/edit/"


class TestSaving:
    def test_a_title_is_enough(self, member: Client, owner: Organisation) -> None:
        answer = send(member, NEW, owner, ONLY_A_TITLE)
        made = Listing.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == made.get_absolute_url()
        assert (made.state, made.title, made.text) == ("draft", "Groeigeld gezocht", "")
        assert said(answer) == ["Saved."]

    def test_the_form_shows_what_publishing_takes(
        self, member: Client, owner: Organisation
    ) -> None:
        """Also where a draft was not saved, and where the form changes its language."""
        for answer in (
            member.get(NEW),
            send(member, NEW, owner, {**ONLY_A_TITLE, "title": " "}),
            send(member, NEW, owner, ONLY_A_TITLE, switch="untried"),
        ):
            fields = answer.context["form"].fields
            needed = {name for name, field in fields.items() if field.required}
            assert needed == {
                *("organisation", "title", "text", "areas", "regions", "stage", "instrument"),
                *("language", "visibility"),
            }

    def test_without_a_title_it_is_not_saved(self, member: Client, owner: Organisation) -> None:
        answer = send(member, NEW, owner, {**ONLY_A_TITLE, "title": " "})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"title"}
        assert not Listing.objects.exists()

    def test_its_page_shows_what_there_is(self, member: Client, owner: Organisation) -> None:
        send(member, NEW, owner, ONLY_A_TITLE)
        listing = Listing.objects.get()
        for language in ("en", "nl"):
            with translation.override(language):
                page = member.get(listing.get_absolute_url())
            assert page.status_code == 200
            assert "Groeigeld gezocht" in page.content.decode()
        assert member.get("/en/listings/mine/").status_code == 200
        assert member.get(f"/api/v1/listings/{listing.pk}").json()["terms"] == {}

    def test_it_can_be_filled_in_bit_by_bit(self, member: Client, owner: Organisation) -> None:
        send(member, NEW, owner, ONLY_A_TITLE)
        listing = Listing.objects.get()
        send(member, edit_of(listing), owner, {**ONLY_A_TITLE, "stage": ["seed"]})
        listing.refresh_from_db()
        assert (listing.terms, listing.state) == ({"stage": ["seed"]}, "draft")
        send(member, edit_of(listing), owner, {}, publish="")
        listing.refresh_from_db()
        assert listing.state == "published"


class TestPublishing:
    def test_from_the_form_all_that_is_missing_is_told_at_its_field(
        self, member: Client, owner: Organisation
    ) -> None:
        answer = send(member, NEW, owner, ONLY_A_TITLE, publish="")
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {
            *("text", "areas", "regions", "stage", "instrument"),
        }
        assert not Listing.objects.exists()

    def test_a_draft_that_is_changed_and_published_at_once_keeps_what_it_was_where_that_fails(
        self, member: Client, owner: Organisation
    ) -> None:
        draft = builders.draft(owner, market_slug="capital", text="")
        answer = send(member, edit_of(draft), owner, {"title": "Anders", "text": []}, publish="")
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"text"}
        draft.refresh_from_db()
        assert (draft.state, draft.title) == ("draft", "Beelden van longscans herkennen")

    def test_from_its_page_what_is_missing_is_named_and_the_form_opens(
        self, member: Client, owner: Organisation
    ) -> None:
        draft = builders.draft(
            owner, market_slug="capital", text="", terms={"stage": ["seed"]}, regions=()
        )
        answer = publish(member, draft)
        assert (answer.status_code, answer.url) == (302, edit_of(draft))
        assert " ".join(said(answer)) == (
            "Before others can see this, fill in: What is it about?, Regions, Instrument. "
            "Until then, keep it as a draft."
        )
        draft.refresh_from_db()
        assert draft.state == "draft"
        followed = member.get(answer["Location"])
        assert followed.status_code == 200
        assert "Instrument" in followed.content.decode()

    def test_what_is_finished_is_published_from_its_page(
        self, member: Client, owner: Organisation
    ) -> None:
        draft = builders.draft(owner, market_slug="capital")
        answer = publish(member, draft)
        assert (answer.status_code, answer.url) == (302, draft.get_absolute_url())
        assert said(answer) == ["Published. We look for matches now."]

    def test_others_are_not_led_to_the_form(self, client: Client, owner: Organisation) -> None:
        draft = builders.draft(owner, text="")
        client.force_login(
            builders.person(builders.organisation()),
            backend="katalysator.site.accounts.backend.PersonBackend",
        )
        assert client.post(f"/en/listings/{draft.pk}/publish/").status_code == 404


class TestWhatOthersSee:
    @pytest.mark.parametrize("name", ["text", "areas", "regions", "stage", "instrument"])
    def test_a_published_one_is_not_emptied(
        self, member: Client, owner: Organisation, name: str
    ) -> None:
        listing = builders.listing(owner, market_slug="capital")
        before = Listing.objects.values().get(pk=listing.pk)
        answer = send(member, edit_of(listing), owner, {name: []})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {name}
        assert Listing.objects.values().get(pk=listing.pk) == before

    def test_one_that_is_closed_is_not_emptied_either(
        self, member: Client, owner: Organisation
    ) -> None:
        listing = builders.listing(owner, market_slug="capital")
        member.post(f"/en/listings/{listing.pk}/close/")
        answer = send(member, edit_of(listing), owner, {"text": []})
        assert answer.status_code == 422

    def test_back_to_draft_it_may_be_emptied_again(
        self, member: Client, owner: Organisation
    ) -> None:
        listing = builders.listing(owner, market_slug="capital")
        member.post(f"/en/listings/{listing.pk}/withdraw/")
        answer = send(member, edit_of(listing), owner, {"text": []})
        assert answer.status_code == 302
        listing.refresh_from_db()
        assert (listing.state, listing.text) == ("draft", "")

    @pytest.mark.parametrize("kind", list(Kind))
    def test_nobody_else_sees_a_draft(
        self, client: Client, owner: Organisation, kind: Kind
    ) -> None:
        draft = builders.draft(owner, kind, text="", areas=(), regions=(), terms={})
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(f"/api/v1/listings/{draft.pk}").status_code == 404
        assert "longscans" not in client.get("/en/listings/?state=draft").content.decode()
