"""Agreements as a list shows them: with whom, about what, how they stand, and who signed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import formats, timezone

from katalysator.core.language import say, translate
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
    """One agreement with the name of the other party, what it is about, and when it ends."""

    agreement: Agreement
    partner: str
    title: str
    ends_at: datetime | None
    waits: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether our organisation holds the data."""
        return self.agreement.role == ProtocolRole.PROVIDER

    @property
    def is_over(self) -> bool:
        """Whether it gives no right any more."""
        now = timezone.now()
        is_past = self.ends_at is not None and self.ends_at < now
        return is_past or self.agreement.ended_at is not None

    @property
    def state(self) -> str:
        """How it stands, in words of the active language."""
        if self.agreement.ended_at is not None:
            return say(_("Ended"))
        if self.is_over:
            return say(_("Over: its term has passed"))
        if self.waits:
            return say(_("Waits for signatures"))
        left = days_left(self.ends_at, timezone.now())
        return say(_("Ends soon")) if left is not None and left <= SOON else say(_("In force"))


def agreement_rows(agreements: Sequence[Agreement]) -> list[AgreementRow]:
    """What a list shows of agreements. Cost: four queries."""
    names = names_of(
        (each.partner_id for each in agreements), (each.connector_id for each in agreements)
    )
    titles = titles_of(each.negotiation for each in agreements)
    unsigned = _unsigned({each.key for each in agreements})
    return [
        AgreementRow(
            each,
            names[each.partner_id],
            titles[each.negotiation_id],
            each.ends_at,
            (_holder_of(each), each.key) in unsigned,
        )
        for each in agreements
    ]


def _unsigned(keys: Collection[str]) -> set[tuple[str, str]]:
    """Of which agreements the text waits for a signature: their holders and keys. Cost: one query."""
    texts = AgreementText.objects.filter(agreement__key__in=keys, must_be_signed=True)
    waiting = texts.annotate(signed=Count("signatures")).filter(signed__lt=2)
    found = waiting.select_related("agreement__connector__organisation")
    return {(_holder_of(each.agreement), each.agreement.key) for each in found}


def _holder_of(agreement: Agreement) -> str:
    """Who holds the data of an agreement, by its id in the data space."""
    is_ours = agreement.role == ProtocolRole.PROVIDER
    return agreement.connector.participant_id if is_ours else agreement.partner_id


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
