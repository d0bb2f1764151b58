"""Pages never wait behind what takes long, however many ask for it and however slowly they read."""

from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Event

import pytest

from katalysator.site.answering import DOWNLOADS_AT_ONCE, Answering, is_download
from tests.site.channels import served

PAGES = 2
MANY = 10


@pytest.mark.parametrize(
    ("path", "apart"),
    [
        ("/nl/listings/export.csv", True),
        ("/open-data/coalition.zip", True),
        ("/open-data/datapackage.json", True),
        ("/en/bureau/export/", True),
        ("/dataspace/voorbeeld-eigenaar/data/7f3c", True),
        ("/dataspace/voorbeeld-eigenaar/data/7f3c/token", False),
        ("/nl/open-data/", False),
        ("/nl/listings/1/", False),
        ("", False),
    ],
)
def test_what_takes_long_is_told_by_its_address(path: str, apart: bool) -> None:
    assert is_download(path) == apart


def test_pages_come_while_many_read_a_sheet_and_no_more_sheets_are_made_than_have_threads() -> None:
    made, over = list[str](), Event()

    def answer(path: str) -> Iterator[bytes]:
        if is_download(path):
            made.append(path)
            over.wait(20)
        yield path.encode()

    threads = Answering(PAGES)
    with served(answer, _dispatcher=threads) as port:
        readers = [HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(MANY)]
        for number, reader in enumerate(readers):
            reader.request("GET", f"/{number}/export.csv")
        for number in range(3 * PAGES):
            page = HTTPConnection("127.0.0.1", port, timeout=5)
            page.request("GET", f"/{number}/")
            assert page.getresponse().read() == f"/{number}/".encode()
            page.close()
        assert len(made) <= DOWNLOADS_AT_ONCE
        over.set()
        for number, reader in enumerate(readers):
            assert reader.getresponse().read() == f"/{number}/export.csv".encode()
            reader.close()


def test_what_cannot_be_read_as_a_request_is_answered_too() -> None:
    with served(lambda path: iter([path.encode()]), _dispatcher=Answering(PAGES)) as port:
        client = HTTPConnection("127.0.0.1", port, timeout=5)
        client.request("GET", "/", headers={"Transfer-Encoding": "unknown"})
        assert client.getresponse().status in (400, 501)
        client.close()
