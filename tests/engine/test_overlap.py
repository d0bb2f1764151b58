"""What sets of labels have in common, pair by pair, against Python's own sets."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from katalysator.engine.matching.overlap import Overlap

from katalysator.engine.matching import overlap
from katalysator.engine.matching.constraints import regions_meet

Sets = list[frozenset[str]]

labels = st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), min_size=1, max_size=6)
regions = st.lists(
    st.frozensets(st.sampled_from(("NL", "NL3", "NL31", "NL310", "NL32", "BE", "BE2")), max_size=3),
    min_size=1,
    max_size=6,
)


def every_pair(mine: Sets, theirs: Sets) -> tuple[np.ndarray, np.ndarray]:
    need, offer = np.divmod(np.arange(len(mine) * len(theirs)), len(theirs))
    return need, offer


@given(labels, labels, st.sampled_from((0, 4_096)))
def test_shares_are_those_of_each_side(mine: Sets, theirs: Sets, small: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlap, "_SMALL", small)
        both = Overlap.of(mine, theirs)
    need, offer = every_pair(mine, theirs)
    there, back = both.shares(need, offer, unstated=0.3)
    for n, (i, j) in enumerate(zip(need, offer, strict=True)):
        some, others = mine[i], theirs[j]
        stated = bool(some and others)
        assert there[n] == (len(some & others) / len(some) if stated else 0.3)
        assert back[n] == (len(some & others) / len(others) if stated else 0.3)


@given(regions, regions, st.sampled_from((0, 4_096)))
def test_regions_meet_where_one_holds_the_other(mine: Sets, theirs: Sets, small: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlap, "_SMALL", small)
        both = Overlap.of_regions(mine, theirs)
    need, offer = every_pair(mine, theirs)
    found = both.any(need, offer, unstated=0.5)
    for n, (i, j) in enumerate(zip(need, offer, strict=True)):
        some, others = mine[i], theirs[j]
        assert found[n] == (float(regions_meet(some, others)) if some and others else 0.5)


def test_sides_without_anybody() -> None:
    nobody = np.zeros(0, np.intp)
    there, back = Overlap.of([], []).shares(nobody, nobody, unstated=0.5)
    assert there.shape == back.shape == (0,)
