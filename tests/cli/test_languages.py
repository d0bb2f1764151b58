"""What a command says comes through the catalogue, all of it, in whatever language that is."""

import ast
import inspect
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result
from django.test import override_settings
from openpyxl import load_workbook

from katalysator import postgres
from katalysator.cli import click_words, serving
from katalysator.cli.match.weights_file import as_json
from katalysator.cli.offline import allocate, learn, match
from katalysator.cli.root import cli
from katalysator.core.language import languages, speaking
from katalysator.engine.matching import Weights
from katalysator.listings.sheets import FIELDS
from katalysator.site.demo import logins
from tests import builders
from tests.cli.allocating import save
from tests.cli.conftest import running
from tests.cli.tables import NEEDS, OFFERS, Write
from tests.languages import PSEUDO, Page, bracketed, outside, speaking_also

ENVIRONMENT = {"LANG": f"{PSEUDO}.UTF-8"}
_TAKEN = re.compile(
    rf"^  \w+ +(?:{'|'.join((*(each.name for each in FIELDS), 'need', 'offer', 'accepted'))})\??(?: .*)?$",
    re.MULTILINE,
)
"""A line that says what a column was taken for, with an example: words of the sheet."""
TEXTS = ("title", "text", "areas", "region_required", "skills")


@pytest.fixture(autouse=True)
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The house speaks a language in which every text of ours stands between brackets."""
    for command in (cli, *cli.commands.values()):
        monkeypatch.setattr(
            command, "_help_option", None
        )  # which click keeps, in the first language
    for _eo in speaking_also(tmp_path / "locale", PSEUDO):
        for option in match.params:
            if option.name == "language":
                monkeypatch.setattr(option, "type", click.Choice(languages()))
        yield


def unread(result: Result, folder: Path, *known: str) -> list[str]:
    """The words that a command says outside the brackets, but for the names of files."""
    said = _TAKEN.sub("", result.output.replace(f"{folder}/", ""))
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


def test_nothing_that_match_says_of_how_it_read_goes_around_the_catalogue(
    tmp_path: Path, needs: Path, offers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("katalysator.cli.match.reading.CAREFUL_TEXTS", 0)
    weights = tmp_path / "w.json"
    weights.write_text(as_json(Weights.with_careful()), "utf-8")
    asked = (needs, offers, "--out", tmp_path / "m.csv", "--weights", weights)
    assert unread(running(match)(*asked, env=ENVIRONMENT), tmp_path) == []


def test_nothing_that_is_wrong_with_a_table_goes_around_the_catalogue(
    tmp_path: Path, write_csv: Write, offers: Path
) -> None:
    needs = write_csv("n.csv", [{"id": "1", "title": "", "region": "-"}])
    result = running(match)(needs, offers, "--out", tmp_path / "m.csv", env=ENVIRONMENT)
    assert result.exit_code == 2
    assert unread(result, tmp_path) == []


def test_nothing_that_is_found_in_a_table_goes_around_the_catalogue(
    tmp_path: Path, write_csv: Write, offers: Path
) -> None:
    """On the screen, and in the files that are written beside the result."""
    columns = ("region", "language", "capacity", "ticket_min", "period_start", "region_required")
    odd = dict.fromkeys(columns, bracketed("Q"))
    row = {"id": bracketed("x"), "title": bracketed("y"), "text": "", **odd}
    rows = [row, row, {**row, "id": "2", "text": "#REF!"}, {**row, "id": "3", "title": "-"}]
    result = running(match)(
        write_csv("n.csv", rows), offers, "--out", tmp_path / "m.csv", env=ENVIRONMENT
    )
    assert result.exit_code == 0, result.output
    known = (*columns, "REF", "id", "text")
    assert unread(result, tmp_path, *known) == []
    findings = (tmp_path / "m.findings.csv").read_text("utf-8-sig").replace(str(tmp_path), "")
    assert outside(findings, "n.csv", *known) == []
    sheet: Any = load_workbook(tmp_path / "m.left-out-needs.xlsx").active
    assert outside(f"{sheet.title} {sheet['A1'].value} {sheet['A2'].value}") == []


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
    assert unread(result, tmp_path, "csv", "score") == []  # the column that it stands in


katalysator = running(cli)
ADDRESS = "lid@voorbeeld.example"


def strange(*words: object, answer: str = "", known: tuple[str, ...] = ()) -> list[str]:
    """The words that a command says outside the brackets, but for its own and those given."""
    result = katalysator(*words, env=ENVIRONMENT, answer=answer)
    assert "⟦" in result.output, result.output
    return outside(result.output, "katalysator", "cli", *map(str, words), *known)


@pytest.mark.django_db
def test_nothing_that_is_said_of_who_comes_and_goes_goes_around_the_catalogue() -> None:
    assert strange("register", "lab", "Voorbeeldlab") == []
    assert strange("register", "la", "Lab", "--region", "Atlantis") == []
    twice = "een-lang-woord\nanders\n" + "een-lang-woord\n" * 2
    assert strange("admit", ADDRESS, "--organisation", "lab", answer=twice) == []
    assert strange("admit", ADDRESS, "--organisation", "nobody", "--password", "geheim") == []
    builders.person(email="iemand@voorbeeld.example")
    assert strange("erase", ADDRESS, answer="?\ny\n") == []
    assert strange("erase", "niemand@voorbeeld.example", answer="n\n") == []
    assert strange("erase", "niemand@voorbeeld.example", "--yes") == []


@pytest.mark.django_db
def test_nothing_that_is_said_of_the_trail_goes_around_the_catalogue(tmp_path: Path) -> None:
    assert strange("audit", "verify") == []
    assert strange("audit", "head", "--out", tmp_path / "h.json") == []
    assert strange("audit", "head", "--out", tmp_path / "h.txt", known=("json",)) == []
    assert strange("audit", "verify", "--head", tmp_path / "none", known=("[OPTIONS]",)) == []


def test_nothing_that_is_said_of_the_database_goes_around_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tuple(postgres.status(os.environ["DATABASE_URL"]).databases)
    assert strange("db", "status", known=("DATABASE_URL", *names)) == []
    target, rubbish = tmp_path / "x.dump", tmp_path / "rubbish"
    assert strange("db", "dump", target) == []
    assert strange("db", "dump", target) == []
    assert strange("db", "restore", target, answer="n\n") == []
    rubbish.write_text("SELECT 1;")
    said = "pg_restore: error: input file does not appear to be a valid archive"
    assert strange("db", "restore", rubbish, known=(said, "too short", "read", "expected")) == []
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("KATALYSATOR_DATA", str(tmp_path))
    assert strange("db", "status", known=(str(tmp_path), "postgres")) == []


def test_nothing_that_the_doctor_says_goes_around_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("KATALYSATOR_DATA", str(tmp_path))
    tmp_path.chmod(0o755)
    known = (str(tmp_path), str(tmp_path.resolve()), "pgvector", "HTTPS", "NTP")
    with override_settings(ALLOWED_HOSTS=["*"], SECRET_KEY="kort"):
        assert strange("doctor", known=known) == []


def test_nothing_that_is_said_of_a_taken_port_goes_around_the_catalogue() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        reason = "Address already in use"
        assert strange("serve", "--port", port, known=(reason,)) == []
        assert strange("demo", "--port", port, known=(reason,)) == []


def test_nothing_that_the_example_says_goes_around_the_catalogue(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with speaking(PSEUDO):
        serving._show_logins("127.0.0.1", 8000)
    addresses = [address for _role, address in logins.LOGINS]
    assert outside(capsys.readouterr().out, "http", logins.PASSWORD, *addresses) == []


@pytest.mark.parametrize(
    "words",
    [
        "match",
        "match README.md README.md",
        "match absent absent",
        "match README.md README.md README.md",
        "match src src",
        "match --top x",
        "match --top 0",
        "match --least x",
        "match --top",
        "match --reasons=1",
        "match --on tomorrow",
        "match --ou",
        "match --absent",
        "allocate README.md --out x --method other",
        "absent",
        "mach",
        "db",
        "db absent",
        "serve --port 99999",
    ],
)
def test_nothing_that_click_says_goes_around_the_catalogue(words: str) -> None:
    metavars = "[OPTIONS] COMMAND [ARGS]... NEEDS OFFERS OUT EDGES match optimal stable --on --out"
    told = katalysator(*words.split(), env=ENVIRONMENT)
    assert told.exit_code == 2
    said = told.output.partition("⟦Commands⟧")[0].replace("--help", "")
    docstring = "Look at the database, write it to a file, or put a file back."
    known = ("cli", *words.split(), *metavars.split(), docstring, "--top", "%Y-%m-%d")
    assert outside(said, *known) == []


def test_the_words_of_click_are_those_that_it_has_today() -> None:
    folder = Path(click.__file__).parent
    known = {
        node.value
        for module in folder.glob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    ours = ast.parse(inspect.getsource(click_words))
    calls = [node for node in ast.walk(ours) if isinstance(node, ast.Call)]
    texts = {text.value for call in calls for text in call.args if isinstance(text, ast.Constant)}
    assert {text for text in texts if isinstance(text, str)} <= known


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
    assert "\nVragen: 3. Aanbod: 3.\n" in result.stdout
    assert f"Geschreven naar {out}." in result.stdout
