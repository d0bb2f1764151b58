"""What follows from what is done with organisations: what they say is read, so that they are found."""

from katalysator.coalition.tasks import read_soon
from katalysator.core.followups import follow
from katalysator.core.models import Event


def read_again(event: Event) -> None:
    """An organisation is new."""
    read_soon(int(event.subject_id))


follow("organisation.register", by=read_again)
