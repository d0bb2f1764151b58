"""A web process that reads a request to its end before a thread gets it.

So clients that are slow, or that send half a request, keep no thread busy. gunicorn makes the processes and
makes them anew; in each of them waitress reads and answers.
"""

import ctypes
import os
import sys
import time
from typing import Any, Final

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from katalysator.site.answering import Answering
from katalysator.site.fair_accept import WAIT, ProcessSeat
from katalysator.site.streaming import StreamingChannel

LARGEST_BODY: Final = 8_000_000
"""Bytes, more than the largest file that a page takes; above this a request is refused before its body is read."""
_SILENCE: Final = 20
"""Seconds after which a connection is closed on which nothing moves."""
_GRACE: Final = 10.0
"""Seconds for answers that are under way when the process must end."""
_PATIENCE: Final = 5.0
"""Seconds that a rehearsal may take: a database that answers that slowly answers visitors so too."""
_TIDIED: Final = 10.0
"""Seconds after which what pages have done with goes back to the system."""
_HEAPS: Final = -8  # `M_ARENA_MAX` of malloc.h
_LIMITS: Final = {
    "channel_timeout": _SILENCE,
    "cleanup_interval": _SILENCE // 4,
    "connection_limit": 1_000,
    "max_request_body_size": LARGEST_BODY,
    "max_request_header_size": 32_768,
    "asyncore_use_poll": True,
    "outbuf_high_watermark": 1_000_000,  # below what goes to a file on disk: who reads slowly is waited for
    "ident": None,
}


class WebWorker(Worker):  # type: ignore[misc]
    """What gunicorn calls a worker: `--threads` requests at a time, any number of connections that wait."""

    def run(self) -> None:
        """Answer until told to stop, or until the process that made this one is gone."""
        from katalysator.site.rehearsal import (
            Rehearsal,
        )  # there is no application yet when gunicorn comes here for us

        share_room()
        threads, rehearsal = Answering(self.cfg.threads), Rehearsal()
        threads.add_task(rehearsal)
        rehearsal.over.wait(_PATIENCE)
        connections: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=connections,
            sockets=[each.sock for each in self.sockets],
            _dispatcher=threads,
            **_LIMITS,
        )
        seat, doors = ProcessSeat(self.age), _doors(connections)
        for each in doors:
            each.channel_class = StreamingChannel
        tidied = time.monotonic()
        while self.alive and self.ppid == os.getppid():
            self.notify()
            if time.monotonic() - tidied > _TIDIED:
                give_back()
                tidied = time.monotonic()
            _turn(connections, _let_in(doors, seat))
        seat.leave()
        server.del_channel()
        _finish(server, connections)


def share_room() -> None:
    """Let all threads to come take their room from one heap, where the library can: what one gives back another takes."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_HEAPS, 1)


def give_back() -> None:
    """Give room that nothing stands in back to the system, where its library can: it stays with each process else."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


def _doors(connections: dict[int, Any]) -> list[BaseWSGIServer]:
    """Where new connections come in."""
    return [each for each in connections.values() if isinstance(each, BaseWSGIServer)]


def _let_in(doors: list[BaseWSGIServer], seat: ProcessSeat) -> float:
    """Open the doors where it is this process's turn; the seconds for which that holds."""
    patience = seat.patience(sum(len(each.active_channels) for each in doors))
    for each in doors:
        each.accepting = patience is not None
    return WAIT if patience is None else patience


def _turn(connections: dict[int, Any], seconds: float = 1) -> None:
    """Read and write wherever that is possible now, or wait for it."""
    wasyncore.loop(timeout=seconds, use_poll=True, map=connections, count=1)


def _finish(server: Any, connections: dict[int, Any]) -> None:
    """Let answers that are under way come to their end, but not for ever."""
    end = time.monotonic() + _GRACE
    while time.monotonic() < end and any(
        channel.requests or channel.total_outbufs_len for channel in server.active_channels.values()
    ):
        _turn(connections)
    server.task_dispatcher.shutdown(timeout=0)
