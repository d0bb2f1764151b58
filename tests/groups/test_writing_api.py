"""Programs run working groups through the API and take part in them: as the pages let people do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.core.models import Event
from katalysator.groups.members import verbs as members
from katalysator.groups.models import (
    Decision,
    GroupMembership,
    GroupTask,
    Meeting,
    WorkingGroup,
)
from katalysator.groups.papers import verbs as papers
from tests import builders
from tests.programs import Program

pytestmark = pytest.mark.django_db

ANY = {"if-match": "*"}
NEW = {"name": "Sharing images", "about": {"en": "We share."}, "areas": ["zorg"]}
WHEN = "2030-03-15T14:00+01:00"


@pytest.fixture
def leader() -> Person:
    return builders.person(builders.organisation(slug="voorbeeld"))


@pytest.fixture
def group(leader: Person) -> WorkingGroup:
    return builders.group(leader, name="Voorbeeldgroep")


@pytest.fixture
def chair(leader: Person) -> Program:
    return Program(leader)


@pytest.fixture
def other() -> Program:
    """A program of somebody of another participant."""
    return Program(builders.person(builders.organisation(slug="ander")))


@pytest.fixture
def bureau() -> Program:
    return Program(builders.person(is_coordinator=True))


def address(group: WorkingGroup) -> str:
    return f"/working-groups/{group.slug}"


def joined(group: WorkingGroup, person: Person | None = None) -> GroupMembership:
    who = person or builders.person(builders.organisation())
    return members.enter(group, who, "join", by=who)


class TestGroups:
    def test_one_is_proposed_admitted_changed_and_rests(
        self, chair: Program, bureau: Program
    ) -> None:
        made = chair("POST", "/working-groups", NEW)
        assert made.status_code == 201, made.content
        assert made.headers["Location"] == made.json()["links"]["self"]
        assert (made.json()["state"], made.json()["deeds"]) == ("proposed", [])
        where = f"/working-groups/{made.json()['slug']}"
        assert chair("POST", f"{where}/deeds", {"deed": "admit"}).status_code == 403
        assert bureau("GET", where).json()["deeds"] == ["admit", "decline"]
        bare = bureau("POST", f"{where}/deeds", {"deed": "decline"})
        assert (bare.status_code, bare.json()["detail"][:8]) == (422, "reason: ")
        assert bureau("POST", f"{where}/deeds", {"deed": "admit"}).json()["state"] == "active"

        tag = chair("GET", where).headers["ETag"]
        changed = chair("PATCH", where, {"about": {"nl": "Wij delen."}}, **{"if-match": tag})
        assert changed.status_code == 200, changed.content
        assert changed.headers["ETag"] != tag
        found = WorkingGroup.objects.get()
        assert dict(found.about) == {"en": "We share.", "nl": "Wij delen."}
        assert (changed.json()["name"], changed.json()["areas"]) == (NEW["name"], ["zorg"])
        assert changed.json()["deeds"] == ["rest", "end"]
        assert chair("POST", f"{where}/deeds", {"deed": "rest"}).json()["state"] == "resting"
        assert chair("POST", f"{where}/deeds", {"deed": "rest"}).status_code == 409
        assert chair("POST", f"{where}/deeds", {"deed": "fly"}).status_code == 409

    def test_the_bureau_starts_one_with_another_as_its_chair(
        self, bureau: Program, leader: Person
    ) -> None:
        made = bureau("POST", "/working-groups", {**NEW, "chair": leader.email})
        assert (made.status_code, made.json()["state"]) == (201, "active")
        assert GroupMembership.objects.chairs().get().person == leader
        unknown = bureau("POST", "/working-groups", {**NEW, "chair": "x@voorbeeld.example"})
        assert (unknown.status_code, unknown.json()["detail"][:7]) == (422, "chair: ")

    def test_nobody_else_names_a_chair_or_learns_who_is_here(
        self, other: Program, leader: Person
    ) -> None:
        for email in (leader.email, "x@voorbeeld.example"):
            answer = other("POST", "/working-groups", {**NEW, "chair": email})
            assert (answer.status_code, answer.json()["detail"]) == (
                403,
                "Only the coordinator may do this.",
            )

    def test_one_is_in_it_for_an_organisation_of_ones_own(
        self, chair: Program, other: Program
    ) -> None:
        theirs = chair("POST", "/working-groups", {**NEW, "organisation": "ander"})
        assert (theirs.status_code, theirs.json()["detail"][:14]) == (422, "organisation: ")
        own = other("POST", "/working-groups", {**NEW, "organisation": "ander"})
        assert own.status_code == 201

    @pytest.mark.parametrize(
        ("change", "status", "said"),
        [
            ({"name": ""}, 422, "name: "),
            ({"areas": ["nergens"]}, 422, "areas: There is no area “nergens”."),
            ({"blocks": ["nergens"]}, 422, "blocks: "),
            ({"hub": "nergens"}, 422, "hub: There is no hub “nergens”."),
            ({"enrolment": "x"}, 422, "enrolment: "),
            ({"readers": "x"}, 422, "readers: "),
            ({"blocks": []}, 422, "areas: Choose at least one area, building block or hub."),
            ({"about": "x"}, 400, "about: Give an object."),
            ({"state": "ended"}, 400, "state: This is not known here."),
        ],
    )
    def test_bad_input_is_said_at_its_place_and_changes_nothing(
        self, chair: Program, group: WorkingGroup, change: Any, status: int, said: str
    ) -> None:
        events = Event.objects.count()
        answer = chair("PATCH", address(group), change, **ANY)
        assert answer.status_code == status, answer.content
        assert answer.json()["detail"].startswith(said)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert Event.objects.count() == events

    def test_who_did_not_see_the_newest_state_changes_nothing(
        self, chair: Program, group: WorkingGroup
    ) -> None:
        old = chair("GET", address(group)).headers["ETag"]
        assert chair("PATCH", address(group), {"name": "x"}).status_code == 428
        first = chair("PATCH", address(group), {"name": "First"}, **{"if-match": old})
        assert first.status_code == 200
        late = chair("PATCH", address(group), {"name": "x"}, **{"if-match": old})
        assert late.status_code == 412
        assert WorkingGroup.objects.get().name == "First"

    def test_who_leads_it_not_changes_nothing_and_a_proposal_of_another_is_not_there(
        self, other: Program, chair: Program, group: WorkingGroup
    ) -> None:
        proposed = chair("POST", "/working-groups", NEW).json()["slug"]
        events = Event.objects.count()
        for method, part, said in (
            ("PATCH", "", {"name": "Mine"}),
            ("POST", "/deeds", {"deed": "end"}),
            ("POST", "/invitations", {"email": "x@voorbeeld.example"}),
            ("POST", "/meetings", {"startsAt": WHEN}),
            ("POST", "/decisions", {"text": "x", "on": "2026-03-02"}),
            ("POST", "/tasks", {"what": "x"}),
        ):
            refused = other(method, f"{address(group)}{part}", said, **ANY)
            assert refused.status_code == 403, part
            hidden = other(method, f"/working-groups/{proposed}{part}", said, **ANY)
            assert hidden.status_code == 404, part
        assert Event.objects.count() == events

    def test_a_token_needs_the_scope(self, leader: Person, group: WorkingGroup) -> None:
        reader = Program(leader, "listings")
        refused = reader("PATCH", address(group), {"name": "x"}, **ANY)
        assert refused.status_code == 403
        assert "groups" in refused.json()["detail"]
        assert reader("POST", f"{address(group)}/tasks", {"what": "x"}).status_code == 403


class TestMembers:
    def test_one_joins_gets_a_role_and_leaves(
        self, other: Program, chair: Program, group: WorkingGroup
    ) -> None:
        where = f"{address(group)}/members"
        made = other("POST", where, {"organisation": "ander"})
        assert (made.status_code, made.json()["state"], made.json()["deeds"]) == (
            201,
            "inside",
            ["leave"],
        )
        assert other("POST", where, {}).status_code == 409
        one = f"{where}/{made.json()['id']}"
        assert other("PUT", f"{one}/role", {"role": "secretary"}).status_code == 403
        assert chair("PUT", f"{one}/role", {"role": "king"}).status_code == 422
        assert chair("PUT", f"{one}/role", {"role": "secretary"}).json()["role"] == "secretary"
        left = other("POST", f"{one}/deeds", {"deed": "leave"})
        assert (left.status_code, left.json()["state"], left.json()["deeds"]) == (
            200,
            "outside",
            [],
        )
        assert other("POST", f"{one}/deeds", {"deed": "leave"}).status_code == 404

    def test_one_asks_and_the_chair_lets_in_or_declines(
        self, other: Program, leader: Person, chair: Program
    ) -> None:
        group = builders.group(leader, enrolment="request")
        where = f"{address(group)}/members"
        asked = other("POST", where, {}).json()
        assert (asked["state"], asked["deeds"], asked["email"]) == ("asked", ["withdraw"], "")
        deeds = f"{where}/{asked['id']}/deeds"
        assert other("POST", deeds, {"deed": "let-in"}).status_code == 403
        waiting = chair("GET", where).json()["items"][-1]
        assert (waiting["deeds"], "@" in waiting["email"]) == (["let-in", "decline"], True)
        assert chair("POST", deeds, {"deed": "withdraw"}).status_code == 403
        assert chair("POST", deeds, {"deed": "let-in"}).json()["state"] == "inside"

    def test_one_is_invited_and_accepts_or_refuses(
        self, chair: Program, group: WorkingGroup
    ) -> None:
        guest = builders.person(builders.organisation())
        where = f"{address(group)}/invitations"
        unknown = chair("POST", where, {"email": "x@voorbeeld.example"})
        assert (unknown.status_code, unknown.json()["detail"][:7]) == (422, "email: ")
        made = chair("POST", where, {"email": guest.email})
        assert (made.status_code, made.json()["state"]) == (201, "invited")
        assert chair("POST", where, {"email": guest.email}).status_code == 409
        deeds = f"{address(group)}/members/{made.json()['id']}/deeds"
        assert chair("POST", deeds, {"deed": "accept"}).status_code == 403
        assert Program(guest)("POST", deeds, {"deed": "refuse"}).json()["state"] == "outside"
        assert chair("POST", where, {"email": guest.email}).status_code == 201

    def test_there_is_always_a_chair(
        self, chair: Program, group: WorkingGroup, leader: Person
    ) -> None:
        mine = group.memberships.get()
        where = f"{address(group)}/members/{mine.pk}"
        stays = chair("POST", f"{where}/deeds", {"deed": "leave"})
        assert (stays.status_code, "Hand the chair over" in stays.json()["detail"]) == (409, True)
        heir = joined(group)
        given = chair("PUT", f"{address(group)}/members/{heir.pk}/role", {"role": "chair"})
        assert given.json()["role"] == "chair"
        assert chair("POST", f"{where}/deeds", {"deed": "leave"}).json()["state"] == "outside"

    def test_who_is_in_it_is_for_members_and_addresses_for_the_chair(
        self, other: Program, chair: Program, group: WorkingGroup
    ) -> None:
        joined(group)
        where = f"{address(group)}/members"
        assert Client().get(f"/api/v1{where}").json()["items"] == []
        assert other("GET", where).json()["items"] == []
        other("POST", where, {})
        assert {each["email"] for each in other("GET", where).json()["items"]} == {""}
        assert len(other("GET", where).json()["items"]) == 3
        assert "" not in {each["email"] for each in chair("GET", where).json()["items"]}

    def test_where_nobody_comes_in_by_themselves_one_is_told_so(
        self, other: Program, leader: Person
    ) -> None:
        group = builders.group(leader, enrolment="invitation")
        refused = other("POST", f"{address(group)}/members", {})
        assert (refused.status_code, "Its page says how." in refused.json()["detail"]) == (
            409,
            True,
        )


class TestPapers:
    def test_a_meeting_is_planned_moved_written_and_adopted(
        self, chair: Program, group: WorkingGroup
    ) -> None:
        made = chair("POST", f"{address(group)}/meetings", {"startsAt": WHEN, "agenda": "1. Bread"})
        assert (made.status_code, made.json()["deeds"]) == (201, ["cancel"])
        where = f"{address(group)}/meetings/{made.json()['id']}"
        tag = chair("GET", where).headers["ETag"]
        assert tag == made.headers["ETag"]
        moved = chair("PATCH", where, {"place": "Utrecht"}, **{"if-match": tag}).json()
        assert (moved["place"], moved["agenda"], moved["startsAt"]) == (
            "Utrecht",
            "1. Bread",
            "2030-03-15T13:00:00Z",
        )
        assert chair("PATCH", where, {"place": "x"}, **{"if-match": tag}).status_code == 412
        assert chair("PUT", f"{where}/minutes", {"minutes": "x"}).status_code == 428
        empty = chair("PUT", f"{where}/minutes", {"minutes": " "}, **ANY)
        assert (empty.status_code, empty.json()["detail"][:9]) == (422, "minutes: ")
        bare = chair("POST", f"{where}/deeds", {"deed": "write"})
        assert (bare.status_code, bare.json()["detail"][:9]) == (422, "minutes: ")
        written = chair("PUT", f"{where}/minutes", {"minutes": "We **baked**."}, **ANY)
        assert (written.json()["state"], written.json()["deeds"]) == ("draft", ["adopt"])
        assert chair("POST", f"{where}/deeds", {"deed": "adopt"}).json()["state"] == "adopted"
        late = chair("PUT", f"{where}/minutes", {"minutes": "x"}, **ANY)
        assert late.status_code == 409

    def test_minutes_that_are_not_adopted_are_not_there_for_others(
        self, other: Program, group: WorkingGroup
    ) -> None:
        meeting = papers.plan(group, by=builders.HOUSE, starts_at=timezone.now())
        where = f"{address(group)}/meetings/{meeting.pk}"
        assert other("PATCH", where, {"place": "x"}, **ANY).status_code == 403
        papers.write(meeting, by=builders.HOUSE, minutes="Secret")
        assert other("PATCH", where, {"place": "x"}, **ANY).status_code == 404
        assert other("PUT", f"{where}/minutes", {"minutes": "x"}, **ANY).status_code == 404
        assert other("POST", f"{where}/deeds", {"deed": "adopt"}).status_code == 404
        elsewhere = f"{address(builders.group())}/meetings/{meeting.pk}"
        assert Program(group.memberships.get().person)("GET", elsewhere).status_code == 404
        assert Meeting.objects.get().minutes == "Secret"

    @pytest.mark.parametrize(
        "moment", [None, "tomorrow", "2030-03-15", "2030-03-15T14:00", "0001-01-01T00:00Z"]
    )
    def test_a_moment_has_its_zone_and_is_one_that_is_meant(
        self, chair: Program, group: WorkingGroup, moment: Any
    ) -> None:
        answer = chair("POST", f"{address(group)}/meetings", {"startsAt": moment})
        assert (answer.status_code, answer.json()["detail"][:14]) == (400, "startsAt: Give")

    def test_decisions_are_numbered_and_revoked(self, chair: Program, group: WorkingGroup) -> None:
        meeting = papers.plan(group, by=builders.HOUSE, starts_at=timezone.now())
        said = {"text": "We bake less.", "on": "2026-03-02", "meeting": meeting.pk}
        where = f"{address(group)}/decisions"
        for number in (1, 2):
            made = chair("POST", where, said)
            assert (made.status_code, made.json()["number"]) == (201, f"2026-{number}")
        assert Decision.objects.filter(meeting=meeting).count() == 2
        deeds = f"{where}/{made.json()['id']}/deeds"
        assert chair("POST", deeds, {"deed": "take"}).status_code == 409
        assert chair("POST", deeds, {"deed": "revoke"}).json()["state"] == "revoked"
        assert chair("POST", deeds, {"deed": "revoke"}).status_code == 409
        other_meeting = papers.plan(builders.group(), by=builders.HOUSE, starts_at=timezone.now())
        tomorrow = str(timezone.localdate() + timedelta(days=1))
        for change, place in (
            ({"meeting": other_meeting.pk}, "meeting: Choose a meeting of this group."),
            ({"on": tomorrow}, "on: This day is still to come."),
            ({"text": " "}, "text: Say what was decided."),
        ):
            wrong = chair("POST", where, {**said, **change})
            assert (wrong.status_code, wrong.json()["detail"]) == (422, place)
        unread = chair("POST", where, {**said, "on": "soon"})
        assert unread.json()["detail"] == "on: Give a day, such as 2027-03-15."

    def test_a_task_is_added_given_done_and_opened_again(
        self, other: Program, chair: Program, group: WorkingGroup
    ) -> None:
        member = other("POST", f"{address(group)}/members", {}).json()["id"]
        made = other("POST", f"{address(group)}/tasks", {"what": "Make a list"})
        assert (made.status_code, made.json()["deeds"]) == (201, ["finish", "drop"])
        where = f"{address(group)}/tasks/{made.json()['id']}"
        tag = chair("GET", where).headers["ETag"]
        assert tag == made.headers["ETag"]
        given = {"holder": member, "due": "2030-03-15"}
        changed = chair("PATCH", where, given, **{"if-match": tag}).json()
        assert (changed["what"], changed["organisation"], changed["due"]) == (
            "Make a list",
            "ander",
            "2030-03-15",
        )
        assert other("PATCH", where, {"what": "x"}, **{"if-match": tag}).status_code == 412
        assert other("PATCH", where, {"what": "x"}).status_code == 428
        kept = other("PATCH", where, {"what": "Make a long list"}, **ANY).json()
        assert (kept["organisation"], kept["due"]) == ("ander", "2030-03-15")
        nobody = other("PATCH", where, {"holder": None}, **ANY).json()
        assert nobody["organisation"] is None
        stranger = joined(builders.group())
        wrong = other("PATCH", where, {"holder": stranger.pk}, **ANY)
        assert (wrong.status_code, wrong.json()["detail"]) == (
            422,
            "holder: Choose a member of this group.",
        )
        assert other("POST", f"{where}/deeds", {"deed": "finish"}).json()["state"] == "done"
        assert other("POST", f"{where}/deeds", {"deed": "drop"}).status_code == 409
        assert other("POST", f"{where}/deeds", {"deed": "reopen"}).json()["state"] == "open"

    def test_tasks_are_not_there_for_who_is_no_member(
        self, other: Program, chair: Program, group: WorkingGroup
    ) -> None:
        task = chair("POST", f"{address(group)}/tasks", {"what": "Secret"}).json()
        where = f"{address(group)}/tasks/{task['id']}"
        assert other("GET", where).status_code == 404
        assert other("PATCH", where, {"what": "x"}, **ANY).status_code == 404
        assert other("POST", f"{where}/deeds", {"deed": "drop"}).status_code == 404
        assert GroupTask.objects.get().what == "Secret"

    def test_a_group_that_rests_plans_and_decides_nothing(
        self, chair: Program, group: WorkingGroup
    ) -> None:
        chair("POST", f"{address(group)}/deeds", {"deed": "rest"})
        for part, said in (
            ("meetings", {"startsAt": WHEN}),
            ("decisions", {"text": "x", "on": "2026-03-02"}),
            ("tasks", {"what": "x"}),
            ("members", {}),
        ):
            asker = (
                Program(builders.person(builders.organisation())) if part == "members" else chair
            )
            assert asker("POST", f"{address(group)}/{part}", said).status_code == 409, part

    def test_reading_a_group_costs_the_same_for_more_papers(
        self, chair: Program, group: WorkingGroup, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        chair("GET", "/areas")  # the use of the token is noted
        for number in (1, 3):
            while group.decisions.count() < number:
                papers.plan(group, by=builders.HOUSE, starts_at=timezone.now())
                papers.decide(group, by=builders.HOUSE, text="x", on=timezone.localdate())
                chair("POST", f"{address(group)}/tasks", {"what": "x"})
                joined(group)
            with django_assert_num_queries(10):
                chair("GET", address(group))
            with django_assert_num_queries(7):
                chair("GET", f"{address(group)}/members")
