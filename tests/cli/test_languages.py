"""What a command says comes through the catalogue, all of it, in whatever language that is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import Result

from katalysator.cli.allocate.command import allocate
from katalysator.cli.learn.command import learn
from katalysator.cli.match.command import match
from katalysator.core.language import languages
from katalysator.engine.matching import Weights
from tests.cli.allocating import save
from tests.cli.conftest import running
from tests.cli.tables import NEEDS, OFFERS, Write
from tests.languages import PSEUDO, Page, bracketed, outside, speaking_also

ENVIRONMENT = {"LANG": f"{PSEUDO}.UTF-8"}
TEXTS = ("title", "text", "areas", "region_required", "skills")


@pytest.fixture(autouse=True)
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The house speaks a language in which every text of ours stands between brackets."""
    for _eo in speaking_also(tmp_path / "locale", PSEUDO, lambda _message: True):
        for option in match.params:
            if option.name == "language":
                monkeypatch.setattr(option, "type", click.Choice(languages()))
        yield


def unread(result: Result, folder: Path, *known: str) -> list[str]:
    """The words that a command says outside the brackets, but for the names of files."""
    said = result.output.replace(f"{folder}/", "")
    assert "⟦" in said
    files = sorted(path.name for path in folder.iterdir())
    return outside(said, *files, *known)


def sides(write_csv: Write) -> tuple[Path, Path]:
    """Two tables with much to be told of them."""
    named = [
        [
            {**row, **{name: bracketed(str(row.get(name, ""))) for name in ("title", "text")}}
            for row in rows
        ]
        for rows in (NEEDS, OFFERS)
    ]
    needs = [
        *named[0],
        {"id": "N4", "title": bracketed("<b>x</b>"), "market": "teaching", "level": "hbo"},
    ]
    needs += [{"id": "N5", "title": bracketed("y"), "period_end": "2020-01-01", "strange": "1"}]
    offers = [*named[1], {"id": "O4", "title": bracketed("z"), "kind": "need"}]
    return write_csv("needs.csv", needs), write_csv("offers.csv", offers)


def test_nothing_that_match_says_goes_around_the_catalogue(
    tmp_path: Path, write_csv: Write
) -> None:
    run, out = running(match), tmp_path / "m.html"
    arguments = (*sides(write_csv), "--out", out, "--on", "2026-01-01", "--language", PSEUDO)
    result = run(*arguments, env=ENVIRONMENT)
    assert result.exit_code == 0, result.output
    assert unread(result, tmp_path, "strange") == []
    areas = ("zorg", "landbouw", "Utrecht", "Zeeland", "python")
    assert Page(out.read_text("utf-8")).outside(*areas) == []
    result = run(*arguments[:2], "--out", tmp_path / "m.txt", env=ENVIRONMENT)
    assert result.exit_code == 2
    assert unread(result, tmp_path, "xlsx", "csv", "json", "html", "parquet", "txt") == []


def test_nothing_that_is_wrong_with_a_table_goes_around_the_catalogue(
    tmp_path: Path, write_csv: Write, offers: Path
) -> None:
    columns = ("region", "language", "capacity", "ticket_min", "period_start", "region_required")
    rows = [{"id": "", "title": "", **dict.fromkeys(columns, "?")}] * 2
    result = running(match)(
        write_csv("n.csv", rows), offers, "--out", tmp_path / "m.csv", env=ENVIRONMENT
    )
    assert result.exit_code == 2
    assert unread(result, tmp_path, *columns, "id", "title") == []


def test_nothing_that_learn_says_goes_around_the_catalogue(
    tmp_path: Path, needs: Path, offers: Path, write_csv: Write
) -> None:
    pairs = [("N1", "O1", "yes"), ("N2", "O2", "yes"), ("N1", "O2", "no"), ("N3", "O3", "")]
    met = write_csv(
        "met.csv", [dict(zip(("need", "offer", "accepted"), pair, strict=True)) for pair in pairs]
    )
    result = running(learn)(needs, offers, met, "--out", tmp_path / "w.json", env=ENVIRONMENT)
    assert result.exit_code == 0, result.output
    assert unread(result, tmp_path, *(each.name for each in fields(Weights))) == []


@pytest.mark.parametrize("method", ["optimal", "stable"])
def test_nothing_that_allocate_says_goes_around_the_catalogue(tmp_path: Path, method: str) -> None:
    people = [f"{n}" for n in range(40)]
    edges = {
        "person": people,
        "opening": ["x", "y"] * 20,
        "score_person": [0.5] * 40,
        "score_opening": [0.5] * 40,
    }
    pairs = save(tmp_path / "e.parquet", edges)
    groups = save(
        tmp_path / "g.parquet", {"person": people, "part": ["1"] * 20 + ["2"] * 15 + ["3"] * 5}
    )
    run = running(allocate)
    asked = (
        pairs,
        "--out",
        tmp_path / "r.parquet",
        "--method",
        method,
        "--compare",
        "--groups",
        groups,
    )
    result = run(*asked, env=ENVIRONMENT)
    assert result.exit_code == 0, result.output
    assert unread(result, tmp_path, "optimal", "stable", "greedy", "part") == []
    bad = save(
        tmp_path / "b.csv", {"person": ["1", ""], "opening": ["x", "x"], "score": ["-1", "?"]}
    )
    result = run(bad, "--out", tmp_path / "r.parquet", env=ENVIRONMENT)
    assert result.exit_code == 2
    assert unread(result, tmp_path, "csv") == []


def test_a_command_from_a_checkout_speaks_dutch(tmp_path: Path, needs: Path, offers: Path) -> None:
    """A real process, without Django, in the language of its environment."""
    out = tmp_path / "m.csv"
    command = [sys.executable, "-m", "katalysator.cli", "match", needs, offers, "--out", out]
    spoken = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "nl_NL.UTF-8", "PYTHONUTF8": "1"}
    result = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **spoken},
        check=True,
    )
    assert result.stdout.startswith("Vragen: 3. Aanbod: 3.\n")
    assert f"Geschreven naar {out}." in result.stdout
