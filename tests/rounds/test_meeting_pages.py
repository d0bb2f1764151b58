"""Pages of talks: what who plans them sees, and what who takes part does with buttons."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Person
from katalysator.coalition.verbs import erase
from katalysator.core.links import key_of
from katalysator.listings.models import Kind
from katalysator.matches.models import Match
from katalysator.rounds.meeting import guest_verbs
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from katalysator.rounds.tasks import (
    compute_talks,
    let_guest_go,
    tell_of_talks,
    tell_talk_gone,
    tell_talk_off,
)
from tests import builders
from tests.activities.steps import come, jobs
from tests.attack.steps import inside
from tests.rounds.meetings import (
    all_want,
    computed,
    fresh,
    guest,
    guests,
    pairs,
    planned,
    published,
    wanted,
)

pytestmark = pytest.mark.django_db

SETTINGS = {
    "slots": 2, "minutes": 15, "between": 0, "break_after": "", "break_minutes": "",
    "rooms": "Tuinkamer: 2\nZaal: bij de deur: 1", "most": "",
}  # fmt: skip


def page(who: Person, day: MeetingDay, rest: str = "") -> str:
    answer = inside(who).get(f"/en/activities/{day.activity_id}/talks/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def press(who: Person, day: MeetingDay, deed: str, of: Any = "") -> str:
    """Press a button on one's own page; what the next page says."""
    to = f"/en/activities/{day.activity_id}/talks/mine/{deed}/"
    return inside(who).post(to, {"of": of}, follow=True).content.decode()


def bureau() -> Person:
    return builders.person(is_coordinator=True)


class TestPlanner:
    def test_talks_are_planned_computed_and_published_on_the_pages(self) -> None:
        activity, who = builders.activity(), bureau()
        there = f"/en/activities/{activity.pk}/"
        assert "Plan talks" in inside(who).get(there).content.decode()
        starts = activity.starts_at.astimezone().strftime("%Y-%m-%dT%H:%M")
        client = inside(who)
        first = client.get(f"{there}talks/settings/")
        assert first.status_code == 200
        typed = first.context["form"].initial["starts_at"].strftime("%Y-%m-%dT%H:%M:%S.%f")
        made = client.post(f"{there}talks/settings/", SETTINGS | {"starts_at": typed})
        assert (made.status_code, made["Location"]) == (302, f"{there}talks/"), starts
        day = MeetingDay.objects.get()
        assert day.rooms == [["Tuinkamer", 2], ["Zaal: bij de deur", 1]]
        all_want(day, guests(day, 4))
        assert "Compute the schedule" in page(who, day)
        inside(who).post(f"{there}talks/compute/")
        assert "It waits for its turn" in page(who, day)
        compute_talks(day.pk, fresh(day).run)
        shown = page(who, day)
        assert "Proven: no schedule is worth more." in shown
        inside(who).post(f"{there}talks/publish/")
        assert fresh(day).state == "published"
        assert "Tuinkamer" in page(who, day, "plan/")

    def test_a_form_that_is_wrong_is_shown_again(self) -> None:
        activity, who = builders.activity(), bureau()
        answer = inside(who).post(
            f"/en/activities/{activity.pk}/talks/settings/", SETTINGS | {"rooms": "Zaal", "starts_at": ""}
        )  # fmt: skip
        assert answer.status_code == 422
        assert "is not a room with a number of tables" in answer.content.decode()

    def test_who_gets_few_talks_is_told_with_why(self) -> None:
        day = planned(slots=1, rooms=(("Zaal", 1),))
        one, two, three, four = (guest(day) for _ in range(4))
        for each, name in ((one, "Een"), (two, "Twee"), (three, "Drie"), (four, "Vier")):
            Membership.objects.filter(person=each).update(name=name)
        wanted(day, one, two, "yes")
        wanted(day, one, three)
        shown = page(bureau(), published(day))
        assert "No time or table was left for both" in shown
        assert "Asked for nobody, and nobody asked" in shown
        assert one.email not in shown

    def test_the_page_of_who_plans_is_not_for_who_takes_part(self) -> None:
        day = planned()
        one = guest(day)
        for rest in ("", "settings/", "plan/"):
            there = f"/en/activities/{day.activity_id}/talks/{rest}"
            assert inside(one).get(there).status_code == 403
        stranger = inside(builders.person(builders.organisation()))
        assert stranger.get(f"/en/activities/{day.activity_id}/talks/mine/").status_code == 404
        assert Client().get(f"/en/activities/{day.activity_id}/talks/").status_code == 302

    def test_whoever_was_to_meet_an_account_that_is_erased_hears_of_it_and_the_place_is_free(
        self,
    ) -> None:
        day = planned(slots=1, rooms=(("Tuinkamer", 1),))
        one, two, three = guests(day, 3)
        wanted(day, one, two)
        published(day)
        wanted(day, one, three)
        deferred = len(mail.outbox)
        erase(two, by=builders.HOUSE)
        assert not MeetingTalk.objects.exists()
        (job,) = jobs("rounds.tell_talk_gone")
        tell_talk_gone(**job)
        (letter,) = mail.outbox[deferred:]
        assert letter.to == [one.email]
        assert "door de ander afgezegd" in letter.body
        published(day)
        assert pairs(day) == {frozenset((one.pk, three.pk))}

    def test_nobody_is_told_of_a_talk_that_was_or_that_nobody_saw(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        computed(day)
        erase(one, by=builders.HOUSE)
        assert not jobs("rounds.tell_talk_gone")

    def test_its_cost_does_not_grow(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        day = planned()
        all_want(day, guests(day, 8))
        published(day)
        client = inside(bureau())
        for rest, most in (("", 26), ("plan/", 10)):
            with django_assert_max_num_queries(most):
                client.get(f"/en/activities/{day.activity_id}/talks/{rest}")


class TestOwnPage:
    def test_somebody_joins_asks_is_answered_and_calls_off(self) -> None:
        day = planned()
        one, two = builders.person(builders.organisation()), guest(day)
        come(day.activity, one)
        assert "You do not take part in the talks yet" in page(one, day, "mine/")
        press(one, day, "join")
        theirs = MeetingGuest.objects.get(person=two)
        assert "They can say yes or no." in press(one, day, "want", theirs.pk)
        wish = MeetingWish.objects.get()
        assert "Who wants to meet you" in page(two, day, "mine/")
        press(two, day, "yes", wish.pk)
        published(day)
        talk = MeetingTalk.objects.get()
        assert "Tuinkamer, table 1" in page(one, day, "mine/")
        assert "Called off" in press(one, day, "off", talk.pk)
        tell_talk_off(talk.pk)
        assert [letter.to for letter in mail.outbox] == [[two.email]]
        assert "door de ander afgezegd" in mail.outbox[0].body

    def test_others_see_a_name_and_an_organisation_and_no_address(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        Membership.objects.filter(person=two).update(name="Docent data")
        shown = page(one, day, "mine/")
        assert "Docent data" in shown
        assert two.email not in shown

    def test_whoever_fits_stands_first_with_the_reason(self) -> None:
        day = planned()
        one, _two, three = guests(day, 3)
        mine, theirs = (Membership.objects.get(person=each).organisation for each in (one, three))
        need = builders.listing(mine, Kind.NEED, title="Hulp bij planning")
        offer = builders.listing(theirs, Kind.OFFER, title="Planners te leen")
        Match.objects.create(need=need, offer=offer, market="expertise", score=0.9, parts={})
        shown = page(one, day, "mine/")
        assert "Planners te leen" in shown
        assert shown.index("Planners te leen") < shown.rindex("I want to meet them")

    def test_times_are_said_on_a_page_of_their_own(self) -> None:
        day = planned()
        one = guest(day)
        there = f"/en/activities/{day.activity_id}/talks/mine/times/"
        assert inside(one).get(there).status_code == 200
        answer = inside(one).post(there, {"there": ["1", "3"], "most": "2"})
        assert answer.status_code == 302
        found = MeetingGuest.objects.get()
        assert (found.away, found.most) == ([0, 2], 2)
        assert inside(one).post(there, {"there": ["9"]}).status_code == 422

    @pytest.mark.parametrize("of", ["", "x", "0", "9" * 30, "½"])
    @pytest.mark.parametrize("deed", ["want", "unwant", "yes", "no", "off"])
    def test_a_number_that_is_nobodys_is_not_found(self, deed: str, of: str) -> None:
        day = planned()
        to = f"/en/activities/{day.activity_id}/talks/mine/{deed}/"
        assert inside(guest(day)).post(to, {"of": of}).status_code == 404

    def test_the_feed_shows_own_talks_and_those_that_were_called_off(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        key = key_of(MeetingGuest.objects.get(person=one))
        there = f"/en/activities/talks/{key}.ics"
        (event,) = Calendar.from_ical(Client().get(there).content).walk("VEVENT")
        assert str(event["LOCATION"]).startswith("Tuinkamer, table 1")
        assert str(event["STATUS"]) == "CONFIRMED"
        guest_verbs.call_off(MeetingTalk.objects.get(), two, by=two)
        (event,) = Calendar.from_ical(Client().get(there).content).walk("VEVENT")
        assert str(event["STATUS"]) == "CANCELLED"
        assert Client().get(f"/en/activities/talks/{key}x.ics").status_code == 404
        guest_verbs.leave(day, one, by=one)
        assert Client().get(there).status_code == 404

    def test_who_has_a_talk_gets_a_letter_with_time_table_and_whom(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        Membership.objects.filter(person=two).update(name="Docent <data>")
        wanted(day, one, two)
        published(day)
        tell_of_talks(day.pk, one.pk)
        (letter,) = mail.outbox
        assert "Docent <data>" in letter.body
        assert "Tuinkamer" in letter.body
        let_guest_go(0)

    def test_its_cost_does_not_grow(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        day = planned()
        people = guests(day, 8)
        all_want(day, people[:5])
        published(day)
        client = inside(people[0])
        with django_assert_max_num_queries(18):
            client.get(f"/en/activities/{day.activity_id}/talks/mine/")
