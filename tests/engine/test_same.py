"""Texts that say nearly the same, by vectors that are said."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import Float32Array
from katalysator.engine.matching import (
    ComparedText,
    groups_that_say_the_same,
    nearness,
    says_the_same,
)
from katalysator.engine.matching.same import ALIKE, COPIES

ABOUT = frozenset({"a", "b", "c", "d"})


def at(cosine: float) -> Float32Array:
    """A meaning that lies so near to the first axis."""
    return np.asarray([cosine, np.sqrt(1 - cosine**2)], np.float32)


def text(cosine: float, *grams: int, language: str = "nl") -> ComparedText:
    return ComparedText(at(cosine), np.asarray(grams, np.int32), language)


FIRST = text(1.0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (text(0.66), True),
        (text(0.64), False),
        (text(0.51, 1, 2), True),
        (text(0.51, 1, 9, 8), False),
        (text(0.49, 1, 2, 3, 4), False),
        (text(0.58, language="en"), True),
        (text(0.56, 1, 2, 3, 4, language="en"), False),
    ],
)
def test_two_mean_the_same_or_are_near_and_share_their_words(
    other: ComparedText, is_same: bool
) -> None:
    assert says_the_same(FIRST, other) is is_same
    assert says_the_same(other, FIRST) is is_same


def test_nearness_is_a_cosine() -> None:
    assert nearness(FIRST, text(0.5)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("cosine", "shared", "is_one"),
    [
        (COPIES + 0.01, 0, True),
        (ALIKE + 0.01, 4, True),
        (ALIKE + 0.01, 3, False),
        (ALIKE - 0.01, 4, False),
    ],
)
def test_a_group_is_near_and_about_the_same_or_a_copy(
    cosine: float, shared: int, is_one: bool
) -> None:
    about = [ABOUT, frozenset([*sorted(ABOUT)[:shared], *"vwxyz"[shared:]])]
    found = groups_that_say_the_same([at(1.0), at(min(cosine, 1.0))], about)
    assert found == ([[0, 1]] if is_one else [[0], [1]])


def test_nobody_is_brought_in_by_a_third() -> None:
    """The second is alike to both, the third to the second alone."""
    turn = np.arccos(COPIES + 0.01)
    vectors = [np.asarray([np.cos(n * turn), np.sin(n * turn)], np.float32) for n in range(3)]
    assert groups_that_say_the_same(vectors, [frozenset()] * 3) == [[0, 1], [2]]


def test_what_was_not_read_stands_alone_and_nothing_makes_no_group() -> None:
    assert groups_that_say_the_same([None, at(1.0), None], [ABOUT] * 3) == [[0], [1], [2]]
    assert groups_that_say_the_same([], []) == []


@given(st.lists(st.floats(0, 2 * np.pi), max_size=30))
def test_each_is_in_one_group_led_by_its_first(angles: list[float]) -> None:
    vectors = [np.asarray([np.cos(a), np.sin(a)], np.float32) for a in angles]
    found = groups_that_say_the_same(vectors, [frozenset()] * len(vectors))
    assert sorted(n for group in found for n in group) == list(range(len(vectors)))
    assert [group[0] for group in found] == sorted(group[0] for group in found)
    assert all(group == sorted(group) for group in found)
