"""Accepted introductions by ranking, on the example's texts: `python -m bench.quality.congestion`.

The rules are those of `bench.engine.congestion`: everybody asks the first five of the own list, an
offer talks with three a seat, both say yes with the chance that its own opinion is. Needs and offers
are those of the example, read and scored as the site does; the two opinions are the score with
what is usual for the one side alone. Three markets: the example as it is; its needs and half a
seat a need, shared out by lot; and crowds of its texts, each drawn many times and moved a little in
meaning, two needs for each offer of one seat. The chances are the opinions that the ranking knows.
Cost: two minutes of processor time.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from bench.engine.congestion import season
from bench.engine.market import Market
from bench.quality.crowd import Half
from bench.quality.pages import written
from bench.quality.rankings import Candidates, by_careful, by_quick, by_score
from bench.quality.sets import GradedSet
from bench.quality.vectors import encoders
from katalysator.engine.arrays import FloatArray, IntArray, Rows
from katalysator.engine.matching import Constraints, Edges, Standing, Weights, both_sides, shortlist
from katalysator.engine.matching.allocation.certificate import rows
from katalysator.engine.matching.ranking_measures import Measure, mean_interval
from katalysator.engine.matching.scoring import chance
from katalysator.engine.matching.seats import NEAR_TIE, discount, divide, share_for
from katalysator.engine.text import Lexicon
from katalysator.running.house import SITE_URL, start_django

CROWDS: Final = (3, 10, 30)
"""How often each text is drawn."""
LEAST: Final = 0.25
"""More accepted introductions by the site's ranking than by the plain score, in the largest crowd."""
PLAIN, SITE = "plain score", "**as the site ranks**"
_SHORTLIST: Final = 80  # `matches.candidates.SCORED`, and
_KEPT: Final = 0.1  # `matches.search.WORTH_KEEPING`: neither can be asked before Django is there
_FEW, _MANY = 10, 100  # seeds
_SEASONS: Final = 5  # of each market
Draw = Callable[[np.random.Generator], Market]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one market: needs, seats, options of a need.

    By ranking: how many introductions were accepted, for each seed, and their mean score.
    """

    name: str
    needs: int
    seats: int
    options: float
    matches: Mapping[str, FloatArray]
    score: Mapping[str, float]

    def gain(self, ranking: str) -> Measure:
        """How many more than by the plain score, as a share, over the seeds."""
        return mean_interval(self.matches[ranking] / self.matches[PLAIN] - 1.0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.congestion", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="refresh the figures in a page")
    parser.add_argument("--assert", dest="asserting", action="store_true")
    chosen = parser.parse_args()
    found = [measured(name, draw, seeds) for name, draw, seeds in _markets(_example())]
    figures = table(found)
    print(figures)
    if chosen.write:
        written(chosen.write, "congestion", figures)
    gain = found[-1].gain(SITE)
    if chosen.asserting and gain.low < LEAST:
        print(f"the price brings {gain.value:+.1%}; it must bring {LEAST:+.0%}", file=sys.stderr)
        return 1
    return 0


def _example() -> GradedSet:
    os.environ.setdefault(SITE_URL, "postgresql:///none")
    start_django()
    from bench.quality.demo import demo

    return demo()


def _markets(example: GradedSet) -> list[tuple[str, Draw, int]]:
    """Each market by its name, how it is drawn, and with how many seeds."""
    quick, careful = encoders()
    needs, offers = (Half.of(each, quick, careful) for each in (example.needs, example.offers))
    lexicon = Lexicon.fit(
        (*needs.reading.grams, *offers.reading.grams),
        needs.reading.counted() + offers.reading.counted(),
    )
    whole = candidates(needs, offers, lexicon)
    stated = np.array([offer.capacity for offer in offers.profiles], np.int64)

    def dealt(random: np.random.Generator) -> Market:
        return crowd(whole, half_a_seat(whole, stated, random))

    def drawn(times: int) -> Draw:
        def draw(random: np.random.Generator) -> Market:
            given = many(offers, times, offers, random)
            asked = many(needs, 2 * times, offers, random)
            found = candidates(asked, given, lexicon)
            return crowd(found, np.ones(len(given.profiles), np.int64))

        return draw

    return [
        ("the example as it is", lambda _: crowd(whole, stated), _MANY),
        ("its needs, half a seat a need", dealt, _MANY),
        *((f"a crowd: each text {times} times", drawn(times), _FEW) for times in CROWDS),
    ]


def candidates(needs: Half, offers: Half, lexicon: Lexicon) -> Candidates:
    """The nearest that the constraints allow, as the site takes them."""
    sides = both_sides(needs.profiles, offers.profiles, needs.reading, offers.reading, lexicon)
    constraints = Constraints.between(needs.profiles, offers.profiles)
    return Candidates(*sides, shortlist(*sides, constraints, size=_SHORTLIST))


def many(half: Half, times: int, of: Half, random: np.random.Generator) -> Half:
    """Texts drawn by lot, each moved a little: in each market `times` as many as `of` has there."""
    own, theirs = (np.array([each.market for each in one.profiles]) for one in (half, of))
    chosen = [
        random.choice(np.flatnonzero(own == market), times * np.count_nonzero(theirs == market))
        for market in np.unique(theirs)
    ]
    some = half.rows(np.concatenate(chosen)).moved(random)
    named = [replace(each, key=f"drawn-{n}") for n, each in enumerate(some.profiles)]
    return Half(tuple(named), some.reading)


def half_a_seat(found: Candidates, stated: IntArray, random: np.random.Generator) -> IntArray:
    """Half a seat for each need of a market, shared out by lot among its offers as they state seats."""
    needs, offers = (
        np.array([each.market for each in side.profiles]) for side in (found.needs, found.offers)
    )
    seats = np.zeros(stated.size, np.int64)
    for market in np.unique(needs):
        inside = np.flatnonzero(offers == market)
        count = round(np.count_nonzero(needs == market) / 2)
        seats[inside] = random.multinomial(count, stated[inside] / stated[inside].sum())
    return seats


def crowd(found: Candidates, seats: IntArray) -> Market:
    """The pairs whose offer has a seat, by falling score, with what either side thinks of the other."""
    mine, theirs = opinions(found)
    odds = by_score(found)
    need, offer = found.pairs
    order = np.lexsort((offer, -odds, need))
    order = order[seats[offer[order]] > 0]
    start = np.zeros(len(found.needs) + 1, np.int64)
    np.cumsum(np.bincount(need[order], minlength=len(found.needs)), out=start[1:])
    edges = Edges(start, offer[order].astype(np.int32), chance(odds[order]), len(found.offers))
    nowhere = np.zeros(0, np.int64)
    first, second = (each[order].astype(np.float32) for each in (mine, theirs))
    return Market(edges, seats, nowhere, nowhere, first, second)


def opinions(found: Candidates) -> tuple[FloatArray, FloatArray]:
    """The score of each pair, were it set against what is usual for the need alone, and for the offer alone."""
    need, offer = found.pairs
    same = found.needs.languages[need] == found.offers.languages[offer]
    weights, odds = Weights.with_careful(), by_score(found)
    careful = by_careful(found) - found.needs.standing.habit.language * same
    apart = weights.meaning * _apart(found, by_quick(found), 0)
    apart += weights.careful * _apart(found, careful, 1)
    return chance(odds + apart / 2), chance(odds - apart / 2)


def _apart(found: Candidates, near: FloatArray, encoder: int) -> FloatArray:
    """How many spreads more a pair is above what is usual for the need than for the offer, (E,)."""

    def above(standing: Standing, row: Rows) -> FloatArray:
        found = (near - standing.mean[row, encoder]) / standing.spread[row, encoder]
        return np.asarray(found, np.float64)

    need, offer = found.pairs
    return above(found.needs.standing, need) - above(found.offers.standing, offer)


def rankings(market: Market) -> Mapping[str, FloatArray]:
    """What each list is ordered by, (E,)."""
    person, score = rows(market.edges), market.edges.score
    mine, theirs = market.mine.astype(np.float64), market.theirs.astype(np.float64)
    price = _prices(market, person)

    def less(share: float | FloatArray) -> FloatArray:
        return score + discount(person, score, price, share=share)

    return {
        "own opinion": mine,
        "harmonic mean": 2.0 * mine * theirs / (mine + theirs),
        PLAIN: score,
        "price in near-ties alone": less(NEAR_TIE),
        SITE: less(share_for(person, score)),
        "the whole price": less(1.0),
    }


def _prices(market: Market, person: IntArray) -> FloatArray:
    """What the site's division of seats makes an offer cost, for each pair, (E,)."""
    edges, kept = market.edges, market.edges.score >= _KEPT
    one_each = np.ones(edges.people, np.int64)
    offer = edges.opening.astype(np.intp)
    seats = market.capacity.astype(np.int64)
    found = divide(person[kept].astype(np.intp), offer[kept], edges.score[kept], one_each, seats)
    return found.price[offer]


def measured(name: str, draw: Draw, seeds: int) -> Found:
    """What comes of a market that is drawn with so many seeds, some seasons each."""
    matches: dict[str, list[float]] = {}
    score: dict[str, list[float]] = {}
    options: list[float] = []
    for seed in range(1, seeds + 1):
        market = draw(np.random.default_rng(seed))
        options.append(np.count_nonzero(market.edges.score >= _KEPT) / market.edges.people)
        for ranking, ranked in rankings(market).items():
            some = [season(market, ranked, seed=seed * _SEASONS + n) for n in range(_SEASONS)]
            matches.setdefault(ranking, []).append(float(np.mean([one.matches for one in some])))
            score.setdefault(ranking, []).append(float(np.mean([one.score for one in some])))
    print(f"{name}: done", file=sys.stderr)
    return Found(
        name,
        market.edges.people,
        int(market.capacity.sum()),
        float(np.mean(options)),
        {ranking: np.array(each) for ranking, each in matches.items()},
        {ranking: float(np.mean(each)) for ranking, each in score.items()},
    )


def table(found: Sequence[Found]) -> str:
    """The figures as a table, a column a market."""
    others = [ranking for ranking in found[0].matches if ranking != PLAIN]
    return "\n".join([
        _row("market", [each.name for each in found]),
        _row("---", ["---:"] * len(found)),
        _row("needs, seats", [f"{each.needs:,}, {each.seats:,}" for each in found]),
        _row(f"offers a need that reach {_KEPT:.0%}", [f"{each.options:.1f}" for each in found]),
        _row(f"accepted by the {PLAIN}", [f"{each.matches[PLAIN].mean():,.1f}" for each in found]),
        *(_row(ranking, [_said(each.gain(ranking)) for each in found]) for ranking in others),
        _row("mean score of what is accepted: plain, as the site ranks", [f"{each.score[PLAIN]:.2f}, {each.score[SITE]:.2f}" for each in found]),
    ])  # fmt: skip


def _row(head: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([head, *cells])} |"


def _said(gain: Measure) -> str:
    return f"{gain.value:+.1%} ({gain.low:+.1%} to {gain.high:+.1%})"


if __name__ == "__main__":
    sys.exit(main())
