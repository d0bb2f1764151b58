"""What follows from what is done with listings: whatever they say now is read, so that they are found."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.listings.tasks import read_new_soon, read_soon


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """A listing is new."""
    read_new_soon()


def read_again(event: Event) -> None:
    """What a listing says has changed."""
    read_soon(int(event.subject_id))


follow("listing.post", by=read_new, once=True)
follow("listing.edit", by=read_again)
