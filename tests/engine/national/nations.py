"""Small nations, and all their pairs laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import polars as pl

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import Edges, exact, silent
from katalysator.engine.skills import (
    AlikeOpenings,
    NationalDivision,
    NationalTerms,
    NationSide,
    coverage_in_full,
    divide_nation,
)
from katalysator.engine.skills.national.sets import SkillSets
from tests.talent.taxonomies import small_taxonomy

TAXONOMY = small_taxonomy()
SKILLS = len(TAXONOMY.skills)
REGIONS = ("", "NL", "NL31", "NL32", "NL321", "NL322")


@dataclass(frozen=True, slots=True)
class Row:
    """A person or an opening."""

    skills: Sequence[int] = ()
    helps: Sequence[int] = ()
    region: int = 1
    level: int = 0
    hours: float = 0.0
    seats: int = 1


def side(rows: Sequence[Row], *, people: bool = False) -> NationSide:
    """The rows as they are read; of people a level or hours of 0 are not known."""
    level = np.array([row.level or (127 if people else 0) for row in rows], np.int8)
    hours = np.array([row.hours or (np.inf if people else 0) for row in rows], np.float32)
    return NationSide(
        pl.Series([f"{'p' if people else 'o'}{number}" for number in range(len(rows))]),
        sets([row.skills for row in rows]),
        sets([row.helps for row in rows]),
        REGIONS,
        np.array([row.region for row in rows], np.int32),
        level,
        hours,
        np.array([row.seats for row in rows], np.int64),
        {},
        0,
    )


def sets(rows: Sequence[Sequence[int]]) -> SkillSets:
    """Sets of skills, each once."""
    made = [sorted(set(row)) for row in rows]
    start = np.concatenate([[0], np.cumsum([len(row) for row in made])])
    return SkillSets(start.astype(np.int64), np.array([*chain.from_iterable(made)], np.int32))


def divided(
    people: NationSide, openings: NationSide, blocks: Mapping[str, Any] | None = None, **terms: Any
) -> NationalDivision:
    """Who goes where."""
    kept: Any = {} if blocks is None else blocks
    alike = AlikeOpenings.of_openings(openings, TAXONOMY)
    return divide_nation(people, alike, NationalTerms(**terms), kept, silent)


def coverage(people: NationSide, openings: NationSide) -> FloatArray:
    """Of each pair, whether it may be formed or not."""
    return coverage_in_full(
        TAXONOMY,
        people.essential.as_matrix(SKILLS),
        openings.essential.as_matrix(SKILLS),
        openings.optional.as_matrix(SKILLS),
    )


def all_pairs(people: NationSide, openings: NationSide, terms: NationalTerms) -> FloatArray:
    """Coverage of each pair that may be formed, 0 of others."""
    score = coverage(people, openings)
    for person in range(len(people)):
        for opening in range(len(openings)):
            if not _may(people, openings, person, opening, terms.letters):
                score[person, opening] = 0.0
    score[score < terms.least] = 0.0
    return score


def _may(people: NationSide, openings: NationSide, person: int, opening: int, letters: int) -> bool:
    home = REGIONS[people.region[person]][:letters]
    place = REGIONS[openings.region[opening]]
    return bool(
        (place.startswith(home) or home.startswith(place))
        and openings.level[opening] <= people.level[person]
        and openings.hours[opening] <= people.hours[person]
        and openings.seats[opening] > 0
    )


def best_total(score: FloatArray, seats: IntArray) -> float:
    """The highest total, by linear programming over all pairs."""
    person, opening = np.nonzero(score)
    edges = Edges.from_pairs(person, opening, score[person, opening], *score.shape)
    return exact(edges, seats).certificate.value
