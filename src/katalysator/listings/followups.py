"""What follows for listings: whatever they say now is read, and they close with the part that their owner took."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.listings.models import Listing
from katalysator.listings.tasks import bring_along_soon, close_of_soon, read_new_soon, read_soon


def read_new(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """A listing is new."""
    read_new_soon()


def read_again(event: Event) -> None:
    """What a listing says has changed."""
    read_soon(int(event.subject_id))


def close_all(event: Event) -> None:
    """An organisation takes part no longer."""
    close_of_soon(int(event.subject_id))


def bring_own_along(event: Event) -> None:
    """Somebody speaks for an organisation no longer, or is to be found by another name, or by none."""
    number = int(event.subject_id)
    if Listing.objects.filter(person=number).exists():
        bring_along_soon(number)


def bring_along_there(event: Event) -> None:
    """Two records of an organisation became one: somebody may have spoken for both, and does so once now."""
    there = Listing.objects.filter(organisation=int(event.subject_id), person__isnull=False)
    for number in there.order_by().values_list("person", flat=True).distinct():
        bring_along_soon(number)


follow("organisation.merge", by=bring_along_there)
follow("person.part", "person.hand-over", "person.present", by=bring_own_along)
follow("organisation.suspend", "organisation.leave", by=close_all)
follow("listing.post", by=read_new, once=True)
follow("listing.edit", by=read_again)
