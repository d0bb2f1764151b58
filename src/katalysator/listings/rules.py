"""Who may do what with listings. Denied unless allowed here."""

import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.rules import is_coordinator, speaks_for
from katalysator.core.workflow import Transition
from katalysator.listings.models import Listing
from katalysator.listings.workflow import LISTING


@rules.predicate
def is_of_the_organisation(person: Person, listing: Listing) -> bool:
    """Somebody of the organisation that posted it."""
    return bool(speaks_for(person, listing.organisation))


@rules.predicate
def takes_part(person: Person) -> bool:
    """Somebody of any participant."""
    return speaks_for_any(person)


rules.add_perm("listings.post_listing", takes_part)
rules.add_perm("listings.edit_listing", is_coordinator | is_of_the_organisation)
rules.add_perm("listings.expire_listing", rules.always_deny)  # the clock does it, and nobody else


def possible(listing: Listing, person: Person | AnonymousUser) -> tuple[Transition, ...]:
    """The deeds that this person may do with a listing as it is now."""
    steps = LISTING.transitions_from(listing.state)
    may = {each: rules.has_perm(each, person, listing) for each in {s.permission for s in steps}}
    return tuple(step for step in steps if may[step.permission])
