"""What the other side says: taken under a lock where the table allows it, refused with a reason where it does not.

Nothing changes where something is refused. The same message twice is taken once, for whoever sends it may not have
heard our answer.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from katalysator.core import audit
from katalysator.core.outgoing import destination
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    DatasetOffer,
    Negotiation,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.models.processes import ProcessT, new_pid
from katalysator.dataspace.protocol import reactions
from katalysator.dataspace.protocol.faults import ProtocolFault
from katalysator.dataspace.protocol.machines import BEGUN, ProtocolRole
from katalysator.dataspace.protocol.messages import (
    ContractAgreed,
    ContractOffer,
    ContractRequest,
    ContractTermination,
    Message,
    TransferRequest,
    TransferStart,
    TransferSuspension,
    TransferTermination,
    same,
)
from katalysator.dataspace.protocol.sending import PARTNER, note, settle
from katalysator.dataspace.protocol.transport import is_of_house
from katalysator.faults import InvalidInput

_NEW_EACH_TIME: Final = frozenset({"request", "offer"})
"""Another one of these says something new, even in the same words."""


@transaction.atomic
def asked_for_contract(
    connector: Connector, said: ContractRequest, raw: dict[str, Any], speaker: str
) -> Negotiation:
    """A consumer asks for a contract: the negotiation that begins, or that began when it asked the same before."""
    if known := _known(Negotiation, connector, speaker, consumer_pid=said.consumer_pid):
        return known
    offered = DatasetOffer.objects.filter(
        key=said.offer.key, is_open=True, dataset__connector=connector, dataset__is_published=True
    ).select_related("dataset")
    offer = offered.first()
    if offer is None or said.offer.target not in (None, offer.dataset.key):
        raise ProtocolFault.bad("offer: there is no such offer")
    row = Negotiation(
        **_as_provider(connector, said, speaker),
        offer=_on_table(said, offer.dataset.key),
        declared=said.declared,
    )
    return _begun(row, "request", "REQUESTED", raw)


@transaction.atomic
def was_offered(
    connector: Connector, said: ContractOffer, raw: dict[str, Any], speaker: str
) -> Negotiation:
    """A provider offers a contract unasked: the negotiation that begins, or that began with the same offer before."""
    if known := _known(Negotiation, connector, speaker, provider_pid=said.provider_pid):
        return known
    if not said.offer.target:
        raise ProtocolFault.bad("offer.target: it is missing")
    row = Negotiation(
        connector=connector,
        role=ProtocolRole.CONSUMER,
        provider_pid=said.provider_pid,
        consumer_pid=new_pid(),
        partner_id=speaker,
        partner_address=_address(said.callback_address),
        offer=_on_table(said, said.offer.target),
    )
    return _begun(row, "offer", "OFFERED", raw)


@transaction.atomic
def asked_for_data(
    connector: Connector, said: TransferRequest, raw: dict[str, Any], speaker: str
) -> Transfer:
    """A consumer asks for data under an agreement: the transfer that begins, or began when it asked before."""
    if known := _known(Transfer, connector, speaker, consumer_pid=said.consumer_pid):
        return known
    own = Agreement.objects.filter(
        connector=connector, role=ProtocolRole.PROVIDER, key=said.agreement, partner_id=speaker
    )
    agreement = own.select_related("negotiation").first()
    if agreement is None or agreement.negotiation.state != "FINALIZED":
        raise ProtocolFault.bad("agreementId: there is no such agreement between us")
    if said.format not in agreement.formats():
        raise ProtocolFault.bad("format: this dataset cannot be had so")
    row = Transfer(
        **_as_provider(connector, said, speaker),
        agreement=agreement,
        format=said.format,
        data_address=said.data_address.plain() if said.data_address else None,
    )
    return _begun(row, "request", "REQUESTED", raw)


def _as_provider(
    connector: Connector, said: ContractRequest | TransferRequest, speaker: str
) -> dict[str, Any]:
    """Both sides of a process that a consumer begins."""
    return {
        "connector": connector,
        "role": ProtocolRole.PROVIDER,
        "provider_pid": new_pid(),
        "consumer_pid": said.consumer_pid,
        "partner_id": speaker,
        "partner_address": _address(said.callback_address),
    }


def _known(kind: type[ProcessT], connector: Connector, speaker: str, **pid: str) -> ProcessT | None:
    """The process that began with the same message before, kept from others meanwhile."""
    rows: Any = kind.objects
    found: ProcessT | None = (
        rows.select_for_update(of=("self",))
        .filter(connector=connector, partner_id=speaker, **pid)
        .first()
    )
    return found


def _begun(row: ProcessT, word: str, state: str, raw: dict[str, Any]) -> ProcessT:
    row.state, row.heard = state, raw
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same message came twice at once
        pid = (
            {"consumer_pid": row.consumer_pid}
            if word == "request"
            else {"provider_pid": row.provider_pid}
        )
        if known := _known(type(row), row.connector, row.partner_id, **pid):
            return known
        raise
    _written(row, word, BEGUN)
    return row


def _address(told: str | None) -> str:
    """Where the other side wants to be answered. Raises ProtocolFault for what we do not speak to."""
    address = (told or "").rstrip("/")
    if is_of_house(address):
        return address
    try:
        destination(address)
    except InvalidInput as fault:
        raise ProtocolFault.bad(f"callbackAddress: {fault.message % fault.parameters}") from None
    return address


def _on_table(said: ContractRequest | ContractOffer, target: str) -> dict[str, Any]:
    return {"@id": said.offer.key, "@type": "Offer", "target": target, **said.offer.terms()}


@transaction.atomic
def heard(
    rows: Any,
    connector: Connector,
    pid: str,
    said: Message,
    raw: dict[str, Any],
    speaker: str,
) -> ProtocolProcess:
    """A message in a process that we know by `pid`. Raises ProtocolFault; nothing has changed then."""
    row = rows.select_for_update(of=("self",)).filter(connector=connector).by_pid(pid).first()
    if row is None or row.partner_id != speaker:
        raise ProtocolFault.unknown()
    _require_pids(row, said)
    if _is_again(row, said, raw):
        return row  # type: ignore[no-any-return]
    target = _target(row, said.word)
    _take(row, said)
    before = row.state
    row.state, row.heard, row.changed_at, row.problem = target, raw, timezone.now(), ""
    if row.outbox is not None and row.machine.sent(target, row.outbox["message"], row.side) is None:
        row.outbox, row.next_at, row.tries = None, None, 0
    row.save()
    _written(row, said.word, before)
    return row  # type: ignore[no-any-return]


def _require_pids(row: ProtocolProcess, said: Any) -> None:
    """Refuse a message that names another process than the one it was sent to."""
    if not row.partner_pid:  # it answers before our own request was answered
        name = "consumer_pid" if row.side is ProtocolRole.PROVIDER else "provider_pid"
        setattr(row, name, getattr(said, name) or "")
    if (said.provider_pid, said.consumer_pid) != (row.provider_pid, row.consumer_pid):
        raise ProtocolFault.bad("providerPid and consumerPid are not those of this process")


def _is_again(row: ProtocolProcess, said: Message, raw: dict[str, Any]) -> bool:
    """Whether this is the last message once more: by its name, or by its words where only one can be meant."""
    if row.heard is None or row.heard.get("@type") != raw.get("@type"):
        return False
    if said.key and row.heard.get("@id") == said.key:
        return bool(row.heard == raw)
    is_there = row.state in {s.target for s in row.machine.steps if s.message == said.word}
    return said.word not in _NEW_EACH_TIME and is_there and same(row.heard, raw)


def _target(row: ProtocolProcess, word: str) -> str:
    """The state that it leads to; a message that follows ours says that ours arrived."""
    sender = row.side.other
    if row.state != BEGUN and (target := row.machine.taken(row.state, word, sender)):
        return target
    if row.outbox is not None:
        after = row.machine.taken(row.outbox["target"], word, sender)
        if after:
            settle(row)
            return after
    raise ProtocolFault.bad(f"{row.state} → {word} is not allowed")


def _take(row: ProtocolProcess, said: Message) -> None:
    """Keep what a message says, besides the state that it leads to. Raises ProtocolFault."""
    for kind, take in _TAKEN:
        if isinstance(said, kind):
            take(row, said)


def _take_terms(row: Negotiation, said: ContractRequest | ContractOffer) -> None:
    if said.offer.target not in (None, row.dataset_key):
        raise ProtocolFault.bad("offer.target: this is another dataset")
    row.offer = _on_table(said, row.dataset_key)


def _take_agreement(row: Negotiation, said: ContractAgreed) -> None:
    told = said.agreement
    wanted = (row.dataset_key, row.partner_id, row.connector.participant_id)
    if (told.target, told.assigner, told.assignee) != wanted:
        raise ProtocolFault.bad(
            "agreement: target, assigner and assignee are not those of this negotiation"
        )
    Agreement.objects.update_or_create(
        negotiation=row,
        connector=row.connector,
        defaults={
            "key": told.key,
            "role": row.role,
            "partner_id": row.partner_id,
            "dataset_key": told.target,
            "policy": told.model_dump(by_alias=True, exclude_unset=True),
        },
    )


def _take_reason(
    row: ProtocolProcess, said: ContractTermination | TransferTermination | TransferSuspension
) -> None:
    row.reason = "; ".join(_plain(each) for each in said.reason or ())[:500]


def _plain(reason: Any) -> str:
    return " ".join(map(str, reason.values())) if isinstance(reason, dict) else str(reason)


def _take_address(row: Transfer, said: TransferStart) -> None:
    if said.data_address is not None:
        row.data_address = said.data_address.plain()


_TAKEN: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any, Any], None]], ...]] = (
    ((ContractRequest, ContractOffer), _take_terms),
    (ContractAgreed, _take_agreement),
    ((ContractTermination, TransferTermination, TransferSuspension), _take_reason),
    (TransferStart, _take_address),
)


def _written(row: ProtocolProcess, word: str, before: str) -> None:
    """Write down what came in, and do what follows."""
    after, row.state = row.state, before
    note(row, word, after=after, is_ours=False)
    row.state = after
    audit.record(
        f"{row.kind}.{word}", row, by=PARTNER, before={"state": before}, after={"state": after}
    )
    reactions.entered(row)
