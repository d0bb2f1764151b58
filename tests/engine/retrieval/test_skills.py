"""Skills: what an item covers of what is wanted, with part of the credit for neighbours."""

from collections.abc import Sequence
from math import log

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching.retrieval import SkillSpace

SKILLS = ("a", "b", "c", "d", "e")
some = st.lists(st.sampled_from(SKILLS), max_size=4)
pairs = st.lists(st.tuples(st.sampled_from(SKILLS), st.sampled_from(SKILLS)), max_size=4)


def by_the_book(
    items: Sequence[list[str]], broader: list[tuple[str, str]], credit: float, wanted: list[str]
) -> list[float]:
    def weight(skill: str) -> float:
        return log((1 + len(items)) / (1 + sum(skill in item for item in items))) + 1e-3

    def covers(item: list[str], skill: str) -> float:
        near = any((skill, has) in broader or (has, skill) in broader for has in item)
        return 1.0 if skill in item else credit * near

    whole = sum(map(weight, set(wanted)))
    return [
        sum(weight(skill) * covers(item, skill) for skill in set(wanted)) / whole if whole else 0.0
        for item in items
    ]


@given(st.lists(some, max_size=6), pairs, st.sampled_from((0.0, 0.5, 1.0)), some)
def test_coverage_is_what_it_says(
    items: list[list[str]], broader: list[tuple[str, str]], credit: float, wanted: list[str]
) -> None:
    found = SkillSpace.of(items, broader, credit=credit).coverage(wanted)
    assert found.tolist() == pytest.approx(by_the_book(items, broader, credit, wanted))
    assert ((found >= 0) & (found <= 1)).all()


def test_a_rare_skill_weighs_more() -> None:
    space = SkillSpace.of([["python"], ["law"], ["law"], ["law"]])
    python, law, *_ = space.coverage(["python", "law"]).tolist()
    assert python > law > 0


def test_a_skill_two_steps_away_earns_nothing() -> None:
    space = SkillSpace.of([["knitting"]], [("knitting", "textile"), ("textile", "craft")])
    assert space.coverage(["textile"]).tolist() == pytest.approx([0.5])
    assert space.coverage(["craft"]).tolist() == [0.0]


def test_a_skill_that_nobody_has_lowers_what_is_covered() -> None:
    space = SkillSpace.of([["python"], ["law"]])
    assert 0 < space.coverage(["python", "alchemy"])[0] < space.coverage(["python"])[0] == 1


def test_nothing_wanted_is_covered_by_nobody() -> None:
    assert SkillSpace.of([["python"], []]).coverage([]).tolist() == [0.0, 0.0]
    assert SkillSpace.of([]).coverage(["python"]).tolist() == []


@pytest.mark.parametrize("credit", [-0.1, 1.1, float("nan")])
def test_credit_is_a_share(credit: float) -> None:
    with pytest.raises(ValueError, match="credit must be from 0 to 1"):
        SkillSpace.of([], credit=credit)
