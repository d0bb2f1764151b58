"""Pages of activities: the list, one of them, what who holds it does, and what other pages show of them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.activities import verbs
from katalysator.activities.models import Activity
from katalysator.activities.series import repeat
from katalysator.activities.tasks import (
    ask_how_it_was,
    remind,
    tell_all_of_change,
    tell_change,
    tell_reminder,
)
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.activities.steps import changed, come, jobs
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

LIST = "/en/activities/"


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="lab", name="Voorbeeldlab")


@pytest.fixture
def holder(owner: Organisation) -> Person:
    return builders.person(owner)


def text(address: str, person: Person | None = None) -> str:
    client = inside(person) if person else Client()
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(owner: Organisation, **fields: object) -> dict[str, object]:
    return {
        "organisation": owner.pk, "kind": "lecture", "title": "Lezing", "text": "Over ijs.", "language": "nl",
        "starts_at": "2027-06-01T10:00", "ends_at": "2027-06-01T12:00", "mode": "site", "place": "Tiel",
        "policy": "open", "visibility": "everyone",
    } | fields  # fmt: skip


class TestList:
    def test_what_is_to_come_and_what_is_past_stand_apart(self) -> None:
        for title, days in (("straks", 3), ("later", 40), ("toen", -3)):
            builders.activity(title=title, days=days)
        found = {
            when: {
                title
                for title in ("straks", "later", "toen")
                if title in text(f"{LIST}?when={when}")
            }
            for when in ("", "week", "month", "past", "nonsense")
        }
        assert found == {
            "": {"straks", "later"}, "week": {"straks"}, "month": {"straks"}, "past": {"toen"},
            "nonsense": {"straks", "later"},
        }  # fmt: skip

    def test_what_goes_on_is_still_to_come(self) -> None:
        builders.activity(title="bezig", days=-3, hours=24 * 30)
        assert "bezig" in text(LIST)
        assert "bezig" not in text(f"{LIST}?when=past")

    def test_drafts_are_in_no_list_and_the_inside_is_for_participants(
        self, owner: Organisation, holder: Person
    ) -> None:
        builders.activity(owner, title="conceptgeheim", state="draft")
        builders.activity(owner, title="binnengeheim", visibility="participants")
        assert "geheim" not in text(LIST)
        assert "geheim" not in text(LIST, builders.person())
        assert "binnengeheim" in text(LIST, holder)
        assert "conceptgeheim" not in text(LIST, holder)
        assert "conceptgeheim" in text(f"{LIST}mine/", holder)
        assert "conceptgeheim" not in text(f"{LIST}mine/", builders.person(builders.organisation()))

    def test_it_is_empty_with_a_way_on(self) -> None:
        assert "Remove all filters" in text(f"{LIST}?area=zorg&q=%00")

    def test_it_tells_how_many_places_are_free(self) -> None:
        activity = builders.activity(capacity=2)
        come(activity)
        assert "1 of 2 places free" in text(LIST)
        for _ in range(2):
            come(activity)
        assert "Full; 1 waits" in text(LIST)

    def test_it_asks_as_often_for_three_as_for_one(
        self, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = Client()
        builders.activity(owner, capacity=3)
        client.get(LIST)
        with django_assert_num_queries(4):
            client.get(LIST)
        for _ in range(2):
            come(builders.activity(owner, capacity=3))
        with django_assert_num_queries(4):
            client.get(LIST)


class TestOnePage:
    def test_it_asks_as_often_for_three_who_come_as_for_one(
        self, owner: Organisation, holder: Person, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        activity = builders.activity(owner)
        client = inside(holder)
        for page, count in ((f"{LIST}{activity.pk}/", 5), (f"{LIST}{activity.pk}/enrolments/", 5)):
            client.get(page)
            come(activity)
            with django_assert_num_queries(count):
                client.get(page)
            for _ in range(2):
                come(activity, builders.person(owner))
            with django_assert_num_queries(count):
                client.get(page)

    def test_the_link_is_for_who_has_a_place(self, owner: Organisation, holder: Person) -> None:
        link = "https://meet.voorbeeld.example/geheim"
        activity = builders.activity(owner, link=link, capacity=1)
        guest, late = builders.person(), builders.person()
        for each in (guest, late):
            come(activity, each)
        page = f"{LIST}{activity.pk}/"
        seen = [link in text(page, each) for each in (guest, holder, late, None)]
        assert seen == [True, True, False, False]
        assert link not in text(f"/api/v1/activities/{activity.pk}")
        Activity.objects.update(policy="none")
        assert link in text(page)

    def test_one_registers_and_withdraws_by_a_click(self) -> None:
        activity = builders.activity()
        client = inside(builders.person())
        page = f"{LIST}{activity.pk}/"
        assert "I come" in client.get(page).content.decode()
        said = client.post(f"{page}register/", follow=True).content.decode()
        assert "You have a place" in said
        assert "I do not come" in said
        assert (
            "You are off the list"
            in client.post(f"{page}place/withdraw/", follow=True).content.decode()
        )
        assert "Log in and register" in text(page)

    def test_search_engines_read_it_and_nothing_in_it_ends_the_block(self) -> None:
        activity = builders.activity(
            title="</script><b>", mode="both", link="https://geheim.example/"
        )
        page = text(f"{LIST}{activity.pk}/")
        block = page.split('application/ld+json">')[1].split("</script>")[0]
        data = json.loads(block)
        assert (data["@type"], data["eventStatus"]) == (
            "EducationEvent", "https://schema.org/EventScheduled",
        )  # fmt: skip
        assert data["startDate"] == activity.starts_at.isoformat()
        assert "geheim" not in block


class TestHolding:
    def test_from_draft_to_lessons(self, owner: Organisation, holder: Person) -> None:
        client = inside(holder)
        made = client.post(f"{LIST}new/", typed(owner, partners=f"{owner.name}"))
        page = made.headers["Location"]
        assert Client().get(page).status_code == 404
        assert client.post(f"{page}announce/").status_code == 302
        assert "Lezing" in text(page)
        assert client.post(f"{page}hold/", follow=True).content.decode().count("not begun yet")
        Activity.objects.update(
            starts_at=timezone.now() - timedelta(days=1),
            ends_at=timezone.now() - timedelta(hours=1),
        )
        assert client.post(f"{page}outcome/", {"lessons": "Begin klein."}).status_code == 302
        assert "Begin klein." in text(page)
        assert Activity.objects.get().state == "held"
        assert not audit.verify().broken

    def test_what_is_wrong_is_said_where_it_was_typed(
        self, owner: Organisation, holder: Person
    ) -> None:
        wrong = {
            "ends_at": ("2027-06-01T09:00", "ends before it begins"),
            "closes_at": ("2027-06-02T09:00", "over by then"),
            "partners": ("Bestaat niet", "There is no participant"),
            "starts_at": ("1001-01-01T00:00", "too far away"),
            "capacity": ("0", "greater than or equal to 1"),
            "region": ("XX99", "Select a valid choice"),
        }
        for name, (value, said) in wrong.items():
            answer = inside(holder).post(f"{LIST}new/", typed(owner, **{name: value}))
            assert answer.status_code == 422
            assert said in str(answer.context["form"].errors[name]), name
        assert not Activity.objects.exists()

    def test_nobody_holds_in_the_name_of_another(self, owner: Organisation) -> None:
        other = builders.person(builders.organisation())
        assert inside(other).post(f"{LIST}new/", typed(owner)).status_code == 422
        facts = builders.activity_facts(organisation=owner)
        with pytest.raises(NotAllowed):
            verbs.post(facts, by=other)
        with pytest.raises(NotAllowed):
            verbs.post(builders.activity_facts(), by=other)
        listed = builders.organisation(state="listed")
        with pytest.raises(NotAllowed):
            verbs.post(builders.activity_facts(organisation=listed), by=builders.person(listed))
        bureau = builders.person(is_coordinator=True)
        assert verbs.post(builders.activity_facts(), by=bureau).organisation is None

    def test_what_two_change_at_once_is_not_lost(self, owner: Organisation, holder: Person) -> None:
        activity = builders.activity(owner)
        page = f"{LIST}{activity.pk}/edit/"
        seen = inside(holder).get(page).context["form"]["seen"].value()
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, title="Van een ander"))
        answer = inside(holder).post(page, typed(owner, seen=seen))
        assert "while you were writing" in answer.content.decode()
        assert Activity.objects.get().title == "Van een ander"

    def test_somewhere_is_needed_before_it_is_announced(self, owner: Organisation) -> None:
        draft = builders.activity(owner, state="draft", place="")
        with pytest.raises(InvalidInput, match="Say where it is"):
            verbs.announce(draft, by=builders.HOUSE)
        verbs.edit(draft, by=builders.HOUSE, said=changed(draft, mode="online"))
        assert verbs.announce(draft, by=builders.HOUSE).state == "announced"

    def test_only_a_draft_is_thrown_away(self, owner: Organisation, holder: Person) -> None:
        draft, open_ = builders.activity(owner, state="draft"), builders.activity(owner)
        for each in (draft, open_):
            inside(holder).post(f"{LIST}{each.pk}/delete/")
        assert list(Activity.objects.all()) == [open_]
        with pytest.raises(Conflict, match="Only a draft"):
            verbs.delete(open_, by=builders.HOUSE)

    def test_a_series_is_repeated_and_called_off_on_its_pages(
        self, owner: Organisation, holder: Person
    ) -> None:
        client, activity = inside(holder), builders.activity(owner)
        page = f"{LIST}{activity.pk}/"
        assert client.post(f"{page}repeat/", {"rhythm": "monthly", "times": "2"}).status_code == 302
        assert Activity.objects.count() == 3
        assert (
            client.post(f"{page}repeat/", {"rhythm": "days", "days": "32-13-2027"}).status_code
            == 422
        )
        answer = client.post(f"{page}cancel/", {"scope": "all", "reason": "Zaal weg"})
        assert answer.status_code == 302
        assert {each.state for each in Activity.objects.all()} == {"cancelled"}
        assert "Zaal weg" in text(page)


class TestLetters:
    def test_who_is_on_the_list_hears_what_matters_and_nothing_else(self) -> None:
        activity = builders.activity()
        mine = come(activity)
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, text="Anders gezegd"))
        assert jobs("activities.tell_all") == []
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, place="Elders"))
        assert jobs("activities.tell_all") == [{"activity_id": activity.pk}]
        tell_all_of_change(activity.pk)
        assert jobs("activities.tell_change") == [{"enrolment_id": mine.pk}]
        tell_change(mine.pk)
        verbs.cancel(activity, by=builders.HOUSE, reason="De zaal is weg")
        tell_change(mine.pk)
        changed_, cancelled = mail.outbox
        assert "Elders" in str(changed_.body)
        assert "De zaal is weg" in str(cancelled.body)
        assert "STATUS:CANCELLED" in str(cancelled.attachments[0].content)

    def test_who_has_a_place_is_reminded_once(self) -> None:
        soon, later = builders.activity(days=0.5, capacity=1), builders.activity(days=3)
        for each in (soon, soon, later):
            come(each)
        for _ in range(2):
            remind(int(timezone.now().timestamp()))
        placed = soon.enrolments.get(state="placed")
        assert jobs("activities.tell_reminder") == [{"enrolment_id": placed.pk}]
        tell_reminder(placed.pk)
        assert len(mail.outbox) == 1

    def test_who_held_it_is_asked_once_how_it_was(
        self, owner: Organisation, holder: Person
    ) -> None:
        facts = builders.activity_facts(organisation=owner, days=-1)
        over = verbs.announce(verbs.post(facts, by=holder), by=holder)
        for _ in range(2):
            remind(int(timezone.now().timestamp()))
        assert jobs("activities.ask") == [{"activity_id": over.pk}]
        ask_how_it_was(over.pk)
        verbs.tell(over, by=holder, outcome="Mooi", lessons="")
        ask_how_it_was(over.pk)
        assert [each.to for each in mail.outbox] == [[holder.email]]


class TestOtherPages:
    def test_organisation_and_corner_show_what_is_to_come(self, owner: Organisation) -> None:
        page, corner = "/en/organisations/lab/", "/en/areas/zorg/data/"
        assert "Activities</h2>" not in text(page)
        partner = builders.organisation(slug="partner")
        more: dict[str, Any] = {"areas": ("zorg",), "blocks": ("data",), "partners": (partner,)}
        made = [builders.activity(owner, title=f"Ronde {n}", days=n, **more) for n in range(1, 6)]
        for each in (page, "/en/organisations/partner/"):
            assert "Ronde 5" in text(each)
        shown = text(corner)
        assert "Ronde 3" in shown
        assert "Ronde 4" not in shown
        assert "/en/activities/?area=zorg&amp;block=data" in shown
        verbs.cancel(made[0], by=builders.HOUSE)
        assert "cancelled" in text(page), "a page that was kept is made anew"

    def test_the_inside_is_not_kept_for_the_outside(
        self, owner: Organisation, holder: Person
    ) -> None:
        builders.activity(owner, title="binnengeheim", areas=("zorg",), visibility="participants")
        for page in ("/en/organisations/lab/", "/en/areas/zorg/"):
            assert "binnengeheim" in text(page, holder)
            assert "binnengeheim" not in text(page)

    def test_the_bureau_sees_what_waits_for_it(self) -> None:
        bureau = builders.person(is_coordinator=True)
        assert "Activities of the bureau" not in text("/en/bureau/", bureau)
        asked = builders.activity(policy="request", title="Gevraagd")
        come(asked)
        builders.activity(days=-2, title="Geweest")
        page = text("/en/bureau/", bureau)
        assert "Gevraagd" in page
        assert "Geweest" in page

    def test_ones_account_shows_where_one_goes(self) -> None:
        me = builders.person()
        come(builders.activity(title="Mijn middag"), me)
        assert "Mijn middag" in text("/en/account/", me)

    def test_two_organisations_that_merge_keep_all_they_hold(self) -> None:
        kept, gone, other = (builders.organisation() for _ in range(3))
        mine = builders.activity(gone)
        together = builders.activity(other, partners=(kept, gone))
        merge(kept, gone, by=builders.HOUSE)
        mine.refresh_from_db()
        assert mine.organisation == kept
        assert [each.organisation for each in together.co_organisers.all()] == [kept]


class TestAPI:
    def test_it_says_what_is_to_come_with_its_places(
        self, owner: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        activity = builders.activity(owner, capacity=3, areas=("zorg",))
        come(activity)
        repeat(
            activity,
            by=builders.HOUSE,
            rhythm="days",
            days=[(timezone.now() + timedelta(40)).date()],
        )
        builders.activity(days=-3)
        builders.activity(visibility="participants")
        with django_assert_num_queries(4):
            found = Client().get("/api/v1/activities").json()
        assert found["total"] == 2
        first, second = found["items"]
        assert (first["placesTaken"], first["placesFree"], first["waiting"]) == (1, 2, 0)
        assert first["organisation"] == {"slug": "lab", "name": "Voorbeeldlab"}
        assert first["series"] == second["series"]
        whole = Client().get(f"/api/v1/activities/{first['id']}").json()
        apart: dict[str, Any] = {"partners": [], "link": "", "enrolment": None, "deeds": []}
        assert whole == first | apart

    def test_what_cannot_be_read_is_refused(self) -> None:
        for asked in ("when=someday", "kind=feest", "region=XX"):
            assert Client().get(f"/api/v1/activities?{asked}").status_code == 400
