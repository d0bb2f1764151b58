"""Who may do what with lists of people. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.rules import is_coordinator
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.talent.models import ConsultedPerson
from katalysator.talent.oversight.queries import own_participants
from katalysator.talent.oversight.workflow import ANSWER, CONSULT, OBJECT, REPLAY, STOP


@rules.predicate
def speaks_for_participant(person: Person, organisation: Organisation | None) -> bool:
    """Somebody of this participant; of any, where none is named."""
    mine = own_participants(person)
    return bool(mine) if organisation is None else organisation.pk in mine


@rules.predicate
def stood_in_it(person: Person, consulted: ConsultedPerson) -> bool:
    """The person whom a line of a list is about."""
    return bool(person.pk) and consulted.person_id == person.pk


def require(by: Actor, permission: str, about: object = None) -> None:
    """Refuse who may not. Raises NotAllowed."""
    if not permits(by, permission, about):
        raise NotAllowed("not-allowed-here", _("You may not do this."))


rules.add_perm(CONSULT, speaks_for_participant)
rules.add_perm(OBJECT, stood_in_it)
rules.add_perm(REPLAY, is_coordinator)
rules.add_perm(STOP, is_coordinator)
rules.add_perm(ANSWER, is_coordinator)
