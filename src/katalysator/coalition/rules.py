"""Who may do what in the coalition. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Organisation, Person
from katalysator.readings.verbs import CHANGE_CONCEPTS


@rules.predicate
def is_coordinator(person: Person) -> bool:
    """The bureau that runs the coalition."""
    return bool(getattr(person, "is_coordinator", False))


@rules.predicate
def speaks_for(person: Person, organisation: Organisation) -> bool:
    """Somebody of this organisation."""
    return organisation.pk in getattr(person, "own_organisations", ())


@rules.predicate
def is_oneself(person: Person, account: Person) -> bool:
    """The person whose account it is."""
    return person == account


rules.add_perm("coalition.change_account", is_oneself)
rules.add_perm("coalition.register_organisation", is_coordinator)
rules.add_perm("coalition.admit_person", is_coordinator)
rules.add_perm("coalition.erase_person", is_coordinator)
rules.add_perm(CHANGE_CONCEPTS, is_coordinator)
