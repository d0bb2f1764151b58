"""How things stand: negotiations and transfers with every step, agreements, uses and what terms answered."""

from itertools import chain, islice
from typing import Any, Final

from django.utils import timezone

from katalysator.cli.dataspace.own import own_agreement, own_connector
from katalysator.cli.dataspace.telling import DataspaceOutcome
from katalysator.cli.exchange.showing import fact, moment, table
from katalysator.core.language import say, translate
from katalysator.dataspace.logs.telling import told_uses
from katalysator.dataspace.models import (
    Agreement,
    DataUse,
    Negotiation,
    PolicyDecision,
    ProtocolExchange,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.processes.words import role_words
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.faults import InvalidInput, gettext_noop as _

_KINDS: Final = {"negotiation": _("negotiation"), "transfer": _("transfer")}


def processes(slug: str, limit: int) -> DataspaceOutcome:
    """The newest of both kinds. Cost: three queries."""
    own = own_connector(slug)
    some = [
        list(rows.filter(connector=own).order_by("-changed_at", "-pk")[:limit])
        for rows in (Negotiation.objects, Transfer.objects)
    ]
    newest = sorted(chain(*some), key=lambda each: each.changed_at, reverse=True)
    found = list(islice(newest, limit))
    rows = [
        (
            moment(each.changed_at.isoformat()),
            translate(_KINDS[each.kind]),
            role_words(each.side),
            each.state,
            each.pid,
            _next(each),
        )
        for each in found
    ]
    headers = (say("When"), say("What"), say("Role"), say("State"), say("Number"), say("Next try"))
    return DataspaceOutcome({"items": [_process(each) for each in found]}, table(headers, rows))


def process(slug: str, pid: str) -> DataspaceOutcome:
    """One of them with every step. Raises InvalidInput. Cost: four queries."""
    own = own_connector(slug)
    row = (
        Negotiation.objects.filter(connector=own).by_pid(pid).first()
        or Transfer.objects.filter(connector=own).by_pid(pid).first()
    )
    if row is None:
        raise InvalidInput("no-process", _("There is no “%(pid)s” of this organisation."), pid=pid)
    which: dict[str, Any] = {row.kind: row}
    steps = list(ProtocolExchange.objects.filter(**which))
    rows = [
        (
            moment(each.at.isoformat()),
            "→" if each.is_ours else "←",
            each.message,
            each.status or "",
            each.after,
            translate(each.problem),
        )
        for each in steps
    ]
    headers = (say("When"), "", say("Message"), say("Status"), say("State"), say("Problem"))
    told = _process(row) | {"steps": [_step(each) for each in steps]}
    return DataspaceOutcome(told, [*_facts(row), "", *table(headers, rows)])


def agreements(slug: str, limit: int) -> DataspaceOutcome:
    """The newest agreements that count or counted. Cost: two queries."""
    own = own_connector(slug)
    found = list(
        Agreement.objects.filter(connector=own, negotiation__state="FINALIZED").select_related(
            "negotiation"
        )[:limit]
    )
    rows = [
        (moment(each.made_at.isoformat()), role_words(ProtocolRole(each.role)), _ended(each), each.key, each.partner_id, each.dataset_key)
        for each in found
    ]  # fmt: skip
    headers = (say("When"), say("Role"), say("Ends"), say("Agreement"), say("Partner"), say("Dataset"))  # fmt: skip
    told = [
        {
            "agreement": each.key,
            "role": each.role,
            "partner": each.partner_id,
            "dataset": each.dataset_key,
            "madeAt": each.made_at.isoformat(),
            "endedAt": each.ended_at.isoformat() if each.ended_at else None,
            "policy": each.policy,
        }
        for each in found
    ]
    return DataspaceOutcome({"items": told}, table(headers, rows))


def uses(slug: str, key: str, limit: int) -> DataspaceOutcome:
    """The newest uses of data that an organisation shares. Cost: three queries."""
    own = own_connector(slug)
    found = DataUse.objects.filter(transfer__connector=own).select_related("transfer__agreement")
    if key:
        found = found.filter(transfer__agreement=own_agreement(own, key))
    some = list(found.order_by("-began_at", "-pk")[:limit])
    rows = [
        (
            moment(use.row.began_at.isoformat()),
            use.row.count,
            use.row.sent,
            f"{use.row.seconds:.1f}",
            use.ended,
            use.row.transfer.agreement.key,
        )
        for use in told_uses(some)
    ]
    headers = (
        say("When"),
        say("Use"),
        say("Bytes"),
        say("Seconds"),
        say("How it ended"),
        say("Agreement"),
    )
    told = [
        {
            "agreement": each.transfer.agreement.key,
            "transfer": each.transfer.pid,
            "partner": each.transfer.partner_id,
            "count": each.count,
            "beganAt": each.began_at.isoformat(),
            "seconds": each.seconds,
            "sent": each.sent,
            "asked": each.asked,
            "ended": each.ended,
        }
        for each in some
    ]
    return DataspaceOutcome({"items": told}, table(headers, rows))


def decisions(slug: str, about: str, limit: int) -> DataspaceOutcome:
    """The newest answers that terms gave. Cost: two queries."""
    own = own_connector(slug)
    found = PolicyDecision.objects.filter(connector=own)
    some = list((found.filter(about=about) if about else found)[:limit])
    rows = [
        (
            moment(each.at.isoformat()),
            each.get_step_display(),
            say("yes") if each.is_allowed else say("no"),
            each.participant_id,
            each.about,
        )
        for each in some
    ]
    headers = (say("When"), say("Step"), say("Allowed"), say("Who"), say("About"))
    told = [
        {
            "at": each.at.isoformat(),
            "step": each.step,
            "isAllowed": each.is_allowed,
            "participantId": each.participant_id,
            "about": each.about,
            "action": each.action,
            "rule": each.rule,
            "truth": each.truth,
            "grounds": each.grounds,
        }
        for each in some
    ]
    return DataspaceOutcome({"items": told}, table(headers, rows))


def _process(row: ProtocolProcess) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "pid": row.pid,
        "role": row.role,
        "state": row.state,
        "partner": row.partner_id,
        "sending": row.outbox["message"] if row.outbox else None,
        "tries": row.tries,
        "nextAt": row.next_at.isoformat() if row.next_at else None,
        "problem": row.problem,
        "reason": row.reason,
        "changedAt": row.changed_at.isoformat(),
    }


def _step(each: ProtocolExchange) -> dict[str, Any]:
    return {
        "at": each.at.isoformat(),
        "isOurs": each.is_ours,
        "message": each.message,
        "status": each.status,
        "before": each.before,
        "after": each.after,
        "problem": each.problem,
    }


def _facts(row: ProtocolProcess) -> list[str]:
    told = [
        (say("Number"), row.pid),
        (say("Partner"), row.partner_id),
        (say("State"), row.state),
        (say("Sending"), row.outbox["message"] if row.outbox else ""),
        (say("Next try"), _next(row)),
        (say("Problem"), translate(row.problem)),
        (say("Reason"), translate(row.reason)),
    ]
    return [fact(name, value) for name, value in told if value]


def _next(row: ProtocolProcess) -> str:
    return moment(row.next_at.isoformat()) if row.next_at and row.next_at > timezone.now() else ""


def _ended(row: Agreement) -> str:
    return moment(row.ended_at.isoformat()) if row.ended_at else ""
