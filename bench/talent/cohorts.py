"""A cohort placed in every way that is told of one: `python -m bench.talent.cohorts [people …]`.

People of one employer have most of what a few kinds of work ask for; beside them stand as many vacancies as three quarters of the people
and a course for each ten. All of it is drawn, with a fixed seed.
"""

import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Final

import numpy as np

from katalysator.engine.matching import UNPLACED
from katalysator.engine.skills import CohortSkills
from katalysator.talent.cohorts.scenarios import SCENARIOS, CohortMarket, place

PEOPLE: Final = (400, 2_000)
SEED: Final = 1
_KINDS, _SKILLS, _EACH = 25, 300, 12


def market(people: int) -> CohortMarket:
    """People, vacancies and courses around a few kinds of work, some of each level and region."""
    random = np.random.default_rng(SEED)
    kinds = [random.choice(_SKILLS, _EACH, replace=False).tolist() for _ in range(_KINDS)]

    def some(size: int, share: float) -> list[set[str]]:
        chosen = [kinds[number] for number in random.integers(0, _KINDS, size)]
        return [{str(skill) for skill in each if random.random() < share} for each in chosen]

    work, courses = max(people * 3 // 8, 1), max(people // 10, 1)
    skills = CohortSkills.of(some(people, 0.5), some(work, 0.9), some(courses, 0.6))
    return CohortMarket(
        skills,
        may=random.random((people, work)) < 0.7,
        near=random.random((people, work)) < 0.3,
        may_learn=np.ones((people, courses), np.bool_),
        seats=np.full(work, 2),
        course_seats=np.full(courses, 3),
        least=0.5,
    )


def main(sizes: Sequence[int]) -> None:
    """Print what each scenario gives, and how long it takes."""
    for people in sizes:
        made = market(people)
        place(made, SCENARIOS[0])  # compiles
        for scenario in SCENARIOS:
            begun = perf_counter()
            found = place(made, scenario)
            taken = perf_counter() - begun
            got = found.coverage[found.work != UNPLACED]
            print(
                f"{people:>5} {scenario.name:<16} placed {found.placed:>5} (bound {found.bound if found.bound is None else round(found.bound, 1)})"
                f"  mean {got.mean():.2f}  lowest {got.min():.2f}"
                f"  courses {np.count_nonzero(found.course != UNPLACED):>4}  {taken:>6.2f} s"
            )


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or PEOPLE)
