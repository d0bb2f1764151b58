"""How the coordinator reaches its shards, and the plainest way: objects in this process."""

from collections.abc import Collection, Sequence
from typing import Any, Literal, Protocol

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
