"""Of what programs are told: a room says in its `webhook_events.py`, which is found by itself, which of its deeds.

    event_type(
        "listing.opened", _("A need or an offer is open"), kind="listing", route="listing",
        verbs=("listing.publish", "listing.reopen"), heard=hears_of_listing,
    )

Told is that something happened, of which kind the record is, its number, and where the API has it; never what it
says. Who hears of it, a room tells with each deed, and no more widely than its `visible_to` does.
"""

from collections.abc import Sequence

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.webhooks.events import EventType, Heard, declared
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.tasks import tell_of_event


def event_type(
    name: str,
    label: str,
    *,
    kind: str,
    route: str,
    verbs: Sequence[str] = (),
    heard: Heard | None = None,
    of_bureau: bool = False,
) -> EventType:
    """Declare a type of events; without verbs the room tells of them itself, by `telling.tell`.

    `of_bureau` are those that only the bureau hears of. Raises ValueError for a name or a verb that is taken.
    """
    made = declared(EventType(name, label, kind, route, heard, of_bureau), verbs)
    if verbs:
        follow(*verbs, by=tell_soon)
    return made


def tell_soon(event: Event) -> None:
    """Queue the telling in the transaction of the deed, where anybody is to be told. Cost: one query, or two."""
    if Webhook.objects.running().exists():
        defer_once(tell_of_event, f"tell-webhooks-{event.pk}", event_id=event.pk)
