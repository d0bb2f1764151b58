"""What is kept of unfinished work is the market itself, and is given back only for the same files."""

import os
from pathlib import Path

import numpy as np
import pytest

from katalysator.engine.matching.files import Checkpoint, NamedMarket, read_market
from tests.engine.files.makers import save

PAIRS = {"person": ["Bo", "Al", "Bo"], "opening": ["x", "y", "z"], "score": [0.25, 0.5, 0.75]}


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    return save(tmp_path / "e.parquet", PAIRS)


@pytest.fixture
def market(edges: Path) -> NamedMarket:
    return read_market(edges)


@pytest.fixture
def state(tmp_path: Path, edges: Path) -> Checkpoint:
    return Checkpoint(tmp_path / "r.state", [edges])


def test_nothing_is_kept_at_first(state: Checkpoint) -> None:
    assert not state.is_of_other_files
    assert state.market() is None
    assert state.prices(3) is None
    state.remove()
    assert not state.folder.exists()


def test_the_market_comes_back_as_it_was(state: Checkpoint, market: NamedMarket) -> None:
    state.keep_market(market)
    back = state.market()
    assert back is not None
    for name in ("start", "opening", "score"):
        before, after = (getattr(each.edges, name) for each in (market, back))
        assert (after.dtype, after.tolist()) == (before.dtype, before.tolist())
    assert back.edges.openings == 3
    assert back.capacity.tolist() == [1, 1, 1]
    assert (back.people.to_list(), back.openings.to_list()) == (["Bo", "Al"], ["x", "y", "z"])


def test_an_empty_market_too(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("person,opening,score\n")
    state = Checkpoint(tmp_path / "r.state", [path])
    state.keep_market(read_market(path))
    back = state.market()
    assert back is not None
    assert back.edges.people == 0


def test_the_last_round_counts(state: Checkpoint, market: NamedMarket) -> None:
    state.keep_market(market)
    assert state.prices(3) is None
    for price in (0.5, 0.25):
        state.keep_prices(np.full(3, price))
    kept = state.prices(3)
    assert kept is not None
    assert kept.tolist() == [0.25] * 3
    assert state.prices(4) is None


def test_another_market_forgets_the_round(state: Checkpoint, market: NamedMarket) -> None:
    state.keep_market(market)
    state.keep_prices(np.zeros(3))
    state.keep_market(market)
    assert state.prices(3) is None


@pytest.mark.parametrize("change", ["size", "time", "file"])
def test_files_that_changed_have_no_state(
    change: str, state: Checkpoint, market: NamedMarket, edges: Path
) -> None:
    state.keep_market(market)
    before = edges.stat()
    if change == "size":
        edges.write_bytes(edges.read_bytes() + b"x")
        os.utime(edges, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif change == "time":
        os.utime(edges, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    else:
        state = Checkpoint(state.folder, [*state.inputs, edges])
    assert state.is_of_other_files
    assert state.market() is None


@pytest.mark.parametrize(
    "name", ["market.json", "start.npy", "score.npy", "people.arrow", "openings.arrow"]
)
@pytest.mark.parametrize("kept", [0, 0.5])
def test_a_state_that_was_cut_off_is_not_trusted(
    name: str, kept: float, state: Checkpoint, market: NamedMarket
) -> None:
    state.keep_market(market)
    whole = (state.folder / name).read_bytes()
    (state.folder / name).write_bytes(whole[: int(kept * len(whole))])
    assert state.market() is None


def test_a_state_without_its_mark_is_unfinished(state: Checkpoint, market: NamedMarket) -> None:
    state.keep_market(market)
    (state.folder / "market.json").unlink()
    assert state.market() is None
    assert not state.is_of_other_files


def test_what_is_not_ours_stays(state: Checkpoint, market: NamedMarket) -> None:
    state.keep_market(market)
    (state.folder / "mine.txt").write_text("keep")
    state.remove()
    assert [path.name for path in state.folder.iterdir()] == ["mine.txt"]
