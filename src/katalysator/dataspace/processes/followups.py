"""What follows from what the other side says: a letter, where somebody has to decide."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.dataspace.processes.tasks import tell_deciders
from katalysator.dataspace.protocol.sending import PARTNER


def write_to_deciders(event: Event) -> None:
    """The other side asked, offered or agreed: whoever has to decide then hears so."""
    if event.system == PARTNER.name:
        number, state = int(event.subject_id), event.after["state"]
        defer_once(tell_deciders, f"decide-{number}-{state}", number=number, state=state)


follow("negotiation.request", "negotiation.offer", "negotiation.agreement", by=write_to_deciders)
