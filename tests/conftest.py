"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django.fixtures import Settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database of its own for each run, so that two runs do not meet."""
    test = connection.settings_dict["TEST"]
    test["NAME"] = f"test_katalysator_{os.getpid()}"


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
