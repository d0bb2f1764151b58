"""Ids are numbered in the order in which they first appear, whatever they are and however many."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.matching.files.columns import Ids, plain

INT64 = st.integers(-(2**63), 2**63 - 1)
FEW = st.integers(-3, 3)
TEXT = st.text(max_size=3)


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.lists(INT64 | FEW, max_size=30), max_size=5), st.lists(INT64 | FEW))
def test_whole_numbers(batches: list[list[int]], asked: list[int]) -> None:
    agrees_with_a_dictionary(pl.Int64(), batches, asked)


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.lists(TEXT, max_size=30), max_size=5), st.lists(TEXT))
def test_texts(batches: list[list[str]], asked: list[str]) -> None:
    agrees_with_a_dictionary(pl.String(), batches, asked)


def agrees_with_a_dictionary(
    dtype: pl.DataType, batches: Sequence[Sequence[object]], asked: Sequence[object]
) -> None:
    ids, oracle = Ids(dtype), dict[object, int]()
    for batch in batches:
        expected = [oracle.setdefault(each, len(oracle)) for each in batch]
        assert ids.number(pl.Series(batch, dtype=dtype)).tolist() == expected
    assert ids.count == len(oracle)
    assert ids.table().to_list() == list(oracle)
    found = ids.find(pl.Series(asked, dtype=dtype))
    assert found.tolist() == [oracle.get(each, -1) for each in asked]


@pytest.mark.parametrize("step", [1, 1 << 20, 1 << 40, -(1 << 33)])
def test_many_regular_ones(step: int) -> None:
    """More than there is room for at first, and of a kind that weak hashes put in one place."""
    many = pl.Series([n * step for n in range(50_000)])
    ids = Ids.of(many)
    assert ids.find(many.reverse()).tolist() == list(range(50_000))[::-1]


def test_what_may_be_an_id() -> None:
    text, whole = pl.String(), pl.Int64()
    kinds = [pl.String(), pl.Categorical(), pl.Enum(["a"]), pl.Int8(), pl.UInt64(), pl.Float64()]
    assert [plain(kind) for kind in kinds] == [text, text, text, whole, whole, None]
    assert plain(pl.Date()) is plain(pl.Boolean()) is plain(pl.List(pl.Int64())) is None
