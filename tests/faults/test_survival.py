"""Whatever is killed while people post: what was acknowledged is there, and each job is done."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest

from tests.faults.people import Poster, posting
from tests.faults.served import House, wait_for

IN_TIME = 15.0
"""Seconds in which what a dead worker did is there for another."""
WRITES_MATCHES = 0x6B6D  # as in matches/turns.py
DIVIDE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    VALUES ('long', 'matches.allocate_market', 'allocate', '{"market": "capital"}')
"""
Fault = Callable[[House], None]


def killed(*words: str) -> Fault:
    """The part that was started with these words is killed."""
    return lambda house: os.kill(house.part(*words), signal.SIGKILL)


def postmaster(house: House) -> None:
    os.kill(house.postmaster(), signal.SIGKILL)


def supervisor(house: House) -> None:
    """It is killed, nothing of it is left, and it is started again."""
    assert house.process
    house.process.kill()
    house.process.wait()
    wait_for(lambda: not house.processes(), 40, lambda: str(house.processes()))
    house.start()


def connections(house: House) -> None:
    """All connections are lost, twice."""
    for _ in range(2):
        house.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'katalysator' AND pid <> pg_backend_pid()"
        )


FAULTS: dict[str, Fault] = {
    "postmaster": postmaster,
    "short worker": killed("worker", "short"),
    "long worker": killed("worker", "long"),
    "outside worker": killed("worker", "outside"),
    "supervisor": supervisor,
    "web server": killed("gunicorn"),
    "connections": connections,
    "keeper": killed("keeper"),
}


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_acknowledged_is_lost_and_each_job_is_done(house: House, fault: str) -> None:
    with posting(house) as posters, jobs_under_way(house):
        FAULTS[fault](house)
    wait_for(house.answers, 60, house.log.read_text)
    with posting(house) as later:
        pass
    assert_whole(house, [*posters, *later])


@pytest.mark.faults(sample=0)
@pytest.mark.parametrize("queue", ["short", "long"])
def test_what_a_killed_worker_did_is_put_back_in_time(house: House, queue: str) -> None:
    begun = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = %s"
    with posting(house) as posters, jobs_under_way(house):
        (lost,) = house.ask(begun, queue)
        killed("worker", queue)(house)
        again = "SELECT attempts > 0 FROM procrastinate_jobs WHERE id = %s"
        wait_for(lambda: house.ask(again, lost) == [True], IN_TIME, lambda: str(jobs(house)))
    assert_whole(house, posters)


def assert_whole(house: House, posters: list[Poster]) -> None:
    """All that was acknowledged is there, each job is done, and the trail holds."""
    assert_kept(house, posters)
    wait_for(lambda: not unfinished(house), 90, lambda: str(jobs(house)))
    assert not house.ask("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'")
    verified = house.run("audit", "verify")
    assert verified.returncode == 0, verified.stderr


@contextmanager
def jobs_under_way(house: House) -> Iterator[None]:
    """In the block a job of either queue has begun and cannot end."""
    with suppress(psycopg.OperationalError), house.connected() as connection:
        take = "SELECT pg_advisory_lock(%s, hashtext('capital'))"
        connection.execute(take, [WRITES_MATCHES])
        connection.execute(DIVIDE)
        wait_for(lambda: len(doing(house)) == 2, 30, lambda: str(jobs(house)))
        yield


def doing(house: House) -> list[str]:
    return house.ask("SELECT queue_name FROM procrastinate_jobs WHERE status = 'doing'")


def unfinished(house: House) -> list[int]:
    try:
        return house.ask("SELECT id FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
    except psycopg.OperationalError:
        return [0]


def jobs(house: House) -> list[str]:
    return house.ask(
        "SELECT concat_ws(' ', count(*), task_name, status) FROM procrastinate_jobs"
        " GROUP BY task_name, status"
    )


def assert_kept(house: House, posters: list[Poster]) -> None:
    acknowledged = {number for each in posters for number in each.acknowledged}
    published = house.ask("SELECT id FROM listings_listing WHERE state = 'published'")
    assert acknowledged <= set(published)
