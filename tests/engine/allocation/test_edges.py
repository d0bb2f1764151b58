"""The market as rows: pairs come out sorted, and bad ones are refused by name."""

from dataclasses import replace

import numpy as np
import pytest

from katalysator.engine.matching.allocation.edges import Edges


def test_pairs_become_rows_of_falling_scores() -> None:
    edges = Edges.from_pairs(
        [2, 0, 2, 0, 2], [1, 0, 0, 2, 2], [0.3, 0.1, 0.9, 0.4, 0.3], persons=4, openings=3
    )
    assert edges.people == 4
    assert edges.start.tolist() == [0, 2, 2, 5, 5]
    assert edges.opening.tolist() == [2, 0, 0, 1, 2]
    assert edges.score.tolist() == [0.4, 0.1, 0.9, 0.3, 0.3]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (np.float32, np.float32),
        (np.float64, np.float64),
        (np.float16, np.float64),
        (int, np.float64),
    ],
)
def test_single_precision_is_kept_and_all_else_becomes_double(given: type, kept: type) -> None:
    edges = Edges.from_pairs([0], [0], np.array([1], given), persons=1, openings=1)
    assert edges.score.dtype == kept


@pytest.mark.parametrize(
    ("person", "opening", "score", "message"),
    [
        ([0, 1], [0, 0], [0.5, np.nan], "row 1: score is nan; it must be a finite number"),
        ([0, 1], [0, 0], [np.inf, 0.5], "row 0: score is inf"),
        ([0, 1], [0, 0], [0.5, -0.1], "row 1: score is -0.1; .* at least 0"),
        ([0, 2], [0, 0], [0.5, 0.5], "row 1: person 2 does not exist; ids run from 0 and .* 2"),
        ([-1, 0], [0, 0], [0.5, 0.5], "row 0: person -1 does not exist"),
        ([0, 1], [3, 0], [0.5, 0.5], "row 0: opening 3 does not exist; .* there are 3"),
        ([0, 1, 1], [2, 1, 1], [0.5, 0.5, 0.4], "rows 1 and 2: person 1 and opening 1 .* twice"),
        ([0, 1], [0], [0.5, 0.5], "three lists of one length"),
        ([0.5, 1], [0, 0], [0.5, 0.5], "person must hold whole numbers, not float64"),
    ],
)
def test_bad_pairs_are_named(
    person: list[float], opening: list[int], score: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Edges.from_pairs(person, opening, score, persons=2, openings=3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"score": np.array([0.2, 0.5, 0.1])}, "row 1: the score rises within a person"),
        ({"score": np.array([0.5, 0.2])}, "start must run from 0 to the number of edges"),
        ({"score": np.array([0.5, 0.2, np.nan])}, "row 2: score is nan"),
        ({"start": np.array([0, 2])}, "it runs from 0 to 2"),
        ({"start": np.array([0, 4, 3])}, "start falls after person 1"),
        ({"start": np.array([0, 2, 3], np.int32)}, "start must be int64"),
        ({"opening": np.array([0, 1, 0])}, "opening must be int32"),
        ({"openings": 1}, "row 1: opening 1 does not exist"),
    ],
)
def test_rows_that_the_kernels_would_misread_are_refused(
    change: dict[str, object], message: str
) -> None:
    edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.5, 0.2, 0.1], persons=2, openings=2)
    with pytest.raises(ValueError, match=message):
        replace(edges, **change)  # type: ignore[arg-type]
