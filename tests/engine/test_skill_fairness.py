"""Whether people fare alike, and whether a finder hears the same in two forms of a title."""

import pytest

from katalysator.engine.skills import (
    difference_of,
    found_first,
    ratio_of,
    selections,
    share_of,
    shared_first,
    title_forms,
    worst_group,
)
from tests.talent.taxonomies import small_taxonomy


def test_a_share_has_the_interval_of_wilson() -> None:
    found = share_of(81, 263)
    assert found
    # the worked example of Newcombe (1998), method 3
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert share_of(0, 0) is None
    with pytest.raises(ValueError, match="no share"):
        share_of(3, 2)


def test_a_difference_has_the_interval_of_newcombe() -> None:
    one, other = share_of(56, 70), share_of(48, 80)
    assert one
    assert other
    # the worked example of Newcombe (1998), method 10
    low, high = difference_of(one, other)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_a_ratio_has_the_interval_of_katz() -> None:
    one, other = share_of(30, 100), share_of(60, 100)
    assert one
    assert other
    found = ratio_of(one, other)
    assert found
    assert found.low is not None
    assert found.high is not None
    assert found.value == pytest.approx(0.5)
    assert found.low == pytest.approx(0.3561, abs=1e-4)
    assert found.high == pytest.approx(0.7021, abs=1e-4)
    nobody = share_of(0, 100)
    assert nobody
    assert ratio_of(one, nobody) is None
    assert ratio_of(nobody, one) == (0.0, None, None)


def test_groups_are_set_beside_the_one_that_is_chosen_most_often() -> None:
    found = selections({"a": (60, 100), "b": (20, 100), "few": (2, 9), "rare": (3, 90)})
    assert found["a"]
    assert found["a"].ratio
    assert found["a"].ratio.value == 1
    assert found["b"]
    assert found["b"].falls_behind
    assert not found["a"].falls_behind
    assert found["few"] is None
    assert found["rare"] is None
    assert worst_group(found) == "b"
    assert worst_group({"few": None}) is None


def test_forms_of_a_title_are_found_among_the_labels_of_an_occupation() -> None:
    assert [tuple(each) for each in title_forms(small_taxonomy())] == [
        (0, "ziekenverzorger", "ziekenverzorgster")
    ]


def test_what_two_wordings_find_is_set_beside_each_other() -> None:
    found = {"a": [1, 2], "b": [2, 3], "c": [1, 2]}
    assert shared_first([("a", "c")], found.__getitem__) == 1
    assert shared_first([("a", "b")], found.__getitem__) == pytest.approx(1 / 3)
    assert shared_first([], found.__getitem__) is None
    share = found_first([("a", 1), ("b", 1)], found.__getitem__)
    assert share
    assert (share.hits, share.of) == (1, 2)
