"""`katalysator allocate` on numbers at the ends of their range, ids that would run, and files that are too much."""

import csv
from pathlib import Path

import pytest

from tests.cli.allocating import PAIRS, load, run, save
from tests.cli.hostile import HOSTILE

IDS = ("=1+1", "a;=cmd|'/c calc'!A0", "b\n@SUM(A1)", "'=1", "\t+1-1", "-5")


@pytest.mark.parametrize("score", ["1e308", "1e301", "nan", "inf", "-inf", "1e309", "9" * 400])
@pytest.mark.parametrize("header", ["score", "score_person,score_opening"])
@pytest.mark.parametrize("more", [(), ("--compare",)])
def test_a_score_that_cannot_be_added_up_is_refused_with_its_row(
    score: str, header: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    edges, out = tmp_path / "e.csv", tmp_path / "r.csv"
    scores = ",".join([score] * len(header.split(",")))
    edges.write_text(f"person,opening,{header}\np,x,{scores.replace(score, '0.5')}\nq,x,{scores}\n")
    result = run(edges, "--out", out, *more)
    assert (result.exit_code, result.stdout, out.exists()) == (2, "", False)
    assert "e.csv, line 3, score" in result.stderr
    assert result.stderr.rstrip().endswith(("take it out.", "by the same number."))


@pytest.mark.parametrize("scores", [("1e300",) * 3, ("1e-320",) * 3, ("1e-323", "1", "1e300")])
@pytest.mark.parametrize("more", [(), ("--compare",), ("--method", "stable"), ("--json",)])
def test_scores_at_the_ends_of_the_range_count(
    scores: tuple[str, ...], more: tuple[str, ...], tmp_path: Path
) -> None:
    edges, out = tmp_path / "e.csv", tmp_path / "r.csv"
    rows = [f"p{n},x{n},{score},{score}" for n, score in enumerate(scores)]
    edges.write_text("\n".join(["person,opening,score_person,score_opening", *rows]))
    result = run(edges, "--out", out, *more)
    assert result.exit_code == 0, result.output
    assert not {"nan", "inf"} & set(result.output.split())
    assert len(load(out)) > 0


@pytest.mark.parametrize(
    "capacity", ["1e300", "9" * 400, "nan", "-1", "1.5", "9223372036854775808"]
)
def test_seats_that_cannot_be_counted_are_refused(capacity: str, tmp_path: Path) -> None:
    edges, openings = save(tmp_path / "e.csv", PAIRS), tmp_path / "o.csv"
    openings.write_text(f"opening,capacity\nx,1\ny,{capacity}\nz,1\n")
    result = run(edges, "--openings", openings, "--out", tmp_path / "r.csv")
    assert result.exit_code == 2
    assert "o.csv, line 3, capacity: This is " in result.stderr
    assert not (tmp_path / "r.csv").exists()


def test_ids_that_would_run_are_defused_and_read_back(tmp_path: Path) -> None:
    """An earlier result gives its prices to the same openings, in whichever form it is."""
    pairs = {"person": IDS, "opening": IDS, "score": [0.5] * len(IDS)}
    edges = save(tmp_path / "e.parquet", pairs)
    out, prices = tmp_path / "r.csv", tmp_path / "p.csv"
    assert run(edges, "--out", out, "--prices-out", prices).exit_code == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["person"] for row in rows] == [
        *("'=1+1", "a;'=cmd|'/c calc'!A0", "b\n'@SUM(A1)", "''=1", "\t'+1-1", "-5")
    ]
    assert run(prices, "--out", tmp_path / "none.csv").exit_code == 2  # no pairs
    again = save(tmp_path / "again.csv", pairs)
    result = run(again, "--prices", prices, "--openings", _seats(tmp_path), "--out", out)
    assert result.exit_code == 0, result.output
    assert len(load(out)) == len(IDS)


def _seats(folder: Path) -> Path:
    return save(folder / "o.parquet", {"opening": IDS, "capacity": [1] * len(IDS)})


@pytest.mark.parametrize("name", [name for name in HOSTILE if not name.endswith(".xlsx")])
def test_files_that_are_too_much_are_refused(name: str, tmp_path: Path) -> None:
    path = HOSTILE[name][1](tmp_path / name)
    result = run(path, "--out", tmp_path / "r.csv")
    assert (result.exit_code, result.stdout) == (2, ""), result.output[:200]
    assert len(result.stderr) < 1_000
    assert not (tmp_path / "r.csv").exists()
