"""What can be done with many needs and offers at once; undone by the deeds of their own life, where these lead back."""

from collections.abc import Sequence
from typing import Final

from katalysator.bureau.bulk.deed import Before, BulkDeed
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.listings import verbs
from katalysator.listings.models import Listing

_BACK: Final = {"published": ("publish",), "matched": ("publish", "settle")}
"""By which deeds what was closed is again what it was."""


def _close(listing: Listing, _value: str, by: Actor) -> Before | None:
    if listing.state == "closed":
        return None
    verbs.move(listing, "close", by=by)
    return {"state": listing.state, "event": audit.latest_of(listing)}


def _reopen(listing: Listing, before: Before, by: Actor) -> None:
    audit.require_seen(listing, before["event"])
    if before["state"] not in _BACK:
        raise Conflict("stays-closed", _("It had expired already, and stays closed."))
    for deed in _BACK[before["state"]]:
        verbs.move(listing, deed, by=by)


OF_LISTINGS: Final[Sequence[BulkDeed]] = (
    BulkDeed("close", _("Close"), _close, _reopen, about="listing"),
)
