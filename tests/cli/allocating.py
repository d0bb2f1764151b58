"""`katalysator allocate` run in this process, on small tables."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from click.testing import CliRunner, Result

from katalysator.cli.offline import allocate
from katalysator.engine.matching import (
    UNPLACED,
    Allocation,
    Certificate,
    read_market,
    read_prices,
    verify,
    write_table,
)

Columns = Mapping[str, Any]

PAIRS: Columns = {
    "person": ["Bo", "Al", "Cy", "Bo", "Al"],
    "opening": ["x", "x", "x", "y", "z"],
    "score": [0.75, 0.5, 0.25, 0.5, 0.125],
}
SEATS: Columns = {"opening": ["x", "y", "z"], "capacity": [1, 1, 0]}
BEST = [("Bo", "y", 0.5), ("Al", "x", 0.5)]


def run(*arguments: object) -> Result:
    """Run the command as a user whose environment says no language."""
    clean = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
    return CliRunner().invoke(allocate, [str(argument) for argument in arguments], env=clean)


def save(path: Path, columns: Columns) -> Path:
    """Write the columns in the form that the name asks for."""
    write_table(pl.DataFrame(columns), path)
    return path


def load(path: Path) -> pl.DataFrame:
    """The table in a file."""
    match path.suffix:
        case ".parquet":
            return pl.read_parquet(path)
        case ".csv":
            return pl.read_csv(path)
        case _:
            return pl.read_ipc(path)


def proven(edges: Path, out: Path, prices: Path) -> Certificate:
    """The certificate of what was written, from the files alone."""
    market, table = read_market(edges), load(out)
    choice = np.full(len(market.people), UNPLACED, np.int32)
    place = {opening: number for number, opening in enumerate(market.openings)}
    seat = dict(table.select("person", "opening").rows())
    assert len(seat) == table.height
    for number, person in enumerate(market.people):
        choice[number] = place[seat[person]] if person in seat else UNPLACED
    claim = Certificate(0.0, 0.0, read_prices(prices, market.openings, edges))
    return verify(market.edges, market.capacity, Allocation(choice, claim, rounds=0))


def figures(result: Result) -> dict[str, Any]:
    """What the command says with --json."""
    said: dict[str, Any] = json.loads(result.stdout)
    return said
