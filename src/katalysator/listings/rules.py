"""Who may do what with listings. Denied unless allowed here."""

from typing import Final

import rules
from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, require_participant, takes_part
from katalysator.core.actors import Actor, permits
from katalysator.core.workflow import Transition
from katalysator.faults import InvalidInput, NotAllowed, gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.listings.owners import require_membership
from katalysator.listings.workflow import EDIT, LISTING, RENEW

NOT_YOURS: Final = "not-your-listing"
"""The code of what `require_editor` refuses."""


@rules.predicate
def is_owner(person: Person, listing: Listing) -> bool:
    """Who posted it in own name, or somebody of the organisation that posted it."""
    return listing.is_of(person)


rules.add_perm("listings.post_listing", takes_part)
rules.add_perm("listings.edit_listing", is_coordinator | is_owner)
rules.add_perm(RENEW, is_coordinator | is_owner)
rules.add_perm("listings.expire_listing", rules.always_deny)  # the clock does it, and nobody else


def possible(listing: Listing, person: Person | AnonymousUser) -> tuple[Transition, ...]:
    """The deeds that this person may do with a listing as it is now."""
    steps = LISTING.transitions_from(listing.state)
    may = {each: rules.has_perm(each, person, listing) for each in {s.permission for s in steps}}
    return tuple(step for step in steps if may[step.permission])


def require_editor(listing: Listing, by: Actor, permission: str = EDIT) -> None:
    """Refuse who may not change this listing, or not do this with it. Raises NotAllowed."""
    if permits(by, permission, listing):
        return
    if listing.person_id is not None:
        raise NotAllowed(NOT_YOURS, _("Only who posted this in own name may do this."))
    raise NotAllowed(
        NOT_YOURS,
        _("Only people of %(name)s may do this."),
        name=listing.organisation.name,
    )


def require_owner(listing: Listing) -> None:
    """Refuse an owner who posts nothing here; a listing in own name goes along to where the person takes part now.

    Raises NotAllowed, and InvalidInput in a market in which only organisations post.
    """
    if listing.person is None:
        return require_participant(listing.organisation)
    if not listing.market_class.in_own_name:
        raise InvalidInput(
            "market-of-organisations",
            _("In this market only organisations post."),
            hint=_("Post it in the name of yours."),
        ).at("owner")
    listing.post_as(require_membership(listing.person))
    return None
