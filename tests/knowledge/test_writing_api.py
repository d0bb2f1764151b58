"""Programs share knowledge through the API, review that of others, and say what it brought: as the pages let people do."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from katalysator.coalition.models import Organisation
from katalysator.core.models import Event
from katalysator.knowledge.files.keeping import LARGEST
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem, KnowledgeReview, KnowledgeUse
from tests import builders
from tests.attack.steps import inside
from tests.programs import Program

pytestmark = pytest.mark.django_db

ANY = {"if-match": "*"}
NEW = {
    "organisation": "voorbeeld-gever",
    "kind": "lesson",
    "language": "en",
    "title": "Bread on Mondays",
    "text": "We **baked** too much.",
    "areas": ["zorg"],
}


@pytest.fixture
def program(giver: Organisation) -> Program:
    return Program(builders.person(giver))


@pytest.fixture
def reviewer() -> Program:
    """A program of somebody of another participant."""
    return Program(builders.person(builders.organisation(slug="ander")))


def address(item: KnowledgeItem) -> str:
    return f"/knowledge/{item.pk}"


def test_an_item_is_written_changed_reviewed_and_published(
    program: Program, reviewer: Program
) -> None:
    made = program("POST", "/knowledge", NEW)
    assert made.status_code == 201, made.content
    assert made.headers["Location"] == made.json()["links"]["self"]
    assert (made.json()["state"], made.json()["deeds"]) == ("draft", ["submit"])
    where = f"/knowledge/{made.json()['id']}"

    tag = program("GET", where).headers["ETag"]
    assert tag == made.headers["ETag"]
    changed = program("PATCH", where, {"stage": "pilot"}, **{"if-match": tag})
    assert changed.status_code == 200, changed.content
    assert (changed.json()["stage"], changed.json()["title"]) == ("pilot", NEW["title"])
    assert changed.headers["ETag"] != tag

    early = program("POST", f"{where}/deeds", {"deed": "publish"})
    assert (early.status_code, "Ask for a review first" in early.json()["detail"]) == (409, True)
    sent = program("POST", f"{where}/deeds", {"deed": "submit"}).json()
    assert (sent["state"], sent["deeds"]) == ("review", ["retract"])
    asked = program("POST", f"{where}/reviews", {"organisations": ["ander"]})
    assert (asked.status_code, asked.json()["items"]) == (
        201,
        [{"organisation": "ander", "state": "asked"}],
    )
    assert reviewer("POST", f"{where}/deeds", {"deed": "publish"}).status_code == 403
    given = reviewer("PUT", f"{where}/reviews/ander", {"verdict": "good", "remark": "Clear."})
    assert (given.status_code, given.json()["verdict"]) == (200, "good")
    shown = program("POST", f"{where}/deeds", {"deed": "publish"}).json()
    assert (shown["state"], shown["foundGoodBy"]) == ("published", 1)
    assert Client().get(f"/api/v1{where}").json()["deeds"] == []

    old = program("POST", f"{where}/deeds", {"deed": "outdate", "reason": "A new oven"}).json()
    assert (old["state"], old["deeds"]) == ("outdated", ["renew", "withdraw"])
    assert Event.objects.get(verb="knowledge.outdate").reason == "A new oven"
    assert program("POST", f"{where}/deeds", {"deed": "age"}).status_code in (403, 409)
    assert program("POST", f"{where}/deeds", {"deed": "fly"}).status_code == 409


def test_what_is_still_correct_is_confirmed(program: Program, giver: Organisation) -> None:
    shown, draft = builders.item(giver), builders.item(giver, "draft")
    before = program("GET", address(shown)).json()["confirmedAt"]
    confirmed = program("POST", f"{address(shown)}/confirmations")
    assert confirmed.json()["confirmedAt"] > before
    assert program("POST", f"{address(draft)}/confirmations").status_code == 409


def test_only_a_draft_is_thrown_away(program: Program, giver: Organisation) -> None:
    draft, shown = builders.item(giver, "draft"), builders.item(giver)
    assert program("DELETE", address(draft)).status_code == 204
    kept = program("DELETE", address(shown))
    assert (kept.status_code, kept.json()["detail"]) == (
        409,
        "Only a draft can be thrown away. Withdraw it instead.",
    )
    assert KnowledgeItem.objects.get() == shown


def test_what_is_left_out_stays_with_its_identifier_and_its_author(
    program: Program, giver: Organisation
) -> None:
    said = {**NEW, "identifier": "10.1000/182", "namesAuthor": True, "blocks": ["data"]}
    made = program("POST", "/knowledge", said).json()
    where = f"/knowledge/{made['id']}"
    changed = program("PATCH", where, {"title": "Another"}, **ANY).json()
    apart = {"title", "links"}
    assert {name: changed[name] for name in changed if name not in apart} == {
        name: made[name] for name in made if name not in apart
    }
    assert KnowledgeItem.objects.get().is_author_named
    Program(builders.person(giver))("PATCH", where, {"namesAuthor": False}, **ANY)
    assert KnowledgeItem.objects.get().is_author_named  # only its author says that


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"title": ""}, 422, "title: "),
        ({"kind": "rumour"}, 422, "kind: "),
        ({"areas": ["nergens"]}, 422, "areas: There is no area “nergens”."),
        ({"blocks": ["nergens"]}, 422, "blocks: There is no building block “nergens”."),
        ({"link": "nowhere"}, 422, "link: "),
        ({"identifier": "x"}, 422, "identifier: "),
        ({"text": ""}, 422, "text: Before others can see this, say what it is."),
        ({"text": "x" * 30_000}, 422, "text: "),
        ({"language": "de"}, 400, "language: Give one of these: 'nl' or 'en'."),
        ({"organisation": "ander"}, 400, "organisation: This is not known here."),
        ({"areas": "zorg"}, 400, "areas: Give a list."),
    ],
)
def test_bad_input_is_said_at_its_place_and_changes_nothing(
    program: Program, giver: Organisation, change: Any, status: int, said: str
) -> None:
    item, events = builders.item(giver), Event.objects.count()
    answer = program("PATCH", address(item), change, **ANY)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"].startswith(said)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Event.objects.count() == events


def test_who_did_not_see_the_newest_state_changes_nothing(
    program: Program, giver: Organisation
) -> None:
    where = address(builders.item(giver))
    old = program("GET", where).headers["ETag"]
    assert program("PATCH", where, {"title": "x"}).status_code == 428
    assert program("PATCH", where, {"title": "First"}, **{"if-match": old}).status_code == 200
    assert program("PATCH", where, {"title": "x"}, **{"if-match": old}).status_code == 412
    assert KnowledgeItem.objects.get().title == "First"


def test_others_change_nothing_and_do_not_see_a_draft(
    reviewer: Program, giver: Organisation
) -> None:
    shown, draft = builders.item(giver), builders.item(giver, "draft")
    events = Event.objects.count()
    for method, part, said in (
        ("PATCH", "", {"title": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/deeds", {"deed": "withdraw"}),
        ("POST", "/confirmations", None),
        ("POST", "/reviews", {"organisations": ["ander"]}),
    ):
        assert reviewer(method, f"{address(shown)}{part}", said, **ANY).status_code == 403, part
        assert reviewer(method, f"{address(draft)}{part}", said, **ANY).status_code == 404, part
    for part in ("reviews", "uses"):
        said = {"verdict": "good"} if part == "reviews" else {"what": "x"}
        assert reviewer("PUT", f"{address(draft)}/{part}/ander", said).status_code == 404
    assert reviewer("POST", "/knowledge", NEW).status_code == 403
    assert Event.objects.count() == events


def test_a_token_needs_the_scope(giver: Organisation) -> None:
    refused = Program(builders.person(giver), "listings")("POST", "/knowledge", NEW)
    assert refused.status_code == 403
    assert "knowledge" in refused.json()["detail"]
    assert not KnowledgeItem.objects.exists()


class TestReviews:
    def test_one_says_that_one_has_no_time(
        self, program: Program, reviewer: Program, giver: Organisation
    ) -> None:
        item = builders.item(giver, "review")
        deeds = f"{address(item)}/reviews/ander/deeds"
        assert reviewer("POST", deeds, {"deed": "pass"}).status_code == 404  # nobody asked
        program("POST", f"{address(item)}/reviews", {"organisations": ["ander"]})
        assert program("POST", deeds, {"deed": "pass"}).status_code == 404
        assert reviewer("POST", deeds, {"deed": "give"}).status_code == 400
        passed = reviewer("POST", deeds, {"deed": "pass"})
        assert passed.json() == {"organisation": "ander", "state": "passed"}
        assert reviewer("POST", deeds, {"deed": "pass"}).status_code == 409

    def test_it_is_given_anew_and_says_what_is_to_be_improved(
        self, reviewer: Program, giver: Organisation
    ) -> None:
        where = f"{address(builders.item(giver, 'review'))}/reviews/ander"
        bare = reviewer("PUT", where, {"verdict": "improve"})
        assert (bare.status_code, bare.json()["detail"][:8]) == (422, "remark: ")
        wrong = reviewer("PUT", where, {"verdict": "splendid"})
        assert (wrong.status_code, wrong.json()["detail"][:9]) == (422, "verdict: ")
        for verdict in ("improve", "good"):
            assert (
                reviewer("PUT", where, {"verdict": verdict, "remark": "Say how."}).status_code
                == 200
            )
        assert KnowledgeReview.objects.get().verdict == "good"

    def test_nobody_judges_their_own_nor_for_others(
        self, program: Program, reviewer: Program, giver: Organisation
    ) -> None:
        item = builders.item(giver, "review")
        builders.organisation(slug="derde")
        for who, named in ((program, "voorbeeld-gever"), (program, "ander"), (reviewer, "derde")):
            answer = who("PUT", f"{address(item)}/reviews/{named}", {"verdict": "good"})
            assert answer.status_code == 403
        assert not KnowledgeReview.objects.exists()
        absent = reviewer("PUT", f"{address(item)}/reviews/niemand", {"verdict": "good"})
        assert absent.status_code == 404

    def test_whom_is_asked_is_a_participant(self, program: Program, giver: Organisation) -> None:
        item = builders.item(giver, "review")
        builders.organisation(slug="buiten", state="listed")
        for named in ("voorbeeld-gever", "buiten", "niemand"):
            said = {"organisations": [named]}
            answer = program("POST", f"{address(item)}/reviews", said)
            assert (answer.status_code, answer.json()["detail"][:15]) == (422, "organisations: ")
        many = {"organisations": ["x"] * 11}
        assert program("POST", f"{address(item)}/reviews", many).status_code == 400


class TestUses:
    def test_one_says_what_it_brought_and_takes_it_back(
        self, reviewer: Program, giver: Organisation
    ) -> None:
        item = builders.item(giver)
        where = f"{address(item)}/uses/ander"
        for what in ("A start", "Half the waste"):
            assert reviewer("PUT", where, {"what": what}).json()["what"] == what
        (use,) = reviewer("GET", address(item)).json()["uses"]
        assert (use["organisation"], use["what"]) == ("ander", "Half the waste")
        assert reviewer("DELETE", where).status_code == 204
        assert reviewer("DELETE", where).status_code == 404

    def test_nobody_speaks_for_another(
        self, program: Program, reviewer: Program, giver: Organisation
    ) -> None:
        item = builders.item(giver)
        where = f"{address(item)}/uses"
        assert program("PUT", f"{where}/voorbeeld-gever", {"what": "x"}).status_code == 403
        reviewer("PUT", f"{where}/ander", {"what": "x"})
        third = Program(builders.person(builders.organisation()))
        assert third("DELETE", f"{where}/ander").status_code == 403
        assert third("PUT", f"{where}/ander", {"what": "y"}).status_code == 403
        empty = reviewer("PUT", f"{where}/ander", {"what": " "})
        assert (empty.status_code, empty.json()["detail"][:6]) == (422, "what: ")
        assert KnowledgeUse.objects.get().what == "x"

    def test_what_is_not_published_is_not_used(
        self, reviewer: Program, giver: Organisation
    ) -> None:
        item = builders.item(giver, "review")
        answer = reviewer("PUT", f"{address(item)}/uses/ander", {"what": "x"})
        assert (answer.status_code, answer.json()["detail"]) == (409, "This is not published.")


class TestFiles:
    """They come in and go as on the pages, with the same checks."""

    TEXT = b"# Lijst\n\n- een\n"

    def test_a_file_is_added_taken_from_where_it_stands_and_taken_away(
        self, program: Program, giver: Organisation
    ) -> None:
        where = f"{address(builders.item(giver))}/files"
        made = program.upload(where, "lijst.md", self.TEXT)
        assert made.status_code == 201, made.content
        told = made.json()
        assert (told["name"], told["kind"], told["size"]) == ("lijst.md", "md", len(self.TEXT))
        assert program("GET", where.removesuffix("/files")).json()["files"] == [told]
        assert b"".join(Client().get(told["address"])) == self.TEXT
        assert Event.objects.filter(verb="knowledge.attach").count() == 1
        assert program("DELETE", f"{where}/{told['id']}").status_code == 204
        assert program("DELETE", f"{where}/{told['id']}").status_code == 404
        assert not KnowledgeFile.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("virus.pdf", b"MZ\x90", "file: Files of this kind are not taken."),
            ("leeg.md", b"", "file: The file is empty."),
            ("lijst.pdf", b"\x89PNG\r\n\x1a\nIEND", "file: This file is of the kind “png”"),
            ("groot.md", b"x" * (LARGEST + 1), "file: The file is larger than 10 MB."),
        ],
    )
    def test_what_a_page_refuses_is_refused(
        self, program: Program, giver: Organisation, name: str, content: bytes, said: str
    ) -> None:
        answer = program.upload(f"{address(builders.item(giver))}/files", name, content)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].startswith(said)
        assert not KnowledgeFile.objects.exists()

    def test_only_its_own_people_add_and_take_away(
        self, program: Program, reviewer: Program, giver: Organisation
    ) -> None:
        shown, draft = builders.item(giver), builders.item(giver, "draft")
        file = program.upload(f"{address(shown)}/files", "lijst.md", self.TEXT).json()
        for where, status in ((address(shown), 403), (address(draft), 404)):
            assert reviewer.upload(f"{where}/files", "x.md", b"x").status_code == status
        assert reviewer("DELETE", f"{address(shown)}/files/{file['id']}").status_code == 403
        other = builders.item(giver)
        assert program("DELETE", f"{address(other)}/files/{file['id']}").status_code == 404
        assert [each.name for each in KnowledgeFile.objects.all()] == ["lijst.md"]

    def test_it_takes_a_token_of_this_scope_and_a_file(self, giver: Organisation) -> None:
        where = f"{address(builders.item(giver))}/files"
        poor = Program(builders.person(giver), "listings")
        assert poor.upload(where, "lijst.md", self.TEXT).status_code == 403
        good = Program(builders.person(giver))
        missing = good("POST", where, {"file": "lijst.md"})
        assert (missing.status_code, missing.json()["detail"]) == (
            400,
            "file: This has to be there.",
        )
        session = inside(builders.person(giver))
        file = SimpleUploadedFile("lijst.md", self.TEXT)
        assert session.post(f"/api/v1{where}", {"file": file}).status_code == 401
        assert not KnowledgeFile.objects.exists()
