"""Open data: all that anybody may see and nothing else, described as a data package, made once for each state."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.activities import verbs
from katalysator.coalition.models import Area, Membership
from katalysator.core.exports import open_tables
from katalysator.core.translated import Translated
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.verbs import Receiver
from katalysator.site.open_data import archive
from tests import builders
from tests.attack.world import SEEN, make

pytestmark = pytest.mark.django_db

ZIP = "/open-data/coalition.zip"
TABLES = {
    "activities", "areas", "hubs", "knowledge", "needs", "offers", "participants", "questions", "working-groups",
}  # fmt: skip


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Path]:
    with override_settings(FILES=tmp_path):
        yield tmp_path


def asked(address: str = ZIP, *, client: Client | None = None, **headers: str) -> Any:
    """An answer, read to its end: a file that is given out stays open till then."""
    answer: Any = (client or Client()).get(address, headers=headers)
    if answer.streaming:
        answer.streaming_content = [b"".join(answer.streaming_content)]
    return answer


def taken(client: Client | None = None) -> zipfile.ZipFile:
    """The archive, as a stranger gets it."""
    answer = asked(client=client)
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def lines(found: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.read(f"{name}.jsonl").decode().splitlines()]


def cells(found: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.read(f"{name}.csv").decode("utf-8-sig"))))


class TestWhatIsInIt:
    def test_no_secret_no_person_and_no_address_of_e_mail(self) -> None:
        world = make()
        found = taken()
        everything = "\n".join(found.read(name).decode() for name in found.namelist())
        secrets = {each.removesuffix("geheim") for each in re.findall(r"\w+geheim", everything)}
        assert secrets == SEEN["stranger"] - {
            "pilot",
            "shared",
        }  # which the monitor and the catalogue tell
        assert "@" not in everything
        for person in world.people.values():
            assert person.email not in everything
        names = Membership.objects.exclude(name="").values_list("name", flat=True)
        assert names
        assert not [name for name in names if name in everything]

    def test_the_bureau_gets_no_more_than_anybody(self) -> None:
        world = make()
        theirs, anybodys = taken(world.client("coordinator")), taken()
        assert all(theirs.read(each) == anybodys.read(each) for each in theirs.namelist())

    def test_no_column_comes_along_by_itself(self) -> None:
        assert {each.name for each in open_tables()} == TABLES
        for table in open_tables():
            told = set(table.columns)
            assert not told & {
                "author", "author_id", "asker", "email", "contact", "public_contact", "mail_domains", "reference", "visibility",
                "search", "reading", "meant", "signs", "best_inside", "price", "pressure", "reason",
            }  # fmt: skip
        links = [each.name for each in open_tables() if "link" in each.columns]
        assert links == ["knowledge"]  # where an activity is online, who has a place knows

    def test_addresses_in_texts_are_left_out_and_the_text_stays(self) -> None:
        owner = builders.organisation(
            name="Voorbeeldlab",
            contact="jan@lab.example",
            about=Translated(nl="Mail naar jan@lab.example of piet [at] lab.example voor meer."),
        )
        builders.activity(owner, text="Vragen? els@lab.example helpt.")
        asked = builders.question(title="Hoe dan?", in_public=True)
        sent = handling.route(asked, Receiver(organisation=owner), by=builders.HOUSE)
        handling.answer(
            sent, by=builders.HOUSE, text="Vraag het kim@lab.example zelf.", in_public=True
        )
        found = taken()
        (lab,) = lines(found, "participants")
        assert lab["about_nl"].startswith("Mail naar")
        assert "voor meer" in lab["about_nl"]
        (question,) = lines(found, "questions")
        assert question["answers"][0]["given_for"] == "Voorbeeldlab"
        assert "zelf" in question["answers"][0]["text"]
        everything = "".join(found.read(name).decode() for name in found.namelist())
        assert "lab.example" not in everything

    def test_what_is_meant_for_participants_or_not_ready_stays_inside(self) -> None:
        owner = builders.organisation()
        builders.activity(owner, title="Voor iedereen")
        builders.activity(owner, title="Voor deelnemers", visibility="participants")
        builders.activity(owner, "draft", title="Nog niet af")
        builders.organisation(name="Alleen bekend", state="listed")
        found = taken()
        assert [each["title"] for each in lines(found, "activities")] == ["Voor iedereen"]
        assert [each["name"] for each in lines(found, "participants")] == [owner.name]

    def test_records_point_to_each_other_by_the_names_in_their_addresses(self) -> None:
        owner = builders.organisation(slug="voorbeeldlab", is_founding=True)
        owner.areas.set(Area.objects.filter(slug__in=["zorg", "energie"]))
        builders.activity(owner)
        builders.activity()
        found = taken()
        assert [each["organisation"] for each in lines(found, "activities")] == ["voorbeeldlab", ""]
        (lab,) = lines(found, "participants")
        assert (lab["areas"], lab["is_founding"]) == (["energie", "zorg"], True)
        assert lab["page"].endswith("/en/organisations/voorbeeldlab/")
        (row,) = cells(found, "participants")
        assert (row["areas"], row["is_founding"]) == ("energie; zorg", "yes")

    def test_an_empty_coalition_has_an_archive_too(self) -> None:
        found = taken()
        assert lines(found, "participants") == []
        assert found.read("needs.csv").decode("utf-8-sig").startswith("id,")

    def test_formulas_do_not_run(self) -> None:
        builders.organisation(name="=1+1")
        found = taken()
        assert cells(found, "participants")[0]["name"] == "'=1+1"
        assert lines(found, "participants")[0]["name"] == "=1+1"


class TestDescription:
    def test_says_what_each_file_holds_and_under_which_licence(self) -> None:
        builders.organisation(is_founding=True)
        found = taken()
        package = json.loads(found.read("datapackage.json"))
        assert json.loads(Client().get("/open-data/datapackage.json").content) == package
        assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        assert package["licenses"][0]["name"] == "CC-BY-4.0"
        assert package["homepage"].endswith("/open-data/")
        assert package["created"]
        paths = {each["path"] for each in package["resources"]}
        assert {*paths, "datapackage.json"} == set(found.namelist())
        assert {each["name"] for each in package["resources"]} == TABLES | {
            f"{each}-lines" for each in TABLES
        }
        for each in package["resources"]:
            assert (len(found.read(each["path"])), each["type"]) == (each["bytes"], "table")
            fields = {field["name"]: field for field in each["schema"]["fields"]}
            if each["name"] == "participants":
                assert list(cells(found, "participants")[0]) == list(fields)
                assert (fields["areas"]["type"], fields["areas"]["delimiter"]) == ("list", "; ")
                assert fields["is_founding"]["trueValues"] == ["yes"]
            if each["name"] == "participants-lines":
                assert fields["areas"] == {"name": "areas", "type": "array"}
                assert fields["is_founding"] == {"name": "is_founding", "type": "boolean"}

    def test_values_are_of_the_types_that_it_says(self) -> None:
        make()
        found = taken()
        kinds = {
            "string": str, "integer": int, "boolean": bool, "number": float, "array": list, "object": dict,
            "date": str, "datetime": str,
        }  # fmt: skip
        package = json.loads(found.read("datapackage.json"))
        seen = 0
        for each in package["resources"]:
            if each["format"] != "jsonl":
                continue
            types = {field["name"]: kinds[field["type"]] for field in each["schema"]["fields"]}
            for row in lines(found, each["path"].removesuffix(".jsonl")):
                for name, value in row.items():
                    assert value is None or isinstance(value, types[name]), (each["name"], name)
                    seen += 1
        assert seen


class TestKept:
    def test_it_is_made_once_for_each_state(
        self, files: Path, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        builders.organisation()
        taken()
        (first,) = (files / "open-data").glob("*.zip")
        with django_assert_num_queries(1):
            archive.opened(archive.state()).file.close()
        made = builders.activity()
        assert len(lines(taken(), "activities")) == 1
        (second,) = (files / "open-data").glob("*.zip")
        assert second != first
        verbs.edit(made, by=builders.HOUSE, said=builders.activity_facts(visibility="participants"))
        assert lines(taken(), "activities") == []

    def test_who_has_it_is_told_so(self) -> None:
        builders.organisation()
        for address in (ZIP, "/open-data/datapackage.json"):
            first = asked(address)
            tag, since = first["ETag"], first["Last-Modified"]
            assert asked(address, **{"if-none-match": tag}).status_code == 304
            assert asked(address, **{"if-modified-since": since}).status_code == 304
        builders.organisation()
        again = asked(**{"if-none-match": tag})
        assert (again.status_code, again["ETag"] != tag) == (200, True)

    def test_queries_do_not_grow_with_the_rows(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        counts = []
        for _round in range(2):
            for _number in range(4):
                owner = builders.organisation()
                owner.areas.set(Area.objects.all()[:2])
                builders.activity(owner)
                builders.listing(owner)
                builders.item(owner)
                builders.group()
            with django_assert_num_queries(14) as asked:
                archive.opened(archive.state()).file.close()
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_too_many_are_asked_to_wait_and_who_only_asks_for_news_is_not(self) -> None:
        tag = asked()["ETag"]
        assert {asked().status_code for _number in range(25)} == {200, 429}
        assert asked(**{"if-none-match": tag}).status_code == 304


class TestPage:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", ("Open data", "CC-BY-4.0", "JSON lines")),
            ("nl", ("Open data", "CC-BY-4.0", "Wat erin zit")),
        ],
    )
    def test_says_what_it_holds(self, language: str, words: tuple[str, ...]) -> None:
        page = Client().get(f"/{language}/open-data/").content.decode()
        for each in (*words, *TABLES, ZIP):
            assert each in page

    def test_the_address_without_a_language_leads_to_it(self) -> None:
        assert Client().get("/open-data/", follow=True).redirect_chain[-1][0] == "/nl/open-data/"

    def test_it_tells_since_when_nothing_changed(self) -> None:
        assert "Nothing changed since" not in Client().get("/en/open-data/").content.decode()
        taken()
        assert "Nothing changed since" in Client().get("/en/open-data/").content.decode()

    @pytest.mark.parametrize("address", [ZIP, "/open-data/datapackage.json", "/en/open-data/"])
    def test_it_is_only_read(self, address: str) -> None:
        assert Client().post(address).status_code == 405
        answer: Any = Client().head(address)
        assert answer.status_code == 200
        b"".join(answer)
