"""What follows from a deed: a room above subscribes to the audit verbs of the rooms below it.

A subscription is called with the event, in the transaction of the deed; it defers a job there, so
that job and deed are kept or lost together. A room subscribes in its `followups.py`.
"""

from collections.abc import Callable

from katalysator.core.models import Event

Subscription = Callable[[Event], None]

_subscriptions: dict[str, list[Subscription]] = {}


def follow(*verbs: str, by: Subscription) -> None:
    """Call `by` with each event of these audit verbs, in the order of subscription."""
    for verb in verbs:
        _subscriptions.setdefault(verb, []).append(by)


def call(event: Event) -> None:
    """Let all that follows from an event begin; what fails makes the deed fail."""
    for subscription in _subscriptions.get(event.verb, ()):
        subscription(event)
