"""What `katalysator allocate` refuses: all at once, in a sentence each, before anything is written."""

from pathlib import Path

import pytest

from tests.cli.allocating import PAIRS, SEATS, Columns, run, save


def refused(folder: Path, *arguments: object) -> list[str]:
    """The lines that are said, without the folder."""
    before = {path.name for path in folder.iterdir()}
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert {path.name for path in folder.iterdir()} == before
    return str(result.stderr).replace(f"{folder}/", "").splitlines()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"score": [0.75, 0.5, float("nan"), -1, 0.0]},
            (
                "e.parquet, line 4, score: This is nan; it must be finite and at least 0. "
                "Mend the row, or take it out."
            ),
        ),
        (
            {"person": ["Bo", None, "Cy", "Bo", "Al"]},
            "e.parquet, line 3, person: This is empty or too large. Fill it in, or take the row out.",
        ),
        (
            {"opening": ["x", "x", "x", "x", "z"]},
            "e.parquet, line 5: Line 2 pairs person Bo with opening x already. Keep one of the two rows.",
        ),
        (
            {"opening": ["q", "w", "x", "q", "z"]},
            (
                "e.parquet, line 2, opening: o.parquet does not have opening q. Missing there: 2. "
                "Add a row with its capacity, which may be 0."
            ),
        ),
    ],
)
def test_rows(change: Columns, said: str, tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", {**PAIRS, **change})
    openings = save(tmp_path / "o.parquet", SEATS)
    out = tmp_path / "r.parquet"
    assert refused(tmp_path, edges, "--openings", openings, "--out", out) == [said]


def test_in_dutch(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    openings = save(tmp_path / "o.csv", {"opening": ["x"], "capacity": [-1]})
    arguments = (edges, "--openings", openings, "--out", tmp_path / "r.csv", "--language", "nl")
    assert refused(tmp_path, *arguments) == [
        (
            "o.csv, regel 2, capacity: Dit is -1; het moet een geheel getal zijn, minstens 0. "
            "Schrijf een geheel aantal plaatsen."
        )
    ]


def test_columns_of_all_files_at_once(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.csv", {"persoon": [1], "opening": [1], "score": [1]})
    openings = save(tmp_path / "o.arrow", {"opening": [1], "seats": [1]})
    prices = save(tmp_path / "p.parquet", {"opening": [1]})
    said = refused(
        tmp_path, edges, "--openings", openings, "--prices", prices, "--out", tmp_path / "r.csv"
    )
    assert [line.split(". ")[0] for line in said] == [
        "e.csv: The columns person are missing; there are: persoon, opening, score",
        "o.arrow: The columns capacity are missing; there are: opening, seats",
        "p.parquet: The columns price are missing; there are: opening",
    ]


def test_a_price_that_is_none(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    prices = save(tmp_path / "p.parquet", {"opening": ["x"], "price": [-1.0]})
    (said,) = refused(tmp_path, edges, "--prices", prices, "--out", tmp_path / "r.csv")
    assert said.startswith(
        "p.parquet, line 2, price: This is -1.0; it must be finite and at least 0."
    )


@pytest.mark.parametrize("name", ["cut.parquet", "cut.arrow", "empty.csv", "other.xlsx"])
def test_files_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    whole = save(tmp_path / "e.parquet", PAIRS).read_bytes()
    (tmp_path / name).write_bytes(whole[:200] if "cut" in name else b"")
    (said,) = refused(tmp_path, tmp_path / name, "--out", tmp_path / "r.csv")
    assert said.startswith(f"{name}: ")


def test_targets_and_gap_at_once(tmp_path: Path) -> None:
    """Before any file is opened."""
    edges = tmp_path / "e.parquet"
    edges.write_bytes(b"nonsense")
    said = refused(
        *(tmp_path, edges, "--out", tmp_path / "r.xlsx", "--gap", "nan"),
        *("--prices-out", tmp_path / "nowhere" / "p.csv"),
    )
    assert [line.split(". ")[0] for line in said] == [
        "--gap: nan cannot be the gap",
        "r.xlsx: The result cannot be written in this form",
        "nowhere/p.csv: Nothing can be written there",
    ]


@pytest.mark.parametrize("gap", ["0", "1", "-1", "1e-7"])
def test_gap(gap: str, tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    (said,) = refused(tmp_path, edges, "--out", tmp_path / "r.csv", "--gap", gap)
    assert said.endswith("Give a number from 0.000001 to 1, such as 0.0001.")


def test_result_over_an_input(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    openings = save(tmp_path / "o.parquet", SEATS)
    before = edges.read_bytes()
    for target in (edges, openings, tmp_path / "." / "e.parquet"):
        (said,) = refused(tmp_path, edges, "--openings", openings, "--out", target)
        assert "This file is one of those that are read." in said
    assert edges.read_bytes() == before


def test_prices_over_the_result(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.parquet", PAIRS)
    out = tmp_path / "r.parquet"
    (said,) = refused(tmp_path, edges, "--out", out, "--prices-out", out)
    assert "Give the result another name." in said
