"""A crew of Ray actors: the same bits as in one process, also after actors were killed."""

import os
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from katalysator.engine.matching import allocate_sharded
from katalysator.engine.matching.allocation.sharded.crews import Actors, ShardMethod, imported
from tests.engine.allocation.test_sharded import busy_market, same_bits, solve_by

try:
    ray = imported()
except ModuleNotFoundError as missing:
    pytest.skip(str(missing), allow_module_level=True)


class Attacked(Actors):
    """One actor's process is killed by the system, another one by Ray, in the middle of a run."""

    calls = 0

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.calls += 1
        if self.calls == 9:
            os.kill(ray.get(self.actors[0].__ray_call__.remote(process_id)), signal.SIGKILL)
        if self.calls == 30:
            ray.kill(self.actors[1])
        return super().call(method, arguments)


def process_id(_actor: object) -> int:
    return os.getpid()


def test_actors_give_the_same_bits_also_when_some_are_killed_and_leave_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    edges, capacity = busy_market()
    plain = allocate_sharded(edges, capacity)
    with closing(Attacked(2)) as crew:
        assert same_bits(solve_by(crew, edges, capacity), plain)
        assert crew.calls > 30
        joined = allocate_sharded(edges, capacity, workers=1, backend="ray")
        assert same_bits(joined, allocate_sharded(edges, capacity, workers=1))
        assert ray.is_initialized()  # by the crew above, so it was left alone
    assert not ray.is_initialized()
    assert list(tmp_path.iterdir()) == []  # no token in the home folder
