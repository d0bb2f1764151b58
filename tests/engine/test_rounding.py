"""Numbers as people see them: rounded, and still adding up."""

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Part
from katalysator.engine.matching.rounding import rounded

SCORES = st.dictionaries(st.sampled_from(Part), st.floats(-1, 1))


@given(SCORES, st.integers(1, 6))
def test_the_parts_as_shown_add_up_to_the_score_as_shown(
    parts: dict[Part, float], decimals: int
) -> None:
    score, shown = rounded(parts, decimals=decimals)
    unit = 10**decimals
    assert sum(round(value * unit) for value in shown.values()) == round(score * unit)


@given(SCORES)
def test_no_part_is_off_by_a_whole_unit(parts: dict[Part, float]) -> None:
    _, shown = rounded(parts, decimals=2)
    assert all(abs(shown[part] - value) < 0.01 + 1e-9 for part, value in parts.items())


def test_every_part_is_there_in_its_order() -> None:
    assert list(rounded({Part.AREAS: 0.5})[1]) == list(Part)


def test_thirds_share_what_is_left_over() -> None:
    score, shown = rounded({Part.SUBJECT: 1 / 3, Part.AREAS: 1 / 3, Part.REGION: 1 / 3}, decimals=2)
    assert score == pytest.approx(1.0)
    assert sorted(shown.values(), reverse=True)[:3] == [0.34, 0.33, 0.33]
