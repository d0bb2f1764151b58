"""The whole way from two lists of profiles to explained matches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import overload

import numpy as np

from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus
from katalysator.engine.matching.allocation.certificate import Certificate
from katalysator.engine.matching.blocks import Blocks, Progress, silent
from katalysator.engine.matching.candidates import ScoredPairs, TextMarket
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.explanation import Explanation, explain
from katalysator.engine.matching.judging.judgement import Judge, Judgement
from katalysator.engine.matching.judging.second_stage import SecondStage, second_stage
from katalysator.engine.matching.profiles import Profile
from katalysator.engine.matching.reading import BLOCK, Reader, Readings, here, read_all
from katalysator.engine.matching.retrieval.shortlist import in_sight_of
from katalysator.engine.matching.scoring import Part, Scores, Weights, chance, odds_of
from katalysator.engine.matching.seats import Division, discount, divide, pressure, share_for
from katalysator.engine.text import Embedder, bundled

SHORTLIST = 50
_MOST_PAIRS = 40_000_000


@dataclass(frozen=True, slots=True)
class RankedMatch:
    """A need, an offer, and the place of the offer in the need's list.

    `seats` is what the allocation gives the pair; `score` is the chance that goes with the sum of
    `parts`; `pressed` says how hard the offer is fought for; `judgement` is there where a judge read it.
    """

    need: Profile
    offer: Profile
    rank: int
    score: float
    parts: dict[Part, float]
    seats: int
    pressed: float
    market: TextMarket = field(repr=False, compare=False)
    rows: tuple[int, int] = field(repr=False, compare=False)
    judgement: Judgement | None = None

    @property
    def explanation(self) -> Explanation:
        """Why it is there, worked out each time it is asked."""
        return explain(
            self.need,
            self.offer,
            self.score,
            self.parts,
            concepts=self.market.meant(*self.rows),
            pressure=self.pressed,
            lexicon=self.market.lexicon,
        )


@dataclass(frozen=True, slots=True, eq=False)
class RankedMatches(Sequence[RankedMatch]):
    """Matches by need and rank, each of them made when it is asked for: a match is a few numbers.

    `need`, `offer` and `rank` (M,) say which; `seats` (M,) and `parts` what the pair gets; `push`
    (O,) how hard each offer is fought for; `judgements` what a judge said, by need and offer.
    """

    market: TextMarket
    need: Rows
    offer: Rows
    rank: Rows
    seats: Rows
    parts: Mapping[Part, FloatArray]
    push: FloatArray
    judgements: Mapping[tuple[int, int], Judgement] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.need)

    @property
    def needs(self) -> Sequence[Profile]:
        """All needs, those without a match too."""
        return self.market.needs.profiles

    @overload
    def __getitem__(self, place: int) -> RankedMatch: ...
    @overload
    def __getitem__(self, place: slice) -> "RankedMatches": ...
    def __getitem__(self, place: int | slice) -> "RankedMatch | RankedMatches":
        return self._only(place) if isinstance(place, slice) else self._match(place)

    def in_order(self, place: Rows) -> "RankedMatches":
        """The same matches, by the place of their needs (N,)."""
        return self._only(np.argsort(place[self.need], kind="stable"))

    def _only(self, chosen: slice | Rows) -> "RankedMatches":
        return replace(
            self,
            need=self.need[chosen],
            offer=self.offer[chosen],
            rank=self.rank[chosen],
            seats=self.seats[chosen],
            parts={part: value[chosen] for part, value in self.parts.items()},
        )

    @property
    def score(self) -> FloatArray:
        """The score of each match, (M,): the chance that it is useful."""
        return Scores(self.need, self.offer, self.parts).total

    def _match(self, place: int) -> RankedMatch:
        parts = {part: float(value[place]) for part, value in self.parts.items()}
        offer = self.offer[place]
        rows = int(self.need[place]), int(offer)
        return RankedMatch(
            need=self.needs[self.need[place]],
            offer=self.market.offers[offer],
            rank=int(self.rank[place]),
            score=float(chance(np.array(sum(parts.values())))),
            parts=parts,
            seats=int(self.seats[place]),
            pressed=float(self.push[offer]),
            market=self.market,
            rows=rows,
            judgement=self.judgements.get(rows),
        )


@dataclass(frozen=True, eq=False)
class RefusedOffers(Mapping[str, Mapping[str, int]]):
    """By the key of a need, how many offers each constraint takes away; counted when it is asked."""

    needs: Sequence[Profile]
    offers: Sequence[Profile]

    def __getitem__(self, key: str) -> Mapping[str, int]:
        return self._constraints.refusals(self._rows[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {need.key: row for row, need in enumerate(self.needs)}

    @cached_property
    def _constraints(self) -> Constraints:
        return Constraints.between(self.needs, self.offers)


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches by need and rank; what was refused and why; the proof of the allocation.

    `pairs` were scored, and `placed` seats given; `second` is what a judge said, where one was asked.
    """

    matches: RankedMatches
    refused: Mapping[str, Mapping[str, int]]
    certificate: Certificate
    pairs: int
    placed: int
    second: SecondStage | None = None


def match(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    *,
    top: int = 5,
    least: float = 0.0,
    embedder: Embedder | None = None,
    reader: Reader | None = None,
    weights: Weights | None = None,
    judge: Judge | None = None,
    thesaurus: Thesaurus | None = None,
    blocks: Blocks | None = None,
    block: int = BLOCK,
    progress: Progress = silent,
) -> Matching:
    """Match needs and offers under their constraints.

    Parameters
    ----------
    needs, offers : sequences of Profile
        Both sides.
    top, least : int, float
        At most `top` offers for each need, each with a score above `least`.
    embedder, reader : Embedder, Reader, optional
        What understands texts here, or reads them elsewhere.
    weights : Weights, optional
        What each part of a score is worth; those that were learned for what was read unless given.
    judge : Judge, optional
        Who reads the thirty best of each need again; what it says is one more part of their scores.
    thesaurus : Thesaurus, optional
        The concepts that texts are read for, by the `reader` too: ours unless given.
    blocks : Blocks, optional
        Where what was read and compared is kept: in memory unless a folder is given. What is in it
        already is not made again.
    block : int
        Needs or offers in a block.
    progress : Progress
        Is told how far the work is.

    Returns
    -------
    Matching
        The matches in the order of the needs.

    Notes
    -----
    Cost: reading every text (1 ms for 150 characters) dominates; then the shortlist, and 3
    microseconds for each pair in it. Memory beside the profiles: what was read of the offers and of
    a block of needs, and some 60 bytes a pair.

    """
    kept = {} if blocks is None else blocks
    known = bundled_thesaurus() if thesaurus is None else thesaurus
    asked = Readings("needs", needs, kept, block, known)
    given = Readings("offers", offers, kept, block, known)
    reads = reader or here(embedder or bundled(), thesaurus=known)
    market = _market(asked, given, reads, weights, progress)
    pairs = market.pairs(max(in_sight(len(needs), len(offers)), top), kept, progress)
    second = _judged(judge, market, pairs, progress) if judge else None
    pairs = pairs.judged(second.odds) if second else pairs
    progress("divide", 0, 0)
    division = _divide(pairs, needs, offers)
    found = _matches(market, pairs, division, top, least, second)
    return Matching(
        found,
        RefusedOffers(needs, offers),
        division.certificate,
        len(pairs.offer),
        int(division.seats.sum()),
        second,
    )


def in_sight(needs: int, offers: int) -> int:
    """How many offers of each need get a full score; in a market of very many needs no more than `_MOST_PAIRS` in all."""
    wanted = in_sight_of(offers, SHORTLIST)
    return max(SHORTLIST, min(wanted, _MOST_PAIRS // max(1, needs)))


def parts_of(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    need: Rows,
    offer: Rows,
    *,
    reader: Reader | None = None,
    weights: Weights | None = None,
    progress: Progress = silent,
) -> dict[Part, FloatArray]:
    """The parts of the scores of given pairs, whatever the constraints say of them.

    For pairs that have met: what `Calibration` learns from. `need` and `offer` (E,) are places in the
    two lists, in any order; each part is float64 (E,). Cost: every text is read, as in `match`, for what is usual in the market counts.
    """
    asked, given = Readings("needs", needs, {}, BLOCK), Readings("offers", offers, {}, BLOCK)
    market = _market(asked, given, reader or here(bundled()), weights, progress)
    order = np.argsort(need, kind="stable")
    back = np.argsort(order)
    found = market.parts(need[order], offer[order])
    return {part: value[back] for part, value in found.items()}


def _market(
    asked: Readings, given: Readings, reader: Reader, weights: Weights | None, progress: Progress
) -> TextMarket:
    read_all((asked, given), reader, progress)
    return TextMarket.of(asked, given, weights)


def _divide(pairs: ScoredPairs, needs: Sequence[Profile], offers: Sequence[Profile]) -> Division:
    return divide(
        pairs.need,
        pairs.offer,
        pairs.total,
        np.array([need.capacity for need in needs], np.int64),
        np.array([offer.capacity for offer in offers], np.int64),
    )


def _judged(
    judge: Judge, market: TextMarket, pairs: ScoredPairs, progress: Progress
) -> SecondStage:
    rows, odds = (pairs.need, pairs.offer), odds_of(pairs.total)
    return second_stage(judge, market.needs.profiles, market.offers, rows, odds, progress)


def _matches(
    market: TextMarket,
    pairs: ScoredPairs,
    division: Division,
    top: int,
    least: float,
    second: SecondStage | None,
) -> RankedMatches:
    """What is shown: each need's best when the price has been taken off."""
    need, shown, rank = _best(pairs, division.price, top, least)
    offer = pairs.offer[shown]
    parts = market.parts(need, offer)
    judgements = {}
    if second:
        parts[Part.JUDGE] = second.odds[shown]
        asked = pairs.need
        judgements = {
            (int(asked[n]), int(pairs.offer[n])): each for n, each in second.judgements.items()
        }
    return RankedMatches(
        market,
        need,
        offer,
        rank,
        division.seats[shown],
        parts,
        pressure(pairs.offer, pairs.total, division.price),
        judgements,
    )


def _best(pairs: ScoredPairs, price: FloatArray, top: int, least: float) -> tuple[Rows, Rows, Rows]:
    """Needs, pairs and ranks of what is shown, each (M,). Memory: that of a run of needs, beside the result."""
    found = [(np.zeros(0, np.intp),) * 3]
    for first_need, first_pair, some in pairs.runs():
        need = some.need
        share = share_for(need, some.total)
        relief = discount(need, some.total, price[some.offer], share=share, least=least)
        shown, rank = some.best(some.total + relief, top, least)
        found.append((need[shown] + first_need, shown + first_pair, rank))
    need, shown, rank = (np.concatenate(each) for each in zip(*found, strict=True))
    return need, shown, rank
