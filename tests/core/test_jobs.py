"""Background work: every job in one of three queues, queued with the data, tried as long as it makes sense."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.jobs import QUEUES, RETRY, SHORT, defer_once
from katalysator.listings.tasks import read_listing
from tests.core.jobs import begun, change, queued

OURS = {name: task for name, task in app.tasks.items() if "procrastinate" not in name}
WAITED_FOR = {
    *("matches.match_listing", "listings.read", "listings.read_new", "coalition.read_new"),
    *("coalition.read_people", "groups.read_papers"),
    *("listings.watch", "listings.remind", "boards.turns"),
    *("core.keep_heads", "importing.forget_sheets"),  # quick, and often
    *(
        "listings.close_of",
        "listings.bring_along",
        "coalition.ask_stale",
        "coalition.ask_to_confirm",
        "admission.tell_applicant",
        "admission.tell_bureau",
        "admission.forget",
    ),
    *("bureau.go_out", "bureau.post", "bureau.write_letter"),
    *("admission.tell_joining", "admission.tell_managers"),
    *("activities.tell_state", "activities.tell_moved_up", "activities.tell_asked"),
    *("activities.tell_all_of_change", "activities.tell_change", "activities.tell_reminder"),
    *("activities.ask_how_it_was", "activities.remind", "activities.refill"),
    *("activities.read", "activities.read_new"),
    *("groups.mend", "groups.tell_leaders", "groups.tell_person", "groups.tell_of_meeting"),
    *("groups.tell_member", "groups.tell_holder", "groups.tell_steward"),
    *("knowledge.read", "knowledge.read_new", "knowledge.tell_of_review"),
    *("knowledge.ask_to_confirm", "knowledge.sweep"),
    *("questions.begin", "questions.tell_receiver", "questions.tell_bureau"),
    *("questions.tell_asker", "questions.tell_declined", "questions.read_new"),
    *("questions.watch", "questions.forget", "notices.turns"),
    *("introductions.tell", "introductions.tell_message", "introductions.call_off"),
    *("introductions.watch", "introductions.forget", "grades.note_outcomes"),
    *("rounds.write_order", "rounds.close_orders"),
    *(
        "rounds.tell_of_talks",
        "rounds.tell_talk_off",
        "rounds.tell_talk_gone",
        "rounds.let_guest_go",
    ),
    *("talent.tell_bureau_of_objection", "talent.tell_objector", "talent.tell_invited"),
    *("webhooks.sweep", "webhooks.tell_keepers", "dataspace.sweep", "dataspace.tell_deciders"),
    *("dataspace.tell_outcome", "dataspace.tell_unsent"),
    *("dataspace.tell_to_sign", "dataspace.tell_ended"),
    *("dataspace.watch_agreements", "dataspace.tell_ending", "dataspace.harvest_due"),
    *("talent.tell_of_evidence", "talent.ask_to_keep", "talent.watch_profiles"),
}
CAREFUL = {
    "matches.read_carefully",
    "matches.catch_up",
    "matches.judge_need",
    "matches.judge_missed",
}


def tried_again(error: BaseException, attempts: int) -> Any:
    return RETRY.get_retry_decision(exception=error, job=SimpleNamespace(attempts=attempts))


class TestQueues:
    def test_what_people_wait_for_is_short_and_all_else_is_long(self) -> None:
        assert {name for name, task in OURS.items() if task.queue == SHORT} == WAITED_FOR
        assert {task.queue for task in OURS.values()} == set(QUEUES)

    def test_what_is_read_carefully_comes_last(self) -> None:
        last = max(OURS[name].priority for name in CAREFUL)
        assert last < min(task.priority for name, task in OURS.items() if name not in CAREFUL)

    def test_every_job_is_tried_again(self) -> None:
        assert {task.retry_strategy for task in OURS.values()} == {RETRY}


class TestTrying:
    @pytest.mark.parametrize("error", [OperationalError(), InterfaceError()])
    def test_where_the_database_was_away_it_is_tried_for_ever(self, error: Exception) -> None:
        assert all(tried_again(error, attempts) for attempts in range(100))

    @pytest.mark.parametrize("error", [ValueError(), IntegrityError(), KeyError()])
    def test_what_fails_by_itself_is_given_up(self, error: Exception) -> None:
        tries = [tried_again(error, attempts) is not None for attempts in range(7)]
        assert tries == [True] * 5 + [False] * 2


@pytest.mark.django_db
class TestQueueing:
    def test_a_job_commits_with_the_data_in_a_worker_too(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()), transaction.atomic():
            defer_once(read_listing, "read-7", listing_id=7)
            assert ProcrastinateJob.objects.count() == 1
            transaction.set_rollback(True)
        assert not ProcrastinateJob.objects.exists()

    def test_one_that_waits_is_enough_and_one_that_began_is_not(self) -> None:
        for _ in range(2):
            defer_once(read_listing, "read-7", listing_id=7)
        job = ProcrastinateJob.objects.get()
        assert (job.queueing_lock, job.queue_name) == ("read-7", SHORT)
        with transaction.atomic():
            change(job, status="doing")
            defer_once(read_listing, "read-7", listing_id=7)
        assert ProcrastinateJob.objects.count() == 2

    def test_one_that_failed_waits_again_beside_another_of_its_name(self) -> None:
        job = begun(SHORT, None, name="read-7")
        queued(SHORT, name="read-7")
        change(job, status="todo")
        assert ProcrastinateJob.objects.filter(status="todo").count() == 2
