"""Measures of rankings, against figures reckoned by hand, and how sure they are."""

from math import isnan, log2

import pytest

from katalysator.engine.matching import mean_interval, ndcg, share_interval


class TestNdcg:
    def test_by_hand(self) -> None:
        ranked = [1, 0, 3]  # gains 1, 0 and 7
        found = (1 + 7 / 2) / (7 + 1 / log2(3))
        assert ndcg(ranked, ranked) == pytest.approx(found)

    def test_the_best_order_is_one_and_the_first_five_count(self) -> None:
        assert ndcg([3, 2, 0, 0, 0, 0], [0, 0, 0, 0, 2, 3]) == 1.0
        assert ndcg([0, 0, 0, 0, 0, 3], [3]) == 0.0

    def test_what_the_ranking_missed_counts_in_the_best(self) -> None:
        assert ndcg([2], [2, 3]) == pytest.approx(3 / (7 + 3 / log2(3)))

    @pytest.mark.parametrize("grades", [[], [0, 0]])
    def test_nothing_to_gain_is_no_number(self, grades: list[float]) -> None:
        assert isnan(ndcg(grades, grades))


class TestIntervals:
    @pytest.mark.parametrize(
        ("yes", "count", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 4, 0.0, 0.4899)]
    )
    def test_wilson_by_hand(self, yes: int, count: int, low: float, high: float) -> None:
        found = share_interval(yes, count)
        assert (found.value, found.count) == (yes / count, count)
        assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)

    def test_a_share_stays_within_its_bounds(self) -> None:
        assert share_interval(5, 5).high <= 1.0
        assert share_interval(0, 5).low == 0.0

    def test_the_bootstrap_holds_the_mean_and_is_the_same_twice(self) -> None:
        values = [0.0, 1.0] * 50
        found = mean_interval(values)
        assert found == mean_interval(values)
        assert found.value == 0.5
        assert found.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
        assert found.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)

    def test_values_that_are_all_alike_have_no_width(self) -> None:
        found = mean_interval([0.3, 0.3])
        assert [found.low, found.high] == pytest.approx([0.3, 0.3])
