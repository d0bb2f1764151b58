"""What is asked of `katalysator allocate`, and what can be refused before a file is opened."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from katalysator.cli import target
from katalysator.engine.matching import FINEST, FORMS
from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

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
    def inputs(self) -> tuple[Path, ...]:
        """All files that are read."""
        return (*self.market, *filter(None, (self.prices, self.groups)))

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
        problems = [] if FINEST <= self.gap < 1.0 else [_no_gap(self.gap)]
        if self.prices and not self.has_prices:
            problems.append(_no_prices("--prices"))
        if self.prices_out and self.is_stable:
            problems.append(_no_prices("--prices-out"))
        problems += self._bad_targets()
        if problems:
            raise Refused(*problems)

    def _bad_targets(self) -> list[InvalidInput]:
        others, problems = self.inputs, []
        for path in filter(None, (self.out, self.prices_out)):
            try:
                target.check(path, FORMS, others)
            except InvalidInput as error:
                problems.append(error.at(str(path)))
            others = (*others, self.out)
        return problems


def _no_gap(gap: float) -> InvalidInput:
    return InvalidInput(
        "gap-range",
        _("%(gap)s cannot be the gap."),
        hint=_("Give a number from 0.000001 to 1, such as 0.0001."),
        gap=str(gap),
    ).at("--gap")


def _no_prices(option: str) -> InvalidInput:
    return InvalidInput(
        "no-prices",
        _("A stable matching has no prices."),
        hint=_("Leave this option out, or take --method optimal."),
    ).at(option)
