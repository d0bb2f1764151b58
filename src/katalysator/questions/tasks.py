"""Background work on questions: who may know is looked for, letters are sent, what lies too long comes back."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import letters
from katalysator.core.actors import CLOCK, ROUTER
from katalysator.core.jobs import RETRY, SHORT
from katalysator.core.language import speaking
from katalysator.core.links import key_of
from katalysator.core.working_days import working_days, working_days_before
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.questions.handling.proposals import sure_receiver, why
from katalysator.questions.handling.verbs import come_back, route, settle
from katalysator.questions.models import Question, Reply, Routing
from katalysator.questions.verbs import forget
from katalysator.search.indexing import make_findable, some_unread

FOR_ME: Final = letter_kind(
    "questions-for-me", _("Questions that my organisation or group can answer")
)
MINE: Final = letter_kind("my-questions", _("Answers to what I asked"))
FOR_BUREAU: Final = letter_kind(
    "questions-for-bureau",
    _("Questions that wait for the bureau"),
    to=lambda person: getattr(person, "is_coordinator", False),
)
PATIENCE: Final = 3
"""So many working days who has a question has to answer it."""
UNPROVEN_KEPT: Final = timedelta(days=7)
"""So long a question waits for its address to be confirmed."""
REST: Final = timedelta(days=30)
"""So long an answered question waits for a word of who asked; then it is closed."""
OVER_KEPT: Final = timedelta(days=30)
"""So long what is over is kept of who has no account."""
_EVERY_MORNING = "40 7 * * *"
_AT_NIGHT = "55 2 * * *"
_EVERY_HOUR = "45 * * * *"
_CONTACTS: Final = ("chair", "secretary")


@app.task(name="questions.begin", queue=SHORT, retry=RETRY)
def begin(question_id: int) -> None:
    """Let a new question be found, and send it on: to who surely may know, else to the bureau.

    Who has no account gets the link first that confirms the address.
    """
    question = Question.objects.filter(pk=question_id).first()
    if question is not None and question.state == "asked":
        _write(question, "questions/letters/confirm.txt", days=UNPROVEN_KEPT.days)
    elif question is not None and question.state == "waiting":
        make_findable(Question.objects.filter(pk=question_id))
        _send_on(question)


@app.task(name="questions.tell_receiver", queue=SHORT, retry=RETRY)
def tell_receiver(question_id: int) -> None:
    """Write to those who have a question now, with the reason why they got it."""
    found = Question.objects.filter(pk=question_id, state="with")
    question = found.select_related("routing__organisation", "routing__group").first()
    if question is None or question.routing is None:
        return
    routing = question.routing
    page, template = ("question", question.pk), "questions/letters/for_you.txt"
    for person in speakers(routing.receiver):
        with speaking(person.language):
            reason = why(routing.shared, as_contact=routing.as_contact)
        shown: dict[str, Any] = {"question": question, "who": routing.receiver, "why": reason}
        write(FOR_ME, person, template, page=page, days=PATIENCE, **shown)


@app.task(name="questions.tell_bureau", queue=SHORT, retry=RETRY)
def tell_bureau(question_id: int) -> None:
    """Write to the bureau that a question waits for it, while it does, and why."""
    question = Question.objects.waiting().filter(pk=question_id).first()
    if question is None:
        return
    last = question.routings.with_receivers().last()
    page, template = ("question", question.pk), "questions/letters/waiting.txt"
    for person in Person.objects.filter(is_coordinator=True, is_active=True):
        write(FOR_BUREAU, person, template, page=page, question=question, last=last)


@app.task(name="questions.tell_asker", queue=SHORT, retry=RETRY)
def tell_asker(reply_id: int) -> None:
    """Write an answer to who asked."""
    found = Reply.objects.answers().select_related("question", "organisation", "group")
    reply = found.filter(pk=reply_id).first()
    if reply is not None:
        _write(reply.question, "questions/letters/answered.txt", reply=reply)


@app.task(name="questions.tell_declined", queue=SHORT, retry=RETRY)
def tell_declined(question_id: int) -> None:
    """Write to who asked why the coalition does not answer."""
    question = Question.objects.filter(pk=question_id, state="declined").first()
    if question is not None:
        _write(question, "questions/letters/declined.txt")


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="questions.read_new", queue=SHORT, queueing_lock="read-new-questions", retry=RETRY)
def read_new_questions(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read: the others were when they came in."""
    make_findable(some_unread(Question.objects.exclude(state="asked")))


@app.periodic(cron=_EVERY_MORNING)
@app.task(name="questions.watch", queue=SHORT, queueing_lock="watch-questions", retry=RETRY)
def watch(timestamp: int) -> None:
    """Take questions back from who was silent too long, and close those of which nobody heard any more."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    last = working_days_before(now.date(), PATIENCE + 1)
    for question in Question.objects.late(last):
        if question.routing and working_days(_day(question.routing), now.date()) > PATIENCE:
            come_back(question, by=CLOCK)
    for question in Question.objects.resting(now - REST):
        settle(question, by=CLOCK)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="questions.forget", queue=SHORT, queueing_lock="forget-questions", retry=RETRY)
def forget_old(timestamp: int) -> None:
    """Forget what was never confirmed, and who asked what is over."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for question in Question.objects.outlived(now - UNPROVEN_KEPT, now - OVER_KEPT):
        forget(question, by=CLOCK)


def speakers(receiver: Organisation | WorkingGroup) -> list[Person]:
    """Who gets letters for an organisation or a working group: those who manage it, else all who speak for it."""
    active = Person.objects.filter(is_active=True)
    if isinstance(receiver, WorkingGroup):
        inside = receiver.memberships.members()
        leading = inside.filter(role__in=_CONTACTS) or inside
        return list(active.filter(pk__in=[each.person_id for each in leading]))
    mine = active.filter(memberships__organisation=receiver)
    managing = mine.filter(
        memberships__organisation=receiver, memberships__role=Membership.Role.MANAGER
    )
    return list(managing or mine)


def _send_on(question: Question) -> None:
    receiver = sure_receiver(question)
    if receiver is None:
        tell_bureau(question.pk)
        return
    try:
        route(question, receiver, by=ROUTER, seen=0)
    except Conflict:
        return  # somebody was first


def _write(question: Question, template: str, **shown: Any) -> None:
    """Write to who asked, at the account or at the address; to nobody where who asked is gone."""
    asker = question.asker
    if asker is not None:
        page = ("question", question.pk)
        write(MINE, asker, template, page=page, question=question, **shown)
    elif question.email:
        with speaking(question.language):
            link = letters.address("question-own", key_of(question))
        shown |= {"question": question, "link": link}
        letters.send(template, question.email, question.language, **shown)


def _day(routing: Routing) -> Any:
    return timezone.localtime(routing.routed_at).date()
