"""The whole of `katalysator allocate`: read a market, divide its seats, write the result."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import polars as pl

from katalysator.cli import target
from katalysator.cli.allocate.checkpoint import RunCheckpoint
from katalysator.cli.allocate.fairness import Fates
from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.report import Report, Size
from katalysator.cli.allocate.request import AllocateRequest
from katalysator.cli.allocate.solving import Solved, compared, proof, solve
from katalysator.cli.progress import ProgressLine
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    Allocation,
    Groups,
    NamedMarket,
    open_files,
    placement_table,
    price_table,
    read_groups,
    read_market,
    read_prices,
    write_table,
)
from katalysator.faults import Refused


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """All that was read."""

    market: NamedMarket
    prices: FloatArray | None
    groups: dict[str, Groups]
    scored_by_both: bool


def run(request: AllocateRequest, progress: ProgressLine) -> Report:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    began = perf_counter()
    request.check()
    checkpoint = RunCheckpoint(request.out, request.market, progress)
    given = _read(request, checkpoint)
    market = given.market
    checkpoint.keep(market)
    found = solve(request, market, given.prices, checkpoint)
    comparison = compared(market, found, checkpoint) if request.compare else None
    solved = found[request.method]
    table = placement_table(market, solved)
    shown = proof(market, solved, table, checkpoint)
    progress("write", 0, 0)
    _write_all(request, market, solved, table)
    checkpoint.end()
    groupings, counted = _judged(given, solved, table, progress)
    return Report(
        out=request.out,
        size=Size.of(market),
        placed=table.height,
        proof=shown,
        seconds=perf_counter() - began,
        scored_by_both=given.scored_by_both,
        comparison=comparison,
        groupings=groupings,
        exposure_openings=counted,
    )


def _judged(
    given: _Given, solved: Solved, table: pl.DataFrame, progress: ProgressLine
) -> tuple[list[Grouping], int]:
    """How each label fares, and in the lists of how many openings that was looked up."""
    if not given.groups:
        return [], 0
    progress("groups", 0, 0)
    fates = Fates.of(given.market, solved, table)
    return [Grouping.of(*each, fates) for each in given.groups.items()], fates.openings


def _read(request: AllocateRequest, checkpoint: RunCheckpoint) -> _Given:
    pairs, seats, groups = request.edges, request.openings, request.groups
    file, _ = open_files(pairs, seats, request.prices, groups, opinions=request.is_stable)
    opinions = request.is_stable or (request.compare and file.has_opinions)
    market = checkpoint.market(opinions=opinions) or read_market(
        pairs, seats, opinions=opinions, progress=checkpoint.progress
    )
    return _Given(
        market,
        _prices(request, market, checkpoint),
        read_groups(groups, market.people, pairs) if groups else {},
        file.scored_by_both,
    )


def _prices(
    request: AllocateRequest, market: NamedMarket, checkpoint: RunCheckpoint
) -> FloatArray | None:
    """The prices to start from: those that were kept, or else those that are given."""
    kept = checkpoint.prices()
    if kept is not None or request.prices is None:
        return kept
    return read_prices(request.prices, market.openings, request.edges)


def _write_all(
    request: AllocateRequest, market: NamedMarket, solved: Solved, table: pl.DataFrame
) -> None:
    _write(request.out, table)
    if request.prices_out and isinstance(solved, Allocation):
        _write(request.prices_out, price_table(market, solved))


def _write(path: Path, table: pl.DataFrame) -> None:
    try:
        with target.replacing(path) as unfinished:
            write_table(table, unfinished)
    except OSError as error:
        raise Refused(target.unwritten(path, error)) from error
