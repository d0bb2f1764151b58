"""How the labels of a column fare in a run: the engine's figures, kept safe, in words and JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from math import floor, inf, log10
from typing import Any, Final

import numpy as np
import polars as pl

from katalysator.cli.allocate.lists import lost, seen
from katalysator.cli.allocate.solving import Solved
from katalysator.core.language import number, say, translate
from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import (
    SMALLEST_GROUP,
    UNPLACED,
    Allocation,
    Estimate,
    GroupFairness,
    NamedMarket,
    fairness,
)
from katalysator.faults import gettext_noop as _

MOST_LABELS: Final = 1_000
"""Labels of a column that are judged, at some 20 ms each."""


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """What a run gave each person.

    Parameters
    ----------
    placed : bool array, shape (P,)
        Who has a seat.
    score, exposure : float64 arrays, shape (P,)
        Score of the seat, and how much openings would see of the person.
    price : float64 array, shape (P,), optional
        What prices take off the scores of the person; None where there are no prices.
    openings : int
        Those whose lists were counted for `exposure`.

    """

    placed: BoolArray
    score: FloatArray
    exposure: FloatArray
    price: FloatArray | None
    openings: int

    @classmethod
    def of(cls, market: NamedMarket, solved: Solved, placements: pl.DataFrame) -> "Fates":
        """Gather them from a market that was solved and the rows that were written."""
        placed = solved.opening != UNPLACED
        score = np.zeros(placed.size)
        score[placed] = placements["score"].to_numpy()
        exposure, openings = seen(market.edges)
        price = None
        if isinstance(solved, Allocation):
            price = lost(market.edges, solved.certificate.prices)
        return cls(placed, score, exposure, price, openings)


@dataclass(frozen=True, slots=True)
class Fairness:
    """How one label fares; what cannot be told, or would give somebody away, is None."""

    selection: Estimate | None
    quality: Estimate | None
    exposure: Estimate | None
    price: Estimate | None
    behind: bool

    @classmethod
    def of(cls, found: GroupFairness, *, priced: bool) -> "Fairness":
        """Take over what the engine found."""
        price = found.price if priced else None
        return cls(found.selection, found.quality, found.exposure, price, found.falls_behind)

    def as_json(self) -> dict[str, Any]:
        """The figures by name. JSON has no infinity: a `high` without end is None."""
        return {
            **{name: _json(getattr(self, name)) for name in _FIGURES},
            "behind": self.behind,
        }


_FIGURES: Final = ("selection", "quality", "exposure", "price")


def judge(group: IntArray, shown: IntArray, labels: int, fates: Fates) -> list[Fairness | None]:
    """How the labels `shown` fare, in that order; `group` is the label of each person.

    The other labels count in the total of the exposure only: as the best-off one, a label that is
    not shown could be read from the ratio to it.
    """
    if not shown.size or shown.size > MOST_LABELS:
        return [None] * shown.size
    place = np.full(labels, shown.size)
    place[shown] = np.arange(shown.size)
    of = place[group]
    found = fairness(
        of,
        exposure=fates.exposure,
        placed=fates.placed & (of < shown.size),
        score=fates.score,
        price=np.zeros(of.size) if fates.price is None else fates.price,
    )
    rows = [found[str(number)] for number in range(shown.size)]
    priced = fates.price is not None
    told = [Fairness.of(row, priced=priced) if row else None for row in rows]
    return _without_giving_away(told, np.bincount(of[fates.placed], minlength=shown.size + 1))


def _without_giving_away(rows: list[Fairness | None], placed: IntArray) -> list[Fairness | None]:
    """Hide one quality more where those hidden belong to a few people with a seat.

    Their scores would follow from the total score. `placed` counts the people with a seat of each
    row, then those of all labels that are not shown.
    """
    known = np.array([row is not None and row.quality is not None for row in rows] + [False])
    if not known.any() or not 0 < placed[~known].sum() < SMALLEST_GROUP:
        return rows
    fewest = int(np.where(known, placed, placed.sum() + 1).argmin())
    return [
        row and replace(row, quality=None) if n == fewest else row for n, row in enumerate(rows)
    ]


def header(rows: Sequence[Fairness]) -> list[str]:
    """The names of the columns of `cells`."""
    names = [_("selection"), _("quality"), _("exposure")]
    if any(row.price for row in rows):
        names.append(_("price effect"))
    return list(map(translate, names))


def cells(rows: Sequence[Fairness]) -> list[list[str]]:
    """Each label's figures with their intervals, and a word where it is far behind."""
    quality = _places([row.quality for row in rows], digits=3)
    price = _places([row.price for row in rows], digits=2)
    table = [
        [
            _signed(row),
            _told(row.quality, quality),
            _told(row.exposure, 2),
            _told(row.price, price),
        ]
        for row in rows
    ]
    columns = len(header(rows))
    return [row[:columns] for row in table]


def explanation(rows: Sequence[Fairness]) -> Iterator[str]:
    """What the columns mean, and what a sign is."""
    yield say(
        "“selection”: the share of a label that has a seat, over that of the best-off label here. "
        "“quality”: the mean score of its seats. “exposure”: its share of the places in the lists "
        "of the openings, over its share of the people; 1 is in proportion."
    )
    if any(row.price for row in rows):
        yield say("“price effect”: how much the prices lower the scores in its lists.")
    yield say(
        "In brackets stands an interval of 95 %%: how much a figure may depend on chance. “-” "
        "stands where there are too few people, or nothing to compare."
    )
    if any(row.behind for row in rows):
        yield say(
            "“behind” means that the whole interval lies below %(limit)s (four fifths): a signal "
            "to look closer, not a verdict.",
            limit=number(0.8, 2),
        )


def _places(figures: Sequence[Estimate | None], digits: int) -> int:
    """Decimals with which the largest figure has so many digits."""
    largest = max((figure.value for figure in figures if figure), default=0.0)
    return min(max(digits - 1 - floor(log10(largest)), 0), 6) if largest > 0.0 else 2


def _signed(row: Fairness) -> str:
    told, behind = _told(row.selection, 2), translate("behind")
    return f"{behind} {told}" if row.behind else told


def _told(figure: Estimate | None, places: int) -> str:
    if figure is None:
        return "-"
    value, low, high = (
        "∞" if found == inf else number(found, places)
        for found in (figure.value, figure.low, figure.high)
    )
    return f"{value} ({low}–{high})"


def _json(figure: Estimate | None) -> dict[str, float | None] | None:
    if figure is None:
        return None
    return {name: None if value == inf else value for name, value in asdict(figure).items()}
