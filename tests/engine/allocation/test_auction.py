"""The compiled kernels: the heap of bids, and how they are loaded."""

import os
import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from katalysator.engine.matching.allocation.auction import sift_down, sift_up
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.rounds import lay_out, run


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60), st.integers(1, 12))
def test_the_heap_keeps_the_highest_bids_with_the_lowest_on_top(
    bids: list[float], seats: int
) -> None:
    root, size = 3, min(seats, len(bids))
    bid, holder = np.full(root + size, -1.0), np.full(root + size, -1, np.int32)
    for place in range(size):
        bid[root + place], holder[root + place] = bids[place], place
        sift_up(bid, holder, root, place)
    for person in range(size, len(bids)):
        if bids[person] > bid[root]:
            bid[root], holder[root] = bids[person], person
            sift_down(bid, holder, root, size)
    highest = sorted(bids)[-size:]
    assert bid[root] == highest[0]
    assert sorted(bid[root:]) == highest
    assert [bids[person] for person in holder[root:]] == bid[root:].tolist()
    assert (bid[:root] == -1.0).all()
    assert (holder[:root] == -1).all()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 0.5), st.floats(0.0, 1.0))
def test_a_round_from_any_prices_loses_at_most_its_increment_a_person(
    seed: int, step: float, dearness: float
) -> None:
    random = np.random.default_rng(seed)
    people, openings = random.integers(1, 40), random.integers(1, 15)
    person, opening = np.nonzero(random.random((people, openings)) < 0.5)
    score = np.round(random.random(person.size), random.integers(1, 4))
    edges = Edges.from_pairs(person, opening, score, int(people), int(openings))
    market = lay_out(edges, random.integers(1, 5, openings))
    proof = run(market, dearness * random.random(openings), step, patience=10**9).certificate
    assert proof.bound - proof.value <= people * step + 1e-9


def finish(code: str, **environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout.strip()


SOLVE = """
import sys, numpy as np
from katalysator.engine.matching.allocation import Edges, allocate
edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
assert "numba" not in sys.modules, "importing must not load the compiler"
print(allocate(edges, np.array([1, 1])).opening.tolist())
"""


def test_importing_the_api_does_not_load_numba() -> None:
    assert finish(SOLVE) == "[1, 0]"


def test_solving_works_where_no_folder_can_hold_compiled_code() -> None:
    assert finish(SOLVE, NUMBA_CACHE_LOCATOR_CLASSES="_UserProvidedCacheLocator") == "[1, 0]"
