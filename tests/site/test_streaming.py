"""Large blocks one after another go straight out: whole, in order, and no further than somebody takes them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any, Final

import pytest
from waitress import wasyncore
from waitress.server import create_server

from katalysator.site import streaming
from katalysator.site.streaming import LARGE, StreamingChannel

KEPT: Final = 64 << 20
"""Bytes that a channel of waitress would keep here for who takes nothing."""
BLOCKS = [bytes([number]) * (LARGE + 7 * number) for number in range(40)]


@contextmanager
def _served(blocks: Callable[[], Iterator[bytes]]) -> Iterator[int]:
    """An application that answers with these blocks, served by channels of ours; yields its port."""

    def application(_environment: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return blocks()

    connections: dict[int, Any] = {}
    server = create_server(
        application,
        host="127.0.0.1",
        port=0,
        map=connections,
        threads=2,
        outbuf_high_watermark=KEPT,
    )
    server.channel_class = StreamingChannel
    over = Event()

    def turn() -> None:
        while not over.is_set():
            wasyncore.loop(timeout=0.02, map=connections, count=1)

    thread = Thread(target=turn)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        over.set()
        thread.join()
        server.task_dispatcher.shutdown(timeout=5)
        for each in list(connections.values()):
            if isinstance(each, StreamingChannel):
                each.handle_close()  # with the files that it keeps, which closing its socket leaves open
        wasyncore.close_all(connections)


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
