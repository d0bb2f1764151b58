"""What all tests share."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from katalysator.coalition.founding import current
from katalysator.coalition.founding.models import Coalition
from katalysator.core import kept
from katalysator.running.migrating import migrate
from tests import examples, house, last_first


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", action="store_true", help="try every fault and many examples")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis_settings.load_profile(examples.FULL if config.getoption("--faults") else "test")
    last_first.begin()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Try a sample of the cases of each matrix, always the same, unless all are asked for.

    Those of the example as it is served come first: one worker gets them all, with what they start.
    """
    items.sort(key=lambda item: "tests/served/" not in item.nodeid)
    if config.getoption("--faults"):
        return
    matrices = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        if item.get_closest_marker("faults"):
            matrices[item.nodeid.partition("[")[0]].append(item)
    left = {item for matrix in matrices.values() for item in _left_out(matrix)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]


def _left_out(matrix: list[pytest.Item]) -> list[pytest.Item]:
    mark = matrix[0].get_closest_marker("faults")
    sample = mark.kwargs["sample"] if mark else len(matrix)
    step = -(-len(matrix) // sample) if sample else 0
    return [item for place, item in enumerate(matrix) if not step or place % step]


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
    migrate()
    connection.close()


@pytest.fixture(scope="module")
def lasting(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[object]]]:
    """Opens the database for records that all tests of a module have in common.

    They are made once, each test rolls back what it did to them, and the last one takes them along.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def plain_house(django_test_environment: None) -> Iterator[None]:
    """Static files by their own names, and quick passwords."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are checked in the language in which they were written; nothing is kept of an earlier test."""
    kept.forget()
    current._known = None, Coalition(pk=1)  # nobody has said anything yet, and pages need not ask
    with translation.override("en"):
        yield
