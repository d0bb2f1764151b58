"""Background work on rounds: they are computed, sent and taken back. Each job may run twice."""

from contextlib import suppress
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.actors import ROUNDS
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.faults import Conflict
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.matching.verbs import lapse
from katalysator.rounds.meeting import planning
from katalysator.rounds.meeting.dropping_out import let_go
from katalysator.rounds.meeting.letters import write_of_day, write_of_talk_gone, write_of_talk_off
from katalysator.rounds.models import MatchingRound, MeetingDay, MeetingTalk
from katalysator.rounds.orders import letters

_EVERY_HOUR: Final = "20 * * * *"


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


@app.task(name="rounds.write_orders", queue=LONG, retry=RETRY, priority=SOON)
def write_orders(round_id: int, about: str) -> None:
    """Let everybody be written to whom a round by own order asks for an order, or that got nothing of it."""
    found = MatchingRound.objects.filter(pk=round_id).first()
    if found is None or not found.is_by_own_order:
        return
    listings = letters.unheard(found) if about == "asked" else letters.without_proposal(found)
    for person in letters.people_of(listings):
        name = f"order-{about}-{round_id}-{person}"
        defer_once(write_order, name, round_id=round_id, person_id=person, about=about)


@app.task(name="rounds.write_order", queue=SHORT, retry=RETRY)
def write_order(round_id: int, person_id: int, about: str) -> None:
    """Write to somebody about their needs and offers in a round by own order."""
    found = MatchingRound.objects.filter(pk=round_id).first()
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if found is None or person is None or (about == "asked" and found.state != "ordering"):
        return
    listings = letters.unheard(found) if about == "asked" else letters.without_proposal(found)
    letters.write_to(found, person, letters.people_of(listings).get(person_id, ()), about)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="rounds.close_orders", queue=SHORT, queueing_lock="close-orders", retry=RETRY)
def close_orders(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Close the rounds of which the last day for orders is over."""
    over = MatchingRound.objects.filter(state="ordering", ordered_until__lt=timezone.localdate())
    for each in over:
        with suppress(Conflict):  # its owner was first
            lapse(each, by=ROUNDS)


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
