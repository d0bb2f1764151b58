"""A crew of processes on this host: messages through pipes."""

import signal
from collections.abc import Collection, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from katalysator.engine.matching.allocation.sharded.workers import Lost, ShardMethod

PATIENCE = 5.0  # seconds that an idle worker gets to end by itself


class Processes:
    """Fresh interpreters (`spawn`), which die with this one.

    Like every use of `spawn`, a script that calls this needs ``if __name__ == "__main__":``.
    """

    def __init__(self, workers: int) -> None:
        self._workers = [self._hire() for _ in range(workers)]

    @property
    def pids(self) -> list[int]:
        """Process ids, in the order of the shards."""
        return [process.pid or 0 for process, _ in self._workers]

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        messages = [(method, own) for own in arguments]
        lost = {place for place, message in enumerate(messages) if not self._sent(place, message)}
        replies = [None if place in lost else self._reply(place) for place in range(len(messages))]
        lost |= {place for place, reply in enumerate(replies) if reply is None}
        if lost:
            raise Lost(lost)
        return [reply[0] for reply in replies if reply is not None]

    def replace(self, workers: Collection[int]) -> None:
        for place in workers:
            self._dismiss(place)
            self._workers[place] = self._hire()

    def close(self) -> None:
        for place in range(len(self._workers)):
            self._sent(place, None)
        for place in range(len(self._workers)):
            self._workers[place][0].join(PATIENCE)
            self._dismiss(place)

    def _hire(self) -> tuple[Any, "Connection[Any, Any]"]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()  # else our end would never see that the worker is gone
        return process, ours

    def _sent(self, place: int, message: object) -> bool:
        with suppress(OSError):
            self._workers[place][1].send(message)
            return True
        return False

    def _reply(self, place: int) -> tuple[Any] | None:
        with suppress(EOFError, OSError):
            return (self._workers[place][1].recv(),)
        return None

    def _dismiss(self, place: int) -> None:
        process, connection = self._workers[place]
        connection.close()
        process.kill()
        process.join()
        process.close()


def serve(connection: "Connection[Any, Any]") -> None:
    """A worker's life: answer calls until told to stop, or until the caller is gone."""
    from katalysator.engine.matching.allocation.sharded.shard import Shard

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the caller, who ends us
    shard = Shard()
    with suppress(EOFError, OSError):
        while (message := connection.recv()) is not None:
            method, own = message
            connection.send(getattr(shard, method)(*own))
