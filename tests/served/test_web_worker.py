"""Slow and huge requests: whoever takes long, or sends too much, keeps nobody else waiting."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from katalysator.site.web_worker import LARGEST_BODY

_CLIENTS = 50  # many more than there are threads
_PATIENCE = 5.0  # seconds
_HEAD = b"POST /nl/search/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
_PAGE = b"GET /nl/listings/ HTTP/1.1\r\nHost: localhost\r\n"
_WHOLE = _PAGE + b"Connection: close\r\n\r\n"
_MANY = (_PAGE + b"\r\n") * 100
_SHEET = _WHOLE.replace(b"/listings/", b"/listings/export.csv")


@contextmanager
def _connected(address: str, clients: int = _CLIENTS) -> Iterator[list[socket.socket]]:
    place = urlsplit(address)
    with ExitStack() as opened:
        yield [
            opened.enter_context(socket.create_connection((place.hostname, place.port), _PATIENCE))
            for _ in range(clients)
        ]


def _answers_at_once(address: str) -> None:
    began = time.monotonic()
    with urlopen(f"{address}/nl/about/", timeout=_PATIENCE) as page:
        assert page.status == 200
    assert time.monotonic() - began < _PATIENCE


@pytest.mark.parametrize(
    "sent",
    [
        _HEAD + b"X-Half: a",
        _HEAD + b"Content-Length: 1000\r\n\r\nhalf",
        _WHOLE,
        _MANY,
        _SHEET,
    ],
    ids=[
        "half a head",
        "half a body",
        "whole, and the answer not read",
        "a hundred at once, and no answer read",
        "a sheet of all, and not read",
    ],
)
def test_clients_that_are_slow_keep_no_reader_waiting(address: str, sent: bytes) -> None:
    with _connected(address) as clients:
        for client in clients:
            client.sendall(sent)
        _answers_at_once(address)


@pytest.mark.parametrize("length", [LARGEST_BODY + 1, 300_000_000])
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(address: str, length: int) -> None:
    with _connected(address, clients=1) as (client,):
        client.sendall(_HEAD + f"Content-Length: {length}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_body_of_unknown_length_is_read_no_further_than_allowed(address: str) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with _connected(address, clients=1) as (client,):
        client.sendall(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(OSError, match=r"reset|pipe"):
            client.sendall(chunk * (20 * LARGEST_BODY // len(chunk)))


@pytest.mark.parametrize("header", [b"X: " + bytes(100_000), b"Cookie: " + b"a=b; " * 20_000])
def test_a_head_that_is_too_large_is_refused(address: str, header: bytes) -> None:
    with _connected(address, clients=1) as (client,):
        client.sendall(_HEAD + header + b"\r\n\r\n")
        assert client.recv(100).split()[1] in (b"400", b"431")
