"""Jobs whose worker died are found by its silence, and put back; those of the living are left alone."""

import pytest
from asgiref.sync import async_to_sync
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core import working
from katalysator.core.jobs import LONG, SHORT
from tests.core.jobs import begun, change, queued, worker

pytestmark = pytest.mark.django_db

DEAD = working.SILENCE + 1


def put_back() -> list[tuple[int, str, str]]:
    return async_to_sync(working.put_back)()


def states() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.parametrize("silent", [DEAD, 3600.0, -DEAD, -3600.0], ids=lambda each: f"{each:g} s")
def test_a_job_of_a_silent_worker_waits_again(silent: float) -> None:
    """Also where the clock was set back: a sign of life from the future is none."""
    job = begun(LONG, worker(silent=silent))
    assert put_back() == [(job.pk, "stand-in.note", "todo")]
    job.refresh_from_db()
    assert (job.status, job.attempts, job.scheduled_at) == ("todo", 1, None)


def test_a_job_whose_worker_left_waits_again() -> None:
    begun(SHORT, None)
    assert len(put_back()) == 1


def test_a_job_of_a_living_worker_goes_on() -> None:
    begun(LONG, worker())
    begun(LONG, worker(silent=working.SILENCE / 2))
    assert put_back() == []
    assert states() == ["doing", "doing"]


def test_the_lock_of_a_market_is_given_back() -> None:
    begun(LONG, worker(silent=DEAD), lock="allocate")
    put_back()
    begun(LONG, worker(), lock="allocate")


def test_it_waits_beside_another_of_its_name_that_was_queued_meanwhile() -> None:
    begun(SHORT, worker(silent=DEAD), name="match-7")
    queued(SHORT, name="match-7")
    put_back()
    assert states() == ["todo", "todo"]


def test_jobs_that_wait_or_are_done_stay_as_they_are() -> None:
    queued(SHORT)
    done = begun(SHORT, None)
    change(done, status="succeeded")
    assert put_back() == []
    assert states() == ["todo", "succeeded"]


def test_what_was_under_way_in_very_many_deaths_is_given_up() -> None:
    job = begun(LONG, worker(silent=DEAD))
    change(job, attempts=100)
    put_back()
    assert states() == ["failed"]


def test_the_dead_are_told_from_the_living_before_long() -> None:
    """A death, its discovery and the next look of a worker that is free."""
    assert working.SILENCE + 2 * working.BEAT < 15
    assert working.SILENCE > 3 * working.BEAT
