"""Programs ask and answer through the API: as the pages let people do."""

from typing import Any

import pytest

from katalysator.coalition.models import Organisation, Person
from katalysator.core.models import Event
from katalysator.questions.models import Question
from tests import builders
from tests.programs import Program
from tests.questions.steps import the_question

pytestmark = pytest.mark.django_db

NEW = {"title": "How do we see whether a dike sinks?", "area": "zorg", "block": "data"}


@pytest.fixture
def bureau() -> Program:
    return Program(builders.person(is_coordinator=True))


@pytest.fixture
def knower() -> Organisation:
    return builders.organisation(slug="kenner")


@pytest.fixture
def program(knower: Organisation) -> Program:
    """A program of those who may know."""
    return Program(builders.person(knower))


@pytest.fixture
def asker() -> Person:
    return builders.person()


def do(by: Program, number: int, deed: str, **said: Any) -> Any:
    return by("POST", f"/questions/{number}/deeds", {"deed": deed, **said})


def asked(by: Person, **said: Any) -> int:
    return int(builders.question(by=by, **said).pk)


def test_a_question_is_asked_sent_on_answered_asked_more_and_thanked(
    bureau: Program, program: Program, asker: Person
) -> None:
    mine = Program(asker)
    made = mine("POST", "/questions", NEW)
    assert made.status_code == 201, made.content
    assert made.headers["Location"] == made.json()["links"]["self"]
    number = made.json()["id"]
    assert (made.json()["state"], made.json()["deeds"]) == ("waiting", ["withdraw", "hide"])
    assert (the_question().asker, the_question().language) == (asker, "en")

    sent = do(bureau, number, "route", organisation="kenner")
    assert (sent.status_code, sent.json()["receiver"]) == (200, Organisation.objects.get().name)
    assert sent.json()["state"] == "with"
    (waiting,) = program("GET", "/questions/own").json()["items"]
    assert waiting["id"] == number
    assert program("GET", f"/questions/{number}").json()["deeds"] == ["pass-on", "answer"]
    answered = do(program, number, "answer", text="With **radar**.", inPublic=True)
    assert answered.status_code == 200, answered.content
    (answer,) = answered.json()["answers"]
    assert (answer["text"], answer["inPublic"], answer["helped"]) == (
        "With **radar**.",
        True,
        False,
    )

    more = do(mine, number, "ask-more", text="And in winter?")
    assert (more.json()["state"], [each["text"] for each in more.json()["more"]]) == (
        "with",
        ["And in winter?"],
    )
    do(program, number, "answer", text="Then too.", inPublic=True)
    marked = mine("PUT", f"/questions/{number}/answers/{answer['id']}/mark", {"helped": True})
    assert [each["helped"] for each in marked.json()["answers"]] == [True, False]
    assert do(mine, number, "thank").json()["state"] == "closed"

    shared = program("POST", f"/questions/{number}/answers/{answer['id']}/knowledge")
    assert shared.status_code == 201
    item = program("GET", f"/knowledge/{shared.json()['knowledge']}").json()
    assert (item["organisation"], item["state"]) == ("kenner", "draft")
    again = program("POST", f"/questions/{number}/answers/{answer['id']}/knowledge")
    assert again.status_code == 409


def test_it_is_passed_on_with_a_reason_and_gone_for_who_did(
    bureau: Program, program: Program, asker: Person
) -> None:
    number = asked(asker, in_public=False)
    do(bureau, number, "route", organisation="kenner")
    bare = do(program, number, "pass-on")
    assert (bare.status_code, bare.json()["detail"][:8]) == (422, "reason: ")
    passed = do(program, number, "pass-on", reason="We do bridges.")
    assert (passed.status_code, passed.json()["state"], passed.json()["deeds"]) == (
        200,
        "waiting",
        [],
    )
    assert program("GET", f"/questions/{number}").status_code == 404
    refused = do(bureau, number, "route", organisation="kenner")
    assert (refused.status_code, "Send it to somebody else." in refused.json()["detail"]) == (
        409,
        True,
    )


def test_the_bureau_sends_it_to_a_group_declines_and_looks_after_what_is_shown(
    bureau: Program, asker: Person
) -> None:
    group = builders.group(name="Voorbeeldgroep dijken")
    number = asked(asker)
    assert do(bureau, number, "route", group=group.slug).json()["receiver"] == group.name
    wrong = do(bureau, number, "route", group="niemand")
    assert (wrong.status_code, wrong.json()["detail"]) == (
        422,
        "group: There is no working group “niemand”.",
    )
    assert do(bureau, number, "route").json()["detail"][:14] == "organisation: "
    assert do(bureau, number, "hide").json()["visibility"] == "hidden"
    assert do(bureau, number, "show").json()["visibility"] == "public"
    bare = do(bureau, number, "decline")
    assert (bare.status_code, bare.json()["detail"]) == (422, "reason: Say why not.")
    declined = do(bureau, number, "decline", reason="This is for a court.").json()
    assert (declined["state"], declined["deeds"]) == ("declined", [])


def test_who_asked_takes_it_back_and_hides_it(asker: Person) -> None:
    mine, number = Program(asker), asked(asker)
    assert do(mine, number, "hide").json()["visibility"] == "private"
    assert do(mine, number, "withdraw").json()["state"] == "withdrawn"
    late = do(mine, number, "withdraw")
    assert (late.status_code, "Possible now" in late.json()["detail"]) == (409, False)


def test_an_answer_stays_private_where_who_asked_wants_so(
    bureau: Program, program: Program, asker: Person
) -> None:
    number = asked(asker, in_public=False)
    do(bureau, number, "route", organisation="kenner")
    in_public = do(program, number, "answer", text="Yes.", inPublic=True)
    assert (in_public.status_code, in_public.json()["detail"][:10]) == (422, "inPublic: ")
    assert do(program, number, "answer", text="Yes.").json()["answers"][0]["inPublic"] is False
    outsider = Program(builders.person(builders.organisation()))
    assert outsider("GET", f"/questions/{number}").status_code == 404
    reopened = do(Program(asker), number, "reopen", text="Which one?")
    assert reopened.json()["state"] == "waiting"


def test_others_do_nothing_and_see_what_is_public_only(program: Program, asker: Person) -> None:
    private, public = asked(asker, in_public=False), builders.reply()
    before = Event.objects.count()
    said = {"text": "x", "reason": "x", "organisation": "kenner"}
    for deed in ("thank", "answer", "ask-more", "reopen", "hide", "show"):
        assert do(program, public.question_id, deed, **said).status_code == 403, deed
    for deed in ("withdraw", "answer", "decline", "route", "pass-on", "hide", "come-back"):
        assert do(program, private, deed, **said).status_code == 404, deed
    mark = f"/questions/{public.question_id}/answers/{public.pk}"
    assert program("PUT", f"{mark}/mark", {"helped": True}).status_code == 403
    assert program("POST", f"{mark}/knowledge").status_code == 403
    elsewhere = f"/questions/{builders.question().pk}/answers/{public.pk}/mark"
    assert program("PUT", elsewhere, {"helped": True}).status_code == 404
    assert Event.objects.count() == before + 1  # that the last question was asked


@pytest.mark.parametrize("deed", ["come-back", "settle"])
def test_what_follows_by_itself_nobody_does(bureau: Program, deed: str) -> None:
    state = {"come-back": "with", "settle": "answered"}[deed]
    assert do(bureau, builders.question(state).pk, deed).status_code == 403


def test_nobody_reads_who_asked(bureau: Program, program: Program, asker: Person) -> None:
    number = asked(asker)
    do(bureau, number, "route", organisation="kenner")
    for by in (bureau, program):
        for address in ("/questions/own", f"/questions/{number}"):
            assert asker.email not in by("GET", address).content.decode()


@pytest.mark.parametrize(
    ("said", "status", "detail"),
    [
        ({"title": ""}, 422, "title: "),
        ({"title": "x" * 200}, 422, "title: "),
        ({"title": "x", "area": "nergens"}, 422, "area: There is no area “nergens”."),
        ({"title": "x", "block": "nergens"}, 422, "block: There is no building block “nergens”."),
        ({}, 400, "title: This has to be there."),
        ({"title": "x", "email": "x@voorbeeld.example"}, 400, "email: This is not known here."),
        ({"title": "x", "inPublic": "perhaps"}, 400, "inPublic: "),
    ],
)
def test_bad_input_is_said_at_its_place_and_asks_nothing(
    asker: Person, said: Any, status: int, detail: str
) -> None:
    answer = Program(asker)("POST", "/questions", said)
    assert (answer.status_code, answer.json()["detail"].startswith(detail)) == (status, True)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Question.objects.exists()


def test_an_answer_says_something(bureau: Program, asker: Person) -> None:
    number = asked(asker)
    empty = do(bureau, number, "answer")
    assert (empty.status_code, empty.json()["detail"]) == (422, "text: Write your answer.")
    assert do(bureau, number, "fly").status_code == 409
    assert the_question().replies.count() == 0


def test_only_an_answer_can_help(bureau: Program, asker: Person) -> None:
    mine, number = Program(asker), asked(asker)
    do(bureau, number, "answer", text="Yes.")
    do(mine, number, "ask-more", text="Why?")
    more = the_question().replies.exclude(kind="answer").get()
    answer = mine("PUT", f"/questions/{number}/answers/{more.pk}/mark", {"helped": True})
    assert answer.status_code == 404


def test_a_token_needs_the_scope(asker: Person) -> None:
    refused = Program(asker, "listings")("POST", "/questions", NEW)
    assert refused.status_code == 403
    assert "questions" in refused.json()["detail"]
    assert not Question.objects.exists()


def test_who_asks_too_often_is_told_so(asker: Person) -> None:
    mine = Program(asker)
    answers = [mine("POST", "/questions", {"title": "x"}).status_code for _ in range(21)]
    assert answers == [*[201] * 20, 429]
    late = mine("POST", "/questions", {"title": "x"})
    assert late.json()["detail"] == "This was done too often. Try again in an hour."
    assert Question.objects.count() == 20
