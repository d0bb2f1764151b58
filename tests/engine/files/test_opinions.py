"""What both sides think of each other goes along with the pairs, when it is asked for."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.matching import FORMS, NamedMarket, read_market
from katalysator.engine.matching.files import tables
from tests.engine.files.makers import Columns, save, told

opinion = st.floats(0, 9, width=32)
pairs = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 90)), st.tuples(opinion, opinion), max_size=150
)


@settings(deadline=None)  # the first call compiles
@given(pairs, st.integers(1, 7))
def test_each_pair_keeps_its_own(
    tmp_path_factory: pytest.TempPathFactory,
    both: dict[tuple[int, int], tuple[float, float]],
    batch: int,
) -> None:
    """In rows of any length, with equal scores; the edges are those without them."""
    path = tmp_path_factory.mktemp("m") / "e.parquet"
    ends = np.array([*both], np.int64).reshape(-1, 2)
    thought = np.array([*both.values()], np.float64).reshape(-1, 2)
    columns = {"person": ends[:, 0], "opening": ends[:, 1]}
    save(path, {**columns, "score_person": thought[:, 0], "score_opening": thought[:, 1]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "BATCH", batch)
        market, plain = read_market(path, opinions=True), read_market(path)
    assert plain.opinions is None
    assert found(market) == both
    for name in ("start", "opening", "score"):
        assert getattr(market.edges, name).tolist() == getattr(plain.edges, name).tolist()


def found(market: NamedMarket) -> dict[tuple[int, int], tuple[float, float]]:
    """The opinions by the ids of both ends."""
    assert market.opinions is not None
    row = np.repeat(np.arange(market.edges.people), np.diff(market.edges.start))
    ends = market.people.gather(row), market.openings.gather(market.edges.opening)
    values = (each.tolist() for each in market.opinions)
    return dict(zip(zip(*ends, strict=True), zip(*values, strict=True), strict=True))


BOTH: Columns = {
    "person": [1, 1],
    "opening": [7, 8],
    "score_person": [0.25, 1.0],
    "score_opening": [1, 4],
}


@pytest.mark.parametrize("form", FORMS)
def test_they_are_single_precision_whatever_the_file(form: str, tmp_path: Path) -> None:
    market = read_market(save(tmp_path / f"e{form}", BOTH), opinions=True)
    assert market.opinions is not None
    assert [each.dtype for each in market.opinions] == [np.float32] * 2
    assert [each.tolist() for each in market.opinions] == [[1.0, 0.25], [4.0, 1.0]]


def test_rounding_makes_nothing_unacceptable_or_infinite(tmp_path: Path) -> None:
    extreme = {**BOTH, "score_person": [1e-300, 0.0], "score_opening": [1e300, 1.0]}
    market = read_market(save(tmp_path / "e.parquet", extreme), opinions=True)
    assert market.opinions is not None
    assert [(each > 0.0).tolist() for each in market.opinions] == [[True, False], [True, True]]
    assert all(np.isfinite(each).all() for each in market.opinions)


def test_a_score_of_its_own_orders_the_rows(tmp_path: Path) -> None:
    market = read_market(
        save(tmp_path / "e.parquet", {**BOTH, "score": [0.75, 0.5]}), opinions=True
    )
    assert market.edges.score.tolist() == [0.75, 0.5]
    assert found(market) == {(1, 7): (0.25, 1.0), (1, 8): (1.0, 4.0)}


def test_a_file_without_them_is_refused_only_when_they_are_asked_for(tmp_path: Path) -> None:
    one = {name: BOTH[name] for name in ("person", "opening", "score_person")}
    path = save(tmp_path / "e.parquet", {**one, "score": [0.5, 0.5]})
    assert read_market(path).opinions is None
    assert told(lambda: read_market(path, opinions=True)) == [
        (
            "e.parquet: A stable matching needs the columns score_opening; there are: "
            "person, opening, score_person, score."
        )
    ]


@pytest.mark.parametrize("score", [{}, {"score": [0.5, 0.5]}])
def test_a_bad_opinion_is_told_once(score: dict[str, list[float]], tmp_path: Path) -> None:
    bad = {**BOTH, **score, "score_opening": [1.0, float("nan")]}
    path = save(tmp_path / "e.parquet", bad)
    assert told(lambda: read_market(path, opinions=True)) == [
        "e.parquet, line 3, score_opening: This is nan; it must be finite and at least 0."
    ]


# State


def test_pairs_are_checked_for_twins_too(tmp_path: Path) -> None:
    twice = {name: pl.Series([*column, column[0]]) for name, column in BOTH.items()}
    path = save(tmp_path / "e.parquet", twice)
    assert told(lambda: read_market(path, opinions=True)) == [
        "e.parquet, line 4: Line 2 pairs person 1 with opening 7 already."
    ]
