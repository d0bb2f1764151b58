"""No pair that a person listed as forbidden is ever shown: the sets of traps, read as any sheet is."""

import pytest

from bench.quality.report import violations
from bench.quality.sets import TRAPS, traps
from katalysator.engine.text import bundled


@pytest.mark.parametrize("name", TRAPS)
def test_no_forbidden_pair_is_shown_however_long_the_list(name: str) -> None:
    shown, forbidden = violations(traps(name), bundled())
    assert forbidden > 20
    assert shown == 0
