"""The index finds what a look at every vector finds, within choices always and exactly."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from katalysator.engine.matching import Facets, Index
from katalysator.engine.matching.retrieval import index as module
from katalysator.engine.matching.retrieval.codes import BOTH, Codes
from katalysator.engine.matching.retrieval.scanning import (
    Store,
    first_products,
    query_of,
    second_product,
)
from tests.engine.makers import FEW

Matrix = NDArray[np.float32]
REGIONS = ("NL", "BE", "DE")


def unit(rows: NDArray[np.float64]) -> Matrix:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float64] = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return scaled.astype(np.float32)


@st.composite
def vectors(draw: st.DrawFn, *, least: int = 0, most: int = 40, width: int | None = None) -> Matrix:
    """Unit rows with equal ones and zeros among them."""
    wide = width or draw(st.sampled_from((1, 3, 64, 70, 128, 140)))
    seed, count = draw(st.integers(0, 2**32 - 1)), draw(st.integers(least, most))
    random = np.random.default_rng(seed)
    distinct = random.normal(size=(max(1, count // 2), wide)) * random.integers(
        0, 3, size=(1, wide)
    )
    distinct[:: 5 + seed % 3] = 0.0
    return unit(distinct[random.integers(len(distinct), size=count)].reshape(count, wide))


def by_the_book(items: Matrix, query: Matrix, rows: list[int], k: int) -> list[float]:
    scores = items[rows].astype(np.float64) @ query.astype(np.float64)
    return sorted(scores.tolist(), reverse=True)[:k]


@FEW
@given(vectors(), st.integers(1, 50), st.data())
def test_a_search_within_choices_is_exact(items: Matrix, k: int, data: st.DataObject) -> None:
    region = data.draw(st.lists(st.sampled_from(REGIONS), min_size=len(items), max_size=len(items)))
    query = data.draw(vectors(least=1, most=1, width=items.shape[1]))[0]
    allowed = data.draw(st.lists(st.sampled_from(REGIONS), unique=True))
    left = [row for row, name in enumerate(region) if name in allowed]
    index = Index(items, Facets.of({"region": region}))
    rows, scores = index.search(query, k, within={"region": allowed})
    assert scores == pytest.approx(by_the_book(items, query, left, k), abs=1e-12)
    assert set(rows.tolist()) <= set(left)
    assert len(set(rows.tolist())) == len(rows) == min(k, len(left))
    assert (items[rows].astype(float) @ query.astype(float)) == pytest.approx(scores, abs=1e-12)
    ordered = sorted(zip(-scores, rows, strict=True))
    assert ordered == list(zip(-scores, rows, strict=True))


def test_equals_come_by_row_whatever_the_facets_do_to_their_order() -> None:
    items = np.tile(unit(np.ones((1, 5))), (90, 1))
    index = Index(items, Facets.of({"region": [REGIONS[n % 3] for n in range(90)]}))
    rows, _ = index.search(items[0], 25)
    assert rows.tolist() == list(range(25))
    rows, _ = index.search(items[0], 25, within={"region": ["BE", "DE"]})
    assert rows.tolist() == [n for n in range(90) if n % 3][:25]


def clustered(count: int, width: int, *, seed: int) -> Matrix:
    """Vectors in clusters, off centre, of fewer dimensions than places: as embeddings are."""
    random = np.random.default_rng(seed)
    space = random.normal(size=(24, width))
    centre = random.normal(size=(60, 24))[random.integers(60, size=count)]
    return unit((centre + 0.6 * random.normal(size=(count, 24))) @ space + 1.5 * space[0])


@pytest.mark.parametrize("width", [128, 300])
def test_a_search_among_many_misses_nothing(width: int) -> None:
    items = clustered(20_000, width, seed=1)
    index = Index(items, Facets.of({"half": [str(n % 2) for n in range(len(items))]}))
    exact = items.astype(float)
    for within, left in (({}, exact), ({"half": "1"}, exact[1::2])):
        truth = -np.sort(-(exact[:100] @ left.T))[:, :20]
        for query, worth in zip(items[:100], truth, strict=True):
            assert index.search(query, 20, within=within)[1] == pytest.approx(worth, abs=1e-9)


def test_vectors_that_differ_in_all_directions_alike_are_searched_exactly_too() -> None:
    items = unit(np.random.default_rng(1).normal(size=(3_000, 300)))
    rows, scores = Index(items).search(items[9], 50)
    assert scores == pytest.approx(by_the_book(items, items[9], list(range(3_000)), 50))
    assert rows[0] == 9


@given(st.lists(st.lists(st.sampled_from(REGIONS), unique=True), min_size=1, max_size=12))
@settings(deadline=None)
def test_choices_that_are_remembered_leave_what_they_left(asked: list[list[str]]) -> None:
    items = clustered(60, 33, seed=4)
    facets = Facets.of({"region": [REGIONS[n % 3] for n in range(len(items))]})
    index = Index(items, facets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_REMEMBERED", 2)
        for allowed in asked:
            found = index.search(items[5], 60, within={"region": allowed})[0]
            assert sorted(found) == facets.survivors({"region": allowed}).tolist()
            again = index.search(items[5], 60, within={"region": tuple(reversed(allowed))})[0]
            assert again.tolist() == found.tolist()


def test_a_search_gives_the_same_twice() -> None:
    items = clustered(500, 33, seed=3)
    first, second = (Index(items).search(items[3], 40) for _ in range(2))
    assert [part.tolist() for part in first] == [part.tolist() for part in second]


def test_a_vector_of_next_to_nothing_spoils_no_search() -> None:
    items = clustered(300, 33, seed=5)
    items[7] = 0.0
    items[7, 0] = 1e-44
    scores = Index(items).search(items[3], 20)[1]
    assert scores == pytest.approx(by_the_book(items, items[3], list(range(300)), 20))


@pytest.mark.parametrize("k", [5, 200])
def test_no_more_than_there_is(k: int) -> None:
    items = clustered(50, 10, seed=4)
    rows, scores = Index(items).search(items[0], k)
    assert len(rows) == len(scores) == min(k, 50)
    assert scores == pytest.approx(by_the_book(items, items[0], list(range(50)), k))


def test_zeros_are_found_like_others() -> None:
    rows, scores = Index(np.zeros((4, 8), np.float32)).search(np.zeros(8, np.float32), 3)
    assert rows.tolist() == [0, 1, 2]
    assert scores.tolist() == [0.0, 0.0, 0.0]


def test_an_empty_index_finds_nothing() -> None:
    index = Index(np.zeros((0, 8), np.float32))
    assert len(index) == 0
    assert [part.size for part in index.search(np.zeros(8, np.float32))] == [0, 0]


@FEW
@given(vectors(least=1), vectors(least=1, most=1, width=140))
def test_codes_are_as_wrong_as_they_say_at_most(items: Matrix, query: Matrix) -> None:
    asked = query[0, : items.shape[1]].copy()
    store = Store(items, np.arange(len(items)), Codes.of(items))
    known = query_of(asked, store)
    exact = items.astype(float) @ asked.astype(float)
    rows = np.arange(len(items), dtype=np.int32)
    near, most = np.empty((2, len(items)), np.float32)
    first_products(store, rows, known, near, most)
    assert (exact <= most).all()
    both = near + np.array([second_product(store, row, known) for row in rows.tolist()])
    left_out = known.beyond_both * store.codes.beyond_both
    assert (
        np.abs(exact - both) <= known.step_both * store.codes.scale + left_out + known.slack
    ).all()


def test_what_lies_in_few_directions_leaves_little_out() -> None:
    items = clustered(500, 300, seed=6)  # of 25 directions
    codes = Codes.of(items)
    assert codes.beyond_first.max() < 0.01
    assert codes.basis.T @ codes.basis == pytest.approx(np.eye(BOTH), abs=1e-5)


@pytest.mark.parametrize(
    ("vectors_", "message"),
    [
        (np.zeros((2, 3)), "vectors must be a float32 array, not float64"),
        ([[1.0]], "vectors must be a float32 array, not list"),
        (np.zeros(3, np.float32), r"vectors must have 2 axes, not shape \(3,\)"),
        (np.full((1, 2), np.nan, np.float32), "vectors must be finite"),
    ],
)
def test_what_is_no_matrix_of_numbers_is_refused(vectors_: Matrix, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Index(vectors_)


@pytest.mark.parametrize(
    ("query", "k", "message"),
    [
        (np.zeros(2, np.float32), 1, "query must have 3 places, not 2"),
        (np.zeros((1, 3), np.float32), 1, "query must have 1 axes"),
        (np.full(3, np.inf, np.float32), 1, "query must be finite"),
        (np.zeros(3, np.float32), 0, "k must be at least 1, not 0"),
    ],
)
def test_what_is_no_query_is_refused(query: Matrix, k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Index(np.eye(3, dtype=np.float32)).search(query, k)


def test_facets_of_other_items_are_refused() -> None:
    with pytest.raises(ValueError, match="there are 3 vectors, but 2 items in facets"):
        Index(np.eye(3, dtype=np.float32), Facets.of({"region": ["NL", "BE"]}))
