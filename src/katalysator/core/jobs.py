"""Queueing background work in the transaction of the deed that asks for it."""

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task


def defer_once(task: "Task[..., None]", name: str, **arguments: int | str) -> None:
    """Queue a job; one waiting job of that name is enough."""
    try:
        with transaction.atomic():
            task.configure(queueing_lock=name).defer(**arguments)
    except AlreadyEnqueued:
        return
