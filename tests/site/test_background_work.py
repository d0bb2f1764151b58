"""The bureau sees on its own page that jobs are not done; nobody else is shown it."""

import pytest
from django.test import Client

from katalysator.core.jobs import SHORT
from tests import builders
from tests.core.jobs import queued, worker

pytestmark = pytest.mark.django_db

ACCOUNT = "/en/account/"
HEADING = "The background work needs attention"


def page_of(client: Client, *, is_coordinator: bool, language: str = "en") -> str:
    client.force_login(
        builders.person(builders.organisation(), is_coordinator=is_coordinator),
        backend="katalysator.site.accounts.backend.PersonBackend",
    )
    return client.get(f"/{language}/account/").content.decode()


def test_the_bureau_sees_that_jobs_stand_still(client: Client) -> None:
    worker()
    queued(SHORT, minutes=42)
    page = page_of(client, is_coordinator=True)
    assert HEADING in page
    assert "stand still for 42 minutes; jobs that wait: 1." in page


def test_it_is_said_in_dutch(client: Client) -> None:
    queued(SHORT, minutes=2)
    page = page_of(client, is_coordinator=True, language="nl")
    assert "Niemand doet het werk op de achtergrond" in page


def test_where_jobs_are_done_it_sees_nothing(client: Client) -> None:
    worker()
    assert HEADING not in page_of(client, is_coordinator=True)


def test_a_member_does_not_see_it(client: Client) -> None:
    assert HEADING not in page_of(client, is_coordinator=False)
