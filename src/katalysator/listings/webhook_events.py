"""Of which deeds with needs and offers programs are told."""

from typing import Any, Final

from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.workflow import SHOWN
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import Hearers


def hears_of_listing(event: Event) -> Hearers | None:
    """Its owner; all participants where they may see it after this, or could before."""
    found = Listing.objects.filter(pk=event.subject_id).first()
    if found is None:
        return None
    states = {event.before.get("state", found.state), event.after.get("state", found.state)}
    return hearers_of(found, shown=not states.isdisjoint(SHOWN))


def hearers_of(listing: Listing, *, shown: bool) -> Hearers:
    """Its owner, and all participants where it is `shown`. What somebody has in own name is of no organisation."""
    own = frozenset() if listing.person_id else frozenset({listing.organisation_id})
    return Hearers(listing.pk, own, all_participants=shown)


_OF: Final[dict[str, Any]] = {"kind": "listing", "route": "listing", "heard": hears_of_listing}

event_type(
    "listing.opened", _("A need or an offer is open"),
    verbs=("listing.publish", "listing.reopen"), **_OF,
)  # fmt: skip
event_type(
    "listing.changed", _("A need or an offer was changed"),
    verbs=("listing.edit", "listing.bring-along"), **_OF,
)  # fmt: skip
event_type(
    "listing.closed", _("A need or an offer is not open any more"),
    verbs=("listing.close", "listing.expire", "listing.withdraw"), **_OF,
)  # fmt: skip
event_type(
    "listing.settled",
    _("A need or an offer found its other half"),
    verbs=("listing.settle",),
    **_OF,
)
