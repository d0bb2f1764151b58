"""Accounts: nobody signs up alone, a password is renewed by e-mail, in plain words of our own."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests import builders

pytestmark = pytest.mark.django_db

LOGIN_BACKEND = "katalysator.site.accounts.backend.PersonBackend"
ADDRESS = "lid@voorbeeld.example"
NEW = "een-heel-ander-woord"


def ask(client: Client, address: str, language: str = "en") -> mail.EmailMessage:
    answer = client.post(f"/{language}/account/password/reset/", {"email": address}, follow=True)
    assert answer.status_code == 200
    (sent,) = mail.outbox
    return sent


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("en", "Katalysator: choose a new password", "Somebody asked for a new password"),
        ("nl", "Katalysator: kies een nieuw wachtwoord", "Iemand vroeg een nieuw wachtwoord"),
    ],
)
def test_a_new_password_comes_by_mail_in_the_readers_language(
    client: Client, language: str, subject: str, said: str
) -> None:
    builders.person(email=ADDRESS)
    sent = ask(client, ADDRESS, language)
    assert (sent.subject, sent.to) == (subject, [ADDRESS])
    assert said in str(sent.body)
    assert "example.com" not in str(sent.body)
    assert str(sent.body).rstrip().endswith(f"Katalysator\nhttp://testserver/{language}/")


def test_the_link_in_the_mail_gives_a_new_password(client: Client) -> None:
    person = builders.person(email=ADDRESS)
    (link,) = re.findall(r"http://testserver(\S+/key/\S+)", str(ask(client, ADDRESS).body))
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize("how", ["get", "post"])
def test_who_has_no_password_here_chooses_one_by_a_link(client: Client, how: str) -> None:
    """As somebody who logs in by their own organisation."""
    person = builders.person(email=ADDRESS)
    person.set_unusable_password()
    person.save()
    client.force_login(person, LOGIN_BACKEND)
    assert "Choose a password" in client.get("/en/account/settings/").content.decode()
    answer = getattr(client, how)("/en/account/password/change/", follow=True)
    assert answer.redirect_chain[-1] == ("/en/account/password/set/", 302)
    page = answer.content.decode()
    assert "Your account has no password here yet." in page
    assert f'name="email" value="{ADDRESS}"' in page
    assert 'action="/en/account/password/reset/"' in page
    (link,) = re.findall(r"http://testserver(\S+/key/\S+)", str(ask(client, ADDRESS).body))
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_who_has_no_account_is_told_so_by_mail_only(client: Client) -> None:
    builders.person(email=ADDRESS)
    known = client.post("/en/account/password/reset/", {"email": ADDRESS}, follow=True)
    mail.outbox.clear()
    unknown = client.post("/en/account/password/reset/", {"email": "x@y.example"}, follow=True)
    main = [page.content.decode().split("<main")[1] for page in (known, unknown)]
    assert main[0] == main[1]
    assert "Look in your e-mail" in main[0]
    (sent,) = mail.outbox
    assert "There is no account with this address" in str(sent.body)
    assert "signup" not in str(sent.body)


def test_the_closed_door_says_who_opens_it(client: Client) -> None:
    page = client.get("/en/account/signup/").content.decode()
    assert "The coordinator of your coalition lets people in" in page


def test_the_header_leads_to_the_account_and_the_account_to_all_of_it(client: Client) -> None:
    person = builders.person(email=ADDRESS)
    client.force_login(person, backend=LOGIN_BACKEND)
    header = client.get("/en/about/").content.decode().split("</header>")[0]
    assert re.search(rf'href="/en/account/settings/".*{ADDRESS}', header)
    page = client.get("/en/account/settings/").content.decode().split("<main")[1]
    for name in ("password/change", "email", "letters", "two-step"):
        assert f'href="/en/account/{name}/"' in page
        assert client.get(f"/en/account/{name}/").status_code == 200
    assert 'action="/en/account/logout/"' in page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", ["", "email/", "email/x/", "password/change/", "logout/"])
def test_the_pages_of_an_account_are_ours(client: Client, page: str, language: str) -> None:
    client.force_login(builders.person(), backend=LOGIN_BACKEND)
    shown = client.get(f"/{language}/account/{page}").content.decode()
    assert f'<html lang="{language}">' in shown
    assert "utrecht-heading-1" in shown.split("<main")[1]
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*src=)[^>]*>', shown)


def test_the_rules_for_a_password_address_the_reader_as_the_site_does(client: Client) -> None:
    client.force_login(builders.person(), backend=LOGIN_BACKEND)
    page = client.get("/nl/account/password/change/").content.decode().split("<main")[1]
    assert "Kies minstens 12 tekens." in page
    assert "Kies geen wachtwoord dat veel mensen gebruiken." in page
    assert not re.search(r"\b[uU]w?\b", re.sub(r"<[^>]*>", "", page))
