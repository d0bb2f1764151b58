"""`katalysator allocate` as its users see it: what comes out, and how its quality is told."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from katalysator.cli.allocate.report import Certified, percent
from katalysator.cli.allocate.run import AllocateRequest, run as run_request
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import speaking
from katalysator.engine.matching import FORMS
from tests.cli.allocating import BEST, PAIRS, SEATS, figures, load, proven, run, save


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    return save(tmp_path / "e.parquet", PAIRS)


@pytest.fixture
def openings(tmp_path: Path) -> Path:
    return save(tmp_path / "o.parquet", SEATS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "r.parquet"


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """Some 2,000 pairs, of which not all can be had."""
    random = np.random.default_rng(1)
    person, place = np.divmod(np.arange(2_000), 10)
    opening = (person * 7 + place * 3) % 50
    score = random.random(2_000).astype(np.float32)
    return save(tmp_path / "m.parquet", {"person": person, "opening": opening, "score": score})


def test_example(edges: Path, openings: Path, out: Path) -> None:
    result = run(edges, "--openings", openings, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    found = load(out)
    assert found.columns == ["person", "opening", "score", "price"]
    assert found.select("person", "opening", "score").rows() == BEST
    assert {path.name for path in out.parent.iterdir()} == {"e.parquet", "o.parquet", "r.parquet"}


def test_what_is_said(edges: Path, openings: Path, out: Path) -> None:
    lines = run(edges, "--openings", openings, "--out", out).stdout.splitlines()
    assert lines[:2] == [
        "People: 3. Openings: 3, with 2 seats. Possible pairs: 5.",
        "People with a seat: 2 (66.6 %).",
    ]
    assert lines[2].startswith("Total score: 1.00. ")
    assert lines[2].endswith((" the best possible, proven.", " % below the best possible."))
    assert lines[3].startswith("Time: ")
    assert lines[4:] == [f"Written to {out}."]


def test_what_is_said_in_dutch(edges: Path, openings: Path, out: Path) -> None:
    said = run(edges, "--openings", openings, "--out", out, "--language", "nl").stdout
    assert "Personen: 3. Openingen: 3, met 2 plaatsen. Mogelijke paren: 5." in said
    assert "Personen met een plaats: 2 (66,6 %)." in said
    assert f"Geschreven naar {out}." in said


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("given", FORMS)
def test_every_form_gives_the_same(form: str, given: str, tmp_path: Path) -> None:
    paths = save(tmp_path / f"e{given}", PAIRS), save(tmp_path / f"o{given}", SEATS)
    target = tmp_path / f"r{form}"
    assert run(paths[0], "--openings", paths[1], "--out", target).exit_code == 0
    assert load(target).select("person", "opening", "score").rows() == BEST


def test_one_seat_each_without_openings(edges: Path, out: Path) -> None:
    said = figures(run(edges, "--out", out, "--json"))
    assert (said["openings"], said["seats"], said["placed"]) == (3, 3, 2)
    assert load(out).select("person", "opening").rows() == [("Bo", "y"), ("Al", "x")]


def test_ids_keep_their_kind_and_people_their_order(out: Path, tmp_path: Path) -> None:
    pairs = {"person": [9, 3, 7], "opening": ["c", "a", "b"], "score": [1.0, 1.0, 1.0]}
    run(save(tmp_path / "e.parquet", pairs), "--out", out)
    assert load(out).select("person", "opening").rows() == [(9, "c"), (3, "a"), (7, "b")]


def test_two_scores(out: Path, tmp_path: Path) -> None:
    both = {"score_person": [0.25], "score_opening": [1.0]}
    edges = save(tmp_path / "e.csv", {"person": [1], "opening": [2], **both})
    said = run(edges, "--out", out).stdout
    assert "The score of a pair is sqrt(score_person * score_opening)." in said
    assert load(out)["score"].to_list() == [0.5]


def test_certificate_is_that_of_what_was_written(market: Path, out: Path, tmp_path: Path) -> None:
    """Checked from the three files alone."""
    prices = tmp_path / "p.parquet"
    said = figures(run(market, "--out", out, "--prices-out", prices, "--json"))
    proof = proven(market, out, prices)
    assert said["value"] == pytest.approx(proof.value, rel=1e-12)
    assert said["bound"] == pytest.approx(proof.bound, rel=1e-12)
    assert said["gap"] == pytest.approx(proof.gap, abs=1e-12)
    assert said["gap"] <= 1e-4
    assert said["value"] == pytest.approx(load(out)["score"].cast(pl.Float64).sum(), rel=1e-12)
    assert said["people"] == 200
    assert said["placed"] == load(out).height


def test_prices_of_all_openings(edges: Path, openings: Path, out: Path, tmp_path: Path) -> None:
    target = tmp_path / "p.csv"
    run(edges, "--openings", openings, "--out", out, "--prices-out", target)
    table = load(target)
    assert table.columns == ["opening", "price", "seats", "filled"]
    assert table.drop("price").rows() == [("x", 1, 1), ("y", 1, 1), ("z", 0, 0)]
    x, y, _ = table["price"]
    assert 0.25 <= x <= 0.5 + 1e-4  # the gap
    assert y == pytest.approx(x - 0.25, abs=0.01) or y == 0.0


@pytest.mark.parametrize("before", ["r.parquet", "p.parquet"])
def test_earlier_prices_change_the_way_not_the_quality(
    market: Path, out: Path, tmp_path: Path, before: str
) -> None:
    cold = figures(run(market, "--out", out, "--prices-out", tmp_path / "p.parquet", "--json"))
    again = tmp_path / "again.parquet"
    warm = figures(run(market, "--out", again, "--prices", tmp_path / before, "--json"))
    assert warm["gap"] <= 1e-4
    assert warm["value"] == pytest.approx(cold["value"], rel=2e-4)


def test_gap(market: Path, out: Path) -> None:
    coarse, fine = (
        figures(run(market, "--out", out, "--gap", gap, "--json")) for gap in ("0.2", "1e-6")
    )
    assert fine["gap"] <= 1e-6 < coarse["gap"] <= 0.2


@pytest.mark.parametrize("form", FORMS)
def test_no_pairs_are_no_error(form: str, tmp_path: Path) -> None:
    """Nor is an opening that nobody can have."""
    text = {"person": pl.Series([], dtype=pl.String), "opening": pl.Series([], dtype=pl.String)}
    none = {**text, "score": pl.Series([], dtype=pl.Float32)}
    edges = save(tmp_path / f"e{form}", none)
    target = tmp_path / "r.parquet"
    result = run(edges, "--openings", save(tmp_path / f"o{form}", SEATS), "--out", target)
    assert result.exit_code == 0
    assert "People: 0. Openings: 3, with 2 seats. Possible pairs: 0." in result.stdout
    assert "There are no pairs, so that nobody has a seat." in result.stdout
    assert load(target).columns == ["person", "opening", "score", "price"]
    assert load(target).height == 0


def test_existing_result_is_replaced(edges: Path, out: Path) -> None:
    out.write_text("old")
    assert run(edges, "--out", out).exit_code == 0
    assert load(out).height == 2


def test_same_input_gives_same_bytes(market: Path, tmp_path: Path) -> None:
    for name in "ab":
        run(market, "--out", tmp_path / f"{name}.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_is_cleared(edges: Path, openings: Path, out: Path) -> None:
    screen = Terminal()
    request = AllocateRequest(edges, openings, out, 1e-4, None, None)
    with ProgressLine(quiet=False, stream=screen) as progress, speaking("nl"):
        run_request(request, progress)
    first, *stages, last = screen.getvalue().split("\r\x1b[2K")
    assert (first, last) == ("", "")
    assert stages[:3] == [
        "Paren controleren 0/5 …",
        "Paren sorteren 0/5 …",
        "De plaatsen verdelen …",
    ]
    assert stages[-1] == "Schrijven …"
    assert stages[3].startswith("De plaatsen verdelen: ronde 1, hooguit ")
    assert stages[3].endswith(" % te winnen …")


@pytest.mark.parametrize(
    ("gap", "words"),
    [(1e-9, "0.001"), (8e-5, "0.008"), (8.001e-5, "0.009"), (7.91e-5, "0.008"), (0.5, "50.000")],
)
def test_gap_is_never_told_smaller_than_it_is(gap: float, words: str) -> None:
    assert percent(gap) == words
    with speaking("nl"):
        assert percent(gap) == words.replace(".", ",")


def test_value_and_bound_are_rounded_away_from_each_other() -> None:
    (said,) = Certified(1_234.567, 1_234.571, 3.2e-6, rounds=1).sentences()
    assert said == (
        "Total score: 1,234.56. Nobody can reach more than 1,234.58 with these pairs and seats, "
        "so this is at most 0.001 % below the best possible."
    )


def test_optimum_is_called_so() -> None:
    with speaking("nl"):
        (said,) = Certified(1.5, 1.5, 0.0, rounds=1).sentences()
    assert said == "Totale score: 1,50. Dit is bewezen het best mogelijke."


def test_without_database_and_django(edges: Path, out: Path) -> None:
    """A real process, with an environment in which Django could not be set up."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "katalysator.cli", "allocate", edges, "--out", out],
        env={**environment, "LANG": "nl_NL.UTF-8", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Mogelijke paren: 5." in done.stdout
    assert load(out).height == 2
