"""Agreements as a list shows them: with whom, about what, how they stand, and who signed."""

from collections.abc import Sequence
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
    Connector,
    Dataset,
    Partner,
)
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
    partners = {each.partner_id for each in agreements}
    slugs = {each.rpartition(":")[2] for each in partners}
    own = Connector.objects.filter(organisation__slug__in=slugs).select_related("organisation")
    names = dict(
        Partner.objects.filter(participant_id__in=partners).values_list("participant_id", "name")
    )
    names |= {each.participant_id: each.organisation.name for each in own}
    keys = {each.dataset_key for each in agreements}
    titles = dict(Dataset.objects.filter(key__in=keys).values_list("key", "title"))
    waiting = AgreementText.objects.filter(
        agreement__key__in=[each.key for each in agreements], must_be_signed=True
    ).annotate(signed=Count("signatures"))
    unsigned = set(waiting.filter(signed__lt=2).values_list("agreement__key", flat=True))
    return [
        AgreementRow(
            each,
            names.get(each.partner_id, each.partner_id),
            titles.get(each.dataset_key, each.dataset_key),
            each.ends_at,
            each.key in unsigned,
        )
        for each in agreements
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
