"""The whole way from two lists of profiles to explained matches, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from katalysator.engine.matching.allocation import Certificate
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.division import Division, divide
from katalysator.engine.matching.explanation import Explanation, explain
from katalysator.engine.matching.pressure import discount, pressure, share_for
from katalysator.engine.matching.profiles import (
    FloatArray,
    Profile,
    Reading,
    join,
    needs_side,
    offers_side,
    read,
)
from katalysator.engine.matching.retrieval import shortlist
from katalysator.engine.matching.scoring import Part, Scores, Weights, score
from katalysator.engine.text import Embedder, Lexicon, bundled

SHORTLIST = 50
_STEP = 256  # profiles read between two reports of progress


class Progress(Protocol):
    """Is told what is being done and how far it is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Match:
    """A need, an offer, the place of the offer in the need's list, and why.

    `seats` is what the allocation gives the pair; `parts` add up to `score`.
    """

    need: Profile
    offer: Profile
    rank: int
    score: float
    parts: Mapping[Part, float]
    seats: int
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches by need and rank; what was refused and why; the proof of the allocation."""

    matches: Sequence[Match]
    refused: Mapping[str, Mapping[str, int]]
    certificate: Certificate


def match(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    *,
    top: int = 5,
    least: float = 0.0,
    embedder: Embedder | None = None,
    weights: Weights | None = None,
    progress: Progress = silent,
) -> Matching:
    """Match needs and offers under their constraints.

    Parameters: at most `top` offers for each need, each with a score above `least`. Returns the
    matches in the order of the needs. Cost: reading every text (4 ms each) dominates up to some ten
    thousands; then the shortlist, O(needs * offers * dimension).
    """
    read_needs, read_offers = _read_both(needs, offers, embedder or bundled(), progress)
    lexicon = Lexicon.fit((*read_needs.grams, *read_offers.grams))
    asking = needs_side(needs, read_needs, lexicon)
    giving = offers_side(offers, read_offers, lexicon)
    constraints = Constraints.between(needs, offers)
    progress("compare", 0, len(needs))
    pairs = shortlist(
        asking,
        giving,
        constraints,
        size=max(SHORTLIST, top),
        tick=lambda done: progress("compare", done, len(needs)),
    )
    scores = score(asking, giving, *pairs, weights)
    division = _divide(scores, needs, offers)
    push = pressure(scores.offer, scores.total, division.price)
    relief = discount(
        scores.need, scores.total, division.price[scores.offer], share=share_for(len(needs))
    )
    scores = scores.with_part(Part.PRESSURE, relief)
    matches = [
        _match(needs, offers, scores, pair, rank, division, push, weights, lexicon)
        for pair, rank in _ranked(scores, top, least)
    ]
    refused = {need.key: constraints.refusals(row) for row, need in enumerate(needs)}
    return Matching(matches, refused, division.certificate)


def _read_both(
    needs: Sequence[Profile], offers: Sequence[Profile], embedder: Embedder, progress: Progress
) -> tuple[Reading, Reading]:
    everyone = [*needs, *offers]
    parts: list[Reading] = []
    for first in range(0, len(everyone), _STEP):
        progress("read", first, len(everyone))
        parts.append(read(everyone[first : first + _STEP], embedder))
    progress("read", len(everyone), len(everyone))
    whole = join(parts, embedder.dimension)
    return whole.rows(slice(0, len(needs))), whole.rows(slice(len(needs), None))


def _divide(scores: Scores, needs: Sequence[Profile], offers: Sequence[Profile]) -> Division:
    wants = np.array([need.capacity for need in needs], np.int64)
    return divide(scores, wants, np.array([offer.capacity for offer in offers], np.int64))


def _ranked(scores: Scores, top: int, least: float) -> Iterator[tuple[int, int]]:
    """Pair and rank, by need; equal scores keep the order of the offers."""
    total = scores.total
    order = np.lexsort((scores.offer, -total, scores.need))
    rank, last = 0, -1
    for pair in order[total[order] > least].tolist():
        rank = rank + 1 if scores.need[pair] == last else 1
        last = scores.need[pair]
        if rank <= top:
            yield pair, rank


def _match(
    needs: Sequence[Profile],
    offers: Sequence[Profile],
    scores: Scores,
    pair: int,
    rank: int,
    division: Division,
    push: FloatArray,
    weights: Weights | None,
    lexicon: Lexicon,
) -> Match:
    need, offer = needs[scores.need[pair]], offers[scores.offer[pair]]
    parts = {part: float(value[pair]) for part, value in scores.parts.items()}
    pressed = float(push[scores.offer[pair]])
    return Match(
        need=need,
        offer=offer,
        rank=rank,
        score=sum(parts.values()),
        parts=parts,
        seats=int(division.seats[pair]),
        explanation=explain(need, offer, parts, pressure=pressed, weights=weights, lexicon=lexicon),
    )
