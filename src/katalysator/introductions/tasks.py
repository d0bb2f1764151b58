"""Background work on introductions: letters go out, what lies still is reminded of or ends, old talk is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.actors import CLOCK
from katalysator.core.jobs import RETRY, SHORT
from katalysator.core.language import speaking
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.introductions.models import Introduction, Party, ThreadMessage
from katalysator.introductions.patience import SHORTEST, days_left, is_over, is_to_be_reminded
from katalysator.introductions.seen import name_to, seen_parties, with_parties
from katalysator.introductions.thread.mail import MARK, reply_address
from katalysator.introductions.thread.verbs import forget
from katalysator.introductions.together import fade, nudge
from katalysator.introductions.verbs import call_off, lapse
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.questions.tasks import speakers

LETTERS: Final = letter_kind("introductions", _("Proposals to meet, and what comes of them"))
THREAD: Final = letter_kind("introduction-messages", _("Messages of those I was introduced to"))
MESSAGES_KEPT: Final = timedelta(days=365)
"""So long what parties said is kept, once all is over."""
_EVERY_MORNING = "50 7 * * *"
_EVERY_HOUR = "35 * * * *"
_AT_NIGHT = "5 3 * * *"


@app.task(name="introductions.tell", queue=SHORT, retry=RETRY)
def tell(introduction_id: int, about: str, doer: int = 0) -> None:
    """Write to the parties what happened, to each what it may know; not to the `doer`, who knows it."""
    introduction = _read(introduction_id)
    if introduction is None:
        return
    for party in introduction.parties.all():
        if _hears(party, about):
            for person in people_of(party):
                if person.pk != doer or about in _FOR_ALL:
                    _write(introduction, person, about)
    broker = introduction.proposer if introduction.by_bureau else None
    if broker is not None and about in _FOR_BROKER and broker.pk != doer:
        _write(introduction, broker, about)


@app.task(name="introductions.tell_message", queue=SHORT, retry=RETRY)
def tell_message(message_id: int) -> None:
    """Write a message to the other parties."""
    found = ThreadMessage.objects.select_related("party").filter(pk=message_id).first()
    if found is None:
        return
    introduction = _read(found.introduction_id)
    if introduction is None or not introduction.is_known:
        return
    for party in introduction.parties.all():
        if party.is_in and party.pk != found.party_id:
            for person in people_of(party):
                _write_message(introduction, found, person)


@app.periodic(cron=_EVERY_HOUR)
@app.task(
    name="introductions.call_off", queue=SHORT, queueing_lock="call-off-introductions", retry=RETRY
)
def call_off_closed(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Let proposals go of which a need or offer is not open any more."""
    for introduction in Introduction.objects.with_closed_listing():
        _tried(call_off, introduction)


@app.periodic(cron=_EVERY_MORNING)
@app.task(name="introductions.watch", queue=SHORT, queueing_lock="watch-introductions", retry=RETRY)
def watch(timestamp: int) -> None:
    """Remind of what lies still, and end what did so for too long."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for introduction in Introduction.objects.quiet_since(now - timedelta(days=SHORTEST - 1)):
        if is_over(introduction, now.date()):
            _tried(lapse if introduction.state == "proposed" else fade, introduction)
        elif is_to_be_reminded(introduction, now.date()):
            _tried(nudge, introduction)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="introductions.forget", queue=SHORT, queueing_lock="forget-threads", retry=RETRY)
def forget_old(timestamp: int) -> None:
    """Throw away what was said in what is over for a year."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for introduction in Introduction.objects.outlived(now - MESSAGES_KEPT):
        forget(introduction, by=CLOCK)


def people_of(party: Party) -> list[Person]:
    """Who gets letters for a party: who speaks for it, else those who manage its organisation, else all of it."""
    if party.contact is not None and party.contact.is_active:
        return [party.contact]
    if party.person is not None:
        return [party.person] if party.person.is_active else []
    return speakers(party.organisation) if party.organisation else []


def _hears(party: Party, about: str) -> bool:
    """Whether a party hears of something: who has still to answer of other things than who said yes."""
    if about in _FOR_ASKED:
        return party.is_asked
    return party.is_in or (about == "withdrawn" and party.is_asked)


_FOR_ASKED: Final = ("proposed", "recorded", "reminder-proposed")
_FOR_ALL: Final = ("introduced",)
"""What also who did it wants to have by mail: how to write to the others."""
_FOR_BROKER: Final = ("introduced", "over", "agreed")


def _write(introduction: Introduction, person: Person, about: str) -> None:
    with speaking(person.language):
        seen = seen_parties(introduction, person)
    shown: dict[str, Any] = {
        "introduction": introduction,
        "parties": seen,
        "own": next((each for each in seen if each.is_own), None),
        "others": [each for each in seen if not each.is_own],
        "days": days_left(introduction, timezone.localdate()),
    }
    template = f"introductions/letters/{about}.txt"
    write(LETTERS, person, template, page=("introduction", introduction.pk), **shown)


def _write_message(introduction: Introduction, message: ThreadMessage, person: Person) -> None:
    with speaking(person.language):
        parties = list(introduction.parties.all())
        who = name_to(message.party, introduction, parties, person) if message.party else ""
    write(
        THREAD,
        person,
        "introductions/letters/message.txt",
        page=("introduction", introduction.pk),
        answers_to=reply_address(introduction, person),
        message=message,
        who=who,
        mark=MARK,
    )


def _read(introduction_id: int) -> Introduction | None:
    found: Introduction | None = (
        with_parties(Introduction.objects.select_related("proposer"))
        .filter(pk=introduction_id)
        .first()
    )
    return found


def _tried(deed: Callable[..., object], introduction: Introduction) -> None:
    try:
        deed(introduction, by=CLOCK)
    except Conflict:
        return  # somebody was first
