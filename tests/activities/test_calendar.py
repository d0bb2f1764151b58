"""In the calendars of people: files and feeds that any calendar reads, and one's own behind a key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event

from katalysator.activities import verbs
from katalysator.activities.calendar.ical import Entry, calendar
from katalysator.activities.enrolments.verbs import move
from katalysator.activities.models import CalendarKey
from katalysator.coalition.models import Hub
from tests import builders
from tests.activities.steps import changed, come
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

FEED = "/en/activities/feed.ics"


def events(address: str, client: Client | None = None) -> list[Event]:
    answer = (client or Client()).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    assert not read.errors
    assert b"\n" not in answer.content.replace(b"\r\n", b""), "lines end as RFC 5545 says"
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    return [each for each in read.walk("VEVENT") if isinstance(each, Event)]


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
