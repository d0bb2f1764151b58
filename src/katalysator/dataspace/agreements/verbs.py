"""What both parties can do with an agreement: sign its text, take that back, end it, renew it. Each verb is one transaction with its event."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import said
from katalysator.core.rows import locked, require_sound
from katalysator.dataspace.agreements.queries import counterpart, text_of
from katalysator.dataspace.canvas.terms import with_end
from katalysator.dataspace.models import (
    Agreement,
    AgreementSignature,
    AgreementText,
    Negotiation,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.protocol.sending import send
from katalysator.dataspace.rules import require_speaker
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_GONE: Final = _("This agreement is not there any more.")
_RULES: Final = ("profile", "permission", "prohibition", "obligation")


@transaction.atomic
def sign(agreement: Agreement, *, by: Actor, name: str, function: str) -> AgreementSignature:
    """Sign the text of an agreement for one's organisation. Raises InvalidInput, NotAllowed, Conflict."""
    row = _standing(agreement, by)
    text = _signable(row)
    if text.signatures.filter(role=row.role).exists():
        raise Conflict("signed-already", _("Your organisation signed this already."))
    person = person_of(by)
    if person is None:
        raise Conflict("only-people-sign", _("Only a person signs."))
    made = AgreementSignature(
        text=text,
        role=row.role,
        person=person,
        name=plain_line(said(name, _("Say your name."), AgreementSignature, "name")),
        function=plain_line(
            said(function, _("Say as what you sign."), AgreementSignature, "function")
        ),
    )
    require_sound(made)
    made.save()
    _record("agreement.sign", row, by, {"sha256": text.sha256, "role": row.role})
    return made


@transaction.atomic
def withdraw(agreement: Agreement, *, by: Actor) -> Agreement:
    """Take one's signature back, as long as the other has not signed. Raises NotAllowed, Conflict."""
    row = _standing(agreement, by)
    text = _signable(row)
    signed = {each.role: each for each in text.signatures.all()}
    if row.role not in signed:
        raise Conflict("not-signed", _("Your organisation has not signed this."))
    if len(signed) > 1:
        raise Conflict(
            "signed-by-both",
            _("Both have signed this."),
            hint=_("You can end the agreement, with a reason."),
        )
    signed[row.role].delete()
    _record("agreement.withdraw", row, by, {"sha256": text.sha256, "role": row.role})
    return row


@transaction.atomic
def end(agreement: Agreement, reason: str, *, by: Actor) -> Agreement:
    """End an agreement: it gives no right any more, and transfers that run are told so.

    Of a party of this site its own row ends with it. Raises InvalidInput, NotAllowed, Conflict.
    """
    other = counterpart(agreement)
    both = [each.pk for each in (agreement, other) if each]
    list(
        Agreement.objects.select_for_update().filter(pk__in=both).order_by("pk")
    )  # both may end it
    row = _standing(agreement, by)
    why = plain_line(said(reason, _("Say why. The other party reads it."), Agreement, "end_reason"))
    now = timezone.now()
    for each in filter(None, (row, other)):
        each.ended_at, each.end_reason = now, why
        each.save(update_fields=["ended_at", "end_reason"])
    audit.record("agreement.end", row, by=by, reason=why, after={"key": row.key})
    for transfer in Transfer.objects.filter(agreement=row, outbox__isnull=True):
        if transfer.machine.sent(transfer.state, "termination", transfer.side):
            send(transfer, "termination", by=by, reason=why)
    return row


@transaction.atomic
def renew(agreement: Agreement, until: date, *, by: Actor) -> Negotiation:
    """Offer the other party a new agreement on the same terms until another day; what was declared before still counts.

    It counts once the other has accepted it, with a text of its own. Raises InvalidInput, NotAllowed, Conflict.
    """
    row = _locked(agreement, by)
    if row.role != ProtocolRole.PROVIDER or row.dataset is None:
        raise Conflict(
            "only-holder-renews",
            _("Only who holds the data can offer to renew this."),
            hint=_("Ask the other party, or ask for the data anew."),
        )
    if until <= timezone.localdate():
        raise InvalidInput("until", _("Choose a day that is still to come.")).at("until")
    before = row.negotiation
    if any(not each.is_over for each in row.renewals.all()):
        raise Conflict("renewed-already", _("You offered to renew this already."))
    terms = {name: row.policy[name] for name in _RULES if row.policy.get(name)}
    made = Negotiation.objects.create(
        connector=row.connector,
        role=ProtocolRole.PROVIDER,
        provider_pid=new_pid(),
        partner_id=row.partner_id,
        partner_address=before.partner_address,
        offer={
            "@id": new_pid(), "@type": "Offer", "target": row.dataset_key, **with_end(terms, until),
        },
        declared=before.declared,
        renews=row,
    )  # fmt: skip
    _record("agreement.renew", row, by, {"until": until.isoformat(), "negotiation": made.pid})
    send(made, "offer", by=by)
    return made


def _locked(agreement: Agreement, by: Actor) -> Agreement:
    row = locked(agreement, _GONE)
    require_speaker(row, by)
    if row.negotiation.state != "FINALIZED":
        raise Conflict("agreement-not-final", _("This agreement is not final yet."))
    return row


def _standing(agreement: Agreement, by: Actor) -> Agreement:
    row = _locked(agreement, by)
    if row.ended_at is not None:
        raise Conflict("agreement-ended", _("This agreement has ended."))
    return row


def _signable(row: Agreement) -> AgreementText:
    """Its text, kept from who signs at the same time. Raises Conflict where there is nothing to sign."""
    text = text_of(row)
    if text is None or not text.can_be_signed:
        raise Conflict("nothing-to-sign", _("There is nothing to sign here."))
    return locked(text, _GONE)


def _record(verb: str, row: Agreement, by: Actor, told: dict[str, str]) -> None:
    audit.record(verb, row, by=by, after={"key": row.key, **told})
