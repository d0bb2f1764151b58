"""What comes next under an agreement, for the side that keeps it: both sign, where they have to, and then data goes."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from django.utils import timezone

from katalysator.dataspace.models import Agreement, AgreementText
from katalysator.dataspace.protocol.machines import ProtocolRole


class AgreementStep(StrEnum):
    """What comes next under an agreement."""

    OVER = "over"
    """Nothing: it gives no right any more."""
    SIGN = "sign"
    """Our side has to sign."""
    OTHER_SIGNS = "other-signs"
    """The other side has to sign; ours has."""
    DATA = "data"
    """The data can be had."""


def steps_of(agreements: Collection[Agreement]) -> list[AgreementStep]:
    """What comes next under each. Cost: two queries."""
    signed = _signed({each.key for each in agreements})
    return [_step(each, signed.get((_holder_of(each), each.key))) for each in agreements]


def step_of(agreement: Agreement) -> AgreementStep:
    """What comes next under one. Cost: two queries."""
    return steps_of([agreement])[0]


def to_sign_by(person: Any) -> list[Agreement]:
    """The agreements that wait for a signature of an organisation that somebody manages. Cost: three queries."""
    unsigned = AgreementText.objects.unsigned().values("agreement__key")
    mine = Agreement.objects.visible_to(person).counting().filter(ended_at=None, key__in=unsigned)
    found = list(mine.select_related("connector__organisation", "negotiation"))
    steps = zip(found, steps_of(found), strict=True)
    return [each for each, step in steps if step is AgreementStep.SIGN]


def _step(agreement: Agreement, signed: frozenset[str] | None) -> AgreementStep:
    """`signed` says who signed the text that both have to; None where there is none here."""
    now = timezone.now()
    is_past = agreement.ends_at is not None and agreement.ends_at < now
    if is_past or agreement.ended_at is not None:
        return AgreementStep.OVER
    if signed is None:
        return AgreementStep.DATA
    return AgreementStep.OTHER_SIGNS if agreement.role in signed else AgreementStep.SIGN


def _signed(keys: Collection[str]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Which roles signed the texts that wait for a signature still, by their holders and keys. Cost: two queries."""
    texts = AgreementText.objects.unsigned().filter(agreement__key__in=keys)
    found = texts.select_related("agreement__connector__organisation").prefetch_related(
        "signatures"
    )
    return {
        (_holder_of(each.agreement), each.agreement.key): frozenset(
            made.role for made in each.signatures.all()
        )
        for each in found
    }


def _holder_of(agreement: Agreement) -> str:
    """Who holds the data of an agreement, by its id in the data space."""
    is_ours = agreement.role == ProtocolRole.PROVIDER
    return agreement.connector.participant_id if is_ours else agreement.partner_id
