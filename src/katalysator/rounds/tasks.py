"""Background work on rounds: they are computed, sent and taken back. Each job may run twice."""

from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.meeting import planning
from katalysator.rounds.meeting.dropping_out import let_go
from katalysator.rounds.meeting.letters import write_of_day, write_of_talk_gone, write_of_talk_off
from katalysator.rounds.models import MatchingRound, MeetingDay, MeetingTalk


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


@app.task(name="rounds.compute_talks", queue=LONG, retry=RETRY, priority=SOON)
def compute_talks(day_id: int, run: int) -> None:
    """Compute the schedule of a day of talks."""
    if day := MeetingDay.objects.filter(pk=day_id).first():
        planning.compute(day, run)


@app.task(name="rounds.tell_of_talks", queue=SHORT, retry=RETRY)
def tell_of_talks(day_id: int, person_id: int) -> None:
    """Write to somebody that their talks are planned."""
    write_of_day(day_id, person_id)


@app.task(name="rounds.tell_talk_off", queue=SHORT, retry=RETRY)
def tell_talk_off(talk_id: int) -> None:
    """Write to the other of a talk that it was called off."""
    found = MeetingTalk.objects.select_related("day__activity", "one", "other").filter(pk=talk_id)
    if talk := found.first():
        write_of_talk_off(talk)


@app.task(name="rounds.tell_talk_gone", queue=SHORT, retry=RETRY)
def tell_talk_gone(day_id: int, person_id: int, slot: int) -> None:
    """Write to the other of a talk that went with an account."""
    write_of_talk_gone(day_id, person_id, slot)


@app.task(name="rounds.let_guest_go", queue=SHORT, retry=RETRY)
def let_guest_go(enrolment_id: int) -> None:
    """Call off the talks of who does not come to the activity any more."""
    let_go(enrolment_id)


def compute_soon(round_id: int, run: int) -> None:
    """Queue the computing of a round."""
    defer_once(compute_round, f"compute-round-{round_id}-{run}", round_id=round_id, run=run)


def send_soon(round_id: int) -> None:
    """Queue the sending of a round."""
    defer_once(send_round, f"send-round-{round_id}", round_id=round_id)


def take_back_soon(round_id: int) -> None:
    """Queue the taking back of a round."""
    defer_once(take_round_back, f"undo-round-{round_id}", round_id=round_id)
