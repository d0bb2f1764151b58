"""What follows from deeds of the bureau: the jobs that go through many."""

from katalysator.bureau.tasks import carry_on_bulk, post_mailing
from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event


def go_on(event: Event) -> None:
    """What is left of a deed for many is done in the background."""
    number = int(event.subject_id)
    defer_once(carry_on_bulk, f"bureau.carry_on {number}", bulk_id=number)


def post(event: Event) -> None:
    """The letters of a mailing are written."""
    number = int(event.subject_id)
    defer_once(post_mailing, f"bureau.post {number}", mailing_id=number)


follow("bulk.start", "bulk.undo", by=go_on)
follow("mailing.go-out", by=post)
