"""Searches that people save: theirs alone, and told of only with what is new and visible to them at that moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries as MaxQueries

from katalysator.boards import verbs
from katalysator.boards.alerts import new_for
from katalysator.boards.models import SavedSearch
from katalysator.boards.personal_data import searches_of
from katalysator.boards.tasks import ALERTS, tell, turns
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind, Listing
from katalysator.notices.models import WaitingLetter
from katalysator.notices.verbs import choose_letters
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    """It is a Monday, at eleven in the morning."""
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as moving:
        yield moving


@pytest.fixture
def person() -> Person:
    return builders.person(builders.organisation())


def saved(
    person: Person, query: str = "kind=offer", pace: str = "daily", **more: Any
) -> SavedSearch:
    name = more.get("name", "Aanbod")
    return verbs.save_search(person, by=person, name=name, query=query, pace=pace)


def offer(owner: Organisation | None = None, **fields: Any) -> Listing:
    return builders.listing(owner or builders.organisation(), Kind.OFFER, **fields)


@pytest.fixture
def next_day(clock: Any) -> Callable[..., None]:
    """Another day at half past seven, when the turns are looked at."""

    def come(day: str = "2026-03-03") -> None:
        clock.move_to(f"{day}T06:30:00Z")

    return come


def write(search: SavedSearch) -> None:
    tell(search.pk)


class TestKeeping:
    def test_what_is_no_filter_of_the_board_is_left_out(self, person: Person) -> None:
        made = saved(person, "kind=offer&q=drone+boer&page=3&x=<script>&area=zorg&area=agro")
        assert made.asked == QueryDict("q=drone boer&kind=offer&area=agro")
        assert made.board.startswith("/en/listings/?")

    def test_nobody_saves_changes_or_deletes_for_another(self, person: Person) -> None:
        other, search = builders.person(is_coordinator=True), saved(person)
        for deed in (
            lambda: verbs.save_search(person, by=other, name="x", query="", pace="never"),
            lambda: verbs.change_search(search, by=other, name="x", pace="never"),
            lambda: verbs.drop_search(search, by=other),
        ):
            with pytest.raises(NotAllowed):
                deed()

    @pytest.mark.parametrize(
        ("name", "pace", "at"),
        [
            ("", "daily", "name"),
            ("x" * 81, "daily", "name"),
            ("Nieuw", "at-once", "pace"),
            ("Aanbod", "daily", "name"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_place(
        self, person: Person, name: str, pace: str, at: str
    ) -> None:
        saved(person)
        with pytest.raises(InvalidInput) as refused:
            saved(person, name=name, pace=pace)
        assert refused.value.where == (at,)

    def test_there_is_an_end_to_how_many(self, person: Person) -> None:
        rows = [
            SavedSearch(person=person, name=str(row), told_until=timezone.now())
            for row in range(verbs.MOST)
        ]
        SavedSearch.objects.bulk_create(rows)
        with pytest.raises(Conflict, match="Delete one"):
            saved(person)

    def test_the_trail_tells_nothing_of_what_is_looked_for(self, person: Person) -> None:
        search = saved(person, "q=geheim", name="Ook geheim")
        verbs.change_search(search, by=person, name="Nog geheimer", pace="never")
        verbs.drop_search(search, by=person)
        told = list(Event.objects.filter(verb__contains="search").values_list("before", "after"))
        assert len(told) == 3
        assert "geheim" not in str(told)

    def test_it_is_in_what_is_held_of_a_person_and_goes_with_the_account(
        self, person: Person
    ) -> None:
        saved(person, "q=drone")
        (held,) = searches_of(person)
        assert (held["name"], held["query"], held["pace"]) == ("Aanbod", "q=drone", "daily")
        person.delete()
        assert not SavedSearch.objects.exists()


class TestPages:
    def test_from_the_board_to_ones_own_list_and_back(self, client: Client, person: Person) -> None:
        client.force_login(person)
        board = client.get("/en/listings/?kind=offer&area=zorg&page=1").content.decode()
        assert 'href="/en/account/searches/new/?kind=offer&amp;area=zorg"' in board
        address = "/en/account/searches/new/?kind=offer&area=zorg"
        assert "Kind: Offers" in client.get(address).content.decode()
        client.post(address, {"name": "Zorg", "pace": "weekly"})
        search = SavedSearch.objects.get()
        listed = client.get("/en/account/searches/").content.decode()
        assert "Zorg" in listed
        assert "Every week" in listed
        assert client.get(f"/en/account/searches/{search.pk}/")["Location"] == search.board
        client.post(f"/en/account/searches/{search.pk}/edit/", {"name": "Anders", "pace": "never"})
        search.refresh_from_db()
        assert (search.name, search.pace) == ("Anders", "never")
        client.post(f"/en/account/searches/{search.pk}/delete/")
        assert not SavedSearch.objects.exists()

    def test_who_is_not_logged_in_comes_back_with_the_filters(self, client: Client) -> None:
        answer = client.get("/en/account/searches/new/?kind=offer")
        assert answer.status_code == 302
        assert "kind%3Doffer" in answer["Location"]

    def test_those_of_another_are_not_there(self, client: Client, person: Person) -> None:
        search = saved(person)
        client.force_login(builders.person(is_coordinator=True))
        for page in ("", "edit/"):
            assert client.get(f"/en/account/searches/{search.pk}/{page}").status_code == 404
        assert client.post(f"/en/account/searches/{search.pk}/delete/").status_code == 404
        assert "Aanbod" not in client.get("/en/account/searches/").content.decode()

    def test_a_long_list_costs_no_more_queries(
        self, client: Client, person: Person, django_assert_max_num_queries: MaxQueries
    ) -> None:
        client.force_login(person)
        rows = [
            SavedSearch(person=person, name=str(row), query="kind=offer", told_until=timezone.now())
            for row in range(10)
        ]
        SavedSearch.objects.bulk_create(rows)
        client.get("/en/account/searches/")
        with django_assert_max_num_queries(40):
            client.get("/en/account/searches/")


class TestLetters:
    def test_what_is_new_is_told_once(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        with time_machine.travel("2026-03-02 09:00Z", tick=False):
            offer(title="Van eerder")
        search = saved(person)
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer(title="Nieuwe drone")
            builders.listing(builders.organisation(), Kind.NEED, title="Een vraag")
        next_day()
        write(search)
        write(search)
        (letter,) = mailoutbox
        assert letter.to == [person.email]
        assert "Nieuwe drone" in letter.body
        assert "Van eerder" not in letter.body
        assert "Een vraag" not in letter.body
        assert f"/nl/account/searches/{search.pk}/" in letter.body
        assert "List-Unsubscribe" in letter.extra_headers
        next_day("2026-03-04")
        write(search)
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize(
        ("pace", "days"),
        [("never", []), ("daily", ["2026-03-03", "2026-03-04"]), ("weekly", ["2026-03-09"])],
    )
    def test_it_comes_as_often_as_is_said(
        self, person: Person, next_day: Callable[..., None], pace: str, days: list[str]
    ) -> None:
        search, written = saved(person, pace=pace), []
        for day in ("2026-03-03", "2026-03-04", "2026-03-09"):
            next_day(day)
            if SavedSearch.objects.due(timezone.now()).filter(pk=search.pk).exists():
                written.append(day)
            write(search)
        assert written == days + (["2026-03-09"] if pace == "daily" else [])

    def test_what_one_may_not_see_any_more_when_it_is_written_is_not_in_it(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        """A draft, what was closed meanwhile, and what only participants see: by now one is none."""
        search = saved(person, "state=any&kind=offer")
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            own = offer(person.organisations.get(), title="Van onszelf")
            gone = offer(title="Weer gesloten")
            back = offer(title="Terug naar concept")
            builders.draft(builders.organisation(), Kind.OFFER, title="Concept")
            inside = offer(title="Alleen voor deelnemers", visibility="participants")
            shown = offer(title="Voor iedereen")
            listings.move(gone, "close", by=builders.HOUSE)
            listings.move(back, "withdraw", by=builders.HOUSE)
        next_day()
        assert new_for(search, timezone.now()) == [shown, inside]
        assert own.state == "published"
        Membership.objects.filter(person=person).delete()
        write(search)
        (letter,) = mailoutbox
        assert "Voor iedereen" in letter.body
        for hidden in ("Alleen voor deelnemers", "Concept", "gesloten", "concept"):
            assert hidden not in letter.body

    def test_where_all_of_it_is_hidden_no_letter_comes(
        self, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        stranger = builders.person()
        search = saved(stranger)
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer(visibility="participants")
        next_day()
        write(search)
        assert mailoutbox == []

    def test_a_closed_account_gets_none(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        search = saved(person)
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer()
        Person.objects.filter(pk=person.pk).update(is_active=False)
        next_day()
        write(search)
        assert mailoutbox == []

    def test_who_stopped_such_letters_gets_none_and_who_wants_them_with_the_summary_a_line(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        search = saved(person)
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer()
        next_day()
        choose_letters(person, ALERTS, "digest", by=person)
        write(search)
        assert WaitingLetter.objects.get(person=person).link.endswith(f"/searches/{search.pk}/")
        choose_letters(person, ALERTS, "never", by=person)
        next_day("2026-03-04")
        write(search)
        assert mailoutbox == []

    def test_words_are_looked_for_in_what_is_new(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        search = saved(person, "q=onkruid")
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer(title="Onkruid herkennen", text="Met een drone boven het veld.")
            offer(title="Gastles privacy", text="Voor docenten in het mbo.")
        next_day()
        write(search)
        assert "Onkruid herkennen" in mailoutbox[0].body
        assert "Gastles" not in mailoutbox[0].body

    def test_what_was_published_in_the_last_minutes_is_in_the_next_letter_and_none_is_lost(
        self, person: Person, clock: Any, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        search = saved(person)
        next_day()
        offer(title="Op de valreep")
        write(search)
        assert mailoutbox == []
        next_day("2026-03-04")
        write(search)
        assert "Op de valreep" in mailoutbox[0].body

    def test_the_turns_queue_each_once(self, person: Person, next_day: Callable[..., None]) -> None:
        from procrastinate.contrib.django.models import ProcrastinateJob

        saved(person)
        saved(person, pace="never", name="Nooit")
        next_day()
        for _time in range(2):
            turns(timestamp=int(datetime.now(tz=timezone.get_current_timezone()).timestamp()))
        assert ProcrastinateJob.objects.filter(task_name="boards.tell").count() == 1

    def test_a_name_that_tries_to_be_a_header_is_a_line(
        self, person: Person, next_day: Callable[..., None], mailoutbox: list[Any]
    ) -> None:
        search = saved(person, name="Aanbod\nBcc: x@elders.example")
        with time_machine.travel("2026-03-02 12:00Z", tick=False):
            offer()
        next_day()
        write(search)
        assert "\n" not in mailoutbox[0].subject
        assert mailoutbox[0].bcc == []


def test_who_lets_a_search_rest_is_not_told_of_what_came_meanwhile(
    person: Person, clock: Any
) -> None:
    search = saved(person, pace="never")
    clock.move_to(timezone.now() + timedelta(days=9))
    verbs.change_search(search, by=person, name="Aanbod", pace="daily")
    search.refresh_from_db()
    assert search.told_until == timezone.now()


class TestPrograms:
    def test_those_of_one_are_listed_by_one_question_more_or_less_alike(
        self, client: Client, person: Person, django_assert_max_num_queries: MaxQueries
    ) -> None:
        for place in range(30):
            saved(person, name=f"Nummer {place:02}")
        saved(builders.person(), name="Van een ander")
        client.force_login(person)
        with django_assert_max_num_queries(4):
            page = client.get("/api/v1/saved-searches?pageSize=20").json()
        assert page["total"] == 30
        assert [each["name"] for each in page["items"]][:2] == ["Nummer 00", "Nummer 01"]

    def test_a_session_saves_nothing(self, client: Client, person: Person) -> None:
        client.force_login(person)
        said = {"name": "Robots", "query": "q=robots"}
        done = client.post("/api/v1/saved-searches", said, "application/json")
        assert done.status_code == 401
        assert not SavedSearch.objects.exists()
