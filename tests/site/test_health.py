"""What proxies and monitors ask: does it live, and can it serve?"""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from katalysator.site.environment import database


def said(client: Client, address: str, **headers: str) -> tuple[int, str]:
    answer = client.get(address, headers=headers)
    assert answer["Content-Type"] == "text/plain"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.status_code, answer.content.decode()


def test_a_process_that_lives_says_so_without_a_database(client: Client) -> None:
    assert said(client, "/health") == (200, "ok\n")


@pytest.mark.django_db
def test_a_house_that_can_serve_says_so(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said(client, "/ready")
    with django_assert_num_queries(2):
        assert said(client, "/ready") == (200, "ok\n")


@pytest.mark.django_db
def test_tables_of_an_older_version_are_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")
    assert said(client, "/ready") == (503, "not ready\n")


@pytest.mark.django_db
def test_no_tables_at_all_are_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    assert said(client, "/ready") == (503, "not ready\n")


@pytest.fixture
def down(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], None]]:
    """A database that does not answer, and what brings it back."""
    before = dict(connection.settings_dict)

    def back() -> None:
        connection.close()
        connection.settings_dict.update(before)

    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(database("postgresql://nobody@127.0.0.1:1/none"))
        yield back
        back()
        connection.close()


def test_a_database_that_does_not_answer_is_not_ready_until_it_does(
    client: Client, down: Callable[[], None]
) -> None:
    assert said(client, "/ready") == (503, "not ready\n")
    assert said(client, "/health") == (200, "ok\n")
    down()
    assert said(client, "/ready") == (200, "ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_a_monitor_need_not_know_our_name_nor_speak_https(client: Client, address: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["coalition.example"]):
        assert said(client, address, host="10.0.0.7:8000") == (200, "ok\n")
        assert client.get("/nl/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.parametrize("address", ["/health/", "/nl/health", "/ready/more"])
@pytest.mark.django_db
def test_nothing_else_is_one_of_them(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404
