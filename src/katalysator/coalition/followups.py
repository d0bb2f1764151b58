"""What follows from what is done with organisations: what they and their people say is read, so that they are found."""

from katalysator.coalition.tasks import read_new_soon, read_people_soon
from katalysator.core.followups import follow
from katalysator.core.models import Event


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """An organisation is new."""
    read_new_soon()


def read_people(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """Somebody says anew what they do."""
    read_people_soon()


follow("organisation.register", by=read_new, once=True)
follow("person.present", by=read_people, once=True)
