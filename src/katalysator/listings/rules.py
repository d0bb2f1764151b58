"""Who may do what with listings. Denied unless allowed here."""

import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, speaks_for, takes_part
from katalysator.core.actors import Actor, permits
from katalysator.core.workflow import Transition
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.workflow import EDIT, LISTING


@rules.predicate
def is_of_the_organisation(person: Person, listing: Listing) -> bool:
    """Somebody of the organisation that posted it."""
    return bool(speaks_for(person, listing.organisation))


rules.add_perm("listings.post_listing", takes_part)
rules.add_perm("listings.edit_listing", is_coordinator | is_of_the_organisation)
rules.add_perm("listings.expire_listing", rules.always_deny)  # the clock does it, and nobody else


def possible(listing: Listing, person: Person | AnonymousUser) -> tuple[Transition, ...]:
    """The deeds that this person may do with a listing as it is now."""
    steps = LISTING.transitions_from(listing.state)
    may = {each: rules.has_perm(each, person, listing) for each in {s.permission for s in steps}}
    return tuple(step for step in steps if may[step.permission])


def require_editor(listing: Listing, by: Actor, permission: str = EDIT) -> None:
    """Refuse who may not change this listing, or not do this with it. Raises NotAllowed."""
    if not permits(by, permission, listing):
        raise NotAllowed(
            "not-your-listing",
            _("Only people of %(name)s may do this."),
            name=listing.organisation.name,
        )
