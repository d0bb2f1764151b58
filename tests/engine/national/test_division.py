"""A nation is divided as well as can be, over all pairs that may be formed, and says so."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.skills import (
    WHY,
    AlikeOpenings,
    DemandLists,
    NationalTerms,
    NationSide,
    seats_of,
)
from katalysator.engine.skills.national import division as module
from tests.engine.national.nations import (
    SKILLS,
    TAXONOMY,
    Row,
    all_pairs,
    best_total,
    coverage,
    divided,
    side,
)
from tests.examples import examples

skills = st.lists(st.integers(0, SKILLS - 1), max_size=5)
rows = st.builds(
    Row,
    skills=skills,
    helps=st.just(()),
    region=st.integers(1, 5),
    level=st.integers(0, 4),
    hours=st.sampled_from([0.0, 16.0, 32.0]),
    seats=st.integers(0, 3),
)
anywhere = st.builds(
    Row, skills=skills, region=st.integers(0, 5), level=st.integers(0, 4),
    hours=st.sampled_from([0.0, 16.0, 32.0]),
)  # fmt: skip
some_people = st.lists(anywhere, min_size=1, max_size=12).map(lambda each: side(each, people=True))
asking = rows.filter(lambda row: bool(row.skills))
some_openings = st.lists(asking, min_size=1, max_size=8).map(side)


@given(some_people, some_openings, st.sampled_from([2, 4, 5]), st.sampled_from([0.0, 0.35, 0.7]))
@examples(150)
def test_the_total_is_the_best_of_all_pairs(
    people: NationSide, openings: NationSide, letters: int, least: float
) -> None:
    terms = NationalTerms(letters, least, most=2, gap=1e-4)
    found = divided(people, openings, letters=letters, least=least, most=2, gap=1e-4)
    best = best_total(all_pairs(people, openings, terms), openings.seats)
    assert found.certificate.bound >= best - 1e-5
    assert found.certificate.value >= best * (1 - found.certificate.gap) - 1e-4


@given(some_people, some_openings, st.integers(0, 5))
@examples(100)
def test_nobody_sits_where_the_person_may_not(
    people: NationSide, openings: NationSide, seed: int
) -> None:
    found = divided(people, openings, seed=seed)
    alike = AlikeOpenings.of_openings(openings, TAXONOMY)
    opening = seats_of(found.kind, alike, openings.seats, seed)
    score = all_pairs(people, openings, NationalTerms())
    placed = np.flatnonzero(opening >= 0)
    assert score[placed, opening[placed]] == pytest.approx(found.coverage[placed], abs=1e-6)
    assert (score[placed, opening[placed]] > 0.0).all()
    assert (found.coverage[opening < 0] == 0.0).all()
    taken = np.bincount(opening[placed], minlength=len(openings))
    assert (taken <= openings.seats).all()


@given(some_people, some_openings)
@examples(60)
def test_the_nearest_is_told_whoever_got_it(people: NationSide, openings: NationSide) -> None:
    found = divided(people, openings)
    score = all_pairs(people, openings, NationalTerms())
    assert found.nearest_coverage == pytest.approx(score.max(axis=1), abs=1e-6)


@given(some_people, some_openings)
@examples(60)
def test_lists_give_the_coverage_of_routes(people: NationSide, openings: NationSide) -> None:
    from katalysator.engine.skills.national.nearest_kernels import cover

    essential = openings.essential.as_matrix(SKILLS)
    demands = DemandLists.of(TAXONOMY, essential, openings.optional.as_matrix(SKILLS))
    lists = demands.lists(np.arange(len(openings), dtype=np.int32))
    covered = np.empty(len(openings), np.float32)
    touched = np.zeros(lists.start.size - SKILLS, np.bool_)
    for person, expected in enumerate(coverage(people, openings)):
        own = slice(*people.essential.start[person : person + 2])
        cover(people.essential.skill[own], *lists, touched, covered)
        assert covered == pytest.approx(expected, abs=1e-6)
        assert not touched.any()


# Who is left


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Row((0, 1, 3), region=2), "no-place-in-reach"),
        (Row((0, 1, 3), region=3, level=3), "level"),
        (Row((0, 1, 3), region=3, level=4, hours=16), "hours"),
        (Row((5,), region=3, level=4), "coverage"),
        (Row((), region=3, level=4), "nothing-known"),
    ],
)
def test_who_has_nothing_to_choose_from_is_told_why(person: Row, why: str) -> None:
    openings = side([Row((0, 1, 3), region=3, level=4, hours=24), Row((0, 1), region=2, seats=0)])
    found = divided(side([person], people=True), openings)
    assert WHY[found.why[0]] == why
    assert found.nearest[0] == found.kind[0] == -1


def test_who_made_way_is_told_so() -> None:
    openings = side([Row((0, 1, 3))])
    found = divided(side([Row((0, 1)), Row((0, 1, 3))], people=True), openings)
    assert found.kind.tolist() == [-1, 0]
    assert WHY[found.why[0]] == "taken"
    assert found.nearest.tolist() == [0, 0]


def test_people_who_are_alike_draw_lots() -> None:
    people, openings = side([Row((0, 1))] * 6, people=True), side([Row((0, 1), seats=2)])
    winners = {
        tuple(np.flatnonzero(divided(people, openings, seed=seed).kind >= 0)) for seed in range(20)
    }
    assert len(winners) > 3


def test_a_region_reaches_what_is_around_it_and_in_it() -> None:
    openings = side([Row((0,), region=region) for region in range(1, 6)])
    alike = AlikeOpenings.of_openings(openings, TAXONOMY)

    def reached(code: str, letters: int) -> list[str]:
        area = alike.area(alike.in_reach(code, letters))
        places = [openings.regions[openings.region[alike.first[kind]]] for kind in area.kind]
        return sorted(places)

    assert reached("NL321", 5) == ["NL", "NL32", "NL321"]
    assert reached("NL321", 4) == ["NL", "NL32", "NL321", "NL322"]
    assert reached("NL31", 4) == ["NL", "NL31"]
    assert len(reached("NL31", 2)) == len(reached("", 5)) == len(reached("NL", 5)) == 5


def test_openings_that_are_alike_share_their_seats() -> None:
    rows = [Row((0, 1), seats=2), Row((2,)), Row((1, 0), seats=3), Row((0, 1), region=3)]
    alike = AlikeOpenings.of_openings(side(rows), TAXONOMY)
    assert alike.seats.size == 3
    assert alike.of[0] == alike.of[2]
    assert alike.seats[alike.of[0]] == 5


# The same, whatever happened on the way


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 3)
    monkeypatch.setattr(module, "_PART", 2)


@given(some_people, some_openings, st.integers(0, 200))
@examples(60)
def test_a_run_that_goes_on_has_the_same_bits(
    people: NationSide, openings: NationSide, kept: int
) -> None:
    whole: dict[str, object] = {}
    first = divided(people, openings, whole, most=2)
    names = list(whole)
    broken_off = {name: whole[name] for name in names[: kept % (len(names) + 1)]}
    again = divided(people, openings, broken_off, most=2)
    assert list(broken_off) == names
    for name in ("kind", "coverage", "why", "nearest", "nearest_coverage"):
        assert np.array_equal(getattr(first, name), getattr(again, name))
    assert first.certificate.bound == again.certificate.bound
    assert np.array_equal(first.certificate.prices, again.certificate.prices)


@pytest.mark.usefixtures("small_blocks")
def test_people_by_blocks_are_divided_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    drawn = [
        Row(tuple(random.integers(SKILLS, size=3)), region=int(random.integers(6)))
        for _ in range(40)
    ]
    people = side(drawn, people=True)
    openings = side([Row(row.skills, region=max(row.region, 1)) for row in drawn[:10]])
    blocks: dict[str, object] = {}
    small = divided(people, openings, blocks)
    assert sum(name.startswith("nearest-0") for name in blocks) == 14
    monkeypatch.setattr(module, "BLOCK", 1_000)
    assert np.array_equal(divided(people, openings).kind, small.kind)
