"""What follows from what the two sides say: a letter, where somebody has to decide or to look, or would like to know."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.dataspace.processes.tasks import tell_deciders, tell_outcome, tell_unsent
from katalysator.dataspace.protocol.sending import PARTNER


def write_to_deciders(event: Event) -> None:
    """The other side asked, offered or agreed: whoever has to decide then hears so."""
    if event.system == PARTNER.name:
        number, state = int(event.subject_id), event.after["state"]
        defer_once(tell_deciders, f"decide-{number}-{state}", number=number, state=state)


def write_outcome(event: Event) -> None:
    """The other side said its last word: who manages the organisation hears which."""
    if event.system == PARTNER.name:
        kind, number = _of(event)
        defer_once(tell_outcome, f"outcome-{kind}-{number}", kind=kind, number=number)


def write_of_unsent(event: Event) -> None:
    """What was decided did not get to the other side: who manages the organisation hears so."""
    kind, number = _of(event)
    defer_once(tell_unsent, f"unsent-{kind}-{number}", kind=kind, number=number)


def _of(event: Event) -> tuple[str, int]:
    """Of which process an event is: of a negotiation or of a transfer, and its number."""
    return event.verb.split(".")[0], int(event.subject_id)


follow("negotiation.request", "negotiation.offer", "negotiation.agreement", by=write_to_deciders)
follow("negotiation.finalized", "negotiation.termination", "transfer.termination", by=write_outcome)
follow("negotiation.unsent", "transfer.unsent", by=write_of_unsent)
