"""A made-up nation: as many people in each occupation as the national figures have, with skills that fit their work.

Where ESCO and the figures of CBS are at hand they shape it; else a made-up taxonomy of the same form does.
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from scipy import sparse

from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.skills import NamedRows, Taxonomy, links

ESCO: Final = Path(__file__).parents[3] / "shared" / "data" / "esco"
_PROVINCES: Final = (11, 12, 13, 21, 22, 23, 31, 32, 33, 34, 41, 42)
_AREAS: Final = tuple(f"NL{province}{area}" for province in _PROVINCES for area in range(1, 5))
_SOME: Final = 250_000
_FILL: Final = 0.74  # seats for each person
_LEVELS: Final = {"1": 6, "2": 6, "3": 5, "4": 4, "5": 3, "6": 3, "7": 3, "8": 2, "9": 1}
"""Of the first digit of ISCO-08: roughly what such work asks."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A taxonomy, and how many people work in each of its occupations, (O,), adding up to 1."""

    taxonomy: Taxonomy
    share: FloatArray


def work() -> Work:
    """ESCO by the figures of CBS, or a made-up taxonomy."""
    if not ESCO.exists():
        return made_up()
    from katalysator.talent.taxonomies.reading import read_taxonomy

    taxonomy = read_taxonomy([ESCO], "1.1.1").taxonomy
    group = {row["isco"]: row["brc"] for row in _rows("isco_to_brc2014")}
    employees = {
        row["brc"]: float(row["employees_thousands_2022"] or 0)
        for row in _rows("nl_brc2014_groups")
    }
    brc = [group.get(isco, "") for isco in taxonomy.isco]
    size = {each: brc.count(each) for each in set(brc)}
    share = np.array([employees.get(each, 0.0) / size[each] for each in brc])
    share[np.diff(taxonomy.essential.indptr) == 0] = 0.0
    return Work(taxonomy, share / share.sum())


def _rows(name: str) -> list[dict[str, str]]:
    with gzip.open(ESCO / f"{name}.csv.gz", "rt", newline="") as file:
        return list(csv.DictReader(file))


def made_up(occupations: int = 3_000, skills: int = 13_900, groups: int = 640) -> Work:
    """A taxonomy of as many parts as ESCO has, in which some skills are asked for often and most seldom."""
    random = np.random.default_rng(3)
    popularity = random.pareto(1.2, skills) + 0.05
    popularity /= popularity.sum()
    asked = [random.choice(skills, 40, replace=False, p=popularity) for _ in range(occupations)]
    pairs = [
        np.array([(row, skill) for row, each in enumerate(asked) for skill in each[part]]).T
        for part in (slice(0, 21), slice(21, 40))
    ]
    broader = np.stack([np.arange(skills), skills + random.integers(groups, size=skills)])
    kinds = (("occupation", occupations), ("skill", skills), ("group", groups))
    works, abilities, above = (
        NamedRows(tuple(f"{kind}/{row}" for row in range(size)), {}) for kind, size in kinds
    )
    taxonomy = Taxonomy(
        "made-up",
        "1",
        works,
        abilities,
        above,
        tuple(f"{1 + row % 9}111" for row in range(occupations)),
        links(pairs[0], (occupations, skills)),
        links(pairs[1], (occupations, skills)),
        links(broader, (skills + groups, skills + groups)),
        np.zeros(skills, np.bool_),
    )
    share = random.pareto(1.2, occupations) + 0.1
    return Work(taxonomy, share / share.sum())


def write_nation(folder: Path, made: Work, people: int, openings: int, seed: int) -> None:
    """Write people.parquet and openings.parquet; people some at a time."""
    random = np.random.default_rng(seed)
    some = [
        _people(random, made, first, min(_SOME, people - first))
        for first in range(0, people, _SOME)
    ]
    pl.concat(some).write_parquet(folder / "people.parquet")
    _openings(random, made, people, openings).write_parquet(folder / "openings.parquet")


def _people(random: np.random.Generator, made: Work, first: int, size: int) -> pl.DataFrame:
    """Three in ten tell an occupation, five skills, two both."""
    occupation = random.choice(made.share.size, size, p=made.share)
    told = random.random(size)
    start, skill = _sampled(random, made.taxonomy, occupation)
    has_skills = told >= 0.3
    kept = np.repeat(has_skills, np.diff(start))
    counts = np.where(has_skills, np.diff(start), 0)
    work_keys = pl.Series(made.taxonomy.occupations.keys)
    occupations = work_keys.gather(occupation).set(pl.Series((told >= 0.3) & (told < 0.8)), None)
    level = _levels(made, occupation) + random.integers(-1, 2, size)
    areas = _areas(random, size)
    return pl.DataFrame(
        {
            "id": [f"p{number:07}" for number in range(first, first + size)],
            "occupation": occupations,
            "skills": _lists(made.taxonomy, counts, skill[kept]),
            "region": pl.Series(_AREAS).gather(areas),
            "level": pl.Series(np.clip(level, 1, 8)).set(pl.Series(random.random(size) < 0.1), None),
            "hours": random.choice([16.0, 24.0, 32.0, 36.0, 40.0], size),
            "form": random.choice(["v", "m", "x", ""], size, p=[0.3, 0.295, 0.005, 0.4]),
            "age": random.choice(["15-24", "25-44", "45-64", "65+", ""], size, p=[0.1, 0.25, 0.22, 0.03, 0.4]),
        }
    )  # fmt: skip


def _openings(random: np.random.Generator, made: Work, people: int, size: int) -> pl.DataFrame:
    """Other work is sought than people do; three in ten ask for two skills more."""
    sought = made.share**0.7
    occupation = random.choice(sought.size, size, p=sought / sought.sum())
    seats = random.pareto(1.5, size) + 0.2
    more = np.where(random.random(size) < 0.3, 2, 0)
    skills = random.integers(len(made.taxonomy.skills), size=int(more.sum()))
    return pl.DataFrame(
        {
            "id": [f"o{number:06}" for number in range(size)],
            "occupation": pl.Series(made.taxonomy.occupations.keys).gather(occupation),
            "skills": _lists(made.taxonomy, more, skills),
            "region": pl.Series(_AREAS).gather(_areas(random, size)),
            "seats": np.maximum(1, np.rint(seats / seats.sum() * _FILL * people)).astype(np.int64),
            "level": np.clip(_levels(made, occupation) - random.integers(0, 2, size), 1, 8),
            "hours": random.choice([8.0, 16.0, 24.0, 32.0], size),
        }
    )


def _sampled(
    random: np.random.Generator, taxonomy: Taxonomy, occupation: IntArray
) -> tuple[IntArray, IntArray]:
    """Four fifths of what the own work cannot do without, a quarter of what helps there."""
    asked = sparse.csr_array(
        0.8 * taxonomy.essential.astype(np.float64) + 0.25 * taxonomy.optional.astype(np.float64)
    )
    counts = np.diff(asked.indptr)[occupation]
    start = np.concatenate([[0], np.cumsum(counts)])
    place = np.arange(start[-1]) + np.repeat(asked.indptr[occupation] - start[:-1], counts)
    has: BoolArray = random.random(place.size, np.float32) < asked.data[place]
    kept = np.concatenate([[0], np.cumsum(has)])[start]
    return kept, asked.indices[place[has]]


def _lists(taxonomy: Taxonomy, counts: IntArray, skills: IntArray) -> pl.Series:
    """Keys of skills in lists of so many."""
    keys = pl.Series(taxonomy.skills.keys, dtype=pl.Enum(taxonomy.skills.keys))
    rows = pl.DataFrame(
        {"row": np.repeat(np.arange(counts.size), counts), "skills": keys.gather(skills)}
    )
    lists = rows.group_by("row", maintain_order=True).agg("skills")
    whole = pl.DataFrame({"row": np.arange(counts.size)})
    return whole.join(lists, on="row", how="left", maintain_order="left")["skills"]


def _levels(made: Work, occupation: IntArray) -> IntArray:
    known = np.array([_LEVELS.get(isco[:1], 3) for isco in made.taxonomy.isco])
    found: IntArray = known[occupation]
    return found


def _areas(random: np.random.Generator, size: int) -> IntArray:
    weight = np.random.default_rng(7).pareto(2.0, len(_AREAS)) + 0.3
    return random.choice(len(_AREAS), size, p=weight / weight.sum())
