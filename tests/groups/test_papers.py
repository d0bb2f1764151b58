"""What a group writes down, and who may read it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from katalysator.coalition.models import Membership, Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.groups.members import verbs as members
from katalysator.groups.models import Decision, GroupTask, Meeting, WorkingGroup
from katalysator.groups.papers import verbs
from katalysator.groups.tasks import tell_holder, tell_member, tell_of_meeting
from katalysator.groups.todo import verbs as task_verbs
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(second=0, microsecond=0)
TODAY = timezone.localdate()
SECRET = "papiergeheim"
READERS = {
    "everybody": {"stranger", "outsider", "participant", "member", "chair", "bureau"},
    "participants": {"participant", "member", "chair", "bureau"},
    "members": {"member", "chair", "bureau"},
}


@pytest.fixture
def chair() -> Person:
    return builders.person(builders.organisation())


@pytest.fixture
def group(chair: Person) -> WorkingGroup:
    return builders.group(chair)


@pytest.fixture
def member(group: WorkingGroup) -> Person:
    person = builders.person(builders.organisation())
    members.enter(group, person, "join", by=person)
    return person


def meeting(group: WorkingGroup, state: str = "planned", **fields: str) -> Meeting:
    made = verbs.plan(group, by=builders.HOUSE, starts_at=NOW + timedelta(days=7), **fields)
    if state != "planned":
        made = verbs.write(made, by=builders.HOUSE, minutes=f"Gezegd: {SECRET}.")
    return verbs.move(made, "adopt", by=builders.HOUSE) if state == "adopted" else made


def decision(group: WorkingGroup, **fields: object) -> Decision:
    given = {"text": "Wij delen beelden.", "on": TODAY} | fields
    return verbs.decide(group, by=builders.HOUSE, **given)  # type: ignore[arg-type]


def clients(group: WorkingGroup, chair: Person, member: Person) -> dict[str, Client]:
    people = {
        "outsider": builders.person(builders.organisation(state="listed")),
        "participant": builders.person(builders.organisation()),
        "member": member,
        "chair": chair,
        "bureau": builders.person(is_coordinator=True),
    }
    return {"stranger": Client()} | {role: inside(each) for role, each in people.items()}


class TestWhoReads:
    @pytest.mark.parametrize("readers", READERS)
    def test_papers_are_read_by_whom_the_group_says(
        self, group: WorkingGroup, chair: Person, member: Person, readers: str
    ) -> None:
        WorkingGroup.objects.update(readers=readers)
        held = meeting(group, "adopted", place=SECRET)
        coming = meeting(group, place=SECRET)
        decision(group, text=SECRET, meeting=held)
        below = f"/en/groups/{group.slug}/"
        api = f"/api/v1/working-groups/{group.slug}"
        for role, client in clients(group, chair, member).items():
            may = role in READERS[readers]
            for page in (below, f"{below}decisions/", f"{below}meetings/", api):
                answer = client.get(page)
                assert answer.status_code == 200
                assert (SECRET in answer.content.decode()) == may, (role, page)
            for each in (held, coming):
                answer = client.get(f"{below}meetings/{each.pk}/")
                assert answer.status_code == (200 if may else 404), role

    def test_draft_minutes_and_tasks_are_for_members(
        self, group: WorkingGroup, chair: Person, member: Person
    ) -> None:
        WorkingGroup.objects.update(readers="everybody")
        draft = meeting(group, "draft")
        task_verbs.add(group, by=chair, what=SECRET)
        below = f"/en/groups/{group.slug}/"
        for role, client in clients(group, chair, member).items():
            may = role in READERS["members"]
            page = client.get(f"{below}meetings/{draft.pk}/")
            assert page.status_code == (200 if may else 404), role
            assert (SECRET in client.get(below).content.decode()) == may
            tasks = client.get(f"{below}tasks/")
            assert tasks.status_code == (200 if may else 302 if role == "stranger" else 403)
            told = client.get(f"/api/v1/working-groups/{group.slug}").content.decode()
            assert (SECRET in told) == may

    def test_papers_of_one_group_are_not_reached_through_another(
        self, group: WorkingGroup, chair: Person
    ) -> None:
        held = meeting(group, "adopted")
        other = builders.group(chair)
        assert inside(chair).get(f"/en/groups/{other.slug}/meetings/{held.pk}/").status_code == 404
        page = f"/en/groups/{other.slug}/decisions/{decision(group).pk}/revoke/"
        assert inside(chair).post(page).status_code == 404

    def test_who_left_reads_no_longer(self, group: WorkingGroup, member: Person) -> None:
        WorkingGroup.objects.update(readers="members")
        meeting(group, "adopted")
        members.move(group.memberships.get(person=member), "leave", by=member)
        assert not Meeting.objects.visible_to(member).exists()

    def test_who_speaks_for_no_participant_any_more_reads_as_a_stranger(
        self, group: WorkingGroup, member: Person
    ) -> None:
        WorkingGroup.objects.update(readers="members")
        meeting(group, "adopted")
        Membership.objects.filter(person=member).delete()
        again = Person.objects.get(pk=member.pk)
        assert not Meeting.objects.visible_to(again).exists()
        assert not GroupTask.objects.visible_to(again).exists()


class TestMeetings:
    def test_a_meeting_goes_from_plan_to_adopted_minutes_and_back(
        self, group: WorkingGroup, chair: Person
    ) -> None:
        client, below = inside(chair), f"/en/groups/{group.slug}/meetings/"
        typed = {"starts_at": "2027-03-04T10:30", "place": "Utrecht", "agenda": "# Opening\n- één"}
        assert client.post(f"{below}new/", typed).status_code == 302
        planned = Meeting.objects.get()
        assert (
            timezone.localtime(planned.starts_at).strftime("%Y-%m-%d %H:%M") == "2027-03-04 10:30"
        )
        page = f"{below}{planned.pk}/"
        assert "<h3>Opening</h3>" in client.get(page).content.decode()
        client.post(f"{page}minutes/", {"minutes": "Wij **spraken**."})
        assert "<strong>spraken</strong>" in client.get(page).content.decode()
        for deed, state in (("adopt", "adopted"), ("reopen", "draft")):
            client.post(f"{page}{deed}/")
            planned.refresh_from_db()
            assert planned.state == state
        written = Event.objects.filter(verb="meeting.write").get()
        assert written.after["minutes"] == "Wij **spraken**."

    @pytest.mark.parametrize(
        ("typed", "at"),
        [
            ({"starts_at": ""}, "starts_at"),
            ({"starts_at": "morgen"}, "starts_at"),
            ({"place": "x" * 201}, "place"),
            ({"agenda": "x" * 5_001}, "agenda"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_question(
        self, group: WorkingGroup, chair: Person, typed: dict[str, str], at: str
    ) -> None:
        said = {"starts_at": "2027-03-04T10:30"} | typed
        answer = inside(chair).post(f"/en/groups/{group.slug}/meetings/new/", said)
        assert list(answer.context["form"].errors) == [at]

    def test_members_hear_of_it_each_in_a_letter_of_their_own(
        self, group: WorkingGroup, chair: Person, member: Person
    ) -> None:
        made = meeting(group)
        tell_of_meeting(made.pk)
        for person in (chair, member):
            tell_member(made.pk, person.pk)
        assert [letter.to for letter in mail.outbox] == [[chair.email], [member.email]]
        verbs.move(made, "cancel", by=chair)
        tell_member(made.pk, member.pk)
        assert "cancelled" in mail.outbox[2].subject or "afgelast" in mail.outbox[2].subject

    def test_who_writes_at_the_same_time_overwrites_nothing(
        self, group: WorkingGroup, chair: Person
    ) -> None:
        made = meeting(group)
        seen = audit.latest_of(made)
        verbs.write(made, by=chair, minutes="Eerst.", seen=seen)
        with pytest.raises(Conflict, match="while you were writing"):
            verbs.write(made, by=chair, minutes="Later.", seen=seen)
        with pytest.raises(InvalidInput):
            verbs.write(made, by=chair, minutes=" ")
        assert Meeting.objects.get().minutes == "Eerst."

    def test_a_member_keeps_no_papers_and_a_secretary_does(
        self, group: WorkingGroup, chair: Person, member: Person
    ) -> None:
        below = f"/en/groups/{group.slug}/"
        for page in ("meetings/new/", "decisions/new/"):
            assert inside(member).get(f"{below}{page}").status_code == 403
        with pytest.raises(NotAllowed):
            verbs.decide(group, by=member, text="x", on=TODAY)
        members.give_role(group.memberships.get(person=member), by=chair, role="secretary")
        assert inside(member).get(f"{below}decisions/new/").status_code == 200

    @pytest.mark.parametrize("wrong", [{"state": "draft"}, {"minutes": "x"}])
    def test_minutes_are_there_when_they_are_written_and_not_before(
        self, group: WorkingGroup, wrong: dict[str, str]
    ) -> None:
        meeting(group)
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.update(**wrong)


class TestDecisions:
    def test_each_gets_the_next_number_of_its_year_in_its_group(self, group: WorkingGroup) -> None:
        days = [date(2025, 5, 1), date(2026, 1, 2), date(2025, 6, 1), date(2026, 1, 3)]
        made = [decision(group, on=day) for day in days]
        for each in made:
            each.refresh_from_db()
        assert [str(each) for each in made] == ["2025-1", "2026-1", "2025-2", "2026-2"]
        assert decision(builders.group(), on=days[1]).number == 1
        told = (
            Event.objects.filter(verb="decision.take")
            .order_by("pk")
            .values_list("after__number", flat=True)
        )
        assert list(told)[:2] == ["2025-1", "2026-1"]

    def test_the_chair_writes_one_down_and_it_stays_when_it_is_revoked(
        self, group: WorkingGroup, chair: Person
    ) -> None:
        client, below = inside(chair), f"/en/groups/{group.slug}/decisions/"
        held = meeting(group)
        typed = {"text": "Wij *delen* beelden.", "on": TODAY.isoformat(), "meeting": held.pk}
        assert client.post(f"{below}new/", typed).status_code == 302
        made = Decision.objects.get()
        page = Client()
        WorkingGroup.objects.update(readers="everybody")
        assert "<em>delen</em>" in page.get(below).content.decode()
        client.post(f"{below}{made.pk}/revoke/")
        assert "Revoked" in page.get(below).content.decode()
        with pytest.raises(Conflict):
            verbs.revoke(made, by=chair)
        assert decision(group).number == 2

    @pytest.mark.parametrize(
        ("typed", "at"),
        [
            ({"text": " "}, "text"),
            ({"on": "gisteren"}, "on"),
            ({"on": (TODAY + timedelta(days=2)).isoformat()}, "on"),
            ({"meeting": "999999"}, "meeting"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_question(
        self, group: WorkingGroup, chair: Person, typed: dict[str, str], at: str
    ) -> None:
        said = {"text": "Wij delen.", "on": TODAY.isoformat()} | typed
        answer = inside(chair).post(f"/en/groups/{group.slug}/decisions/new/", said)
        assert list(answer.context["form"].errors) == [at]

    def test_a_group_that_rests_decides_nothing(self, group: WorkingGroup) -> None:
        WorkingGroup.objects.update(state="resting")
        group.refresh_from_db()
        with pytest.raises(Conflict, match="not active"):
            decision(group)


class TestTasks:
    def test_a_member_adds_one_for_another_who_hears_so_and_finds_it(
        self, group: WorkingGroup, chair: Person, member: Person
    ) -> None:
        holder = group.memberships.get(person=chair)
        due = TODAY - timedelta(days=1)
        typed = {"what": "Beelden tellen", "holder": holder.pk, "due": due.isoformat()}
        page = f"/en/groups/{group.slug}/tasks/"
        assert inside(member).post(f"{page}new/", typed).status_code == 302
        task = GroupTask.objects.get()
        tell_holder(task.pk, chair.pk)
        assert mail.outbox[0].to == [chair.email]
        account = inside(chair).get("/en/account/").content.decode()
        assert "Beelden tellen" in account
        assert "Overdue since" in account
        inside(member).post(f"{page}{task.pk}/finish/")
        assert "Beelden tellen" not in inside(chair).get("/en/account/").content.decode()
        tell_holder(task.pk, chair.pk)
        assert len(mail.outbox) == 1, "who is asked no more gets no letter"
        inside(member).post(f"{page}{task.pk}/reopen/")
        task.refresh_from_db()
        assert task.is_overdue

    def test_it_is_of_a_member_of_the_group(self, group: WorkingGroup, member: Person) -> None:
        foreign = builders.group().memberships.get()
        with pytest.raises(InvalidInput, match="member of this group"):
            task_verbs.add(group, by=member, what="x", holder=foreign)
        typed = {"what": "x", "holder": foreign.pk}
        answer = inside(member).post(f"/en/groups/{group.slug}/tasks/new/", typed)
        assert list(answer.context["form"].errors) == ["holder"]

    def test_it_is_changed_by_members(self, group: WorkingGroup, member: Person) -> None:
        task = task_verbs.add(group, by=member, what="Tellen")
        page = f"/en/groups/{group.slug}/tasks/{task.pk}/edit/"
        seen = inside(member).get(page).context["form"]["seen"].value()
        assert inside(member).post(page, {"what": "Meten", "seen": seen}).status_code == 302
        late = inside(member).post(page, {"what": "Wegen", "seen": seen})
        assert "Somebody changed this" in late.content.decode()
        assert GroupTask.objects.get().what == "Meten"

    def test_who_does_not_want_to_be_found_is_somebody_of_an_organisation(
        self, group: WorkingGroup, chair: Person, member: Person
    ) -> None:
        page = inside(member).get(f"/en/groups/{group.slug}/tasks/new/").content.decode()
        assert f"Somebody ({chair.organisations.get()})" in page
        assert chair.email not in page


def test_lists_cost_as_much_with_many_as_with_one(  # type: ignore[no-untyped-def]
    group: WorkingGroup, chair: Person, django_assert_num_queries
) -> None:
    client, below = inside(chair), f"/en/groups/{group.slug}/"
    holder = group.memberships.get()
    client.get(below)
    for records in (1, 3):
        while Decision.objects.count() < records:
            held = meeting(group, "adopted")
            meeting(group)
            decision(group, meeting=held)
            task_verbs.add(group, by=chair, what="x", holder=holder, due=TODAY)
        for page, queries in (
            ("", 15),
            ("meetings/", 5),
            ("decisions/", 5),
            ("tasks/", 5),
            ("members/", 4),
        ):
            with django_assert_num_queries(queries):
                client.get(f"{below}{page}")
        with django_assert_num_queries(29):  # the panels of all rooms
            client.get("/en/account/")
