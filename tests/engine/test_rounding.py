"""Numbers as people see them: rounded, and still adding up."""

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Part
from katalysator.engine.matching.rounding import rounded

ODDS = st.dictionaries(st.sampled_from(Part), st.floats(-9, 9))


@given(ODDS, st.integers(1, 6))
def test_the_parts_as_shown_add_up_to_the_odds_as_shown(
    parts: dict[Part, float], decimals: int
) -> None:
    odds, shown = rounded(parts, decimals=decimals)
    unit = 10**decimals
    assert sum(round(value * unit) for value in shown.values()) == round(odds * unit)


@given(ODDS)
def test_no_part_is_off_by_a_whole_unit(parts: dict[Part, float]) -> None:
    _, shown = rounded(parts, decimals=2)
    assert all(abs(shown[part] - value) < 0.01 + 1e-9 for part, value in parts.items())


def test_every_part_is_there_in_its_order() -> None:
    assert list(rounded({Part.SKILLS: 0.5})[1]) == list(Part)


def test_thirds_share_what_is_left_over() -> None:
    third = dict.fromkeys((Part.MEANING, Part.WORDS, Part.SKILLS), 1 / 3)
    odds, shown = rounded(third, decimals=2)
    assert odds == pytest.approx(1.0)
    assert sorted(shown.values(), reverse=True)[:3] == [0.34, 0.33, 0.33]
