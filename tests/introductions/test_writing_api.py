"""Programs propose, answer, talk and tell through the API: as the pages let people do."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.introductions.thread.verbs import say
from katalysator.listings.models import Kind
from tests import builders
from tests.introductions.steps import Pair, third
from tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def party(shown: Any, *, own: bool) -> Any:
    (found,) = (each for each in shown["parties"] if each["own"] is own)
    return found


def test_from_a_proposal_to_a_lesson(pair: Pair) -> None:
    asker, giver = Program(pair.asker), Program(pair.giver)
    new = {"listings": [pair.need.pk, pair.offer.pk], "why": "Jullie scannen al."}
    made = asker("POST", "/introductions", new)
    assert made.status_code == 201, made.content
    assert made.headers["Location"] == made.json()["links"]["self"]
    one = f"/introductions/{made.json()['id']}"
    assert made.json()["deeds"] == ["withdraw"]
    seen = giver("GET", one).json()
    assert seen["deeds"] == ["accept", "decline"]
    answered = giver(
        "POST", f"{one}/parties/{party(seen, own=True)['id']}/answer", {"answer": "yes"}
    )
    assert answered.json()["state"] == "introduced"
    assert party(answered.json(), own=False)["contact"]["email"] == pair.asker.email
    assert giver("POST", f"{one}/messages", {"text": "Hallo."}).json()["state"] == "talking"
    step = giver("POST", f"{one}/steps", {"what": "Bellen", "due": "2030-01-01"}).json()["steps"][0]
    assert asker("PUT", f"{one}/steps/{step['id']}", {"done": True}).json()["steps"][0]["done"]
    assert asker("DELETE", f"{one}/steps/{step['id']}").json()["steps"] == []
    assert asker("POST", f"{one}/deeds", {"deed": "agree"}).json()["state"] == "agreed"
    told = {"deed": "finish", "outcome": "pilot", "summary": "Gelukt."}
    assert giver("POST", f"{one}/deeds", told).json()["outcome"] == "pilot"
    again = {**told, "outcome": "project"}
    assert giver("POST", f"{one}/deeds", again).json()["outcome"] == "project"
    assert (
        giver("PUT", f"{one}/lesson", {"lesson": "Begin klein."}).json()["lesson"] == "Begin klein."
    )
    assert giver("POST", f"{one}/knowledge").json()["knowledge"]


def test_who_it_is_is_told_as_on_the_pages(pair: Pair) -> None:
    made = verbs.propose(pair.sides(described="een ziekenhuis"), by=pair.asker)
    giver = Program(pair.giver)
    for address in ("/introductions", f"/introductions/{made.pk}"):
        text = giver("GET", address).content.decode()
        assert "een ziekenhuis" in text
        for secret in ("Voorbeeldzoeker", pair.asker.email, pair.need.organisation.slug):
            assert secret not in text
    other = party(giver("GET", f"/introductions/{made.pk}").json(), own=False)
    assert (other["hidden"], other["listing"], other["organisation"]) == (True, None, None)


def test_others_find_nothing_and_the_bureau_no_messages(pair: Pair) -> None:
    made, (_organisation, somebody) = pair.introduced(), third()
    say(made, by=pair.asker, text="Onder ons.")
    stranger, bureau = Program(somebody), Program(builders.person(is_coordinator=True))
    assert stranger("GET", "/introductions").json()["items"] == []
    assert stranger("GET", f"/introductions/{made.pk}").status_code == 404
    assert stranger("POST", f"/introductions/{made.pk}/deeds", {"deed": "agree"}).status_code == 404
    shown = bureau("GET", f"/introductions/{made.pk}").json()
    assert (shown["messages"], shown["deeds"]) == ([], [])
    assert bureau("POST", f"/introductions/{made.pk}/messages", {"text": "?"}).status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"listings": []}, 400),
        ({"listings": [999_999]}, 422),
        ({"listings": "x"}, 400),
        ({"listings": [1] * 9}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(pair: Pair, said: Any, status: int) -> None:
    answer = Program(pair.asker)("POST", "/introductions", said)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Introduction.objects.exists()


def test_a_no_needs_a_reason_and_a_deed_its_state(pair: Pair) -> None:
    made, giver = pair.proposed(), Program(pair.giver)
    one = f"/introductions/{made.pk}"
    mine = f"{one}/parties/{Pair.of(made, pair.giver).pk}/answer"
    assert giver("POST", mine, {"answer": "no"}).status_code == 422
    assert Program(pair.asker)("POST", f"{one}/deeds", {"deed": "agree"}).status_code == 409
    assert giver("POST", mine, {"answer": "no", "reason": "time"}).json()["state"] == "declined"
    assert giver("POST", mine, {"answer": "yes"}).status_code == 409


def test_one_more_is_asked_along_and_a_partner_from_outside_told(pair: Pair) -> None:
    made, (organisation, _somebody) = pair.introduced(), third()
    asker = Program(pair.asker)
    along = asker("POST", f"/introductions/{made.pk}/parties", {"organisation": organisation.slug})
    assert len(along.json()["parties"]) == 3
    found = asker("POST", f"/listings/{pair.need.pk}/found", {"name": "Bakkerij Jansen"})
    assert (found.status_code, found.json()["state"]) == (201, "agreed")
    assert (
        Program(pair.giver)("POST", f"/listings/{pair.need.pk}/found", {"name": "X"}).status_code
        == 403
    )


def test_a_list_costs_the_same_for_one_and_for_many(
    pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asker = Program(pair.asker)
    pair.introduced()
    asker("GET", "/introductions")
    with django_assert_num_queries(6):
        asker("GET", "/introductions")
    for _ in range(4):
        offer = builders.listing(builders.organisation(), Kind.OFFER)
        sides = [MeetingSide.of(pair.need), MeetingSide.of(offer)]
        verbs.propose(sides, by=pair.asker)
    with django_assert_num_queries(6):
        assert len(asker("GET", "/introductions").json()["items"]) == 5
