"""`katalysator import`: sheets become records in the terminal, as on the pages."""

from pathlib import Path

import pytest

from katalysator.activities.models import Activity
from katalysator.admission.models import Joining
from katalysator.cli.root import cli
from katalysator.coalition.models import Organisation
from katalysator.listings.models import Listing
from tests import builders
from tests.cli.conftest import running

pytestmark = pytest.mark.django_db

run = running(cli)
SHEET = "Nr;Organisatie;Plaats\n1;Voorbeeldlab;Zwolle\n2;Voorbeeldwinkel;Utrecht\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "leden-2026.csv"
    path.write_text(SHEET, "utf-8")
    return path


def test_a_dry_run_only_says_what_would_happen(sheet: Path) -> None:
    done = run("import", "participants", str(sheet), "--dry-run")
    assert (done.exit_code, Organisation.objects.count()) == (0, 0)
    assert "2 new, 0 changed, 0 the same." in done.output


def test_it_asks_first_and_a_no_leaves_nothing(sheet: Path) -> None:
    assert run("import", "participants", str(sheet), answer="n\n").exit_code == 1
    assert Organisation.objects.count() == 0
    assert run("import", "participants", str(sheet), answer="y\n").exit_code == 0
    assert Organisation.objects.count() == 2


def test_a_second_time_shows_what_changes_and_does_nothing_where_nothing_does(sheet: Path) -> None:
    run("import", "participants", str(sheet), "--yes", "--kind", "sme")
    again = run("import", "participants", str(sheet), "--yes")
    assert "0 new, 0 changed, 2 the same." in again.output
    assert "Imported" not in again.output
    sheet.write_text(SHEET.replace("Zwolle", "Kampen"), "utf-8")
    changed = run("import", "participants", str(sheet), "--dry-run")
    assert "Voorbeeldlab: Other than it was: City." in changed.output


def test_rows_to_be_mended_are_written_beside_the_sheet(sheet: Path) -> None:
    sheet.write_text(SHEET + "3;Voorbeeldlab;Ede\n", "utf-8")
    done = run("import", "participants", str(sheet), "--yes")
    assert done.exit_code == 0
    assert "This cannot be told from line 2" in done.output
    assert sheet.with_name("leden-2026.left-out.xlsx").exists()


def test_columns_are_said_and_kept_by_name(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    sheet.write_text("A;B\nVoorbeeldlab;Zwolle\n", "utf-8")
    given = ("import", "participants", str(sheet), "--yes", "--mapping", "leden")
    assert run(*given).exit_code == 2  # no column says what it is about
    assert run(*given, "--column", "name=A", "--column", "city=B").exit_code == 0
    assert Organisation.objects.get().city == "Zwolle"
    sheet.write_text("A;B\nVoorbeeldlab;Kampen\n", "utf-8")
    assert run(*given).exit_code == 0
    assert Organisation.objects.get().city == "Kampen"


def test_people_are_invited(tmp_path: Path) -> None:
    builders.organisation(name="Voorbeeldlab")
    sheet = tmp_path / "mensen.csv"
    sheet.write_text("E-mail;Organisatie\njan@voorbeeld.example;Voorbeeldlab\n", "utf-8")
    assert run("import", "people", str(sheet), "--yes").exit_code == 0
    assert Joining.objects.get().email == "jan@voorbeeld.example"


def test_listings_become_drafts_of_one_participant(tmp_path: Path) -> None:
    owner = builders.organisation()
    sheet = tmp_path / "vragen.csv"
    sheet.write_text("Titel;Omschrijving\nBeelden;Wij zoeken hulp bij beelden.\n", "utf-8")
    given = ("import", "listings", str(sheet), "--yes", "--kind", "need")
    assert run(*given, "--organisation", owner.slug, "--market", "expertise").exit_code == 0
    assert Listing.objects.get().state == "draft"
    for slug, market in (("atlantis", "expertise"), (owner.slug, "nowhere")):
        done = run(*given, "--organisation", slug, "--market", market)
        assert (done.exit_code, "There is no" in done.output) == (2, True)


def test_activities_become_drafts_of_who_is_named(tmp_path: Path) -> None:
    owner = builders.organisation(name="Voorbeeldlab")
    sheet = tmp_path / "agenda.csv"
    rows = ("Titel;Begint;Duur;Organisator;Tekst", "Scans;1-9-2027 14:00;2 uur;Voorbeeldlab;Lezen.")
    sheet.write_text("\n".join(rows), "utf-8")
    given = ("import", "activities", str(sheet), "--yes")
    assert run(*given, "--organisation", "atlantis").exit_code == 2
    assert "1 new, 0 changed, 0 the same." in run(*given, "--kind", "lecture").output
    made = Activity.objects.get()
    assert (made.organisation, made.kind, made.state) == (owner, "lecture", "draft")


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "leeg.csv"
    sheet.write_bytes(b"%PDF-1.7")
    done = run("import", "participants", str(sheet), "--yes")
    assert (done.exit_code, "no table" in done.output) == (2, True)
