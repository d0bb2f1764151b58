"""The whole of `katalysator allocate`: read a market, divide its seats, write the result.

What is kept of a large run lies beside its result, until that is there. Only of large ones: reading a
small market again takes less time than asking whether to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import polars as pl

from katalysator.cli import target
from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.report import Comparison, Report, Solved, percent, proof
from katalysator.cli.progress import ProgressLine
from katalysator.engine import matching
from katalysator.engine.matching import (
    UNPLACED,
    Allocation,
    Arrays,
    BlockFolder,
    Certificate,
    NamedMarket,
    stamp,
)
from katalysator.faults import InvalidInput, Refused, gettext_noop as _

if TYPE_CHECKING:  # for it imports numba
    from katalysator.engine.matching import Round

LARGE: Final = 5_000_000
"""Pairs from which on a run is kept; they take some seconds."""

_VERSION: Final = 3  # of what is kept


class RunCheckpoint:
    """Keeps a run in the folder ``OUT.state``, and says so where it matters."""

    def __init__(self, out: Path, inputs: Sequence[Path], progress: ProgressLine) -> None:
        self.progress = progress
        origin = repr((_VERSION, *map(stamp, inputs)))
        self._state = BlockFolder(out.with_name(f"{out.name}.state"), origin)
        self._is_on = False
        self._rounds = 0

    def market(self, *, opinions: bool) -> NamedMarket | None:
        """The market of a run that was broken off, if it was of the same files.

        With `opinions` only where they were kept too.
        """
        if self._state.is_of_other_origin:
            self._note(_("%(folder)s is of other files, or of these as they were: not used."))
        market = NamedMarket.of_arrays(self._state["market"]) if "market" in self._state else None
        if market is None or (opinions and market.opinions is None):
            return None
        self._is_on = True
        self._note(_("An earlier run was broken off; this one goes on from %(folder)s."))
        return market

    def earlier(self) -> Allocation | None:
        """The last allocation of that run."""
        if not self._is_on or "last" not in self._state:
            return None
        last = self._state["last"]
        return Allocation(last["opening"], Certificate(0.0, 0.0, last["prices"]), rounds=0)

    def keep(self, market: NamedMarket) -> None:
        """Keep a large market, unless it comes from here."""
        if self._is_on or market.edges.score.size < LARGE:
            return
        self.progress("keep")
        self._is_on = True
        self._try("market", market.arrays())

    def after_round(self, finished: "Round") -> None:
        """Keep a round of the auction, and show how far it has come."""
        self._rounds += 1
        self.progress.tell(
            _("Dividing the seats: round %(round)s, at most %(gap)s %% to gain"),
            round=self._rounds,
            gap=percent(finished.certificate.gap),
        )
        if self._is_on:
            prices = finished.certificate.prices
            self._try("last", {"opening": finished.choice, "prices": prices})

    def end(self) -> None:
        """Take away what was kept: the result is there."""
        self._state.remove()

    def _try(self, name: str, arrays: Arrays) -> None:
        """Keep something, or go on without: the room may do for the result."""
        try:
            self._state.open()[name] = arrays
        except OSError as error:
            self._is_on = False
            self._state.remove()
            failed = _("Nothing can be kept for a next time in %(folder)s (%(reason)s).")
            self._note(failed, reason=error.strerror or error)

    def _note(self, sentence: str, **parameters: object) -> None:
        self.progress.note(sentence, folder=self._state.path.name, **parameters)


Method = Literal["optimal", "stable"]


@dataclass(frozen=True, slots=True)
class AllocateRequest:
    """The files of a market, how it is to be divided, and where the result goes."""

    edges: Path
    openings: Path | None
    out: Path
    gap: float
    prices: Path | None = None
    prices_out: Path | None = None
    method: Method = "optimal"
    compare: bool = False
    groups: Path | None = None

    @property
    def market(self) -> tuple[Path, ...]:
        """The files that make the market."""
        return (self.edges, self.openings) if self.openings else (self.edges,)

    @property
    def is_stable(self) -> bool:
        """Whether a stable matching is asked for."""
        return self.method == "stable"

    @property
    def has_prices(self) -> bool:
        """Whether an auction is held."""
        return self.compare or not self.is_stable

    def check(self) -> None:
        """Refuse what no file needs to be opened for; all of it at once."""
        problems = []
        if not matching.FINEST <= self.gap < 1.0:
            unfit = InvalidInput(
                "gap-range",
                _("%(gap)s cannot be the gap."),
                hint=_("Give a number from 0.000001 to 1, such as 0.0001."),
                gap=str(self.gap),
            )
            problems.append(unfit.at("--gap"))
        if self.prices and not self.has_prices:
            problems.append(_no_prices("--prices"))
        if self.prices_out and self.is_stable:
            problems.append(_no_prices("--prices-out"))
        problems += self._bad_targets()
        if problems:
            raise Refused(*problems)

    def _bad_targets(self) -> list[InvalidInput]:
        others, problems = [*self.market, *filter(None, (self.prices, self.groups))], []
        for path in filter(None, (self.out, self.prices_out)):
            try:
                target.check(path, matching.FORMS, others)
            except InvalidInput as error:
                problems.append(error)
            others.append(self.out)
        return problems


def _no_prices(option: str) -> InvalidInput:
    return InvalidInput(
        "no-prices",
        _("A stable matching has no prices."),
        hint=_("Leave this option out, or take --method optimal."),
    ).at(option)


def run(request: AllocateRequest, progress: ProgressLine) -> Report:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    began = perf_counter()
    request.check()
    checkpoint = RunCheckpoint(request.out, request.market, progress)
    market, scored_by_both = _read(request, checkpoint)
    earlier = _earlier(request, market, checkpoint)
    groups = request.groups
    labels = matching.read_groups(groups, market.people, request.edges) if groups else {}
    checkpoint.keep(market)
    found = _solve(request, market, earlier, checkpoint)
    comparison = _compared(market, found, progress) if request.compare else None
    solved = found[request.method]
    table = matching.placement_table(market, solved)
    shown = proof(market, solved, table, progress)
    progress("write")
    _write(request, market, solved, table)
    checkpoint.end()
    groupings, counted = _judged(market, labels, solved, table, progress)
    return Report(
        out=request.out,
        people=market.edges.people,
        openings=market.edges.openings,
        pairs=int(market.edges.score.size),
        seats=sum(market.capacity.tolist()),
        placed=table.height,
        proof=shown,
        seconds=perf_counter() - began,
        scored_by_both=scored_by_both,
        comparison=comparison,
        groupings=groupings,
        exposure_openings=counted,
    )


def _read(request: AllocateRequest, checkpoint: RunCheckpoint) -> tuple[NamedMarket, bool]:
    """The market, and whether both sides gave scores."""
    pairs, seats, stable = request.edges, request.openings, request.is_stable
    opened = matching.open_files(pairs, seats, request.prices, request.groups, opinions=stable)
    file = opened[0]
    opinions = stable or (request.compare and file.has_opinions)
    market = checkpoint.market(opinions=opinions) or matching.read_market(
        pairs, seats, opinions=opinions, progress=checkpoint.progress
    )
    return market, file.scored_by_both


def _earlier(
    request: AllocateRequest, market: NamedMarket, checkpoint: RunCheckpoint
) -> Allocation | None:
    """What to start from: what was kept, or else the prices that are given, with nobody seated."""
    kept = checkpoint.earlier()
    if kept is not None or request.prices is None:
        return kept
    prices = matching.read_prices(request.prices, market.openings, request.edges)
    nobody = np.full(market.edges.people, UNPLACED, np.int32)
    return Allocation(nobody, Certificate(0.0, 0.0, prices), rounds=0)


def _solve(
    request: AllocateRequest,
    market: NamedMarket,
    earlier: Allocation | None,
    checkpoint: RunCheckpoint,
) -> dict[str, Solved]:
    """By name what was asked for, and what it is to be compared with."""
    found: dict[str, Solved] = {}
    if request.has_prices:
        checkpoint.progress("divide")
        found["optimal"] = matching.allocate(
            market.edges,
            market.capacity,
            gap=request.gap,
            earlier=earlier,
            after_round=checkpoint.after_round,
        )
    if market.opinions:
        checkpoint.progress("stable")
        mine, theirs = market.opinions
        found["stable"] = matching.stable(market.edges, market.capacity, theirs, mine=mine)
    return found


def _compared(market: NamedMarket, found: dict[str, Solved], progress: ProgressLine) -> Comparison:
    """All that was found, beside seats by falling score."""
    progress("choices")
    choices = {name: each.opening for name, each in found.items()}
    greedy = matching.greedy(market.edges, market.capacity)
    return Comparison.of(market, {**choices, "greedy": greedy})


def _judged(
    market: NamedMarket,
    labels: dict[str, matching.Groups],
    solved: Solved,
    table: pl.DataFrame,
    progress: ProgressLine,
) -> tuple[list[Grouping], int]:
    """How each label fares, and in the lists of how many openings that was looked up."""
    if not labels:
        return [], 0
    progress("groups")
    fates = matching.Fates.of(market.edges, solved, table["score"].to_numpy())
    found = [Grouping(name, matching.fates_by_group(each, fates)) for name, each in labels.items()]
    return found, fates.openings


def _write(
    request: AllocateRequest, market: NamedMarket, solved: Solved, table: pl.DataFrame
) -> None:
    with target.replacing(request.out) as unfinished:
        matching.write_table(table, unfinished)
    if request.prices_out and isinstance(solved, Allocation):
        with target.replacing(request.prices_out) as unfinished:
            matching.write_table(matching.price_table(market, solved), unfinished)
