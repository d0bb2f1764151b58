"""An application served by connections of ours, to ask as clients do that are slow, or many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from katalysator.site.streaming import StreamingChannel


@contextmanager
def served(blocks: Callable[[str], Iterator[bytes]], **limits: Any) -> Iterator[int]:
    """An application that answers with the blocks of a path; yields its port."""

    def application(environment: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return blocks(environment["PATH_INFO"])

    connections: dict[int, Any] = {}
    server = create_server(
        application,
        host="127.0.0.1",
        port=0,
        map=connections,
        threads=2,
        **limits,
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
