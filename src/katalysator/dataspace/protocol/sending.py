"""What we say to the other side: written down with the deed, sent by a job, and tried until it arrives or is refused.

The state of a process changes when the other side has taken the message. Where no answer came it may have taken it none
the less: the same message is sent again, and a refusal is believed only after a look at the state there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.core import audit
from katalysator.core.actors import Actor, System
from katalysator.core.jobs import LATER, SOON, defer_later
from katalysator.core.outgoing import NotReached
from katalysator.core.rows import locked
from katalysator.dataspace.models import (
    Agreement,
    Negotiation,
    ProtocolExchange,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.models.connectors import LONGEST_ID
from katalysator.dataspace.models.processes import ProcessT, new_pid
from katalysator.dataspace.protocol import reactions
from katalysator.dataspace.protocol.machines import BEGUN, PATHS, TYPES, ProtocolRole
from katalysator.dataspace.protocol.messages import message
from katalysator.dataspace.protocol.transport import Doors, PartnerAnswer, say, segment
from katalysator.dataspace.rules import SPEAK, require_speaker
from katalysator.faults import (
    Conflict,
    InvalidInput,
    KatalysatorError,
    gettext_noop as _,
)

RULE: Final = System("connector", frozenset({SPEAK}))
"""What a connector does by itself, because of what its organisation decided before."""
PARTNER: Final = System("partner", frozenset({SPEAK}))
"""The other side of a process."""
PAUSES: Final = (1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds until a message is sent again, after each try that came to nothing; then a person has to look."""
_AGAIN: Final = frozenset(
    {
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
_WITH_TERMS: Final = frozenset({"request", "offer", "agreement"})
_GONE: Final = _("This is not there any more.")
_UNANSWERED: Final = _("The other side did not say what it calls this.")


@transaction.atomic
def send(
    process: ProcessT,
    word: str,
    *,
    by: Actor,
    reason: str = "",
    terms: Mapping[str, Any] | None = None,
    data_address: Mapping[str, Any] | None = None,
) -> ProcessT:
    """Say something in a process, as soon as the other side can be reached.

    Parameters
    ----------
    process, word, by
        In which, which message of its table, and who decided it.
    reason
        Why it is ended or stopped, as the other side reads it.
    terms
        Other terms, of a request or an offer; those on the table where they are left out.
    data_address
        Where data is fetched, of a start.

    Raises Conflict where that cannot be said now, NotAllowed. Cost: six queries, with those of the audit.

    """
    row: ProcessT = locked(process, _GONE)
    require_speaker(row, by)
    target = row.machine.sent(row.state, word, row.side)
    if target is None or row.outbox is not None:
        raise _not_now(row)
    if terms is not None and isinstance(row, Negotiation):
        row.offer = {"@id": new_pid(), "@type": "Offer", "target": row.offer["target"], **terms}
    body = message(TYPES[row.kind][word], **_told(row, word, reason, data_address))
    if row.heard is not None and word in _WITH_TERMS:
        body["@context"] = row.heard["@context"]  # words of theirs mean what they do there
    row.outbox = {"message": word, "target": target, "body": body, "reason": reason}
    row.tries, row.problem, row.next_at = 0, "", timezone.now()
    row.save()
    audit.record(
        f"{row.kind}.{word}",
        row,
        by=by,
        before={"state": row.state},
        after={"state": target},
        reason=reason,
    )
    queue(row, 0)
    return row


def _not_now(row: ProtocolProcess) -> Conflict:
    if row.outbox is not None:
        return Conflict(
            "dataspace-busy",
            _("What was said before has not arrived yet."),
            hint=_("Wait until it has, or look at the page of this process why it has not."),
        )
    return Conflict("dataspace-state", _("That cannot be said now: things have moved on."))


def _told(
    row: ProtocolProcess, word: str, reason: str, data_address: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What stands in a message besides its type."""
    pids = {"providerPid": row.provider_pid or None, "consumerPid": row.consumer_pid or None}
    is_first = row.state == BEGUN
    if is_first:
        pids["callbackAddress"] = row.connector.base
    if isinstance(row, Negotiation):
        return pids | _told_of_negotiation(row, word, reason)
    if isinstance(row, Transfer):
        return pids | _told_of_transfer(row, word, reason, data_address)
    raise TypeError(f"{row!r} is no process of the protocol")


def _told_of_negotiation(row: Negotiation, word: str, reason: str) -> dict[str, Any]:
    match word:
        case "request" | "offer":
            declared = row.declared if word == "request" else None
            return {"offer": row.offer, "declared": declared or None}
        case "agreement":
            return {"agreement": _agreement(row).policy}
        case "accepted" | "finalized":
            return {"eventType": word.upper()}
        case "termination":
            return _reasons(reason)
        case _:
            return {}


def _told_of_transfer(
    row: Transfer, word: str, reason: str, data_address: Mapping[str, Any] | None
) -> dict[str, Any]:
    match word:
        case "request":
            return {
                "agreementId": row.agreement.key,
                "format": row.format,
                "dataAddress": row.data_address,
            }
        case "start":
            return {"dataAddress": data_address}
        case "suspension" | "termination":
            return _reasons(reason)
        case _:
            return {}


def _reasons(reason: str) -> dict[str, Any]:
    return {"reason": [reason]} if reason else {}


def _agreement(row: Negotiation) -> Agreement:
    """The agreement on what is on the table, kept from when it is sent."""
    key, now = new_pid(), timezone.now()
    policy = {
        **{name: told for name, told in row.offer.items() if name not in ("assigner", "assignee")},
        "@id": key,
        "@type": "Agreement",
        "assigner": row.connector.participant_id,
        "assignee": row.partner_id,
        "timestamp": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    facts = {"key": key, "policy": policy, "made_at": now}
    told = {"role": row.role, "partner_id": row.partner_id, "dataset_key": row.dataset_key}
    return Agreement.objects.update_or_create(
        negotiation=row, connector=row.connector, defaults=facts | told
    )[0]


def queue(row: ProtocolProcess, seconds: int) -> None:
    """Have what waits in a process sent in so many seconds."""
    priority = LATER if seconds else SOON
    defer_later(
        "dataspace.deliver",
        seconds,
        priority=priority,
        kind=row.kind,
        number=row.pk,
        message=row.outbox["body"]["@id"],
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of a try: an answer, or why there is none."""

    answer: PartnerAnswer | None
    problem: str = ""

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None


def deliver(process: ProcessT, name: str, within: Doors) -> None:
    """Try to send the message of this name, if it still waits, and write down what came of it; see `say` for `within`."""
    if process.outbox is None or process.outbox["body"]["@id"] != name:
        return
    tried = _try(process, within)
    state = _state_there(process, within) if _is_refused(tried) else None
    with transaction.atomic():
        row: ProcessT = locked(process, _GONE)
        if row.outbox is None or row.outbox["body"]["@id"] != name:
            return  # the other side has answered meanwhile
        if tried.answer and tried.answer.is_good:
            _arrived(row, tried.answer)
        elif state == row.outbox["target"]:
            settle(row, tried.status)
        elif state == "TERMINATED":
            _ended_there(row, tried)
        elif _is_refused(tried):
            _refused(row, tried)
        else:
            _wait(row, tried)


def _try(process: ProtocolProcess, within: Doors) -> _Tried:
    word, kind = process.outbox["message"], process.kind
    path = f"{kind}s/{PATHS[kind][word]}"
    if process.state != BEGUN:
        path = f"{kind}s/{segment(process.partner_pid)}/{PATHS[kind][word]}"
    try:
        return _Tried(
            say(
                process.connector, "POST", process.partner_address, path,
                to=process.partner_id, within=within, told=process.outbox["body"],
            )
        )  # fmt: skip
    except (NotReached, InvalidInput, Conflict) as fault:
        return _Tried(None, in_english(fault))


def in_english(fault: KatalysatorError) -> str:
    """A fault as a sentence that is kept, and put in the words of whoever reads it."""
    return fault.message % fault.parameters if fault.parameters else fault.message


def _is_refused(tried: _Tried) -> bool:
    """Whether the other side has said no, and will say so again."""
    status = tried.status
    return status is not None and 400 <= status < 500 and status not in _AGAIN


def _state_there(process: ProtocolProcess, within: Doors) -> str | None:
    """The state that the other side is in, as it says; None where it does not."""
    if not process.partner_pid:
        return None
    path = f"{process.kind}s/{segment(process.partner_pid)}"
    try:
        found = say(
            process.connector, "GET", process.partner_address, path,
            to=process.partner_id, within=within,
        )  # fmt: skip
    except (NotReached, InvalidInput, Conflict):
        return None
    state = found.told.get("state")
    return state if found.is_good and isinstance(state, str) else None


def _arrived(row: ProtocolProcess, answer: PartnerAnswer) -> None:
    """The other side took it; of the first message it says what it calls the process."""
    if not row.partner_pid:
        field, name = ("provider_pid", "providerPid")
        if row.side is ProtocolRole.PROVIDER:
            field, name = ("consumer_pid", "consumerPid")
        told = answer.told.get(name)
        if not isinstance(told, str) or not 0 < len(told) <= LONGEST_ID:
            _wait(row, _Tried(answer, _UNANSWERED))
            return
        setattr(row, field, told)
    settle(row, answer.status)


def settle(row: ProtocolProcess, status: int | None = None) -> None:
    """Bring a process into the state that our message leads to: the other side has taken it."""
    note(row, row.outbox["message"], after=row.outbox["target"], is_ours=True, status=status)
    _moved(row, row.outbox["target"], row.outbox["reason"])
    row.save()
    reactions.entered(row)


def _ended_there(row: ProtocolProcess, tried: _Tried) -> None:
    note(
        row,
        row.outbox["message"],
        after="TERMINATED",
        is_ours=True,
        status=tried.status,
        problem=_said(tried),
    )
    _moved(row, "TERMINATED", _said(tried))
    row.save()
    reactions.entered(row)


def _refused(row: ProtocolProcess, tried: _Tried) -> None:
    """It was refused for good: nothing has changed there, and a person has to look.

    What we broke off because we wanted it to stand still goes on.
    """
    word = row.outbox["message"]
    note(
        row,
        word,
        after=row.state,
        is_ours=True,
        status=tried.status,
        problem=_said(tried),
    )
    if row.state == BEGUN:
        _moved(row, "TERMINATED", _said(tried))
    row.outbox, row.tries, row.next_at, row.problem = None, 0, None, _said(tried)[:500]
    row.save()
    _record_unsent(row, word)
    if word == "suspension":
        reactions.entered(row)


def _wait(row: ProtocolProcess, tried: _Tried) -> None:
    """It did not arrive: later again, each time longer, until a person has to look."""
    note(
        row,
        row.outbox["message"],
        after=row.state,
        is_ours=True,
        status=tried.status,
        problem=_said(tried),
    )
    row.tries += 1
    row.problem = _said(tried)[:500]
    pause = PAUSES[row.tries - 1] if row.tries <= len(PAUSES) else None
    row.next_at = None if pause is None else timezone.now() + timedelta(seconds=pause)
    row.save()
    if pause is None:
        _record_unsent(row, row.outbox["message"])
    else:
        queue(row, pause)


def _record_unsent(row: ProtocolProcess, word: str) -> None:
    """A person has to look: what was decided did not get there."""
    after = {"message": word, "state": row.state, "problem": row.problem}
    audit.record(f"{row.kind}.unsent", row, by=RULE, after=after)


def _said(tried: _Tried) -> str:
    if tried.answer is None:
        return tried.problem
    return tried.problem or tried.answer.reasons or f"{tried.answer.status}"


def _moved(row: ProtocolProcess, state: str, reason: str) -> None:
    row.state, row.changed_at = state, timezone.now()
    row.reason = (reason or row.reason)[:500] if state in row.machine.ended else reason[:500]
    row.outbox, row.tries, row.problem, row.next_at = None, 0, "", None


def note(
    row: ProtocolProcess,
    word: str,
    *,
    after: str,
    is_ours: bool,
    status: int | None = None,
    problem: str = "",
) -> None:
    """Write down that a message went to or fro."""
    which: dict[str, Any] = {row.kind: row}
    ProtocolExchange.objects.create(
        **which,
        is_ours=is_ours,
        message=word,
        status=status,
        problem=problem[:500],
        before=row.state,
        after=after,
    )
