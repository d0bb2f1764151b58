"""A summary of what is new: by the clock, once, in the person's language, and not where nothing is new."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from katalysator.coalition.models import Area, Organisation, Person
from katalysator.coalition.tasks import STILL_CORRECT, ask_to_confirm
from katalysator.listings.models import Kind, Listing
from katalysator.notices import verbs
from katalysator.notices.clock import due, last_turn
from katalysator.notices.kinds import SUMMARY, Pace
from katalysator.notices.models import ReturnedMail, SummarySent, WaitingLetter
from katalysator.notices.summaries import MOST, Item, Section
from katalysator.notices.tasks import summarise, turns
from tests import builders
from tests.attack.steps import inside
from tests.core.apart import apart, clear
from tests.matches.steps import NEED, OFFER, match_all
from tests.notices.post_office import PostOffice, post_office

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 30, 9, 5, tzinfo=HERE)


@pytest.fixture
def lab() -> Organisation:
    return builders.organisation(slug="lab", name="Voorbeeldlab")


@pytest.fixture
def person(lab: Organisation) -> Person:
    return builders.person(lab, email="lid@voorbeeldlab.example", language="en")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


def matched(lab: Organisation) -> tuple[Listing, Listing]:
    """A need of the lab, and an offer of another that fits."""
    need = builders.listing(lab, Kind.NEED, **NEED)
    offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    match_all()
    return need, offer


class TestWhatIsNew:
    def test_new_matches_and_participants_are_told_with_their_addresses(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        need, offer = matched(lab)
        area = Area.objects.get(slug="zorg")
        lab.areas.add(area)
        new = builders.organisation(name="Voorbeeld Nieuw", joined_on=timezone.localdate())
        new.areas.add(area)
        summarise(person.pk)
        (letter,) = office.letters
        text = letter.get_content().replace("\r\n", "\n")
        assert f"* {need.title} ● {offer.title}" in text
        assert f"http://localhost:8000/en/listings/{need.pk}/#matches" in text
        assert "New in your areas\n-----------------\n* Voorbeeld Nieuw" in text
        assert letter["List-Unsubscribe"]
        assert "Auto-Submitted" in letter

    def test_it_is_in_the_language_of_the_person(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        matched(lab)
        Person.objects.filter(pk=person.pk).update(language="nl")
        summarise(person.pk)
        text = office.letters[0].get_content()
        assert "Nieuwe matches" in text
        assert "/nl/listings/" in text

    def test_nothing_new_is_no_letter_and_is_not_looked_for_again(
        self, person: Person, office: PostOffice
    ) -> None:
        summarise(person.pk)
        assert office.letters == []
        assert SummarySent.objects.filter(person=person).exists()

    def test_what_the_person_may_not_see_is_not_in_it(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        _need, offer = matched(lab)
        Listing.objects.filter(pk=offer.pk).update(visibility="participants")
        Organisation.objects.filter(pk=lab.pk).update(state="left")
        summarise(person.pk)
        assert office.letters == []

    def test_what_was_told_is_not_told_again(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        matched(lab)
        summarise(person.pk)
        SummarySent.objects.update(until=timezone.now() - timedelta(days=8))
        Listing.objects.update(published_at=timezone.now() - timedelta(days=9))
        summarise(person.pk)
        assert len(office.letters) == 1

    def test_letters_that_waited_come_with_it_once(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        person.memberships.update(role="manager")
        verbs.choose_letters(person, STILL_CORRECT, Pace.DIGEST, by=person)
        for _ in range(2):
            ask_to_confirm(lab.pk)
        summarise(person.pk)
        (letter,) = office.letters
        assert letter.get_content().count("* Is the page of Voorbeeldlab still correct?") == 1
        assert not WaitingLetter.objects.exists()

    def test_a_long_part_is_cut_and_says_where_the_rest_is(self) -> None:
        section = Section("Title", [Item(str(each), "") for each in range(MOST + 3)], "x")
        assert (len(section.shown), section.more) == (MOST, 3)

    def test_ones_own_page_shows_the_same(self, lab: Organisation, person: Person) -> None:
        need, offer = matched(lab)
        page = inside(person).get("/en/account/").content.decode()
        assert f"{need.title} ● {offer.title}" in page
        assert "New in the last 14 days" in page


class TestTurns:
    @pytest.mark.parametrize(
        ("pace", "now", "turn"),
        [
            (Pace.DAILY, datetime(2026, 12, 2, 9, tzinfo=HERE), date(2026, 12, 2)),
            (Pace.DAILY, datetime(2026, 12, 2, 6, 59, tzinfo=HERE), date(2026, 12, 1)),
            (Pace.WEEKLY, datetime(2026, 12, 2, 9, tzinfo=HERE), date(2026, 11, 30)),
            (Pace.WEEKLY, datetime(2026, 11, 30, 7, 0, tzinfo=HERE), date(2026, 11, 30)),
            (Pace.WEEKLY, datetime(2026, 11, 30, 6, 0, tzinfo=HERE), date(2026, 11, 23)),
        ],
    )
    def test_it_is_due_in_the_morning(self, pace: Pace, now: datetime, turn: date) -> None:
        found = last_turn(pace, now)
        assert (found.date(), found.hour) == (turn, 7)

    @pytest.mark.parametrize(
        "now", [datetime(2026, 10, 25, 5, 30, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)]
    )
    def test_summer_time_moves_no_turn(self, now: datetime) -> None:
        assert last_turn(Pace.DAILY, now).hour == 7
        assert last_turn(Pace.DAILY, now) <= now

    @pytest.mark.parametrize(
        ("pace", "days", "is_due"),
        [
            (None, 0, False),
            (None, 7, True),
            (Pace.WEEKLY, 3, True),  # since before Monday
            (Pace.DAILY, 0, False),
            (Pace.DAILY, 1, True),
            (Pace.NEVER, 30, False),
        ],
    )
    def test_who_is_due(self, person: Person, pace: Pace | None, days: int, is_due: bool) -> None:
        SummarySent.objects.create(person=person, until=MONDAY - timedelta(days=days, minutes=1))
        if pace:
            verbs.choose_letters(person, SUMMARY, pace, by=person)
        assert due(MONDAY).filter(pk=person.pk).exists() == is_due

    def test_who_never_had_one_is_due(self, person: Person) -> None:
        assert list(due(MONDAY)) == [person]

    @pytest.mark.parametrize("how", ["closed", "returned"])
    def test_who_gets_no_mail_is_not_due(self, person: Person, how: str) -> None:
        if how == "closed":
            Person.objects.filter(pk=person.pk).update(is_active=False)
        else:
            ReturnedMail.objects.create(person=person, stopped=True, why="5.1.1")
        assert not due(MONDAY)

    def test_the_clock_queues_one_job_each(self, person: Person) -> None:
        for _ in range(2):
            turns(int(MONDAY.timestamp()))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args FROM procrastinate_jobs WHERE task_name = 'notices.summarise'"
            )
            assert [each[0] for each in cursor.fetchall()] in (
                [{"person_id": person.pk}],
                [f'{{"person_id": {person.pk}}}'],
            )

    def test_a_mail_server_that_is_away_loses_nothing(
        self, lab: Organisation, person: Person, office: PostOffice
    ) -> None:
        matched(lab)
        office.full.add(person.email)
        with pytest.raises(SMTPException):
            summarise(person.pk)
        assert not SummarySent.objects.exists()
        office.full.clear()
        summarise(person.pk)
        assert len(office.letters) == 1


def test_two_jobs_at_once_send_one_letter(office: PostOffice) -> None:
    def waiting() -> int:
        person = builders.person(builders.organisation())
        WaitingLetter.objects.create(person=person, kind="asks-to-join", subject="iemand vraagt")
        return person.pk

    try:
        (number,) = apart(waiting)
        apart(*[lambda: summarise(number)] * 2)
        assert len(office.letters) == 1
    finally:
        apart(lambda: [each.objects.all().delete() for each in (Person, Organisation)])
        clear()
