"""What follows for the matches from what is done with listings."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.listings.workflow import LISTING
from katalysator.matches.tasks import match_soon, renew_best_soon


def match_again(event: Event) -> None:
    """What a listing says, or whether it is open, has changed."""
    match_soon(int(event.subject_id))


def forget(event: Event) -> None:
    """A draft was thrown away: whoever it was matched with has one less."""
    renew_best_soon(event.before["market"])


follow("listing.edit", *LISTING.audit_verbs(), by=match_again)
follow("listing.delete", by=forget)
