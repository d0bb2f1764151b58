"""Everything can be taken along: whole, harmless, without people unless they are asked for, and given back."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from katalysator.cli.root import cli
from katalysator.coalition.founding.verbs import take_along
from katalysator.coalition.models import Area, Membership, Organisation
from katalysator.core.exports import exported_models
from katalysator.core.models import Event
from katalysator.core.translated import Translated
from tests import builders
from tests.attack.steps import inside
from tests.cli.conftest import running
from tests.importing.steps import counts, looked

pytestmark = pytest.mark.django_db

run = running(cli)
LEFT = {
    "core.Purpose": "of one database",
    "core.Change": "made anew",
    "readings.PublicWord": "made anew",
    "importing.KeptSheet": "of one person, for hours",
    "activities.CalendarKey": "opens something",
    "tokens.Token": "opens something",
    "dataspace.Agreement": "between two participants",
    "dataspace.AgreementSignature": "between two participants",
    "dataspace.AgreementText": "between two participants",
    "dataspace.ArrivedData": "a file that is fetched under its terms",
    "dataspace.Connector": "signs something",
    "dataspace.DataSource": "a file that is fetched under its terms",
    "dataspace.DataUse": "between two participants",
    "dataspace.Dataset": "told by its catalogue",
    "dataspace.DatasetVersion": "told by its catalogue",
    "dataspace.DatasetOffer": "told by its catalogue",
    "dataspace.FoundDataset": "read again from where it lives",
    "dataspace.HarvestedPage": "for minutes",
    "dataspace.HarvestSource": "of this site",
    "dataspace.HeardToken": "for minutes",
    "dataspace.Negotiation": "between two participants",
    "dataspace.Partner": "of this site",
    "dataspace.PolicyDecision": "of who asked and who shares",
    "dataspace.ProtocolExchange": "between two participants",
    "dataspace.SharingCanvas": "told by its catalogue",
    "dataspace.Transfer": "between two participants",
    "talent.SkillProfile": "of one person, who takes it along",
    "talent.ProfileOccupation": "of one person, who takes it along",
    "talent.ProfileSkill": "of one person, who takes it along",
    "talent.SkillEvidence": "of one person, who takes it along",
    "talent.ProfileConsent": "of one person",
    "talent.ProfileLook": "of one person",
    "talent.ConceptDescription": "taken in from files",
    "talent.Consultation": "between an organisation and people",
    "talent.ConsultedPerson": "of people",
    "talent.LearningStage": "by a digest that is of this site alone",
    "talent.ListStop": "of this site",
    "talent.TitleMeasurement": "of this site",
    "talent.Objection": "between people and the bureau",
    "talent.TaxonomyVersion": "taken in from files",
    "talent.VolunteeredGroup": "of one person, for one report",
    "webhooks.Webhook": "signs something",
    "webhooks.Delivery": "forgotten in a month",
    "notices.LetterChoice": "of one person",
    "notices.WaitingLetter": "of one person, for days",
    "notices.SummarySent": "of one person",
    "notices.ReturnedMail": "of one address",
    "boards.SavedSearch": "of one person",
    "bureau.Bulk": "to be undone here",
    "bureau.BulkLine": "to be undone here",
    "bureau.MailingLetter": "of one person",
    "readings.Reading": "made anew",
    "readings.CarefulEncoder": "made anew",
    "readings.CarefulReading": "made anew",
    "readings.ModelTrouble": "of one machine",
    "readings.LexiconSnapshot": "made anew",
    "matches.MarketEntry": "made anew",
    "matches.PairJudgement": "made anew",
    "matches.ToldMatch": "what programs were told here",
    "matches.MarketAllocation": "made anew",
    "introductions.KeptApart": "of the bureau, for a while",
    "introductions.MeetingPause": "of who manages an organisation",
    "introductions.NeverMeet": "of who manages an organisation",
    "introductions.NextStep": "between parties",
    "introductions.ThreadMessage": "between parties",
    "rounds.MeetingGuest": "of people",
    "rounds.MeetingTalk": "between people",
    "rounds.MeetingWish": "between people",
    "talent.Cohort": "people of one employer, which it keeps for itself",
    "rounds.RoundCandidate": "reckoned anew with each round",
    "rounds.RoundOrder": "of whose need or offer it is, and of nobody else",
    "rounds.RoundRuling": "what came of it stands in the pairs",
    "rounds.RoundShortfall": "reckoned anew with each round",
    "grades.LearningRefusal": "made anew",
    "talent.Figure": "taken in from files",
    "talent.FigureSet": "taken in from files",
    "talent.TaxonomyUpload": "of one person, until it is read",
    "talent.WorkGroup": "taken in from files",
}
"""What is not taken along, and why."""


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def a_coalition() -> Organisation:
    lab = builders.organisation(
        name="=Voorbeeldlab", other_names=["VL", "Lab, het"], kvk="12345678", region="NL21", city="Zwolle",
        website="https://lab.example/", contact="info@lab.example", blocks=["talent", "data"],
        about=Translated(nl="Wij maken\nmodellen; en meer.", en="We make models."), mail_domains=["lab.example"],
        is_founding=True, ror="04pp8hn57",
    )  # fmt: skip
    lab.areas.set(Area.objects.filter(slug__in=["zorg", "energie"]))
    builders.organisation(name="Alleen bekend", state="listed")
    builders.organisation(name="Weg", state="left")
    member = builders.person(lab, email="geheim@lab.example")
    Membership.objects.filter(person=member).update(name="Geheime Naam", function="x")
    builders.draft(lab, title="Een vraag")
    builders.draft(member, title="Uit eigen naam, geheim")
    builders.application(email="geheim2@lab.example")
    builders.joining(lab, email="geheim3@lab.example")
    return lab


def test_every_table_is_taken_along_or_left_for_a_reason() -> None:
    ours = [each for each in apps.get_models() if each.__module__.startswith("katalysator")]
    left = {each._meta.label for each in ours if each not in exported_models()}
    assert left == set(LEFT)


def test_the_description_tells_what_is_there(tmp_path: Path) -> None:
    a_coalition()
    take_along(tmp_path, by=builders.HOUSE)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for each in package["resources"]:
        file = tmp_path / each["path"]
        assert file.stat().st_size == each["bytes"]
        names = [field["name"] for field in each["schema"]["fields"]]
        if each["format"] == "csv":
            with file.open(encoding="utf-8-sig", newline="") as opened:
                assert next(csv.reader(opened)) == names
        else:
            lines = file.read_text("utf-8").splitlines()
            assert all(list(json.loads(line)) == names for line in lines)
    assert {path.name for path in tmp_path.iterdir()} == {
        "datapackage.json",
        *(each["path"] for each in package["resources"]),
    }


def test_nothing_of_people_comes_along_unless_it_is_asked(tmp_path: Path) -> None:
    a_coalition()
    take_along(tmp_path, by=builders.HOUSE)
    all_of_it = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "eheim" not in all_of_it
    assert "info@lab.example" in all_of_it  # everybody sees it anyway
    assert not (tmp_path / "people.csv").exists()
    folder = tmp_path / "people"
    folder.mkdir()
    take_along(folder, by=builders.HOUSE, with_people=True)
    (person,) = rows(folder, "people")
    assert person["email"] == "geheim@lab.example"
    assert "password" not in person
    assert rows(folder, "memberships")[0]["name"] == "Geheime Naam"
    assert len(rows(tmp_path, "listings")) == 1
    own = rows(folder, "listings")[1]
    assert (own["title"], own["person_id"]) == ("Uit eigen naam, geheim", person["id"])
    told = Event.objects.filter(verb="coalition.take-along").order_by("pk")
    assert [each.after["people"] for each in told] == [False, True]


def test_formulas_are_harmless_in_spreadsheets_and_as_written_for_programs(tmp_path: Path) -> None:
    a_coalition()
    take_along(tmp_path, by=builders.HOUSE)
    assert rows(tmp_path, "organisations")[0]["name"] == "'=Voorbeeldlab"
    first = (tmp_path / "organisations.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(first)["name"] == "=Voorbeeldlab"


def test_participants_that_were_taken_along_change_nothing_when_they_come_back(
    tmp_path: Path,
) -> None:
    a_coalition()
    take_along(tmp_path, by=builders.HOUSE)
    plan = looked("participants", (tmp_path / "organisations.csv").read_bytes())[1]
    changed = {each.record.name: each.changes for each in plan.rows if each.changes}
    assert (counts(plan), changed) == ((0, 0, 3, 0), {})


def test_queries_do_not_grow_with_the_rows(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    for _number in range(5):
        a_lab = builders.organisation()
        a_lab.areas.set(Area.objects.filter(slug="zorg"))
    with django_assert_max_num_queries(57):  # type: ignore[operator]
        take_along(tmp_path, by=builders.HOUSE)


def test_the_bureau_downloads_it(client: Client) -> None:
    a_coalition()
    bureau = inside(builders.person(is_coordinator=True))
    assert "Take everything along" in bureau.get("/en/bureau/export/").content.decode()
    answer = bureau.post("/en/bureau/export/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert "organisations.csv" in archive.namelist()
    assert "people.csv" not in archive.namelist()


def test_the_terminal_writes_a_folder_or_an_archive_and_over_nothing(tmp_path: Path) -> None:
    a_coalition()
    for target in (tmp_path / "uit", tmp_path / "uit.zip"):
        done = run("export", str(target))
        assert (done.exit_code, "rows are in" in done.output) == (0, True), done.output
        assert run("export", str(target)).exit_code == 2
    assert (tmp_path / "uit" / "organisations.csv").exists()
    assert "organisations.csv" in zipfile.ZipFile(tmp_path / "uit.zip").namelist()
    assert {path.name for path in tmp_path.iterdir()} == {"uit", "uit.zip"}
    assert run("export", str(tmp_path / "nergens" / "uit")).exit_code == 2
