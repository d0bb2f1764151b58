"""Logging in at another organisation, by a real provider on this machine: who comes in, as whom, and what is not believed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client, override_settings
from oidc_provider_mock import User, run_server_in_thread

from katalysator.admission.models import Joining
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders
from tests.attack.steps import inside

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings(
        "ignore::DeprecationWarning"
    ),  # of the provider, about its own parts
]

ANNA = {"email": "anna@voorbeeldlab.example", "schac_home_organization": "voorbeeldlab.example"}


@pytest.fixture(scope="module")
def there() -> Iterator[str]:
    """The provider, at its address."""
    people = [
        User(sub="anna", claims=ANNA),
        User(sub="bert", claims={"email": "bert@elders.example"}),
        User(sub="nobody", claims={"name": "Zonder adres"}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def linked(there: str) -> Iterator[None]:
    with knowing(there):
        yield


@contextmanager
def knowing(issuer: str, **more: Any) -> Iterator[None]:
    """Let the house know this provider."""
    told = {"server_url": issuer, "claim": "schac_home_organization", "oauth_pkce_enabled": True}
    app = {
        "provider_id": "lab",
        "name": "Voorbeeldlab",
        "client_id": "huis",
        "secret": "geheim",
        "settings": told | more,
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        yield


def gone(client: Client, query: str = "") -> str:
    """Press the button: the address at the provider."""
    answer = client.post(f"/en/account/elsewhere/lab/{query}")
    assert answer.status_code == 200, answer
    return str(answer["Refresh"].removeprefix("0; url="))


def said_yes(address: str, sub: str = "anna") -> str:
    """Log in at the provider: the way back."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    return urlunsplit(("", "", back.path, back.query, ""))


def come_in(sub: str = "anna", client: Client | None = None, query: str = "") -> tuple[Client, Any]:
    """The whole way."""
    browser = client or Client()
    return browser, browser.get(said_yes(gone(browser, query), sub), follow=True)


def is_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def text(answer: Any) -> str:
    return str(answer.content.decode())


class TestWhoIsNew:
    def test_gets_an_account_without_rights(self, there: str) -> None:
        client, _answer = come_in()
        person = Person.objects.get(email="anna@voorbeeldlab.example")
        assert is_in(client)
        assert not person.has_usable_password()
        assert not person.is_coordinator
        assert not person.memberships.exists()
        assert client.get("/en/listings/new/").status_code == 403
        verbs = audit.history(person).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["person.admit", "person.link-login"]
        assert not audit.verify().broken

    def test_waits_for_a_manager_where_the_organisation_takes_part(self, there: str) -> None:
        fits = builders.organisation(mail_domains=["voorbeeldlab.example"])
        builders.organisation(mail_domains=["elders.example"])
        builders.organisation(mail_domains=["voorbeeldlab.example"], state="listed")
        for _ in range(2):
            come_in()
        joining = Joining.objects.get()
        assert (joining.organisation, joining.state) == (fits, "waiting")
        assert joining.email == "anna@voorbeeldlab.example"

    def test_a_number_of_the_trade_register_fits_too(self, there: str) -> None:
        fits = builders.organisation(kvk="12345678")
        with knowing(there, claim="kvk"):
            answer = requests.put(
                f"{there}/users/karel", json={"email": "k@x.example", "kvk": "12345678"}, timeout=10
            )
            assert answer.status_code == 204
            come_in("karel")
        assert Joining.objects.get().organisation == fits

    def test_without_an_address_there_is_no_account(self, there: str) -> None:
        client, answer = come_in("nobody")
        assert answer.status_code == 403
        assert "tells us no e-mail address" in text(answer)
        assert not is_in(client)
        assert not Person.objects.exists()

    def test_comes_back_as_the_same_person_whatever_the_address_is_then(self, there: str) -> None:
        come_in()
        Person.objects.update(email="anders@voorbeeld.example")
        client, _answer = come_in()
        assert is_in(client)
        assert Person.objects.count() == SocialAccount.objects.count() == 1

    def test_is_known_by_the_issuer_too(self, there: str) -> None:
        come_in()
        known = SocialAccount.objects.get()
        assert known.uid == hashlib.sha256(f"{there}\0anna".encode()).hexdigest()
        assert known.extra_data == {"organisation": "voorbeeldlab.example"}


class TestWhoHasAnAccount:
    @pytest.mark.parametrize("email", [ANNA["email"], ANNA["email"].upper()])
    def test_an_address_takes_no_account_over(self, there: str, email: str) -> None:
        person = builders.person(builders.organisation(), email=email)
        client, answer = come_in()
        assert answer.status_code == 403
        assert "There is an account with your address already" in text(answer)
        assert not is_in(client)
        assert not SocialAccount.objects.exists()
        assert person.memberships.exists()

    def test_links_it_while_logged_in_and_comes_in_both_ways(self, there: str) -> None:
        person = builders.person(email="anna@ander.example")
        client = inside(person)
        page = "/en/account/elsewhere/"
        assert client.get(page)["Location"].startswith("/en/account/confirm/")
        client.post("/en/account/confirm/", {"password": builders.PASSWORD})
        _client, answer = come_in("anna", client, "?process=connect")
        assert "From now on you can log in this way too" in text(answer)
        other, _answer = come_in()
        assert is_in(other)
        assert SocialAccount.objects.get().user == person
        assert Person.objects.count() == 1
        client.post(page, {"account": SocialAccount.objects.get().pk})
        assert not SocialAccount.objects.exists()
        assert Event.objects.filter(verb="person.unlink-login").count() == 1

    def test_linking_asks_who_it_is(self, there: str) -> None:
        _client, answer = come_in("anna", inside(builders.person()), "?process=connect")
        assert answer.redirect_chain[0][0].startswith("/en/account/confirm/")
        assert not SocialAccount.objects.exists()

    def test_a_log_in_that_is_linked_is_not_taken_by_another(self, there: str) -> None:
        come_in()
        other = builders.person()
        client = inside(other)
        client.post("/en/account/confirm/", {"password": builders.PASSWORD})
        _client, answer = come_in("anna", client, "?process=connect")
        assert "linked to another account" in text(answer)
        assert SocialAccount.objects.get().user != other

    def test_who_was_shut_out_does_not_come_in(self, there: str) -> None:
        come_in()
        Person.objects.update(is_active=False)
        client, _answer = come_in()
        assert not is_in(client)


class TestWhatIsNotBelieved:
    def refused(self, client: Client, answer: Any) -> None:
        assert answer.status_code == 401, answer
        assert "does not answer, or its answer was not for us" in text(answer)
        assert not is_in(client)
        assert not Person.objects.exists()

    def test_an_answer_that_was_used(self, there: str) -> None:
        client = Client()
        back = said_yes(gone(client))
        client.get(back)
        Person.objects.all().delete()
        client.logout()
        self.refused(client, client.get(back, follow=True))

    def test_a_code_of_another_log_in(self, there: str) -> None:
        """A code that somebody else got is put in the way back of the victim."""
        attacker, victim = Client(), Client()
        stolen = parse_qs(urlsplit(said_yes(gone(attacker))).query)["code"][0]
        back = urlsplit(said_yes(gone(victim), "bert"))
        asked = {**{k: v[0] for k, v in parse_qs(back.query).items()}, "code": stolen}
        self.refused(victim, victim.get(f"{back.path}?{urlencode(asked)}", follow=True))

    def test_an_answer_for_another_browser(self, there: str) -> None:
        back = said_yes(gone(Client()))
        victim = Client()
        self.refused(victim, victim.get(back, follow=True))

    def test_another_number_than_was_sent_along(self, there: str) -> None:
        client = Client()
        address = re.sub(r"nonce=[^&]+", "nonce=gekozen", gone(client))
        self.refused(client, client.get(said_yes(address), follow=True))

    def test_an_issuer_that_was_not_asked(self, there: str) -> None:
        here = there.replace("localhost", "127.0.0.1")
        with knowing(here):
            requests_as(there, Client(), self.refused)

    @pytest.mark.parametrize(
        "query", ["", "?code=x", "?state=x&code=y", "?error=server_error&state=x"]
    )
    def test_a_way_back_that_nobody_asked_for(self, there: str, query: str) -> None:
        client = Client()
        self.refused(client, client.get(f"/en/account/elsewhere/lab/back/{query}", follow=True))

    def test_who_pressed_cancel_is_told_that_nothing_happened(self, there: str) -> None:
        client = Client()
        there_now = gone(client)
        answer = requests.post(
            there_now, data={"action": "deny"}, allow_redirects=False, timeout=10
        )
        back = urlsplit(answer.headers["Location"])
        state = parse_qs(urlsplit(there_now).query)["state"][0]
        page = client.get(f"{back.path}?error=access_denied&state={state}", follow=True)
        assert "You did not log in." in text(page)

    def test_a_provider_that_is_away(self, there: str) -> None:
        client = Client()
        with knowing("http://localhost:9"):
            self.refused(client, client.post("/en/account/elsewhere/lab/"))

    def test_a_provider_that_goes_away_meanwhile(self, there: str) -> None:
        client = Client()
        back = said_yes(gone(client))
        with knowing("http://localhost:9"):
            self.refused(client, client.get(back, follow=True))

    def test_one_that_we_do_not_know(self) -> None:
        for send in (Client().post, Client().get):
            assert send("/en/account/elsewhere/x/back/").status_code in (404, 405)
        assert Client().post("/en/account/elsewhere/x/").status_code == 404


def requests_as(there: str, client: Client, refused: Callable[..., None]) -> None:
    """Who answers says that it is another than who was asked."""
    from unittest.mock import patch

    from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

    told = requests.get(f"{there}/.well-known/openid-configuration", timeout=10).json()
    with patch.object(OpenIDConnectOAuth2Adapter, "openid_config", told):
        refused(client, client.post("/en/account/elsewhere/lab/"))


def test_the_button_is_there_and_leads_by_a_page_of_ours(there: str) -> None:
    page = text(Client().get("/en/account/login/"))
    assert "Log in with Voorbeeldlab" in page
    client = Client()
    answer = client.post("/en/account/elsewhere/lab/")
    asked = parse_qs(urlsplit(answer["Refresh"].removeprefix("0; url=")).query)
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) > 20
    assert "form-action 'self'" in answer["Content-Security-Policy"]


def test_without_one_nothing_is_shown() -> None:
    with override_settings(
        SOCIALACCOUNT_PROVIDERS=settings.SOCIALACCOUNT_PROVIDERS | {"openid_connect": {"APPS": []}}
    ):
        assert "elsewhere" not in text(Client().get("/en/account/login/"))
        assert Organisation.objects.count() == 0
