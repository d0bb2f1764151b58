"""What the page of a process shows: its steps in words, what waits and until when, and whether the terms are met."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from katalysator.core.language import translate
from katalysator.dataspace.deciding import answers_today, ground_facts, unsaid
from katalysator.dataspace.models import (
    Agreement,
    Negotiation,
    ProtocolExchange,
    ProtocolProcess,
)
from katalysator.dataspace.policies.evaluation import PolicyAnswer, Truth
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.processes.verbs import NEEDS_REASON, NEEDS_TERMS
from katalysator.dataspace.processes.words import (
    answer_words,
    deed_words,
    ground_words,
    role_words,
    said_words,
    state_words,
)
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.faults import gettext_noop as _

MOST_STEPS: Final = 200
_MOMENT: Final = timedelta(minutes=1)
"""What lasts no longer is waited for on the page."""
_VERDICTS: Final[Mapping[Truth, str]] = {
    Truth.YES: _("All terms are met, as far as we can see."),
    Truth.NO: _("The terms are not met."),
    Truth.UNKNOWN: _("Not all is known: what is unknown gives no right."),
}
_ASKED: Final = _("That depends on what you fill in below.")


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One message that went to or fro, in words."""

    at: datetime
    is_ours: bool
    said: str
    status: int | None
    answer: str
    problem: str
    before: str
    after: str

    @property
    def is_move(self) -> bool:
        """Whether it led to another state."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class ProcessDeed:
    """A message that may be said now, as a button; one with `asks` opens a form first."""

    word: str
    label: str
    asks: bool


@dataclass(frozen=True, slots=True)
class ToldOutgoing:
    """What is being sent: how often it was tried, why it did not arrive yet, and when it is tried again."""

    said: str
    tries: int
    problem: str
    next_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether it should have been there: a try failed, or none was made for a while."""
        is_tried = self.tries > 0 or self.next_at is None
        return is_tried or (self.next_at or timezone.now()) < timezone.now() - _MOMENT


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """Whether terms are met, in a sentence, with each ground, and those of them that do not hold."""

    is_met: bool
    sentence: str
    grounds: list[str]
    unmet: list[str]


@dataclass(frozen=True, slots=True)
class ToldProcess:
    """A process as a line of a list: what it is about, with whom, and how it stands."""

    row: ProtocolProcess
    title: str
    partner: str
    role: str
    state: str


def told_processes(rows: list[Any], about: Callable[[Any], Negotiation]) -> list[ToldProcess]:
    """Processes as lines, each about the dataset of a negotiation. Cost: three queries."""
    names, titles = (
        names_of((row.partner_id for row in rows), (row.connector_id for row in rows)),
        titles_of(map(about, rows)),
    )
    return [
        ToldProcess(
            row,
            titles[about(row).pk],
            names[row.partner_id],
            role_words(row.side),
            state_words(row.kind, row.state),
        )
        for row in rows
    ]


def steps_of(process: ProtocolProcess) -> list[ToldStep]:
    """What went to and fro, the oldest first. Cost: a query."""
    which = {process.kind: process}
    newest = ProtocolExchange.objects.filter(**which).order_by("-at", "-id")[:MOST_STEPS]
    return [_step(process.kind, each) for each in reversed(newest)]


def _step(kind: str, row: ProtocolExchange) -> ToldStep:
    taken = "" if not row.is_ours else answer_words(row.status)
    if row.is_ours and row.status is None and not row.problem:
        taken = translate(_("taken: the other side went on with it"))
    return ToldStep(
        row.at,
        row.is_ours,
        said_words(kind, row.message),
        row.status,
        taken,
        translate(row.problem),
        state_words(kind, row.before),
        state_words(kind, row.after),
    )


def deeds_of(process: ProtocolProcess) -> list[ProcessDeed]:
    """What our side may say now, as the table of the protocol has it; nothing while something waits to be sent."""
    return list(_deeds(process)) if process.outbox is None else []


def _deeds(process: ProtocolProcess) -> Iterator[ProcessDeed]:
    words = process.machine.messages(process.state, process.side)
    for word in sorted(dict.fromkeys(words), key=lambda each: each in NEEDS_REASON | NEEDS_TERMS):
        asks = word in NEEDS_REASON or (word in NEEDS_TERMS and process.kind == "negotiation")
        yield ProcessDeed(word, deed_words(process, word), asks)


def outgoing_of(process: ProtocolProcess) -> ToldOutgoing | None:
    """What waits to be sent; None where nothing does."""
    if process.outbox is None:
        return None
    said = said_words(process.kind, process.outbox["message"])
    return ToldOutgoing(said, process.tries, translate(process.problem), process.next_at)


def is_moving(process: ProtocolProcess) -> bool:
    """Whether it may look otherwise within seconds: something is sent now, or what was said last is a moment ago."""
    now = timezone.now()
    if process.outbox is not None:
        return process.next_at is not None and process.next_at < now + _MOMENT
    is_quiet = process.is_over or process.is_waiting
    return not is_quiet and process.changed_at > now - _MOMENT


def verdict_of(negotiation: Negotiation) -> ToldVerdict:
    """Whether the consumer of a negotiation meets what is on the table now, as our side sees it. Cost: two queries."""
    consumer = negotiation.partner_id
    if negotiation.role == "consumer":
        consumer = negotiation.connector.participant_id
    return verdicts([negotiation.offer], consumer, negotiation.declared)[0]


def unmet(agreement: Agreement) -> ToldVerdict | None:
    """Why the terms of an agreement would give no data to who asked for it; None where they would, or its holder may know better.

    That is one elsewhere: it may know more of us than we do. Cost: four queries.
    """
    if agreement.role == "consumer" and own_connector(agreement.partner_id) is None:
        return None
    verdict = verdict_of(agreement.negotiation)
    return None if verdict.is_met else verdict


def verdicts(
    several: Iterable[Mapping[str, Any]],
    participant_id: str,
    declared: Mapping[str, Any],
    *,
    is_asking: bool = False,
) -> list[ToldVerdict]:
    """Whether a participant that says this of itself may use something on each of these terms, today and for the first time.

    With `is_asking` it is told to that participant, who may still say more. Cost: two queries.
    """
    answers = answers_today(several, participant_id, declared)
    return [told_verdict(each, is_asking=is_asking) for each in answers]


def told_verdict(answer: PolicyAnswer, *, is_asking: bool = False) -> ToldVerdict:
    """An answer of terms in words; see `verdicts` for `is_asking`. Cost: none."""
    truth = answer.truth if answer.rule else Truth.NO
    sentence = _ASKED if is_asking and unsaid(answer) else _VERDICTS[truth]
    told = [
        (each.truth, ground_words(ground_facts(each), is_asking=is_asking))
        for each in answer.grounds
    ]
    return ToldVerdict(
        answer.is_allowed,
        translate(sentence),
        [said for _truth, said in told],
        [said for truth, said in told if truth is not Truth.YES],
    )
