"""The database away or the disk full: said in plain words, with the right number, and nothing half done."""

import errno
from collections.abc import Callable

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from katalysator.site import outage, views

pytestmark = pytest.mark.django_db

AWAY, FULL, BROKEN = "Back in a moment", "There is no room left", "Something went wrong on our side"


@pytest.fixture
def visitor() -> Client:
    """A client that is shown what visitors are shown."""
    return Client(raise_request_exception=False)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Lets the matrix fail in some way."""

    def fail(error: BaseException) -> None:
        def counted(*_arguments: object, **_named: object) -> None:
            raise error

        monkeypatch.setattr(views, "counted", counted)

    return fail


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """More is kept back than any disk has."""
    monkeypatch.setattr(outage, "RESERVE", 1 << 62)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OperationalError("gone"), 503, AWAY),
        (InterfaceError("closed"), 503, AWAY),
        (caused(ValueError(), psycopg.OperationalError()), 503, AWAY),
        (caused(OperationalError(), psycopg.errors.DiskFull()), 507, FULL),
        (OSError(errno.ENOSPC, "No space left on device"), 507, FULL),
        (OSError(errno.EACCES, "Permission denied"), 500, BROKEN),
        (ValueError(), 500, BROKEN),
    ],
    ids=str,
)
def test_what_passes_is_told_from_what_is_broken(
    visitor: Client,
    failing: Callable[[BaseException], None],
    error: Exception,
    status: int,
    said: str,
) -> None:
    failing(error)
    answer = visitor.get("/en/")
    assert answer.status_code == status
    assert f'<h1 class="utrecht-heading-1">{said}</h1>' in answer.content.decode()
    assert answer.has_header("Retry-After") == (status != 500)


def test_it_is_said_in_dutch(visitor: Client, failing: Callable[[BaseException], None]) -> None:
    failing(OperationalError("gone"))
    assert "Zo terug" in visitor.get("/nl/").content.decode()


@pytest.mark.usefixtures("full_disk")
class TestFullDisk:
    @pytest.mark.parametrize(
        "page", ["/en/", "/en/listings/", "/en/account/login/", "/api/v1/listings"]
    )
    def test_reading_goes_on(self, client: Client, page: str) -> None:
        assert client.get(page).status_code == 200

    def test_what_would_be_written_is_refused(self, client: Client) -> None:
        answer = client.post("/en/account/login/", {"login": "x@y.example", "password": "x"})
        assert answer.status_code == 507
        assert "what you just sent was not kept" in answer.content.decode()

    def test_jobs_wait(self) -> None:
        with pytest.raises(outage.DiskFull):
            outage.require_room()


def test_with_room_nothing_is_refused(client: Client) -> None:
    outage.require_room()
    answer = client.post("/en/account/login/", {"login": "x@y.example", "password": "x"})
    assert answer.status_code == 200


def test_a_database_that_was_moved_away_is_looked_for_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "postgres").mkdir()
    (folder / "postgres" / "elsewhere").symlink_to(folder / "gone")
    monkeypatch.setenv("KATALYSATOR_DATA", str(folder))
    assert not outage.is_disk_full()
