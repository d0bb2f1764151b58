"""A crew of Ray actors, on the cluster that the caller has joined or on a private one."""

import logging
import os
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from katalysator.engine.matching.allocation.sharded.workers import Lost, ShardMethod


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
