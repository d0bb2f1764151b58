"""What follows for the matches from what is done with listings and concepts."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.listings.models import Listing
from katalysator.listings.workflow import LISTING
from katalysator.matches.tasks import match_soon, read_concepts_soon, renew_best_soon
from katalysator.readings.verbs import AUDIT_VERBS


def match_again(event: Event) -> None:
    """What a listing says, or whether it is open, has changed."""
    match_soon(int(event.subject_id))


def forget(event: Event) -> None:
    """A draft was thrown away: whoever it was matched with has one less."""
    renew_best_soon(event.before["market"])


def forget_own(event: Event) -> None:
    """Somebody goes, and takes along what is in that one's own name: whoever it was matched with has less."""
    mine = Listing.objects.filter(person=int(event.subject_id))
    for market in mine.order_by().values_list("market", flat=True).distinct():
        renew_best_soon(market)


def read_for_concepts(event: Event) -> None:  # noqa: ARG001 — whatever the concept is
    """There are other concepts: every text may mean one."""
    read_concepts_soon()


follow("listing.edit", "listing.bring-along", *LISTING.audit_verbs(), by=match_again)
follow("listing.delete", by=forget)
follow("person.erase", by=forget_own)
follow(*AUDIT_VERBS, by=read_for_concepts, once=True)
