"""What can be done with letters. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.models import Salted
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.notices.kinds import Addressee, LetterKind, Pace
from katalysator.notices.models import LetterChoice, ReturnedMail, WaitingLetter
from katalysator.notices.queries import pace_of
from katalysator.notices.rules import CHOOSE, TRUST


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


def _allow(by: Actor, permission: str, person: Addressee) -> None:
    if not permits(by, permission, person):
        raise NotAllowed("not-your-letters", _("These are letters of somebody else."))
