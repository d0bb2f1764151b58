"""What follows from what is done with questions: who may know is looked for, and letters are sent."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.questions.tasks import (
    begin,
    tell_asker,
    tell_bureau,
    tell_declined,
    tell_receiver,
)


def begin_question(event: Event) -> None:
    """A question is new, or its address is confirmed."""
    number = int(event.subject_id)
    defer_once(begin, f"begin-question-{number}-{event.verb}", question_id=number)


def write_to_receiver(event: Event) -> None:
    """Somebody has it now, or is asked more."""
    number = int(event.subject_id)
    defer_once(tell_receiver, f"tell-receiver-{number}", question_id=number)


def write_to_bureau(event: Event) -> None:
    """It is with the bureau again."""
    number = int(event.subject_id)
    defer_once(tell_bureau, f"tell-bureau-of-question-{number}", question_id=number)


def write_answer(event: Event) -> None:
    """There is an answer: the one that the event holds a digest of."""
    (name,) = event.personal
    number = int(name.removeprefix("reply-"))
    defer_once(tell_asker, f"tell-asker-{number}", reply_id=number)


def write_no(event: Event) -> None:
    """The coalition does not answer it."""
    number = int(event.subject_id)
    defer_once(tell_declined, f"tell-declined-{number}", question_id=number)


follow("question.ask", "question.confirm", by=begin_question)
follow("question.route", "question.ask-more", "question.follow-up", by=write_to_receiver)
follow(
    "question.pass-on", "question.come-back", "question.reopen", "question.follow-up",
    by=write_to_bureau,
)  # fmt: skip
follow("question.answer", by=write_answer)
follow("question.decline", by=write_no)
