"""What is wrong with files is told before any work: the file, the row, the column and the value."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from katalysator.engine.matching import FORMS, open_files, read_market
from katalysator.engine.matching.files.tables import Fault
from katalysator.faults import Refused
from tests.engine.files.makers import Columns, problems, save, told

PAIRS: Columns = {"person": [1, 1, 2], "opening": [7, 8, 7], "score": [0.5, 0.25, 1.0]}
SEATS: Columns = {"opening": [7, 8], "capacity": [1, 2]}
NAN, INF = float("nan"), float("inf")


def test_every_fault_says_what_mends_it() -> None:
    assert all(all(fault.value) for fault in Fault)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"score": [0.5, NAN, INF]},
            ", line 3, score: This is nan; it must be finite and at least 0.",
        ),
        (
            {"score": [0.5, 0.5, INF]},
            ", line 4, score: This is inf; it must be finite and at least 0.",
        ),
        (
            {"score": [-0.5, NAN, INF]},
            ", line 2, score: This is -0.5; it must be finite and at least 0.",
        ),
        ({"score": [0.5, None, NAN]}, ", line 3, score: This is empty or not a number."),
        ({"score": ["0.5", "1", "2"]}, ", score: This column holds String; it must hold numbers."),
        (
            {"score": [True, False, True]},
            ", score: This column holds Boolean; it must hold numbers.",
        ),
        ({"person": [1, None, None]}, ", line 3, person: This is empty or too large."),
        ({"opening": ["a", "b", None]}, ", line 4, opening: This is empty or too large."),
        (
            {"person": [1.0, 2.0, 3.0]},
            ", person: This column holds Float64; ids must be text or whole numbers.",
        ),
        (
            {"person": pl.Series([1, 2**64 - 1, 3], dtype=pl.UInt64)},
            ", line 3, person: This is empty or too large.",
        ),
        (
            {"person": [1, 1, 1], "opening": [7, 8, 7]},
            ", line 4: Line 2 pairs person 1 with opening 7 already.",
        ),
    ],
)
def test_pairs(change: Columns, said: str, tmp_path: Path) -> None:
    path = save(tmp_path / "e.parquet", {**PAIRS, **change})
    assert told(lambda: read_market(path)) == [f"e.parquet{said}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"capacity": [1, -1]},
            ", line 3, capacity: This is -1; it must be a whole number, at least 0.",
        ),
        (
            {"capacity": [1.5, -1]},
            ", line 2, capacity: This is 1.5; it must be a whole number, at least 0.",
        ),
        (
            {"capacity": [1.0, NAN]},
            ", line 3, capacity: This is nan; it must be a whole number, at least 0.",
        ),
        (
            {"capacity": [1.0, INF]},
            ", line 3, capacity: This is inf; it must be a whole number, at least 0.",
        ),
        ({"capacity": [1, None]}, ", line 3, capacity: This is empty or not a number."),
        (
            {"capacity": [1.0, 1e19]},
            ", line 3, capacity: This is 1e+19; that is more than can be counted.",
        ),
        (
            {"capacity": pl.Series([1, 2**63], dtype=pl.UInt64)},
            ", line 3, capacity: This is 9223372036854775808; that is more than can be counted.",
        ),
        ({"capacity": ["1", "2"]}, ", capacity: This column holds String; it must hold numbers."),
        ({"opening": [7, 7]}, ", line 3: Line 2 describes opening 7 already."),
        ({"opening": [7, None]}, ", line 3, opening: This is empty or too large."),
        (
            {"opening": ["7", "8"]},
            ", opening: This column holds String here and Int64 in e.parquet.",
        ),
    ],
)
def test_openings(change: Columns, said: str, tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    path = save(tmp_path / "o.parquet", {**SEATS, **change})
    (problem,) = told(lambda: read_market(edges, path))
    assert problem.replace(f"{tmp_path}/", "") == f"o.parquet{said}"


def test_first_row_of_a_later_batch_is_counted_from_the_first(tmp_path: Path) -> None:
    size = 2**20 + 5
    score = np.full(size, 0.5, np.float32)
    score[-1] = -1.0
    everybody = np.arange(size)
    path = tmp_path / "e.parquet"
    save(path, {"person": everybody, "opening": everybody, "score": score})
    (problem,) = problems(lambda: read_market(path))
    assert problem.where[1:] == (size + 1, "score")


def test_openings_that_no_file_describes_are_counted(tmp_path: Path) -> None:
    pairs = {"person": range(6), "opening": [7, 9, 10, 9, 11, 8], "score": [1.0] * 6}
    edges = save(tmp_path / "e.parquet", pairs)
    seats = save(tmp_path / "o.parquet", SEATS)
    (problem,) = problems(lambda: read_market(edges, seats))
    assert problem.where == (str(edges), 3, "opening")
    assert problem.parameters == {"opening": "9", "other": str(seats), "count": 3}


def test_problems_of_one_pass_are_told_together(tmp_path: Path) -> None:
    wrong = {"person": [1, None, 3], "opening": [None, 8, 9], "score": [0.5, 0.5, -1.0]}
    edges, seats = save(tmp_path / "e.parquet", wrong), save(tmp_path / "o.parquet", SEATS)
    assert [said.split(";")[0] for said in told(lambda: read_market(edges, seats))] == [
        "e.parquet, line 3, person: This is empty or too large.",
        "e.parquet, line 2, opening: This is empty or too large.",
        "e.parquet, line 4, score: This is -1.0",
    ]


def test_missing_columns_of_all_files_are_told_together(tmp_path: Path) -> None:
    paths = [
        save(tmp_path / "e.parquet", {"persoon": [1], "score_person": [1.0]}),
        save(tmp_path / "o.csv", {"opening": [1], "seats": [1.0]}),
        save(tmp_path / "p.arrow", {"opening": [1], "cost": [1.0]}),
    ]
    assert told(lambda: open_files(*paths)) == [
        (
            "e.parquet: The columns person, opening, score_opening are missing; "
            "there are: persoon, score_person."
        ),
        "o.csv: The columns capacity are missing; there are: opening, seats.",
        "p.arrow: The columns price are missing; there are: opening, cost.",
    ]


@pytest.mark.parametrize("cell", ["veel", "", "1.000.000"])
def test_cells_of_a_csv_file_that_are_no_numbers(cell: str, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(f"person,opening,score\n1,1,1\n2,1,{cell}\n")
    (tmp_path / "o.csv").write_text(f"opening,capacity\n1,1\n2,{cell}\n")
    assert told(lambda: read_market(tmp_path / "e.csv")) == [
        "e.csv, line 3, score: This is empty or not a number."
    ]
    good = save(tmp_path / "e.parquet", {"person": [1], "opening": [1], "score": [1.0]})
    assert told(lambda: read_market(good, tmp_path / "o.csv")) == [
        "o.csv, line 3, capacity: This is empty or not a number."
    ]


def test_text_in_a_csv_file_that_matches_no_whole_number(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    (tmp_path / "o.csv").write_text("opening,capacity\n7,1\nacht,1\n")
    (problem,) = problems(lambda: read_market(edges, tmp_path / "o.csv"))
    assert problem.code == "id-mixed"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_with_nothing_in_it(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"e{form}"
    path.touch()
    assert told(lambda: read_market(path)) == [
        f"e{form}: There is nothing in the file, not even the names of columns."
    ]


@pytest.mark.parametrize("form", [".parquet", ".arrow", ".feather"])
@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_file_that_was_cut_off(form: str, kept: float, tmp_path: Path) -> None:
    many = {"person": range(4_000), "opening": range(4_000), "score": np.linspace(0, 1, 4_000)}
    path = save(tmp_path / f"e{form}", many)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole))])
    assert [each.code for each in problems(lambda: read_market(path))] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("e.csv", b"person,opening,score\na\xff,b,1\n"),
        ("e.csv", b"person,opening,score\na,b,1\na,c,2,3\n"),
        ("e.parquet", b"PAR1 or so they say, but it is not PAR1"),
        ("e.arrow", b"ARROW1\0\0 and then nothing"),
    ],
)
def test_a_file_that_is_of_another_kind(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    found = problems(lambda: read_market(tmp_path / name))
    assert [each.code for each in found] == ["unreadable"]


def test_a_form_that_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "e.xlsx").write_bytes(b"PK")
    assert told(lambda: read_market(tmp_path / "e.xlsx")) == [
        "e.xlsx: A table is read from or written to one of these: .parquet, .csv, .arrow, .feather."
    ]
    with pytest.raises(Refused, match="written to one of these"):
        save(tmp_path / "o.xlsx", PAIRS)


@pytest.mark.parametrize("told_at", ["check", "sort"])
def test_a_file_that_is_changed_while_it_is_read(told_at: str, tmp_path: Path) -> None:
    path = save(tmp_path / "e.parquet", PAIRS)

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == told_at:
            save(tmp_path / "new.parquet", PAIRS).replace(path)

    assert told(lambda: read_market(path, progress=meanwhile)) == [
        "e.parquet: The file was changed while it was read."
    ]
