"""Courses that close a gap: against all plans that there are, and told kindly where there is none."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.skills import (
    CourseLimits,
    CoursePlan,
    Shut,
    SkillCourse,
    cheapest_courses,
    check_courses,
)
from tests.examples import examples

Case = tuple[dict[int, int], list[SkillCourse]]


@st.composite
def catalogues(draw: st.DrawFn) -> Case:
    """Up to six skills and seven courses, which may need earlier ones, be full, free or teach nothing."""
    skills = draw(st.integers(0, 6))
    gap = {skill: draw(st.integers(1, 5)) for skill in range(skills)}
    courses: list[SkillCourse] = []
    for number in range(draw(st.integers(0, 7))):
        earlier = [course.key for course in courses]
        courses.append(
            SkillCourse(
                f"c{number}",
                draw(st.frozensets(st.integers(0, 7), max_size=3)),
                cost=draw(st.integers(0, 6)),
                hours=draw(st.integers(0, 6)),
                seats=draw(st.none() | st.integers(0, 3)),
                level=draw(st.integers(0, 3)),
                after=draw(st.frozensets(st.sampled_from(earlier), max_size=2))
                if earlier
                else frozenset(),
            )
        )
    return gap, draw(st.permutations(courses))


LIMITS = st.builds(
    CourseLimits,
    hours=st.none() | st.integers(0, 12),
    cost=st.none() | st.integers(0, 12),
    level=st.none() | st.integers(0, 3),
    people=st.integers(1, 3),
    hour=st.integers(0, 2),
)


def all_plans(courses: list[SkillCourse], limits: CourseLimits) -> list[list[SkillCourse]]:
    """Every set of courses that can be followed within the limits."""
    plans = []
    for choice in product([False, True], repeat=len(courses)):
        taken = [course for course, is_in in zip(courses, choice, strict=True) if is_in]
        keys = {course.key for course in taken}
        if all(course.after <= keys and _open(course, limits) for course in taken) and _fits(
            taken, limits
        ):
            plans.append(taken)
    return plans


def _open(course: SkillCourse, limits: CourseLimits) -> bool:
    room = course.seats is None or course.seats >= limits.people
    return room and (limits.level is None or course.level <= limits.level)


def _fits(plan: list[SkillCourse], limits: CourseLimits) -> bool:
    hours, cost = (sum(course.hours for course in plan), sum(course.cost for course in plan))
    return (limits.hours is None or hours <= limits.hours) and (
        limits.cost is None or cost <= limits.cost
    )


def _covered(plan: list[SkillCourse], gap: dict[int, int]) -> set[int]:
    return {skill for course in plan for skill in course.teaches} & gap.keys()


def _price(plan: list[SkillCourse], limits: CourseLimits) -> int:
    return sum(course.cost + limits.hour * course.hours for course in plan)


def _holds(plan: CoursePlan, limits: CourseLimits) -> bool:
    """Every course is open and comes after those that it needs, and the sums are right."""
    before: set[str] = set()
    for course in plan.courses:
        if not (course.after <= before and _open(course, limits)):
            return False
        before.add(course.key)
    return (plan.cost, plan.hours) == (
        sum(course.cost for course in plan.courses),
        sum(course.hours for course in plan.courses),
    )


@examples(300)
@given(catalogues(), LIMITS)
def test_no_plan_is_better(case: Case, limits: CourseLimits) -> None:
    gap, courses = case
    plan = cheapest_courses(gap, courses, limits)
    every = all_plans(courses, limits)
    assert plan.is_proven
    assert _holds(plan, limits)
    most = max(sum(gap[skill] for skill in _covered(each, gap)) for each in every)
    assert sum(gap[skill] for skill in plan.covered) == most
    if limits.hours is None and limits.cost is None:
        cheapest = min(
            _price(each, limits)
            for each in every
            if sum(gap[skill] for skill in _covered(each, gap)) == most
        )
        assert plan.value == plan.bound == cheapest == _price(list(plan.courses), limits)
    else:
        assert plan.value == plan.bound == most
        same = [each for each in every if _covered(each, gap) >= plan.covered]
        assert _price(list(plan.courses), limits) == min(_price(each, limits) for each in same)


@examples(300)
@given(catalogues(), LIMITS)
def test_each_missing_skill_is_covered_left_or_taught_by_no_open_course(
    case: Case, limits: CourseLimits
) -> None:
    gap, courses = case
    plan = cheapest_courses(gap, courses, limits)
    told = [plan.covered, plan.left, plan.untaught]
    assert sum(map(len, told)) == len(gap)
    assert frozenset().union(*told) == gap.keys()
    assert plan.covered == _covered(list(plan.courses), gap)
    if limits.hours is None and limits.cost is None:
        assert not plan.left


@examples(150)
@given(catalogues(), LIMITS)
def test_no_course_is_taken_for_nothing(case: Case, limits: CourseLimits) -> None:
    gap, courses = case
    plan = cheapest_courses(gap, courses, limits)
    needed = {before for course in plan.courses for before in course.after}
    for course in plan.courses:
        rest = [each for each in plan.courses if each is not course]
        assert course.key in needed or _covered(rest, gap) < plan.covered


@examples(100)
@given(catalogues(), LIMITS)
def test_courses_in_another_order_cost_as_much(case: Case, limits: CourseLimits) -> None:
    gap, courses = case
    one, other = (cheapest_courses(gap, each, limits) for each in (courses, courses[::-1]))
    assert (one.value, one.bound, one.untaught, one.shut) == (
        other.value,
        other.bound,
        other.untaught,
        other.shut,
    )


def test_what_is_not_proven_in_time_is_given_with_a_bound() -> None:
    random = np.random.default_rng(3)
    courses = [
        SkillCourse(
            f"c{number}",
            frozenset(random.choice(150, 6, replace=False).tolist()),
            int(random.integers(50, 2_000)),
        )
        for number in range(1_500)
    ]
    gap = {skill: int(random.integers(100, 900)) for skill in range(150)}
    for limits in (CourseLimits(), CourseLimits(cost=1_500)):
        plan = cheapest_courses(gap, courses, limits, seconds=0.05)
        assert _holds(plan, limits)
        assert 0.0 < plan.gap < 1.0
        assert not plan.is_proven
        assert (plan.bound > plan.value) == (limits.cost is not None)


def test_a_course_that_is_not_open_says_why() -> None:
    courses = [
        SkillCourse("full", frozenset({1}), seats=2),
        SkillCourse("high", frozenset({1}), level=6),
        SkillCourse("later", frozenset({1}), after=frozenset({"high"})),
        SkillCourse("elsewhere", frozenset({9}), seats=0),
    ]
    plan = cheapest_courses({1: 5}, courses, CourseLimits(level=4, people=3))
    assert plan.shut == {"full": Shut.FULL, "high": Shut.LEVEL, "later": Shut.BEFORE}
    assert plan.untaught == {1}
    assert (plan.courses, plan.value, plan.is_proven, plan.gap) == ((), 0, True, 0.0)


def test_courses_come_after_those_that_they_need() -> None:
    courses = [
        SkillCourse("third", frozenset({3}), after=frozenset({"second"})),
        SkillCourse("second", frozenset({2}), after=frozenset({"first"})),
        SkillCourse("first", frozenset()),
    ]
    plan = cheapest_courses({3: 1}, courses)
    assert [course.key for course in plan.courses] == ["first", "second", "third"]


def test_within_a_budget_of_hours_the_weightiest_skills_are_taught() -> None:
    courses = [
        SkillCourse("much", frozenset({1}), hours=40),
        SkillCourse("little", frozenset({2, 3}), hours=40),
    ]
    plan = cheapest_courses({1: 50, 2: 10, 3: 20}, courses, CourseLimits(hours=60))
    assert [course.key for course in plan.courses] == ["much"]
    assert plan.left == {2, 3}


@pytest.mark.parametrize(
    ("courses", "message"),
    [
        (
            [SkillCourse("a", frozenset()), SkillCourse("a", frozenset())],
            "two courses are called a",
        ),
        (
            [SkillCourse("a", frozenset(), after=frozenset({"b"}))],
            "course a comes after b, which does not exist",
        ),
        (
            [SkillCourse("a", frozenset(), after=frozenset({"a"}))],
            "these courses wait for each other: a → a",
        ),
        (
            [
                SkillCourse("a", frozenset(), after=frozenset({"b"})),
                SkillCourse("b", frozenset(), after=frozenset({"a"})),
            ],
            "these courses wait for each other: ",
        ),
        (
            [SkillCourse("a", frozenset(), cost=-1)],
            "course a: cost, hours, seats and level must be at least 0",
        ),
        (
            [SkillCourse("a", frozenset(), seats=-1)],
            "course a: cost, hours, seats and level must be at least 0",
        ),
    ],
)
def test_a_catalogue_that_cannot_be_is_refused_by_name(
    courses: list[SkillCourse], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        check_courses(courses)


@pytest.mark.parametrize(
    ("gap", "limits", "message"),
    [
        ({1: 0}, CourseLimits(), "skill 1 weighs 0; it must be at least 1"),
        ({1: 1}, CourseLimits(hours=-1), "limits must be at least 0, and people at least 1"),
        ({1: 1}, CourseLimits(people=0), "limits must be at least 0, and people at least 1"),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    gap: dict[int, int], limits: CourseLimits, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        cheapest_courses(gap, [], limits)
