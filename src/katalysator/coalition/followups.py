"""What follows from what is done with organisations: what they say is read, so that they are found."""

from katalysator.coalition.tasks import read_new_soon
from katalysator.core.followups import follow
from katalysator.core.models import Event


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """An organisation is new."""
    read_new_soon()


follow("organisation.register", by=read_new, once=True)
