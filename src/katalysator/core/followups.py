"""What must follow from a deed in a lower room, subscribed to by the room above.

A room says so in its module `followups.py`, which is found by itself:

    follow("listing.edit", "listing.publish", by=match_again)

The function gets the event in the transaction of the deed, which need not be complete yet: it
queues a job there and does no more. Where it fails, the deed fails.
"""

import inspect
import re
from collections.abc import Callable
from typing import Final, TypeAlias

from katalysator.core.models import Event

Followup: TypeAlias = Callable[[Event], None]

_VERB: Final = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
_followups: Final[dict[str, list[Followup]]] = {}
_once: Final[set[Followup]] = set()


def follow(*verbs: str, by: Followup, once: bool = False) -> None:
    """Have a function called with every event of these verbs, after those that came before it.

    With `once` it gets only the last of events that were written together: what follows is the same
    however many there are.

    Raises TypeError for a function that cannot take just an event, and ValueError for what is not
    a verb such as "listing.edit", for no verb at all, and for what is subscribed already.
    """
    _require_followup(by)
    if not verbs:
        raise ValueError(f"{by!r} follows no verb.")
    for verb in verbs:
        if not _VERB.fullmatch(verb):
            raise ValueError(f"{verb!r} is not a verb such as 'listing.edit'.")
        if by in _followups.setdefault(verb, []):
            raise ValueError(f"{by!r} follows {verb!r} already.")
        _followups[verb].append(by)
    if once:
        _once.add(by)


def run(*events: Event) -> None:
    """Call what follows from events that were written together, in the order of subscription."""
    for event in events:
        for followup in _followups.get(event.verb, ()):
            if event is events[-1] or followup not in _once:
                followup(event)


def _require_followup(by: Followup) -> None:
    if inspect.iscoroutinefunction(by):
        raise TypeError(f"{by!r} would run later, and not with the deed.")
    try:
        inspect.signature(by).bind("event")
    except TypeError:
        raise TypeError(f"{by!r} cannot be called with just an event.") from None
