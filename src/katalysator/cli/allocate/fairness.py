"""How the labels of a column fare in a run: the engine's figures, kept safe, in words and JSON.

The ranked lists behind them are made in steps, so that the memory does not grow with the pairs. A
pair whose score is 0 stands in no list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, inf, log10
from typing import Final

import numpy as np
import polars as pl

from katalysator.core.language import number, say, translate
from katalysator.engine import matching
from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.faults import gettext_noop as _

MOST_LABELS: Final = 1_000
"""Labels of a column that are judged, at some 20 ms each."""
MOST_PAIRS: Final = 5_000_000
"""Pairs that are ranked; sorting more takes too much memory."""
_SEED: Final = 0

Solved = matching.Allocation | matching.Stable


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
    def of(cls, market: matching.NamedMarket, solved: Solved, placements: pl.DataFrame) -> "Fates":
        """Gather them from a market that was solved and the rows that were written."""
        placed = solved.opening != matching.UNPLACED
        score = np.zeros(placed.size)
        score[placed] = placements["score"].to_numpy()
        shown, openings = seen(market.edges)
        price = None
        if isinstance(solved, matching.Allocation):
            price = lost(market.edges, solved.certificate.prices)
        return cls(placed, score, shown, price, openings)


@dataclass(frozen=True, slots=True)
class Fairness:
    """How one label fares; what cannot be told, or would give somebody away, is None."""

    selection: matching.Estimate | None
    quality: matching.Estimate | None
    exposure: matching.Estimate | None
    price: matching.Estimate | None
    behind: bool

    @classmethod
    def of(cls, found: matching.GroupFairness, *, priced: bool) -> "Fairness":
        """Take over what the engine found."""
        price = found.price if priced else None
        return cls(found.selection, found.quality, found.exposure, price, found.falls_behind)


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
    found = matching.fairness(
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
    if not known.any() or not 0 < placed[~known].sum() < matching.SMALLEST_GROUP:
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
    behind = {True: translate("behind") + " ", False: ""}
    table = [
        [
            behind[row.behind] + _told(row.selection, 2),
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


def _places(figures: Sequence[matching.Estimate | None], digits: int) -> int:
    """Decimals with which the largest figure has so many digits."""
    largest = max((figure.value for figure in figures if figure), default=0.0)
    return min(max(digits - 1 - floor(log10(largest)), 0), 6) if largest > 0.0 else 2


def _told(figure: matching.Estimate | None, places: int) -> str:
    if figure is None:
        return "-"
    value, low, high = (
        "∞" if found == inf else number(found, places)
        for found in (figure.value, figure.low, figure.high)
    )
    return f"{value} ({low}–{high})"


def seen(edges: matching.Edges, most: int = MOST_PAIRS) -> tuple[FloatArray, int]:
    """How much openings would see of each person, were their lists ranked by score.

    Returns
    -------
    exposure : float64 array, shape (P,)
        In units of a first place.
    openings : int
        Those counted: all, or else as many drawn by lot as have `most` pairs together, at least 1.

    Notes
    -----
    O(E) and a sort of at most `most` pairs, 60 bytes each. Scores equal in single precision go by
    lot too: the order of the file, often that of a label, must not decide who is seen.

    """
    random = np.random.default_rng(_SEED)
    drawn = _drawn(edges, most, random)
    pair = _by_score(edges, random.permutation(_pairs_of(edges, drawn)))
    person = np.searchsorted(edges.start, pair, side="right") - 1
    return matching.exposure(person, _ranks(edges.opening[pair]), edges.people), drawn.size


def lost(edges: matching.Edges, prices: FloatArray) -> FloatArray:
    """What prices take off the scores in the list of each person, on average; float64 (P,). O(E)."""
    share, found = matching.share_for(edges.people), np.zeros(edges.people)
    for people, span, everybody in edges.blocks():
        person, score = everybody - people.start, edges.score[span]
        taken = matching.discount(person, score, prices[edges.opening[span]], share=share)
        listed = score > 0.0
        found[people] = matching.price_effect(
            person[listed], taken[listed], people.stop - people.start
        )
    return found


def _drawn(edges: matching.Edges, most: int, random: np.random.Generator) -> IntArray:
    """Openings in a random order, as long as their lists fit in `most` pairs together."""
    length = np.zeros(edges.openings, np.int64)
    for _people, span, _everybody in edges.blocks():
        listed = edges.opening[span][edges.score[span] > 0.0]
        length += np.bincount(listed, minlength=edges.openings)
    order = random.permutation(edges.openings)
    fitting = np.count_nonzero(np.cumsum(length[order]) <= most)
    return order[: max(fitting, 1)]


def _pairs_of(edges: matching.Edges, openings: IntArray) -> IntArray:
    """The places of the pairs that stand in the lists of these openings."""
    wanted = np.zeros(edges.openings, np.bool_)
    wanted[openings] = True
    found = [
        span.start + np.flatnonzero(wanted[edges.opening[span]] & (edges.score[span] > 0.0))
        for _people, span, _everybody in edges.blocks()
    ]
    return np.concatenate([np.empty(0, np.int64), *found])


def _by_score(edges: matching.Edges, pair: IntArray) -> IntArray:
    """The pairs opening by opening, the highest score first, equal ones in the order given.

    One number holds both, for the bits of floats of at least 0 rise with them: 3 times as fast as
    `lexsort`.
    """
    with np.errstate(over="ignore"):  # infinite is still the highest
        bits = edges.score[pair].astype(np.float32).view(np.int32)
    key = (edges.opening[pair].astype(np.int64) + 1 << 32) - bits
    return pair[np.argsort(key, kind="stable")]


def _ranks(opening: IntArray) -> IntArray:
    """The place of each row within its opening, from 1; openings stand together."""
    first = np.flatnonzero(np.diff(opening, prepend=-1))
    length = np.diff(first, append=opening.size)
    return np.arange(1, opening.size + 1) - np.repeat(first, length)
