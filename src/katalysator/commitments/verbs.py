"""What can be done with commitments. Each verb is one transaction with its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.rows import locked
from katalysator.coalition.rules import require_editor
from katalysator.commitments.models import COUNTED, Commitment, Contribution
from katalysator.commitments.queries import CommitmentQuerySet
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_MOST: Final = 2_000_000_000  # what the column holds


@dataclass(frozen=True, slots=True)
class Promise:
    """How much is promised of a kind, where it is counted, and what is said with it."""

    amount: int | None = None
    note: str = ""


Promises = Mapping[str, Promise]


@transaction.atomic
def promise(organisation: Organisation, *, by: Actor, promises: Promises) -> None:
    """Say what an organisation brings: these, and no others.

    Raises InvalidInput at the name of a kind, NotAllowed, and Conflict where one would go of which something
    was brought already.
    """
    row = locked(organisation)
    require_editor(row, by)
    before = _told(row)
    for kind, said in promises.items():
        _check(kind, said)
        amount, note = said.amount, plain_line(said.note)
        Commitment.objects.update_or_create(
            organisation=row, kind=kind, defaults={"amount": amount, "note": note}
        )
    _let_go(Commitment.objects.of(row).exclude(kind__in=promises))
    audit.record(
        "organisation.promise",
        row,
        by=by,
        before={"promises": before},
        after={"promises": _told(row)},
    )


@transaction.atomic
def bring(
    commitment: Commitment, *, by: Actor, what: str, on: date, amount: int | None = None
) -> Contribution:
    """Write down what was brought of a commitment. Raises InvalidInput, NotAllowed."""
    require_editor(commitment.organisation, by)
    _check_amount(commitment.kind, amount)
    if not plain_line(what):
        raise InvalidInput("what", _("Say what it was.")).at("what")
    if on > timezone.localdate():
        raise InvalidInput("future", _("This day is still to come.")).at("on")
    author = person_of(by)
    made = Contribution(
        commitment=commitment, on=on, amount=amount, what=plain_line(what), author=author
    )
    require_short(made.what, Contribution, "what")
    made.save()
    after = {"kind": commitment.kind, "amount": amount, "what": made.what, "on": on.isoformat()}
    audit.record("organisation.bring", commitment.organisation, by=by, after=after)
    return made


@transaction.atomic
def take_back(contribution: Contribution, *, by: Actor) -> None:
    """Take back what was written down by mistake. Raises NotAllowed, Conflict."""
    organisation = contribution.commitment.organisation
    require_editor(organisation, by)
    if not Contribution.objects.filter(pk=contribution.pk).exists():
        raise Conflict("gone", _("This was taken back already."))
    before = {"kind": contribution.commitment.kind, "what": contribution.what}
    audit.record("organisation.take-back", organisation, by=by, before=before)
    contribution.delete()


def _let_go(commitments: CommitmentQuerySet) -> None:
    kept = commitments.filter(contributions__isnull=False).first()
    if kept:
        raise Conflict(
            "brought-already",
            _("Something was brought of “%(kind)s” already, so it stays."),
            hint=_("Was that a mistake? Take it back first."),
            kind=str(kept.get_kind_display()),
        )
    commitments.delete()


def _check(kind: str, said: Promise) -> None:
    if kind not in Commitment.Kind.values:
        raise InvalidInput(
            "commitment-kind", _("There is no commitment “%(kind)s”."), kind=kind
        ).at(kind)
    try:
        _check_amount(kind, said.amount)
        require_short(plain_line(said.note), Commitment, "note")
    except InvalidInput as error:
        raise error.at(kind) from None


def _check_amount(kind: str, amount: int | None) -> None:
    """Refuse a number where none belongs, and none where one does."""
    if kind in COUNTED and not (amount is not None and 0 < amount <= _MOST):
        raise InvalidInput("amount", _("Say how much: a whole number above zero.")).at("amount")
    if kind not in COUNTED and amount is not None:
        raise InvalidInput("amount", _("This is not counted.")).at("amount")


def _told(organisation: Organisation) -> dict[str, dict[str, int | str | None]]:
    found = Commitment.objects.of(organisation)
    return {each.kind: {"amount": each.amount, "note": each.note} for each in found}
