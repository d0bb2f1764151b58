"""One test set measured: figures, and the tables in which they are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.quality import rankings
from bench.quality.measures import TOP, Ranking, first_is_good, ndcg, standard_error
from bench.quality.rankings import Candidates, without
from bench.quality.sets import GOOD_GRADE, GradedSet
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Strength
from katalysator.engine.matching.explanation import GOOD
from katalysator.engine.matching.pipeline import Matching
from katalysator.engine.text import Embedder

_LADDER: Final = (
    ("any order (constraints only)", rankings.by_lot),
    ("areas only", rankings.by_areas),
    ("keyword only", rankings.by_words),
    ("meaning only", rankings.by_meaning),
    ("hybrid", rankings.hybrid),
    ("reciprocal (hybrid + mutual)", rankings.reciprocal),
)
_PARTS: Final = ("subject", "words", "skills", "areas", "region", "direction")
_WITHOUT: Final = "reciprocal without"
_LOTS: Final = 20
_PRICED: Final = "what is shown (reciprocal + price)"


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one test set; `ablation` and `traps` pair a name with an nDCG."""

    name: str
    sizes: str
    ndcg: float
    error: float
    first: float
    violations: int
    forbidden: int
    rejected: int
    left_alone: int
    hopeless: int
    ablation: Sequence[tuple[str, float]]
    traps: Sequence[tuple[str, int, float]]
    strengths: Sequence[tuple[str, int, float]]


def measure(graded: GradedSet, embedder: Embedder) -> Quality:
    """Run the pipeline and everything that it is compared with."""
    found = rankings.pipeline(graded, embedder, top=TOP)
    ranking, everything = rankings.shown(found), _everything(graded, embedder)
    allowed = Candidates.of(graded, embedder)
    graded_pairs = {(need, offer) for need, row in graded.grades.items() for offer in row}
    return Quality(
        name=graded.name,
        sizes=f"{len(graded.needs)} needs, {len(graded.offers)} offers, {len(graded_pairs)} grades",
        ndcg=ndcg(ranking, graded.grades),
        error=standard_error(ranking, graded.grades),
        first=first_is_good(ranking, graded.grades),
        violations=len(everything & graded.forbidden),
        forbidden=len(graded.forbidden),
        rejected=len(graded_pairs - _pairs(allowed.ranked(rankings.reciprocal(allowed)))),
        left_alone=len(graded.hopeless - _with_a_good_match(found)),
        hopeless=len(graded.hopeless),
        ablation=list(_ladder_of(graded, allowed, ranking)),
        traps=list(_by_trap(graded, ranking)),
        strengths=list(_by_strength(graded, found)),
    )


def _ladder_of(
    graded: GradedSet, allowed: Candidates, ranking: Ranking
) -> Iterator[tuple[str, float]]:
    """Name and nDCG of each way to rank; where scores are equal, the mean over many lots."""
    for name, worth in _LADDER:
        yield name, _by_lots(graded, allowed, worth(allowed))
    yield _PRICED, ndcg(ranking, graded.grades)
    for part in _PARTS:
        yield f"{_WITHOUT} {part}", _by_lots(graded, allowed, without(part)(allowed))


def _by_lots(graded: GradedSet, allowed: Candidates, value: FloatArray) -> float:
    drawn = [ndcg(allowed.ranked(value, seed=lot), graded.grades) for lot in range(_LOTS)]
    return float(np.mean(drawn))


def _everything(graded: GradedSet, embedder: Embedder) -> frozenset[tuple[str, str]]:
    """All pairs that the pipeline would ever show, however long the list."""
    return _pairs(rankings.shown(rankings.pipeline(graded, embedder, top=len(graded.offers))))


def _pairs(ranking: Ranking) -> frozenset[tuple[str, str]]:
    return frozenset((need, offer) for need, offers in ranking.items() for offer in offers)


def _with_a_good_match(found: Matching) -> frozenset[str]:
    return frozenset(each.need.key for each in found.matches if each.score >= GOOD)


def _by_trap(graded: GradedSet, ranking: Ranking) -> Iterator[tuple[str, int, float]]:
    """Kind of trap, needs that have it, and nDCG over those."""
    for kind, pairs in graded.traps.items():
        needs = {need for need, _ in pairs} & graded.grades.keys()
        if needs:
            yield kind, len(needs), ndcg(ranking, graded.grades, needs)


def _by_strength(graded: GradedSet, found: Matching) -> Iterator[tuple[str, int, float]]:
    """Strength, matches shown with it, and the share of them that are good."""
    for strength in Strength:
        grades = [
            graded.grades.get(each.need.key, {}).get(each.offer.key, 0)
            for each in found.matches
            if each.explanation.strength is strength
        ]
        good = sum(grade >= GOOD_GRADE for grade in grades)
        yield strength, len(grades), good / len(grades) if grades else float("nan")


def tables(results: Sequence[Quality]) -> str:
    """All figures as tables in Markdown, one column for each test set."""
    names = [result.name for result in results]
    return "\n\n".join(
        (
            _table(["measure", *names], _overall(results)),
            _table(["ranked by (nDCG@5)", *names], _ladder(results)),
            _table(["needs with this trap (nDCG@5)", *names], _trapped(results)),
            _table(["strength: matches shown, share good", *names], _strengths(results)),
        )
    )


def _overall(results: Sequence[Quality]) -> list[list[str]]:
    return [
        ["size", *(each.sizes for each in results)],
        [
            "nDCG@5 (± standard error)",
            *(f"{_figure(each.ndcg)} ± {_figure(each.error)}" for each in results),
        ],
        ["P@1 (first has grade 2 or 3)", *(_figure(each.first) for each in results)],
        ["forbidden pairs shown", *(f"{each.violations} of {each.forbidden}" for each in results)],
        ["graded pairs refused by a constraint", *(str(each.rejected) for each in results)],
        [
            "needs without a good offer, left without a good match",
            *(f"{each.left_alone} of {each.hopeless}" for each in results),
        ],
    ]


def _ladder(results: Sequence[Quality]) -> list[list[str]]:
    columns = [dict(each.ablation) for each in results]
    return [
        [name, *(_figure(column[name]) for column in columns)] for name, _ in results[0].ablation
    ]


def _trapped(results: Sequence[Quality]) -> list[list[str]]:
    columns = [
        {kind: f"{_figure(value)} ({needs})" for kind, needs, value in each.traps}
        for each in results
    ]
    kinds = dict.fromkeys(kind for column in columns for kind in column)
    return [[kind, *(column.get(kind, "–") for column in columns)] for kind in kinds]


def _strengths(results: Sequence[Quality]) -> list[list[str]]:
    columns = [
        {name: f"{count}, {_figure(share)}" for name, count, share in each.strengths}
        for each in results
    ]
    return [[name, *(column[name] for column in columns)] for name in columns[0]]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruler = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ruler, *rows))


def _figure(value: float) -> str:
    return f"{value:.3f}".replace("0.", ".", 1) if value < 1 else f"{value:.3f}"
