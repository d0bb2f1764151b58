"""An attacker who guesses passwords: alone, from many places, and behind a proxy.

The limits stand in `ACCOUNT_RATE_LIMITS`; why they are so: decision 17.
"""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from katalysator.cli.root import cli
from katalysator.coalition import verbs
from katalysator.coalition.models import Person
from katalysator.faults import InvalidInput
from katalysator.site.demo.logins import PASSWORD as PUBLISHED
from tests import builders
from tests.attack.steps import WRONG, ask_address, guess, inside, link_in, log_in, newest_mail
from tests.cli.conftest import running

pytestmark = pytest.mark.django_db

RIGHT = builders.PASSWORD
MINE = "ik@voorbeeld.example"
HOME, ATTACKER = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def me() -> Person:
    return builders.person(email=MINE)


def test_five_wrong_passwords_from_one_place_are_enough() -> None:
    guess(MINE, 5, REMOTE_ADDR=ATTACKER)
    assert not log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER)


def test_what_others_guess_locks_nobody_out() -> None:
    guess(MINE, 12, REMOTE_ADDR=ATTACKER)
    assert log_in(MINE, RIGHT, REMOTE_ADDR=HOME)


def test_a_right_password_is_not_counted() -> None:
    for _ in range(25):
        assert log_in(MINE, RIGHT, REMOTE_ADDR=HOME)


def test_a_right_password_of_ones_own_buys_no_guesses_at_others() -> None:
    builders.person(email="ander@voorbeeld.example")
    for _ in range(5):
        guess("ander@voorbeeld.example", 1, REMOTE_ADDR=ATTACKER)
        log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER)
    assert not log_in("ander@voorbeeld.example", RIGHT, REMOTE_ADDR=ATTACKER)


def test_one_place_does_not_try_a_password_at_everybody() -> None:
    for number in range(20):
        guess(f"lid-{number}@elders.example", 1, REMOTE_ADDR=ATTACKER)
    assert not log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER)
    assert log_in(MINE, RIGHT, REMOTE_ADDR=HOME)


class TestManyPlaces:
    """A guesser from many places tries twice from each; the owner still comes in."""

    @pytest.fixture(autouse=True)
    def attacked(self) -> None:
        for place in range(20):
            guess(MINE, 1, REMOTE_ADDR=f"203.0.113.{place}")

    def test_each_new_place_has_two_tries(self) -> None:
        guess(MINE, 2, REMOTE_ADDR=ATTACKER)
        assert not log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER)

    def test_the_owner_comes_in_again_and_again(self) -> None:
        guess(MINE, 1, REMOTE_ADDR=HOME)
        for _ in range(3):
            assert log_in(MINE, RIGHT, REMOTE_ADDR=HOME)

    def test_other_addresses_do_not_notice(self) -> None:
        builders.person(email="ander@voorbeeld.example")
        guess("ander@voorbeeld.example", 4, REMOTE_ADDR=HOME)
        assert log_in("ander@voorbeeld.example", RIGHT, REMOTE_ADDR=HOME)

    def test_a_link_in_the_mail_lets_the_owner_start_anew(self) -> None:
        guess(MINE, 2, REMOTE_ADDR="127.0.0.1")
        Client().post("/en/account/password/reset/", {"email": MINE})
        client = Client()
        form = client.get(link_in(newest_mail()), follow=True).redirect_chain[-1][0]
        client.post(
            form, {"password1": "een-heel-ander-woord", "password2": "een-heel-ander-woord"}
        )
        assert log_in(MINE, "een-heel-ander-woord")


class TestProxies:
    """No header says who somebody is, unless the operator says that proxies of ours wrote it."""

    def test_by_default_no_header_is_believed(self) -> None:
        for number in range(5):
            guess(MINE, 1, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        assert not log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=HOME)

    def test_behind_a_proxy_everybody_is_counted_alone(self, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        guess(MINE, 5, HTTP_X_FORWARDED_FOR=ATTACKER)
        assert not log_in(MINE, RIGHT, HTTP_X_FORWARDED_FOR=ATTACKER)
        assert log_in(MINE, RIGHT, HTTP_X_FORWARDED_FOR=HOME)

    def test_what_the_client_wrote_itself_is_not_believed(self, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(5):
            guess(MINE, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {ATTACKER}")
        assert not log_in(MINE, RIGHT, HTTP_X_FORWARDED_FOR=f"{HOME}, {ATTACKER}")

    def test_who_comes_past_a_proxy_is_counted_by_the_sender(self, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
        guess(MINE, 5, HTTP_X_FORWARDED_FOR=HOME, REMOTE_ADDR=ATTACKER)
        assert not log_in(MINE, RIGHT, HTTP_X_FORWARDED_FOR=HOME, REMOTE_ADDR=ATTACKER)

    def test_all_addresses_of_one_line_are_one_place(self) -> None:
        for number in range(5):
            guess(MINE, 1, REMOTE_ADDR=f"2001:db8::{number}")
        assert not log_in(MINE, RIGHT, REMOTE_ADDR="2001:db8::ffff")


class TestCounters:
    def test_they_are_shared_by_all_processes_and_name_nobody(self) -> None:
        guess(MINE, 1, REMOTE_ADDR=ATTACKER)
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key || value FROM core_counter")
            rows = str(cursor.fetchall())
        assert rows.count(":1:") == 0
        assert len(rows) > 100
        for told in (MINE, ATTACKER, "login"):
            assert told not in rows

    def test_they_are_not_thrown_out_by_many_new_ones(self) -> None:
        guess(MINE, 5, REMOTE_ADDR=ATTACKER)
        for number in range(400):
            caches["default"].set(f"other {number}", number)
        assert not log_in(MINE, RIGHT, REMOTE_ADDR=ATTACKER)


class TestThePublishedPassword:
    """The example's password is printed and told: it opens nothing else."""

    @pytest.fixture(autouse=True)
    def published(self, me: Person) -> None:
        me.set_password(PUBLISHED)
        me.save()

    def test_it_opens_the_example_only(self, settings: Any) -> None:
        assert not log_in(MINE, PUBLISHED)
        settings.DEMO = True
        assert log_in(MINE, PUBLISHED)

    def test_nobody_is_admitted_with_it(self) -> None:
        with pytest.raises(InvalidInput, match="Do not use the password of the example"):
            verbs.admit("nieuw@voorbeeld.example", by=builders.HOUSE, password=PUBLISHED)
        done = running(cli)("admit", "nieuw@voorbeeld.example", "--password", PUBLISHED)
        assert done.exit_code == 2
        assert "Do not use the password of the example" in done.output

    def test_nobody_changes_to_it(self, me: Person) -> None:
        typed = {"oldpassword": RIGHT, "password1": PUBLISHED, "password2": PUBLISHED}
        me.set_password(RIGHT)
        me.save()
        answer = inside(me).post("/en/account/password/change/", typed)
        assert "Do not use the password of the example" in answer.content.decode()

    def test_nobody_resets_to_it(self) -> None:
        Client().post("/en/account/password/reset/", {"email": MINE})
        client = Client()
        form = client.get(link_in(newest_mail()), follow=True).redirect_chain[-1][0]
        answer = client.post(form, {"password1": PUBLISHED, "password2": PUBLISHED})
        assert "Do not use the password of the example" in answer.content.decode()


class TestTelling:
    """What a stranger is told does not depend on whether there is an account."""

    @pytest.mark.parametrize("page", ["login", "password/reset"])
    def test_pages(self, page: str) -> None:
        told = {
            Client()
            .post(
                f"/en/account/{page}/",
                {"login": email, "email": email, "password": WRONG},
                follow=True,
            )
            .content.decode()
            .replace(email, "")
            .split("<main")[1]
            .split("csrfmiddlewaretoken")[0]
            for email in (MINE, "niemand@voorbeeld.example")
        }
        assert len(told) == 1

    def test_the_lock(self) -> None:
        for email in (MINE, "niemand@voorbeeld.example"):
            guess(email, 5, REMOTE_ADDR=ATTACKER)
        typed = {"password": RIGHT}
        told = {
            Client()
            .post("/en/account/login/", typed | {"login": email}, REMOTE_ADDR=ATTACKER)
            .content.decode()
            .count("Too many failed login attempts")
            for email in (MINE, "niemand@voorbeeld.example")
        }
        assert told == {1}

    def test_too_often_gets_a_page_of_ours(self) -> None:
        client = inside(Person.objects.get())
        answers = [ask_address(client, "x@y.example", WRONG) for _ in range(11)]
        assert answers[-1].status_code == 429
        assert "Too many tries" in answers[-1].content.decode()
