"""Background work: queued once, done as often as it likes with the same result, expiring on the day."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.models import Event
from katalysator.exchange import verbs
from katalysator.exchange.models import Allocation, Kind, Listing, Match
from katalysator.exchange.reading import read_listings, renew_lexicon
from katalysator.exchange.tasks import (
    allocate_market,
    allocate_soon,
    expire_listings,
    match_listing,
    match_soon,
)
from tests import builders
from tests.exchange.steps import NEED, OFFER, events

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict[str, Any]]]:
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("pk")
    return list(jobs.values_list("task_name", "args"))


def listing(kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, **fields)


class TestQueueing:
    def test_a_deed_queues_one_search_however_often_it_is_done(self) -> None:
        made = listing()
        assert waiting() == [("exchange.match_listing", {"listing_id": made.pk})]
        verbs.edit(made, by=builders.HOUSE, content=builders.content(title="Anders"))
        verbs.move(made, "close", by=builders.HOUSE)
        match_soon(made)
        assert len(waiting()) == 1

    def test_each_listing_waits_for_itself(self) -> None:
        numbers = [listing().pk for _ in range(2)]
        assert [args["listing_id"] for _, args in waiting()] == numbers

    def test_a_draft_is_not_searched_for(self) -> None:
        builders.draft(builders.organisation())
        assert waiting() == []

    def test_a_search_that_has_begun_does_not_stop_the_next(self) -> None:
        made = listing()
        job = ProcrastinateJob.objects.get()
        _set_status(job.pk, "doing")
        match_soon(made)
        assert len(waiting()) == 1

    def test_a_market_is_divided_once(self) -> None:
        for market in ("expertise", "expertise", "pilot"):
            allocate_soon(market)
        assert [args["market"] for _, args in waiting()] == ["expertise", "pilot"]

    def test_a_deed_that_is_taken_back_queues_nothing(self) -> None:
        made = builders.draft(builders.organisation())
        with transaction.atomic():
            verbs.move(made, "publish", by=builders.HOUSE)
            transaction.set_rollback(True)
        assert waiting() == []

    def test_a_job_that_waits_already_leaves_the_deed_whole(self) -> None:
        made = listing()
        with transaction.atomic():
            match_soon(made)
            Listing.objects.filter(pk=made.pk).update(title="Daarna")
        assert Listing.objects.get().title == "Daarna"

    def test_jobs_carry_numbers_and_names_only(self) -> None:
        made = listing(title="Geheim", visibility="participants")
        match_listing(listing_id=made.pk)
        assert [args for _, args in waiting()] == [{"listing_id": made.pk}, {"market": "expertise"}]


def _set_status(pk: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, pk])


class TestDoing:
    def state(self) -> list[Any]:
        return [
            list(
                Match.objects.order_by("need", "offer").values(
                    "need", "offer", "score", "parts", "seats"
                )
            ),
            list(
                Listing.objects.order_by("pk").values(
                    "pk", "state", "best", "best_inside", "price", "pressure"
                )
            ),
            list(
                Allocation.objects.order_by("market").values(
                    "market", "pairs", "placed", "value", "bound"
                )
            ),
            Event.objects.count(),
            sorted((name, str(args)) for name, args in waiting()),
        ]

    def test_twice_changes_nothing(self) -> None:
        needs = [listing(**NEED) for _ in range(3)]
        offers = [listing(Kind.OFFER, **OFFER) for _ in range(2)]
        read_listings([*needs, *offers])
        renew_lexicon()  # scores weigh words by what was read so far

        def do_all() -> None:
            for made in (*needs, *offers):
                match_listing(listing_id=made.pk)
            allocate_market(market="expertise")

        do_all()
        once = self.state()
        assert len(once[0]) == 6
        assert sum(match["seats"] for match in once[0]) == 2
        do_all()
        assert self.state() == once
        match_listing(listing_id=needs[0].pk)
        allocate_market(market="expertise")
        assert self.state() == once

    def test_a_listing_that_is_gone_is_passed_over(self) -> None:
        made = listing()
        number = made.pk
        made.delete()
        match_listing(listing_id=number)
        assert [name for name, _ in waiting()] == ["exchange.match_listing"]

    def test_a_search_lets_the_market_be_divided(self) -> None:
        made = listing(market_slug="pilot")
        match_listing(listing_id=made.pk)
        assert ("exchange.allocate_market", {"market": "pilot"}) in waiting()

    def test_the_tasks_go_by_the_names_that_are_in_the_queue(self) -> None:
        names = {"exchange.match_listing", "exchange.allocate_market", "exchange.expire_listings"}
        assert names <= set(app.tasks)

    def test_a_failed_search_is_tried_again(self) -> None:
        for name in ("exchange.match_listing", "exchange.allocate_market"):
            assert app.tasks[name].retry_strategy is not None


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
        expire_listings(timestamp=when)
        assert Listing.objects.get(pk=made.pk).state == state

    def test_the_clock_writes_it_down(self) -> None:
        made = listing(end=date(2026, 3, 31))
        expire_listings(timestamp=at(2026, 4, 1))
        event = events(made)[-1]
        assert (event.verb, event.system) == ("listing.expire", "clock")
        assert (event.before, event.after) == ({"state": "published"}, {"state": "expired"})

    def test_twice_changes_nothing(self) -> None:
        made = listing(end=date(2026, 3, 31))
        expire_listings(timestamp=at(2026, 4, 1))
        expire_listings(timestamp=at(2026, 4, 1))
        assert [event.verb for event in events(made)].count("listing.expire") == 1

    def test_what_does_not_end_or_is_not_open_stays(self) -> None:
        endless = listing()
        draft = builders.draft(builders.organisation(), end=date(2026, 3, 31))
        settled = verbs.move(listing(end=date(2026, 3, 31)), "settle", by=builders.HOUSE)
        expire_listings(timestamp=at(2030, 1, 1))
        states = [Listing.objects.get(pk=each.pk).state for each in (endless, draft, settled)]
        assert states == ["published", "draft", "matched"]

    def test_what_expired_is_matched_no_more(self) -> None:
        need = listing(**NEED, end=date(2026, 3, 31))
        offer = listing(Kind.OFFER, **OFFER)
        for made in (need, offer):
            match_listing(listing_id=made.pk)
        assert Match.objects.exists()
        expire_listings(timestamp=at(2026, 4, 1))
        match_listing(listing_id=need.pk)
        assert not Match.objects.exists()

    def test_it_runs_once_a_night_and_never_beside_itself(self) -> None:
        task = app.tasks["exchange.expire_listings"]
        assert task.queueing_lock == "expire"
        (periodic,) = [
            each for each in app.periodic_registry.periodic_tasks.values() if each.task is task
        ]
        assert periodic.cron == "15 3 * * *"
