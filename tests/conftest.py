"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_django.fixtures import Settings


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
