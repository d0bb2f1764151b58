"""What one has of an occupation, the work within reach, and the skills that open it: by hand, and by trying them all."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import Int64Array
from katalysator.engine.skills import (
    LEAST,
    NEAR,
    WHOLE,
    NamedRows,
    Routes,
    SkillPart,
    Taxonomy,
    Tier,
    coverage_of,
    coverage_parts,
    coverage_with,
    demands_of,
    held_skills,
    likeness,
    links,
    routes_from,
    similar_occupations,
)
from tests.examples import examples
from tests.talent.taxonomies import esco, small_taxonomy

NURSE, CARER, ANALYST, PROGRAMMER = range(4)
WOUNDS, MEDICINE, WASHING, TALKING, STATISTICS, PYTHON, SQL, TESTING = range(8)


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """Small ones: occupations that ask for nothing, skills without a group, groups in groups."""
    occupations, skills, groups = (
        draw(st.integers(low, high)) for low, high in ((1, 7), (1, 9), (0, 4))
    )
    asked = [
        draw(
            st.lists(
                st.tuples(st.integers(0, occupations - 1), st.integers(0, skills - 1)), max_size=20
            )
        )
        for _ in range(2)
    ]
    broader = []
    for node in range(skills + groups):
        later = st.integers(max(skills, node + 1), skills + groups - 1)
        if max(skills, node + 1) < skills + groups:
            broader += [(node, above) for above in draw(st.sets(later, max_size=2))]
    return Taxonomy(
        "any",
        "1",
        _rows("o", occupations),
        _rows("s", skills),
        _rows("g", groups),
        isco=("",) * occupations,
        essential=links(_pairs(asked[0]), (occupations, skills)),
        optional=links(_pairs(asked[1]), (occupations, skills)),
        broader=links(_pairs(broader), (skills + groups, skills + groups)),
        is_knowledge=np.zeros(skills, np.bool_),
    )


@st.composite
def people(draw: st.DrawFn) -> tuple[Taxonomy, list[int], dict[int, int]]:
    taxonomy = draw(taxonomies())
    rows = st.integers(0, len(taxonomy.occupations) - 1)
    skills = st.integers(0, len(taxonomy.skills) - 1)
    percent = st.sampled_from([0, 30, 50, WHOLE])
    return taxonomy, draw(st.lists(rows, max_size=2)), draw(st.dictionaries(skills, percent))


def _rows(kind: str, size: int) -> NamedRows:
    return NamedRows(tuple(f"{kind}/{row}" for row in range(size)), {})


def _pairs(told: list[tuple[int, int]]) -> Int64Array:
    return np.array(told, np.int64).reshape(-1, 2).T


def _part(parts: Sequence[SkillPart], skill: int) -> SkillPart:
    return next(part for part in parts if part.skill == skill)


# --- by hand -------------------------------------------------------------------------------------


def test_one_has_all_that_is_essential_in_the_work_that_one_did() -> None:
    taxonomy = small_taxonomy()
    covered = coverage_of(demands_of(taxonomy), held_skills(taxonomy, [NURSE]))
    assert covered.essential[NURSE] == 1.0
    assert covered.whole[NURSE] < 1.0


def test_a_carer_has_less_of_what_a_nurse_needs_than_a_nurse_of_what_a_carer_needs() -> None:
    taxonomy = small_taxonomy()
    asked = demands_of(taxonomy)
    carer, nurse = (coverage_of(asked, held_skills(taxonomy, [each])) for each in (CARER, NURSE))
    assert 0.0 < carer.whole[NURSE] < nurse.whole[CARER] < 1.0


def test_a_coverage_is_what_weights_say() -> None:
    taxonomy = small_taxonomy()
    weight = np.rint(taxonomy.weight * 100)
    covered = coverage_of(demands_of(taxonomy), held_skills(taxonomy, skills={TALKING: WHOLE}))
    assert covered.essential[CARER] == pytest.approx(
        weight[TALKING] / weight[[WASHING, TALKING]].sum()
    )


def test_what_one_has_of_the_same_group_counts_for_a_part_and_is_named() -> None:
    taxonomy = small_taxonomy()
    parts = coverage_parts(
        demands_of(taxonomy), held_skills(taxonomy, skills={PYTHON: WHOLE}), ANALYST
    )
    assert _part(parts, SQL)[3:5] == (NEAR, PYTHON)
    assert _part(parts, PYTHON)[3:5] == (WHOLE, None)
    assert _part(parts, TALKING)[3:5] == (0, None)


def test_weaker_evidence_counts_for_less_and_what_one_has_not_after_all_for_nothing() -> None:
    taxonomy = small_taxonomy()
    asked = demands_of(taxonomy)
    whole, half, none = (
        coverage_of(asked, held_skills(taxonomy, [NURSE], {WOUNDS: percent})).essential[NURSE]
        for percent in (WHOLE, 50, 0)
    )
    assert whole > half > none > 0.0


def test_an_occupation_in_which_nothing_is_essential_is_measured_by_what_helps() -> None:
    taxonomy = small_taxonomy()
    bare = replace(taxonomy, essential=links(_pairs([(NURSE, WOUNDS)]), (4, 8)))
    covered = coverage_of(demands_of(bare), held_skills(bare, skills={WOUNDS: WHOLE}))
    assert covered.essential[CARER] == covered.whole[CARER] == 1.0


@pytest.mark.parametrize(
    ("occupations", "skills", "message"),
    [
        ([4], {}, "occupation 4 does not exist; rows run from 0 and there are 4"),
        ([-1], {}, "occupation -1 does not exist"),
        ([], {8: 100}, "skill 8 does not exist"),
        ([], {1: 101}, "skill 1 counts for 101 percent; it must be 0 to 100"),
    ],
)
def test_what_cannot_be_is_refused(
    occupations: list[int], skills: dict[int, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        held_skills(small_taxonomy(), occupations, skills)


def test_the_work_that_one_did_is_no_route_and_the_most_covered_comes_first() -> None:
    routes = routes_from(small_taxonomy(), [CARER])
    assert routes.order.tolist()[0] == NURSE
    assert CARER not in routes.order.tolist()


def test_a_route_says_what_is_missing_the_weightiest_first() -> None:
    route = routes_from(small_taxonomy(), [CARER]).route(NURSE)
    assert [part.skill for part in route.missing][:1] == [MEDICINE]
    assert all(before.worth >= after.worth for before, after in pairwise(route.parts))
    assert TALKING not in {part.skill for part in route.missing}


def test_nobody_without_skills_has_a_route() -> None:
    routes = routes_from(small_taxonomy())
    assert routes.order.size == 0
    assert set(routes.tier.tolist()) == {Tier.LONGER}


def test_work_that_takes_more_preparation_is_further_however_much_one_can() -> None:
    taxonomy = small_taxonomy()
    skills = dict.fromkeys(range(8), WHOLE)
    zones = np.array([3, 2, 4, 0])
    tier = routes_from(taxonomy, [CARER], skills, zones=zones).tier
    assert tier[[NURSE, ANALYST, PROGRAMMER]].tolist() == [Tier.COURSE, Tier.LONGER, Tier.NOW]
    assert routes_from(taxonomy, [], skills, zones=zones).tier[ANALYST] == Tier.NOW


def test_zones_of_other_occupations_are_refused() -> None:
    with pytest.raises(ValueError, match=r"zones have shape \(3,\), but there are 4 occupations"):
        routes_from(small_taxonomy(), [CARER], zones=np.array([1, 2, 3]))


# --- by trying them all --------------------------------------------------------------------------


@examples(300)
@given(people())
def test_parts_add_up_to_the_coverage_to_the_last_point(
    person: tuple[Taxonomy, list[int], dict[int, int]],
) -> None:
    taxonomy, occupations, skills = person
    asked, has = demands_of(taxonomy), held_skills(taxonomy, occupations, skills)
    covered = coverage_of(asked, has)
    for occupation in range(len(taxonomy.occupations)):
        parts = coverage_parts(asked, has, occupation)
        assert (
            sum(part.worth * part.counts for part in parts) == covered.gained[:, occupation].sum()
        )
        assert sum(part.worth for part in parts) == covered.asked[:, occupation].sum()


@examples(300)
@given(people())
def test_what_one_would_have_with_a_skill_is_what_one_has_with_it(
    person: tuple[Taxonomy, list[int], dict[int, int]],
) -> None:
    taxonomy, occupations, skills = person
    asked, has = demands_of(taxonomy), held_skills(taxonomy, occupations, skills)
    for occupation in range(len(taxonomy.occupations)):
        for part in coverage_parts(asked, has, occupation):
            after = coverage_with(asked, has, part.skill)
            assert part.after == after.whole[occupation]
            assert part.essential_after == after.essential[occupation]


@examples(150)
@given(people(), st.data())
def test_what_one_would_have_with_a_course_is_what_one_has_after_it(
    person: tuple[Taxonomy, list[int], dict[int, int]], data: st.DataObject
) -> None:
    taxonomy, occupations, skills = person
    taught = data.draw(st.sets(st.integers(0, len(taxonomy.skills) - 1)))
    after = routes_from(taxonomy, occupations, {**skills, **dict.fromkeys(taught, WHOLE)}).coverage
    told = routes_from(taxonomy, occupations, skills).coverage_with(sorted(taught))
    assert told.gained.tolist() == after.gained.tolist()


@examples(300)
@given(people())
def test_more_skills_never_cover_less(person: tuple[Taxonomy, list[int], dict[int, int]]) -> None:
    taxonomy, occupations, skills = person
    asked, has = demands_of(taxonomy), held_skills(taxonomy, occupations, skills)
    before = coverage_of(asked, has)
    for skill in range(len(taxonomy.skills)):
        assert (coverage_with(asked, has, skill).gained >= before.gained).all()


@examples(300)
@given(people(), st.booleans(), st.data())
def test_a_skill_opens_what_comes_nearer_with_it(
    person: tuple[Taxonomy, list[int], dict[int, int]], zoned: bool, data: st.DataObject
) -> None:
    taxonomy, occupations, skills = person
    size = len(taxonomy.occupations)
    zones = (
        np.array(data.draw(st.lists(st.integers(0, 5), min_size=size, max_size=size)))
        if zoned
        else None
    )
    routes = routes_from(taxonomy, occupations, skills, zones=zones)
    told = {each.skill: (each.now, each.course) for each in routes.openers(100)}
    has = held_skills(taxonomy, occupations, skills)
    for skill in np.flatnonzero(has < WHOLE).tolist():
        after = routes_from(taxonomy, occupations, {**skills, skill: WHOLE}, zones=zones)
        assert told.get(skill, (0, 0)) == _nearer(routes, after, occupations)
    assert not told.keys() & set(np.flatnonzero(has == WHOLE).tolist())


def _nearer(before: Routes, after: Routes, own: list[int]) -> tuple[int, ...]:
    other = np.ones(before.tier.size, np.bool_)
    other[own] = False
    gained, asked = (each[0] for each in (before.coverage.gained, before.coverage.asked))
    return tuple(
        int(
            (
                (before.tier > tier) & (after.tier <= tier) & other & (2 * gained >= least * asked)
            ).sum()
        )
        for tier, least in LEAST.items()
    )


@examples(300)
@given(people())
def test_a_tier_is_the_share_of_what_is_essential(
    person: tuple[Taxonomy, list[int], dict[int, int]],
) -> None:
    routes = routes_from(*person)
    share = routes.coverage.essential
    for tier, least in LEAST.items():
        within = routes.tier <= tier
        assert (share[within] >= least / 100 - 1e-12).all()
        assert (share[~within] < least / 100 + 1e-12).all()


# --- likeness ------------------------------------------------------------------------------------


def test_what_needs_much_of_the_same_is_alike_both_ways() -> None:
    alike = likeness(small_taxonomy())
    assert (alike == alike.T).all()
    assert alike[NURSE, CARER] > alike[NURSE, ANALYST]
    assert similar_occupations(small_taxonomy(), NURSE, 1)[0].occupation == CARER


@examples(60)
@given(taxonomies())
def test_likeness_is_from_nothing_to_one(taxonomy: Taxonomy) -> None:
    alike = likeness(taxonomy)
    assert ((alike >= 0.0) & (alike <= 1.0)).all()


@pytest.mark.parametrize("sizes", [(0, 0, 0), (0, 2, 1), (2, 0, 0)])
def test_a_taxonomy_without_work_or_skills_has_no_roads(sizes: tuple[int, int, int]) -> None:
    occupations, skills, groups = sizes
    empty = Taxonomy(
        "empty",
        "1",
        _rows("o", occupations),
        _rows("s", skills),
        _rows("g", groups),
        isco=("",) * occupations,
        essential=links(_pairs([]), (occupations, skills)),
        optional=links(_pairs([]), (occupations, skills)),
        broader=links(_pairs([]), (skills + groups, skills + groups)),
        is_knowledge=np.zeros(skills, np.bool_),
    )
    routes = routes_from(empty)
    assert (routes.order.size, routes.openers()) == (0, ())
    assert likeness(empty).shape == (occupations, occupations)


def test_nothing_is_opened_from_nothing() -> None:
    assert not routes_from(small_taxonomy()).openers()


def test_in_esco_a_route_can_be_opened_to_its_parts_and_a_skill_opens_what_it_says() -> None:
    taxonomy = esco()
    routes = routes_from(taxonomy, [5])
    best = routes.openers(3)
    after = routes_from(taxonomy, [5], {best[0].skill: WHOLE})
    assert (best[0].now, best[0].course) == _nearer(routes, after, [5])
    route = routes.route(int(routes.order[0]))
    most = sum(part.worth for part in route.parts)
    assert sum(part.worth * part.counts for part in route.parts) / (most * WHOLE) == route.coverage
