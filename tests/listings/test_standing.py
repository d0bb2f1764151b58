"""Until which day a listing is open: chosen or as is usual, reminded of before, renewed with one click, over after it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Membership, Organisation
from katalysator.core.links import key_of
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs
from katalysator.listings.export import as_csv
from katalysator.listings.models import Kind, Listing
from katalysator.listings.tasks import expire, remind, watch
from tests import builders
from tests.coalition.founded import founded
from tests.matches.steps import events

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)
"""The day on which all of this begins."""


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-03-02 11:00Z", tick=False) as moving:
        yield moving


def days(number: int) -> date:
    return FIRST + timedelta(days=number)


def moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 11, tzinfo=UTC).timestamp())


def listing(owner: Organisation | None = None, **fields: Any) -> Listing:
    return builders.listing(owner or builders.organisation(), Kind.OFFER, **fields)


def reminded(day: date, clock: Any) -> None:
    """The morning of a day: what is due is written."""
    clock.move_to(f"{day}T11:00:00Z")
    watch(timestamp=moment(day))
    for job in ProcrastinateJob.objects.filter(task_name="listings.remind"):
        remind(**job.args)


class TestTheDay:
    def test_it_is_open_for_half_a_year_where_nobody_says_otherwise(self) -> None:
        made = listing()
        assert made.stands_until == days(180)
        assert events(made)[-1].after == {"state": "published", "stands_until": "2026-08-29"}

    def test_a_draft_has_no_day_until_it_opens(self) -> None:
        assert builders.draft(builders.organisation()).stands_until is None

    def test_the_bureau_says_what_is_usual(self) -> None:
        founded(listing_days="30")
        assert listing().stands_until == days(30)

    @pytest.mark.parametrize("ahead", [0, 1, 366])
    def test_its_owner_chooses_another_day(self, ahead: int) -> None:
        assert listing(stands_until=days(ahead)).stands_until == days(ahead)

    @pytest.mark.parametrize("ahead", [-1, 367, 100_000])
    def test_a_day_that_is_over_or_too_far_is_refused(self, ahead: int) -> None:
        with pytest.raises(InvalidInput, match="at most 366 days ahead") as refused:
            listing(stands_until=days(ahead))
        assert refused.value.where == ("stands_until",)

    def test_who_changes_the_text_keeps_the_day_also_when_it_is_over(self, clock: Any) -> None:
        made = listing(stands_until=days(3))
        clock.move_to("2026-03-10T11:00:00Z")
        expire(timestamp=moment(date(2026, 3, 10)))
        content = builders.content(title="Anders", stands_until=days(3))
        assert verbs.edit(made, by=builders.HOUSE, content=content).stands_until == days(3)


class TestTheEnd:
    def test_it_is_open_on_its_last_day_and_over_on_the_next(self) -> None:
        made = listing(stands_until=days(9))
        expire(timestamp=moment(days(9)))
        assert Listing.objects.get().state == "published"
        expire(timestamp=moment(days(10)))
        assert Listing.objects.get().state == "expired"
        event = events(made)[-1]
        assert (event.verb, event.actor) == ("listing.expire", None)
        assert event.reason == "it stood until 2026-03-11, and nobody renewed it"

    def test_a_period_that_is_over_is_another_reason(self) -> None:
        made = listing(end=days(3))
        expire(timestamp=moment(days(4)))
        assert events(made)[-1].reason == "its period is over"

    def test_what_was_found_has_no_end(self) -> None:
        made = verbs.move(listing(stands_until=days(1)), "settle", by=builders.HOUSE)
        expire(timestamp=moment(days(300)))
        assert Listing.objects.get(pk=made.pk).state == "matched"


class TestRenewing:
    def test_an_open_one_stands_from_now_on_as_long_as_is_usual(self, clock: Any) -> None:
        made = listing()
        clock.move_to("2026-08-20T11:00:00Z")
        renewed = verbs.move(made, "renew", by=builders.HOUSE)
        assert renewed.stands_until == date(2026, 8, 20) + timedelta(days=180)
        assert renewed.published_at == made.published_at

    def test_a_longer_day_is_not_made_shorter(self) -> None:
        made = listing(stands_until=days(300))
        assert verbs.move(made, "renew", by=builders.HOUSE).stands_until == days(300)

    def test_one_that_is_over_opens_again(self, clock: Any) -> None:
        made = listing(stands_until=days(1))
        clock.move_to("2026-03-09T11:00:00Z")
        expire(timestamp=moment(days(7)))
        renewed = verbs.move(made, "renew", by=builders.HOUSE)
        assert (renewed.state, renewed.stands_until) == ("published", days(187))

    def test_what_is_about_a_time_that_is_over_is_changed_first(self, clock: Any) -> None:
        made = listing(end=days(3))
        clock.move_to("2026-03-09T11:00:00Z")
        expire(timestamp=moment(days(7)))
        with pytest.raises(Conflict, match="Change the period first"):
            verbs.move(made, "renew", by=builders.HOUSE)

    def test_others_may_not(self) -> None:
        with pytest.raises(NotAllowed):
            verbs.move(listing(), "renew", by=builders.person(builders.organisation()))

    def test_its_page_shows_the_day_and_the_button(self, client: Client) -> None:
        owner = builders.organisation()
        client.force_login(builders.person(owner))
        made = listing(owner)
        page = client.get(f"/en/listings/{made.pk}/").content.decode()
        assert "Open until" in page
        assert "29 August 2026" in page
        assert f"/en/listings/{made.pk}/renew/" in page
        client.post(f"/en/listings/{made.pk}/renew/")
        assert events(made)[-1].verb == "listing.renew"
        assert "until 29 August 2026" in client.get("/en/listings/mine/").content.decode()

    def test_the_form_of_one_that_expired_renews_it(self, client: Client, clock: Any) -> None:
        owner = builders.organisation()
        client.force_login(builders.person(owner))
        made = listing(owner, stands_until=days(1))
        clock.move_to("2026-03-09T11:00:00Z")
        expire(timestamp=moment(days(7)))
        client.force_login(owner.memberships.get().person)
        form = client.get(f"/en/listings/{made.pk}/edit/").context["form"]
        typed = {each.html_name: each.value() for each in form if each.value() is not None}
        client.post(
            f"/en/listings/{made.pk}/edit/", {**typed, "stands_until": str(days(30)), "publish": ""}
        )
        made.refresh_from_db()
        assert (made.state, made.stands_until) == ("published", days(187))

    def test_api_and_download_tell_the_day(self, client: Client) -> None:
        made = listing(stands_until=days(5))
        found = client.get(f"/api/v1/listings/{made.pk}").json()
        assert found["standsUntil"] == str(days(5))
        table = b"".join(as_csv([made]).streaming_content).decode()  # type: ignore[arg-type]
        assert str(days(5)) in table


class TestReminders:
    def test_two_weeks_and_two_days_before_and_each_once(
        self, clock: Any, mailoutbox: list[Any]
    ) -> None:
        owner = builders.organisation()
        member = builders.person(owner)
        listing(owner)
        for ahead in (165, 166, 167, 177, 178, 179):
            reminded(days(ahead), clock)
        assert [letter.to for letter in mailoutbox] == [[member.email]] * 2
        said = [letter.subject for letter in mailoutbox]
        assert ["14" in said[0], "2" in said[1]] == [True, True]

    def test_a_morning_that_was_missed_is_made_up_for_once(
        self, clock: Any, mailoutbox: list[Any]
    ) -> None:
        owner = builders.organisation()
        builders.person(owner)
        listing(owner)
        reminded(days(179), clock)
        reminded(days(180), clock)
        assert len(mailoutbox) == 1

    def test_who_chose_a_day_that_is_near_is_not_reminded_of_it_at_once(
        self, clock: Any, mailoutbox: list[Any]
    ) -> None:
        owner = builders.organisation()
        builders.person(owner)
        listing(owner, stands_until=days(10))
        reminded(days(1), clock)
        assert not mailoutbox
        reminded(days(8), clock)
        assert len(mailoutbox) == 1

    def test_what_is_renewed_is_reminded_of_anew(self, clock: Any, mailoutbox: list[Any]) -> None:
        owner = builders.organisation()
        builders.person(owner)
        made = listing(owner)
        reminded(days(170), clock)
        verbs.move(made, "renew", by=builders.HOUSE)
        reminded(days(179), clock)
        assert len(mailoutbox) == 1
        reminded(days(170 + 166), clock)
        assert len(mailoutbox) == 2

    def test_what_is_closed_meanwhile_is_not_written_about(
        self, clock: Any, mailoutbox: list[Any]
    ) -> None:
        owner = builders.organisation()
        builders.person(owner)
        made = listing(owner)
        verbs.move(made, "close", by=builders.HOUSE)
        clock.move_to("2026-08-20T11:00:00Z")
        remind(made.pk)
        assert not mailoutbox

    def test_it_goes_to_who_wrote_it_while_there_and_then_to_who_manages(
        self, clock: Any, mailoutbox: list[Any]
    ) -> None:
        owner = builders.organisation()
        author, manager = builders.person(owner), builders.person(owner)
        manager.memberships.update(role=Membership.Role.MANAGER)
        for title in ("Een", "Twee"):
            listing(owner, title=title)
        Listing.objects.update(author=author)
        reminded(days(167), clock)
        assert [letter.to for letter in mailoutbox] == [[author.email]] * 2
        author.memberships.all().delete()
        reminded(days(179), clock)
        assert [letter.to for letter in mailoutbox[2:]] == [[manager.email]] * 2


class TestTheLink:
    @pytest.fixture
    def there(self) -> Callable[[Listing], str]:
        return lambda made: f"/en/listings/renew/{key_of(made)}/"

    def test_it_asks_first_and_renews_without_an_account(
        self, client: Client, clock: Any, there: Callable[[Listing], str]
    ) -> None:
        made = listing()
        clock.move_to("2026-08-20T11:00:00Z")
        assert "Does it still hold?" in client.get(there(made)).content.decode()
        assert events(made)[-1].verb == "listing.publish"
        done = client.post(there(made), follow=True).content.decode()
        assert "16 February 2027" in done
        assert (events(made)[-1].verb, events(made)[-1].after["stands_until"]) == (
            "listing.renew",
            "2027-02-16",
        )

    @pytest.mark.parametrize("state", ["close", "withdraw", "settle"])
    def test_what_is_not_open_is_not_opened_by_it(
        self, client: Client, there: Callable[[Listing], str], state: str
    ) -> None:
        made = verbs.move(listing(), state, by=builders.HOUSE)
        page = client.get(there(made)).content.decode()
        assert "Log in to open it again" in page
        client.post(there(made))
        assert Listing.objects.get().state == made.state

    def test_a_link_that_is_not_ours_or_of_something_else_is_gone(self, client: Client) -> None:
        made = listing()
        others = signing.dumps(made.pk, salt="katalysator.questions.question")
        for key in (others, "x", f"{key_of(made)}x", key_of(made.organisation)):
            assert client.get(f"/en/listings/renew/{key}/").status_code == 404
            assert client.post(f"/en/listings/renew/{key}/").status_code == 404

    def test_what_takes_part_no_longer_is_not_renewed(
        self, client: Client, there: Callable[[Listing], str]
    ) -> None:
        owner = builders.organisation()
        made = listing(owner, stands_until=days(1))
        expire(timestamp=moment(days(7)))
        Organisation.objects.filter(pk=owner.pk).update(state="left")
        answer = client.post(there(made), follow=True)
        assert answer.status_code == 200
        assert "alert" in answer.content.decode()
        assert Listing.objects.get().state == "expired"


def test_the_last_day_is_counted_on_the_clock_of_here(clock: Any) -> None:
    clock.move_to("2026-03-02T23:30:00Z")
    assert timezone.localdate() == date(2026, 3, 3)
    assert listing().stands_until == days(181)
