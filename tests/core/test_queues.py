"""A queue that stands still is seen; one that works, however slowly, is not."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.core.jobs import LONG, QUEUES, SHORT
from katalysator.core.queues import PATIENCE, stuck_queues, waiting
from tests.core.jobs import begun, change, happened, queued, worker

pytestmark = pytest.mark.django_db


def minutes(queue: str) -> float:
    return PATIENCE[queue].total_seconds() / 60


def codes() -> list[str]:
    return [each.code for each in stuck_queues()]


def test_what_waits_is_counted_with_the_first_that_does() -> None:
    queued(SHORT, minutes=9)
    queued(SHORT, minutes=2)
    change(queued(LONG), scheduled_at="2100-01-01")
    short, long, _outside = waiting()
    assert (short.name, short.waiting, long.name, long.waiting) == (SHORT, 2, LONG, 0)
    assert short.since is not None
    assert long.since is None


def test_a_job_without_a_living_worker_is_told_after_a_minute() -> None:
    assert codes() == []
    worker(silent=120)
    queued(SHORT)
    assert codes() == []
    queued(LONG, minutes=2)
    change(queued(LONG), status="doing")
    (said,) = stuck_queues()
    assert str(said).startswith(
        "Nobody does the background work; jobs that wait or stopped half-way: 2."
    )


def test_where_a_worker_lives_and_nothing_waits_nothing_is_wrong(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    worker()
    with django_assert_num_queries(2):
        assert stuck_queues() == ()


@pytest.mark.parametrize("queue", QUEUES)
def test_a_job_that_waits_too_long_while_none_is_done_is_told(queue: str) -> None:
    worker()
    queued(queue, minutes=minutes(queue) + 1)
    (said,) = stuck_queues()
    assert said.code == "queue-stuck"
    assert f"{minutes(queue) + 1:.0f} minutes; jobs that wait: 1." in str(said)


@pytest.mark.parametrize("queue", QUEUES)
def test_a_job_that_waits_for_a_while_is_not(queue: str) -> None:
    worker()
    queued(queue, minutes=minutes(queue) - 1)
    assert codes() == []


def test_a_queue_that_is_long_but_moves_is_not() -> None:
    alive = worker()
    queued(LONG, minutes=300)
    done = begun(LONG, alive)
    change(done, status="succeeded")
    happened(done, 20)
    assert codes() == []
    happened(done, 90)
    assert codes() == ["queue-stuck"]


def test_each_queue_is_seen_for_itself() -> None:
    alive = worker()
    queued(SHORT, minutes=60)
    change(begun(LONG, alive), status="succeeded")
    (said,) = stuck_queues()
    assert "Short background jobs" in str(said)


def test_what_was_put_back_waits_from_then_on() -> None:
    alive = worker()
    job = begun(SHORT, alive, minutes=60)
    change(job, status="todo")
    assert codes() == []
