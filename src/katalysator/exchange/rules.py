"""Who may do what with listings. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.rules import is_coordinator, speaks_for
from katalysator.exchange.models import Listing


@rules.predicate
def is_of_the_organisation(person: Person, listing: Listing) -> bool:
    """Somebody of the organisation that posted it."""
    return bool(speaks_for(person, listing.organisation))


@rules.predicate
def takes_part(person: Person) -> bool:
    """Somebody of any participant."""
    return speaks_for_any(person)


rules.add_perm("exchange.post_listing", takes_part)
rules.add_perm("exchange.edit_listing", is_coordinator | is_of_the_organisation)
rules.add_perm("exchange.expire_listing", is_coordinator | is_of_the_organisation)
