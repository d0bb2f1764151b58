"""A matching that nobody has cause to leave, and what it costs beside the other choices."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from katalysator.cli.allocate import run as command
from katalysator.cli.allocate.report import Settled
from katalysator.cli.progress import ProgressLine
from katalysator.engine.matching import UNPLACED, Edges, blocking_pairs, read_market
from tests.cli.allocating import PAIRS, SEATS, figures, load, run, save

BOTH = {
    "person": ["Bo", "Bo", "Al", "Al"],
    "opening": ["x", "y", "x", "y"],
    "score_person": [0.81, 0.64, 0.81, 0.01],
    "score_opening": [1.0, 1.0, 0.81, 1.0],
}
"""Both want x, which prefers Bo; Al likes y little. The highest total gives x to Al."""


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    return save(tmp_path / "e.parquet", BOTH)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "r.parquet"


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """Some 2,000 pairs, whose two ends think differently of each other."""
    random = np.random.default_rng(1)
    person, place = np.divmod(np.arange(2_000), 10)
    return save(
        tmp_path / "m.parquet",
        {
            "person": person,
            "opening": (person * 7 + place * 3) % 50,
            "score_person": random.random(2_000),
            "score_opening": random.random(2_000),
        },
    )


# Stable


def test_stable_goes_by_what_each_wants(edges: Path, out: Path) -> None:
    """Bo and x would break up what the highest total asks; Al takes what is left."""
    run(edges, "--out", out)
    assert load(out).select("person", "opening").rows() == [("Bo", "y"), ("Al", "x")]
    assert run(edges, "--out", out, "--method", "stable").exit_code == 0
    assert load(out).select("person", "opening").rows() == [("Bo", "x"), ("Al", "y")]


def test_stable_has_no_prices(edges: Path, out: Path) -> None:
    """Not even empty ones, which would look as if seats were free."""
    run(edges, "--out", out, "--method", "stable")
    assert load(out).columns == ["person", "opening", "score"]
    assert load(out)["score"].to_list() == pytest.approx([0.9, 0.1])


def test_what_is_said_of_stable(edges: Path, out: Path) -> None:
    said = run(edges, "--out", out, "--method", "stable").stdout.splitlines()
    assert said[1:5] == [
        "The score of a pair is sqrt(score_person * score_opening).",
        "People with a seat: 2 (100.0 %).",
        "Total score: 1.00.",
        (
            "0 blocking pairs, counted afterwards: a person and an opening that would both rather "
            "have each other than what they got."
        ),
    ]


def test_what_is_said_of_stable_in_dutch(edges: Path, out: Path) -> None:
    said = run(edges, "--out", out, "--method", "stable", "--language", "nl").stdout
    assert "Totale score: 1,00." in said
    assert "0 blokkerende paren, achteraf geteld: een persoon en een opening" in said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 blocking pairs"), (1, "1 blocking pair"), (1_234, "1,234 blocking pairs")],
)
def test_blocking_pairs_are_told_whatever_their_number(count: int, said: str) -> None:
    _, blocking = Settled(1.0, count, 1).sentences()
    assert blocking.startswith(f"{said}, counted ")


def test_no_pair_of_the_files_blocks_what_was_written(market: Path, out: Path) -> None:
    """Checked from the two files alone, in the precision of the file."""
    said = figures(run(market, "--out", out, "--method", "stable", "--json"))
    assert (said["method"], said["blocking_pairs"]) == ("stable", 0)
    assert said["placed"] == load(out).height
    assert said["value"] == pytest.approx(load(out)["score"].sum(), rel=1e-12)
    assert not {"bound", "gap", "rounds"} & set(said)
    pairs = pl.read_parquet(market).sort("person", "score_person", descending=[False, True])
    ends = pairs["person"].to_numpy(), pairs["opening"].to_numpy()
    choice = np.full(200, UNPLACED, np.int32)
    choice[load(out)["person"].to_numpy()] = load(out)["opening"].to_numpy()
    rows = Edges.from_pairs(*ends, pairs["score_person"].to_numpy(), persons=200, openings=50)
    theirs = pairs["score_opening"].to_numpy()
    assert not blocking_pairs(rows, np.ones(50, np.int64), theirs, choice).size


def test_a_score_of_its_own_counts_for_the_total_only(out: Path, tmp_path: Path) -> None:
    edges = save(tmp_path / "s.parquet", {**BOTH, "score": [1.0, 2.0, 3.0, 4.0]})
    said = run(edges, "--out", out, "--method", "stable").stdout
    assert load(out).rows() == [("Bo", "x", 1.0), ("Al", "y", 4.0)]
    assert "Total score: 5.00." in said
    assert "sqrt(" not in said


def test_nobody_goes_where_one_side_says_zero(out: Path, tmp_path: Path) -> None:
    edges = save(tmp_path / "z.csv", {**BOTH, "score_opening": [0.0, 0.0, 0.81, 1e-300]})
    run(edges, "--out", out, "--method", "stable")
    assert load(out).select("person", "opening").rows() == [("Al", "x")]


def test_stable_without_pairs(out: Path, tmp_path: Path) -> None:
    none = {name: pl.Series([], dtype=pl.Float32) for name in ("score_person", "score_opening")}
    ids = {name: pl.Series([], dtype=pl.String) for name in ("person", "opening")}
    edges = save(tmp_path / "none.parquet", {**ids, **none})
    result = run(edges, "--out", out, "--method", "stable", "--compare")
    assert result.exit_code == 0
    assert load(out).height == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_stable_run_goes_on_where_opinions_were_kept(
    kept: bool, edges: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the files are read again; either way the result is there and the state is gone."""
    monkeypatch.setattr(command, "LARGE", 0)
    before = command.RunCheckpoint(out, [edges], ProgressLine(quiet=True))
    before.keep(read_market(edges, opinions=kept))
    result = run(edges, "--out", out, "--method", "stable")
    assert ("this one goes on from r.parquet.state." in result.stderr) is kept
    assert load(out).select("person", "opening").rows() == [("Bo", "x"), ("Al", "y")]
    assert not (tmp_path / "r.parquet.state").exists()


# Compare


def test_compare_tells_what_each_choice_gives(edges: Path, out: Path) -> None:
    rows = figures(run(edges, "--out", out, "--compare", "--json"))["comparison"]
    assert [row["method"] for row in rows] == ["optimal", "stable", "greedy"]
    optimal, stable, greedy = rows
    assert optimal["value"] == pytest.approx(0.8 + 0.81)
    assert stable["value"] == greedy["value"] == pytest.approx(0.9 + 0.1)
    assert optimal["value_lost"] == optimal["placed_lost"] == optimal["openings_empty_more"] == 0
    assert stable["value_lost"] == pytest.approx(0.61)
    assert {row["placed"] for row in rows} == {2}
    assert {row["gini"] for row in rows} == {0.0}


@pytest.mark.parametrize("method", ["optimal", "stable"])
def test_compare_writes_the_chosen_result_only(method: str, market: Path, tmp_path: Path) -> None:
    alone, beside = tmp_path / "alone.csv", tmp_path / "beside.csv"
    run(market, "--out", alone, "--method", method)
    said = figures(run(market, "--out", beside, "--method", method, "--compare", "--json"))
    assert alone.read_bytes() == beside.read_bytes()
    assert said["method"] == method
    rows = {row["method"]: row for row in said["comparison"]}
    assert rows[method]["value"] == pytest.approx(said["value"])
    assert rows[method]["placed"] == said["placed"]
    assert {path.name for path in tmp_path.iterdir()} == {"m.parquet", "alone.csv", "beside.csv"}


def test_the_table_of_choices(edges: Path, out: Path, tmp_path: Path) -> None:
    openings = save(
        tmp_path / "o.csv", {"opening": ["x", "y", "closed", "far"], "capacity": [1, 1, 0, 1]}
    )
    lines = run(edges, "--openings", openings, "--out", out, "--compare").stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("What each choice costs."))
    assert "“greedy” fills the seats by falling score" in lines[start]
    assert lines[start + 1].startswith("The Gini coefficient tells how unevenly the seats are used")
    assert [" ".join(line.split()) for line in lines[start + 2 : start + 6]] == [
        "total score people placed openings with nobody Gini",
        "optimal 1.61 (best) 2 (best) 1 (best) 0.333 (best)",
        "stable 1.00 (-37.89 %) 2 (best) 1 (best) 0.333 (best)",
        "greedy 1.00 (-37.89 %) 2 (best) 1 (best) 0.333 (best)",
    ]
    assert len({len(line) for line in lines[start + 2 : start + 6]}) == 1


def test_compare_without_opinions_says_what_is_missing(out: Path, tmp_path: Path) -> None:
    edges = save(tmp_path / "s.parquet", PAIRS)
    openings = save(tmp_path / "o.parquet", SEATS)
    said = run(edges, "--openings", openings, "--out", out, "--compare").stdout
    assert "Here is no “stable”: that takes the columns score_person and score_opening." in said
    assert [line.split()[:3] for line in said.splitlines() if line.startswith("  ")][1:] == [
        ["optimal", "1.00", "(best)"],
        ["greedy", "0.75", "(-25.00"],
    ]
    assert "1 (-1)" in said
    assert "1 (+1)" in said


def test_compare_in_dutch(edges: Path, out: Path) -> None:
    said = run(edges, "--out", out, "--compare", "--language", "nl").stdout
    assert "Wat elke keuze kost." in said
    assert "1,61 (beste)" in said
    assert "1,00 (-37,89 %)" in said


# Refusals


def refused(*arguments: object) -> list[str]:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return str(result.stderr).splitlines()


def test_stable_needs_both_opinions(out: Path, tmp_path: Path) -> None:
    edges = save(tmp_path / "s.parquet", PAIRS)
    assert refused(edges, "--out", out, "--method", "stable") == [
        (
            f"{edges}: A stable matching needs the columns score_person, score_opening; there are: "
            "person, opening, score. Add what each side thinks of the other, or take "
            "--method optimal."
        )
    ]
    assert not out.exists()


def test_bad_opinions_are_told_also_beside_a_score(out: Path, tmp_path: Path) -> None:
    wrong = {**BOTH, "score": [1.0] * 4, "score_opening": [1.0, 1.0, -1.0, 1.0]}
    edges = save(tmp_path / "s.parquet", wrong)
    assert run(edges, "--out", out).exit_code == 0
    for options in (["--method", "stable"], ["--compare"]):
        (said,) = refused(edges, "--out", out, *options)
        assert ", line 4, score_opening: This is -1.0; it must be finite and at least 0." in said


def test_prices_have_no_place_in_stable(edges: Path, out: Path, tmp_path: Path) -> None:
    prices = save(tmp_path / "p.csv", {"opening": ["x"], "price": [0.5]})
    options = ("--prices", prices, "--prices-out", tmp_path / "q.csv")
    no = "A stable matching has no prices. Leave this option out, or take --method optimal."
    assert refused(edges, "--out", out, "--method", "stable", *options) == [
        f"--prices: {no}",
        f"--prices-out: {no}",
    ]
    start = (edges, "--out", out, "--method", "stable", "--compare", "--prices", prices)
    assert run(*start).exit_code == 0


def test_another_method_is_none(edges: Path, out: Path) -> None:
    assert run(edges, "--out", out, "--method", "greedy").exit_code == 2
