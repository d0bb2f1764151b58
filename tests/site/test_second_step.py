"""The second step of logging in: an app that gives codes, recovery codes, and what an attacker does about them."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from tests import builders
from tests.attack.steps import inside, log_in

pytestmark = pytest.mark.django_db

WRONG = "000000"


@pytest.fixture
def person() -> Person:
    return builders.person(email="lid@voorbeeld.example", language="en")


def code_now(secret: str) -> str:
    """What the app shows at this moment."""
    before, now, _after = yield_hotp_counters_from_time()  # the site takes all three
    assert now == before + 1
    return str(format_hotp_value(hotp_value(secret, now)))


def confirmed(client: Client) -> Client:
    """Show by the password that it is the owner."""
    answer = client.post("/en/account/confirm/", {"password": builders.PASSWORD})
    assert answer.status_code == 302
    return client


def with_app(person: Person) -> tuple[Client, str, list[str]]:
    """Add an app on the pages: the browser, the secret, and the recovery codes."""
    client = confirmed(inside(person))
    page = client.get("/en/account/two-step/app/").content.decode()
    (secret,) = re.findall(r'<code class="key">(\w+)</code>', page)
    answer = client.post("/en/account/two-step/app/", {"code": code_now(secret)}, follow=True)
    codes = re.findall(r'<code class="key">(\w+)</code>', answer.content.decode())
    assert len(codes) == 10, answer.content.decode()
    return client, secret, codes


def password_step(person: Person) -> Client:
    """Somebody who typed the right password and is asked for the second step."""
    client = Client()
    typed = {"login": person.email, "password": builders.PASSWORD}
    answer = client.post("/en/account/login/", typed)
    assert answer["Location"] == "/en/account/two-step/code/"
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def deeds(person: Person) -> list[str]:
    return list(audit.history(person).order_by("pk").values_list("verb", flat=True))


class TestAnApp:
    def test_logging_in_takes_a_code_then(self, person: Person) -> None:
        _client, secret, _codes = with_app(person)
        client = password_step(person)
        assert not is_in(client)
        client.post("/en/account/two-step/code/", {"code": WRONG})
        assert not is_in(client)
        client.post("/en/account/two-step/code/", {"code": code_now(secret)})
        assert is_in(client)

    def test_a_code_works_once(self, person: Person) -> None:
        _client, secret, _codes = with_app(person)
        code = code_now(secret)
        first, second = password_step(person), password_step(person)
        first.post("/en/account/two-step/code/", {"code": code})
        answer = second.post("/en/account/two-step/code/", {"code": code})
        assert (is_in(first), is_in(second)) == (True, False)
        assert "the code is wrong, used or too old" in answer.content.decode()

    def test_the_database_does_not_hold_the_secret(self, person: Person) -> None:
        _client, secret, codes = with_app(person)
        kept = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in kept
        assert not any(code in kept for code in codes)

    def test_the_pages_work_without_javascript_and_have_no_script_of_their_own(
        self, person: Person
    ) -> None:
        client, *_ = with_app(person)
        for page in ("", "app/remove/", "recovery/", "recovery/new/", "passkeys/", "passkeys/add/"):
            for language in ("en", "nl"):
                answer = client.get(f"/{language}/account/two-step/{page}")
                text = answer.content.decode()
                assert answer.status_code == 200, page
                assert "utrecht-heading-1" in text.split("<main")[1]
                scripts = re.findall(r"<script(?![^>]*src=)([^>]*)>", text)
                assert all('type="application/json"' in each for each in scripts), scripts
                assert not re.search(r'\sstyle="|\son[a-z]+="|<style', text)

    def test_the_owner_hears_of_it_and_so_does_the_trail(self, person: Person) -> None:
        client, *_ = with_app(person)
        client.post("/en/account/two-step/app/remove/")
        assert mail.outbox[-1].to == [person.email]
        assert "The app that gives codes was removed." in str(mail.outbox[-1].body)
        assert deeds(person) == [
            *["person.add-second-step"] * 2,
            *["person.remove-second-step"] * 2,
        ]
        kinds = {each.after["kind"] for each in Event.objects.all()}
        assert kinds == {"totp", "recovery_codes"}
        assert not audit.verify().broken

    def test_an_account_that_is_deleted_takes_them_along(self, person: Person) -> None:
        with_app(person)
        person.delete()
        assert not Authenticator.objects.exists()


class TestRecoveryCodes:
    def test_one_opens_once(self, person: Person) -> None:
        _client, _secret, codes = with_app(person)
        for is_first in (True, False):
            client = password_step(person)
            client.post("/en/account/two-step/code/", {"code": codes[0]})
            assert is_in(client) == is_first
        assert deeds(person).count("person.use-recovery-code") == 1
        assert "logged in with a recovery code" in str(mail.outbox[-1].body)

    def test_new_ones_take_the_place_of_the_old(self, person: Person) -> None:
        client, _secret, codes = with_app(person)
        answer = client.post("/en/account/two-step/recovery/new/", follow=True)
        new = re.findall(r'<code class="key">(\w+)</code>', answer.content.decode())
        assert not set(new) & set(codes)
        other = password_step(person)
        other.post("/en/account/two-step/code/", {"code": codes[0]})
        assert not is_in(other)

    def test_they_can_be_downloaded(self, person: Person) -> None:
        client, _secret, codes = with_app(person)
        answer = client.get("/en/account/two-step/recovery/codes.txt")
        assert answer["Content-Type"].startswith("text/plain")
        assert all(code in answer.content.decode() for code in codes)


class TestAnAttackerWithThePassword:
    CHANGES = ("app/remove/", "recovery/new/", "recovery/", "recovery/codes.txt", "passkeys/add/")

    @pytest.mark.parametrize("page", CHANGES)
    def test_is_not_let_near_the_second_step(self, person: Person, page: str) -> None:
        with_app(person)
        client, before = password_step(person), set(Authenticator.objects.values_list("pk"))
        for send in (client.get, client.post):
            answer = send(f"/en/account/two-step/{page}")
            assert answer.status_code == 302
            assert "/en/account/login/" in answer["Location"] or "confirm" in answer["Location"]
        assert set(Authenticator.objects.values_list("pk")) == before

    @pytest.mark.parametrize("page", CHANGES)
    def test_and_a_stolen_session_is_not_enough(self, person: Person, page: str) -> None:
        """The password confirms nothing any more where there is a second step."""
        with_app(person)
        client, before = inside(person), Authenticator.objects.count()
        typed = {"password": builders.PASSWORD}
        answer = client.post("/en/account/confirm/", typed)
        assert answer["Location"].startswith("/en/account/two-step/confirm/")
        send = client.get if page.startswith("recovery/") else client.post
        answer = send(f"/en/account/two-step/{page}")
        assert answer.status_code == 302
        assert Authenticator.objects.count() == before

    def test_a_new_password_by_mail_does_not_take_it_away(self, person: Person) -> None:
        with_app(person)
        Client().post("/en/account/password/reset/", {"email": person.email})
        (link,) = re.findall(r"http://testserver(\S+/key/\S+)", str(mail.outbox[-1].body))
        client = Client()
        form = client.get(link, follow=True).redirect_chain[-1][0]
        new = "een-heel-ander-woord"
        client.post(form, {"password1": new, "password2": new})
        client = Client()
        answer = client.post("/en/account/login/", {"login": person.email, "password": new})
        assert answer["Location"] == "/en/account/two-step/code/"
        assert not is_in(client)

    def test_guesses_few_codes(self, person: Person) -> None:
        _client, secret, _codes = with_app(person)
        for _ in range(5):
            password_step(person).post("/en/account/two-step/code/", {"code": WRONG})
        client = password_step(person)
        answer = client.post("/en/account/two-step/code/", {"code": code_now(secret)})
        assert not is_in(client)
        assert "Too many" in answer.content.decode()

    def test_codes_of_another_account_open_nothing(self, person: Person) -> None:
        with_app(person)
        other = builders.person()
        _client, secret, codes = with_app(other)
        client = password_step(person)
        for code in (code_now(secret), codes[0]):
            client.post("/en/account/two-step/code/", {"code": code})
        assert not is_in(client)


class TestConfirming:
    @pytest.mark.parametrize("page", ["two-step/app/", "two-step/passkeys/add/", "data/", "close/"])
    def test_what_is_of_weight_asks_again_who_it_is(self, person: Person, page: str) -> None:
        client = inside(person)
        answer = client.get(f"/en/account/{page}")
        assert answer["Location"].startswith("/en/account/confirm/")
        assert confirmed(client).get(f"/en/account/{page}").status_code == 200

    def test_a_wrong_password_confirms_nothing_and_guessing_is_slow(self, person: Person) -> None:
        client = inside(person)
        answers = [
            client.post("/en/account/confirm/", {"password": "dat-is-het-niet"}).status_code
            for _ in range(12)
        ]
        assert set(answers) == {200, 429}
        assert client.get("/en/account/data/").status_code == 302

    def test_who_has_an_app_confirms_with_a_code(self, person: Person) -> None:
        _client, secret, _codes = with_app(person)
        client = inside(person)
        page = "/en/account/two-step/confirm/"
        assert client.get("/en/account/data/")["Location"].startswith(page)
        assert client.post(page, {"code": code_now(secret)}).status_code == 302
        assert client.get("/en/account/data/").status_code == 200


class TestWithoutJavaScript:
    def test_a_passkey_says_that_it_needs_it(self, person: Person) -> None:
        page = Client().get("/en/account/login/").content.decode()
        assert "<noscript><p>A passkey needs JavaScript" in page
        answer = Client().post("/en/account/login/passkey/", {"credential": ""}, follow=True)
        assert "Log in with your password instead" in answer.content.decode()

    @pytest.mark.parametrize(
        "credential", ["{}", "[]", "x", '{"response": {"userHandle": "MQ"}}', "null"]
    )
    @pytest.mark.parametrize(
        "page", ["login/passkey/", "two-step/passkeys/confirm/", "two-step/passkeys/add/"]
    )
    def test_a_passkey_that_is_none_is_no_error_of_ours(
        self, person: Person, page: str, credential: str
    ) -> None:
        client = Client() if page.startswith("login") else confirmed(inside(person))
        answer = client.post(f"/en/account/{page}", {"credential": credential, "name": "x"})
        assert answer.status_code in (200, 302)
        assert not Authenticator.objects.exists()


def test_the_log_in_page_of_somebody_without_a_second_step_is_as_it_was(person: Person) -> None:
    assert log_in(person.email, builders.PASSWORD)


def test_passkeys_say_where_they_work(person: Person) -> None:
    def asked_at(host: str) -> str:
        page = Client().get("/en/account/login/", headers={"host": host})
        return page.content.decode()

    assert "work at http://localhost:8000 only" in asked_at("127.0.0.1:8000")
    assert "work at" not in asked_at("localhost:8000")
