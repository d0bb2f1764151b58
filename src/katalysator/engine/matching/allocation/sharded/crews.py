"""How the coordinator reaches its shards: in this process, in processes on this host, or on Ray."""

import logging
import os
import signal
from collections.abc import Collection, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from importlib import import_module
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ShardMethod = Literal["load", "bid", "settle", "stats"]


class Lost(Exception):  # noqa: N818  # a fact that the coordinator handles, not an error
    """These workers are gone, with what they held; the call is void for all."""

    def __init__(self, workers: Collection[int]) -> None:
        super().__init__(f"lost workers: {sorted(workers)}")
        self.workers = frozenset(workers)


class Crew(Protocol):
    """Workers with one `Shard` each; only moves messages."""

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Call a method of every shard with its own arguments.

        Raises `Lost` when workers did not answer, after all others have.
        """

    def replace(self, workers: Collection[int]) -> None:
        """Start empty workers in the place of lost ones."""

    def close(self) -> None:
        """End the workers, and whatever else the crew has started."""


class Inline:
    """Shards as plain objects, one after the other; cannot be lost."""

    def __init__(self, workers: int) -> None:
        from katalysator.engine.matching.allocation.sharded.shard import Shard

        self._shards = [Shard() for _ in range(workers)]

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        pairs = zip(self._shards, arguments, strict=True)
        return [getattr(shard, method)(*own) for shard, own in pairs]

    def replace(self, workers: Collection[int]) -> None:
        raise AssertionError(f"workers {sorted(workers)} live in this process")

    def close(self) -> None:
        self._shards.clear()


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
        from multiprocessing import get_context

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


class Actors:
    """One actor a shard.

    A cluster that was joined before (`ray.init`) is used and left running. Otherwise a private one
    is started on the loopback address, and ended by `close`.
    """

    def __init__(self, workers: int) -> None:
        self.ray = imported()
        with ExitStack() as started:
            if not self.ray.is_initialized():
                start(self.ray, workers, started)
            self.actors = [self._hire() for _ in range(workers)]
            self._private = started.pop_all()

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        pairs = zip(self.actors, arguments, strict=True)
        pending = [getattr(actor, method).remote(*own) for actor, own in pairs]
        replies, lost = [], set()
        for place, reference in enumerate(pending):
            try:
                replies.append(self.ray.get(reference))
            except self.ray.exceptions.RayActorError:
                lost.add(place)
        if lost:
            raise Lost(lost)
        return replies

    def replace(self, workers: Collection[int]) -> None:
        for place in workers:
            self.ray.kill(self.actors[place])  # it may only have been out of reach
            self.actors[place] = self._hire()

    def close(self) -> None:
        for actor in self.actors:
            self.ray.kill(actor)
        self.actors.clear()
        self._private.close()

    def _hire(self) -> Any:
        from katalysator.engine.matching.allocation.sharded.shard import Shard

        return self.ray.remote(Shard).remote()


def imported() -> Any:
    """Import Ray, which is an optional extra, and have it keep quiet and to itself.

    The variables must be set before the import; values that the caller has set are respected.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # what Ray will do anyway
    try:
        return import_module("ray")
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            'backend="ray" needs Ray: pip install "katalysator[distributed]"', name=missing.name
        ) from missing


def start(ray: Any, workers: int, until: ExitStack) -> None:
    """Start a private cluster on the loopback address, with its files in a folder that goes too.

    From version 2.59 on Ray guards a cluster by a token, and writes one into the home folder
    unless it finds one in the environment: so a token of this process is put there.
    """
    os.environ.setdefault("RAY_AUTH_TOKEN", token())
    folder = until.enter_context(TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True))
    until.callback(ray.shutdown)
    ray.init(
        address="local",
        num_cpus=workers,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
        _node_ip_address="127.0.0.1",
        _temp_dir=folder,
    )


@cache
def token() -> str:
    """The same for all clusters of this process, because Ray remembers the first."""
    return token_hex(32)
