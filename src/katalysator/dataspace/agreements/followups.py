"""What follows for texts of agreements from what connectors say to each other, and where a person is erased."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.dataspace.agreements.freezing import freeze
from katalysator.dataspace.agreements.queries import counterpart
from katalysator.dataspace.agreements.tasks import tell_ended, tell_to_sign
from katalysator.dataspace.canvas.terms import end_of
from katalysator.dataspace.models import Agreement, AgreementSignature, AgreementText
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.machines import ProtocolRole


def keep_text(event: Event) -> None:
    """An agreement is made: its holder freezes the text, and both know when it ends."""
    agreement = _agreement(event)
    if agreement is None:
        return
    ends_at = end_of(agreement.policy, agreement.made_at)
    Agreement.objects.filter(pk=agreement.pk).update(ends_at=ends_at)
    if agreement.role == ProtocolRole.PROVIDER:
        freeze(agreement)


def note_verification(event: Event) -> None:
    """A connector elsewhere verified the agreement: that stands for its signature, for nobody of it can sign here."""
    agreement = _agreement(event)
    if agreement is None or agreement.role != ProtocolRole.PROVIDER:
        return
    text = AgreementText.objects.filter(agreement=agreement).first()
    if text is not None and own_connector(agreement.partner_id) is None:
        AgreementSignature.objects.get_or_create(
            text=text, role=ProtocolRole.CONSUMER, defaults={"is_by_connector": True}
        )


def ask_to_sign(event: Event) -> None:
    """An agreement is final: who has to sign it hears so."""
    agreement = _agreement(event)
    if agreement is not None:
        defer_once(tell_to_sign, f"agreement-{agreement.pk}", agreement_id=agreement.pk)


def tell_of_end(event: Event) -> None:
    """A party ended an agreement: the other one hears so, where it is of this site."""
    ended = Agreement.objects.select_related("connector__organisation").get(pk=event.subject_id)
    other = counterpart(ended)
    if other is not None:
        defer_once(tell_ended, f"agreement-ended-{other.pk}", agreement_id=other.pk)


def forget_signer(event: Event) -> None:
    """A person is erased: their name goes from what they signed; that their organisation signed stays."""
    signed = AgreementSignature.objects.filter(person=int(event.subject_id))
    signed.update(person=None, name="")


def _agreement(event: Event) -> Agreement | None:
    found = Agreement.objects.filter(negotiation=int(event.subject_id))
    return found.select_related("negotiation__renews", "connector__organisation").first()


follow("negotiation.agreement", by=keep_text)
follow("negotiation.verification", by=note_verification)
follow("negotiation.finalized", by=ask_to_sign)
follow("agreement.end", by=tell_of_end)
follow("person.erase", by=forget_signer)
