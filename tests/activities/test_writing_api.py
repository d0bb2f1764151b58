"""Programs hold activities through the API, and come to them: as the pages let people do."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.activities.choices import verbs as choices
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.tasks import divide
from katalysator.coalition.models import Organisation
from katalysator.core.models import Event
from tests import builders
from tests.activities.steps import come, states
from tests.programs import Program

pytestmark = pytest.mark.django_db

ANY = {"if-match": "*"}


def new(**said: Any) -> dict[str, Any]:
    return {
        "organisation": "voorbeeld",
        "kind": "workshop",
        "title": "Forecasting bread",
        "text": "Bring your own figures.",
        "startsAt": "2030-03-15T14:00+01:00",
        "endsAt": "2030-03-15T16:00+01:00",
        "place": "Domplein 1, Utrecht",
        **said,
    }


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld")


@pytest.fixture
def program(owner: Organisation) -> Program:
    return Program(builders.person(owner))


@pytest.fixture
def visitor() -> Program:
    """A program of somebody of another participant."""
    return Program(builders.person(builders.organisation()))


def address(activity: Activity) -> str:
    return f"/activities/{activity.pk}"


class TestHolding:
    def test_one_is_written_down_changed_announced_and_cancelled(self, program: Program) -> None:
        made = program("POST", "/activities", new())
        assert made.status_code == 201, made.content
        assert made.headers["Location"] == made.json()["links"]["self"]
        assert (made.json()["state"], made.json()["startsAt"]) == ("draft", "2030-03-15T13:00:00Z")
        assert made.json()["deeds"] == ["announce"]
        where = f"/activities/{made.json()['id']}"

        tag = program("GET", where).headers["ETag"]
        assert tag == made.headers["ETag"]
        changed = program("PATCH", where, {"capacity": 20}, **{"if-match": tag})
        assert changed.status_code == 200, changed.content
        assert (changed.json()["capacity"], changed.json()["title"]) == (20, new()["title"])
        assert changed.headers["ETag"] != tag
        assert program("PATCH", where, {"capacity": None}, **ANY).json()["capacity"] is None

        announced = program("POST", f"{where}/deeds", {"deed": "announce"}).json()
        assert (announced["state"], announced["deeds"]) == ("announced", ["cancel"])
        called_off = program("POST", f"{where}/deeds", {"deed": "cancel", "reason": "Ill"})
        assert called_off.json()["state"] == "cancelled"
        assert Event.objects.get(verb="activity.cancel").reason == "Ill"
        again = program("POST", f"{where}/deeds", {"deed": "cancel"})
        assert again.status_code == 409
        assert program("PATCH", where, {"title": "x"}, **ANY).status_code == 409

    def test_only_a_draft_is_thrown_away(self, program: Program, owner: Organisation) -> None:
        draft, shown = builders.activity(owner, "draft"), builders.activity(owner)
        assert program("DELETE", address(draft)).status_code == 204
        kept = program("DELETE", address(shown))
        assert (kept.status_code, kept.json()["detail"]) == (
            409,
            "Only a draft can be thrown away. Cancel it instead: people may count on it.",
        )
        assert Activity.objects.get() == shown

    def test_partners_are_named_and_others_are_kept_as_they_are(self, program: Program) -> None:
        builders.organisation(slug="partner")
        made = program("POST", "/activities", new(partners=["partner", "partner"])).json()
        assert made["partners"] == ["partner"]
        where = f"/activities/{made['id']}"
        assert program("PATCH", where, {"title": "x"}, **ANY).json()["partners"] == ["partner"]
        assert program("PATCH", where, {"partners": []}, **ANY).json()["partners"] == []
        builders.organisation(slug="buiten", state="listed")
        wrong = program("PATCH", where, {"partners": ["buiten"]}, **ANY)
        assert (wrong.status_code, wrong.json()["detail"]) == (
            422,
            "partners: There is no organisation “buiten”.",
        )

    def test_the_bureau_holds_its_own_and_nobody_else_in_its_name(self, program: Program) -> None:
        bureau = Program(builders.person(is_coordinator=True))
        made = bureau("POST", "/activities", new(organisation=None))
        assert (made.status_code, made.json()["organisation"]) == (201, None)
        assert program("POST", "/activities", new(organisation=None)).status_code == 403

    def test_a_series_is_made_changed_and_cancelled_together(
        self, program: Program, owner: Organisation
    ) -> None:
        first = builders.activity(owner)
        where = address(first)
        made = program("POST", f"{where}/repetitions", {"rhythm": "weekly", "times": 2})
        assert (made.status_code, len(made.json()["items"])) == (201, 2)
        assert {each["state"] for each in made.json()["items"]} == {"announced"}
        changed = program("PATCH", where, {"title": "Together", "laterToo": True}, **ANY)
        assert changed.json()["series"] == made.json()["items"][0]["series"]
        assert set(Activity.objects.values_list("title", flat=True)) == {"Together"}
        program("POST", f"{where}/deeds", {"deed": "cancel", "laterToo": True})
        assert set(Activity.objects.values_list("state", flat=True)) == {"cancelled"}

    def test_a_draft_of_a_series_is_not_thrown_away_by_cancelling_it(
        self, program: Program, owner: Organisation
    ) -> None:
        draft = builders.activity(owner, "draft")
        said = {"deed": "cancel", "laterToo": True}
        assert program("POST", f"{address(draft)}/deeds", said).status_code == 409
        assert Activity.objects.get() == draft

    def test_days_are_named(self, program: Program, owner: Organisation) -> None:
        where = f"{address(builders.activity(owner))}/repetitions"
        day = str(timezone.localdate() + timedelta(days=40))
        made = program("POST", where, {"rhythm": "days", "days": [day]})
        began = datetime.fromisoformat(made.json()["items"][0]["startsAt"])
        assert str(timezone.localtime(began).date()) == day
        none = program("POST", where, {"rhythm": "days"})
        assert (none.status_code, none.json()["detail"][:6]) == (422, "days: ")

    def test_what_came_of_it_is_told_when_it_began(
        self, program: Program, owner: Organisation
    ) -> None:
        coming, begun = builders.activity(owner), builders.activity(owner, days=-1)
        said = {"outcome": "A plan", "lessons": "Begin earlier"}
        early = program("PUT", f"{address(coming)}/outcome", said)
        assert (early.status_code, early.json()["detail"]) == (409, "It has not begun yet.")
        told = program("PUT", f"{address(begun)}/outcome", said).json()
        assert (told["state"], told["outcome"], told["lessons"]) == ("held", *said.values())
        empty = program("PUT", f"{address(begun)}/outcome", {})
        assert (empty.status_code, empty.json()["detail"][:9]) == (422, "outcome: ")

    @pytest.mark.parametrize(
        ("change", "status", "said"),
        [
            ({"title": ""}, 422, "title: "),
            ({"kind": "party"}, 422, "kind: "),
            ({"mode": "moon"}, 422, "mode: "),
            ({"areas": ["nergens"]}, 422, "areas: There is no area “nergens”."),
            ({"region": "XX"}, 422, "region: "),
            ({"capacity": 0}, 422, "capacity: Say how many places there are."),
            ({"capacity": 2**40}, 422, "capacity: "),
            ({"endsAt": "2001-01-01T10:00Z"}, 422, "endsAt: It ends before it begins."),
            ({"organisation": "niemand"}, 422, "organisation: There is no organisation “niemand”."),
            (
                {"startsAt": None},
                400,
                "startsAt: Give a moment with its zone, such as 2027-03-15T14",
            ),
            ({"startsAt": "2030-03-15T14:00"}, 400, "startsAt: Give a moment with its zone"),
            ({"startsAt": "tomorrow"}, 400, "startsAt: Give a moment with its zone"),
            ({"closesAt": "0001-01-01T00:00+14:00"}, 400, "closesAt: Give "),
            ({"language": "de"}, 400, "language: Give one of these: 'nl' or 'en'."),
            ({"state": "held"}, 400, "state: This is not known here."),
        ],
    )
    def test_bad_input_is_said_at_its_place_and_changes_nothing(
        self, program: Program, owner: Organisation, change: Any, status: int, said: str
    ) -> None:
        activity, events = builders.activity(owner), Event.objects.count()
        answer = program("PATCH", address(activity), change, **ANY)
        assert answer.status_code == status, answer.content
        assert answer.json()["detail"].startswith(said)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert Event.objects.count() == events

    def test_who_did_not_see_the_newest_state_changes_nothing(
        self, program: Program, owner: Organisation
    ) -> None:
        where = address(builders.activity(owner))
        old = program("GET", where).headers["ETag"]
        assert program("PATCH", where, {"title": "x"}).status_code == 428
        first = program("PATCH", where, {"title": "First"}, **{"if-match": old})
        assert first.status_code == 200
        assert program("PATCH", where, {"title": "x"}, **{"if-match": old}).status_code == 412
        assert Activity.objects.get().title == "First"

    def test_others_change_nothing_and_do_not_see_a_draft(
        self, visitor: Program, owner: Organisation
    ) -> None:
        shown, draft = builders.activity(owner), builders.activity(owner, "draft")
        events = Event.objects.count()
        deeds = (
            ("PATCH", "", {"title": "Mine"}), ("DELETE", "", None), ("POST", "/deeds", {"deed": "hold"}),
            ("PUT", "/outcome", {"outcome": "x"}), ("POST", "/repetitions", {"rhythm": "weekly"}),
            ("POST", "/invitations", {"organisation": "voorbeeld"}), ("PUT", "/attendance", {"present": [1]}),
        )  # fmt: skip
        for method, part, said in deeds:
            refused = visitor(method, f"{address(shown)}{part}", said, **ANY)
            assert refused.status_code == 403, part
            assert visitor(method, f"{address(draft)}{part}", said, **ANY).status_code == 404
        assert visitor("POST", "/activities", new()).status_code == 403
        assert Event.objects.count() == events

    def test_a_token_needs_the_scope(self, owner: Organisation) -> None:
        reader = Program(builders.person(owner), "listings")
        refused = reader("POST", "/activities", new())
        assert refused.status_code == 403
        assert "activities" in refused.json()["detail"]
        assert not Activity.objects.exists()


class TestComing:
    def test_one_registers_and_withdraws(self, visitor: Program, owner: Organisation) -> None:
        activity = builders.activity(owner, capacity=1, link="https://voorbeeld.example/x")
        where = address(activity)
        assert visitor("GET", where).json()["link"] == ""
        made = visitor("POST", f"{where}/enrolments")
        assert (made.status_code, made.json()["state"]) == (201, "placed")
        assert made.json()["deeds"] == ["withdraw"]
        read = visitor("GET", where).json()
        assert (read["enrolment"], read["link"]) == (made.json(), "https://voorbeeld.example/x")
        again = visitor("POST", f"{where}/enrolments")
        assert (again.status_code, again.json()["detail"]) == (409, "You are on the list already.")
        deeds = f"{where}/enrolments/{made.json()['id']}/deeds"
        assert visitor("POST", deeds, {"deed": "withdraw"}).json()["state"] == "withdrawn"
        assert visitor("GET", where).json()["enrolment"] is None

    def test_a_place_that_comes_free_goes_to_who_waits(
        self, visitor: Program, owner: Organisation
    ) -> None:
        activity = builders.activity(owner, capacity=1)
        mine = visitor("POST", f"{address(activity)}/enrolments").json()
        come(activity)
        assert states(activity) == ["placed", "waiting"]
        deeds = f"{address(activity)}/enrolments/{mine['id']}/deeds"
        visitor("POST", deeds, {"deed": "withdraw"})
        assert states(activity) == ["withdrawn", "placed"]

    def test_who_holds_it_gives_places_and_declines(
        self, program: Program, owner: Organisation
    ) -> None:
        activity = builders.activity(owner, policy="request")
        one, two = come(activity), come(activity)
        where = f"{address(activity)}/enrolments"
        asked = program("GET", where).json()["items"]
        assert [each["email"] for each in asked] == [one.person.email, two.person.email]
        assert asked[0]["deeds"] == ["grant", "decline"]
        granted = program("POST", f"{where}/{one.pk}/deeds", {"deed": "grant"})
        assert granted.json()["state"] == "placed"
        program("POST", f"{where}/{two.pk}/deeds", {"deed": "decline"})
        assert states(activity) == ["placed", "declined"]
        assert program("POST", f"{where}/{one.pk}/deeds", {"deed": "withdraw"}).status_code == 403
        assert program("POST", f"{where}/{one.pk}/deeds", {"deed": "move-up"}).status_code == 403
        assert program("POST", f"{where}/{one.pk}/deeds", {"deed": "fly"}).status_code == 409

    def test_others_read_and_move_their_own_place_only(
        self, visitor: Program, owner: Organisation
    ) -> None:
        activity = builders.activity(owner, policy="request")
        theirs = come(activity)
        where = f"{address(activity)}/enrolments"
        assert visitor("GET", where).json()["items"] == []
        for deed in ("grant", "withdraw", "decline"):
            answer = visitor("POST", f"{where}/{theirs.pk}/deeds", {"deed": deed})
            assert answer.status_code == 404
        mine = visitor("POST", where).json()
        assert [each["id"] for each in visitor("GET", where).json()["items"]] == [mine["id"]]
        assert visitor("POST", f"{where}/{mine['id']}/deeds", {"deed": "grant"}).status_code == 403
        elsewhere = f"{address(builders.activity(owner))}/enrolments/{mine['id']}/deeds"
        assert visitor("POST", elsewhere, {"deed": "withdraw"}).status_code == 404
        assert states(activity) == ["asked", "asked"]

    def test_a_participant_is_invited_and_its_addresses_are_not_told(
        self, program: Program, owner: Organisation
    ) -> None:
        guest = builders.organisation(slug="gast")
        invited = builders.person(guest)
        activity = builders.activity(owner, policy="invitation")
        where = address(activity)
        made = program("POST", f"{where}/invitations", {"organisation": "gast"})
        assert made.status_code == 201
        (told,) = made.json()["items"]
        assert (told["state"], told["email"], told["organisations"]) == ("invited", "", ["gast"])
        again = program("POST", f"{where}/invitations", {"organisation": "gast"})
        assert again.status_code == 409
        unknown = program("POST", f"{where}/invitations", {"organisation": "niemand"})
        assert (unknown.status_code, unknown.json()["detail"][:13]) == (422, "organisation:")
        accepted = Program(invited)(
            "POST", f"{where}/enrolments/{told['id']}/deeds", {"deed": "accept"}
        )
        assert (accepted.json()["state"], accepted.json()["email"]) == ("placed", invited.email)

    def test_who_was_there_is_written_down(self, program: Program, owner: Organisation) -> None:
        activity = builders.activity(owner)
        one, two, elsewhere = come(activity), come(activity), come(builders.activity(owner))
        where = f"{address(activity)}/attendance"
        assert program("PUT", where, {"present": [one.pk]}).status_code == 409
        now = timezone.now()
        Activity.objects.update(
            starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1)
        )
        said = {"present": [one.pk, elsewhere.pk], "absent": [two.pk]}
        noted = program("PUT", where, said).json()["items"]
        assert {each["id"]: each["state"] for each in noted} == {
            one.pk: "attended",
            two.pk: "absent",
        }
        assert Enrolment.objects.get(pk=elsewhere.pk).state == "placed"
        assert program("PUT", where, {"present": [0]}).status_code == 400

    def test_reading_who_comes_costs_the_same_for_more_of_them(
        self,
        program: Program,
        owner: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        activity = builders.activity(owner)
        for number in (1, 3):
            while activity.enrolments.count() < number:
                come(activity, builders.person(builders.organisation()))
            program("GET", "/areas")  # the use of the token is noted
            with django_assert_num_queries(6):
                program("GET", f"{address(activity)}/enrolments")


class TestChoices:
    """What people would like most: said by themselves, divided and approved by who holds it."""

    @pytest.fixture
    def owner(self) -> Organisation:
        return builders.organisation(slug="houder")

    @pytest.fixture
    def holder(self, owner: Organisation) -> Program:
        return Program(builders.person(owner))

    @pytest.fixture
    def rounds(self, owner: Organisation) -> list[int]:
        return [builders.activity(owner, capacity=1).pk for _ in range(2)]

    def test_a_choice_is_made_ranked_divided_and_approved(
        self, holder: Program, rounds: list[int]
    ) -> None:
        made = holder("POST", "/activity-choices", {"title": "Rondes", "activities": rounds})
        assert made.status_code == 201, made.content
        assert made.headers["Location"] == made.json()["links"]["self"]
        where = f"/activity-choices/{made.json()['id']}"
        people = [builders.person() for _ in range(3)]
        for each in people:
            said = Program(each)("PUT", f"{where}/order", {"order": rounds})
            assert (said.status_code, said.json()["order"]) == (200, rounds)
            assert (said.json()["division"], said.json()["deeds"]) == (None, [])
        before = holder("GET", where).json()
        assert (before["state"], before["deeds"]) == ("open", ["divide"])
        assert before["division"]["activities"][0] == {
            "activity": rounds[0],
            "first": 3,
            "given": 0,
        }
        assert holder("POST", f"{where}/deeds", {"deed": "divide"}).json()["state"] == "dividing"
        divide(int(before["id"]))
        told = holder("GET", where).json()
        assert (told["state"], told["deeds"]) == ("proposed", ["reopen", "approve"])
        division = told["division"]
        assert (division["people"], division["without"], division["ranks"]) == (
            3,
            1,
            {"1": 1, "2": 1},
        )
        assert not Enrolment.objects.exists()
        late = Program(people[0])("PUT", f"{where}/order", {"order": []})
        assert (late.status_code, "orders cannot be changed" in late.json()["detail"]) == (
            409,
            True,
        )
        assert holder("POST", f"{where}/deeds", {"deed": "approve"}).json()["state"] == "settled"
        assert Enrolment.objects.seated().count() == 2

    def test_only_who_holds_them_divides_and_sees_the_division(
        self, holder: Program, rounds: list[int]
    ) -> None:
        other = Program(builders.person(builders.organisation()))
        refused = other("POST", "/activity-choices", {"title": "Kaping", "activities": rounds})
        assert refused.status_code == 403
        number = holder(
            "POST", "/activity-choices", {"title": "Rondes", "activities": rounds}
        ).json()["id"]
        me = builders.person()
        Program(me)("PUT", f"/activity-choices/{number}/order", {"order": rounds[:1]})
        for deed in ("divide", "reopen", "approve", "propose", "fly"):
            assert (
                other("POST", f"/activity-choices/{number}/deeds", {"deed": deed}).status_code
                == 403
            )
        told = other("GET", f"/activity-choices/{number}").json()
        assert (told["order"], told["division"], told["deeds"]) == ([], None, [])
        assert (
            holder("POST", f"/activity-choices/{number}/deeds", {"deed": "propose"}).status_code
            == 403
        )

    def test_what_one_does_not_see_is_not_there(self, owner: Organisation, holder: Program) -> None:
        inside_ = [builders.activity(owner, visibility="participants").pk for _ in range(2)]
        said = {"title": "Binnen", "activities": inside_}
        number = holder("POST", "/activity-choices", said).json()["id"]
        stranger, where = Client(), f"/activity-choices/{number}"
        assert stranger.get(f"/api/v1{where}").status_code == 404
        assert stranger.get("/api/v1/activity-choices").json()["items"] == []
        of_nobody = Program(builders.person())
        assert of_nobody("PUT", f"{where}/order", {"order": inside_}).status_code == 404
        unseen = of_nobody("POST", "/activity-choices", said)
        assert (unseen.status_code, "There is no activity" in unseen.json()["detail"]) == (
            422,
            True,
        )

    def test_what_cannot_be_chosen_is_refused(self, holder: Program, rounds: list[int]) -> None:
        made = holder("POST", "/activity-choices", {"title": "Rondes", "activities": rounds}).json()
        where = f"/activity-choices/{made['id']}/order"
        for order in ([rounds[0], rounds[0]], [builders.activity().pk]):
            answer = holder("PUT", where, {"order": order})
            assert (answer.status_code, answer.json()["detail"]) == (
                422,
                "order: Name each activity once.",
            )
        few = holder(
            "POST", "/activity-choices", {"title": "Een", "activities": [builders.activity().pk]}
        )
        assert few.status_code in (403, 422)

    def test_the_list_costs_as_much_for_many_as_for_one(
        self, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(4):
            both = [builders.activity(owner) for _ in range(2)]
            choices.post(f"Dag {number}", by=builders.HOUSE, organisation=owner, activities=both)
        with django_assert_num_queries(2):
            assert Client().get("/api/v1/activity-choices").json()["total"] == 4
