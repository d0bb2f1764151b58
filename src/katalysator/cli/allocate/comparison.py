"""What each choice costs: the highest total, a stable matching and the simplest way side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from katalysator.cli.allocate.proof import lower
from katalysator.cli.allocate.text_table import grid
from katalysator.core.language import number, say, translate
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import Cost, NamedMarket, compare, outcome
from katalysator.faults import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Comparison:
    """The choices in the order in which they are shown, and what each loses to the best."""

    costs: tuple[Cost, ...]

    @classmethod
    def of(cls, market: NamedMarket, choices: Mapping[str, IntArray]) -> "Comparison":
        """Compare who got which opening under each name. Cost: a pass over the pairs for each."""
        return cls(
            compare(
                {
                    name: outcome(market.edges, market.capacity, choice)
                    for name, choice in choices.items()
                }
            )
        )

    def as_json(self) -> list[dict[str, Any]]:
        """A row for each choice; the second figure of each measure is the difference."""
        return [
            {
                "method": cost.name,
                "value": cost.outcome.value,
                "value_lost": cost.value,
                "placed": cost.outcome.placed,
                "placed_lost": cost.placed,
                "openings_empty": cost.outcome.empty,
                "openings_empty_more": self._emptier(cost),
                "gini": cost.outcome.gini,
                "gini_more": cost.gini,
            }
            for cost in self.costs
        ]

    def sentences(self) -> Iterator[str]:
        """In words what the choices are, then the table."""
        yield say(
            "What each choice costs. “optimal” gives the highest total score. “stable” leaves no "
            "person and opening that would both rather have each other. “greedy” fills the seats "
            "by falling score, without looking back."
        )
        if all(cost.name != "stable" for cost in self.costs):
            yield say("Here is no “stable”: that takes the columns score_person and score_opening.")
        yield say(
            "The Gini coefficient tells how unevenly the seats are used: 0 where all openings are "
            "equally full, near 1 where a few have everybody. In brackets stands the difference "
            "with the best of the column."
        )
        yield from grid([self._header(), *map(self._row, self.costs)])

    def _header(self) -> list[str]:
        names = (_("total score"), _("people placed"), _("openings with nobody"), _("Gini"))
        return ["", *map(translate, names)]

    def _row(self, cost: Cost) -> list[str]:
        given, more = cost.outcome, self._emptier(cost)
        lost = f"-{number(ceil(cost.value_share * 10_000) / 100, 2)} %"
        uneven, best = f"+{number(cost.gini, 3)}", translate("best")
        return [
            cost.name,
            f"{lower(given.value)} ({lost if cost.value else best})",
            _counted(given.placed, -cost.placed, best),
            _counted(given.empty, more, best),
            f"{number(given.gini, 3)} ({uneven if cost.gini else best})",
        ]

    def _emptier(self, cost: Cost) -> int:
        return cost.outcome.empty - min(each.outcome.empty for each in self.costs)


def _counted(count: int, difference: int, best: str) -> str:
    sign = "-" if difference < 0 else "+"
    apart = f"{sign}{number(abs(difference))}" if difference else best
    return f"{number(count)} ({apart})"
