"""An attacker who sends more than a page can take: it is refused before anything is read or kept."""

from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from katalysator.importing.models import KeptSheet
from katalysator.importing.reading import LARGEST_SHEET
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside
from tests.listings.sheets_given import written
from tests.programs import Program

pytestmark = pytest.mark.django_db

MOST = 1_000_000
FORM = "application/x-www-form-urlencoded"
PAGES = ("/en/account/login/", "/nl/account/password/reset/", "/en/listings/1/close/", "/en/")


class Untouched:
    """A body of any size that may not be read."""

    def read(self, *_size: int) -> NoReturn:
        raise AssertionError("The body was read.")

    readline = readlines = __iter__ = read


def send(page: str, *, client: Client | None = None, method: str = "POST", **headers: Any) -> Any:
    unread: dict[str, Any] = {"wsgi.input": Untouched(), "CONTENT_TYPE": MULTIPART_CONTENT}
    return (client or Client(enforce_csrf_checks=True)).generic(method, page, **unread | headers)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE"])
@pytest.mark.parametrize("length", [str(MOST + 1), "300000000", "9" * 4_000])
def test_a_body_that_is_too_large_is_not_read(page: str, method: str, length: str) -> None:
    answer = send(page, method=method, CONTENT_LENGTH=length)
    assert answer.status_code == 413
    told = answer.content.decode()
    assert f'<html lang="{page[1:3]}">' in told
    assert ("Send 1 MB or less" if page.startswith("/en/") else "Stuur 1 MB of minder") in told


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"CONTENT_LENGTH": "many"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "1_0"},
    ],
    ids=str,
)
def test_a_body_without_a_length_is_not_read(page: str, headers: dict[str, str]) -> None:
    assert send(page, client=None, method="POST", **headers).status_code == 411


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"CONTENT_LENGTH": "300000000"}, 413), ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411)],
)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_programs_are_told_so_as_programs(
    headers: dict[str, str], status: int, language: str
) -> None:
    told: dict[str, Any] = {"HTTP_ACCEPT_LANGUAGE": language, **headers}
    answer = send("/api/v1/listings", **told)
    assert answer.status_code == answer.json()["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith({"en": ("S"), "nl": ("S", "Zeg")}[language])


def test_who_is_logged_in_is_refused_as_well() -> None:
    client = inside(builders.person(builders.organisation()))
    page = "/en/listings/new/need/expertise/"
    assert send(page, client=client, CONTENT_LENGTH=str(MOST + 1)).status_code == 413


def test_as_much_as_a_page_can_take_is_read() -> None:
    owner = builders.organisation()
    client = inside(builders.person(owner))
    form = builders.typed(owner, text="Een lang verhaal. " * 200)
    answer = client.post("/en/listings/new/need/expertise/", form)
    assert answer.status_code == 302
    assert Listing.objects.get().text.count("verhaal") == 200
    filling = "login=" + "a" * (MOST - 6)
    assert Client().post("/en/account/login/", filling, FORM).status_code == 200


def test_a_file_in_a_form_goes_nowhere(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    owner = builders.organisation()
    client = inside(builders.person(owner))
    file = SimpleUploadedFile("../../planted.py", b"x" * 900_000)
    form = builders.typed(owner) | {"attachment": file}
    answer = client.post("/en/listings/new/need/expertise/", form)
    assert answer.status_code == 302
    assert answer.wsgi_request.FILES == {}
    assert list(tmp_path.iterdir()) == []
    assert Listing.objects.count() == 1


SHEETS = "/en/listings/import/"


def test_the_page_that_takes_a_file_takes_so_much_and_no_more() -> None:
    client = inside(builders.person(builders.organisation()))
    answer = send(SHEETS, client=client, CONTENT_LENGTH=str(LARGEST_SHEET + MOST))
    assert answer.status_code == 413
    assert "Upload a file of 5 MB or less." in answer.content.decode()


@pytest.mark.parametrize("kind", [FORM, "text/plain", ""])
def test_there_too_what_is_no_file_may_be_no_larger_than_elsewhere(kind: str) -> None:
    client = inside(builders.person(builders.organisation()))
    answer = send(SHEETS, client=client, CONTENT_LENGTH=str(MOST + 1), CONTENT_TYPE=kind)
    assert answer.status_code == 413


def test_a_file_of_a_stranger_is_not_read() -> None:
    assert send(SHEETS, CONTENT_LENGTH=str(MOST + 1)).status_code == 413
    file = SimpleUploadedFile("vragen.csv", b"x" * 1_000)
    assert Client().post(SHEETS, {"file": file}).wsgi_request.FILES == {}


def test_a_file_that_is_taken_stays_in_memory(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    owner = builders.organisation()
    file = SimpleUploadedFile("../../planted.csv", written())
    form = {"organisation": owner.pk, "kind": "need", "market": "expertise", "file": file}
    assert inside(builders.person(owner)).post(SHEETS, form).status_code == 302
    assert (list(tmp_path.iterdir()), KeptSheet.objects.get().name) == ([], "planted.csv")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("&".join(f"a{number}=1" for number in range(400)), FORM),
        (
            encode_multipart(BOUNDARY, {f"a{number}": "1" for number in range(400)}),
            MULTIPART_CONTENT,
        ),
        (b"no parts at all", MULTIPART_CONTENT),
        (b"no boundary", "multipart/form-data"),
        (b"--BoUnDaRyStRiNg\r\nContent-Disposition: form-data; name=", MULTIPART_CONTENT),
        (b"\xff\xfe%00=%zz", FORM),
    ],
)
def test_a_broken_form_gets_a_page(body: str | bytes, kind: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic("POST", "/en/account/login/", body, kind)
    assert answer.status_code in (400, 403)
    assert b"<main" in answer.content


class TestFilesOfPrograms:
    """The API reads a file of who has a good token, where it takes one; of others not a byte."""

    FILES = "/api/v1/knowledge/1/files"
    LARGE = str(MOST + 1)

    def test_nobody_else_is_read(self) -> None:
        for token in ("", "Bearer kat_nothing"):
            answer = send(self.FILES, CONTENT_LENGTH=self.LARGE, HTTP_AUTHORIZATION=token)
            assert answer.status_code == 413

    def test_not_more_than_a_file_is_read(self) -> None:
        token = f"Bearer {Program(builders.person(builders.organisation())).secret}"
        large = send(
            self.FILES,
            CONTENT_LENGTH="10100000",
            HTTP_AUTHORIZATION=token,
            HTTP_ACCEPT_LANGUAGE="en",
        )
        assert (large.status_code, "10 MB or less" in large.json()["detail"]) == (413, True)

    def test_other_addresses_take_none(self) -> None:
        token = f"Bearer {Program(builders.person(builders.organisation())).secret}"
        for address in ("/api/v1/knowledge", "/api/v1/knowledge/1/deeds", "/api/v1/nothing"):
            answer = send(address, CONTENT_LENGTH=self.LARGE, HTTP_AUTHORIZATION=token)
            assert answer.status_code == 413

    def test_a_token_opens_no_page(self) -> None:
        token = f"Bearer {Program(builders.person(builders.organisation())).secret}"
        answer = send("/en/knowledge/1/files/", CONTENT_LENGTH=self.LARGE, HTTP_AUTHORIZATION=token)
        assert answer.status_code == 413
