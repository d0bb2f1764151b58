"""Days of talks: who may plan them, who is planned with whom, and what happens when somebody cannot come."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from katalysator.activities.enrolments.verbs import move
from katalysator.activities.models import Activity, Enrolment
from katalysator.coalition.models import Person
from katalysator.engine.scheduling import schedule
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions.models import KeptApart, MeetingRule, NeverMeet
from katalysator.rounds.meeting import guest_verbs, planning, verbs
from katalysator.rounds.meeting.candidates import TalkCandidates
from katalysator.rounds.meeting.dropping_out import let_go
from katalysator.rounds.meeting.planning import compute
from katalysator.rounds.meeting.workflow import MEETING_DAY
from katalysator.rounds.models import MeetingDay, MeetingGuest, MeetingTalk, MeetingWish
from tests import builders
from tests.activities.steps import come, jobs
from tests.rounds.meetings import (
    again,
    all_want,
    computed,
    fresh,
    guest,
    guests,
    pairs,
    planned,
    published,
    settings,
    wanted,
)

pytestmark = pytest.mark.django_db


class TestPlanning:
    def test_nobody_is_in_two_talks_at_once_and_no_table_has_two(self) -> None:
        day = planned()
        people = guests(day, 5)
        all_want(day, people)
        done = computed(day)
        talks = list(MeetingTalk.objects.filter(day=day))
        seats = Counter(
            (each.slot, person) for each in talks for person in (each.one_id, each.other_id)
        )
        assert done.state == "computed"
        assert len(talks) == 8  # two tables in four slots
        assert max(seats.values()) == 1
        assert len({(each.slot, each.table) for each in talks}) == len(talks)
        assert done.figures["gap"] < 1e-6

    def test_who_said_no_is_not_planned_and_who_said_yes_goes_first(self) -> None:
        day = planned(slots=1, rooms=(("Zaal", 1),))
        one, two, three, four = guests(day, 4)
        wanted(day, one, two, "no")
        wanted(day, one, three)
        wanted(day, two, four, "yes")
        computed(day)
        assert pairs(day) == {frozenset((two.pk, four.pk))}

    def test_a_no_counts_whatever_the_other_wants(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two, "no")
        wanted(day, two, one, "yes")
        computed(day)
        assert pairs(day) == set()

    def test_where_both_must_agree_silence_is_no_yes(self) -> None:
        day = planned(only_agreed=True)
        one, two, three = guests(day, 3)
        wanted(day, one, two)
        wanted(day, one, three)
        wanted(day, three, one)
        computed(day)
        assert pairs(day) == {frozenset((one.pk, three.pk))}

    def test_nobody_is_planned_when_they_are_not_there_or_have_enough(self) -> None:
        day = planned()
        one, two, three = guests(day, 3)
        all_want(day, (one, two, three))
        guest_verbs.attend(day, one, by=one, away=[0, 1, 2], most=None)
        guest_verbs.attend(day, two, by=two, away=[], most=1)
        computed(day)
        talks = MeetingTalk.objects.filter(day=day)
        assert {each.slot for each in talks.of(one)} == {3}
        assert talks.of(two).count() == 1

    @pytest.mark.parametrize("asks", [True, False])
    def test_an_organisation_never_meets_whom_it_does_not_want_to(self, asks: bool) -> None:
        day = planned()
        one, two = guests(day, 2)
        mine, theirs = (next(iter(each.own_organisations)) for each in (one, two))
        NeverMeet.objects.create(organisation_id=mine, other_id=theirs)
        wanted(day, *((one, two) if asks else (two, one)))
        computed(day)
        assert pairs(day) == set()

    def test_a_rule_of_the_bureau_holds_for_who_asks(self) -> None:
        day = planned()
        one = guest(day, builders.organisation(kind="investor"))
        two = guest(day, builders.organisation(kind="municipality"))
        MeetingRule.objects.create(asking="investor", asked="municipality")
        wanted(day, one, two)
        computed(day)
        assert pairs(day) == set()
        wanted(day, two, one)
        computed(day)
        assert pairs(day) == {frozenset((one.pk, two.pk))}

    def test_a_rule_for_a_working_group_holds_too(self) -> None:
        day = planned()
        one, two = guest(day, builders.organisation(kind="investor")), guest(day)
        group = builders.group(two)
        MeetingRule.objects.create(asking="investor", asked_group=group)
        wanted(day, one, two)
        computed(day)
        assert pairs(day) == set()

    @pytest.mark.parametrize("asks", [True, False])
    def test_the_bureau_keeps_organisations_apart_here_too(self, asks: bool) -> None:
        day = planned()
        one, two = guests(day, 2)
        mine, theirs = (next(iter(each.own_organisations)) for each in (one, two))
        kept = KeptApart.objects.create(
            organisation_id=mine, other_id=theirs, until=timezone.localdate() + timedelta(days=1)
        )
        wanted(day, *((one, two) if asks else (two, one)))
        computed(day)
        assert pairs(day) == set()
        KeptApart.objects.filter(pk=kept.pk).update(until=timezone.localdate())
        computed(day)
        assert pairs(day) == {frozenset((one.pk, two.pk))}

    def test_who_lost_the_place_is_not_planned(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        Enrolment.objects.filter(person=two).update(state="withdrawn")
        computed(day)
        assert pairs(day) == set()

    def test_nobody_at_all_is_a_schedule_too(self) -> None:
        done = computed(planned())
        assert done.figures["talks"] == 0
        assert done.figures["people"] == 0

    def test_a_run_that_was_stopped_keeps_nothing(self) -> None:
        day = planned()
        all_want(day, guests(day, 3))
        row = verbs.compute(day, by=builders.HOUSE)
        verbs.stop(row, by=builders.HOUSE)
        compute(row, row.run)
        assert (fresh(day).state, pairs(day)) == ("asking", set())

    def test_an_older_run_does_not_end_a_newer_one(self) -> None:
        day = planned()
        first = verbs.compute(day, by=builders.HOUSE)
        verbs.compute(verbs.stop(first, by=builders.HOUSE), by=builders.HOUSE)
        compute(fresh(day), 1)
        assert fresh(day).state == "computing"


class TestPublished:
    def test_talks_that_are_published_stay_where_they_are(self) -> None:
        day = planned()
        people = guests(day, 4)
        wanted(day, people[0], people[1])
        published(day)
        (before,) = MeetingTalk.objects.filter(day=day).values_list("slot", "table")
        all_want(day, people[1:])
        computed(day)
        kept = MeetingTalk.objects.get(day=day, is_out=True)
        assert (kept.slot, kept.table) == before
        assert len(pairs(day)) == 4

    def test_only_whose_talks_are_new_get_a_letter(self) -> None:
        day = planned()
        one, two, three, four = guests(day, 4)
        wanted(day, one, two)
        published(day)
        assert {each["person_id"] for each in jobs("rounds.tell_of_talks")} == {one.pk, two.pk}
        wanted(day, three, four)
        published(day)
        assert {each["person_id"] for each in jobs("rounds.tell_of_talks")} == {
            one.pk, two.pk, three.pk, four.pk,
        }  # fmt: skip

    def test_a_talk_that_is_called_off_frees_its_table_and_is_not_planned_again(self) -> None:
        day = planned(slots=1, rooms=(("Zaal", 1),))
        one, two, three, four = guests(day, 4)
        wanted(day, one, two, "yes")
        wanted(day, three, four)
        published(day)
        talk = MeetingTalk.objects.get(day=day)
        guest_verbs.call_off(talk, two, by=two)
        assert jobs("rounds.tell_talk_off") == [{"talk_id": talk.pk}]
        computed(day)
        assert pairs(day) == {frozenset((three.pk, four.pk))}

    def test_a_stranger_calls_nothing_off_and_nothing_is_called_off_twice(self) -> None:
        day = planned()
        one, two, three = guests(day, 3)
        wanted(day, one, two)
        published(day)
        talk = MeetingTalk.objects.get(day=day)
        with pytest.raises(NotAllowed):
            guest_verbs.call_off(talk, one, by=three)
        with pytest.raises(Conflict):
            guest_verbs.call_off(talk, three, by=three)
        guest_verbs.call_off(talk, one, by=one)
        with pytest.raises(Conflict, match="already"):
            guest_verbs.call_off(talk, two, by=two)

    def test_who_withdraws_from_the_activity_has_no_talks_any_more(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        enrolment = Enrolment.objects.get(person=one)
        move(enrolment, "withdraw", by=one)
        assert jobs("rounds.let_guest_go") == [{"enrolment_id": enrolment.pk}]
        let_go(enrolment.pk)
        let_go(enrolment.pk)
        assert not MeetingGuest.objects.filter(person=one).exists()
        assert not MeetingWish.objects.filter(day=day).exists()
        assert pairs(day) == set()
        assert len(jobs("rounds.tell_talk_off")) == 1

    def test_who_leaves_the_talks_keeps_the_place(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        guest_verbs.leave(day, one, by=one)
        assert pairs(day) == set()
        assert Enrolment.objects.get(person=one).state == "placed"

    def test_times_and_tables_stay_once_they_are_published(self) -> None:
        day = published(planned())
        with pytest.raises(Conflict, match="stay as they are"):
            verbs.edit(day, settings(day.activity, slots=2), by=builders.HOUSE)

    def test_nobody_is_away_while_they_have_a_talk(self) -> None:
        day = planned(slots=1)
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        with pytest.raises(Conflict, match="You have a talk then"):
            guest_verbs.attend(day, one, by=one, away=[0])

    def test_a_talk_that_is_called_off_while_it_is_computed_stops_it(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        row = verbs.compute(fresh(day), by=builders.HOUSE)
        given = TalkCandidates.of(row)
        guest_verbs.call_off(MeetingTalk.objects.get(day=day), one, by=one)
        planning._keep(row, row.run, given, schedule(given.for_engine()), {})
        assert fresh(day).state == "asking"


class TestSettings:
    def test_what_was_computed_falls_away_when_the_settings_change(self) -> None:
        day = planned()
        all_want(day, guests(day, 3))
        changed = verbs.edit(computed(day), settings(day.activity, slots=2), by=builders.HOUSE)
        assert (changed.state, changed.slots, pairs(day)) == ("asking", 2, set())

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"slots": 40}, "starts_at"),
            ({"rooms": ()}, "rooms"),
            ({"rooms": (("", 3),)}, "rooms"),
            ({"rooms": (("Zaal", 0),)}, "rooms"),
            ({"rooms": (("Zaal", 500),)}, "rooms"),
            ({"minutes": 1}, "minutes"),
            ({"break_after": 4, "break_minutes": 5}, "break_after"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, said: dict[str, Any], field: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            planned(**said)
        assert refused.value.where == (field,)

    def test_the_break_moves_what_comes_after_it(self) -> None:
        day = planned(break_after=2, break_minutes=20, between=0)
        minutes = [(day.begins(slot) - day.starts_at).seconds // 60 for slot in range(4)]
        assert minutes == [0, 15, 50, 65]

    def test_tables_are_counted_within_their_room(self) -> None:
        day = MeetingDay(rooms=[["Zaal", 2], ["Tuin", 1]])
        assert [day.place_of(table) for table in range(3)] == [
            ("Zaal", 1), ("Zaal", 2), ("Tuin", 1),
        ]  # fmt: skip

    def test_there_is_one_day_of_talks_for_an_activity(self) -> None:
        day = planned()
        with pytest.raises(Conflict, match="already"):
            planned(day.activity)


class TestWhoMay:
    def test_the_bureau_and_the_chair_of_the_group_plan_and_nobody_else(self) -> None:
        chair = builders.person(builders.organisation())
        activity = builders.activity(group=builders.group(chair))
        for nobody in (builders.person(builders.organisation()), builders.person()):
            with pytest.raises(NotAllowed):
                verbs.make(activity, settings(activity), by=nobody)
        day = verbs.make(activity, settings(activity), by=again(chair))
        with pytest.raises(NotAllowed):
            verbs.compute(day, by=guest(day))
        bureau = builders.person(is_coordinator=True)
        assert verbs.compute(day, by=bureau).state == "computing"

    def test_who_has_no_place_takes_no_part(self) -> None:
        day, stranger = planned(), builders.person(builders.organisation())
        with pytest.raises(NotAllowed):
            guest_verbs.join(day, stranger, by=stranger)

    def test_a_wish_is_seen_by_the_two_it_is_of_and_not_by_the_bureau(self) -> None:
        day = planned()
        one, two, three = guests(day, 3)
        wish = wanted(day, one, two)
        bureau = builders.person(is_coordinator=True)
        seen = {
            who.pk: list(MeetingWish.objects.visible_to(who)) for who in (one, two, three, bureau)
        }
        assert seen == {one.pk: [wish], two.pk: [wish], three.pk: [], bureau.pk: []}

    def test_who_is_not_enrolled_sees_nothing(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wanted(day, one, two)
        published(day)
        stranger = builders.person(builders.organisation())
        for model in (MeetingDay, MeetingGuest, MeetingWish, MeetingTalk):
            assert not model.objects.visible_to(stranger).exists()
        Enrolment.objects.filter(person=one).update(state="withdrawn")
        for model in (MeetingDay, MeetingGuest, MeetingWish, MeetingTalk):
            assert not model.objects.visible_to(one).exists()

    def test_talks_are_seen_by_their_people_once_they_are_published(self) -> None:
        day = planned()
        one, two, three = guests(day, 3)
        wanted(day, one, two)
        computed(day)
        assert not MeetingTalk.objects.visible_to(one).exists()
        verbs.publish(fresh(day), by=builders.HOUSE)
        counts = [MeetingTalk.objects.visible_to(who).count() for who in (one, two, three)]
        assert counts == [1, 1, 0]

    def test_only_who_is_asked_answers_and_only_who_asked_takes_back(self) -> None:
        day = planned()
        one, two = guests(day, 2)
        wish = wanted(day, one, two)
        with pytest.raises(NotAllowed):
            guest_verbs.answer(wish, "yes", by=one)
        with pytest.raises(NotAllowed):
            guest_verbs.unwant(wish, by=two)
        guest_verbs.unwant(wish, by=one)
        with pytest.raises(Conflict):
            guest_verbs.unwant(wish, by=one)

    def test_colleagues_do_not_ask_each_other_nor_whom_takes_no_part(self) -> None:
        day = planned()
        ours = builders.organisation()
        one, two = guest(day, ours), guest(day, ours)
        with pytest.raises(Conflict, match="own organisation"):
            guest_verbs.want(day, one, two, by=one)
        absent: Person = builders.person(builders.organisation())
        come(day.activity, absent)
        with pytest.raises(Conflict, match="do not take part"):
            guest_verbs.want(day, one, absent, by=one)

    def test_there_is_an_end_to_wishes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guest_verbs, "MOST_WISHES", 1)
        day = planned()
        one, two, three = guests(day, 3)
        wanted(day, one, two)
        with pytest.raises(Conflict, match="at most"):
            wanted(day, one, three)


def test_each_deed_has_words_in_the_history() -> None:
    for deed in (*MEETING_DAY.deeds, "make", "edit"):
        assert MEETING_DAY.history(f"meeting-day.{deed}") != deed


def test_talks_are_planned_only_where_something_is_to_come() -> None:
    activity: Activity = builders.activity(state="draft")
    with pytest.raises(Conflict, match="announced"):
        planned(activity)
