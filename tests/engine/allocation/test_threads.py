"""The cut of the people into parts: everybody once, in order, the same on any machine."""

import pytest

from katalysator.engine.matching.allocation.threads import PARTS, SMALL, in_parts


@pytest.mark.parametrize("people", [0, 1, SMALL, 3 * SMALL, 10 * PARTS * SMALL])
def test_the_parts_are_all_people_once_in_order(people: int) -> None:
    parts = in_parts(people, lambda first, stop: (first, stop))
    assert len(parts) == max(1, min(PARTS, people // SMALL))
    assert [first for first, _ in parts] == [0, *(stop for _, stop in parts[:-1])]
    assert parts[-1][1] == people
