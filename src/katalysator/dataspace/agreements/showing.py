"""Agreements as a list shows them: with whom, about what, how they stand, and who signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone

from katalysator.core.language import say, translate
from katalysator.dataspace.agreements.standing import AgreementStep, steps_of
from katalysator.dataspace.canvas.terms import days_left
from katalysator.dataspace.models import (
    Agreement,
    AgreementSignature,
    AgreementText,
)
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.faults import gettext_noop as _

SOON = 28
"""Days before its end that an agreement is said to end soon."""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement with the name of the other party, what it is about, and what comes next under it."""

    agreement: Agreement
    partner: str
    title: str
    step: AgreementStep

    @property
    def is_ours(self) -> bool:
        """Whether our organisation holds the data."""
        return self.agreement.role == ProtocolRole.PROVIDER

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by its terms."""
        return self.agreement.ends_at

    @property
    def is_over(self) -> bool:
        """Whether it gives no right any more."""
        return self.step is AgreementStep.OVER

    @property
    def state(self) -> str:
        """How it stands, in words of the active language."""
        match self.step:
            case AgreementStep.OVER if self.agreement.ended_at is not None:
                return say(_("Ended"))
            case AgreementStep.OVER:
                return say(_("Over: its term has passed"))
            case AgreementStep.SIGN:
                return say(_("Waits for your signature"))
            case AgreementStep.OTHER_SIGNS:
                return say(_("Waits for the signature of the other party"))
        left = days_left(self.ends_at, timezone.now())
        return say(_("Ends soon")) if left is not None and left <= SOON else say(_("In force"))


def agreement_rows(agreements: Sequence[Agreement]) -> list[AgreementRow]:
    """What a list shows of agreements. Cost: five queries."""
    names = names_of(
        (each.partner_id for each in agreements), (each.connector_id for each in agreements)
    )
    titles = titles_of(each.negotiation for each in agreements)
    return [
        AgreementRow(each, names[each.partner_id], titles[each.negotiation_id], step)
        for each, step in zip(agreements, steps_of(agreements), strict=True)
    ]


def signed_lines(text: AgreementText) -> list[str]:
    """Who signed for each party, in the active language. Cost: one query where it is not brought along."""
    signed = {each.role: each for each in text.signatures.all()}
    names = {role: text.document[role]["name"] for role in ProtocolRole}
    return [_signed(names[role], signed.get(role)) for role in ProtocolRole]


def _signed(party: str, signature: AgreementSignature | None) -> str:
    if signature is None:
        return translate(_("%(party)s: not signed")) % {"party": party}
    at = formats.date_format(timezone.localtime(signature.at), "DATETIME_FORMAT")
    if signature.is_by_connector:
        sentence = translate(_("%(party)s: by its connector, on %(at)s"))
        return sentence % {"party": party, "at": at}
    who = ", ".join(filter(None, (signature.name, signature.function)))
    return translate(_("%(party)s: %(who)s, on %(at)s")) % {"party": party, "who": who, "at": at}
