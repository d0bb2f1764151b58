"""What is written says who got what; an earlier result gives the next one its prices."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from katalysator.engine.matching import (
    FORMS,
    Allocation,
    Certificate,
    NamedMarket,
    placement_table,
    price_table,
    read_market,
    read_prices,
    write_table,
)
from tests.engine.files.makers import save, told

PAIRS = {
    "person": ["Bo", "Al", "Cy", "Bo"],
    "opening": ["x", "x", "x", "y"],
    "score": pl.Series([0.75, 0.5, 0.25, 0.5], dtype=pl.Float32),
}
SEATS = {"opening": ["y", "x", "z"], "capacity": [1, 1, 4]}


@pytest.fixture
def market(tmp_path: Path) -> NamedMarket:
    return read_market(save(tmp_path / "e.parquet", PAIRS), save(tmp_path / "o.csv", SEATS))


@pytest.fixture
def allocation() -> Allocation:
    choice = np.array([0, 1, -1], np.int32)
    return Allocation(choice, Certificate(1.0, 1.0, np.array([0.0, 0.25, 0.0])), rounds=1)


def test_placements_in_the_order_of_the_people(market: NamedMarket, allocation: Allocation) -> None:
    assert placement_table(market, allocation).to_dicts() == [
        {"person": "Bo", "opening": "y", "score": 0.5, "price": 0.0},
        {"person": "Al", "opening": "x", "score": 0.5, "price": 0.25},
    ]


def test_prices_of_all_openings(market: NamedMarket, allocation: Allocation) -> None:
    assert price_table(market, allocation).to_dicts() == [
        {"opening": "y", "price": 0.0, "seats": 1, "filled": 1},
        {"opening": "x", "price": 0.25, "seats": 1, "filled": 1},
        {"opening": "z", "price": 0.0, "seats": 4, "filled": 0},
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", [placement_table, price_table])
def test_prices_from_an_earlier_run(
    form: str,
    table: Callable[[NamedMarket, Allocation], pl.DataFrame],
    market: NamedMarket,
    allocation: Allocation,
    tmp_path: Path,
) -> None:
    write_table(table(market, allocation), tmp_path / f"r{form}")
    found = read_prices(tmp_path / f"r{form}", market.openings, tmp_path / "e.parquet")
    assert found.tolist() == [0.0, 0.25, 0.0]


def test_prices_for_a_market_that_has_changed(market: NamedMarket, tmp_path: Path) -> None:
    """Openings that are gone are left out, new ones cost nothing; of two prices the higher counts."""
    earlier = {"opening": ["x", "x", "gone"], "price": [0.5, 0.25, 0.75]}
    path = save(tmp_path / "r.parquet", earlier)
    found = read_prices(path, market.openings, tmp_path / "e.parquet")
    assert found.tolist() == [0.0, 0.5, 0.0]


@pytest.mark.parametrize("price", [-1.0, float("nan"), float("inf")])
def test_a_price_that_is_none(price: float, market: NamedMarket, tmp_path: Path) -> None:
    path = save(tmp_path / "p.parquet", {"opening": ["x", "y"], "price": [0.0, price]})
    (said,) = told(lambda: read_prices(path, market.openings, tmp_path / "e.parquet"))
    assert said.startswith(f"p.parquet, line 3, price: This is {price}; it must be finite")
