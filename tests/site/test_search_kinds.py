"""Activities, people and documents in search: found by what the asker may read of them, and by nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.activities import verbs as activities
from katalysator.activities.models import Activity
from katalysator.activities.tasks import read_activity, read_new_activities
from katalysator.coalition.models import Area, Membership, Organisation
from katalysator.coalition.people import verbs as people
from katalysator.coalition.tasks import read_people
from katalysator.core import kept
from katalysator.groups.models import Meeting, WorkingGroup
from katalysator.groups.papers import verbs as papers
from katalysator.groups.tasks import read_papers
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.knowledge.tasks import read_files
from katalysator.search.indexing import make_findable
from katalysator.search.models import findables
from tests import builders
from tests.core.attachments.pdfs import pdf
from tests.site.asking import ROOT, Get, visitors

pytestmark = pytest.mark.django_db

WORD = "zeehondentelling"
EVERYBODY = {"stranger", "nobody's", "directory only", "other", "member", "coordinator"}
INSIDE = {"other", "member", "coordinator"}


def found(by: Client | None = None, kind: str = "", **asked: str) -> list[Any]:
    """What the API finds; the page is asked too, and must show as many results."""
    asked = {"q": WORD, "kind": kind} | asked
    by = by or Client()
    answer = by.get(f"{ROOT}/search", asked, headers={"accept-language": "en"}).json()
    with kept.anew():
        page = by.get("/en/search/", asked).content.decode()
    assert page.count("<article") == answer["total"]
    items: list[Any] = answer["items"]
    return items


def who_finds(owner: Organisation, kind: str, **asked: str) -> set[str]:
    return {name for name, client in visitors(owner).items() if found(client, kind, **asked)}


class TestActivities:
    def test_they_are_found_by_words_concepts_and_place(self) -> None:
        made = builders.activity(title="Workshop over een beroerte", place="Zaal Zeehond, Utrecht")
        make_findable(Activity.objects.all())
        for words, way in (("beroerte", "words"), ("stroke", "concepts"), ("zeehond", "words")):
            (item,) = found(kind="activity", q=words)
            assert (item["kind"], item["foundBy"]) == ("activity", way)
            assert item["activity"]["id"] == made.pk

    def test_what_came_of_it_is_found(self) -> None:
        made = builders.activity(days=-3)
        activities.tell(made, by=builders.HOUSE, outcome=f"Een {WORD}.", lessons="")
        (item,) = found()
        assert WORD in item["excerpt"]["text"]

    @pytest.mark.parametrize(
        ("state", "visibility", "who"),
        [
            ("announced", "everyone", EVERYBODY),
            ("announced", "participants", INSIDE),
            ("draft", "everyone", set()),
        ],
    )
    def test_by_whom(self, owner: Organisation, state: str, visibility: str, who: set[str]) -> None:
        builders.activity(owner, state, title=WORD, visibility=visibility)
        assert who_finds(owner, "activity") == who

    def test_the_list_is_narrowed_by_words(self, client: Client, get: Get) -> None:
        made = builders.activity(title=WORD)
        builders.activity(title="Iets heel anders")
        page = client.get("/nl/activities/", {"q": WORD}).context["page"]
        assert [each.pk for each in page] == [made.pk]
        assert [each["id"] for each in get("/activities", q=WORD)["items"]] == [made.pk]

    def test_they_are_read_when_they_are_new_and_when_they_change(self) -> None:
        made = builders.activity(title="Over een beroerte")
        read_new_activities()
        made.refresh_from_db()
        assert "stroke" in made.meant
        Activity.objects.filter(pk=made.pk).update(title="Over zeehonden", text="Robben.")
        read_activity(made.pk)
        made.refresh_from_db()
        assert "stroke" not in made.meant


class TestPeople:
    def test_they_are_found_by_name_function_and_organisation(self, owner: Organisation) -> None:
        builders.found_as("Ada Voorbeeld", owner, function="zeehondenverzorger")
        for words in ("ada voorbeeld", "zeehondenverzorger", "voorbeeld eigenaar"):
            (item,) = found(kind="person", q=words)
            assert item["person"] == {
                "name": "Ada Voorbeeld",
                "function": "zeehondenverzorger",
                "organisation": "voorbeeld-eigenaar",
            }

    def test_who_does_not_want_to_be_found_is_not(self, owner: Organisation) -> None:
        person = builders.found_as("", owner, function=WORD)
        assert who_finds(owner, "person") == set()
        assert who_finds(owner, "person", q=person.email) == set()

    def test_nobody_of_who_takes_part_no_longer_is_found(self, owner: Organisation) -> None:
        builders.found_as(WORD, owner)
        assert who_finds(owner, "person") == EVERYBODY
        Organisation.objects.filter(pk=owner.pk).update(state="left")
        assert found(kind="person") == []

    @pytest.mark.parametrize(
        ("visibility", "who"), [("everyone", EVERYBODY), ("participants", INSIDE)]
    )
    def test_by_skills_of_what_they_post_in_own_name_only_for_who_may_read_it(
        self, owner: Organisation, visibility: str, who: set[str]
    ) -> None:
        person = builders.found_as("Docent", owner)
        builders.listing(person, skills=(WORD,), visibility=visibility)
        assert who_finds(owner, "person") == who

    def test_not_by_a_draft(self, owner: Organisation) -> None:
        builders.draft(builders.found_as("Docent", owner), skills=(WORD,))
        assert who_finds(owner, "person") == set()

    def test_not_by_the_words_of_another_person(self, owner: Organisation) -> None:
        builders.found_as("Docent", owner)
        builders.found_as(WORD, owner)
        assert [each["person"]["name"] for each in found(kind="person")] == [WORD]


class TestPeopleByMeaning:
    """What people do is read by the engine, in both languages; their name never is."""

    def test_what_they_do_is_found_in_the_other_language(self, owner: Organisation) -> None:
        builders.found_as("Ada Voorbeeld", owner, function="Onderzoeker van beroertes")
        read_people()
        for words, way in (("stroke", "concepts"), ("researcher of strokes", "concepts")):
            (item,) = found(kind="person", q=words)
            assert (item["person"]["name"], item["foundBy"]) == ("Ada Voorbeeld", way)

    def test_a_name_has_no_meaning(self, owner: Organisation) -> None:
        builders.found_as("Robot Camera", owner, function="Onderzoeker van beroertes")
        read_people()
        made = Membership.objects.get(name="Robot Camera")
        assert set(made.meant) == {"stroke", "research"}
        assert "Camera" not in made.as_profile().said

    def test_a_few_words_name_subjects_and_are_not_near_to_others(
        self, owner: Organisation
    ) -> None:
        builders.found_as("Ada Voorbeeld", owner, function="Modellen voor netten")
        read_people()
        assert found(kind="person", q="kunstcollectie") == []
        assert Membership.objects.get(name="Ada Voorbeeld").signs is None

    def test_many_words_are_found_by_what_they_mean(self, owner: Organisation) -> None:
        told = "Ik tel zeehonden vanuit een vliegtuig boven de Waddenzee"
        builders.found_as("Ada Voorbeeld", owner, function=told)
        read_people()
        (item,) = found(kind="person", q="counting animals from the air")
        assert item["foundBy"] == "meaning"

    def test_who_does_not_say_what_they_do_is_not_read(self, owner: Organisation) -> None:
        builders.found_as("Ada Voorbeeld", owner, function="")
        read_people()
        assert not Membership.objects.filter(reading__isnull=False).exists()

    def test_who_does_not_want_to_be_found_any_more_is_not(self, owner: Organisation) -> None:
        person = builders.found_as("Ada Voorbeeld", owner, function="Onderzoeker van beroertes")
        read_people()
        assert who_finds(owner, "person", q="stroke") == EVERYBODY
        membership = Membership.objects.get(person=person)
        people.present(membership, by=person, name="", function="")
        assert who_finds(owner, "person", q="stroke") == set()
        membership.refresh_from_db()
        assert (membership.reading, membership.meant, membership.signs) == (None, [], None)

    def test_what_they_did_before_finds_them_no_longer(self, owner: Organisation) -> None:
        person = builders.found_as("Ada Voorbeeld", owner, function="Onderzoeker van beroertes")
        read_people()
        membership = Membership.objects.get(person=person)
        people.present(membership, by=person, name="Ada Voorbeeld", function="Kok")
        assert found(kind="person", q="stroke") == []
        assert ProcrastinateJob.objects.filter(task_name="coalition.read_people").exists()
        read_people()
        assert found(kind="person", q="stroke") == []


def paper(
    group: WorkingGroup, state: str, said: str = f"Wij spraken over een **{WORD}**."
) -> Meeting:
    begins = timezone.now() + timedelta(days=7)
    made = papers.plan(group, by=builders.HOUSE, starts_at=begins)
    made = papers.write(made, by=builders.HOUSE, minutes=said)
    return papers.move(made, "adopt", by=builders.HOUSE) if state == "adopted" else made


class TestDocuments:
    @pytest.mark.parametrize(
        ("state", "readers", "who"),
        [
            ("adopted", "everybody", EVERYBODY),
            ("adopted", "participants", INSIDE),
            ("adopted", "members", {"coordinator"}),
            ("draft", "everybody", {"coordinator"}),
        ],
    )
    def test_minutes_by_whom(
        self, owner: Organisation, state: str, readers: str, who: set[str]
    ) -> None:
        paper(builders.group(readers=readers), state)
        assert who_finds(owner, "document") == who

    def test_draft_minutes_by_members_and_by_nobody_through_a_kept_page(self) -> None:
        chair = builders.person(builders.organisation())
        paper(builders.group(chair, readers="members"), "draft")
        client = Client()
        client.force_login(chair)
        (item,) = found(client)
        assert (item["document"]["sort"], item["excerpt"]["text"]) == (
            "meeting",
            f"Wij spraken over een {WORD}.",
        )
        other = Client()
        other.force_login(builders.person(builders.organisation()))
        for who, count in ((client, 1), (other, 0), (client, 1), (Client(), 0)):
            page = who.get("/en/search/", {"q": WORD}).content.decode()
            assert page.count("<article") == count

    def test_decisions(self, owner: Organisation) -> None:
        group = builders.group(readers="participants")
        papers.decide(group, by=builders.HOUSE, text=f"Een {WORD}.", on=timezone.localdate())
        assert who_finds(owner, "document") == INSIDE
        client = visitors(owner)["other"]
        (item,) = found(client)
        assert item["document"]["sort"] == "decision"
        assert item["document"]["address"].endswith("-1")

    @pytest.mark.parametrize(
        ("state", "visibility", "who"),
        [
            ("published", "everyone", EVERYBODY),
            ("published", "participants", INSIDE),
            ("draft", "everyone", set()),
        ],
    )
    def test_files_by_their_names_as_their_knowledge_is(
        self, owner: Organisation, state: str, visibility: str, who: set[str]
    ) -> None:
        made = builders.item(owner, "draft", visibility=visibility)
        files.attach(made, by=builders.HOUSE, name=f"{WORD}_2025-v2.md", data=b"# Lijst\n")
        KnowledgeItem.objects.filter(pk=made.pk).update(
            state=state, published_at=timezone.now(), confirmed_at=timezone.now()
        )
        assert who_finds(owner, "document") == who


SECRET = "Wij spraken over het herkennen van een beroerte op beelden."


class TestDocumentsByMeaning:
    """They are found by what they mean by who may read them, and by nobody else."""

    @pytest.mark.parametrize(
        ("state", "readers", "who"),
        [
            ("adopted", "everybody", EVERYBODY),
            ("adopted", "participants", INSIDE),
            ("adopted", "members", {"coordinator"}),
            ("draft", "everybody", {"coordinator"}),
        ],
    )
    def test_minutes_by_whom(
        self, owner: Organisation, state: str, readers: str, who: set[str]
    ) -> None:
        paper(builders.group(readers=readers), state, SECRET)
        read_papers()
        assert Meeting.objects.get().meant
        assert who_finds(owner, "document", q="stroke") == who
        assert who_finds(owner, "document", q="recognising images of the brain") == who

    def test_minutes_that_were_written_anew_are_not_found_by_what_they_said(self) -> None:
        made = paper(builders.group(readers="everybody"), "adopted", SECRET)
        read_papers()
        assert len(found(kind="document", q="stroke")) == 1
        papers.move(made, "reopen", by=builders.HOUSE)
        made = papers.write(made, by=builders.HOUSE, minutes="Wij dronken koffie.")
        papers.move(made, "adopt", by=builders.HOUSE)
        assert found(kind="document", q="stroke") == []
        read_papers()
        assert found(kind="document", q="stroke") == []

    def test_decisions(self, owner: Organisation) -> None:
        group = builders.group(readers="participants")
        papers.decide(group, by=builders.HOUSE, text=SECRET, on=timezone.localdate())
        assert ProcrastinateJob.objects.filter(task_name="groups.read_papers").exists()
        read_papers()
        assert who_finds(owner, "document", q="stroke") == INSIDE

    @pytest.mark.parametrize(
        ("state", "visibility", "who"),
        [
            ("published", "everyone", EVERYBODY),
            ("published", "participants", INSIDE),
            ("draft", "everyone", set()),
        ],
    )
    def test_files_as_their_knowledge_is(
        self, owner: Organisation, state: str, visibility: str, who: set[str]
    ) -> None:
        made = builders.item(owner, "draft", visibility=visibility)
        files.attach(made, by=builders.HOUSE, name="bijlage.pdf", data=pdf(SECRET))
        read_files()
        KnowledgeItem.objects.filter(pk=made.pk).update(
            state=state, published_at=timezone.now(), confirmed_at=timezone.now()
        )
        assert KnowledgeFile.objects.get().meant
        assert who_finds(owner, "document", q="stroke") == who

    @pytest.mark.parametrize("count", [1, 3])
    def test_to_read_all_again_costs_one_question_a_kind(
        self, owner: Organisation, count: int
    ) -> None:
        item = builders.item(owner)
        for number in range(count):
            files.attach(
                item, by=builders.HOUSE, name=f"{number}.md", data=b"# Lijst %d\n" % number
            )
        with CaptureQueriesContext(connection) as asked:
            kinds = [[each.as_profile() for each in found] for found in findables()]
        assert len(asked) == len(kinds)

    def test_a_picture_has_no_meaning(self, owner: Organisation) -> None:
        made = builders.item(owner)
        name, data = "beroerte.png", b"\x89PNG\r\n\x1a\nIEND"
        files.attach(made, by=builders.HOUSE, name=name, data=data)
        read_files()
        assert KnowledgeFile.objects.get().signs is None


class TestFacets:
    @pytest.fixture(autouse=True)
    def of_each(self, owner: Organisation) -> None:
        """One of each kind, in health, on data, in Utrecht, in Dutch where that means anything."""
        zorg = Area.objects.get(slug="zorg")
        owner.areas.add(zorg)
        Organisation.objects.filter(pk=owner.pk).update(
            blocks=["data"], about={"nl": f"Voor een {WORD}."}
        )
        builders.listing(owner, title=WORD, areas=("zorg",), regions=("NL31",))
        builders.item(owner, title=WORD, blocks=("data",))
        builders.activity(owner, title=WORD, areas=("zorg",), blocks=("data",))
        builders.found_as(WORD, owner)
        group = builders.group(readers="everybody", blocks=("data",))
        group.areas.add(zorg)
        paper(group, "adopted")

    @pytest.mark.parametrize(
        ("asked", "kinds"),
        [
            ({}, "need knowledge document activity organisation person"),
            ({"area": "zorg"}, "need knowledge document activity organisation person"),
            ({"area": "energie"}, ""),
            ({"block": "data"}, "knowledge document activity organisation person"),
            ({"region": "NL31"}, "need knowledge activity organisation person"),
            ({"region": "NL11"}, ""),
            ({"language": "nl"}, "need knowledge activity organisation"),
            ({"language": "en"}, ""),
            ({"area": "zorg", "language": "nl"}, "need knowledge activity organisation"),
        ],
    )
    def test_leave_what_they_say(self, asked: dict[str, str], kinds: str) -> None:
        assert sorted(each["kind"] for each in found(None, "", **asked)) == sorted(kinds.split())

    def test_tabs_keep_them_and_they_can_be_taken_away(self, client: Client) -> None:
        page = client.get("/en/search/", {"q": WORD, "area": "zorg"}).content.decode()
        assert f'href="?q={WORD}&amp;kind=person&amp;area=zorg"' in page
        assert f'href="?q={WORD}"' in page

    def test_what_is_none_is_not_asked_by_the_page_and_refused_by_the_api(
        self, client: Client
    ) -> None:
        page = client.get("/en/search/", {"q": WORD, "area": "niets"})
        assert page.content.decode().count("<article") == 6
        assert client.get("/api/v1/search", {"q": WORD, "area": "niets"}).status_code == 400
