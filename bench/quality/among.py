"""A board among very many other listings of its markets: are its own offers still found, in the same order?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from bench.phrases import Kind
from bench.quality.crowd import SEED, Half, crowd_texts
from bench.quality.measures import Ranking, gain_error, ndcg
from bench.quality.rankings import Candidates, by_score
from bench.quality.report import Column
from bench.quality.sets import GOOD_GRADE, GradedSet
from katalysator.engine.arrays import FloatArray, Rows
from katalysator.engine.matching import (
    CONCEPTS_SHARE,
    QUICK,
    Constraints,
    Profile,
    Sample,
    Side,
    in_sight_of,
    laid_out,
    score,
    shortlist,
    standing,
    worth_of_concepts,
)
from katalysator.engine.matching.pipeline import in_sight
from katalysator.engine.matching.retrieval.shortlist import RowPairs
from katalysator.engine.text import Embedder, Lexicon

_ON_THE_SITE: Final = 80  # `matches.candidates.SCORED`, which cannot be asked without a database
_SHOWN: Final = 20  # `matches.candidates.SHOWN`
_ASKED: Final = 128  # concepts that `matches.first_sight` looks for


@dataclass(frozen=True, slots=True, eq=False)
class Crowded:
    """The needs of a board and all offers of its markets, of which the first `own` are the board's.

    `lexicon` is counted over all; `everyone` is how many needs there are, those of others too.
    """

    needs: Side
    offers: Side
    lexicon: Lexicon
    own: int
    everyone: int

    @classmethod
    def of(cls, needs: Half, offers: Half, own: tuple[int, int]) -> Self:
        """Lay out the board's needs and all offers, by what is usual among all."""
        read = needs.reading, offers.reading
        lexicon = Lexicon.fit(
            (*read[0].grams, *read[1].grams), read[0].counted() + read[1].counted()
        )
        asking, giving = (_sample(each) for each in (needs, offers))
        mine = needs.first(own[0])
        return cls(
            laid_out(mine.profiles, mine.reading, lexicon, standing(mine.profiles, mine.reading, giving, asking)),
            laid_out(offers.profiles, offers.reading, lexicon, standing(offers.profiles, offers.reading, asking, giving)),
            lexicon,
            own[1],
            len(needs.profiles),
        )  # fmt: skip

    @property
    def concepts_shared(self) -> FloatArray:
        """What needs and offers share by the concepts that are looked for, (N, O)."""
        known = self.lexicon.thesaurus
        worth = np.zeros((len(self.needs), len(known)), np.float32)
        for row, meant in zip(worth, known.kept(self.needs.reading.concepts), strict=True):
            for key, each in worth_of_concepts(meant, self.lexicon, _ASKED).items():
                row[known.row[key]] = each
        return np.asarray((self.offers.reading.concepts @ worth.T).T)

    def ranked(self, pairs: RowPairs) -> Ranking:
        """The board's own offers of each need by the score, of those among the pairs; others are left out."""
        need, offer = (rows[pairs[1] < self.own] for rows in pairs)
        odds = score(self.needs, self.offers, need, offer).odds
        ranking: dict[str, list[str]] = {}
        for pair in np.lexsort((-odds, need)).tolist():
            key = self.needs.profiles[need[pair]].key
            ranking.setdefault(key, []).append(self.offers.profiles[offer[pair]].key)
        return ranking


def among(
    chosen: Sequence[GradedSet],
    boards: Sequence[GradedSet],
    others: int,
    quick: Embedder,
    careful: Embedder | None,
) -> list[Column]:
    """The figures of the chosen boards, by itself and among so many others, half of them needs.

    Cost: 20 s a board for 100,000, most of it for the whole score of all, and that of reading some 2,400 texts, once; memory: 15 KB for each other listing.
    """
    return [
        _figures(each, [other for other in boards if other is not each], others, quick, careful)
        for each in chosen
    ]


def _figures(
    graded: GradedSet,
    elsewhere: Sequence[GradedSet],
    others: int,
    quick: Embedder,
    careful: Embedder | None,
) -> Column:
    alone = Candidates.of(graded, quick, careful)
    crowded = _crowded(graded, elsewhere, others, quick, careful)
    constraints = Constraints.between(crowded.needs.profiles, crowded.offers.profiles)
    many = in_sight(crowded.everyone, len(crowded.offers))
    site = _nearest(crowded, constraints)
    best = _best(crowded, constraints, [len(each) for each in site])
    need, offer = shortlist(crowded.needs, crowded.offers, constraints, size=many)
    command = [offer[need == row] for row in range(len(crowded.needs))]
    ways = {
        "all own pairs scored: what is usual among others changes the order": alone.pairs,
        "the best of all by the whole score, as many as the site sees": _pairs(best),
        "**the site**: 80 to 1,280 a need by meaning, concepts and skills": _pairs(site),
        "`match`: up to 800 a need by meaning, concepts, skills and words": _pairs(command),
    }
    by_itself = alone.ranked(by_score(alone))
    seen = {
        "the twenty best of all by the whole score: share that the site sees": _seen(best, site),
        "share of them that `match` sees": _seen(best, command),
    }
    return {
        "by itself": f"{ndcg(by_itself, graded.grades):.3f}",
        **{name: _beside(by_itself, crowded.ranked(pairs), graded) for name, pairs in ways.items()},
        **{name: f"{share:.3f}" for name, share in seen.items()},
        "chances of all own pairs together, for each useful one: by itself, among others": _said(
            alone, crowded, graded
        ),
    }


def _beside(by_itself: Ranking, among: Ranking, graded: GradedSet) -> str:
    """What a ranking reaches, how far that is from what the board reaches by itself, and the standard error of it."""
    gain, error = gain_error(among, by_itself, graded.grades)
    return f"{ndcg(among, graded.grades):.3f}, {gain:+.3f} ± {error:.3f}"


def _said(alone: Candidates, crowded: Crowded, graded: GradedSet) -> str:
    """How many pairs the chances come to, for each that is useful: 1 where they come true."""
    useful = alone.useful(graded, GOOD_GRADE).sum()
    sides = (alone.needs, alone.offers), (crowded.needs, crowded.offers)
    said = [score(*each, *alone.pairs).total.sum() / useful for each in sides]
    return ", ".join(f"{each:.2f}" for each in said)


def _crowded(
    graded: GradedSet,
    elsewhere: Sequence[GradedSet],
    others: int,
    quick: Embedder,
    careful: Embedder | None,
) -> Crowded:
    random = np.random.default_rng(SEED)
    markets = sorted({each.market for each in (*graded.needs, *graded.offers)})

    def whole(own: Sequence[Profile], kind: Kind) -> Half:
        texts = Half.of(crowd_texts(kind, elsewhere), quick, careful)
        return Half.of(own, quick, careful).and_others(texts.drawn(others // 2, markets, random))

    needs, offers = whole(graded.needs, "need"), whole(graded.offers, "offer")
    return Crowded.of(needs, offers, (len(graded.needs), len(graded.offers)))


def _nearest(crowded: Crowded, constraints: Constraints) -> list[Rows]:
    """The way of the site's query, `matches/first_sight.py`: all at once, and without a database."""
    needs, offers = crowded.needs, crowded.offers
    near = needs.reading.meaning @ offers.reading.meaning.T
    mine, theirs = needs.standing.spread[:, :1], offers.standing.spread[:, 0]
    worth = near * (1 / mine + 1 / theirs) - offers.standing.mean[:, 0] / theirs
    shared = crowded.concepts_shared + (needs.skills @ offers.skills.T).toarray()
    worth += 2 * CONCEPTS_SHARE / QUICK.spread * shared
    found: list[Rows] = []
    for row, nearer in enumerate(worth):
        allowed = np.flatnonzero(constraints.allowed(row))
        size = in_sight_of(len(allowed), _ON_THE_SITE)
        found.append(allowed[np.argsort(-nearer[allowed], kind="stable")[:size]])
    return found


def _best(crowded: Crowded, constraints: Constraints, sizes: Sequence[int]) -> list[Rows]:
    """So many of each need by the whole score, the best first. Cost: .1 s a need."""
    found: list[Rows] = []
    for row, size in enumerate(sizes):
        allowed = np.flatnonzero(constraints.allowed(row))
        odds = score(crowded.needs, crowded.offers, np.full_like(allowed, row), allowed).odds
        found.append(allowed[np.argsort(-odds, kind="stable")[:size]])
    return found


def _seen(best: Sequence[Rows], found: Sequence[Rows]) -> float:
    """How many of the best few of each need are among those that were found."""
    pairs = zip(best, found, strict=True)
    return float(
        np.mean(np.concatenate([np.isin(first[:_SHOWN], there) for first, there in pairs]))
    )


def _pairs(found: Sequence[Rows]) -> RowPairs:
    return np.repeat(np.arange(len(found)), [len(each) for each in found]), np.concatenate(found)


def _sample(half: Half) -> Sample:
    return Sample.of(half.profiles, [(slice(0, len(half.profiles)), half.reading)])
