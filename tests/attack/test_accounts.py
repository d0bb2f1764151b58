"""An attacker at the doors of accounts: taking over, blocking, and what is told on the way.

Guessing passwords: `test_guessing.py`.
"""

import stat
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.utils import timezone

from katalysator.coalition import verbs
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import InvalidInput
from tests import builders
from tests.attack.steps import ask_address, inside, link_in, log_in, newest_mail

pytestmark = pytest.mark.django_db

MINE, NEW, TAKEN = "ik@voorbeeld.example", "nieuw@voorbeeld.example", "bureau@elders.example"
OTHER_PASSWORD = "een-heel-ander-woord"


@pytest.fixture
def me() -> Person:
    return builders.person(email=MINE)


@pytest.fixture
def victim() -> Person:
    return builders.person(email=TAKEN, is_coordinator=True)


@pytest.fixture
def browser(me: Person) -> Client:
    return inside(me)


def reset(email: str) -> EmailMessage:
    Client().post("/en/account/password/reset/", {"email": email})
    return newest_mail()


class TestAnotherAddress:
    """An address counts after the link in the mail to it was followed, by who asked for it."""

    def test_until_then_the_old_one_stays(self, me: Person, browser: Client) -> None:
        page = ask_address(browser, NEW).content.decode()
        assert f"We sent a mail to {NEW}" in page
        assert newest_mail().to == [NEW]
        assert not log_in(NEW, builders.PASSWORD)
        assert log_in(MINE, builders.PASSWORD)
        assert "There is no account with this address" in str(reset(NEW).body)

    def test_after_it_the_new_one_counts_and_the_old_one_is_told(
        self, me: Person, browser: Client
    ) -> None:
        ask_address(browser, "Nieuw@Voorbeeld.example")
        link = link_in(newest_mail())
        assert "Use this address" in browser.get(link).content.decode()
        assert "new e-mail address" in browser.post(link, follow=True).content.decode()
        assert log_in(NEW, builders.PASSWORD)
        assert not log_in(MINE, builders.PASSWORD)
        assert newest_mail().to == [MINE]
        assert "There is no account with this address" in str(reset(MINE).body)

    def test_looking_at_the_link_changes_nothing(self, me: Person, browser: Client) -> None:
        ask_address(browser, NEW)
        browser.get(link_in(newest_mail()))
        browser.head(link_in(newest_mail()))
        me.refresh_from_db()
        assert me.email == MINE

    def test_who_has_the_mail_but_not_the_account_comes_nowhere(
        self, me: Person, victim: Person, browser: Client
    ) -> None:
        ask_address(browser, NEW)
        link = link_in(newest_mail())
        assert Client().post(link).url.startswith("/en/account/login/?next=")  # type: ignore[attr-defined]
        other = inside(victim)
        assert "This link does not work" in other.get(link).content.decode()
        other.post(link)
        assert {each.email for each in Person.objects.all()} == {MINE, TAKEN}

    def test_who_has_the_session_but_not_the_password_does_not_ask(
        self, me: Person, browser: Client
    ) -> None:
        page = ask_address(browser, NEW, "geraden-of-gegokt").content.decode()
        assert "This is not the password of your account." in page
        assert not mail.outbox
        assert not Event.objects.exists()

    @pytest.mark.parametrize("after", ["used", "newer", "password", "old", "forged", "elsewhere"])
    def test_a_link_works_once_while_nothing_comes_in_between(
        self, me: Person, browser: Client, after: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if after == "old":
            before = SimpleNamespace(time=lambda: time.time() - 3 * 86_400 - 1)
            monkeypatch.setattr(signing, "time", before)
        ask_address(browser, NEW)
        monkeypatch.undo()
        link = link_in(newest_mail())
        match after:
            case "used":
                browser.post(link)
                ask_address(browser, MINE)
                browser.post(link_in(newest_mail()))
            case "newer":
                ask_address(browser, "derde@voorbeeld.example")
            case "password":
                verbs.change_password(me, OTHER_PASSWORD, by=me)
                browser = inside(me)
            case "forged":
                link = link[:-4] + "AAA/"
            case "elsewhere":
                link = f"/en/account/email/{signing.dumps(Event.objects.get().pk, salt='x')}/"
        assert "This link does not work" in browser.get(link).content.decode()
        browser.post(link)
        me.refresh_from_db()
        assert me.email == MINE

    def test_the_page_waits_for_a_link_while_it_works(self, me: Person, browser: Client) -> None:
        waiting = "We sent a mail to"
        assert waiting in ask_address(browser, NEW).content.decode()
        verbs.change_password(me, OTHER_PASSWORD, by=me)
        assert waiting not in inside(me).get("/en/account/email/").content.decode()

    def test_the_address_of_another_gives_the_same_page_and_another_mail(
        self, me: Person, victim: Person, browser: Client
    ) -> None:
        pages = [
            ask_address(browser, each).content.decode().split("<main")[1].replace(each, "")
            for each in (NEW, TAKEN)
        ]
        assert pages[0].split("csrf")[0] == pages[1].split("csrf")[0]
        assert pages[0].split("</form>")[1] == pages[1].split("</form>")[1]
        free, taken = mail.outbox
        assert "account/email/" in str(free.body)
        assert taken.to == [TAKEN]
        assert "Nothing was changed" in str(taken.body)
        assert "account/email/" not in str(taken.body)

    def test_the_address_of_another_is_neither_taken_over_nor_blocked(
        self, me: Person, victim: Person, browser: Client
    ) -> None:
        ask_address(browser, TAKEN)
        event = Event.objects.latest("pk")
        made = signing.dumps(event.pk, salt="katalysator.site.accounts.address")  # had it leaked
        answer = browser.post(f"/en/account/email/{made}/", follow=True)
        assert "This link does not work any more." in answer.content.decode()
        assert log_in(TAKEN, builders.PASSWORD)
        assert link_in(reset(TAKEN))
        verbs.reset_password(victim, OTHER_PASSWORD, by=victim)
        assert log_in(TAKEN, OTHER_PASSWORD)

    def test_an_address_that_is_asked_for_can_still_be_admitted_or_proven_by_another(
        self, me: Person, browser: Client
    ) -> None:
        ask_address(browser, NEW)
        link = link_in(newest_mail())
        verbs.admit(NEW, by=builders.HOUSE, password=OTHER_PASSWORD)
        answer = browser.post(link, follow=True)
        assert answer.status_code == 200
        assert "This link does not work any more." in answer.content.decode()
        assert log_in(NEW, OTHER_PASSWORD)

    def test_the_trail_tells_of_it_without_the_address(self, me: Person, browser: Client) -> None:
        ask_address(browser, NEW)
        browser.post(link_in(newest_mail()))
        events = list(Event.objects.order_by("pk"))
        assert [event.verb for event in events] == ["person.ask-address", "person.confirm-address"]
        sealed = audit.sealed(me, {"email": NEW})
        assert all((each.actor, each.personal) == (me.pk, sealed) for each in events)
        assert "@" not in str([(each.before, each.after, each.personal) for each in events])

    def test_nobody_floods_a_mailbox_from_one_account(self, me: Person, browser: Client) -> None:
        answers = {ask_address(browser, NEW).status_code for _ in range(12)}
        assert answers == {200, 429}
        assert len(mail.outbox) == 10

    @pytest.mark.parametrize(
        "typed", ["", "geen-adres", "a" * 250 + "@b.example", MINE, "x@y.example\n"]
    )
    def test_what_is_no_other_address_is_said(
        self, me: Person, browser: Client, typed: str
    ) -> None:
        answer = ask_address(browser, typed)
        assert answer.status_code == (200 if "\n" in typed else 422)
        assert len(mail.outbox) == ("\n" in typed)


class TestPasswords:
    def test_a_change_and_a_reset_are_in_the_trail(self, me: Person, browser: Client) -> None:
        browser.post(
            "/en/account/password/change/",
            {
                "oldpassword": builders.PASSWORD,
                "password1": OTHER_PASSWORD,
                "password2": OTHER_PASSWORD,
            },
        )
        follow_reset(link_in(reset(MINE)), builders.PASSWORD)
        assert log_in(MINE, builders.PASSWORD)
        events = Event.objects.order_by("pk")
        assert [event.verb for event in events] == [
            "person.change-password",
            "person.reset-password",
        ]
        assert {(event.actor, event.subject_id) for event in events} == {(me.pk, str(me.pk))}
        assert all(event.before == event.after == event.personal == {} for event in events)

    @pytest.mark.parametrize("way", ["change", "reset"])
    def test_a_new_password_ends_the_other_sessions(self, me: Person, way: str) -> None:
        thief = inside(me)
        if way == "reset":
            follow_reset(link_in(reset(MINE)), OTHER_PASSWORD)
        else:
            browser = inside(me)
            typed = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
            browser.post(
                "/en/account/password/change/", {"oldpassword": builders.PASSWORD, **typed}
            )
            assert browser.get("/en/account/").status_code == 200
        assert thief.get("/en/account/").status_code == 302

    def test_the_link_of_a_reset_works_once(self, me: Person) -> None:
        link = link_in(reset(MINE))
        follow_reset(link, OTHER_PASSWORD)
        assert "This link does not work" in Client().get(link, follow=True).content.decode()

    def test_a_change_needs_the_password_of_today(self, me: Person, browser: Client) -> None:
        typed = {"oldpassword": "geraden-of-gegokt", "password1": OTHER_PASSWORD}
        browser.post("/en/account/password/change/", typed | {"password2": OTHER_PASSWORD})
        assert log_in(MINE, builders.PASSWORD)

    def test_who_was_shut_out_comes_in_by_no_link(self, me: Person) -> None:
        link = link_in(reset(MINE))
        Person.objects.update(is_active=False)
        assert "This link does not work" in Client().get(link, follow=True).content.decode()
        assert not log_in(MINE, builders.PASSWORD)
        assert "There is no account" in str(reset(MINE).body)

    @pytest.mark.parametrize("password", ["", " ", "kort", "password1234", MINE])
    def test_nobody_is_admitted_with_a_password_that_is_none(self, password: str) -> None:
        with pytest.raises(InvalidInput):
            verbs.admit(MINE, by=builders.HOUSE, password=password)
        assert not Person.objects.exists()
        assert not Event.objects.exists()

    def test_without_a_password_nobody_logs_in(self) -> None:
        verbs.admit(MINE, by=builders.HOUSE)
        for typed in ("", "!", "None"):
            assert not log_in(MINE, typed)

    def test_the_address_of_who_is_admitted_counts_at_once(self) -> None:
        verbs.admit(MINE, by=builders.HOUSE, password=OTHER_PASSWORD)
        assert log_in(MINE, OTHER_PASSWORD)


def follow_reset(link: str, password: str) -> None:
    client = Client()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": password, "password2": password})


def test_allauths_own_table_of_addresses_stays_empty(me: Person, browser: Client) -> None:
    """It would let people in by what it holds."""
    ask_address(browser, NEW)
    browser.post(link_in(newest_mail()))
    reset(NEW)
    log_in(NEW, builders.PASSWORD)
    for page in ("", "email/", "password/change/", "password/reset/"):
        browser.get(f"/en/account/{page}")
    assert not EmailAddress.objects.exists()


class TestSessions:
    def test_a_log_in_gets_a_session_of_its_own(self, me: Person) -> None:
        victims = Client()
        victims.get("/en/account/login/")
        victims.session["planted"] = "x"
        planted = "0" * 32
        victims.cookies["sessionid"] = planted
        assert log_in(MINE, builders.PASSWORD, client=victims)
        assert victims.cookies["sessionid"].value not in ("", planted)
        assert not Session.objects.filter(session_key=planted).exists()

    def test_a_session_of_before_the_log_in_is_not_one_after_it(self, me: Person) -> None:
        victims = Client()
        session = victims.session
        session["planted"] = "x"
        session.save()
        before = session.session_key
        victims.cookies["sessionid"] = str(before)
        assert log_in(MINE, builders.PASSWORD, client=victims)
        attacker = Client()
        attacker.cookies["sessionid"] = str(before)
        assert attacker.get("/en/account/").status_code == 302

    def test_log_out_ends_the_session_itself(self, browser: Client) -> None:
        kept = browser.cookies["sessionid"].value
        browser.post("/en/account/logout/")
        attacker = Client()
        attacker.cookies["sessionid"] = kept
        assert attacker.get("/en/account/").status_code == 302

    @pytest.mark.parametrize("page", ["/en/", "/en/listings/", "/en/account/"])
    @pytest.mark.parametrize("end", ["session", "expiry", "shut out", "erased", "password"])
    def test_who_is_not_let_in_any_more_is_out_at_the_next_request(
        self, me: Person, page: str, end: str
    ) -> None:
        browser = inside(me)
        key = browser.cookies["sessionid"].value
        assert MINE in browser.get(page).content.decode()
        person, session = Person.objects.filter(pk=me.pk), Session.objects.filter(pk=key)
        match end:
            case "session":
                session.delete()
            case "expiry":
                session.update(expire_date=timezone.now())
            case "shut out":
                person.update(is_active=False)
            case "erased":
                person.delete()
            case "password":
                person.update(password="!")
        answer = browser.get(page)
        assert MINE not in answer.content.decode()
        assert "Log out" not in answer.content.decode()
        assert (answer.status_code == 302) == ("account" in page)

    def test_a_session_with_the_key_of_before_goes_on(self, me: Person, settings: Any) -> None:
        browser, before = inside(me), settings.SECRET_KEY
        settings.SECRET_KEY = "another key, long enough to be one: 0123456789abcdefghijklmnop"
        settings.SECRET_KEY_FALLBACKS = [before]
        assert MINE in browser.get("/en/").content.decode()
        settings.SECRET_KEY_FALLBACKS = []
        assert MINE in browser.get("/en/").content.decode()

    def test_a_session_that_was_forged_is_nobodys(self, me: Person, browser: Client) -> None:
        other = inside(builders.person(email=TAKEN))
        keys = [each.cookies["sessionid"].value for each in (browser, other)]
        mine, others = (Session.objects.get(pk=key) for key in keys)
        forged = mine.session_data[:-1] + ("a" if mine.session_data[-1] != "a" else "b")
        Session.objects.filter(pk=mine.pk).update(session_data=forged)
        assert "Log in" in browser.get("/en/").content.decode()
        Session.objects.filter(pk=mine.pk).update(session_data=others.session_data)
        assert TAKEN in browser.get("/en/").content.decode()

    def test_a_picture_of_another_site_logs_nobody_out(self, browser: Client) -> None:
        assert browser.get("/en/account/logout/").status_code == 200
        assert browser.get("/en/account/").status_code == 200

    def test_cookies_are_for_us_only(self, me: Person, settings: Any) -> None:
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        client = Client()
        client.get("/en/account/login/", secure=True)
        typed = {"login": MINE, "password": builders.PASSWORD}
        client.post("/en/account/login/", typed, secure=True)
        for name in ("sessionid", "csrftoken"):
            cookie = client.cookies[name]
            assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
            assert cookie["domain"] == ""


def test_a_link_in_a_mail_on_disk_is_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    backend = get_connection("katalysator.site.mail.PrivateFileBackend", file_path=str(folder))
    for subject in ("een", "twee"):
        EmailMessage(subject, "http://testserver/", to=[MINE], connection=backend).send()
    (file,) = folder.iterdir()
    assert file.read_text().count("http://testserver/") == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
