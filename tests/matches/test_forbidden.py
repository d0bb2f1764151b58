"""No pair that a person listed as forbidden is ever shown: the sets of traps, read as any sheet is."""

import pytest

from bench.quality.sets import TRAPS, traps
from katalysator.engine.matching import match


@pytest.mark.parametrize("name", TRAPS)
def test_no_forbidden_pair_is_shown_however_long_the_list(name: str) -> None:
    graded = traps(name)
    found = match(graded.needs, graded.offers, top=len(graded.offers))
    shown = {(each.need.key, each.offer.key) for each in found.matches}
    assert len(graded.forbidden) > 20
    assert shown & graded.forbidden == set()
