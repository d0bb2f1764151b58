"""Of what programs are told: a room says in its `webhook_events.py`, which is found by itself, which of its deeds.

    event_type(
        "listing.opened", _("A need or an offer is open"), kind="listing", route="listing",
        verbs=("listing.publish", "listing.reopen"), heard=hears_of_listing,
    )

Told is that something happened, of which kind the record is, its number, and where the API has it; never what it
says. Who hears of it, a room tells with each deed, and no more widely than its `visible_to` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.language import translate
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Hearers:
    """Which record it is about, and who hears of it beside the bureau.

    Those whose record it is, by the numbers of the organisations; with `all_participants` everybody who takes part.
    What a person has in own name is of no organisation.
    """

    number: int
    organisations: frozenset[int] = frozenset()
    all_participants: bool = False


Heard = Callable[[Event], Hearers | None]
"""Who hears of a deed; None where nobody does."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its name in messages, its English label, the kind of record, and the route of the API that reads it."""

    name: str
    msgid: str
    kind: str
    route: str
    heard: Heard | None = None
    of_bureau: bool = False

    @property
    def label(self) -> str:
        """What happened, in the active language."""
        return translate(self.msgid)


_types: Final[dict[str, EventType]] = {}
_by_verb: Final[dict[str, EventType]] = {}


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
    if name in _types or _by_verb.keys() & set(verbs):
        raise ValueError(f"{name!r} or one of its verbs is told of already.")
    made = _types[name] = EventType(name, label, kind, route, heard, of_bureau)
    _by_verb.update(dict.fromkeys(verbs, made))
    if verbs:
        follow(*verbs, by=tell_soon)
    return made


def event_types(*, bureau: bool) -> list[EventType]:
    """All that somebody can choose, in the order of the rooms."""
    chosen = (each for each in _types.values() if each is not TEST)
    return [each for each in chosen if bureau or not each.of_bureau]


def type_of_verb(verb: str) -> EventType | None:
    """The type of a deed; None where nobody is told of it."""
    return _by_verb.get(verb)


def label_of(name: str) -> str:
    """What a type is called; its name where there is none any more."""
    return _types[name].label if name in _types else name


def tell_soon(event: Event) -> None:
    """Queue the telling in the transaction of the deed, where anybody is to be told. Cost: one query, or two."""
    from katalysator.webhooks.models import Webhook
    from katalysator.webhooks.tasks import tell_of_event

    if Webhook.objects.running().exists():
        defer_once(tell_of_event, f"tell-webhooks-{event.pk}", event_id=event.pk)


TEST: Final = event_type("webhook.test", _("A test"), kind="webhook", route="webhook")
