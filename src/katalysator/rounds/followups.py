"""What follows from deeds on rounds: the work that nobody waits for at a page."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.tasks import compute_soon, send_soon, take_back_soon


def compute(event: Event) -> None:
    """It is to be computed."""
    number = int(event.subject_id)
    compute_soon(number, MatchingRound.objects.values_list("run", flat=True).get(pk=number))


def send(event: Event) -> None:
    """It is to go out."""
    send_soon(int(event.subject_id))


def undo(event: Event) -> None:
    """It is to be taken back."""
    take_back_soon(int(event.subject_id))


follow("matching-round.compute", by=compute)
follow("matching-round.send", by=send)
follow("matching-round.undo", by=undo)
