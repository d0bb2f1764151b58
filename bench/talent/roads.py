"""Roads to other work: `python -m bench.talent.roads [--assert] [--esco FOLDER]`.

Whether the ten occupations that are nearest share a sector, beside simpler measures of likeness; how long routes take to all
occupations of ESCO, the courses that close a gap, and stable matching with and without least numbers for regions. Sectors
are those of Nesta's Mapping Career Causeways, for the occupations that have one.
"""

import argparse
import csv
import gzip
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple
from unittest.mock import patch

import numpy as np
from scipy import sparse

from bench.engine.machine import limits
from bench.engine.measuring import Figure, timed
from katalysator.engine.arrays import Float64Array, FloatArray, IntArray, StrArray
from katalysator.engine.matching import (
    Edges,
    Quotas,
    blocking_pairs,
    stable,
    stable_with_quotas,
)
from katalysator.engine.skills import (
    LEAST,
    WHOLE,
    CourseLimits,
    Routes,
    SkillCourse,
    Taxonomy,
    Tier,
    cheapest_courses,
    coverage_of,
    demands_of,
    held_skills,
    likeness,
    routes_from,
)
from katalysator.engine.text import bundled
from katalysator.talent.taxonomies.reading import read_taxonomy

SECTOR: Final = 0.82
SUBSECTOR: Final = 0.63
ROUTES: Final = 0.050  # seconds to all occupations
LIKENESS: Final = 3.0  # seconds for all pairs
STABLE: Final = 2.0  # seconds for 10,000 people
NEAREST: Final = 10
_USUAL: Final = 700  # more is nearly everybody, in seats that nearly run out: told, not demanded
PEOPLE: Final = 200
SEED: Final = 1


_Person = tuple[list[int], dict[int, int]]
"""Occupations, and skills in percent."""


class Sectors(NamedTuple):
    """The sector and the subsector of each of some occupations, by row."""

    row: IntArray
    sector: StrArray
    subsector: StrArray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--assert", dest="demand", action="store_true")
    parser.add_argument("--esco", type=Path, default=Path("../shared/data/esco"))
    chosen = parser.parse_args()
    print(limits(), flush=True)
    taxonomy = read_taxonomy([chosen.esco], "1.1.1").taxonomy
    held = []
    for figure in figures(taxonomy, sectors(chosen.esco)):
        print(figure, flush=True)
        held.append(figure.holds)
    if chosen.demand and not all(held):
        sys.exit("not all figures are what they must be")


def figures(taxonomy: Taxonomy, told: Sectors) -> Iterator[Figure]:
    for name, alike in rivals(taxonomy):
        yield shared(name, alike, told, demanded=False)
    alike, took = timed(lambda: likeness(taxonomy))
    yield Figure("all pairs of occupations", str(took), took.wall <= LIKENESS)
    yield shared("ours", alike, told, demanded=True)
    yield from routes(taxonomy)
    yield from tiers(taxonomy, told)
    yield from courses()
    yield from matchings()


def sectors(folder: Path) -> Sectors:
    """The occupations that have a sector."""
    with gzip.open(
        folder / "mcc_occupation_features.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["sector_code"]]
    return Sectors(
        np.array([int(row["occ_idx"]) for row in rows]),
        *(np.array([row[name] for row in rows]) for name in ("sector_code", "subsector_code")),
    )


def rivals(taxonomy: Taxonomy) -> Iterator[tuple[str, FloatArray]]:
    """Simpler ways to tell what is alike, and coverage with other parts for what is near."""
    yield "Jaccard of essential skills", _jaccard(taxonomy.essential.astype(np.float64))
    names = [
        taxonomy.occupations.called(row, "en").text for row in range(len(taxonomy.occupations))
    ]
    vectors = bundled().encode(names).astype(np.float64)
    yield "cosine of the names' meaning", vectors @ vectors.T
    for share in (0.0, 0.2, 0.3, 0.5, 0.7):
        both = taxonomy.essential.astype(np.float64) + share * taxonomy.optional.astype(np.float64)
        weighed = sparse.csr_array(both.multiply(taxonomy.weight[None, :]))
        yield f"cosine of skills, optional {share}", _cosine(weighed)
    for near in (0, 20, 40):
        with patch("katalysator.engine.skills.coverage.NEAR", near):
            yield f"coverage, a skill nearby {near} %", _covered(taxonomy)


def _jaccard(skills: sparse.csr_array) -> Float64Array:
    both = (skills @ skills.T).toarray()
    size = both.diagonal()
    return np.asarray(both / np.maximum(size[:, None] + size[None, :] - both, 1.0))


def _cosine(skills: sparse.csr_array) -> Float64Array:
    both = (skills @ skills.T).toarray()
    length = np.sqrt(np.maximum(both.diagonal(), 1e-12))
    return np.asarray(both / np.outer(length, length))


def _covered(taxonomy: Taxonomy) -> Float64Array:
    """How much of each occupation (column) those cover who come from each other one (row)."""
    asked = demands_of(taxonomy)
    everybody = range(len(taxonomy.occupations))
    return np.array([coverage_of(asked, held_skills(taxonomy, [row])).whole for row in everybody])


def shared(name: str, alike: FloatArray, told: Sectors, *, demanded: bool) -> Figure:
    """How many of the nearest ten have the same sector and subsector."""
    among = alike[np.ix_(told.row, told.row)].astype(np.float64)
    np.fill_diagonal(among, -np.inf)
    nearest = np.argsort(-among, axis=1, kind="stable")[:, :NEAREST]
    sector, subsector = (
        float(np.mean(each[nearest] == each[:, None])) for each in (told.sector, told.subsector)
    )
    holds = not demanded or (sector >= SECTOR and subsector >= SUBSECTOR)
    return Figure(name, f"same sector {sector:.3f}  same subsector {subsector:.3f}", holds)


def routes(taxonomy: Taxonomy) -> Iterator[Figure]:
    """Routes to all occupations of people with one to three occupations and five skills more."""
    random = np.random.default_rng(SEED)
    _, made = timed(lambda: demands_of(taxonomy))
    yield Figure("what occupations ask for, once", str(made), True)
    people = [
        (
            random.choice(len(taxonomy.occupations), random.integers(1, 4), replace=False).tolist(),
            dict.fromkeys(random.choice(len(taxonomy.skills), 5, replace=False).tolist(), 100),
        )
        for _ in range(PEOPLE)
    ]
    works: dict[str, Callable[[_Person], object]] = {
        "routes to all occupations": lambda each: routes_from(taxonomy, each[0], each[1]),
        "the same with what opens most": lambda each: routes_from(
            taxonomy, each[0], each[1]
        ).openers(),
        "the same with a page of 20 routes": lambda each: _page(
            routes_from(taxonomy, each[0], each[1])
        ),
    }
    for name, work in works.items():
        yield _quantiles(name, [_seconds(work, each) for each in people])


def tiers(taxonomy: Taxonomy, told: Sectors) -> Iterator[Figure]:
    """What there is within reach from one occupation, and how much of it is in the sector that one comes from."""
    asked = demands_of(taxonomy)
    share = np.array(
        [
            coverage_of(asked, held_skills(taxonomy, [row])).essential
            for row in range(len(taxonomy.occupations))
        ]
    )
    np.fill_diagonal(share, 0.0)
    same = told.sector[:, None] == told.sector[None, :]
    among = share[np.ix_(told.row, told.row)]
    for least in (LEAST[Tier.NOW], LEAST[Tier.COURSE], 20, 15):
        within = (share >= least / WHOLE).sum(axis=1)
        sector = same[among >= least / WHOLE].mean()
        yield Figure(
            f"from one occupation, {least} % of essentials",
            f"{within.mean():.1f} occupations, none for {np.mean(within == 0):.1%}; same sector {sector:.3f}",
            True,
        )


def _page(found: Routes) -> None:
    for occupation in found.order[:20].tolist():
        found.route(occupation)


def _seconds(work: Callable[[_Person], object], each: _Person) -> float:
    begin = perf_counter()
    work(each)
    return perf_counter() - begin


def _quantiles(name: str, seconds: list[float]) -> Figure:
    middle, high = np.quantile(seconds, [0.5, 0.95])
    return Figure(name, f"p50 {middle * 1e3:.1f} ms  p95 {high * 1e3:.1f} ms", high <= ROUTES)


def courses() -> Iterator[Figure]:
    """Catalogues at random, a fifth of whose courses come after another one."""
    for skills, size in ((20, 100), (40, 500), (60, 2_000), (120, 3_000)):
        gap, catalogue = _catalogue(skills, size)
        for name, chosen in (("", CourseLimits()), (", 200 hours", CourseLimits(hours=200))):
            plan, took = timed(partial(cheapest_courses, gap, catalogue, chosen))
            told = "proven" if plan.is_proven else f"within {plan.gap:.1%}"
            yield Figure(
                f"{skills} skills, {size:,} courses{name}",
                f"{took}  {len(plan.courses)} courses, {told}",
                True,
            )


def _catalogue(skills: int, size: int) -> tuple[dict[int, int], list[SkillCourse]]:
    random = np.random.default_rng(SEED)
    made = [
        SkillCourse(
            f"c{number}",
            frozenset(random.choice(skills, 4, replace=False).tolist()),
            cost=int(random.integers(50, 2_000)),
            hours=int(random.integers(8, 300)),
            after=frozenset(
                {f"c{random.integers(0, number)}"} if number and random.random() < 0.2 else ()
            ),
        )
        for number in range(size)
    ]
    return {skill: int(random.integers(1_000, 9_000)) for skill in range(skills)}, made


def matchings() -> Iterator[Figure]:
    """10,000 people who rank fifteen of 2,000 openings, a fifth of which few people ask for."""
    edges, capacity, theirs, region = _market()
    stable(edges, capacity, theirs)  # loads the kernels
    found, took = timed(lambda: stable(edges, capacity, theirs))
    blocked = blocking_pairs(edges, capacity, theirs, found.opening).size
    yield Figure(
        "stable, 10,000 × 2,000",
        f"{took}  placed {found.placed:,}  blocking {blocked}",
        took.wall <= STABLE and not blocked,
    )
    for least in (500, 700, 830):
        quotas = Quotas(region, np.full(12, least))
        kept, took = timed(partial(stable_with_quotas, edges, capacity, theirs, quotas))
        blocked = np.unique(
            _people(edges)[blocking_pairs(edges, capacity, theirs, kept.opening)]
        ).size
        said = f"{took}  short {kept.short.sum()}  kept {kept.kept.sum():,}  people in blocking pairs {blocked:,}"
        yield Figure(
            f"the same, {least} in each of 12 regions",
            said,
            blocked == kept.kept.sum() and (took.wall <= STABLE or least > _USUAL),
        )


def _people(edges: Edges) -> IntArray:
    return np.repeat(np.arange(edges.people), np.diff(edges.start))


def _market() -> tuple[Edges, IntArray, Float64Array, IntArray]:
    people, openings, wishes = 10_000, 2_000, 15
    random = np.random.default_rng(SEED)
    sought = np.where(np.arange(openings) < 1_600, 1.0, 0.15)
    asked = [
        random.choice(openings, wishes, replace=False, p=sought / sought.sum())
        for _ in range(people)
    ]
    score = np.tile(1.0 - np.arange(wishes) / wishes, people)
    edges = Edges.from_pairs(
        np.repeat(np.arange(people), wishes), np.concatenate(asked), score, people, openings
    )
    return (
        edges,
        random.integers(1, 11, openings),
        random.random(score.size),
        np.arange(openings) * 12 // openings,
    )


if __name__ == "__main__":
    main()
