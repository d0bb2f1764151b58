"""Of which deeds with introductions programs are told: those of its parties, and nobody else but the bureau.

A message has the number of the introduction and nothing of who the others are; that is read through `seen.py`.
"""

from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.introductions.models import Party
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import Hearers


def hears_of_introduction(event: Event) -> Hearers:
    """The organisations that are a party; who is one in own name has no program that hears of it."""
    number = int(event.subject_id)
    parties = Party.objects.filter(introduction=number, person=None, organisation__isnull=False)
    return Hearers(number, frozenset(parties.values_list("organisation", flat=True)))


_TYPES = (
    ("proposed", _("Somebody is asked to meet"), ("propose", "ask-along")),
    ("recorded", _("Somebody told that they found each other"), ("record",)),
    ("accepted", _("A party said yes to meeting"), ("accept",)),
    ("declined", _("A party said no to meeting, or left"), ("decline", "leave")),
    ("introduced", _("All said yes: parties are introduced"), ("introduce",)),
    ("talking", _("Parties are talking"), ("talk", "resume")),
    ("agreed", _("Parties agreed"), ("agree",)),
    ("result", _("An introduction came to a result"), ("finish", "retell")),
    ("over", _("An introduction is over"), ("withdraw", "call-off", "lapse", "end", "fade")),
)
for _name, _label, _deeds in _TYPES:
    event_type(
        f"introduction.{_name}",
        _label,
        kind="introduction",
        route="introduction",
        verbs=[f"introduction.{deed}" for deed in _deeds],
        heard=hears_of_introduction,
    )
