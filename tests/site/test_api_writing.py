"""Programs write through the API: with a token, within its scopes, and on what they have seen."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from katalysator.coalition import verbs
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.commitments.models import Commitment, Contribution
from katalysator.core.models import Event
from katalysator.grades.models import Grade
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.matches.steps import NEED, OFFER, match_all
from tests.programs import ROOT, Program

pytestmark = pytest.mark.django_db

NEW = {
    "kind": "need",
    "market": "expertise",
    "language": "en",
    "title": "Forecast of bread",
    "text": "We bake too much.",
    "areas": [],
    "regions": ["NL31"],
}


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld")


@pytest.fixture
def program(owner: Organisation) -> Program:
    return Program(builders.person(owner))


def test_a_listing_is_posted_changed_published_and_closed(
    program: Program, owner: Organisation
) -> None:
    made = program("POST", "/listings", {"organisation": "voorbeeld", **NEW})
    assert made.status_code == 201
    assert made.json()["state"] == "draft"
    assert made.headers["Location"] == made.json()["links"]["self"]
    address = f"/listings/{made.json()['id']}"

    tag = program("GET", address).headers["ETag"]
    assert tag == made.headers["ETag"]
    change = {"text": "We bake too much bread on Mondays.", "areas": []}
    changed = program("PATCH", address, change, **{"if-match": tag})
    assert changed.status_code == 200, changed.content
    assert changed.json()["title"] == NEW["title"]
    assert changed.json()["text"] == change["text"]
    assert changed.headers["ETag"] != tag

    listing = Listing.objects.get()
    Listing.objects.filter(pk=listing.pk).update(areas=["zorg"])
    unfinished = program("POST", f"{address}/deeds", {"deed": "publish"})
    assert (unfinished.status_code, unfinished.json()["detail"][:6]) == (422, "form: ")
    terms = {"terms": {"form": ["project"]}}
    assert program("PATCH", address, terms, **{"if-match": "*"}).status_code == 200
    published = program("POST", f"{address}/deeds", {"deed": "publish"})
    assert published.json()["state"] == "published"
    assert "close" in published.json()["deeds"]
    closed = program("POST", f"{address}/deeds", {"deed": "close", "reason": "Found elsewhere"})
    assert closed.json()["state"] == "closed"
    event = Event.objects.get(verb="listing.close")
    assert (event.actor, event.reason) == (owner.people.get().pk, "Found elsewhere")


def test_the_examples_of_the_guide_are_posted_shown_and_answered() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    posted, deed, answer = re.findall(r"-d '(\{.*?\})'", guide, re.DOTALL)
    owner = builders.organisation(slug=json.loads(posted)["organisation"])
    program = Program(builders.person(owner))
    made = program("POST", "/listings", json.loads(posted))
    assert made.status_code == 201, made.content
    shown = program("POST", f"/listings/{made.json()['id']}/deeds", json.loads(deed))
    assert shown.json()["state"] == "published"
    bureau, asked = Program(builders.person(is_coordinator=True)), builders.question()
    answered = bureau("POST", f"/questions/{asked.pk}/deeds", json.loads(answer))
    assert answered.json()["answers"][0]["inPublic"]


def test_a_draft_is_thrown_away_and_nothing_else_is(program: Program, owner: Organisation) -> None:
    draft, shown = builders.draft(owner), builders.listing(owner)
    gone = program("DELETE", f"/listings/{draft.pk}")
    assert (gone.status_code, gone.content) == (204, b"")
    kept = program("DELETE", f"/listings/{shown.pk}")
    assert (kept.status_code, kept.json()["detail"]) == (
        409,
        "Only a draft can be thrown away. Close this listing instead.",
    )
    assert list(Listing.objects.all()) == [shown]


def test_who_did_not_see_the_newest_state_changes_nothing(
    program: Program, owner: Organisation
) -> None:
    listing = builders.listing(owner)
    address, change = f"/listings/{listing.pk}", {"title": "Another"}
    old = program("GET", address).headers["ETag"]
    assert program("PATCH", address, change).status_code == 428
    for never_ours in ("1", 'W/"1"', '"x"', '"1", "2"'):
        assert program("PATCH", address, change, **{"if-match": never_ours}).status_code == 412
    assert program("PATCH", address, {"title": "First"}, **{"if-match": old}).status_code == 200
    late = program("PATCH", address, change, **{"if-match": old})
    assert late.status_code == 412
    assert "Somebody changed this" in late.json()["detail"]
    assert Listing.objects.get().title == "First"
    assert program("PATCH", address, change, **{"if-match": "*"}).status_code == 200


def test_terms_are_stated_and_taken_back_one_by_one(program: Program, owner: Organisation) -> None:
    said = {"organisation": "voorbeeld", **NEW, "terms": {"form": ["advice"]}}
    address = f"/listings/{program('POST', '/listings', said).json()['id']}"

    def state(terms: dict[str, Any]) -> Any:
        return program("PATCH", address, {"terms": terms}, **{"if-match": "*"})

    said_first = program("GET", address).json()
    more = state({"capacity": {"capacity": 3, "min_capacity": 1}}).json()
    assert (more["terms"], more["capacity"]) == (said_first["terms"], 3)
    assert "form" not in state({"form": None}).json()["terms"]
    assert state({"form": ["project"]}).json()["terms"]["form"] == ["project"]
    wrong = state({"depth": 1})
    assert (wrong.status_code, wrong.json()["detail"][:21]) == (422, "depth: There is no te")
    assert state({"form": "advice"}).status_code == 422
    assert state({"form": ["flying"]}).status_code == 422


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"title": ""}, 422, "title: It has no title."),
        ({"title": "x" * 500}, 422, "title: "),
        ({"areas": ["nergens"]}, 422, "areas: There is no area “nergens”."),
        ({"regions": ["XX"]}, 422, "regions: "),
        ({"visibility": "nobody"}, 422, "visibility: "),
        ({"language": "de"}, 400, "language: Give one of these: 'nl' or 'en'."),
        ({"colour": "red"}, 400, "colour: This is not known here."),
        ({"title": 3}, 400, "title: Give a text."),
        ({"areas": "zorg"}, 400, "areas: Give a list."),
        ({"title": "a\0b"}, 400, "This holds a sign that cannot be kept."),
        ({"title": "a\ud800b"}, 400, "This holds a sign that cannot be kept."),
        ([], 400, "given: "),
        (b"{", 400, "Cannot parse"),
    ],
)
def test_bad_input_is_said_at_its_place_and_changes_nothing(
    program: Program, owner: Organisation, change: Any, status: int, said: str
) -> None:
    listing = builders.listing(owner)
    events = Event.objects.count()
    answer = program("PATCH", f"/listings/{listing.pk}", change, **{"if-match": "*"})
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"organisation": "niemand"}, "organisation: There is no organisation “niemand”."),
        ({"market": "fish"}, "market: There is no market “fish”. There are: "),
        ({"kind": "wish"}, "kind: Give one of these"),
    ],
)
def test_a_new_listing_needs_an_owner_and_a_market(
    program: Program, change: dict[str, str], said: str
) -> None:
    answer = program("POST", "/listings", {"organisation": "voorbeeld", **NEW, **change})
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"].startswith(said)
    missing = program("POST", "/listings", NEW)
    assert missing.status_code == 422
    assert missing.json()["detail"].startswith("organisation: This has to be there.")


def test_nobody_writes_for_another_and_a_draft_of_another_is_not_there(
    program: Program,
) -> None:
    other = builders.organisation(slug="ander")
    shown, draft = builders.listing(other), builders.draft(other)
    before = Event.objects.count()
    refused = program("PATCH", f"/listings/{shown.pk}", {"title": "Mine"}, **{"if-match": "*"})
    assert refused.status_code == 403
    posted = program("POST", "/listings", {"organisation": "ander", **NEW})
    assert posted.status_code == 403
    for method, address in (("PATCH", ""), ("DELETE", ""), ("POST", "/deeds")):
        said = {"deed": "publish"} if address else {"title": "Mine"}
        answer = program(method, f"/listings/{draft.pk}{address}", said, **{"if-match": "*"})
        assert answer.status_code == 404
    assert Event.objects.count() == before


def test_an_organisation_says_what_it_does(program: Program, owner: Organisation) -> None:
    read = program("GET", "/organisations/voorbeeld")
    change = {"about": {"en": "We bake."}, "areas": ["zorg"], "mailDomains": ["Voorbeeld.nl"]}
    changed = program(
        "PATCH", "/organisations/voorbeeld", change, **{"if-match": read.headers["ETag"]}
    )
    assert changed.status_code == 200, changed.content
    assert (changed.json()["about"], changed.json()["areas"]) == ("We bake.", ["zorg"])
    owner.refresh_from_db()
    assert (owner.name, owner.mail_domains) == (read.json()["name"], ["voorbeeld.nl"])
    wrong = program("PATCH", "/organisations/voorbeeld", {"kvk": "1"}, **{"if-match": "*"})
    assert wrong.status_code == 422
    assert program("POST", "/organisations/voorbeeld/confirmations").status_code == 200
    assert program("POST", "/organisations/voorbeeld/deeds", {"deed": "suspend"}).status_code == 403


def test_the_bureau_suspends_and_takes_back(owner: Organisation) -> None:
    bureau = Program(builders.person(is_coordinator=True))
    for deed, state in (("suspend", "suspended"), ("resume", "active")):
        moved = bureau("POST", "/organisations/voorbeeld/deeds", {"deed": deed, "reason": "why"})
        assert moved.json()["state"] == state
    again = bureau("POST", "/organisations/voorbeeld/deeds", {"deed": "resume"})
    assert again.status_code == 409
    assert "Possible now" in again.json()["detail"]
    assert bureau("POST", "/organisations/voorbeeld/deeds", {"deed": "fly"}).status_code == 409


def test_promises_and_what_came_of_them(program: Program, owner: Organisation) -> None:
    address = "/organisations/voorbeeld/commitments"
    said = {"promises": {"part": {}, "hours": {"amount": 40, "note": "help"}}}
    promised = program("PUT", address, said).json()["items"]
    assert [(each["kind"], each["promised"]) for each in promised] == [
        ("part", None),
        ("hours", 40),
    ]
    wrong = program("PUT", address, {"promises": {"hours": {}}})
    assert wrong.status_code == 422
    what = {"on": timezone.localdate().isoformat(), "what": "A morning", "amount": 4}
    brought = program("POST", f"{address}/hours/contributions", what)
    assert (brought.status_code, brought.json()["amount"]) == (201, 4)
    assert program("GET", address).json()["items"][1]["brought"] == 4
    number = brought.json()["id"]
    assert program("DELETE", f"{address}/part/contributions/{number}").status_code == 404
    assert program("DELETE", f"{address}/hours/contributions/{number}").status_code == 204
    assert (Commitment.objects.count(), Contribution.objects.count()) == (2, 0)


def test_the_bureau_decides_on_who_applies(program: Program) -> None:
    one, two = builders.application(), builders.application()
    bureau = Program(builders.person(is_coordinator=True))
    assert [each["id"] for each in bureau("GET", "/applications").json()["items"]] == [
        one.pk,
        two.pk,
    ]
    assert program("GET", "/applications").json()["items"] == []
    assert program("GET", f"/applications/{one.pk}").status_code == 404
    assert program("POST", f"/applications/{one.pk}/deeds", {"deed": "admit"}).status_code == 404
    admitted = bureau("POST", f"/applications/{one.pk}/deeds", {"deed": "admit"})
    assert admitted.json()["state"] == "admitted"
    assert Organisation.objects.get(slug=admitted.json()["organisation"]).is_participant
    address = f"/applications/{two.pk}/deeds"
    assert bureau("POST", address, {"deed": "decline"}).status_code == 422
    assert bureau("POST", address, {"deed": "fly"}).status_code == 409
    declined = bureau("POST", address, {"deed": "decline", "reason": "Not now"})
    assert (declined.json()["state"], declined.json()["deeds"]) == ("declined", [])


def test_who_manages_invites(owner: Organisation) -> None:
    person = builders.person()
    Membership.objects.create(person=person, organisation=owner, role="manager")
    manager, member = Program(person), Program(builders.person(owner))
    address, whom = "/organisations/voorbeeld/invitations", {"email": "nieuw@voorbeeld.example"}
    assert member("POST", address, whom).status_code == 403
    made = manager("POST", address, whom)
    assert (made.status_code, made.json()["state"]) == (201, "invited")
    assert manager("POST", address, whom).status_code == 409
    assert member("GET", address).json()["items"] == []
    assert [each["email"] for each in manager("GET", address).json()["items"]] == [whom["email"]]
    deeds = f"{address}/{made.json()['id']}/deeds"
    assert member("POST", deeds, {"deed": "withdraw"}).status_code == 404
    assert manager("POST", deeds, {"deed": "accept"}).status_code == 403
    assert manager("POST", deeds, {"deed": "withdraw"}).json()["state"] == "withdrawn"


def test_a_match_is_graded(program: Program, owner: Organisation) -> None:
    need = builders.listing(owner, **NEED)
    offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    match_all()
    address = f"/listings/{need.pk}/matches/{offer.pk}/grade"
    told = program("PUT", address, {"value": 1, "reason": "place", "remark": "Too far"})
    assert told.json() == {"value": 1, "reason": "place", "remark": "Too far"}
    assert program("PUT", address, {"value": 4}).status_code == 400
    assert Grade.objects.get().value == 1
    backwards = f"/listings/{offer.pk}/matches/{need.pk}/grade"
    assert program("DELETE", backwards).status_code == 204
    assert program("DELETE", address).status_code == 409
    assert (
        program("PUT", f"/listings/{need.pk}/matches/{need.pk}/grade", {"value": 1}).status_code
        == 404
    )


# Tokens


def test_a_session_does_not_write(owner: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(builders.person(owner))
    answer = client.post(
        f"{ROOT}/listings", {"organisation": "voorbeeld", **NEW}, content_type="application/json"
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Listing.objects.count() == 0


def test_a_token_is_good_for_its_scopes_only(owner: Organisation) -> None:
    listing = builders.draft(owner)
    reader = Program(builders.person(owner), "grades")
    assert reader("GET", f"/listings/{listing.pk}").status_code == 200
    refused = reader("DELETE", f"/listings/{listing.pk}")
    assert (refused.status_code, "“" in refused.json()["detail"]) == (403, False)
    assert "listings" in refused.json()["detail"]
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "kat_x", "é", "\\ud800", "a b"])
def test_a_token_that_is_not_good_reads_nothing_either(client: Client, secret: str) -> None:
    answer = client.get(f"{ROOT}/areas", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_ends_with_its_day_its_person_and_a_reset_password(
    program: Program, owner: Organisation
) -> None:
    person = owner.people.get()
    assert program("GET", "/areas").status_code == 200
    Person.objects.update(is_active=False)
    assert program("GET", "/areas").status_code == 401
    Person.objects.update(is_active=True)
    person.tokens.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert program("GET", "/areas").status_code == 401
    person.tokens.update(ends_on=timezone.localdate())
    assert program("GET", "/areas").status_code == 200
    verbs.reset_password(person, "een-heel-ander-wachtwoord", by=person)
    assert program("GET", "/areas").status_code == 401
