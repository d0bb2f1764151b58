"""What a consumer does with data that may be fetched: have it fetched into a file here, and throw that away."""

from django.db import transaction

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.attachments import store
from katalysator.core.rows import locked
from katalysator.dataspace.arrivals.opening import may_fetch
from katalysator.dataspace.arrivals.receiving import ROOM, queue
from katalysator.dataspace.models import ArrivedData, Transfer
from katalysator.dataspace.rules import require_speaker
from katalysator.faults import Conflict, gettext_noop as _

_GONE = _("This is not there any more.")


@transaction.atomic
def fetch(transfer: Transfer, *, by: Actor) -> ArrivedData:
    """Have the data fetched into a file here, by a job; it goes on where it was broken off.

    Raises Conflict where nothing can be fetched now, or all of it is here, NotAllowed. Cost: some eight queries.
    """
    row = locked(transfer, _GONE)
    require_speaker(row, by)
    if not may_fetch(row):
        raise Conflict(
            "dataspace-not-started", _("The data can be fetched once the other side has started.")
        )
    found, is_new = ArrivedData.objects.select_for_update().get_or_create(transfer=row)
    if found.is_coming and not is_new:
        raise Conflict("dataspace-coming", _("It is being fetched already."))
    if found.state == ArrivedData.State.DONE:
        raise Conflict(
            "dataspace-arrived",
            _("The data is here already."),
            hint=_("To fetch it anew, throw our copy away first."),
        )
    found.state, found.tries, found.problem = ArrivedData.State.WAITING, 0, ""
    found.turn += 1
    found.save()
    audit.record("transfer.fetch", row, by=by)
    queue(found, 0)
    return found


@transaction.atomic
def forget(transfer: Transfer, *, by: Actor) -> None:
    """Throw our copy of the data away, also while it comes.

    Raises Conflict where there is none, NotAllowed. Cost: some six queries.
    """
    row = locked(transfer, _GONE)
    require_speaker(row, by)
    found = ArrivedData.objects.select_for_update().filter(transfer=row).first()
    if found is None:
        raise Conflict("gone", _GONE)
    store.remove(ROOM, found.key)
    found.delete()
    audit.record("transfer.forget", row, by=by, after={"sha256": found.sha256})
