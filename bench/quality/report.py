"""Boards and sets measured: figures, and the tables in which they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.quality import rankings
from bench.quality.measures import TOP, Ranking, gain_interval, ndcg, useful_among
from bench.quality.rankings import LADDER, Candidates, Worth, by_both, by_score, judged, without
from bench.quality.reliability import Chances
from bench.quality.sets import GOOD_GRADE, GradedSet
from katalysator.engine.arrays import BoolArray, FloatArray
from katalysator.engine.concepts import Thesaurus
from katalysator.engine.matching import GOOD, POSSIBLE, STRONG, Judge, Strength, chance, strength
from katalysator.engine.matching.scoring import LEARNED
from katalysator.engine.text import Embedder

Column = Mapping[str, str]
"""The figures of one board by the name of their row."""
_LOTS = 20  # drawings of the order of equals


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One board: what it is, how well each way ranks it, what each part adds, what chances mean."""

    name: str
    about: Column
    ladder: Column
    parts: Column
    meaning: Column
    chances: Chances


def measure(
    graded: GradedSet,
    embedder: Embedder,
    careful: Embedder | None,
    judge: Judge | None = None,
    thesaurus: Thesaurus | None = None,
) -> Measured:
    """Rank a board in every way, and look whether chances come true."""
    candidates = Candidates.of(graded, embedder, careful, thesaurus)
    return Measured(
        graded.name,
        _about(graded, candidates),
        {name: _row(graded, candidates, by(candidates)) for name, by in _ladder(judge)}
        | {"gain over both encoders (95 %)": _gain(graded, candidates)},
        {f"without {part}": _row(graded, candidates, without(part)(candidates))
         for part in LEARNED},
        _meaning(graded, candidates),
        Chances(
            chance(by_score(candidates)), candidates.useful(graded, GOOD_GRADE) > 0
        ),
    )  # fmt: skip


def _ladder(judge: Judge | None) -> Iterable[tuple[str, Worth]]:
    """All ways to rank, and with a judge where there is one."""
    return (*LADDER, (f"with {judge.name} as judge", judged(judge))) if judge else LADDER


def _about(graded: GradedSet, candidates: Candidates) -> Column:
    useful = candidates.useful(graded, GOOD_GRADE) > 0
    need, offer = (rows[useful] for rows in candidates.pairs)
    asked, given = candidates.needs, candidates.offers
    same_area = [
        bool(asked.profiles[i].areas & given.profiles[j].areas) for i, j in _pairs(need, offer)
    ]
    one_language = asked.languages[need] == given.languages[offer]
    known = np.concatenate([np.diff(side.reading.concepts.indptr) for side in (asked, given)])
    return {
        "needs, offers": f"{len(asked)}, {len(given)}",
        "candidates a need": f"{len(candidates.pairs[0]) / len(asked):.0f}",
        "useful pairs": str(int(useful.sum())),
        "needs without a useful offer": f"{len(graded.hopeless)}",
        "useful pairs that share an area": f"{np.mean(same_area):.0%}",
        "useful pairs in one language": f"{one_language.mean():.0%}",
        "texts with a concept, concepts a text": f"{(known > 0).mean():.0%}, {known.mean():.1f}",
    }


def _pairs(need: Iterable[int], offer: Iterable[int]) -> Iterable[tuple[int, int]]:
    return zip(need, offer, strict=True)


def _row(graded: GradedSet, candidates: Candidates, value: FloatArray) -> str:
    """nDCG@5, first is useful, a useful one among three; where values are equal, the mean of lots."""
    lots = _LOTS if np.ptp(value) == 0.0 else 1
    drawn = [candidates.ranked(value, seed=lot) for lot in range(lots)]
    measures = (
        np.mean([ndcg(ranking, graded.grades) for ranking in drawn]),
        *(np.mean([useful_among(one, graded.grades, first) for one in drawn]) for first in (1, 3)),
    )
    return " / ".join(_figure(float(each)) for each in measures)


def _gain(graded: GradedSet, candidates: Candidates) -> str:
    ours, theirs = (candidates.ranked(by(candidates)) for by in (by_score, by_both))
    mean, low, high = gain_interval(ours, theirs, graded.grades)
    return f"+{_figure(mean)} ({_figure(low)} to {_figure(high)})"


def _meaning(graded: GradedSet, candidates: Candidates) -> Column:
    """What chances come to, by strength; promises and gaps that are false."""
    said, useful = chance(by_score(candidates)), candidates.useful(graded, GOOD_GRADE) > 0
    steps = np.array([strength(each) for each in said.tolist()])
    need = candidates.pairs[0]
    best = np.zeros(len(candidates.needs))
    np.maximum.at(best, need, said)
    hopeless = np.array([each.key in graded.hopeless for each in candidates.needs.profiles])
    return {
        **{
            f"{each}: pairs, useful, said": _came_true(steps == each, useful, said)
            for each in Strength
        },
        "a strong match, of needs with a useful offer": _figure((best[~hopeless] >= STRONG).mean()),
        "false gaps: nothing possible, of needs with a useful offer": _figure(
            (best[~hopeless] < POSSIBLE).mean()
        ),
        "false promises: a good match, of needs without": _figure((best[hopeless] >= GOOD).mean()),
    }


def _came_true(of: BoolArray, useful: BoolArray, said: FloatArray) -> str:
    if not of.any():
        return "0"
    return f"{int(of.sum())}, {_figure(useful[of].mean())}, {_figure(said[of].mean())}"


def violations(graded: GradedSet, embedder: Embedder) -> tuple[int, int]:
    """Forbidden pairs that would ever be shown, however long the list, and how many there are."""
    found = rankings.pipeline(graded, embedder, top=len(graded.offers))
    shown = {(need, offer) for need, offers in rankings.shown(found).items() for offer in offers}
    return len(shown & graded.forbidden), len(graded.forbidden)


def trapped(graded: GradedSet, embedder: Embedder, careful: Embedder | None) -> Column:
    """A set of traps: the same measures, as it is and with areas left blank, and by kind of trap."""
    ranking = rankings.shown(rankings.pipeline(graded, embedder, careful, top=TOP))
    shown, forbidden = violations(graded, embedder)
    return {
        "nDCG@5 / first is useful / one among three": _shown(ranking, graded),
        "forbidden pairs shown": f"{shown} of {forbidden}",
        **{
            f"{kind} (nDCG@5)": _figure(ndcg(ranking, graded.grades, needs))
            for kind, pairs in sorted(graded.traps.items())
            if (needs := {need for need, _ in pairs} & graded.grades.keys())
        },
    }


def _shown(ranking: Ranking, graded: GradedSet) -> str:
    measures = [ndcg(ranking, graded.grades)]
    measures += [useful_among(ranking, graded.grades, first) for first in (1, 3)]
    return " / ".join(map(_figure, measures))


def table(head: str, names: Sequence[str], columns: Sequence[Column]) -> str:
    """Columns of figures as a table in Markdown."""
    rows = dict.fromkeys(name for column in columns for name in column)
    lines = [[head, *names], ["---", *("---:" for _ in names)]]
    lines += [[row, *(column.get(row, "–") for column in columns)] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _figure(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.2f}"
