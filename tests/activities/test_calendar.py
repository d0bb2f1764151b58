"""In the calendars of people: files and feeds that any calendar reads, and one's own behind a key."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event
from pytest_django import DjangoAssertNumQueries

from katalysator.activities import verbs
from katalysator.activities.calendar import verbs as keys
from katalysator.activities.calendar.ical import Entry, calendar
from katalysator.activities.enrolments.verbs import move
from katalysator.activities.forms import ActivityForm, initial_of
from katalysator.activities.models import CalendarKey
from katalysator.activities.series import repeat
from katalysator.coalition.models import Hub, Person
from katalysator.faults import Conflict, NotAllowed
from katalysator.groups import verbs as groups
from katalysator.groups.members import verbs as members
from katalysator.groups.models import WorkingGroup
from katalysator.groups.papers import verbs as papers
from tests import builders
from tests.activities.steps import changed, come
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

FEED = "/en/activities/feed.ics"
SOON = timezone.now().replace(microsecond=0) + timedelta(days=5)


def events(address: str, client: Client | None = None) -> list[Event]:
    answer = (client or Client()).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    assert not read.errors
    assert b"\n" not in answer.content.replace(b"\r\n", b""), "lines end as RFC 5545 says"
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    return [each for each in read.walk("VEVENT") if isinstance(each, Event)]


def _made(person: Person, page: str) -> str:
    """The address of a feed that somebody makes on a page."""
    shown = inside(person).post(page).content.decode()
    return shown.split('href="http://localhost:8000')[-1].split('"')[0]


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def titles(address: str, client: Client | None = None) -> set[str]:
    return {str(each["SUMMARY"]) for each in events(address, client)}


class TestEntry:
    def test_it_says_what_it_is_in_utc(self) -> None:
        moment = datetime(2027, 6, 1, 10, tzinfo=UTC)
        entry = Entry(
            uid="a", sequence=3, changed_at=moment, starts_at=moment, ends_at=moment + timedelta(hours=1),
            title="Eén, twee; drie", text="Regel\nRegel", url="https://x.example/1", place="Tiel",
        )  # fmt: skip
        text = calendar("Naam", [entry]).decode()
        assert "DTSTART:20270601T100000Z" in text
        assert "SUMMARY:Eén\\, twee\\; drie" in text
        assert "SEQUENCE:3" in text
        assert "DTSTAMP:20270601T100000Z" in text
        assert "METHOD:PUBLISH" in text

    def test_the_number_of_an_event_stays_and_its_sequence_rises(self) -> None:
        activity = builders.activity()
        address = f"/en/activities/{activity.pk}/activity.ics"
        (before,) = events(address)
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, text="Anders gezegd"))
        (same,) = events(address)
        verbs.edit(activity, by=builders.HOUSE, said=changed(activity, place="Elders"))
        (moved,) = events(address)
        verbs.cancel(activity, by=builders.HOUSE)
        (gone,) = events(address)
        assert len({str(each["UID"]) for each in (before, same, moved, gone)}) == 1
        assert [each["SEQUENCE"] for each in (before, same, moved, gone)] == [0, 0, 1, 2]
        assert [str(each["STATUS"]) for each in (before, gone)] == ["CONFIRMED", "CANCELLED"]

    def test_the_link_is_for_who_has_a_place(self) -> None:
        link = "https://meet.voorbeeld.example/geheim"
        activity = builders.activity(link=link, capacity=1)
        placed, waiting = builders.person(), builders.person()
        for person in (placed, waiting):
            come(activity, person)
        address = f"/en/activities/{activity.pk}/activity.ics"
        seen = [
            link in str(events(address, inside(each))[0]["LOCATION"]) for each in (placed, waiting)
        ]
        assert seen == [True, False]
        assert link not in str(events(address)[0]["LOCATION"])
        (unsure,) = events(address, inside(waiting))
        assert str(unsure["STATUS"]) == "TENTATIVE"


class TestPublicFeeds:
    def test_they_hold_what_everybody_may_see(self) -> None:
        builders.activity(title="open")
        builders.activity(title="binnen", visibility="participants")
        builders.activity(title="concept", state="draft")
        builders.activity(title="lang geleden", days=-200)
        assert titles(FEED) == {"open"}

    def test_each_list_has_its_own(self) -> None:
        lab, partner = builders.organisation(slug="lab"), builders.organisation(slug="partner")
        Hub.objects.create(slug="midden", name="Midden", regions=["NL31"])
        builders.activity(lab, title="een", areas=("zorg",), partners=(partner,))
        builders.activity(title="twee", blocks=("data",), region="NL42", mode="online", place="")
        wanted = {
            "area=zorg": {"een"}, "block=data": {"twee"}, "hub=midden": {"een"}, "region=NL42": {"twee"},
            "organisation=lab": {"een"}, "organisation=partner": {"een"}, "mode=online": {"twee"},
            "kind=workshop": {"een", "twee"},
        }  # fmt: skip
        assert {asked: titles(f"{FEED}?{asked}") for asked in wanted} == wanted


class TestFeedOfAGroup:
    """The meetings of a group and what it holds: for a member by a key of their own, for others what is public."""

    @pytest.fixture
    def chair(self) -> Person:
        return builders.person(builders.organisation())

    @pytest.fixture
    def group(self, chair: Person) -> WorkingGroup:
        made = builders.group(chair, name="Beelden", readers="members")
        papers.plan(
            made, by=chair, starts_at=SOON, place="Kamer 3", agenda="De stand van het delen."
        )
        builders.activity(title="werkplaats", group=made)
        builders.activity(title="binnen", group=made, visibility="participants")
        builders.activity(title="concept", group=made, state="draft")
        builders.activity(title="van een ander")
        return made

    @pytest.fixture
    def page(self, group: WorkingGroup) -> str:
        return f"/en/groups/{group.slug}/calendar/"

    def test_a_member_sees_its_meetings_and_what_it_holds(self, chair: Person, page: str) -> None:
        meeting, *held = sorted(events(_made(chair, page)), key=lambda each: str(each["SUMMARY"]))
        assert str(meeting["SUMMARY"]) == "Meeting: Beelden"
        assert (str(meeting["LOCATION"]), meeting.start) == ("Kamer 3", SOON)
        assert "De stand van het delen." in str(meeting["DESCRIPTION"])
        assert "DTEND" not in meeting, "nobody said when it ends"
        assert {str(each["SUMMARY"]) for each in held} == {"binnen", "werkplaats"}

    def test_others_follow_what_is_public_and_no_meeting(self, group: WorkingGroup) -> None:
        assert titles(f"{FEED}?group={group.slug}") == {"werkplaats"}

    def test_only_who_is_in_it_makes_an_address(self, group: WorkingGroup, page: str) -> None:
        other = builders.person(builders.organisation())
        for client in (inside(other), inside(builders.person())):
            assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]
            assert "De stand" not in client.get(group.get_absolute_url()).content.decode()
        assert Client().get(page).status_code == 302
        with pytest.raises(NotAllowed):
            keys.renew(other, by=other, group=group)
        assert not CalendarKey.objects.exists()

    def test_nobody_makes_one_for_somebody_else(self, group: WorkingGroup, chair: Person) -> None:
        with pytest.raises(NotAllowed):
            keys.renew(builders.person(), by=chair, group=group)

    def test_it_is_closed_for_who_is_in_it_no_longer(self, group: WorkingGroup) -> None:
        member = builders.person(builders.organisation())
        joined = members.enter(group, member, "join", by=member)
        address = _made(member, f"/en/groups/{group.slug}/calendar/")
        assert Client().get(address).status_code == 200
        members.move(joined, "leave", by=member)
        assert Client().get(address).status_code == 404

    def test_it_is_closed_for_who_speaks_for_no_participant_any_more(
        self, chair: Person, page: str
    ) -> None:
        address = _made(chair, page)
        chair.memberships.all().delete()
        assert Client().get(address).status_code == 404

    def test_each_address_opens_its_own(
        self, chair: Person, group: WorkingGroup, page: str
    ) -> None:
        other = builders.group(chair, name="Andere")
        mine = _made(chair, "/en/activities/calendar/")
        of_group, of_other = _made(chair, page), _made(chair, f"/en/groups/{other.slug}/calendar/")
        assert [len(titles(each)) for each in (mine, of_group, of_other)] == [0, 3, 0]
        inside(chair).post(f"{page}remove/")
        gone = [Client().get(each).status_code for each in (mine, of_group, of_other)]
        assert gone == [200, 404, 200]

    def test_the_link_is_for_who_has_a_place(
        self, chair: Person, group: WorkingGroup, page: str
    ) -> None:
        link = "https://meet.voorbeeld.example/geheim"
        activity = builders.activity(title="op afstand", group=group, link=link)
        address = _made(chair, page)
        assert link.encode() not in Client().get(address).content.replace(b"\r\n ", b"")
        come(activity, chair)
        assert link.encode() in Client().get(address).content.replace(b"\r\n ", b"")

    def test_a_meeting_keeps_its_number_and_its_sequence_rises(
        self, chair: Person, group: WorkingGroup, page: str
    ) -> None:
        address, planned = _made(chair, page), group.meetings.get()

        def told() -> tuple[str, int, str]:
            (found,) = [each for each in events(address) if str(each["SUMMARY"]).startswith("Meet")]
            return str(found["UID"]), int(str(found["SEQUENCE"])), str(found["STATUS"])

        before = told()
        papers.edit(planned, by=chair, starts_at=SOON, place="Kamer 3", agenda="Anders.")
        same = told()
        papers.edit(planned, by=chair, starts_at=SOON, place="Kamer 4")
        moved = told()
        papers.move(planned, "cancel", by=chair)
        gone = told()
        assert len({each[0] for each in (before, same, moved, gone)}) == 1
        assert [each[1:] for each in (before, same, moved, gone)] == [
            (0, "CONFIRMED"), (0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CANCELLED"),
        ]  # fmt: skip

    def test_minutes_are_not_in_it(self, chair: Person, group: WorkingGroup, page: str) -> None:
        papers.write(group.meetings.get(), by=chair, minutes="Wat wij zeiden.")
        assert b"Wat wij" not in Client().get(_made(chair, page)).content

    def test_it_costs_as_much_for_many_as_for_one(
        self, chair: Person, group: WorkingGroup, page: str,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        address = _made(chair, page)
        for day in range(5):
            papers.plan(group, by=chair, starts_at=SOON + timedelta(days=day))
            builders.activity(group=group)
        with django_assert_num_queries(6):
            assert len(events(address)) == 13

    def test_the_page_of_the_group_leads_there(
        self, chair: Person, group: WorkingGroup, page: str
    ) -> None:
        public = f"feed.ics?group={group.slug}"
        of_member, of_stranger = (
            client.get(group.get_absolute_url()).content.decode()
            for client in (inside(chair), Client())
        )
        assert (page in of_member, public in of_stranger, page in of_stranger) == (
            True,
            True,
            False,
        )
        assert ("werkplaats" in of_stranger, "binnen" in of_stranger) == (True, False)


class TestHeldByAGroup:
    """Who is chair or secretary of a group says what it holds."""

    def test_the_chair_says_so_and_others_do_not(self) -> None:
        owner = builders.organisation()
        chair, colleague = builders.person(owner), builders.person(owner)
        group = builders.group(chair)
        said = builders.activity_facts(organisation=owner, group=group)
        with pytest.raises(NotAllowed):
            verbs.post(said, by=colleague)
        made = verbs.post(said, by=chair)
        verbs.edit(made, by=colleague, said=changed(made, title="Anders"))
        assert made.group == group
        (again,) = repeat(made, by=colleague, rhythm="days", days=[_in_days(20)])
        assert again.group == group, "what it holds already may be changed and repeated"

    def test_a_group_that_rests_holds_nothing_new(self) -> None:
        chair = builders.person(owner := builders.organisation())
        group = groups.move(builders.group(chair), "rest", by=chair)
        with pytest.raises(Conflict):
            verbs.post(builders.activity_facts(organisation=owner, group=group), by=chair)

    def test_the_form_offers_the_groups_that_one_keeps(self) -> None:
        owner = builders.organisation()
        chair, colleague = builders.person(owner), builders.person(owner)
        mine, _other = builders.group(chair), builders.group()
        assert "group" not in ActivityForm(person=colleague).fields
        field = ActivityForm(person=chair).fields["group"]
        assert list(field.queryset) == [mine]  # type: ignore[attr-defined]
        activity = builders.activity(owner, group=mine)
        shown = ActivityForm(person=colleague, initial=initial_of(activity)).fields["group"]
        assert list(shown.queryset) == [mine]  # type: ignore[attr-defined]


class TestOwnFeed:
    def test_a_key_opens_ones_own_feed_and_nothing_else(self) -> None:
        me, other = builders.person(), builders.person()
        mine, theirs = builders.activity(title="mijn"), builders.activity(title="van een ander")
        come(mine, me)
        come(theirs, other)
        page = inside(me).post("/en/activities/calendar/").content.decode()
        address = page.split('href="http://localhost:8000')[-1].split('"')[0]
        assert titles(address) == {"mijn"}
        key = address.rpartition("/")[2].removesuffix(".ics")
        assert len(key) >= 43
        assert key not in inside(me).get("/en/activities/calendar/").content.decode(), "shown once"
        assert key.encode() not in bytes(CalendarKey.objects.get().digest)
        assert me.email.encode() not in Client().get(address).content

    def test_a_new_key_closes_the_old_one_and_none_opens_none(self) -> None:
        client = inside(builders.person())

        def made() -> str:
            page = client.post("/en/activities/calendar/").content.decode()
            return page.split('href="http://localhost:8000')[-1].split('"')[0]

        old, new = made(), made()
        assert [Client().get(each).status_code for each in (old, new)] == [404, 200]
        client.post("/en/activities/calendar/remove/")
        assert Client().get(new).status_code == 404

    def test_who_left_sees_that_it_is_off(self) -> None:
        me = builders.person()
        enrolment = come(builders.activity(), me)
        page = inside(me).post("/en/activities/calendar/").content.decode()
        address = page.split('href="http://localhost:8000')[-1].split('"')[0]
        move(enrolment, "withdraw", by=me)
        assert [str(each["STATUS"]) for each in events(address)] == ["CANCELLED"]

    def test_who_was_shut_out_has_no_feed(self) -> None:
        me = builders.person()
        page = inside(me).post("/en/activities/calendar/").content.decode()
        address = page.split('href="http://localhost:8000')[-1].split('"')[0]
        me.is_active = False
        me.save()
        assert Client().get(address).status_code == 404
