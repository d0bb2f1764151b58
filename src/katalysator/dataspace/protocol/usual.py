"""What a connector does by itself when a process comes into a state; all else waits for a person."""

from django.utils import timezone

from katalysator.dataspace.deciding import decided, offer_on_table, situation
from katalysator.dataspace.delivery import pushing
from katalysator.dataspace.delivery.formats import is_brought
from katalysator.dataspace.delivery.tokens import pull_address
from katalysator.dataspace.models import (
    DatasetOffer,
    Negotiation,
    PolicyDecision,
    ProtocolProcess,
    Transfer,
)
from katalysator.dataspace.policies.profile import rules_of
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.protocol.sending import RULE, send


def usual(process: ProtocolProcess) -> None:
    """What goes without saying: a party that has decided goes on, and an offer that needs nobody is agreed to."""
    if isinstance(process, Negotiation):
        _of_negotiation(process)
    elif isinstance(process, Transfer):
        _of_transfer(process)


def _of_negotiation(row: Negotiation) -> None:
    match row.side, row.state:
        case ProtocolRole.PROVIDER, "REQUESTED" if _needs_nobody(row):
            send(row, "agreement", by=RULE)
        case ProtocolRole.PROVIDER, "ACCEPTED":
            send(row, "agreement", by=RULE)
        case ProtocolRole.PROVIDER, "VERIFIED":
            send(row, "finalized", by=RULE)
        case ProtocolRole.CONSUMER, "AGREED" if _is_as_asked(row):
            send(row, "verification", by=RULE)


def _of_transfer(row: Transfer) -> None:
    match row.side, row.state:
        case ProtocolRole.PROVIDER, "REQUESTED":
            _begin_transfer(row)
        case ProtocolRole.PROVIDER, "STARTED" if is_brought(row):
            pushing.begin(row)
        case ProtocolRole.PROVIDER, "STARTED" if _is_resumed_there(row):
            send(row, "start", by=RULE, data_address=pull_address(row))
        case _ if row.is_over:
            pushing.forget_address(row)


def _begin_transfer(row: Transfer) -> None:
    """Start it, or end it where its agreement gives no right or its address cannot be brought to."""
    if reason := row.agreement.why_not() or pushing.why_not_brought(row):
        send(row, "termination", by=RULE, reason=reason)
    else:
        where = None if is_brought(row) else pull_address(row)
        send(row, "start", by=RULE, data_address=where)


def _is_resumed_there(row: Transfer) -> bool:
    """Whether the consumer has just gone on with it: the token that it had may be over."""
    last = row.exchanges.order_by("pk").last()
    return last is not None and not last.is_ours and last.message == "start"


def _needs_nobody(row: Negotiation) -> bool:
    """Whether what is asked is just what is offered to anybody who meets its terms, and who asks does."""
    offer = offer_on_table(row)
    return offer is not None and offer.is_automatic and _is_permitted(row, offer)


def _is_permitted(row: Negotiation, offer: DatasetOffer) -> bool:
    """Whether the terms surely allow who asks to use it, with what it says of itself, for the first time."""
    now = timezone.now()
    here = situation(row.partner_id, now=now, declared=row.declared, count=1, since=now)
    step = PolicyDecision.Step.NEGOTIATION
    return decided(row.connector, step, offer.key, offer.terms, "use", here).is_allowed


def _is_as_asked(row: Negotiation) -> bool:
    """Whether the agreement says what was on the table."""
    return rules_of(row.agreement.policy) == rules_of(row.offer)
