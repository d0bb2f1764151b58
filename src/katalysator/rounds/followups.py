"""What follows from deeds on rounds: the work that nobody waits for at a page."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.rounds.models import MatchingRound, MeetingDay, MeetingTalk
from katalysator.rounds.tasks import (
    compute_soon,
    compute_talks,
    let_guest_go,
    send_soon,
    take_back_soon,
    tell_of_talks,
    tell_talk_gone,
    tell_talk_off,
    write_orders,
)


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


def ask_for_orders(event: Event) -> None:
    """Both sides are to be asked for their order."""
    number = int(event.subject_id)
    defer_once(write_orders, f"orders-asked-{number}", round_id=number, about="asked")


def tell_who_got_nothing(event: Event) -> None:
    """Who was asked for an order and got nothing is to hear so."""
    number = int(event.subject_id)
    if MatchingRound.objects.filter(pk=number, method=MatchingRound.Method.OWN).exists():
        defer_once(write_orders, f"orders-nothing-{number}", round_id=number, about="nothing")


def plan_talks(event: Event) -> None:
    """A schedule of talks is to be computed."""
    number = int(event.subject_id)
    run = MeetingDay.objects.values_list("run", flat=True).get(pk=number)
    defer_once(compute_talks, f"compute-talks-{number}-{run}", day_id=number, run=run)


def tell_who_talks(event: Event) -> None:
    """Everybody of whom a talk goes out with this hears of it; what was out already stays as it was."""
    number = int(event.subject_id)
    talks = MeetingTalk.objects.filter(day=number, is_out=False).values_list("one", "other")
    for person in sorted({each for pair in talks for each in pair}):
        defer_once(tell_of_talks, f"talks-{number}-{person}", day_id=number, person_id=person)


def tell_the_other(event: Event) -> None:
    """Who was to be met hears that the talk is off."""
    number = int(event.subject_id)
    defer_once(tell_talk_off, f"talk-off-{number}", talk_id=number)


def let_go(event: Event) -> None:
    """Who does not come has no talks."""
    number = int(event.subject_id)
    defer_once(let_guest_go, f"let-guest-go-{number}", enrolment_id=number)


def tell_others_of_erased(event: Event) -> None:
    """Somebody is erased, and their talks with them: whoever they were to meet hears of those that are still to come."""
    person = int(event.subject_id)
    for talk in MeetingTalk.objects.filter(is_out=True).on().to_come().of_number(person):
        other, day = talk.other_than(person), talk.day_id
        name = f"talk-gone-{day}-{other}-{talk.slot}"
        defer_once(tell_talk_gone, name, day_id=day, person_id=other, slot=talk.slot)


follow("matching-round.compute", "matching-round.close", "matching-round.lapse", by=compute)
follow("matching-round.open", by=ask_for_orders)
follow("matching-round.arrive", by=tell_who_got_nothing)
follow("matching-round.send", by=send)
follow("matching-round.undo", by=undo)
follow("meeting-day.compute", by=plan_talks)
follow("meeting-day.publish", by=tell_who_talks)
follow("meeting-talk.off", by=tell_the_other)
follow("person.erase", by=tell_others_of_erased)
follow("enrolment.withdraw", "enrolment.decline", by=let_go)
