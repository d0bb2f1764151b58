"""What each choice costs: the highest total, a stable matching and the simplest way side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from katalysator.cli.allocate.grid import grid
from katalysator.cli.allocate.proof import lower
from katalysator.cli.sentences import decimal, say
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.allocation import compare, outcome
from katalysator.engine.matching.allocation.edges import IntArray
from katalysator.engine.matching.allocation.outcome import Cost
from katalysator.engine.matching.files import Market


@dataclass(frozen=True, slots=True)
class Comparison:
    """The choices in the order in which they are shown, and what each loses to the best."""

    costs: tuple[Cost, ...]

    @classmethod
    def of(cls, market: Market, choices: Mapping[str, IntArray]) -> "Comparison":
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

    def sentences(self, language: Language) -> list[str]:
        """In words what the choices are, then the table."""
        words = [
            gettext_noop(
                "What each choice costs. “optimal” gives the highest total score. “stable” leaves "
                "no person and opening that would both rather have each other. “greedy” fills the "
                "seats by falling score, without looking back."
            ),
            gettext_noop(
                "The Gini coefficient tells how unevenly the seats are used: 0 where all openings "
                "are equally full, near 1 where a few have everybody. In brackets stands the "
                "difference with the best of the column."
            ),
        ]
        if all(cost.name != "stable" for cost in self.costs):
            words[1:1] = [
                gettext_noop(
                    "Here is no “stable”: that takes the columns score_person and score_opening."
                )
            ]
        rows = [self._header(language), *(self._row(cost, language) for cost in self.costs)]
        return [*(say(each, language) for each in words), *grid(rows)]

    def _header(self, language: Language) -> list[str]:
        names = (
            gettext_noop("total score"),
            gettext_noop("people placed"),
            gettext_noop("openings with nobody"),
            gettext_noop("Gini"),
        )
        return ["", *(say(name, language) for name in names)]

    def _row(self, cost: Cost, language: Language) -> list[str]:
        given, more = cost.outcome, self._emptier(cost)
        lost = f"-{decimal(ceil(cost.value_share * 10_000) / 100, 2, language)} %"
        uneven = f"+{decimal(cost.gini, 3, language)}"
        best = say(gettext_noop("best"), language)
        return [
            cost.name,
            f"{lower(given.value, language)} ({lost if cost.value else best})",
            _counted(given.placed, -cost.placed, best, language),
            _counted(given.empty, more, best, language),
            f"{decimal(given.gini, 3, language)} ({uneven if cost.gini else best})",
        ]

    def _emptier(self, cost: Cost) -> int:
        return cost.outcome.empty - min(each.outcome.empty for each in self.costs)


def _counted(count: int, difference: int, best: str, language: Language) -> str:
    sign = "-" if difference < 0 else "+"
    apart = f"{sign}{decimal(abs(difference), 0, language)}" if difference else best
    return f"{decimal(count, 0, language)} ({apart})"
