"""From files to a market: the same one from every form, order and type of the rows."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import FORMS, Edges, read_market
from katalysator.engine.matching.files import tables
from tests.engine.files.makers import save

PAIRS = {
    "person": ["Bo", "Al", "Bo", "Cy", "Al"],
    "opening": ["x", "y", "z", "x", "x"],
    "score": [0.25, 0.5, 0.75, 1.0, 0.5],
}


@pytest.mark.parametrize("form", FORMS)
def test_people_and_openings_are_numbered_as_they_appear(form: str, tmp_path: Path) -> None:
    market = read_market(save(tmp_path / f"e{form}", PAIRS))
    assert market.people.to_list() == ["Bo", "Al", "Cy"]
    assert market.openings.to_list() == ["x", "y", "z"]
    assert market.edges.start.tolist() == [0, 2, 4, 5]
    assert market.edges.opening.tolist() == [2, 0, 0, 1, 0]
    assert market.edges.score.tolist() == [0.75, 0.25, 0.5, 0.5, 1.0]
    assert market.capacity.tolist() == [1, 1, 1]


pairs = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 90)), st.floats(0, 9), max_size=150
)


@settings(deadline=None)  # the first call compiles
@given(pairs, st.sampled_from([np.float32, np.float64]), st.integers(1, 7), st.randoms())
def test_rows_are_those_of_the_pairs_sorted_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    scores: dict[tuple[int, int], float],
    precision: type,
    batch: int,
    random: object,
) -> None:
    """In any order, in batches of any size; rows of one pair and of more than a short sort takes."""
    path = tmp_path_factory.mktemp("m") / "e.parquet"
    person = np.array([person for person, _ in scores], np.int64)
    opening = np.array([opening for _, opening in scores], np.int64)
    score: FloatArray = np.array([*scores.values()], precision)
    save(path, {"person": person, "opening": opening, "score": score})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "BATCH", batch)
        market = read_market(path)
    people, openings = market.people.to_list(), market.openings.to_list()
    expected = Edges.from_pairs(
        [people.index(each) for each in person.tolist()],
        [openings.index(each) for each in opening.tolist()],
        score,
        persons=len(people),
        openings=len(openings),
    )
    assert market.edges.score.dtype == precision
    assert market.edges.start.tolist() == expected.start.tolist()
    assert market.edges.opening.tolist() == expected.opening.tolist()
    assert market.edges.score.tolist() == expected.score.tolist()


def test_openings_of_a_file_come_in_its_order(tmp_path: Path) -> None:
    """Also those that nobody can have, and those without a seat."""
    seats = {"opening": ["w", "z", "y", "x"], "capacity": [2, 0, 2**62, 1]}
    market = read_market(save(tmp_path / "e.parquet", PAIRS), save(tmp_path / "o.parquet", seats))
    assert market.openings.to_list() == ["w", "z", "y", "x"]
    assert market.capacity.tolist() == [2, 0, 2**62, 1]
    assert market.edges.opening.tolist() == [1, 3, 2, 3, 3]


@pytest.mark.parametrize(
    ("capacity", "seats"),
    [
        (pl.Series([2, 0], dtype=pl.UInt8), [2, 0]),
        (pl.Series([2.0, 0.0]), [2, 0]),
        (pl.Series([2**63 - 1, 0]), [2**63 - 1, 0]),
    ],
)
def test_capacities_in_other_types(capacity: pl.Series, seats: list[int], tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", {"person": [1], "opening": [1], "score": [1.0]})
    path = save(tmp_path / "o.parquet", {"opening": [1, 2], "capacity": capacity})
    assert read_market(edges, path).capacity.tolist() == seats


@pytest.mark.parametrize(
    ("precision", "kept"),
    [
        (pl.Float32, np.float32),
        (pl.Float64, np.float64),
        (pl.Int32, np.float64),
        (pl.Decimal(9, 2), np.float64),
    ],
)
def test_single_precision_is_kept_and_all_else_becomes_double(
    precision: pl.DataType, kept: type, tmp_path: Path
) -> None:
    score = pl.Series([1, 2]).cast(precision)
    pairs = {"person": [1, 2], "opening": [1, 1], "score": score}
    assert read_market(save(tmp_path / "e.parquet", pairs)).edges.score.dtype == kept


def test_two_scores_count_by_their_geometric_mean(tmp_path: Path) -> None:
    """Also where their product is more than single precision holds."""
    both = {
        "score_person": pl.Series([0.25, 1e30], dtype=pl.Float32),
        "score_opening": pl.Series([1.0, 1e30], dtype=pl.Float32),
    }
    market = read_market(
        save(tmp_path / "e.parquet", {"person": [1, 2], "opening": [1, 1], **both})
    )
    assert market.edges.score.tolist() == [0.5, np.float32(1e30)]
    assert market.edges.score.dtype == np.float32


def test_the_score_comes_before_the_two(tmp_path: Path) -> None:
    columns = {"person": [1], "opening": [1], "score": [3.0]}
    both = {"score_person": [-1.0], "score_opening": [0.0], "remark": ["none"]}
    assert read_market(save(tmp_path / "e.csv", {**columns, **both})).edges.score.tolist() == [3.0]


@pytest.mark.parametrize(
    "text",
    [
        "person,opening,score\n007,a,0.5\n7,a,0.25\n",
        "\ufeffperson;opening;score\r\n007;a;0,5\r\n7;a;0,25\r\n",
        "score\topening\tperson\n0.5\ta\t007\n.25\ta\t7\n",
        'person,opening,score\n"007","a","0.5"\n"7","a","2.5e-1"',
    ],
)
def test_csv_as_spreadsheets_write_it(text: str, tmp_path: Path) -> None:
    """Ids in it are text, with all their zeros."""
    path = tmp_path / "e.csv"
    path.write_text(text, encoding="utf-8", newline="")
    market = read_market(path)
    assert market.people.to_list() == ["007", "7"]
    assert market.edges.score.tolist() == [0.5, 0.25]


@pytest.mark.parametrize("forms", [(".csv", ".parquet"), (".parquet", ".csv")])
def test_text_of_a_csv_file_matches_whole_numbers(forms: tuple[str, str], tmp_path: Path) -> None:
    edges = save(tmp_path / f"e{forms[0]}", {"person": [1], "opening": [12], "score": [1.0]})
    seats = save(tmp_path / f"o{forms[1]}", {"opening": [13, 12], "capacity": [5, 6]})
    market = read_market(edges, seats)
    assert [str(each) for each in market.openings] == ["13", "12"]
    assert market.edges.opening.tolist() == [1]


@pytest.mark.parametrize("form", FORMS)
def test_no_rows_are_a_market_too(form: str, tmp_path: Path) -> None:
    none = {"person": pl.Series([], dtype=pl.Int64), "opening": pl.Series([], dtype=pl.Int64)}
    path = save(tmp_path / f"e{form}", {**none, "score": pl.Series([], dtype=pl.Float32)})
    market = read_market(path)
    assert (market.edges.people, market.edges.openings, market.edges.score.size) == (0, 0, 0)


def test_progress(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    read_market(save(tmp_path / "e.parquet", PAIRS), progress=lambda *stage: seen.append(stage))
    assert seen == [("check", 0, 5), ("sort", 0, 5)]


def test_signs_in_a_name_mean_nothing(tmp_path: Path) -> None:
    save(tmp_path / "a.parquet", {**PAIRS, "score": [9.0] * 5})
    assert read_market(save(tmp_path / "[ab]*.parquet", PAIRS)).edges.score.max() == 1.0


def test_kernels_are_loaded_only_when_a_file_is_read() -> None:
    code = "import sys, katalysator.engine.matching.files; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
