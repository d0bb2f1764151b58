"""The text of an agreement, as each of both parties finds it."""

from katalysator.dataspace.models import Agreement, AgreementText
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.machines import ProtocolRole


def text_of(agreement: Agreement) -> AgreementText | None:
    """The text of an agreement, with who signed it; that of a holder elsewhere is not here. Cost: at most three queries."""
    kept = agreement if agreement.role == ProtocolRole.PROVIDER else counterpart(agreement)
    if kept is None:
        return None
    found = AgreementText.objects.filter(agreement=kept)
    return found.prefetch_related("signatures").first()


def counterpart(agreement: Agreement) -> Agreement | None:
    """The same agreement as the other party keeps it, where that is of this site. Cost: two queries."""
    other = own_connector(agreement.partner_id)
    if other is None:
        return None
    kept = Agreement.objects.filter(
        connector=other,
        key=agreement.key,
        partner_id=agreement.connector.participant_id,
        role=ProtocolRole(agreement.role).other,
    )
    return kept.first()
