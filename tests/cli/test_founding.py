"""`katalysator init`: asked until it can be used, shown before it is done, and done as a whole or not at all."""

from pathlib import Path

import pytest

from katalysator.cli.root import cli
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.models import Area
from katalysator.core import purpose
from katalysator.core.models import Event
from tests.cli.conftest import running

pytestmark = pytest.mark.django_db

run = running(cli)

FILE = """
name = "AI-coalitie Noord"
contact = "bureau@noord.example"
areas = ["energie", "Sport | Sports"]
hubs = ["Hub Noord | Groningen, Drenthe"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "coalition.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_file_answers_and_a_second_time_changes_nothing(file: Path) -> None:
    done = run("init", "--from", str(file), "--yes")
    assert done.exit_code == 0, done.output
    assert "Name of the coalition: – → AI-coalitie Noord" in done.output
    assert "  + sport = Sport | Sports" in done.output
    assert [each.slug for each in Area.objects.all()] == ["energie", "sport"]
    again = run("init", "--from", str(file), "--yes")
    assert again.output == "Nothing would be otherwise.\n"
    assert Event.objects.count() == 1


def test_a_no_leaves_everything_as_it_was(file: Path) -> None:
    done = run("init", "--from", str(file), answer="n\n")
    assert done.exit_code == 1
    assert not Coalition.objects.exists()
    assert Area.objects.count() == 17


def test_a_bad_answer_is_asked_again_with_the_reason() -> None:
    answers = ["", "AI-coalitie Noord", "nl tlh", "nl", "", "Hub | Atlantis", "", "", ""]
    answers += ["nergens", "bureau@noord.example", *[""] * 10, "", "y"]
    done = run("init", answer="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for reason in (
        "This cannot be left out.",
        "There are no pages in “tlh”.",
        "“nergens” is not an e-mail address.",
    ):
        assert done.output.count(reason) == 1
    made = Coalition.objects.get()
    assert (made.name, made.languages) == ("AI-coalitie Noord", ["nl"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "This is no TOML"),
        ('colour = "red"', "There is no question “colour”"),
        ("name = 3", "neither a text nor a list"),
        ('name = "Noord"\ncontact = "nergens"', "contact: “nergens” is not an e-mail address"),
    ],
)
def test_a_bad_file_is_refused_at_its_place(file: Path, text: str, told: str) -> None:
    file.write_text(text, "utf-8")
    done = run("init", "--from", str(file), "--yes")
    assert (done.exit_code, Coalition.objects.exists()) == (2, False)
    assert told in done.output


def test_the_example_is_not_founded_anew(file: Path) -> None:
    purpose.claim(is_example=True)
    assert run("init", "--from", str(file), "--yes").exit_code == 1
