"""Programs plan talks, and people arrange their own through the API: as the pages let them."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Person
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from katalysator.rounds.tasks import compute_talks
from tests import builders
from tests.activities.steps import come
from tests.programs import Program
from tests.rounds.meetings import (
    again,
    all_want,
    fresh,
    guest,
    guests,
    planned,
    published,
    wanted,
)

pytestmark = pytest.mark.django_db

ROOMS = [{"name": "Tuinkamer", "tables": 2}]


def bureau() -> Program:
    return Program(builders.person(is_coordinator=True))


def talks(day: MeetingDay, rest: str = "") -> str:
    return f"/activities/{day.activity_id}/talks{rest}"


def number_of(day: MeetingDay, person: Person) -> int:
    return int(MeetingGuest.objects.get(day=day, person=person).pk)


class TestPlanner:
    def test_talks_are_planned_computed_and_published(self) -> None:
        ask, activity = bureau(), builders.activity()
        where = f"/activities/{activity.pk}/talks"
        made = ask("POST", where, {"slots": 2, "rooms": ROOMS, "between": 5})
        assert made.status_code == 201, made.content
        assert (made.json()["deeds"], len(made.json()["times"])) == (["compute"], 2)
        day = MeetingDay.objects.get()
        assert day.starts_at == activity.starts_at
        all_want(day, guests(day, 3))
        assert ask("POST", f"{where}/deeds", {"deed": "compute"}).json()["deeds"] == ["stop"]
        compute_talks(day.pk, fresh(day).run)
        read = ask("GET", where).json()
        assert (read["deeds"], read["figures"]["people"]) == (["compute", "publish"], 3)
        assert read["settings"]["between"] == 5
        done = ask("POST", f"{where}/deeds", {"deed": "publish"})
        assert done.json()["state"] == "published"
        assert ask("POST", f"{where}/deeds", {"deed": "stop"}).status_code == 409

    def test_what_is_left_out_stays_and_nobody_writes_over_what_they_did_not_see(self) -> None:
        ask, day = bureau(), planned(between=5)
        first = ask("GET", talks(day)).headers["ETag"]
        changed = ask("PATCH", talks(day), {"slots": 3, "rooms": ROOMS}, **{"if-match": first})
        assert changed.status_code == 200, changed.content
        now = fresh(day)
        assert (now.slots, now.between, now.rooms) == (3, 5, [["Tuinkamer", 2]])
        assert ask("PATCH", talks(day), {"slots": 2}, **{"if-match": first}).status_code == 412
        assert ask("PATCH", talks(day), {"slots": 2}).status_code == 428
        published(day)
        late = ask("PATCH", talks(day), {"slots": 2}, **{"if-match": "*"})
        assert (late.status_code, "stay as they are" in late.json()["detail"]) == (409, True)

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ({"rooms": []}, 422),
            ({"rooms": [{"name": "x", "tables": 0}]}, 422),
            ({"rooms": ROOMS, "slots": 0}, 422),
            ({"rooms": ROOMS, "slots": 99_999}, 400),
            ({"rooms": ROOMS, "breakAfter": 8}, 422),
            ({"rooms": ROOMS, "minutes": 120}, 422),
            ({"rooms": ROOMS, "startsAt": "2030-01-01T10:00"}, 400),
            ({"rooms": "x"}, 400),
        ],
    )
    def test_what_cannot_be_planned_is_refused(self, said: Any, status: int) -> None:
        activity = builders.activity()
        answer = bureau()("POST", f"/activities/{activity.pk}/talks", said)
        assert answer.status_code == status, answer.content
        assert not MeetingDay.objects.exists()

    def test_who_comes_plans_nothing_and_sees_no_settings(self) -> None:
        day = planned()
        ask = Program(guest(day))
        read = ask("GET", talks(day)).json()
        assert (read["settings"], read["figures"], read["deeds"]) == (None, None, [])
        assert ask("POST", talks(day, "/deeds"), {"deed": "compute"}).status_code == 403
        any_ = {"if-match": "*"}
        assert ask("PATCH", talks(day), {"slots": 2}, **any_).status_code == 403
        elsewhere = f"/activities/{builders.activity().pk}/talks"
        assert ask("POST", elsewhere, {"rooms": ROOMS}).status_code == 403


class TestGuests:
    def test_from_taking_part_to_calling_off(self) -> None:
        day = planned()
        lab = builders.organisation(name="Voorbeeldlab")
        one, other = builders.person(builders.organisation(name="Voorbeeldzoeker")), guest(day, lab)
        come(day.activity, one)
        asker, giver = Program(again(one)), Program(other)
        assert asker("GET", talks(day, "/own")).json()["takesPart"] is False
        assert asker("GET", talks(day, "/guests")).json()["items"] == []
        mine = asker("PUT", talks(day, "/own"), {"away": [0], "most": 2})
        assert mine.json() == {"takesPart": True, "away": [0], "most": 2, "items": []}
        (found,) = asker("GET", talks(day, "/guests")).json()["items"]
        assert found == {"id": number_of(day, other), "name": "Voorbeeldlab", "reason": ""}
        made = asker("POST", talks(day, "/wishes"), {"guest": found["id"]})
        assert made.status_code == 201
        assert made.json()["own"] is True
        assert asker("GET", talks(day, "/guests")).json()["items"] == []
        (wish,) = giver("GET", talks(day, "/wishes")).json()["items"]
        assert (wish["own"], wish["name"], wish["answer"]) == (False, "Voorbeeldzoeker", "")
        said = giver("PUT", talks(day, f"/wishes/{wish['id']}/answer"), {"answer": "yes"})
        assert said.json()["answer"] == "yes"
        published(day)
        (talk,) = giver("GET", talks(day, "/own")).json()["items"]
        off = giver("POST", talks(day, f"/own/{talk['id']}/deeds"), {"deed": "call-off"})
        assert off.json()["items"][0]["calledOff"] is True
        again_off = asker("POST", talks(day, f"/own/{talk['id']}/deeds"), {"deed": "call-off"})
        assert again_off.status_code == 409
        assert asker("DELETE", talks(day, "/own")).status_code == 204
        assert not MeetingWish.objects.exists()

    def test_a_wish_is_taken_back_by_who_has_it_and_answered_by_the_other(self) -> None:
        day = planned()
        one, other = guests(day, 2)
        wish = wanted(day, one, other)
        asker, giver = Program(one), Program(other)
        where = talks(day, f"/wishes/{wish.pk}")
        assert giver("DELETE", where).status_code == 403
        assert asker("PUT", f"{where}/answer", {"answer": "yes"}).status_code == 403
        assert giver("PUT", f"{where}/answer", {"answer": "maybe"}).status_code == 400
        assert asker("DELETE", where).status_code == 204
        assert giver("PUT", f"{where}/answer", {"answer": "yes"}).status_code == 404

    def test_of_others_nothing_is_there(self) -> None:
        day = planned()
        one, other, third = guests(day, 3)
        wish = wanted(day, one, other)
        published(day)
        talk = MeetingTalk.objects.get()
        ask = Program(third)
        assert ask("GET", talks(day, "/wishes")).json()["items"] == []
        assert ask("PUT", talks(day, f"/wishes/{wish.pk}/answer"), {"answer": "no"}).status_code == 404  # fmt: skip
        off = ask("POST", talks(day, f"/own/{talk.pk}/deeds"), {"deed": "call-off"})
        assert off.status_code == 404
        stranger = Program(builders.person(builders.organisation()))
        assert stranger("PUT", talks(day, "/own"), {}).status_code == 404

    def test_who_wants_too_much_is_told_so(self) -> None:
        day = planned()
        one, colleague = guest(day), None
        colleague = guest(day, Membership.objects.get(person=one).organisation)
        ask = Program(again(one))
        own = ask("POST", talks(day, "/wishes"), {"guest": number_of(day, colleague)})
        assert (own.status_code, own.json()["detail"]) == (
            409,
            "They are of your own organisation.",
        )
        assert ask("POST", talks(day, "/wishes"), {"guest": 999_999}).status_code == 404
        assert ask("PUT", talks(day, "/own"), {"away": [99]}).status_code == 422
        assert ask("PUT", talks(day, "/own"), {"most": 0}).status_code == 422

    def test_when_one_has_a_talk_one_is_there(self) -> None:
        day = planned(slots=1)
        one, other = guests(day, 2)
        wanted(day, one, other)
        published(day)
        late = Program(one)("PUT", talks(day, "/own"), {"away": [0]})
        assert (late.status_code, "Call the talk off first." in late.json()["detail"]) == (
            409,
            True,
        )

    @pytest.mark.parametrize(("rest", "queries"), [("/guests", 9), ("/wishes", 9)])
    def test_a_list_costs_the_same_whatever_its_length(
        self, rest: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        day = planned()
        one, *others = guests(day, 4)
        wanted(day, others[0], one)
        ask = Program(again(one))
        ask("GET", talks(day, rest))
        for _ in range(2):
            with django_assert_num_queries(queries):
                assert ask("GET", talks(day, rest)).json()["total"]
            for _ in range(3):
                guest(day)
                wanted(day, guest(day), one)
