"""What is sent is signed as the specification says, tried again later each time, and given up in the end."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.audit import verify
from katalysator.core.outgoing import PATIENCE
from katalysator.faults import Conflict
from katalysator.site import urls  # noqa: F401 — with the addresses come the routes of all rooms
from katalysator.webhooks import verbs
from katalysator.webhooks.delivering import PAUSES, attempt
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import new_secret, secrets_of
from katalysator.webhooks.tasks import deliver, sweep, tell_keepers
from tests import builders
from tests.receiver import Receiver, receiving
from tests.webhooks.checking import is_ours
from tests.webhooks.steps import done, waiting, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def near(settings: LazySettings) -> None:
    """The operator lets the house speak to this machine."""
    settings.OUTGOING_LOOPBACK = True


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(body=b"Dank") as made:
        yield made


def hook(receiver: Receiver, **fields: Any) -> tuple[Webhook, str]:
    return builders.webhook(address=receiver.address, **fields)


def asked_for_test(webhook: Webhook) -> Delivery:
    return verbs.send_test(webhook, by=builders.HOUSE)


def as_now(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("webhook__organisation").get(pk=delivery.pk)


class TestSigning:
    def test_an_independent_library_finds_the_message_to_be_ours(self, receiver: Receiver) -> None:
        peer = pytest.importorskip("standardwebhooks")
        webhook, secret = hook(receiver)
        asked_for_test(webhook)
        listing = builders.listing(builders.organisation())
        work()
        assert len(receiver.got) == 2
        for got in receiver.got:
            told = peer.Webhook(secret).verify(got.body, got.headers)
            assert told["id"] == got.headers["webhook-id"]
        assert told["type"] == "listing.opened"
        assert told["data"]["number"] == listing.pk
        with pytest.raises(peer.WebhookVerificationError):
            peer.Webhook(new_secret()).verify(got.body, got.headers)
        with pytest.raises(peer.WebhookVerificationError):
            peer.Webhook(secret).verify(got.body.replace(b"listing", b"gelogen"), got.headers)

    def test_the_example_of_the_guide_finds_it_too(self, receiver: Receiver) -> None:
        webhook, secret = hook(receiver)
        asked_for_test(webhook)
        work()
        (got,) = receiver.got
        assert is_ours(secret, got.headers, got.body)
        assert not is_ours(new_secret(), got.headers, got.body)
        assert not is_ours(secret, got.headers, got.body + b" ")
        assert not is_ours(secret, {**got.headers, "webhook-id": "msg_x"}, got.body)
        with time_machine.travel(timezone.now() + timedelta(minutes=6)):
            assert not is_ours(secret, got.headers, got.body)

    def test_for_a_day_both_secrets_count(self, receiver: Receiver) -> None:
        webhook, old = hook(receiver)
        new = verbs.renew_secret(webhook, by=builders.HOUSE)
        webhook.refresh_from_db()
        asked_for_test(webhook)
        work()
        (got,) = receiver.got
        assert all(is_ours(each, got.headers, got.body) for each in (old, new))
        assert secrets_of(webhook) == [new, old]
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            assert secrets_of(webhook) == [new]

    def test_the_database_alone_does_not_tell_the_secret(
        self, receiver: Receiver, settings: LazySettings
    ) -> None:
        webhook, secret = hook(receiver)
        assert secret.startswith("whsec_")
        assert secret.removeprefix("whsec_") not in webhook.secret
        settings.SECRET_KEY = "another" * 10
        assert secrets_of(webhook) == []
        sent = asked_for_test(webhook)
        work()
        assert "make a new one" in as_now(sent).problem_label
        assert receiver.got == []

    def test_nothing_is_sent_but_what_the_message_says(self, receiver: Receiver) -> None:
        webhook, _secret = hook(receiver)
        asked_for_test(webhook)
        work()
        (got,) = receiver.got
        sent = {name.lower() for name in got.headers}
        assert sent == {
            "host", "user-agent", "accept-encoding", "connection", "content-length", "content-type",
            "webhook-id", "webhook-timestamp", "webhook-signature",
        }  # fmt: skip
        assert set(json.loads(got.body)) == {"id", "type", "timestamp", "data"}


class TestTrying:
    def test_what_arrives_is_written_down(self, receiver: Receiver) -> None:
        webhook, _secret = hook(receiver)
        sent = asked_for_test(webhook)
        assert as_now(sent).state == "waiting"
        work()
        found = as_now(sent)
        assert (found.state, found.status, found.answer, found.tries) == ("arrived", 200, "Dank", 1)
        assert found.webhook.succeeded_at is not None

    def test_it_is_tried_ten_times_later_each_time_under_one_number(
        self, receiver: Receiver
    ) -> None:
        receiver.status = 503
        hook(receiver)
        builders.listing(builders.organisation())
        start = timezone.now()
        pauses = []
        with time_machine.travel(start, tick=False) as clock:
            work()
            while jobs := waiting():
                (job,) = jobs
                pauses.append(round((job.scheduled_at - timezone.now()).total_seconds()))
                clock.move_to(job.scheduled_at)
                done(job)
        assert pauses == list(PAUSES)
        found = Delivery.objects.get()
        assert (found.state, found.tries, found.status) == ("failed", 10, 503)
        assert found.next_at is None
        assert {got.headers["webhook-id"] for got in receiver.got} == {found.message_id}
        assert len(receiver.got) == 10

    @pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 429, 500])
    def test_whatever_is_no_success_is_tried_again(self, receiver: Receiver, status: int) -> None:
        receiver.status, receiver.headers = status, {"Location": receiver.address}
        hook(receiver)
        builders.listing(builders.organisation())
        work()
        found = Delivery.objects.get()
        assert (found.state, found.status, found.tries) == ("waiting", status, 1)
        assert len(receiver.got) == 1
        assert Webhook.objects.get().failing_since is not None
        receiver.status = 204
        work(later=True)
        assert Delivery.objects.get().state == "arrived"
        assert Webhook.objects.get().failing_since is None

    def test_who_does_not_answer_waits_behind_who_does(self, receiver: Receiver) -> None:
        broken, _secret = hook(receiver)
        Webhook.objects.update(failing_since=timezone.now())
        sound, _secret = hook(receiver)
        builders.listing(builders.organisation())
        (job,) = waiting()
        done(job)
        order = {job.args["delivery"]: job.priority for job in waiting()}
        first = {each.webhook_id: order[str(each.pk)] for each in Delivery.objects.all()}
        assert first[broken.pk] < first[sound.pk] == 0

    def test_a_job_that_runs_twice_sends_once(self, receiver: Receiver) -> None:
        webhook, _secret = hook(receiver)
        sent = asked_for_test(webhook)
        for _ in range(2):
            deliver(delivery=str(sent.pk), tries=0)
        assert len(receiver.got) == 1

    def test_the_answer_is_shown_as_plain_text_and_no_more_than_its_beginning(
        self, receiver: Receiver
    ) -> None:
        receiver.body = b"<script>alert(1)</script>\x00\xff\n" + b"x" * 900
        webhook, _secret = hook(receiver)
        sent = asked_for_test(webhook)
        work()
        answer = as_now(sent).answer
        assert len(answer) == 500
        assert "<" not in answer
        assert "\x00" not in answer

    def test_where_nobody_answers_the_reason_is_told(self) -> None:
        webhook, _secret = builders.webhook(address="http://127.0.0.1:9/")
        sent = asked_for_test(webhook)
        work()
        assert "Nobody answered there" in as_now(sent).problem_label
        assert as_now(sent).state == "failed"  # a test is tried once

    def test_a_name_that_leads_inside_now_is_not_spoken_to(self, receiver: Receiver) -> None:
        address = f"http://haken.voorbeeld.example:{receiver.port}/"
        webhook, _secret = builders.webhook(address=address)
        sent = as_now(asked_for_test(webhook))
        outcome = attempt(sent, lambda _host, _port: ["10.0.0.7"])
        assert outcome is not None
        assert "does not lead to a public address" in outcome.problem
        assert receiver.got == []

    def test_nothing_takes_longer_than_ten_seconds(self) -> None:
        assert PATIENCE == 10


class TestResting:
    def test_what_waits_is_not_sent_while_it_is_paused_but_may_be_sent_again(
        self, receiver: Receiver
    ) -> None:
        webhook, _secret = hook(receiver)
        sent = asked_for_test(webhook)
        verbs.move(webhook, "pause", by=builders.HOUSE)
        work()
        assert as_now(sent).state == "dropped"
        with pytest.raises(Conflict):
            asked_for_test(webhook)
        with pytest.raises(Conflict):
            verbs.send_again(as_now(sent), by=builders.HOUSE)
        builders.listing(builders.organisation())
        assert Delivery.objects.count() == 1
        verbs.move(webhook, "resume", by=builders.HOUSE)
        verbs.send_again(as_now(sent), by=builders.HOUSE)
        work()
        assert as_now(sent).state == "arrived"
        assert verify().broken == []

    def test_after_five_days_without_success_it_is_off_and_its_keepers_hear_of_it(
        self, receiver: Receiver
    ) -> None:
        owner = builders.organisation()
        manager, member = builders.person(), builders.person(owner)
        owner.memberships.create(person=manager, role="manager")
        receiver.status = 500
        webhook, _secret = hook(receiver, owner=owner)
        asked_for_test(webhook)
        work()
        for days, state in ((4.9, "active"), (5.1, "off")):
            sweep(int((timezone.now() + timedelta(days=days)).timestamp()))
            webhook.refresh_from_db()
            assert webhook.state == state
        assert ProcrastinateJob.objects.filter(task_name="webhooks.tell_keepers").count() == 1
        tell_keepers(webhook.pk)
        (letter,) = mail.outbox
        assert letter.to == [manager.email]
        assert f"/webhooks/{webhook.pk}/" in letter.body
        assert member.email not in str(letter.to)
        verbs.move(webhook, "resume", by=manager)
        tell_keepers(webhook.pk)
        assert len(mail.outbox) == 1

    def test_who_answers_to_be_gone_is_not_told_any_more(self, receiver: Receiver) -> None:
        receiver.status = 410
        webhook, _secret = hook(receiver)
        asked_for_test(webhook)
        work()
        webhook.refresh_from_db()
        assert webhook.state == "off"

    def test_what_was_sent_is_forgotten_after_thirty_days(self, receiver: Receiver) -> None:
        webhook, _secret = hook(receiver)
        asked_for_test(webhook)
        work()
        for days, left in ((29, 1), (31, 0)):
            sweep(int((timezone.now() + timedelta(days=days)).timestamp()))
            assert Delivery.objects.count() == left

    def test_what_was_taken_away_meanwhile_is_no_trouble(self, receiver: Receiver) -> None:
        webhook, _secret = hook(receiver)
        sent = as_now(asked_for_test(webhook))
        verbs.remove(webhook, by=builders.HOUSE)
        assert attempt(sent) is not None
        work()
        tell_keepers(webhook.pk)
        assert not Delivery.objects.exists()
