"""Who comes: a place for who asked first, a line for the others, and what becomes of a place that comes free."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from katalysator.activities import verbs
from katalysator.activities.enrolments.verbs import invite, move, note_attendance, refill
from katalysator.activities.models import Activity, Enrolment
from katalysator.activities.series import facts_of
from katalysator.activities.tasks import tell_asked, tell_moved_up, tell_state
from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import SEATS
from katalysator.core.models import Event
from katalysator.faults import Conflict, NotAllowed
from tests import builders
from tests.activities.steps import changed, come as come_one, jobs, states
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db


def come(activity: Activity, count: int) -> list[Enrolment]:
    return [come_one(activity) for _ in range(count)]


class TestPlaces:
    def test_who_asks_first_has_a_place_and_the_others_wait_in_their_order(self) -> None:
        activity = builders.activity(capacity=2)
        come(activity, 4)
        assert states(activity) == ["placed", "placed", "waiting", "waiting"]

    def test_a_place_that_comes_free_goes_to_who_waits_longest(self) -> None:
        activity = builders.activity(capacity=1)
        first, *others = come(activity, 3)
        move(first, "withdraw", by=first.person)
        assert states(activity) == ["withdrawn", "placed", "waiting"]
        event = Event.objects.get(verb="enrolment.move-up")
        assert (event.subject_id, event.system) == (str(others[0].pk), "seats")
        assert jobs("activities.tell_moved_up") == [{"enrolment_id": others[0].pk}]
        assert not audit.verify().broken

    def test_who_comes_back_stands_at_the_end_of_the_line(self) -> None:
        activity = builders.activity(capacity=1)
        first, second, _third = come(activity, 3)
        move(second, "withdraw", by=second.person)
        again = come_one(activity, second.person)
        move(first, "withdraw", by=first.person)
        assert states(activity) == ["withdrawn", "withdrawn", "placed", "waiting"]
        again.refresh_from_db()
        assert again.state == "waiting"

    def test_more_places_go_to_who_waits_in_order(self) -> None:
        activity = builders.activity(capacity=1)
        come(activity, 4)
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, capacity=3))
        assert states(activity) == ["placed", "placed", "placed", "waiting"]
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, capacity=None))
        assert set(states(activity)) == {"placed"}

    def test_fewer_places_throw_nobody_out_and_nobody_moves_up_meanwhile(self) -> None:
        activity = builders.activity(capacity=3)
        first, *_ = come(activity, 4)
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, capacity=1))
        assert states(activity) == ["placed", "placed", "placed", "waiting"]
        move(first, "withdraw", by=first.person)
        assert states(activity) == ["withdrawn", "placed", "placed", "waiting"]

    def test_nobody_moves_up_in_what_does_not_take_place(self) -> None:
        activity = builders.activity(capacity=1)
        first, _second = come(activity, 2)
        verbs.cancel(activity, by=builders.HOUSE)
        move(first, "withdraw", by=first.person)
        assert states(activity) == ["withdrawn", "waiting"]

    def test_the_place_of_an_erased_person_goes_to_the_next(self) -> None:
        activity = builders.activity(capacity=1)
        first, second = come(activity, 2)
        coalition.erase(first.person, by=builders.HOUSE)
        assert jobs("activities.refill") == [{"activity_id": activity.pk}]
        refill(activity, by=SEATS)
        second.refresh_from_db()
        assert (second.state, Enrolment.objects.count()) == ("placed", 1)

    def test_nobody_is_on_a_list_twice(self) -> None:
        activity = builders.activity()
        (mine,) = come(activity, 1)
        with pytest.raises(Conflict, match="on the list already"):
            come_one(activity, mine.person)
        for doubled in ({"turn": 9}, {"person": builders.person(), "turn": mine.turn}):
            given: dict[str, Any] = {"activity": activity, "person": mine.person, "state": "placed"}
            with pytest.raises(IntegrityError), transaction.atomic():
                Enrolment.objects.create(**given | doubled)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.create(activity=activity, person=builders.person(), state="waiting")


class TestWhoMayRegister:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"state": "draft"}, "not announced yet"),
            ({"days": -1}, "is over"),
            ({"policy": "invitation"}, "Only who is invited"),
            ({"policy": "none"}, "Just come"),
            (
                {"closes_at": builders.activity_facts(days=-1).starts_at},
                "Registration is closed",
            ),
        ],
    )
    def test_where_nobody_can_the_reason_is_said(self, fields: dict[str, Any], said: str) -> None:
        activity = builders.activity(**fields)
        with pytest.raises(Conflict, match=said):
            come_one(activity)
        assert not Enrolment.objects.exists()

    def test_what_is_for_participants_is_for_them(self) -> None:
        activity = builders.activity(visibility="participants")
        with pytest.raises(NotAllowed):
            come_one(activity)
        outside = inside(builders.person()).post(f"/en/activities/{activity.pk}/register/")
        assert outside.status_code == 404
        assert come_one(activity, builders.person(builders.organisation())).state == "placed"

    def test_what_is_cancelled_takes_nobody(self) -> None:
        activity = builders.activity()
        verbs.cancel(activity, by=builders.HOUSE)
        with pytest.raises(Conflict):
            come_one(activity)


class TestAskingAndInviting:
    def test_the_holder_gives_places_until_it_is_full_and_then_a_place_in_the_line(self) -> None:
        owner = builders.organisation()
        holder = builders.person(owner)
        activity = builders.activity(owner, policy="request", capacity=1)
        first, second, third = come(activity, 3)
        move(second, "grant", by=holder)
        move(first, "grant", by=holder)
        move(third, "decline", by=holder)
        assert states(activity) == ["waiting", "placed", "declined"]
        assert len(jobs("activities.tell_asked")) == 3

    def test_all_who_speak_for_a_participant_are_invited_and_each_answers(self) -> None:
        activity = builders.activity(policy="invitation", capacity=1)
        lab = builders.organisation()
        people = [builders.person(lab) for _ in range(3)]
        builders.person(lab, is_active=False)
        made = invite(activity, lab, by=builders.HOUSE)
        assert states(activity) == ["invited"] * 3
        for each, deed in zip(made, ("accept", "accept", "refuse"), strict=True):
            move(each, deed, by=each.person)
        assert states(activity) == ["placed", "waiting", "declined"]
        with pytest.raises(Conflict, match="on the list already"):
            invite(activity, builders.organisation(), by=builders.HOUSE)
        assert {each.person for each in made} == set(people)

    def test_who_was_only_invited_is_not_shown_by_address(self) -> None:
        owner, lab = builders.organisation(), builders.organisation(name="Voorbeeldlab")
        guest = builders.person(lab)
        activity = builders.activity(owner)
        invite(activity, lab, by=builders.HOUSE)
        client = inside(builders.person(owner))
        page = f"/en/activities/{activity.pk}/enrolments/"
        for address in (page, f"{page}export.csv"):
            text = b"".join(client.get(address)).decode()
            assert "Voorbeeldlab" in text
            assert guest.email not in text
        move(Enrolment.objects.get(), "accept", by=guest)
        assert guest.email in client.get(page).content.decode()

    def test_nobody_decides_for_another(self) -> None:
        activity = builders.activity(builders.organisation(), policy="request")
        (mine,) = come(activity, 1)
        for by in (mine.person, builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                move(mine, "grant", by=by)
        with pytest.raises(NotAllowed):
            move(mine, "withdraw", by=builders.person())
        with pytest.raises(NotAllowed):
            move(mine, "queue", by=builders.person(is_coordinator=True))


class TestAttendance:
    def test_who_was_there_is_written_down_and_can_be_mended(self) -> None:
        activity = builders.activity(days=0.01)
        here, away = come(activity, 2)
        Activity.objects.filter(pk=activity.pk).update(
            starts_at=activity.starts_at.replace(year=2020)
        )
        everybody = {here.pk, away.pk}
        note_attendance(activity, {here.pk}, by=builders.HOUSE, among=everybody)
        assert states(activity) == ["attended", "absent"]
        note_attendance(activity, everybody, by=builders.HOUSE, among={away.pk})
        assert states(activity) == ["attended", "attended"]
        assert Event.objects.filter(verb="enrolment.attend").count() == 2

    def test_not_before_it_begins(self) -> None:
        activity = builders.activity()
        (mine,) = come(activity, 1)
        with pytest.raises(Conflict, match="not begun"):
            note_attendance(activity, {mine.pk}, by=builders.HOUSE, among={mine.pk})
        with pytest.raises(Conflict, match="not begun"):
            move(mine, "attend", by=builders.HOUSE)


class TestLetters:
    def test_who_registers_hears_how_it_stands_with_the_entry_for_the_calendar(self) -> None:
        activity = builders.activity(capacity=1, link="https://meet.voorbeeld.example/geheim")
        placed, waiting = come(activity, 2)
        for each in (placed, waiting):
            tell_state(each.pk)
        first, second = mail.outbox
        assert "je hebt een plek" in first.subject
        assert "https://meet.voorbeeld.example/geheim" in first.body
        assert "wachtlijst" in second.subject
        assert "geheim" not in str(second.message()), "who waits does not see the link"
        (file,) = first.attachments
        assert file.filename == "activity.ics"
        assert "BEGIN:VEVENT" in str(file.content)

    def test_who_moved_up_hears_that_and_not_when_they_left_meanwhile(self) -> None:
        activity = builders.activity()
        (mine,) = come(activity, 1)
        tell_moved_up(mine.pk)
        move(mine, "withdraw", by=mine.person)
        tell_moved_up(mine.pk)
        tell_state(mine.pk)
        assert ["plek vrij" in each.subject for each in mail.outbox] == [True]

    def test_who_holds_it_hears_who_asks(self) -> None:
        owner = builders.organisation()
        manager = builders.person(owner)
        manager.memberships.update(role="manager")
        builders.person(owner)
        (mine,) = come(builders.activity(owner, policy="request"), 1)
        tell_asked(mine.pk)
        assert [each.to for each in mail.outbox] == [[manager.email]]

    def test_no_address_stands_in_a_job_or_in_the_trail(self) -> None:
        activity = builders.activity(policy="request")
        (mine,) = come(activity, 1)
        move(mine, "grant", by=builders.HOUSE)
        told = f"{jobs('')} {list(Event.objects.values())}"
        assert mine.person.email not in told


class TestExport:
    def test_a_cell_that_a_sheet_would_run_is_harmless(self) -> None:
        owner = builders.organisation()
        activity = builders.activity(owner)
        lab = builders.organisation(name='=HYPERLINK("x")')
        person: Person = builders.person(lab)
        come_one(activity, person)
        address = f"/en/activities/{activity.pk}/enrolments/export.csv"
        text = b"".join(inside(builders.person(owner)).get(address)).decode()
        assert "'=HYPERLINK" in text
        assert person.email in text


def test_facts_of_an_activity_say_it_again() -> None:
    activity = builders.activity(
        areas=("zorg",), blocks=("data",), partners=(builders.organisation(),)
    )
    facts = facts_of(activity)
    assert facts == facts_of(verbs.post(facts, by=builders.HOUSE))
