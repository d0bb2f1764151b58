"""What can be done with letters. Each verb is one transaction with its event."""

from typing import Final

from django.db import transaction

from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.models import Salted
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.notices.choices import pace_of
from katalysator.notices.kinds import Addressee, LetterKind, Pace
from katalysator.notices.models import LetterChoice, ReturnedMail, WaitingLetter
from katalysator.notices.returns import is_for_good
from katalysator.notices.rules import CHOOSE, NOTE, TRUST

_OFTEN: Final = 5


@transaction.atomic
def choose_letters(person: Addressee, letters: LetterKind, pace: str, *, by: Actor) -> Pace:
    """Say when letters of a kind come; gives when they came before. Raises InvalidInput, NotAllowed."""
    _allow(by, CHOOSE, person)
    chosen, before = letters.pace(pace), pace_of(letters, person)
    row, _made = LetterChoice.objects.update_or_create(
        person_id=person.pk, kind=letters.name, defaults={"pace": chosen}
    )
    if chosen is Pace.NEVER:
        WaitingLetter.objects.filter(person_id=person.pk, kind=letters.name).delete()
    if chosen is not before:
        audit.record(
            "letters.choose",
            row,
            by=by,
            before={"kind": letters.name, "pace": before},
            after={"pace": chosen},
        )
    return before


@transaction.atomic
def trust_address(person: Addressee, *, by: Actor) -> None:
    """Say that letters to the address of a person arrive again. Raises NotAllowed."""
    _allow(by, TRUST, person)
    gone, _each = ReturnedMail.objects.filter(person_id=person.pk).delete()
    if gone and isinstance(person, Salted):
        audit.record("person.trust-address", person, by=by)


@transaction.atomic
def note_return(person: Addressee, status: str, *, by: Actor) -> ReturnedMail:
    """Note that a letter came back, by its status (RFC 3463): where the address does not work, no more are sent.

    What passes by itself counts after it happened often. Raises NotAllowed.
    """
    _allow(by, NOTE, person)
    row, _made = ReturnedMail.objects.select_for_update().get_or_create(
        person_id=person.pk, defaults={"why": status}
    )
    row.times, row.why = row.times + 1, status
    row.stopped = row.stopped or is_for_good(status) or row.times >= _OFTEN
    row.save()
    if isinstance(person, Salted):
        facts = {"status": status, "stopped": row.stopped}
        audit.record("person.mail-returns", person, by=by, after=facts)
    return row


def _allow(by: Actor, permission: str, person: Addressee) -> None:
    if not permits(by, permission, person):
        raise NotAllowed("not-your-letters", _("These are letters of somebody else."))
