"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests import house


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database of this worker's own, with all tables, copied from one that is migrated once."""
    with django_db_blocker.unblock():
        _enter(house.copied("migrated", _migrate))
    yield
    with django_db_blocker.unblock():
        connection.close()


def _enter(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def _migrate(database: str) -> None:
    _enter(database)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


@pytest.fixture(autouse=True)
def plain_house(settings: Settings) -> None:
    """Static files by their own names, quick passwords, nothing kept from the test before."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are checked in the language in which they were written."""
    with translation.override("en"):
        yield
