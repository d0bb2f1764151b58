"""Held again and again: each of a series is one of its own, at the same time on the wall, summer and winter."""

# ruff: noqa: DTZ001 — what the clock on the wall shows has no zone

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given, strategies as st

from katalysator.activities import verbs
from katalysator.activities.models import Activity
from katalysator.activities.moments import at_wall_clock, on_the_wall, shown
from katalysator.activities.series import cancel_from, days_after, edit_from, repeat
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.activities.steps import changed
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

NOON = datetime(
    2027, 3, 15, 11, tzinfo=UTC
)  # twelve o'clock in winter, a fortnight before summer time


@pytest.fixture(autouse=True)
def _in_winter() -> Iterator[None]:
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        yield


def at_noon(**fields: Any) -> Activity:
    end = NOON + timedelta(hours=2)
    return builders.activity(starts_at=NOON, ends_at=end, **fields)


def weekly(activity: Activity, times: int = 3) -> list[Activity]:
    days = list(days_after(on_the_wall(activity.starts_at).date(), "weekly", times))
    return repeat(activity, by=builders.HOUSE, rhythm="weekly", days=days)


def hours() -> list[str]:
    rows = Activity.objects.order_by("starts_at")
    return [f"{on_the_wall(each.starts_at):%d-%m %H:%M}" for each in rows]


class TestOnTheWall:
    def test_it_begins_at_the_same_time_when_the_clock_goes_forward(self) -> None:
        later = weekly(at_noon())
        assert hours() == ["15-03 12:00", "22-03 12:00", "29-03 12:00", "05-04 12:00"]
        assert [each.starts_at.hour for each in later] == [11, 10, 10]

    def test_a_time_that_is_skipped_that_night_is_refused(self) -> None:
        with pytest.raises(InvalidInput, match="There is no 02:30"):
            at_wall_clock(datetime(2027, 3, 28, 2, 30))
        form = {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T09:00"}
        page = inside(builders.person(is_coordinator=True)).post("/en/activities/new/", form)
        assert "the clock goes forward that night" in page.content.decode()

    def test_of_an_hour_that_comes_twice_the_first_is_meant(self) -> None:
        moment = at_wall_clock(datetime(2027, 10, 31, 2, 30))
        assert moment == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)

    @given(st.datetimes(datetime(2000, 1, 2), datetime(2199, 12, 30)))
    def test_what_the_wall_shows_is_what_was_meant(self, typed: datetime) -> None:
        try:
            moment = at_wall_clock(typed)
        except InvalidInput:
            assert typed.month == 3
            assert typed.hour == 2
        else:
            assert on_the_wall(moment) == typed

    def test_a_period_names_its_day_once(self) -> None:
        assert shown(NOON, NOON + timedelta(hours=2)) == "15 March 2027, 12:00–14:00"
        assert (
            shown(NOON, NOON + timedelta(days=1)) == "15 March 2027, 12:00 – 16 March 2027, 12:00"
        )


class TestDays:
    def test_a_month_without_such_a_day_has_it_on_its_last(self) -> None:
        assert list(days_after(date(2027, 11, 30), "monthly", 4)) == [
            date(2027, 12, 30), date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30),
        ]  # fmt: skip

    def test_each_day_once_and_none_that_is_past(self) -> None:
        activity = at_noon()
        weekly(activity)
        activity.refresh_from_db()
        for days in ([], [NOON.date()], [date(2027, 3, 22)], [date(2020, 1, 1)]):
            with pytest.raises(InvalidInput):
                repeat(activity, by=builders.HOUSE, rhythm="days", days=days)
        made = repeat(activity, by=builders.HOUSE, rhythm="days", days=[date(2027, 6, 1)])
        assert [each.series_id for each in made] == [activity.series_id]

    def test_they_are_announced_where_it_is(self) -> None:
        assert {each.state for each in weekly(at_noon())} == {"announced"}
        assert {each.state for each in weekly(at_noon(state="draft"))} == {"draft"}

    def test_what_is_cancelled_is_not_repeated(self) -> None:
        activity = at_noon()
        verbs.cancel(activity, by=builders.HOUSE)
        with pytest.raises(Conflict):
            weekly(activity)


class TestTogether:
    def test_one_is_changed_and_the_others_stay(self) -> None:
        later = weekly(at_noon())
        verbs.edit(later[1], by=builders.HOUSE, said=changed(later[1], title="Anders"))
        titles = Activity.objects.order_by("starts_at").values_list("title", flat=True)
        assert [each == "Anders" for each in titles] == [False, False, True, False]

    def test_all_that_come_later_move_by_as_many_days(self) -> None:
        later = weekly(at_noon())
        start = later[1].starts_at + timedelta(days=1, hours=2)
        facts = changed(
            later[1], starts_at=start, ends_at=start + timedelta(hours=1), place="Elders"
        )
        edit_from(later[1], by=builders.HOUSE, said=facts)
        assert hours() == ["15-03 12:00", "22-03 12:00", "30-03 14:00", "06-04 14:00"]
        assert Activity.objects.filter(place="Elders").count() == 2

    def test_all_that_come_later_are_called_off_and_their_drafts_thrown_away(self) -> None:
        later = weekly(at_noon())
        Activity.objects.filter(pk=later[2].pk).update(state="draft")
        cancelled = cancel_from(later[0], by=builders.HOUSE, reason="De zaal is weg")
        assert [each.pk for each in cancelled] == [later[0].pk, later[1].pk]
        states = Activity.objects.order_by("starts_at").values_list("state", flat=True)
        assert list(states) == ["announced", "cancelled", "cancelled"]

    def test_only_who_holds_it_does(self) -> None:
        activity = at_noon(owner=builders.organisation())
        stranger = builders.person(builders.organisation())
        with pytest.raises(NotAllowed):
            repeat(activity, by=stranger, rhythm="days", days=[date(2027, 6, 1)])
        with pytest.raises(NotAllowed):
            cancel_from(activity, by=stranger)
