"""What can be done with a connector. Each verb is one transaction with its event."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations import rows as organisations
from katalysator.coalition.rules import require_participant
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.outgoing import destination
from katalysator.core.rows import locked, require_sound
from katalysator.dataspace.connectors.partner_facts import PartnerFacts
from katalysator.dataspace.models import Connector, Partner
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.keys import new_key, public_key
from katalysator.dataspace.rules import require_sharer
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_MOST_PARTNERS: Final = 500
_GONE: Final = _("This is not there any more.")


@transaction.atomic
def open_connector(organisation: Organisation, *, by: Actor) -> Connector:
    """Let an organisation take part in the data space, with a key of its own. Raises NotAllowed, Conflict."""
    row = Connector(organisation=organisation, key=new_key())
    require_sharer(row, by)
    require_participant(organisations.locked(organisation))
    if Connector.objects.filter(organisation=organisation).exists():
        raise Conflict("connector-there", _("This organisation has a connector already."))
    row.save()
    audit.record("connector.open", row, by=by, after={"key": public_key(row)["kid"]})
    return row


@transaction.atomic
def renew_key(connector: Connector, *, by: Actor) -> Connector:
    """Give it another key: what the one before signed counts no more. Raises NotAllowed, Conflict."""
    row: Connector = locked(connector, _GONE)
    require_sharer(row, by)
    row.key, row.key_at = new_key(), timezone.now()
    row.save(update_fields=["key", "key_at"])
    audit.record("connector.renew-key", row, by=by, after={"key": public_key(row)["kid"]})
    return row


@transaction.atomic
def add_partner(connector: Connector, *, by: Actor, facts: PartnerFacts) -> Partner:
    """Know a participant elsewhere, or know it otherwise than before. Raises InvalidInput at its field, NotAllowed."""
    own: Connector = locked(connector, _GONE)
    require_sharer(own, by)
    _require_elsewhere(facts)
    found = own.partners.filter(participant_id=facts.participant_id).first()
    if found is None and own.partners.count() >= _MOST_PARTNERS:
        raise Conflict(
            "many-partners",
            _("There are %(most)s participants elsewhere already."),
            most=_MOST_PARTNERS,
        )
    row = found or Partner(connector=own, participant_id=facts.participant_id)
    row.name, row.address, row.keys = plain_line(facts.name), facts.address, facts.keys
    row.found_keys, row.found_at = {}, None
    require_sound(row)
    row.save()
    audit.record("connector.add-partner", own, by=by, after=_told(row))
    return row


@transaction.atomic
def block_partner(connector: Connector, partner: Partner, *, by: Actor) -> Partner:
    """Hear no more what a participant elsewhere says to this connector. Raises NotAllowed, Conflict."""
    return _heard(connector, partner, by, is_blocked=True)


@transaction.atomic
def unblock_partner(connector: Connector, partner: Partner, *, by: Actor) -> Partner:
    """Hear it again. Raises NotAllowed, Conflict."""
    return _heard(connector, partner, by, is_blocked=False)


def _heard(connector: Connector, partner: Partner, by: Actor, *, is_blocked: bool) -> Partner:
    own: Connector = locked(connector, _GONE)
    require_sharer(own, by)
    row = _own(own, locked(partner, _GONE))
    row.is_blocked = is_blocked
    row.save()
    deed = "connector.block-partner" if is_blocked else "connector.unblock-partner"
    audit.record(deed, own, by=by, after={"partner": row.participant_id})
    return row


def _own(connector: Connector, partner: Partner) -> Partner:
    """The row of a connector itself: of one that all know, a copy, so that others go on hearing it."""
    if partner.connector_id == connector.pk:
        return partner
    if partner.connector_id is not None:
        raise Conflict("gone", _GONE)
    return Partner(
        connector=connector,
        participant_id=partner.participant_id,
        name=partner.name,
        address=partner.address,
        keys=partner.keys,
    )


def _require_elsewhere(facts: PartnerFacts) -> None:
    """Refuse one of our own, one that nothing proves, and an address that we do not speak to."""
    if own_connector(facts.participant_id):
        raise InvalidInput(
            "partner-here",
            _("This organisation takes part in this coalition: you can speak with it already."),
        ).at("participant_id")
    if not facts.keys and not facts.participant_id.startswith("did:web:"):
        raise InvalidInput("partner-keys", _("Without a did:web its keys are needed.")).at("keys")
    try:
        destination(facts.address)
    except InvalidInput as error:
        raise error.at("address") from None


def _told(row: Partner) -> dict[str, Any]:
    return {"partner": row.participant_id, "name": row.name, "address": row.address}
