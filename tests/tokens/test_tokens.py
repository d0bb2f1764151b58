"""People make tokens for their programs, see them, and end them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from katalysator.coalition.verbs import erase
from katalysator.core.audit import verify
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.site import urls  # noqa: F401 — with the addresses come the scopes of all rooms
from katalysator.tokens import verbs
from katalysator.tokens.models import Token
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = "/en/account/tokens/"


def said(**fields: Any) -> dict[str, Any]:
    ends_on = timezone.localdate() + timedelta(days=90)
    return {"name": "Our own site", "scopes": ["listings"], "ends_on": ends_on, **fields}


@pytest.fixture
def client() -> Client:
    made = Client()
    made.force_login(builders.person(builders.organisation(), email="ik@voorbeeld.example"))
    return made


def test_a_token_is_shown_once_and_kept_as_a_digest(client: Client) -> None:
    made = client.post(PAGE, said())
    (secret,) = set(re.findall(r"kat_[\w-]{43}", made.content.decode()))
    assert "no-store" in made.headers["Cache-Control"]
    assert secret not in client.get(PAGE).content.decode()
    assert secret.encode() not in bytes(Token.objects.get().digest)
    headers = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/listings", headers=headers).status_code == 200
    assert Token.objects.get().used_on == timezone.localdate()
    event = Event.objects.get(verb="person.make-token")
    assert event.after["scopes"] == ["listings"]
    assert secret not in str(event.after)


def test_the_page_says_what_each_is_good_for_and_ends_it(client: Client) -> None:
    assert "You have no tokens" in client.get(PAGE).content.decode()
    client.post(PAGE, said(scopes=[]))
    page = client.get(PAGE).content.decode()
    assert all(each in page for each in ("Our own site", "Reads only", "Never used yet."))
    token = Token.objects.get()
    answer = client.post(f"{PAGE}{token.pk}/end/", follow=True)
    assert "nothing can be done with it any more" in answer.content.decode()
    assert not Token.objects.exists()
    assert client.post(f"{PAGE}{token.pk}/end/").status_code == 404
    assert verify().broken == []


def test_nobody_sees_or_ends_the_token_of_another(client: Client) -> None:
    other = builders.person(is_coordinator=True)
    token, _secret = verbs.make(other, by=other, **said(name="geheim"))
    assert "geheim" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{token.pk}/end/").status_code == 404
    me = builders.person()
    with pytest.raises(NotAllowed):
        verbs.end(token, by=me)
    with pytest.raises(NotAllowed):
        verbs.make(other, by=me, **said())
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": " \u200b "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"ends_on": timezone.localdate() - timedelta(days=1)}, "ends_on"),
        ({"ends_on": timezone.localdate() + timedelta(days=367)}, "ends_on"),
    ],
)
def test_what_no_token_can_be_is_said_at_its_place(change: dict[str, Any], place: str) -> None:
    person = builders.person()
    with pytest.raises(InvalidInput) as caught:
        verbs.make(person, by=person, **said(**change))
    assert caught.value.where == (place,)
    assert not Token.objects.exists()


def test_a_form_that_is_not_right_is_shown_again(client: Client) -> None:
    answer = client.post(PAGE, said(name="", ends_on="2099-01-01"))
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()
    answer = client.post(PAGE, said(ends_on="2099-01-01"))
    assert (answer.status_code, "a year at most" in answer.content.decode()) == (422, True)


def test_twenty_tokens_are_enough() -> None:
    person = builders.person()
    for number in range(20):
        verbs.make(person, by=person, **said(name=str(number)))
    with pytest.raises(Conflict) as caught:
        verbs.make(person, by=person, **said())
    assert caught.value.code == "many-tokens"


def test_a_token_goes_with_its_person() -> None:
    person = builders.person()
    _token, secret = verbs.make(person, by=person, **said())
    erase(person, by=builders.HOUSE)
    headers = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/areas", headers=headers).status_code == 401
    assert verify().broken == []


@pytest.mark.parametrize("tokens", [1, 3])
def test_queries_of_the_page(client: Client, tokens: int, django_assert_num_queries: Any) -> None:
    for number in range(tokens):
        client.post(PAGE, said(name=str(number)))
    client.get(PAGE)
    with django_assert_num_queries(2):
        client.get(PAGE)
