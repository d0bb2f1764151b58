"""Large blocks one after another go straight out: whole, in order, and no further than somebody takes them."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from threading import Event
from typing import Final

import pytest

from katalysator.site import streaming
from katalysator.site.streaming import LARGE
from tests.site.channels import served

KEPT: Final = 64 << 20
"""Bytes that a channel of waitress would keep here for who takes nothing."""
BLOCKS = [bytes([number]) * (LARGE + 7 * number) for number in range(40)]


def _served(blocks: Callable[[], Iterator[bytes]]) -> AbstractContextManager[int]:
    return served(lambda _path: blocks(), outbuf_high_watermark=KEPT)


def _asked(port: int) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    return connection


@pytest.mark.parametrize("small", [b"", b"small"])
def test_blocks_arrive_whole_and_in_order(small: bytes) -> None:
    told = [part for block in BLOCKS for part in (block, small) if part]
    with _served(lambda: iter(told)) as port:
        for _ in range(2):
            connection = _asked(port)
            assert connection.getresponse().read() == b"".join(told)
            connection.close()


def _many(made: list[int], ended: Event) -> Callable[[], Iterator[bytes]]:
    """A hundred megabytes, of which is kept what was made."""

    def blocks() -> Iterator[bytes]:
        try:
            for number in range(400):
                made.append(number)
                yield BLOCKS[0]
        finally:
            ended.set()

    return blocks


def test_whoever_takes_nothing_gets_no_more_than_its_line_holds_and_whoever_leaves_ends_it() -> (
    None
):
    made, ended = list[int](), Event()
    with _served(_many(made, ended)) as port:
        connection = _asked(port)
        answer = connection.getresponse()
        answer.read(LARGE)
        time.sleep(1)
        assert len(made) * LARGE < KEPT // 2  # what the system keeps for a line, and no buffer
        answer.close()
        connection.close()
        assert ended.wait(10)


def test_whoever_takes_a_little_at_a_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_SILENCE", 1.5)
    made, ended = list[int](), Event()
    with _served(_many(made, ended)) as port:
        connection = _asked(port)
        answer = connection.getresponse()
        until = time.monotonic() + 8
        while time.monotonic() < until and not ended.is_set():
            answer.read(4 << 10)
            time.sleep(0.05)
        assert ended.is_set()
        answer.close()
        connection.close()


def _lines(ended: Event) -> Callable[[str], Iterator[bytes]]:
    """A sheet of thirty megabytes, line by line."""

    def lines(_path: str) -> Iterator[bytes]:
        try:
            yield from (b"x" * 1_000 for _ in range(30_000))
        finally:
            ended.set()

    return lines


@pytest.mark.parametrize("taken", [0, 4 << 10], ids=["nothing", "a little at a time"])
def test_small_lines_are_not_kept_for_whoever_takes(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "_SILENCE", 1.0)
    ended = Event()
    with served(_lines(ended), outbuf_high_watermark=100_000) as port:
        connection = _asked(port)
        answer, until = connection.getresponse(), time.monotonic() + 8
        while time.monotonic() < until and not ended.is_set():
            answer.read(taken)
            time.sleep(0.05)
        assert ended.is_set()
        answer.close()
        connection.close()


def test_small_lines_all_come_to_whoever_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_SILENCE", 1.0)
    with served(_lines(Event()), outbuf_high_watermark=100_000) as port:
        connection = _asked(port)
        assert len(connection.getresponse().read()) == 30_000_000
        connection.close()


def test_whoever_asks_on_before_the_answer_gets_the_first_and_must_ask_again() -> None:
    asked = list[str]()

    def page(path: str) -> Iterator[bytes]:
        asked.append(path)
        return iter([path.encode()])

    with served(page) as port, socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: h\r\n\r\n" % each for each in range(9)))
        answer = b"".join(iter(lambda: client.recv(1_000), b""))
    assert asked == ["/0"]
    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert b"Connection: close" in answer
