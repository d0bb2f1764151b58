"""Who may do what in the coalition. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Organisation, Person


@rules.predicate
def is_coordinator(person: Person) -> bool:
    """The bureau that runs the coalition."""
    return bool(person.is_authenticated and person.is_coordinator)


@rules.predicate
def speaks_for(person: Person, organisation: Organisation) -> bool:
    """Somebody of this organisation."""
    return person.is_authenticated and person.memberships.filter(organisation=organisation).exists()
