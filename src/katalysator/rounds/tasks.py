"""Background work on rounds: they are computed, sent and taken back. Each job may run twice."""

from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY, SOON, defer_once
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.models import MatchingRound


@app.task(name="rounds.compute", queue=LONG, retry=RETRY, priority=SOON)
def compute_round(round_id: int, run: int) -> None:
    """Compute a round, or what is left of it."""
    found = MatchingRound.objects.select_related("author").filter(pk=round_id).first()
    if found is not None:
        compute(found, run)


@app.task(name="rounds.send", queue=LONG, retry=RETRY, priority=SOON)
def send_round(round_id: int) -> None:
    """Propose what a round brings together, as far as it is not proposed yet."""
    found = MatchingRound.objects.select_related("author").filter(pk=round_id).first()
    if found is not None:
        send_all(found)


@app.task(name="rounds.undo", queue=LONG, retry=RETRY, priority=SOON)
def take_round_back(round_id: int) -> None:
    """Take back the proposals of a round that nobody has answered."""
    found = MatchingRound.objects.filter(pk=round_id, state="undoing").first()
    if found is not None:
        take_all_back(found)


def compute_soon(round_id: int, run: int) -> None:
    """Queue the computing of a round."""
    defer_once(compute_round, f"compute-round-{round_id}-{run}", round_id=round_id, run=run)


def send_soon(round_id: int) -> None:
    """Queue the sending of a round."""
    defer_once(send_round, f"send-round-{round_id}", round_id=round_id)


def take_back_soon(round_id: int) -> None:
    """Queue the taking back of a round."""
    defer_once(take_round_back, f"undo-round-{round_id}", round_id=round_id)
