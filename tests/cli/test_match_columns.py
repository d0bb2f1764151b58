"""What columns are taken for: told, asked where it is in doubt, said by the user, kept for next time."""

import json
import os
import pty
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from katalysator.cli.offline import match
from tests.cli.tables import Read, Run
from tests.matches.sheets import listings_in

NEEDS = (
    "Ons nr;Onderwerp;Wat is precies uw vraag?;Thema / expertise;Waar;Opmerkingen intern;Kleur\n"
    "V-1;Bodemdata;Wie heeft er gegevens over de bodem onder akkers?;bodem;Ede;bellen!;rood\n"
    "V-2;Drones;Wie kan ons helpen om met drones naar akkers te kijken?;beeld;Utrecht;;blauw\n"
)
KINDS = ("id", "title", "text", "areas", "region", "-", "-")
DOUBTED = "Thema / expertise"


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "vragen.csv"
    path.write_text(NEEDS, "utf-8")
    return path


def fields_in(path: Path, **said: str) -> dict[str, str]:
    found = listings_in(path, None, "need", **said)
    return {use.header: use.field for use in found.read.recognised.uses}


# --- told ----------------------------------------------------------------------------------------


def test_columns_are_known_by_what_people_call_them(asked: Path) -> None:
    assert tuple(fields_in(asked).values()) == KINDS


def test_what_each_column_was_taken_for_is_told_with_an_example(
    run: Run, asked: Path, offers: Path, out: Path
) -> None:
    """A guess has a question mark."""
    lines = run(asked, offers, "--out", out).stdout.splitlines()
    assert lines[:8] == [
        f"{asked}, header on line 1:",
        "  Ons nr                    id      V-1",
        "  Onderwerp                 title   Bodemdata",
        "  Wat is precies uw vraag?  text    Wie heeft er gegevens over de bodem…",
        "  Thema / expertise         areas?  bodem",
        "  Waar                      region  Ede",
        "  Not used: Opmerkingen intern, Kleur.",
        f"{offers}, header on line 1:",
    ]


def test_rows_around_the_table_are_told(
    run: Run, offers: Path, out: Path, tmp_path: Path, written: Read
) -> None:
    path = tmp_path / "n.csv"
    text = "Vragen 2026;;\n;;\nNr;Titel;Plaats\n1;Een;Ede\n2;Twee;Ede\nTotaal;2;\nNr;Titel;Plaats\n"
    path.write_text(text, "utf-8")
    said = run(path, offers, "--out", out).stdout
    assert f"{path}, header on line 3:\n" in said
    assert "  No record, lines 6: totals.\n" in said
    assert "  No record, lines 7: the header again.\n" in said
    assert {row["need"] for row in written(out)} == {"1", "2"}


# --- said ----------------------------------------------------------------------------------------


def test_a_column_that_is_said_goes_before_what_is_recognised(asked: Path) -> None:
    said = fields_in(asked, skills=DOUBTED)
    assert said[DOUBTED] == "skills"
    assert [name for header, name in said.items() if header != DOUBTED] == [
        name for name in KINDS if name != "areas"
    ]


def test_a_column_may_be_said_to_hold_nothing(
    run: Run, asked: Path, offers: Path, out: Path, written: Read
) -> None:
    result = run(asked, offers, "--out", out, "--needs-column", "-=ons nr")
    assert "  Not used: Ons nr, Opmerkingen intern, Kleur." in result.stdout
    assert {row["need"] for row in written(out)} == {"2", "3"}


@pytest.mark.parametrize("name", ["vaardigheden", "Skills", "SKILL"])
def test_a_field_may_be_called_as_its_columns_are(
    run: Run, asked: Path, offers: Path, out: Path, name: str
) -> None:
    said = run(asked, offers, "--out", out, "--needs-column", f"{name}={DOUBTED}").stdout
    assert "  Thema / expertise         skills  bodem" in said


def test_two_columns_cannot_be_one_field(run: Run, asked: Path, offers: Path, out: Path) -> None:
    both = ("--needs-column", "region=Waar", "--needs-column", "region=Kleur")
    result = run(asked, offers, "--out", out, *both)
    assert result.exit_code == 2
    assert "“Kleur” is the second column that is said to be “region”." in result.stderr
    assert not out.exists()


# --- kept ----------------------------------------------------------------------------------------


@pytest.fixture
def kept(config: Path) -> Path:
    """Where the mapping “stad” is kept."""
    return config / "katalysator" / "mappings" / "stad.json"


def test_a_mapping_is_kept_and_used_for_the_next_sheet(
    run: Run, asked: Path, offers: Path, out: Path, kept: Path
) -> None:
    said = ("--needs-column", f"skills={DOUBTED}")
    first = run(asked, offers, "--out", out, "--mapping", "stad", *said)
    assert "What the columns hold is kept: --mapping “stad”." in first.stdout
    assert json.loads(kept.read_text("utf-8"))["need"][DOUBTED] == "skills"
    assert "skills  bodem" in run(asked, offers, "--out", out, "--mapping", "stad").stdout
    assert "areas?  bodem" in run(asked, offers, "--out", out).stdout


def test_a_mapping_is_for_sheets_with_fewer_columns_too(
    run: Run, asked: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(asked, offers, "--out", out, "--mapping", "stad")
    fewer = tmp_path / "minder.csv"
    fewer.write_text("Onderwerp;Plaats\nBodemdata;Ede\nDrones;Ede\n", "utf-8")
    result = run(fewer, offers, "--out", out, "--mapping", "stad")
    assert result.exit_code == 0, result.output
    assert "  Plaats     region  Ede" in result.stdout


def test_a_column_that_was_empty_is_known_when_it_is_filled(
    run: Run, offers: Path, out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "n.csv"
    path.write_text("Titel;Regio\nBodemdata;\nDrones;\n", "utf-8")
    run(path, offers, "--out", out, "--mapping", "stad")
    path.write_text("Titel;Regio\nBodemdata;Ede\nDrones;Ede\n", "utf-8")
    said = run(path, offers, "--out", out, "--mapping", "stad").stdout
    assert "  Regio  region  Ede" in said


def test_what_is_said_now_goes_before_what_was_kept(
    run: Run, asked: Path, offers: Path, out: Path
) -> None:
    said = ("--needs-column", f"skills={DOUBTED}")
    run(asked, offers, "--out", out, "--mapping", "stad", *said)
    other = ("--needs-column", f"areas={DOUBTED}")
    assert "areas   bodem" in run(asked, offers, "--out", out, "--mapping", "stad", *other).stdout


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"need": 1, "offer": 2}', '{"need": {'])
def test_a_mapping_that_is_broken_is_refused(
    run: Run, asked: Path, offers: Path, out: Path, kept: Path, content: str
) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text(content, "utf-8")
    result = run(asked, offers, "--out", out, "--mapping", "stad")
    assert result.exit_code == 2
    assert result.stderr == (
        f"--mapping: The mapping “stad” cannot be read. Remove the file {kept}: it is made again.\n"
    )
    assert not out.exists()


@pytest.mark.parametrize("name", ["../stad", "/stad", "", "s" * 70, "a\nb"])
def test_a_name_that_a_mapping_cannot_have(
    run: Run, asked: Path, offers: Path, out: Path, name: str
) -> None:
    result = run(asked, offers, "--out", out, f"--mapping={name}")
    if name:
        assert result.exit_code == 2
        assert "cannot be the name of a mapping. Use letters, digits, spaces" in result.stderr
    else:
        assert result.exit_code == 0  # as if nothing were asked


def test_a_refusal_keeps_no_mapping(
    run: Run, offers: Path, out: Path, tmp_path: Path, kept: Path
) -> None:
    (tmp_path / "n.csv").write_text("id,region\n1,Ede\n")
    assert run(tmp_path / "n.csv", offers, "--out", out, "--mapping", "stad").exit_code == 2
    assert not kept.exists()


# --- asked ---------------------------------------------------------------------------------------


Sit = Callable[..., tuple[str, str]]


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sit:
    """What the command prints, and what it asks, where a person sits at a terminal and types this."""

    def sit(answer: str, *words: object) -> tuple[str, str]:
        ours, theirs = pty.openpty()
        os.write(ours, answer.encode())
        with (
            os.fdopen(theirs, encoding="utf-8") as typed,
            os.fdopen(os.dup(theirs), "w", encoding="utf-8") as shown,
        ):
            monkeypatch.setattr(sys, "stdin", typed)
            monkeypatch.setattr(sys, "stderr", shown)
            match.main([*map(str, words), "--careful", "no"], standalone_mode=False)
        return capsys.readouterr().out, "".join(_read(ours))

    return sit


def _read(terminal: int) -> Sequence[str]:
    parts = []
    try:
        while part := os.read(terminal, 1 << 16):
            parts.append(part.decode("utf-8", "replace"))
    except OSError:  # nobody is at the other end any more
        pass
    os.close(terminal)
    return parts


def test_at_a_terminal_it_is_asked_what_a_column_in_doubt_holds(
    at_a_terminal: Sit, asked: Path, offers: Path, out: Path
) -> None:
    printed, question = at_a_terminal("skills\n", asked, offers, "--out", out, "--quiet")
    assert f"{asked}: what does column “{DOUBTED}” hold, such as “bodem”?" in question
    assert "Choose (areas, skills, -) [areas]:" in question
    assert "  Thema / expertise         skills  bodem" in printed


def test_the_first_choice_is_the_best_guess(
    at_a_terminal: Sit, asked: Path, offers: Path, out: Path
) -> None:
    printed, _ = at_a_terminal("\n", asked, offers, "--out", out, "--quiet")
    assert "  Thema / expertise         areas   bodem" in printed


def test_what_was_answered_is_kept_and_not_asked_again(
    at_a_terminal: Sit, asked: Path, offers: Path, out: Path
) -> None:
    words = (asked, offers, "--out", out, "--quiet", "--mapping", "stad")
    assert "Choose" in at_a_terminal("-\n", *words)[1]
    printed, question = at_a_terminal("", *words)
    assert question.strip() == ""
    assert "  Not used: Thema / expertise, Opmerkingen intern, Kleur." in printed


def test_with_yes_nothing_is_asked(
    at_a_terminal: Sit, asked: Path, offers: Path, out: Path
) -> None:
    printed, question = at_a_terminal("", asked, offers, "--out", out, "--quiet", "--yes")
    assert question.strip() == ""
    assert "areas?  bodem" in printed


def test_where_nobody_sits_nothing_is_asked(run: Run, asked: Path, offers: Path, out: Path) -> None:
    result = run(asked, offers, "--out", out, answer="skills\n")
    assert "Choose" not in result.output
    assert "areas?  bodem" in result.stdout
