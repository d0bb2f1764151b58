"""Listings expire on the day, once."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django import app

from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.tasks import expire
from katalysator.matches.models import Match
from katalysator.matches.tasks import match_listing
from tests import builders
from tests.matches.steps import NEED, OFFER, events

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, **fields)


AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(year: int, month: int, day: int, hour: int = 3, minute: int = 15) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM).timestamp())


class TestExpiring:
    @pytest.mark.parametrize(
        ("when", "state"),
        [
            (at(2026, 3, 31), "published"),
            (at(2026, 3, 31, 23, 59), "published"),
            (at(2026, 4, 1, 0, 1), "expired"),
            (at(2026, 4, 1), "expired"),
            (at(2030, 1, 1), "expired"),
        ],
    )
    def test_a_listing_expires_when_its_last_day_is_over_here(self, when: int, state: str) -> None:
        made = listing(end=date(2026, 3, 31))
        expire(timestamp=when)
        assert Listing.objects.get(pk=made.pk).state == state

    def test_the_clock_writes_it_down(self) -> None:
        made = listing(end=date(2026, 3, 31))
        expire(timestamp=at(2026, 4, 1))
        event = events(made)[-1]
        assert (event.verb, event.actor) == ("listing.expire", None)
        assert (event.before, event.after) == ({"state": "published"}, {"state": "expired"})

    def test_twice_changes_nothing(self) -> None:
        made = listing(end=date(2026, 3, 31))
        expire(timestamp=at(2026, 4, 1))
        expire(timestamp=at(2026, 4, 1))
        assert [event.verb for event in events(made)].count("listing.expire") == 1

    def test_what_does_not_end_or_is_not_open_stays(self) -> None:
        endless = listing()
        draft = builders.draft(builders.organisation(), end=date(2026, 3, 31))
        settled = verbs.move(listing(end=date(2026, 3, 31)), "settle", by=builders.HOUSE)
        expire(timestamp=at(2026, 4, 1))
        states = [Listing.objects.get(pk=each.pk).state for each in (endless, draft, settled)]
        assert states == ["published", "draft", "matched"]

    def test_what_expired_is_matched_no_more(self) -> None:
        need = listing(**NEED, end=date(2026, 3, 31))
        offer = listing(Kind.OFFER, **OFFER)
        for made in (need, offer):
            match_listing(listing_id=made.pk)
        assert Match.objects.exists()
        expire(timestamp=at(2026, 4, 1))
        match_listing(listing_id=need.pk)
        assert not Match.objects.exists()

    def test_it_runs_once_a_night_and_never_beside_itself(self) -> None:
        task = app.tasks["listings.expire"]
        assert task.queueing_lock == "expire"
        (periodic,) = [
            each for each in app.periodic_registry.periodic_tasks.values() if each.task is task
        ]
        assert periodic.cron == "15 3 * * *"
