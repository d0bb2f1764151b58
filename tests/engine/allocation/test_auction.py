"""The compiled kernels: the heap of bids, and how they are loaded."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.matching.allocation.auction import (
    bid_of,
    holder_of,
    seat_key,
    sift_down,
    sift_up,
)
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.allocation.passes import Solver
from katalysator.engine.matching.allocation.waiting import Waiting, next_waiting, put, take
from tests.examples import examples

BIDS = st.lists(st.floats(0.0, 1.0, width=32), min_size=1, max_size=60)


@settings(deadline=None)
@given(BIDS, st.integers(1, 12))
def test_the_heap_keeps_the_highest_bids_with_the_lowest_on_top(
    bids: list[float], seats: int
) -> None:
    root, size = 3, min(seats, len(bids))
    heap = np.zeros(root + size, np.uint64)
    keys = [int(seat_key(bid, person)) for person, bid in enumerate(bids)]
    for place in range(size):
        sift_up(heap, root, place, np.uint64(keys[place]))
    for key in keys[size:]:
        if key > heap[root]:
            sift_down(heap, root, size, np.uint64(key))
    assert sorted(heap[root:].tolist()) == sorted(keys)[-size:]
    assert heap[root] == min(heap[root:])
    assert not heap[:root].any()


@given(st.floats(0.0, 2.0**100, width=32), st.integers(0, 2**31 - 1))
def test_a_seat_holds_its_bid_and_its_person(bid: float, person: int) -> None:
    key = np.uint64(seat_key(bid, person))
    assert bid_of(key) == bid
    assert holder_of(key) == person


@given(st.sets(st.integers(0, 20_000), max_size=50), st.integers(0, 20_001))
def test_who_waits_is_taken_in_order_and_once_and_after_the_last_the_first(
    persons: set[int], place: int
) -> None:
    words = 20_000 // 64 + 1
    waiting = Waiting(np.zeros(words, np.uint64), np.zeros(words // 64 + 1, np.uint64))
    for person in persons:
        put(waiting, person)
    first, taken = place, []
    while (person := take(waiting, place)) >= 0:
        taken.append(person)
        place = person + 1
        assert next_waiting(waiting, person) != person
    assert taken == sorted(persons, key=lambda person: (person < first, person))
    assert not waiting.person.any()
    assert not waiting.word.any()


@examples(200)
@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 0.5), st.floats(0.0, 1.0))
def test_a_round_from_any_prices_loses_at_most_its_increment_a_person(
    seed: int, step: float, dearness: float
) -> None:
    random = np.random.default_rng(seed)
    people, openings = random.integers(1, 40), random.integers(1, 15)
    person, opening = np.nonzero(random.random((people, openings)) < 0.5)
    score = np.round(random.random(person.size), random.integers(1, 4)).astype(np.float32)
    edges = Edges.from_pairs(person, opening, score, int(people), int(openings))
    solver = Solver(edges, random.integers(1, 5, openings), top=1.0, gap=1e-6)
    price = (dearness * random.random(openings)).astype(np.float32)
    found = solver.round(price, step, patience=10**9)
    proof = found.certificate
    assert proof.bound - proof.value <= people * (step + 1e-6)
    assert (
        np.bincount(found.choice[found.choice >= 0], minlength=openings) <= solver.capacity
    ).all()


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
from katalysator.engine.matching import Edges, allocate
edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
assert "numba" not in sys.modules, "importing must not load the compiler"
print(allocate(edges, np.array([1, 1])).opening.tolist())
"""


def test_importing_the_api_does_not_load_numba() -> None:
    assert finish(SOLVE) == "[1, 0]"


SEAT = """
import numpy as np
from katalysator.engine.matching.allocation.auction import sift_up
heap = np.zeros(1, np.uint64)
sift_up(heap, 0, 0, np.uint64(7))
assert sift_up.stats.cache_path is None
print(heap.tolist())
"""
NOWHERE = {"NUMBA_CACHE_LOCATOR_CLASSES": "_UserProvidedCacheLocator"}


@pytest.mark.faults(sample=1)  # all kernels of an allocation take ten seconds to compile
@pytest.mark.parametrize(
    ("code", "said"), [(SEAT, "[7]"), (SOLVE, "[1, 0]")], ids=["a seat", "an allocation"]
)
def test_kernels_work_where_no_folder_can_hold_compiled_code(code: str, said: str) -> None:
    assert finish(code, **NOWHERE) == said
