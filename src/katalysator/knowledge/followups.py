"""What follows from deeds with knowledge: it is read, and letters go to those whom a review concerns."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.knowledge.tasks import read_files_soon, read_new_soon, read_soon, tell_soon


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """An item is new."""
    read_new_soon()


def read_again(event: Event) -> None:
    """What an item says has changed."""
    read_soon(int(event.subject_id))


def read_files(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """A file is new."""
    read_files_soon()


def tell(event: Event) -> None:
    """A review was asked for, given, or passed."""
    tell_soon(int(event.subject_id), event.verb.partition(".")[2])


follow("knowledge.write", by=read_new, once=True)
follow("knowledge.edit", by=read_again)
follow("knowledge.attach", by=read_files, once=True)
follow("knowledge-review.ask", "knowledge-review.give", "knowledge-review.pass", by=tell)
