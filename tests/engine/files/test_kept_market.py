"""What is kept of a market is the market itself."""

from pathlib import Path

import pytest

from katalysator.engine.matching import NamedMarket, read_market
from katalysator.engine.matching.blocks import BlockFolder
from tests.engine.files.makers import save

PAIRS = {"person": ["Bo", "Al", "Bo"], "opening": ["x", "y", "z"], "score": [0.25, 0.5, 0.75]}


def kept(market: NamedMarket, folder: Path) -> NamedMarket:
    blocks = BlockFolder(folder, "these files").open()
    blocks["market"] = market.arrays()
    return NamedMarket.of_arrays(blocks["market"])


def test_the_market_comes_back_as_it_was(tmp_path: Path) -> None:
    market = read_market(save(tmp_path / "e.parquet", PAIRS))
    back = kept(market, tmp_path / "r.state")
    for name in ("start", "opening", "score"):
        before, after = (getattr(each.edges, name) for each in (market, back))
        assert (after.dtype, after.tolist()) == (before.dtype, before.tolist())
    assert back.edges.openings == 3
    assert back.capacity.tolist() == [1, 1, 1]
    assert (back.people.to_list(), back.openings.to_list()) == (["Bo", "Al"], ["x", "y", "z"])
    assert back.opinions is None


def test_with_what_both_sides_think(tmp_path: Path) -> None:
    both = {"score_person": [0.5, 1.0, 0.25], "score_opening": [0.5, 0.25, 1.0]}
    path = save(tmp_path / "e.parquet", {**PAIRS, **both})
    market = read_market(path, opinions=True)
    back = kept(market, tmp_path / "r.state")
    assert market.opinions is not None
    assert back.opinions is not None
    for before, after in zip(market.opinions, back.opinions, strict=True):
        assert after.tolist() == pytest.approx(before.tolist())


def test_an_empty_market_too(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("person,opening,score\n")
    assert kept(read_market(path), tmp_path / "r.state").edges.people == 0
