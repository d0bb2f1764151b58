"""How people come into a group and leave it, and that it always has a chair."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Membership, Person
from katalysator.coalition.organisations.verbs import move as move_organisation
from katalysator.coalition.people.verbs import part
from katalysator.coalition.verbs import erase
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.faults import Conflict, NotAllowed
from katalysator.groups import verbs as groups
from katalysator.groups.members import verbs
from katalysator.groups.models import GroupMembership, WorkingGroup
from katalysator.groups.tasks import mend_group, tell_leaders, tell_person
from katalysator.groups.todo.verbs import add
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Person:
    return builders.person(builders.organisation(), email="chair@voorbeeld.example")


@pytest.fixture
def group(chair: Person) -> WorkingGroup:
    return builders.group(chair)


def somebody() -> Person:
    return builders.person(builders.organisation())


def roles(group: WorkingGroup) -> dict[str, str]:
    return dict(group.memberships.members().values_list("person__email", "role"))


def member(group: WorkingGroup, person: Person | None = None) -> GroupMembership:
    who = person or somebody()
    return verbs.enter(group, who, "join", by=who)


def entered(group: WorkingGroup, deed: str) -> GroupMembership:
    who = somebody()
    return verbs.enter(group, who, deed, by=who)


def mended(group: WorkingGroup) -> None:
    mend_group(group.pk)
    group.refresh_from_db()


class TestComingIn:
    def test_an_open_group_is_joined_in_one_click(self, group: WorkingGroup) -> None:
        person = somebody()
        page = f"/en/groups/{group.slug}/"
        assert "members/join/" in inside(person).get(page).content.decode()
        answer = inside(person).post(f"{page}members/join/", follow=True)
        assert "Welcome to the group." in answer.content.decode()
        assert roles(group)[person.email] == "member"
        assert person.email not in answer.content.decode().replace(f">{person.email}<", "")

    def test_who_speaks_for_several_chooses_for_which(self, group: WorkingGroup) -> None:
        first, second = builders.organisation(), builders.organisation()
        person = builders.person(first, second)
        page = f"/en/groups/{group.slug}/"
        assert second.name in inside(person).get(page).content.decode()
        inside(person).post(f"{page}members/join/", {"organisation": second.slug})
        assert group.memberships.get(person=person).organisation == second

    def test_a_stranger_is_led_to_the_log_in_and_who_takes_no_part_stays_outside(
        self, group: WorkingGroup
    ) -> None:
        page = f"/en/groups/{group.slug}/"
        assert "Log in to join" in Client().get(page).content.decode()
        for who in (builders.person(), builders.person(builders.organisation(state="left"))):
            assert "members/join/" not in inside(who).get(page).content.decode()
            assert inside(who).post(f"{page}members/join/").status_code == 403
        assert len(roles(group)) == 1

    def test_where_one_asks_the_chair_lets_in_or_not_and_both_hear_by_mail(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        WorkingGroup.objects.update(enrolment="request")
        first, second = somebody(), somebody()
        for person in (first, second):
            inside(person).post(f"/en/groups/{group.slug}/members/ask/")
        tell_leaders("asks", group.pk)
        assert mail.outbox[0].to == [chair.email]
        page = inside(chair).get(f"/en/groups/{group.slug}/members/").content.decode()
        assert first.email in page
        for person, deed in ((first, "let-in"), (second, "decline")):
            membership = group.memberships.get(person=person)
            inside(chair).post(f"/en/groups/{group.slug}/members/{membership.pk}/{deed}/")
        assert set(roles(group)) == {chair.email, first.email}
        tell_person("let_in", group.pk, first.pk)
        tell_person("not_let_in", group.pk, second.pk)
        assert [letter.to for letter in mail.outbox[1:]] == [[first.email], [second.email]]

    def test_who_is_invited_answers_on_the_own_page(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        WorkingGroup.objects.update(enrolment="invitation")
        person = somebody()
        assert (
            "members/join/" not in inside(person).get(f"/en/groups/{group.slug}/").content.decode()
        )
        inside(chair).post(f"/en/groups/{group.slug}/members/", {"email": person.email.upper()})
        membership = group.memberships.get(person=person)
        tell_person("invited", group.pk, person.pk)
        assert mail.outbox[0].to == [person.email]
        page = f"/en/groups/{group.slug}/members/{membership.pk}/accept/"
        assert page in inside(person).get("/en/account/").content.decode()
        assert inside(chair).post(page).status_code == 403, "nobody answers for another"
        inside(person).post(page)
        assert person.email in roles(group)

    def test_one_cannot_come_in_by_another_way_than_the_group_has(
        self, group: WorkingGroup
    ) -> None:
        for enrolment, deed in (("open", "ask"), ("request", "join"), ("invitation", "join")):
            WorkingGroup.objects.update(enrolment=enrolment)
            with pytest.raises(Conflict, match="cannot join this group like this"):
                entered(group, deed)
        WorkingGroup.objects.update(enrolment="open", state="resting")
        with pytest.raises(Conflict):
            entered(group, "join")

    def test_nobody_joins_for_another(self, chair: Person, group: WorkingGroup) -> None:
        with pytest.raises(NotAllowed):
            verbs.enter(group, somebody(), "join", by=chair)

    def test_nobody_is_in_it_twice(self, chair: Person, group: WorkingGroup) -> None:
        person = member(group).person
        for again in (
            lambda: verbs.enter(group, person, "join", by=person),
            lambda: verbs.invite(group, by=chair, email=person.email),
        ):
            with pytest.raises(Conflict, match="in the group already"):
                again()

    @pytest.mark.parametrize("state", ["nobody", "directory", "shut out"])
    def test_nobody_is_invited_who_does_not_take_part(
        self, chair: Person, group: WorkingGroup, state: str
    ) -> None:
        of = {
            "directory": [builders.organisation(state="listed")],
            "shut out": [builders.organisation()],
        }
        builders.person(
            *of.get(state, ()), email="x@voorbeeld.example", is_active=state != "shut out"
        )
        page = inside(chair).post(
            f"/en/groups/{group.slug}/members/", {"email": "x@voorbeeld.example"}
        )
        assert page.status_code == 422
        assert "Nobody of a participant" in page.content.decode()


class TestBeingIn:
    def test_who_wants_to_be_found_is_shown_by_name_and_organisation_and_nobody_else(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        other = member(group)
        Membership.objects.filter(person=chair).update(name="V. Voorbeeld", function="Beelden")
        shown = Client().get(f"/en/groups/{group.slug}/").content.decode()
        assert "V. Voorbeeld" in shown
        assert chair.email not in shown
        assert str(other.organisation) in shown
        Membership.objects.filter(person=chair).update(name="")
        assert "V. Voorbeeld" not in Client().get(f"/en/groups/{group.slug}/").content.decode()

    def test_addresses_are_for_the_chair_and_the_bureau(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        member_ = member(group).person
        page = f"/en/groups/{group.slug}/members/"
        for who, status in (
            (chair, 200),
            (builders.person(is_coordinator=True), 200),
            (member_, 403),
        ):
            assert inside(who).get(page).status_code == status

    def test_one_leaves_and_has_no_row_any_more(self, group: WorkingGroup) -> None:
        mine = member(group)
        task = add(group, by=mine.person, what="Beelden tellen", holder=mine)
        inside(mine.person).post(f"/en/groups/{group.slug}/members/{mine.pk}/leave/")
        assert mine.person.email not in roles(group)
        task.refresh_from_db()
        assert task.holder is None
        assert (
            inside(mine.person)
            .post(f"/en/groups/{group.slug}/members/{mine.pk}/leave/")
            .status_code
            == 404
        )

    def test_the_chair_takes_somebody_out_who_hears_so(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        gone = member(group)
        with pytest.raises(NotAllowed):
            verbs.move(gone, "remove", by=member(group).person)
        verbs.move(gone, "remove", by=chair)
        tell_person("taken_out", group.pk, gone.person_id)
        assert mail.outbox[0].to == [gone.person.email]

    def test_the_trail_holds_numbers_and_no_addresses(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        verbs.move(member(group), "remove", by=chair)
        told = str(list(Event.objects.filter(verb__startswith="group").values()))
        assert ".example" not in told
        assert not audit.verify().broken


class TestTheChair:
    def test_the_chair_is_handed_over_and_there_is_one(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        other = member(group)
        page = f"/en/groups/{group.slug}/members/{other.pk}/role/"
        inside(chair).post(page, {"role": "chair"})
        assert roles(group) == {chair.email: "member", other.person.email: "chair"}
        tell_person("chair", group.pk, other.person_id)
        assert "you are the chair" in mail.outbox[0].subject
        assert inside(chair).post(page, {"role": "member"}).status_code == 403

    def test_who_is_the_chair_cannot_just_go(self, chair: Person, group: WorkingGroup) -> None:
        own = group.memberships.get(person=chair)
        for deed in (
            lambda: verbs.move(own, "leave", by=chair),
            lambda: verbs.move(own, "remove", by=builders.HOUSE),
            lambda: verbs.give_role(own, by=chair, role="secretary"),
        ):
            with pytest.raises(Conflict, match="always has a chair"):
                deed()

    def test_only_a_member_gets_a_role(self, chair: Person, group: WorkingGroup) -> None:
        invited = verbs.invite(group, by=chair, email=somebody().email)
        with pytest.raises(Conflict, match="not a member yet"):
            verbs.give_role(invited, by=chair, role="chair")
        answer = inside(chair).post(
            f"/en/groups/{group.slug}/members/{member(group).pk}/role/",
            {"role": "boss"},
            follow=True,
        )
        assert "There is no role “boss”." in answer.content.decode()

    @pytest.mark.parametrize("with_secretary", [True, False])
    def test_when_the_account_is_erased_the_secretary_takes_over_or_who_is_longest_in(
        self, chair: Person, group: WorkingGroup, *, with_secretary: bool
    ) -> None:
        first, second = member(group), member(group)
        if with_secretary:
            verbs.give_role(second, by=chair, role="secretary")
        erase(chair, by=builders.HOUSE)
        assert ProcrastinateJob.objects.filter(
            task_name="groups.mend", args={"group_id": group.pk}
        ).exists()
        mended(group)
        successor = second if with_secretary else first
        assert roles(group)[successor.person.email] == "chair"
        tell_leaders("succeeded", group.pk)
        assert mail.outbox[0].to == [successor.person.email]
        mended(group)
        assert Event.objects.filter(verb="group.succeed").count() == 1

    def test_where_nobody_is_left_the_group_rests_and_the_bureau_hears(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        bureau = builders.person(is_coordinator=True)
        erase(chair, by=builders.HOUSE)
        mended(group)
        assert group.state == "resting"
        tell_leaders("rests", group.pk)
        assert mail.outbox[0].to == [bureau.email]
        member(groups.move(group, "wake", by=bureau))
        mended(group)
        assert list(roles(group).values()) == ["chair"]

    def test_who_speaks_for_no_participant_any_more_is_let_go(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        other = member(group)
        part(chair.memberships.get(), by=chair)
        mended(group)
        assert roles(group) == {other.person.email: "chair"}

    def test_who_speaks_for_another_participant_too_stays_for_that_one(self) -> None:
        first, second = builders.organisation(), builders.organisation()
        person = builders.person(first, second)
        group = builders.group(person)
        own = group.memberships.get()
        assert own.organisation is not None
        part(Membership.objects.get(person=person, organisation=own.organisation), by=person)
        mended(group)
        own.refresh_from_db()
        assert (own.role, own.organisation) == ("chair", ({first, second} - {first}).pop())

    def test_people_of_an_organisation_that_left_are_let_go(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        other = member(group)
        move_organisation(chair.organisations.get(), "leave", by=builders.HOUSE)
        assert ProcrastinateJob.objects.filter(
            task_name="groups.mend", args={"group_id": group.pk}
        ).exists()
        mended(group)
        assert roles(group) == {other.person.email: "chair"}

    def test_who_is_suspended_may_nothing_meanwhile(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        move_organisation(chair.organisations.get(), "suspend", by=builders.HOUSE)
        again = Person.objects.get(pk=chair.pk)
        assert inside(again).get(f"/en/groups/{group.slug}/members/").status_code == 403


class TestInvariants:
    @pytest.mark.parametrize(
        "wrong", [{"role": "chair"}, {"state": "outside"}, {"role": "secretary", "state": "asked"}]
    )
    def test_there_is_one_chair_and_roles_are_of_members(
        self, group: WorkingGroup, wrong: dict[str, str]
    ) -> None:
        row = member(group)
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMembership.objects.filter(pk=row.pk).update(**wrong)

    def test_a_person_is_in_a_group_once(self, chair: Person, group: WorkingGroup) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMembership.objects.create(group=group, person=chair, state="invited")

    def test_when_organisations_merge_their_people_stay_in(
        self, chair: Person, group: WorkingGroup
    ) -> None:
        kept, gone = builders.organisation(), chair.organisations.get()
        merge(kept, gone, by=builders.HOUSE)
        assert group.memberships.get().organisation == kept
        assert group in WorkingGroup.objects.of_organisation(kept)
