"""To the other language with a form half filled in: nothing is saved, and nothing is lost."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from katalysator.coalition.models import Organisation
from katalysator.listings.models import Listing
from tests import builders
from tests.listings.filled import sent

pytestmark = pytest.mark.django_db

NEW = "/en/listings/new/need/capital/"


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(client: Client, owner: Organisation) -> Client:
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    return client


def switch(client: Client, address: str, owner: Organisation, state: str, **fields: Any) -> Any:
    data = sent(owner, fields).dict() | {
        key: values for key, values in sent(owner, fields).lists() if len(values) > 1
    }
    return client.post(address, {**data, "switch": state})


def test_a_form_goes_along_by_buttons_and_other_pages_by_links(member: Client) -> None:
    page = member.get(NEW).content.decode()
    assert re.search(r'<button[^>]*form="listing-form"[^>]*formaction="/nl/listings/new/', page)
    assert re.search(r'<form[^>]*id="listing-form"', page)
    assert "formaction" not in member.get("/en/listings/").content.decode()


def test_the_first_button_of_the_form_saves(member: Client) -> None:
    """Enter in a field presses the first one: it must not be the one for the other language."""
    page = member.get(NEW).content.decode()
    first = re.findall(r'<button[^>]*form="listing-form"[^>]*>', page)[0]
    assert "switch" not in first
    assert 'aria-hidden="true"' in first


def test_what_was_typed_comes_along_and_is_not_judged(member: Client, owner: Organisation) -> None:
    answer = switch(member, NEW, owner, "untried", text=[], areas="zorg")
    form = answer.context["form"]
    assert answer.status_code == 200
    assert not form.errors
    assert form["title"].value() == "Groeigeld gezocht"
    assert form["instrument"].value() == ["loan", "grant"]
    assert form["areas_required"].value() is True
    assert form["start"].value() == date(2026, 1, 1).isoformat()
    assert form["skills"].value() == "MLOps, computer vision"
    assert Listing.objects.count() == 0


def test_what_was_wrong_is_said_in_the_other_language(member: Client, owner: Organisation) -> None:
    answer = switch(member, NEW.replace("/en/", "/nl/"), owner, "tried", title=[])
    assert answer.status_code == 422
    assert "Dit is nog niet bewaard" in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Wij zoeken groeigeld voor beeldherkenning."
    assert 'value="tried"' in answer.content.decode()


def test_what_was_missing_for_others_to_see_it_is_missing_in_the_other_language_too(
    member: Client, owner: Organisation
) -> None:
    tried = member.post(NEW, {**sent(owner, {"text": []}).dict(), "publish": ""})
    assert 'value="published"' in tried.content.decode()
    answer = switch(member, NEW, owner, "published", text=[])
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text"}
    assert switch(member, NEW, owner, "tried", text=[]).status_code == 200
    assert Listing.objects.count() == 0


@pytest.mark.parametrize("state", ["tried", "untried", "published"])
def test_a_form_without_a_fault_is_not_saved_by_switching(
    member: Client, owner: Organisation, state: str
) -> None:
    assert switch(member, NEW, owner, state).status_code == 200
    assert Listing.objects.count() == 0


def test_a_change_half_written_comes_along_too(member: Client, owner: Organisation) -> None:
    listing = builders.listing(owner, market_slug="capital", title="Voor")
    answer = switch(member, f"/en/listings/{listing.pk}/edit/", owner, "untried", title="Na")
    assert answer.context["form"]["title"].value() == "Na"
    listing.refresh_from_db()
    assert listing.title == "Voor"


def test_a_long_text_is_not_cut_in_silence(member: Client, owner: Organisation) -> None:
    page = member.get(NEW).content.decode().split("<main")[1]
    assert "maxlength" not in page
    answer = member.post(NEW, sent(owner, {"title": "x" * 121}).dict())
    assert answer.context["form"]["title"].value() == "x" * 121
    assert "at most 120 characters (it has 121)" in answer.content.decode()
