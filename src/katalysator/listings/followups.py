"""What follows from what is done with listings: whatever they say now is read, so that they are found."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.listings.tasks import read_soon


def read_again(event: Event) -> None:
    """What a listing says is new."""
    read_soon(int(event.subject_id))


follow("listing.post", "listing.edit", by=read_again)
