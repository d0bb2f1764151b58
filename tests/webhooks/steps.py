"""Doing the background work of webhooks by hand, one job after another."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.jobs import OUTSIDE
from katalysator.webhooks.models import Delivery, Webhook
from tests.core.jobs import change


def waiting() -> list[ProcrastinateJob]:
    """Jobs of webhooks that wait, also those for later."""
    return list(ProcrastinateJob.objects.filter(queue_name=OUTSIDE, status="todo").order_by("id"))


def work(*, later: bool = False) -> int:
    """Do what is due, and what becomes due by it; `later`, also what was put off. Returns how many jobs."""
    count = 0
    while jobs := [each for each in waiting() if later or each.scheduled_at is None or _due(each)]:
        for job in jobs:
            done(job)
            count += 1
    return count


def done(job: ProcrastinateJob) -> None:
    """Do one job."""
    change(job, status="succeeded")
    app.tasks[job.task_name].func(**job.args)


def _due(job: ProcrastinateJob) -> bool:
    return bool(job.args.get("tries") == 0)


def told(webhook: Webhook) -> list[str]:
    """Of what it was told, the oldest first."""
    found: Any = Delivery.objects.filter(webhook=webhook).order_by("at", "made_at")
    return [f"{each.type} {each.number}" for each in found]
