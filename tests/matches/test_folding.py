"""The matches of a listing as its page lays them out: what fits in front, the weak ones folded."""

import pytest
from django.utils.safestring import mark_safe

from katalysator.engine.matching import Strength
from katalysator.matches.rows import NEAREST, MatchRow, folded


def rows(strengths: str) -> list[MatchRow]:
    """Rows in this order, by number: s for strong, g for good, w for weak."""
    steps = {step.value[0]: step for step in Strength}
    return [
        MatchRow(steps[letter], mark_safe(str(rank))) for rank, letter in enumerate(strengths, 1)
    ]


def ranks(part: object) -> list[int]:
    return [int(each.text) for each in part]  # type: ignore[attr-defined]


def test_weak_matches_are_folded_behind_those_that_fit() -> None:
    laid = folded(rows("ssgww"))
    assert (ranks(laid.fitting), ranks(laid.nearest), ranks(laid.folded)) == ([1, 2, 3], [], [4, 5])
    assert (laid.strong, laid.good) == (2, 1)


def test_where_nothing_fits_the_nearest_stand_in_the_open() -> None:
    laid = folded(rows("wwwww"))
    assert ranks(laid.fitting) == []
    assert ranks(laid.nearest) == [1, 2, 3] == list(range(1, NEAREST + 1))
    assert ranks(laid.folded) == [4, 5]
    assert (laid.strong, laid.good) == (0, 0)


@pytest.mark.parametrize("strengths", ["", "s", "g", "w", "sg", "gw"])
def test_every_match_is_somewhere_once(strengths: str) -> None:
    given = rows(strengths)
    laid = folded(given)
    assert [*laid.fitting, *laid.nearest, *laid.folded] == given
