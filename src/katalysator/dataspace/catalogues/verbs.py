"""What a consumer begins: it asks for data, and has it delivered once that is agreed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from katalysator.cleaning import plain_line
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.dataspace.agreements.standing import AgreementStep, step_of
from katalysator.dataspace.catalogues.asking import CatalogueParty
from katalysator.dataspace.deciding import DECLARED
from katalysator.dataspace.models import Agreement, Connector, Negotiation, Partner, Transfer
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.protocol.policy_shapes import OfferShape
from katalysator.dataspace.protocol.sending import send
from katalysator.dataspace.rules import require_speaker
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _


@transaction.atomic
def ask(
    connector: Connector,
    partner: CatalogueParty | Partner | Connector,
    dataset_key: str,
    offer: Mapping[str, Any],
    declared: Mapping[str, Iterable[str]],
    *,
    by: Actor,
    title: str = "",
) -> Negotiation:
    """Ask a participant for a dataset.

    Parameters
    ----------
    connector, partner, dataset_key
        Who asks whom for what.
    offer
        Which offer, by its `@id`, and the terms that are asked: those of the offer, or others.
    declared
        What who asks says of itself: `purpose` and `derivedData`.
    by
        The person who decided it.
    title
        What the dataset is called in the catalogue.

    Raises InvalidInput for terms that are none, NotAllowed. Cost: that of `send`, and two queries.

    """
    require_speaker(Negotiation(connector=connector), by)
    try:
        asked = OfferShape.model_validate({**offer, "@type": "Offer", "target": dataset_key})
    except ValidationError:
        raise InvalidInput("dataspace-terms", _("These are no terms that can be asked.")) from None
    address = partner.base if isinstance(partner, Connector) else partner.address
    said = {name: list(declared.get(name, ())) for name in DECLARED}
    row = Negotiation.objects.create(
        **_as_consumer(connector, partner.participant_id, address),
        offer={"@id": asked.key, "@type": "Offer", "target": dataset_key, **asked.terms()},
        declared={name: words for name, words in said.items() if words},
        title=plain_line(title)[:200],
    )
    return send(row, "request", by=by)


@transaction.atomic
def begin_transfer(
    agreement: Agreement,
    format: str,  # noqa: A002 — what the protocol calls it
    *,
    by: Actor,
    data_address: Mapping[str, Any] | None = None,
) -> Transfer:
    """Ask for the data of an agreement, to be fetched or brought to `data_address`; once, until that transfer is over.

    Raises Conflict where the agreement gives no right to it or is not signed yet, NotAllowed. Cost: that of `send`, and seven queries.
    """
    negotiation = agreement.negotiation
    require_speaker(negotiation, by)
    if agreement.role != ProtocolRole.CONSUMER or negotiation.state != "FINALIZED":
        raise Conflict(
            "dataspace-agreement",
            _("Only who asked for data under an agreement that counts gets it."),
        )
    ended_at = locked(agreement, _("This is not there any more.")).ended_at
    if ended_at is not None and ended_at <= timezone.now():
        raise Conflict(
            "dataspace-agreement", _("The agreement gives no right to the data any more.")
        )
    if step_of(agreement) in (AgreementStep.SIGN, AgreementStep.OTHER_SIGNS):
        raise Conflict(
            "dataspace-not-signed",
            _("Both parties have to sign the agreement first."),
            hint=_("Then the data can be asked for."),
        )
    if running := _running(agreement, format, data_address):
        return running
    row = Transfer.objects.create(
        **_as_consumer(agreement.connector, agreement.partner_id, negotiation.partner_address),
        agreement=agreement,
        format=format,
        data_address=data_address,
    )
    return send(row, "request", by=by)


def _running(
    agreement: Agreement,
    format: str,  # noqa: A002 — as above
    data_address: Mapping[str, Any] | None,
) -> Transfer | None:
    """A transfer of this agreement that was begun before and gives its data still, or may yet: to the same address."""
    rows = Transfer.objects.select_related("connector__organisation", "agreement__negotiation")
    found = rows.filter(agreement=agreement, format=format).exclude(
        state__in=Transfer.machine.ended
    )
    for each in found.order_by("-pk"):
        if data_address in (None, each.data_address):  # sealed: no query finds it
            return each
    return None


def _as_consumer(connector: Connector, partner_id: str, address: str) -> dict[str, Any]:
    """Our side of a process that we begin."""
    return {
        "connector": connector,
        "role": ProtocolRole.CONSUMER,
        "consumer_pid": new_pid(),
        "partner_id": partner_id,
        "partner_address": address,
    }
