"""Whether the terms give who asked for data a right to it now, as who asked can see it."""

from django.utils import timezone

from katalysator.dataspace.arrivals.opening import part_from
from katalysator.dataspace.deciding import situation
from katalysator.dataspace.delivery.giving import number_of_next
from katalysator.dataspace.models import ArrivedData, Connector, Transfer
from katalysator.dataspace.policies.evaluation import evaluate
from katalysator.dataspace.processes.shown import ToldVerdict, told_verdict
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.machines import ProtocolRole


def refusal(transfer: Transfer, arrived: ArrivedData | None) -> ToldVerdict | None:
    """Why the terms give no right to the data of a transfer that we asked for; None where they do, or who has it may know better.

    Of a holder elsewhere it is told once that gave nothing: it may know more of us than we do. Cost: some seven queries.
    """
    holder = own_connector(transfer.partner_id)
    is_stopped = arrived is not None and arrived.state == ArrivedData.State.STOPPED
    if holder is None and not is_stopped:
        return None
    agreement = transfer.agreement
    here = situation(
        transfer.connector.participant_id,
        now=timezone.now(),
        declared=agreement.negotiation.declared,
        count=_next(transfer, holder, arrived),
        since=agreement.made_at,
    )
    answer = evaluate(agreement.policy, "read", here)
    return None if answer.is_allowed else told_verdict(answer)


def _next(transfer: Transfer, holder: Connector | None, arrived: ArrivedData | None) -> int | None:
    """Which use it would be to fetch it now; None where somebody else counts."""
    kept = Transfer.objects.filter(
        connector=holder, role=ProtocolRole.PROVIDER, provider_pid=transfer.provider_pid
    )
    theirs = kept.first() if holder else None
    if theirs is None:
        return None
    return number_of_next(theirs, part_from(arrived.received if arrived else 0))
